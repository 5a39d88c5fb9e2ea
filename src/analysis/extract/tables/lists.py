"""Tables that are lists: labels, each with its figure, or with several that tell themselves apart, so that no head is needed."""

from __future__ import annotations

from collections.abc import Sequence

from ...documents.tables import Cell
from ...lexicon.changes import ARROWS
from .grid import Block, distinct, kind_of
from .values import SIGNS, read_value


def is_list(block: Block) -> bool:
    """Whether every row of a block is a label (words, or a time) and a figure, so that no head need say what the figures are.

    Several figures of one label need none either where each has a unit, and none the unit of another: 批准逮捕 71件 101人.
    """
    rows = [distinct(row) for row in block.body]
    return len(rows) > 1 and any(kind_of(row[-1].text) == "number" for row in rows) and all(
        len(row) > 1 and kind_of(row[0].text) in ("text", "period") and all(kind_of(cell.text) in ("number", "nothing", "year") for cell in row[1:])
        and (len(row) == 2 or _tell_themselves_apart(row[1:])) for row in rows
    )  # fmt: skip


def tells_moves(block: Block, column: int) -> bool:
    """Whether the figures of a column of a list say by arrows or words how those before them moved."""
    cells = [cell for row in block.body if column < len(row) and (cell := row[column]) is not None]
    return column > 1 and bool(cells) and all(_tells_a_move(cell.text.lstrip()) for cell in cells)


def _tells_a_move(words: str) -> bool:
    value = read_value(words)
    return any(arrow in words for arrow in ARROWS) or (value is not None and value.signed and words[0] not in SIGNS)


def _tell_themselves_apart(figures: Sequence[Cell]) -> bool:
    units = [value.unit for cell in figures if (value := read_value(cell.text)) is not None]
    return len(units) == len(figures) and None not in units and len({unit.name for unit in units if unit is not None}) == len(units)
