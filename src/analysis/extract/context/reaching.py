"""Times that other places of a text say: of what is counted together and not printed as one span, and the only year that a text prints.

从1987年复查，到1989年共立案5件; 1980年成立。至1985年，六年共受理9件; 去年3月以来，截至今年3月.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Sequence
from functools import lru_cache
from operator import methodcaller

from ...lexicon.wordlists import words
from ...periods import canonical, months
from ..grammar import compiled
from .republic import BEFORE_IT
from .written import year_in

_IN_ALL, _BEGINNING, _SINCE_ITS = compiled("counted_in_all"), compiled("year_of_a_beginning"), compiled("from_a_year_on")
_UNTIL, _STOCK = compiled("counted_until"), compiled("there_is_by_then")
_CLOSED, _OPEN, THIS_YEAR = compiled("counted_to_a_month"), "..", "今年"
_UP_TO, _UP_TO_LONG, _UP_TO_SIGNS = compiled("up_to_a_time"), 2, words("up_to")
_NO_DATE, _THIS_YEAR_UP_TO, _NEAR = compiled("sum_from_no_date"), compiled("this_year_up_to"), 16
_FROM_ITS, _BEGINS_WITH = compiled("from_a_time_up_to"), compiled("sentence_from_a_time_on")
# How far before the last year the first may stand, how far before a place its sentence is looked through, and how many periods before a sum are.
_FAR, _SENTENCE, _BACK, _YEAR_LONG = 120, 1000, 8, 12
_OF_A_STOCK = compiled("held_at_a_time")


def first_before(text: str, start: int, end: int) -> str | None:
    """The words for the year or month that a sum up to a period goes back to; None where the period is not the end of such a sum.

    The sentence says from when on it tells (1979年起，…，至1982年底，复查9件), or its line when something began of which all is counted.

    >>> first_before("1980年5月成立。至1985年，共受理9件。", 11, 16), first_before("至1985年，共有9人。", 1, 6)
    ('1980年5月', None)
    >>> first_before("1979年起复查，至1982年底，复查9件。", 10, 16)
    '1979年'
    >>> first_before("从1979年开始，依法复查。至1982年，复查9件。", 15, 20)
    '1979年'
    """
    if not text.endswith(_UP_TO_SIGNS, 0, start) or _STOCK.match(text, end) is not None:
        return None
    far = max(0, start - _FAR)
    line = max(text.rfind("\n", far, start) + 1, far)
    if (told := _FROM_ITS.search(text, line, start)) is not None:
        return told["when"] or told["later"]
    if _UP_TO.search(text, max(start - _UP_TO_LONG, 0), start) is None:
        return None
    stop = text.rfind("。", line, start)
    since = _SINCE_ITS.search(text, max(stop + 1, line), start - 1)
    if since is None and stop > 0:
        since = _BEGINS_WITH.match(text, max(text.rfind("。", line, stop) + 1, line), stop)  # 从1979年开始，依法复查。至1982年，复查9件
    if since is not None:
        return since["when"]
    if _IN_ALL.match(text, end) is None:
        return None
    found = max(_BEGINNING.finditer(text, line, start - 1), key=methodcaller("start"), default=None)
    return found[0] if found is not None else None


def begins_with_its_year(text: str, start: int) -> bool:
    """Whether what is counted up to a time began with the year (今年截至5月底)."""
    return _THIS_YEAR_UP_TO.search(text, max(start - _NEAR, 0), start) is not None


def began_undated(text: str, start: int) -> bool:
    """Whether a sum up to a time goes back to what the sentence names and does not date (解放后至1985年).

    >>> began_undated("解放后至1985年，共审结30件。", 4), began_undated("至1985年，共审结30件。", 1)
    (True, False)
    """
    return _NO_DATE.search(text, max(start - _NEAR, 0), start) is not None


def counted_in_all(text: str, end: int) -> bool:
    """Whether what follows a time is counted over more than it (至1989年底，两级法院共受理)."""
    return _IN_ALL.match(text, end) is not None


def counts_a_stock(text: str, end: int) -> bool:
    """Whether what follows a time is what there is at it, and no sum up to it (截至8月底，机动车保有量达7万辆).

    >>> counts_a_stock("截至8月底，全县机动车保有量达7万辆", 5), counts_a_stock("截至8月底，共立案7起，机动车保有量达7万辆", 5)
    (True, False)
    """
    return _OF_A_STOCK.match(text, end) is not None


def year_up_to(text: str, start: int) -> int | None:
    """The year that the sentence of a place says it counts up to (截至2021年12月31日，本年度…), None where it says none."""
    near = max(0, start - _SENTENCE)
    begin = max(near, text.rfind("\n", near, start) + 1, text.rfind("。", near, start) + 1)
    found = _UNTIL.search(text, begin, start)
    return year_in(found[0]) if found is not None else None


@lru_cache(maxsize=64)
def only_year_up_to(text: str) -> int | None:
    """The one year up to which a text says that it counts (今年上半年…。截至2018年6月30日，…), None where it names several or none.

    >>> only_year_up_to("今年上半年立案3件。截至2018年6月30日，结案2件。"), only_year_up_to("截至2017年，…。截至2018年，…。")
    (2018, None)
    """
    found = {year_in(said[0]) for said in _UNTIL.finditer(text)}
    return found.pop() if len(found) == 1 else None


def closed(text: str, start: int, period: str) -> str:
    """A period since a year, or this year's, up to the end of the month that the clause before counts to.

    >>> closed("截至5月31日，2018年以来", 8, "2018.."), closed("截至5月20日，2018年以来", 8, "2018.."), closed("，2018年以来", 1, "2018..")
    ('2018-01..2018-05', '2018..', '2018..')
    >>> closed("截至5月31日，今年", 8, "2018"), closed("截至5月31日，2018年", 8, "2018")
    ('2018-01..2018-05', '2018')
    """
    may_be = (period.endswith(_OPEN) or text.startswith(THIS_YEAR, start)) and period.removesuffix(_OPEN).isdigit()
    found = _CLOSED.search(text, max(0, start - _NEAR), start) if may_be else None
    if found is None or not 1 <= (month := int(found["month"])) <= _YEAR_LONG:
        return period
    year = int(period.removesuffix(_OPEN))
    if found["day"] and int(found["day"]) != monthrange(year, month)[1]:
        return period
    return canonical(f"{year}-01..{year}-{month:02d}")


class ToldMonths:
    """The spans of months that a text has told of, by the month in which they end."""

    def __init__(self) -> None:
        self._by_end: dict[int, str] = {}
        self._from_january: dict[int, str] = {}

    def note(self, period: str | None) -> None:
        """Remember a span of several months that lies within a year."""
        found = months(period) if period is not None else None
        if found is not None and 0 < found[1] - found[0] < _YEAR_LONG:
            self._by_end[found[1]] = str(period)
            self._from_january |= {found[0] // _YEAR_LONG: str(period)} if found[0] % _YEAR_LONG == 0 else {}

    def up_to(self, month: str) -> str | None:
        """The last span that ended in a month, which what is counted up to then belongs to.

        >>> told = ToldMonths()
        >>> told.note("2019H1"), told.up_to("2019-06"), told.up_to("2019-07")
        (None, '2019H1', None)
        """
        found = months(month)
        return self._by_end.get(found[1]) if found is not None and found[0] == found[1] else None

    def tells_from_january(self, year: int) -> bool:
        """Whether a span of a year was told of that began with it, so that what is counted in all later in the year began so too."""
        return year in self._from_january

    def so_far(self, period: str) -> str:
        """What a text has told of that began with a year, for the open period of that year (今年1至10月…。今年以来…); another as it is.

        >>> told = ToldMonths()
        >>> told.note("2019-01..2019-10"), told.so_far("2019.."), told.so_far("2018.."), told.so_far("2019")
        (None, '2019-01..2019-10', '2018..', '2019')
        """
        year = period.removesuffix(_OPEN)
        return self._from_january.get(int(year), period) if year != period and year.isdigit() else period


def years_in_all(text: str, noted: Sequence[tuple[int, int]], start: int, length: int) -> tuple[int, int] | None:
    """The years that 六年共 counts together: from one to another printed before it, or those from the year on that was printed last."""
    until = bisect_left(noted, (start, 0))
    before = noted[max(0, until - _BACK) : until]
    if not before or length < 2:
        return None
    at, last = before[-1]
    if any(year == last - length + 1 for _, year in before):
        return last - length + 1, last
    return (last, last + length - 1) if _SINCE_ITS.match(text, at) is not None else None


# It is asked for every such part, and answers the same for a whole text.
@lru_cache(maxsize=64)
def only_year_of_part(text: str, part: str) -> int | None:
    """The year that a text prints with a part of it (2022年6月 for 今年6月), where it prints one such year only."""
    found = set(re.findall(rf"(?<!\d)((?:19|20)\d\d|1[01]\d)年{re.escape(part)}(?!\d)", text))
    year = int(found.pop()) if len(found) == 1 else 0
    return year + BEFORE_IT if 0 < year < 1000 else year or None
