"""When a cell's figure is of: the years, months and spans that titles, heads and labels of a table print, and how they add up."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from .words import is_kind

_TO_ASCII = str.maketrans("０１２３４５６７８９—－~～–―", "0123456789------")
_HAN = "〇○零一二三四五六七八九"
_Y = r"(?P<y>(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_N = r"(\d{1,2}|十[一二]?|[一二三四五六七八九])"
_DASH = r"\s*(?:-+|至|到)\s*"
_SPAN = re.compile(rf"{_Y}\s*年?\s*(?:-+|至|到)\s*(?P<z>(?:19|20)\d\d|\d\d(?=\s*年)|[一二][九〇○零][〇○零一二三四五六七八九]{{2}})\s*年?度?")
_YEAR = re.compile(rf"{_Y}\s*(?:年度|财年|年末|年底|年全年|年)?\s*(?:全年|底|末)?")
_YEAR_PART = re.compile(rf"{_Y}\s*(?:年度?|[-./])?\s*(?P<rest>\S.*)")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])")
_SHORT = re.compile(r"[’']?(?P<y>\d\d)年")
_PARTS = (
    (re.compile(rf"{_N}月?份?{_DASH}{_N}月份?(?:份|累计)?"), lambda a, b: f"-{a:02d}..-{b:02d}"),
    (re.compile(rf"(?:前|头){_N}个?月(?:累计)?"), lambda n: f"-01..-{n:02d}"),
    (re.compile(rf"前{_N}个?季度(?:累计)?|1{_DASH}{_N}季度"), lambda n: f"-01..-{3 * n:02d}"),
    (re.compile(rf"第?{_N}季度?|(?i:Q)([1-4])"), lambda n: f"Q{n}"),
    (re.compile(rf"{_N}月份?|0?{_N}"), lambda n: f"-{n:02d}"),
    (re.compile(r"上半年(?:累计)?|(?i:H1)"), lambda: "H1"),
    (re.compile("下半年(?:累计)?|(?i:H2)"), lambda: "H2"),
    (re.compile("全年(?:累计)?|年度|年末|年底|底|末"), lambda: ""),
)
# A day or a week is a time that the records have no form for.
_TOO_SHORT = re.compile(
    rf"(?:{_Y}\s*[-./年]\s*)?(?:\d{{1,2}}\s*[-./月]\s*\d{{1,2}}\s*日?|第?\s*{_N}\s*周)(?:{_DASH}(?:\d{{1,2}}\s*[-./月]\s*)?\d{{1,2}}\s*日?)?"
)
_IN_TITLE = re.compile(
    rf"{_Y}\s*年?{_DASH}(?P<z>(?:19|20)\d\d)\s*年?|{_Y.replace('?P<y>', '?P<one>')}\s*年度?\s*(?P<rest>"
    rf"\d{{1,2}}月?{_DASH}\d{{1,2}}月|\d{{1,2}}月|前\d个?月|[一二三四1-4]季度|第[一二三四]季度|前[一二三]季度|上半年|下半年|全年)?(?!以来)"
)
_BARE_PART = re.compile(
    rf"(?:^|[（( 　])(\d{{1,2}}月?{_DASH}\d{{1,2}}月|\d{{1,2}}月份?|上半年|下半年|[一二三四]季度|前[一二三]季度)(?=$|[)） 　]|全|各|份)"
)


class When(NamedTuple):
    """A time as some words of a table give it, a part at a time: any may be left to other words.

    `part` is "" for all the year, None where nothing is said of it; `back` counts years before the one reported on (上年同期: 1);
    `month` is a month named by what the title reports on: "this" (本月) or "to_date" (累计). `short` is a day or a week.
    """

    year: int | None = None
    until: int | None = None
    part: str | None = None
    back: int | None = None
    month: str = ""
    short: bool = False


@lru_cache(maxsize=1 << 14)
def read_when(words: str) -> When | None:
    """The time that some words, as a whole, are; None where they are none.

    >>> read_when("2021年1月"), read_when("202104").part, read_when("1-6月").part, read_when("1967~1970").until, read_when("上年同期").back
    (When(year=2021, until=None, part='-01', back=None, month='', short=False), '-04', '-01..-06', 1970, 1)
    """
    plain = "".join(words.split()) if not words.isascii() else words.strip()
    plain = plain.translate(_TO_ASCII).strip("()（）")
    if not plain or len(plain) > 24:
        return None
    if is_kind(plain, "earlier"):
        return When(back=1)
    if is_kind(plain, "current"):
        return When(back=0)
    if is_kind(plain, "month"):
        return When(month="this")
    if is_kind(plain, "cumulative"):
        return When(month="to_date")
    if plain[0] in "今本上去前" and (found := re.fullmatch("(今年|本年|去年|上年)(.+)", plain)):
        rest = read_when(found[2])
        return rest._replace(back=int(found[1] in ("去年", "上年"))) if rest and rest.part and rest.year is None else None
    return _read(plain)


def _read(plain: str) -> When | None:
    if found := _COMPACT.fullmatch(plain):
        return When(int(found["y"]), part=f"-{found['m']}")
    if found := _YEAR.fullmatch(plain):
        return When(_year(found["y"]), part="" if "全年" in plain else None)
    if found := _SPAN.fullmatch(plain):
        first, last = _year(found["y"]), found["z"]
        until = first // 100 * 100 + int(last) if len(last) == 2 else _year(last)
        return When(first, until) if first < until else None
    if found := _SHORT.fullmatch(plain):
        two = int(found["y"])
        return When(two + (1900 if two >= 49 else 2000))
    if _TOO_SHORT.fullmatch(plain):
        # 2021-03 and 1-6月 were no days: they are read below.
        year_month = re.fullmatch(r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}", plain)
        if not year_month and not re.fullmatch(r"\d{1,2}-\d{1,2}", plain):
            return When(short=True)
    if found := _YEAR_PART.fullmatch(plain):
        part = read_part(found["rest"])
        return When(_year(found["y"]), part=part) if part is not None else None
    part = read_part(plain) if not plain.isdigit() else None
    return When(part=part) if part is not None and not re.fullmatch("[-\\d.]+|[底末]|年度", plain) else None


def read_part(plain: str) -> str | None:
    """The part of a year some words are: H1, Q2, -05, -01..-06, "" for all of it."""
    for shape, name in _PARTS:
        if found := shape.fullmatch(plain):
            numbers = [_number(group) for group in found.groups() if group]
            months = numbers if "季" not in plain and "Q" not in plain.upper() else [min(3 * n, 13) for n in numbers]
            return name(*numbers) if all(1 <= n <= 12 for n in months) and numbers == sorted(numbers) else None
    return None


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return 10 + "零一二".index(written[1:] or "零") if written[0] == "十" else "零一二三四五六七八九".index(written)


def _year(written: str) -> int:
    return int(written) if written.isdigit() else int("".join(str("零一二三四五六七八九".index("零" if c in "〇○" else c)) for c in written))


def in_title(title: str) -> When | None:
    """The time that a title names; None where it names none, or several.

    >>> in_title("河口区2022年度行政强制办理数据表").year, in_title("2021年1-6月全市主要指标").part, in_title("2019年与2020年对比")
    (2022, '-01..-06', None)
    """
    plain = title.translate(_TO_ASCII)
    found = [match for match in _IN_TITLE.finditer(plain) if match["z"] or not _is_number_of_law(plain, match)]
    if not found:
        part = _BARE_PART.search(plain)
        return When(part=read_part(part[1])) if part else None
    times = {
        When(_year(m["y"]), _year(m["z"])) if m["z"] else When(_year(m["one"]), part=read_part("".join(m["rest"].split())) if m["rest"] else None)
        for m in found
    }
    return times.pop() if len(times) == 1 else None


def _is_number_of_law(plain: str, match: re.Match[str]) -> bool:
    """Four digits that are part of a longer number, or no year: 〔2021〕12号."""
    return plain[match.start() - 1 : match.start()].isdigit() or plain[match.end() : match.end() + 1].isdigit() or "年" not in match[0]


def joined(outer: When | None, inner: When | None) -> When | None:
    """What two words about one figure say together; the inner goes before."""
    if outer is None or inner is None:
        return inner or outer
    parts: Any = (o if i in (None, "") and not (n == "part" and i == "") else i for n, o, i in zip(When._fields, outer, inner, strict=True))
    return When(*parts)


def period(when: When | None, title: When | None) -> str | None:
    """The period string of a figure, None where the table does not fix it.

    >>> period(When(part="-03"), When(2021)), period(When(back=1), When(2021, part="-01..-06")), period(When(1967, 1970), None)
    ('2021-03', '2020-01..2020-06', '1967..1970')
    """
    said = when or When()
    year = said.year or (title.year if title is not None and title.until is None else None)
    if year is None:
        return f"{title.year}..{title.until}" if when is None and title is not None and title.until else None
    if said.until:
        return f"{year}..{said.until}"
    part = said.part
    if part is None and title is not None and (said.year is None or said.year >= (title.year or 0) - 1):
        part = title.part
    if said.month == "this" and not part:
        return None
    if said.month == "to_date" and part and re.fullmatch(r"-\d\d", part):
        part = f"-01..{part}"
    written = f"{year}{part or ''}".replace("..-", f"..{year}-")
    return written.replace(str(year), str(year - 1)) if said.back == 1 and said.year is None else written
