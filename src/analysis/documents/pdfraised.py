"""The digits that a page of a PDF sets raised or lowered beside its words (marks of notes, powers): signs of their own, part of no figure."""

from __future__ import annotations

import ctypes
from typing import Any

from .raised import small

# How far from the line of the sign before it, in parts of that one's height, a sign is set raised or lowered, and how much smaller.
RAISED, LOWERED, FARTHEST, SMALLER = 0.15, 0.1, 0.9, 0.85
# A sign set raised at full size is further up; what is not close behind the sign before it is no mark of that.
AT_FULL_SIZE, CLOSE = 0.25, 0.4


def set_small(textpage: Any, units: list[str]) -> None:
    """Put raised and lowered signs in the place of the digits that a page sets so behind a digit or a word."""
    base: tuple[float, float, float] | None = None  # right edge, line and height of the last sign that stands on the line
    for i, unit in enumerate(units):
        if unit in ("\r", "\n"):
            base = None
        if not unit.strip():
            continue
        left, bottom, right, top = textpage.get_charbox(i, loose=True)
        line, height = _line(textpage, i), top - bottom
        if base is not None and (place := _place(base, left, line, height)):
            units[i], base = small(unit, place), (right, base[1], base[2])
        else:
            base = (right, line, height)


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


def _line(textpage: Any, i: int) -> float:
    """The height of the line that a sign stands on."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, i, x, y)
    return y.value
