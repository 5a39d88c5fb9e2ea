"""Hand changes to the levels they belong to, or make statements of their own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from .. import grammar, naming
from ..choosing import Option, decide
from ..drafts import FROM_TO, ChangeDraft, Draft
from ..quantities import Quantity
from ..sentence import Sentence
from .directions import measure, moved_before_bracket
from .earlier import base_of, says_again
from .full_names import full_name
from .last_said import clause_before, listed_before
from .said_of import (
    SHARE,
    before_bracket,
    levels_before,
    named_again,
    named_before,
    nearest,
    new_topic,
    of_listed_years,
    of_no_other_year,
    owners_of_shares,
    told_of_all,
)
from .subjects import in_units, pointed_to, spell_subject
from .wholes import of_places
from .years_beside import OF_A_CHANGE


def close_group(s: Sentence) -> None:
    """Hand the collected changes to the levels before them, or make statements of their own."""
    group, s.group = s.group, []
    if not group:
        return
    for change in group:
        change.end = group[-1].end
    subject = (s.name_in(*_words_of(s, group), listed=len(group) > 1) if s.group_clause < group[0].start else "") + s.object
    if len(subject) < 2 and s.basis is not None and s.base_value is not None and s.basis.start < s.group_clause:
        subject = s.name_in(s.last_clause[0], s.basis.start)  # 整体人数较前年的36人为低，下跌25%
    # 收入4.6亿元，剔除改革因素，按同口径增长3.7%
    subject = "" if _LEFT_OUT.fullmatch(subject) else subject or new_topic(s) or listed_before(s, len(group))
    s.object = ""
    places = tuple(change.size.start for change in group)
    chosen = decide(s, "owner", places, propose_owners(s, group, subject))
    act, *rest = chosen.content
    act(s, group, *rest)
    again = {id(change): change.again for change in group if change.again is not None}
    for draft in [draft for draft in s.drafts if id(draft.change) in again]:
        _go_on(s, again[id(draft.change)], draft)
    s.rate = ""
    s.each, s.flats = None, []
    s.phrase_start = -1


_LEFT_OUT = grammar.compiled("what_is_left_out")


def _words_of(s: Sentence, group: list[ChangeDraft]) -> tuple[int, int]:
    """Where the words of a change's subject stand: before 由 in 由884宗增加86宗至970宗, 由上年增长3.3%转为下降4.1%."""
    if s.source is not None and s.source_clause <= s.source.start < group[0].start:
        return s.source_clause, s.source.start
    return s.group_clause, group[0].start


def propose_owners(s: Sentence, group: list[ChangeDraft], subject: str) -> list[Option]:
    """What some changes may be said of: each option holds the function that carries it out, and what it is told."""
    levels = s.levels
    options = [Option("own", "a subject of its own" if len(subject) > 1 else "what was said before", (_own, subject))]
    if s.rate:
        earlier = [levels[-1].name] if levels else _changed_before(s)
        name = (subject if len(subject) > 1 or not earlier else earlier[-1]) + s.rate
        options.append(Option("rate", "rate that moves", (_own, name)))
    if group[0].average and levels:
        options.append(Option("mean", "yearly mean", (_own, subject if len(subject) > 1 else levels[-1].name, levels[-1])))
    if len(subject) < 2:
        options += _without_a_subject(s, group, levels)
    elif (pointed := pointed_to(subject, levels)) is not None:
        options.append(Option("levels", "levels named again", (_attach, [pointed])))  # 案情不足者90宗，后者较上年少8宗
    elif levels and (again := told_of_all(subject, levels, group) or named_again(subject, of_no_other_year(s, levels), group)):
        options.append(Option("levels", "levels named again", (_attach, again)))
    elif again := named_before(s, subject, group):
        options.append(Option("back", "levels of the sentence before", (_reach_back, again)))
    return options


def _without_a_subject(s: Sentence, group: list[ChangeDraft], levels: list[Draft]) -> list[Option]:
    """What changes may be said of whose own words name nothing: what moved just now, or the levels before."""
    options = []
    if (before := levels_before(s, group)) and not levels:
        options.append(Option("back", "levels of the sentence before", (_reach_back, before)))
    if len(group) == 1 and (moved := moved_before_bracket(s)) is not None:
        options.append(Option("moved", "second change of one thing", (measure, moved)))
    elif len(group) == 1 and (moved := _just_moved(s)) is not None:
        options.append(Option("moved", "second change of one thing", (lambda s, group, moved: _go_on(s, group[0], moved), moved)))
    elif len(group) == 1 and s.back and s.last_clause[0] <= s.back[-1][0].size.start < s.last_clause[1]:
        options.append(Option("back", "second change of one thing", (_reach_back, [s.back[-1][1]])))  # 未结多83件，上升48%
    if levels and s.previous is None and _is_of_another_time(s, group, levels[-1]):
        options.append(Option("later", "change of another time", (_own, levels[-1].name)))
    if levels and s.previous is None and (owners := owners_of_shares(levels, group)):
        options.append(Option("owners", "owners of shares", (_own, "、".join(owners))))
    elif levels and s.previous is None and (fits := _fits_base(s, levels, group)) is not None:
        options.append(Option("levels", "levels before", (_attach, [fits])))
    elif levels and s.previous is None:
        options.append(Option("levels", "levels before", (_attach, nearest(levels, group))))
        if (whole := before_bracket(s, levels, group[0].kind == "percentage_points")) is not None:
            options.append(Option("whole", "level before a bracket of parts", (_attach, [whole])))
    return options


def _fits_base(s: Sentence, levels: list[Draft], group: list[ChangeDraft]) -> Draft | None:
    """The one level that a printed base and its change in per cent lead to: 事故61起，其中重大9起，比上年74起下降17.6%."""
    base, change = s.base_value, group[0]
    if base is None or not base.value or change.kind != "percent" or change.value is None or len(group) > 1 or len(levels) < 2:
        return None
    sign = -1 if change.direction == "down" else 1
    free = (d for d in levels if d.change is None and d.level.value is not None and d.level.unit == base.unit)
    fits = [d for d in free if abs(100 * ((d.level.value or 0) / base.value - 1) - sign * change.value) <= NEAR]
    return fits[0] if len(fits) == 1 else None


# So many points may a printed change be off what its two values give.
NEAR = Decimal("0.2")


def _is_of_another_time(s: Sentence, group: list[ChangeDraft], level: Draft) -> bool:
    """Whether a change prints a time of its own, and not that of the level before: 2017年93.1%，2020年98.2%，2021年上半年又升0.6个百分点."""
    period, before = s.clause_period, level.period
    if period is not None and period.rule == OF_A_CHANGE:
        return s.group_clause <= period.start < group[0].start
    if period is None or before is None or level.member is not None or level.years_back or before.start < s.start:
        return False
    if period.rule not in _OWN_TIMES or not s.group_clause <= period.start < group[0].start or level.end > period.start:
        return False
    return s.text[period.start : period.end] != s.text[before.start : before.end] and s.basis is None


_OWN_TIMES = frozenset(("part_of_year", "relative_year", "months_of_year", "month_of_year"))


def _just_moved(s: Sentence) -> Draft | None:
    """The one statement that the clause before moved, where its level stands earlier or nowhere: 受案增加167件，(受案)上升10%."""
    low, high = s.last_clause
    moved = [d for d in s.drafts if d.change is not None and d.change.amount is not None and low <= d.change.amount.start < high]
    if len(moved) != 1 or (moved[0].quantity is not None and moved[0].quantity.start >= low):
        return None
    return None if any(d.anchor > moved[0].moved.size.start for d in s.drafts) else moved[0]


def _attach(s: Sentence, group: list[ChangeDraft], levels: list[Draft]) -> None:
    if len(of_years := of_listed_years(s, group, s.levels)) == len(group):
        levels = of_years
    elif len(group) > 1 and len(s.further_bases) + 1 == len(group) and s.both is None:
        levels = levels[-1:]  # 比2022年与2019年分别增加20宗及95宗: one level, two bases
    elif s.each is None and {change.kind for change in group} == _TOLD_TWICE:
        levels = levels[-1:]  # 死亡3人，增加1人同期相比上升50%
    if len(group) == 1 and s.both is not None and len(told := _told_together(levels)) > 1:
        group, levels = group * len(told), told  # 初查率和办结率均为97.5%，同比均上升1.2个百分点
    members = _with_flats(s, group) if len(levels) >= len(group) + len(s.flats) else group
    targets = levels[-len(members) :]
    targets = [targets[0]] * (len(members) - len(targets)) + targets
    for change, level in zip(members, targets, strict=False):
        _attach_one(s, change, level)


def _told_together(levels: list[Draft]) -> list[Draft]:
    """The last levels that one number told, none of which has moved."""
    last = levels[-1].level.start
    return [level for level in levels if level.level.start == last and level.change is None]


_TOLD_TWICE = {"absolute", "percent"}


def _with_flats(s: Sentence, group: list[ChangeDraft]) -> list[ChangeDraft]:
    """The changes of a list with those of its members that say that nothing changed, in order: 分别下降6.4%、持平、上升3%."""
    told = group[0]
    flats = [
        ChangeDraft(flat.meaning["direction"], None, None, None, told.basis, told.base, told.comparable, flat.start, flat.end) for flat in s.flats
    ]
    return sorted([*flats, *group], key=lambda change: change.start if change.amount is None else change.amount.start)


def _attach_one(s: Sentence, change: ChangeDraft, level: Draft) -> None:
    """Give a level its change, and what its basis printed; of two, the one on the year before stands on its line, else the one in per cent."""
    before, s.base_value, s.base_pair = s.base_value or base_of(s, level), s.base_pair, None
    if level.change is None:
        level.change, level.previous = change, level.previous or before
        return
    if change.rank < level.change.rank:
        told, other = level.previous, level.change
        if told is not None and other.basis != change.basis and other.start <= told.start < other.end:
            level.previous, before = before, told  # 环比上季298件增长5%，同比去年241件增长30%: each change with the value of its own basis
        level.change, change = change, other
        if change.kind == "absolute" and says_again(s, change, level):
            s.others.append((change.size.start, change.size.end, "difference"))
            return
    s.drafts.append(_change_only(s, change, level.measured, level.written, level))
    s.drafts[-1].previous = before


def _reach_back(s: Sentence, group: list[ChangeDraft], levels: list[Draft]) -> None:
    """Note changes of levels that the sentence before counts; who reads the document hands them over once its walk is chosen."""
    before, s.base_value = s.base_value, None
    s.back += [(change, level, before or base_of(s, level)) for change, level in zip(group, levels, strict=True)]


def hand_back(s: Sentence) -> None:
    """Give the levels of the sentence before the changes that this one tells of them; of two, that of the lower rank stands on the level's line."""
    for change, level, before in s.back:
        level.previous = level.previous or before
        other: ChangeDraft | None = change
        if level.change is None or change.rank < level.change.rank:
            level.change, other = change, level.change
        if other is not None:
            s.drafts.append(_change_only(s, other, level.measured, level.written, level))


def _go_on(s: Sentence, change: ChangeDraft, moved: Draft) -> None:
    """Add a second change of one thing, in a clause of its own."""
    if moved.quantity is not None:
        _attach_one(s, change, moved)
    else:
        s.drafts.append(_change_only(s, change, moved.name, moved.written, None))


def tell_again(s: Sentence, q: Quantity) -> None:
    """Add to the change in numbers just read the same in per cent, which no verb of its own leads up to."""
    moved = max((d for d in s.drafts if d.change is not None and d.change.amount is not None), key=lambda d: d.moved.size.end)
    told = moved.moved
    _go_on(s, replace(told, amount=q, kind="percent", value=q.value, start=told.start, end=q.end), moved)
    s.last_amount, s.clause_start = q.end, q.end


def _own(s: Sentence, group: list[ChangeDraft], subject: str, level: Draft | None = None) -> None:
    earlier = _changed_before(s) if len(subject) < 2 else []
    if len(subject) < 2:
        subject = earlier[-1] if earlier else clause_before(s) or s.context.head
    if subject.startswith(SHARE) and (owner := _owner_of_share(s)):
        subject = owner + subject
    group, head = _with_flats(s, group), s.context.head
    names = earlier if len(earlier) == len(group) > 1 else naming.split_names(subject)
    if len(group) == 1 and (s.both or s.each) is not None and len(names) > 1:
        group = group * len(names)
    if len(names) != len(group) or len(group) == 1:
        names = in_units(subject, group)
    else:
        names = naming.share_head(names)
    before, s.base_value = s.base_value, None
    names = of_places(s, names) if len(names) > 1 else names
    apart = len(set(names)) > len({naming.split_scope(name)[0] for name in names}) == 1  # 河口、松岭法院收案: told apart by whose they are
    for change, name in zip(group, names, strict=False):
        bare = name if apart else s.part_scope(name, s.group_clause, group[0].start)
        spelled = spell_subject(s, bare)
        s.drafts.append(_change_only(s, change, full_name(s, bare) if spelled == bare else spelled, spelled, level))
        s.drafts[-1].previous, before = before, None
    if s.rate:
        s.context.head = head  # 批捕嫌疑人55人，降幅缩小2个百分点。决定起诉60人: not of a rate


def _owner_of_share(s: Sentence) -> str:
    """Who has the share that a clause moves: 专利案件受理量下降7%，占知识产权案件的比重下降4个百分点."""
    low, high = s.last_clause
    last = s.drafts[-1] if s.drafts and low <= s.drafts[-1].anchor < high else None
    return naming.head_noun(last.name.partition(SHARE[0])[0]) if last is not None else ""


def _changed_before(s: Sentence) -> list[str]:
    """Names of the changes in the clause before, that this clause goes on about: 甲同比下降5%，环比上升3%."""
    low, high = s.last_clause
    return [
        d.written if d.rule == "ratio" else d.name
        for d in s.drafts
        if (d.quantity is None or d.rule == "ratio") and low <= d.anchor < high and d.name
    ]


def _change_only(s: Sentence, change: ChangeDraft, name: str, written: str, level: Draft | None) -> Draft:
    draft = Draft(
        None,
        name,
        written,
        s.clause_period or s.period,
        (s.group_clause, change.end),
        change=change,
        rule="change",
        end=change.end if change.amount is None else change.amount.end,
        depth=s.depth,
        scope=s.scope_at(change.start),
    )
    if change.average and level is not None:
        first = next((d.period for d in s.levels if d.name == level.name and d.period not in (None, level.period)), None)
        draft.span, draft.previous_period = "average", level.previous_period or first  # 2019年620件，2021年780件，年均增长12.1%
    elif level is not None and level.rule == FROM_TO:  # 由2013年的63件增至2018年的91件，增加27件，增幅42.9%: both since then
        draft.rule, draft.previous_period, draft.previous_basis = FROM_TO, level.previous_period, level.previous_basis
    return draft
