"""Shares whose head says neither of what nor of which whole (占%): the two columns whose figures they are the quotients of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from .figures import Figure
from .heads import Layout

# So many rows at least must show it.
FEWEST = 2
# Percentage points by which shares are found to be off in print.
SLACK = Decimal("0.25")
Place = tuple[int, int]


def proven(layout: Layout, at: Mapping[Place, Figure]) -> dict[int, tuple[int, int]]:
    """Of each column of shares that names nothing, the columns of its part and of its whole, where one pair of levels alone fits all rows."""
    found: dict[int, tuple[int, int]] = {}
    levels = [column for column, facet in layout.columns.items() if facet.role == "level"]
    for column, facet in layout.columns.items():
        if facet.role != "share" or facet.names or facet.share_of:
            continue
        rows = [figure for (_, c), figure in at.items() if c == column]
        pairs = [(part, whole) for part in levels for whole in levels if part != whole and _fit(rows, part, whole, at)]
        if len(pairs) == 1:
            found[column] = pairs[0]
    return found


def _fit(shares: Sequence[Figure], part: int, whole: int, at: Mapping[Place, Figure]) -> bool:
    """Whether every share is the quotient of the figures in two columns of its row, about as it is printed."""
    shown = 0
    for share in shares:
        one, other = at.get((share.row, part)), at.get((share.row, whole))
        if one is None or other is None or not other.value.amount or one.unit != other.unit:
            continue
        quotient = 100 * one.value.amount / other.value.amount
        if abs(quotient - share.value.amount) > max(SLACK, Decimal("0.51") * share.value.resolution):
            return False
        shown += 1
    return shown >= FEWEST
