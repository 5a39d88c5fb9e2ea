"""Changes that no document prints, worked out from two printed levels of the same figure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from .facts import Fact, Movement, decimal_of, text_of

FEW = 30


def year_before(period: str) -> str:
    """Name the same period a year earlier: 2013H1 -> 2012H1; empty for a span of years.

    >>> year_before("2013H1"), year_before("2020-01..2020-05"), year_before("2012..2016")
    ('2012H1', '2019-01..2019-05', '')
    """
    if re.fullmatch(r"\d{4}\.\.(\d{4})?", period):
        return ""
    return re.sub(r"\d{4}(?=$|H|Q|-|\.)", lambda year: str(int(year[0]) - 1), period)


def with_computed_changes(facts: Iterable[Fact], earlier: pd.DataFrame, broken: Callable[[Fact], bool] = lambda fact: False) -> list[Fact]:
    """Add the change on a year earlier to facts that print none, from the levels in `earlier` observations.

    `broken` tells of a fact whose definition changed with its period: it is compared with nothing.

    Only where exactly one earlier value is printed for the same indicator, scope and unit: a change between two
    printed values that disagree would be a guess.
    """
    levels: dict[tuple[str, str, str, str], dict[Decimal, Decimal | None]] = {}
    for row in earlier.to_dict("records"):
        value = decimal_of(row["value"])
        if value is not None and text_of(row["kind"]) == "actual" and text_of(row["indicator"]):
            key = (text_of(row["indicator"]), text_of(row["scope"]), text_of(row["unit"]), text_of(row["period"]))
            levels.setdefault(key, {})[value] = decimal_of(row["resolution"])
    return [fact if broken(fact) else _with_change(fact, levels) for fact in facts]


def _with_change(fact: Fact, levels: Mapping[tuple[str, str, str, str], Mapping[Decimal, Decimal | None]]) -> Fact:
    if fact.shape != "level" or fact.kind != "actual" or fact.movement or not fact.indicator or fact.hedge:
        return fact
    before = levels.get((fact.indicator, fact.scope, fact.unit, year_before(fact.period)), {})
    if len(before) != 1 or 0 in before:
        return fact
    level, resolution = next(iter(before.items()))
    if level < FEW and not fact.is_rate:  # a percentage of a handful says less than the two counts
        return replace(fact, previous=level, previous_resolution=resolution, previous_period=year_before(fact.period))
    movement = computed_movement(level, fact.value, fact.is_rate, spread_of_change(level, resolution, fact.value, fact.resolution, fact.is_rate))
    return fact if movement is None else replace(fact, movement=replace(movement, computed_from_resolution=resolution))


def documents_compared(facts: Iterable[Fact], observations: pd.DataFrame) -> set[str]:
    """The ids of the documents that print the figures of some facts for any period."""
    shown = {fact.indicator for fact in facts if fact.indicator and fact.value is not None}
    return set(observations[observations["indicator"].isin(shown)]["doc"])


def spread_of_change(before: Decimal, before_step: Decimal | None, after: Decimal, after_step: Decimal | None, is_rate: bool) -> Decimal:
    """Return how far apart the least and the greatest change are that two rounded levels leave, in per cent (points for rates).

    >>> round(spread_of_change(Decimal(34000), Decimal(1000), Decimal(35773), Decimal(1), False), 1)
    Decimal('3.1')
    """
    early, late = ((step or Decimal(0)) / 2 if (step and step > 1) or is_rate else Decimal(0) for step in (before_step, after_step))
    if is_rate:
        return 2 * (early + late)
    return 100 * ((after + late) / (before - early) - (after - late) / (before + early))


def computed_movement(before: Decimal, after: Decimal, is_rate: bool, spread: Decimal = Decimal(0)) -> Movement | None:
    """Work out a change from two printed levels, to one decimal (two for percentage points), or to what their rounding leaves.

    None where not even the whole per cent or point is sure (``spread`` is how far apart the least and the greatest change are).

    >>> computed_movement(Decimal(1490), Decimal(1331), False).amount
    Decimal('10.7')
    """
    if spread > 1:
        return None
    difference = after - before
    direction = "up" if difference > 0 else "down" if difference < 0 else "flat"
    if is_rate:
        amount, resolution, kind = abs(difference), max(Decimal("0.01"), _step_of(spread)), "percentage_points"
    else:
        amount, resolution, kind = abs(difference) / before * 100, max(Decimal("0.1"), _step_of(spread)), "percent"
    return Movement(direction, amount.quantize(resolution, ROUND_HALF_UP), kind, "yoy", resolution=resolution, computed_from=before)


def _step_of(spread: Decimal) -> Decimal:
    """The last place that is sure: a hundredth, a tenth or a whole."""
    return next(step for step in (Decimal("0.01"), Decimal("0.1"), Decimal(1)) if spread <= 2 * step)
