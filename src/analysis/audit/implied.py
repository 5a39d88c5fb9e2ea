"""What each printed change says about the earlier period: an exact interval, and the integers that fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .claims import Claim, read_claims
from .derive import earlier_level
from .findings import outward
from .matching import base_period

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["IMPLIED_COLUMNS", "implied"]

IMPLIED_COLUMNS = ("id", "implied_low", "implied_high", "integers_low", "integers_high", "implied_period", "note")


def implied(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the earlier value each observation with a level and a change implies, one row each.

    implied_low and implied_high are in the observation's unit, rounded outwards at the sixth decimal; an
    empty end is unbounded. integers_low and integers_high are given for counts. note is no_integer when no
    whole number reproduces the print, more_decimals when a longer print in the same list suggests a
    narrower reading, else empty.
    """
    import pandas as pd

    claims = read_claims(observations)
    rows = [row for row in (_row(claim) for claim in claims) if row is not None]
    return pd.DataFrame(rows, columns=list(IMPLIED_COLUMNS), dtype=object)


def _row(claim: Claim) -> tuple[Any, ...] | None:
    then = _then(claim)
    if then is None:
        return None
    integers = then.rounded.integers() if claim.counted else None
    note = "no_integer" if claim.counted and integers is None and then.rounded.width() is not None else ""
    least, greatest = integers if integers else (None, None)
    return (
        claim.id,
        outward(then.rounded.low, upper=False),
        outward(then.rounded.high, upper=True),
        least,
        greatest,
        base_period(claim),
        note,
    )


def _then(claim: Claim) -> Any:
    if claim.level is None or claim.change is None or claim.kind != "actual":
        return None
    if claim.percent and claim.change.kind == "percent":
        return None
    return earlier_level(claim.level, claim.change)


def implied_levels(claims: list[Claim]) -> Iterator[tuple[Claim, Any]]:
    """Yield each claim that implies an earlier level, with its reading."""
    for claim in claims:
        then = _then(claim)
        if then is not None:
            yield claim, then
