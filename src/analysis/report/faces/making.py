"""Make one face of a report from its executed notebook."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from nbformat import NotebookNode

from ..executed import as_pdf, shown, tables
from ..formats import FORMATS
from ..pandoc import version
from .html import as_html, template
from .package import as_package


def face(form: str, executed: NotebookNode, others: Mapping[str, str] | None = None, pages: Mapping[str, str] | None = None) -> bytes:
    """Return the report in one of `FORMATS`; the same notebook gives the same bytes.

    `others` leads to the edition in other languages, `pages` to the whole documents: language or id of the document -> file name beside
    this one. Raises ValueError for a format there is none of, and ExportError as `as_pdf` does.
    """
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; there are: {', '.join(FORMATS)}")
    if form == "pdf":
        return as_pdf(executed)
    front, pieces = shown(executed)
    if form == "html":
        sources = {ref: f"{pages[doc]}#c{start}" for ref, doc, start in _figures(executed) if doc in pages} if pages else {}
        return as_html(front, pieces, others or {}, sources).encode()
    if form == "docx":
        from .word import as_docx  # few ask for these two, and their libraries take long to load

        return as_docx(front, pieces)
    from .workbook import as_xlsx

    return as_xlsx(front, tables(executed))


def documents(executed: NotebookNode) -> list[str]:
    """The documents that the figures of a report come from, by id, in its own order."""
    return list(dict.fromkeys(doc for _, doc, _ in _figures(executed)))


def _figures(executed: NotebookNode) -> Iterator[tuple[int, str, int]]:
    """The number, document and place of each figure that the report's machine-readable tables have."""
    for table in tables(executed):
        for row in csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"), newline="")):
            if row.get("ref") and row.get("doc") and row.get("start"):
                yield int(row["ref"]), row["doc"], int(row["start"])


def warm(formats: Iterable[str], lang: str) -> None:
    """Load what these faces need once for all the reports of a process and its forks; starts no thread."""
    version()
    if "html" in formats:
        template()
    if "docx" in formats:
        from .word import reference

        reference(lang)
    if "xlsx" in formats:
        from . import workbook

        assert workbook


def package(executed: NotebookNode) -> dict[str, bytes]:
    """Return the Data Package of the report: file name -> bytes."""
    return as_package(shown(executed)[0], tables(executed))
