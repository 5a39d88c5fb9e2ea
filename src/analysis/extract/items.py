"""Tell apart what several lines count under one name, each with a label of its own: 城区：火灾8起 / 农村：火灾9起 are 城区火灾 and 农村火灾."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ..lexicon.parts import roles
from .grammar import compiled
from .records import Statement

_ITEM, _HEADING = compiled("labelled_item"), compiled("labelled_heading")


class Item(NamedTuple):
    """A part of a text that a label stands over: what it says, how it is marked, and from where to where the part goes."""

    label: str
    form: str
    start: int
    end: int


def tell_apart(text: str, statements: list[Statement]) -> list[Statement]:
    """The statements of a text, those of labelled lines with the label in their names where one name would stand for several things."""
    if not _share_a_name(statements):
        return statements
    labels: dict[int, str] = {}
    placed = sorted(statements, key=_START)
    for run in _runs(text):
        within = [(item, one) for item in run for one in _between(placed, item.start, item.end)] if len(run) > 1 else []
        if _share_a_name([one for _, one in within], [item for item, _ in within]):
            labels |= {one.start: item.label for item, one in within if item.label[:2] not in one.indicator}
    return [one._replace(indicator=labels[one.start] + one.indicator) if one.start in labels else one for one in statements]


def _between(placed: list[Statement], start: int, end: int) -> list[Statement]:
    """Those of some statements, in their order, that begin between two places."""
    return placed[bisect_left(placed, start, key=_START) : bisect_left(placed, end, key=_START)]


_START = attrgetter("start")


def _share_a_name(statements: Sequence[Statement], items: Sequence[Item] | None = None) -> bool:
    """Whether two figures (of two items, where these are told) have all in common that tells figures apart, but differ."""
    seen: dict[tuple, tuple[Statement, Item | None]] = {}
    within: Sequence[Item | None] = items if items is not None else [None] * len(statements)
    for one, item in zip(statements, within, strict=True):
        other, its = seen.setdefault((one.indicator, one.unit, one.period, one.scope, one.kind), (one, item))
        if one.value != other.value and one.value is not None and (item is None or item != its):
            return True
    return False


def _runs(text: str) -> Iterator[list[Item]]:
    """The labelled parts of a text, those together that follow one another and are marked alike."""
    yield from (list(run) for _, run in groupby(_labelled(text), key=lambda item: item.form))
    parts = defaultdict(list)
    for item in _parts(text):
        parts[item.form].append(item)
    yield from parts.values()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Where each line of a text begins that is not empty, and what it says."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, line
        start += len(line)


def _labelled(text: str) -> Iterator[Item]:
    """Lines that begin with their label: 1.工矿商贸：事故18起; any other line is an item of a form of its own, which parts their runs."""
    for start, line in _lines(text):
        found = _ITEM.match(line)
        mark = found["mark"].strip() if found is not None else ""
        if found is None or not _names_a_thing(found["label"]) or (found["sign"] == _STOP and not mark):
            yield Item("", f"at {start}", start, start)
        else:
            kind = "number" if any(map(str.isdigit, mark)) else mark[:1]
            yield Item(found["label"], kind + found["sign"], start, start + len(line))


def _parts(text: str) -> Iterator[Item]:
    """Parts under a heading of their own that is a name: （一）商业场所 / 火灾18起."""
    found = [(start, heading) for start, line in _lines(text) if (heading := _HEADING.fullmatch(line.strip())) is not None]
    ends = [start for start, _ in found[1:]] + [len(text)]
    for (start, heading), end in zip(found, ends, strict=False):
        if _names_a_thing(heading["label"]):
            yield Item(heading["label"], "number" if heading["mark"][:1].isdigit() else heading["mark"][:1], start, end)


_STOP = "。"


def _names_a_thing(label: str) -> bool:
    """Whether a label names what something is of (工矿商贸, 餐饮服务), and not what was done (查办案件, 依法惩治)."""
    kinds = [kind for kind, _ in roles(label)]
    return "act" not in kinds[:-1] and not _DEEDS.issuperset(kinds)


_DEEDS = frozenset(("act", "qualifier"))
