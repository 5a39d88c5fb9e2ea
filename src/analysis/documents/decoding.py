"""Bytes to text without losing or inventing a character.

A bulletin comes as UTF-8, GB18030 (GBK and GB2312 are parts of it), Big5, or UTF-16 or UTF-32 with its byte-order mark; nothing else is
guessed. Every decoder is strict: a byte that does not fit is an error with its place, never a replacement character.
"""

from __future__ import annotations

import codecs

from .errors import DocumentError

# GB2312 lists the 3,755 everyday hanzi first, in rows 16-55, and Big5 its 5,401: real prose is nearly all of these, while one read as
# the other, or UTF-8 read as either, scatters over the rare ones.
EVERYDAY_LEAD_BYTES = {"gb18030": range(0xB0, 0xD8), "big5hkscs": range(0xA4, 0xC7)}
EVERYDAY_SHARE = 0.75
# UTF-32's mark begins with UTF-16's, so it is looked for first.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The labels of the encodings a Chinese page can have, after https://encoding.spec.whatwg.org/#names-and-labels; a page that declares GB2312
# or GBK uses characters of the whole family.
LABELS = (
    dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8"), "utf-8")
    | dict.fromkeys(("gbk", "gb2312", "gb18030", "gb_2312", "gb_2312-80", "chinese", "csgb2312", "csiso58gb231280", "iso-ir-58", "x-gbk"), "gb18030")
    | dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5"), "big5hkscs")
)

# So much of a text tells whether it is garbled.
SAMPLE = 4000
MAGIC = {
    b"\x89PNG": ("it is a picture", "give the text itself, or a PDF with a text layer"),
    b"\xff\xd8\xff": ("it is a picture", "give the text itself, or a PDF with a text layer"),
    b"GIF8": ("it is a picture", "give the text itself, or a PDF with a text layer"),
    b"\x1f\x8b": ("it is a compressed file", "unpack it first"),
    b"Rar!": ("it is a compressed file", "unpack it first"),
    b"7z\xbc\xaf": ("it is a compressed file", "unpack it first"),
    b"{\\rtf": ("it is an RTF file", "save it as DOCX or as plain text"),
}

# Both stand in Chinese text, and in what is wrongly decoded as such hardly ever.
SHARE_AMONG_STOPS, STOPS = 0.6, frozenset("，。、")


def decode(data: bytes, path: object) -> str:
    """The text of `data`, character for character as `open(path, encoding=..., newline="")` gives it.

    A UTF-8 byte-order mark stays in as U+FEFF, as the utf-8 codec leaves it. Where carriage returns alone end the lines, they come as line
    feeds, one for one.

    Raises DocumentError for binary data and for bytes that fit no encoding, with the first byte that does not.

    >>> decode("立案12364起".encode("gb18030"), "a.txt"), decode("立案12起".encode("utf-32"), "a.txt")
    ('立案12364起', '立案12起')
    """
    text = _decoded(data, path)
    _refuse_garbled(text, path)
    return text.replace("\r", "\n") if "\r" in text and "\n" not in text else text


def _refuse_garbled(text: str, path: object) -> None:
    """Raise DocumentError for a text that was saved after its bytes were taken for those of Western letters: ç«æ¡ is 立案."""
    sample = text[:SAMPLE]
    western = sum("\x80" <= sign <= "\u2122" for sign in sample)
    if 2 * western < len(sample) or any("\u4e00" <= sign <= "\u9fff" for sign in sample):
        return
    for taken, meant in (("latin-1", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "gb18030")):
        read = sample.encode(taken, "ignore").decode(meant, "ignore")
        if 4 * sum("\u4e00" <= sign <= "\u9fff" for sign in read) > len(read):
            raise DocumentError(path, f"its words are garbled ({meant.upper()} taken for Western letters)", "get the file anew, or its text")


def decode_as(label: str, data: bytes) -> str | None:
    """The text of `data` in the encoding that a web page's label names; None where the label says nothing or the bytes are none of it.

    >>> decode_as("GB2312", "镕".encode("gbk")), decode_as("undefined", b"x")
    ('镕', None)
    """
    encoding = LABELS.get(label.strip().lower())
    try:
        return data.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return None


def _decoded(data: bytes, path: object) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, path)
    _refuse_binary(data, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        failure = error
    text = _as_chinese(data) if not _nearly_utf8(data) else None
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


def _as_chinese(data: bytes) -> str | None:
    """The text in that one of the Chinese encodings in which it is mostly everyday characters."""
    best, text = EVERYDAY_SHARE, None
    for encoding, everyday in EVERYDAY_LEAD_BYTES.items():
        try:
            tried = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        hanzi = [c for c in tried if "\u3400" <= c <= "\u9fff" or c >= "\ue000"]
        share = sum(c.encode(encoding)[0] in everyday for c in hanzi) / len(hanzi) if hanzi else 0
        # Names of places may be rare (甪直、浉河): among Chinese stops fewer everyday signs will do.
        if share > best or (text is None and share > SHARE_AMONG_STOPS and len(STOPS & set(tried)) > 1):
            best, text = max(share, best), tried
    return text


def _nearly_utf8(data: bytes) -> bool:
    """Whether this is UTF-8 with a few bad bytes, which any single-byte encoding would read as nonsense."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    wide = sum(c > "\u07ff" for c in text) - bad
    return wide > 4 * bad


def _broken(data: bytes, error: UnicodeDecodeError, path: object) -> DocumentError:
    line = data.count(b"\n", 0, error.start) + 1
    return DocumentError(path, f"its encoding is broken at byte {error.start} (line {line})", "save it again as UTF-8")
