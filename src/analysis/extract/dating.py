"""Turn the periods a text prints into period strings (2017, 2019H1, 2020-01..2020-08, 2014..)."""

from __future__ import annotations

import re

from .mentions import Token
from .numerals import parse_chinese

_TO_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = re.compile(r"(?:19|20|１９|２０)[0-9０-９]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2}")
_DATELINE = re.compile(r"(?:发布(?:日期|时间)?[:：]? ?|^|[（( 　\n])((?:19|20)\d\d)[年/.\-]\d{1,2}[月/.\-]\d{1,2}")
_PLAN = {"十五": (2001, 2005), "十一五": (2006, 2010), "十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}
_NUM = r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})"


class Dating:
    """Resolves period words against the years a document prints."""

    def __init__(self, text: str, year: int | None = None):
        self.said_year: int | None = None
        dateline = _DATELINE.search(text[:400])
        self.this_year = year or (int(dateline.group(1)) if dateline else None)

    def year_in(self, written: str) -> int | None:
        found = _YEAR.search(written)
        return _year(found.group()) if found else None

    def resolve(self, text: str, token: Token | None) -> str | None:
        """Return the period string of a period token, or None where no printed date fixes it."""
        if token is None or token.kind != "period":
            return None
        return self.period_of(text[token.start:token.end])

    def period_of(self, written: str) -> str | None:
        written = written.translate(_TO_ASCII).strip("“”\"‘’")
        years = [_year(y) for y in _YEAR.findall(written)]
        if len(years) == 2:
            return f"{years[0]}..{years[1]}"
        for plan in sorted(_PLAN, key=len, reverse=True):
            if written.startswith(plan):
                return "{}..{}".format(*_PLAN[plan])
        year = years[0] if years else self._relative(written)
        if year is None:
            return None
        return str(year) + _part(written, year)

    def _relative(self, written: str) -> int | None:
        if self.this_year is None:
            return None
        if written.startswith(("今年", "本年")):
            return self.this_year
        if written.startswith(("去年", "上年")):
            return self.this_year - 1
        if written.startswith("前年"):
            return self.this_year - 2
        return None


def _year(written: str) -> int:
    written = written.translate(_TO_ASCII)
    if written.isdigit():
        return int(written)
    return int("".join(str("零一二三四五六七八九".index("零" if c in "〇○" else c)) for c in written))


def _month(written: str) -> int:
    return int(written) if written.isdigit() else int(parse_chinese(written) or 0)


def _part(written: str, year: int) -> str:
    rest = _YEAR.sub("", written)
    span = re.search(_NUM + r"月?份?(?:—|–|-|－|~|～|至|到)" + _NUM + "月", rest)
    if span:
        return f"-{_month(span.group(1)):02d}..{year}-{_month(span.group(2)):02d}"
    first = re.search("(?:前|头)" + _NUM + "个?月", rest)
    if first:
        return f"-01..{year}-{_month(first.group(1)):02d}"
    month = re.search(_NUM + "月", rest)
    if month:
        tail = ".." if "以来" in rest else ""
        return f"-{_month(month.group(1)):02d}" + tail
    quarters = re.search("前" + _NUM + "个?季度", rest)
    if quarters:
        return f"-01..{year}-{3 * _month(quarters.group(1)):02d}"
    quarter = re.search("第?" + _NUM + "季度", rest)
    if quarter:
        return f"Q{_month(quarter.group(1))}"
    if "上半年" in rest:
        return "H1"
    if "下半年" in rest:
        return "H2"
    return ".." if "以来" in rest else ""
