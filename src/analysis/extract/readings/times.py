"""Whether a length of time is a figure: the words beside it name a time (平均审限48天), or it is one of some told behind their name."""

from __future__ import annotations

from .. import grammar
from ..sentence import Sentence


def measures_time(text: str, end: int) -> bool:
    """Whether a length of time is how much of something there is (1.4个月的办案量)."""
    return _MUCH.match(text, end) is not None


def names_a_time(s: Sentence, at: int) -> bool:
    """Whether the word before a length of time says that it is a figure (平均审限), or it is a part of one (平均审限48天，其中民事45天、刑事24天)."""
    told = s.levels or s.context.levels if s.of_which else ()
    is_part = bool(told) and told[-1].level.family == "time" and bool(s.words(s.clause_start, at).strip())
    named = _TIME_NAMES.search(s.text[max(s.clause_start, at - _LEAD) : at]) is not None
    return is_part or named or bool(time_of_each(s, at))


def time_of_each(s: Sentence, at: int) -> str:
    """The measure that stands alone before lengths of time each of something else (平均审理时间，民事为45天，刑事为24天), before one of these; ''."""
    begin = max(s.text.rfind(mark, s.start, at) for mark in _PARTED) + 1
    if begin <= s.start or _EACH.fullmatch(s.text, begin, at) is None:
        return ""
    found = _MEASURE.match(s.text, s.start, begin) or _MEASURE.search(s.text, s.start, begin)
    return s.name_in(*found.span("time")) if found is not None else ""


# How far before a length of time its name may begin.
_MUCH, _TIME_NAMES, _LEAD = grammar.compiled("much_of_something"), grammar.compiled("time_by_name"), 10
_PARTED = "、，,；;"
_EACH, _MEASURE = grammar.compiled("member_of_listed_times"), grammar.compiled("time_of_each_listed")
