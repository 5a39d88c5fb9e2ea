"""What a PDF draws over its words, through them and around them: what covers them, strikes them out, or cuts them off."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from typing import Any, NamedTuple

from .pdfshapes import Box, Matrix, Point, Shape, around, at, pieces, shapes, stroke_of

# Of a page with more objects nothing of this is asked: it is a map or a drawing.
MOST_OBJECTS, MOST_COVERS, MOST_CLIPS, MOST_LINES = 20_000, 2000, 20, 300
# A line through words is no thicker, in parts of their height, stands so high in them, and is so long, in points; a slanting one rises no further
# than so many of their heights.
THIN, THICK, LOW, HIGH, SHORTEST, STEEPEST = 0.2, 0.6, 0.3, 0.65, 3.0, 2.0
# What is thinner, in points, covers nothing; of a character so much must be covered for it to be hidden, and words over it are no higher, in parts
# of its height.
THINNEST, MOST_OF_IT, HIGHEST = 1.5, 0.5, 2.0
# How high a band of the page is in which covers are looked for together.
BAND = 24.0
OPAQUE = 255
# What is drawn over all the objects of a page.
ON_TOP = 1_000_000_000


class Cover(NamedTuple):
    """Something that may lie over a place: its number in the order of drawing, and its box."""

    number: int
    box: Box


class Stroke(NamedTuple):
    """A line that may strike words out: how high it begins, its box, how thick it is, when it is drawn, and its ends where it slants."""

    y: float
    box: Box
    thick: float
    number: int
    opaque: bool
    slant: tuple[Point, Point] | None = None


class Over:
    """What a page draws after each of its runs of words, on itself, in its forms and in its annotations."""

    def __init__(self, page: Any) -> None:
        from pypdfium2 import raw

        self.shapes: dict[int, Shape] = {}
        self.words: list[tuple[int, Box]] = []
        covers: list[Cover] = []
        self.lines: list[Stroke] = []
        for shape in shapes(page, MOST_OBJECTS + 1):
            if shape.number == MOST_OBJECTS:
                covers, self.lines = [], []
                break
            if shape.type == raw.FPDF_PAGEOBJ_TEXT:
                self.shapes[ctypes.addressof(shape.raw.contents)] = shape
                self.words.append((shape.number, shape.box()))
            elif shape.type == raw.FPDF_PAGEOBJ_PATH:
                self._add_path(shape, covers)
            elif shape.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
                covers.append(Cover(shape.number, shape.box()))
        first = min((shape.number for shape in self.shapes.values()), default=ON_TOP)
        self._covers = sorted((cover for cover in covers if cover.number > first), reverse=True, key=lambda cover: cover.number)[:MOST_COVERS]
        self._set_in_order()

    def add_on_top(self, covers: list[Box], lines: list[Box]) -> None:
        """What lies over the page, none of its own objects."""
        self._covers = [*(Cover(ON_TOP, box) for box in covers), *self._covers]
        self.lines += [Stroke((box[1] + box[3]) / 2, box, box[3] - box[1], ON_TOP, True) for box in lines]
        self._set_in_order()

    def _set_in_order(self) -> None:
        self.lines.sort(key=lambda line: line.y)
        self.bands: dict[int, list[Cover]] = {}
        for cover in self._covers:
            for band in range(int(max(cover.box[1], 0) // BAND), int(min(cover.box[3], 20_000) // BAND) + 1):
                self.bands.setdefault(band, []).append(cover)

    def _add_path(self, path: Shape, covers: list[Cover]) -> None:
        from pypdfium2 import raw

        thick, filled = stroke_of(path), _is_filled(path.raw)
        opaque = not path.veiled and not raw.FPDFPageObj_HasTransparency(path.raw)
        for part in pieces(path) if thick or filled else []:
            box = around(part)
            if box[2] - box[0] >= SHORTEST:
                slant = (part[0], part[1]) if thick and len(part) == 2 and box[3] - box[1] > thick else None
                self.lines.append(Stroke((box[1] + box[3]) / 2, box, box[3] - box[1] + thick, path.number, opaque, slant))
        box = path.box()
        if filled and min(box[2] - box[0], box[3] - box[1]) > THINNEST:
            covers.append(Cover(path.number, box))

    def over(self, run: int, box: Box) -> list[Cover]:
        """What lies over a character and is drawn after its run, the last drawn first."""
        shape = self.shapes.get(run)
        if shape is None:
            return []
        return [
            cover for cover in self.bands.get(int(max((box[1] + box[3]) / 2, 0) // BAND), [])
            if cover.number > shape.number and share_in(box, cover.box) >= MOST_OF_IT
        ]  # fmt: skip

    def printed_over(self, cover: Cover, box: Box) -> bool:
        """Whether words are drawn on what lies over a character, in its place: a figure mended so shows the later ones."""
        x, y, highest = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, HIGHEST * (box[3] - box[1])
        return any(
            number > cover.number and left <= x <= right and bottom <= y <= top and top - bottom <= highest
            for number, (left, bottom, right, top) in self.words
        )

    def stroke(self, run: int, box: Box) -> Stroke | None:
        """The line that is drawn through a character after its run."""
        shape, height, x = self.shapes.get(run), box[3] - box[1], (box[0] + box[2]) / 2
        if shape is None or not self.lines:
            return None
        first = bisect_left(self.lines, box[1] + LOW * height - STEEPEST * height, key=lambda line: line.y)
        for line in self.lines[first : first + MOST_LINES]:
            if line.y > box[1] + HIGH * height + STEEPEST * height:
                return None
            if line.number > shape.number and line.box[0] <= x <= line.box[2] and _is_through(line, box):
                return line
        return None


def _is_through(line: Stroke, box: Box) -> bool:
    height, x, y = box[3] - box[1], (box[0] + box[2]) / 2, line.y
    if line.slant is not None:
        (a, b), (c, d) = line.slant
        if abs(d - b) > STEEPEST * height or abs(c - a) < 0.5 * abs(d - b):
            return False
        y = b + (d - b) * (x - a) / (c - a)
    elif line.thick > (THICK if line.opaque else THIN) * height:
        return False
    return box[1] + LOW * height <= y <= box[1] + HIGH * height


def is_outside(box: Box, bounds: Box) -> bool:
    """Whether the middle of a character is outside some bounds."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return not (bounds[0] <= x <= bounds[2] and bounds[1] <= y <= bounds[3])


def share_in(box: Box, other: Box) -> float:
    """How much of a box another one holds.

    >>> share_in((0, 0, 2, 2), (1, 0, 5, 5))
    0.5
    """
    width, height = min(box[2], other[2]) - max(box[0], other[0]), min(box[3], other[3]) - max(box[1], other[1])
    whole = (box[2] - box[0]) * (box[3] - box[1])
    return width * height / whole if width > 0 and height > 0 and whole > 0 else 0.0


def _within(box: Box, clip: Box) -> Box:
    return max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])


def _is_filled(path: Any) -> bool:
    from pypdfium2 import raw

    mode, stroked = ctypes.c_int(), ctypes.c_int()
    channels = [ctypes.c_uint(OPAQUE) for _ in range(4)]
    if not raw.FPDFPath_GetDrawMode(path, mode, stroked) or not mode.value:
        return False
    return not raw.FPDFPageObj_GetFillColor(path, *channels) or channels[3].value == OPAQUE


def clip_of(run: Any, matrix: Matrix) -> Box | None:
    """What the clips of an object leave to see, as a box; None where nothing cuts it off."""
    from pypdfium2 import raw

    clip = raw.FPDFPageObj_GetClipPath(run)
    box: Box | None = None
    for path in range(min(MOST_CLIPS, max(0, raw.FPDFClipPath_CountPaths(clip))) if clip else 0):
        points = []
        for segment in range(min(MOST_LINES, max(0, raw.FPDFClipPath_CountPathSegments(clip, path)))):
            x, y = ctypes.c_float(), ctypes.c_float()
            if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, segment), x, y):
                points.append(at((x.value, y.value), matrix))
        if points:
            box = around(points) if box is None else _within(around(points), box)
    return box
