"""What a plain text takes back by its marks, as Markdown does: words struck out, and remarks that nobody is shown. None of it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..documents.leaving import has_digits
from ..documents.model import LeftOut
from ..documents.parting import IN_ITS_PLACE
from .grammar import compiled

SPANS = (("struck_text", compiled("struck_in_text")), ("hidden_text", compiled("hidden_in_text")))
BLANKS = (" ", "\n")
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


def taken_out(plain: str) -> list[tuple[int, int, str]]:
    """What of a text its marks take back, with the sign left there: none, so that the words around it meet, but two digits never do.

    >>> taken_out("2月至<!-- 略 -->4月 ~~7起~~ 12起1~~7~~8")
    [(3, 13, ''), (16, 23, ''), (27, 32, '￼')]
    """
    found: list[tuple[int, int, str]] = []
    if "~~" in plain or "<" in plain:
        for start, end in sorted(one.span() for _, pattern in SPANS for one in pattern.finditer(plain)):
            before, after = plain[start - 1 : start], plain[end : end + 1]
            if after in BLANKS and before in ("", "\n", *BLANKS):  # neither a second blank nor an empty line
                end += len(after)
            if not found or start >= found[-1][1]:
                found.append((start, end, IN_ITS_PLACE if before.isdecimal() and after.isdecimal() else ""))
    return found


def marked(text: str) -> Iterator[LeftOut]:
    """What of a text its marks take back and a figure stands in."""
    for what, pattern in SPANS if "~~" in text or "<" in text else ():
        count = sum(has_digits(found[0]) for found in pattern.finditer(text))
        if count:
            yield LeftOut(what, count=count)
