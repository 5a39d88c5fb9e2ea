"""Which levels a change may be said of: those before it, those that its subject names again, those whose share stands before it."""

from __future__ import annotations

from ...lexicon.classes import measures
from ...lexicon.parts import parse
from ...lexicon.wordlists import meanings, words
from .. import grammar, naming
from ..context.written import years_in
from ..drafts import ChangeDraft, Draft
from ..numerals import parse_either
from ..sentence import CASE, Sentence
from .goals import FULFILLED
from .last_said import moved_most

_LIST_MEASURE = grammar.compiled("measure_of_a_list")
SHARE, SHARES = words("is_a_share"), words("shares")


_IN_PARTS = frozenset(("percent", "multiple"))


def nearest(levels: list[Draft], group: list[ChangeDraft]) -> list[Draft]:
    """The levels a change without a subject may belong to: a share moves in points, so per cent are said of what stands before it."""
    last = len(levels)
    if all(change.kind in _IN_PARTS for change in group):
        while last and _is_share(levels[last - 1]):
            last -= 1
        counted = [level for level in levels[:last] if not _is_share(level)]
        if len(group) > 1 and len(counted) >= len(group):
            return counted  # 起诉90件，占60%，不起诉60件，较上年分别增加5%、减少2%
    elif all(change.kind == "absolute" for change in group) and (unit := group[-1].size.unit) is not None:
        if any(level.level.unit == unit for level in levels):  # 事故3起，死亡11人，同比减少2起; 优良天数318天，占86.9%，增加11天
            while levels[last - 1].level.unit != unit:
                last -= 1
    return levels[:last] or levels


def _is_share(level: Draft) -> bool:
    return level.level.family == "ratio" and (SHARE[0] in level.name or level.rule == FULFILLED)


def _is_share_of(level: Draft, subject: str) -> bool:
    """Whether a level is a share of what a subject names."""
    whole = level.name.partition(SHARE[0])[2] if _is_share(level) else ""
    return any(whole.removesuffix(share) == subject for share in SHARES)


def owners_of_shares(levels: list[Draft], group: list[ChangeDraft]) -> list[str]:
    """Who has the shares printed last, where changes in per cent are said of them and of no level: A、B分别占总数的8%和7%，同比分别下降30%和35%."""
    last = levels[-len(group) :]
    if len(group) < 2 or len(last) < len(group) or not all(map(_is_share, levels)) or any(change.kind != "percent" for change in group):
        return []
    names = [level.name.partition(SHARE[0])[0] for level in last]
    return names if all(len(name) > 1 and level.change is None for name, level in zip(names, last, strict=True)) else []


def named_again(subject: str, levels: list[Draft], group: list[ChangeDraft]) -> list[Draft]:
    """Return the levels that a subject only names again (登记数量 after 登记著作权100件), [] for a new subject."""
    levels = [level for level in levels if any(_has_unit_of(level, change) for change in group)]
    names = naming.split_names(subject)
    if subject in SHARES:
        return [level for level in levels if _is_share(level) and level.change is None][-1:]  # 占全部的4.1%，占比下降0.6个百分点
    if len(names) == 1:
        if any(_is_share_of(level, subject) for level in levels):
            levels = [level for level in levels if subject in level.measured]  # 占立案数的90%，立案数上升11%
        again = [level for level in reversed(nearest(levels, group)) if level.change is None and _same(subject, level)]
        if len(group) > 1 and len(again) == len(group):
            return again[::-1]  # 12件15人、16件20人，件数分别上升9%、33%
        exact = [level for level in again if subject in (level.name, level.measured)]
        return (exact or again)[:1]
    if len(names) != len(group):
        return []
    found = (next((level for level in reversed(levels) if level.change is None and _same(name, level)), None) for name in names)
    singly = [level for level in found if level is not None]
    if len({id(level) for level in singly}) == len(names):
        return singly  # 55万起，死亡959人，受伤1311人，起数、伤人分别上升…
    runs = [levels[at : at + len(names)] for at in range(len(levels) - len(names), -1, -1)]
    runs = [run for run in runs if not any(level.change for level in run)]
    best = max(runs, key=lambda run: sum(map(_same, names, run)), default=[])
    if not all(map(_same, names, best)) and (apart := _one_by_one(names, levels)):
        return apart
    return best if any(map(_same, names, best)) else []


def _one_by_one(names: list[str], levels: list[Draft]) -> list[Draft]:
    """The level that each of some names is, where they do not stand in a row: 火灾55起，亡959人，伤1311人…，起数、伤人分别上升."""
    found: list[Draft] = []
    for name in names:
        level = next((d for d in levels if d.change is None and d not in found and _same(name, d)), None)
        if level is None:
            return []
        found.append(level)
    return found


# What is counted, told without what.
_COUNTS = frozenset(("立案数", "案件数", *words("counts_of")))
_PERSONS, _CASES, _TIMES = frozenset(words("units_of_people")), frozenset("件起宗案例"), "次数"

# What courts call taking a case on and closing it.
_TAKEN, _CLOSED = grammar.compiled("taken"), grammar.compiled("closed")
_ACT = grammar.compiled("taken_or_closed")


# Short for whom an accident harmed.
_HARM = meanings("harm")


def _same(name: str, level: Draft) -> bool:
    if level.level.family == "ratio" and SHARE[0] in level.name and not set("占比").intersection(name):
        return False  # 盗窃案（占发案的30%）下降5%: what has the share, not the share
    act = _ACT.fullmatch(name)
    if act is not None and level.level.unit in _CASES:
        closed = _CLOSED.search(level.name) is not None
        return (not closed and _TAKEN.search(level.name) is not None) if act["taken"] else closed  # 受理后审结 is closed
    if level.level.unit and name.removesuffix("数") == level.level.unit:
        return True  # 货物214批次，批次数下降12.6%
    if level.level.unit in _PERSONS and len(name) == 2 and name[1] in _PERSONS and level.name.startswith(name[0]):
        return True  # 抓获嫌疑人90名，同比多抓20名
    name = _HARM.get(name, name)
    measure, unit = _LIST_MEASURE.search(name), level.level.unit or ""
    if measure is not None and measure.group().endswith("人数") and unit not in _PERSONS:
        return False  # 酒后驾车121起。酒后驾车致死人数下降18%
    if name in level.name or name in level.measured or (name.startswith(level.written) and len(level.written) > 3):
        return True  # 涉企行政检查频次 is another thing than 行政检查
    if measure is None:
        return False
    if measure.group() == "率" and level.level.family != "ratio":
        return False
    if name.endswith(_OF_CASES) and unit not in _CASES:
        return False
    core = set(name[: measure.start()]) - set("案件总其")
    return (bool(core) and core <= set(level.name)) or (unit != "" and _counts(name, level))


def _counts(name: str, level: Draft) -> bool:
    """Whether a count told without what may be a level's: 金额 is one of money, 次数 one of times."""
    if name not in _COUNTS:
        return name.removeprefix(CASE) in _COUNTS and level.level.unit in _CASES  # 案件数量, 案件总量
    units = measures()[parse(name).measure or "数"].units
    return not units or level.level.unit in units or (name == _TIMES and level.level.unit in _CASES)  # 火灾30起，次数下降4%


_OF_CASES = tuple(count for count in words("counts_of") if count[0] in _CASES)


def told_of_all(subject: str, levels: list[Draft], group: list[ChangeDraft]) -> list[Draft]:
    """As many levels as a subject says that there are figures: 事故30起，死亡9人，伤18人，损失4万元，四项指数同比分别下降…"""
    said = _SO_MANY_FIGURES.fullmatch(subject) if len(group) > 1 else None
    fresh = [level for level in levels if level.change is None]
    if said is None or len(fresh) < len(group):
        return []
    many = said["so_many"] or said["many"]
    if many is not None and parse_either(many) != len(group):
        return []
    return fresh[: len(group)] if said["first"] else fresh[-len(group) :]  # 甲9件、乙5件、丙3件，前两者（三者）分别下降…


_SO_MANY_FIGURES = grammar.compiled("so_many_figures")


def named_before(s: Sentence, subject: str, group: list[ChangeDraft]) -> list[Draft]:
    """The levels of the sentence before that this one names again: …共受理5件，审结4件。与上年相比，受案增加1件，结案增加2件."""
    before = s.context.levels
    if not before or change_is_dated(s):
        return []
    names = naming.split_names(subject)
    if len(names) != len(group) or any(len(name) < 2 for name in names):
        return []
    found: list[Draft] = []
    for name, change in zip(names, group, strict=True):
        fits = [level for level in before if _may_move(level, change) and _same(name, level)]
        exact = [level for level in fits if name in (level.name, level.measured, level.written)] or fits
        if len(exact) != 1 or exact[0] in found:
            return []
        found += exact
    return found


def new_topic(s: Sentence) -> str:
    """What the clause before turns to, where a change behind it names nothing: 行劫案658宗，下降25.2%；至于爆窃案，则上升3%."""
    low, high = s.last_clause
    if s.group_clause != s.clause_begin:
        return ""
    if (found := _TURNS_TO.match(s.text, low, high)) is not None:
        return s.name_in(found.end(), high)
    return moved_most(s)


_TURNS_TO = grammar.compiled("turns_to")


def change_is_dated(s: Sentence) -> bool:
    """Whether the changes of a sentence are of a period that it prints itself."""
    return any(period is not None and period.start >= s.start for period in (s.clause_period, s.period))


def _may_move(level: Draft, change: ChangeDraft) -> bool:
    """Whether a change can be a level's: points are a rate's, and so many cases are no people's."""
    if change.kind == "percentage_points":
        return level.level.family == "ratio"
    if change.kind == "absolute":
        return _has_unit_of(level, change)
    return level.level.family != "ratio" and (level.change is None or level.change.kind != "percent")


def _has_unit_of(level: Draft, change: ChangeDraft) -> bool:
    """Whether a change in numbers has the unit of a level, or none: 52件 are not how many more people came to harm."""
    return change.kind != "absolute" or change.size.unit in (None, level.level.unit)


def levels_before(s: Sentence, group: list[ChangeDraft]) -> list[Draft]:
    """The levels of the sentence before, where this one only goes on with their changes: …起，死亡9人。与上年同期相比，分别下降5%和10%。"""
    before = s.context.levels
    if before and _tells_another_time(s, before[-1]):
        return []
    if s.back and not s.drafts and len(group) == 1 and before:
        return [s.back[-1][1]]  # 同比增加10件，上升5%
    if s.drafts or not before or len(group) > len(before) or any(level.change is not None for level in before):
        return []
    if len(group) == 1:
        return list(before) if len(before) == 1 else []
    return list(before) if len(group) == len(before) and not s.back else []


def _tells_another_time(s: Sentence, level: Draft) -> bool:
    """Whether a sentence prints a time of its own, which is not that of a level before it: 2020年立案312件。2021年比2020年下降5%."""
    own = s.clause_period or s.period
    if own is None or own.start < s.start:
        return False
    return level.period is None or s.text[own.start : own.end] != s.text[level.period.start : level.period.end]


def before_bracket(s: Sentence, levels: list[Draft], points: bool) -> Draft | None:
    """The level before a bracket that names a part of it: 行政案件36件（包括非诉审查案件5件，同比下降10%）."""
    if not s.outside or _tells_of_whole_behind(s):
        return None
    if not _PARTS.match(s.text, s.outside[-1].opened + 1) and not _make_the_whole(s, levels):
        return None
    if points and levels[-1].level.family == "ratio":
        return None  # 结案率82%（其中调解310件，调撤率64%，下降2个百分点）
    whole = next((d for d in reversed(s.drafts) if d.quantity is not None and d.end == s.outside[-1].opened), None)
    return whole if whole is not None and whole.change is None and levels[-1].anchor > s.outside[-1].opened else None


_PARTS = grammar.compiled("parts_follow")


def _tells_of_whole_behind(s: Sentence) -> bool:
    """Whether a change follows the bracket that is open, so that those in it are its parts': 收案90件（其中刑事30件，同比上升5%），同比下降3%."""
    closed, depth = len(s.tokens), 0
    for at, token in enumerate(s.tokens):
        if token.start <= s.outside[-1].opened or token.kind != "separator":
            continue
        depth += (token.meaning in _OPENING) - (token.meaning in _CLOSING)
        if depth < 0:
            closed = at
            break
    behind = [t for t in s.tokens[closed + 1 : closed + 3] if t.meaning not in _COMMAS]
    return bool(behind) and behind[0].kind in _OF_CHANGES and behind[0].start - s.tokens[closed].end < _NEAR


_OPENING, _CLOSING = frozenset("（("), frozenset("）)")
_COMMAS, _OF_CHANGES, _NEAR = ("，", ","), frozenset(("basis", "change", "compare")), 3


def _make_the_whole(s: Sentence, levels: list[Draft]) -> bool:
    """Whether the levels in a bracket are all the parts of the one before it: 其他案件3件（公示催告1件，破产2件，同比增长50%）."""
    opened = s.outside[-1].opened
    whole = next((d for d in reversed(s.drafts) if d.quantity is not None and d.end == opened), None)
    parts = [d for d in levels if d.anchor > opened]
    if whole is None or len(parts) < 2 or any(d.level.unit != whole.level.unit for d in parts):
        return False
    return sum(d.level.value or 0 for d in parts) == whole.level.value


def of_no_other_year(s: Sentence, levels: list[Draft]) -> list[Draft]:
    """The levels but those of other years than the clause of a change prints: 1981至1982年批捕413人…；1982年批捕数增加12.9%."""
    own = s.clause_period
    years = set(years_in(s.text[own.start : own.end])) if own is not None and own.start >= s.clause_begin else set()
    if not years:
        return levels
    printed = [(level, level.period and set(years_in(s.text[level.period.start : level.period.end]))) for level in levels]
    return [level for level, theirs in printed if not theirs or theirs == years]


def of_listed_years(s: Sentence, group: list[ChangeDraft], levels: list[Draft]) -> list[Draft]:
    """The levels of the years that are listed before as many changes, none where they are not.

    2018年31起，2019年35起，2020年38起，2019年、2020年分别上升12.9%和8.6%
    """
    begin = s.text.rfind("，", s.start, group[0].start) + 1
    periods = [token for token in s.tokens if token.kind == "period" and begin <= token.start < group[0].start] if begin else []
    listed = [years_in(s.text[token.start : token.end]) for token in periods]
    if len(listed) < 2 or len(listed) != len(group):
        return []
    by_year = {tuple(years_in(s.text[level.period.start : level.period.end])): level for level in levels if level.period is not None}
    return [by_year[key] for years in listed if (key := tuple(years)) in by_year]
