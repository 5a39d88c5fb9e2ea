"""Did output keep up? What came in, what was finished, and the gap, last year and this."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import matplotlib

from ..narrative import Narrator
from .style import BEFORE, INK, MUTED, NOW, Plot, canvas, label, number_axis, row_label, style


@dataclass(frozen=True, slots=True)
class Kept:
    """One office's year: what came in and what was finished, and how both are written (an implied one as about)."""

    name: str
    year: str
    received: Decimal
    closed: Decimal
    written: tuple[str, str, str]
    implied: bool


def draw_output(pairs: Sequence[Sequence[Kept]], narrator: Narrator) -> Plot:
    """Draw a panel for each office: a bar a year, as long as what came in, its dark part what was finished."""
    with matplotlib.rc_context(style()):
        figure, axes = canvas(0.95 * len(pairs) + 0.3, len(pairs))
        for panel, years in zip(axes, pairs, strict=True):
            _panel(panel, years, narrator)
    return figure


def _panel(axes: Any, years: Sequence[Kept], narrator: Narrator) -> None:
    for row, year in enumerate(years):
        colour = BEFORE if year.implied else NOW
        axes.barh(row, float(year.closed), height=0.55, color=colour, edgecolor=colour, zorder=2)
        left = {"left": float(year.closed), "color": "white", "edgecolor": colour, "hatch": "////"}
        axes.barh(row, float(year.received - year.closed), height=0.55, zorder=2, **left)
        received, closed, gap = year.written
        label(axes, narrator.wording("chart.kept", received=received, closed=closed, gap=gap), (float(year.received), row), 1, INK)
    largest = max(float(year.received) for year in years)
    axes.set_xlim(0, largest * 1.75)
    axes.set_ylim(len(years) - 0.5, -0.5)
    axes.set_yticks(range(len(years)), [year.year for year in years])
    axes.set_title(row_label(years[0].name, 60, narrator.lang), fontsize=8.8, color=MUTED)
    number_axis(axes.xaxis, largest, "", narrator.format, ticks=4)
    axes.set_xticks([tick for tick in axes.get_xticks() if tick <= largest])
