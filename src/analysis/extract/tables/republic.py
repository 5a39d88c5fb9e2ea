"""Years as papers of Taiwan count them that stand bare beside or under a head of times: 年度 | 102 | 103 | 104."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from ...documents.tables.fields import are_years_of_the_republic
from ..grammar import compiled
from .values import YEAR, Row

_HEAD = compiled("head_over_years")


def with_years(rows: Sequence[Row]) -> list[Row]:
    """Rows in which such years say that they are years (102年)."""
    heads = {(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell is not None and _HEAD.fullmatch("".join(cell.text.split()))}
    # A line ends before the next head, so that each cell is looked at twice at most.
    lines = (takewhile(lambda place: place not in heads, line) for r, c in heads for line in (_beside(rows, r, c), _under(rows, r, c)))
    years = {place for line in lines for place in _years(rows, line)}
    found = [list(row) for row in rows]
    for r, c in years:
        cell = found[r][c]
        found[r][c] = cell and cell._replace(text=cell.text + YEAR)
    return found


def _beside(rows: Sequence[Row], row: int, column: int) -> Iterator[tuple[int, int]]:
    return ((row, c) for c in range(column + 1, len(rows[row])))


def _under(rows: Sequence[Row], row: int, column: int) -> Iterator[tuple[int, int]]:
    return ((r, column) for r in range(row + 1, len(rows)) if column < len(rows[r]))


def _years(rows: Sequence[Row], places: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places of a line whose cells are such years, where all its numbers are."""
    found = {(r, c): cell.text for r, c in places if (cell := rows[r][c]) is not None and cell.text.isdecimal()}
    return list(found) if are_years_of_the_republic(list(found.values())) else []
