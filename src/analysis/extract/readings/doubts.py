"""What speaks against one statement: signs that another name, another time or no statistic is as likely; each counts what `weights.yml` says."""

from __future__ import annotations

import re
from functools import lru_cache

from ...lexicon.parts import roles
from .. import grammar, naming
from ..drafts import ChangeDraft, Draft
from ..quantities import Quantity
from ..sentence import Sentence
from .bounding import is_han
from .wholes import OF_THESE

LONG, SHORT, FEW_SIGNS, FEW, MANY, FAR = 16, 3, 5, 10, 6, 12
# How far behind its number the noun may stand that a name ends in.
BEHIND = 24
_CLOSE = (("a reading at its heels", 0.5), ("a reading close behind", 1.0), ("a reading behind", 2.0))
_FIGURE = re.compile("[0-9０-９%％]")
_LAST_DIGITS = re.compile("[0-9]{2,9}$")
_MARKS = re.compile("[（(“「『]")
_INSIDE = grammar.compiled("inside_a_name_there_is_none")
_NO_END = grammar.compiled("ends_no_name")
_ONE_CASE = grammar.searchable(grammar.pattern("one_case_told"))


def find_doubts(draft: Draft, s: Sentence, ahead: float | None) -> list[str]:
    """Name what speaks against one statement: signs of a number that is told of one case, of another time, or of a name that took in too much
    or too little; and that another reading was but so little behind (``ahead``, None where there was none)."""
    found = list(doubts_of_name(draft.name))
    if len(draft.written) < SHORT:
        found.append("few signs written of the name")
    if ahead is not None:
        found += [sign for sign, width in _CLOSE if ahead < width]
    _doubt_place(draft, s, found)
    _doubt_time(draft, s, found)
    if draft.change is not None:
        _doubt_change(draft.change, draft.quantity, found)
    if draft.quantity is not None:
        _doubt_number(draft.quantity, found)
        _doubt_words(draft.quantity, draft, s, found)
    return found


@lru_cache(maxsize=16384)
def doubts_of_name(name: str) -> tuple[str, ...]:
    """Signs of a name that took in too much or too little."""
    said = roles(name)
    signs = {
        "long name": len(name) > LONG,
        "short name": len(name) < SHORT,
        "name of few signs": SHORT <= len(name) < FEW_SIGNS,
        "a rate of nothing": len(name) < FEW_SIGNS and name.endswith("率"),
        "clause in the name": _INSIDE.search(name) is not None,
        "name that does not end": _NO_END.search(name) is not None,
        "no known word in the name": not naming.has_known_word(name),
        "nothing counted in the name": not naming.has_head(name),
        "list in the name": "、" in name,
        "figure in the name": _FIGURE.search(name) is not None,
        "marks in the name": _MARKS.search(name) is not None,
        "one word in the name": sum(kind != "measure" for kind, _ in said) == 1,
        "name that begins with an odd sign": said[:1] != () and said[0][0] == "rest" and len(said[0][1]) == 1,
    }
    return tuple(sign for sign, holds in signs.items() if holds)


def _doubt_place(draft: Draft, s: Sentence, found: list[str]) -> None:
    if s.one_case < 0:
        told = _ONE_CASE.search(s.text, s.start, s.end)
        s.one_case = told.start() if told is not None else s.end
    if s.some_of < 0:
        some = OF_THESE.search(s.text, s.start, s.end)
        s.some_of = some.start() if some is not None else s.end
    if s.one_case < draft.anchor:
        found.append("one person or case before")
    if s.some_of < draft.anchor:
        found.append("said of some of what is named before")
    if draft.depth:
        found.append("in a bracket")
    if len(s.drafts) > MANY:
        found.append("many numbers in the sentence")
    if s.faulty:
        found.append("something wrong in the sentence")


def _doubt_time(draft: Draft, s: Sentence, found: list[str]) -> None:
    if draft.period is None:
        found.append("no period")
    elif draft.period.start < s.start:
        found.append("period from before")
        if s.period is not None and s.period.start >= s.start:
            found.append("another period in the sentence")


def _doubt_words(q: Quantity, draft: Draft, s: Sentence, found: list[str]) -> None:
    """Signs that a number's name may be another: a noun behind it, no word before it, words that stand elsewhere."""
    if is_han(s.text[q.end : q.end + 1]):
        found.append("a noun behind the number")
    if not is_han(s.text[q.start - 1 : q.start]):
        found.append("no word before the number")
    if _FIGURE.search(draft.name) is not None and _holds_a_piece(draft, q, s):
        found.append("piece of a number in the name")
    low, high = draft.clause
    if draft.name not in s.text[max(s.start, low - 2) : high + BEHIND]:
        found.append("named from elsewhere")


def _holds_a_piece(draft: Draft, q: Quantity, s: Sentence) -> bool:
    """Whether what was taken for no figure left a piece in a name, or stands right before its number: 8 210 / 7 345起, 案件2021 364起."""
    before = s.text[max(s.start, q.start - FEW) : q.start].rstrip()
    last = _LAST_DIGITS.search(before)
    if last is not None and before[-1:].isdecimal() and last[0] in draft.name:
        return True
    pieces = (last, *(_LAST_DIGITS.search(s.text[start:end]) for start, end, _ in s.others))
    return any(draft.name.startswith(found[0]) for found in pieces if found is not None)


def _doubt_change(change: ChangeDraft, level: Quantity | None, found: list[str]) -> None:
    if change.basis == "unstated":
        found.append("change without a basis")
    if level is None:
        found.append("change without a level")
    elif change.start - level.end > FAR:
        found.append("change far behind its level")


def _doubt_number(q: Quantity, found: list[str]) -> None:
    if q.value is not None and q.value < FEW and q.family != "ratio":
        found.append("small number")
    if q.chinese:
        found.append("number in words")
    if q.unit is None:
        found.append("no unit")
