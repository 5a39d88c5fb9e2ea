"""Marks that say the same as the cell above them (〃) among labels and units."""

from __future__ import annotations

from collections.abc import Sequence

from ...documents.tables import Cell
from .values import Row, is_nothing, read_value
from .words import is_kind


def without_dittos(rows: Sequence[Row]) -> list[Row]:
    """Rows in which each mark that stands under words says what these do; one under a figure stays."""
    found: list[Row] = []
    for row in rows:
        above = found[-1] if found else []
        found.append([_said(cell, above[column] if column < len(above) else None) for column, cell in enumerate(row)])
    return found


def _said(cell: Cell | None, above: Cell | None) -> Cell | None:
    if cell is None or above is None or not is_kind(cell.text, "ditto") or read_value(above.text) is not None or is_nothing(above.text):
        return cell
    return cell._replace(text=above.text)
