"""The article of a web page, without menus, advertisements and footers (trafilatura)."""

from __future__ import annotations

import re

from .decoding import decode, decode_as
from .model import DocumentError

DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
# A page of a bulletin has some hundred kilobytes; a parser compares the attributes of a tag pair by pair.
MAX_BYTES = 20_000_000
LONG_TAG = re.compile(rb"<[^<>]{100000}")


def extract_text(data: bytes, path: object) -> str:
    """The article's text, one paragraph a line. Raises DocumentError when the page has none."""
    import trafilatura

    text = trafilatura.extract(
        _decode_page(data, path),
        output_format="txt",
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        favor_recall=True,
        deduplicate=False,
    )
    if not text:
        raise DocumentError(path, "no article was found in the page", "save the article's text as a plain text file")
    return text + "\n"


def _decode_page(data: bytes, path: object) -> str:
    if len(data) > MAX_BYTES or LONG_TAG.search(data):
        raise DocumentError(path, "it is too large, or has a tag without end", "save the article's text as a plain text file")
    declared = DECLARED.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Pages often declare one encoding and use another: then what the bytes say is better evidence.
        page = decode_as(declared[1].decode("ascii"), data)
        if page is not None:
            return page
    return decode(data, path)
