"""The explorer: widgets to pick region, indicators and years; chart, table and sentences follow. Works without a browser too."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import pandas as pd

from ..dataset import Dataset, load
from ..report.markdown import Figure, Markdown
from . import pages
from .selection import Selection, indicators_of, years_of


LIMIT = 200  # rows shown: a browser slows down with more


class Explorer:
    """Widgets over a dataset. `selection` is what is picked now; `figure`, `table` and `sentences` show it as plain output."""

    def __init__(self, dataset: Dataset, region: str, indicators: Sequence[str], first: int | None, last: int | None, lang: str) -> None:
        words = pages.wording(lang)
        self._dataset, self._lang = dataset, lang
        places = [(getattr(place, lang), id) for id, place in dataset.regions.items() if indicators_of(dataset, id)]
        self._region = widgets.Dropdown(options=places, value=region, description=words["region"])
        self._indicators = widgets.SelectMultiple(rows=9, description=words["indicators"], layout=widgets.Layout(width="95%"))
        self._years = widgets.IntRangeSlider(description=words["years"], layout=widgets.Layout(width="95%"), continuous_update=False)
        self._chart, self._table, self._sentences = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._quiet = False
        self._offer(indicators, first, last)
        self._region.observe(self._on_region, "value")
        self._indicators.observe(self._on_indicators, "value")
        self._years.observe(self._show, "value")
        picks = widgets.VBox([self._region, self._indicators, self._years])
        self.widget = widgets.VBox([picks, self._chart, self._table, self._sentences])
        self._show()

    @property
    def selection(self) -> Selection:
        """What is picked now."""
        first, last = self._years.value
        return Selection(self._dataset, self._region.value, tuple(self._indicators.value), first, last, self._lang)

    def pick(self, *, region: str | None = None, indicators: Sequence[str] = (), first: int | None = None, last: int | None = None) -> None:
        """Pick from code what a hand would pick with the widgets; what is not given stays, or follows the indicators."""
        if region is not None:
            self._region.value = region
        if indicators:
            self._indicators.value = tuple(indicators)
        low, high = self._years.value
        self._years.value = (low if first is None else first, high if last is None else last)

    def figure(self) -> Figure | Markdown:
        """The chart of the selection."""
        return self.selection.figure()

    def table(self) -> Markdown:
        """Its points."""
        return self.selection.table()

    def sentences(self) -> Markdown:
        """The sentence each point comes from."""
        return self.selection.sentences()

    def documents(self) -> Markdown:
        """The documents they come from."""
        return self.selection.documents()

    def findings(self) -> Markdown:
        """The checks of them, counted by verdict."""
        return self.selection.findings()

    def _offer(self, indicators: Sequence[str], first: int | None = None, last: int | None = None) -> None:
        """Offer the region's indicators, with some picked, and their years; shows nothing yet."""
        self._quiet = True
        known = indicators_of(self._dataset, self._region.value)
        self._indicators.options = [(pages.named(self._dataset.catalogue.by_id[id], self._lang), id) for id in known]
        self._indicators.value = tuple(indicators) or tuple(known[:1])
        self._offer_years(first, last)
        self._quiet = False

    def _offer_years(self, first: int | None = None, last: int | None = None) -> None:
        least, most = years_of(self._dataset, self._region.value, self._indicators.value)
        # Widen before narrowing: a slider refuses a lower end above its upper one.
        self._years.min, self._years.max = min(least, self._years.min), max(most, self._years.max)
        self._years.value = (max(least, first or least), min(most, last or most))
        self._years.min, self._years.max = least, most

    def _on_region(self, change: Any) -> None:
        self._offer(())
        self._show()

    def _on_indicators(self, change: Any) -> None:
        if not self._quiet and self._indicators.value:
            self._quiet = True
            self._offer_years()
            self._quiet = False
            self._show()

    def _show(self, change: Any = None) -> None:
        if self._quiet:
            return
        selection = self.selection
        drawn = selection.figure()
        self._chart.value = drawn.svg if isinstance(drawn, Figure) else drawn.text
        self._table.value = _html(selection.values())
        self._sentences.value = _html(selection.sources())

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.widget._repr_mimebundle_(**kwargs)


def _html(table: pd.DataFrame) -> str:
    """The table in Jupyter's own dress. pandas escapes the cells: a document's text is shown, never run."""
    rows = table.head(LIMIT).to_html(index=False, escape=True, border=0, justify="left")
    left = rows.replace("<td>", '<td style="text-align: left">').replace("<table ", '<table style="margin-left: 0" ', 1)
    return f'<div class="jp-RenderedHTMLCommon">{left}</div>'


def open_explorer(
    region: str, indicators: str = "", first: int | None = None, last: int | None = None, lang: str = "en", dataset: Dataset | None = None
) -> Explorer:
    """Open the explorer on a region; `indicators` is a comma-separated list of catalogue ids, empty for the first the region has.

    first, last: years to begin with, None for all. Raises ValueError for an unknown region or indicator, naming those there are.
    """
    if dataset is None:
        dataset = load()
    known = indicators_of(dataset, region)
    if not known:
        raise ValueError(
            f"no figures for region {region!r}; there are: {', '.join(id for id in sorted(dataset.regions) if indicators_of(dataset, id))}"
        )
    wanted = [id.strip() for id in indicators.split(",") if id.strip()]
    if strange := [id for id in wanted if id not in known]:
        raise ValueError(f"no figures for {', '.join(strange)} in {region}; there are: {', '.join(known)}")
    return Explorer(dataset, region, wanted, first, last, lang)
