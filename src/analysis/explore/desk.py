"""What statistics can say of a region's counts: the parts of the notebook trends, one method a part."""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from ..dataset import Dataset, load
from ..report.markdown import Figure, Markdown
from ..trends import words
from ..trends.assessment import Assessment, assess
from ..trends.model import Break, TooFew
from ..trends.series import Series, series
from ..trends.years import Comparison, compare
from . import charts, pages


@dataclass(frozen=True)
class Trends:
    """The series of one region, and two years of it or of another compared."""

    dataset: Dataset
    region: str
    lang: str

    def compare(self, region: str, year: int | str) -> "Compared":
        """Two years of a region: its table, chart and sentences."""
        return Compared(compare(self.dataset, region, year), self.lang)

    def series(self, indicator: str) -> "Fitted":
        """A long series, fitted and checked, or left alone."""
        return Fitted(series(self.dataset, self.region, indicator), self.lang)

    @cached_property
    def _counted(self) -> list["Fitted"]:
        """Every indicator of the region that is counted in whole things, with its fit."""
        rows = self.dataset.observations
        ids = sorted(set(rows[(rows.region == self.region) & (rows.kind == "actual")].indicator) - {""})
        units = {id: self.dataset.catalogue.by_id[id].unit for id in ids}
        return [self.series(id) for id in ids if units[id] not in NOT_COUNTED]

    def overview(self) -> Markdown:
        """Every counted indicator of the region: its years, its change a year where that can be said, and what may be said."""
        return pages.table(pd.DataFrame([_overview(one, self.lang) for one in self._counted], columns=pages.wording(self.lang)["overview_heads"]))

    @cached_property
    def _documents(self) -> set[str]:
        return {id for one in self._counted for id in one.series.points.doc}

    def sources(self) -> Markdown:
        """The documents of the region."""
        return pages.cited(pages.documents_of(self.dataset, self._documents), self.lang)

    def findings(self) -> Markdown:
        """What the audit found in them, counted by verdict."""
        return pages.counted(pages.concerning(self.dataset.findings, self._documents), self.lang)


NOT_COUNTED = ("%", "‰", "元")


@dataclass(frozen=True)
class Compared:
    """Two years of one region."""

    found: Comparison
    lang: str

    def table(self) -> Markdown:
        """The rate ratios with their intervals."""
        return pages.table(self.found.table(self.lang))

    def figure(self) -> Figure:
        """The same, drawn."""
        return charts.ratio_figure(self.found, self.lang)

    def sentence(self, indicator: str) -> Markdown:
        """One indicator in words, by its id in the catalogue. Raises ValueError where the two years have no such count."""
        row = next((row for row in self.found.rows if row.indicator == indicator), None)
        if row is None:
            raise ValueError(f"{indicator!r} is not compared; there are: {', '.join(sorted({row.indicator for row in self.found.rows} - {''}))}")
        name = row.names[self.lang]
        return pages.paragraph(f"{name}{': ' if self.lang == 'en' else '：'}{row.ratio.sentence(self.lang)}")


@dataclass(frozen=True)
class Fitted:
    """One long series and what the model makes of it."""

    series: Series
    lang: str

    @cached_property
    def found(self) -> Assessment | TooFew:
        """The checked fit, or that there are too few years."""
        trend = self.series.fit(self.lang)
        return assess(replace(trend, name=pages.named(self.series.indicator, self.lang)))

    def supposing(self, year: int) -> "Fitted":
        """The same series with a break that no source declares: a supposition to test, and said to be one."""
        text = {lang: pages.wording(lang)["supposed"].format(year=year) for lang in ("en", "zh")}
        breaks = sorted((*self.series.breaks, Break(year, **text)), key=lambda brk: brk.year)
        return Fitted(replace(self.series, breaks=tuple(breaks)), self.lang)

    def says(self) -> Markdown:
        """What may be said, sentence by sentence."""
        text, doubted = pages.wording(self.lang), self.series.doubted()
        left_out = [text["doubted"].format(years=text["join"].join(map(str, doubted)))] if doubted else []
        return pages.listed([*self.found.sentences(self.lang), *left_out])

    def figure(self) -> Figure | Markdown:
        """The counts with the fit; the sentence alone where nothing is fitted."""
        return charts.trend_figure(self.found, self.series, self.lang) if isinstance(self.found, Assessment) else self.says()

    def table(self) -> Markdown:
        """Estimates and checks; the sentence alone where nothing is fitted."""
        return pages.table(self.found.table(self.lang)) if isinstance(self.found, Assessment) else self.says()

    def years(self) -> Markdown:
        """The years against their prediction intervals."""
        form, text = pages.formatter(self.lang), pages.wording(self.lang)
        if isinstance(self.found, TooFew):
            return self.says()
        rows = [
            [
                str(year),
                form.number(int(row["count"])),
                form.number(round(row.expected)),
                form.interval(int(row.low), int(row.high)),
                text["yes" if row.inside else "no"],
            ]
            for year, row in self.found.years().iterrows()
        ]
        return pages.table(pd.DataFrame(rows, columns=text["years_heads"]))


def _overview(one: Fitted, lang: str) -> list[str]:
    text, found = pages.wording(lang), one.found
    counts = one.series.counts().drop(list(one.series.doubted()), errors="ignore")
    years = [str(len(counts)), str(min(counts.index, default="")), str(max(counts.index, default=""))]
    name = pages.named(one.series.indicator, lang)
    if isinstance(found, TooFew):
        return [name, *years, "", "", text["too_few"]]
    estimate, low, high = found.slope
    said = text[words.direction(found.slope)] + ("" if found.neighbours.passed else text["alike"])
    return [name, *years, words.percent(estimate, lang), f"{words.percent(low, lang)} … {words.percent(high, lang)}", said]


def open_trends(region: str, lang: str = "en", dataset: Dataset | None = None) -> Trends:
    """Open a region's series in `lang`; loads data/processed unless given a dataset.

    Raises ValueError for an unknown region, naming those there are.
    """
    if dataset is None:
        dataset = load()
    if region not in dataset.regions:
        raise ValueError(f"unknown region {region!r}; there are: {', '.join(sorted(dataset.regions))}")
    pages.wording(lang)
    return Trends(dataset, region, lang)
