"""What an edition of the report holds: its figures with their past, its documents, findings and breaks, and which of them lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ..audit.told import Told, read_told
from ..catalogue import names
from ..corrections import FILE as CORRECTIONS
from ..corrections import Correction
from ..corrections import load as load_corrections
from ..dataset import MANUAL, Dataset, find_root
from ..series.breaks import Break
from ..vintages import revisions
from ..writing.numbers import Formatter
from . import arithmetic, tables
from .breaking import once
from .comparing import Past
from .facts import Fact, read_facts
from .grouping import foremost, with_levels
from .narrative import Narrator
from .phrases import Wording
from .points import Message, choose_messages
from .publication import Publication
from .publication import load as load_publication


@dataclass(frozen=True)
class Holdings:
    """The figures of a region and period, numbered as in the report's list of sources, and all that is known beside them."""

    dataset: Dataset
    region: str
    period: str
    wording: Wording

    @property
    def lang(self) -> str:
        """The language of the edition."""
        return self.wording.lang

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
        return self.past.complete(read_facts(chosen, self.dataset.catalogue, self.dataset.implied, self.told))

    @cached_property
    def past(self) -> Past:
        """What the region's series hold beside the edition's figures."""
        every = read_facts(self.regional, self.dataset.catalogue, self.dataset.implied, self.told)
        return Past(self.dataset.along, {fact.id: fact for fact in every})

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """The changes of definition of the edition's period, and earlier ones in the series that its figures are compared within."""
        compared = {declared for fact in self.current if (series := self.past.series(fact)) is not None for declared in series.breaks}
        mine = (declared for declared in self.dataset.along.breaks if declared.region == self.region and declared.period[:4] <= self.period[:4])
        return once(declared for declared in mine if declared.period == self.period or declared in compared)

    @property
    def own_breaks(self) -> tuple[Break, ...]:
        """The changes of definition of the edition's own period."""
        return tuple(declared for declared in self.breaks if declared.period == self.period)

    @cached_property
    def documents(self) -> list[Any]:
        """The documents the figures come from."""
        used = {fact.doc for fact in self.facts}
        return [doc for doc in self.dataset.documents if doc.id in used]

    @cached_property
    def told(self) -> list[Told]:
        """What the checks found, of every region and period."""
        return read_told(self.dataset.findings)

    @cached_property
    def findings(self) -> list[Told]:
        """The findings of the checks in which a figure of the edition takes part."""
        return arithmetic.concerning(self.told, self.facts)

    @cached_property
    def actual(self) -> list[Fact]:
        """What the documents say happened, each figure once."""
        return with_levels(tables.distinct(fact for fact in self.facts if fact.kind == "actual"))

    @cached_property
    def current(self) -> list[Fact]:
        """The actual figures of the edition's own period."""
        return [fact for fact in self.actual if fact.period == self.period]

    @cached_property
    def publication(self) -> Publication:
        """What the project says of its editions."""
        return load_publication(find_root() / MANUAL)

    @cached_property
    def corrections(self) -> dict[str, Correction]:
        """The declared corrections by id."""
        return {correction.id: correction for correction in load_corrections(find_root() / MANUAL / CORRECTIONS)}

    @cached_property
    def left_out(self) -> dict[str, list[tuple[str, str]]]:
        """What corrections leave out of the figures of the period: reason -> the names and the numbers as printed."""
        own = {doc.id for doc in self.dataset.documents if doc.metadata and doc.metadata.region == self.region}
        statements = self.dataset.statements
        found: dict[str, list[tuple[str, str]]] = {}
        for correction in self.corrections.values():
            if correction.action == "exclude" and correction.doc in own:
                rows = statements[(statements["doc"] == correction.doc) & (statements["start"] == correction.start)]
                for row in rows.to_dict("records"):
                    found.setdefault(correction.told(self.lang), []).append((self._named(row), correction.as_written))
        return found

    def _named(self, statement: Mapping[str, Any]) -> str:
        """The name of a statement in the language of the edition."""
        from ..tidy import read_as  # few corrections leave something out, and what reads takes long to load

        row = read_as(statement, self.dataset.document(statement["doc"]), self.dataset.catalogue)
        said = names(self.dataset.catalogue.by_id.get(row["indicator"]), row["name"], row["unit"])
        return said.get(self.lang) or said["zh"]

    @property
    def region_name(self) -> str:
        """The region's name in the language of the edition."""
        return getattr(self.dataset.regions[self.region], self.lang)

    @property
    def period_name(self) -> str:
        """The period in words."""
        return Formatter(self.wording).period(self.period)

    @cached_property
    def messages(self) -> list[Message]:
        """The main points, before they are worded."""
        themes = self.dataset.catalogue.themes
        whole = foremost([fact for fact in self.current if not fact.part])
        weights = {name: theme.weight for name, theme in themes.items()}
        return choose_messages(whole, {name: theme.indicators for name, theme in themes.items()}, weights, self.past.sizes_before)

    @cached_property
    def headlines(self) -> list[Fact]:
        """The figures of the headline table: those of the main points in their order, then others by weight, in the order of the chapters."""
        told = [fact for message in self.messages for fact in message.members]
        # A bulletin that gives figures of parts, or of the country, alone has these at its head.
        known = foremost([fact for fact in self.current if not fact.part] or self.current)
        whole = [fact for fact in known if fact not in told]
        weight = self.dataset.catalogue.theme_of
        chosen = tables.choose_headlines(told, whole, lambda fact: weight(fact.indicator)[1])
        ordered = [fact for fact in chosen if fact in told] + self._in_chapter_order([fact for fact in chosen if fact not in told])
        # What is printed without its level stands in the row that has it.
        ordered = list({one.id: one for fact in ordered for one in (self.leads.get(fact.id, fact), fact)}.values())
        first = {fact.name("zh"): at for at, fact in reversed([*enumerate(ordered)])}
        return sorted(ordered, key=lambda fact: first[fact.name("zh")])  # two prints of one figure stand side by side

    @property
    def places(self) -> dict[int, str]:
        """Where the report speaks of each figure, by its number: what an entry among the sources leads back to."""
        told = {fact.ref: f"f{fact.ref}" for fact in self.actual} | {fact.ref: f"t{fact.ref}" for fact in self.facts if fact.kind == "target"}
        told |= {fact.ref: f"h{fact.ref}" for fact in self.headlines}
        told |= {fact.ref: told[lead.ref] for fact in self.actual if (lead := self.leads.get(fact.id))}
        return told | {ref: told[fact.ref] for fact in self.actual for ref in fact.also}

    @cached_property
    def leads(self) -> dict[str, Fact]:
        """The figure in whose row another, printed without its level, stands: by the other's id."""
        return {fact.id: lead for lead, *others in tables.in_rows(self.actual, self.narrator) for fact in others}

    @cached_property
    def revised(self) -> pd.DataFrame:
        """The figures of the period that a later document prints differently."""
        found = revisions(self.regional, self.dataset.catalogue)
        return found[found["period"] == self.period]

    def _in_chapter_order(self, facts: Sequence[Fact]) -> list[Fact]:
        order = {chapter: at for at, chapter in enumerate(self.dataset.catalogue.chapters)}
        return sorted(facts, key=lambda fact: (order.get(fact.chapter, len(order)), fact.ref))
