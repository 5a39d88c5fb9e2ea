"""Years that date no statement, or their clause only: of the value that a figure is set beside, of a base, of what an act is done to."""

from __future__ import annotations

from ...lexicon.wordlists import words
from ..context.handed import goes_over_years
from ..context.written import years_in
from ..grammar import compiled
from ..mentions import Token
from ..sentence import Sentence
from . import roles


def years_of(s: Sentence, token: Token) -> list[int]:
    """The years that a period or a day of a sentence prints."""
    return years_in(s.text[token.start : token.end])


def dates_its_value(s: Sentence, index: int, token: Token) -> bool:
    """Whether a year is that of a value set against another (低于2016年的81.2%), and of nothing behind it."""
    found = _OF_A_SOURCE.match(s.text, token.start - 1)
    return found is not None and found["against"] is not None and not _is_base(s, index)


def dates_an_earlier_value(s: Sentence, index: int, token: Token) -> bool:
    """Whether an earlier year only dates what its clause sets beside the figure before it: 立案14起，2022年为20起，…"""
    now, said = years_of(s, s.period) if s.period is not None else [], years_of(s, token)
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    if not now or not said or said[-1] >= now[-1] or following is None or following.kind != "quantity" or not s.levels:
        return False
    last = s.levels[-1]
    if last.level.unit != following.meaning.unit or s.text[token.start - 1] not in _COMMAS or token.start - 1 not in (last.level.end, last.end):
        return False
    leads = _EARLIER_VALUE.match(s.text, token.end)
    return leads is not None and leads.end() == following.start and not s.text.startswith(OF_WHICH, following.end + 1)


def dates_its_change(s: Sentence, index: int, token: Token) -> bool:
    """Whether a year only dates a change, not the level before it: 五年共起诉90人，2022年比2018年下降5%；…; 2010年立案900件，2011年增长5%."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    if following is None or following.kind != "basis" or following.start != token.end or not s.levels:
        return False
    now = s.period or s.context.period
    if now is None or not _moves_behind(s, index + 1):
        return False
    told, said = years_of(s, now), years_of(s, token)
    return is_of_years(s) or (len(told) == len(said) == 1 and said > told)


def is_of_years(s: Sentence) -> bool:
    """Whether the figures that are told go over several years."""
    now = s.period or s.context.period
    return now is not None and (now.rule in _OF_YEARS or goes_over_years(s.text, now))


def dates_its_clause(s: Sentence, index: int, token: Token) -> str:
    """As what a year dates its clause only: what a figure is set against, or a change; '' for another."""
    if dates_its_value(s, index, token) or dates_an_earlier_value(s, index, token):
        return SET_AGAINST
    return OF_A_CHANGE if dates_its_change(s, index, token) else ""


SET_AGAINST, OF_A_CHANGE = "set_against", "of_a_change"
_OF_YEARS = frozenset(("year_range", "months_over_years"))


def date_figure_before(s: Sentence, token: Token) -> bool:
    """Date a figure by the time that stands alone in the bracket behind it (审查逮捕62人（2019年）、37人（2020年）), and say whether it does."""
    if not s.levels or s.text[token.start - 1] not in "（(" or s.text[token.end : token.end + 1] not in ("）", ")"):
        return False
    if s.levels[-1].level.end != token.start - 1:
        return False
    s.levels[-1].period = token
    return True


OF_WHICH = "其中"
_EARLIER_VALUE, _COMMAS = compiled("leads_to_an_earlier_value"), frozenset("，,")


def is_compared_with(s: Sentence, index: int, token: Token, near: int) -> bool:
    """Whether a year dates no statement, but what one is compared with."""
    before = s.text[token.start - 1 : token.start]
    if before in ("占", "比", "较") or (before == "于" and _SET_BESIDE.search(s.text, near, token.start) is not None):
        return True  # 占1958年批捕人犯的22%: the year belongs to the whole, not to the statement; but 入境处于2022年拘捕
    if _BASE_BEFORE.search(s.text, near, token.start) is not None and _moves_behind(s, index):
        return True  # 较疫情前的2019年减少20.5%
    if s.period is not None and _TREATED.match(s.text, token.start - 1, s.end) is not None:
        return True  # 1961年10月，对1958年以来的批捕案件进行复查
    return before in _BEFORE_A_BASE and _is_base(s, index)  # 是2012年的3倍


_SET_BESIDE = compiled("set_beside_a_year")
_BASE_BEFORE, _OF_A_SOURCE, _TREATED = compiled("year_of_a_base"), compiled("year_of_a_source"), compiled("years_of_what_is_treated")


def _moves_behind(s: Sentence, index: int) -> bool:
    """Whether the next token but marks is a verb of change."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    return following is not None and following.kind in ("change", "compare", "flat", "reach")


_BEFORE_A_BASE, _OPENS = frozenset(words("before_a_base")), ("（", "(")


def _is_base(s: Sentence, index: int) -> bool:
    """Whether the next quantity is a ratio to this period."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    if following is not None and following.meaning in _OPENS:
        following = s.tokens[index + 4] if index + 4 < len(s.tokens) else None  # 是2020年（91件）的2.9倍
    return following is not None and following.kind == "quantity" and roles.compared_with(s, following.meaning) is not None


def _is_first(s: Sentence, day: Token) -> bool:
    """Whether a sentence begins with a day, or with that it counts up to it."""
    words = s.text[s.start : day.start].strip()
    return not words or _BEGINS.fullmatch(words) is not None


_BEGINS = compiled("before_the_day_of_a_sentence")


def take_day(s: Sentence, index: int, token: Token) -> None:
    """Let a day that the sentence begins with end a period of another year: 1982年，…。1983年8月5日，查获1起: of no period, and not of 1982."""
    s.others.append((token.start, token.end, token.meaning["type"]))
    said, now = years_of(s, token), years_of(s, s.period) if s.period is not None else []
    if said and len(now) == 1 and said[0] != now[0] and s.period is s.context.period and _is_first(s, token):
        s.period = s.clause_period = Token("period", token.start, token.end, token.meaning, "days")
        s.context.period = s.context.period if s.context.period is s.context.opening else s.period
