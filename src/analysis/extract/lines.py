"""Lines and sentences: where a sentence ends, which lines are headings, and text wrapped at a fixed width."""

from __future__ import annotations

import re
from typing import Iterator

_END = re.compile(r"[。！？!?]|\r?\n")
_SOFT = re.compile(r"(?<=[^\s。！？!?；：:>”』])\r?\n(?:\s*<!--[^\n]{0,80}-->\s*\n)?(?=[^\s#<　])")
_FINAL = "。！？!?；;，,、：:”』…"
WRAP_WIDTH = 80
HEADING_WIDTH = 45


def unwrap(text: str) -> tuple[str, list[int]] | None:
    """Join the lines of a text that is wrapped at a fixed width, with the place of each character in the raw text.

    Returns None for a text with a line a paragraph, which needs no joining.
    """
    lines = text.split("\n")
    if len(lines) < 3 or len(max(lines, key=len)) > WRAP_WIDTH:
        return None
    pairs = [(a.rstrip("\r"), b) for a, b in zip(lines, lines[1:]) if a.strip() and b.strip()]
    broken = sum(1 for a, b in pairs if a[-1] not in _FINAL.replace("，", "").replace("、", "") and b[0] not in " 　\t")
    if len(pairs) < 3 or broken * 2 < len(pairs):
        return None
    kept, position = [], 0
    places: list[int] = []
    for found in _SOFT.finditer(text):
        kept.append(text[position:found.start()])
        places.extend(range(position, found.start()))
        position = found.end()
    kept.append(text[position:])
    places.extend(range(position, len(text)))
    return "".join(kept), places


def sentences(text: str) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield (start, end, is the first of its line, is a heading) of every sentence."""
    start, first = 0, True
    for found in _END.finditer(text):
        if found.start() > start:
            newline = found.group()[-1] == "\n"
            yield start, found.start() if newline else found.end(), first, newline and first and _is_heading(text, start, found.start())
            first = False
        start = found.end()
        if found.group()[-1] == "\n":
            first = True
    if start < len(text):
        yield start, len(text), first, False


def _is_heading(text: str, start: int, end: int) -> bool:
    line = text[start:end].strip()
    return 0 < len(line) <= HEADING_WIDTH and line[-1] not in _FINAL and "，" not in line
