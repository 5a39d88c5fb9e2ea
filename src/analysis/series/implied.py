"""What each printed change says about the earlier period: an exact interval, and the integers that fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .along import base_period
from .claims import Claim
from .derive import earlier_level
from .intervals import Interval, Reading, outward
from .passages import Passages
from .rows import read_claims

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["IMPLIED_COLUMNS", "implied"]

IMPLIED_COLUMNS = ("id", "implied_low", "implied_high", "integers_low", "integers_high", "implied_period", "note")


def implied(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the earlier value each observation with a level and a change implies, one row each.

    implied_low and implied_high are in the observation's unit, rounded outwards at the sixth decimal; an
    empty end is unbounded. integers_low and integers_high are given for counts. note is no_integer when no
    whole number reproduces the print; where a sibling of the same list prints more decimals it holds the
    narrower reading (2% beside 0.3% as 2.0%); else it is empty.
    """
    import pandas as pd

    claims = read_claims(observations)
    text = Passages(claims)
    finest = _finest_in_list(claims)
    rows = [_row(claim, then, finest) for claim, then in _implied_levels(claims, text)]
    return pd.DataFrame(rows, columns=list(IMPLIED_COLUMNS), dtype=object)


def _implied_levels(claims: list[Claim], text: Passages) -> Iterator[tuple[Claim, Reading]]:
    for claim in claims:
        if claim.level is None or claim.change is None or claim.kind != "actual" or claim.change.yearly_mean:
            continue
        if (claim.percent and claim.change.kind == "percent") or not text.attached(claim) or len(text.bearers(claim)) > 1:
            continue
        then = earlier_level(claim.level, claim.change)
        if then is not None and not (then.rounded.high is not None and then.rounded.high < 0):
            yield claim, then


def _row(claim: Claim, then: Reading, finest: dict[tuple[str, int | None], Fraction]) -> tuple[Any, ...]:
    integers = then.rounded.integers() if claim.counted else None
    least, greatest = integers or (None, None)
    ends = outward(then.rounded.low, upper=False), outward(then.rounded.high, upper=True)
    note = _other_reading(claim, finest[claim.doc, claim.printed_change.start])
    if claim.counted and integers is None and then.rounded.width() is not None:
        note = "no_integer"
    return claim.id, *ends, least, greatest, base_period(claim), note


def _finest_in_list(claims: list[Claim]) -> dict[tuple[str, int | None], Fraction]:
    """Return the smallest last digit among the changes of each list (分别上升2%和0.3%)."""
    finest: dict[tuple[str, int | None], Fraction] = {}
    for claim in claims:
        if claim.change is not None and claim.change.amount is not None:
            key = claim.doc, claim.change.start
            finest[key] = min(claim.change.amount.unit, finest.get(key, claim.change.amount.unit))
    return finest


def _other_reading(claim: Claim, finest: Fraction) -> str:
    """Return what the change means read to as many decimals as its longest sibling in a list: 2.0%: 3034.79..3037.76 (3035..3037)."""
    change = claim.printed_change
    if change.kind != "percent" or finest >= change.printed.unit:
        return ""
    half = finest / 2
    narrow = Interval(change.printed.point - half, change.printed.point + half)
    longer = replace(change, amount=replace(change.printed, rounded=narrow, wide=narrow, unit=finest))
    then = earlier_level(claim.printed, longer)
    if then is None or then.rounded.width() is None:
        return ""
    places = len(str(finest.denominator)) - 1
    integers = then.rounded.integers() if claim.counted else None
    told = f" ({integers[0]}..{integers[1]})" if integers else ""
    low, high = (round(end, 2) for end in then.rounded.ends)
    return f"{_decimal(abs(change.printed.point)):.{places}f}%: {_decimal(low):.2f}..{_decimal(high):.2f}{told}"


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator
