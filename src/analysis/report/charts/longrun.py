"""Is this year unusual? A long series, cut where a year is missing or a definition changed, with the reach of earlier yearly changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from math import floor
from statistics import quantiles
from typing import Any

import matplotlib

from ...writing.numbers import Formatter
from ..phrases import Wording
from .style import BAND, INK, MUTED, NOW, Plot, canvas, label, number_axis, style

HISTORY = 10  # earlier yearly changes on one definition that a band needs
FEW = 7  # so many years are all ticked
USUAL = 10  # the band leaves out a tenth of the earlier changes at either end
WILD = 8  # a band whose ends lie so many times apart says nothing
ROOM = 1.18  # how much higher an axis is than what is drawn on it
LABEL_PART = 4  # the words at a break take so large a part of the axis (a quarter)
HIGH = 0.8  # rates that all lie above this share of the highest stand on an axis that does not begin at nought


@dataclass(frozen=True)
class Run:
    """One series: its name, unit, yearly values, and the years from which its definition changed, with a short reason each."""

    name: str
    unit: str
    values: Mapping[int, Decimal]
    breaks: Mapping[int, str]
    written: Mapping[int, str] = field(default_factory=dict)  # the values as the text has them

    @cached_property
    def since_break(self) -> list[int]:
        """The years of the last definition."""
        start = max(self.breaks, default=min(self.values))
        return [year for year in self.values if year >= start]

    @cached_property
    def changes(self) -> list[float]:
        """The earlier yearly changes of the last definition, as ratios: none over a missing year, nor the last year's own."""
        pairs = [(self.values[year - 1], self.values[year]) for spell in spells(self.since_break) for year in spell[1:] if year != max(self.values)]
        return [float(now / before) for before, now in pairs if before]

    @cached_property
    def lacks(self) -> str:
        """Why the series has no band: too `few` earlier changes, none `before` its last year, or such as are too `wild`; "" where it has one."""
        if len(self.changes) < HISTORY:
            return "few"
        if max(self.values) - 1 not in self.since_break:
            return "before"
        low, *_, high = quantiles(self.changes, n=USUAL)
        return "wild" if high > WILD * low else ""

    @cached_property
    def reach(self) -> tuple[float, float] | None:
        """What the last year would be after a change like most earlier yearly ones of its definition, from the year before; None without a band."""
        if self.lacks:
            return None
        cut, base = quantiles(self.changes, n=USUAL), float(self.values[max(self.values) - 1])
        return base * cut[0], base * cut[-1]

    @cached_property
    def foot(self) -> float:
        """Where the axis of its panel begins: at nought, but for rates that differ little for their height."""
        low, high = (float(end(self.values.values())) for end in (min, max))
        if self.unit not in ("%", "‰") or low < HIGH * high:
            return 0.0
        return max(0.0, float(floor(low - (high - low) / 2)))

    @cached_property
    def top(self) -> float:
        """Where the axis ends: above all values, and above the band unless that reaches far beyond them."""
        highest = max(map(float, self.values.values()))
        reached = highest if self.reach is None else max(highest, min(self.reach[1], highest * 1.3))
        return self.foot + (reached - self.foot) * ROOM or 1

    @property
    def goes_beyond(self) -> bool:
        """Whether the band reaches beyond the axis: then it ends in an arrow."""
        return self.reach is not None and self.reach[1] > self.top


def spells(points: Iterable[int], breaks: Iterable[int] = ()) -> list[list[int]]:
    """Cut years into spells without a gap and without a break.

    >>> spells([1960, 1961, 1979]), spells([2019, 2020, 2021], breaks=[2020])
    ([[1960, 1961], [1979]], [[2019], [2020, 2021]])
    """
    cuts, runs = set(breaks), list[list[int]]()
    for year in sorted(points):
        if runs and year == runs[-1][-1] + 1 and year not in cuts:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def draw_series(runs: Sequence[Run], lang: str = "zh") -> Plot:
    """Draw a panel for each series on a scale of its own, on one axis of years; the last year ticked and labelled."""
    form = Formatter(Wording.load(lang))
    with matplotlib.rc_context(style()):
        figure, axes = canvas(1.02 * len(runs) + 0.4, len(runs))
        first, last = (end(year for run in runs for year in run.values) for end in (min, max))
        for panel, run in zip(axes, runs, strict=True):
            _panel(panel, run, form, first)
            panel.set_xlim(first - 0.6, last + max(1.2, (last - first) * 0.09))
            panel.set_xticks(_ticks(first, last, panel is axes[-1] and {year for run in runs for year in run.values}))
            panel.set_title(_titled(run, form), fontsize=8.8, color=INK)
            panel.tick_params(axis="x", labelbottom=panel is axes[-1])
    return figure


def _panel(axes: Any, run: Run, form: Formatter, first: int) -> None:
    for spell in spells(run.values, run.breaks):
        axes.plot(spell, [float(run.values[year]) for year in spell], color=NOW, marker="o", markersize=3, zorder=3)
    last, foot, top = max(run.values), run.foot, run.top
    if run.reach is not None:
        low, high = run.reach
        axes.fill_between([last - 0.45, last + 0.45], max(low, foot), min(high, top), color=BAND, linewidth=0, zorder=1)
    if run.goes_beyond:
        arrow = {"arrowstyle": "-|>", "color": MUTED, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (last, top), xytext=(last, top - (top - foot) * 0.18), arrowprops=arrow, zorder=2)
    axes.set_ylim(foot, top)
    label(axes, run.written.get(last) or form.number(run.values[last]), (last, float(run.values[last])), 1, NOW, 8.3)
    for year, reason in run.breaks.items():
        if min(run.values) < year <= last:
            axes.axvline(year - 0.5, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
            right = _is_freer_before(year, run, first)
            where = {"xytext": (-4 if right else 4, -2), "textcoords": "offset points", "ha": "right" if right else "left", "va": "top"}
            axes.annotate(reason, (year - 0.5, 1), xycoords=("data", "axes fraction"), **where, fontsize=7.6, color=MUTED)
    number_axis(axes.yaxis, max(map(float, run.values.values())), run.unit, form, ticks=4)
    axes.tick_params(axis="y", labelcolor=MUTED, labelsize=8.3)
    axes.grid(axis="y", linewidth=0.5)


def _is_freer_before(year: int, run: Run, first: int) -> bool:
    """Whether the words at a break stand before it: where the axis, which begins with `first`, has room for them and the line lies lower."""
    last = max(run.values)
    reach = max((last - first) / LABEL_PART, 1)
    before, behind = (max((float(run.values[one]) for one in run.values if low <= one < high), default=0.0)
                      for low, high in ((year - reach, year), (year, year + reach)))  # fmt: skip
    return year - first >= reach and (before <= behind or last - year < reach)


def _titled(run: Run, form: Formatter) -> str:
    """A panel's name with its unit in brackets: nothing on the axis says what is counted."""
    unit = form.counted(run.unit)
    return form.wording("chart.with_unit", name=run.name, unit=unit) if unit else run.name


def _ticks(first: int, last: int, drawn: set[int] | bool) -> list[int]:
    """Tick every year of a short run; of a long one, round years and the last."""
    if last - first < FEW:
        return list(range(first, last + 1))
    step = next(step for step in (2, 5, 10, 20) if (last - first) / step <= 8)
    ticks = [year for year in range(first, last + 1) if year % step == 0 and last - year >= step / 2]
    return [*ticks, last]
