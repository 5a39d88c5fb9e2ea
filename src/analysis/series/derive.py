"""Quantities computed from prints, under both readings, with the unit of the coarsest print carried along."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .claims import Change
from .intervals import Interval, Printed, Reading

__all__ = ["change_from", "difference", "earlier_level", "growth", "is_nought", "quotient", "total"]


def is_nought(level: Printed) -> bool:
    """Say whether a level can be nothing but nought: no change in per cent starts from it, and nothing is a share of it.

    >>> from .intervals import read_printed
    >>> is_nought(read_printed(0, counted=True)), is_nought(read_printed(1, counted=True))
    (True, False)
    """
    return level.rounded.high is not None and level.rounded.high <= 0


def growth(now: Printed, then: Printed) -> Reading:
    """Return the growth from one level to another, in per cent.

    >>> from .intervals import read_printed
    >>> growth(read_printed(120, counted=True), read_printed(100, counted=True)).rounded.low
    Fraction(20, 1)
    """
    return _ratio(now, then, 100, 100)


def quotient(top: Printed, bottom: Printed, scale: int) -> Reading:
    """Return top / bottom times `scale` (100 for per cent, 1 for an average)."""
    return _ratio(top, bottom, scale, 0)


def difference(now: Printed, then: Printed) -> Reading:
    """Return now minus then (points between rates, or an absolute change)."""
    return Reading.derived(now.rounded - then.rounded, now.wide - then.wide, now.unit, then.unit)


def total(parts: Sequence[Printed]) -> Reading:
    """Return the sum of some levels."""
    rounded = _summed([part.rounded for part in parts])
    return Reading.derived(rounded, _summed([part.wide for part in parts]), *(part.unit for part in parts))


def earlier_level(level: Printed, change: Change) -> Reading | None:
    """Return what a level and its change say about the level before, None when they say nothing.

    Its unit is the coarser of the level's last digit and what the change's last digit comes to.
    """
    if change.amount is None:
        return None
    if change.kind != "percent":
        return difference(level, change.amount)
    point = 1 + change.amount.point / 100
    if point <= 0:
        return None
    rounded, wide = level.rounded.over(change.factor()), level.wide.over(change.factor(wide=True))
    effect = level.point * change.amount.unit / 100 / point**2
    return Reading.derived(rounded, wide, level.unit / point, effect)


def change_from(then: Reading, level: Printed, kind: str | None) -> Reading:
    """Return the change that leads from what the level before must have been to a level; `kind` as in a `Change`."""
    if kind != "percent":
        return Reading.derived(level.rounded - then.rounded, level.wide - then.wide, level.unit, then.unit)
    rounded, wide = level.rounded.over(then.rounded, 100, 100), level.wide.over(then.wide, 100, 100)
    low = then.rounded.low
    effects = [100 * level.unit / low, 100 * level.point * then.unit / (low * (low + then.unit))] if low else []
    return Reading.derived(rounded, wide, *effects)


def _ratio(top: Printed, bottom: Printed, scale: int, less: int) -> Reading:
    rounded = top.rounded.over(bottom.rounded, scale, less)
    wide = rounded if top.exact and bottom.exact else top.wide.over(bottom.wide, scale, less)
    return Reading.derived(rounded, wide, *_effects(top, bottom, scale))


def _effects(top: Printed, bottom: Printed, scale: int) -> list[Fraction]:
    """Return what one unit of each print comes to in their quotient."""
    if not bottom.point:
        return [Fraction(0)]
    # One more in a small base changes much; what one less would do has no end where the base is one.
    of_bottom = scale * top.point * bottom.unit / (bottom.point * (bottom.point + bottom.unit))
    return [scale * top.unit / bottom.point, of_bottom]


def _summed(intervals: Sequence[Interval]) -> Interval:
    so_far = Interval.exactly(0)
    for interval in intervals:
        so_far = so_far + interval
    return so_far
