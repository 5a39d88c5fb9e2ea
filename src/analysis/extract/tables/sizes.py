"""Sizes of groups that look like figures and are heads or labels: 1人 | 2人 | 3人以上 over or beside how many there are of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...documents.tables import Cell
from ..grammar import compiled
from .values import Row, read_unit, read_value

_SIZE = compiled("size_of_a_group")


def are_sizes(words: Sequence[str]) -> bool:
    """Whether some words are sizes of groups, all in one unit, each larger than the one before.

    >>> are_sizes(["1人", "2人", "3人以上"]), are_sizes(["312件", "290件"]), are_sizes(["1人", "2件"]), are_sizes(["1人"])
    (True, False, False, False)
    """
    found = [_SIZE.fullmatch(word) for word in words]
    sizes = [(int(one["size"]), one["unit"]) for one in found if one is not None]
    units = {unit for _, unit in sizes}
    return 1 < len(words) == len(sizes) and len(units) == 1 and read_unit(units.pop()) is not None and all(a[0] < b[0] for a, b in pairwise(sizes))


def are_heads(row: Row, following: Row) -> bool:
    """Whether a row is a head of sizes over one that holds how many there are of each: bare figures."""
    columns = [column for column, cell in enumerate(row) if cell is not None and column]
    below = [following[column] for column in columns if column < len(following)]
    return are_sizes([cell.text for column in columns if (cell := row[column]) is not None]) and len(below) == len(columns) and _are_bare(below)


def are_labels(rows: Sequence[Row]) -> bool:
    """Whether the first cells of some rows are sizes beside how many there are of each."""
    labels = [cell.text for row in rows if row and (cell := row[0]) is not None]
    return are_sizes(labels) or (len(labels) > 2 and are_sizes(labels[:-1]) and read_value(labels[-1]) is None)


def _are_bare(cells: Sequence[Cell | None]) -> bool:
    values = [read_value(cell.text) for cell in cells if cell is not None]
    return bool(values) and all(value is None or value.unit is None for value in values)
