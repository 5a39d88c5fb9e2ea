"""One edition of the report: a region, a period, a language; each method gives one part of it.

A notebook cell calls one method and shows what it returns. The edition chooses which facts a part speaks of; sentences,
tables and charts are made in `narrative`, `arithmetic`, `tables` and `figures`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..dataset import Dataset, load
from ..editions import narrowed, periods_of
from ..periods import year_before
from . import arithmetic, back, courses, figures, history, knowing, methods, publishers, results, tables
from .facts import Fact
from .grouping import foremost, group, is_headline, rank, told_once
from .holding import Holdings
from .markdown import FRONT_MIME, Figure, Markdown, Table
from .naming import capital
from .phrases import Wording
from .points import Message
from .telling import gap_told, tell

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


def open_edition(region: str, period: str, lang: str = "zh", dataset: Dataset | None = None, as_of: str = "") -> "Edition":
    """Open the edition of `region` for `period` in `lang` ("zh" or "en"); loads data/processed unless given a dataset.

    `as_of`, YYYY-MM-DD, loads them as of that day. A period may be an integer, as papermill makes of 2017. The edition knows what `editions.narrowed`
    leaves it. Raises ValueError when `as_of` is no day, or when the region or the period has no data, naming those that have.
    """
    period = str(period)
    if dataset is None:
        dataset = load(day=date.fromisoformat(as_of) if as_of else None)
    wording = Wording.load(lang)
    if region not in dataset.regions:
        raise ValueError(f"unknown region {region!r}; there are: {', '.join(sorted(dataset.regions))}")
    edition = Edition(narrowed(dataset, region, period), region, period, wording)
    if not edition.facts:
        raise ValueError(f"no figures for {region} {period}; there are: {', '.join(periods_of(dataset, region))}")
    return edition


class Edition(Holdings):
    """A report's contents; `facts` are its figures, numbered as in its list of sources."""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Shown, an edition is its title block: the exporter takes it from there."""
        front = self.front_matter()
        return {FRONT_MIME: front, "text/plain": f"{front['title']} {front['subtitle']}"}

    # -- front ------------------------------------------------------------------------------------------------------

    def front_matter(self) -> dict[str, Any]:
        """Title block: title, subtitle, lang, region, period, sources, and from when to when they were published or, failing that, retrieved."""
        abouts = [doc.metadata for doc in self.documents if doc.metadata]
        published = sorted(about.published for about in abouts if about.published)
        retrieved = max((about.retrieved for about in abouts), default=None)
        dated: dict[str, Any] = {"retrieved": retrieved.isoformat()} if retrieved and not published else {}
        if published:
            dated = {"date_first": published[0].isoformat(), "date": published[-1].isoformat()}
            dated |= {"dated": len(published), "undated": len(abouts) - len(published)}
        release = self.publication
        if release.released:
            dated["released"] = release.released.isoformat()
        if self.dataset.day:
            dated["as_of"] = self.dataset.day.isoformat()
        return {
            "title": self.wording("title", region=self.region_name),
            "subtitle": capital(self.wording("subtitle", period=self.period_name)),
            "lang": self.lang,
            "region": self.region,
            "region_label": self.region_name,
            "period": self.period,
            "period_label": self.period_name,
            "sources": publishers.publishers(self.documents, self.lang),
            "version": release.version or "",
            "contact": release.told("contact", self.lang),
            **dated,
        }

    def main_points(self) -> Section:
        """At most six sentences, chosen by the rule of `points`."""
        told = [tell(message, self.narrator, self.past, self.findings, self._gap(message)) for message in self.messages]
        points = "\n".join(f"{at}. {sentence}" for at, sentence in enumerate(told, start=1))
        return Section((Markdown(f"{self.heading('points')}\n\n::: main-points\n\n{points or self.wording('points.none')}\n\n:::"),))

    @property
    def gap_told(self) -> bool:
        """Whether a main point tells the gap between what came in and what was finished, which is worked out here."""
        return any(gap_told(self._gap(message), self.narrator) for message in self.messages)

    def _gap(self, message: Message) -> list[Fact]:
        theme = self.dataset.catalogue.themes.get(message.theme)
        pair = theme.gap if theme else None
        by_indicator = {fact.indicator: fact for fact in self.current if not fact.part}
        return [by_indicator[one] for one in pair if one in by_indicator] if pair else []

    def need_to_know(self) -> Section:
        """What a reader must know before using a figure: kind of source, years assumed, breaks, what could not be compared."""
        said = knowing.sentences(self)
        items = "\n".join(f"- {sentence}" for sentence in said)
        return Section((Markdown(f"{self.heading('know')}\n\n::: need-to-know\n\n{items}\n\n:::"),))

    def headline(self) -> Section:
        """The headline figures as a table, with a chart of the implied earlier values and one of the changes."""
        chosen = self.headlines
        caption = self.wording("caption.headline", region=self.region_name, period=self.period_name)
        parts: list[Part] = [Markdown(self.heading("headline"))]
        parts += [tables.headline_table(chosen, self.narrator, caption), *self._table_notes(chosen)]
        parts += figures.headline_figures(chosen, self.narrator, self.source_of)
        return Section(tuple(parts))

    # -- chapters ---------------------------------------------------------------------------------------------------

    def chapter(self, chapter: str) -> Section:
        """What happened in one chapter of the catalogue; empty where no document gives a figure for it."""
        facts = [fact for fact in self.actual if fact.chapter == chapter]
        if not facts:
            return Section()
        titles = self.dataset.regions[self.region].chapters.get(chapter) or self.dataset.catalogue.chapters[chapter]
        return self._chapter(chapter, getattr(titles, self.lang), facts)

    def other_figures(self) -> Section:
        """Figures whose indicator the catalogue does not know."""
        facts = [fact for fact in self.actual if not fact.chapter]
        return self._chapter("other", self.wording("section.other"), facts) if facts else Section()

    def _chapter(self, name: str, title: str, facts: list[Fact]) -> Section:
        caption = self.wording("caption.chapter", chapter=title)
        drawn: list[Part] = [*self._courses(facts), *history.history_figures(facts, self.past, self.narrator, self.source_of)]
        text = f"## {title}\n\n{self._prose(facts)}"
        rows = sorted(facts, key=lambda fact: fact.period != self.period)
        return Section((Markdown(text), tables.chapter_table(name, rows, self.narrator, caption), *self._table_notes(facts), *drawn))

    def _courses(self, facts: Sequence[Fact]) -> list[Figure]:
        """Did output keep up, and how many came through the steps: of the figures of one chapter and of the edition's own period."""
        own = {fact.indicator: fact for fact in facts if fact.period == self.period and not fact.part}
        gaps = [theme.gap for theme in self.dataset.catalogue.themes.values() if theme.gap]
        pairs = [(own[one], own[other]) for one, other in gaps if one in own and other in own]
        output = courses.output_figure(pairs, self.narrator, self.source_of)
        stages = courses.stages_figures(own, self.dataset.catalogue.courses, self.narrator, self.source_of)
        return [output, *stages] if output else stages

    def _prose(self, facts: list[Fact]) -> str:
        # What a table tells behind another print of the figure is not told again.
        own = [fact for fact in facts if (lead := self.leads.get(fact.id)) is None or lead.movement is None]
        groups = group(sorted(foremost(told_once(self._without_years_before(own))), key=lambda fact: (fact.period != self.period, fact.ref)))
        told = sorted(groups, key=lambda members: (members[0].period != self.period, *_telling(members)))
        changed = [members for members in told if is_headline(members[0]) or (members[0].movement and members[0].period == self.period)][:SENTENCES]
        others = [members for members in told if members not in changed][: LEVELS if changed else LEVELS_ALONE]
        kept = sorted(changed + others, key=lambda members: (members[0].period != self.period, members[0].ref))
        organs = {name: getattr(title, self.lang) for name, title in self.dataset.catalogue.organs.items() if name != "all"}
        return self.narrator.by_organ(kept, organs)

    def _without_years_before(self, facts: list[Fact]) -> list[Fact]:
        """Leave out what a table prints of the year before beside the figures of the period: their changes tell it."""
        before = year_before(self.period)
        now = {(fact.name("zh"), fact.scope) for fact in facts if fact.period == self.period and is_headline(fact)}
        return [fact for fact in facts if fact.period != before or (fact.name("zh"), fact.scope) not in now]

    # -- arithmetic, targets ----------------------------------------------------------------------------------------

    def arithmetic(self) -> Section:
        """What the checks say: contradictions explained, doubtful figures named, the rest counted."""
        heading = self.heading("arithmetic")
        parts = arithmetic.section(self.findings, self.facts, self.narrator, heading, self.source_of, self.called, self.own_breaks)
        return Section((*parts, *self._revised()))

    def _revised(self) -> list[Part]:
        """A table of the period's figures that a later document prints differently."""
        found = self.revised
        if found.empty:
            return []
        names = {name: getattr(entry, self.lang) for name, entry in self.dataset.catalogue.by_id.items()}
        table = results.revisions_table(found, names, self.narrator, self.wording("caption.revisions"))
        return [Markdown(self.wording("arithmetic.revised", count=len(found))), table]

    def targets(self) -> Section:
        """The targets the documents set, and what became of them; empty where there are none."""
        targets = [fact for fact in self.facts if fact.kind == "target"]
        if not targets:
            return Section()
        known = {fact.id: reached for fact in targets if (reached := self.past.reached(fact)) is not None}
        numeric = [fact for fact in targets if fact.value is not None]
        text = arithmetic.targets_text(targets, known, self.narrator)
        table = [results.targets_table(numeric, known, self.narrator, self.wording("caption.targets"))] if numeric else []
        drawn = figures.targets_figure(numeric, known, self.narrator, self.source_of)
        return Section((Markdown(f"{self.heading('targets')}\n\n{text}"), *table, *([drawn] if drawn else [])))

    # -- back -------------------------------------------------------------------------------------------------------

    def methods(self) -> Section:
        """How figures are read, compared and rounded."""
        return Section(methods.methods(self))

    def quality(self) -> Section:
        """How far source and reading can be relied on: kinds of source, measured errors, doubts, rounding, breaks."""
        return Section(back.quality(self))

    def changes(self) -> Section:
        """What later documents revised, and what the bulletin no longer prints."""
        return Section(back.changes(self))

    def sources(self) -> Section:
        """The documents, and every figure with its sentence."""
        return Section(back.sources(self))

    def glossary(self) -> Section:
        """What the terms mean."""
        return Section(back.glossary(self))

    def about(self) -> Section:
        """Release, data, accessibility, licence, how to cite, contact."""
        return Section(back.about(self))

    def source_of(self, facts: Sequence[Fact]) -> str:
        """The line under a chart: the publishers of the figures it draws."""
        return publishers.source_of(facts, self)

    def called(self, doc: str) -> str:
        """The short name of a document, by its id."""
        return publishers.called(self.dataset.document(doc), self)

    def heading(self, section: str) -> str:
        """The heading of a section."""
        return f"## {self.wording(f'section.{section}')}"

    def _table_notes(self, facts: Sequence[Fact]) -> list[Markdown]:
        notes = tables.notes(facts, self.narrator)
        return [Markdown(tables.source_line(notes))] if notes else []


def _telling(members: Sequence[Fact]) -> tuple[object, ...]:
    """Order what is worth a sentence: contradicted, then changed, then other figures; then as for the main points."""
    return members[0].verdict != "contradiction", not is_headline(members[0]), rank(members)
