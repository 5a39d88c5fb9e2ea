"""What stands above a table: the lines that may entitle it, the sentence that introduces it, a title that is itself what the figures measure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...documents.tables.cells import AROUND_A_LINE
from ..grammar import compiled
from ..lines import is_numbered
from ..records import Statement
from .facets import Facet, read_facet
from .tails import without_translation
from .times import When, in_title, read_part, reported_of, time_at_beginning
from .values import Unit, read_unit
from .words import half_width, pattern

# A sentence longer than this, or further above, says too much else.
INTRODUCTION, LOOK_BACK, LOOK_FAR, TITLE = 160, 400, 2000, 60
_DRAWN = AROUND_A_LINE + "-=\u2500\u2501\r"
_ENDS_SENTENCE = re.compile("[。；！？]")
_NUMBERED, _ASIDE = compiled("number_of_a_head"), re.compile("[（(][^()（）]*[)）]")
_YEARS, _YEAR = re.compile(r"(\d{4})\.\.(\d{4})"), re.compile(r"(?:19|20)\d\d")
_ENDS_IN_UNIT = re.compile(r"(.{2,})[（(]([^()（）]{1,4})[）)]")
_UNIT_BEHIND, _HAN_YEAR = compiled("unit_behind_a_title"), compiled("year_in_chinese")
_UNIT_SIGN, _UNDER = compiled("unit_line"), compiled("line_under_a_table")
_UNITS_BEHIND, _UNITS_IN_BRACKETS = compiled("units_behind_a_title"), re.compile(rf"[（(](?:{_UNIT_SIGN.pattern})[^（()）]{{1,12}}[)）]")
_WAYS, _SEVERAL = compiled("head_that_divides"), compiled("several_subjects")
_TITLE_NUMBER, _BEGINNING = compiled("title_number"), compiled("title_beginning")
_SOURCE, _QUOTES = compiled("source_of_figures"), "《》「」“”"
_BEGINS, _DASHES = compiled("part_that_begins_an_introduction"), str.maketrans("—－–―", "----")
INTRODUCES, _DIVIDES, _MEASURES = compiled("introduction"), compiled("title_that_divides"), compiled("title_that_measures")


def introduction(text: str, start: int) -> When | None:
    """The time of the sentence that introduces the table at `start` (2022年6月受理情况见下表：), None where there is none or it names several.

    >>> introduction("2022年6月，各平台受理投诉情况见下表：\\n表1 投诉统计表\\n", 30).part
    '-06'
    """
    for line in reversed(text[max(0, start - LOOK_BACK) : start].split("\n")):
        if INTRODUCES.search(line):
            sentence = next((one for one in reversed(_ENDS_SENTENCE.split(_ASIDE.sub("", line))) if one.strip()), "")
            when = (in_title(sentence) or _part_alone(sentence)) if len(sentence) <= INTRODUCTION else None
            return when if when is not None and (when.year or when.part) and not when.until else None
        if _ENDS_SENTENCE.search(line):
            break
    return None


def units_introduced(text: str, start: int) -> str:
    """The bracket of units in the line that leads to the table at `start` (各区查处情况如下（单位：起）：); '' where there is none.

    >>> units_introduced("各区查处情况如下（单位：起）：\\n\\n| 地区 | 1月 |", 17)
    '（单位：起）'
    """
    line = next((words for one in reversed(text[max(0, start - LOOK_BACK) : start].split("\n")) if (words := one.strip(_DRAWN + " "))), "")
    found = _UNITS_IN_BRACKETS.search(line) if line.endswith(("：", ":")) else None
    return found[0] if found is not None else ""


def _part_alone(sentence: str) -> When | None:
    """The part of a year that a sentence is about whose year is said elsewhere, where it begins with it: 1—5月情况如下."""
    found = _BEGINS.match(half_width(sentence.strip(AROUND_A_LINE)).translate(_DASHES))
    return When(part=read_part(found["part"])) if found is not None else None


def is_title_line(line: str) -> bool:
    """Whether a line above a table is its title, as titles end or are numbered."""
    return _TITLE_NUMBER.match(line) is not None or pattern("title_end").search(without_unit(line)) is not None


def heading_of(text: str, start: int) -> list[str]:
    """The first line of a text, where it entitles a table near it at `start` that has no title of its own: 2023年交通事故统计.

    >>> heading_of("2023年全市交通事故统计\\n全年平稳。\\n年份\\t起数\\n", 20), heading_of("2023年工作报告\\n全年平稳。\\n", 15)
    (['2023年全市交通事故统计'], [])
    """
    line = text[: TITLE + 1].split("\n")[0].strip(AROUND_A_LINE)
    return [line] if start < LOOK_BACK and 0 < len(line) <= TITLE and not _ENDS_SENTENCE.search(line) and is_title_line(line) else []


def sections_above(text: str, start: int) -> list[str]:
    """The numbered heading of the section that the table at `start` stands in, and the first lines of the text, where they are no sentences.

    >>> sections_above("2023年工作报告\\n全年平稳。\\n平安无事。\\n二、火灾情况\\n火灾情况见下表。\\n年份\\t起数\\n", 38)
    ['二、火灾情况', '2023年工作报告']
    """
    above = reversed(text[max(0, start - LOOK_BACK) : start].split("\n"))
    section = next((words for line in above if _is_heading(words := line.strip(AROUND_A_LINE)) and _NUMBERED.match(words)), None)
    first = (line.strip(AROUND_A_LINE) for line in text[: min(start, 5 * TITLE)].split("\n")[:3])
    return [*([section] if section is not None else []), *filter(_is_heading, first)]


def _is_heading(line: str) -> bool:
    return 0 < len(line) <= TITLE and _ENDS_SENTENCE.search(line) is None and "\t" not in line and "|" not in line


def caption_below(text: str, end: int, following: int) -> list[str]:
    """The numbered title, or the units, that the line under a table ending at `end` gives, unless another table (at `following`) is right under that.

    >>> caption_below("1 | 2\\n\\n表1 全市收案情况（单位：件）\\n", 5, 99), caption_below("1 | 2\\n表2 收案情况\\n3 | 4", 5, 14)
    (['表1 全市收案情况（单位：件）'], [])
    """
    lines = text[end : end + LOOK_BACK].split("\n")
    line = next((one.strip(AROUND_A_LINE) for one in lines if one.strip(_DRAWN)), "")
    if not line or len(line) > TITLE or _ENDS_SENTENCE.search(line) or not _UNDER.match(line):
        return []
    return [line] if following >= len(text) or text[end:following].strip(AROUND_A_LINE) != line else []


def source_below(text: str, end: int, following: int) -> When | None:
    """The year, or part of one, of the statistics that the note under a table ending at `end`, or else under the last one, names as its source.

    >>> source_below("1 | 2\\n来源：《白石统计》第4期2021年全县案件统计公报。", 5, 99).year, source_below("1 | 2\\n来源：白石日报2021年3月5日", 5, 99)
    (2021, None)
    """
    under = text[end : min(end + LOOK_BACK, following)] if following < len(text) else text[max(end, len(text) - LOOK_BACK) :]
    for note in _ENDS_SENTENCE.split(under.replace("\n", "。")):
        said = _SOURCE.search(note)
        title = note[said.end() :].strip(AROUND_A_LINE + _QUOTES) if said is not None else ""
        when = in_title(title) if is_title_line(title) else None
        if when is not None and when.year and not when.until:
            return when
    return None


def spoken_of(text: str, start: int) -> When | None:
    """The time that the paragraph above the table at `start` begins with, where its sentences begin with no other; None where there is none.

    >>> spoken_of("2020年全市受理民事案件312件，其中一审290件。\\n案由 | 受理（件）\\n", 28).year, spoken_of("2016年以来受理312件。\\n", 14)
    (2020, None)
    """
    for line in reversed(text[max(0, start - LOOK_FAR) : start].split("\n")):
        if not _ENDS_SENTENCE.search(line):
            if len(line) > INTRODUCTION:
                return None
            continue
        line = line.lstrip(AROUND_A_LINE)
        numbered = _NUMBERED.match(line)
        begin = time_at_beginning(line[numbered.end() :] if numbered is not None else line)
        others = {time_at_beginning(sentence.strip()) for sentence in _ENDS_SENTENCE.split(line)[1:]} - {begin, None}
        return begin if not others else None
    return None


def told_before(text: str, start: int, prose: Sequence[Statement]) -> When | None:
    """The time that all figures have which the paragraph above the table at `start` prints; None where there are none, or several."""
    near = [one for one in prose if start - LOOK_FAR < one.start < start and one.kind == "actual"]
    if not near:
        return None
    own_part = any(map(is_numbered, text[near[-1].end : start].splitlines()))  # which is of what all the parts before it are of
    begin = near[0].start if own_part else text.rfind("\n", 0, near[-1].start) + 1
    periods = {one.period for one in near if one.start >= begin and not _looks_back(one)}
    return reported_of(periods.pop()) if len(periods) == 1 else None


def _looks_back(one: Statement) -> bool:
    """Whether a figure is of a time before the one its text names: 去年同期 beside 2023年1月."""
    named = in_title(one.period_as_written or "")
    return named is not None and named.year is not None and not (one.period or "").startswith(str(named.year))


def told_anywhere(prose: Sequence[Statement]) -> When | None:
    """The one time that any figures of a text have, years from one to another too; None where they have none, or several."""
    periods = {one.period for one in prose if one.kind == "actual" and one.period is not None}
    period = periods.pop() if len(periods) == 1 else ""
    years = _YEARS.fullmatch(period)
    return When(int(years[1]), int(years[2])) if years is not None else reported_of(period)


def year_told(prose: Sequence[Statement]) -> int | None:
    """The one year that the figures of a text are of, of which one at least is of a part; None where some are of others, or of no part."""
    periods = {one.period for one in prose if one.kind == "actual" and one.period is not None}
    years = {year for period in periods for year in _YEAR.findall(period)}
    return int(years.pop()) if len(years) == 1 and any(not period.rstrip(".").isdigit() for period in periods) else None


def unit_at_end(title: str) -> Unit | None:
    """The unit in brackets at the end of a title: 平均轮候时间（日）."""
    found = _ENDS_IN_UNIT.fullmatch("".join(title.split()))
    return read_unit(found[2]) if found is not None else None


def units_at_end(title: str) -> list[Unit]:
    """The units in brackets at the end of a title, where there are several and all are units: 罪名分布（件、人）."""
    found = _UNITS_BEHIND.search("".join(title.split()))
    units = [read_unit(one) for one in re.split("[、/]", found["units"])] if found is not None else []
    known = [unit for unit in units if unit is not None]
    return known if len(known) == len(units) else []


def thing_of(title: str) -> str:
    """A title without its English, without the units it ends in and without years in Chinese numerals."""
    return _HAN_YEAR.sub("", without_unit(without_translation(title))).replace("月份", "月")


def divides(title: str) -> bool:
    """Whether a title says that the rows (or columns) are the kinds of what it names: 行政复议案件涉及事项, 投诉类型统计表."""
    return _DIVIDES.search("".join(without_unit(title).split())) is not None


def head_divides(head: str) -> bool:
    """Whether the head of the labels says that they are the ways or results of what the title names: 审结方式."""
    return _WAYS.fullmatch("".join(head.split())) is not None


def without_unit(title: str) -> str:
    """A title without the units it ends in: 刑事案件收结案情况 单位：件.

    >>> without_unit("刑事案件收结案情况 单位：件"), without_unit("平均轮候时间（日）")
    ('刑事案件收结案情况', '平均轮候时间')
    """
    title = _UNITS_BEHIND.sub("", _UNIT_BEHIND.sub("", title))
    return title[: title.rstrip().rindex(_bracket(title))] if unit_at_end(title) is not None else title


def _bracket(title: str) -> str:
    return "（" if title.rfind("（") > title.rfind("(") else "("


def heads_figures(title: str) -> bool:
    """Whether a line over a table is a head over all its columns (行政强制办理件数(件)), and no title.

    >>> heads_figures("平均轮候时间（日）"), heads_figures("2021年收结案（件）"), heads_figures("收结案情况（件）")
    (True, False, False)
    """
    words = "".join(title.split())
    bare = without_unit(words)
    return unit_at_end(words) is not None and not pattern("title_end").search(bare) and not _SEVERAL.search(bare) and in_title(words) is None


def over_all(title: str) -> Facet | None:
    """What a title that measures (平均轮候时间（日）) says of all figures, None for a title that only entitles."""
    if not heads_figures(title) or not _MEASURES.search(without_unit(title)):
        return None
    return read_facet(as_head(title))


def as_head(title: str) -> str:
    """A title that is a head over all its columns, without its number, with its unit.

    >>> as_head("附表：各省立案数（单位：起）"), as_head("行政强制办理件数(件)")
    ('立案数（起）', '行政强制办理件数（件）')
    """
    unit = _ENDS_IN_UNIT.fullmatch("".join(title.split()))
    bare = _BEGINNING.sub("", _TITLE_NUMBER.sub("", without_unit(title)))
    return f"{bare}（{_UNIT_SIGN.sub('', unit[2])}）" if unit is not None and bare else title
