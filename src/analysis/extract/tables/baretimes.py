"""Times that stand bare: years as papers of Taiwan count them beside or under a head of times (年度 | 102 | 103 | 104), and months over columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from ...documents.tables.fields import are_months, are_years_of_the_republic
from ...documents.tables.trees import OVER_LABELS
from ..grammar import compiled
from .values import MONTH, YEAR, Row

_HEAD, _MONTHS = compiled("head_over_years"), compiled("title_of_months")


def tells_months(title: str, count: int) -> bool:
    """Whether a title says that its figures are of so many months from the first on, or of each: 2015年1-12月, 各月."""
    return any(found["to"] is None or count <= int(found["to"]) <= 12 for found in _MONTHS.finditer(title))


def with_times(rows: Sequence[Row], title: str = "") -> list[Row]:
    """Rows in which such years and, under a title that tells of them, such months say what they are (102年, 1月)."""
    rows = _with_years(rows)
    for number, row in enumerate(rows):
        words = ["".join(cell.text.split()) if cell is not None else "" for cell in row]
        if len(words) > 1 and words[0] in OVER_LABELS and are_months(words[1:]) and tells_months(title, len(words) - 1):
            rows[number] = [row[0], *(cell and cell._replace(text=cell.text + MONTH) for cell in row[1:])]
        elif len(set(words)) == 1:
            title += words[0]  # in the table
    return rows


def _with_years(rows: Sequence[Row]) -> list[Row]:
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
