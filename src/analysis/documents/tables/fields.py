"""Fields of a line, and the table that rows of fields make: what the cutters of plain text share."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from .cells import Cell, Table, stripped
from .delimited import NUMBER

BARS = "|│┃｜║"
# What a cell may hold that says there is no number.
NOTHING = re.compile(r"[-–—－…·.．/／\\*×]+|无|空|缺|不详|略")
SENTENCE = re.compile("[，。；！？](?!$)|(?<!其中)(?<!单位)：(?!$)|。$")
Field = tuple[str, int, int]
Line = tuple[int, int]


def is_figure(words: str) -> bool:
    """Whether a field is a number, or a mark that there is none."""
    return NUMBER.fullmatch(words) is not None or NOTHING.fullmatch(words) is not None


def lines_of(text: str) -> list[Line]:
    """Where the lines of a text begin and end, without their ends."""
    found: list[Line] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        found.append((start, end - (text[end - 1 : end] == "\r")))
        start = end + 1
    return found


def between(text: str, start: int, end: int, cuts: list[int]) -> list[Field]:
    """The fields of a line between the places where a character parts them."""
    edges = [start - 1, *cuts, end]
    return [stripped(text, a + 1, b) for a, b in pairwise(edges)]


def table_of(run: list[Line], rows: list[list[Field]], doubt: str = "") -> Table | None:
    """The table of some rows, None where they have no column of numbers and so are none."""
    cells = [Cell(*field, r, c) for r, row in enumerate(rows) for c, field in enumerate(row) if field[0]]
    wide = [row for row in rows if sum(1 for field in row if field[0]) > 1]
    if len(wide) < 2 or not _has_numbers(wide):
        return None
    return Table(tuple(cells), run[0][0], run[-1][1], doubt=doubt)


def _has_numbers(rows: list[list[Field]]) -> bool:
    columns: Counter[int] = Counter()
    for row in rows[1:]:
        columns.update(c for c, field in enumerate(row) if field[0] and NUMBER.fullmatch(field[0]))
    return any(2 * count >= len(rows) - 1 for count in columns.values())
