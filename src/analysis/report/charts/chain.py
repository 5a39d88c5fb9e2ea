"""Only changes are printed: an index chained from them, with the band that their rounding leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import matplotlib

from ..narrative import Narrator
from .style import BAND, INK, MUTED, NOW, Plot, canvas, style


@dataclass(frozen=True, slots=True)
class Link:
    """The index of one year: its middle, and the least and the most that the printed changes allow."""

    year: int
    index: Decimal
    low: Decimal
    high: Decimal


def chained(changes: Sequence[tuple[int, Decimal, Decimal]]) -> list[Link]:
    """Chain yearly changes (year, signed per cent, resolution) of years without a gap; the year before the first is 100.

    >>> [str(round(link.index, 1)) for link in chained([(2023, Decimal("-4.8"), Decimal("0.1")), (2024, Decimal("-25.7"), Decimal("0.1"))])]
    ['100.0', '95.2', '70.7']
    """
    links = [Link(changes[0][0] - 1, Decimal(100), Decimal(100), Decimal(100))]
    for year, size, step in changes:
        last = links[-1]
        ends = [(100 + size + sign * step / 2) / 100 for sign in (-1, 1)]
        links.append(Link(year, last.index * (100 + size) / 100, last.low * ends[0], last.high * ends[1]))
    return links


def draw_chain(links: Sequence[Link], narrator: Narrator) -> Plot:
    """Draw the index with its band, each year's value beside its dot."""
    with matplotlib.rc_context(style()):
        figure, (axes,) = canvas(2.2)
        years = [link.year for link in links]
        axes.fill_between(years, [float(link.low) for link in links], [float(link.high) for link in links], color=BAND, linewidth=0, zorder=1)
        axes.plot(years, [float(link.index) for link in links], color=NOW, marker="o", markersize=4, zorder=3)
        for link in links:
            text = narrator.format.number(link.index, 0 if link.index == 100 else 1)
            axes.annotate(text, (link.year, float(link.index)), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8.5, color=INK)
        axes.set_xticks(years, [str(year) for year in years])
        axes.set_xlim(years[0] - 0.4, years[-1] + 0.4)
        axes.set_ylim(0, max(float(link.high) for link in links) * 1.18)
        axes.set_ylabel(narrator.wording("chart.index", year=years[0]), color=MUTED)
        axes.tick_params(axis="y", labelcolor=MUTED, labelsize=8.5)
        axes.grid(axis="y", linewidth=0.5)
    return figure
