"""Read every number of a document into a ledger of statements and other numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from ..documents.markdown import with_plain_signs, without_marks
from ..documents.model import Document
from ..documents.tables import Table, delimited, find_tables, whole
from ..documents.taking import Source, take
from ..lexicon.script import fold
from ..rooms import callable_by_name
from .accounting import complete, digits_unread, find_missed, letters_in_figures, lost_figures
from .freezing import move
from .ledger import read_text
from .marks import marked
from .records import Change, Ledger, Other, Previous, Statement
from .restoring import fold_tables, restore, restore_unread
from .tables import cut, owned, read_tables
from .unread_rows import rows_unread
from .wording import Unread

__all__ = ["Change", "Ledger", "Other", "Previous", "Statement", "Unread", "extract"]


def extract(document: Source) -> Ledger:
    """Return the ledger of a document, of the file of a path, or of a plain text: its tables read cell by cell, the rest as prose.

    >>> extract("2017年，全市立刑事案件12364起，同比下降25.44%。").statements[0].value
    Decimal('12364')
    """
    document = take(document)
    metadata = document.metadata
    declared = {name: getattr(metadata, name, None) for name in ("published", "columns", "period")}
    shown, tables, places = _shown(document)
    ledger = _read(shown, document.id, tables, **declared)
    if places is not None:
        ledger = _moved(ledger, document.text, places)
    entries, text = ledger.entries, document.text
    said = (*digits_unread(entries, text), *letters_in_figures(text), *lost_figures(entries, text), *rows_unread(entries, text))
    return replace(ledger, left_out=(*document.left_out, *marked(document.text), *said))


def _shown(document: Document) -> tuple[str, Sequence[Table], Sequence[int] | None]:
    """The text that is read, its tables, and the place of each of its signs in the text of the document where that is another."""
    text, tables = document.text, document.tables
    if document.format == "table" or (document.path is None and not tables):
        plain, places = with_plain_signs(text) or (text, None)
        delimiter = delimited.delimiter_of(plain) if places is not None or not tables else None
        if delimiter is not None:
            return plain, (whole(plain, delimiter, document.id),), places
    marked_up = without_marks(text) if document.format == "text" and not tables else None
    return (marked_up[0], (), marked_up[1]) if marked_up is not None else (text, tables, None)


def _read(text, doc, tables, published=None, columns=None, period=None) -> Ledger:
    whole = len(tables) == 1 and tables[0].end - tables[0].start == len(text)
    plain = fold(text)
    tables = fold_tables(tables, text, plain)
    if not whole:
        tables = sorted([*tables, *find_tables(plain, [(table.start, table.end) for table in tables])], key=attrgetter("start"))
    if not tables:
        return read_text(text, doc, published, plain)
    declared = {fold(head): said for head, said in (columns or {}).items()}
    parts = cut(tables, plain)
    prose = read_text(_without(text, owned(plain, parts)), doc, published)
    reading = read_tables(plain, parts, doc, declared, period, published, prose.statements)
    entries = sorted((*prose.entries, *restore(reading.entries, text, plain)), key=attrgetter("start"))
    total, missed = find_missed(plain, entries)  # what stands in a line of a table and in none of its cells
    entries, covered = complete(entries, plain, total, missed)
    entries.sort(key=attrgetter("start"))
    return Ledger(doc, tuple(entries), total, covered, tuple(restore_unread(reading.unread, text, plain)))


def _moved(ledger: Ledger, text: str, places: Sequence[int]) -> Ledger:
    """The ledger of a text that was read without its marks, with the places of the text as printed."""
    entries, plain = [move(entry, text, ledger.doc, places) for entry in ledger.entries], fold(text)
    total, missed = find_missed(plain, entries)  # what the marks say: numbers of an address
    entries, covered = complete(entries, plain, total, missed)
    entries.sort(key=attrgetter("start"))
    return Ledger(ledger.doc, tuple(entries), total, covered, tuple(one._replace(start=places[one.start]) for one in ledger.unread))


def _blank(length: int) -> str:
    """Blank lines of so many characters in all, none of them long: a text's longest line tells how it was set."""
    return (" " * 39 + "\n") * (length // 40) + " " * (length % 40)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the lines of tables left blank: prose keeps its places, and reads no table's line a second time."""
    pieces, position = [], 0
    for start, end in sorted(spans):
        if end > position:
            pieces += [text[position : max(start, position)], _blank(end - max(start, position))]
            position = end
    return "".join([*pieces, text[position:]])


callable_by_name(__name__)
