"""Read every number of a document into a ledger of statements and other numbers."""

from __future__ import annotations

from ..rooms import callable_by_name
from .ledger import read_text
from .records import Change, Ledger, Other, Previous, Statement
from .tables import read_table

__all__ = ["Change", "Ledger", "Other", "Previous", "Statement", "extract"]


def extract(document) -> Ledger:
    """Return the ledger of a document, or of a plain text.

    >>> extract("2017年，全市立刑事案件12364起，同比下降25.44%。").statements[0].value
    Decimal('12364')
    """
    if isinstance(document, str):
        return read_text(document)
    metadata = document.metadata
    if document.is_table:
        return read_table(document.text, document.id, getattr(metadata, "columns", None))
    return read_text(document.text, document.id, getattr(metadata, "published", None))


callable_by_name(__name__)
