"""Tell goals, facts of one case and counted things from statistics."""

from __future__ import annotations

import re
from functools import cache

from . import grammar
from .drafts import Draft
from .sentence import Sentence


@cache
def _patterns(where: str) -> re.Pattern[str]:
    rules = [rule for rule in grammar.load_table("kinds") if rule.meaning["where"] == where]
    return re.compile("|".join(f"(?P<{rule.name}>{grammar.expand(rule.pattern)})" for rule in rules))


@cache
def _statement(rule: str) -> str:
    return next(entry.meaning["statement"] for entry in grammar.load_table("kinds") if entry.name == rule)


def kind_of(s: Sentence, draft: Draft) -> str:
    """Return actual, target, individual or count_of_things for a draft of sentence ``s``."""
    if draft.kind != "actual":
        return draft.kind
    if s.marks is None:
        s.marks = [(found.start(), found.end(), found.lastgroup) for found in _patterns("before").finditer(s.text, s.start, s.end)]
    at = draft.anchor
    for start, end, rule in s.marks:
        if at - REACH <= start and end <= at:
            return _statement(rule)
    if draft.quantity is not None:
        found = _patterns("after").match(s.text[draft.quantity.end:draft.quantity.end + 16])
        if found is not None:
            return _statement(found.lastgroup)
    return "actual"


# How far before its number a word may stand and still say what kind of statement it makes.
REACH = 60


def is_measurable(name: str) -> bool:
    """Whether a name can rise or fall as a figure does (刑事案件, 破案率), so that a bare 下降 after it says something."""
    return _patterns("name").search(name) is not None
