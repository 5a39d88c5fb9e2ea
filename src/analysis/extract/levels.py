"""Levels: quantities that say how much there is, with their names; and numbers that say nothing."""

from __future__ import annotations

import re

from . import naming
from .drafts import Draft
from .quantities import Quantity
from .sentence import Sentence
from .series import years_of_list
from .shifts import JOINS

_TIME_NAMES = re.compile(r"(?:时限|时间|周期|用时|时长|天数|期限|耗时|寿命|工期|时效|缩短|减少|提前|压缩)[为到至了达由从是的]*$")


def add_level(s: Sentence, index: int, q: Quantity) -> None:
    """Make a statement of a level, or note why the number is none."""
    compared = compared_with(s, q) if q.family == "ratio" else None
    if compared is not None:
        q.hedge = q.hedge or _SHORT_OF.get(compared["verb"])
        _append(s, q, *_ratio(s, compared))
        s.drafts[-1].rule = "ratio"
        return
    why = not_a_statistic(s, q)
    if why:
        s.others.append((q.start, q.end, why))
        return
    last = s.drafts[-1] if s.drafts else None
    if s.waiting_years and last is not None and s.text[last.end : q.start] in JOINS:
        _append(s, q, last.name, last.written)
        return _take_year(s)
    if s.waiting and last is not None and s.text[last.end : q.start] in JOINS:
        names = [s.waiting.pop(0)]
    elif last is not None and last.quantity is not None and last.quantity.end == q.start and last.kind != "count_of_things":
        _append(s, q, last.name, last.written)
        return
    elif last is not None and last.quantity is None and _takes_level(s, last, q):
        last.quantity, last.end = q, q.end
        _after(s, q)
        return
    else:
        names = _names(s, index, q)
    if names:
        for name in names:
            _append(s, q, s.full_name(name), name)
    else:
        name, written, consumed = name_of(s, index, q)
        if (mean := _MEAN.search(s.text, s.clause_start, q.start)) is not None and mean["mean"] not in name:
            name = mean["mean"] + name  # 接警70起（日均10起）
        _append(s, q, name, written, consumed)
        if s.each is not None and s.verb is None and (years := years_of_list(s, _run_length(s, index))):
            s.waiting_years, s.each = years, None
            _take_year(s)


_MEAN = re.compile("(?:^|(?<=[（(，,、；;]))(?P<mean>[日人月户年周]均|平均每[天日人月年周户件案])(?:[约为达近]|约为|达到)?$")


def _take_year(s: Sentence) -> None:
    s.drafts[-1].period, s.drafts[-1].member = s.waiting_years.pop(0)


def _append(s: Sentence, q: Quantity, name: str, written: str, consumed: int = 0) -> None:
    kind = "count_of_things" if _counts_things(q) else "actual"
    back = s.clause_period is not None and s.clause_period.rule == "year_before"
    draft = Draft(
        q,
        name,
        written,
        s.period if back else s.clause_period or s.period,
        (s.clause_start, q.end),
        kind=kind,
        end=q.end,
        depth=s.depth,
        scope=s.scope_at(q.start),
        years_back=int(back),
    )
    if s.previous is not None:
        draft.previous, draft.previous_period = s.previous, s.previous_period
        if draft.previous.unit is None:
            draft.previous.unit = q.unit
        s.previous = s.source = None
        draft.rule = "from_to"
    s.drafts.append(draft)
    if kind == "count_of_things" and draft.previous is None and not consumed:
        return
    _after(s, q)
    draft.end = s.clause_start = q.end + consumed
    draft.verb = s.list_verb


def _after(s: Sentence, q: Quantity) -> None:
    s.clause_start = q.end
    s.phrase_start = -1
    s.both = None


def _counts_things(q: Quantity) -> bool:
    small = q.chinese and q.value is not None and (q.value <= 10 or q.number_end - q.start == 1) and not q.comparator
    return (small and q.family == "count" and q.unit is not None) or q.unit in ("类", "种", "省", "省市", "省份", "部委", "国", "大")


def _takes_level(s: Sentence, last: Draft, q: Quantity) -> bool:
    """Whether a level completes the change before it: 同比下降5%，为300起."""
    if _han(s.text[q.end : q.end + 1]):
        return False  # 下降5%，为300名群众讨回工钱
    return (
        last.change.amount is not None
        and last.change.amount.end == s.clause_start - 1
        and naming.clean(s.words(s.clause_start, q.start)) == ""
        and s.text[s.clause_start : q.start] != ""
        and last.change.kind != "absolute"
    )


def _names(s: Sentence, index: int, q: Quantity) -> list[str]:
    """Names of a list that shares one number (A、B均为5起) or has one each (A和B分别为5起、6起)."""
    marker = s.each or s.both
    if marker is None or s.verb is not None or q.end <= marker.start:
        return []
    subject = s.name_in(s.clause_start, marker.start)
    if s.clause_start >= marker.start or len(subject) < 3:
        subject = s.name_in(*s.last_clause)
    bare, scope = naming.split_scope(subject)
    names = naming.split_names(bare)
    if len(names) < 2:
        return []
    following = _run_length(s, index)
    if s.both is not None or following == 1:
        return names
    if following == len(names):
        s.waiting = names[1:]
        s.each = None
        return names[:1]
    return []


def _run_length(s: Sentence, index: int) -> int:
    """How many quantities stand in a row from this one on."""
    count, end = 1, s.tokens[index].end
    for token in s.tokens[index + 1 :]:
        if token.kind == "separator":
            continue
        if token.kind != "quantity" or s.text[end : token.start] not in JOINS:
            break
        count, end = count + 1, token.end
    return count


def not_a_statistic(s: Sentence, q: Quantity) -> str | None:
    """Return the type of a number that is no statistic, None for one that is."""
    text, after = s.text, s.text[q.end : q.end + 1]
    if q.family == "time" and s.previous is None and not _TIME_NAMES.search(text[max(s.clause_start, q.start - 6) : q.start]):
        return "duration"
    if q.chinese:
        if q.family is None and (q.value < 10000 or q.number_end - q.start < 2):
            return "word"
        if q.value == 1 and not q.comparator and q.hedge is None:
            return "quantifier"
    if q.unit == "%" and text.startswith("多数", q.end):
        return "threshold"  # 三分之二以上多数通过
    if q.threshold and _bounds_something(q) and (_han(after) or after.isdigit() or _MORE_BOUNDS.match(text, q.end)):
        return "threshold"
    if q.unit is None and not q.chinese:
        value = q.value if q.value is not None else q.high
        if not q.scaled and 1900 <= value <= 2100 and q.hedge is None:
            return "year"
        if text[q.start] in "0０" and value >= 1:
            return "name"  # 07, 001: a number that begins with nought counts nothing
        big = value >= 10000 and q.scaled
        if not big and (after not in _ENDS_OF_CLAUSES or not _han(text[q.start - 1 : q.start])):
            return "name"
    if "字数" in text[max(s.clause_start, q.start - 8) : q.start]:
        return "web_boilerplate"
    return None


# What may follow a number that counts something and prints no unit: 男444，女140人
_ENDS_OF_CLAUSES = frozenset("，,。；;、：:（()）！!？?\r\n") | {""}


def _bounds_something(q: Quantity) -> bool:
    return q.value != 1 and (q.family in ("money", "count", "measure") or (q.unit is None and q.scaled))


# 受贿5万元以上、挪用公款10万元以上大案: the noun they bound follows the last of them
_MORE_BOUNDS = re.compile("(?:、[^，,。；;、]{1,24}?以[上下])+[一-鿿]")


def _han(character: str) -> bool:
    return "一" <= character <= "鿿"


def name_of(s: Sentence, index: int, q: Quantity) -> tuple[str, str, int]:
    """Return the full name of a level, its words as written, and how much text after the number they use."""
    begin = s.source_clause if s.previous is not None else s.clause_start
    stop = s.source.start if s.previous is not None and s.source is not None else q.start
    left = s.name_in(begin, stop)
    if "占" in (left[:1], left[-1:]) or (q.family == "ratio" and s.text[q.start - 1] == "的" and _OF_A_WHOLE.search(left)):
        return *_share(s, left), 0
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    limit = following.start if following is not None else s.end
    bare = s.part_scope(left, begin, stop)
    light = naming.is_verb_phrase(bare)
    right = naming.noun_after(s.text[q.end : min(limit, q.end + 24)], q.family == "ratio" or light)
    used = 0
    right = "" if right in _LIMITS else right
    if right:
        used = s.text.index(right, q.end) + len(right) - q.end
        if following is not None and following.kind in ("change", "basis", "each", "compare", "rate") and q.end + used >= following.start:
            used = 0
    s.list_verb = bare if right and light else ""
    if right and len(bare) < 2 and s.drafts and s.drafts[-1].verb and s.text[s.drafts[-1].end : q.start] in JOINS:
        s.list_verb = s.drafts[-1].verb
        return s.list_verb + right, right, used
    if naming.is_bare(bare):
        if right:
            return s.full_name(bare + right), right, used
        if len(bare) < 2 and bare not in _SHORT:
            return *_carried(s, q), 0
        if not s.drafts and (before := s.said_before()):
            s.context.head = before
        return s.full_name(bare), bare, 0
    if right and not naming.ends_with_measure(bare):
        return s.full_name(bare + right), right, used
    return s.full_name(bare), naming.core(bare), 0


def compared_with(s: Sentence, q: Quantity) -> re.Match[str] | None:
    """Find what a number is a multiple of: 相当于2012年的 before 3倍, 为去年同期的 before 87%."""
    if q.unit not in ("倍", "%") or s.source is not None:
        return None
    found = _COMPARED.search(s.text, s.clause_start, q.start)
    if found is None or found["verb"] in ("相当于", "等于") or (q.unit == "倍" and found["verb"] not in _SHORT_OF):
        return found
    fits = (found["verb"] in _SHORT_OF and q.chinese) or ((found["verb"] in "是为" or found["verb"] in _SHORT_OF) and _EARLIER.search(found["base"]))
    return found if found["of"] and fits else None


_SHORT_OF = {"不足": "less_than", "不到": "less_than", "接近": "less_than", "超过": "more_than"}  # 不足上年的一半
_COMPARED = re.compile(
    "(?P<verb>相当于|等于|不足|不到|接近|超过|[是为达]|(?<!年)[到至])(?P<base>(?:[^，。；、（）是为达到至]|(?<=年)[到至]){2,20}?)(?:(?P<of>的)|(?<=[年期均和准平]))$"
)
_EARLIER = re.compile("(?:年|同期|同月|上月|上季度|平均|均值|水平|标准)$")


def _ratio(s: Sentence, compared: re.Match[str]) -> tuple[str, str]:
    """Name a ratio to a base, which is no increase: 立案数与上年之比."""
    owner = naming.split_scope(s.name_in(s.clause_start, compared.start()))[0]
    if len(owner) < 2:
        owner = s.levels[-1].measured if s.levels else s.said_before() or s.context.head
    return f"{owner}与{compared['base']}之比", naming.core(owner)


# 突破5万件大关: what is passed, not what is counted.
_LIMITS = frozenset(("大关", "关口"))

# One-character names of what happened to the cases or people just named: 发案9起，破7起.
_SHORT = frozenset("破捕死伤男女")


_OF_A_WHOLE = re.compile("(?<![侵抢强霸挤独])占(?![地用有比据领率道])[^占]{2,}$")


def _share(s: Sentence, left: str) -> tuple[str, str]:
    """Name a share: 法官403人，占69% is the share of 法官."""
    owner, _, whole = left.rpartition("占")
    whole = whole.rstrip("的")
    if len(owner) < 2 or owner.startswith(("这", "此", "该")):
        before, level = s.said_before(), s.levels[-1] if s.levels else None
        if not before and not whole and level is not None and level.name.startswith("占"):
            return level.name, level.written  # 2008年占受案的22%，2009年占21%
        last = next((d for d in reversed(s.drafts) if d.quantity is None or d is level), None)
        owner = before or (last.name if last is not None else s.drafts[-1].written if s.drafts else s.name_in(*s.last_clause) or s.context.head)
        if owner.endswith("比重"):
            owner = owner.partition("占")[0] or owner
    owner = naming.clean(owner)
    return f"{owner}占{whole}" + ("" if whole.endswith(("比重", "比例", "比")) else "比重"), whole if len(whole) > 2 and not owner else naming.core(
        owner
    )


def _carried(s: Sentence, q: Quantity) -> tuple[str, str]:
    """Name a number that has no words of its own: the clause before, or the series it continues."""
    same = [d for d in s.drafts if d.quantity is not None and d.quantity.unit == q.unit]
    if same:
        return same[0].name, same[0].written
    before = s.said_before()
    if before:
        return s.full_name(before), naming.core(before)
    if s.drafts:
        return s.drafts[-1].name, s.drafts[-1].written
    return s.context.head, s.context.head
