"""Tables set side by side under one title: 年份 | 立案 | 年份 | 立案; 渠道 | 数量 | 占比 | 类型 | 数量 | 占比."""

from __future__ import annotations

from dataclasses import replace

from .grid import Block, kind_of
from .values import Row
from .words import is_kind


def panels(block: Block) -> list[Block]:
    """The block, or the tables it is made of where the head of its first column comes again further right, or the heads behind it do."""
    starts = _starts(block)
    starts = starts if len(starts) > 1 else _behind_labels(block)
    if len(starts) < 2:
        return [block]
    ends = [*starts[1:], block.width]
    body = [_with_its_total(row, starts) for row in block.body]
    return [
        replace(block, head=_cut(block.head, a, b), body=_cut(body, a, b), passed=_cut(block.passed, a, b), groups=block.groups)
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


def _behind_labels(block: Block) -> list[int]:
    """Where labels begin that have the same heads of figures behind them, and the columns of figures before the first of them."""
    leaf = ["".join(cell.text.split()) if cell is not None else "" for cell in block.head[-1]] if block.head else []
    labels = [column for column in range(len(leaf)) if _holds_labels(block, column)]
    if len(labels) < 2:
        return [0]
    behind = [leaf[a + 1 : b] for a, b in zip(labels, [*labels[1:], len(leaf)], strict=True)]
    alike = bool(behind[0]) and all(behind[0]) and all(heads == behind[0] for heads in behind)
    heads = [leaf[column] for column in labels]
    named = len(set(heads)) == 1 or len(set(heads) - {""}) == len(labels)
    return ([] if labels[0] == 0 else [0]) + labels if alike and named else [0]


def _holds_labels(block: Block, column: int) -> bool:
    """Whether a column holds words, each another."""
    cells = [cell.text for row in block.body if column < len(row) and (cell := row[column]) is not None]
    return len(cells) > 1 and len(set(cells)) == len(cells) and all(kind_of(words) == "text" for words in cells)


def _with_its_total(row: Row, starts: list[int]) -> Row:
    """A row of a total whose one figure stands in another panel than the word for it (合计 | | | 1439), with that word in the panel of the figure."""
    filled = [(column, cell) for column, cell in enumerate(row) if cell is not None]
    if len(filled) != 2:
        return row
    (at, label), (column, figure) = filled
    place = max(start for start in starts if start <= column)
    if at not in starts or place in (at, column) or not is_kind(label.text, "whole") or kind_of(figure.text) != "number":
        return row
    found: Row = [None] * len(row)
    found[place], found[column] = label, figure
    return found


def _cut(rows: list[Row], start: int, end: int) -> list[Row]:
    """The columns of one panel; a row that has nothing in it is left out."""
    cut = [row[start:end] for row in rows]
    return [row for row in cut if any(cell is not None for cell in row)]
