"""What a row of the observations table asserts: a level, a change and an earlier level, as intervals (`rows` makes them)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TypeVar

from ..lexicon.units import is_whole
from .intervals import Interval, Printed

__all__ = ["SIGNS", "Change", "Claim", "Previous", "is_cell", "is_count", "is_counted"]

CELL = re.compile(r"[\d.,．，]+")
SIGNS = {"up": 1, "down": -1}


Part = TypeVar("Part")


def _there(part: Part | None) -> Part:
    if part is None:
        raise ValueError("a claim was asked for what it does not print")
    return part


@dataclass(frozen=True, slots=True)
class Change:
    """A printed change: `amount` is signed (per cent, points or the level's unit); None when only a direction."""

    direction: str
    kind: str | None
    basis: str | None
    base: str | None
    amount: Printed | None
    as_written: str
    start: int | None
    end: int | None
    yearly_mean: bool = False
    real_terms: bool = False

    @property
    def sign(self) -> int:
        """1 for a rise, -1 for a fall, 0 for 持平."""
        return SIGNS.get(self.direction, 0)

    @property
    def printed(self) -> Printed:
        """The amount of a change that prints one; ValueError for any other."""
        return _there(self.amount)

    def factor(self, wide: bool = False) -> Interval:
        """Return new / old for a change in per cent or multiples; ValueError for any other."""
        if self.kind != "percent":
            raise ValueError(f"no change in per cent: {self.as_written}")
        reading = self.printed.wide if wide else self.printed.rounded
        low, high = _grown(reading.low), _grown(reading.high)
        return Interval(low if low is not None and low.numerator > 0 else Fraction(0), high)


@dataclass(frozen=True, slots=True)
class Previous:
    """The A of 由A到B: an earlier level printed beside the level."""

    level: Printed
    unit: str
    period: str
    as_written: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of the observations table; `says_all`: its name says by itself what was done to what (其中未成年人41人 does not)."""

    id: str
    doc: str
    region: str
    organ: str
    indicator: str
    identity: str
    says_all: bool
    name: str
    period: str
    period_source: str
    published: str
    scope: str
    kind: str
    beyond: bool
    comparator: str
    qualitative: bool
    unit: str
    level: Printed | None
    as_written: str
    start: int
    end: int
    change: Change | None
    previous: Previous | None
    quote: str

    @property
    def printed(self) -> Printed:
        """The level of a claim that prints one; ValueError for any other."""
        return _there(self.level)

    @property
    def printed_change(self) -> Change:
        """The change of a claim that prints one; ValueError for any other."""
        return _there(self.change)

    @property
    def printed_previous(self) -> Previous:
        """The earlier level beside a claim that has one; ValueError for any other."""
        return _there(self.previous)

    @property
    def percent(self) -> bool:
        """Say whether the level is a percentage."""
        return self.unit in ("%", "％")

    @property
    def change_unit(self) -> str:
        """The unit of the claim's change: per cent, points or the level's own."""
        return {"percent": "%", "percentage_points": "points"}.get(self.printed_change.kind or "", self.unit)

    @property
    def counted(self) -> bool:
        """Say whether the level counts things (件, 人, 起), so that only integers are possible."""
        return is_counted(self.unit)


@cache
def is_counted(unit: str) -> bool:
    """Say whether a unit counts things, so that its numbers are whole.

    >>> is_counted("件"), is_counted("%"), is_counted("万元"), is_counted("")
    (True, False, False, False)
    """
    return is_whole(unit)


def is_count(claim: Claim) -> bool:
    """Say whether a claim is a count in prose (a table's cell prints no unit, and its neighbours say nothing)."""
    return claim.level is not None and not claim.percent and claim.kind == "actual" and bool(claim.unit) and not is_cell(claim)


def is_cell(claim: Claim) -> bool:
    """Say whether a claim is a bare number, as in a table's cell."""
    return bool(CELL.fullmatch(claim.as_written))


def _grown(percent: Fraction | None) -> Fraction | None:
    """Return 1 + percent / 100, in one step: a Fraction is reduced every time one is made."""
    if percent is None:
        return None
    hundredths = 100 * percent.denominator
    return Fraction(hundredths + percent.numerator, hundredths)
