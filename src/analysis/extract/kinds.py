"""Tell goals, facts of one case and counted things from statistics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from . import grammar, naming
from .choosing import Option, decide
from .context.dating import Dating
from .context.written import year_in
from .drafts import Draft
from .mentions import NUMERALS, Token
from .quantities import Quantity
from .sentence import Mark, Sentence


@cache
def _patterns(where: str) -> tuple[tuple[re.Pattern[str], grammar.Rule], ...]:
    """The rules that look at one place."""
    return tuple((rule.compiled(), rule) for rule in grammar.load_table("kinds") if rule.meaning["where"] == where)


@cache
def _marks() -> re.Pattern[str]:
    """Any word that a rule looks for before a number: few sentences hold one."""
    return grammar.searchable("|".join(pattern.pattern for pattern, _ in _patterns("before")))


@cache
def _any_of(where: str) -> re.Pattern[str]:
    """Whatever any rule that looks at one place looks for, to see at once that there is nothing."""
    return re.compile("|".join(pattern.pattern for pattern, _ in _patterns(where)))


def kind_of(s: Sentence, draft: Draft, dating: Dating) -> str:
    """Return actual, target, individual or count_of_things for a draft of sentence ``s``: what most of its words speak for."""
    if draft.kind != "actual":
        return draft.kind
    options = list(_propose(s, draft, dating))
    return decide(s, "kind", (draft.anchor,), [_AS_IT_IS, *options]).reading if options else "actual"


_AS_IT_IS = Option("actual", "told as it is")


def _propose(s: Sentence, draft: Draft, dating: Dating) -> Iterator[Option]:
    """What a statement may be but an actual figure, by the words before and behind its number; and what speaks against that."""
    if s.marks is None:
        first = _marks().search(s.text, s.start, s.end)
        s.marks = list(_find_marks(s, first.start(), dating)) if first is not None else []
    at = draft.anchor
    if _is_planned(s, draft, dating):
        yield Option("target", "planned section")
    if draft.quantity is not None and s.text[draft.quantity.start] in _SIGNS:
        yield Option("target", "sign of a bound")  # ≥95%: what is asked for, not what came out
    elif _is_bounded(s, draft.quantity or (draft.change.amount if draft.change is not None else None)):
        yield Option("target", "bound")  # 不少于1.8万件
    for mark in s.marks:
        if at - _reach(s, mark) <= mark.start and mark.end <= at and not _is_past(s, mark, at, _is_vague(draft)):
            yield Option(mark.kind, mark.rule)
    if draft.quantity is not None:
        for pattern, rule in _patterns("up_to"):
            if pattern.search(s.text, max(s.start, at - 6), at) is not None:
                yield Option(rule.meaning["statement"], rule.name)
        after = s.text[draft.quantity.end : draft.quantity.end + 16]
        for pattern, rule in _patterns("after") if _any_of("after").match(after) is not None else ():
            if pattern.match(after) is not None:
                yield Option(rule.meaning["statement"], rule.name)


def _is_bounded(s: Sentence, amount: Quantity | None) -> bool:
    """Whether words before a number say that it is to be no less or no more (不少于1.8万件, 下降不少于10%)."""
    return amount is not None and bool(amount.comparator) and amount.hedge is None and s.text[amount.start] not in NUMERALS


def _is_planned(s: Sentence, draft: Draft, dating: Dating) -> bool:
    """Whether a figure is of what is still to be done, by the headings above it; a sentence there that prints another time looks back."""
    period = draft.period
    if period is None or period.start < s.start:
        return s.planned
    if (s.planned and _is_aimed_at(s, period)) or dating.is_to_come(period):
        return True
    at = draft.anchor
    told = dating.resolve(period) if s.text[at - 1] != _THERE_IS else None  # 2018年，在建项目有120个
    return told is not None and dating.plans.hold(int(told[:4]), s.planned, at) and _CAME_OF_IT.search(s.text, s.start, at) is None


def _is_aimed_at(s: Sentence, period: Token) -> bool:
    """Whether a period of a planned section is the plan's own: 全年, or until when something is to be done (到2022年底)."""
    return period.rule in _OF_A_PLAN or s.text[period.start - 1 : period.start] == _UNTIL


def _reach(s: Sentence, mark: Mark) -> int:
    """How far behind itself a word holds: a goal that introduces a list (预期目标是：…), to the end of the list."""
    return LONG_REACH if mark.kind == "target" and _LEADS_A_LIST.match(s.text, mark.end) is not None else REACH


def _is_vague(draft: Draft) -> bool:
    """Whether a number is said of no more than about so much, as aims are (涨幅2%左右)."""
    amount = draft.quantity or (draft.change.amount if draft.change is not None else None)
    return amount is not None and amount.hedge == "about"


def _is_past(s: Sentence, mark: Mark, at: int, vague: bool) -> bool:
    """Whether what a word says does not reach a place: its clause, or the bracket it stands in, has ended (调解率25%（目标30%以上），结案率98%)."""
    if mark.holds and not (vague and mark.kind == "target") and _ENDS[mark.holds].search(s.text, mark.end, at):
        return True
    if mark.kind == "target" and _CAME_OF_IT.search(s.text, mark.end, at) is not None:
        return True  # 计划抽检300批次，实际抽检312批次
    return _CLOSED.match(s.text, mark.end, at) is not None


def _find_marks(s: Sentence, first: int, dating: Dating) -> Iterator[Mark]:
    """The words of a sentence that say what kind of statements it makes, none of which begins before ``first``."""
    for pattern, rule in _patterns("before"):
        for found in pattern.finditer(s.text, first, s.end):
            if not (found[0][:1] == _UNTIL and _is_over(found[0], dating)) and not _is_of_number_before(s, *found.span()):
                yield Mark(*found.span(), rule.meaning["statement"], rule.name, rule.meaning.get("holds", ""))


def _is_of_number_before(s: Sentence, start: int, end: int) -> bool:
    """Whether a goal is what the number before it is, so that none behind it is one: 失业率3.4%，低于4.5%的控制目标."""
    return _BEHIND_ITS_NUMBER.search(s.text, max(s.start, start - _NEAR), end) is not None


def _is_over(words: str, dating: Dating) -> bool:
    """Whether 到1992年 says until when things went, not what is to be."""
    year = year_in(words)
    return year is not None and dating.is_over(year)


_THERE_IS = "有"
_CAME_OF_IT = grammar.compiled("what_came_of_it")
_OF_A_PLAN = frozenset(("same_year", "coming_year"))
_ENDS = {"clause": re.compile("[，,；;。：:]"), "item": re.compile("[；;。]")}
# A bracket that is closed and was not opened behind the word.
_CLOSED = re.compile("[^（(]*?[）)]")
_SIGNS = frozenset("≥≤≧≦⩾⩽>＞<＜")
# How far before its number a word may stand and still say what kind of statement it makes.
_UNTIL, _NEAR = "到", 24
_BEHIND_ITS_NUMBER = grammar.compiled("behind_its_number")
REACH, LONG_REACH = 60, 500
_LEADS_A_LIST = grammar.compiled("leads_a_list_of_goals")


def is_measurable(name: str) -> bool:
    """Whether a name can rise or fall as a figure does (刑事案件, 破案率, 群体性事件), so that a bare 下降 after it says something."""
    if any(pattern.search(name) for pattern, _ in _patterns("name")):
        return True
    return bool(naming.counted_in(name)) and _TIME.match(name) is None


_TIME = grammar.compiled("time_of_a_name")
