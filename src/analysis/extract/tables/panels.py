"""Tables set side by side under one title: 年份 | 立案 | 年份 | 立案."""

from __future__ import annotations

from dataclasses import replace

from .grid import Block
from .values import Row
from .words import is_kind


def panels(block: Block) -> list[Block]:
    """The block, or the tables it is made of where the head of its first column comes again further right."""
    starts = _starts(block)
    if len(starts) < 2:
        return [block]
    ends = [*starts[1:], block.width]
    return [
        replace(block, head=_cut(block.head, a, b), body=_cut(block.body, a, b), passed=_cut(block.passed, a, b), groups=block.groups)
        for a, b in zip(starts, ends, strict=True)
    ]


def _starts(block: Block) -> list[int]:
    leaf = block.head[-1] if block.head else []
    corner = leaf[0] if leaf else None
    if corner is None:
        return [0]
    first = "".join(corner.text.split())
    if not any(is_kind(first, kind) for kind in ("period_column", "item_column", "place_column")):
        return [0]
    return [
        column
        for column, cell in enumerate(leaf)
        if cell is not None and "".join(cell.text.split()) == first and (not column or cell is not leaf[column - 1])
    ]


def _cut(rows: list[Row], start: int, end: int) -> list[Row]:
    """The columns of one panel; a row that has nothing in it is left out."""
    cut = [row[start:end] for row in rows]
    return [row for row in cut if any(cell is not None for cell in row)]
