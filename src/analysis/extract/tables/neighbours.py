"""Which lines of levels stand beside a line of changes or shares: those before it, under one head with it, named as it is, and the latest of them."""

from __future__ import annotations

from .facets import Facet
from .heads import Layout
from .times import When


def is_earlier(facet: Facet) -> bool:
    return facet.when is not None and (facet.when.back == 1 or facet.when.before)


def is_of_time(level: When | None, change: When) -> bool:
    """Whether a level is of the time that the head of a change names: the same, or that part of any year, the month of 本月同比, what the year has
    come to of 累计同比."""
    if level is None or level == change:
        return level == change
    if change.part and change == When(part=change.part):
        return level.part == change.part
    if change.month == "to_date":
        return level.month == "to_date" or ".." in (level.part or "")
    return change.month == "this" and bool(level.part) and ".." not in (level.part or "")


def alike(level: Facet, change: Facet) -> bool:
    """Whether a change head's words name a level: 立案同比 beside 立案数."""
    one, other = "".join(level.names), "".join(change.names)
    return bool(one) and (one.startswith(other) or other.startswith(one) or one.endswith(other))


def run_before(order: list[int], column: int, layout: Layout) -> list[int]:
    """The columns of levels that stand together before a column of changes, nearest last; those under its own heads, if any."""
    at = order.index(column) - 1
    while at >= 0 and layout.columns[order[at]].role != "level":
        at -= 1
    run: list[int] = []
    while at >= 0 and layout.columns[order[at]].role == "level":
        run.insert(0, order[at])
        at -= 1
    # 2022年收案 | 占比 | 2021年收案 | 增幅: a share between two years of one thing does not part them, but each share is of its own.
    beyond = at
    while run and layout.columns[column].role != "share" and beyond >= 0 and layout.columns[order[beyond]].role == "share":
        beyond -= 1
    if run and beyond >= 0 and beyond < at and _is_another_year(layout.columns[order[beyond]], layout.columns[run[0]]):
        run.insert(0, order[beyond])
    together = [c for c in run if under_one_head(layout, c, column)]
    run = together or run
    now = [c for c in run if not is_earlier(layout.columns[c])]
    # 本月 | 上月 | 环比 | 去年同期 | 同比: what only looks back is compared with what stands before its other comparison.
    return run_before(order, run[0], layout) if run and not now and run[0] > order[0] else now


def _is_another_year(one: Facet, other: Facet) -> bool:
    return one.role == "level" and one.names == other.names and one.when is not None and other.when is not None and one.when != other.when


def under_one_head(layout: Layout, one: int, other: int) -> bool:
    first, second = layout.heads.get(one) or [], layout.heads.get(other) or []
    return len(first) > 1 and len(second) > 1 and first[0] is second[0]


def latest(lines: list[int], facets: dict[int, Facet], at: int) -> int:
    """The line with the latest time; of several, the nearest before the change."""

    def order(line: int) -> tuple:
        when = facets[line].when
        year = (when.until or when.year or 0) if when is not None else 0
        # What a year has come to ends where its last month does.
        return year, (when.part or "").rpartition("..")[2] if when is not None else "", line < at, -abs(line - at)

    return max(lines, key=order)
