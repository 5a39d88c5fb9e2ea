"""Goals beside what came of them: one figure's name is the other's (失业率3.4%，低于4.5%的控制目标; 要求办结率达到100%，实际为98.6%)."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ...lexicon.wordlists import words
from .. import grammar, naming
from ..drafts import Draft
from ..quantities import POINTS, Quantity
from ..sentence import Sentence

_TOLD_BEHIND, _SET_AGAINST = grammar.compiled("goal_told_behind"), grammar.compiled("set_against_a_goal")
_LIMIT, _CAME_TO, _FULFILLED = grammar.compiled("limit_told_behind"), grammar.compiled("what_it_came_to"), grammar.compiled("fulfilled")
_ASKED, _SHORT_OF_IT = grammar.compiled("asked_for"), grammar.compiled("short_of_a_goal")
_CLAUSE_MARKS = frozenset("，,；;")
# How far before its number a goal that was fulfilled is looked for.
_FAR = 40
_GOAL, FULFILLED = "goal", "fulfilled"
_AIM = words("plans_by_themselves")[2]


class Named(NamedTuple):
    """A number with its bound, its name and the words of it, how much text behind it says what it is, its kind and the rule that read it."""

    number: Quantity
    name: str
    written: str
    used: int = 0
    kind: str = "actual"
    rule: str = "level"


def beside_goal(s: Sentence, q: Quantity) -> Named | None:
    """What a number is that a goal or what came of one leads up to; None for any other."""
    return _goal_of_figure(s, q) or _came_of_goal(s, q) or _fulfilled(s, q) or _beyond_goal(s, q)


def _goal_of_figure(s: Sentence, q: Quantity) -> Named | None:
    """The goal that a figure just told is set against: 宣判率78.4%，达到省高院不低于75%的要求."""
    told = _figure_before(s, q)
    behind = _TOLD_BEHIND.match(s.text, q.end) if told is not None else None
    set_against = _SET_AGAINST.search(s.text, told.end, q.end) if told is not None and behind is not None else None
    if told is None or behind is None or set_against is None:
        return None
    bound = "<=" if q.family == "time" or _LIMIT.match(s.text, q.end) is not None else ">=" if set_against["above"] else None
    hedge = q.hedge if q.limit is None else None  # 低于4.5% says where the figure lies
    number = replace(q, comparator=q.comparator or bound, hedge=hedge, limit=None)
    return Named(number, told.name, told.written, behind.end() - q.end, "target", _GOAL)


def _came_of_goal(s: Sentence, q: Quantity) -> Named | None:
    """What came of the goal before, or the goal of the figure before, where its clause names nothing else: 要求达到100%，实际为98.6%."""
    told = _figure_before(s, q)
    if told is None or s.text[s.clause_begin - 1] not in _CLAUSE_MARKS or _CAME_TO.fullmatch(s.text, s.clause_begin, q.start) is None:
        return None
    if _AIM in s.text[s.clause_begin : q.start]:
        return Named(q, told.name, told.written, 0, "target", _GOAL)
    return Named(q, told.name, told.written)


def _figure_before(s: Sentence, q: Quantity) -> Draft | None:
    """The level that the sentence told last, where it is counted in the same unit."""
    last = s.drafts[-1] if s.drafts else None
    return last if last is not None and last.quantity is not None and last.quantity.unit == q.unit and last.kind == "actual" else None


def _fulfilled(s: Sentence, q: Quantity) -> Named | None:
    """How much of what was aimed at was done: 办理公证1260件，完成全年目标的105%."""
    alone = q.family == "ratio" and s.each is None and not s.waiting
    found = _FULFILLED.search(s.text, max(s.clause_begin, q.start - _FAR), q.start) if alone else None
    if found is None:
        return None
    owner = naming.split_scope(s.name_in(s.clause_begin, found.start()))[0] or (s.levels[-1].name if s.levels else "")
    return Named(q, owner + found["told"] + found["whole"] + words("shares")[0], naming.core(owner), rule=FULFILLED) if owner else None


def _beyond_goal(s: Sentence, q: Quantity) -> Named | None:
    """How far a figure lies from the goal just told: 执结率95.8%，高于90%的核心指标要求5.8个百分点."""
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.rule != _GOAL or q.unit not in POINTS:
        return None
    if last.end != q.start and _SHORT_OF_IT.fullmatch(s.text, last.end, q.start) is None:
        return None  # 离60%的年度目标还差6.4个百分点
    behind = _TOLD_BEHIND.match(s.text, last.level.end)
    set_against = _SET_AGAINST.search(s.text, s.clause_begin, last.level.end)
    if behind is None or set_against is None:
        return None
    name = last.name + set_against["how"] + behind[0][1:]
    return Named(q, name, name)


def without_asking(s: Sentence, name: str, q: Quantity) -> str:
    """The name of what is asked for without the words that ask for it: 省厅要求到场率达到90%."""
    asked = _ASKED.search(s.text, s.clause_start, q.end)
    return name.partition(asked[0])[2] or name if asked is not None else name
