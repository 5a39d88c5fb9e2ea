"""What a plain text takes back by its marks, as Markdown does: words struck out, and remarks that nobody is shown. None of it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..documents.leaving import has_digits
from ..documents.model import LeftOut
from ..documents.tagmarks import taken_back, unshown

SPANS: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (("struck_text", taken_back), ("hidden_text", unshown))
SIGN = re.compile(r"[^\n]")


def without_marked(plain: str) -> str:
    """The text with blanks where its marks take words back: every sign keeps its place.

    >>> without_marked("立案~~99起~~12起<!--7起-->。")
    '立案       12起         。'
    """
    if "~~" in plain or "<" in plain:
        pieces, at = [], 0
        for start, end in sorted(span for _, spans in SPANS for span in spans(plain)):
            if end > at:
                pieces += [plain[at : max(start, at)], SIGN.sub(" ", plain[max(start, at) : end])]
                at = end
        plain = "".join([*pieces, plain[at:]])
    return plain


def marked(text: str) -> Iterator[LeftOut]:
    """What of a text its marks take back and a figure stands in."""
    for what, spans in SPANS if "~~" in text or "<" in text else ():
        count = sum(has_digits(text[start:end]) for start, end in spans(text))
        if count:
            yield LeftOut(what, count=count)
