"""The article of a web page, without menus, advertisements and footers (trafilatura)."""

from __future__ import annotations

import re

from .decoding import decode
from .model import DocumentError

DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
# Pages that declare GB2312 or GBK use characters of the whole family.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}


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
    declared = DECLARED.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        try:
            return data.decode(WIDER.get(name, name))
        except (LookupError, UnicodeDecodeError):
            pass  # Pages often declare one encoding and use another: what the bytes say is better evidence.
    return decode(data, path)
