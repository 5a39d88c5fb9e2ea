"""Members of a ranking, which leave out what they are ranked by: 收案较多的有河口县340件、黟县280件; 办案量超过200件的有2个市，分别是….

What is counted is said once, before how the members were picked out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...lexicon.parts import roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..quantities import Quantity
from ..sentence import Sentence

_LEAD, _WHOLE_LEAD = grammar.searchable(grammar.pattern("lead_of_a_ranking")), grammar.compiled("lead_of_a_ranking")
_SORTED_BY, (_WITH,) = grammar.compiled("sorted_by"), words("by_way")
_MARKS = re.compile("[，,；;：:、]")
_LONGEST = 10
_NO_MEMBER = frozenset(("act", "head", "measure"))


def lead_of(s: Sentence) -> tuple[str, int]:
    """What the members of a sentence's ranking are ranked by, and where they begin; '' for a sentence without one."""
    if s.ranking is None:
        found = _LEAD.search(s.text, s.start, s.end)
        whole = _WHOLE_LEAD.match(s.text, found.start()) if found is not None else None
        s.ranking = (_before(s, whole.start()), whole.end()) if whole is not None else ("", s.end)
    return s.ranking


def _before(s: Sentence, end: int) -> str:
    """The words of a clause up to a place, as a name."""
    begin = max((mark.end() for mark in _MARKS.finditer(s.text, s.start, end)), default=s.start)
    return naming.split_scope(s.name_in(begin, end))[0]


def behind_lead(s: Sentence, begin: int, stop: int) -> int:
    """Where the words of a name begin: behind the lead of a ranking, where it ends among them."""
    what, end = lead_of(s)
    sorted_by = _SORTED_BY.search(s.text, begin, s.end) if s.text.find(_WITH, begin, stop) >= 0 else None
    if sorted_by is not None and sorted_by.end() < stop:
        return sorted_by.end()  # 肇事车种以机车695件最多
    return end if what and begin < end < stop else begin


def by_what(s: Sentence, q: Quantity, bare: str) -> str:
    """What a member of a ranking is ranked by (收案 of 收案较多的有河口县340件); '' for what is no member."""
    what, end = lead_of(s)
    if not what or q.start < end or q.family != "count" or not _is_member(bare):
        return ""
    return naming.what_is_measured(what)


@lru_cache(maxsize=1024)
def _is_member(bare: str) -> bool:
    """Whether some words are the name of who or what is ranked, and say nothing of what is counted."""
    return 1 < len(bare) <= _LONGEST and not any(kind in _NO_MEMBER for kind, _ in roles(bare))
