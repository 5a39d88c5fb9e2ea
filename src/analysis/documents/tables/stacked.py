"""Tables printed a cell a line, as pages copied without their rules are: the kinds of the cells tell how wide a row is, or nothing does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...lexicon.wordlists import words as words_of
from .cells import Cell, Table, stripped
from .delimited import NUMBER, PERIOD
from .fields import BARS, SENTENCE, Field, is_figure, lines_of
from .headrows import spread

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
_TITLE = re.compile(rf".*(?:{'|'.join(words_of('title_ends'))}|[表况计])|.*(?:单位|[:：]).*")


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
    """Yield runs of short lines with enough figures among them, and whether bars part them; blank lines may stand between all of them, or none."""
    fields: list[Field] = []
    barred = spaced = False
    blanks = 0
    for start, end in [*lines_of(text), (len(text), len(text))]:
        words, first, last = stripped(text, start, end)
        bar = bool(words) and words[-1] in BARS
        if bar and all(character in BARS for character in words):
            barred = barred or bool(fields)
            continue
        if not words and start < len(text) and fields and not blanks and (spaced or len(fields) == 1):
            blanks = 1
            continue
        if bar:
            words, first, last = stripped(text, first, last - 1)
        goes_on = bool(words) and len(words) <= LONGEST and not any(b in words for b in (*BARS, "\t")) and not SENTENCE.search(words)
        if len(fields) == 2 and spaced and not blanks and goes_on:
            fields, spaced = fields[1:], False  # a title apart
        apart = len(fields) > 1 and spaced != bool(blanks)
        if not goes_on or apart or (bar and fields and not barred):
            if sum(1 for field in fields if NUMBER.fullmatch(field[0])) >= (FEWEST_BARRED if barred else FEWEST):
                yield fields, barred
            fields, barred = [], False
        if goes_on:
            spaced = spaced if len(fields) != 1 else bool(blanks)
            barred = barred or bar
            fields.append((words, first, last))
        blanks = 0


def _rows(fields: list[Field], barred: bool) -> list[list[Field]] | None:
    """The rows, the head first, where the kinds of the cells fit one width only; None where they fit none, or the head is not certain."""
    last = max(i for i, field in enumerate(fields) if is_figure(field[0]))
    filled = fields[: last + 1]
    found = [rows for width in range(NARROWEST, min(last // 2, WIDEST) + 1) if (rows := _of_width(filled, width, barred)) is not None]
    if not found and (joined := _with_whole_labels(filled)) is not None:
        return _rows(joined, barred)
    return found[0] if len(found) == 1 else None


def _with_whole_labels(fields: list[Field]) -> list[Field] | None:
    """The cells with the organs whose names stand on two lines (市场监督 / 管理局) on one; None where there are none."""
    ends = tuple(words_of("ends_of_houses"))
    found: list[Field] = []
    seen = False
    for field in fields:
        before = found[-1] if found else None
        goes_on = seen and before is not None and not is_figure(before[0]) and not is_figure(field[0]) and not _DIGIT.search(before[0] + field[0])
        if goes_on and field[0].endswith(ends) and not before[0].endswith(ends):
            found[-1] = before[0] + field[0], before[1], field[2]
        else:
            found.append(field)
        seen = seen or is_figure(field[0])
    return found if len(found) < len(fields) else None


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
    heads = _heads(fields[:start], width, stubs, barred)
    return [*heads, *body] if heads is not None else None


def _stubs(row: list[Field]) -> int | None:
    """How many labels stand before the figures of a row (negative where an ordinal goes before them); None for what is no row."""
    kinds = ["F" if is_figure(words) else "T" for words, _, _ in row]
    if _YEAR.fullmatch(row[0][0]):
        kinds[0] = "T"
    found = re.fullmatch("(F?)(T+)F+", "".join(kinds))
    return None if found is None else -len(found[2]) if found[1] else len(found[2])


def _heads(before: list[Field], width: int, stubs: int, barred: bool) -> list[list[Field]] | None:
    """The rows of heads among the lines before the body: those from the run's beginning, or from behind a title; None where they are not certain."""
    head = before[-width:]
    if not before or any((is_figure(words) and not PERIOD.fullmatch(words)) or _PIECE.fullmatch(words) for words, _, _ in head):
        return None
    corner = ("", head[0][1], head[0][1])
    for size, empty in ((width, []), (width - 1, [corner])) if stubs == 1 else ((width, []),):
        # Tables side by side, whose rows follow one another.
        titles = _titles_before_copies(before, size)
        if titles is not None and _are_titles(titles, barred):
            return [[*empty, *before[len(titles) : len(titles) + size]]]
    if len(before) == width - 1 and stubs == 1:
        return [[corner, *head]]
    if len(before) >= width and _are_titles(before[:-width], barred):
        return [head]
    return _two_rows(before, width - stubs, stubs, barred)


def _two_rows(before: list[Field], size: int, stubs: int, barred: bool) -> list[list[Field]] | None:
    """Heads over heads that come again under each of them; the upper ones are what stands before those, behind a title."""
    lower = before[-size:]
    if stubs < 1 or len(lower) < size:
        return None
    for count in range(2, size // 2 + 1):
        for upper in (before[-size - count - stubs : -size], before[-size - count : -size]):
            if len(upper) in (count, count + stubs) and (rows := spread(upper, lower, stubs)) is not None:
                if _are_titles(before[: len(before) - size - len(upper)], barred):
                    return rows
    return None


def _titles_before_copies(before: list[Field], size: int) -> list[Field] | None:
    """What stands before two or more copies of the same heads at the end of some lines; None where there are none."""
    names = [field[0] for field in before]
    copies = 1
    while names[len(names) - size * (copies + 1) : len(names) - size * copies] == names[-size:] and len(names) >= size * (copies + 1):
        copies += 1
    return before[: len(before) - size * copies] if copies > 1 else None


def _are_titles(lines: list[Field], barred: bool) -> bool:
    return not lines or (not barred and all(_TITLE.fullmatch(words) for words, _, _ in lines))
