"""A table's cells put in rows and columns, and cut into blocks: a head over a body, with the lines that entitle it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ...documents.tables import Cell, Table, check_size
from ...documents.tables.fields import RATIO
from ..grammar import compiled
from .above import as_head, heads_figures
from .baretimes import with_times
from .dittos import without_dittos
from .lines import as_line, goes_on, in_two_languages, name_fields
from .sizes import are_heads
from .times import read_when
from .values import LONGEST, Row, is_nothing, is_pair, is_remarked, read_value, without_marks
from .words import is_kind

# From one figure to another, as no head is: 30-45.
_RANGE = re.compile(r"\d{1,9}(?:\.\d{1,6})?\s*[-~～—–至]\s*\d{1,9}(?:\.\d{1,6})?[%％]?")
# The number of a row: 1. 一、 (3)
ORDINAL = compiled("ordinal_of_a_row")
_UNIT_LINE = compiled("unit_line")
NUMBERING = compiled("numbering_cell")


@dataclass(slots=True)
class Block:
    """One table in the narrow sense: rows of heads over rows of figures, and the lines of words above and between them.

    `titles` stand above the head, in reading order; `groups` above rows of the body, by the index of the row they stand before.
    """

    titles: list[Cell] = field(default_factory=list)
    head: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    groups: list[tuple[int, Cell]] = field(default_factory=list)
    # rows that repeat the head or number its columns: their numerals are labels
    passed: list[Row] = field(default_factory=list)
    # how far in the first cells of rows stand, by where they begin
    insets: dict[int, int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return max((len(row) for row in (*self.head, *self.body)), default=0)

    def cells(self) -> Iterator[Cell]:
        """Every cell of the rows of the block (not of its lines of words), each once."""
        seen: set[int] = set()
        for row in (*self.head, *self.passed, *self.body):
            for cell in row:
                if cell is not None and cell.start not in seen:
                    seen.add(cell.start)
                    yield cell


@lru_cache(maxsize=1 << 16)
def kind_of(words: str) -> str:
    """What a cell is: number (or two, the second in brackets), year (a number that could be one), period, nothing (a dash) or text.

    >>> [kind_of(words) for words in ("12.5%", "2019", "2019年", "—", "收案")]
    ['number', 'year', 'period', 'nothing', 'text']
    """
    if len(words) > LONGEST:
        return "text"
    value = read_value(words)
    if value is not None:
        if value.year is not None:
            return "year"
        when = read_when(without_marks(words)) if value.unit is not None and value.unit.name in ("年", "月") else None
        return "number" if when is None else "period"
    if is_nothing(words):
        return "nothing"
    if is_pair(words) or RATIO.fullmatch(words):
        return "number"
    return "period" if read_when(without_marks(words)) is not None else "text"


def is_spoilt(words: str) -> bool:
    """Whether words that are no figure hold digits without a letter, and no range of them (1,23,456): they name nothing."""
    return any(map(str.isdigit, words)) and not any(map(str.isalpha, words)) and _RANGE.fullmatch(words.strip()) is None


def rows_of(table: Table) -> list[Row]:
    """The rows of a table, every place that a cell covers filled with it."""
    height = max((cell.row + cell.rows for cell in table.cells), default=0)
    last = max((cell.row for cell in table.cells), default=-1) + 1
    width = max((cell.column + cell.columns for cell in table.cells), default=0)
    check_size(sum(cell.rows * cell.columns for cell in table.cells), width, table.sheet or "table")
    # A column in which no cell begins says what its neighbour says: it is none of its own, however many a cell covers.
    columns = sorted({cell.column for cell in table.cells})
    rows: dict[int, Row] = {}
    for cell in table.cells:
        first, end = bisect_left(columns, cell.column), bisect_left(columns, cell.column + cell.columns)
        for number in range(cell.row, min(cell.row + cell.rows, height, last)):
            row = rows.get(number)
            if row is None:
                row = rows[number] = []
            if len(row) < end:
                row.extend([None] * (end - len(row)))
            for column in range(first, end):
                if row[column] is None:
                    row[column] = cell
    # Empty rows stay where they part two tables; one list of blanks stands for any number of them.
    found: list[Row] = []
    before = -1
    for number in sorted(rows):
        if number > before + 1 and found:
            found.append([])
        found.append(rows[number])
        before = number
    return found


def blocks(table: Table, title: str = "") -> list[Block]:
    """The blocks of a table, in its order; `title` is what stands above it, and may tell what bare numbers over its columns are."""
    rows = without_dittos(with_times(rows_of(table), title))
    found: list[Block] = []
    block = Block()
    lines: list[Cell] = []
    blank = False
    for index, row in enumerate(rows):
        cells = distinct(row)
        if not cells:
            blank = True
            continue
        line = as_line(cells) or (in_two_languages(cells, distinct(block.body[-1])) if block.body else None)
        if line is not None and not _is_bare_row(row, line, block):
            lines.append(line)
            blank = False
            continue
        if block.body and _opens(row, block, bool(lines) or blank, rows, index):
            found.append(block)
            block = Block()
        _place(row, block, lines, not block.body and index + 1 < len(rows) and are_heads(row, rows[index + 1]))
        lines, blank = [], False
    found.append(block)
    return [block for block in found if block.body or block.head]


def distinct(row: Row) -> list[Cell]:
    """The cells of a row, each once, however many columns it spans."""
    found: list[Cell] = []
    for cell in row:
        if cell is not None and (not found or found[-1] is not cell):
            found.append(cell)
    return found


def _is_bare_row(row: Row, cell: Cell, block: Block) -> bool:
    """Whether a row with one cell is a row of the body that has no figures (1998年,,), or of a table of one column of them."""
    if row[0] is not cell:
        return kind_of(cell.text) in ("number", "nothing") and bool(block.head)
    if not block.head or cell.columns > 1:
        return False
    return kind_of(cell.text) in ("period", "year")


def _place(row: Row, block: Block, lines: list[Cell], of_sizes: bool) -> None:
    """Put a row with figures or heads (of sizes, if so) into a block, after the lines of words that stand before it."""
    if block.body or (block.head and not of_sizes and not _is_head(row, block)):
        _enter(row, block, lines)
        return
    over = lines[-1] if lines and not block.head and heads_figures(lines[-1].text) and not _is_unit_row(row) else None
    block.titles += lines[:-1] if over is not None else lines
    if over is not None:
        block.head.append([over._replace(text=as_head(over.text))] * len(row))
    if not block.head and _is_unit_row(row):
        block.titles += distinct(row)
    elif of_sizes or _is_head(row, block):
        _head(row, block)
    else:
        block.body.append(row)


def _head(row: Row, block: Block) -> None:
    """Put a row into the head of a block, without the names that a program has for the fields which another row heads in words."""
    if block.head and name_fields(distinct(block.head[-1]), distinct(row)):
        block.passed.append(block.head.pop())
    block.head.append(row)


def _enter(row: Row, block: Block, lines: list[Cell]) -> None:
    if lines and row[0] is not None and goes_on(lines[-1], row[0]):
        *lines, label = lines  # a label that goes on in the next line, with what stands in brackets or behind a mark
        row = [label._replace(text=label.text + row[0].text), *row[1:]]
    for line in lines:
        block.groups.append((len(block.body), line))
    if _is_numbering(row) and not block.body:
        block.passed.append(row)
    elif block.body and any(_begin_alike(row, head) and _texts(row) == _texts(head) for head in block.head):
        block.passed.append(row)
    else:
        block.body.append(row)


def _begin_alike(row: Row, head: Row) -> bool:
    first = next((cell for cell in row if cell is not None), None)
    other = next((cell for cell in head if cell is not None), None)
    return first is not None and other is not None and first.text == other.text


def _is_unit_row(row: Row) -> bool:
    """Whether a row above the head says only when and in what it counts: 2021年度 … 单位：件."""
    cells = distinct(row)
    return len(cells) < 4 and any(_UNIT_LINE.match(cell.text) for cell in cells) and all(kind_of(c.text) in ("text", "period") for c in cells)


def _is_numbering(row: Row) -> bool:
    """Whether a row under the head numbers the columns: 甲 1 2 3."""
    cells = distinct(row)
    if len(cells) < 2 or not all(NUMBERING.fullmatch(cell.text) for cell in cells):
        return False
    numbers = [
        int("".join(c for c in cell.text.partition("=")[0] if c.isdigit())) for cell in cells if any(c.isdigit() for c in cell.text.partition("=")[0])
    ]
    return (
        len(numbers) > 1
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 2
        and (numbers[0] == 1 or len(numbers) > 2)
    )


def _is_head(row: Row, block: Block) -> bool:
    """Whether a row can stand in a head: no figures, years only where they run on or stand under one head."""
    cells = distinct(row)
    kinds = [kind_of(cell.text) for cell in cells]
    if "number" in kinds or all(kind == "nothing" for kind in kinds[1:]) or ("nothing" in kinds and not any(k == "text" for k in kinds[1:])):
        return False
    if anew := bool(block.head) and row[0] is cells[0]:
        texts = [cell.text for cell, kind in zip(cells[1:], kinds[1:], strict=True) if kind == "text"]
        anew = block.head[-1][:1] != cells[:1]
        if ORDINAL.fullmatch(cells[0].text) or any(map(_RANGE.fullmatch, texts)) or (anew and any(map(is_spoilt, texts))):
            return False
    if anew and kinds[0] in ("period", "year"):
        # Under a head, what begins with a time is a row of it.
        if not all(kind in ("text", "period", "year") for kind in kinds) or _starts_rows(row, block):
            return False
    years = [value.year for cell in cells if (value := read_value(cell.text)) is not None and value.year is not None]
    if not years:
        return True
    inner = years if kinds[0] != "year" or len(years) == len(cells) else years[1:]
    if not inner:
        return not block.head
    runs = len(set(inner)) * len([y for y in inner if y == inner[0]]) == len(inner)
    once = list(dict.fromkeys(inner))
    ordered = len(once) == 1 or once in (sorted(once), sorted(once, reverse=True))
    if block.head and not _spans_groups(block.head[-1], row):
        return False
    return runs and ordered


def _starts_rows(row: Row, block: Block) -> bool:
    """Whether the head above names the first column as one of times, or of nothing that has times under it."""
    above = block.head[-1][0] if block.head[-1] else None
    return above is None or is_kind(above.text, "period_column") or kind_of(above.text) == "text"


def _spans_groups(head: Row, row: Row) -> bool:
    """Whether the years of a row stand under heads that have several of them each, or under none; beside 目标 a year may be alone."""
    under: dict[int, int] = {}
    for column, cell in enumerate(row):
        if cell is not None and (kind_of(cell.text) == "year" or is_kind(cell.text, "target")):
            above = head[column] if column < len(head) else None
            key = above.start if above is not None else -1
            under[key] = under.get(key, 0) + 1
    return any(count > 1 for count in under.values())


def _texts(row: Row) -> list[str]:
    return ["".join(cell.text.split()) for cell in distinct(row)]


def _opens(row: Row, block: Block, parted: bool, rows: Sequence[Row], index: int) -> bool:
    """Whether a row after figures is the head of another table."""
    cells = distinct(row)
    if any(_texts(row) == _texts(head) for head in block.head[:1]) and not parted:
        return False
    kinds = [kind_of(cell.text) for cell in cells]
    if "number" in kinds or "nothing" in kinds[1:] or any(is_remarked(cell.text) for cell in cells[1:]):
        return False
    following = next((r for r in rows[index + 1 : index + 5] if r and any(c is not None and kind_of(c.text) == "number" for c in r)), None)
    if following is None or len(cells) < 2 or 2 * len(cells) < len(distinct(following)):
        return False
    if parted:
        return _is_head(row, Block())
    return all(kind == "text" for kind in kinds) and len(cells) == len(distinct(following)) and _covers(row, block)


def _covers(row: Row, block: Block) -> bool:
    """Whether a row of words has words where the body above it had figures."""
    above = block.body[-1]
    figures = [c for c, cell in enumerate(above) if cell is not None and kind_of(cell.text) in ("number", "year")]
    return len(figures) > 1 and all(c < len(row) and row[c] is not None for c in figures)
