"""What a plain text takes back by its marks, as Markdown does: words struck out, and remarks that nobody is shown. None of it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..documents.leaving import has_digits
from ..documents.model import LeftOut
from ..documents.parting import IN_ITS_PLACE
from ..documents.tagmarks import taken_back, unshown

SPANS: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (("struck_text", taken_back), ("hidden_text", unshown))
BLANKS = (" ", "\n")
SIGN = re.compile(r"[^\n]")


def without_marked(plain: str) -> str:
    """The text with blanks where its marks take words back: every sign keeps its place.

    >>> without_marked("立案~~99起~~12起<!--7起-->。")
    '立案       12起         。'
    """
    pieces, at = [], 0
    for start, end in _spans(plain):
        pieces += [plain[at:start], SIGN.sub(" ", plain[start:end])]
        at = end
    return "".join([*pieces, plain[at:]])


def taken_out(plain: str) -> Iterator[tuple[int, int, str]]:
    """What of a text its marks take back, with the sign left there: none, so that the words around it meet, but two digits never do.

    >>> list(taken_out("2月至<!-- 略 -->4月 ~~7起~~ 12起1~~7~~8"))
    [(3, 13, ''), (16, 23, ''), (27, 32, '￼')]
    """
    for start, end in _spans(plain):
        before, after = plain[start - 1 : start], plain[end : end + 1]
        if after in BLANKS and before in ("", "\n", *BLANKS):  # neither a second blank nor an empty line
            end += len(after)
        yield start, end, IN_ITS_PLACE if before.isdecimal() and after.isdecimal() else ""


def _spans(plain: str) -> list[tuple[int, int]]:
    """What the marks of a text take back, in order, those that overlap in one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for _, spans in SPANS for span in spans(plain)) if "~~" in plain or "<" in plain else ():
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def marked(text: str) -> Iterator[LeftOut]:
    """What of a text its marks take back and a figure stands in."""
    for what, spans in SPANS if "~~" in text or "<" in text else ():
        count = sum(has_digits(text[start:end]) for start, end in spans(text))
        if count:
            yield LeftOut(what, count=count)
