"""What a column of figures takes from those beside it: that it is a part, a change on the same base, or another time of the same; units."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from ...lexicon.wordlists import words
from .. import naming
from ..grammar import compiled
from .composing import is_bare, place_of
from .depths import columns_of_parts
from .facets import Facet
from .grid import Block
from .times import When, joined
from .values import read_value
from .words import is_kind

_MONTH = re.compile(r"-\d\d")
_AMONG = compiled("among_what_stands_before")
_TOLD_BY_CELLS = compiled("share_told_by_cells")
_SAME_TIME, _SHARE_WORDS = ("同期", "同期数"), words("share_heads")


def among(facet: Facet, parent: Facet | None) -> Facet:
    """A column under a head that says it is among those of the column before (结案中), as one of its parts."""
    found = _AMONG.fullmatch(facet.names[0]) if facet.names and parent is not None and parent.names else None
    if found is None or parent is None or found["whole"] != parent.names[-1]:
        return facet
    return replace(facet, names=facet.names[1:], of_which=True)


def as_the_part_before(facet: Facet, part: Facet | None, parent: Facet | None) -> Facet:
    """A column right behind one that is said to be a part, which says no more than that one: 在册（人） | 其中：缓刑 | 假释."""
    if part is None or parent is None or parent.unit is None or facet.role != "level" or facet.unit or facet.when or facet.place or facet.whole:
        return facet
    return replace(facet, of_which=True) if facet.names and narrows(facet.names[-1]) else facet


def on_the_same(facet: Facet, before: Facet | None) -> Facet:
    """A change that says no base, right behind one that does (比上年同期增减 | 增减幅度%), as one on the same."""
    if before is None or facet.role != "change" or before.role != "change" or facet.basis or facet.names or before.names:
        return facet
    return replace(facet, basis=before.basis, base=before.base)


def of_the_one_before(facet: Facet, columns: dict[int, Facet]) -> Facet:
    """A column that says only that it is of a year earlier (受理 | 去年同期), as one of what the level before it counts."""
    if facet.role != "level" or facet.names or facet.when is None or facet.when.back != 1:
        return facet
    before = next((one for one in reversed(columns.values()) if one.role == "level"), None)
    if before is not None and before.when is not None and _reaches_from_january(before.when) and facet.written.endswith(_SAME_TIME):
        return replace(facet, when=joined(before.when, facet.when))
    if before is None or not before.names or before.when is not None:
        return facet
    return replace(facet, names=before.names, unit=facet.unit or before.unit)


def _reaches_from_january(when: When) -> bool:
    """Whether a head says that figures are those up to now (累计, 1—5月), of the year reported on."""
    return when.year is None and when.back in (None, 0) and (when.month in ("to_date", "so_far") or (when.part or "").startswith("-01.."))


def months_so_far(columns: dict[int, Facet]) -> None:
    """Tell what columns of 本月累计 are of: beside one of the month (本月) what the year has come to, beside that (本年累计) the month.

    What the year has come to beside one month that is named (9月 | 累计) is what it has with that one.
    """
    said = {facet.when.month for facet in columns.values() if facet.when is not None}
    months = {facet.when.part for facet in columns.values() if facet.when is not None and _MONTH.fullmatch(facet.when.part or "")}
    month = "this" if "to_date" in said else "to_date" if "this" in said or len(months) == 1 else ""
    for column, facet in columns.items():
        if (when := facet.when) is not None and (when.month == "to_date" or (month and when.month == "so_far")):
            part = next(iter(months)) if len(months) == 1 and when.part is None else when.part
            columns[column] = replace(facet, when=when._replace(month=month if when.month == "so_far" else when.month, part=part))


def compared_with_the_year_before(columns: dict[int, Facet]) -> None:
    """Take changes that say no base for ones on the year before where they are of what a year has come to (累计 | 增速): it grows in no other way.

    Those headed as they are, beside a month in the same table, are on the same.
    """
    found = set[tuple[str, str]]()
    level: Facet | None = None
    for facet in columns.values():
        level = facet if facet.role == "level" else level
        if level is not None and _says_no_base(facet) and level.when is not None and _reaches_from_january(level.when):
            found.add((_last_head(facet), facet.move))
    for column, facet in columns.items():
        if _says_no_base(facet) and (_last_head(facet), facet.move) in found:
            columns[column] = replace(facet, basis="yoy")


def _last_head(facet: Facet) -> str:
    return facet.written.rpartition(" / ")[2]


def _says_no_base(facet: Facet) -> bool:
    return facet.role == "change" and not facet.basis and not facet.names


def share_in_cells(facet: Facet, block: Block, column: int) -> Facet:
    """A column headed by 占 and its whole (占全市总量) whose figures are all printed in per cent, as the share that it is."""
    said = _TOLD_BY_CELLS.fullmatch(facet.names[0]) if facet.role == "level" and len(facet.names) == 1 and facet.unit is None else None
    values = [read_value(cell.text) for row in block.body if column < len(row) and (cell := row[column]) is not None] if said is not None else []
    units = {value.unit for value in values if value is not None}
    if said is None or len(units) != 1 or (unit := units.pop()) is None or unit.family != "ratio":
        return facet
    return replace(facet, names=(), role="share", unit=unit, share_of=said["whole"])


def heads_of_places(columns: dict[int, Facet]) -> None:
    """Take the heads of levels for the places they are (全市 | 东区法院 | 西区法院), where all are no more than that."""
    levels = {column: facet for column, facet in columns.items() if facet.role == "level"}
    if len(levels) < 2 or not all(len(facet.names) == 1 and facet.unit is None and place_of(facet.names[0]) for facet in levels.values()):
        return
    for column, facet in levels.items():
        columns[column] = replace(facet, names=(), place=facet.names[0])


def shares_compared(columns: dict[int, Facet]) -> None:
    """Take shares that are compared in points for the rates they are.

    Either a column of changes stands behind one that has a name of its own (优良天数比例 | 同比(百分点)), or one names the shares it is of, which
    are then of the times of the levels they stand behind (2021年(件) | 比重(%) | 2020年(件) | 比重(%) | 比重变化(百分点)).
    """
    in_points = [one for one in columns.values() if one.role == "change" and one.move == "percentage_points"]
    of_shares = any("".join(one.names).endswith(_SHARE_WORDS) for one in in_points)
    for column, facet in columns.items():
        behind = columns.get(column + 1)
        if facet.role != "share" or facet.share_of:
            continue
        if of_shares or (facet.names and behind in in_points and not behind.names):
            called = max((word for word in _SHARE_WORDS if word in facet.written), key=len, default="")
            before = columns.get(column - 1)
            when = before.when if of_shares and before is not None and before.role == "level" else None
            columns[column] = replace(facet, role="level", names=("".join(facet.names[-1:]) + called,), when=facet.when or when)


def share_units(columns: dict[int, Facet]) -> None:
    """Give a column of another time of the same thing the unit that only one of them prints."""
    for column, facet in columns.items():
        if facet.role == "level" and facet.unit is None and facet.when is not None:
            alike = {
                other.unit for other in columns.values()
                if other.role == "level" and other.when is not None and other.names == facet.names and other.unit is not None
            }  # fmt: skip
            if len(alike) == 1:
                columns[column] = replace(facet, unit=alike.pop())


def share_units_of_wholes(columns: dict[int, Facet], block: Block) -> None:
    """Give columns that print no unit that of the column before them whose figures they come to."""
    order = [column for column, facet in columns.items() if facet.role == "level"]
    for at, column in enumerate(order):
        unit = columns[column].unit
        if unit is None or unit.family != "count":
            continue
        behind = list(takewhile(lambda one: columns[one].unit is None, order[at + 1 :]))
        if len(behind) > 1:
            for part in columns_of_parts(block, column, behind):
                columns[part] = replace(columns[part], unit=unit)


def parts_by_whom(columns: dict[int, Facet], block: Block) -> None:
    """Give columns that say only whom of those before them they count (在押人数 | 男 | 女), and come to these, the name of those too."""
    order = [column for column, facet in columns.items() if facet.role == "level"]
    for at, column in enumerate(order):
        whole = columns[column]
        behind = list(takewhile(lambda one: _says_whom(columns[one]), order[at + 1 :]))
        if whole.names and len(behind) > 1 and not _says_whom(whole):
            for part in columns_of_parts(block, column, behind):
                columns[part] = replace(columns[part], names=whole.names + columns[part].names)


def _says_whom(facet: Facet) -> bool:
    return len(facet.names) == 1 and is_kind(facet.names[0], "attribute")


def narrows(name: str) -> bool:
    """Whether the head of a part only says which of the whole beside it are meant: 女性, 网络; but not 重大案件发案数."""
    return is_kind(name, "attribute") or not (is_bare(name) or naming.has_head(name))
