"""Years as papers of Taiwan count them: 105年 or 一〇五年 is 2016, the 105th of the Republic."""

from __future__ import annotations

from ..grammar import compiled
from ..numerals import digits_in, parse_chinese
from .written import part_of, years_in

# Year 1 of the Republic is 1912; its years have three figures at most.
BEFORE_IT, _LAST = 1911, 999
# Papers are put out so many years after the year they tell of, at most.
_LATE = 2
_PRINTED, _SAID_OUTRIGHT = compiled("year_of_the_republic_printed"), compiled("counts_from_the_republic")
_SHORT = compiled("year_of_two_or_three_figures")
_NUMBER, _TWO_YEARS = compiled("number_of_a_year_of_the_republic"), compiled("years_of_the_republic")
_BY_NAME = "民国"


def counts_from_it(text: str) -> bool:
    """Whether 105年 is a year of a text: it names where years are counted so, prints one as only a year is printed, or prints two of them; and where
    years have two figures, is dated right behind the last of them.

    >>> counts_from_it("102年收案，103年收案"), counts_from_it("一一二年度收案"), counts_from_it("红军长征胜利100年")
    (True, True, False)
    >>> counts_from_it("地检署98年收案。公告日期：2010年7月"), counts_from_it("地检署98年收案。公告日期：1999年7月")
    (True, False)
    """
    years = set(_PRINTED.findall(text))
    return len(years) > 1 or (_SAID_OUTRIGHT.search(text) is not None and (bool(years) or _is_dated_so(text)))


def _is_dated_so(text: str) -> bool:
    """Whether a text whose last year of two figures is one of the Republic would have been put out then or within two years."""
    last = max((int(one[:-1]) for one in _SHORT.findall(text) if one[:-1].isascii()), default=0)
    return last > 0 and any(0 <= year - BEFORE_IT - last <= _LATE for year in years_in(text))


def names_it(written: str) -> bool:
    """Whether some words say themselves that their year is one of the Republic (民国九十九年)."""
    return _BY_NAME in written


def may_be_of_it(written: str) -> bool:
    """Whether some words print a year of two figures or three.

    >>> may_be_of_it("较98年"), may_be_of_it("较一〇八年度"), may_be_of_it("较2016年"), may_be_of_it("较上年")
    (True, True, False, False)
    """
    return _BY_NAME in written or _SHORT.search(written) is not None


def year_of(written: str) -> int | None:
    """The year of our era of the first year in a phrase that is one of the Republic; None where there is none.

    >>> year_of("较105年度"), year_of("一〇八"), year_of("民国九十九年"), year_of("较上年")
    (2016, 2019, 2010, None)
    >>> year_of("民国十十年"), year_of("较民国百百百年")
    (None, None)
    """
    found = _NUMBER.search(written)
    number = _number(found[0]) if found is not None else None
    return BEFORE_IT + number if number is not None and number <= _LAST else None


def _number(written: str) -> int | None:
    """The number that some signs are, as an amount or digit by digit; None where they are no number (十十)."""
    if written.isdigit():
        return int(written)
    amount = parse_chinese(written)
    return int(amount) if amount is not None else digits_in(written)


def period_of(plain: str, since: bool = False) -> str | None:
    """The period of a phrase that counts years from the Republic's, with the part of the year that it names; open at its end (``since``).

    >>> period_of("112年1至6月"), period_of("一〇二年度至一〇六年度"), period_of("今（113）年"), period_of("103年", since=True)
    ('2023-01..2023-06', '2013..2017', '2024', '2014..')
    """
    if span := _TWO_YEARS.search(plain):
        return f"{year_of(span[1])}..{year_of(span[2])}"
    year = year_of(plain)
    return f"{year}{part_of(plain.partition('年')[2], year)}{'..' if since else ''}" if year is not None else None
