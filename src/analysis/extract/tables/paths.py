"""The heads over a column, from the outermost to the one over its figures, where an upper one stands over several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ...documents.tables import Cell
from .grid import kind_of
from .values import Row
from .words import is_translation


def paths_over(head: list[Row], width: int) -> dict[int, list[Cell]]:
    """The heads over each of so many columns."""
    if len(head) > 1 and len(begins := _begins(head[-1])) > 1:
        head = [*(_over_their_groups(row, begins, width) for row in head[:-1]), head[-1]]
    return {column: path_over(head, column) for column in range(width)}


def path_over(head: list[Row], column: int) -> list[Cell]:
    """The cells of the head over a column, from the top, each once and in one language.

    An empty place, and one that only says the same in English, goes with the cell on its left where that heads several.
    """
    found: list[Cell] = []
    for depth, row in enumerate(head):
        cell = row[column] if column < len(row) else None
        if depth < len(head) - 1 and (cell is None or is_translation(cell.text)):
            cell = _heading_on_the_left(head, depth, column) or cell
        if cell is not None and cell not in found:
            found.append(cell)
    return [cell for cell in found if not is_translation(cell.text)] or found


def _over_their_groups(row: Row, begins: list[int], width: int) -> Row:
    """A row of heads of which each group has one, put where its group begins, if they stand in the middle of their groups as by hand."""
    places = [column for column, cell in enumerate(row) if cell is not None and not is_translation(cell.text)]
    if set(begins) <= set(places) or any(cell is not None and cell.columns > 1 for cell in row):
        return row
    groups = [[column for column in places if a <= column < b] for a, b in pairwise([*begins, width])]
    if not all(len(group) == 1 for group in groups):
        return row
    found: Row = [cell if column < begins[0] else None for column, cell in enumerate(row)]
    for begin, (place,) in zip(begins, groups, strict=True):
        found[begin] = row[place]
    return found


def _begins(leaf: Sequence[Cell | None]) -> list[int]:
    """Where groups of lower heads begin: with the first that comes again (发生数 | 破获数 | 发生数 | 破获数), and two in each at least."""
    words = ["".join(cell.text.split()) if cell is not None else "" for cell in leaf]
    count = Counter(words)
    first = next((word for word in words if word and count[word] > 1), None)
    found = [column for column, word in enumerate(words) if word == first]
    return found if all(b - a > 1 for a, b in pairwise([*found, len(words)])) else []


def _heading_on_the_left(head: list[Row], depth: int, column: int) -> Cell | None:
    """The cell to the left that an empty place in an upper row of heads belongs to: the rows below part it."""
    row = head[depth]
    left = next((c for c in range(min(column, len(row)) - 1, -1, -1) if (cell := row[c]) is not None and not is_translation(cell.text)), None)
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
