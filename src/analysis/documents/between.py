"""What trafilatura leaves out of an article between what it takes: headings, and passages with figures, put back in their place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from .leaving import MOST_SEARCHES, says_a_figure
from .parting import AROUND

# A heading, by its tag or its number, is no longer; and a menu is mostly links.
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}部分)[^。；，]{2,40}")
LONGEST_HEADING, MOST_LINKED = 45, 0.5
OUTSIDE = frozenset(("nav", "footer", "header", "aside", "form", "button", "script", "style", "noscript", "template", "select", "head"))


class Piece(NamedTuple):
    """Words between the ends of blocks, how many signs of them are links, and the block that holds them."""

    words: str
    linked: int
    block: Any


def with_what_stands_between(article: str, tree: Any) -> str:
    """The article with the headings and passages of figures that the page has between two lines of it.

    >>> from lxml import html
    >>> page = html.fromstring("<div><p>立案12起。</p><h2>二、执行</h2><p>执结5件。</p><p>打印</p></div>")
    >>> with_what_stands_between("立案12起。\\n执结5件。", page)
    '立案12起。\\n二、执行\\n执结5件。'
    """
    lines = article.split("\n")
    bare = [_bare(line) for line in lines]
    places = list(_places(bare, pieces := list(_pieces(tree))))
    behind: dict[int, list[str]] = {}
    for (number, at), (following, _) in pairwise(places):
        for piece in pieces[number + 1 : following]:
            words = " ".join(piece.words.split())
            if _belongs(piece, words) and _bare(words) not in (*bare[at : at + 1], *map(_bare, behind.get(at, ()))):
                behind.setdefault(at, []).append(words)
    return "\n".join(one for number, line in enumerate(lines) for one in (line, *behind.get(number, ())))


def _places(bare: list[str], pieces: list[Piece]) -> Iterator[tuple[int, int]]:
    """The pieces that stand in the article, in its order, each with the line it stands in and fills by half."""
    text, ends = "\n".join(bare), list(accumulate(len(line) + 1 for line in bare))
    at = missed = 0
    for number, piece in enumerate(pieces):
        words = _bare(piece.words)
        found = text.find(words, at) if words and missed < MOST_SEARCHES else -1
        missed += found < 0
        line = bisect_right(ends, found) if found >= 0 else 0
        if found >= 0 and 2 * len(words) > min(len(bare[line]), LONGEST_HEADING):
            yield number, line
            at = found


def _belongs(piece: Piece, words: str) -> bool:
    if len(words) < 2 or piece.linked > MOST_LINKED * len(words):
        return False
    heading = len(words) <= LONGEST_HEADING and (piece.block.tag in HEADINGS or NUMBERED.fullmatch(words) is not None)
    return heading or (says_a_figure(words) and words[-1] in "。；：")


def _pieces(tree: Any) -> Iterator[Piece]:
    """The words of a page in order, parted where its blocks part them."""
    body = next(tree.iter("body"), tree)
    words, linked, block = [], 0, body
    for part, link, around, parts in _words(body, False, body):
        if parts and words:
            yield Piece("".join(words), linked, block)
            words, linked = [], 0
        if part.strip():
            if not words:
                block = around
            words.append(part)
            linked += len(part) if link else 0
    if words:
        yield Piece("".join(words), linked, block)


def _words(element: Any, link: bool, block: Any) -> Iterator[tuple[str, bool, Any, bool]]:
    parts = element.tag in AROUND
    block, link = element if parts else block, link or element.tag == "a"
    yield element.text or "", link, block, parts
    for child in element:
        if isinstance(child.tag, str) and child.tag not in OUTSIDE:
            yield from _words(child, link, block)
        yield child.tail or "", link, block, isinstance(child.tag, str) and child.tag in AROUND
    if parts:
        yield "", link, block, True


def _bare(words: str) -> str:
    return re.sub(r"\W+", "", words)
