"""Tables that go on behind the edge of a page: the same heads again under a line that says so (续表) are one table with those before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from ...documents.tables import Cell, Table
from ...documents.tables.cells import AROUND_A_LINE
from ...documents.tables.fields import TABLE_NUMBER
from ..grammar import compiled
from .facets import is_label
from .lines import unit_of_line

# So many lines with words may stand at the edges of two pages, and none longer than this: notes, the number of the page, what each page is headed.
MOST_LINES, LONGEST = 8, 60
_NUMBERED = re.compile(r"\d{1,3}[-—–－]\d{1,3}\s")
_CONTINUED = compiled("table_continued")


def says_it_goes_on(line: str) -> bool:
    """Whether a line says that the table under it goes on from the page before.

    >>> [says_it_goes_on(line) for line in ("21-6  续表 (Continued)", "续表 1", "3-2 收案情况（续）", "后续表现")]
    [True, True, True, False]
    """
    return len(line) <= LONGEST and _CONTINUED.match(line.strip(AROUND_A_LINE)) is not None


def of_this_page(lines: Sequence[str]) -> list[str]:
    """The lines above a table without those before one that only says that it goes on, but for a title with its number: they are of the page before.

    >>> of_this_page(["石桥年鉴", "续表", "单位：件"]), of_this_page(["石桥县收案情况", "单位：件"])
    (['续表', '单位：件'], ['石桥县收案情况', '单位：件'])
    """
    at = next((i for i, line in enumerate(lines) if says_it_goes_on(line) and is_label(line)), 0)
    return list(lines[at - 1 if at and (TABLE_NUMBER.match(lines[at - 1]) or _NUMBERED.match(lines[at - 1])) else at :])


def as_one(tables: Iterable[Table], text: str) -> list[Table]:
    """The tables of a text, those that go on behind a page as one with what they go on from.

    So parts that stand further in find the row they are parts of, and rows the line that groups them, on the page before.
    """
    found: list[Table] = []
    for table in tables:
        joined = _joined(found[-1], table, text) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(table)
    return found


def _joined(one: Table, other: Table, text: str) -> Table | None:
    if one.doubt or other.doubt or one.lost or other.lost or one.sheet != other.sheet or other.start < one.end:
        return None
    rows = _rows(other)
    lines = [line.strip(AROUND_A_LINE) for line in text[one.end : other.start].split("\n")]
    while len(rows) > 1 and len(rows[0]) == 1:
        lines.append(rows.pop(0)[0].text)
    lines = list(filter(None, lines))
    at = next((i for i, line in enumerate(lines) if says_it_goes_on(line)), None)
    if at is None or len(lines) > MOST_LINES or any(len(line) > LONGEST for line in lines):
        return None
    above = text[max(0, one.start - MOST_LINES * LONGEST) : one.start]
    if not all(_repeats(line, above) for line in lines[at + 1 :]) or not _headed_alike(_rows(one), rows):
        return None
    more = max(cell.row + cell.rows for cell in one.cells) - rows[0][0].row
    cells = (*one.cells, *(cell._replace(row=cell.row + more) for row in rows for cell in row))
    return replace(one, cells=cells, end=other.end)


def _repeats(line: str, above: str) -> bool:
    """Whether a line under the word that a table goes on says nothing new: its label, or what stands above the first part of it too."""
    return is_label(line) or line in above or (line.isascii() and not unit_of_line(line))


def _rows(table: Table) -> list[list[Cell]]:
    return [list(cells) for _, cells in groupby(sorted(table.cells, key=lambda cell: (cell.row, cell.column)), key=lambda cell: cell.row)]


def _headed_alike(rows: list[list[Cell]], others: list[list[Cell]]) -> bool:
    """Whether the first rows of two tables say the same in the same columns, and hold more than one cell."""
    rows = rows[next((i for i, row in enumerate(rows) if len(row) > 1), 0) :]
    same = 0
    for row, other in zip(rows, others, strict=False):
        if [(*_squeezed(cell), cell.column, cell.columns) for cell in row] != [(*_squeezed(cell), cell.column, cell.columns) for cell in other]:
            break
        same += 1
    return same > 0 and len(others[0]) > 1


def _squeezed(cell: Cell) -> tuple[str, ...]:
    return tuple(cell.text.split()) if cell.text.isascii() else ("".join(cell.text.split()),)
