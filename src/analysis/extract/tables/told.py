"""The units of figures that print none: of the figures beside them, or named in their measure (起数), but not what only prose counts them in."""

from __future__ import annotations

from collections.abc import Sequence

from .composing import CLASSIFIER, SPAN, counts_in, finished
from .figures import Figure
from .values import Unit, read_unit
from .words import is_kind


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


def count_as_named(figures: Sequence[Figure]) -> None:
    """Give the figures that still have no unit the one that their head or label names in its measure (起数, 死亡人数, 审理天数).

    Where these do not, a head over several does whose measure ends the name (事故起数 over 工矿, 建筑). Counts that print decimals are none.
    """
    broken = {(figure.column, figure.names) for figure in figures if figure.value.resolution < 1}
    for figure in figures:
        if figure.role != "level" or figure.unit is not None:
            continue
        last = [words[-1] for words in figure.names if words]
        spans = {match["unit"] for name in last if (match := SPAN.search(name)) and match["unit"]}
        counts = _classifiers(last) or _classifiers([name for name in figure.names[1] if figure.name.endswith(name[-2:])])
        found = spans or (counts if (figure.column, figure.names) not in broken else set())
        unit = read_unit(found.pop()) if len(found) == 1 else None
        told = unit is not None and (counts_in(figure.name, unit) or any(is_kind(name, "measure") for name in last))
        if unit is not None and (unit.family == "time" or (unit.family == "count" and told)):
            figure.unit, figure.unit_from = unit, "head or label"


def _classifiers(names: Sequence[str]) -> set[str]:
    """What the measures at the ends of some heads or labels count in."""
    return {match["unit"] or match["alone"] for name in names if (match := CLASSIFIER.search(name))}
