"""The objects that a page of a PDF draws, in their order, with those of the forms it draws: where each stands on the page, and its parts."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# Forms drawn within forms further down are no bulletin's, and of a path with more pieces only its bounds are asked for.
DEEPEST, MOST_SEGMENTS = 40, 400
# A map may have so many objects, and symbols that are forms.
MOST_SHAPES, MOST_FORMS = 200_000, 10_000


class Shape(NamedTuple):
    """An object, its number in the order of drawing, what its form does to its places, and whether a form around it lets something shine through."""

    number: int
    raw: Any
    type: int
    matrix: Matrix
    veiled: bool
    depth: int = 0

    def box(self) -> Box:
        """What it spans on the page."""
        from pypdfium2 import raw

        sides = [ctypes.c_float() for _ in range(4)]
        raw.FPDFPageObj_GetBounds(self.raw, *sides)
        left, bottom, right, top = (side.value for side in sides)
        return moved((left, bottom, right, top), self.matrix)


def shapes(page: Any, most: int) -> Iterator[Shape]:
    """The objects of a page and of its forms, no more than `most`, as they are drawn one over another."""
    from pypdfium2 import raw

    around = [_Around(page.raw, raw.FPDFPage_GetObject, raw.FPDFPage_CountObjects(page), AS_IT_IS, False)]
    number = 0
    while around and number < most:
        held = around[-1]
        if held.next == held.count:
            around.pop()
            continue
        one = held.get(held.raw, held.next)
        held.next += 1
        if not one:
            continue
        kind = raw.FPDFPageObj_GetType(one)
        yield Shape(number, one, kind, held.matrix, held.veiled, len(around) - 1)
        number += 1
        if kind == raw.FPDF_PAGEOBJ_FORM and len(around) <= DEEPEST:
            matrix = times(matrix_of(one), held.matrix)
            veiled = held.veiled or bool(raw.FPDFPageObj_HasTransparency(one))
            around.append(_Around(one, raw.FPDFFormObj_GetObject, max(0, raw.FPDFFormObj_CountObjects(one)), matrix, veiled))


def draws_without_end(page: Any) -> bool:
    """Whether a page draws more forms, or more of anything in them, than a document does: a few that draw each other twice are a billion."""
    from pypdfium2 import raw

    forms = inside = 0
    for shape in shapes(page, MOST_SHAPES):
        forms += shape.type == raw.FPDF_PAGEOBJ_FORM
        inside += shape.depth > 0
        if forms > MOST_FORMS or inside == MOST_SHAPES // 2:
            return True
    return False


class _Around:
    """What holds objects, a page or a form, and how many of them were drawn."""

    def __init__(self, held: Any, get: Any, count: int, matrix: Matrix, veiled: bool) -> None:
        self.raw, self.get, self.count, self.matrix, self.veiled, self.next = held, get, count, matrix, veiled, 0


def matrix_of(one: Any) -> Matrix:
    """What an object does to the places it is made of."""
    from pypdfium2 import raw

    held = raw.FS_MATRIX()
    return (held.a, held.b, held.c, held.d, held.e, held.f) if raw.FPDFPageObj_GetMatrix(one, held) else AS_IT_IS


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Both, the inner one first.

    >>> times((2, 0, 0, 2, 1, 0), (1, 0, 0, 1, 5, 7))
    (2, 0, 0, 2, 6, 7)
    """
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def at(point: Point, matrix: Matrix) -> Point:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def moved(box: Box, matrix: Matrix) -> Box:
    """A box where a matrix puts it, as the box around that."""
    if matrix == AS_IT_IS:
        return box
    return around([at((x, y), matrix) for x in (box[0], box[2]) for y in (box[1], box[3])])


def around(points: list[Point]) -> Box:
    """The box around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def pieces(path: Shape) -> list[list[Point]]:
    """The corners of each piece of a path, on the page; those of its bounds for one with very many."""
    from pypdfium2 import raw

    count = raw.FPDFPath_CountSegments(path.raw)
    if not 0 < count <= MOST_SEGMENTS:
        left, bottom, right, top = path.box()
        return [[(left, bottom), (right, bottom), (right, top), (left, top)]]
    matrix = times(matrix_of(path.raw), path.matrix)
    found: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(count):
        segment = raw.FPDFPath_GetPathSegment(path.raw, n)
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            if not found or raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                found.append([])
            found[-1].append(at((x.value, y.value), matrix))
    return [piece for piece in found if len(piece) > 1]


def stroke_of(path: Shape) -> float:
    """How thick a path is drawn, 0 where it is only filled."""
    from pypdfium2 import raw

    mode, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    if not raw.FPDFPath_GetDrawMode(path.raw, mode, stroked) or not stroked.value or not raw.FPDFPageObj_GetStrokeWidth(path.raw, width):
        return 0.0
    a, b, c, d, *_ = times(matrix_of(path.raw), path.matrix)
    return float(width.value * abs(a * d - b * c) ** 0.5)
