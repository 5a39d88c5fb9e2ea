"""The annotations of a PDF's page: what they say, and what they strike out or cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from .pdfshapes import Box, around

# Of a page with more annotations the others are not asked where they stand.
MOST = 500
# How high in a box that is struck out its words may have their middle.
THROUGH = (0.35, 0.5)
# By the flags of the format: not shown at all, and not shown on a screen.
UNSHOWN = 2 | 32


def said_by_notes(page: Any) -> Iterator[str]:
    """What the notes and the filled fields of a page say, which are no part of its text; what a link says is where it leads."""
    from pypdfium2 import raw

    for annotation, kind in _annotations(page):
        for key in (b"Contents", b"V") if kind != raw.FPDF_ANNOT_LINK else ():
            length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            buffer = (raw.FPDF_WCHAR * (length // 2 + 1))()
            raw.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
            yield bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def drawn_by_notes(page: Any) -> tuple[list[Box], list[Box]]:
    """The boxes that annotations may cover, and those of the lines by which they may strike out."""
    from pypdfium2 import raw

    covering = {getattr(raw, f"FPDF_ANNOT_{kind}") for kind in ("SQUARE", "CIRCLE", "POLYGON", "FREETEXT", "STAMP", "REDACT")}
    covers: list[Box] = []
    lines: list[Box] = []
    for number, (annotation, kind) in enumerate(_annotations(page)):
        if number == MOST:
            break
        if raw.FPDFAnnot_GetFlags(annotation) & UNSHOWN:
            continue
        if kind == raw.FPDF_ANNOT_STRIKEOUT:
            lines += [line for box in _quads(annotation) for line in _through(box)]
        elif kind == raw.FPDF_ANNOT_LINE:
            start, end = raw.FS_POINTF(), raw.FS_POINTF()
            if raw.FPDFAnnot_GetLine(annotation, start, end):
                lines.append(around([(start.x, start.y), (end.x, end.y)]))
        elif kind == raw.FPDF_ANNOT_INK:
            lines += _inked(annotation)
        elif kind in covering and (box := _box(annotation)) is not None:
            covers.append(box)
    return covers, lines


def _annotations(page: Any) -> Iterator[tuple[Any, int]]:
    from pypdfium2 import raw

    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        yield annotation, raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)


def _box(annotation: Any) -> Box | None:
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, rect):
        return None
    return min(rect.left, rect.right), min(rect.bottom, rect.top), max(rect.left, rect.right), max(rect.bottom, rect.top)


def _quads(annotation: Any) -> list[Box]:
    """The words that an annotation is about, each by its box."""
    from pypdfium2 import raw

    found, quad = [], raw.FS_QUADPOINTSF()
    for number in range(min(MOST, raw.FPDFAnnot_CountAttachmentPoints(annotation))):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            found.append(around([(quad.x1, quad.y1), (quad.x2, quad.y2), (quad.x3, quad.y3), (quad.x4, quad.y4)]))
    box = _box(annotation)
    return found or ([box] if box is not None else [])


def _through(box: Box) -> Iterator[Box]:
    """The lines through a box, one of which is through its words, however much air over them it takes in."""
    for part in THROUGH:
        y = box[1] + part * (box[3] - box[1])
        yield box[0], y, box[2], y


def _inked(annotation: Any) -> Iterator[Box]:
    from pypdfium2 import raw

    for number in range(min(MOST, raw.FPDFAnnot_GetInkListCount(annotation))):
        count = raw.FPDFAnnot_GetInkListPath(annotation, number, None, 0)
        points = (raw.FS_POINTF * max(1, count))()
        if count and raw.FPDFAnnot_GetInkListPath(annotation, number, ctypes.cast(points, ctypes.POINTER(raw.FS_POINTF)), count):
            yield around([(point.x, point.y) for point in points])
