"""What a cell's statement rests on, and what speaks against it: which rules told its name, unit, time and whole; `weights.yml` weighs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..choosing import weights
from ..grammar import compiled
from ..readings.doubts import doubts_of_name
from ..records import Change
from .composing import is_bare
from .figures import Figure
from .heads import Layout
from .setting import Setting
from .words import is_kind

_TIME_LEFT = compiled("time_left_in_a_name")
# A count below this may as well be a number of something else.
FEW = 10


def grounds(figure: Figure, layout: Layout, setting: Setting, name: str) -> tuple[str, ...]:
    """The names of the rules that read a cell: where its time, its unit and its name come from, and what made its row a part."""
    return tuple([f"table: {figure.role}", *_time(figure, setting), *_unit(figure), *_name(figure, setting, name), *_whole(figure, layout)])


class Others(NamedTuple):
    """What other columns and rows of a block tell: changes or shares beside levels, and units."""

    changes: bool
    units: bool


def others_of(layout: Layout) -> Others:
    """What the columns and rows of a block tell, for every figure of it."""
    told = (facet.role == "level" and facet.unit is not None for facet in (*layout.columns.values(), *layout.rows))
    return Others(any(facet.role != "level" for facet in layout.columns.values()), any(told))


def find_doubts(figure: Figure, layout: Layout, setting: Setting, name: str, change: Change | None, others: Others) -> list[str]:
    """Name what speaks against one cell's statement besides its grounds."""
    found = list(doubts_of_name(name))
    signs = {
        "small number": figure.value.amount < FEW and figure.role == "level" and (figure.unit is None or figure.unit.family == "count"),
        "only what was done in the name": is_bare(name),
        "several labels": len(layout.labels[figure.row]) > 1,
        "no label": not layout.labels[figure.row],
        "several heads": len(layout.heads.get(figure.column, ())) > 1,
        "no head": not layout.heads.get(figure.column),
        "heads of the table before": layout.goes_on,
        "a total": layout.rows[figure.row].whole or layout.columns[figure.column].whole,
        "change without a basis": change is not None and change.basis == "unstated",
        "kind of change told by figures": change is not None and bool(change.kind) and not figure.facet.move and figure.value.unit is None,
        "of a place": figure.place is not None,
        "title of more": bool(setting.title) and not setting.subject and not setting.over,
        "no title": not setting.title,
        "time named and not fixed": figure.when is not None and figure.period is None,
        "time left in the name": _TIME_LEFT.search(name) is not None,
        "broken count": _is_broken(figure),
        "below nothing": figure.role == "level" and figure.value.amount < 0,
        "in brackets": figure.role == "level" and figure.value.bracketed,
        "others have a unit": figure.role == "level" and figure.unit is None and others.units,
        "rows are sorts": bool(setting.divided),
        "other figures in the row are changes": others.changes,
    }
    return found + [sign for sign, holds in signs.items() if holds]


def _is_broken(figure: Figure) -> bool:
    """Whether what is counted one by one prints decimals: 30.1人."""
    unit = figure.unit
    return figure.role == "level" and unit is not None and unit.family == "count" and unit.multiple == 1 and figure.value.resolution < 1


def margin_of(signs: Iterable[str]) -> float:
    """How far a cell's reading is ahead of the next: that the figure is told of something else."""
    cell = weights()["cell"]
    return round(max(0.0, cell["a figure"] - sum(cell.get(sign, 0.0) for sign in signs)), 2)


def _time(figure: Figure, setting: Setting) -> Iterator[str]:
    if figure.period is None:
        yield "period: none"
    elif figure.when is not None and figure.when.year is not None:
        yield "period: head or label"
    elif setting.when is not None and setting.when.year is not None:
        yield "period: title" if figure.when is None else "period: head or label in the title's year"
    else:
        yield "period: around the table"


def _unit(figure: Figure) -> Iterator[str]:
    if figure.role == "level":
        yield f"unit: {figure.unit_from or 'none'}"


def _name(figure: Figure, setting: Setting, name: str) -> Iterator[str]:
    row, column = (any(not is_kind(word, "measure") for word in words) for words in figure.names)
    yield "name: row and column" if row and column else "name: row" if row else "name: column" if column else "name: title alone"
    if setting.subject and setting.subject in name and not any(setting.subject in word for words in figure.names for word in words):
        yield "name: completed by the title"


def _whole(figure: Figure, layout: Layout) -> Iterator[str]:
    if layout.parts[figure.row]:
        yield f"part: {layout.parts[figure.row]}"
    if layout.columns[figure.column].of_which:
        yield "part: column"
