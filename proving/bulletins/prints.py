"""True prints of a known number: rounded half up, half to even or cut off, in 万, 亿 or 成, with every hedge."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

__all__ = ["Print", "count_print", "percent_print", "plain_print", "points_print", "times_print"]

ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
TENTHS = "零一二三四五六七八九"
WAN, YI = 10**4, 10**8
# What each hedge admits, as the writer who chooses it rounds.
HEDGES = {
    "plain": ("{}{u}",),
    "over": ("{}余{u}", "{}多{u}"),
    "above": ("超{}{u}", "逾{}{u}", "{}{u}以上"),
    "near": ("近{}{u}",),
    "about": ("约{}{u}", "{}{u}左右"),
}
WAYS = ("plain", "plain", "plain", "over", "above", "near", "about")
# 12多% is nothing anyone writes.
OF_PERCENT = tuple(way for way in WAYS if way != "over")
HEDGED_TENTHS = (
    ("{}成", "plain"),
    ("近{}成", "near"),
    ("{}成多", "over"),
    ("超{}成", "above"),
    ("{}成以上", "above"),
    ("约{}成", "about"),
    ("{}成左右", "about"),
)


@dataclass(frozen=True)
class Print:
    """A number as written, and how to write it with another value of the same form.

    `worth` is what one of it stands for in the unit that is audited: 10,000 in 万, a hundred per cent in 倍.
    """

    value: Decimal
    step: Decimal
    form: str
    worth: int = 1

    def text(self, error: Decimal = Decimal(0)) -> str:
        """Return the words for the value plus an error that is a multiple of `step`."""
        value = self.value + error
        return self.form.format(TENTHS[int(value // 10)] if self.in_tenths else value)

    @property
    def in_tenths(self) -> bool:
        """Whether it is written in 成 (tenths)."""
        return "成" in self.form

    def same_form(self, value: Decimal) -> bool:
        """Say whether another value keeps the digits this one is read by.

        What a round number means (约30%, 14600件) depends on its last digits, and there is no ten tenths.
        """
        if self.in_tenths:
            return 10 <= value <= 90
        return (value / self.step) % 10 != 0 and (self.value / self.step) % 10 != 0


def count_print(count: int, rng: random.Random, unit: str = "件") -> Print:
    """Return a true print of a count: exact, in 万 or 亿 with decimals, or hedged."""
    way = rng.choice(WAYS)
    worth = _worth(count, rng)
    if count < 300 or (way == "plain" and worth == 1):
        return plain_print(count, unit)
    places = rng.choice((0, 1, 2)) if worth > 1 else 0
    size = Decimal(worth).scaleb(-places) if worth > 1 else Decimal(10) ** (len(str(count)) - rng.choice((2, 3)))
    value = _round(Fraction(count), size, _rounding(way, rng)) / worth
    word = {1: "", WAN: "万", YI: "亿"}[worth]
    return Print(value, size / worth, _form(rng.choice(HEDGES[way]), places, unit, word), worth)


def plain_print(count: int, unit: str = "件") -> Print:
    """Return a count printed to its last one."""
    return Print(Decimal(count), Decimal(1), f"{{}}{unit}")


def percent_print(percent: Fraction, rng: random.Random, hedged: bool = True) -> Print:
    """Return a true print of a positive percentage: 0 to 2 decimals, rounded or cut off, or hedged."""
    if hedged and 10 <= percent < 90 and rng.random() < 0.15:
        form, way = rng.choice(HEDGED_TENTHS)
        return Print(_round(percent, Decimal(10), _rounding(way, rng)), Decimal(10), form)
    return _decimals(percent, rng, "%", OF_PERCENT if hedged else ("plain",), rng.choice((0, 1, 1, 2)))


def points_print(points: Fraction, rng: random.Random, hedged: bool = True) -> Print:
    """Return a true print of a difference of two rates in points."""
    return _decimals(points, rng, "个百分点", WAYS if hedged else ("plain",), rng.choice((1, 2)))


def times_print(growth: Fraction, rng: random.Random) -> Print:
    """Return a true print of a growth of more than once its base, in 倍."""
    return _decimals(growth, rng, "倍", OF_PERCENT, rng.choice((0, 1, 2)), worth=100)


def _decimals(number: Fraction, rng: random.Random, unit: str, ways: tuple[str, ...], places: int, worth: int = 1) -> Print:
    way, step = rng.choice(ways), Decimal(1).scaleb(-places)
    value = _round(number, step, _rounding(way, rng))
    return Print(value, step, _form(rng.choice(HEDGES[way]), places, unit), worth)


def _form(hedge: str, places: int, unit: str, word: str = "") -> str:
    return hedge.replace("{}", f"{{:.{places}f}}{word}").replace("{u}", unit)


def _rounding(way: str, rng: random.Random) -> str:
    return {"over": ROUND_DOWN, "above": ROUND_DOWN, "near": ROUND_UP}.get(way) or rng.choice(ROUNDINGS)


def _worth(count: int, rng: random.Random) -> int:
    """Return what a count is printed in: ones, 万 or 亿."""
    if count >= 2 * YI:
        return rng.choice((WAN, YI, YI))
    return WAN if count >= 2 * WAN and rng.random() < 0.6 else 1


def _round(number: Fraction, step: Decimal, rounding: str) -> Decimal:
    """Round a rational exactly: on the halves' side of an endless decimal, not of its float."""
    scaled = number / Fraction(step)
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    side = (2 * rest > scaled.denominator) - (2 * rest < scaled.denominator)
    stand_in = Decimal(whole) + (Decimal("0.5") + side * Decimal("0.25") if rest else 0)
    return stand_in.quantize(Decimal(1), rounding) * step
