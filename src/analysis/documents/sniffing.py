"""Which format a file has, told from its first bytes (after the WHATWG MIME sniffing standard) and never from its name."""

from __future__ import annotations

import re

from .errors import DocumentError
from .model import Format

# The tags by which a browser knows HTML without being told; each counts only before a space or ">".
# https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
HTML_START = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link)(?=[\s>])|<!--)",
    re.IGNORECASE,
)
# The head of a mail, which a browser writes before a page that it saves in one file; and of XML, whose text stands between tags.
MAIL = re.compile(rb"(?:From: <Saved by|(?:[A-Z][A-Za-z-]*: [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,30}?(?:MIME-Version|Content-Type): )")
# What programs write for programs (JSON): an object with its first key, in a list or not, or a list of words.
JSON_START = re.compile(rb"[\[{]\s*(?:(?:[\[{]\s*){0,9}\"(?:[^\"\\\r\n]|\\.){0,400}\"\s*:|\"(?:[^\"\\\r\n]|\\.){0,3000}\"\s*[,\]])")
XML_START = re.compile(rb"<\?xml\s")
OLE, ZIP, PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-"
# The name of the stream an encrypted Office document keeps its content in, as OLE writes it.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# The stream of a workbook of Excel 97-2003, and of Excel 5, as OLE writes its name; and the namespace of Excel 2003's XML.
OLD_WORKBOOK = "Workbook".encode("utf-16-le"), "B\0o\0o\0k\0\0\0".encode("latin-1")
WORKBOOK_XML = b"urn:schemas-microsoft-com:office:spreadsheet"


def sniff(data: bytes, path: object) -> Format:
    """The format of `data` as far as bytes tell; a CSV is "text" here, see `tables.delimited`."""
    # The PDF standard lets up to a kilobyte of other bytes stand before the header.
    if PDF in data[:1024]:
        return "pdf"
    if data.startswith(ZIP):
        # The archive's directory of names stands at its end, uncompressed.
        return "workbook" if b"xl/workbook.xml" in data else "docx"
    if data.startswith(OLE):
        if ENCRYPTED_PACKAGE in data:
            raise DocumentError(path, "it is an encrypted Office document", "save it without a password")
        if any(stream in data for stream in OLD_WORKBOOK):
            return "workbook"
        raise DocumentError(path, "it is an Office document of the old binary kind", "save it as DOCX")
    start = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    if start.startswith(b"<?xml") and WORKBOOK_XML in start:
        return "workbook"
    if HTML_START.match(start) or (XML_START.match(start) and b"<html" in start.lower()):
        return "html"
    if MAIL.match(start):
        raise DocumentError(path, "it is a mail, or a page saved in one file (MHTML)", "open it, and save it as a page of HTML or as a PDF")
    if XML_START.match(start):
        raise DocumentError(path, "it is XML of another kind than pages and workbooks", "open it in its program, and save it as DOCX, XLSX or text")
    if JSON_START.match(start):
        raise DocumentError(path, "it is JSON, which programs write for programs", "save its table as CSV, or its words as plain text")
    return "text"
