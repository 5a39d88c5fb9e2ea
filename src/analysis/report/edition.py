"""One edition of the report: a region, a period, a language; each method gives one part of it.

A notebook cell calls one method and shows what it returns. The edition chooses which facts a part speaks of; sentences,
tables and charts are made in `narrative`, `arithmetic`, `tables` and `figures`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from ..editions import narrowed, periods_of
from ..vintages import revisions
from . import arithmetic, figures, tables
from .comparing import documents_compared, with_computed_changes
from .facts import Fact, Rupture, read_breaks, read_facts
from .formatting import Formatter
from .grouping import choose_points, group, is_headline, rank
from .markdown import FRONT_MIME, Figure, Markdown, Table, escape
from .narrative import Narrator
from .phrases import Wording

Part = Markdown | Table | Figure
LEVELS, LEVELS_ALONE = 1, 3  # sentences of figures without a change, beside changes and where there are none
SENTENCES = 5  # a chapter's text says what happened; its table has the rest


@dataclass(frozen=True)
class Section:
    """Parts of the report shown one after another by one cell; nothing at all where there is nothing to say."""

    parts: tuple[Part, ...] = ()

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(*self.parts)


def open_edition(region: str, period: str, lang: str = "zh", dataset: Any = None, as_of: str = "") -> "Edition":
    """Open the edition of `region` for `period` in `lang` ("zh" or "en"); loads data/processed unless given a dataset.

    `as_of`, YYYY-MM-DD, loads them as of that day. A period may be an integer, as papermill makes of 2017. The edition knows what `editions.narrowed`
    leaves it. Raises ValueError when `as_of` is no day, or when the region or the period has no data, naming those that have.
    """
    period = str(period)
    if dataset is None:
        from ..dataset import load

        dataset = load(day=date.fromisoformat(as_of) if as_of else None)
    wording = Wording.load(lang)
    if region not in dataset.regions:
        raise ValueError(f"unknown region {region!r}; there are: {', '.join(sorted(dataset.regions))}")
    edition = Edition(narrowed(dataset, region, period), region, period, wording)
    if not edition.facts:
        raise ValueError(f"no figures for {region} {period}; there are: {', '.join(periods_of(dataset, region))}")
    return edition


@dataclass(frozen=True)
class Edition:
    """A report's contents; `facts` are its figures, numbered as in its list of sources."""

    dataset: Any
    region: str
    period: str
    wording: Wording

    @property
    def lang(self) -> str:
        """The language of the edition."""
        return self.wording.lang

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Shown, an edition is its title block: the exporter takes it from there."""
        front = self.front_matter()
        return {FRONT_MIME: front, "text/plain": f"{front['title']} {front['subtitle']}"}

    @cached_property
    def narrator(self) -> Narrator:
        """Writes the sentences."""
        return Narrator(self.wording, self.period)

    @cached_property
    def regional(self) -> pd.DataFrame:
        """All observations of the region, of every period."""
        return self.dataset.observations[self.dataset.observations.region == self.region]

    @cached_property
    def facts(self) -> list[Fact]:
        """The edition's figures: those for its period, and those its own documents print for other periods."""
        own = [doc.id for doc in self.dataset.documents if doc.metadata and doc.metadata.period == self.period and not doc.is_table]
        chosen = self.regional[(self.regional.period == self.period) | self.regional.doc.isin(own)]
        facts = read_facts(chosen, self.dataset.catalogue, self.dataset.implied, self.dataset.findings)
        return with_computed_changes(
            facts, self.regional, lambda fact: any(rupture.period == fact.period and fact.indicator in rupture.indicators for rupture in self.breaks)
        )

    @cached_property
    def _until(self) -> pd.DataFrame:
        """The region's observations up to the edition's period: a report knows no later years."""
        return self.regional[self.regional["period"].str[:4] <= self.period.split("..")[-1][:4]]

    @cached_property
    def breaks(self) -> list[Rupture]:
        """The changes of definition that the region's documents declare."""
        mine = [doc for doc in self.dataset.documents if doc.metadata and doc.metadata.region == self.region]
        return read_breaks(mine, self.regional)

    @cached_property
    def documents(self) -> list[Any]:
        """The documents the figures come from."""
        used = {fact.doc for fact in self.facts}
        return [doc for doc in self.dataset.documents if doc.id in used]

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The findings of the checks in which a figure of the edition takes part."""
        return arithmetic.concerning(self.dataset.findings, self.facts)

    @cached_property
    def actual(self) -> list[Fact]:
        """What the documents say happened, each figure once."""
        return tables.distinct(fact for fact in self.facts if fact.kind == "actual")

    @cached_property
    def current(self) -> list[Fact]:
        """The actual figures of the edition's own period."""
        return [fact for fact in self.actual if fact.period == self.period]

    # -- front ------------------------------------------------------------------------------------------------------

    def front_matter(self) -> dict[str, Any]:
        """Title block: title, subtitle, lang, region, period, sources, and when they were published or, failing that, retrieved."""
        abouts = [doc.metadata for doc in self.documents if doc.metadata]
        published = max((about.published for about in abouts if about.published), default=None)
        retrieved = max((about.retrieved for about in abouts), default=None)
        dated = {"date": published.isoformat()} if published else {"retrieved": retrieved.isoformat()} if retrieved else {}
        if self.dataset.day:
            dated["as_of"] = self.dataset.day.isoformat()
        return {
            "title": self.wording("title", region=self.region_name),
            "subtitle": self.wording("subtitle", period=self.period_name),
            "lang": self.lang,
            "region": self.region,
            "region_label": self.region_name,
            "period": self.period,
            "period_label": self.period_name,
            "sources": arithmetic.publishers(self.documents, self.lang),
            **dated,
        }

    @property
    def region_name(self) -> str:
        """The region's name in the language of the edition."""
        return getattr(self.dataset.regions[self.region], self.lang)

    @property
    def period_name(self) -> str:
        """The period in words."""
        return Formatter(self.wording).period(self.period)

    def main_points(self) -> Section:
        """At most six sentences: what changed most, and what the checks say."""
        sound = [fact for fact in self.current if fact.verdict != "contradiction"]
        groups = choose_points(group(self._in_chapter_order(sound)), list(self.dataset.catalogue.chapters))
        sentences = [self.narrator.sentence(members, turn) for turn, members in enumerate(groups)]
        sentences += arithmetic.point(self.findings, self.facts, self.narrator)
        points = "\n".join(f"{at}. {sentence}" for at, sentence in enumerate(sentences, start=1))
        return Section((Markdown(f"{self._heading('points')}\n\n::: main-points\n\n{points or self.wording('points.none')}\n\n:::"),))

    def headline(self) -> Section:
        """The headline figures as a table, with a chart of the implied earlier values and one of the changes."""
        chosen = self._in_chapter_order(tables.choose_headlines(self.current))
        caption = self.wording("caption.headline", region=self.region_name, period=self.period_name)
        parts: list[Part] = [Markdown(self._heading("headline"))]
        parts += [tables.headline_table(chosen, self.narrator, caption), *self._table_notes(chosen)]
        parts += figures.headline_figures(chosen, self.narrator, self.source_line)
        return Section(tuple(parts))

    # -- chapters ---------------------------------------------------------------------------------------------------

    def chapter(self, chapter: str) -> Section:
        """What happened in one of the six programmes; empty where no document gives a figure for it."""
        facts = [fact for fact in self.actual if fact.chapter == chapter]
        if not facts:
            return Section()
        title = getattr(self.dataset.catalogue.chapters[chapter], self.lang)
        return self._chapter(chapter, title, facts)

    def other_figures(self) -> Section:
        """Figures whose indicator the catalogue does not know."""
        facts = [fact for fact in self.actual if not fact.chapter]
        return self._chapter("other", self.wording("section.other"), facts) if facts else Section()

    def _chapter(self, name: str, title: str, facts: list[Fact]) -> Section:
        caption = self.wording("caption.chapter", chapter=title)
        series = figures.series_figures(facts, self._until, self.breaks, self.narrator, self.source_line)
        text = f"## {title}\n\n{self._prose(facts)}"
        return Section((Markdown(text), tables.chapter_table(name, facts, self.narrator, caption), *self._table_notes(facts), *series))

    def _prose(self, facts: list[Fact]) -> str:
        groups = group(sorted(facts, key=lambda fact: (fact.period != self.period, fact.ref)))
        told = sorted(groups, key=lambda members: (members[0].period != self.period, *_telling(members)))
        changed = [members for members in told if is_headline(members[0]) or (members[0].movement and members[0].period == self.period)][:SENTENCES]
        others = [members for members in told if members not in changed][: LEVELS if changed else LEVELS_ALONE]
        kept = sorted(changed + others, key=lambda members: (members[0].period != self.period, members[0].ref))
        return self.narrator.paragraph(kept)

    # -- arithmetic, targets ----------------------------------------------------------------------------------------

    def arithmetic(self) -> Section:
        """What the checks say: contradictions explained, doubtful figures named, the rest counted."""
        parts = arithmetic.section(self.findings, self.facts, self.narrator, self._heading("arithmetic"))
        broken = [rupture.told[self.lang] for rupture in self.breaks if rupture.period == self.period]
        if broken:
            parts.insert(1, Markdown(arithmetic.note(self.wording("arithmetic.broken"), broken)))
        return Section((*parts, *self._revised()))

    def _revised(self) -> list[Part]:
        """A table of the period's figures that a later document prints differently."""
        found = revisions(self.regional, self.dataset.catalogue)
        found = found[found["period"] == self.period]
        if found.empty:
            return []
        names = {name: getattr(entry, self.lang) for name, entry in self.dataset.catalogue.by_id.items()}
        table = tables.revisions_table(found, names, self.narrator, self.wording("caption.revisions"))
        return [Markdown(self.wording("arithmetic.revised", count=len(found))), table]

    def targets(self) -> Section:
        """The targets the documents set, and what became of them; empty where there are none."""
        targets = [fact for fact in self.facts if fact.kind == "target"]
        if not targets:
            return Section()
        every = read_facts(self.regional, self.dataset.catalogue, self.dataset.implied, self.dataset.findings)
        reached = {(fact.indicator, fact.period): fact for fact in every if fact.kind == "actual" and fact.indicator and fact.value is not None}
        known = {fact.id: reached[fact.indicator, fact.period] for fact in targets if (fact.indicator, fact.period) in reached}
        numeric = [fact for fact in targets if fact.value is not None]
        text = arithmetic.targets_text(targets, known, self.narrator)
        table = [tables.targets_table(numeric, known, self.narrator, self.wording("caption.targets"))] if numeric else []
        return Section((Markdown(f"{self._heading('targets')}\n\n{text}"), *table))

    # -- back -------------------------------------------------------------------------------------------------------

    def methods(self) -> Section:
        """How figures are read, compared and rounded."""
        paragraphs = [*self.wording.table("methods.paragraphs"), self.wording("points.rule")]
        if self.dataset.day:
            paragraphs.insert(1, self.wording("methods.as_of", day=self.narrator.format.date(self.dataset.day)))
        text = "\n\n".join([self._heading("methods"), *paragraphs])
        heads = [self.wording("column.convention"), self.wording("column.reading")]
        return Section((Markdown(text), Table("conventions", heads, self.wording.table("methods.conventions"), self.wording("caption.conventions"))))

    def sources(self) -> Section:
        """The documents, and every figure with its sentence and place."""
        items = "\n".join(f"- {self._cited(doc)}" for doc in self.documents)
        parts = [self._heading("sources"), self.wording("sources.intro"), items]
        compared = documents_compared(self.facts, self._until)
        others = [doc for doc in self.dataset.documents if doc.id in compared and doc not in self.documents]
        if others:
            parts += [self.wording("sources.other_years"), "\n".join(f"- {self._cited(doc)}" for doc in others)]
        text = "\n\n".join([*parts, self.wording("sources.table")])
        return Section((Markdown(text), tables.sources_table(self.facts, self.narrator, self.wording("caption.sources"))))

    def glossary(self) -> Section:
        """The indicators in both languages."""
        table = tables.glossary_table(self.facts, self.dataset.catalogue, self.narrator, self.wording("caption.glossary"))
        return Section((Markdown(self._heading("glossary")), table)) if table.rows else Section()

    @cached_property
    def source_line(self) -> str:
        """The line under a chart that says where it comes from."""
        names = arithmetic.publishers(self.documents, self.lang)
        stated = (
            names[0]
            if len(names) == 1
            else self.wording.listed(names)
            if len(names) < 4
            else self.wording("chart.and_more", first=self.wording.listed(names[:2]), count=len(names) - 2)
        )
        return self.wording("chart.source", documents=stated)

    def _cited(self, doc: Any) -> str:
        about = doc.metadata
        published = self.narrator.format.date(about.published) if about.published else self.wording("sources.undated")
        return self.wording(
            "sources.document",
            title=escape(about.title),
            publisher=escape(" ".join(arithmetic.publishers([doc], self.lang))),
            published=published,
            form=self.wording(f"sources.forms.{about.form}"),
            id=escape(doc.id),
            sha=about.sha256[:12],
        )

    def _heading(self, section: str) -> str:
        return f"## {self.wording(f'section.{section}')}"

    def _in_chapter_order(self, facts: Sequence[Fact]) -> list[Fact]:
        order = {chapter: at for at, chapter in enumerate(self.dataset.catalogue.chapters)}
        return sorted(facts, key=lambda fact: (order.get(fact.chapter, len(order)), fact.ref))

    def _table_notes(self, facts: Sequence[Fact]) -> list[Markdown]:
        notes = tables.notes(facts, self.narrator)
        return [Markdown(f"::: source-line\n\n{notes}\n\n:::")] if notes else []


def _telling(members: Sequence[Fact]) -> tuple[object, ...]:
    """Order what is worth a sentence: contradicted, then changed, then other figures; then as for the main points."""
    return members[0].verdict != "contradiction", not is_headline(members[0]), rank(members)
