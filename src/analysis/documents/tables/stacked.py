"""Tables printed a cell a line, as pages copied without their rules are: the kinds of the cells tell how wide a row is, or nothing does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .cells import Cell, Table, stripped
from .delimited import NUMBER, PERIOD
from .fields import BARS, SENTENCE, Field, is_figure, lines_of

# A cell longer than this is a sentence or a title.
LONGEST = 30
# Fewer figures alone on their lines (between bars, without) are no table.
FEWEST_BARRED, FEWEST = 3, 4
# Of lines without bars: from so many figures on, and where they are so large a part, a table that is not read is worth a warning.
WARNED, PART = 6, 3
# With one column of figures, nothing tells the heads from the first row.
NARROWEST, WIDEST = 3, 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"[（(].*|[^（(]*[)）]")
_TITLE = re.compile(r".*[表况计]|.*(?:单位|[:：]).*")


def stacked(text: str, taken: list[tuple[int, int]]) -> Iterator[Table]:
    """The tables of a text that have a cell a line, but for those in stretches that are `taken`."""
    for fields, barred in _runs(text):
        start, end = fields[0][1], fields[-1][2]
        if any(a < end and start < b for a, b in taken):
            continue
        figures = sum(1 for field in fields if NUMBER.fullmatch(field[0]))
        rows = _rows(fields, barred)
        if rows is not None:
            cells = tuple(Cell(*field, r, c) for r, row in enumerate(rows) for c, field in enumerate(row) if field[0])
            yield Table(cells, cells[0].start, cells[-1].end)
        elif figures * PART >= len(fields) and (barred or (figures >= WARNED and not _holds_prose(fields))):
            yield Table(tuple(Cell(*field, i // 2, i % 2) for i, field in enumerate(fields)), start, end, doubt="alignment")


def _holds_prose(fields: list[Field]) -> bool:
    """Whether numbers stand among words (312件), which prose can read."""
    first = next(i for i, field in enumerate(fields) if NUMBER.fullmatch(field[0]))
    return any(_DIGIT.search(words) and not is_figure(words) and not PERIOD.fullmatch(words) for words, _, _ in fields[first:])


def _runs(text: str) -> Iterator[tuple[list[Field], bool]]:
    """Yield runs of short lines with enough figures among them, and whether bars part them."""
    fields: list[Field] = []
    barred = False
    for start, end in [*lines_of(text), (len(text), len(text))]:
        words, first, last = stripped(text, start, end)
        bar = bool(words) and words[-1] in BARS
        if bar and all(character in BARS for character in words):
            barred = barred or bool(fields)
            continue
        if bar:
            words, first, last = stripped(text, first, last - 1)
        goes_on = bool(words) and len(words) <= LONGEST and not any(b in words for b in (*BARS, "\t")) and not SENTENCE.search(words)
        if not goes_on or (bar and fields and not barred):
            if sum(1 for field in fields if NUMBER.fullmatch(field[0])) >= (FEWEST_BARRED if barred else FEWEST):
                yield fields, barred
            fields, barred = [], False
        if goes_on:
            barred = barred or bar
            fields.append((words, first, last))


def _rows(fields: list[Field], barred: bool) -> list[list[Field]] | None:
    """The rows, the head first, where the kinds of the cells fit one width only; None where they fit none, or the head is not certain."""
    last = max(i for i, field in enumerate(fields) if is_figure(field[0]))
    filled = fields[: last + 1]
    found = [rows for width in range(NARROWEST, min(last // 2, WIDEST) + 1) if (rows := _of_width(filled, width, barred)) is not None]
    return found[0] if len(found) == 1 else None


def _of_width(fields: list[Field], width: int, barred: bool) -> list[list[Field]] | None:
    end = len(fields)
    stubs = _stubs(fields[end - width :])
    if stubs is None:
        return None
    start = end
    while start >= width and _stubs(fields[start - width : start]) == stubs:
        start -= width
    body = [fields[at : at + width] for at in range(start, end, width)]
    if len(body) < 2 or (stubs < 0 and [row[0][0].rstrip(".．、") for row in body] != [str(n + 1) for n in range(len(body))]):
        return None
    head = _head(fields[:start], width, stubs, barred)
    return [head, *body] if head is not None else None


def _stubs(row: list[Field]) -> int | None:
    """How many labels stand before the figures of a row (negative where an ordinal goes before them); None for what is no row."""
    kinds = ["F" if is_figure(words) else "T" for words, _, _ in row]
    if _YEAR.fullmatch(row[0][0]):
        kinds[0] = "T"
    found = re.fullmatch("(F?)(T+)F+", "".join(kinds))
    return None if found is None else -len(found[2]) if found[1] else len(found[2])


def _head(before: list[Field], width: int, stubs: int, barred: bool) -> list[Field] | None:
    """The row of heads among the lines before the body: those from the run's beginning, or from behind a title."""
    head = before[-width:]
    if any((is_figure(words) and not PERIOD.fullmatch(words)) or _PIECE.fullmatch(words) for words, _, _ in head):
        return None
    if len(before) == width - 1 and stubs == 1:
        # The corner is empty.
        return [("", head[0][1], head[0][1]), *head]
    if len(before) < width:
        return None
    titles = before[:-width]
    if not titles:
        return head
    return head if not barred and all(_TITLE.fullmatch(words) for words, _, _ in titles) else None
