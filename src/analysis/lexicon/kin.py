"""What one indicator is to another by their parts: steps of one matter, opposites, cases and people, part and whole, a rate and its sides.

It holds for any object the lists know or do not know; nothing here looks at numbers, places, periods or whose figures they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from . import classes
from .parts import Parts

__all__ = ["Kin", "kin", "relations", "with_act"]

CASES, PEOPLE, RATE = "件数", "人数", "率"


@dataclass(frozen=True, slots=True)
class Kin:
    """What `parts` is to the indicator it was asked for.

    kind     earlier, later   a step of the same matter: a later one has no more than an earlier one, where `sure`
             opposite         the same thing left undone: 不起诉 beside 起诉; neither is a part or a step of the other
             people, cases    the people in these cases, the cases of these people: at least one person a case, where `sure`
             whole, part      the same without, or with, something that narrows it
             numerator, denominator, rate   a rate and its two sides
    sure     nothing but an error can break the rule of the kind; not sure: what came in new leaves out what was carried over
    """

    kind: str
    parts: Parts
    sure: bool = True


def relations(parts: Parts) -> tuple[Kin, ...]:
    """Every indicator that the lists can name beside this one, by its parts, with what it is to it.

    Wholes are given, parts are not: what narrows a name is endless. Ask `kin` about two names that are there.

    >>> from .parts import parse
    >>> for k in relations(parse("刑事案件破案率", "%")): print(k.kind, k.parts.identity)
    numerator 破案·刑事案件·件数
    denominator 立案·刑事案件·件数
    denominator 立案侦查·刑事案件·件数
    denominator 发案·刑事案件·件数
    >>> for k in relations(parse("起诉毒品犯罪嫌疑人数", "人"))[1:5]: print(k.kind, k.parts.identity)
    earlier 审查起诉·毒品·人数
    later 判处·毒品·人数
    later 定罪·毒品·人数
    opposite 不起诉·毒品·人数
    """
    return _relations(parts)


@lru_cache(maxsize=4096)
def _relations(parts: Parts) -> tuple[Kin, ...]:
    found: list[Kin] = []
    entry = classes.acts().get(parts.act or "")
    if entry is not None and parts.measure == RATE:
        found += (Kin("numerator", replace(parts, measure=measure)) for measure in _counted(parts, entry))
        found += (Kin("denominator", with_act(parts, act, measure)) for measure in _counted(parts, entry) for act in _before(entry.key))
    elif entry is not None and _is_count(parts):
        found += (Kin("earlier", with_act(parts, act), sure=_holds_all(act)) for act in _before(entry.key))
        found += (Kin("later", with_act(parts, act), sure=_holds_all(entry.key)) for act in sorted(entry.next))
        found += (Kin("opposite", with_act(parts, act)) for act in _opposites(entry.key))
    if parts.measure == CASES and entry is not None and "person" in entry.done_to:
        found.append(Kin("people", replace(parts, measure=PEOPLE), sure=entry.suspects))
    if parts.measure == PEOPLE and entry is not None and "case" in entry.done_to:
        found.append(Kin("cases", replace(parts, measure=CASES), sure=entry.suspects))
    if parts.measure != RATE:
        found += (Kin("whole", whole) for whole in _wholes(parts))
    return tuple(found)


@lru_cache(maxsize=65536)
def kin(one: Parts, other: Parts) -> Kin | None:
    """What `other` is to `one`, None where the lists say nothing of the two.

    >>> from .parts import parse
    >>> def of(one, other): return (found := kin(parse(*one), parse(*other))) and (found.kind, found.sure)
    >>> of(("审结刑事案件", "件"), ("受理刑事案件", "件")), of(("审结刑事案件", "件"), ("新收刑事案件", "件"))
    (('earlier', True), ('earlier', False))
    >>> of(("起诉", "人"), ("不起诉", "人")), of(("起诉", "件"), ("起诉", "人"))
    (('opposite', True), ('people', True))
    >>> of(("刑事案件审结数", "件"), ("一审刑事案件审结数", "件")), of(("盗窃案件立案数", "起"), ("刑事案件立案数", "起"))
    (('part', True), ('whole', True))
    >>> of(("移送公安机关案件数", "件"), ("按日连续处罚案件数", "件")), of(("起诉", "人"), ("受理刑事案件", "件"))
    (None, None)
    """
    if one.identity == other.identity:
        return None
    found = next((k for k in relations(one) if k.parts.identity == other.identity and k.kind != "whole"), None)
    if found is not None:
        return found
    back = next((k for k in relations(other) if k.kind in ("numerator", "denominator") and k.parts.identity == one.identity), None)
    if back is not None:
        return Kin("rate", other)
    if _within(one, other):
        return Kin("whole", other)
    return Kin("part", other) if _within(other, one) else None


def _counted(parts: Parts, entry: classes.Act) -> tuple[str, ...]:
    """What a rate of this act counts: cases, people, or either."""
    head = classes.heads().get(parts.head or "")
    if head is not None and head.kind == "person":
        return (PEOPLE,)
    if entry.suspects and head is None:
        return (CASES, PEOPLE)
    return ("金额",) if head is not None and head.kind == "money" else (CASES,)


def with_act(parts: Parts, act: str, measure: str | None = None) -> Parts:
    """The same of another act; what only an act's own word holds (the cases of 结案) goes with the object."""
    return replace(parts, act=act, measure=measure or parts.measure)


def _before(act: str) -> list[str]:
    """The acts this one may come after."""
    return [key for key, entry in classes.acts().items() if act in entry.next]


def _opposites(act: str) -> list[str]:
    entry = classes.acts()[act]
    return list(dict.fromkeys(([entry.opposite] if entry.opposite else []) + [key for key, other in classes.acts().items() if other.opposite == act]))


def _holds_all(act: str) -> bool:
    """Whether an act's count holds all that a later step can be taken on: of new cases only, older ones are concluded too."""
    return classes.acts()[act].all


def _is_count(parts: Parts) -> bool:
    measure = classes.measures().get(parts.measure)
    each = any(entry.each for key in parts.qualifiers if (entry := classes.qualifiers().get(key)))
    return not each and (measure is None or not measure.rate)


def _wholes(parts: Parts) -> list[Parts]:
    """The same without one of its qualifiers, or without its topics."""
    if any(key.startswith("占") for key in parts.qualifiers):
        return []
    narrowing = [key for key in parts.qualifiers if (entry := classes.qualifiers().get(key)) is None or not entry.each]
    found = [replace(parts, qualifiers=tuple(k for k in parts.qualifiers if k != key)) for key in narrowing if key not in classes.acts()]
    if parts.topics and (parts.head is not None or _suspects(parts)):
        found += [replace(parts, topics=topics, object="".join((*topics, parts.head or "")) or None) for topics in _wider(parts)]
    return found


def _suspects(parts: Parts) -> bool:
    entry = classes.acts().get(parts.act or "")
    return entry is not None and entry.suspects


def _wider(parts: Parts) -> list[tuple[str, ...]]:
    """Topics that hold these: each crime is a part of crime (刑事), each of several without one of them, the last without any."""
    listed = classes.topics()
    found: list[tuple[str, ...]] = []
    if len(parts.topics) > 1:
        found += [tuple(t for t in parts.topics if t != topic) for topic in parts.topics]
    elif listed[parts.topics[0]].crime and parts.head == "案件":
        found.append(("刑事",))
    return [*found, ()] if len(parts.topics) == 1 else found


def _within(part: Parts, whole: Parts) -> bool:
    """Whether one narrows the other: more qualifiers, more topics, all else the same; a crime is within 刑事."""
    alike = ("act", "head", "measure", "organ", "place", "rest")
    same = all(getattr(part, name) == getattr(whole, name) for name in alike)
    if not same or not _is_count(part) or any(key.startswith("占") for key in (*part.qualifiers, *whole.qualifiers)):
        return False
    acts = classes.acts()
    more, less = set(part.qualifiers) - set(whole.qualifiers), set(whole.qualifiers) - set(part.qualifiers)
    if less or any(key in acts for key in more):
        return False
    topics, wider = set(part.topics), set(whole.topics)
    crime = wider == {"刑事"} and bool(topics) and all(classes.topics()[topic].crime for topic in topics)
    return (wider <= topics or crime) and (bool(more) or topics != wider)
