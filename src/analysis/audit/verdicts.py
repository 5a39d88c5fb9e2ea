"""From two readings of one quantity to a verdict.

`stated` is what a bulletin prints; `implied` is what its other numbers say the same quantity must be.

- consistent: the intervals meet, as rounded or at least as cut off;
- borderline: they do not meet, but are within one unit of the coarser print;
- contradiction: they are further apart than that;
- untestable: there is nothing to compare, and the finding says why;
- not comparable: a declared break lies between the numbers, and nothing is computed across it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ..series.intervals import Interval, Reading

__all__ = ["Comparison", "Reading", "Verdict", "compare"]


class Verdict(StrEnum):
    """What the arithmetic says about one relation."""

    CONSISTENT = "consistent"
    BORDERLINE = "borderline"
    CONTRADICTION = "contradiction"
    UNTESTABLE = "untestable"
    NOT_COMPARABLE = "not comparable"


SEVERITY = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on two readings, with the figures that carry it.

    `gap` is the distance of the rounded readings (0 when they meet); `smallest_visible_error` is how far
    the stated number would have had to be off for a contradiction, `visible_side` in which direction (1 up,
    -1 down; the other way it takes a little more); `cut_off` says that only the reading of digits cut off
    rather than rounded makes the two meet.
    """

    verdict: Verdict
    stated: Interval
    implied: Interval
    gap: Fraction
    smallest_visible_error: Fraction | None
    visible_side: int = 0
    cut_off: bool = False

    @property
    def fit(self) -> tuple[int, Fraction]:
        """A key that sorts comparisons with several prints, the one that fits best first."""
        return SEVERITY.index(self.verdict), self.gap


def compare(stated: Reading, implied: Reading) -> Comparison:
    """Compare what is stated with what is implied.

    >>> five = Reading(Interval(Fraction(9, 2), Fraction(11, 2)), Interval(Fraction(9, 2), Fraction(6)), Fraction(1))
    >>> fell = Interval.exactly(Fraction(-8535, 1000))
    >>> compare(five, Reading(fell, fell, Fraction(1, 100))).verdict.value
    'contradiction'
    """
    tolerance = max(stated.unit, implied.unit)
    gap = stated.rounded.gap(implied.rounded)
    narrow = stated.wide is stated.rounded and implied.wide is implied.rounded
    wide_gap = gap if narrow else stated.wide.gap(implied.wide)
    if wide_gap == 0:
        verdict = Verdict.CONSISTENT
    elif wide_gap <= tolerance:
        verdict = Verdict.BORDERLINE
    else:
        verdict = Verdict.CONTRADICTION
    visible, side = _visible(stated, implied, tolerance, wide_gap)
    return Comparison(
        verdict=verdict,
        stated=stated.rounded,
        implied=implied.rounded,
        gap=gap,
        smallest_visible_error=visible,
        visible_side=side,
        cut_off=verdict is Verdict.CONSISTENT and gap > 0,
    )


def _visible(stated: Reading, implied: Reading, tolerance: Fraction, gap: Fraction) -> tuple[Fraction | None, int]:
    """Return the least shift of the stated number that would be called a contradiction, and its direction.

    When the numbers already contradict each other, that is the half widths and the tolerance: what an
    error had to exceed had the true number stood in the middle of what is implied.
    """
    shifts = []
    if implied.wide.high is not None and stated.wide.low is not None:
        shifts.append((implied.wide.high + tolerance - stated.wide.low, 1))
    if implied.wide.low is not None and stated.wide.high is not None:
        shifts.append((stated.wide.high + tolerance - implied.wide.low, -1))
    if not shifts:
        return None, 0
    if gap <= tolerance:
        return min(shifts)
    return ((shifts[0][0] + shifts[1][0]) / 2 if len(shifts) == 2 else tolerance), 0
