"""The figures of a PDF's page of which a part is hidden: none of them is read by what is left, and those printed over others stand in their place.

A digit that is hidden by what it is (white, clear, too small) was never one of the figure beside it, if that is set otherwise; one that is covered
or cut off was; of one that is struck out it shows where the line ends.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .pdfcovered import Stroke
from .pdfshapes import Box

Pairs = Callable[[int, int], bool]
OF_A_NUMBER = frozenset("0123456789０１２３４５６７８９.,，．")
SEPARATORS = frozenset(".,，．")
# How far from one sign of a figure the next one may be, and how near to the edge of a sign a line that strikes out what is before it must end,
# in parts of their height; how far words printed over others may begin before them.
NEXT, CLEAN, BEFORE = 0.6, 0.15, 0.3


class Hidden(NamedTuple):
    """Why a character is not read (`style`, `place`, `covered`, `struck`), what it is, and the line through it."""

    why: str
    unit: str
    stroke: Stroke | None = None


def hide_torn(units: list[str], boxes: Sequence[Box | None], hidden: dict[int, Hidden], set_alike: Pairs, of_one_run: Pairs) -> None:
    """Empty what is left to see of figures of which a part is hidden."""
    for first, last in _figures(units, boxes, hidden):
        told = [hidden.get(i) for i in range(first, last + 1)]
        if not any(told) or all(told):
            continue
        if _is_torn(first, told, boxes, set_alike, of_one_run):
            why = next(one.why for one in told if one is not None)
            for i, one in enumerate(told, first):
                if one is None:
                    hidden[i], units[i] = Hidden(why, units[i]), ""


def _figures(units: Sequence[str], boxes: Sequence[Box | None], hidden: dict[int, Hidden]) -> Iterator[tuple[int, int]]:
    """The first and last sign of each figure of which a sign is hidden, hidden signs included."""
    done = -1
    for at in sorted(hidden):
        if at <= done or _unit(at, units, hidden) not in OF_A_NUMBER:
            continue
        first = last = at
        while first > 0 and _is_next(first - 1, first, units, boxes, hidden):
            first -= 1
        while last + 1 < len(units) and _is_next(last, last + 1, units, boxes, hidden):
            last += 1
        done = last
        while first < last and _unit(first, units, hidden) in SEPARATORS:
            first += 1
        while first < last and _unit(last, units, hidden) in SEPARATORS:
            last -= 1
        if first < last:
            yield first, last


def _unit(i: int, units: Sequence[str], hidden: dict[int, Hidden]) -> str:
    return hidden[i].unit if i in hidden else units[i]


def _is_next(i: int, j: int, units: Sequence[str], boxes: Sequence[Box | None], hidden: dict[int, Hidden]) -> bool:
    one, other = boxes[i], boxes[j]
    if one is None or other is None or not all(_unit(n, units, hidden) in OF_A_NUMBER for n in (i, j)):
        return False
    height = max(one[3] - one[1], other[3] - other[1], 1.0)
    across = max(one[0], other[0]) - min(one[2], other[2])
    along = max(one[1], other[1]) - min(one[3], other[3])
    return across < NEXT * height and along < 0.1 * height


def _is_torn(first: int, told: Sequence[Hidden | None], boxes: Sequence[Box | None], set_alike: Pairs, of_one_run: Pairs) -> bool:
    """Whether the hidden signs of a figure and the others of it are of one figure on the page."""
    for i, (one, other) in enumerate(itertools.pairwise(told), first):
        known = one or other
        if known is None or (one is not None and other is not None):
            continue
        at = (i, i + 1) if one is not None else (i + 1, i)  # the hidden one, the seen one
        if known.why == "style":
            torn = set_alike(*at)
        elif known.why == "struck":
            torn = of_one_run(*at) or not _ends_between(known.stroke, boxes[at[0]], boxes[at[1]])
        else:
            torn = True
        if torn:
            return True
    return False


def _ends_between(stroke: Stroke | None, struck: Box | None, seen: Box | None) -> bool:
    """Whether a line ends where the sign it strikes out does, so that the next one is none of its figure."""
    if stroke is None or struck is None or seen is None:
        return False
    edge = struck[2] if seen[0] >= struck[0] else struck[0]
    end = stroke.box[2] if seen[0] >= struck[0] else stroke.box[0]
    return abs(edge - end) <= CLEAN * (struck[3] - struck[1])


def put_over(units: list[str], boxes: Sequence[Box | None], hidden: dict[int, Hidden], number_of: Callable[[int], int | None]) -> list[str]:
    """Move words that are printed over covered ones to where those stand in the text, and return what they cover."""
    replaced = []
    covered = [i for i, one in sorted(hidden.items()) if one.why == "covered"]
    groups: list[list[int]] = []
    for i in covered:
        if groups and not any(units[n].strip() for n in range(groups[-1][-1] + 1, i)) and _on_one_line(boxes[groups[-1][-1]], boxes[i]):
            groups[-1].append(i)
        else:
            groups.append([i])
    for group in groups:
        if _fill(group, units, boxes, number_of):
            replaced.append("".join(hidden.pop(i).unit for i in group))
    return replaced


def _fill(group: list[int], units: list[str], boxes: Sequence[Box | None], number_of: Callable[[int], int | None]) -> bool:
    held = [box for box in (boxes[i] for i in group) if box is not None]
    before = number_of(group[0])
    if not held or before is None:
        return False
    around = BEFORE * (held[0][3] - held[0][1])
    left, right = min(box[0] for box in held) - around, max(box[2] for box in held) + around
    inside = [
        i for i, box in enumerate(boxes)
        if box is not None and units[i].strip() and left <= (box[0] + box[2]) / 2 <= right and _on_one_line(held[0], box)
        and (number_of(i) or -1) > before
    ]  # fmt: skip
    between = set(range(group[0], group[-1] + 1))
    if not inside or inside[-1] - inside[0] >= 2 * len(inside) or between & set(inside):
        return False
    said = [units[i] for i in inside]
    for i in inside:
        units[i] = ""
    for place, unit in zip(group, said, strict=False):
        units[place] = unit
    units[group[-1]] += "".join(said[len(group) :])
    return True


def _on_one_line(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    return min(one[3], other[3]) - max(one[1], other[1]) > 0.6 * min(one[3] - one[1], other[3] - other[1])
