"""What a document is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from .metadata import Metadata
from .tables.cells import Table

if TYPE_CHECKING:
    import pandas as pd

# The region of the whole country; every other region is a part of it.
COUNTRY = "national"

Format = Literal["text", "table", "html", "pdf", "docx", "workbook"]


class LeftOut(NamedTuple):
    """What of a file is not in its text: a key of the wording of warnings (hidden_sheet, hidden_rows ...), in which sheet, how many."""

    what: str
    sheet: str = ""
    count: int = 1


class Content(NamedTuple):
    """What a file holds: its text, the tables in it (cells index the text), what was left out of both, its declared title and imprint."""

    text: str
    tables: tuple[Table, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    heading: str = ""
    imprint: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One bulletin: its text, and the metadata of its sidecar if it has one.

    `id` is the file's stem. `format` says what the file was; "table" is a CSV, whose text is the CSV as printed. `tables` are those the
    format itself marks (their cells index `text`); `left_out` says what of the file is not in the text (a hidden sheet); `heading` is
    the title that the file declares, whether it stands in the text or not (a page's h1, or its title), `imprint` what a page says outside
    its article of when and by whom it was put out.
    """

    id: str
    text: str
    path: Path | None = None
    metadata: Metadata | None = None
    format: Format = "text"
    tables: tuple[Table, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    heading: str = ""
    imprint: str = ""

    @property
    def is_table(self) -> bool:
        """Whether the document is a table of figures, and no bulletin with tables in it."""
        return self.format == "table" or (self.metadata is not None and self.metadata.form == "table")

    @property
    def published(self) -> date | None:
        """When it was published, None where nobody says."""
        return self.metadata.published if self.metadata is not None else None

    def to_frame(self) -> pd.DataFrame:
        """What is known of the document, as a table of one row: id, format, characters, tables and, where it has metadata, each of them."""
        import pandas as pd

        known = self.metadata.model_dump(mode="json", exclude={"columns", "breaks"}) if self.metadata is not None else {}
        row = {"id": self.id, "format": self.format, "characters": len(self.text), "tables": len(self.tables)} | known
        return pd.DataFrame([row]).convert_dtypes()

    def _repr_html_(self) -> str:
        """The document for a notebook: its title, what it is, and how it begins; every character of it escaped."""
        title = self.metadata.title if self.metadata is not None else self.id
        begins = self.text[:300] + ("…" if len(self.text) > 300 else "")
        return f"<p><strong>{escape(title)}</strong> ({escape(self.id)}, {self.format}, {len(self.text):,} characters)</p><pre>{escape(begins)}</pre>"

    def out_by(self, day: date) -> bool:
        """Whether it was out on `day`; without a date of publication it counts as out.

        >>> Document("undated", "").out_by(date(2018, 1, 1))
        True
        """
        return self.published is None or self.published <= day


def publishers_of(documents: Iterable[Document]) -> dict[str, str]:
    """The publisher of each document, by its id, where its metadata name one."""
    return {document.id: document.metadata.publisher for document in documents if document.metadata is not None}
