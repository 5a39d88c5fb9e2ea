"""The verbs that go through several rooms: from documents to observations, and from documents to findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import catalogue, corrections, tidy
from .audit import audit
from .documents import Document, DocumentError
from .extract import extract
from .series.breaks import declared_breaks

if TYPE_CHECKING:
    import pandas as pd


def observations(*documents: Document, declared: Sequence[corrections.Correction] = ()) -> pd.DataFrame:
    """The statistics that some documents state, a row each (columns: docs/codebook.md).

    declared: corrections to apply. Raises DocumentError when two documents have the same id, CorrectionError when a correction does not fit.

    >>> from analysis.documents import Document
    >>> table = observations(Document("note", "2017年，全市立刑事案件12364起，同比下降25.44%。"))
    >>> table.loc[0, ["period", "value", "unit", "change_direction", "change_amount"]].tolist()
    ['2017', Decimal('12364'), '起', 'down', Decimal('25.44')]
    """
    twice = [id for id, count in Counter(document.id for document in documents).items() if count > 1]
    if twice:
        raise DocumentError(twice[0], "two documents have this name", "rename one: a document's id is its file's stem")
    statements = tidy.statements(extract(document) for document in documents)
    return tidy.observations(statements, documents, catalogue.load(), declared)


def audit_documents(*documents: Document) -> pd.DataFrame:
    """What the arithmetic of some documents says, taken together: a row a finding (columns: docs/codebook.md)."""
    table = observations(*documents)
    return audit(table, catalogue.load(), declared_breaks(documents, table))
