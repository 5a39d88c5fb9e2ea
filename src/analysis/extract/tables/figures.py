"""The figures of a block: each number with everything its heads, labels and title say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...documents.tables import Cell
from ..grammar import compiled
from ..quantities import POINTS, THOUSANDTHS
from .composing import CASES, compose, finished, is_bare, says_no_thing, says_what_was_done, shared_subject
from .dated import Spans
from .facets import Facet
from .grid import Block, kind_of
from .heads import Layout
from .notes import unit_said
from .setting import Setting, counted_in
from .signs import is_down
from .stubs import is_case, is_crime_alone
from .times import When, joined
from .unit_choice import choose_unit
from .values import COUNTS_CASES, Unit, Value, read_value, unchanged, without_marks
from .words import is_kind

_DOWN, _ON_CASES_ALONE, _TOLD_OF_AN_EVENT = compiled("direction_down"), compiled("act_on_cases_alone"), compiled("told_of_an_event")
CASE = "件"


@dataclass(slots=True)
class Figure:
    """One number of a block, before it becomes a statement."""

    cell: Cell
    value: Value
    row: int
    column: int
    role: str
    names: tuple[tuple[str, ...], tuple[str, ...]]
    when: When | None
    period: str | None
    period_written: str | None
    period_source: str
    place: str | None
    unit: Unit | None
    facet: Facet
    # where its unit comes from: the cell, its head or label, the table's line, the text around
    unit_from: str = ""
    earlier: bool = False
    target: bool = False
    name: str = ""


def figures_of(block: Block, layout: Layout, setting: Setting) -> tuple[list[Figure], list[Cell]]:
    """The figures of a block, and those of its cells that hold words, or figures of another sort (1:0.8), where figures should stand."""
    found: list[Figure] = []
    strange: list[Cell] = []
    seen = set[int]()
    spans = Spans(layout, setting)
    columns = sorted(layout.columns.items())
    named: dict[tuple, tuple[str, Unit | None]] = {}
    shared = shared_subject([facet.names for facet in layout.columns.values() if facet.role == "level"], setting.subject)
    for index, row in enumerate(block.body):
        facet = layout.rows[index]
        for column, head in columns:
            cell = row[column] if column < len(row) else None
            if cell is None or cell.start in seen:
                continue
            seen.add(cell.start)
            if _is_of_several(cell, index, block, layout):
                strange.append(cell)
                continue
            value = read_value(cell.text) or (unchanged(cell.text) if "change" in (head.role, facet.role) else None)
            if value is None:
                strange += [cell] if kind_of(cell.text) in ("text", "number") else []
                continue
            figure = _figure(cell, value, index, column, facet, head, spans)
            teller = layout.signs.get(column, layout.direction)
            if figure.role == "change" and teller is not None and not value.signed:
                figure.value = _directed(value, row[teller] if teller < len(row) else None)
            if figure.role == "change" and (told := value.unit or figure.facet.unit) is not None and told.name in THOUSANDTHS:
                figure.value = _in_percent(figure.value, told, figure.unit)
            figure.unit_from = "cell" if value.unit else "head or label" if figure.unit else ""
            figure.unit = value.unit or figure.unit
            if setting.over and figure.role == "level":
                figure.names = (figure.names[0], setting.over + figure.names[1])
            if shared and figure.role == "level" and not figure.names[0] and says_no_thing(figure.names[1]):
                figure.names = ((), (shared, *figure.names[1]))
            if figure.role == "level" and (deed := _deed(figure, layout, setting)):
                figure.names = (figure.names[0], (*figure.names[1], deed) if _is_sort_of_cases(figure) else (deed, *figure.names[1]))
            key = (figure.names, figure.unit, layout.units[index], figure.value.resolution == 1)
            if key not in named:
                named[key] = _named(figure, layout.units[index], setting)
            figure.name, figure.unit = named[key]
            if not figure.name and figure.unit is not None and figure.role == "level" and (facet.whole or head.whole):
                figure.name = _total([*filter(None, row), *layout.heads.get(column, ())], figure.unit)
            figure.unit_from = figure.unit_from or ("line of units" if figure.unit else "")
            figure.unit = figure.unit._replace(multiple=1) if figure.unit is not None and value.multiplied else figure.unit
            found.append(figure)
    return found, strange


def _is_of_several(cell: Cell, index: int, block: Block, layout: Layout) -> bool:
    """Whether the cell of a figure covers columns or rows that say different things."""
    if cell.rows == cell.columns == 1 or kind_of(cell.text) not in ("number", "year"):
        return False
    columns = {(head.names, head.when, head.role) for column, head in layout.columns.items() if cell.column <= column < cell.column + cell.columns}
    at = [index + more for more, row in enumerate(block.body[index : index + cell.rows]) if any(other is cell for other in row)]
    return len(columns) > 1 or len({(layout.rows[row].names, layout.rows[row].when, layout.rows[row].place) for row in at}) > 1


def _deed(figure: Figure, layout: Layout, setting: Setting) -> str:
    """What the title or the head of the labels says was done with what a row names, where its column says nothing of it, or with a sort of cases."""
    row, column = figure.names
    if not row and _is_sort_of_cases(figure):
        return setting.deed
    if not all(is_kind(word, "measure") for word in column):
        return ""
    return layout.deed or (setting.deed if (row or not setting.subject) and not any(map(says_what_was_done, row)) else "")


def _is_sort_of_cases(figure: Figure) -> bool:
    """Whether a column names only a sort of cases, beside rows that name nothing: 派出所 | 刑事 | 治安."""
    row, column = figure.names
    return not row and bool(column) and all(is_kind(word, "case_kind") for word in column)


def _directed(value: Value, direction: Cell | None) -> Value:
    """The amount of a change with the sign that another column gives it."""
    down = direction is not None and (is_down(direction.text) or _DOWN.search(direction.text))
    return value._replace(amount=-value.amount) if down else value


def _in_percent(value: Value, told: Unit, of: Unit | None) -> Value:
    """A change in thousandths in the hundredths that changes are told in; but points of a rate in thousandths are in its own unit, as in prose."""
    if told.name in POINTS and of is not None and of.name in THOUSANDTHS:
        return value._replace(unit=told)
    unit = told._replace(name=THOUSANDTHS[told.name])
    return value._replace(amount=value.amount / 10, resolution=value.resolution / 10, unit=unit)


def _figure(cell: Cell, value: Value, row: int, column: int, label: Facet, head: Facet, spans: Spans) -> Figure:
    when = joined(head.when, label.when) if label.when is not None and head.when is not None else label.when or head.when
    role = next((facet.role for facet in (head, label) if facet.role != "level"), "level")
    teller = head if head.role != "level" else label
    unit = _unit_of(label, head, role)
    said = spans.period(when, label, head)
    return Figure(
        cell, value, row, column, role, (label.names, head.names), when, *said, "printed" if when else "carried",
        label.place or head.place, unit, teller, target=label.target or head.target,
        earlier=when is not None and when.back == 1 and when.year is None,
    )  # fmt: skip


def _unit_of(label: Facet, head: Facet, role: str) -> Unit | None:
    if role == "change":
        level = label if head.role == "change" else head
        return level.unit
    if role == "share":
        return (head if head.role == "share" else label).unit
    if head.unit is not None and head.unit.family == "ratio" and label.unit is not None and label.unit.family != "ratio":
        return head.unit  # 完成率(%) of 法律援助(件)
    return label.unit or head.unit


def _named(figure: Figure, group_unit: Unit | None, setting: Setting) -> tuple[str, Unit | None]:
    """The name and the unit of a figure."""
    row, column = figure.names
    of_event = setting.event and not (row and column) and all(map(_TOLD_OF_AN_EVENT.fullmatch, (*row, *column)))
    name = compose(row, column, setting.event if of_event else setting.subject, setting.divided)
    unit = figure.unit
    if unit is None and figure.role != "share":
        unit = group_unit or choose_unit(_counted(figure, name), setting.units) if group_unit or setting.units else None
    if unit is None and figure.role == "level" and setting.told:
        unit = unit_said((*row, *column), name, setting.told)
    if unit is None and figure.role == "level" and setting.counted is not None and name.endswith(setting.subject):
        unit = setting.counted
    if unit is None and figure.role == "level" and not setting.told and figure.value.resolution == 1:
        unit = counted_in(name)
    if setting.of_cases and unit is not None and unit.name == CASE and _ON_CASES_ALONE.fullmatch(name):
        name += CASES
    return (name if not name or figure.role == "share" else finished(name, unit)), unit


def _total(labels: Sequence[Cell], unit: Unit) -> str:
    """The name of a total in a table that nothing entitles, by the word for it and what its unit counts: 合计案件数."""
    total = next((words for label in labels if is_kind(words := without_marks(label.text), "whole")), "")
    return finished(total + CASES if unit.name in COUNTS_CASES else total, unit) if total else ""


def _counted(figure: Figure, name: str) -> str:
    """What tells the unit of a figure: its name, or the rest of it where the row is a crime, which may hold people (故意伤害 | 收案)."""
    row, column = figure.names
    if not row or not all(is_case(word) or is_crime_alone(word) for word in row):
        return name
    return "".join(column) or name.replace("".join(row), "") or name


def is_nameless(figure: Figure) -> bool:
    """Whether nothing in the table says what a figure is of."""
    return not figure.name or (is_bare(figure.name) and len(figure.name) < 2)
