"""Small counts in Chinese numerals, and counts of sorts: which are figures, and which count what the words list (三个方面)."""

from __future__ import annotations

import re

from ...lexicon.units import listed_as
from ...lexicon.wordlists import words
from .. import grammar
from ..quantities import Quantity
from ..sentence import Sentence
from .bounding import is_han
from .wholes import CASES

_SORTS = words("units_of_sorts")
_HAPPENS = words("happens")
_FIGURES = CASES | {"人", "名"} | listed_as("things", "vehicles_and_machines")
_CLAUSE_ENDS = frozenset("，,。；;、）)\r\n") | {""}
_NO_NOUN = frozenset("第前这该此每的另")
_LISTED, _BETWEEN = grammar.compiled("names_listed"), re.compile("[、和及与]")
_TOLD = grammar.compiled("told_behind")


def counts_things(s: Sentence, q: Quantity) -> bool:
    """Whether a number counts things that its text lists, which are no statistic."""
    word = q.number_end - q.start == 1 and (q.value is None or q.value < 100 or is_han(s.text[q.end : q.end + 1]) or not is_han(s.text[q.start - 1]))
    small = q.chinese and q.value is not None and (q.value <= 10 or word) and not q.comparator
    if q.family == "count" and q.unit not in CASES and is_han(s.text[q.end : q.end + 1]) and _lists_so_many(s, q):
        return True  # 青山、白水2家法院收案3000件
    if q.unit not in _SORTS and not (small and q.family == "count" and q.unit is not None):
        return False
    return (q.unit in _SORTS or not _stands_behind(s, q)) and not goes_on_counting(s, q)


def _lists_so_many(s: Sentence, q: Quantity) -> bool:
    """Whether a number says how many the names right before it are."""
    listed = _LISTED.search(s.text, s.clause_start, q.start)
    return listed is not None and q.value == 1 + len(_BETWEEN.findall(listed[0]))


def _stands_behind(s: Sentence, q: Quantity) -> bool:
    """Whether a count of cases, people or things stands behind them and ends its clause, as figures do: 改判案件两件，死亡二人; not 两名干警."""
    if q.unit not in _FIGURES or s.text[q.end : q.end + 1] not in _CLAUSE_ENDS or q.value is None:
        return False
    return is_han(s.text[q.start - 1 : q.start]) and s.text[q.start - 1] not in _NO_NOUN


def counts_one(s: Sentence, q: Quantity) -> bool:
    """Whether a one is a figure: it goes on with what its sentence counts, or says how many of something happened (发生脱逃事件一起，)."""
    return goes_on_counting(s, q) or (_stands_behind(s, q) and any(s.text.find(word, s.near(q.start), q.start) >= 0 for word in _HAPPENS))


def goes_on_counting(s: Sentence, q: Quantity) -> bool:
    """Whether a small number in Chinese numerals goes on with what its sentence counts: 处级干部十二名，其中厅级干部一名."""
    counted = [d.quantity for d in s.drafts if d.kind == "actual" and d.quantity is not None and d.quantity.unit == q.unit]
    if counted and q.unit in CASES and _TOLD.match(s.text, q.end) is not None:
        return True  # 凶杀案23宗，当中14宗涉及家庭，两宗涉及三合会
    if is_han(s.text[q.end : q.end + 1]) or not is_han(s.text[q.start - 1]):
        return False
    return any(quantity.chinese for quantity in counted)


def is_of_who_counted(s: Sentence, q: Quantity) -> bool:
    """Whether a number is of those who counted: 据31个省统计, 对12家法院调查显示."""
    counted = _COUNTED_BY.match(s.text, q.end)
    led = _ACCORDING.search(s.text, s.near(q.start), q.start) if counted is not None else None
    return led is not None and counted is not None and (counted["told"] or led["according"]) is not None


_ACCORDING, _COUNTED_BY = grammar.compiled("according_to_so_many"), grammar.compiled("who_counted")
