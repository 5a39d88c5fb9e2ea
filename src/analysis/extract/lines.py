"""Lines and sentences: where a sentence ends, and which lines are headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .grammar import compiled

_END = re.compile(r"[。！？!?\n]")
_FINAL = "。！？!?；;，,、：:”』…"
HEADING_WIDTH = 45


def sentences(text: str) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield (start, end, is the first of its line, is a heading) of every sentence.

    A sentence longer than any that is written by hand is cut at a comma, so that time stays linear in its length.
    """
    start, first = 0, True
    for found in _END.finditer(text):
        end = found.end()
        newline = text[end - 1] == "\n"
        stop = end if not newline else end - 2 if text[end - 2 : end] == "\r\n" else end - 1
        if stop > start:
            if stop - start > LONGEST:
                for cut in _cuts(text, start, stop):
                    yield start, cut, first, False
                    start, first = cut, False
            yield start, stop, first, newline and first and stop - start <= 2 * HEADING_WIDTH and _is_heading(text, start, stop)
            first = False
        start = end
        if newline:
            first = True
    for cut in _cuts(text, start, len(text)):
        yield start, cut, first, False
        start, first = cut, False
    if start < len(text):
        yield start, len(text), first, False


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the places where a sentence that is too long is cut: after a comma, else anywhere."""
    while end - start > LONGEST:
        comma = max(text.rfind(mark, start + 1, start + LONGEST) for mark in "；，、,;")
        start = comma + 1 if comma > 0 else start + LONGEST
        yield start


LONGEST = 1500


def _is_heading(text: str, start: int, end: int) -> bool:
    line = text[start:end].strip()
    return 0 < len(line) <= HEADING_WIDTH and line[-1] not in _FINAL and ("，" not in line or line[0] + line[-1] == _FRAME)


_CAPTION, _FRAME = compiled("caption"), "【】"


def caption(sentence: str, numbered: bool = False) -> str:
    """Return the name that a sentence is all of (（一）盗窃类警情。), which the next speaks of; '' for another, or one without a number."""
    found = _CAPTION.fullmatch(sentence) if "，" not in sentence else None
    return found[1] if found and (not numbered or is_subheading(sentence)) else ""


_NUMBERED, _SUBHEADING = compiled("numbered_heading"), compiled("heading_inside_a_part")


def is_numbered(line: str) -> bool:
    """Whether a heading opens a numbered part of a report (一、...)."""
    return _NUMBERED.match(line) is not None


def is_part(line: str) -> bool:
    """Whether a line opens a numbered part, or stands inside one."""
    return is_numbered(line) or is_subheading(line)


def follows_its_whole(text: str, start: int) -> bool:
    """Whether the line before one that begins at a place leads to the parts of what it counts (…同比下降5%。其中：)."""
    return _LEADS_TO_PARTS.search(text, max(0, start - _LONGEST_LEAD), start) is not None


_LEADS_TO_PARTS, _LONGEST_LEAD = compiled("line_leads_to_parts"), 20


def is_subheading(line: str) -> bool:
    """Whether a heading stands inside a part (（一）...), so that the part's period still holds."""
    return _SUBHEADING.match(line) is not None
