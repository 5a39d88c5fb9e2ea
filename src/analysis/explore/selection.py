"""What an analyst picked: some indicators of a region over a span of years, as a chart, a table and the sentences behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..dataset import Dataset
from ..periods import months
from ..report.facts import part_of
from ..report.markdown import Figure, Markdown
from ..report.phrases import Wording
from ..trends.series import Series, series
from . import charts, pages


def indicators_of(dataset: Dataset, region: str) -> list[str]:
    """The catalogue ids a region has figures of dated periods for, in the catalogue's order."""
    rows = dataset.observations
    rows = rows[(rows.region == region) & (rows.kind == "actual") & rows.value.notna()]
    mine = {indicator for indicator, period in zip(rows.indicator, rows.period, strict=True) if months(period)}
    return [indicator.id for indicator in dataset.catalogue.indicators if indicator.id in mine]


def years_of(dataset: Dataset, region: str, indicators: Sequence[str]) -> tuple[int, int]:
    """The first and the last year that points of these indicators, implied ones included, lie in."""
    spans = [span for id in indicators for span in _spans(series(dataset, region, id).points)]
    if not spans:
        raise ValueError(f"{region}: none of {', '.join(indicators)} has a value in a dated period")
    return min(first for first, _ in spans), max(last for _, last in spans)


def _spans(points: pd.DataFrame) -> list[tuple[int, int]]:
    """First and last year of each point; a point of an open or odd period has none."""
    return [(span[0] // 12, span[1] // 12) for span in map(months, points.period) if span]


@dataclass(frozen=True)
class Selection:
    """Indicators (catalogue ids) of one region from the year `first` to the year `last`, both included."""

    dataset: Dataset
    region: str
    indicators: tuple[str, ...]
    first: int
    last: int
    lang: str

    @cached_property
    def chosen(self) -> list[Series]:
        """The series. Raises ValueError for an indicator the region has no figures for."""
        return [series(self.dataset, self.region, id) for id in self.indicators]

    @cached_property
    def points(self) -> pd.DataFrame:
        """Their points in the span, a row each, with columns as `trends.series.COLUMNS`."""
        frames = [one.points[[self._inside(period) for period in one.points.period]] for one in self.chosen]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()

    def _inside(self, period: str) -> bool:
        span = months(period)
        return span is not None and self.first * 12 <= span[0] and span[1] < (self.last + 1) * 12

    def places(self) -> dict[str, tuple[str, int, int]]:
        """Where the words of each point stand: origin and id of the point -> document, start, end."""
        rows = self.dataset.observations.set_index("id")
        found = {}
        for point in self.points.itertuples():
            prefix = "change_" if point.origin == "implied" else ""
            found[f"{point.origin}:{point.id}"] = point.doc, int(rows.at[point.id, prefix + "start"]), int(rows.at[point.id, prefix + "end"])
        return found

    def says(self) -> Markdown:
        """Each series in a sentence: its points, or its first and last."""
        form = pages.wording(self.lang)["series_alt"]
        told = [(one.name(self.lang), charts.told(one, self.first, self.last, self.lang)) for one in self.chosen]
        return pages.listed([form.format(name=name, points=points) for name, points in told])

    def figure(self) -> Figure | Markdown:
        """The chart; a sentence where there is nothing to draw."""
        drawn = [one for one in self.chosen if not charts.yearly_points(one, self.first, self.last).empty]
        return charts.series_figure(drawn, self.first, self.last, self.lang) if drawn else pages.paragraph(pages.wording(self.lang)["no_points"])

    def values(self) -> pd.DataFrame:
        """Indicator with the part of the place it is about, period, value or range, unit, origin, printed words: a row a point, as text."""
        rows = [
            [self._name(p.indicator, p.scope), p.period, pages.span(p.low, p.high, self.lang), p.unit, self._origin(p.origin), p.as_written]
            for p in self.points.itertuples()
        ]
        return pd.DataFrame(rows, columns=pages.wording(self.lang)["points_heads"])

    def sources(self) -> pd.DataFrame:
        """The sentence each point comes from, with its document and place."""
        rows = [
            [self._name(p.indicator, p.scope), p.period, self._origin(p.origin), p.quote, p.doc, p.id.rpartition(":")[2]]
            for p in self.points.itertuples()
        ]
        return pd.DataFrame(rows, columns=pages.wording(self.lang)["sentence_heads"])

    def table(self) -> Markdown:
        """`values` for a notebook."""
        return pages.table(self.values())

    def sentences(self) -> Markdown:
        """`sources` for a notebook."""
        return pages.table(self.sources())

    def documents(self) -> Markdown:
        """The documents the points come from."""
        return pages.cited(pages.documents_of(self.dataset, self.points.doc), self.lang)

    def findings(self) -> Markdown:
        """The checks whose judged figure is one of the points, counted by verdict."""
        return pages.counted(pages.concerning(self.dataset.findings, set(self.points.doc), set(self.indicators)), self.lang)

    def _name(self, indicator: str, scope: str) -> str:
        name, part = pages.named(self.dataset.catalogue.by_id[indicator], self.lang), part_of(scope)
        return Wording.load(self.lang)("of_a_part", name=name, part=part) if part else name

    def _origin(self, origin: str) -> str:
        return pages.wording(self.lang)[f"origin_{origin}"]
