"""Which charts a report shows: those that say more than its tables, each with caption, source and alternative text."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from .charts import kind_of, plot_changes, plot_levels, plot_series, row_label, spells, svg, yearly
from .facts import Fact, Rupture
from .markdown import Figure
from .narrative import Narrator
from .tables import capital, change_cell, earlier_value

WIDEST_LOG = 100  # beyond that, a year's change is too small to see
SHORTEST_SERIES = 5
LONG_SERIES = 3  # charts a chapter, the longest series first


def headline_figures(facts: Sequence[Fact], narrator: Narrator, source: str) -> list[Figure]:
    """Choose the charts that say more than the headline table: levels against the year before, and changes side by side."""
    counts = [fact for fact in facts if _has_before(fact) and not fact.is_rate and fact.shape == "level_change"]
    counts = [fact for fact in counts if fact.unit == _commonest_unit(counts) or fact.unit in ("件", "起", "人")][:10]
    moved = [fact for fact in facts if kind_of(fact) in ("percent", "percentage_points")]
    period = narrator.format.period(narrator.edition_period)
    figures = []
    sizes = [fact.value for fact in counts]
    if len(counts) >= 3 and max(sizes) <= WIDEST_LOG * min(sizes):
        items = [
            narrator.wording("chart.alt_levels_item", name=narrator.name(fact), before=earlier_value(fact, narrator), now=narrator.value(fact))
            for fact in counts
        ]
        alt = narrator.wording("chart.alt_levels", count=len(counts), items=_alt_list(items, narrator))
        figures.append(Figure(svg(plot_levels(counts, narrator)), alt, narrator.wording("caption.levels", period=period), source))
    if len(moved) >= 4:
        items = [narrator.wording("chart.alt_changes_item", name=narrator.name(fact), change=change_cell(fact, narrator)) for fact in moved]
        alt = narrator.wording("chart.alt_changes", count=len(moved), items=_alt_list(items, narrator))
        figures.append(Figure(svg(plot_changes(moved, narrator)), alt, narrator.wording("caption.changes", period=period), source))
    return figures


def _commonest_unit(facts: Sequence[Fact]) -> str:
    units = [fact.unit for fact in facts]
    return max(sorted(set(units)), key=units.count, default="")


def _alt_list(items: Sequence[str], narrator: Narrator) -> str:
    return narrator.wording("chart.alt_joiner").join(items)


def series_figures(facts: Sequence[Fact], observations: pd.DataFrame, breaks: Sequence[Rupture], narrator: Narrator, source: str) -> list[Figure]:
    """Draw the long series of a chapter, one chart a document and unit: only where the years are many enough to show.

    `observations` are the region's, of all years; `breaks` its declared changes of definition, drawn and explained.
    """
    found = []
    for members in _families(facts).values():
        rows = observations[observations["indicator"].isin([fact.indicator for fact in members])]
        spoken = {fact.indicator: narrator.name(fact) if narrator.lang == "zh" else narrator.inside(fact) for fact in members}
        lines = {fact.indicator: capital(narrator.name(fact)) for fact in members if len(yearly(rows, fact.indicator)) >= SHORTEST_SERIES}
        largest = sorted(lines, key=lambda indicator: -max(yearly(rows, indicator).values()))[:3]
        if not largest:
            continue
        chosen = {indicator: lines[indicator] for indicator in largest}
        spoken = {indicator: spoken[indicator] for indicator in largest}
        names = {indicator: row_label(name, 12 if narrator.lang == "zh" else 22, narrator.lang) for indicator, name in chosen.items()}
        told = [_alt_series(name, yearly(rows, indicator), narrator) for indicator, name in chosen.items()]
        alt = narrator.wording("chart.alt_lines", count=len(told), items=narrator.wording.table("sentence_gap").join(told))
        caption = narrator.wording(
            "caption.series", names=capital(narrator.wording.listed(list(spoken.values()))), span=_span(rows, chosen, narrator)
        )
        years = max(len(yearly(rows, indicator)) for indicator in chosen)
        crossed = [rupture for rupture in breaks if _crosses(rupture, rows, chosen)]
        said = narrator.wording("chart.broken", breaks="".join(rupture.told[narrator.lang] for rupture in crossed)) if crossed else ""
        figure = Figure(svg(plot_series(rows, names, narrator.lang, breaks=[rupture.period for rupture in crossed])), alt, caption, source + said)
        found.append((-years, len(found), figure))
    longest = sorted(found, key=lambda one: one[:2])[:LONG_SERIES]
    return [figure for _, _, figure in sorted(longest, key=lambda one: one[1])]


def _crosses(rupture: Rupture, rows: pd.DataFrame, chosen: Iterable[str]) -> bool:
    """Tell whether a change of definition falls within the years of a chart."""
    own = [indicator for indicator in chosen if indicator in rupture.indicators]
    years = [year for indicator in own for year in yearly(rows, indicator)]
    return bool(years) and rupture.period.isdigit() and min(years) < int(rupture.period) <= max(years)


def _families(facts: Sequence[Fact]) -> dict[tuple[str, str], list[Fact]]:
    families: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.indicator and fact.value is not None:
            families.setdefault((fact.doc, fact.unit), []).append(fact)
    return families


def _span(rows: pd.DataFrame, chosen: Mapping[str, str], narrator: Narrator) -> str:
    years = [year for indicator in chosen for year in yearly(rows, indicator)]
    return narrator.format.period(f"{min(years)}..{max(years)}")


def _alt_series(name: str, points: Mapping[int, Decimal], narrator: Narrator) -> str:
    form = narrator.format
    peak, low = max(points, key=points.get), min(points, key=points.get)
    missing = spells(dict.fromkeys(year for year in range(min(points), max(points)) if year not in points))
    written = [str(spell[0]) if len(spell) == 1 else f"{spell[0]}-{spell[-1]}" for spell in missing]
    gaps = narrator.wording("chart.alt_gap", periods=narrator.wording.listed(written)) if missing else ""
    return narrator.wording(
        "chart.alt_series",
        name=name,
        gaps=gaps,
        first=form.number(points[min(points)]),
        first_period=form.period(str(min(points))),
        last=form.number(points[max(points)]),
        last_period=form.period(str(max(points))),
        peak=form.number(points[peak]),
        peak_period=form.period(str(peak)),
        low=form.number(points[low]),
        low_period=form.period(str(low)),
    ).strip()


def _has_before(fact: Fact) -> bool:
    known = fact.previous is not None or fact.implied is not None or (fact.movement is not None and fact.movement.computed)
    return fact.value is not None and known
