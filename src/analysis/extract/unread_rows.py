"""Rows that are set as those of a table and were read neither as one nor as prose: how many of their figures no statement holds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ..documents.leaving import first_names
from ..documents.model import LeftOut
from ..documents.tables.fields import is_time, lines_of
from .accounting import Span, spans_of
from .grammar import compiled
from .records import Other, Statement

# What a numeral is called that no rule knows; every other kind says what it is.
UNKNOWN = frozenset(("name", "word", "heading"))
# A row is no longer, and so many other lines may stand between two rows of a block, of which it has two at least.
LONGEST, BETWEEN, FEWEST = 300, 2, 2
# What parts the cells of a row, the first of these that it has.
_PARTS = tuple(re.compile(sign) for sign in (r"</?t[dhr][^<>]{0,80}>", r"[\t|│┃｜║]", ";", r" {2,}|\u3000+", r" (?=[+\-−－]?\d)", ",", "[:：；]"))
_FIGURE, _ALONE = compiled("figure_with_what_marks_it"), compiled("figure_on_a_line_of_its_own")
_CLOSE = re.compile(r"(?<=[^\d\s]) (?=\d\S*\s*$)")
_SENTENCE = re.compile("[。！？，]")


def rows_unread(entries: Iterable[Statement | Other], text: str) -> Iterator[LeftOut]:
    """The rows of figures that nothing has read, in blocks of such rows; a table that was refused is named by itself."""
    kept = list(entries)
    unknown = sorted((one.start, one.end) for one in kept if type(one) is Other and one.type in UNKNOWN)
    if not unknown:
        return
    read = sorted(span for one in kept if type(one) is Statement for span in spans_of(one))
    count, names = 0, []
    for block in _blocks(text):
        left = [[cell for cell in cells[1:] if _any_in(unknown, cell) and not _any_in(read, cell)] for cells in block]
        if sum(map(bool, left)) < FEWEST and not any(len(cells) > 1 and len(cells) == len(row) - 1 for cells, row in zip(left, block, strict=True)):
            left = []
        if _number_pages([text[slice(*cells[0])] for cells in left if cells]):
            left = []
        count += sum(map(len, left))
        names += [text[slice(*row[0])].strip() or text[slice(*cells[0])].strip() for cells, row in zip(left, block, strict=False) if cells]
    if count:
        yield LeftOut("rows", first_names(names), count)


def _blocks(text: str) -> Iterator[list[list[Span]]]:
    """The rows of a text, those near each other together: of each its label (of no length where it has none) and its figures."""
    block: list[list[Span]] = []
    apart = 0
    for start, end in lines_of(text):
        cells = _cells(text, start, end)
        apart = 0 if cells else apart + 1
        if cells:
            block.append(cells)
        elif apart > BETWEEN and block:
            yield block
            block = []
    if block:
        yield block


def _cells(text: str, start: int, end: int) -> list[Span]:
    """The label and the figures of a line that is a row of them; [] for any other."""
    line = text[start:end]
    if not line.strip() or len(line) > LONGEST or not any(map(str.isdigit, line)) or _SENTENCE.search(line):
        return []
    if _ALONE.fullmatch(line):
        return [(start, start), (start, end)]
    parts = next((sign for sign in _PARTS if sign.search(line.strip())), None)
    cuts = [found.span() for found in parts.finditer(line)] if parts is not None else []
    edges = [0, *(place for cut in cuts for place in cut), len(line)]
    cells = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if line[a:b].strip()]
    if cells and (close := _CLOSE.search(line, *cells[0])) is not None:
        cells[:1] = [(cells[0][0], close.start()), (close.end(), cells[0][1])]  # a figure that one blank parts from its label
    first = next((number for number, (a, b) in enumerate(cells) if _is_figure(line[a:b])), len(cells))
    if first == len(cells) or not all(_is_figure(line[a:b]) or not any(map(str.isdigit, line[a:b])) for a, b in cells[first:]):
        return []
    if (not first and len(cells) < 2) or not any(map(str.isalnum, line[slice(*cells[0])])):
        return []  # a page's number between marks
    label = (start + cells[0][0], start + cells[first - 1][1]) if first else (start, start)
    return [label, *((start + a, start + b) for a, b in cells[first:])]


def _is_figure(words: str) -> bool:
    words = words.strip()
    return _FIGURE.fullmatch(words) is not None and not is_time(words)


def _number_pages(figures: Sequence[str]) -> bool:
    """Whether the first unread figures of some rows are those of pages, each behind the one before, or number columns."""
    numbers = [int(words) for words in map(str.strip, figures) if words.isdecimal() and len(words) < 4]
    return len(numbers) == len(figures) and numbers == sorted(set(numbers))


def _any_in(spans: Sequence[Span], cell: Span) -> bool:
    """Whether one of some sorted spans that do not overlap lies in a cell, or over it."""
    at = bisect_left(spans, (cell[1], 0)) - 1
    return at >= 0 and spans[at][1] > cell[0]
