"""The parts behind the chapters: quality, changes since, sources, glossary, and what the edition says of itself."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..lexicon.units import is_whole
from ..periods import covers, year_before
from ..writing.escaping import escape
from ..yamlfiles import load_yaml
from . import annex, methods
from .facts import Fact
from .markdown import Figure, Markdown, Table
from .naming import capital
from .publishers import publishers
from .tables import source_line

Part = Markdown | Table | Figure
NAMED = 12
ENDS = ("。", "！", "？")  # of a sentence


def quality(edition: Any) -> tuple[Part, ...]:
    """How far source and reading can be relied on, and what uncertainty the figures have."""
    wording, facts = edition.wording, edition.facts
    doubtful = [fact for fact in facts if fact.doubts]
    said = [
        wording("quality.source"),
        _reading(edition),
        _uncertainty(facts, wording),
        _breaks(edition),
        _doubts(doubtful, wording) if doubtful else wording("quality.no_doubts"),
    ]
    text = Markdown("\n\n".join([edition.heading("quality"), *said]))
    return (text, annex.doubts_table(doubtful, edition.narrator, wording("caption.doubts"))) if doubtful else (text,)


def _breaks(edition: Any) -> str:
    """Tell the changes of definition that bear on the figures: which are known, and which only seem to be there."""
    if not edition.breaks:
        return str(edition.wording("quality.no_breaks"))
    told = edition.wording.table("sentence_gap").join(escape(declared.told(edition.lang)) for declared in edition.breaks)
    inferred = sum(declared.inferred for declared in edition.breaks)
    said = edition.wording("quality.breaks", count=len(edition.breaks), told=told)
    return said + _more("quality.breaks_inferred", inferred > 0, edition.wording, inferred)


def _reading(edition: Any) -> str:
    """Say what a program read, and how often it errs."""
    measured = {name: value[edition.lang] if isinstance(value, dict) else value for name, value in measured_errors().items()}
    measured["unseen"] = edition.narrator.format.number(measured["unseen"])
    said = edition.wording("quality.reading", count=len(edition.facts), stands=methods.stands(edition), **measured)
    return said + _more("quality.reading_assumed", any(fact.assumed for fact in edition.facts), edition.wording)


def _uncertainty(facts: Sequence[Fact], wording: Any) -> str:
    """Say for what interval a printed number stands, and what uncertainty the figures have beside rounding: of records, of surveys."""
    hedged = sum(map(methods.is_hedged, facts))
    coarse = sum(bool(fact.resolution and fact.resolution > 1) for fact in facts)
    whole = not coarse and any(is_whole(fact.unit) and fact.value is not None for fact in facts)
    surveyed = [annex.is_surveyed(fact) for fact in facts]
    occurs = {"hedged": hedged > 0, "coarse": coarse > 0, "whole": whole, "records": not all(surveyed), "survey": any(surveyed)}
    counts = {"hedged": hedged, "coarse": coarse}
    more = (_more(f"quality.uncertainty_{name}", holds, wording, counts.get(name, 0)) for name, holds in occurs.items())
    return wording("quality.uncertainty") + "".join(more)


def _doubts(doubtful: Sequence[Fact], wording: Any) -> str:
    """Say how many figures are doubtful, and for which of the reasons."""
    counts = {reason: sum(reason in fact.doubts for fact in doubtful) for reason in wording.table("quality.doubted")}
    reasons = [wording(f"quality.doubted.{reason}", count=count) for reason, count in counts.items() if count]
    said = wording("quality.doubts", reasons=capital(wording.listed(reasons, "clauses")), count=len(doubtful))
    return said + _more("quality.doubts_disputed", bool(counts["contradiction"]), wording)


def _more(key: str, holds: bool, wording: Any, count: int = 0) -> str:
    """A further sentence of a paragraph, where it holds."""
    return wording.table("sentence_gap") + wording(key, count=count) if holds else ""


@cache
def measured_errors() -> dict[str, Any]:
    """The measured error of reading that a report states."""
    return load_yaml(Path(__file__).with_name("measured.yml"))


def changes(edition: Any) -> tuple[Part, ...]:
    """What later documents revised, and what the bulletin printed a year earlier and prints no more."""
    wording = edition.wording
    unrevised = "changes.unrevised" if _has_later(edition) else "changes.unrevisable"
    revised = wording("changes.revised", count=len(edition.revised)) if len(edition.revised) else wording(unrevised)
    missing = [_names_told("dropped", no_longer_printed(edition), wording), _names_told("undigested", not_in_digests(edition), wording)]
    told = [*filter(None, missing)] or [_none_dropped(edition)]
    told += filter(None, [_names_told("empty", without_entry(edition), wording)])
    version = wording("changes.version", version=edition.publication.version or "1")
    return (Markdown("\n\n".join([edition.heading("changes"), version, revised, wording.table("sentence_gap").join(told)])),)


def _has_later(edition: Any) -> bool:
    """Whether a document for a later period is held that prints a figure of this one again."""
    rows = edition.regional
    printing = set(rows.doc[(rows.period == edition.period) | (rows.previous_period == edition.period)])
    return any(doc.id in printing and doc.metadata and doc.metadata.period[:4] > edition.period[:4] for doc in edition.dataset.documents)


def _none_dropped(edition: Any) -> str:
    """That nothing is known to be no longer printed: nothing was dropped, or there is nothing to see it by."""
    before = year_before(edition.period)
    if before is None:
        return edition.wording("changes.no_year_before")
    if _publishes_before(edition):
        return edition.wording("changes.nothing_dropped")
    return edition.wording("changes.nothing_before", year=edition.narrator.format.period(before))


def _names_told(key: str, names: Sequence[str], wording: Any) -> str:
    """The sentence at a key of the wording about some indicators, the first of them by name; "" for none."""
    some = wording.listed([escape(name) for name in names[:NAMED]], "list.names")
    return wording(f"changes.{key}" + "_more" * (len(names) > NAMED), names=some, count=len(names)) if names else ""


def no_longer_printed(edition: Any) -> Sequence[str]:
    """The indicators that the same organs published for the year before and publish no more, by name; neutrally.

    Only the documents themselves say so: what our digest of one leaves out it may well print (`not_in_digests`).
    """
    says, digested = _of_the_same_offices(edition), _digested(edition)
    return _only_before(edition, lambda about: says(about) and about.organ not in digested)


def not_in_digests(edition: Any) -> Sequence[str]:
    """The indicators that the same organs published for the year before and that our digests of their documents for this one do not hold."""
    says, digested = _of_the_same_offices(edition), _digested(edition)
    return _only_before(edition, lambda about: says(about) and about.organ in digested)


def _digested(edition: Any) -> set[str]:
    """The organs of whose documents of the period a digest of ours is all that is held of one at least."""
    return {doc.metadata.organ for doc in edition.documents if doc.metadata and doc.metadata.form == "digest"}


def _publishes_before(edition: Any) -> bool:
    """Whether a document of the same offices for the year before is held at all, or a table of years that has it."""
    says, before = _of_the_same_offices(edition), year_before(edition.period) or ""
    abouts = (doc.metadata for doc in edition.dataset.documents if doc.metadata)
    return any(about.region == edition.region and (says(about) or covers(about.period, before)) for about in abouts)


def _of_the_same_offices(edition: Any) -> Callable[[Any], bool]:
    organs, before = {doc.metadata.organ for doc in edition.documents if doc.metadata}, year_before(edition.period)
    return lambda about: about.period == before and about.organ in organs


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
    for at, docs in enumerate(publications(edition.documents), start=1):
        held, several = [(doc.metadata, [fact for fact in edition.facts if fact.doc == doc.id]) for doc in docs], len(docs) > 1
        title = "".join(publishers(docs, edition.lang)) if several else docs[0].metadata.title
        said = cited(docs[0], edition, wording("sources.tables", count=len(docs))) if several else cited(docs[0], edition)
        parts.append(Markdown(f"::: citation\n\n{said}\n\n:::"))
        parts.append(annex.sources_table(f"sources-{at}", held, edition.places, edition.narrator, wording("caption.sources", title=title)))
        parts += [Markdown(source_line(said)) for doc in docs if (said := _without_figures(doc, edition))]
    compared = edition.past.documents(edition.facts)
    others = [doc for doc in edition.dataset.documents if doc.id in compared and doc not in edition.documents]
    if others:
        forms = {doc.metadata.form for doc in others}
        alike = wording(f"sources.other_forms.{forms.pop()}") if len(forms) == 1 else ""  # said once where it is the same of all
        items = "\n".join(dict.fromkeys(f"- {cited(doc, edition, formed=not alike)}" for doc in others))
        parts.append(Markdown(f"{wording('sources.other_years', forms=alike)}\n\n::: sources\n\n{items}\n\n:::"))
    return tuple(parts)


def sentences_without_figures(doc: Any, period: str, facts: Sequence[Fact]) -> list[str]:
    """The sentences of a digest of a period, a line each, that no figure was taken from; a heading is none, and other documents have none.

    Without numbers, with a date alone, or with a count that is no statistic: what is left out is listed, whyever.
    """
    if doc.metadata.form != "digest" or doc.metadata.period != period:
        return []
    starts, found, at = [start for fact in facts if fact.doc == doc.id for start in fact.starts], [], 0
    for line in doc.text.splitlines(keepends=True):
        sentence, end = line.strip(), at + len(line)
        if sentence.endswith(ENDS) and not any(at <= start < end for start in starts):
            found.append(sentence.rstrip("".join(ENDS)))
        at = end
    return found


def _without_figures(doc: Any, edition: Any) -> str:
    """Name the first of those sentences; "" for none."""
    told, wording = sentences_without_figures(doc, edition.period, edition.facts), edition.wording
    some = wording.listed([wording("sources.quoted", words=escape(sentence)) for sentence in told[:NAMED]], "list.names")
    return wording("sources.unused" + "_more" * (len(told) > NAMED), sentences=some, count=len(told) - NAMED) if told else ""


def publications(documents: Sequence[Any]) -> list[list[Any]]:
    """Part documents into those that stand alone and the tables of one publication: of one publisher, of one day and at one address."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for doc in documents:
        about = doc.metadata
        whole = (about.publisher, about.url, about.published) if about.form == "table" and about.url else (doc.id,)
        found.setdefault(whole, []).append(doc)
    return list(found.values())


def cited(doc: Any, edition: Any, instead: str = "", formed: bool = True) -> str:
    """One document as a line: title (or the words `instead` of title and form), publisher, date, its form here (`formed`), its address."""
    about, wording = doc.metadata, edition.wording
    published = edition.narrator.format.date(about.published) if about.published else wording("sources.undated")
    return wording(
        "sources.document",
        title=instead or escape(about.title),
        publisher=escape(" ".join(publishers([doc], edition.lang))),
        published=published,
        form=wording(f"sources.forms.{about.form}") if formed and not instead else "",
        address=f"<{about.url}>" if about.url else wording("sources.no_address"),
    )


def glossary(edition: Any) -> tuple[Part, ...]:
    """What the terms mean."""
    reasons = [declared.zh for declared in edition.own_breaks]
    table = annex.glossary_table(edition.facts, reasons, edition.dataset.catalogue, edition.narrator, edition.wording("caption.glossary"))
    if not table.rows:
        return (Markdown(f"{edition.heading('glossary')}\n\n{edition.wording('glossary.none')}"),)
    return (Markdown(edition.heading("glossary")), table)


def about(edition: Any) -> tuple[Part, ...]:
    """Release, data, accessibility, licence, how to cite, contact and next release."""
    wording, release, lang = edition.wording, edition.publication, edition.lang
    unstated = wording("edition.unstated")
    released = edition.narrator.format.date(release.released) if release.released else unstated
    front = edition.front_matter()
    forms = list(dict.fromkeys(doc.metadata.form for doc in edition.documents if doc.metadata))
    year = str(release.released.year) if release.released else ""
    said = [
        wording("edition.release", released=released, version=release.version or unstated) if release.released else wording("edition.unreleased"),
        wording("edition.data", words=wording.listed([wording(f"edition.words.{form}") for form in forms], "list.either")),
        wording("edition.accessibility"),
        wording("edition.licence", licence=release.told("licence", lang) or unstated),
        wording(
            "edition.cite" if release.released else "edition.cite_unreleased",
            title=escape(front["title"]),
            period=escape(front["period_label"]),
            year=year,
            version=release.version or unstated,
        ),
        wording("edition.contact", contact=release.told("contact", lang) or unstated),
        wording("edition.next", next=release.told("next", lang) or unstated),
    ]
    text = "\n\n".join(said)
    return (Markdown(f"{edition.heading('about')}\n\n::: whole\n\n::: small\n\n{text}\n\n:::\n\n:::"),)
