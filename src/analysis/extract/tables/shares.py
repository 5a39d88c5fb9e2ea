"""Shares: the two columns that one is the quotient of whose head does not tell (占%), and the ones that a change is of (比重变化)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from ..grammar import compiled
from .figures import Figure
from .heads import Layout
from .neighbours import latest

_SHARE = compiled("share_that_moved")
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


def share_that_moved(column: int, layout: Layout, owners: Mapping[int, int | None]) -> int | None:
    """The latest column of the shares that the head of a change names by what they are of (比重变化, 投诉占比增减); None for any other change.

    `owners` are the columns of what shares are of, whose times are theirs.
    """
    facet = layout.columns[column]
    named = _SHARE.fullmatch("".join(facet.names)) if facet.role == "change" else None
    if named is None:
        return None
    shares = [c for c, one in layout.columns.items() if one.role == "share"]
    of = [c for c in shares if "".join(layout.columns[c].names) == named["of"]]
    if not of and not named["of"] and len({layout.columns[c].names for c in shares}) == 1:
        of = shares
    timed = {c: c if (owner := owners.get(c)) is None or layout.columns[c].when is not None else owner for c in of}
    return latest(of, {c: layout.columns[timed[c]] for c in of}, column) if of else None


def are_nameless(levels: Sequence[int], layout: Layout) -> bool:
    """Whether columns of levels are headed by nothing but their times, so that a share beside them names what they are of: 2022年 | 投诉占比."""
    return bool(levels) and not any(layout.columns[column].names for column in levels)


def date_shares(figures: Sequence[Figure], owner_of: Callable[[Figure], Figure | None]) -> None:
    """Give shares without a time that of what they are of."""
    for figure in figures:
        if figure.role == "share" and figure.period is None and (owner := owner_of(figure)) is not None:
            figure.period, figure.period_written = owner.period, owner.period_written


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
