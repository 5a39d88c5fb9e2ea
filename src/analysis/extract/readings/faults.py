"""What is wrong with a walk of a sentence as a whole: each fault costs what `weights.yml` says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .. import grammar, naming
from ..drafts import ChangeDraft, Draft
from ..quantities import Quantity
from ..sentence import Sentence


def readings(s: Sentence) -> dict[int, Any]:
    """What a walk says at each place where it says something."""
    said: dict[int, Any] = {start: kind for start, _, kind in s.others}
    for draft in s.drafts:
        said[draft.anchor] = _said(draft)
        if draft.change is not None and draft.change.amount is not None:
            said[draft.change.amount.start] = "change", draft.name
    return said


def _said(d: Draft) -> tuple[Any, ...]:
    change = d.change and (d.change.direction, d.change.value, d.change.kind, d.change.basis, d.change.comparable)
    return d.name, d.kind, change, d.previous and d.previous.start


def find_faults(s: Sentence) -> Iterator[str]:
    """Name every fault of a walk, once for each statement that has it."""
    seen = set()
    for draft in s.drafts:
        if len(draft.name) < 2:
            yield "no name"
        if draft.quantity is None:
            continue
        key = draft.name, draft.quantity.unit, draft.period and draft.period.start, draft.scope, draft.years_back, draft.member
        if key in seen:
            yield "two levels of one name"
        seen.add(key)
        if draft.name.endswith(RATES) and draft.quantity.family != "ratio":
            yield "a rate that is none"


RATES = ("率", "比重", "占比")


def find_doubts(draft: Draft, s: Sentence) -> list[str]:
    """Name what speaks against one statement: signs of a number that is told of one case, or of a name that took in too much or too little."""
    q = draft.quantity
    found = list(_doubts_of_name(draft.name))
    if s.one_case < 0:
        told = _ONE_CASE.search(s.text, s.start, s.end)
        s.one_case = told.start() if told is not None else s.end
    if s.one_case < draft.anchor:
        found.append("one person or case before")
    if draft.period is None:
        found.append("no period")
    elif draft.period.start < s.start:
        found.append("period from before")
    if draft.depth:
        found.append("in a bracket")
    if len(s.drafts) > MANY:
        found.append("many numbers in the sentence")
    if draft.change is not None:
        found += _doubts_of_change(draft.change, q)
    if q is not None:
        found += _doubts_of_number(q)
    return found


@lru_cache(maxsize=16384)
def _doubts_of_name(name: str) -> tuple[str, ...]:
    signs = {
        "long name": len(name) > LONG,
        "short name": len(name) < SHORT,
        "clause in the name": _INSIDE.search(name) is not None,
        "no known word in the name": not naming.has_known_word(name),
        "nothing counted in the name": not naming.has_head(name),
        "list in the name": "、" in name,
        "figure in the name": _FIGURE.search(name) is not None,
    }
    return tuple(sign for sign, holds in signs.items() if holds)


def _doubts_of_change(change: ChangeDraft, level: Quantity | None) -> Iterator[str]:
    if change.basis == "unstated":
        yield "change without a basis"
    if level is None:
        yield "change without a level"
    elif change.start - level.end > FAR:
        yield "change far behind its level"


def _doubts_of_number(q: Quantity) -> Iterator[str]:
    if q.value is not None and q.value < FEW and q.family != "ratio":
        yield "small number"
    if q.chinese:
        yield "number in words"
    if q.unit is None:
        yield "no unit"


LONG, SHORT, FEW, MANY, FAR = 16, 3, 10, 6, 12
_FIGURE = re.compile("[0-9０-９%％]")
_INSIDE = grammar.compiled("inside_a_name_there_is_none")
_ONE_CASE = grammar.compiled("one_case_told")
