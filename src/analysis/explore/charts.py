"""Charts of the exploring notebooks, in the house style of the reports: a fitted series, rate ratios, an interval against another."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

import matplotlib
import matplotlib.figure

from ..report.charts import BEFORE, DOWN, INK, MUTED, NOW, RULE, UP, WIDTH, WRONG, spells, style, svg
from ..report.markdown import Figure
from ..trends.assessment import Assessment
from ..trends.series import Series
from ..trends.years import Comparison
from .pages import formatter, wording

ROW = 0.3  # inches a row


def trend_figure(found: Assessment, series: Series, lang: str) -> Figure:
    """Draw the counts, the model's mean, the interval that holds a single year, the breaks, and the year ahead if there is one."""
    words, trend = wording(lang), found.trend
    with matplotlib.rc_context(style()):
        figure, axes = _canvas(2.9)
        years = _fitted_years(found)
        for stretch in _stretches(years, [b.year for b in trend.breaks]):
            band = trend.predict(stretch)
            axes.fill_between(stretch, band["low"].to_numpy(), band["high"].to_numpy(), color=NOW, alpha=0.13, linewidth=0, zorder=1)
            axes.plot(stretch, band["expected"], color=NOW, linewidth=1.2, zorder=2)
        for spell in spells(dict(trend.counts)):
            axes.plot(spell, trend.counts.loc[spell], color=INK, marker="o", markersize=3.4, linewidth=0.9, zorder=3)
        _mark_breaks(axes, found, words)
        _mark_ahead(axes, found, lang)
        axes.set_ylim(0, None)
        axes.set_title(words["trend_title"].format(name=series.name(lang), family=words[trend.family], confidence=f"{trend.confidence:.0%}"))
        _years(axes, lang)
        return Figure(svg(figure), " ".join(found.sentences(lang)), words["trend_caption"].format(name=series.name(lang)))


def _fitted_years(found: Assessment) -> list[int]:
    ahead = [int(year) for year in found.forecast().index]
    return list(range(int(found.trend.counts.index[0]), int(found.trend.counts.index[-1]) + 1)) + ahead


def _stretches(years: Sequence[int], breaks: Sequence[int]) -> list[list[int]]:
    """Cut the years at the breaks, so that no line leads across one."""
    edges = [years[0], *breaks, years[-1] + 1]
    return [part for a, b in zip(edges, edges[1:], strict=False) if (part := [year for year in years if a <= year < b])]


def _mark_breaks(axes: Any, found: Assessment, words: dict[str, str]) -> None:
    for brk in found.trend.breaks:
        axes.axvline(brk.year - 0.5, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
        axes.annotate(words["break"].format(year=brk.year), (brk.year - 0.5, 1), xycoords=("data", "axes fraction"), xytext=(-4, -2),
                      textcoords="offset points", ha="right", va="top", fontsize=8, color=MUTED)


def _mark_ahead(axes: Any, found: Assessment, lang: str) -> None:
    for year, row in found.forecast().iterrows():
        axes.errorbar([year], [row.expected], yerr=[[row.expected - row.low], [row.high - row.expected]], fmt="o", markerfacecolor="white",
                      color=NOW, capsize=3, markersize=4.5, zorder=4)
        axes.annotate(f"{year}: {formatter(lang).number(round(row.expected))}", (year, row.expected), xytext=(7, 0), textcoords="offset points",
                      va="center", fontsize=8, color=NOW, annotation_clip=False)


def _years(axes: Any, lang: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    form = formatter(lang)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=9))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: form.number(round(value))))
    axes.tick_params(axis="y", labelcolor=MUTED, labelsize=8.5)
    axes.grid(axis="y", linewidth=0.5)


def ratio_figure(found: Comparison, lang: str) -> Figure:
    """Draw the rate ratios with their intervals on a logarithmic scale around 1; what cannot be told from 1 is grey."""
    words = wording(lang)
    rows = [row for row in found.rows if row.ratio.low > 0 and isfinite(row.ratio.high)]
    with matplotlib.rc_context(style()):
        figure, axes = _canvas(ROW * len(rows) + 0.9)
        for at, row in enumerate(rows):
            ratio = row.ratio
            colour = BEFORE if not ratio.differs else UP if ratio.low > 1 else DOWN
            middle = (ratio.ratio_low * ratio.ratio_high) ** 0.5
            axes.plot([ratio.low, ratio.high], [at, at], color=colour, linewidth=2.2, solid_capstyle="butt", zorder=2)
            axes.scatter([middle], [at], s=30, color=colour if not row.doubted else "white", edgecolor=colour, zorder=3)
            axes.annotate(f"{middle:.2f}", (ratio.high, at), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8, color=colour)
        axes.axvline(1, color=INK, linewidth=0.8, zorder=1)
        _ratio_axis(axes, rows)
        axes.set_yticks(range(len(rows)), [row.names[lang] for row in rows])
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_title(words["ratio_title"].format(later=found.year, earlier=found.year - 1))
        alt = words["join"].join(f"{row.names[lang]} {row.ratio.ratio_low:.2f}" for row in rows)
        return Figure(svg(figure), words["ratio_alt"].format(items=alt), words["ratio_caption"])


def _ratio_axis(axes: Any, rows: Sequence[Any]) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

    axes.set_xscale("log")
    low, high = min(row.ratio.low for row in rows), max(row.ratio.high for row in rows)
    axes.set_xlim(min(low, 1) / 1.05, max(high, 1) * 1.12)
    marks = [0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5, 2, 3, 5, 10]
    shown = [mark for mark in marks if axes.get_xlim()[0] <= mark <= axes.get_xlim()[1]]
    axes.xaxis.set_major_locator(FixedLocator(shown if len(shown) < 11 else shown[::2]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.grid(axis="x", linewidth=0.5, color=RULE)


def against_figure(stated: tuple[float, float], implied: tuple[float, float], name: str, unit: str, lang: str) -> Figure:
    """Draw what a bulletin states against what its other numbers imply: two intervals on one scale, with the gap between them."""
    words, form = wording(lang), formatter(lang)
    rows = [(words["stated"], stated, WRONG), (words["implied"], implied, NOW)]
    with matplotlib.rc_context(style()):
        figure, axes = _canvas(1.5)
        least, most = min(0, stated[0], implied[0]), max(0, stated[1], implied[1])
        for at, (label, (low, high), colour) in enumerate(rows):
            axes.plot([low, high], [at, at], color=colour, linewidth=9, solid_capstyle="butt", zorder=2)
            axes.scatter([(low + high) / 2], [at], s=46, marker="|", color=colour, zorder=3)
            axes.annotate(f"{label}: {form.interval(*_decimals(low, high), 2)} {unit}", ((low + high) / 2, at), xytext=(0, 10),
                          textcoords="offset points", ha="center", fontsize=8.5, color=colour)
        axes.axvline(0, color=INK, linewidth=0.8)
        reach = most - least
        axes.set_xlim(least - reach * 0.28, most + reach * 0.28)
        axes.set_ylim(1.5, -0.9)
        axes.set_yticks([])
        axes.set_title(words["against_title"].format(name=name))
        alt = words["against_alt"].format(name=name, stated=form.interval(*_decimals(*stated), 2), implied=form.interval(*_decimals(*implied), 2), unit=unit)
        return Figure(svg(figure), alt, words["against_caption"])


def _decimals(low: float, high: float) -> tuple[Any, Any]:
    from decimal import Decimal

    return Decimal(str(low)), Decimal(str(high))


def _canvas(height: float) -> tuple[Any, Any]:
    figure = matplotlib.figure.Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots()
