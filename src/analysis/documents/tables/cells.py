"""A table as cells: what stands in them, where in the document's text, and how far they reach.

Readers of formats that have no text of their own (HTML, DOCX, XLSX, PDF) lay a table out: a line a row, tabs between cells. A cell
that spans stands once, and the places it covers stay empty, so that the columns of the laid out text are the table's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import DocumentError
from ..parting import in_one_line
from ..signs import plain_signs

# A yearbook's largest sheets have some hundred thousand cells; spans count with every place they cover.
MAX_PLACES = 3_000_000
MAX_COLUMNS = 50_000
# Places that the merged cells of a document may cover; a title across a whole sheet's width takes 16,384.
MAX_MERGED = 200_000
# Columns that a cell of a page can cover (https://html.spec.whatwg.org/#attr-tdth-colspan), and how a number of them is written.
MAX_SPAN = 1000
SPAN = re.compile(r"[ \t\n\f\r]*\+?0*([0-9]+)")
# Signs of a document, those between the cells of its tables among them.
MAX_CHARACTERS = 10_000_000
# Blanks of one sign, blanks that part columns, both, and whatever is no sign at all.
NARROW, WIDE = " \u00a0", "\t\u3000"
BLANKS = NARROW + WIDE
SPACES = BLANKS + "\r\n\f\v\ufeff\u200b"
# What stands around the words of a line besides: blanks, and the marks of a heading or of bold type.
AROUND_A_LINE = SPACES + "*#"
# Blanks that set words further in, and what may stand before them where they begin a cell.
BLANKS_BEFORE, BEGINS_A_CELL = " \u00a0\u2002\u2003\u3000", '\n\r\t|│┃｜║,;"'


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
    """A cell before it has a place in a text; `inset` is how far its words stand further in, in blanks of which a Hanzi is two wide."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False
    inset: int = 0


def lay_out(placed: Iterable[Placed], start: int, path: object, sheet: str = "", doubt: str = "") -> tuple[str, Table]:
    """The text of a table that begins at `start` of a document, and the table: a line a row, tabs between cells.

    A row with one cell only is a line of that cell: a title or a note. What stands further in keeps blanks before it. Raises DocumentError
    where the document would be longer than any: a few cells can stand far apart.

    >>> lay_out([Placed("年份", 0, 0), Placed("立案", 0, 1), Placed("2019", 1, 0), Placed("5", 1, 1)], 10, "a.xlsx")[0]
    '年份\\t立案\\n2019\\t5\\n'
    """
    rows: dict[int, dict[int, Placed]] = {}
    for cell in placed:
        if cell.text:
            rows.setdefault(cell.row, {})[cell.column] = cell
    between = sum(max(row) for row in rows.values() if len(row) > 1)
    check_length(start + between + sum(len(cell.text) + 1 for row in rows.values() for cell in row.values()), path)
    cells: list[Cell] = []
    pieces: list[str] = []
    position = start
    for _, row in sorted(rows.items()):
        last = max(row) if len(row) > 1 else -1
        for column in range(last + 1) if last >= 0 else row:
            cell = row.get(column)
            if cell is not None:
                words = in_one_line(plain_signs(cell.text))
                if cell.inset and last >= 0:
                    pieces.append("\u3000" * (cell.inset // 2))
                    position += len(pieces[-1])
                cells.append(Cell(words, position, position + len(words), *cell[1:6]))
                pieces.append(words)
                position += len(words)
            pieces.append("\t" if column < last else "\n")
            position += 1
    return "".join(pieces), Table(tuple(cells), start, position, sheet, doubt)


class Spans:
    """The places that the cells of a table cover, put down row after row, each cell in the first column that is free."""

    def __init__(self) -> None:
        self.places = 0
        self._covered: set[tuple[int, int]] = set()
        self._row, self._next = -1, 0

    def place(self, row: int, rows: int, columns: int, name: object) -> int:
        """The column of the next cell of a row, which covers so many rows and columns; DocumentError for a table called `name` that is too large."""
        if row != self._row:
            self._row, self._next = row, 0
        while (row, self._next) in self._covered:
            self._next += 1
        column = self._next
        self.places += rows * columns
        check_size(self.places, column + columns, name)
        self._covered.update((row + r, column + c) for r in range(1, rows) for c in range(columns))
        self._next += columns
        return column


def stripped(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The words of a span without outer space, and where they stand."""
    words = text[start:end]
    start += len(words) - len(words.lstrip(SPACES))
    words = words.strip(SPACES)
    return words, start, start + len(words)


def width_of(words: str) -> int:
    """How wide words are, a Hanzi being two."""
    return len(words) if words.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in words)


def inset_of(words: str, blanks: bool = False) -> int:
    """How far in words stand by the spaces before them that no format leaves out; `blanks` says that plain ones stay too.

    >>> inset_of("\u3000\u3000一审"), inset_of("\\n  一审"), inset_of("  一审", blanks=True)
    (4, 0, 2)
    """
    before = words[: len(words) - len(words.lstrip(SPACES + "\u2002\u2003"))]
    return sum(2 if c in "\u3000\u2003" else 1 for c in before if c in "\u3000\u2003\u2002\u00a0" or (blanks and c == " "))


def count_of(written: str | None, otherwise: int, digits: int = 5) -> int:
    """A count or place that an attribute of a file gives; what is no such number is as if it were not there.

    >>> count_of("3", 1), count_of("３", 1), count_of("²", 1), count_of(None, 0)
    (3, 1, 1, 0)
    """
    return int(written) if written and len(written) <= digits and re.fullmatch("[0-9]+", written) else otherwise


def spans_of(rows: str | None, columns: str | None, left: int) -> tuple[int, int]:
    """How many rows and columns a cell of a page covers by its attributes, as browsers take them: of rows those `left` in its group at most, all of
    them for 0, and 1,000 columns at most; words that begin with no number say nothing.

    >>> spans_of("0", "2px", 5), spans_of(" +3", "0", 5), spans_of("65534", "99999", 5), spans_of("-2", "x", 5), spans_of(None, None, 5)
    ((5, 2), (3, 1), (5, 1000), (1, 1), (1, 1))
    """
    height, width = (int(found[1][:9]) if (found := SPAN.match(told or "")) else 1 for told in (rows, columns))
    return min(height or left, left), min(max(width, 1), MAX_SPAN)


def check_size(places: int, columns: int, path: object) -> None:
    """Raise DocumentError for a table larger than any that is printed."""
    if places > MAX_PLACES or columns > MAX_COLUMNS:
        size = f"{columns:,} columns" if columns > MAX_COLUMNS else f"{places:,} cells"
        raise DocumentError(path, f"it has a table of {size}, more than {MAX_COLUMNS:,} columns or {MAX_PLACES:,} cells", "split it")


def check_merged(covered: int, path: object) -> None:
    """Raise DocumentError where merged cells cover more than those of a table do."""
    if covered > MAX_MERGED:
        raise DocumentError(path, f"its merged cells cover {covered:,} places, more than {MAX_MERGED:,}", "part them, or split it")


def check_length(characters: int, path: object) -> None:
    """Raise DocumentError for a document longer than any that is printed."""
    if characters > MAX_CHARACTERS:
        raise DocumentError(path, f"it holds more than {MAX_CHARACTERS // 1_000_000} million characters", "split it")
