"""Tables written as HTML inside a plain text, as programs that recognize print and converters to Markdown leave them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ..errors import DocumentError
from ..parting import AROUND, IN_ITS_PLACE, in_one_line, is_within_words
from .cells import Cell, Placed, Spans, Table, check_merged, spans_of, stripped
from .fields import Field
from .shape import holds_figures

# A tag with its name; a cell is told from what it holds by it, and what parts words is a blank or begins a line.
TAG = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,20})(?P<more>(?:\s[^<>]{0,2000})?)/?>")
_PIECE = re.compile(rf"{TAG.pattern}|(?P<blank>&(?:nbsp|ensp|emsp|#160|#12288);)")
_SPAN = re.compile(r"(?P<way>row|col)span\s*=\s*[\"']?\s*(?P<count>[^\s\"'<>]{1,9})", re.IGNORECASE)
_OF_TABLES = frozenset(("table", "caption", "tr", "td", "th"))
# The words of a cell, whether it is marked as a head, and what its attributes say of the rows and columns it covers; then how many these are.
Told = tuple[Field, bool, str | None, str | None]
Spanning = tuple[Field, bool, int, int]


def tagged(text: str) -> Iterator[Table]:
    """The tables between tags of a text that hold figures; of tables in tables the inner ones.

    >>> [cell[:5] for cell in next(tagged("<table><tr><td>年份<td>立案<tr><td>2019<td>5</table>")).cells][-1]
    ('5', 39, 40, 1, 1)
    """
    if "<t" not in text and "<T" not in text:
        return
    start, covered = -1, 0
    rows: list[list[Told]] = []
    cell: re.Match[str] | None = None
    for tag in TAG.finditer(text):
        name, closes = tag["name"].lower(), tag[0][1] == "/"
        if name not in _OF_TABLES or (start < 0 and name != "table"):
            continue
        if cell is not None:
            rows[-1].append((_words(text, cell.end(), tag.start()), cell["name"].lower() == "th", *_spans(cell["more"])))
            cell = None
        if name == "table":
            spanning = [[(*cell[:2], *spans_of(*cell[2:], len(rows) - number)) for cell in row] for number, row in enumerate(rows)]
            covered += sum(height * width - 1 for row in spanning for _, _, height, width in row)
            if closes and start >= 0 and (table := _table(spanning, start, tag.end(), covered)) is not None:
                yield table
            start, rows = -1 if closes else tag.start(), []
        elif not closes:
            if name in ("tr", "caption") or not rows:
                rows.append([])
            cell = tag if name != "tr" else None


def _spans(attributes: str) -> tuple[str | None, str | None]:
    """What the attributes of a cell say of the rows and columns it covers."""
    told = {found["way"].lower(): found["count"] for found in _SPAN.finditer(attributes)}
    return told.get("row"), told.get("col")


def _words(text: str, start: int, end: int) -> Field:
    """The words of a cell, without the tags in it."""
    said, first, last, edge = "", start, start, ""
    for piece in [*_PIECE.finditer(text, start, end), None]:
        words, a, b = stripped(text, start, piece.start() if piece is not None else end)
        if words:
            first, last = (first if said else a), b
            said += (edge if said else "") + unescape(words)
            edge = ""
        if piece is not None:
            name = (piece["name"] or "").lower()
            start = piece.end()
            edge += " " if piece["blank"] else "\n" if name in AROUND else "" if is_within_words(name) else IN_ITS_PLACE
    return in_one_line(said), first, last


def _table(rows: list[list[Spanning]], start: int, end: int, covered: int) -> Table | None:
    """The table of some rows; none where it is of no size that is printed, or what merged cells have covered so far is: then it stays text."""
    cells: list[Cell] = []
    spans = Spans()
    try:
        check_merged(covered, "table")
        for number, row in enumerate(rows):
            for field, head, height, width in row:
                column = spans.place(number, height, width, "table")
                if field[0]:
                    cells.append(Cell(*field, number, column, height, width, head))
    except DocumentError:
        return None
    return Table(tuple(cells), start, end) if holds_figures([Placed(cell.text, *cell[3:8]) for cell in cells]) else None
