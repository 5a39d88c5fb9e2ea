"""Who published what: the publishers of some documents, a document's short name, and the line under a chart."""

from collections.abc import Iterable, Sequence
from typing import Any

from ..catalogue.placenames import english_office
from ..writing.acting import shown
from .facts import Fact

MOST_NAMED = 4  # of more publishers, two are named and the others counted


def publishers(documents: Iterable[Any], lang: str) -> list[str]:
    """Name the publishers of some documents, each once, in the order of the documents; in Chinese where no English name is given or known."""
    found = (doc.metadata for doc in documents if doc.metadata)
    return list(dict.fromkeys(shown((lang == "en" and english_publisher(about)) or about.publisher) for about in found))


def english_publisher(about: Any) -> str:
    """The English name of a publisher: as its metadata give it, else of an office by its place; "" for any other."""
    return about.publisher_en or english_office(about.publisher)


def source_of(facts: Sequence[Fact], edition: Any) -> str:
    """The line under a chart: the publishers of the figures it draws."""
    own, wording = {fact.doc for fact in facts}, edition.wording
    held = {fact.held.doc for fact in facts if fact.held}
    # Who published the figures themselves comes before who published those of a year earlier.
    names = publishers([doc for docs in (own, held) for doc in edition.dataset.documents if doc.id in docs], edition.lang)
    stated = wording.listed(names)
    if len(names) > MOST_NAMED:
        stated = wording("chart.and_more", first=wording("list.comma").join(names[:2]), count=len(names) - 2, total=len(names))
    return wording("chart.source", documents=stated)


def called(doc: Any, edition: Any) -> str:
    """The short name of a document: its publisher, with the day where the edition has several of his."""
    names = publishers([doc], edition.lang)
    alike = [one for one in edition.documents if publishers([one], edition.lang) == names]
    if len(alike) < 2 or doc.metadata is None or doc.metadata.published is None:
        return "".join(names)
    return edition.wording("sources.called", publisher="".join(names), published=edition.narrator.format.date(doc.metadata.published))
