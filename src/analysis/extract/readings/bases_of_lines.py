"""What a line measures its changes against: the year before, said once (比上年增长5%) and kept until another basis or another time is said."""

from __future__ import annotations

from ..drafts import FROM_TO, Draft
from ..mentions import Token
from ..sentence import Sentence
from .changes import NAMED


def carry_basis(s: Sentence) -> None:
    """Measure changes without a basis of their own against what a sentence before them in the line named; hand on what this one names."""
    own, line = s.carried_basis or _told_by_a_value(s), s.context.basis_of_line
    if s.period is not None and s.period.start >= s.start:
        line = None  # of another time
    if line is not None and not s.planned and (own is None or own.meaning.get("basis") in _YEARS):
        for draft in s.drafts:
            if draft.change is not None and _waits(draft):
                draft.change.basis, draft.change.carried = line.meaning["basis"], True
                draft.change.base = s.text[line.start : line.end] if draft.change.basis in NAMED else None
    s.context.basis_of_line = line if own is None else own if own.meaning.get("basis") in _YEARS else None


def _told_by_a_value(s: Sentence) -> Token | None:
    """The basis that a value of the year before tells its changes against: 由上年的85件降至64件，降幅24.7%."""
    told = (d.previous for d in reversed(s.drafts) if d.previous_basis == "yoy" and d.change is not None and d.previous is not None)
    value = next(told, None)
    return Token("basis", value.start, value.end, _OF_A_VALUE, "value_before") if value is not None else None


def _waits(draft: Draft) -> bool:
    """Whether a change by so much says nothing of what it is measured against, nor a value that it came from."""
    change = draft.change
    if change is None or change.amount is None or change.average or change.comparable or change.basis != _UNSTATED:
        return False
    undated = draft.rule == FROM_TO and draft.previous_period is None and not draft.previous_basis
    return (draft.previous is None or undated) and not draft.years_back  # 罪案较上年增加5宗。暴力罪案由884宗增加8%至954宗


_OF_A_VALUE = {"basis": "yoy"}
_UNSTATED = "unstated"
_YEARS = NAMED | {"yoy"}
