"""What a document is, and the one error of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..errors import TongbiError

if TYPE_CHECKING:
    from .metadata import Metadata
    from .tables.cells import Table

# The region of the whole country; every other region is a part of it.
COUNTRY = "national"

Format = Literal["text", "table", "html", "pdf", "docx", "workbook"]


class LeftOut(NamedTuple):
    """What of a file is not in its text: a key of the wording of warnings (hidden_sheet, hidden_rows ...), in which sheet, how many."""

    what: str
    sheet: str = ""
    count: int = 1


class Content(NamedTuple):
    """What a file holds: its text, the tables in it (cells index the text), and what was left out of both."""

    text: str
    tables: tuple[Table, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One bulletin: its text, and the metadata of its sidecar if it has one.

    `id` is the file's stem. `format` says what the file was; "table" is a CSV, whose text is the CSV as printed. `tables` are those the
    format itself marks (their cells index `text`); `left_out` says what of the file is not in the text (a hidden sheet).
    """

    id: str
    text: str
    path: Path | None = None
    metadata: Metadata | None = None
    format: Format = "text"
    tables: tuple[Table, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether the document is a table of figures, and no bulletin with tables in it."""
        return self.format == "table" or (self.metadata is not None and self.metadata.form == "table")

    @property
    def published(self) -> date | None:
        """When it was published, None where nobody says."""
        return self.metadata.published if self.metadata is not None else None

    def out_by(self, day: date) -> bool:
        """Whether it was out on `day`; without a date of publication it counts as out.

        >>> Document("undated", "").out_by(date(2018, 1, 1))
        True
        """
        return self.published is None or self.published <= day


class DocumentError(TongbiError):
    """A document that cannot be used: names the file, the trouble, and what to do about it.

    >>> print(DocumentError("a.pdf", "it is encrypted", "save it without a password"))
    a.pdf: it is encrypted: save it without a password
    """

    def __init__(self, path: object, problem: str, remedy: str = "") -> None:
        self.path, self.problem, self.remedy = str(path), problem, remedy
        super().__init__(": ".join(part for part in (self.path, problem, remedy) if part))
