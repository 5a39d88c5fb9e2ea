"""What stands at the edges of the pages a plain text was taken from: numbers of pages, and the lines that are the same beside each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

# A page number alone on its line: "12", "- 12 -", "— 3 —", "第3页", "第 3 页 共 9 页", "3/9".
# Blanks have one way to be taken.
PAGE_NUMBER = re.compile(r"[-–—·\s]*(?:第\s*)?\d{1,4}\s*(?:页\s*)?(?:(?:[/,，]\s*)?(?:共\s*)?\d{1,4}\s*(?:页\s*)?)?(?:[-–—·][-–—·\s]*)?")
# In a text without pages only one that says so, or that stands where a page ends.
_SAYS_SO = re.compile(r"[ \t\u3000]*(?:[-–—－]{1,2}[ \t]*\d{1,4}[ \t]*[-–—－]{1,2}|第[ ]*\d{1,4}[ ]*页(?:[ ,，/]*共[ ]*\d{1,4}[ ]*页)?)[ \t\r]*")
_MAY_SAY_SO = re.compile(r"[-–—－][ \t]{0,9}\d{1,4}[ \t]{0,9}[-–—－]|第[ ]{0,9}\d{1,4}[ ]{0,9}页")
_ENDS_A_PAGE, _TORN = "\f", re.compile(r"[.．][0-9０-９]")
_LINE = re.compile(r"[^\n]*(?:\n|$)")
_LONGEST, _FEWEST, _BLANKS, _FINAL = 60, 2, 5, ("。", "；", "，")


def page_marks(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text that number its pages, with those that are the same beside two or more of them, and the blank lines around.

    >>> text = "立案\\n- 1 -\\n通报\\n12起。\\n- 2 -\\n通报\\n完"
    >>> [text[a:b] for a, b in page_marks(text)]
    ['- 1 -\\n通报\\n', '- 2 -\\n通报\\n']
    """
    if _MAY_SAY_SO.search(text) is None and _ENDS_A_PAGE not in text:
        return
    lines = [found.span() for found in _LINE.finditer(text) if found[0]]
    words = [text[a:b].strip() for a, b in lines]
    bare = [text[a:b].lstrip(" \t\r\n") for a, b in lines]
    numbers = {
        i
        for i, (a, b) in enumerate(lines)
        if (_SAYS_SO.fullmatch(text[a:b].replace(_ENDS_A_PAGE, "").rstrip("\n")))
        or (words[i] and PAGE_NUMBER.fullmatch(words[i]) and (_ends_a_page(bare, i) or _ends_a_page(bare, i + 1)))
        or (not words[i] and _ENDS_A_PAGE in text[a:b])
    }
    beside = {j for i in numbers for j in _beside(words, numbers, i)}
    often = Counter(words[j] for j in beside)
    taken = numbers | {j for j in beside if often[words[j]] >= _FEWEST and len(words[j]) <= _LONGEST and not words[j].endswith(_FINAL)}
    blank = {j for i in taken for j in (*_blanks(words, i, 1), *_blanks(words, i, -1))} if len(numbers) >= _FEWEST else set()
    run: list[int] = []
    for i in sorted(taken | blank):
        if run and lines[run[-1]][1] != lines[i][0]:
            yield _edges(text, lines[run[0]][0], lines[run[-1]][1])
            run = []
        run.append(i)
    if run:
        yield _edges(text, lines[run[0]][0], lines[run[-1]][1])


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The edges of what stands between two pages: with the end of a page before the next line, and with the line's end within a figure."""
    while text[end : end + 1] == _ENDS_A_PAGE:
        end += 1
    return (start - 1 if _TORN.match(text, end) and text[:start][-2:-1].isdecimal() else start), end


def _ends_a_page(bare: list[str], i: int) -> bool:
    return i < len(bare) and _ENDS_A_PAGE in bare[i]


def _beside(words: list[str], numbers: set[int], i: int) -> Iterator[int]:
    """The lines with words before and behind one that numbers its page."""
    for steps in (range(i - 1, -1, -1), range(i + 1, len(words))):
        yield from ([j for j in steps[:_BLANKS] if words[j] and j not in numbers] or [])[:1]


def _blanks(words: list[str], i: int, step: int) -> Iterator[int]:
    i += step
    while 0 <= i < len(words) and not words[i]:
        yield i
        i += step
