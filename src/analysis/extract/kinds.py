"""Tell goals, facts of one case and counted things from statistics."""

from __future__ import annotations

import re
from functools import cache

from . import grammar
from .context.dating import Dating
from .context.written import year_in
from .drafts import Draft
from .sentence import Sentence


@cache
def _patterns(where: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The rules that look at one place, each with what it makes of a statement."""
    return tuple((rule.compiled(), rule.meaning["statement"]) for rule in grammar.load_table("kinds") if rule.meaning["where"] == where)


@cache
def _marks() -> re.Pattern[str]:
    """Any word that a rule looks for before a number: few sentences hold one."""
    return grammar.searchable("|".join(pattern.pattern for pattern, _ in _patterns("before")))


def kind_of(s: Sentence, draft: Draft, dating: Dating) -> str:
    """Return actual, target, individual or count_of_things for a draft of sentence ``s``."""
    if draft.kind != "actual":
        return draft.kind
    if s.marks is None:
        rules = _patterns("before") if _marks().search(s.text, s.start, s.end) is not None else ()
        found = [(match, kind) for pattern, kind in rules for match in pattern.finditer(s.text, s.start, s.end)]
        s.marks = [(*match.span(), kind) for match, kind in found if not (match[0][:1] == "到" and _is_over(match[0], dating))]
    if draft.quantity is not None and s.text[draft.quantity.start] in _SIGNS:
        return "target"  # ≥95%: what is asked for, not what came out
    at = draft.anchor
    for start, end, kind in s.marks:
        if at - REACH <= start and end <= at:
            return kind
    if draft.quantity is not None:
        after = s.text[draft.quantity.end : draft.quantity.end + 16]
        for pattern, kind in _patterns("after"):
            if pattern.match(after) is not None:
                return kind
    return "actual"


def _is_over(words: str, dating: Dating) -> bool:
    """Whether 到1992年 says until when things went, not what is to be."""
    year = year_in(words)
    return year is not None and dating.is_over(year)


_SIGNS = frozenset("≥≤≧≦⩾⩽>＞<＜")
# How far before its number a word may stand and still say what kind of statement it makes.
REACH = 60


def is_measurable(name: str) -> bool:
    """Whether a name can rise or fall as a figure does (刑事案件, 破案率), so that a bare 下降 after it says something."""
    return any(pattern.search(name) for pattern, _ in _patterns("name"))
