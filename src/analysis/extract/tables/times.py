"""When a cell's figure is of: the years, months and spans that titles, heads and labels of a table print, and how they add up."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from ...lexicon.wordlists import meanings
from ..context.republic import year_of
from ..grammar import compiled
from ..numerals import digit_by_digit, parse_chinese
from .words import is_kind

_TO_ASCII = str.maketrans("０１２３４５６７８９—－~～–―", "0123456789------")
_BRACKETS = str.maketrans("", "", "()（）")
_SPAN, _YEAR, _YEAR_PART, _SHORT = compiled("when_years"), compiled("when_year"), compiled("when_part_of_a_year"), compiled("when_short_year")
_OF_THE_REPUBLIC, _PART_OF_THE_REPUBLIC = compiled("when_year_of_the_republic"), compiled("when_part_of_a_year_of_the_republic")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])")
_PARTS = (
    (compiled("part_months"), lambda a, b: f"-{a:02d}..-{b:02d}"),
    (compiled("part_first_months"), lambda n: f"-01..-{n:02d}"),
    (compiled("part_first_quarters"), lambda n: f"-01..-{3 * n:02d}"),
    (compiled("part_quarter"), lambda n: f"Q{n}"),
    (compiled("part_first_quarter"), lambda: "Q1"),
    (compiled("part_month"), lambda n: f"-{n:02d}"),
    (compiled("part_first_half"), lambda: "H1"),
    (compiled("part_second_half"), lambda: "H2"),
    (compiled("part_all"), lambda: ""),
)
_SAID_ALONE = compiled("part_said_alone")
# A day or a week is a time that the records have no form for.
_TOO_SHORT, _MONTH_OF_A_YEAR = compiled("when_too_short"), compiled("when_month_of_a_year")
_REACHES, _DAY = compiled("time_goes_on"), compiled("day_behind_a_month")
_YEARS_END, _SAME_TIME = compiled("end_of_a_year"), compiled("same_time_of_another_year")
_IN_TITLE, _BARE_PART = compiled("when_in_title"), compiled("part_in_title")
# What heads call by the time of the title, and how When calls it.
_NAMED = {"month": "this", "quarter": "quarter", "cumulative": "to_date", "month_so_far": "so_far"}
_RELATIVE, _YEARS_BACK = compiled("when_relative"), meanings("relative_years")


class When(NamedTuple):
    """A time as some words of a table give it, a part at a time: any may be left to other words.

    `part` is "" for all the year, None where nothing is said of it; `back` counts years before the one reported on (上年同期: 1);
    `month` is named by what the title reports on: its last month ("this": 本月), its last "quarter" (本季), from January on ("to_date": 累计);
    or one of both ("so_far": 本月累计), or "week", a week so named, neither of which is a period.
    `short` is a day or a week; `before` the week, month or quarter before the one reported on (上月).
    """

    year: int | None = None
    until: int | None = None
    part: str | None = None
    back: int | None = None
    month: str = ""
    short: bool = False
    before: bool = False


@lru_cache(maxsize=1 << 14)
def read_when(words: str) -> When | None:
    """The time that some words, as a whole, are; None where they are none.

    >>> read_when("2021年1月"), read_when("202104").part, read_when("1-6月").part, read_when("1967~1970").until, read_when("上年同期").back
    (When(year=2021, until=None, part='-01', back=None, month='', short=False, before=False), '-04', '-01..-06', 1970, 1)
    """
    plain = "".join(words.split()) if not words.isascii() else words.strip()
    plain = plain.translate(_TO_ASCII).translate(_BRACKETS)
    if not plain or len(plain) > 24:
        return None
    if is_kind(plain, "earlier"):
        return When(back=1)
    if is_kind(plain, "current"):
        return When(back=0)
    if is_kind(plain, "period_before"):
        return When(before=True)
    if month := next((month for kind, month in _NAMED.items() if is_kind(plain, kind)), ""):
        return When(month=month)
    if is_kind(plain, "week") or is_kind(plain, "week_before"):
        return When(month="week", before=is_kind(plain, "week_before"))
    if found := _RELATIVE.fullmatch(plain):
        rest = read_when(found[2])
        if rest is not None and rest.year is not None:
            return rest  # 去年2021年第一季度
        return rest._replace(back=-_YEARS_BACK[found[1]]) if rest and rest.part else None
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
    if found := _OF_THE_REPUBLIC.fullmatch(plain):
        return When(year_of(found["y"]))
    if found := _SHORT.fullmatch(plain):
        two = int(found["y"])
        return When(two + (1900 if two >= 49 else 2000))
    if _TOO_SHORT.fullmatch(plain):
        # 2021-03 and 1-6月 were no days: they are read below.
        if not _MONTH_OF_A_YEAR.fullmatch(plain) and not re.fullmatch(r"\d{1,2}-\d{1,2}", plain):
            return When(short=True)
    if found := _YEAR_PART.fullmatch(plain) or _PART_OF_THE_REPUBLIC.fullmatch(plain):
        part = read_part(found["rest"])
        return When(_year(found["y"]), part=part) if part is not None else None
    part = read_part(plain) if not plain.isdigit() else None
    return When(part=part) if part is not None and not _SAID_ALONE.fullmatch(plain) else None


def of_the_republic(words: str, when: When | None) -> When | None:
    """The time of a year by two figures beside years of the Republic by three (98年 beside 101年 is 2009).

    >>> of_the_republic("98年", read_when("98年")).year, of_the_republic("2009年", read_when("2009年")).year
    (2009, 2009)
    """
    found = _SHORT.fullmatch("".join(words.split()))
    return when._replace(year=year_of(found["y"])) if found is not None and when is not None else when


def counts_from_the_republic(words: str) -> bool:
    """Whether some words are a year of the Republic by three figures."""
    return _OF_THE_REPUBLIC.fullmatch("".join(words.split())) is not None


def read_part(plain: str) -> str | None:
    """The part of a year some words are: H1, Q2, -05, -01..-06, "" for all of it."""
    for shape, name in _PARTS:
        if found := shape.fullmatch(plain):
            numbers = [_number(group) for group in found.groups() if group]
            months = numbers if "季" not in plain and "Q" not in plain.upper() else [min(3 * n, 13) for n in numbers]
            return name(*numbers) if all(1 <= n <= 12 for n in months) and numbers == sorted(numbers) else None
    return None


def _number(written: str) -> int:
    return int(written) if written.isdigit() else int(parse_chinese(written) or 0)


def _year(written: str) -> int:
    if len(written) < 4:
        return year_of(written) or 0
    return int(written) if written.isdigit() else digit_by_digit(written)


def in_title(title: str) -> When | None:
    """The time that a title names; None where it names none, or several.

    >>> in_title("截至2020年12月底在册人数").part
    >>> in_title("一至三季度主要指标（2022年）")[:3], in_title("2022年收案（1-6月）").part
    ((2022, None, '-01..-09'), '-01..-06')
    >>> in_title("河口区2022年度行政强制办理数据表").year, in_title("2021年1-6月全市主要指标").part, in_title("2019年与2020年对比")
    (2022, '-01..-06', None)
    """
    plain = _YEARS_END.sub("", title.translate(_TO_ASCII))
    found = [match for match in _IN_TITLE.finditer(plain) if match["z"] or not _is_number_of_law(plain, match)]
    part = _BARE_PART.search(_IN_TITLE.sub(" ", plain)) if not any(match["z"] or match["rest"] for match in found) else None
    if not found:
        return When(part=read_part("".join(part["part"].split()))) if part else None
    times = {
        When(_year(m["y"]), _year(m["z"])) if m["z"] else When(_year(m["one"]), part=read_part("".join(m["rest"].split())) if m["rest"] else None)
        for m in found
    }
    if len(times) == 2 and _SAME_TIME.search(plain) and len(parts := {time.part for time in times if time.part}) == 1:
        return When(part=parts.pop())  # 2023年首9个月与2022年同期: of either year
    when = times.pop() if len(times) == 1 else None
    return when._replace(part=read_part("".join(part["part"].split()))) if when is not None and part is not None else when


def time_at_beginning(sentence: str) -> When | None:
    """The year, or part of one, that a sentence begins with.

    >>> time_at_beginning("2021年上半年，全市收案312件").part, time_at_beginning("2016年至2020年收案312件"), time_at_beginning("全市收案312件")
    ('H1', None, None)
    """
    plain = sentence.translate(_TO_ASCII)
    found = _IN_TITLE.match(plain)
    if found is None or found["z"] or _is_number_of_law(plain, found) or _REACHES.match(plain, found.end()):
        return None
    return When(_year(found["one"]), part=read_part("".join(found["rest"].split())) if found["rest"] else None)


def _is_number_of_law(plain: str, match: re.Match[str]) -> bool:
    """Four digits that are part of a longer number, of a day, or no year: 〔2021〕12号, 2024年2月20日."""
    goes_on = plain[match.end() : match.end() + 1].isdigit() and match[0][-1].isdigit()  # not 2022年12345热线
    goes_on = goes_on or _DAY.match(plain, match.end()) is not None
    return plain[match.start() - 1 : match.start()].isdigit() or goes_on or "年" not in match[0]


def period_before(period: str) -> str | None:
    """The month, quarter or half before one of them; None for any other period.

    >>> period_before("2021-01"), period_before("2021Q3"), period_before("2021-01..2021-06")
    ('2020-12', '2021Q2', None)
    """
    found = re.fullmatch(r"(\d{4})(-|Q|H)(\d{1,2})", period)
    if found is None:
        return None
    year, sign, number = int(found[1]), found[2], int(found[3]) - 1
    year, number = (year, number) if number else (year - 1, _LAST_PART[sign])
    return f"{year}{sign}{number:0{2 if sign == '-' else 1}d}"


def span_before(period: str) -> str | None:
    """The span of as many years before one of them; None for any other period.

    >>> span_before("2013..2017"), span_before("2017")
    ('2008..2012', None)
    """
    found = re.fullmatch(r"(\d{4})\.\.(\d{4})", period)
    first, last = (int(found[1]), int(found[2])) if found is not None else (0, 0)
    return f"{first - (last - first + 1)}..{first - 1}" if found is not None else None


_LAST_PART = {"-": 12, "Q": 4, "H": 2}


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
    if said.month == "week":
        return None
    year = said.year or (title.year if title is not None and title.until is None else None)
    if year is None:
        return f"{title.year}..{title.until}" if when is None and title is not None and title.until else None
    if said.until:
        return f"{year}..{said.until}"
    part = said.part
    if part is None and title is not None and (said.year is None or said.year >= (title.year or 0) - 1):
        part = title.part
    if said.before:
        return period_before(f"{year}{part or ''}")
    end, reaches = _last_month(part), part in _FROM_JANUARY or (part or "").startswith("-01..")
    if said.month == "so_far" and not reaches:
        return None
    if said.month in _LENGTHS:
        part = _part_ending(end, _LENGTHS[said.month])
        if part is None:
            return None
    if said.month == "to_date" and end and not reaches:
        part = f"-01..-{end:02d}"
    written = f"{year}{part or ''}".replace("..-", f"..{year}-")
    return written.replace(str(year), str(year - 1)) if said.back == 1 and said.year is None else written


def last_year_of(part: str | None, day: tuple[int, int] | None) -> int | None:
    """The last year of which a part (H1, Q3, -01..-08) was over in the month `day` (year, month); None where either is not known.

    >>> last_year_of("H1", (2018, 7)), last_year_of("Q4", (2018, 1)), last_year_of("-01..-08", (2018, 8)), last_year_of("", (2018, 1))
    (2018, 2017, 2018, None)
    """
    ends = _last_month(part)
    if not ends or day is None:
        return None
    return day[0] if ends <= day[1] else day[0] - 1


def _last_month(part: str | None) -> int:
    """The month that a part of a year ends with, 0 for what is no part."""
    found = re.fullmatch(r"H(?P<half>[12])|Q(?P<quarter>[1-4])|.*-(?P<month>\d\d)", part or "")
    return int(found["half"] or 0) * 6 + int(found["quarter"] or 0) * 3 + int(found["month"] or 0) if found is not None else 0


def _part_ending(month: int, length: int) -> str | None:
    """The month, or the quarter, of so many months that ends with a month; None where none does."""
    if not month or month % length:
        return None
    return f"-{month:02d}" if length == 1 else f"Q{month // length}"


# How long what is named by the title's time is: 本月, 本季. What begins with January besides spans of months from it.
_LENGTHS, _FROM_JANUARY = {"this": 1, "quarter": 3}, ("H1", "Q1")


def reported_of(period_of_document: str | None) -> When | None:
    """The time of a document, from its metadata.

    >>> reported_of("2020-01..2020-08").part, reported_of("2019"), reported_of("2012..2016")
    ('-01..-08', When(year=2019, until=None, part=None, back=None, month='', short=False, before=False), None)
    """
    found = re.fullmatch(r"(\d{4})(H[12]|Q[1-4]|-\d\d)?(?:\.\.(\d{4})(-\d\d))?", period_of_document or "")
    if not found or (found[3] and found[3] != found[1]) or "" == found[0]:
        return None
    return When(int(found[1]), part=(found[2] or "") + (f"..{found[4]}" if found[4] else "") or None)
