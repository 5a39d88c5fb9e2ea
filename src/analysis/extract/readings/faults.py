"""What is wrong with a walk of a sentence as a whole: each fault costs what `weights.yml` says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...lexicon.wordlists import words
from ..drafts import Draft
from ..sentence import Sentence
from .doers import key_of


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
        key = key_of(draft)
        if key in seen:
            yield SAME_NAME
        seen.add(key)
        if draft.name.endswith(RATES) and draft.quantity.family != "ratio":
            yield "a rate that is none"


RATES, SAME_NAME = words("rates_and_shares"), "two levels of one name"
