"""Years that are counted together and not printed as one span: 从1987年复查，到1989年共立案5件; 1980年设科。至1985年，六年共受理9件."""

from __future__ import annotations

from collections.abc import Sequence
from operator import methodcaller

from ..grammar import compiled
from .written import TO_ASCII, part_of, year_in

_IN_ALL, _BEGINNING, _SINCE_ITS = compiled("counted_in_all"), compiled("year_of_a_beginning"), compiled("from_a_year_on")
_UNTIL = compiled("counted_until")
_UP_TO = frozenset("到至")
# How far before the last year the first may stand, and how many periods before a sum are looked through.
_FAR, _BACK = 120, 8


def first_before(text: str, start: int, end: int) -> str | None:
    """The year or month that a sum up to a period goes back to, in the same line; None where the period is not the end of such a sum.

    >>> first_before("1980年5月设科。至1985年，共受理9件。", 11, 16), first_before("至1985年，共有9人。", 1, 6)
    ('1980-05', None)
    """
    if text[start - 1 : start] not in _UP_TO or _IN_ALL.match(text, end) is None:
        return None
    begin = max(text.rfind("\n", 0, start) + 1, start - _FAR)
    found = max(_BEGINNING.finditer(text, begin, start - 1), key=methodcaller("start"), default=None)
    year = year_in(found[0]) if found is not None else None
    if found is None or year is None or year > (year_in(text[start:end]) or 0):
        return None
    return f"{year}{part_of(found[0].translate(TO_ASCII), year)}"


def year_up_to(text: str, start: int) -> int | None:
    """The year that the sentence of a place says it counts up to (截至2021年12月31日，本年度…), None where it says none."""
    begin = max(text.rfind("\n", 0, start), text.rfind("。", 0, start)) + 1
    found = _UNTIL.search(text, begin, start)
    return year_in(found[0]) if found is not None else None


def years_in_all(text: str, noted: Sequence[tuple[int, int]], start: int, length: int) -> tuple[int, int] | None:
    """The years that 六年共 counts together: from one to another printed before it, or those from the year on that was printed last."""
    before = [(at, year) for at, year in noted if at < start][-_BACK:]
    if not before or length < 2:
        return None
    at, last = before[-1]
    if any(year == last - length + 1 for _, year in before):
        return last - length + 1, last
    return (last, last + length - 1) if _SINCE_ITS.match(text, at) is not None else None
