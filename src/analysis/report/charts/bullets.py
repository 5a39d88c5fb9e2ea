"""Were the targets met? The threshold, the side of it that was aimed at, and the value where a document gives one."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib

from ..facts import Fact
from ..narrative import Narrator
from .style import BAND, INK, MUTED, NOW, Plot, canvas, height_of, label, name_rows, places_of, row_names, style


def draw_targets(targets: Sequence[Fact], reached: Mapping[str, Fact], narrator: Narrator) -> Plot:
    """Draw targets in per cent on one scale from 0 to 100; `reached`: target id -> the actual figure."""
    with matplotlib.rc_context(style()):
        names = row_names(targets, narrator)
        figure, (axes,) = canvas(height_of(names) * 1.1 + 0.4)
        for row, target in zip(places_of(names), targets, strict=True):
            _row(axes, row, target, reached.get(target.id), narrator)
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 25, 50, 75, 100], [narrator.format.number(tick) + "%" for tick in (0, 25, 50, 75, 100)])
        name_rows(axes, names)
    return figure


def _row(axes: Any, row: float, target: Fact, actual: Fact | None, narrator: Narrator) -> None:
    goal = float(target.printed)
    left, width = (0, goal) if target.comparator in ("<", "<=") else (goal, 100 - goal)
    axes.barh(row, width, left=left, height=0.62, color=BAND, zorder=1)
    axes.plot([goal, goal], [row - 0.4, row + 0.4], color=INK, linewidth=1.6, zorder=3)
    if actual is not None and actual.value is not None:
        axes.scatter([float(actual.value)], [row], s=36, color=NOW, zorder=4)
    bound = narrator.format.quantity(target.printed, target.unit, target.resolution)
    text = narrator.wording(f"comparator.{target.comparator or '='}", value=bound)
    text += narrator.wording("chart.reached", value=narrator.value(actual)) if actual is not None else narrator.wording("chart.no_outcome")
    label(axes, text, (100, row), 1, MUTED)
