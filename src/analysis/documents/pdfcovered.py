"""What a PDF draws over its words, through them and around them: what covers them, strikes them out, or cuts them off."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from typing import Any

Box = tuple[float, float, float, float]
# Of a page with more objects nothing of this is asked: it is a map or a drawing.
MOST_OBJECTS, MOST_COVERS, MOST_CLIPS = 20_000, 300, 20
# A line through words is no thicker, in parts of their height or in points, stands so high in them, and is so long, in points.
THIN, THINNEST, LOW, HIGH, SHORTEST = 0.15, 2.2, 0.3, 0.65, 3.0
OPAQUE = 255


class Over:
    """What a page draws after each of its runs of words, at the level of the page."""

    def __init__(self, page: Any) -> None:
        from pypdfium2 import raw

        self.order: dict[int, int] = {}
        self.covers: list[tuple[int, Box]] = []
        self.words: list[tuple[int, Box]] = []
        self.lines: list[tuple[float, float, float, float, int]] = []
        kinds = {raw.FPDF_PAGEOBJ_PATH: _is_filled, raw.FPDF_PAGEOBJ_IMAGE: lambda _: True, raw.FPDF_PAGEOBJ_SHADING: lambda _: True}
        for number, one in enumerate(page.get_objects(max_depth=1)):
            if number == MOST_OBJECTS:
                self.covers, self.lines = [], []
                break
            if one.type == raw.FPDF_PAGEOBJ_TEXT:
                self.order[ctypes.addressof(one.raw.contents)] = number
                self.words.append((number, one.get_bounds()))
            elif one.type in kinds:
                left, bottom, right, top = one.get_bounds()
                if one.type == raw.FPDF_PAGEOBJ_PATH and right - left >= SHORTEST:
                    self.lines.append(((bottom + top) / 2, top - bottom, left, right, number))
                if kinds[one.type](one.raw) and min(right - left, top - bottom) > THINNEST:
                    self.covers.append((number, (left, bottom, right, top)))
        self.lines.sort()
        self.covers = sorted(self.covers, reverse=True)[:MOST_COVERS]

    def may_cover(self, run: int, box: Box) -> bool:
        """Whether something that lies over a character is drawn after its run."""
        at = self.order.get(run)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for number, (left, bottom, right, top) in self.covers:
            if at is None or number < at:
                return False
            if _holds((left, bottom, right, top), x, y):
                return True
        return False

    def printed_over(self, run: int, box: Box) -> bool:
        """Whether what lies over a character has words drawn on it in its place: a figure that was mended so shows the later ones."""
        at = self.order.get(run)
        if at is None:
            return False
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        over = [number for number, around in self.covers if number > at and _holds(around, x, y)]
        return bool(over) and any(number > over[-1] and _holds(around, x, y) for number, around in self.words)

    def strikes(self, run: int, box: Box) -> bool:
        """Whether a line is drawn through a character after its run."""
        at, height, x = self.order.get(run), box[3] - box[1], (box[0] + box[2]) / 2
        if at is None or not self.lines:
            return False
        first = bisect_left(self.lines, (box[1] + LOW * height,))
        for y, thick, left, right, number in self.lines[first : first + MOST_COVERS]:
            if y > box[1] + HIGH * height:
                return False
            if number > at and left <= x <= right and thick <= max(THINNEST, THIN * height):
                return True
        return False


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_filled(path: Any) -> bool:
    from pypdfium2 import raw

    mode, stroked = ctypes.c_int(), ctypes.c_int()
    channels = [ctypes.c_uint(OPAQUE) for _ in range(4)]
    if not raw.FPDFPath_GetDrawMode(path, mode, stroked) or not mode.value:
        return False
    return not raw.FPDFPageObj_GetFillColor(path, *channels) or channels[3].value == OPAQUE


def clip_of(run: Any) -> Box | None:
    """What the clips of a run leave to see, as a box; None where nothing cuts it off."""
    from pypdfium2 import raw

    clip = raw.FPDFPageObj_GetClipPath(run)
    box: Box | None = None
    for path in range(min(MOST_CLIPS, max(0, raw.FPDFClipPath_CountPaths(clip))) if clip else 0):
        xs, ys = [], []
        for segment in range(min(MOST_COVERS, max(0, raw.FPDFClipPath_CountPathSegments(clip, path)))):
            x, y = ctypes.c_float(), ctypes.c_float()
            if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, segment), x, y):
                xs.append(x.value)
                ys.append(y.value)
        if xs:
            own = min(xs), min(ys), max(xs), max(ys)
            box = own if box is None else (max(box[0], own[0]), max(box[1], own[1]), min(box[2], own[2]), min(box[3], own[3]))
    return box
