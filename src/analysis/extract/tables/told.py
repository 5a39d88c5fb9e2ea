"""The units of figures that print none: of the figures beside them, or named in a measure of time (审理天数); not what only prose counts them in."""

from __future__ import annotations

from collections.abc import Sequence

from .composing import finished
from .figures import Figure
from .unit_choice import SPAN, counts_in
from .values import Unit, read_unit


def as_beside(figures: Sequence[Figure]) -> None:
    """Give a figure without a unit that of the others in its column, or else in its row, where all that have one print the same beside them."""
    levels = [figure for figure in figures if figure.role == "level"]
    lines: dict[tuple[str, int], list[Figure]] = {}
    for figure in levels:
        lines.setdefault(("column", figure.column), []).append(figure)
        lines.setdefault(("row", figure.row), []).append(figure)
    printed = {line: _printed(members) for line, members in lines.items()}
    for figure in levels:
        if figure.unit is not None:
            continue
        unit = printed["column", figure.column] or printed["row", figure.row]
        if unit is not None and (unit.multiple == 1 or not figure.value.amount) and counts_in(figure.name, unit):
            figure.unit, figure.unit_from, figure.name = unit, "around the table", finished(figure.name, unit)


def _printed(line: Sequence[Figure]) -> Unit | None:
    """The one unit that cells of a line print, where most do and two at least."""
    units = [figure.unit for figure in line if figure.unit is not None and figure.unit_from == "cell"]
    return units[0] if len(units) > 1 and 2 * len(units) > len(line) and len(set(units)) == 1 else None


def last_as_named(figures: Sequence[Figure]) -> None:
    """Give the lengths of time that still have no unit the one that their head or label names in its measure (审理天数).

    What only a measure names (起数, 死亡人数) is no printed classifier: such counts have none.
    """
    for figure in figures:
        if figure.role == "level" and figure.unit is None:
            spans = {match["unit"] for words in figure.names if words and (match := SPAN.search(words[-1])) and match["unit"]}
            unit = read_unit(spans.pop()) if len(spans) == 1 else None
            if unit is not None and unit.family == "time":
                figure.unit, figure.unit_from = unit, "head or label"
