"""The rows of a block: their labels, under the lines that group rows and the labels that reach down, and what these say of their figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ...documents.tables import Cell
from ...lexicon.wordlists import words
from ..grammar import compiled
from .composing import CASES, is_bare, is_measured, place_of
from .depths import comes_to, parents_by_inset, parents_by_sums
from .facets import Facet, is_label, read_facet
from .grid import Block
from .lines import is_note, unit_of_line
from .stubs import (
    OUTCOME,
    columns_of_cases,
    columns_of_places,
    goes_on,
    head_and_labels,
    is_group,
    is_part,
    of_a_part,
    of_a_sort,
    of_cases,
    of_its_deed,
    part_of,
    read_label,
    sorts_over,
    unit_of_part,
    with_part,
)  # fmt: skip
from .values import Row, Unit, read_unit, unit_written, without_marks
from .words import is_kind, is_translation

_BY_SORTING, _ALL_CASES, _RATES = compiled("group_by_its_sorting"), compiled("all_cases"), words("rates")
# What makes a row a part of another: it stands further in, the figures of the other are the sum, a dash before it or its own word, 其中, or that the
# row before it is one behind 其中.
BY_INSET, BY_SUMS, BY_SIGN, BY_WORD, AS_THE_ONE_BEFORE, BY_REPEAT = "further in", "sums", "sign", "word", "as the one before", "repeated"


class Rows(NamedTuple):
    """Of each row what its labels say, its label cells, the unit that a line above it names, and what made it a part of another ("" for most)."""

    facets: list[Facet]
    labels: list[list[Cell]]
    units: list[Unit | None]
    parts: list[str]


class _Group:
    """The line that groups the rows under it: what it says of them, and the units that the last line of units names."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._lines = sorted(block.groups, key=lambda pair: pair[0])
        self._facet = Facet()
        # before which rows the groups begin
        self._heads: list[int] = []
        self.cell: Cell | None = None
        self.unit: Unit | None = None

    def goes_on_to(self, index: int) -> bool:
        """Take the lines that stand before a row; whether another group begins with one of them."""
        anew = False
        while self._lines and self._lines[0][0] <= index:
            at, cell = self._lines.pop(0)
            units = unit_of_line(cell.text)
            if units:
                self.unit = read_unit(units[0]) if len(units) == 1 else None
            elif not is_note(cell.text) and not is_label(cell.text) and is_group(cell, at, self._block):
                self._facet, self.cell, anew = _group_of(cell.text), cell, True
                self._heads.append(at)
        return anew

    def end(self) -> None:
        """End the group: what follows its total is not of it."""
        self._facet, self.cell = Facet(), None

    def is_passed_by(self, index: int, column: int, figures: Sequence[int]) -> bool:
        """Whether a total under the last of several groups, which ends the table, is that of all of them: its figures are what all rows come to."""
        if len(set(self._heads)) < 2 or index + 1 < len(self._block.body) or comes_to(self._block, column, figures, index, self._heads[-1]):
            return False
        return comes_to(self._block, column, figures, index, self._heads[0])

    def names_something(self) -> bool:
        """Whether there is a group, and its line says what is counted or where."""
        return self.cell is not None and bool(self._facet.names or self._facet.place)

    def over(self, facet: Facet) -> Facet:
        """What a row says under its group."""
        return facet.under(self._facet) if self.cell is not None else facet


class _Whole:
    """The row that others may be parts of: by their place, their sums, a word that says so, or as the part before them is."""

    def __init__(self, block: Block, stubs: list[int], figures: Sequence[int], levels: Sequence[int]) -> None:
        self._block, self._figures = block, figures
        self._inset, self._summed = _parents(block, stubs, levels)
        self._repeated = _repeated_measures(block, stubs)
        self._said: list[Facet] = []
        self._wholes: list[Facet] = []
        self._parent: Facet | None = None
        # the part behind 其中, which those under it may be parts as
        self._example: Facet | None = None
        self._with_figures = True
        self._last = Facet()

    def end(self) -> None:
        """End it: what stands under the head of another group is no part of a row above that."""
        self._parent = None

    def take(self, facet: Facet, cells: list[tuple[int, Cell]]) -> tuple[Facet, str]:
        """What the next row says, as a part or as a whole for those under it, and what made it a part."""
        index = len(self._said)
        facet = self._last = of_its_deed(facet, self._last)
        outer = self._inset.get(index, self._summed.get(index) if _is_sort(facet) else None)
        if outer is not None and self._said[outer].names:
            said = self._further_in(facet, outer), BY_INSET if index in self._inset else BY_SUMS
        elif index in self._repeated and self._said[self._repeated[index]].names:
            said = _of_whole(facet, self._said[self._repeated[index]]), BY_REPEAT
        elif cells and (is_part(cells[-1][1].text) or _is_attribute(facet, cells)):
            said = part_of(facet, self._parent, self._with_figures), BY_SIGN
        elif self._parent is not None and (facet.of_which or (self._example is not None and goes_on(facet, self._example, self._parent))):
            said = self._behind_a_word(facet, self._parent), BY_WORD if facet.of_which else AS_THE_ONE_BEFORE
        else:
            said = facet, ""
            if not facet.of_which:
                self._parent, self._example, self._with_figures = facet, None, _holds(self._block.body[index], self._figures)
                self._wholes.append(facet)
        self._said.append(said[0])
        return said

    def _further_in(self, facet: Facet, outer: int) -> Facet:
        """A row that its place or its figures make a part of the row `outer`."""
        above, is_whole = self._said[outer], _holds(self._block.body[outer], self._figures)
        of_which = facet.of_which or is_measured(above.names[-1])
        facet = _of_whole(facet, above) if of_which else part_of(of_cases(facet, above), above, is_whole)
        if not facet.of_which:
            self._parent, self._example = facet, None
        return facet

    def _behind_a_word(self, facet: Facet, parent: Facet) -> Facet:
        """A row behind 其中, or one that is a part as that is."""
        self._example = facet if facet.of_which else self._example
        whole = _whole_of(facet, parent, self._wholes)
        if whole is not None and whole.names and OUTCOME.search(facet.names[-1] if facet.names else "") and is_bare(whole.names[-1]):
            whole = replace(whole, names=whole.names[:-1])  # 成功 of what was received: of cases, and not of receiving them
        return _of_whole(facet, whole) if whole is not None else facet


def read_rows(
    block: Block, heads: dict[int, list[Cell]], figures: Sequence[int], levels: Sequence[int], stubs: list[int], unit_column: int | None,
) -> Rows:  # fmt: skip
    """What every row says, by its labels in the columns `stubs` and the lines above it; `heads` are those over each column.

    `levels` are the columns of figures that are no changes, shares or rates.
    """
    read = Rows([], [], [], [])
    group, whole = _Group(block), _Whole(block, stubs, figures, levels)
    above: dict[int, Cell] = {}
    places, cases = columns_of_places(block, heads, stubs), columns_of_cases(block, heads, stubs)
    sorts = {column: sorts_over(heads.get(column, ()), head_and_labels(block, heads, column)[1]) for column in stubs}
    labels = [cell for row in block.body for column in stubs if column < len(row) and (cell := row[column]) is not None]
    has_total = any(is_kind(without_marks(cell.text), "whole") and not _sums_up(cell) for cell in labels)
    for index, row in enumerate(block.body):
        if group.goes_on_to(index):
            whole.end()
        cells = _labels_of(row, stubs, above, unit_column) or _total_of(row, figures)
        facet = Facet()
        for column, cell in cells:
            facet = of_a_sort(read_label(cell, column in places, column in cases), sorts.get(column, "")).under(facet)
        told = row[unit_column] if unit_column is not None and unit_column < len(row) else None
        if told is not None and (unit := unit_written(told.text)) is not None:
            facet = replace(facet, unit=unit)
        if cells and _sums_up(cells[-1][1]) and not group.names_something() and has_total:
            facet = replace(facet, names=(without_marks(cells[-1][1].text),), whole=False)
        facet, how = whole.take(facet, cells)
        if facet.whole and cells and group.is_passed_by(index, cells[-1][0], levels):
            group.end()
        read.facets.append(group.over(facet))
        read.labels.append(([group.cell] if group.cell is not None else []) + [cell for _, cell in cells])
        read.units.append(group.unit)
        read.parts.append(how)
        if group.cell is not None and cells and _sums_up(cells[-1][1]):
            group.end()
    return read


def _sums_up(label: Cell) -> bool:
    return is_kind(without_marks(label.text), "subtotal")


def _of_whole(facet: Facet, parent: Facet) -> Facet:
    """A part behind 其中, or one as it, with what its whole counts."""
    if parent.names and _ALL_CASES.fullmatch(parent.names[-1]) and facet.names and is_kind(facet.names[-1], "case_kind"):
        return replace(facet, names=(*parent.names[:-1], *facet.names[:-1], facet.names[-1] + CASES), unit=unit_of_part(facet, parent))
    facet = of_cases(facet, parent)
    return replace(facet, names=with_part(of_a_part(parent.names), facet.names), place=facet.place or parent.place, unit=unit_of_part(facet, parent))


def _parents(block: Block, stubs: list[int], levels: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """The rows that others are parts of, as they stand further in, and as their figures add up."""
    inner = next((column for column in reversed(stubs) if any(column < len(row) and row[column] is not None for row in block.body)), None)
    return ({}, {}) if inner is None else (parents_by_inset(block, inner), parents_by_sums(block, inner, levels))


def _repeated_measures(block: Block, stubs: list[int]) -> dict[int, int]:
    """The rows that only measure the one they stand under, by a label that others are measured by too: 破案率 under 罪案, and under 暴力罪案."""
    if len(stubs) != 1:
        return {}
    labels = [read_facet(cell.text).names if stubs[0] < len(row) and (cell := row[stubs[0]]) is not None else () for row in block.body]
    often = {names for names, count in Counter(labels).items() if count > 1 and len(names) == 1 and _measures(names[0])}
    groups = {index for index, _ in block.groups}
    found: dict[int, int] = {}
    for index, names in enumerate(labels):
        if index and index not in groups and names in often:
            found[index] = found.get(index - 1, index - 1)
    return found


def _measures(name: str) -> bool:
    return is_bare(name) and (is_kind(name, "measure") or name.endswith(_RATES))


def _whole_of(facet: Facet, parent: Facet, wholes: Sequence[Facet]) -> Facet | None:
    """The row that a part is of: the one above, or where that counts in another unit (起 of 万元) the last that does not; None for neither.

    Of rows that only say what was done (立案, 破案, 破案率) it is the first: parts of the second would stand right under it.
    """
    if facet.unit is None or parent.unit is None or facet.unit == parent.unit or not facet.names:
        return parent
    at = next((at for at in reversed(range(len(wholes))) if wholes[at].names and wholes[at].unit == facet.unit), None)
    if at is None:
        return None if is_measured(facet.names[-1]) else parent
    while at and all(one.names and is_bare(one.names[-1]) and one.unit == facet.unit for one in wholes[at - 1 : at + 1]):
        at -= 1
    return wholes[at]


def _is_sort(label: Facet) -> bool:
    """Whether a label says what is counted, and not what was done with it."""
    return bool(label.names) and not label.place and (not is_bare(label.names[-1]) or is_kind(label.names[-1], "case_kind"))


def _holds(row: Row, figures: Sequence[int]) -> bool:
    return any(column < len(row) and row[column] is not None for column in figures)


def _is_attribute(facet: Facet, cells: list[tuple[int, Cell]]) -> bool:
    """Whether a label says only whom of those counted above: 女性."""
    return len(cells) == 1 and len(facet.names) == 1 and not facet.of_which and is_kind(facet.names[0], "attribute")


def _group_of(line: str) -> Facet:
    if _BY_SORTING.fullmatch(line.strip()):
        return Facet(written=line)
    place = place_of("".join(without_marks(line).split()))
    return Facet(place=place, written=line) if place else read_facet(line)


def _total_of(row: Row, figures: Sequence[int]) -> list[tuple[int, Cell]]:
    """The label of a total that stands where other rows have their number."""
    found = [(c, cell) for c, cell in enumerate(row[: min(figures, default=0)]) if cell is not None and is_kind(without_marks(cell.text), "whole")]
    return found[:1]


def _labels_of(row: Row, stubs: list[int], above: dict[int, Cell], unit_column: int | None) -> list[tuple[int, Cell]]:
    """The labels of a row, in one language; an empty one before a label (or a unit) of its own takes what stands above it."""
    found: list[tuple[int, Cell]] = []
    said = stubs if unit_column is None else sorted((*stubs, unit_column))
    filled = [column for column in said if column < len(row) and row[column] is not None]
    for column in stubs:
        cell = row[column] if column < len(row) else None
        if cell is None and filled and column < filled[-1]:
            cell = above.get(column)
        elif cell is not None:
            above[column] = cell
            for later in [c for c in above if c > column]:
                del above[later]
        if cell is not None and not any(other is cell for _, other in found):
            found.append((column, cell))
    own = [(column, cell) for column, cell in found if not is_translation(cell.text)]
    return own or found
