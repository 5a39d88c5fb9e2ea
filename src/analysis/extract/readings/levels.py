"""Levels: quantities that say how much there is."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import grammar, naming
from ..context.handed import SAME_OF_A_YEAR
from ..drafts import FROM_TO, Draft
from ..quantities import Quantity
from ..sentence import Sentence
from .bounding import is_han
from .carried import is_of_year_before, level_of_now, mean_of
from .changes import JOINS
from .completing import complete
from .counting import counts_things
from .doers import with_highest
from .full_names import full_name
from .goals import beside_goal, without_asking
from .lists import may_list_years, years_of_list
from .names import name_of
from .roles import SHORT_OF
from .shared_names import names_of_list, run_length
from .shares import name_of_ratio, names_share


def add_level(s: Sentence, index: int, q: Quantity) -> None:
    """Make a statement of a level."""
    if (now := level_of_now(s, q)) is not None:
        now.previous = q
        return _after(s, q)
    if (named := beside_goal(s, q)) is not None:
        _append(s, named.number, named.name, named.written, named.used)
        s.drafts[-1].kind, s.drafts[-1].rule = named.kind, named.rule
        return
    last = s.drafts[-1] if s.drafts else None
    listed = last is not None and s.text[last.end : q.start] in JOINS
    if s.waiting and listed:
        names = [s.waiting.pop(0)]
    elif last is not None and s.waiting_years and listed:
        _append(s, q, last.name, last.written)
        return _take_year(s)
    elif last is not None and last.quantity is not None and _goes_on(s, last, q):
        _append(s, q, last.name, last.written)
        if last.member is not None:
            s.drafts[-1].period, s.drafts[-1].member = last.period, last.member
        return
    elif last is not None and last.quantity is None and _takes_level(s, last, q):
        last.quantity, last.end = q, q.end
        _take_previous(s, last)
        _after(s, q)
        return
    else:
        names = names_of_list(s, index, q)
    if names:
        for name in names:
            _append(s, q, name if names_share(name) else full_name(s, name), name)
        if s.waiting_years:
            _take_year(s)
    else:
        head = s.context.head
        _append(s, q, *name_of(s, index, q))
        if q.family in _NOT_COUNTED:
            s.context.head = head  # 办案时限48天。行政拘留45人
        if (s.verb is None or s.verb.end <= s.clause_begin) and may_list_years(s) and (years := years_of_list(s, run_length(s, index), q.start)):
            s.waiting_years, s.each = years, None
            _take_year(s)


# What is measured so is no object of a later deed.
_NOT_COUNTED = frozenset(("ratio", "time"))


def add_ratio(s: Sentence, q: Quantity, compared: re.Match[str]) -> None:
    """Make a statement of a number that is a multiple of a base."""
    q.hedge = q.hedge or SHORT_OF.get(compared["verb"])
    _append(s, q, *name_of_ratio(s, compared))
    s.drafts[-1].rule = "ratio"


def _take_year(s: Sentence) -> None:
    s.drafts[-1].period, s.drafts[-1].member = s.waiting_years.pop(0)


def _append(s: Sentence, q: Quantity, name: str, written: str, consumed: int = 0) -> None:
    kind = "count_of_things" if counts_things(s, q) else "actual"
    back = is_of_year_before(s, q)
    if s.previous is not None and q.unit is None and not q.value:
        q.unit, q.family = s.previous.unit, s.previous.family  # 由26件降为零
    name = without_asking(s, _OF_A_TOTAL.sub("", complete(s, name, q)), q)  # 案件的总数
    if q.unit is None and q.scaled and not consumed and naming.names_money(name):
        q.unit, q.family = "元", "money"  # 追回欠款280亿
    scope = s.scope_at(q.start)
    draft = Draft(
        q,
        with_highest(name, scope),
        naming.without_bracket(written.removeprefix(scope) or written if scope else written),
        s.period if back else s.clause_period or s.period,
        (s.clause_start, q.end),
        kind=kind,
        end=q.end,
        depth=s.depth,
        scope=scope,
        years_back=int(back),
        same_of=s.clause_period if s.clause_period is not None and s.clause_period.rule == SAME_OF_A_YEAR else None,
        whole=s.whole,
    )
    _take_previous(s, draft)
    s.drafts.append(draft)
    if kind == "count_of_things" and draft.previous is None and not consumed:
        return
    _after(s, q)
    draft.end = s.clause_start = q.end + consumed
    draft.verb = s.list_verb


def _take_previous(s: Sentence, draft: Draft) -> None:
    """Give the B of 由A到B its A, which is copied, since another walk of the sentence may read the number otherwise."""
    if s.previous is not None:
        at = s.source.end if s.source is not None else s.end
        draft.previous_back = int(_YEAR_BEFORE.match(s.text, at) is not None)
        draft.previous_basis = "yoy" if draft.previous_back else "previous_period" if _PERIOD_BEFORE.match(s.text, at) is not None else ""
        draft.previous, draft.previous_period = replace(s.previous, unit=s.previous.unit or draft.level.unit), s.previous_period
        s.previous = s.sources.pop(0) if s.sources else None
        s.source = s.source if s.previous is not None else None
        draft.rule = FROM_TO


_OF_A_TOTAL = grammar.compiled("of_a_total")
_YEAR_BEFORE, _PERIOD_BEFORE = grammar.compiled("the_year_before"), grammar.compiled("the_period_before")
_CAME_TO = grammar.compiled("came_to")


def _after(s: Sentence, q: Quantity) -> None:
    s.clause_start = q.end
    s.phrase_start = -1
    s.both = None


def _takes_level(s: Sentence, last: Draft, q: Quantity) -> bool:
    """Whether a level completes the change before it: 同比下降5%，为300起."""
    if last.moved.amount is not None and _CAME_TO.fullmatch(s.text, last.moved.amount.end, q.start) is not None:
        return last.moved.kind != "absolute" or last.moved.size.unit == q.unit  # 减少52宗，至1840宗; 上升1.3倍至1亿元
    if is_han(s.text[q.end : q.end + 1]) or mean_of(s, q, last.name):
        return False  # 下降5%，为300名群众讨回工钱; 环比上升3%，日均203起
    return (
        last.moved.amount is not None
        and last.moved.amount.end == s.clause_start - 1
        and naming.clean(s.words(s.clause_start, q.start)) == ""
        and s.text[s.clause_start : q.start] != ""
        and (last.moved.kind != "absolute" or (last.moved.size.family == "time" and last.moved.size.unit == q.unit))
    )


def _goes_on(s: Sentence, last: Draft, q: Quantity) -> bool:
    """Whether a number says how much else there is of the one before it: 12件15人; 12起、230人."""
    if last.kind == "count_of_things":
        return False
    between = s.text[last.level.end : q.start]
    return between == "" or (between == "、" and last.level.unit != q.unit and not is_han(s.text[q.end : q.end + 1]))
