"""The digits that a page of a PDF sets raised or lowered beside its words (marks of notes, powers): signs of their own, part of no figure."""

from __future__ import annotations

import ctypes
import itertools
from typing import Any

from .raised import small

# How far from the line of the sign before it, in parts of that one's height, a sign is set raised or lowered, and how much smaller.
RAISED, LOWERED, FARTHEST, SMALLER = 0.15, 0.1, 0.9, 0.85
# A sign set raised at full size is further up; what is not close behind the sign before it is no mark of that.
AT_FULL_SIZE, CLOSE = 0.25, 0.4
# Signs of one line overlap by so much of the height of the lower one, and words are parted by so much of the height of the higher one.
OVERLAP, SPACE = 0.6, 0.15

# A sign at a greater angle, in parts of a circle's radius, is turned.
TURNED = 0.05
OPENING, CLOSING = frozenset("[［【〔"), frozenset("]］】〕")


def join_torn(textpage: Any, units: list[str]) -> None:
    """Take out the ends of lines that nothing but a sign of another size or height makes, which stands close by on the same line."""
    from pypdfium2 import raw

    shown = [i for i, unit in enumerate(units) if unit.strip()]
    for one, other in itertools.pairwise(shown):
        ends = [i for i in range(one + 1, other) if units[i] in ("\r", "\n")]
        if not ends or not all(raw.FPDFText_IsGenerated(textpage, i) for i in ends):
            continue
        before, after = textpage.get_charbox(one, loose=True), textpage.get_charbox(other, loose=True)
        heights = before[3] - before[1], after[3] - after[1]
        gap, overlap = after[0] - before[2], min(before[3], after[3]) - max(before[1], after[1])
        if overlap > OVERLAP * min(heights) and -CLOSE * max(heights) < gap < CLOSE * max(heights):
            for i in ends:
                units[i] = ""
            if gap > SPACE * max(heights) and " " not in units[one:other] and units[one].isascii() and units[other].isascii():
                units[ends[0]] = " "


def set_small(textpage: Any, units: list[str]) -> None:
    """Put raised and lowered signs in the place of the digits that a page sets so behind a digit or a word; a number in brackets is none of a figure
    as it is."""
    base: tuple[float, float, float] | None = None  # right edge, line and height of the last sign that stands on the line
    opened = False
    for i, unit in enumerate(units):
        if unit in ("\r", "\n"):
            base, opened = None, False
        if not unit.strip():
            continue
        if base is None and unit.isdecimal() and not opened:
            _set_first_small(textpage, units, i)
        left, bottom, right, top = textpage.get_charbox(i, loose=True)
        line, height = _line(textpage, i), top - bottom
        if line is None:
            base, opened = None, False
        elif base is not None and (place := _place(base, left, line, height)):
            opened = unit in OPENING or (opened and unit not in CLOSING)
            units[i], base = unit if opened else small(unit, place), (right, base[1], base[2])
        else:
            base, opened = (right, line, height), False


def _set_first_small(textpage: Any, units: list[str], first: int) -> None:
    """Raise the digits at the beginning of a line that are set so before its words, as the number of a note is."""
    last = first
    while last + 1 < len(units) and units[last + 1].isdecimal() and last - first < 2:
        last += 1
    behind = next((i for i in range(last + 1, min(last + 4, len(units))) if units[i].strip() or units[i] in ("\r", "\n")), None)
    if behind is None or not units[behind].strip() or (ground := _line(textpage, behind)) is None:
        return
    below, above = textpage.get_charbox(behind, loose=True)[1::2]
    for i in range(first, last + 1):
        (bottom, top), line = textpage.get_charbox(i, loose=True)[1::2], _line(textpage, i)
        if line is None or top - bottom > SMALLER * (above - below) or not RAISED <= (line - ground) / max(above - below, 1.0) <= FARTHEST:
            return
    for i in range(first, last + 1):
        units[i] = small(units[i], "super")


def _place(base: tuple[float, float, float], left: float, line: float, height: float) -> str:
    """Whether a sign is set raised or lowered behind the one before it; "" for most."""
    before, ground, full = base
    up, close = (line - ground) / max(full, 1.0), abs(left - before) <= CLOSE * full
    if not close or abs(up) > FARTHEST:
        return ""
    smaller = height <= SMALLER * full
    if up >= (RAISED if smaller else AT_FULL_SIZE):
        return "super"
    return "sub" if smaller and up <= -LOWERED else ""


def _line(textpage: Any, i: int) -> float | None:
    """The height of the line that a sign stands on; None where it is turned."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    if abs(raw.FPDFText_GetCharAngle(textpage, i)) > TURNED or not raw.FPDFText_GetCharOrigin(textpage, i, x, y):
        return None
    return y.value
