"""Numbers that say which ones are counted, not how many: marks that are passed, bounds of a class, halves without a figure."""

from __future__ import annotations

import re

from ...lexicon.wordlists import words
from .. import grammar, naming
from ..quantities import Quantity
from ..sentence import Sentence

_PASSED = frozenset(("more_than", "less_than"))
_NARROWS, _MORE_BOUNDS = grammar.compiled("narrowed_by_a_number"), grammar.compiled("more_bounds")
_THOSE_THAT_PASS, _REACHED = grammar.compiled("those_that_pass"), grammar.compiled("passed_and_reached")
_MEASURED, _OF_A_CLASS = grammar.compiled("measure_of_a_mark"), grammar.compiled("class_behind_a_mark")
_THOSE_COUNTED = grammar.compiled("those_counted_behind_a_mark")
_HALF = grammar.compiled("half_without_a_figure")
_INCLUDED, _FROM_INCLUDED = grammar.compiled("end_included"), grammar.compiled("from_an_end_included")
# 起诉人数均超万人 says how much each of them has, 共审结超万件 how much they have in all.
_EACH_OR_ALL = grammar.compiled("each_or_all_together")
# A magnitude with one figure or none, and what it counts.
_ROUND = grammar.compiled("round_number")
_SORTS = words("units_of_sorts")
_BOUNDED = frozenset(("money", "count", "measure"))


def bounds(s: Sentence, q: Quantity) -> bool:
    """Whether a number bounds what is counted (100元以上的案件12件, 收案超过1万件的法院), or says vaguely more or less than half."""
    text = s.text
    if is_mark_passed(s, q) or _is_bound(text, q):
        return True
    if _INCLUDED.match(text, q.end) is not None or _FROM_INCLUDED.search(text, s.start, q.start) is not None:
        return True  # 律师10人（含）以下的事务所，10人（含）至30人的
    if _passes_again(s, q):
        return True
    if q.unit == "%":
        return text.startswith("多数", q.end) or _HALF.fullmatch(text, q.start, q.end) is not None  # 三分之二以上多数通过
    return False


def _passes_again(s: Sentence, q: Quantity) -> bool:
    """Whether a number is the mark that the figure before it has passed: 到位金额1.2万亿元，首次突破万亿大关."""
    if not s.text.startswith(_LIMITS, q.end) or q.value is None or not s.levels:
        return False
    now = s.levels[-1].level
    same = q.unit == now.unit or q.unit is None
    return same and now.value is not None and now.value >= q.value and _NO_NAME.fullmatch(s.words(s.clause_start, q.start)) is not None


_LIMITS, _NO_NAME = words("limits"), grammar.compiled("no_name_before_a_mark")


def _is_bound(text: str, q: Quantity) -> bool:
    """Whether the words behind a number with a bound or a hedge say that it narrows what they name, or that something came to more."""
    after = text[q.end : q.end + 1]
    if q.threshold and q.unit is None and after in _BRACKETS and after:
        return True  # 血液酒精含量200以上（mg/100ml）
    if q.threshold and text[q.start - 1 : q.start] in _BRACKETS and _AND_ITS_NUMBER.match(text, q.end) is not None:
        return True  # 集体申请（5人以上）17件
    if q.threshold and (q.family in _BOUNDED or (q.unit is None and q.scaled)):
        if _MORE_BOUNDS.match(text, q.end) is not None or (q.value != 1 and (is_han(after) or after.isdigit())):
            return True
    if q.low is not None and q.high is not None and q.family in _BOUNDED and _COUNTED_IN_IT.match(text, q.end) is not None:
        return True  # 10万元至50万元的34件
    if q.limit is not None and _NARROWS.match(text, q.end) is not None:
        return True  # 律师人数超过1万人的省有23个
    if q.hedge not in _PASSED or q.threshold:
        return False
    if q.unit is not None and _THOSE_THAT_PASS.match(text, q.end) is not None:
        return True
    if _OF_A_CLASS.match(text, q.end) is not None and _MEASURED.search(text, max(0, q.start - _FAR), q.start) is not None:
        return True  # 标的额超过1000万元的案件12件
    if _THOSE_COUNTED.match(text, q.end) is not None and _ROUND.fullmatch(text, q.start, q.end) is not None:
        return True  # 收案过万件的法院41家
    came = _REACHED.match(text, q.end)
    return came is not None and text.startswith(q.unit or "", came.end())  # 首次突破2000件，达到2163件


_COUNTED_IN_IT = grammar.compiled("counted_in_a_range")
_BRACKETS, _AND_ITS_NUMBER = "（(", re.compile("[）)]共?[0-9０-９]")
# How far before a mark the measure it is a mark of may begin.
_FAR = 4


def is_mark_passed(s: Sentence, q: Quantity) -> bool:
    """Whether a number is what those just counted have passed, not how much they came to: 52家法院收案过万件."""
    counted = s.drafts[-1] if s.drafts else None
    return counted is not None and counted.quantity is not None and counted.kind == "actual" and passes_mark(s.text, counted.quantity, q)


def passes_mark(text: str, counted: Quantity, q: Quantity) -> bool:
    """Whether a count is of those for whom a round number is passed or not reached, or a rate of any size."""
    between = text[counted.end : q.start]
    if counted.family != "count" or q.hedge not in _PASSED or not 2 <= len(between) <= 16 or not all(map(is_han, between)):
        return False
    if counted.unit in _SORTS or _EACH_OR_ALL.search(between) is not None:
        return False
    if q.family == "ratio":
        return _MEASURED.search(between) is not None
    return _ROUND.fullmatch(text, q.start, q.end) is not None and bool(naming.part_deed(between)[1])


def is_han(character: str) -> bool:
    return "一" <= character <= "鿿"
