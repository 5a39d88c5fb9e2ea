"""Values of the year before that a printed 同比 compares with: earlier values of their levels, no statements (去年同期为60件，同比下降10%).

Where nothing compares the two, or no word but the year's leads up to it (去年同期60件), the value of the year before is a statement of its
own, dated so: the change is then held against it as against any other print of that year.
"""

from __future__ import annotations

from ...lexicon.wordlists import words
from ..drafts import ChangeDraft, Draft
from ..quantities import Quantity
from ..sentence import Sentence

_YEARS = words("earlier_heads")


def fold_earlier(s: Sentence) -> None:
    """Give each level the value of the year before that its change is measured against, and take that one from the statements."""
    kept: list[Draft] = []
    _tell_basis(s)
    for draft in s.drafts:
        set_against = [level for level in reversed(kept) if _is_set_against(level, draft)] if _is_told_earlier(s, draft) else []
        now = next((level for level in set_against if level.name.endswith(draft.name)), None)
        if now is None and set_against and set_against[0] is kept[-1] and kept[-1].moved.start >= draft.level.end:
            now = kept[-1]  # 收案总数600件，去年同期案件总数500件，同比增加20%
        if now is None:
            kept.append(draft)
            continue
        now.previous, now.previous_back = draft.quantity, draft.years_back
    s.drafts = kept


def base_of(s: Sentence, level: Draft) -> Quantity | None:
    """The value of a list that a basis prints which is a level's, in order and by its unit: 与上年的58起、15人和71人相比，分别下降…"""
    candidates = iter((s.levels or s.context.levels) if s.base_list else ())
    for base in s.base_list:
        now = next((candidate for candidate in candidates if candidate.level.unit == base.unit), None)
        if now is level:
            return base
    return None


def _tell_basis(s: Sentence) -> None:
    """Measure the change right behind a value of the year before against it, where no word says so: 去年同期为60件，下降10%."""
    ends = {draft.end for draft in s.drafts if draft.years_back == 1 and draft.quantity is not None}
    for draft in s.drafts if ends else ():
        told = draft.change
        if told is not None and told.basis == _UNSTATED and told.start - 1 in ends and s.text[told.start - 1] in _COMMAS and not draft.years_back:
            told.basis = _YEAR_BEFORE


_UNSTATED, _YEAR_BEFORE, _COMMAS = "unstated", "yoy", frozenset("，,")


def _is_told_earlier(s: Sentence, draft: Draft) -> bool:
    """Whether a draft is a value of the year before that a word leads up to, or that stands in a bracket."""
    if not draft.years_back or draft.same_of is not None or draft.quantity is None or draft.change is not None or draft.previous is not None:
        return False
    return draft.depth > 0 or not s.text.endswith(_YEARS, s.start, draft.quantity.start)


def _is_set_against(level: Draft, earlier: Draft) -> bool:
    """Whether the change of a level is measured against a value of the year before; one that has another value already is not."""
    if level.quantity is None or level.years_back or level.previous is not None or level.kind != earlier.kind:
        return False
    if level.change is None or level.change.basis != "yoy" or level.scope != earlier.scope:
        return False
    return level.level.unit == earlier.level.unit


def says_again(s: Sentence, change: ChangeDraft, level: Draft) -> bool:
    """Whether a change only says how far a level is from the earlier value printed before it: 312起，较去年的335起，减少23起; 由A减少B至C."""
    before, now = level.previous, level.level.value
    if before is None or before.value is None or now is None or abs(now - before.value) != change.value:
        return False
    between = before.end < change.size.start < level.level.start  # 由512件减少40件至472件，降幅7.8%
    return between or s.text.find("，", before.end, change.size.start) >= 0
