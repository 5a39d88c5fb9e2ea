"""The name of a figure, put together from the words of its row, its column and the table's title, in the way prose names it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ...lexicon.classes import heads
from ...lexicon.parts import parse
from ...lexicon.wordlists import words
from .. import naming
from ..grammar import compiled
from .values import Unit
from .words import is_kind

CASES, ALL_SORTS = "案件", "各类"
_MEASURED, _GROUP_MEASURE = compiled("measured_behind"), compiled("group_measure")
_PLACE, _NO_PLACE = compiled("place_label"), compiled("no_place")
_ORGAN, _WHOLE_PLACE = compiled("organ_label"), compiled("whole_place_label")
_MONEY = compiled("money_by_name")
_DEED, _DONE, _ACT = compiled("deed_of_a_subject"), compiled("deed_behind_cases"), compiled("act_in_a_name")
_HARM_BEHIND, _HAS_SORTS = compiled("harm_behind_a_subject"), compiled("thing_that_has_sorts")
_INSTANCE = compiled("instance_alone")
_SORT, _CASES_OF_NO_KIND = compiled("cases_of_a_sort"), compiled("cases_of_no_kind")
_NUMBER, _AMOUNT = "数", "量"
# A head longer than this says more than what was done.
LONGEST_DEED = 6
PERSONS = ("人", "名", "人次")
RATES = words("rates")
ENDS_OF_MEASURES = (_NUMBER, "额", _AMOUNT, *RATES)


@lru_cache(maxsize=1 << 14)
def place_of(label: str) -> str | None:
    """The place or organ that a label, as a whole, is; None for other words.

    >>> place_of("青溪县"), place_of("河口区人民法院"), place_of("全市"), place_of("盗窃案件"), place_of("城市")
    ('青溪县', '河口区人民法院', '全市', None, None)
    """
    if _WHOLE_PLACE.fullmatch(label) or _ORGAN.fullmatch(label):
        return label
    if _PLACE.fullmatch(label) and len(label) > 2 and not _NO_PLACE.fullmatch(label):
        return label
    return None


def names_place(head: str) -> bool:
    """Whether a head says that what stands under it are places or organs."""
    return is_kind(head, "place_column")


def is_bare(name: str) -> bool:
    """Whether a name says what was done or measured and not to what, so that title or row must say it.

    >>> is_bare("新收"), is_bare("死亡人数"), is_bare("刑事案件立案数")
    (True, True, False)
    """
    core = _MEASURED.sub("", name) or name
    if name.endswith(RATES) and len(name) < 5:
        core = name[: -max(len(rate) for rate in RATES if name.endswith(rate))] or core
    return (
        is_kind(name, "measure")
        or is_kind(core, "measure")
        or is_kind(core, "bare")
        or (naming.is_bare(core) and not core.endswith(("案件", "事故")))
    )


def shared_subject(columns: Sequence[tuple[str, ...]], subject: str) -> str:
    """The subject of a title, cases, where most columns say only what was done with them: then the others do too (受理, 审结, 收到申请); else ""."""
    bare = sum(1 for names in columns if names and all(map(is_bare, names)))
    return subject if subject.endswith(CASES) and len(columns) > 2 and 2 * bare > len(columns) else ""


def says_what_was_done(name: str) -> bool:
    """Whether a name says what was done or measured: 立案, 抓获嫌疑人, 结案率; not 盗窃案件."""
    return is_bare(name) or _ACT.search(name) is not None or is_measured(name) or name.endswith(RATES) or parse(name).act is not None


def says_no_thing(names: Sequence[str]) -> bool:
    """Whether the words of a column name nothing of their own that is counted: 收到申请."""
    return len(names) == 1 and len(names[0]) < LONGEST_DEED and not is_bare(names[0]) and not naming.has_head(names[0])


def is_measured(name: str) -> bool:
    """Whether a name ends in what is measured: 受理数."""
    return _MEASURED.search(name) is not None


def compose(row: Sequence[str], column: Sequence[str], subject: str, divided: str = "") -> str:
    """The name that the words of a row and of a column make: what it was done to, what was done, what is measured.

    `divided` says that rows or columns are the sorts of the subject (行政处罚 of 行政复议案件涉及事项), and so no name without it, or its ways.

    >>> compose(["刑事案件"], ["收案"], ""), compose(["收案"], ["刑事案件"], ""), compose(["死亡人数"], [], "交通事故")
    ('刑事案件收案', '刑事案件收案', '交通事故死亡人数')
    >>> compose(["扣押"], ["行政强制办理件数"], ""), compose(["民事案件"], ["结案率", "一审"], "")
    ('扣押行政强制办理件数', '民事案件一审结案率')
    """
    row, column = ([word for word in _without_topics(path) if not is_kind(word, "whole") or is_kind(word, "subtotal")] for path in (row, column))
    if subject.endswith(CASES) or any(word.endswith(CASES) for word in (*row, *column)):
        row, column = ([_without_cases(word) for word in path] for path in (row, column))
    said = _distinct([*row, *column])
    harmed = any(map(naming.is_harm, said))
    subject = _HARM_BEHIND.sub("", subject) if harmed else subject
    things = [word for word in said if not is_bare(word) or is_kind(word, "attribute")]
    deeds = [word for word in said if word not in things and not is_kind(word, "measure")]
    deeds.sort(key=lambda word: _INSTANCE.fullmatch(word) is None)  # 一审 before 旧存, and before 结案率
    measures = [word for word in said if is_kind(word, "measure")]
    amount = not row and bool(things) and (things[-1].endswith(ENDS_OF_MEASURES) or measures_money(things[-1]))  # 标的额 in a row of totals
    if divided and subject and not (harmed or amount) and not (_named(row) and _named(column)) and (things or row or (divided == "across" and deeds)):
        return _kind_of_subject([*things, *deeds], measures, subject)
    of_ways = divided == "ways" or (divided == "sorts" and harmed)
    if of_ways and subject and things and _are_kinds(row, things) and not any(map(says_what_was_done, things)):
        things = [_kind_of_subject(things, (), subject)]
    counted = not deeds or (harmed and not is_measured(subject))
    if subject and counted and things and all(is_kind(word, "attribute") for word in things):
        things = ["".join(things) + subject]  # 女性 under 在囚人数
    things, deeds = _of_its_cases([_of_the_subject(thing, subject, len(things) > 1) for thing in things], deeds, subject)
    things = _measured_last(things, deeds)
    if things and not deeds and not any(_ACT.search(word) for word in said):
        deeds = _deeds_of(subject, things[-1])
    if not things and subject and not (deeds and _adds_nothing(subject)) and not any(subject in deed or _is_whole_act(deed) for deed in deeds):
        things = [_DONE.sub("", subject) if deeds else subject]
    elif len(things) == 1 and (whole := _with_its_event(things[0], subject)):
        things = [whole]
    behind = bool(things) and (_MEASURED.search(things[-1]) is not None or things[-1].endswith(ENDS_OF_MEASURES))
    name = "".join((*things[:-1], *deeds, things[-1]) if behind else (*things, *deeds))
    if measures and (not name.endswith(ENDS_OF_MEASURES) or (name.endswith(_AMOUNT) and not is_measured(name))):
        name += _without_repeat(name, measures[-1])  # but no 件数 behind 收案数; 质量 is no measure
    return name


def _without_cases(word: str) -> str:
    """What was done with cases that another word names: 收案 of 案件收案."""
    deed = word.removeprefix(CASES)
    return deed if deed != word and len(deed) > 1 and is_bare(deed) and not is_kind(deed, "measure") else word


def _is_whole_act(deed: str) -> bool:
    """Whether a deed names the law it is done by, and so needs no subject: 行政处罚, 刑事拘留."""
    return any(is_kind(deed[:size], "case_kind") and is_kind(deed[size:], "bare") for size in range(2, len(deed) - 1))


def _deeds_of(subject: str, thing: str) -> list[str]:
    """What a title says was done with what its rows name: 盗窃案件 under 刑事立案统计表, or cases of any sort under 结案情况."""
    done = _DEED.search(subject.removesuffix(_NUMBER))
    if done is not None:
        return [done["deed"]]
    return [subject] if is_kind(subject, "bare") and _SORT.search(thing) else []


def _is_of_no_kind(thing: str) -> bool:
    return _CASES_OF_NO_KIND.fullmatch(thing) is not None and is_bare(thing[:2]) and not is_kind(thing[:2], "case_kind")


def _of_its_cases(things: list[str], deeds: list[str], subject: str) -> tuple[list[str], list[str]]:
    """Cases of no kind, with what was done with them (受理案件), as those of the subject: 法律援助案件, 受理."""
    at = next((i for i, thing in enumerate(things) if _is_of_no_kind(thing)), None)
    if at is None or not _has_cases(subject):
        return things, deeds
    cases = subject if subject.endswith(CASES) else subject + CASES
    return [*things[:at], cases, *things[at + 1 :]], [*deeds, things[at][:2]]


def _of_the_subject(thing: str, subject: str, counted: bool = False) -> str:
    """Cases of a kind, under a subject that cases are brought for, as those of it: 民事(案件) under 法律援助 is 民事法律援助(案件).

    `counted` says that something else names what is counted of it (案件, 受援人).
    """
    kind = thing.removesuffix(CASES)
    alone = kind == thing  # 民事
    if kind in subject or (alone and counted) or not (is_kind(kind, "case_kind") or (kind == ALL_SORTS and not alone)):
        return thing
    if not alone and _HAS_SORTS.search(subject):
        return subject if kind == ALL_SORTS else kind + subject  # 刑事警情
    if not _has_cases(subject) or subject.endswith(CASES):
        return thing
    return f"{'' if kind == ALL_SORTS else kind}{subject}{'' if alone or counted else CASES}"


def _has_cases(subject: str) -> bool:
    """Whether a subject is cases, or what they are brought for (法律援助), and not what is done with them (刑事立案)."""
    said = parse(subject)
    return subject.endswith(CASES) or (said.act is not None and said.object is None and _DEED.search(subject) is None and not is_bare(subject))


def _adds_nothing(subject: str) -> bool:
    """Whether a subject is itself what is done with cases (收案, 立案数) or an amount of money, and so none of what else is done or paid."""
    return (is_bare(subject) and _MEASURED.sub("", subject).endswith("案")) or _MONEY.search(subject) is not None


def _with_its_event(name: str, subject: str) -> str:
    """A measure of the event of a subject, which it calls by its last word, with all of it: 事故起数 of 道路交通事故; "" for any other."""
    if name in heads() and heads()[name].kind == "event" and subject.endswith(name):
        return subject
    shared = next((size for size in range(min(len(name), len(subject)) - 1, 1, -1) if subject.endswith(name[:size])), 0)
    return subject + name[shared:] if shared and is_kind(name[shared:], "measure") else ""


def _named(path: Sequence[str]) -> bool:
    """Whether some words name more than a measure."""
    return any(not is_kind(word, "measure") and not is_kind(word, "whole") for word in path)


def _are_kinds(row: Sequence[str], things: Sequence[str]) -> bool:
    """Whether the row alone names things, whose column says what was done with them or measured: 电气 | 损失 of 火灾."""
    return all(thing in row for thing in things)


def _kind_of_subject(kinds: Sequence[str], measures: Sequence[str], subject: str) -> str:
    """A kind before the subject it is one of, once where both end alike: 刑事 + 法律援助案件, 盗窃案件 + 刑事案件."""
    kind = "".join(_of_the_subject(word, subject) for word in kinds if word not in subject)
    name = kind if kind and kind.endswith(subject[-2:]) else kind + subject
    return name + _without_repeat(name, measures[-1]) if measures else name


def _without_topics(path: Sequence[str]) -> list[str]:
    return [word for i, word in enumerate(path) if i == len(path) - 1 or not is_kind(word, "topic")]


def _distinct(said: list[str]) -> list[str]:
    """Words without those that another of them holds (刑事案件 beside 刑事案件收案)."""
    found: list[str] = []
    for i, word in enumerate(said):
        if word and word not in found and not any(word != other and word in other and i < j for j, other in enumerate(said)):
            found.append(word)
    return found


def _measured_last(things: list[str], deeds: list[str]) -> list[str]:
    """What is counted before its parts; a group that names a measure stands behind the part, and without it where the part names its own."""
    at = next((i for i, thing in enumerate(things) if _MEASURED.search(thing)), len(things))
    if len(things) - at + len(deeds) < 2 or at == len(things):
        return things
    outer, (group, *parts) = things[:at], things[at:]
    if any(_MEASURED.search(part) or part.endswith(ENDS_OF_MEASURES) for part in (*parts, *deeds)):
        return [*outer, _GROUP_MEASURE.sub("", group), *parts]
    shared = next((n for n in range(len(group) - 1, 1, -1) if parts and parts[-1].endswith(group[:n])), 0)
    return [*outer, *parts, group[shared:]]


def _without_repeat(name: str, measure: str) -> str:
    """件数 behind 收案 as it is, and behind 投诉件数 not again; 案件数 behind 刑事案件 as 数; 件 and 人 as 件数 and 人数."""
    measure = measure + _NUMBER if measure in ("件", "人", "起") else measure
    for size in range(min(len(name), len(measure)), 0, -1):
        if name.endswith(measure[:size]):
            return measure[size:]
    return measure


def finished(name: str, unit: Unit | None) -> str:
    """A name completed with what is measured, as prose names it (naming.with_measure)."""
    return naming.with_measure(name, unit.name if unit else None, unit.family if unit else None)


def measures_money(name: str) -> bool:
    """Whether what a name says is measured is an amount of money.

    >>> measures_money("罚没金额"), measures_money("罚没件数")
    (True, False)
    """
    return _MONEY.search(name) is not None and not name.endswith((_NUMBER, *PERSONS))
