"""Signs that stand in a column of their own, before the amounts of changes: + | 2 392 | + | 5.6."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...documents.tables import Cell
from ...lexicon.wordlists import words
from ..grammar import compiled
from .facets import Facet
from .grid import Block, kind_of
from .times import read_when
from .values import read_value
from .words import is_kind, pattern

_PERCENT, _SHARES = compiled("told_in_percent"), words("share_heads")


def sign_columns(block: Block) -> dict[int, int]:
    """The columns of amounts whose sign stands in the column on their left, with that column.

    A column of nothing but dashes is one of signs only where another of the table has a plus.
    """
    found: dict[int, int] = {}
    plus = False
    for column in range(block.width - 1):
        cells = [cell for row in block.body if (cell := _at(row, column)) is not None]
        beside = [cell for row in block.body if _at(row, column) is not None and (cell := _at(row, column + 1)) is not None]
        if not cells or not all(is_kind(cell.text, "plus") or is_kind(cell.text, "minus") for cell in cells):
            continue
        if len(beside) * 2 < len(cells) or not any(kind_of(cell.text) == "number" for cell in beside):
            continue
        found[column + 1] = column
        plus = plus or any(is_kind(cell.text, "plus") for cell in cells)
    return found if plus else {}


def heads_on_lines(block: Block, signs: Mapping[int, int]) -> dict[int, list[Cell]]:
    """The heads of columns before those with signs, where a copy has set each on a line above: as many times as columns; {} for any other block.

    The changes are under the last of these lines.
    """
    times = [cell for cell in block.titles if (when := read_when(cell.text)) is not None and when.year]
    before = range(min(signs.values(), default=0))
    held = {c: [cell for row in block.body if (cell := _at(row, c)) is not None and kind_of(cell.text) == "number"] for c in before}
    levels = [c for c in before if 2 * len(held[c]) > len(block.body)]
    if len(times) < 2 or len(levels) != len(times):
        return {}
    heads = {column: [cell] for column, cell in zip(levels, times, strict=True)}
    return heads | {column: [block.titles[-1]] for column in signs}


def shows_moves(block: Block, column: int) -> bool:
    """Whether every figure of a column that is not nought is printed with its sign, and one at least: +2.0%, as no share is."""
    values = [value for row in block.body if (cell := _at(row, column)) is not None and (value := read_value(cell.text)) is not None and value.amount]
    return bool(values) and all(value.signed for value in values)


def _at(row: Sequence[Cell | None], column: int) -> Cell | None:
    return row[column] if column < len(row) else None


def signed_facet(facet: Facet, heads: Sequence[Cell]) -> Facet:
    """What the heads of an amount with a sign say: a change, whatever they call it (比较, 百分率)."""
    names = tuple(name for name in facet.names if not is_kind(name, "comparison"))
    move = facet.move or ("percent" if any(_PERCENT.search(cell.text) for cell in heads) else "")
    return replace(facet, names=names, role="change", move=move, share_of="")


def is_compared(facet: Facet, block: Block, column: int) -> bool:
    """Whether heads say no more than that something is compared (比較 | 數目, 百分率), over figures that all show how it moved."""
    return facet.role == "level" and bool(facet.names) and all(is_kind(name, "comparison") for name in facet.names) and shows_moves(block, column)


def share_of_a_change(facet: Facet, before: Facet | None, block: Block, column: int) -> Facet:
    """A column headed by nothing but per cent: right behind one of changes (變動 | 百分比), with signs as that one, the same; else a share."""
    if facet.names or facet.share_of or not (facet.role == "share" or (facet.role == "level" and facet.written in _SHARES)):
        return facet
    if before is not None and before.role == "change" and shows_moves(block, column):
        return replace(facet, role="change", move="percent", unit=None, basis=before.basis, base=before.base)
    return replace(facet, role="share") if before is not None else facet


def is_down(said: str) -> bool:
    """Whether a sign, or a word in its place, says that something fell."""
    return pattern("minus").match(said.strip()) is not None
