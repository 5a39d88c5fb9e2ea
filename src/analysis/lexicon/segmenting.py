"""Cut a name into the words of the lists: the fewest words that leave the least over, evenly long (新收 + 案件, not 新收案 + 件)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from .. import keeping
from . import classes, units

__all__ = ["Segment", "segments"]

# What a word costs, what each sign costs that is in no word, and how much an uneven cut costs more than an even one.
WORD, UNKNOWN, UNEVEN = 1000, 1600, 1
_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千]{1,4})"
_NUMERALS = frozenset("0123456789一二两三四五六七八九十百千")
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"两": "2"}


class Segment(NamedTuple):
    """One word of a name: its signs, and what it can be (class and canonical word); of no class where no list has it."""

    text: str
    readings: tuple[tuple[str, str], ...]

    def key(self, kind: str) -> str | None:
        """Its canonical word in a class, None where it is none of it."""
        for name, key in self.readings:
            if name == kind:
                return key
        return None


@cache
def _words() -> dict[str, Segment]:
    """Every spelling of every list with what it can be; of a name's words the segments are made once."""
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for kind, listed in (
        ("act", classes.acts()),
        ("head", classes.heads()),
        ("topic", classes.topics()),
        ("measure", classes.measures()),
        ("qualifier", classes.qualifiers()),
    ):
        for key, entry in listed.items():
            for spelling in entry.spellings:
                found[classes.plain(spelling)][kind, key] = None
    for spelling, kind, key in (*_organ_words(), *_place_words()):
        found[classes.plain(spelling)][kind, key] = None
    return {spelling: Segment(spelling, tuple(readings)) for spelling, readings in found.items()}


def _organ_words() -> Iterator[tuple[str, str, str]]:
    tiers = ("", "省", "市", "县", "区", "州")
    for entry in classes.organs().values():
        offices = {name: office for office, (names, _) in entry.offices.items() for name in names}
        yield from ((name, "organ", office) for name, office in offices.items())
        yield from ((tier + name, "organ", entry.title) for name in entry.zh for tier in tiers if tier + name not in offices)


def _place_words() -> Iterator[tuple[str, str, str]]:
    places = classes.places()
    for sort in ("whole", "levels"):
        yield from ((word, "whole", "") for word in (*places[sort]["zh"], *places[sort].get("more", ())))
    yield from ((word, "place", places["each"]["zh"][0]) for word in places["each"]["zh"])
    yield from ((word, "place", word) for sort in ("others", "provinces") for word in places[sort]["zh"])


@cache
def _bound() -> re.Pattern[str]:
    """A bound or a range that narrows a name: 五年以上, 三人以上, 14至16岁, 50万元以上."""
    unit = "|".join(map(re.escape, units.spellings()))
    reach = rf"以上|以下|以内|以外|至{_NUMBER}(?:{unit})"
    return keeping.pattern(
        rf"{_NUMBER}[万亿千百]?[多余]?(?:{unit})(?:[^一-鿿]|及|含)?(?:{reach})|{_NUMBER}(?:至|到|-|—|~){_NUMBER}(?:周岁|{unit})|[0-9]{{4}}年"
    )


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with two signs, or with one whatever follows: with most signs of a name none begins."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in _words():
        lengths[word[:2]].add(len(word))
    return {begin: tuple(sorted(found | lengths.get(begin[0], set()))) for begin, found in lengths.items()}


@cache
def _apart() -> dict[str, str]:
    return {act.apart: key for key, act in classes.acts().items() if act.apart}


@cache
def _named_place() -> re.Pattern[str]:
    listed = classes.places()["suffixes"]
    behind = "".join(f"(?<!{sign})" for sign in listed["not_behind"])
    before = "|".join(listed["not_before"])
    return re.compile(rf"[一-鿿]{{2,5}}?{behind}(?:{'|'.join(listed['zh'])})(?!{before})")


@lru_cache(maxsize=16384)
def segments(name: str) -> tuple[Segment, ...]:
    """Cut a plain name (`classes.plain`) into its words; what no list has stays as a segment without readings.

    >>> [segment.text for segment in segments("新收刑事案件数")], [segment.text for segment in segments("收缴雷管枚数")]
    (['新收', '刑事', '案件', '数'], ['收缴', '雷管', '枚', '数'])
    """
    words, lengths, apart, size = _words(), _lengths(), _apart(), len(name)
    costs = [0] + [UNKNOWN * 2 * (size + 1)] * size
    last: list[Segment | None] = [None] * (size + 1)
    for at, first in enumerate(name):
        cost, longest = costs[at], 0
        if cost + UNKNOWN < costs[at + 1]:
            costs[at + 1], last[at + 1] = cost + UNKNOWN, None
        for length in lengths.get(name[at : at + 2]) or lengths.get(first, ()):
            end = at + length
            word = words.get(name[at:end]) if end <= size else None
            if word is not None:
                longest, new = length, cost + WORD + UNEVEN * length * length
                # Of two cuts that are as good the one with the longer first word: 案件 + 数, not 案 + 件数.
                if new <= costs[end]:
                    costs[end], last[end] = new, word
        if first in _NUMERALS or (longest < 2 and (first in apart or at == 0)):
            before = last[at]
            for word in _others(name, at, longest, before.readings if before is not None else ()):
                end = at + len(word.text)
                new = cost + WORD + UNEVEN * len(word.text) ** 2
                if new <= costs[end]:
                    costs[end], last[end] = new, word
    return tuple(_joined(_cut(name, last)))


def _cut(name: str, last: list[Segment | None]) -> list[Segment]:
    """The segments of a name, by the word that ends best at each place; signs that are in no word stand together."""
    cut: list[Segment] = []
    end = len(name)
    while end:
        word, start = last[end], end
        if word is None:
            while start and last[start] is None:
                start -= 1
            word = Segment(name[start:end], ())
        cut.append(word)
        end -= len(word.text)
    return cut[::-1]


def _others(name: str, at: int, longest: int, before: tuple[tuple[str, str], ...]) -> Iterator[Segment]:
    """What no list spells out and may begin at a place: a bound, the sign of an act that stands apart, the name of a place."""
    if name[at] in _NUMERALS and (bound := _bound().match(name, at)):
        yield Segment(bound[0], (("qualifier", _in_figures(bound[0])),))
    if longest < 2 and name[at] in _apart() and "案" in name[at + 2 :] and (at == 0 or bool({"whole", "place", "organ"} & dict(before).keys())):
        yield Segment(name[at], (("act", _apart()[name[at]]),))
    if at == 0 and not longest and (place := _named_place().match(name)):
        yield Segment(place[0], (("place", place[0]),))


def _in_figures(bound: str) -> str:
    """五年以上 as 5年以上; numbers from ten on stay as they are written."""
    if re.search("[十百千]", bound):
        return bound
    return "".join(_DIGITS.get(sign, sign) for sign in bound)


# One-sign words that part what stands around them, in whatever name.
_PARTING = frozenset("的、和及与,:()")


def _joined(cut: list[Segment]) -> list[Segment]:
    """The segments with what no list has put together, and with it the one-sign silent words inside (被 of 被盗物品)."""
    swallowed = [len(segment.text) == 1 and _swallowed(cut, at) for at, segment in enumerate(cut)]
    if not any(swallowed):
        return cut
    joined: list[Segment] = []
    for at, segment in enumerate(cut):
        if segment.readings and not swallowed[at]:
            joined.append(segment)
        elif joined and not joined[-1].readings:
            joined[-1] = Segment(joined[-1].text + segment.text, ())
        else:
            joined.append(Segment(segment.text, ()))
    return joined


def _swallowed(cut: list[Segment], at: int) -> bool:
    """Whether a word of one sign is silent and stands beside what no list has."""
    key = cut[at].key("qualifier")
    if key is None or cut[at].text in _PARTING or not classes.qualifiers()[key].silent:
        return False
    return any(not segment.readings for segment in cut[max(at - 1, 0) : at + 2])
