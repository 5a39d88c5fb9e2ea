"""Tables whose cells a mark of no meaning of its own parts: a comma, a semicolon, an ampersand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .barred import in_columns
from .cells import SPACES, Table, stripped
from .fields import SENTENCE, Field, Line, is_figure, lines_of

# What copies part cells with besides bars and tabs; a cell between them is short.
MARKS, LONGEST_CELL = ("\\&", "&", ";", "；", "^", "¦", "~", "#", ","), 24


def parted_by(text: str) -> Iterator[tuple[list[Line], str]]:
    """Runs of lines that a mark of no meaning of its own parts into short cells, of which most rows hold figures, with the mark."""
    marks = [mark for mark in MARKS if mark in text]
    if not any(text.count(mark) > 5 for mark in marks):
        return  # three lines with two each are the least
    run: list[Line] = []
    before = ""
    for start, end in [*lines_of(text), (len(text), len(text))]:
        words = text[start:end].strip(SPACES)
        mark = before if before and words.count(before) > 1 else next((mark for mark in marks if words.count(mark) > 1), "")
        pieces = [piece for piece, _, _ in _fields(text, (start, end), mark)] if mark else []
        if not words and start < len(text):
            continue
        sound = bool(pieces) and all(len(piece) <= LONGEST_CELL for piece in pieces) and not any(map(SENTENCE.search, pieces))
        if not sound or mark != before:
            if _is_parted(text, run, before):
                yield run, before
            run = []
        before = mark if sound else ""
        if sound:
            run.append((start, end))


def _is_parted(text: str, run: list[Line], mark: str) -> bool:
    """Whether lines between marks are a table: a row of words, and more figures than rows."""
    rows = [[words for words, _, _ in _fields(text, line, mark)] for line in run]
    return len(rows) > 2 and not all(map(is_figure, rows[0])) and sum(is_figure(cell) for row in rows for cell in row) > len(rows)


def between_marks(text: str, run: list[Line], mark: str) -> Table | None:
    """The table of lines whose cells a mark parts; one at a line's end ends its last cell."""
    rows = []
    for line in run:
        row = _fields(text, line, mark)
        rows.append(row if row[-1][0] else row[:-1])
    return in_columns(run, rows)


def _fields(text: str, line: Line, mark: str) -> list[Field]:
    """The fields of a line between marks; what stands in quotes is one, and its quotes are none of it."""
    start, end = line
    cuts, quoted = [], False
    for found in re.finditer(f'"|{re.escape(mark)}', text[start:end]):
        quoted ^= found[0] == '"'
        if not quoted and found[0] != '"':
            cuts.append(start + found.start())
    if quoted:
        cuts = [start + found.start() for found in re.finditer(re.escape(mark), text[start:end])]
    edges = [start, *(cut + len(mark) for cut in cuts)], [*cuts, end]
    return [_unquoted(stripped(text, a, b)) for a, b in zip(*edges, strict=True)]


def _unquoted(field: Field) -> Field:
    words, start, end = field
    return (words[1:-1], start + 1, end - 1) if len(words) > 1 and words[0] == words[-1] == '"' else field
