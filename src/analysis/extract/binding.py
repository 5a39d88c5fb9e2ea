"""Tie quantities, changes, bases and periods of one sentence together into statements.

The tokens of a sentence are walked once, left to right; each kind of token has its step. Levels are
made in `readings.levels`; changes are read in `readings.changes` and handed to their levels in `readings.owners`.
"""

from __future__ import annotations

from itertools import takewhile

from . import naming
from .choosing import cost, decide, note_margins, rivals_of
from .context.handed import Context, begins_span
from .mentions import Token
from .quantities import Quantity, take_label_unit
from .readings import roles
from .readings.bases import BETWEEN_BASES, subject_between, take_basis, take_period
from .readings.bases_of_lines import carry_basis
from .readings.changes import DONE, JOINS, add_amount, add_moved, says_which_way
from .readings.clauses import take_separator
from .readings.directions import close_direction
from .readings.doers import tell_apart
from .readings.earlier import fold_earlier
from .readings.faults import SAME_NAME, find_faults, readings
from .readings.lengths import plain_duration, says_how_much, time_come_to, time_moved
from .readings.levels import add_level, add_ratio
from .readings.numbers import share_unit, told_apart
from .readings.owners import close_group, tell_again
from .readings.years_beside import take_day
from .sentence import Sentence


def bind_sentence(text: str, start: int, end: int, tokens: list[Token], context: Context) -> Sentence:
    """Return the statements (as drafts) and other numbers of one sentence; update ``context``.

    Where something is wrong with what was read, the sentence is walked again with each reading that came close, and the walk that gave up
    least is taken.
    """
    s = Sentence(text, start, end, tokens, context)
    if _TELLING.isdisjoint([token.kind for token in tokens]) and not any(says_how_much(s, token) for token in tokens):
        _note_others(s)
        return s
    before = context.copy()
    _walk(s)
    faults = list(find_faults(s))
    chosen = s
    if is_open(faults):
        chosen = _best(s, cost(s, faults), before)
        chosen.faulty = bool(faults)
        if SAME_NAME in faults:
            tell_apart(chosen)
    fold_earlier(chosen)
    carry_basis(chosen)
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
    s.hand_on()
    return s


def _note_others(s: Sentence) -> None:
    """Read a sentence that makes no statement: its dates and names, and the period it hands on."""
    for token in s.tokens:
        if token.kind == "separator":
            s.clause_begin = token.end if token.meaning != "、" else s.clause_begin
        elif token.kind == "period":
            take_period(s, 0, token)
        elif token.kind == "basis":
            s.others.append((token.start, token.end, "year"))
        elif token.meaning is not None and "type" in token.meaning:
            _other(s, 0, token)
    if s.text[s.end - 1] in "：:":  # ...公布2024年一季度数据，具体如下：
        s.context.period = s.clause_period or s.context.period
    s.context.basis = None


def _each(s: Sentence, index: int, token: Token) -> None:
    s.mark_phrase(token.start)
    s.each = token


def _both(s: Sentence, index: int, token: Token) -> None:
    s.both = token


def _source(s: Sentence, index: int, token: Token) -> None:
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    if begins_span(s.text, token, following):
        return
    s.source, s.source_clause = token, s.clause_start


def _of_which(s: Sentence, index: int, token: Token) -> None:
    s.of_which, s.head_of_whole = token.start, s.context.head
    s.whole = naming.topic_in(s.context.head)


def _verb(s: Sentence, index: int, token: Token) -> None:
    if token.kind == "flat" and (s.each is not None or _is_listed(s, token)) and _is_member(s, index):
        s.flats.append(token)  # 分别下降6.4%、持平和上升3%: a member of the list as the others
        s.last_amount = token.end if s.group else s.last_amount
        s.mark_phrase(token.start)
        return
    if says_which_way(s, token.start):
        return  # 录得9.2%的升幅
    if s.group and (token.rule in DONE or subject_between(s, token.start)):
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


def _is_member(s: Sentence, index: int) -> bool:
    """Whether words that say that nothing changed stand in a list of changes: behind an amount of it, or before one."""
    if s.group:
        return s.text[s.last_amount : s.tokens[index].start] in JOINS
    behind = takewhile(lambda token: token.kind in _LISTED or token.meaning == "、", s.tokens[index + 1 :])
    return any(token.kind == "quantity" for token in behind)


def _is_listed(s: Sentence, token: Token) -> bool:
    """Whether words that say that nothing changed go on with a list of changes without 分别: 同比上升12.5%、持平."""
    return bool(s.group) and s.text[s.last_amount : token.start] in BETWEEN_BASES


_LISTED = frozenset(("flat", "change", "quantity"))


def _other(s: Sentence, index: int, token: Token) -> None:
    s.others.append((token.start, token.end, token.meaning["type"]))
    if token.meaning["type"] == "quantifier" and s.text[token.start - 1] in "这该此":
        s.clause_start = token.end  # 这96件继承案件的标的额


def _date(s: Sentence, index: int, token: Token) -> None:
    step = _duration if says_how_much(s, token) else take_day  # 平均办结时长2日
    step(s, index, token)


def _duration(s: Sentence, index: int, token: Token) -> None:
    if s.source is not None and (read := plain_duration(s, token)) is not None:
        if roles.is_source(s, index):
            s.previous, s.previous_period, s.clause_period = read, s.clause_period, None
            return
        if s.previous is not None:
            add_level(s, index, read)
            return
    if (moved := time_moved(s, index, token)) is not None:
        _quantity(s, index, moved)
        return
    if (read := time_come_to(s, token)) is not None:
        add_level(s, index, read)
        return
    if s.source is None and says_how_much(s, token) and (read := plain_duration(s, token)) is not None:
        _quantity(s, index, Token("quantity", token.start, token.end, read, token.rule))
        return
    if "连续" in s.text[token.start : token.end]:
        s.mark_phrase(token.start)
    s.others.append((token.start, token.end, "duration"))


def _quantity(s: Sentence, index: int, token: Token) -> None:
    q: Quantity = token.meaning
    if (parted := told_apart(s, token)) is not None:
        for part in parted:
            _quantity(s, index, part)
        return
    if q.unit == "番" or token.rule == _HALVED:
        s.mark_phrase(q.start)
        add_amount(s, q, "up" if q.unit == "番" else "down")
        return
    if q.unit is None or q.unit == "个":
        share_unit(s, index, q)
    if q.unit is None:
        take_label_unit(s.text, s.start, q)
    role = decide(s, "role", (q.start,), roles.propose_roles(s, index, q))
    if role.reading == roles.AMOUNT:
        s.object = role.content or s.object
        (add_moved if role.rule == _BEHIND else add_amount)(s, q)
        return
    if s.group:
        in_parts = s.group[-1].kind != "absolute"
        close_group(s)
        s.clause_start = max(s.clause_start, s.last_amount if in_parts else 0)  # 同比增加12%结案90件: the words before 12% are the change's
    if role.reading == roles.AGAIN:
        tell_again(s, q)
    elif role.reading == roles.BASE:
        _take_base(s, index, q)
    elif role.reading == roles.SOURCE:
        _take_source(s, index, q)
    elif role.reading == roles.RATIO:
        add_ratio(s, q, role.content)
    elif role.reading == roles.LEVEL:
        add_level(s, index, q)
    else:
        s.others.append((q.start, q.end, role.rule))
        if role.rule == "reference":
            s.clause_start = q.end  # 这312件借贷案件的总标的额: the name begins behind it
        elif role.rule == "comparison":
            s.basis = s.verb = None  # 同比增长34%，比全省平均高出19%，增加1200件: still on the year before


_HALVED, _BEHIND = "halved", "direction behind"


def _take_base(s: Sentence, index: int, q: Quantity) -> None:
    """Keep a value that a basis prints: one, the second of two, or one of a list."""
    if roles.bases_listed(s, index):
        s.base_list.append(q)
    else:
        s.base_value, s.base_pair = (s.base_value, q) if roles.is_second_base(s, q) else (q, None)


def _take_source(s: Sentence, index: int, q: Quantity) -> None:
    """Keep a value that something came from, the first or a further one of a list."""
    if s.previous is not None:
        s.sources, s.sources_due = [*s.sources, q], s.sources_due - 1
    else:
        s.sources, s.sources_due = [], roles.sources_listed(s, index) - 1
        s.previous, s.previous_period, s.clause_period = q, s.clause_period, None


# A sentence with none of these tokens makes no statement.
_TELLING = frozenset(("reach", "quantity", "change", "rate", "flat", "compare"))
_STEPS = {
    "separator": take_separator,
    "period": take_period,
    "basis": take_basis,
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
    "date": _date,
    "duration": _duration,
}
