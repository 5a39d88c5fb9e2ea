"""From documents to observations, in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from . import catalogue, corrections, tidy
from .documents import DocumentError
from .documents.taking import Source, is_unnamed, take
from .extract import extract

if TYPE_CHECKING:
    import pandas as pd

    from .documents import Document


def observe(*documents: Document, declared: Sequence[corrections.Correction] = ()) -> pd.DataFrame:
    """The statistics that some documents state, a row each, exactly as printed (columns: docs/codebook.md).

    declared: corrections to apply. Raises DocumentError when two documents have the same id, CorrectionError when a correction does not fit.

    >>> from analysis.documents import Document
    >>> table = observe(Document("note", "2017年，全市立刑事案件12364起，同比下降25.44%。"))
    >>> table.loc[0, ["period", "value", "unit", "change_direction", "change_amount"]].tolist()
    ['2017', Decimal('12364'), '起', 'down', Decimal('25.44')]
    """
    twice = [id for id, count in Counter(document.id for document in documents).items() if count > 1]
    if twice:
        raise DocumentError(twice[0], "two documents have this name", "rename one: a document's id is its file's stem")
    statements = tidy.statements(extract(document) for document in documents)
    return tidy.observations(statements, documents, catalogue.load(), declared)


def take_all(sources: Sequence[Source]) -> list[Document]:
    """The documents of some paths, texts and documents; texts beyond the first are numbered, so that each has a name of its own."""
    documents = [take(source) for source in sources]
    unnamed = [n for n, document in enumerate(documents) if is_unnamed(document)]
    return [replace(one, id=f"{one.id}-{unnamed.index(n) + 1}") if n in unnamed[1:] else one for n, one in enumerate(documents)]
