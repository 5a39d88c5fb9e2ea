"""The heads over a column, from the outermost to the one over its figures, where an upper one stands over several."""

from __future__ import annotations

from ...documents.tables import Cell
from .grid import kind_of
from .values import Row
from .words import is_translation


def path_over(head: list[Row], column: int) -> list[Cell]:
    """The cells of the head over a column, from the top, each once and in one language.

    An empty place goes with the cell on its left where that heads several.
    """
    found: list[Cell] = []
    for depth, row in enumerate(head):
        cell = row[column] if column < len(row) else None
        if cell is None and depth < len(head) - 1:
            cell = _heading_on_the_left(head, depth, column)
        if cell is not None and cell not in found:
            found.append(cell)
    return [cell for cell in found if not is_translation(cell.text)] or found


def _heading_on_the_left(head: list[Row], depth: int, column: int) -> Cell | None:
    """The cell to the left that an empty place in an upper row of heads belongs to: the rows below part it."""
    row = head[depth]
    left = next((c for c in range(min(column, len(row)) - 1, -1, -1) if row[c] is not None), None)
    if left is None or (left == 0 and _stands_alone(head, depth)):
        return None
    # A head that reaches down to the figures has no columns beside its own.
    below = [r for r in head[depth + 1 :]]
    mine = any(left < len(r) and r[left] is not None and r[left] is not row[left] for r in below)
    here = any(column < len(r) and r[column] is not None for r in below)
    return row[left] if mine and here else None


def _stands_alone(head: list[Row], depth: int) -> bool:
    """Whether the first cell of a row of heads heads the labels, and not the columns on its right."""
    return not any(r and r[0] is not None and r[0] is not head[depth][0] and kind_of(r[0].text) != "text" for r in head[depth + 1 :]) and any(
        c is not None for c in head[depth][1:]
    )
