"""The explorer: pick a region, indicators and years; a chart that answers to hover and click, and the other cells, follow the choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

from ..dataset import Dataset, load
from ..review import review_page
from . import pages
from .chart import SeriesChart
from .live import Live
from .panels import panels
from .passage import passage
from .selection import Selection, indicators_of, years_of

PARTS = ("figure", "table", "sentences", "documents", "findings")
WIDE = "95%"


class Explorer:
    """Widgets over a dataset. `selection` is what is picked now; `figure()`, `table()` and the rest are cells that follow it."""

    def __init__(self, dataset: Dataset, region: str, indicators: Sequence[str], first: int | None, last: int | None, lang: str) -> None:
        words = pages.wording(lang)
        self._dataset, self._lang = dataset, lang
        places = [(getattr(place, lang), id) for id, place in dataset.regions.items() if indicators_of(dataset, id)]
        wide = {"layout": widgets.Layout(width=WIDE)}
        self._region = widgets.Dropdown(options=places, value=region, description=words["region"])
        self._search = widgets.Text(description=words["search"], placeholder=words["search_hint"], **wide)
        self._indicators = widgets.SelectMultiple(rows=9, description=words["indicators"], **wide)
        self._years = widgets.IntRangeSlider(description=words["years"], continuous_update=False, **wide)
        self._note, self._passage = widgets.HTML(), widgets.HTML(pages.html_line(words["click_hint"]))
        said = {"csv": "save_csv", "picture": "save_picture", "locale": "locale", "document": "document_link"}
        self._chart = SeriesChart(words={name: words[key] for name, key in said.items()})
        self._live: dict[str, Live] = {}
        self._quiet = False
        self._offer(indicators, first, last)
        for control, act in ((self._region, self._on_region), (self._search, self._on_search), (self._indicators, self._on_indicators)):
            control.observe(act, "value")
        self._years.observe(self._show, "value")
        self._chart.observe(self._on_pick, "picked")
        picks = [self._region, self._search, self._indicators, self._years]
        self.widget = widgets.VBox([*picks, self._note, self._chart, self._passage])
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
            self._search.value = ""
            self._indicators.value = tuple(indicators)
        low, high = self._years.value
        self._years.value = (low if first is None else first, high if last is None else last)

    def figure(self) -> Live:
        """The chart of the selection, for readers without widgets."""
        return self._part("figure")

    def table(self) -> Live:
        """Its points."""
        return self._part("table")

    def sentences(self) -> Live:
        """The sentence each point comes from."""
        return self._part("sentences")

    def documents(self) -> Live:
        """The documents they come from."""
        return self._part("documents")

    def findings(self) -> Live:
        """The checks of them, counted by verdict."""
        return self._part("findings")

    def says(self) -> Live:
        """The selection in a sentence a series."""
        return self._part("says")

    def _part(self, name: str) -> Live:
        if name not in self._live:
            self._live[name] = Live(lambda: getattr(self.selection, name)())
        return self._live[name]

    def _offer(self, indicators: Sequence[str], first: int | None = None, last: int | None = None) -> None:
        """Offer the region's indicators, with some picked, and their years; shows nothing yet."""
        self._quiet = True
        self._search.value = ""
        known = indicators_of(self._dataset, self._region.value)
        self._list(known, tuple(indicators) or tuple(known[:1]))
        self._offer_years(first, last)
        self._quiet = False

    def _list(self, offered: Sequence[str], picked: Sequence[str]) -> None:
        """List indicators; what is picked stays in the list, whatever is searched for."""
        listed = [*picked, *(id for id in offered if id not in picked)] if self._search.value else offered
        self._indicators.options = [(self._name(id), id) for id in listed]
        self._indicators.value = tuple(picked)

    def _name(self, id: str) -> str:
        return pages.named(self._dataset.catalogue.by_id[id], self._lang)

    def _offer_years(self, first: int | None = None, last: int | None = None) -> None:
        least, most = years_of(self._dataset, self._region.value, self._indicators.value)
        # Widen before narrowing: a slider refuses a lower end above its upper one.
        self._years.min, self._years.max = min(least, self._years.min), max(most, self._years.max)
        self._years.value = (max(least, first or least), min(most, last or most))
        self._years.min, self._years.max = least, most

    def _on_region(self, change: Any) -> None:
        self._offer(())
        self._show()

    def _on_search(self, change: Any) -> None:
        if self._quiet:
            return
        self._quiet = True
        asked = self._search.value.casefold().split()
        known = indicators_of(self._dataset, self._region.value)
        found = [id for id in known if all(word in f"{self._name(id)} {id}".casefold() for word in asked)]
        self._list(found, self._indicators.value)
        self._note.value = pages.html_line(pages.wording(self._lang)["found"].format(found=len(found), known=len(known))) if asked else ""
        self._quiet = False

    def _on_indicators(self, change: Any) -> None:
        if not self._quiet and self._indicators.value:
            self._quiet = True
            self._offer_years()
            self._quiet = False
            self._show()

    def _on_pick(self, change: Any) -> None:
        picked = next((place for id, place in self.selection.places().items() if id == change["new"]), None)
        if picked is not None:
            doc, start, end = picked
            document = self._dataset.document(doc)
            self._passage.value = passage(document, start, end, self._lang)
            self._chart.document = {"html": review_page(document, self._lang, self._dataset), "at": f"c{start}"}

    def _show(self, change: Any = None) -> None:
        if self._quiet:
            return
        selection = self.selection
        try:
            drawn, refused = panels(selection.chosen, selection.first, selection.last, pages.worst_verdicts(self._dataset.findings), self._lang), ""
        except ValueError as reason:
            drawn, refused = [], str(reason)
        self._note.value = pages.html_line(refused or ("" if drawn else pages.wording(self._lang)["no_points"]))
        with self._chart.hold_sync():
            self._chart.span, self._chart.panels = [selection.first, selection.last], drawn
        for part in self._live.values():
            part.refresh()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.widget._repr_mimebundle_(**kwargs)


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
