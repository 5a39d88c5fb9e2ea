"""Reporting periods: one type for all of them, and its arithmetic: the same span a year earlier, the one before, what lies in what.

Tables hold periods as strings, in one of these forms (`Period.parse` reads them, `str` writes them):

    2013  2013H1  2013Q1  2020-08  2020-01..2020-05  2012..2016  2019..  2020-03..  2020-W07  2020-08-15  2020-08-15..2020-09-03

The months lie within a year, the end not before the beginning, the digits are ASCII; anything else is no period.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

__all__ = ["Period", "PeriodError", "canonical", "is_period", "is_reporting_period", "months", "named", "period_before", "same_length", "year_before"]

FIRST_YEAR, LAST_YEAR = 1000, 2999
YEAR = 12
POINTS = re.compile(r"(?P<year>[0-9]{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-W(?P<week>[0-9]{2})|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


class PeriodError(ValueError):
    """A text that is no period; says why."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of time: from the first day on, up to and with the last day (None: still open).

    `of_days` says that it was given in days or weeks rather than months. Two periods written differently are equal when they are one span.

    >>> Period.parse("2013-01..2013-06") == Period.parse("2013H1"), str(Period.parse("2013-01..2013-06"))
    (True, '2013H1')
    >>> try:
    ...     Period.parse("2013-13")
    ... except PeriodError as error:
    ...     print(error)
    '2013-13': there is no month 13
    """

    first: date
    last: date | None
    of_days: bool = False

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period; PeriodError says what is wrong with it."""
        begins, spanning, ends = text.partition("..")
        one = _point(begins, text)
        if not spanning:
            return one
        if not ends:
            return cls(one.first, None, one.of_days)
        two = _point(ends, text)
        if two.last is None or two.last < one.first:
            raise PeriodError(f"{text!r}: it ends before it begins")
        return cls(one.first, two.last, one.of_days or two.of_days)

    @classmethod
    def of_months(cls, first: int, last: int) -> Period:
        """The period from one month to another, both counted from year 0: 12 * year + month - 1."""
        return cls(_first_of(first), _first_of(last + 1) - timedelta(days=1))

    @property
    def months(self) -> tuple[int, int] | None:
        """The first and last month counted from year 0; None for an open period and one of days."""
        if self.last is None or self.of_days:
            return None
        return YEAR * self.first.year + self.first.month - 1, YEAR * self.last.year + self.last.month - 1

    @property
    def is_open(self) -> bool:
        """Whether it has no end."""
        return self.last is None

    @property
    def is_week(self) -> bool:
        """Whether it is a calendar week, from Monday to Sunday."""
        return self.last is not None and self.first.isoweekday() == 1 and (self.last - self.first).days == 6

    def contains(self, other: Period) -> bool:
        """Whether the other lies wholly in this one.

        >>> Period.parse("2013").contains(Period.parse("2013Q2")), Period.parse("2013..").contains(Period.parse("2012"))
        (True, False)
        """
        return self.first <= other.first and (self.last is None or (other.last is not None and other.last <= self.last))

    def year_before(self) -> Period | None:
        """The same span one year earlier (同比); None for open spans and those longer than a year.

        Of a week it is the week of the same number.

        >>> str(Period.parse("2013H1").year_before()), str(Period.parse("2020-W07").year_before()), Period.parse("2012..2016").year_before()
        ('2012H1', '2019-W07', None)
        """
        ends = self.months
        if ends is not None:
            return self._earlier(ends, YEAR) if ends[1] - ends[0] < YEAR else None
        if self.last is None or (self.last - self.first).days > 366 or self.first.year <= FIRST_YEAR:
            return None
        if self.is_week:
            year, week, _ = self.first.isocalendar()
            return None if week > 52 else Period(date.fromisocalendar(year - 1, week, 1), date.fromisocalendar(year - 1, week, 7), of_days=True)
        return Period(_a_year_back(self.first), _a_year_back(self.last), of_days=True)

    def before(self) -> Period | None:
        """The span of the same length directly before (环比); None for an open one.

        >>> str(Period.parse("2024Q1").before()), str(Period.parse("2020-01").before()), str(Period.parse("2020-W01").before())
        ('2023Q4', '2019-12', '2019-W52')
        """
        ends = self.months
        if ends is not None:
            return self._earlier(ends, ends[1] - ends[0] + 1)
        if self.last is None:
            return None
        length = self.last - self.first + timedelta(days=1)
        return Period(self.first - length, self.last - length, of_days=True) if self.first.year > FIRST_YEAR else None

    @staticmethod
    def _earlier(ends: tuple[int, int], by: int) -> Period | None:
        return Period.of_months(ends[0] - by, ends[1] - by) if ends[0] - by >= YEAR * FIRST_YEAR else None

    def __str__(self) -> str:
        ends = self.months
        if ends is not None:
            return _named(*ends)
        if self.last is None:
            whole_year = not self.of_days and self.first.month == 1
            return (f"{self.first:%Y}" if whole_year else f"{self.first:%Y-%m-%d}" if self.of_days else f"{self.first:%Y-%m}") + ".."
        if self.first == self.last:
            return self.first.isoformat()
        if self.is_week:
            year, week, _ = self.first.isocalendar()
            return f"{year:04d}-W{week:02d}"
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


def _point(text: str, whole: str) -> Period:
    """A period without '..': a year, half, quarter, month, week or day."""
    found = POINTS.fullmatch(text)
    if found is None:
        raise PeriodError(f"{whole!r}: write it like 2018, 2018H1, 2018Q3, 2018-03, 2018-01..2018-05 or 2016..2018")
    year = int(found["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"{whole!r}: there is no year {found['year']} to report on")
    if found["day"]:
        return _days(lambda: (day := date(year, int(found["month"]), int(found["day"])), day), whole)
    if found["week"]:
        return _days(lambda: (date.fromisocalendar(year, int(found["week"]), 1), date.fromisocalendar(year, int(found["week"]), 7)), whole)
    if found["month"] and not 1 <= int(found["month"]) <= YEAR:
        raise PeriodError(f"{whole!r}: there is no month {found['month']}")
    for unit, length in (("half", 6), ("quarter", 3), ("month", 1)):
        if found[unit]:
            start = YEAR * year + length * (int(found[unit]) - 1)
            return Period.of_months(start, start + length - 1)
    return Period.of_months(YEAR * year, YEAR * year + YEAR - 1)


def _days(ends: Callable[[], tuple[date, date]], whole: str) -> Period:
    try:
        return Period(*ends(), of_days=True)
    except ValueError as error:
        raise PeriodError(f"{whole!r}: {error}") from error


def _first_of(month: int) -> date:
    return date(month // YEAR, month % YEAR + 1, 1)


def _a_year_back(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28) if leap else day.replace(year=day.year - 1)


def _named(first: int, last: int) -> str:
    (year, month), (until, end) = divmod(first, YEAR), divmod(last, YEAR)
    length = last - first + 1
    if month == 0 and end == YEAR - 1:
        return f"{year:04d}" if year == until else f"{year:04d}..{until:04d}"
    if year == until and length in (3, 6) and month % length == 0:
        return f"{year:04d}{'H' if length == 6 else 'Q'}{month // length + 1}"
    if length == 1:
        return f"{year:04d}-{month + 1:02d}"
    return f"{year:04d}-{month + 1:02d}..{until:04d}-{end + 1:02d}"


# --- the same on the strings of a table ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _read(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except PeriodError:
        return None


@lru_cache(maxsize=8192)
def months(period: str) -> tuple[int, int] | None:
    """Return the first and last month of a period, counted from year 0, or None for an open or odd one.

    >>> months("2013H1") == months("2013-01..2013-06"), months("2013-13"), months("2014..2012")
    (True, None, None)
    """
    found = _read(period)
    return found.months if found is not None else None


def covers(whole: str, part: str) -> bool:
    """Whether all months of one period are in another.

    >>> covers("1960..1990", "1984"), covers("2017", "2017"), covers("2017H1", "2017"), covers("2015-11..", "2016")
    (True, True, False, False)
    """
    outer, inner = months(whole), months(part)
    return outer is not None and inner is not None and outer[0] <= inner[0] and inner[1] <= outer[1]


@lru_cache(maxsize=8192)
def named(first: int, last: int) -> str:
    """Return the canonical name of a span of months.

    >>> named(2013 * 12, 2013 * 12 + 5), named(2013 * 12, 2015 * 12 - 1)
    ('2013H1', '2013..2014')
    """
    return _named(first, last)


@lru_cache(maxsize=8192)
def canonical(period: str) -> str:
    """Return one name for a period however it is written; what is no period stays as it is.

    >>> canonical("2013-01..2013-06"), canonical("2019.."), canonical("")
    ('2013H1', '2019..', '')
    """
    found = _read(period)
    return str(found) if found is not None else period


@lru_cache(maxsize=8192)
def year_before(period: str) -> str | None:
    """Return the same span one year earlier (同比); None for spans longer than a year.

    >>> year_before("2017"), year_before("2013H1"), year_before("2020-01..2020-08"), year_before("2012..2016")
    ('2016', '2012H1', '2019-01..2019-08', None)
    """
    found = _read(period)
    earlier = found.year_before() if found is not None else None
    return str(earlier) if earlier is not None else None


@lru_cache(maxsize=8192)
def period_before(period: str) -> str | None:
    """Return the span of the same length directly before (环比).

    >>> period_before("2024Q1"), period_before("2020-01"), period_before("2017H2")
    ('2023Q4', '2019-12', '2017H1')
    """
    found = _read(period)
    earlier = found.before() if found is not None else None
    return str(earlier) if earlier is not None else None


def same_length(one: str, other: str) -> bool:
    """Say whether two periods are known and equally long."""
    a, b = months(one), months(other)
    return a is not None and b is not None and a[1] - a[0] == b[1] - b[0]


def is_period(text: str) -> bool:
    """Say whether a text is a period at all.

    >>> is_period("2021-06"), is_period("2021-16"), is_period("2017..2012")
    (True, False, False)
    """
    return _read(text) is not None


def is_reporting_period(period: str) -> bool:
    """Say whether the period is closed and no longer than a year, so that 同比 makes sense of it."""
    return year_before(period) is not None
