"""Charts of the exploring notebooks, in the house style of the reports: a fitted series, rate ratios, an interval against another."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from math import isfinite
from typing import Any

import matplotlib
import matplotlib.figure

from ..report.charts import BEFORE, DOWN, INK, MUTED, NOW, RULE, SERIES, UP, WIDTH, WRONG, spells, style, svg
from ..report.markdown import Figure
from ..trends.assessment import Assessment
from ..trends.series import Series
from ..trends.words import decimal
from ..trends.years import Comparison
from .pages import formatter, span, wording
from .typefaces import with_typefaces

ROW = 0.3  # inches a row
FEW_POINTS = 6  # up to here each point says its value


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
        for spell in unbroken(dict(trend.counts), series):
            axes.plot(spell, trend.counts.loc[spell], color=INK, marker="o", markersize=3.4, linewidth=0.9, zorder=3)
        last = int(trend.counts.index[-1])
        axes.annotate(
            f"{last}: {formatter(lang).number(int(trend.counts[last]))}",
            (last, trend.counts[last]),
            xytext=(-6, 4),
            textcoords="offset points",
            ha="right",
            fontsize=8,
            color=INK,
        )
        _mark_breaks(axes, [b.year for b in trend.breaks], words)
        _mark_ahead(axes, found, lang)
        axes.set_ylim(0, None)
        axes.set_title(words["trend_title"].format(name=series.name(lang), family=words[trend.family], confidence=f"{trend.confidence:.0%}"))
        _years(axes, lang)
        return Figure(with_typefaces(svg(figure)), " ".join(found.sentences(lang)), words["trend_caption"].format(name=series.name(lang)))


def _fitted_years(found: Assessment) -> list[int]:
    ahead = [int(year) for year in found.forecast().index]
    return list(range(int(found.trend.counts.index[0]), int(found.trend.counts.index[-1]) + 1)) + ahead


def _stretches(years: Sequence[int], breaks: Sequence[int]) -> list[list[int]]:
    """Cut the years at the breaks, so that no line leads across one."""
    edges = [years[0], *sorted(breaks), years[-1] + 1]
    return [part for a, b in pairwise(edges) if (part := [year for year in years if a <= year < b])]


def unbroken(points: Any, one: Series) -> list[list[int]]:
    """Runs of years that a line may join: no year missing, no break between."""
    return [part for spell in spells(points) for part in _stretches(spell, [b.year for b in one.breaks if spell[0] < b.year <= spell[-1]])]


def _mark_breaks(axes: Any, years: Iterable[int], words: dict[str, str]) -> None:
    for year in sorted(years):
        axes.axvline(year - 0.5, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
        axes.annotate(
            words["break"].format(year=year),
            (year - 0.5, 1),
            xycoords=("data", "axes fraction"),
            xytext=(-4, -2),
            textcoords="offset points",
            ha="right",
            va="top",
            fontsize=8,
            color=MUTED,
        )


def _mark_ahead(axes: Any, found: Assessment, lang: str) -> None:
    for year, row in found.forecast().iterrows():
        axes.errorbar(
            [year],
            [row.expected],
            yerr=[[row.expected - row.low], [row.high - row.expected]],
            fmt="o",
            markerfacecolor="white",
            color=NOW,
            capsize=3,
            markersize=4.5,
            zorder=4,
        )
        axes.annotate(
            f"{year}: {formatter(lang).number(round(row.expected))}",
            (year, row.expected),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=NOW,
            annotation_clip=False,
        )


def _years(axes: Any, lang: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    form = formatter(lang)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=9))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: form.number(round(value))))
    axes.tick_params(axis="y", labelcolor=MUTED, labelsize=8.5)
    axes.grid(axis="y", linewidth=0.5)


def series_figure(chosen: Sequence[Series], first: int, last: int, lang: str) -> Figure:
    """Draw the yearly points of some indicators, a panel a unit: printed values as dots, joined where no year is missing; ranges as bars.

    An implied earlier value is a bar with an open dot, and says its range where there is room.
    """
    words = wording(lang)
    units = list(dict.fromkeys(one.indicator.unit for one in chosen))
    with matplotlib.rc_context(style()):
        figure = matplotlib.figure.Figure(figsize=(WIDTH + 1.2, 2.3 * len(units) + 0.2), layout="constrained")
        panels = figure.subplots(len(units), 1, squeeze=False, sharex=True)[:, 0]
        for panel, unit in zip(panels, units, strict=True):
            members = [one for one in chosen if one.indicator.unit == unit]
            _panel(panel, members, first, last, unit, lang)
        panels[-1].set_xlim(first - 0.5, last + 0.5)
        alt = " ".join(words["series_alt"].format(name=one.name(lang), points=told(one, first, last, lang)) for one in chosen)
        names = words["join"].join(one.name(lang) for one in chosen)
        return Figure(with_typefaces(svg(figure)), alt, words["series_caption"].format(names=names, first=first, last=last))


def _panel(axes: Any, members: Sequence[Series], first: int, last: int, unit: str, lang: str) -> None:
    for at, one in enumerate(members):
        colour, points = SERIES[at % len(SERIES)], yearly_points(one, first, last)
        printed = {int(p.period): _middle(p) for p in points.itertuples() if p.origin == "printed"}
        for spell in unbroken(printed, one):
            axes.plot(spell, [printed[year] for year in spell], color=colour, marker="o", markersize=3.4, linewidth=1.2, zorder=3)
        for point in points.itertuples():
            axes.plot([int(point.period)] * 2, [float(point.low), float(point.high)], color=colour, linewidth=5, alpha=0.45, solid_capstyle="butt")
            if point.origin == "implied":
                axes.scatter([int(point.period)], [_middle(point)], s=26, facecolor="white", edgecolor=colour, zorder=4)
        _label_points(axes, one, points, colour, lang)
    _mark_breaks(axes, {brk.year for one in members for brk in one.breaks if first < brk.year <= last}, wording(lang))
    axes.set_ylim(0, axes.get_ylim()[1] * 1.08)
    axes.set_title(formatter(lang).counted(unit))
    _years(axes, lang)


def yearly_points(one: Series, first: int, last: int) -> Any:
    """The whole place's points of whole years between two years that have both ends; of a year's printed values the last published."""
    points = one.whole[one.whole.period.str.fullmatch(r"\d{4}") & one.whole.low.notna() & one.whole.high.notna()]
    points = points[points.period.astype(int).between(first, last)]
    return points.sort_values(["period", "origin", "published"], kind="stable").drop_duplicates(["period", "origin"], keep="last")


def _middle(point: Any) -> float:
    return float((point.low + point.high) / 2)


def _label_points(axes: Any, one: Series, points: Any, colour: str, lang: str) -> None:
    """Name the series at its last point; where points are few, write each one's value."""
    if points.empty:
        return
    if len(points) <= FEW_POINTS:
        for point in points.itertuples():
            axes.annotate(
                span(point.low, point.high, lang),
                (int(point.period), _middle(point)),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color=colour,
            )
    end = points.iloc[-1]
    axes.annotate(
        one.name(lang), (int(end.period), _middle(end)), xytext=(9, -3), textcoords="offset points", fontsize=8, color=colour, annotation_clip=False
    )


def told(one: Series, first: int, last: int, lang: str) -> str:
    """The points of a series in words; the first and the last where there are many."""
    points = yearly_points(one, first, last)
    ends = points if len(points) <= FEW_POINTS else points.iloc[[0, -1]]
    return wording(lang)["join"].join(f"{p.period} {span(p.low, p.high, lang)}" for p in ends.itertuples())


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
            said = decimal(middle, 2, lang)
            axes.annotate(said, (ratio.high, at), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8, color=colour)
        axes.axvline(1, color=INK, linewidth=0.8, zorder=1)
        _ratio_axis(axes, rows)
        axes.set_yticks(range(len(rows)), [row.names[lang] for row in rows])
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_title(words["ratio_title"].format(later=found.year, earlier=found.year - 1))
        alt = words["join"].join(f"{row.names[lang]} {decimal(row.ratio.ratio_low, 2, lang)}" for row in rows)
        return Figure(with_typefaces(svg(figure)), words["ratio_alt"].format(items=alt), words["ratio_caption"])


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
            axes.annotate(
                f"{label}: {form.interval(*_decimals(low, high), 2)} {unit}",
                ((low + high) / 2, at),
                xytext=(0, 10),
                textcoords="offset points",
                ha="center",
                fontsize=8.5,
                color=colour,
            )
        axes.axvline(0, color=INK, linewidth=0.8)
        reach = most - least
        axes.set_xlim(least - reach * 0.45, most + reach * 0.45)
        axes.set_ylim(1.5, -0.9)
        axes.set_yticks([])
        axes.set_title(words["against_title"].format(name=name))
        alt = words["against_alt"].format(
            name=name, stated=form.interval(*_decimals(*stated), 2), implied=form.interval(*_decimals(*implied), 2), unit=unit
        )
        return Figure(with_typefaces(svg(figure)), alt, words["against_caption"])


def _decimals(low: float, high: float) -> tuple[Decimal, Decimal]:
    return Decimal(str(low)), Decimal(str(high))


def _canvas(height: float) -> tuple[Any, Any]:
    figure = matplotlib.figure.Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots()
