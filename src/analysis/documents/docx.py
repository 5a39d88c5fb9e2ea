"""The text of a Word document (python-docx): paragraphs and tables in reading order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from .model import DocumentError

# A bulletin's XML is some hundred kilobytes; a small archive that unpacks to more than this is a trap.
MAX_UNPACKED = 500_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
CHARACTERS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


def extract_text(data: bytes, path: object) -> str:
    """The body's text: a paragraph a line, a table row a line with tabs between cells; insertions in, deletions out."""
    import docx
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise DocumentError(path, "it is a ZIP archive but no Word document", "unpack it, or save it as DOCX")
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise DocumentError(path, "it unpacks to far more than a bulletin", "check where it came from")
        body = docx.Document(io.BytesIO(data))
        return "\n".join(_lines(body)) + "\n"
    except DocumentError:
        raise
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, SyntaxError) as error:
        raise DocumentError(path, "the Word document is damaged", "open it in a word processor and save it again") from error


def _lines(body: Any) -> Iterator[str]:
    from docx.table import Table

    for block in body.iter_inner_content():
        if isinstance(block, Table):
            # A merged cell stands once in the XML, though `row.cells` would repeat it.
            for row in block._tbl.tr_lst:
                yield "\t".join("".join(_characters(cell)).strip() for cell in row.tc_lst)
        else:
            yield "".join(_characters(block._p))


def _characters(element: Any) -> Iterator[str]:
    """The printed characters under `element`: `paragraph.text` would leave out tracked insertions (deletions are `w:delText`)."""
    for node in element.iter():
        if node.tag == W + "p" and node is not element:
            yield " "
        # Outside a run, `w:tab` defines a tab stop; in a fallback, Word repeats a text box for old versions of itself.
        elif node.getparent().tag == W + "r" and next(node.iterancestors(FALLBACK), None) is None:
            yield node.text or "" if node.tag == W + "t" else CHARACTERS.get(node.tag, "")
