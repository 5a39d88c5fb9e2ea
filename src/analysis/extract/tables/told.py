"""The unit of a table that prints none: that in which the text around it counts the same figures."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Statement
from .composing import counts_in, finished
from .figures import Figure
from .values import read_unit

# So many figures of a table, none smaller, must the text near it tell in one unit.
FEWEST_TOLD, SMALLEST_TOLD, AROUND = 3, 5, 2000


def count_as_told(figures: Sequence[Figure], prose: Sequence[Statement], start: int) -> None:
    """Give the figures of a table that prints no unit that in which the text around `start` counts several of them (刑事警情51起)."""
    levels = [figure for figure in figures if figure.role == "level"]
    if not levels or any(figure.unit is not None for figure in levels):
        return
    amounts = {figure.value.amount for figure in levels if figure.value.amount >= SMALLEST_TOLD}
    told = {(one.value, one.unit) for one in prose if one.value in amounts and one.unit and abs(one.start - start) < AROUND}
    units = {unit for _, unit in told}
    unit = read_unit(units.pop() or "") if len(told) >= FEWEST_TOLD and len(units) == 1 else None
    if unit is None or unit.family != "count":
        return
    for figure in levels:
        if counts_in(figure.name, unit):
            figure.unit, figure.unit_from, figure.name = unit, "around the table", finished(figure.name, unit)
