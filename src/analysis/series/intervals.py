"""What a printed number can mean: exact intervals from its digits and its hedge.

A number in a bulletin is a rounded statement of a number nobody printed. ``25.44%`` is everything
that rounds to it; ``314万余`` is everything from 3,140,000 up to its next unit. All arithmetic is
rational (`fractions.Fraction`), so a verdict never depends on binary floating point.

Two readings of every print are kept. `Printed.rounded` is the ordinary one, half a unit around:
closed at both ends it covers half-up and half-even. `Printed.wide` also admits that the writer cut
the digits off instead of rounding, or gave a count in round hundreds. What only the wide reading
reconciles is called consistent, but said to be so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

__all__ = ["UNBOUNDED", "Interval", "Printed", "Reading", "outward", "read_printed"]

# Ends of intervals are given to so many decimals.
PLACES = 6
MILLION = 10**PLACES

# 余, 多, 几: up to the next unit; the other "more than" words have no upper end.
NEXT_UNIT_WORDS = ("余", "多", "几")
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of rationals; an end that is None is unbounded.

    >>> Interval(Fraction(1), Fraction(2)) + Interval(Fraction(3), None)
    Interval(low=Fraction(4, 1), high=None)
    """

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def exactly(cls, value: int | Decimal | Fraction) -> Interval:
        """Return the interval that holds one number."""
        number = Fraction(value)
        return cls(number, number)

    def __neg__(self) -> Interval:
        return Interval(_negated(self.high), _negated(self.low))

    def __add__(self, other: Interval) -> Interval:
        return Interval(_sum(self.low, other.low), _sum(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """Multiply two intervals; one with a negative or unbounded low end gives an unbounded product."""
        if self.low is not None and other.low is not None and self.low >= 0 and other.low >= 0:
            return Interval(self.low * other.low, _product(self.high, other.high))
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return UNBOUNDED
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def over(self, other: Interval, scale: int = 1, less: int = 0) -> Interval:
        """Return scale x self / other - less, for an interval of positive numbers below the line.

        An other that touches zero leaves the upper end unbounded.

        >>> Interval.exactly(10402).over(Interval.exactly(12319)).low
        Fraction(10402, 12319)
        """
        if other.low is None or other.low < 0 or other.high == 0 or self.low is None or self.low < 0:
            return UNBOUNDED
        if self.low is self.high and other.low is other.high:
            exact = _ratio(self.low, other.low, scale, less)
            return Interval(exact, exact)
        low = Fraction(-less) if other.high is None else _ratio(self.low, other.high, scale, less)
        high = None if self.high is None or not other.low else _ratio(self.high, other.low, scale, less)
        return Interval(low, high)

    def scaled(self, factor: Fraction | int) -> Interval:
        """Return the interval times a positive number."""
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )

    def meets(self, other: Interval) -> bool:
        """Say whether some number lies in both."""
        return self.gap(other) == 0

    def gap(self, other: Interval) -> Fraction:
        """Return the distance between the nearest ends, 0 when the intervals meet.

        >>> Interval(Fraction(1), Fraction(2)).gap(Interval(Fraction(5), None))
        Fraction(3, 1)
        """
        if self.high is not None and other.low is not None and self.high < other.low:
            return other.low - self.high
        if self.low is not None and other.high is not None and other.high < self.low:
            return self.low - other.high
        return Fraction(0)

    def common(self, other: Interval) -> Interval | None:
        """Return the numbers in both, or None when there are none."""
        if not self.meets(other):
            return None
        lows = [end for end in (self.low, other.low) if end is not None]
        highs = [end for end in (self.high, other.high) if end is not None]
        return Interval(max(lows, default=None), min(highs, default=None))

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Both ends of a bounded interval; ValueError for any other."""
        if self.low is None or self.high is None:
            raise ValueError("an interval without an end was asked for both")
        return self.low, self.high

    def width(self) -> Fraction | None:
        """Return high minus low, None when an end is unbounded."""
        return None if self.low is None or self.high is None else self.high - self.low

    def integers(self) -> tuple[int, int] | None:
        """Return the least and the greatest integer inside, or None when there is none or no bound.

        >>> Interval(Fraction("9706.5"), Fraction("9707.26")).integers()
        (9707, 9707)
        """
        if self.low is None or self.high is None:
            return None
        least, greatest = ceil(self.low), floor(self.high)
        return (least, greatest) if least <= greatest else None


UNBOUNDED = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: its point, its two readings and the size of its last printed digit."""

    point: Fraction
    rounded: Interval
    wide: Interval
    unit: Fraction

    @property
    def exact(self) -> bool:
        """Whether the print leaves no room: a count printed to its last one."""
        return self.wide is self.rounded and self.rounded.low is self.rounded.high

    def signed(self, sign: int) -> Printed:
        """Return the same print as a rise (1) or a fall (-1)."""
        if sign > 0:
            return self
        return Printed(-self.point, -self.rounded, -self.wide, self.unit)

    def scaled(self, factor: int | Fraction) -> Printed:
        """Return the print in a unit that is `factor` times smaller (multiples to per cent)."""
        return Printed(self.point * factor, self.rounded.scaled(factor), self.wide.scaled(factor), self.unit * factor)


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity under both readings of the prints it is computed from, and its coarsest unit."""

    rounded: Interval
    wide: Interval
    unit: Fraction

    @classmethod
    def of(cls, printed: Printed) -> Reading:
        """Return the reading of one printed number."""
        return cls(printed.rounded, printed.wide, printed.unit)

    @classmethod
    def derived(cls, rounded: Interval, wide: Interval, *units: Fraction) -> Reading:
        """Return the reading of a computed quantity; `units` are its inputs' last digits, in its own unit."""
        return cls(rounded, wide, max(units, default=Fraction(0)))


def read_printed(
    value: Decimal | int,
    resolution: Decimal | None = None,
    hedge: str | None = None,
    as_written: str = "",
    counted: bool = False,
) -> Printed:
    """Return what a printed non-negative number can mean.

    `resolution` is the size of the last printed digit in the number's unit (None: from the decimals
    of `value`). `hedge` is about, more_than or less_than; of the "more than" words 余 and 多 end at the
    next unit, 超, 逾 and 以上 do not end. A `counted` number printed to its last one (12364起) is exact.

    >>> read_printed(Decimal("25.44")).rounded
    Interval(low=Fraction(5087, 200), high=Fraction(5089, 200))
    >>> read_printed(Decimal(3140000), Decimal(10000), "more_than", "314万余件").rounded
    Interval(low=Fraction(3140000, 1), high=Fraction(3150000, 1))
    >>> read_printed(Decimal(12364), Decimal(1), counted=True).rounded
    Interval(low=Fraction(12364, 1), high=Fraction(12364, 1))
    """
    # 20 and 20.00 are equal, and equal keys are one to a cache: the last digit has to be told apart before.
    return _read(value, resolution or _last_digit(value), hedge, as_written if hedge else "", counted)


def outward(end: Fraction | None, upper: bool) -> Decimal | None:
    """Return an interval's end as a decimal of at most six places, rounded away from the interval.

    >>> outward(Fraction(10402, 12319), upper=False), outward(Fraction(10402, 12319), upper=True)
    (Decimal('0.844386'), Decimal('0.844387'))
    """
    if end is None:
        return None
    whole, rest = divmod(end.numerator * MILLION, end.denominator)
    whole += 1 if upper and rest else 0
    if whole % MILLION == 0:
        return Decimal(whole // MILLION)
    return Decimal(whole).scaleb(-PLACES).normalize()


@lru_cache(maxsize=65536)
def _read(value: Decimal | int, resolution: Decimal, hedge: str | None, as_written: str, counted: bool) -> Printed:
    point, unit = Fraction(value), Fraction(resolution)
    if hedge:
        return _read_hedged(point, _hedged_unit(point, unit, as_written), hedge, as_written)
    if counted and unit <= 1 and point.denominator == 1:
        exact = Interval(point, point)
        slack = _round_hundreds(point)
        return Printed(point, exact, Interval(point - slack, point + slack) if slack else exact, unit)
    rounded = Interval(point - unit * HALF, point + unit * HALF)
    return Printed(point, rounded, Interval(rounded.low, point + unit), unit)


def _read_hedged(point: Fraction, unit: Fraction, hedge: str, as_written: str) -> Printed:
    if hedge == "more_than":
        bounded = any(word in as_written for word in NEXT_UNIT_WORDS)
        reading = Interval(point, point + unit if bounded else None)
    elif hedge == "less_than":
        reading = Interval(point - unit, point)
    else:
        reading = Interval(point - unit * HALF, point + unit * HALF)
        return Printed(point, reading, Interval(reading.low, point + unit), unit)
    return Printed(point, reading, reading, unit)


def _hedged_unit(point: Fraction, unit: Fraction, as_written: str) -> Fraction:
    """Return the unit a hedge speaks of: 1500余 ends at 1600, 近160万 begins at 150万, 1.70万余 at 1.71万."""
    if "." in as_written or "．" in as_written or point == 0:
        return unit
    while (point / (unit * 10)).denominator == 1:
        unit *= 10
    return unit


def _round_hundreds(point: Fraction) -> Fraction:
    """Return half the place of the last digit for counts like 1200 or 45000 that may be rounded, else 0."""
    if point < 1000 or point % 100:
        return Fraction(0)
    place = Fraction(100)
    while point % (place * 10) == 0:
        place *= 10
    return place * HALF


def _last_digit(value: Decimal | int) -> Decimal:
    return Decimal(1).scaleb(int(Decimal(value).as_tuple().exponent))


def _ratio(top: Fraction, bottom: Fraction, scale: int, less: int) -> Fraction:
    # In one step: a Fraction is reduced every time one is made.
    below = top.denominator * bottom.numerator
    return Fraction(scale * top.numerator * bottom.denominator - less * below, below)


def _negated(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end


def _sum(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b


def _product(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a * b
