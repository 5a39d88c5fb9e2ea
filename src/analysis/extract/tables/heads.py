"""Which rows of a block are heads, which columns hold labels, and what each row and each column says of its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...documents.tables import Cell
from .beside import (
    among,
    as_the_part_before,
    compared_with_the_year_before,
    heads_of_places,
    months_so_far,
    narrows,
    of_the_one_before,
    on_the_same,
    parts_by_whom,
    share_in_cells,
    share_units,
    share_units_of_wholes,
    shares_compared,
)
from .facets import Facet, read_facet
from .grid import ORDINAL, Block, is_spoilt, kind_of
from .lists import is_list, tells_moves
from .paths import paths_over
from .rows import read_rows
from .signs import heads_on_lines, is_compared, share_of_a_change, sign_columns, signed_facet
from .sizes import are_labels
from .stubs import deed_over
from .times import counts_from_the_republic, of_the_republic, read_when
from .values import Unit, is_remarked, read_unit, read_value, unit_written, without_marks
from .words import is_kind

# Two years by the last digits of the second: 2010-11, 2010/11年度.
_ACROSS = re.compile(r"((?:19|20)\d\d)\s*[-/—－–]\s*(\d\d)(?:年度?|學年|学年|财年)?")


@dataclass(slots=True)
class Layout:
    """A block taken apart: what its columns and rows say, which columns hold figures, and what stands against reading it (`trouble`)."""

    columns: dict[int, Facet] = field(default_factory=dict)
    rows: list[Facet] = field(default_factory=list)
    # label cells of each row, for the quote and the ledger
    labels: list[list[Cell]] = field(default_factory=list)
    heads: dict[int, list[Cell]] = field(default_factory=dict)
    units: list[Unit | None] = field(default_factory=list)
    # what made each row a part of another, "" for most
    parts: list[str] = field(default_factory=list)
    passed: set[int] = field(default_factory=set)
    # the column that says whether a change went up or down
    direction: int | None = None
    # the columns of amounts whose signs stand in a column of their own, with that column
    signs: dict[int, int] = field(default_factory=dict)
    # what was done with what the labels name, where the head over them says so (立案罪名) and no other does
    deed: str = ""
    # whether it is a list of labels and figures without heads
    listed: bool = False
    # whether it goes on from the block before, whose heads are its own
    goes_on: bool = False
    trouble: str = ""


def lay(block: Block, before: Layout | None = None) -> Layout:
    """The layout of a block; `before` is that of the block before it, which a continued table without a head goes on from."""
    layout = Layout()
    width = block.width
    paths = paths_over(block.head, width)
    layout.listed = not block.head and is_list(block)
    layout.signs = sign_columns(block)
    on_lines = heads_on_lines(block, layout.signs) if not block.head else {}
    if on_lines:
        paths |= on_lines
    elif not block.head and not layout.listed:
        if before is None or before.trouble or not before.heads or max((*before.columns, *before.passed, 0)) + 1 < width:
            layout.trouble = "no_head"
            return layout
        layout.goes_on = True
        paths = {column: before.heads.get(column, []) for column in range(width)}
    layout.heads = paths
    for column, sign in layout.signs.items():
        paths[column] = paths[column] or paths[sign]
    figures = _figure_columns(block, paths, layout)
    if layout.trouble:
        return layout
    of_figures = set(figures)
    stubs = [column for column in range(width) if column not in of_figures and column not in layout.passed]
    unit_column = next((c for c in stubs if _is_unit_column(block, paths[c], c)), None)
    stubs = [column for column in stubs if column != unit_column]
    _read_columns(block, figures, layout)
    months_so_far(layout.columns)
    compared_with_the_year_before(layout.columns)
    heads_of_places(layout.columns)
    shares_compared(layout.columns)
    share_units(layout.columns)
    parts_by_whom(layout.columns, block)
    share_units_of_wholes(layout.columns, block)
    levels = [column for column, one in layout.columns.items() if one.role == "level" and not (one.unit and one.unit.family == "ratio")]
    layout.rows, layout.labels, layout.units, layout.parts = read_rows(block, paths, figures, levels, stubs, unit_column)
    _count_from_the_republic(layout)
    layout.deed = next((deed for column in stubs if (deed := deed_over(paths[column]))), "")
    _check(block, layout, stubs)
    return layout


def _read_columns(block: Block, figures: Sequence[int], layout: Layout) -> None:
    """Put down what the heads of the columns of figures say, of which some are parts of those before them."""
    parent: Facet | None = None
    part: Facet | None = None
    for column in figures:
        facet = _facet_of([cell.text for cell in layout.heads[column]])
        if column in layout.signs or is_compared(facet, block, column):
            facet = signed_facet(facet, layout.heads[column])
        facet = share_in_cells(facet, block, column)
        if layout.listed and tells_moves(block, column):
            facet = replace(facet, role="change")
        facet = of_the_one_before(among(facet, parent), layout.columns)
        facet = as_the_part_before(facet, part, parent)
        if facet.of_which and parent is not None and facet.names and narrows(facet.names[-1]):
            facet = replace(facet, names=parent.names + facet.names, unit=facet.unit or parent.unit)
        elif not facet.of_which:
            parent = facet
        part = facet if facet.of_which else part if facet.role != "level" else None
        before = layout.columns.get(column - 1)
        layout.columns[column] = on_the_same(share_of_a_change(facet, before, block, column), before)


def _count_from_the_republic(layout: Layout) -> None:
    """Read years by two figures as those beside them by three are, where some are."""
    if not any(counts_from_the_republic(cell.text) for cells in (*layout.heads.values(), *layout.labels) for cell in cells):
        return
    for column, facet in layout.columns.items():
        for cell in layout.heads[column]:
            facet = replace(facet, when=of_the_republic(cell.text, facet.when))
        layout.columns[column] = facet
    for row, labels in enumerate(layout.labels):
        for cell in labels:
            layout.rows[row] = replace(layout.rows[row], when=of_the_republic(cell.text, layout.rows[row].when))


def _figure_columns(block: Block, paths: dict[int, list[Cell]], layout: Layout) -> list[int]:
    """The columns that hold figures; those of ordinals and remarks go into `passed`."""
    kinds: dict[int, Counter[str]] = {column: Counter() for column in range(block.width)}
    for row in block.body:
        for column, cell in enumerate(row):
            if cell is not None:
                kinds[column]["remarked" if is_remarked(cell.text) else kind_of(cell.text)] += 1
    found: list[int] = []
    for column in range(block.width):
        head = without_marks(paths[column][-1].text) if paths[column] else ""
        count = kinds[column]
        numbers = count["number"] + count["year"]
        if column in layout.signs.values():
            layout.passed.add(column)
        elif is_kind(head, "direction") and not numbers:
            layout.direction = column
            layout.passed.add(column)
        elif is_kind(head, "ordinal") or (column == 0 and (len(head) < 2 or _stand_before_labels(block)) and _counts_up(block)):
            layout.passed.add(column)
        elif is_kind(head, "period_column") and column <= 2 and not (found and numbers == 0):
            continue
        elif (is_kind(head, "remark") and (found or (numbers == 0 and column))) or (
            found and numbers == 0 and count["text"] and not read_facet(head).unit and not _is_unit_column(block, paths[column], column)
        ):
            layout.passed.add(column)
        elif (numbers == 0 and not (count["nothing"] or not count)) or count["text"] + count["period"] > numbers + count["nothing"]:
            mixed = numbers and (found or _stands_for_labels(block, column))
            layout.trouble = "mixed" if mixed else layout.trouble
            found += [column] if not mixed and _are_spoilt(block, head, column) else []
        elif not found and (_stands_for_labels_alone(block, head, count) if column == 0 else not head and _tells_again(block, column)):
            continue
        elif numbers or found or (column > 0 and head):
            found.append(column)
    if not any(kinds[column]["number"] + kinds[column]["year"] for column in found):
        layout.trouble = layout.trouble or "no_figures"
    return found


def _are_spoilt(block: Block, head: str, column: int) -> bool:
    """Whether the cells of a column under the head of figures hold digits without words that are no figures (1,23,456): they label nothing."""
    facet = read_facet(head)
    cells = [cell for row in block.body if column and column < len(row) and (cell := row[column]) is not None]
    return (facet.when is not None or facet.unit is not None) and bool(cells) and all(is_spoilt(cell.text) for cell in cells)


def _stands_for_labels_alone(block: Block, head: str, count: Counter[str]) -> bool:
    """Whether what looks like figures in the first column labels the rows: years under a head that allows it, or sizes of groups."""
    if block.width < 2:
        return False
    if head and are_labels(block.body):
        return True
    years = (count["year"] and not count["number"]) or not count["number"] + count["year"]
    return bool(years) and (not head or _heads_times(head)) and len(block.body) > 0


def _tells_again(block: Block, column: int) -> bool:
    """Whether a column without a head only tells again the years that the labels on its left do: 民国110年 | 2021."""
    times = [[read_when(cell.text) if cell is not None else None for cell in row[column - 1 : column + 1]] for row in block.body if column < len(row)]
    return bool(times) and all(one is not None and one == other for one, other in times)


def _stands_for_labels(block: Block, column: int) -> bool:
    """Whether figures stand in a column of labels, in rows whose label stands further left: the row is out of place."""
    return any(
        column < len(row)
        and (cell := row[column]) is not None
        and kind_of(cell.text) == "number"
        and any(left is not None and left is not cell and kind_of(left.text) == "text" for left in row[:column])
        for row in block.body
    )


def _heads_times(head: str) -> bool:
    return is_kind(head, "period_column") or is_kind(head, "item_column") or (read_when(head) is None and read_facet(head).unit is None)


def _counts_up(block: Block) -> bool:
    """Whether the first column numbers the rows: 1 2 3, or 1. 4. 10. where some are left out."""
    if block.width > 2 and all(ORDINAL.fullmatch(row[0].text) for row in block.body if row and row[0] is not None):
        return any(row and row[0] is not None for row in block.body)
    firsts = [read_value(row[0].text) for row in block.body if row and row[0] is not None]
    numbers = [int(value.amount) for value in firsts if value is not None and value.resolution == 1]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) and len(numbers) * 2 > len(block.body) and block.width > 2


def _stand_before_labels(block: Block) -> bool:
    """Whether what stands in the first column has words behind it in every row of a figure there, three at least, as the numbers of rows have."""
    behind = [row[1] for row in block.body if len(row) > 1 and row[0] is not None and kind_of(row[0].text) == "number"]
    return len(behind) > 2 and all(cell is not None and kind_of(cell.text) == "text" for cell in behind)


def _is_unit_column(block: Block, path: list[Cell], column: int) -> bool:
    cells = [row[column] for row in block.body if column < len(row)]
    filled = [cell for cell in cells if cell is not None]
    known = sum(1 for cell in filled if read_unit(cell.text) or kind_of(cell.text) == "nothing")
    if path and is_kind(path[-1].text, "unit_column"):  # units that no list has stand there too
        return 2 * known >= len(filled) > 0 and all(unit_written(cell.text) or kind_of(cell.text) == "nothing" for cell in filled)
    return not path and known == len(filled) > 0


def _facet_of(words: list[str]) -> Facet:
    facet = Facet()
    for text in words:
        facet = read_facet(text).under(facet)
    return facet


def _check(block: Block, layout: Layout, stubs: list[int]) -> None:
    """Say what stands against reading the block."""
    filled = [
        index
        for index, row in enumerate(block.body)
        if any(c < len(row) and (cell := row[c]) is not None and kind_of(cell.text) == "number" for c in layout.columns)
    ]
    if any(facet.when is not None and facet.when.short for facet in (*layout.rows, *layout.columns.values())):
        layout.trouble = "days"
    elif _across_years([cell.text for cells in (*layout.heads.values(), *layout.labels) for cell in cells]):
        layout.trouble = "across_years"
    elif len(filled) > 1 and any(not layout.labels[index] for index in filled):
        layout.trouble = "no_labels"
    elif not layout.listed and any(not layout.heads.get(column) for column in layout.columns if _has_figures(block, column)):
        layout.trouble = "no_head"


def _across_years(words: list[str]) -> bool:
    """Whether times run across two years (2010-11, 2011-12): all that look like it do, and there are several."""
    found = {(pair[1], pair[2]) for word in words if (pair := _ACROSS.fullmatch(word.strip()))}
    return len(found) > 1 and all((int(year) + 1) % 100 == int(end) for year, end in found)


def _has_figures(block: Block, column: int) -> bool:
    return any(column < len(row) and (cell := row[column]) is not None and kind_of(cell.text) in ("number", "year") for row in block.body)


def quoted(cells: list[Cell]) -> Iterator[str]:
    """The words of heads and labels for a quote, none of them long."""
    for cell in cells:
        yield cell.text if len(cell.text) <= 40 else cell.text[:39] + "…"
