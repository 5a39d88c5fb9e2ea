"""Reporting periods as the audit needs them: the same span a year earlier, the one before, the parts of one.

Periods are the strings of the observations table: 2013, 2013H1, 2013Q1, 2020-08, 2020-01..2020-05.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["is_reporting_period", "months", "named", "period_before", "same_length", "year_before"]

YEAR = re.compile(r"(\d{4})")
SPAN = re.compile(r"(\d{4})-(\d\d)\.\.(\d{4})-(\d\d)")
SHAPES = (
    (re.compile(r"(\d{4})"), lambda y: (y, 1, y, 12)),
    (re.compile(r"(\d{4})H([12])"), lambda y, h: (y, 6 * h - 5, y, 6 * h)),
    (re.compile(r"(\d{4})Q([1-4])"), lambda y, q: (y, 3 * q - 2, y, 3 * q)),
    (re.compile(r"(\d{4})-(\d\d)"), lambda y, m: (y, m, y, m)),
    (SPAN, lambda y, m, z, n: (y, m, z, n)),
    (re.compile(r"(\d{4})\.\.(\d{4})"), lambda y, z: (y, 1, z, 12)),
)


@lru_cache(maxsize=4096)
def months(period: str) -> tuple[int, int] | None:
    """Return the first and last month of a period, counted from year 0, or None for an open or odd one.

    >>> months("2013H1") == months("2013-01..2013-06")
    True
    """
    for shape, ends in SHAPES:
        match = shape.fullmatch(period)
        if match:
            first_year, first, last_year, last = ends(*map(int, match.groups()))
            start, end = first_year * 12 + first - 1, last_year * 12 + last - 1
            return (start, end) if start <= end else None
    return None


@lru_cache(maxsize=4096)
def named(first: int, last: int) -> str:
    """Return the canonical name of a span of months.

    >>> named(2013 * 12, 2013 * 12 + 5), named(2013 * 12, 2015 * 12 - 1)
    ('2013H1', '2013..2014')
    """
    (year, month), (until, end) = divmod(first, 12), divmod(last, 12)
    length = last - first + 1
    if month == 0 and end == 11:
        return f"{year:04d}" if year == until else f"{year:04d}..{until:04d}"
    if year == until and length in (3, 6) and month % length == 0:
        return f"{year:04d}{'H' if length == 6 else 'Q'}{month // length + 1}"
    if length == 1:
        return f"{year:04d}-{month + 1:02d}"
    return f"{year:04d}-{month + 1:02d}..{until:04d}-{end + 1:02d}"


def year_before(period: str) -> str | None:
    """Return the same span one year earlier (同比); None for spans longer than a year.

    >>> year_before("2017"), year_before("2020-01..2020-08"), year_before("2012..2016")
    ('2016', '2019-01..2019-08', None)
    """
    ends = months(period)
    if ends is None or ends[1] - ends[0] > 11:
        return None
    return named(ends[0] - 12, ends[1] - 12)


def period_before(period: str) -> str | None:
    """Return the span of the same length directly before (环比).

    >>> period_before("2024Q1"), period_before("2020-01"), period_before("2017H2")
    ('2023Q4', '2019-12', '2017H1')
    """
    ends = months(period)
    if ends is None:
        return None
    length = ends[1] - ends[0] + 1
    return named(ends[0] - length, ends[0] - 1)


def same_length(one: str, other: str) -> bool:
    """Say whether two periods are known and equally long."""
    a, b = months(one), months(other)
    return a is not None and b is not None and a[1] - a[0] == b[1] - b[0]


def is_reporting_period(period: str) -> bool:
    """Say whether the period is closed and no longer than a year, so that 同比 makes sense of it."""
    ends = months(period)
    return ends is not None and ends[1] - ends[0] <= 11
