"""Phase one of the periods: what a text prints of them, and how far each holds, still unresolved.

A period in passing holds for its clause (`binding` sees to that), one that begins a sentence for its line and on, until another is
printed or a heading says otherwise. What a text opens with is the period of the whole document; that of a numbered part holds for the part.
"""

from __future__ import annotations

import re

from ...lexicon.wordlists import words
from ...periods import covers
from .. import lines
from ..grammar import compiled
from ..mentions import Token
from ..naming import counted_under, topic_of
from .datelines import dates_report
from .dating import Dating
from .handed import OF_ITS_LINE, Context, ends_in_since, goes_over_years
from .republic import names_it
from .written import ANY_YEAR, TO_ASCII, has_problems, in_year, is_plan, part_of

# The year of a report or a meeting is not the year reported on.
OCCASION = compiled("occasion")
# A line that begins a piece of news of its own, whatever the headings before it were about.
_NEWS = compiled("news")


# Periods that may date no statement of their sentence.
DATES_NOTHING = frozenset(("part_of_year", "relative_year", "years_past", "year_of_the_republic"))
# What dates the value before a figure, not what stands below: 提出抗诉5件（去年同期2件）, alone in its line.
OF_AN_EARLIER_VALUE = frozenset(("year_before",))
_STREAK, _MOST, _SINCE = compiled("kept_since"), compiled("most_since_then"), words("since_when")


def dates_nothing(text: str, token: Token, end: int, dating: Dating) -> bool:
    """Whether a period only says since when something had been so (继2005年以来连续第五年下降), or a number of years is no year of the text."""
    if token.rule == "year_of_the_republic" and not (names_it(text[token.start : token.end]) or dating.counts_from_the_republic):
        return True
    if token.rule == "relative_year":
        return ends_in_since(text, token) and _MOST.match(text, token.end, end) is not None  # 为今年以来单月最多
    until = token.end if ends_in_since(text, token) else _until_since(text, token.end, min(token.end + _FAR, end))
    return until > 0 and _STREAK.match(text, until, end) is not None


def _until_since(text: str, start: int, end: int) -> int:
    """Where 以来 ends that belongs to a period before it (自1999年电话开通以来), 0 where there is none."""
    at = text.find(_SINCE[0], start, end)
    return at + len(_SINCE[0]) if at > 0 and not _MARKS.intersection(text[start:at]) else 0


# How far behind its period 以来 may stand, and what parts it from it.
_FAR, _MARKS = 25, frozenset("，,；;：:、（(。")


def at_line(text: str, line: tuple[int, int], context: Context, dating: Dating, heading: bool, under_heading: bool) -> Context:
    """Return the context a line begins with.

    A heading inside a report, numbered or not, is still about the period the report opens with, one inside a part about the part's; what is
    planned, and a piece of news of its own, is about neither. After a line that told of one year in passing, the span of years that the
    report or the part is about holds again.
    """
    words = text[slice(*line)]
    _take_lead(text, line[0], context, dating)
    if heading:
        below = _at_heading(text, line, words, context, under_heading)
        if context.led is not None and not (below.planned or lines.is_numbered(words)):
            below.period = below.led = context.led
        return below
    if context.led is not None:
        if _is_of_the_same_time(context.period, context.led, dating):
            context.period = context.led
            return context
        context.led = None
    if context.period is not None and not _leads_on(text, line[0]):
        whole = context.section or context.opening
        if context.period.rule == "years_past" and dating.resolve(context.period) is None:
            context.period = _of_the_whole(text, context)
        elif context.period.rule in OF_ITS_LINE:
            wider = context.around or whole
            if wider is None or not _dates_nothing_told(text, wider):
                context.period = wider  # 四季度 said in one paragraph is not the period of the next
        elif whole is None or context.period is whole:
            return context
        elif context.period.rule in _OF_A_YEAR and _is_part_of(whole, context.period, dating):
            context.period = whole  # 全年计划抽检1万批次 in a report on half a year
        elif _lies_within(context.period, whole, dating) or _is_told_of(text, context.period, whole, dating):
            if not _is_of_one_year(words, context.period, dating):
                context.period = whole
        elif not _may_be_passing(text, whole) and _is_earlier(context.period, whole, dating):
            context.period = whole  # nor are the years before, which a report looks back to
        elif context.section is not None and _is_later(context.period, context.section, dating):
            context.period = context.section  # nor is this year's beginning in the part of a report that tells of the last
    return context


_OF_A_YEAR = frozenset(("same_year", "coming_year"))


def take_lead(text: str, span: tuple[int, int], context: Context) -> None:
    """Let the period of a line without figures that leads to others hold in these, until one tells of another time: 从2020年情况看，有以下特点："""
    told = context.period
    if told is not None and span[0] <= told.start and text[span[1] - 1 : span[1]] in _COLONS and text[span[1] : span[1] + 1] in "\r\n":
        context.led, context.opening = told, context.opening or told


_COLONS = frozenset("：:")


def _is_of_the_same_time(token: Token | None, led: Token, dating: Dating) -> bool:
    """Whether a period is, or lies within, the one that a line led with."""
    if token is None or token is led:
        return token is led
    return covers(dating.resolve(led) or "", dating.resolve(token) or "")


def _take_lead(text: str, start: int, context: Context, dating: Dating) -> None:
    """Let the time that a lead tells (2021年3月至6月，组织开展行动。现将情况通报如下：) be what the text reports on, within the year of its title."""
    told, whole = context.period, context.opening
    if told is None or whole is None or told is whole or told.rule not in _SPANS or not _leads_on(text, start):
        return
    begin = text.rfind("\n", 0, text.rfind("\n", 0, start)) + 1
    if begin <= told.start and _LEAD.search(text, begin, start) is not None and _is_part_of(told, whole, dating):
        context.opening = told


_LEAD, _SPANS = compiled("report_follows"), frozenset(("months_of_year", "months_over_years", "months_to_the_end", "part_of_year", "bare_span"))


def _is_part_of(token: Token, whole: Token, dating: Dating) -> bool:
    """Whether a period is a part of the year that another names."""
    part, span = dating.resolve(token), dating.resolve(whole)
    return bool(part and span and span.isdigit() and part != span and part[:4] == span)


def _lies_within(token: Token, whole: Token, dating: Dating) -> bool:
    """Whether a period is one year or less of a longer span that another names (2016年 of 2012年以来)."""
    if token.start <= whole.start:
        return False
    part, span = dating.resolve(token), dating.resolve(whole)
    if not part or not span or ".." not in span or (".." in part and len(part) < 10):
        return False
    first, _, last = span.partition("..")
    return first[:4] <= part[:4] and (not last or part[:4] <= last[:4]) and part != span


def _is_of_one_year(words: str, told: Token, dating: Dating) -> bool:
    """Whether a line names no time and tells how much more or less than the year before: it goes on with the year told last, and not with years."""
    return (dating.resolve(told) or "").isdigit() and _FROM_YEAR_TO_YEAR.match(words) is not None


_FROM_YEAR_TO_YEAR = compiled("moved_since_the_year_before")


def _reports_on(whole: Token, dating: Dating) -> bool:
    """Whether a period is one year or less, and of the year that the text reports on."""
    span = dating.resolve(whole)
    return span is not None and (".." not in span or len(span) > 10) and span[:4] == str(dating.year_told_of)


def _is_earlier(token: Token, whole: Token, dating: Dating) -> bool:
    """Whether a period printed after another lies before it, both within a year."""
    part, span = dating.resolve(token), dating.resolve(whole)
    part = part and part.removesuffix("..")
    if not part or not span or ".." in part + span or token.start <= whole.start:
        return False
    return part[:4] < span[:4] == str(dating.year_told_of)


def _is_later(token: Token, section: Token, dating: Dating) -> bool:
    """Whether a period lies behind the year that the heading of its part names."""
    part, span = dating.resolve(token), dating.resolve(section)
    return bool(part and span and span.isdigit() and token.start > section.start and part[:4] > span)


def _leads_on(text: str, start: int) -> bool:
    """Whether the line before one is not over with its end: 1至6月发生事故30起，其中：, and the parts below, each in its line."""
    return text[max(0, start - _BLANKS) : start].rstrip()[-1:] in _GOES_ON


# More than these blanks before a line part it from the one before, whatever that ends in.
_GOES_ON, _BLANKS = frozenset("：:；;"), 80


def _is_told_of(text: str, period: Token, whole: Token, dating: Dating) -> bool:
    """Whether one of a period and the period of the whole goes over years and the other does not, and the sentence of the first gave it figures."""
    if period.start <= whole.start or not (looks_back(text, period, whole, dating) or (whole.rule == "years_past" and period.rule == "part_of_year")):
        return False
    return _dates_figures(text, period)


def _dates_nothing_told(text: str, period: Token) -> bool:
    """Whether a period stands in a sentence without a figure behind it, and in no heading: 2016年，全局细化措施，确保高效。"""
    stop = _SENTENCE_ENDS.search(text, period.end)
    return stop is not None and stop[0] != "\n" and not _dates_figures(text, period)


def _dates_figures(text: str, period: Token) -> bool:
    """Whether a number stands between a period and the end of its sentence."""
    stop = _SENTENCE_ENDS.search(text, period.end)
    return _FIGURE.search(text, period.end, stop.start() if stop is not None else len(text)) is not None


_SENTENCE_ENDS, _FIGURE = re.compile("[。！？\\n]"), re.compile("[0-9０-９]")


def looks_back(text: str, period: Token, whole: Token, dating: Dating) -> bool:
    """Whether a period goes over years up to now (五年来, 2019年以来, “十四五”期间) in a report on one year."""
    return goes_over_years(text, period) and _reports_on(whole, dating) and not goes_over_years(text, whole)


def _at_heading(text: str, line: tuple[int, int], words: str, context: Context, under_heading: bool) -> Context:
    if lines.is_subheading(words):
        planned = context.planned or is_plan(words)
        return Context(period=context.section or context.opening, section=context.section, opening=context.opening, planned=planned)
    if lines.is_numbered(words):
        return Context(planned=True) if is_plan(words) else Context(period=context.opening, opening=context.opening)
    if under_heading:
        return context
    if is_plan(words) or _NEWS.match(text, line[1] + 1):
        return Context(planned=is_plan(words))
    return Context(period=_of_the_whole(text, context), section=context.section, opening=context.opening)


def _of_the_whole(text: str, context: Context) -> Token | None:
    whole = context.section or context.opening
    return whole if whole is not None and not _may_be_passing(text, whole) else None


def _may_be_passing(text: str, whole: Token) -> bool:
    """Whether what a text begins with may be told in passing: a part of a year, unless the title says it too (11月警情速览)."""
    title = text.lstrip().partition("\n")[0].rstrip()
    if title[-1:] not in _SENTENCE_END:
        if whole.rule == "bare_span" and _TO_TITLE_END.fullmatch(text, 0, whole.start) is not None:
            return False
        month = _MONTH_TOLD.search(text, whole.start, whole.end) if whole.rule == "month_of_year" else None
        if month is not None and re.search(f"(?<![0-9]){month[0]}", title) is not None:
            return False
    return whole.rule in _IN_PASSING


_IN_PASSING = frozenset(("month_of_year", "bare_span", "same_year", "since"))
_MONTH_TOLD, _SENTENCE_END = re.compile(r"[0-9]{1,2}\u6708"), frozenset("。！？!?")
_TO_TITLE_END = re.compile("\\s*(?:\\S[^\\n]*)?")


def take_heading(text: str, span: tuple[int, int], tokens: list[Token], context: Context, theme: str) -> None:
    """Let the period of a heading date what stands under it, and its topic narrow it, or the theme of the text that it does not speak of itself."""
    line = text[slice(*span)]
    context.head, context.above, context.objects = "", counted_under(line), ()
    context.topic = topic_of(line) or ("" if theme in line else theme)
    told = [token for token in tokens if token.kind == "period" and token.rule not in OF_AN_EARLIER_VALUE]
    if (OCCASION.search(line) and not _names_part(text, told)) or dates_report(text, *span):
        titled = context.opening is not None and context.opening.start < span[0]
        context.period = context.opening = context.opening if titled else None  # the title above the day holds
    elif has_problems(line):
        context.period = context.opening  # the year that it names is of the plans
    else:
        context.period = _in_its_year(text, told) if told else context.period
        context.opening = context.period if context.opening in (None, *told[:1]) else context.opening
    if lines.is_numbered(line) or any(_is_all_of(line, text[token.start : token.end]) for token in tokens if token.kind == "period"):
        context.section, context.around = context.period, None


def _names_part(text: str, told: list[Token]) -> bool:
    """Whether a heading names a part of a year longer than a month, which even a meeting is told to be about (2021年上半年新闻发布会)."""
    part = part_of(text[told[0].start : told[0].end].translate(TO_ASCII), ANY_YEAR) if len(told) == 1 else ""
    return part[:1] in _LONGER_PARTS or len(part) > _A_MONTH


# H1, Q2, and -01..2021-09, which is longer than -05.
_LONGER_PARTS, _A_MONTH = ("H", "Q"), 3


def _is_all_of(heading: str, period: str) -> bool:
    """Whether a heading says a period and nothing else (【2016年】)."""
    return _EDGES.sub("", heading) == period


_EDGES = re.compile(r"^\W+|\W+$")


def _in_its_year(text: str, told: list[Token]) -> Token:
    """The period of a heading, the first that it tells; of a year and a part of it apart from it (2022年柳湾检察院二季度数据) the part."""
    first, later = told[0], told[1] if len(told) == 2 else None
    if later is None or later.rule != "bare_span" or first.rule != "part_of_year" or in_year(text[first.start : first.end]) is not None:
        return first
    return Token(later.kind, later.start, later.end, later.meaning, first.rule)

