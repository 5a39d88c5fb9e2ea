"""Bytes to text without losing or inventing a character.

A bulletin comes as UTF-8, GB18030 (GBK and GB2312 are parts of it) or UTF-16 with its byte-order mark; anything else is left to
charset-normalizer. Every decoder is strict: a byte that does not fit is an error with its place, never a replacement character.
"""

from __future__ import annotations

import codecs

from .model import DocumentError

# GB2312 lists the 3,755 everyday hanzi first, in rows 16-55: real prose is nearly all of these, while UTF-8 or Big5 misread
# as GB18030 scatters over the rare ones.
EVERYDAY_LEAD_BYTES = range(0xB0, 0xD8)
EVERYDAY_SHARE = 0.85

MAGIC = {
    b"\x89PNG": ("it is a picture", "give the text itself, or a PDF with a text layer"),
    b"\xff\xd8\xff": ("it is a picture", "give the text itself, or a PDF with a text layer"),
    b"GIF8": ("it is a picture", "give the text itself, or a PDF with a text layer"),
    b"\x1f\x8b": ("it is a compressed file", "unpack it first"),
    b"Rar!": ("it is a compressed file", "unpack it first"),
    b"7z\xbc\xaf": ("it is a compressed file", "unpack it first"),
    b"{\\rtf": ("it is an RTF file", "save it as DOCX or as plain text"),
}


def decode(data: bytes, path: object) -> str:
    """The text of `data`, character for character as `open(path, encoding=..., newline="")` gives it.

    A UTF-8 byte-order mark stays in as U+FEFF, as the utf-8 codec leaves it.

    Raises DocumentError for binary data and for bytes that fit no encoding, with the first byte that does not.

    >>> decode("立案12364起".encode("gb18030"), "a.txt")
    '立案12364起'
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _strictly(data, encoding, path)
    _refuse_binary(data, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        failure = error
    text = _as_gb18030(data)
    if text is None and not _nearly_utf8(data):
        text = _guess(data)
    if text is None:
        raise _broken(data, failure, path) from failure
    return text


def _strictly(data: bytes, encoding: str, path: object) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(path, f"its {encoding.upper()} is broken at byte {error.start}", "save it again as UTF-8") from error


def _refuse_binary(data: bytes, path: object) -> None:
    for magic, (problem, remedy) in MAGIC.items():
        if data.startswith(magic):
            raise DocumentError(path, problem, remedy)
    nul = data.find(0)
    if nul >= 0:
        raise DocumentError(
            path, f"it is binary or damaged (a NUL at byte {nul})", "give text, HTML, PDF, DOCX or CSV; save UTF-16 with its byte-order mark"
        )
    controls = sum(data.count(code) for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f")
    if controls > len(data) // 100:
        raise DocumentError(path, "it is binary (too many control characters)", "give text, HTML, PDF, DOCX or CSV")


def _as_gb18030(data: bytes) -> str | None:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    hanzi = [c for c in text if "\u3400" <= c <= "\u9fff" or c >= "\ue000"]
    everyday = sum(c.encode("gb18030")[0] in EVERYDAY_LEAD_BYTES for c in hanzi)
    return text if hanzi and everyday >= EVERYDAY_SHARE * len(hanzi) else None


def _nearly_utf8(data: bytes) -> bool:
    """Whether this is UTF-8 with a few bad bytes, which any single-byte encoding would read as nonsense."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    wide = sum(c > "\u07ff" for c in text) - bad
    return wide > 4 * bad


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    match = from_bytes(data, cp_exclusion=["utf_7"]).best()
    if match is None:
        return None
    try:
        return data.decode(match.encoding)
    except UnicodeDecodeError:
        return None


def _broken(data: bytes, error: UnicodeDecodeError, path: object) -> DocumentError:
    line = data.count(b"\n", 0, error.start) + 1
    return DocumentError(path, f"its encoding is broken at byte {error.start} (line {line})", "save it again as UTF-8")
