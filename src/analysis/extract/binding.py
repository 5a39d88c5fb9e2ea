"""Tie quantities, changes, bases and periods of one sentence together into statements.

The tokens of a sentence are walked once, left to right; each kind of token has its step. Levels are
made in `levels`; changes are read in `shifts` and handed to their levels in `attaching`.
"""

from __future__ import annotations

import re

from ..lexicon.wordlists import words
from . import naming
from .choosing import cost, decide, note_margins, rivals_of
from .context.written import years_in
from .grammar import compiled
from .mentions import NUMERALS, Token, read_quantity
from .quantities import Quantity, take_label_unit
from .readings import roles
from .readings.changes import add_amount
from .readings.faults import find_faults, readings
from .readings.levels import add_level, add_ratio
from .readings.owners import close_direction, close_group, tell_again
from .readings.roles import is_han
from .sentence import Context, Outside, Sentence


def bind_sentence(text: str, start: int, end: int, tokens: list[Token], context: Context) -> Sentence:
    """Return the statements (as drafts) and other numbers of one sentence; update ``context``.

    Where something is wrong with what was read, the sentence is walked again with each reading that came close, and the walk that gave up
    least is taken.
    """
    s = Sentence(text, start, end, tokens, context)
    if not any(token.kind in _TELLING for token in tokens):
        _note_others(s)
        return s
    before = context.copy()
    _walk(s)
    faults = list(find_faults(s))
    if not is_open(faults):
        return s
    chosen = _best(s, cost(s, faults), before)
    chosen.faulty = bool(faults)
    return chosen


def _best(first: Sentence, given_up: float, before: Context) -> Sentence:
    """The walk of a sentence that gave up least: the first, or one that takes one of the close readings."""
    walks = [first]
    for point, place, reading in rivals_of(first):
        walks.append(_walk(Sentence(first.text, first.start, first.end, first.tokens, before.copy(), forced={(point, place): reading})))
    costs = [given_up, *(cost(walk, find_faults(walk)) for walk in walks[1:])]
    at = pick(walks, costs)
    chosen = walks[at]
    said = [readings(walk) for walk in walks]
    note_margins(chosen, said[at], [(price - costs[at], theirs) for price, theirs in zip(costs, said, strict=True)])
    if chosen is not first:
        first.context.take(chosen.context)
        chosen.context = first.context
    return chosen


def is_open(faults: list[str]) -> bool:
    """Whether another walk could be cheaper: one without a fault took the heaviest reading everywhere, and gave up nothing."""
    return bool(faults)


def pick(walks: list[Sentence], costs: list[float]) -> int:
    """Which of some walks of a sentence to take: the cheapest, of equals the first."""
    return min(range(len(walks)), key=costs.__getitem__)


def _walk(s: Sentence) -> Sentence:
    """Take the tokens of a sentence one by one."""
    for index, token in enumerate(s.tokens):
        step = _STEPS.get(token.kind)
        if step is not None:
            step(s, index, token)
    if s.group:
        close_group(s)
    elif s.verb is not None:
        close_direction(s, s.end)
    s.context.basis = s.carried_basis
    return s


def _note_others(s: Sentence) -> None:
    """Read a sentence that makes no statement: its dates and names, and the period it hands on."""
    for token in s.tokens:
        if token.kind == "separator":
            s.clause_begin = token.end if token.meaning != "、" else s.clause_begin
        elif token.kind == "period":
            _period(s, 0, token)
        elif token.kind == "basis":
            s.others.append((token.start, token.end, "year"))
        elif token.meaning is not None and "type" in token.meaning:
            _other(s, 0, token)
    if s.text[s.end - 1] in "：:":  # ...公布2024年一季度数据，具体如下：
        s.context.period = s.clause_period or s.context.period
    s.context.basis = None


def _separator(s: Sentence, index: int, token: Token) -> None:
    mark = token.meaning
    if mark == "、":
        if s.verb is not None and s.verb.end == token.start and not s.group:
            close_direction(s, token.start)
            s.verb, s.phrase_start, s.clause_start = None, -1, token.end
        if (s.drafts and s.drafts[-1].end == token.start) or s.last_amount == token.start:
            s.clause_start = token.end
        return
    if (mark in "（(" and roles.in_bracket_of_base(s, index)) or (mark in "）)" and index > 1 and roles.in_bracket_of_base(s, index - 2)):
        return
    if s.group:
        if mark not in "，," or not _amount_follows(s, index):
            close_group(s)
    elif s.verb is not None:
        close_direction(s, token.start)
    before = s.clause_start, s.clause_begin
    s.last_clause = (s.clause_begin, token.start)
    s.clause_start = s.clause_begin = token.end
    if mark in "（(":
        s.depth += 1
        s.outside.append(Outside(s.clause_period, s.period, *before, token.start, len(s.choices) + len(s.others)))
    elif mark in "）)":
        _close_bracket(s, index, token)
    elif s.clause_period is not s.period and s.clause_period is not None and s.clause_period.rule in _OF_ITS_CLAUSE:
        s.clause_period = None
    if not s.group:
        _end_clause(s, mark)


def _close_bracket(s: Sentence, index: int, token: Token) -> None:
    """Go on outside a bracket: with its periods, and with the name before it.

    A bracket without a number is part of that name (不起诉（含附条件不起诉）31件); one that prints numbers is not.
    """
    s.depth -= 1
    if not s.outside:
        return
    outside = s.outside.pop()
    s.clause_period, s.period = outside.clause_period, outside.period
    if outside.clause_start >= outside.opened or not is_han(s.text[outside.opened - 1]):
        return
    if s.text.endswith(_BELOW, outside.opened, token.start):
        s.leave_out(outside.opened, token.end)  # 全省法院（含铁路运输法院，下同）
    elif outside.numbers != len(s.choices) + len(s.others):
        following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
        if following is None or following.start != token.end or following.kind not in ("quantity", "change", "basis"):
            return
        s.leave_out(outside.opened, token.end)  # 不起诉（其中法定不起诉12人）210人; 盗窃案（占发案的30%）下降5%
    s.clause_start, s.clause_begin = outside.clause_start, outside.clause_begin


def _end_clause(s: Sentence, mark: str) -> None:
    # 与上年相比，... : a basis alone in its clause waits for the verb of the next
    if s.basis is not None and s.basis.rule == "on_a_comparable_base" and s.verb is None and not s.group and not s.name_in(*s.last_clause):
        s.recounted = True  # 按可比口径计算，…: said of the whole sentence
    if s.basis is not None and mark in "，," and s.verb is None and not s.name_in(*s.last_clause):
        s.carried_basis, s.borrowed = s.basis, False  # 与上年相比，在受理的案件中，甲下降5%；乙上升3%
    waits = s.base_value is not None and s.base_value.start >= s.last_clause[0]
    if s.basis is not None and not waits and (s.verb is not None or mark not in "，," or naming.clean(s.words(*s.last_clause))):
        if s.verb is not None and s.phrase_start >= 0 and mark in "，,":
            s.carried_basis = s.basis  # 比2012年，甲大幅下降，乙下降5%: a direction hands its basis on, within the half-sentence
            s.borrowed = True
        s.basis = None
    if mark in "；;" and s.borrowed:
        s.carried_basis, s.borrowed = None, False
    if s.verb is None or s.verb.kind != "rate":
        s.verb = None
    s.each, s.rate = None, ""
    s.phrase_start = s.basis.start if s.basis is not None else -1
    if s.previous is None:
        s.source = None


def _amount_follows(s: Sentence, index: int) -> bool:
    """Whether a comma stands inside a list of amounts (分别增长5%，6%)."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    return (
        following is not None
        and following.kind == "quantity"
        and following.start == s.tokens[index].end
        and s.each is not None
        and following.meaning.family == s.group[-1].size.family
    )


def _period(s: Sentence, index: int, token: Token) -> None:
    s.others.append((token.start, token.end, token.meaning["type"]))
    if _is_further_base(s, token):
        s.further_bases.append(token)
        return
    before = s.text[token.start - 1 : token.start]
    if before in ("占", "比", "较", "于"):
        return  # 占1958年批捕人犯的22%: the year belongs to the whole, not to the statement
    if _BASE_BEFORE.search(s.text, s.clause_begin, token.start) is not None and _moves_behind(s, index):
        return  # 较疫情前的2019年减少20.5%
    if before in _BEFORE_A_BASE and _is_base(s, index):
        return  # 是2012年的3倍: the year is what the statement is compared with
    if _since(s, token, before):
        token.rule = "since"
    s.clause_period = token
    if token.rule in _OF_ITS_CLAUSE and s.drafts and s.period is not None and _WIDER[token.rule].fullmatch(s.text, s.period.start, s.period.end):
        return  # 2020年立案5起，其中上半年2起，…: said of its clause only
    if s.source is None or s.previous is not None:
        s.period = token
        # a year in passing (面向2030年的项目) or in a bracket does not date the sentences that follow
        last = _LAST_WORDS.search(s.text, s.clause_begin, token.start)
        if not s.depth and (token.rule == "since" or last is None or len(naming.clean(last[0])) <= 4):
            s.context.period = token
            if s.context.opening is None and token.rule != "since":
                s.context.opening = token


# Periods that a clause may name in passing, and the period of a sentence that goes on after them.
_WIDER = {"bare_span": re.compile("[^年]+年(?:度|间|底|末)?"), "year_before": re.compile(".+")}
_OF_ITS_CLAUSE = frozenset(_WIDER)
# What stands before a period in its clause, after a headline in the same line (【经济审判】 1995年).
_LAST_WORDS = re.compile("[^】\\s]*$")


_BASE_BEFORE = compiled("year_of_a_base")


def _moves_behind(s: Sentence, index: int) -> bool:
    """Whether the next token but marks is a verb of change."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    return following is not None and following.kind in ("change", "compare", "flat", "reach")


def _is_further_base(s: Sentence, token: Token) -> bool:
    """Whether a year goes on with the bases of a list: 比2015年、2016年分别下降6%、5%."""
    if s.basis is None or s.basis.meaning["basis"] != "year" or not years_in(s.text[token.start : token.end]):
        return False
    return s.text[(s.further_bases or [s.basis])[-1].end : token.start] in _BETWEEN_BASES


def _since(s: Sentence, token: Token, before: str) -> bool:
    """Whether 以来 makes a period open-ended: 自2015年11月启动，…以来, 去年5月专项行动以来."""
    following = s.text[token.end : min(token.end + 25, s.end)].partition("以来")
    return bool(following[1]) and (before in ("自", "从") or not _CLAUSE_MARKS.intersection(following[0]))


_BEFORE_A_BASE = frozenset(words("before_a_base"))


def _is_base(s: Sentence, index: int) -> bool:
    """Whether the next quantity is a ratio to this period."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    return following is not None and following.kind == "quantity" and roles.compared_with(s, following.meaning) is not None


def _basis(s: Sentence, index: int, token: Token) -> None:
    if s.group and _subject_between(s, token.start):
        close_group(s)
    if token.meaning.get("basis") == "comparable" and _said_behind(s, token):
        return
    if s.depth and _SAME_BELOW.match(s.text, token.end) is not None and token.meaning["basis"] != "year":
        _holds_below(s, token)
        return
    s.mark_phrase(token.start)
    s.basis = token
    s.others.append((token.start, token.end, "year"))


def _said_behind(s: Sentence, token: Token) -> bool:
    """Whether a bracket behind a change says that its base is counted anew: 比上年下降5%（按可比口径计算）."""
    changed = next((d.change for d in reversed(s.drafts) if d.change is not None), None)
    if changed is None or s.text[token.start - 1 : token.start] not in "（(，," or not _CLOSES.match(s.text, token.end):
        return False
    if token.start - changed.end > 1:
        return False
    changed.comparable = True
    return True


def _holds_below(s: Sentence, token: Token) -> None:
    """Let a basis hold for the change before its bracket and for every change of the text below that names none: 上升4%（指同比，下同）."""
    s.others.append((token.start, token.end, "year"))
    s.context.same_below = token
    changed = next((d.change for d in reversed(s.drafts) if d.change is not None), None)
    if changed is not None and changed.basis == "unstated":
        changed.basis = token.meaning["basis"]


_CLOSES = re.compile("[）)。；;]|$")
_BELOW = words("the_same_below")
_SAME_BELOW = compiled("the_same_below")


def _each(s: Sentence, index: int, token: Token) -> None:
    s.mark_phrase(token.start)
    s.each = token


def _both(s: Sentence, index: int, token: Token) -> None:
    s.both = token


def _source(s: Sentence, index: int, token: Token) -> None:
    s.source, s.source_clause = token, s.clause_start


def _of_which(s: Sentence, index: int, token: Token) -> None:
    s.of_which, s.head_of_whole = token.start, s.context.head
    s.whole = naming.topic_in(s.context.head)


def _verb(s: Sentence, index: int, token: Token) -> None:
    if s.group and _subject_between(s, token.start):
        close_group(s)
    if s.verb is not None and not s.group and (s.basis is None or s.basis.start < s.verb.start):
        # 经济增长的贡献率上升3个百分点: the first verb belongs to the subject
        if len(naming.clean(s.words(s.verb.end, token.start))) >= 2:
            s.phrase_start = token.start
    s.mark_phrase(token.start)
    if (
        token.kind == "change"
        and s.verb is not None
        and s.verb.kind == "rate"
        and s.verb.start >= s.clause_begin
        and not naming.clean(s.words(s.verb.end, token.start))
    ):
        s.rate = s.text[s.verb.start : s.verb.end]
    if "basis" in token.meaning:
        s.basis = token
    s.verb = token


def _subject_between(s: Sentence, at: int) -> bool:
    """Whether a new subject stands between the last amount and ``at``."""
    return len(naming.clean(s.words(s.last_amount, at))) >= 2


def _other(s: Sentence, index: int, token: Token) -> None:
    s.others.append((token.start, token.end, token.meaning["type"]))
    if token.meaning["type"] == "quantifier" and s.text[token.start - 1] in "这该此":
        s.clause_start = token.end  # 这96件继承案件的标的额


def _duration(s: Sentence, index: int, token: Token) -> None:
    if s.source is not None and (read := _plain_duration(s, token)) is not None:
        if roles.is_source(s, index):
            s.previous, s.previous_period, s.clause_period = read, s.clause_period, None
            return
        if s.previous is not None:
            add_level(s, index, read)
            return
    if s.source is None and _says_how_much(s, token) and (read := _plain_duration(s, token)) is not None:
        _quantity(s, index, Token("quantity", token.start, token.end, read, token.rule))
        return
    if "连续" in s.text[token.start : token.end]:
        s.mark_phrase(token.start)
    s.others.append((token.start, token.end, "duration"))


def _says_how_much(s: Sentence, token: Token) -> bool:
    """Whether a length of time is a level: 平均审限1.8个月, 1.4个月的办案量."""
    before = s.text[max(s.clause_start, token.start - 6) : token.start]
    return roles.measures_time(s.text, token.end) or roles.TIME_NAMES.search(before) is not None


def _plain_duration(s: Sentence, token: Token) -> Quantity | None:
    """Read a length of time as the quantity it is in 由6小时缩短到2小时."""
    read = read_quantity(s.text, token.start, token.end, []) if s.text[token.start] in NUMERALS else None
    return read.meaning if read is not None and read.kind == "quantity" and read.end == token.end else None


def _quantity(s: Sentence, index: int, token: Token) -> None:
    q: Quantity = token.meaning
    if s.previous is not None and (parted := _parted(s, token)) is not None:
        by, to = parted
        if abs(to.meaning.value - s.previous.value) == by.meaning.value:
            s.others.append((by.start, by.end, "difference"))  # told by A and C already
        else:
            _quantity(s, index, by)
        _quantity(s, index, to)
        return
    if q.unit == "番":
        s.mark_phrase(q.start)
        add_amount(s, q, "up")
        return
    if q.unit is None or q.unit == "个":
        _share_unit(s, index, q)
    if q.unit is None:
        take_label_unit(s.text, s.start, q)
    role = decide(s, "role", (q.start,), roles.propose_roles(s, index, q))
    if role.reading == roles.AMOUNT:
        s.object = role.content or s.object
        add_amount(s, q)
        return
    if s.group:
        close_group(s)
    if role.reading == roles.AGAIN:
        tell_again(s, q)
    elif role.reading == roles.BASE:
        s.base_value = q
    elif role.reading == roles.SOURCE:
        s.previous, s.previous_period = q, s.clause_period
        s.clause_period = None
    elif role.reading == roles.RATIO:
        add_ratio(s, q, role.content)
    elif role.reading == roles.LEVEL:
        add_level(s, index, q)
    else:
        s.others.append((q.start, q.end, role.rule))
        if role.rule == "reference":
            s.clause_start = q.end  # 这312件借贷案件的总标的额: the name begins behind it


def _parted(s: Sentence, token: Token) -> list[Token] | None:
    """The two numbers of what looks like a range, where one is the amount of a change and the other what it led to: 由884宗增加86宗至970宗."""
    if token.meaning.high is None or token.meaning.value is not None or s.verb is None or s.verb.end != token.start:
        return None
    at = next((at for at in range(token.start, token.end) if s.text[at] in "至到"), -1)
    parts = [read_quantity(s.text[:at], token.start, at, []), read_quantity(s.text, at + 1, s.end, [])] if at > 0 else []
    read = [part for part in parts if part is not None and part.kind == "quantity" and part.meaning.value is not None]
    return read if parts and len(read) == len(parts) and s.previous is not None and s.previous.value is not None else None


def _share_unit(s: Sentence, index: int, q: Quantity) -> None:
    """Give 4.2 in 4.2和0.7个百分点 the unit of its neighbour (and 4个 in 4个、7个百分点)."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    if following is not None and following.kind == "separator":
        following = s.tokens[index + 2] if index + 2 < len(s.tokens) else None
    if following is not None and following.kind == "quantity" and s.text[q.end : following.start] in _BETWEEN_BASES:
        if q.unit is None or following.meaning.unit == "个百分点":
            q.unit, q.family = following.meaning.unit, following.meaning.family


_BETWEEN_BASES = frozenset(words("joins"))
_CLAUSE_MARKS = frozenset("，,；;：:、（(")
# A sentence with none of these tokens makes no statement.
_TELLING = frozenset(("quantity", "change", "rate", "flat", "compare"))
_STEPS = {
    "separator": _separator,
    "period": _period,
    "basis": _basis,
    "each": _each,
    "both": _both,
    "from": _source,
    "of_which": _of_which,
    "change": _verb,
    "compare": _verb,
    "rate": _verb,
    "flat": _verb,
    "record": _other,
    "label_unit": _other,
    "quantity": _quantity,
    "other": _other,
    "date": _other,
    "duration": _duration,
}
