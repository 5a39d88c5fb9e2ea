"""Which format a file has, told from its first bytes (after the WHATWG MIME sniffing standard) and never from its name."""

from __future__ import annotations

import csv
import io
import re

from .model import DocumentError, Format

# The tags by which a browser knows HTML without being told; each counts only before a space or ">".
# https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
HTML_START = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link)(?=[\s>])|<!--)",
    re.IGNORECASE,
)
OLE, ZIP, PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-"
# The name of the stream an encrypted Office document keeps its content in, as OLE writes it.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
NUMBER_CELL = re.compile(r"\s*[-+]?[0-9０-９][0-9０-９,，. ．]*%?\s*")


def sniff(data: bytes, path: object) -> Format:
    """The format of `data` as far as bytes tell; a CSV is "text" here, see `looks_like_table`."""
    # The PDF standard lets up to a kilobyte of other bytes stand before the header.
    if PDF in data[:1024]:
        return "pdf"
    if data.startswith(ZIP):
        return "docx"
    if data.startswith(OLE):
        if ENCRYPTED_PACKAGE in data:
            raise DocumentError(path, "it is an encrypted Office document", "save it without a password")
        raise DocumentError(path, "it is an Office document of the old binary kind", "save it as DOCX")
    start = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    return "html" if HTML_START.match(start) else "text"


def looks_like_table(text: str) -> bool:
    """Whether `text` is a CSV table: a header without numbers over rows of equal width, most of whose cells are numbers.

    >>> looks_like_table("年份,受案(人)\\n1960,548\\n1961,698\\n"), looks_like_table("立案12起,\\n结案11起,\\n")
    (True, False)
    """
    head, _, body = text.lstrip("\ufeff").partition("\n")
    if "," not in head or not body.strip():
        return False
    try:
        rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True) if row]
    except csv.Error:
        return False
    header, cells = rows[0], [cell for row in rows[1:] for cell in row if cell.strip()]
    numbers = sum(NUMBER_CELL.fullmatch(cell) is not None for cell in cells)
    return (
        len(header) > 1
        and {len(row) for row in rows} == {len(header)}
        and not any(NUMBER_CELL.fullmatch(cell) for cell in header)
        and 2 * numbers >= len(cells) > 0
    )
