"""The charts of a report: really drawn, each label at the mark of the figure it names, each line up to the edition's period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ...report.facts import part_of
from ..selection import Choice
from .drawing import Axes, read_axes
from .seen import Report, figures_in, plain, significant
from .tables import is_sources

if TYPE_CHECKING:
    from ...dataset import Dataset

CUT = "…"
CHANGES = 4  # headline figures with a change: so many ask for a chart
YEARS = 5  # of one series: so many ask for a line
Series = Mapping[int, set[Decimal]]


def faults(report: Report, choice: Choice, known: Dataset) -> Iterator[str]:
    """What is wrong with the charts of a report."""
    series = _all_series(known, choice)
    named = _named_figures(report, choice.lang)
    for chart in report.charts:
        where = f"{chart.cell}: the chart {chart.caption!r}"
        try:
            axes = read_axes(chart.svg)
        except ElementTree.ParseError as error:
            yield f"{where} is no drawing ({error})"
            continue
        if not chart.alt.strip():
            yield f"{where} has no alternative text"
        if not axes or any(not one.marks for one in axes):
            yield f"{where} is empty"
            continue
        years = next((one for one in axes if one.has_years), None)
        for one in axes:
            if one.rows:
                yield from (f"{where} {fault}" for fault in _row_faults(one, named))
            elif years is not None:
                yield from (f"{where} {fault}" for fault in _line_faults(one, years, named, series))
    yield from _lost(report, series, known)


def _named_figures(report: Report, lang: str) -> dict[str, list[Mapping[str, str]]]:
    """The figures of all tables by the name they have in the report's language."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for table in report.tables:
        for row in table.rows if table.of_figures else []:
            found.setdefault(plain(row.get(lang) or row["zh"]), []).append(row)
    return found


def _row_faults(axes: Axes, named: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[str]:
    """A chart with a name at each row: a mark beside each, and a label that says that figure's value or change."""
    figures = {row.text: _of_name(plain(row.text), named) for row in axes.rows}
    if not any(figures.values()):
        return  # its rows are periods or sides, no indicators
    for row in axes.rows:
        if not figures[row.text]:
            yield f"names {row.text!r}, which no table of the report does"
            continue
        if not axes.has_mark_at(row):
            yield f"has no mark for {row.text!r}"
        said = set().union(*(figures_in(label.text) for label in axes.labels_at(row)))
        wanted = {significant(figure[key]) for figure in figures[row.text] for key in ("value", "change_amount") if figure.get(key)}
        if wanted and not said & wanted:
            yield f"labels {row.text!r} with another figure's number"


def _of_name(name: str, named: Mapping[str, Sequence[Mapping[str, str]]]) -> Sequence[Mapping[str, str]]:
    """The figures of a name, which may be cut where it has no room beside its row."""
    if name in named or not name.endswith(CUT):
        return named.get(name, ())
    return [figure for full, figures in named.items() if full.startswith(name.removesuffix(CUT)) for figure in figures]


def _line_faults(axes: Axes, years: Axes, named: Mapping[str, Sequence[Mapping[str, str]]], series: Mapping[str, Sequence[Series]]) -> Iterator[str]:
    """A panel over years: its name, the last value, and the last year that is drawn."""
    names = {name for label in axes.labels for name in named if plain(label.text).startswith(name)}
    name = max(names, key=len, default="")
    indicators = {figure["indicator"] for figure in named.get(name, ())} - {""}
    every = [one for indicator in indicators for one in series.get(indicator, ())]
    if not every:
        return  # a line of figures that the catalogue does not know has no series to hold it against
    last = years.year_at(axes.last_place)
    drawn = {figure for label in axes.labels if not plain(label.text).startswith(name) for figure in figures_in(label.text)}
    if not any(last == max(one) and drawn & {significant(str(value)) for value in one[max(one)]} for one in every):
        ends = sorted({max(one) for one in every})
        yield f"ends {name!r} in {last}, without the value of {', '.join(map(str, ends))}, where the data end"


def _all_series(known: Dataset, choice: Choice) -> dict[str, list[Series]]:
    """The yearly values of each indicator up to the edition's period, one series for each scope they are printed for, and one of them all."""
    ending = int(choice.period.split("..")[-1][:4] or choice.period[:4])
    rows = []
    for row in known.observations.to_dict("records"):
        if row["indicator"] and row["kind"] == "actual" and row["value"] is not None and len(row["period"]) == 4 and int(row["period"]) <= ending:
            rows.append((row["indicator"], row["scope"] or "", int(row["period"]), row["value"]))
    found: dict[str, list[Series]] = {}
    for indicator, members in groupby(sorted(rows), key=lambda row: row[0]):
        members = list(members)
        scopes = {row[1] for row in members}
        for chosen in [scopes, *({scope} for scope in scopes)]:
            one: dict[int, set[Decimal]] = {}
            for _, scope, year, value in members:
                if scope in chosen:
                    one.setdefault(year, set()).add(value)
            found.setdefault(indicator, []).append(one)
    return found


def _lost(report: Report, series: Mapping[str, Sequence[Series]], known: Dataset) -> Iterator[str]:
    """Tables whose figures ask for a chart, in cells that show none."""
    drawn = {chart.cell for chart in report.charts}
    # A line is of the whole place: what a document says of a part of it, or of another place, asks for none.
    wholes = {claim.id for claim in known.along.claims if not part_of(known.along.scope(claim))}
    broken = {id for doc in known.documents if doc.metadata for stop in doc.metadata.breaks for id in stop.indicators or series}
    for table in report.tables:
        if table.cell in drawn or not table.of_figures or is_sources(table):
            continue
        changes = [row for row in table.rows if row.get("change_kind") in ("percent", "percentage_points") and row.get("change_amount")]
        if table.name == "headline" and len(changes) >= CHANGES:
            yield f"{table.cell}: the chart of {len(changes)} headline figures is lost"
        long = [row["indicator"] for row in table.rows if row["id"] in wholes and _asks_for_line(row, series) and row["indicator"] not in broken]
        if table.name not in ("headline", "targets") and long:
            yield f"{table.cell}: the chart of {long[0]} over the years is lost"


def _asks_for_line(row: Mapping[str, str], series: Mapping[str, Sequence[Series]]) -> bool:
    return bool(row["value"]) and any(len(one) >= YEARS for one in series.get(row["indicator"], ())[1:])
