"""What a plain text takes back by its marks, as Markdown does: words struck out, and remarks that nobody is shown. None of it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..documents.leaving import has_digits
from ..documents.model import LeftOut
from .grammar import compiled

SPANS = (("struck_text", compiled("struck_in_text")), ("hidden_text", compiled("hidden_in_text")))
SIGN = re.compile(r"[^\n]")


def without_marked(plain: str) -> str:
    """The text with blanks where its marks take words back: every sign keeps its place.

    >>> without_marked("立案~~99起~~12起<!--7起-->。")
    '立案       12起         。'
    """
    if "~~" in plain or "<" in plain:
        for _, pattern in SPANS:
            plain = pattern.sub(lambda found: SIGN.sub(" ", found[0]), plain)
    return plain


def marked(text: str) -> Iterator[LeftOut]:
    """What of a text its marks take back and a figure stands in."""
    for what, pattern in SPANS if "~~" in text or "<" in text else ():
        count = sum(has_digits(found[0]) for found in pattern.finditer(text))
        if count:
            yield LeftOut(what, count=count)
