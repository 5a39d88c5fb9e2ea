"""Tables whose columns stand under one another, with heads on several lines over them or the signs of figures in columns of their own."""

from __future__ import annotations

import re

from .cells import BLANKS, Cell, Table, stripped, width_of
from .fields import Field, Line, has_figure, is_figure, lines_of
from .gaps import GAP, SPACE, in_places, is_uncut, merged, spans_of, split_at
from .labels import label_count
from .overhead import set_over
from .rowed import is_title
from .signed import with_signs_in_place
from .spans import heads_parts
from .trees import BLANKS as BLANKS_WITHIN

# How far above a table its heads may stand.
_LOOK_BACK = 300
# A rule drawn under a head, over the columns it is of; and how far in a head on a line of its own stands.
_DRAWN, _FAR_IN = re.compile(r"[-—─━═=_]{3,}"), 8


def under_heads_set_apart(text: str, run: list[Line]) -> Table | None:
    """The table of figures that stand under one another, with heads on several lines or signs apart; None where it is any other, or not certain."""
    lines = [*_heads_above(text, run[0][0]), *run]
    split = [[field for field in split_at(text, a, b, GAP) if not _DRAWN.fullmatch(field[0])] for a, b in lines]
    first = next((i for i in range(len(split)) if has_figure(split[i][1:])), 0)
    titles = next((i for i in range(first) if len(split[i]) > 1 or _is_set_in(text, *lines[i])), first)
    lines, split, first = lines[titles:], split[titles:], first - titles
    spans = [spans_of(text, line, fields) for line, fields in zip(lines, split, strict=True)]
    body = with_signs_in_place(text, split[first:], spans[first:])
    if first < 1 or (first < 2 and body == split[first:]) or any(map(is_uncut, body)):
        return None
    split = [*split[:first], *body]
    spans = [spans_of(text, line, fields) for line, fields in zip(lines, split, strict=True)]
    columns = merged([span for fields, own in zip(split[first:], spans[first:], strict=True) if len(fields) > 1 for span in own])
    rows = [in_places(fields, own, columns) for fields, own in zip(split[first:], spans[first:], strict=True)]
    sound = [row for row in rows if row is not None]
    labels = label_count([next((row[c] for row in sound if row[c][0]), ("-", 0, 0)) for c in range(len(columns))])
    if len(sound) < len(rows) or len(sound) < 2 or not labels:
        return None
    if any(field[0] and not is_figure(field[0]) for row in sound for field in row[labels:]):
        return None
    said = [_heads_of(text, line, fields, len(columns)) for line, fields in zip(lines[:first], split[:first], strict=True)]
    heads = set_over(said, columns, labels)
    if heads is None:
        return None
    cells = [Cell(*head.field, head.row, head.column, head.rows, head.columns) for head in heads]
    cells += [Cell(*field, first + i, c) for i, row in enumerate(sound) for c, field in enumerate(row) if field[0]]
    return Table(tuple(cells), min(cell.start for cell in cells), lines[-1][1])


def _heads_of(text: str, line: Line, fields: list[Field], width: int) -> list[tuple[Field, tuple[int, int]]]:
    """The heads of a line and where they stand; where single blanks part them they are as many as the columns."""
    single = split_at(text, *line, SPACE)
    heads = single if len(fields) < len(single) and len(single) in (width, width - 1) else fields
    return list(zip(heads, spans_of(text, line, heads), strict=True))


def _heads_above(text: str, start: int) -> list[Line]:
    """The lines directly above one that hold nothing but a head that stands far in, over columns in the middle of the table."""
    begin = max(0, start - _LOOK_BACK)
    found: list[Line] = []
    for a, b in reversed(lines_of(text[begin:start])):
        if GAP.search(text[begin + a : begin + b].strip(BLANKS)) or not _is_set_in(text, begin + a, begin + b):
            break
        found.insert(0, (begin + a, begin + b))
    return found


def has_part_above(text: str, start: int) -> bool:
    """Whether a head that others are parts of (其中), or that of changes, stands far in on a line of its own above the one of a place."""
    lines = _heads_above(text, text.rfind("\n", 0, start) + 1)
    return any(heads_parts(BLANKS_WITHIN.sub("", text[a:b])) for a, b in lines)


def _is_set_in(text: str, start: int, end: int) -> bool:
    """Whether a line holds a head that stands far in, and no title."""
    words, at, _ = stripped(text, start, end)
    return bool(words) and not is_title(words) and width_of(text[start:at]) >= _FAR_IN
