"""A table as cells: what stands in them, where in the document's text, and how far they reach.

Readers of formats that have no text of their own (HTML, DOCX, XLSX, PDF) lay a table out: a line a row, tabs between cells. A cell
that spans stands once, and the places it covers stay empty, so that the columns of the laid out text are the table's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ..model import DocumentError

# A yearbook's largest sheets have some hundred thousand cells; spans count with every place they cover.
MAX_PLACES = 3_000_000
MAX_COLUMNS = 50_000
SPACES = " \t\r\n\f\v\u00a0\u3000\ufeff\u200b"


class Cell(NamedTuple):
    """One cell: its words as printed, where they stand in the document's text, its place in the table (in a sheet: in the sheet, from 0)
    and how many places it covers. `head` says that the format itself marks it as a head.
    """

    text: str
    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its cells in reading order, empty ones left out, and the stretch of the document's text that is its own.

    `sheet` is the name of its sheet in a workbook. `doubt` names what its reader could not make out with certainty: such a table is not read.
    `lost` are the cells of rows that have lost one, so that nothing says where the others stand: they are not read either.
    """

    cells: tuple[Cell, ...]
    start: int
    end: int
    sheet: str = ""
    doubt: str = ""
    lost: tuple[Cell, ...] = ()


class Placed(NamedTuple):
    """A cell before it has a place in a text."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False


def lay_out(placed: Iterable[Placed], start: int, sheet: str = "", doubt: str = "") -> tuple[str, Table]:
    """The text of a table that begins at `start` of a document, and the table: a line a row, tabs between cells.

    A row with one cell only is a line of that cell: a title or a note.

    >>> lay_out([Placed("年份", 0, 0), Placed("立案", 0, 1), Placed("2019", 1, 0), Placed("5", 1, 1)], 10)[0]
    '年份\\t立案\\n2019\\t5\\n'
    """
    rows: dict[int, dict[int, Placed]] = {}
    for cell in placed:
        if cell.text:
            rows.setdefault(cell.row, {})[cell.column] = cell
    cells: list[Cell] = []
    pieces: list[str] = []
    position = start
    for _, row in sorted(rows.items()):
        last = max(row) if len(row) > 1 else -1
        for column in range(last + 1) if last >= 0 else row:
            cell = row.get(column)
            if cell is not None:
                words = " ".join(cell.text.split())
                cells.append(Cell(words, position, position + len(words), *cell[1:]))
                pieces.append(words)
                position += len(words)
            pieces.append("\t" if column < last else "\n")
            position += 1
    return "".join(pieces), Table(tuple(cells), start, position, sheet, doubt)


def stripped(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The words of a span without outer space, and where they stand."""
    words = text[start:end]
    start += len(words) - len(words.lstrip(SPACES))
    words = words.strip(SPACES)
    return words, start, start + len(words)


def check_size(places: int, columns: int, path: object) -> None:
    """Raise DocumentError for a table larger than any that is printed."""
    if places > MAX_PLACES or columns > MAX_COLUMNS:
        size = f"{columns:,} columns" if columns > MAX_COLUMNS else f"{places:,} cells"
        raise DocumentError(path, f"it has a table of {size}, more than {MAX_COLUMNS:,} columns or {MAX_PLACES:,} cells", "split it")
