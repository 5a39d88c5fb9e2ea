"""Cells that print two figures, the second in brackets (312(45.2%)), under a head, a line or a note that says what they are: two columns of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ...documents.tables import Cell, Table
from ...lexicon.changes import ARROWS
from ..grammar import compiled
from .facets import read_facet
from .grid import Block
from .values import Row, Value, is_nothing, is_pair, pair_in, read_unit, read_value
from .words import is_kind, pattern

# So far from a table may a line or note say what its cells print.
NEAR = 300
_BOTH, _NOTED = compiled("count_and_its_share"), compiled("share_in_brackets")
_ARROWS = re.compile(f"[{ARROWS}]")


class Said(NamedTuple):
    """What is said of both figures of every cell: what the first counts, where anything says so, and of what the second is a share."""

    first: Cell | None
    second: Cell


def said_of_pairs(text: str, table: Table, titles: Sequence[Cell] = ()) -> Said | None:
    """What the line above a table, or the note under it, says of cells of which each prints a count and its share; None where none does.

    >>> said = said_of_pairs("宗数（占总数%）\\n类别\\t2020\\n", Table((), 9, 16))
    >>> said.first.text, said.second.text
    ('宗数', '占总数%')
    """
    for end in (*(title.end for title in reversed(titles)), table.start):
        above = text[max(0, end - NEAR) : end].rstrip()
        start = above.rfind("\n") + 1
        found = _BOTH.match(above[start:])
        if found is not None:
            at = end - len(text[max(0, end - NEAR) : end]) + start
            first, second = (Cell(found[name], at + found.start(name), at + found.end(name), 0, 0) for name in ("first", "second"))
            return Said(first, second)
    noted = _NOTED.search(text, table.end, table.end + NEAR)
    return Said(None, Cell(noted["second"], *noted.span("second"), 0, 0)) if noted is not None else None


def parted(block: Block, said: Said | None = None) -> Block:
    """The block with every column of pairs as two columns; the block itself where there is none.

    `said` is what is told of the cells of all columns, whose heads say something else: when, or where.
    """
    shared = [column for column in range(block.width) if said is not None and _holds_shares(block, column)]
    if said is not None and shared:
        block = _shared(block, shared, said)
    columns = [column for column in range(block.width) if _holds_pairs(block, column)]
    for column in reversed(columns):
        named = _names_both(block, column)
        block = replace(
            block,
            head=[_two(row, column, depth == named and not _holds_changes(block, column)) for depth, row in enumerate(block.head)],
            body=[_two(row, column, True) for row in block.body],
            passed=[_two(row, column, False) for row in block.passed],
        )
    return block


def _holds_pairs(block: Block, column: int) -> bool:
    """Whether most cells of a column print two figures, under a head that names two things, or all changes that are told both ways."""
    if _holds_changes(block, column):
        return True
    if _names_both(block, column) is None:
        return False
    cells = [cell for row in block.body if column < len(row) and (cell := row[column]) is not None]
    pairs = sum(1 for cell in cells if is_pair(cell.text))
    return pairs > 0 and 2 * pairs > len(cells)


def _names_both(block: Block, column: int) -> int | None:
    """Which row of heads, from above, names two things over a column, the second in brackets: the last that does; None where none does."""
    for depth in reversed(range(len(block.head))):
        head = block.head[depth][column] if column < len(block.head[depth]) else None
        named = pair_in(head.text) if head is not None else None
        if named is not None and read_unit(named["second"]) is None and (depth == len(block.head) - 1 or _BOTH.match(named.string)):
            return depth
    return None


def _holds_shares(block: Block, column: int) -> bool:
    """Whether the cells of a column print a figure and in brackets what may be its share of all, under a head that says nothing of either."""
    if not block.head or _holds_pairs(block, column) or not block.head[-1][column:] or block.head[-1][column] is None:
        return False
    pairs = [pair_in(cell.text) for row in block.body if column < len(row) and (cell := row[column]) is not None and not is_nothing(cell.text)]
    values = [(read_value(pair["first"]), read_value(pair["second"])) if pair is not None else (None, None) for pair in pairs]
    return len(values) > 1 and all(one is not None and other is not None and _is_share(other) for one, other in values)


def _is_share(value: Value) -> bool:
    return not value.signed and 0 <= value.amount <= 100 and (value.unit is None or value.unit.family == "ratio")


def _shared(block: Block, columns: Sequence[int], said: Said) -> Block:
    """The block with columns of counts and their shares as two each, under a row of heads more that tells them apart."""
    for column in reversed(columns):
        block = replace(
            block,
            head=[_two(row, column, False) for row in block.head],
            body=[_two(row, column, True) for row in block.body],
            passed=[_two(row, column, False) for row in block.passed],
        )
    below = list(block.head[-1])
    for more, column in enumerate(columns):
        below[column + more : column + more + 2] = [said.first or below[column + more], said.second]
    return replace(block, head=[*block.head, below])


def _holds_changes(block: Block, column: int) -> bool:
    """Whether a column is headed as one of changes and no more, all of which are told in numbers and then in per cent: +400（+5.0%）."""
    head = block.head[-1][column] if block.head and column < len(block.head[-1]) else None
    facet = read_facet(head.text) if head is not None else None
    if facet is None or facet.unit is not None or facet.move or not (facet.role == "change" or is_kind(facet.written, "comparison")):
        return False
    pairs = [pair_in(cell.text) for row in block.body if column < len(row) and (cell := row[column]) is not None]
    return bool(pairs) and all(pair is not None and _is_told_both_ways(pair["first"], pair["second"]) for pair in pairs)


def _is_told_both_ways(first: str, second: str) -> bool:
    number, share = read_value(first), read_value(second)
    if number is None or share is None or not (number.signed and share.signed) or number.unit is not None:
        return False
    return share.unit is not None and share.unit.family == "ratio"


def _two(row: Row, column: int, apart: bool) -> Row:
    """A row with the cell of a column as two, or twice where it stands over both."""
    cell = row[column] if column < len(row) else None
    if cell is None:
        return [*row[:column], None, None, *row[column + 1 :]] if column < len(row) else row
    found = pair_in(cell.text) if apart else None
    if found is None or cell.end - cell.start != len(cell.text):
        return [*row[:column], cell, cell if not apart else None, *row[column + 1 :]]
    first, second = (_piece(cell, *found.span(name)) for name in ("first", "second"))
    return [*row[:column], first, second, *row[column + 1 :]]


def _piece(cell: Cell, start: int, end: int) -> Cell:
    words = cell.text[start:end]
    leads = pattern("compared_with").match(words)
    begin = leads.end() if leads is not None and leads.end() < len(words) else 0
    said = words if read_value(words) is not None else _ARROWS.sub("", words[begin:])
    return cell._replace(text=said, start=cell.start + start + begin, end=cell.start + end)
