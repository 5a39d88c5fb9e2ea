"""Tie quantities, changes, bases and periods of one sentence together into statements."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import naming
from .drafts import ChangeDraft, Draft
from .mentions import Quantity, Token, read_quantity

HARD = frozenset("，,；;：:。！？!?（）()\n")
JOINS = frozenset(("、", "和", "及", "与", "以及", "，", ",", "；", "、和", "，和", "或", "、及"))
FILL = frozenset(("", "为", "达", "达到", "约", "了", "到", "近", "的", "超", " ", "均为", "均", "分别", "分别为", "分别达", "分别达到", "是", "分别是", "就", "率", "均超", "已达", "最高达", "最大", "又", "也"))


@dataclass(slots=True)
class Context:
    """What a sentence hands on to the next: period, head noun, basis, last statement."""

    period: Token | None = None
    head: str = ""
    basis: Token | None = None
    last: Draft | None = None


@dataclass(slots=True)
class Sentence:
    """The state of binding one sentence."""

    text: str
    start: int
    end: int
    tokens: list[Token]
    context: Context
    drafts: list[Draft] = field(default_factory=list)
    others: list[tuple[int, int, str]] = field(default_factory=list)
    clause_start: int = 0
    period: Token | None = None
    basis: Token | None = None
    carried_basis: Token | None = None
    each: bool = False
    verb: Token | None = None
    group: list[ChangeDraft] = field(default_factory=list)
    group_start: int = 0
    source: Token | None = None
    previous: Quantity | None = None
    previous_period: Token | None = None
    of_which: bool = False
    first_mark: int = -1
    last_clause: tuple[int, int] = (0, 0)
    last_amount: int = -1
    clause_period: Token | None = None


def bind_sentence(text: str, start: int, end: int, tokens: list[Token], context: Context) -> Sentence:
    """Return the statements (as drafts) and other numbers of one sentence; update ``context``."""
    s = Sentence(text, start, end, tokens, context, clause_start=start, period=context.period)
    for index, token in enumerate(tokens):
        _STEPS.get(token.kind, _step_other)(s, index, token)
    _close_group(s)
    if s.drafts:
        context.last = s.drafts[-1]
    return s


def _step_separator(s: Sentence, index: int, token: Token) -> None:
    mark = token.meaning
    if mark == "、":
        if s.drafts and s.drafts[-1].end == token.start or s.last_amount == token.start:
            s.clause_start = token.end
        return
    if s.group and not (mark in "，," and s.each and _next_is_amount(s, index)):
        _close_group(s)
    if s.clause_start < token.start:
        s.last_clause = (s.clause_start, token.start)
    s.clause_start = token.end
    if mark in "，,；;：:（(）)":
        s.basis = s.basis if s.verb is None and s.basis is not None and mark in "，," else None
        s.each = s.each and bool(s.group)
        if not (s.verb is not None and s.verb.kind == "rate"):
            s.verb = None
    if mark in "；;":
        s.carried_basis = s.carried_basis
    s.source, s.previous, s.first_mark = (s.source, s.previous, -1) if s.previous is not None else (None, None, -1)


def _next_is_amount(s: Sentence, index: int) -> bool:
    return index + 1 < len(s.tokens) and s.tokens[index + 1].kind == "quantity" and s.tokens[index + 1].start == s.tokens[index].end


def _mark(s: Sentence, token: Token) -> None:
    if s.first_mark < 0:
        s.first_mark = token.start


def _step_period(s: Sentence, index: int, token: Token) -> None:
    s.others.append((token.start, token.end, token.meaning.get("type", "date")))
    s.period = token
    s.clause_period = token
    if s.text[token.end:token.end + 1] not in "的":
        s.context.period = token


def _step_basis(s: Sentence, index: int, token: Token) -> None:
    _mark(s, token)
    s.basis = token
    s.carried_basis = token
    if any(c in "0123456789０１２３４５６７８９" for c in s.text[token.start:token.end]) or token.meaning["basis"] == "fixed":
        s.others.append((token.start, token.end, "year"))


def _step_each(s: Sentence, index: int, token: Token) -> None:
    _mark(s, token)
    s.each = True


def _step_from(s: Sentence, index: int, token: Token) -> None:
    s.source = token


def _step_of_which(s: Sentence, index: int, token: Token) -> None:
    s.of_which = True


def _step_verb(s: Sentence, index: int, token: Token) -> None:
    _mark(s, token)
    s.verb = token


def _step_doubling(s: Sentence, index: int, token: Token) -> None:
    _mark(s, token)
    _add_change(s, token, Quantity(token.start, token.end, None, None, "番", "ratio", None, None, None, True, token.end), "up")


def _step_other(s: Sentence, index: int, token: Token) -> None:
    if token.kind in ("other", "date", "duration"):
        if token.kind == "duration":
            _mark(s, token)
        s.others.append((token.start, token.end, token.meaning["type"]))


def _step_quantity(s: Sentence, index: int, token: Token) -> None:
    q: Quantity = token.meaning
    before = s.tokens[index - 1] if index else None
    gap = s.text[before.end:q.start] if before is not None else None
    if _is_amount(s, q, before, gap):
        _add_change(s, token, q, None)
    elif _is_source(s, index, q):
        s.previous, s.previous_period = q, s.clause_period
    else:
        _add_level(s, index, q)


def _is_amount(s: Sentence, q: Quantity, before: Token | None, gap: str | None) -> bool:
    if before is None:
        return False
    if before.kind == "change" and gap in FILL:
        return True
    if before.kind == "compare" and gap in FILL:
        return s.basis is not None
    if s.verb is not None and s.verb.kind == "rate" and q.family == "ratio" and (before.kind == "rate" and gap in FILL or s.text[s.verb.end:q.start].strip("，") .endswith(("达到", "达", "为"))) and q.start - s.verb.end < 14:
        return True
    if s.group and s.group[-1].end == s.last_amount and s.text[s.last_amount:q.start] in JOINS:
        last = s.group[-1].amount
        return last.family == q.family or s.each
    return False


def _is_source(s: Sentence, index: int, q: Quantity) -> bool:
    if s.source is None:
        return False
    for later in s.tokens[index + 1:index + 8]:
        if later.kind == "reach":
            return True
        if later.kind == "quantity":
            return s.text[later.start - 1:later.start] in ("到", "至", "为")
        if later.kind == "separator" and later.meaning not in "、，":
            return False
    return False


def _add_change(s: Sentence, token: Token, q: Quantity, direction: str | None) -> None:
    verb = s.verb
    direction = direction or (verb.meaning["direction"] if verb else (s.group[-1].direction if s.group else "up"))
    if not s.group:
        s.group_start = s.first_mark if s.first_mark >= 0 else q.start
    basis, base = _basis(s)
    kind, value = _change_kind(s, q)
    s.group.append(ChangeDraft(direction, q, kind, value, basis, base, s.group_start, q.end))
    s.last_amount = q.end


def _change_kind(s: Sentence, q: Quantity):
    if q.unit == "番":
        written = s.text[q.start:q.end]
        power = next(("一两二三四五".index(c) for c in written if c in "一两二三四五"), 0)
        power = (1, 2, 2, 3, 4, 5)[power]
        from decimal import Decimal
        return "multiple", Decimal(2**power - 1)
    if q.unit == "个百分点":
        return "percentage_points", q.value
    if q.unit == "倍":
        return "multiple", q.value
    if q.family == "ratio":
        return "percent", q.value
    return "absolute", q.value


def _basis(s: Sentence) -> tuple[str, str | None]:
    token = s.basis
    verb = s.verb
    if token is None and verb is not None and verb.kind == "rate" and "同比" in s.text[verb.start:verb.end]:
        return "yoy", None
    if token is None:
        if s.group:
            return s.group[-1].basis, s.group[-1].base
        around = s.text[max(s.clause_start, s.first_mark - 6):s.last_amount if s.last_amount > s.first_mark else s.end][:14]
        if "年均" in around or "平均" in around:
            return "unstated", None
        token = s.carried_basis or (s.context.basis if s.of_which else None)
    if token is None:
        return "unstated", None
    basis = token.meaning["basis"]
    if basis == "year":
        return "year", s.text[token.start:token.end]
    return basis, None


def _close_group(s: Sentence) -> None:
    """Hand the collected changes to the levels before them, or make statements of their own."""
    group, s.group = s.group, []
    if s.carried_basis is not None:
        s.context.basis = s.carried_basis
    if not group:
        return
    for change in group:
        change.end = group[-1].end if change.kind else change.end
    subject = naming.clean(_without_tokens(s, s.clause_start, group[0].start))
    levels = [d for d in s.drafts if d.quantity is not None]
    if len(subject) < 2 and levels:
        _attach(s, group, levels)
    else:
        _own(s, group, subject)
    s.each = False


def _attach(s: Sentence, group: list[ChangeDraft], levels: list[Draft]) -> None:
    targets = levels[-len(group):] if len(group) > 1 else levels[-1:]
    if len(targets) < len(group):
        targets = [levels[0]] * (len(group) - len(targets)) + targets
    for change, level in zip(group, targets):
        if level.change is None:
            level.change = change
        elif level.change.kind == "absolute" and change.kind != "absolute":
            own = _change_only(s, level.change, level.name, level.written)
            level.change = change
            s.drafts.append(own)
        else:
            s.drafts.append(_change_only(s, change, level.name, level.written))


def _own(s: Sentence, group: list[ChangeDraft], subject: str) -> None:
    if len(subject) < 2:
        subject = naming.clean(_without_tokens(s, *s.last_clause)) or s.context.head
    names = [n for n in _split_names(subject)]
    if len(names) != len(group):
        names = [subject] * len(group)
    for change, name in zip(group, names):
        bare, scope = naming.split_scope(name)
        s.drafts.append(_change_only(s, change, bare, name))


def _split_names(subject: str) -> list[str]:
    import re
    return [p for p in re.split(r"、|以及|及(?!其)|和|与", subject) if p]


def _change_only(s: Sentence, change: ChangeDraft, name: str, written: str) -> Draft:
    return Draft(None, _full_name(s, name), written, s.period, s.clause_start, change=change, rule="change", end=change.amount.end, sentence=(s.start, s.end))


def _full_name(s: Sentence, name: str) -> str:
    if naming.is_bare(name) and s.context.head:
        return naming.head_noun(s.context.head) + name
    if name:
        s.context.head = name
    return name


def _add_level(s: Sentence, index: int, q: Quantity) -> None:
    why = _not_a_statistic(s, index, q)
    if why:
        s.others.append((q.start, q.end, why))
        return
    if s.group:
        _close_group(s)
    last = s.drafts[-1] if s.drafts else None
    if last is not None and last.quantity is not None and last.quantity.end == q.start:
        name, written = last.name, last.written
    else:
        name, written = _name(s, index, q)
    kind = "actual"
    if q.chinese and q.value is not None and q.value < 10 and q.unit and not q.comparator:
        kind = "count_of_things"
    draft = Draft(q, name, written, s.clause_period or s.period, s.clause_start, kind=kind, end=q.end, sentence=(s.start, s.end))
    before = s.tokens[index - 1] if index else None
    if s.previous is not None:
        draft.previous, draft.previous_period = s.previous, s.previous_period
        if draft.previous.unit is None:
            draft.previous.unit = q.unit
        s.previous = s.source = None
        draft.rule = "from_to"
    s.drafts.append(draft)
    s.clause_start = q.end
    s.first_mark = -1
    if s.basis is not None and s.verb is None:
        pass


def _not_a_statistic(s: Sentence, index: int, q: Quantity) -> str | None:
    text, after = s.text, s.text[q.end:q.end + 1]
    tail = text[q.end - 2:q.end]
    if q.family == "time" and s.previous is None:
        return "duration"
    if q.chinese:
        if q.unit is None and (q.value < 10000 or q.value is None):
            return "word"
        if q.value == 1 and not q.comparator and q.hedge is None:
            return "quantifier"
    if tail in ("以上", "以下") and q.family in ("money", "count", "measure") and _han(after):
        return "threshold"
    if q.unit and after == "级":
        return "other"
    if q.unit is None and q.family is None and not q.chinese:
        big = q.value >= 10000
        if not big and (_han(after) or after.isalnum() or not _han(text[q.start - 1:q.start])):
            return "name"
    return None


def _han(character: str) -> bool:
    return "一" <= character <= "鿿"


def _name(s: Sentence, index: int, q: Quantity) -> tuple[str, str]:
    left = naming.clean(_without_tokens(s, s.clause_start, q.start))
    stop = s.tokens[index + 1].start if index + 1 < len(s.tokens) else s.end
    right = naming.noun_after(s.text[q.end:min(stop, q.end + 16)])
    if left.startswith("占") or left == "占":
        before = s.drafts[-1].written if s.drafts else s.context.head
        return before + left + "比重", before if left == "占" else left[1:]
    bare, scope = naming.split_scope(left)
    if naming.is_bare(bare):
        written = bare + right
        if right:
            return _full_name(s, written), written
        if len(bare) < 2:
            lastclause = naming.clean(_without_tokens(s, *s.last_clause)) if not s.drafts else ""
            written = lastclause or (s.drafts[-1].written if s.drafts else s.context.head)
            return written, written
        return _full_name(s, bare), bare
    written = bare
    if right and not naming._COUNT_END.search(bare):
        written = bare + right
    return _full_name(s, written), written


_DROPPED = frozenset(("period", "date", "duration", "basis", "each", "of_which", "hedge", "both", "reach"))


def _without_tokens(s: Sentence, start: int, end: int) -> str:
    """The text of a span without its periods, bases and hedges; it stops at the first change of a subject."""
    parts, position = [], start
    for token in s.tokens:
        if token.end <= start:
            continue
        if token.start >= end:
            break
        if token.kind in _DROPPED or token.kind == "from" and s.previous is not None:
            parts.append(s.text[position:token.start])
            position = token.end
            if token.kind == "from" and s.previous is not None:
                return "".join(parts)
    parts.append(s.text[position:end])
    return "".join(parts)


_STEPS = {"separator": _step_separator, "period": _step_period, "basis": _step_basis, "each": _step_each, "from": _step_from,
          "of_which": _step_of_which, "change": _step_verb, "rate": _step_verb, "doubling": _step_doubling, "quantity": _step_quantity,
          "compare": _step_verb, "reach": _step_other}
