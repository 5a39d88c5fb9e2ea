"""What a name is made of: act x object x measure, with qualifiers, organ and place; one identity for all ways of saying it.

The words are those of the lists beside this module. Nothing that tells indicators apart is dropped: a negation, a bound, an instance and
what no list knows are all part of the identity; silent words, the document's own place and heads that add nothing are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from . import classes
from .segmenting import Segment, segments

__all__ = ["Parts", "identity", "measure_of", "parse", "roles"]

# What stands before an act undoes it.
NEGATIONS = ("不予", "免予", "尚未", "没有", "不", "未", "无", "非")
SHARE = "占"
# No name is longer: what is, is kept whole and not parted, since parting takes longer than in proportion.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a name, each by its canonical Chinese word.

    `measure` is a word of measures.yml or the unit with 数 (枚数), "" where neither name nor unit says what is counted; `rest` is what no
    list has; `spoken` keeps silent words that a composed name says (各类) and tells nothing apart.
    """

    act: str | None = None
    object: str | None = None
    measure: str = ""
    qualifiers: tuple[str, ...] = ()
    organ: str | None = None
    place: str | None = None
    rest: str = ""
    topics: tuple[str, ...] = ()
    head: str | None = None
    spoken: tuple[str, ...] = field(default=(), compare=False)

    @property
    def identity(self) -> str:
        """One string for all names of these parts.

        >>> {parse(name).identity for name in ("刑事案件立案数", "立刑事案件", "刑事案件立案", "立案刑事案件数")}
        {'立案·刑事案件·件数'}
        """
        what = self.object or self.rest
        more = (*sorted(self.qualifiers), self.organ, self.place, self.rest if self.object else None)
        return "·".join(part for part in (self.act, what, self.measure, *more) if part)


@lru_cache(maxsize=65536)
def parse(name: str, unit: str | None = None) -> Parts:
    """Part a name; `unit` is the printed one, None or "" where only a change is printed.

    >>> parse("刑事二审案件新收数", "件").identity, parse("决定不起诉人数").identity
    ('收案·刑事案件·件数·二审', '不起诉·人数')
    >>> parts = parse("抓获电信网络诈骗犯罪嫌疑人数", "名")
    >>> parts.act, parts.topics, parts.head, parts.measure
    ('抓获', ('电信网络诈骗',), '犯罪嫌疑人', '人数')
    """
    words = classes.plain(name)
    if len(words) > LONGEST:
        return Parts(rest=words)
    part, share, whole = words.partition(SHARE)
    if share and part and whole and not _listed(words, len(part)):
        return _share(part, whole)
    return _read(segments(words), unit)


def _listed(words: str, at: int) -> bool:
    """Whether the sign at a place is inside a word of the lists."""
    end = 0
    for segment in segments(words):
        end += len(segment.text)
        if end > at:
            return bool(segment.readings)
    return False


def _share(part: str, whole: str) -> Parts:
    """A占B比重: the share of A, in what B names."""
    of = _read(segments(whole), None)
    among = replace(of, measure="").identity
    own = _read(segments(part), None)
    measure = of.measure if of.measure in classes.measures() and classes.measures()[of.measure].rate else "占比"
    return replace(own, measure=measure, qualifiers=(*own.qualifiers, SHARE + among) if among else own.qualifiers)


def identity(name: str, unit: str | None = None) -> str:
    """`Parts.identity` of a name as extracted; the plain name itself where it has no parts at all, "" for "".

    >>> identity("立刑事案件", "起"), identity("")
    ('立案·刑事案件·件数', '')
    """
    return parse(name, unit or None).identity or classes.plain(name)


class _Reading:
    """The words of one name, sorted by what they are."""

    def __init__(self) -> None:
        self.acts: list[tuple[str, bool]] = []
        self.topics: list[str] = []
        self.heads: list[str] = []
        self.qualifiers: list[str] = []
        self.spoken: list[str] = []
        self.rest: list[str] = []
        self.measure = ""
        self.organ: str | None = None
        self.place: str | None = None


@lru_cache(maxsize=16384)
def roles(name: str) -> tuple[tuple[str, str], ...]:
    """The words of a name in its order, each with what it is there: (class, canonical word); "rest" is what no list has.

    >>> roles("不予公布刑事案件数")
    (('act', '不公开'), ('topic', '刑事'), ('head', '案件'), ('measure', '数'))
    """
    return tuple(_roles(segments(classes.plain(name))))


def _roles(cut: Sequence[Segment]) -> Iterator[tuple[str, str]]:
    """Each segment as what it is at its place; what negates an act is part of the act."""
    found = [_role(cut, at) for at in range(len(cut))]
    negated = False
    for at, (kind, key) in enumerate(found):
        leads = kind == "rest" and at + 1 < len(cut) and found[at + 1][0] == "act"
        negation = next((word for word in NEGATIONS if key.endswith(word)), "") if leads else ""
        if negation:
            negated = True
            if left := key.removesuffix(negation):
                yield "rest", left
            continue
        yield kind, "不" + key if negated and kind == "act" else key
        negated = False


def _read(cut: Sequence[Segment], unit: str | None) -> Parts:
    found = _Reading()
    said = list(_roles(cut))
    for at, (kind, key) in enumerate(said):
        _sort(found, kind, key, before_head=at + 1 < len(said) and said[at + 1][0] == "head")
    return _parts(found, unit)


def _sort(found: _Reading, kind: str, key: str, before_head: bool) -> None:
    if kind == "act":
        found.acts.append((key, before_head))
    elif kind == "topic":
        if key not in found.topics:
            found.topics.append(key)
    elif kind == "head":
        found.heads.append(key)
    elif kind == "measure":
        found.measure = key
    elif kind == "organ":
        found.organ = key
    elif kind == "place":
        found.place = key
    elif kind == "rest":
        found.rest.append(key)
    elif kind == "qualifier":
        entry = classes.qualifiers().get(key)
        if entry is None or not entry.silent:
            found.qualifiers.append(key)
        elif entry.spoken:
            found.spoken.append(key)


def _role(cut: Sequence[Segment], at: int) -> tuple[str, str]:
    """What a segment is at its place, with its canonical word: the same word is a topic before a head (行政处罚案件) and an act without one."""
    segment = cut[at]
    if not segment.readings:
        return "rest", segment.text
    if len(segment.readings) == 1:
        return segment.readings[0]
    kinds = dict(reversed(segment.readings))
    behind = next((other for other in cut[at + 1 :] if other.key("qualifier") is None and other.key("whole") is None), None)
    leads = behind is not None and bool({"head", "topic"} & dict(behind.readings).keys())
    if "topic" in kinds and (
        leads or not kinds.keys() & {"act", "head"} or (behind is not None and behind.key("act") is not None and "act" in kinds)
    ):
        return "topic", kinds["topic"]
    if {"act", "head"} <= kinds.keys():
        first = all(other.key("whole") is not None or other.key("organ") or other.key("qualifier") for other in cut[:at])
        return ("act", kinds["act"]) if first and leads else ("head", kinds["head"])
    order = (
        ("measure", "act", "head", "organ", "whole", "place", "qualifier")
        if behind is None
        else ("act", "head", "organ", "whole", "place", "qualifier", "measure")
    )
    kind = next(kind for kind in order if kind in kinds)
    return kind, kinds[kind]


def _parts(found: _Reading, unit: str | None) -> Parts:
    act, other_acts = _main(found.acts)
    measure = measure_of(found.measure, unit) or _own_measure(found, act)
    topics, head = _object(found, act, measure)
    entry = classes.acts().get(act or "")
    if entry is not None and entry.holds and not topics and head is None and not found.rest and not found.heads:
        held = segments(entry.holds)
        topics, head = tuple(key for s in held if (key := s.key("topic"))), next((key for s in held if (key := s.key("head"))), None)
    return Parts(
        act=act,
        object="".join((*topics, head or "")) or None,
        measure=measure,
        qualifiers=tuple(dict.fromkeys((*found.qualifiers, *other_acts))),
        organ=found.organ,
        place=found.place,
        rest="/".join(found.rest),
        topics=topics,
        head=head,
        spoken=tuple(found.spoken),
    )


def _main(said: list[tuple[str, bool]]) -> tuple[str | None, list[str]]:
    """The act of a name, and the others: 抗诉 in 受理抗诉案件 and 抗诉案件受理数 only says which cases."""
    listed = classes.acts()
    if any(act in listed and listed[act].stage for act, _ in said):
        said = [(act, before) for act, before in said if act not in ("受理", "收到")] or said
    if not said:
        return None, []
    free = [act for act, before_head in said if not before_head]
    main = free[-1] if free else said[0][0]
    return main, [act for act, _ in said if act != main]


def _own_measure(found: _Reading, act: str | None) -> str:
    """The measure of what is counted, where neither the name nor a unit says one."""
    if said := measure_of(found.measure, None):
        return said
    kinds = [classes.heads()[head].kind for head in found.heads[-1:]] or ["case" for topic in found.topics[-1:] if classes.topics()[topic].crime]
    kinds = kinds or [kind for key in found.qualifiers if (entry := classes.qualifiers().get(key)) and (kind := entry.kind)]
    done = classes.acts().get(act or "")
    if not kinds and done is not None:
        kinds = ["case"] if done.holds else []
    # A count of suspects may be of the people or of their cases.
    if not kinds or (done is not None and done.suspects and not found.measure and not found.heads):
        return ""
    return next((key for key, measure in classes.measures().items() if kinds[0] in measure.kinds), "")


def _object(found: _Reading, act: str | None, measure: str) -> tuple[tuple[str, ...], str | None]:
    """Topics and head, without heads that add nothing: 犯罪 of 毒品犯罪案件, and 犯罪嫌疑人 of what can be done to suspects only."""
    heads, topics = list(found.heads), tuple(found.topics)
    listed, entry = classes.heads(), classes.acts().get(act or "")
    crime = any(classes.topics()[topic].crime for topic in topics) or "刑事" in topics
    if len(heads) > 1 and crime:
        heads = [head for head in heads[:-1] if head != "犯罪"] + heads[-1:]
    if entry is not None and entry.suspects:
        heads = [head for head in heads if not listed[head].bare]
        return tuple(topic for topic in topics if topic != "刑事" or heads or len(topics) > 1), "".join(heads) or None
    alone = any(classes.topics()[topic].kind for topic in topics)
    if topics and measure == "件数" and not alone and heads in ([], ["犯罪"]) and not found.rest:
        heads = ["案件"]
    return topics, "".join(heads) or None


def measure_of(said: str, unit: str | None) -> str:
    """The measure a name and a unit say together: the name's own where the unit fits it, else the unit's family.

    said: a key of measures.yml or "". Returns "" where neither says any.

    >>> measure_of("", "起"), measure_of("占比", "%"), measure_of("人数", "件"), measure_of("数", "枚"), measure_of("数", None)
    ('件数', '占比', '件数', '枚数', '')
    """
    listed = classes.measures()
    said = listed[said].same or said if said in listed else said
    if not unit:
        return "" if said in ("数", "") else said
    if said in listed and unit in listed[said].units:
        return said
    family = next((key for key, measure in listed.items() if unit in measure.units and (not measure.rate or key == "率")), None)
    if family == "率" and said in listed and listed[said].rate:
        return said
    return family or unit + "数"
