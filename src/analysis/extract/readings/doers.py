"""Levels of one name that a sentence tells apart by who had them: 网络平台共收到举报60件，其中投诉40件；热线共收到举报90件，其中投诉70件."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from ...lexicon.wordlists import words
from .. import naming
from ..drafts import Draft
from ..sentence import Sentence

_HALF = re.compile("[；;。：:\n]")
_LONGEST = 16


def key_of(draft: Draft) -> tuple[Any, ...]:
    """What two levels of a sentence cannot share: name, unit, time and scope."""
    period = draft.period and draft.period.start
    return draft.name, draft.level.unit, period, draft.scope, draft.years_back, draft.member


def tell_apart(s: Sentence) -> None:
    """Put who had them before levels of one name, where each half-sentence says so before 共."""
    alike: dict[tuple[Any, ...], list[Draft]] = defaultdict(list)
    for draft in s.drafts:
        if draft.quantity is not None:
            alike[key_of(draft)].append(draft)
    for drafts in alike.values():
        doers = [_doer(s, draft) for draft in drafts] if len(drafts) > 1 else [""]
        if all(doers) and len(set(doers)) == len(doers):
            for draft, doer in zip(drafts, doers, strict=True):
                draft.name = doer + draft.name


def with_highest(name: str, scope: str | None) -> str:
    """A deed that names nothing else with the highest organ that did it, beside which others are told: 最高人民法院收案."""
    return scope + name if scope in _HIGHEST and len(name) <= _SHORT and naming.is_done(name) else name


_HIGHEST, _SHORT = frozenset(words("highest_organs")), 4


def _doer(s: Sentence, draft: Draft) -> str:
    """Who stands before 共 in the half-sentence of a level; '' where no one does."""
    begins = max((found.end() for found in _HALF.finditer(s.text, s.start, draft.anchor)), default=s.start)
    in_all = naming.IN_ALL.search(s.text, begins, draft.anchor)
    doer = naming.strip_leading(s.words(begins, in_all.start())) if in_all is not None else ""
    return doer if 1 < len(doer) <= _LONGEST and not set("，,、（(").intersection(doer) else ""
