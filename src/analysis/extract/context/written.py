"""What the words of a period say by themselves: years, months, parts of a year, plans; without the document around them."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

from ...lexicon.wordlists import meanings, words
from ...periods import canonical, months
from ..grammar import compiled
from ..numerals import digit_by_digit, parse_chinese

TO_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")
YEAR = compiled("year_printed")
RELATIVE = meanings("relative_years")
LAST_YEAR = tuple(said for said, years in RELATIVE.items() if years == -1)
# The longest first: 十五五 begins with 十五.
PLANS = sorted(meanings("five_year_plans").items(), key=lambda plan: -len(plan[0]))
_HALVES = meanings("halves_of_a_year")
_YEAR_ENDS = words("year_end_signs")
_TO_THE_END, _MONTHS, _MONTH = compiled("months_to_the_year_end"), compiled("months_from_to"), compiled("one_month")
_FIRST_MONTHS, _FIRST_QUARTERS, _QUARTER = compiled("first_months"), compiled("first_quarters"), compiled("one_quarter")
_QUARTERS, _LAST_MONTHS = compiled("quarters_from_to"), compiled("last_months")
_BY_MONTHS = (_MONTHS, _FIRST_MONTHS, _LAST_MONTHS, _FIRST_QUARTERS, _QUARTERS)
_SPAN, _OF_A_PLAN, _DAYS = compiled("so_many_years"), compiled("years_of_a_plan"), compiled("days_from_to")
_PLAN, _PROBLEMS, _SINCE = compiled("plan"), compiled("problems_before_plans"), compiled("since_then")
_YEAR_OF_TWO_FIGURES = compiled("year_of_two_figures")


_FIRST = "1"  # 首季
_FIRST_AND_LAST_DAYS = words("first_and_last_days")


# Of which to name a part where no year is meant.
ANY_YEAR = 2000


def in_year(written: str, year: int = ANY_YEAR) -> str | None:
    """Return the part of a year that a period without a year names, None when it names none (今年, 过去一年).

    >>> in_year("1至6月", 2022), in_year("前12个月", 2022), in_year("上半年", 2022), in_year("去年", 2022)
    ('2022-01..2022-06', '2022', '2022H1', None)
    """
    plain = written.translate(TO_ASCII)
    part = "" if plain[:2] in RELATIVE else part_of(plain, year)
    return f"{year}{part}" if part not in ("", "..") or any(months.search(plain) for months in _BY_MONTHS) else None


def years_in(written: str) -> list[int]:
    """Return every year printed in a phrase."""
    return [year_of(year) for year in YEAR.findall(written)]


def is_plan(heading: str) -> bool:
    """Whether a heading stands over what is still to be done, and not over problems as well, which come first."""
    return _PLAN.search(heading) is not None and not has_problems(heading)


def has_problems(heading: str) -> bool:
    """Whether a heading stands over problems and then plans (存在问题和2023年工作安排)."""
    return _PROBLEMS.search(heading) is not None


@lru_cache(maxsize=1024)
def year_in(written: str) -> int | None:
    """Return the first year printed in a phrase (2013 in 比2013年, 1998 in 比98年)."""
    found = YEAR.search(written) or _YEAR_OF_TWO_FIGURES.search(written)
    return year_of(found.group()) if found else None


@lru_cache(maxsize=1024)
def year_of(written: str) -> int:
    """Return the value of a year as printed.

    >>> year_of("二〇一七"), year_of("２０１７"), year_of("09"), year_of("98")
    (2017, 2017, 2009, 1998)
    """
    written = written.translate(TO_ASCII)
    year = int(written) if written.isdigit() else digit_by_digit(written)
    return year + (0 if len(written) > 2 else 1900 if year >= 50 else 2000)


def basis_of_part(written: str, period: str | None) -> str:
    """Return what a part of a year is to a period that is compared with it: the one before it, the same of the year before, another.

    >>> basis_of_part("比1月份", "2017-02"), basis_of_part("较2016年12月", "2017-12"), basis_of_part("比一季度", "2017H1")
    ('previous_period', 'yoy', 'fixed')
    >>> basis_of_part("较上年末", "2019H1"), basis_of_part("比上年末", "2019"), basis_of_part("比上年末", "2019-12")
    ('fixed', 'yoy', 'yoy')
    """
    at_its_end = written.endswith(_ENDS)
    if not period or not period[:4].isdigit():
        return "yoy" if at_its_end and any(said in written for said in LAST_YEAR) else "fixed"
    year = year_in(written) or int(period[:4]) - any(said in written for said in LAST_YEAR)
    part, now = months(f"{year}{part_of(written.translate(TO_ASCII), year)}"), months(period)
    if part is None or now is None:
        return "fixed"
    if (at_its_end or part[1] - part[0] == now[1] - now[0]) and now[1] - part[1] == _YEAR_LONG:
        return "yoy"
    before = part[1] == now[0] - 1 and part[1] - part[0] == now[1] - now[0]
    return "previous_period" if before or (at_its_end and part[1] == now[1] - 1) else "fixed"


def is_of_the_same_year(written: str | None) -> bool:
    """Whether what a change is measured against names a part of a year and no year: it is of the year that the change is of.

    >>> is_of_the_same_year("比10月份"), is_of_the_same_year("较去年12月"), is_of_the_same_year("较2016年12月")
    (True, False, False)
    """
    return written is not None and year_in(written) is None and not any(said in written for said in LAST_YEAR)


_ENDS, _YEAR_LONG = tuple(_YEAR_ENDS), 12


def _number(written: str) -> int:
    return int(written) if written.isdigit() else int(parse_chinese(written) or 0)


def length_in(plain: str) -> int:
    """Return how many years a span is long (五年来: 5), 0 where it does not say."""
    found = _SPAN.search(plain)
    return _number(found[1]) if found else 0


def plan_period(plain: str) -> str | None:
    """Return the years of a five-year plan, or of the part of it that a phrase names.

    >>> plan_period("十四五”以来"), plan_period("十三五"), plan_period("十三五末"), plan_period("十四五”前3年")
    ('2021..', '2016..2020', '2020', '2021..2023')
    """
    first, last = next((span for plan, span in PLANS if plain.startswith(plan)), (0, 0))
    if not first:
        return None
    if part := _OF_A_PLAN.search(plain):
        length = _number(part[2])
        return f"{first}..{first + length - 1}" if part[1] == "前" else f"{last - length + 1}..{last}"
    if "以来" in plain:
        return f"{first}.."
    return str(last) if plain.endswith("末") else str(first) if plain.endswith("初") else f"{first}..{last}"


def day_period(plain: str, year: int, last_year: int) -> str | None:
    """Return the whole months that a span of days goes through (1月1日至6月30日), None where it goes through parts of months."""
    found = _DAYS.search(YEAR.sub("", plain).replace("年", ""))
    if found is None:
        return None
    month, day, last_month = map(_number, found.groups()[:3])
    last_year += "次年" in plain and last_year == year
    if day != 1 or not 1 <= month <= 12 or not 1 <= last_month <= 12:
        return None
    if found[4] is not None and _number(found[4]) != monthrange(last_year, last_month)[1]:
        return None
    return f"{year}{_months_of(year, month, last_year, last_month)}"


def _months_of(year: int, first: int, last_year: int, last: int) -> str:
    """What the months from one to another add to the first one's year: nothing where they are all of one."""
    if (first, last) == (1, 12):
        return "" if year == last_year else f"..{last_year}"
    return f"-{first:02d}..{last_year}-{last:02d}"


def last_month(plain: str) -> int:
    """Return the last month of a part of a year as printed (1月至4月: 4, 上半年: 6)."""
    part = part_of(plain, 0)
    quarter, half = part.partition("Q")[2], part.partition("H")[2]
    return 3 * int(quarter) if quarter else 6 * int(half) if half else int(part.rpartition("-")[2].strip(".") or 12)


def span_of(plain: str, years: list[int]) -> str:
    """The period from one year, or a part of it, to the end of another.

    >>> span_of("2017年至2020年前三季度", [2017, 2020]), span_of("2023年以来，截至2023年9月", [2023, 2023])
    ('2017..2020-09', '2023-01..2023-09')
    """
    first, last = (f"{year}{part_of(part, year)}" for year, part in zip(years, YEAR.split(plain)[1:], strict=True))
    first, last = first.removesuffix(_OPEN), last.rpartition(_OPEN)[2]
    if last.startswith(f"{first}-"):
        first = f"{first}-01"
    return canonical(f"{first}{_OPEN}{last}") if _A_MONTH.fullmatch(first) else f"{first}{_OPEN}{last}"


_OPEN, _A_MONTH = "..", re.compile("[0-9]{4}-[0-9]{2}")


@lru_cache(maxsize=4096)
def part_of(plain: str, year: int) -> str:
    """Return the part of the year a phrase names: H1, Q2, -05, -01..2020-08, or .. for 以来 and 起."""
    rest = YEAR.sub("", plain)
    if found := _TO_THE_END.search(rest):
        return f"-{_number(found[1]):02d}..{year}-12"
    if found := _MONTHS.search(rest):
        return _months_of(year, _number(found[1]), year, _number(found[2]))
    if found := _FIRST_MONTHS.search(rest):
        return _months_of(year, 1, year, _number(found[1]))
    if found := _LAST_MONTHS.search(rest):
        return _months_of(year, 13 - _number(found[1]), year, 12)
    if found := _FIRST_QUARTERS.search(rest):
        return _months_of(year, 1, year, 3 * _number(found[1]))
    if found := _QUARTERS.search(rest):
        return _months_of(year, 3 * _number(found[1]) - 2, year, 3 * _number(found[2]))
    if found := _QUARTER.search(rest):
        return f"Q{_number(found[1] or _FIRST)}"
    since = ".." if _SINCE.search(rest) else ""
    if rest.endswith(_FIRST_AND_LAST_DAYS):
        return since  # of the whole year
    if found := _MONTH.search(rest):
        if _number(found[1]) == 12 and rest.endswith(_YEAR_ENDS):
            return ""  # what stands at the end of a year is the year's
        return f"-{_number(found[1]):02d}{since}"
    return next((half for words_of_half, half in _HALVES.items() if words_of_half in rest), since)


def months_of_any_year(plain: str) -> tuple[int, int] | str:
    """Which months of its year a phrase names, so that 上半年 is 1-6月; as written where it names no such."""
    part = f"{ANY_YEAR}{part_of(plain, ANY_YEAR)}"
    return months(part) or part
