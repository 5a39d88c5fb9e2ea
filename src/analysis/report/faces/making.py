"""Make one face of a report from its executed notebook."""

from collections.abc import Iterable, Mapping

from nbformat import NotebookNode

from ..exporter import TypstPDFExporter, shown, tables
from ..formats import FORMATS
from ..pandoc import version
from .html import as_html
from .package import as_package


def face(form: str, executed: NotebookNode, others: Mapping[str, str] | None = None) -> bytes:
    """Return the report in one of `FORMATS`; the same notebook gives the same bytes.

    `others` leads to the edition in other languages: language -> file name beside this one. Raises ValueError for a format there is none
    of, and ExportError as the exporter does.
    """
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; there are: {', '.join(FORMATS)}")
    if form == "pdf":
        return TypstPDFExporter().from_notebook_node(executed)[0]
    front, pieces = shown(executed)
    if form == "html":
        return as_html(front, pieces, others or {}).encode()
    if form == "docx":
        from .word import as_docx  # few ask for these two, and their libraries take long to load

        return as_docx(front, pieces)
    from .workbook import as_xlsx

    return as_xlsx(front, tables(executed))


def warm(formats: Iterable[str], lang: str) -> None:
    """Load what these faces need once for all the reports of a process and its forks; starts no thread."""
    version()
    if "docx" in formats:
        from .word import reference

        reference(lang)
    if "xlsx" in formats:
        from . import workbook

        assert workbook


def package(executed: NotebookNode) -> dict[str, bytes]:
    """Return the Data Package of the report: file name -> bytes."""
    return as_package(shown(executed)[0], tables(executed))
