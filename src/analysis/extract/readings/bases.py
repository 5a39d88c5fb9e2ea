"""When, and against what: the periods and bases that a sentence prints, and how far each holds."""

from __future__ import annotations

import re

from ...lexicon.wordlists import words
from ...periods import covers
from .. import naming
from ..context.handed import OF_ITS_LINE, SAME_OF_A_YEAR, ends_in_since, goes_over_years, holds_quarters
from ..context.reaching import first_before
from ..context.written import ANY_YEAR, RELATIVE, in_year, length_in, years_in
from ..drafts import FROM_TO
from ..grammar import compiled
from ..mentions import Token
from ..sentence import Sentence
from . import years_beside
from .owners import close_group
from .years_beside import OF_WHICH, years_of

BETWEEN_BASES = frozenset(words("joins"))
_CLAUSE_MARKS = frozenset("，,；;：:、（(")


def take_period(s: Sentence, index: int, token: Token) -> None:
    s.others.append((token.start, token.end, token.meaning["type"]))
    if _is_further_base(s, token):
        s.further_bases.append(token)
        return
    if _speaks_of_now(s, index, token) or years_beside.date_figure_before(s, token):
        return
    before, near = s.text[token.start - 1 : token.start], s.near(token.start)
    if rule := years_beside.dates_its_clause(s, index, token):
        _date_clause(s, token, rule)
        return
    if years_beside.is_compared_with(s, index, token, near):
        return
    if _since(s, token, before):
        token.rule = "since"
    if token.rule == "years_past" and s.drafts and s.drafts[-1].rule == FROM_TO and _MEAN.match(s.text, token.end) is not None:
        return  # 从2017年的73件增至2021年的265件，五年间年均增长38%，其中…
    s.clause_period = token
    if _is_same_part(s, token):
        return
    whole = s.period or s.context.period
    if token.rule in OF_ITS_CLAUSE and whole is not None and (s.drafts or _is_behind_of_which(s, token)) and _is_part_of(s, token, whole):
        return  # 2020年立案5起，其中上半年2起，…; 立案5起。其中上半年2起。: said of its clause only
    ends_a_sum = _ends_a_sum(s, token)
    if s.source is None or s.previous is not None or ends_a_sum:
        s.period = token
        # a year in passing (面向2030年的项目) or in a bracket does not date the sentences that follow
        last = _LAST_WORDS.search(s.text, near, token.start)
        hands_on = token.rule == "since" or last is None or _leads_up(last[0]) or _tells_figures_next(s, index, token) or ends_a_sum
        if not s.depth and hands_on and not _in_passing(s, index, token):
            if _looks_back(s, index, token):
                s.context.passing = token
                return
            if token.rule in OF_ITS_LINE and s.context.period is not None and s.context.period.rule not in OF_ITS_LINE:
                s.context.around = s.context.period
            elif token.rule not in OF_ITS_LINE:
                s.context.around = None
            s.context.period = token
            if token.rule != "since":
                _open(s, token)


def _date_clause(s: Sentence, token: Token, rule: str) -> None:
    """Let a time date its clause only; what follows the change of a later year too (2010年立案900件，2011年增长5%，破案80件), but in a span."""
    later = rule == years_beside.OF_A_CHANGE and not years_beside.is_of_years(s)
    s.clause_period, token.rule = token, rule
    s.period = token if later else s.period


def _is_same_part(s: Sentence, token: Token) -> bool:
    """Whether a time is of an earlier year the part that is told of: 上半年收案30件，去年同期28件, 2019年同期收案26件."""
    if s.text.endswith(_THE_SAME, token.start, token.end) and token.rule in _PRINTED_YEARS and s.period is not None:
        token.rule = SAME_OF_A_YEAR
    return token.rule in ("year_before", SAME_OF_A_YEAR)


def _speaks_of_now(s: Sentence, index: int, token: Token) -> bool:
    """Whether a clause only speaks of this year (今年我国的火灾形势，…), of which figures up to now are being told (今年前三季度): these go on."""
    whole, said = s.context.period, s.text[token.start : token.end]
    if RELATIVE.get(said) != 0 or whole is None:
        return False
    if s.text[token.start - 1] not in _ENDS_A_CLAUSE and not any(one.kind in _FIGURES for one in s.tokens):
        return True  # 这成为今年旅游升温的动力。
    if not s.text.startswith(said, whole.start):
        return False
    part = in_year(s.text[whole.start + len(said) : whole.end])
    if part is None or not part.removeprefix(str(ANY_YEAR)).startswith(_FROM_JANUARY):
        return False
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    return following is not None and following.kind == "separator" and following.start - token.end > 1


_FIGURES, _ENDS_A_CLAUSE = frozenset(("quantity", "change")), frozenset("，,。；;：:！？\n　 ")
# Periods that a clause may name in passing, and the period of a sentence that goes on after them.
_WIDER = {"bare_span": re.compile("[^年]*[^年半]年(?:度|间|底|末)?"), "year_before": re.compile(".+"), SAME_OF_A_YEAR: re.compile(".+")}
_THE_SAME, _PRINTED_YEARS = "同期", frozenset(("part_of_year", "year_of_the_republic"))
OF_ITS_CLAUSE = frozenset((*_WIDER, years_beside.SET_AGAINST, years_beside.OF_A_CHANGE))
_COUNTED_TO, _UP_TO = compiled("counted_to"), 3


def _is_part_of(s: Sentence, token: Token, whole: Token) -> bool:
    """Whether a clause names a part of the sentence's period: of a year any, of a half what stands behind 其中."""
    if token.rule in _WIDER and _WIDER[token.rule].fullmatch(s.text, whole.start, whole.end):
        return _COUNTED_TO.search(s.text, max(s.start, token.start - _UP_TO), token.start) is None  # 全年计划100批，截至9月底完成75批，合格率98%
    return _is_behind_of_which(s, token) and holds_quarters(s.text, whole)


def _is_behind_of_which(s: Sentence, token: Token) -> bool:
    return s.text.startswith(OF_WHICH, token.start - len(OF_WHICH))


def _in_passing(s: Sentence, index: int, token: Token) -> bool:
    """Whether a period dates its sentence only: days, or what is since then, where a period holds already; a year beside this year's figure."""
    before = s.context.period
    if before is None or before is token:
        return False
    if token.rule == "bare_days" or _is_year_of_parts(s, token, before):
        return True
    if token.rule == "bare_span" and s.context.levels and _MONTH.fullmatch(s.text, token.start, token.end) and _holds_a_month(s, before, token):
        return True  # 2016年，受理1200件。3月，开展行动，执结86件。审结310件。
    if token.rule == "since" or ends_in_since(s.text, token):
        years = years_of(s, token)
        return bool(years) and years == years_of(s, before)  # 2016年，…。2016年以来，组织行动4次。
    return token.rule == "relative_year" and bool(s.drafts) and _ONLY.match(s.text, token.end, s.end) is not None


def _is_year_of_parts(s: Sentence, token: Token, whole: Token) -> bool:
    """Whether a year is one of the span that a sum is of, behind 其中: 2009年至2012年收案90件。其中，2009年20件，2010年22件。审结81件。"""
    if token.rule != "part_of_year" or s.text.find(OF_WHICH, s.start, token.start) < 0 or ends_in_since(s.text, token):
        return False
    span, own = years_of(s, whole), years_of(s, token)
    return len(span) == 2 and bool(own) and span[0] <= own[0] <= span[1]


def _holds_a_month(s: Sentence, whole: Token, month: Token) -> bool:
    """Whether a period is a year, or names a longer part of one that a month lies in: 5月 in 二季度."""
    if whole.rule in _OF_ONE_YEAR or (whole.rule == "years_past" and length_in(s.text[whole.start : whole.end]) == 1):
        return True
    long, short = (in_year(s.text[token.start : token.end]) for token in (whole, month))
    return long is not None and short is not None and long != short and covers(long, short)


_FROM_JANUARY = ("-01..", "H1")
_ONLY, _MONTH = compiled("only_so_many"), compiled("month_in_passing")


def _looks_back(s: Sentence, index: int, token: Token) -> bool:
    """Whether a span of years dates its sentence only: one that a paragraph of a report on one year comes to after figures of that year."""
    whole, now = s.context.section or s.context.opening, s.context.period
    if not s.context.levels or whole is None or now is None or whole.rule not in _OF_ONE_YEAR:
        return False
    if years_of(s, now) != years_of(s, whole) or ends_in_since(s.text, whole):
        return False
    return goes_over_years(s.text, token) and any(later.kind == "quantity" for later in s.tokens[index + 1 :])


_OF_ONE_YEAR = frozenset(("part_of_year", "relative_year", "past_year"))


def _tells_figures_next(s: Sentence, index: int, token: Token) -> bool:
    """Whether the figures of a period are announced, or it is a span that dates the first ones: 公布2022年主要办案数据：…"""
    return _ANNOUNCED.match(s.text, token.end, s.end) is not None or _dates_first_figures(s, index, token)


_ANNOUNCED = compiled("figures_announced")


def _dates_first_figures(s: Sentence, index: int, token: Token) -> bool:
    """Whether a span is the first period that a text gives its figures, whatever it stands behind: 白皮书分析了2017年至2020年审结的案件12件。"""
    return s.context.period is None and token.rule in _SPANS and any(later.kind == "quantity" for later in s.tokens[index + 1 :])


def _ends_a_sum(s: Sentence, token: Token) -> bool:
    """Whether a period is up to when something is counted from a time before it: 从1988年2月建立审判庭到1989年底，共受理47件。"""
    return first_before(s.text, token.start, token.end) is not None


def _open(s: Sentence, token: Token) -> None:
    """Take the first period for what the text reports on; a month may be when it was written, 以来 since when it tells: a span comes before them."""
    context, opening = s.context, s.context.opening
    if opening is not None:
        passing = opening.rule == "month_of_year" or ends_in_since(s.text, opening) or s.text[opening.end - 1] in _MONTHS
        if token.rule not in _SPANS or not passing:
            return
        context.section = token if context.section is opening else context.section
    context.opening = token


_MONTHS = "月"
_SPANS = frozenset(("year_range", "months_over_years", "months_of_year"))


def _leads_up(words: str) -> bool:
    """Whether the words of a clause before its period name no more than who acts (全国检察机关1至3月共批捕…): the period dates what follows."""
    said = naming.clean(words)
    return len(said) <= 4 or naming.SAID_OF.fullmatch(naming.strip_leading(said)) is not None


# What stands before a period in its clause, after a headline in the same line (【经济审判】 1995年).
_LAST_WORDS = re.compile("[^】〕\\s]*$")


_MEAN = compiled("mean_of_years")


def _is_further_base(s: Sentence, token: Token) -> bool:
    """Whether a year goes on with the bases of a list: 比2015年、2016年分别下降6%、5%."""
    if s.basis is None or s.basis.meaning["basis"] != "year" or not years_in(s.text[token.start : token.end]):
        return False
    return s.text[(s.further_bases or [s.basis])[-1].end : token.start] in BETWEEN_BASES


def _since(s: Sentence, token: Token, before: str) -> bool:
    """Whether 以来 makes a period open-ended: 自2015年11月启动，…以来, 去年5月专项行动以来."""
    following = s.text[token.end : min(token.end + 25, s.end)].partition("以来")
    return bool(following[1]) and (before in ("自", "从") or not _CLAUSE_MARKS.intersection(following[0]))


def take_basis(s: Sentence, index: int, token: Token) -> None:
    if s.group and subject_between(s, token.start):
        close_group(s)
    if token.meaning.get("basis") == "comparable" and _said_behind(s, token):
        return
    if s.depth and token.meaning["basis"] != "year" and _is_said_of_all_below(s, token):
        _holds_below(s, token)
        return
    s.mark_phrase(token.start)
    s.others.append((token.start, token.end, "year"))
    if s.basis is not None and not s.group and s.text[(s.further_bases or [s.basis])[-1].end : token.start] in BETWEEN_BASES:
        s.further_bases.append(token)  # 同比、环比分别下降5.2%、1.8%
        return
    s.basis, s.further_bases = token, []


def _said_behind(s: Sentence, token: Token) -> bool:
    """Whether a bracket behind a change says that its base is counted anew: 比上年下降5%（按可比口径计算）."""
    changed = next((d.change for d in reversed(s.drafts) if d.change is not None), None)
    if changed is None or s.text[token.start - 1 : token.start] not in "（(，," or not _CLOSES.match(s.text, token.end):
        return False
    if token.start - changed.end > 1:
        return False
    changed.comparable = True
    return True


def _is_said_of_all_below(s: Sentence, token: Token) -> bool:
    """Whether a bracket says what the changes below are measured against: （指同比，下同）, （括号内为同比增幅）."""
    before = s.text[max(s.start, token.start - _BRACKET) : token.start]
    return _SAME_BELOW.match(s.text, token.end) is not None or _OF_BRACKETS.search(before) is not None


def _holds_below(s: Sentence, token: Token) -> None:
    """Let a basis hold for the change before its bracket and for every change of the text below that names none: 上升4%（指同比，下同）."""
    s.others.append((token.start, token.end, "year"))
    s.context.same_below = token
    changed = next((d.change for d in reversed(s.drafts) if d.change is not None), None)
    if changed is not None and changed.basis == "unstated":
        changed.basis = token.meaning["basis"]


_CLOSES = re.compile("[）)。；;]|$")


_SAME_BELOW, _OF_BRACKETS, _BRACKET = compiled("the_same_below"), compiled("said_of_brackets"), 20


def subject_between(s: Sentence, at: int) -> bool:
    """Whether a new subject stands between the last amount and ``at``."""
    return len(naming.clean(s.words(s.last_amount, at))) >= 2
