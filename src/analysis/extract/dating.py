"""Turn the periods a text prints into period strings (2017, 2019H1, 2020-01..2020-08, 2014..).

A word such as 去年 is resolved only when some printed date fixes it: the date line, a base year named
beside it (去年 ... 比2013年), or the years the document itself reports on.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache

from .mentions import Token
from .numerals import parse_chinese

_TO_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")
YEAR = re.compile(r"(?:19|20|１９|２０)[0-9０-９]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2}")
_DATELINE = re.compile(
    r"(?:^|(?=(?:19|20)\d\d年\d{1,2}月\d{1,2}日[电讯])|[（( 　\n：:—]|今天|时间|日期)((?:19|20)\d\d) ?[年/.\-] ?(\d{1,2}) ?[月/.\-] ?\d{1,2}"
)
_REPORTED = re.compile(r"(?<![到至比较前])((?:19|20|１９|２０)[0-9０-９]{2})年(?!版|底前)")
_PLANS = {
    "十一五": (2006, 2010),
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
    "十五": (2001, 2005),
}
_N = "([0-9]{1,2}|[一二三四五六七八九十]{1,2})"
_MONTHS = re.compile(_N + r"月?份?(?:——?|–|-|－|~|～|至|到)" + _N + "月")
_FIRST_MONTHS = re.compile("(?:前|头)" + _N + "个?月")
_MONTH = re.compile(_N + "月")
_FIRST_QUARTERS = re.compile("前" + _N + "个?季度")
_QUARTER = re.compile("第?" + _N + "季度")
_PLAN = re.compile("计划|安排|打算|部署|目标|任务|建议|展望|今后|下一步|明年|未来")
_LOOKED_BACK = re.compile(r"((?:19|20)\d\d)年[^，。；\n]{0,6}(?:回顾|总结)|(?:回顾|总结)[^，。；\n]{0,6}?((?:19|20)\d\d)年")
_REVIEW = re.compile("回顾|总结|情况|成效|成绩|主要工作|状况")
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2}


class Dating:
    """Resolves the period words of one document, in the order of the text."""

    def __init__(self, text: str, published: date | None = None):
        dateline = _DATELINE.search(text[:600])
        self.this_year = published.year if published else int(dateline[1]) if dateline else None
        self._this_month = published.month if published else int(dateline[2]) if dateline else None
        self._text = text
        self._reported: int | None = None
        self._known: dict[int, str | None] = {}
        self._line_year: int | None = None
        self._heading_year: int | None = None
        self._first_year: int | None = None
        self._year_of_part: dict[str, int] = {}
        self._section: tuple[int, int | None] | None = None

    def start_section(self, heading: str, anew: bool) -> None:
        """Take the year of a heading: under 2024年工作回顾 去年 is 2024, under 2025年工作安排 今年 is 2025.

        ``anew``: whether what stands under it has nothing to do with what came before.
        """
        year = year_in(heading)
        if year is not None:
            self._section = year, 1 if _REVIEW.search(heading) else 0 if is_plan(heading) else None
        if anew:
            self._heading_year = self._first_year = None

    def start_line(self) -> None:
        """Forget the year a bare 上半年 would take from the sentences before it."""
        self._line_year = None

    def note(self, token: Token, heading: bool) -> None:
        """Remember the year a period prints: a bare 上半年 after it in the same line takes it (elsewhere: `_year_of_span`)."""
        written = self._text[token.start : token.end]
        year = year_in(written)
        if year is None:
            return
        self._line_year = year
        if token.kind == "period" and token.rule != "year_range":
            self._year_of_part[_part(written.translate(_TO_ASCII), 0)] = year
            self._first_year = self._first_year or year
            if heading:
                self._heading_year = year

    def resolve(self, token: Token | None, base: int | None = None) -> str | None:
        """Return the period string of a period token; ``base`` is the year a change beside it is measured against."""
        if token is None:
            return None
        if token.start not in self._known or (self._known[token.start] is None and base):
            self._known[token.start] = self._resolve(self._text[token.start : token.end], base, token)
        return self._known[token.start]

    def _resolve(self, written: str, base: int | None, token: Token) -> str | None:
        plain = written.translate(_TO_ASCII).strip('“”"‘’')
        if "今年" in plain[1:] and self.this_year is not None:
            plain = plain.replace("今年", f"{self.this_year}年")
        years = YEAR.findall(plain)
        if len(years) == 2:
            first, last = (f"{_year(year)}{_part(part, 0)}" for year, part in zip(years, YEAR.split(plain)[1:]))
            return f"{first}..{last}"
        if years:
            year = _year(years[0])
        elif plain.startswith("十"):
            return next(("{}..{}".format(*span) for plan, span in _PLANS.items() if plain.startswith(plan)), None)
        else:
            year = self._relative_year(plain, base)
        if year is None:
            return None
        period = f"{year}{_part(plain, year)}"
        return f"{period}.." if token.rule == "since" and ".." not in period else period

    def _relative_year(self, plain: str, base: int | None) -> int | None:
        offset = _RELATIVE.get(plain[:2])
        if offset is None and not plain.startswith("过去"):
            return self._year_of_span(plain)
        offset = -1 if offset is None else offset
        if self.this_year is not None:
            return self.this_year + offset
        if base is not None and offset != -2:
            return base + 1
        if self._section is not None and (offset == 0 or self._section[1] is not None):
            year, ahead = self._section
            return year + offset + (ahead or 0)
        if offset == 0 and (part := _part(plain, 0)):
            return self._year_of_part.get(part)  # 2023年上半年 in the headline, 今年上半年 below it
        return self._last_reported() if offset == -1 else None

    def _year_of_span(self, plain: str) -> int | None:
        """The year of a bare 1月至4月: the one just printed, else the heading's, else the last that such months were over in when the text came out."""
        if self._line_year or self._heading_year:
            return self._line_year or self._heading_year
        if self.this_year is not None and self._this_month is not None:
            return self.this_year - (_last_month(plain) > self._this_month)
        return self._first_year

    def latest_year(self, base: int) -> int:
        """The year before the one a report is about, as far as its text shows: the latest printed, at least ``base``."""
        return max(base, self.this_year - 1 if self.this_year else 0, (self._last_reported() or 0) - 1)

    def _last_reported(self) -> int | None:
        """The year a report looks back on: the one it says so of (对2017年工作的回顾), else the one it speaks of most."""
        if self._reported is None:
            text = self._text[:20000]
            said = _LOOKED_BACK.findall(text)
            years = map("".join, said) if said else (y.translate(_TO_ASCII) for y in _REPORTED.findall(text))
            counts = Counter(map(int, years))
            self._reported = max(counts, key=lambda year: (counts[year], year), default=0)
        return self._reported or None


def in_year(written: str, year: int) -> str | None:
    """Return the part of a year that a period without a year names, None when it names none (今年, 过去一年).

    >>> in_year("1至6月", 2022), in_year("上半年", 2022), in_year("去年", 2022)
    ('2022-01..2022-06', '2022H1', None)
    """
    plain = written.translate(_TO_ASCII)
    part = "" if plain[:2] in _RELATIVE else _part(plain, year)
    return f"{year}{part}" if part and part != ".." else None


def years_in(written: str) -> list[int]:
    """Return every year printed in a phrase."""
    return [_year(year) for year in YEAR.findall(written)]


def is_plan(heading: str) -> bool:
    """Whether a heading stands over what is still to be done."""
    return _PLAN.search(heading) is not None


@lru_cache(maxsize=1024)
def year_in(written: str) -> int | None:
    """Return the first year printed in a phrase (2013 in 比2013年)."""
    found = YEAR.search(written)
    return _year(found.group()) if found else None


@lru_cache(maxsize=1024)
def _year(written: str) -> int:
    written = written.translate(_TO_ASCII)
    if written.isdigit():
        return int(written)
    return int("".join(str("零一二三四五六七八九".index("零" if c in "〇○" else c)) for c in written))


def _number(written: str) -> int:
    return int(written) if written.isdigit() else int(parse_chinese(written) or 0)


def _last_month(plain: str) -> int:
    """The last month of a part of a year as printed (1月至4月: 4, 上半年: 6)."""
    part = _part(plain, 0)
    quarter, half = part.partition("Q")[2], part.partition("H")[2]
    return 3 * int(quarter) if quarter else 6 * int(half) if half else int(part.rpartition("-")[2].strip(".") or 12)


@lru_cache(maxsize=4096)
def _part(plain: str, year: int) -> str:
    """The part of the year a phrase names: H1, Q2, -05, -01..2020-08, or .. for 以来."""
    rest = YEAR.sub("", plain)
    if found := _MONTHS.search(rest):
        return f"-{_number(found[1]):02d}..{year}-{_number(found[2]):02d}"
    if found := _FIRST_MONTHS.search(rest):
        return f"-01..{year}-{_number(found[1]):02d}"
    if found := _FIRST_QUARTERS.search(rest):
        return f"-01..{year}-{3 * _number(found[1]):02d}"
    if found := _QUARTER.search(rest):
        return f"Q{_number(found[1])}"
    if found := _MONTH.search(rest):
        if _number(found[1]) == 12 and rest.endswith(("底", "末")):
            return ""  # what stands at the end of a year is the year's
        return f"-{_number(found[1]):02d}" + (".." if "以来" in rest else "")
    if "上半年" in rest:
        return "H1"
    if "下半年" in rest:
        return "H2"
    return ".." if "以来" in rest or "至今" in rest else ""
