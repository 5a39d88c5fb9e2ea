"""What is drawn in a chart: the marks, names, labels and ticks of each axes of an SVG that matplotlib wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from xml.etree import ElementTree

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COLOUR = re.compile(r"(?:fill|stroke): (#[0-9a-f]{6})")
# A number on an axis, as each language writes it.
_TICK = re.compile(r"[-−+]?[\d,.]+\s*(?:万|亿|%|‰|(?:thousand|million|billion)|)")
_INVISIBLE = re.compile(r"(?:opacity: 0(?![.\d])|visibility: hidden|display: none)")


@dataclass(frozen=True, slots=True)
class Label:
    """A text in a chart: its lines, where it stands, and its colour."""

    lines: tuple[str, ...]
    x: float
    y: float
    colour: str

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn for a figure: the box it fills, whether it is a line, and the centres of its markers."""

    left: float
    right: float
    top: float
    bottom: float
    is_line: bool
    markers: tuple[float, ...]


@dataclass(frozen=True)
class Axes:
    """One panel of a chart."""

    marks: list[Mark] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    x_ticks: list[Label] = field(default_factory=list)
    y_ticks: list[Label] = field(default_factory=list)

    @property
    def has_years(self) -> bool:
        """Whether the panel goes over years."""
        return len(self.x_ticks) >= 2 and all(re.fullmatch(r"(?:1[89]|20)\d\d", tick.text) for tick in self.x_ticks)

    @cached_property
    def rows(self) -> list[Label]:
        """The names at the left, where these are names."""
        return [tick for tick in self.y_ticks if not _TICK.fullmatch(tick.text)]

    @cached_property
    def _half_row(self) -> float:
        places = sorted(row.y for row in self.rows)
        return min((b - a for a, b in pairwise(places)), default=20.0) / 2

    def has_mark_at(self, row: Label) -> bool:
        """Whether something is drawn in that row alone."""
        return any(abs((mark.top + mark.bottom) / 2 - row.y) < self._half_row and mark.bottom - mark.top < 4 * self._half_row for mark in self.marks)

    def labels_at(self, row: Label) -> list[Label]:
        """The labels in that row."""
        return [label for label in self.labels if abs(label.y - row.y) < self._half_row]

    @property
    def last_place(self) -> float | None:
        """Where the last marker stands, or the last line ends where there are no markers; lines straight up are no series."""
        markers = [x for mark in self.marks for x in mark.markers]
        return max(markers or [mark.right for mark in self.marks if mark.is_line and mark.right > mark.left], default=None)

    def year_at(self, place: float | None) -> int | None:
        """The year at a place between the ticks."""
        if place is None:
            return None
        first, last = self.x_ticks[0], self.x_ticks[-1]
        step = (int(last.text) - int(first.text)) / (last.x - first.x)
        return round(int(first.text) + (place - first.x) * step)


def read_axes(svg: str) -> list[Axes]:
    """The panels of a chart. Raises xml.etree.ElementTree.ParseError."""
    root = ElementTree.fromstring(svg)
    return [_panel(group) for group in root.iter() if group.get("id", "").startswith("axes_")]


def _panel(group: ElementTree.Element) -> Axes:
    axes = Axes()
    for child in group:
        name = child.get("id", "")
        if name.startswith("matplotlib.axis_"):
            for tick in child:
                kind = {"x": axes.x_ticks, "y": axes.y_ticks}.get(tick.get("id", "")[:1])
                if kind is not None and (label := _label(tick)):
                    kind.append(label)
        elif name.startswith("text_"):
            if label := _label(child):
                axes.labels.append(label)
        elif mark := _mark(child):
            axes.marks.append(mark)
    return axes


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _label(group: ElementTree.Element) -> Label | None:
    texts = [element for element in group.iter() if _tag(element) == "text"]
    lines = tuple("".join(text.itertext()).strip() for text in texts)
    if not any(lines):
        return None
    places = [_place(text) for text in texts]
    colour = next(iter(_COLOUR.findall(" ".join(text.get("style", "") for text in texts))), "#000000")
    return Label(tuple(line for line in lines if line), places[0][0], sum(y for _, y in places) / len(places) - 3, colour)


def _place(text: ElementTree.Element) -> tuple[float, float]:
    """Where a text stands: by its own x and y, or by what moves it."""
    moved = re.search(r"translate\(([-\d.]+)[ ,]+([-\d.]+)\)", text.get("transform", ""))
    return (float(moved[1]), float(moved[2])) if moved else (float(text.get("x", 0)), float(text.get("y", 0)))


def _mark(group: ElementTree.Element) -> Mark | None:
    """What a group draws; nothing for the panel's background and its edges, which are not cut to the panel."""
    drawn = [e for e in group.iter() if _tag(e) in ("path", "use", "rect", "circle", "line", "polyline", "polygon")]
    defined = {id(e) for defs in group.iter() if _tag(defs) == "defs" for e in defs.iter()}
    drawn = [e for e in drawn if id(e) not in defined and not _INVISIBLE.search(e.get("style", ""))]
    clipped = any("clip-path" in e.attrib for e in group.iter())
    points = [point for element in drawn for point in _points(element)]
    if not points or not clipped:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    line = any("fill: none" in e.get("style", "") for e in drawn)
    markers = tuple(float(e.get("x", 0)) for e in drawn if _tag(e) == "use")
    return Mark(min(xs), max(xs), min(ys), max(ys), line, markers)


def _points(element: ElementTree.Element) -> Iterator[tuple[float, float]]:
    if _tag(element) == "path":
        numbers = [float(number) for number in _NUMBER.findall(element.get("d", ""))]
        yield from zip(numbers[::2], numbers[1::2], strict=False)
    elif element.get("x") is not None:
        yield float(element.get("x", 0)), float(element.get("y", 0))
