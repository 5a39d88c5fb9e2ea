"""The parts behind the chapters: methods, quality, changes since, sources, glossary, and what the edition says of itself."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ..periods import covers, year_before
from ..yamlfiles import load_yaml
from . import annex, arithmetic
from .markdown import Figure, Markdown, Table, escape

Part = Markdown | Table | Figure
NAMED = 12
TENTHS = re.compile("[一二三四五六七八九]成")
OVER = re.compile("[余多]")


def methods(edition: Any) -> tuple[Part, ...]:
    """How figures are read, compared and rounded."""
    wording = edition.wording
    paragraphs = [*wording.table("methods.paragraphs"), wording("points.rule")]
    if any(fact.movement and fact.movement.basis == "previous_period" for fact in edition.facts):
        paragraphs[1] += wording.table("sentence_gap") + wording("methods.previous_period")
    if edition.dataset.day:
        paragraphs.insert(1, wording("methods.as_of", day=edition.narrator.format.date(edition.dataset.day)))
    heads = [wording("column.convention"), wording("column.reading")]
    text = Markdown("\n\n".join([edition.heading("methods"), *paragraphs]))
    return (text, Table("conventions", heads, conventions(edition.facts, wording), wording("caption.conventions")))


def conventions(facts: Sequence[Any], wording: Any) -> list[list[str]]:
    """The ways of printing a number that occur among some figures, each with how it is read."""
    # What a target is to pass is no hedge, and what is computed here is printed nowhere.
    hedged = [(fact.hedge, OVER.search(fact.as_written) is not None) for fact in facts if _is_hedged(fact)]
    printed = [fact.movement for fact in facts if fact.movement and not fact.movement.computed]
    sizes = [one.resolution for one in (*facts, *printed) if one.resolution]
    occurs = {
        "plain": any(fact.resolution == 1 for fact in facts),
        "hundredths": Decimal("0.01") in sizes,
        "tenths": Decimal("0.1") in sizes,
        "coarse": any(fact.resolution and fact.resolution > 1 for fact in facts),
        "over": ("more_than", True) in hedged,
        "nearly": any(hedge == "less_than" for hedge, _ in hedged),
        "about": any(hedge == "about" for hedge, _ in hedged),
        "more_than": ("more_than", False) in hedged,
        "tithes": any(TENTHS.search(fact.as_written) for fact in facts),
    }
    table = wording.table("methods.conventions")
    return [row for name, row in table.items() if occurs[name]] or [table["plain"]]


def _is_hedged(fact: Any) -> bool:
    return bool(fact.hedge) and fact.kind != "target"


def quality(edition: Any) -> tuple[Part, ...]:
    """How far source and reading can be relied on, and what uncertainty the figures have."""
    wording, facts = edition.wording, edition.facts
    hedged = sum(map(_is_hedged, facts))
    coarse = sum(bool(fact.resolution and fact.resolution > 1) for fact in facts)
    broken = len({declared.told(edition.lang) for declared in edition.breaks})
    doubtful = [fact for fact in facts if fact.doubts]
    measured = {name: value[edition.lang] if isinstance(value, dict) else value for name, value in measured_errors().items()}
    measured["unseen"] = edition.narrator.format.number(measured["unseen"])
    said = [
        wording("quality.source"),
        wording("quality.reading", count=len(facts), **measured),
        wording("quality.uncertainty" if hedged or coarse else "quality.uncertainty_none", hedged=hedged, coarse=coarse),
        wording("quality.breaks" if broken else "quality.no_breaks", count=broken),
        wording("quality.doubts", count=len(doubtful)) if doubtful else wording("quality.no_doubts"),
    ]
    text = Markdown("\n\n".join([edition.heading("quality"), *said]))
    return (text, annex.doubts_table(doubtful, edition.narrator, wording("caption.doubts"))) if doubtful else (text,)


@cache
def measured_errors() -> dict[str, Any]:
    """The measured error of reading that a report states."""
    return load_yaml(Path(__file__).with_name("measured.yml"))


def changes(edition: Any) -> tuple[Part, ...]:
    """What later documents revised, and what the bulletin printed a year earlier and prints no more."""
    wording = edition.wording
    revised = wording("changes.revised", count=len(edition.revised)) if len(edition.revised) else wording("changes.unrevised")
    told = [_names_told("dropped", no_longer_printed(edition), wording) or wording("changes.nothing_dropped")]
    told += filter(None, [_names_told("empty", without_entry(edition), wording)])
    version = wording("changes.version", version=edition.publication.version or "1")
    return (Markdown("\n\n".join([edition.heading("changes"), version, revised, wording.table("sentence_gap").join(told)])),)


def _names_told(key: str, names: Sequence[str], wording: Any) -> str:
    """The sentence at a key of the wording about some indicators, the first of them by name; "" for none."""
    some = wording.listed([escape(name) for name in names[:NAMED]], "list.names")
    return wording(f"changes.{key}" + "_more" * (len(names) > NAMED), names=some, count=len(names)) if names else ""


def no_longer_printed(edition: Any) -> Sequence[str]:
    """The indicators that the same organs published for the year before and publish no more, by name; neutrally."""
    organs = {doc.metadata.organ for doc in edition.documents if doc.metadata}
    before = year_before(edition.period)
    return _only_before(edition, lambda about: about.period == before and about.organ in organs)


def without_entry(edition: Any) -> Sequence[str]:
    """The indicators that a table of several years has an entry of for the year before, and none for this one, by name."""
    return _only_before(edition, lambda about: about.period != edition.period and covers(about.period, edition.period))


def _only_before(edition: Any, says: Callable[[Any], bool]) -> list[str]:
    """The indicators told for the year before and not for this one, in documents of which `says` is true by their metadata."""
    before, now = year_before(edition.period), {fact.indicator for fact in edition.facts}
    told = (fact for fact in edition.past.every.values() if fact.period == before and fact.kind == "actual" and fact.indicator and not fact.part)
    gone = (fact for fact in told if fact.indicator not in now and (about := edition.dataset.document(fact.doc).metadata) and says(about))
    return list(dict.fromkeys(map(edition.narrator.named, gone)))


def sources(edition: Any) -> tuple[Part, ...]:
    """The documents, each with its address and the sentences that its figures stand in."""
    wording = edition.wording
    parts: list[Part] = [Markdown("\n\n".join([edition.heading("sources"), wording("sources.intro")]))]
    for at, doc in enumerate(edition.documents, start=1):
        mine = [fact for fact in edition.facts if fact.doc == doc.id]
        caption = wording("caption.sources", title=doc.metadata.title)
        parts.append(Markdown(f"::: citation\n\n{cited(doc, edition)}\n\n:::"))
        parts.append(annex.sources_table(f"sources-{at}", doc.metadata, mine, edition.places, edition.narrator, caption))
    compared = edition.past.documents(edition.facts)
    others = [doc for doc in edition.dataset.documents if doc.id in compared and doc not in edition.documents]
    if others:
        items = "\n".join(dict.fromkeys(f"- {cited(doc, edition)}" for doc in others))
        parts.append(Markdown(f"{wording('sources.other_years')}\n\n::: sources\n\n{items}\n\n:::"))
    return tuple(parts)


def cited(doc: Any, edition: Any) -> str:
    """One document as a line: title, publisher, date, what the text held here is, and where the official page is."""
    about, wording = doc.metadata, edition.wording
    published = edition.narrator.format.date(about.published) if about.published else wording("sources.undated")
    return wording(
        "sources.document",
        title=escape(about.title),
        publisher=escape(" ".join(arithmetic.publishers([doc], edition.lang))),
        published=published,
        form=wording(f"sources.forms.{about.form}"),
        address=f"<{about.url}>" if about.url else wording("sources.no_address"),
    )


def glossary(edition: Any) -> tuple[Part, ...]:
    """What the terms mean."""
    table = annex.glossary_table(edition.facts, edition.dataset.catalogue, edition.narrator, edition.wording("caption.glossary"))
    if not table.rows:
        return (Markdown(f"{edition.heading('glossary')}\n\n{edition.wording('glossary.none')}"),)
    return (Markdown(edition.heading("glossary")), table)


def about(edition: Any) -> tuple[Part, ...]:
    """Release, data, accessibility, licence, how to cite, contact and next release."""
    wording, release, lang = edition.wording, edition.publication, edition.lang
    unstated = wording("edition.unstated")
    released = edition.narrator.format.date(release.released) if release.released else unstated
    front = edition.front_matter()
    year = str(release.released.year) if release.released else wording("edition.no_year")
    said = [
        wording("edition.release", released=released, version=release.version or unstated),
        wording("edition.data"),
        wording("edition.accessibility"),
        wording("edition.licence", licence=release.told("licence", lang) or unstated),
        wording("edition.cite", title=front["title"], period=front["period_label"], year=year, version=release.version or unstated),
        wording("edition.contact", contact=release.told("contact", lang) or unstated),
        wording("edition.next", next=release.told("next", lang) or unstated),
    ]
    text = "\n\n".join(said)
    return (Markdown(f"{edition.heading('about')}\n\n::: whole\n\n{text}\n\n:::"),)
