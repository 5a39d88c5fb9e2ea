"""Cells that print two figures, the second in brackets (312(45.2%)), under a head that says of both what they are: two columns of one."""

from __future__ import annotations

import re
from dataclasses import replace

from ...documents.tables import Cell
from ...lexicon.changes import ARROWS
from .facets import read_facet
from .grid import Block
from .values import Row, is_pair, pair_in, read_unit, read_value
from .words import is_kind, pattern

_ARROWS = re.compile(f"[{ARROWS}]")


def parted(block: Block) -> Block:
    """The block with every column of pairs as two columns; the block itself where there is none."""
    columns = [column for column in range(block.width) if _holds_pairs(block, column)]
    for column in reversed(columns):
        block = replace(
            block,
            head=[_two(row, column, depth == len(block.head) - 1 and not _holds_changes(block, column)) for depth, row in enumerate(block.head)],
            body=[_two(row, column, True) for row in block.body],
            passed=[_two(row, column, False) for row in block.passed],
        )
    return block


def _holds_pairs(block: Block, column: int) -> bool:
    """Whether most cells of a column print two figures, under a head that names two things, or all changes that are told both ways."""
    if _holds_changes(block, column):
        return True
    head = block.head[-1][column] if block.head and column < len(block.head[-1]) else None
    named = pair_in(head.text) if head is not None else None
    if named is None or read_unit(named["second"]) is not None:
        return False
    cells = [cell for row in block.body if column < len(row) and (cell := row[column]) is not None]
    pairs = sum(1 for cell in cells if is_pair(cell.text))
    return pairs > 0 and 2 * pairs > len(cells)


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
