"""Values of the year before behind a level of the same name, which are its earlier values and no statements: 立案50件，去年同期为60件."""

from __future__ import annotations

from ..drafts import Draft
from ..sentence import Sentence


def fold_earlier(s: Sentence) -> None:
    """Give each level the value that a sentence tells of it for the year before, and take that one from its statements."""
    kept: list[Draft] = []
    for draft in s.drafts:
        now = next((level for level in reversed(kept) if _is_the_same(level, draft)), None) if _is_earlier(draft) else None
        if now is None:
            kept.append(draft)
            continue
        now.previous, now.previous_back = draft.quantity, draft.years_back
    s.drafts = kept


def _is_earlier(draft: Draft) -> bool:
    return draft.years_back > 0 and draft.quantity is not None and draft.change is None and draft.previous is None


def _is_the_same(level: Draft, earlier: Draft) -> bool:
    """Whether a level is what an earlier value was the year before; one that has an earlier value already is not."""
    if level.quantity is None or level.years_back or level.previous is not None or level.kind != earlier.kind:
        return False
    return level.level.unit == earlier.level.unit and level.name == earlier.name and level.scope == earlier.scope
