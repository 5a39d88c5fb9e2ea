"""Which rows are parts of a row above them without a word that says so: further in, or what comes to its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from math import prod

from ...documents.tables import Cell
from ...documents.tables.cells import BEGINS_A_CELL, BLANKS_BEFORE, width_of
from ...lexicon.parts import parse
from .composing import is_bare
from .facets import part_behind, read_facet
from .grid import Block
from .values import Row, read_value, without_marks
from .words import is_kind

# Labels stand at no more places than these where the places say something: more, and they are set in the middle of their column.
MOST_PLACES = 3
# So many figures of a row at least must be those of its parts together, one of them no smaller than this; if no more, so large taken together
# (multiplied) that chance makes siblings of parts in fewer than one table of a thousand.
FEWEST, SMALLEST, ENOUGH = 2, 10, 1000
# A row has no more parts than these.
MOST_PARTS = 60


def insets(text: str, block: Block) -> dict[int, int]:
    """How far in the labels of a block stand, by where they begin in the text: the blanks between them and what parts them from the cell before."""
    found: dict[int, int] = {}
    for row in block.body:
        for cell in row[:2]:
            if cell is None or cell.start in found:
                continue
            at = cell.start
            while at and text[at - 1] in BLANKS_BEFORE:
                at -= 1
            if not at or text[at - 1] in BEGINS_A_CELL:
                found[cell.start] = width_of(text[at : cell.start])
    return found


def parents_by_inset(block: Block, column: int) -> dict[int, int]:
    """Of each row of a block whose label stands further in than one above it, that row; {} where the places say nothing.

    What stands behind 其中 stands as far in as it begins, so that the rows under it that begin there too are parts as it is.
    """
    places: dict[int, int] = {}
    shown: dict[int, int] = {}
    for index, row in enumerate(block.body):
        cell = row[column] if column < len(row) else None
        if cell is None or is_kind(without_marks(cell.text), "whole"):
            continue
        if cell.start not in block.insets:
            return {}
        places[index] = block.insets[cell.start]
        behind = part_behind(cell.text)
        shown[index] = places[index] + (width_of(cell.text[: len(cell.text) - len(behind)]) if behind else 0)
    if len(set(places.values())) < 2 or len(set(places.values())) > MOST_PLACES or _are_centred(block, column, places):
        return {}
    found: dict[int, int] = {}
    path: list[int] = []
    for index, place in places.items():
        if not path and place > min(places.values()):
            return {}  # the first stands further in than others: they are set to the middle, or to the right
        while path and shown[path[-1]] >= place:
            path.pop()
        if path:
            found[index] = path[-1]
        path.append(index)
    return found


def _are_centred(block: Block, column: int, places: dict[int, int]) -> bool:
    """Whether shorter labels stand further in, as in the middle of a column."""
    ends = Counter(2 * place + width_of(cell.text) for index, place in places.items() if (cell := block.body[index][column]) is not None)
    return ends.most_common(1)[0][1] * 4 > 3 * len(places)


def parents_by_sums(block: Block, column: int, figures: Sequence[int]) -> dict[int, int]:
    """Of the rows that come to the figures of a row above them, all of them together and in all columns, that row.

    Where the lists of words know both by topics of their own (诈骗 under 盗窃), the parts need no whole to be named, and a sum is chance.
    """
    amounts = [_amounts(row, figures) for row in block.body]
    labels = [_label(row, column) for row in block.body]
    found: dict[int, int] = {}
    index = 0
    while index < len(amounts):
        count = 0 if _is_whole(labels[index]) else _parts_of(amounts, labels, index)
        found.update((index + n, index) for n in range(1, count + 1) if not _is_of_its_own(labels[index + n], labels[index]))
        index += count + 1
    return found


def comes_to(block: Block, column: int, figures: Sequence[int], index: int, first: int) -> bool:
    """Whether the rows from `first` on, without totals among them, come to the figures of the row `index` below them, in all columns."""
    rows = [_amounts(row, figures) for row in block.body[first:index] if not _is_whole(_label(row, column))]
    whole = _amounts(block.body[index], figures)
    return any(whole) and len(rows) > 1 and all(sum((row[n] or Decimal(0) for row in rows), Decimal(0)) == (of or 0) for n, of in enumerate(whole))


def columns_of_parts(block: Block, whole: int, others: Sequence[int]) -> list[int]:
    """The columns right behind a column that come to its figures in every row with figures, two at least of each: 办证 | 国内 | 涉外."""
    rows = [amounts for row in block.body if any(amounts := _amounts(row, (whole, *others)))]
    if len(rows) < FEWEST or any(row[0] is None for row in rows) or not _tells([row[0] for row in rows]):
        return []
    for count in range(2, len(others) + 1):
        if all(sum(amount or 0 for amount in row[1 : count + 1]) == row[0] for row in rows):
            return list(others[:count])
    return []


def _label(row: Row, column: int) -> Cell | None:
    return row[column] if column < len(row) else None


def _is_whole(cell: Cell | None) -> bool:
    return cell is None or is_kind(without_marks(cell.text), "whole")


def _is_of_its_own(label: Cell | None, whole: Cell | None) -> bool:
    """Whether a label has a topic by the lists that its whole, which has one too, does not have, or is what people did (投诉 under 收件总数)."""
    part, over = ("".join(read_facet(cell.text).names) if cell is not None else "" for cell in (label, whole))
    said, topics = parse(part), set(parse(over).topics)
    does = said.act is not None and not said.rest and not is_bare(part) and is_bare(over)
    return does or (bool(topics) and bool(set(said.topics) - topics))


def _amounts(row: Row, figures: Sequence[int]) -> list[Decimal | None]:
    cells = (row[column] if column < len(row) else None for column in figures)
    return [value.amount if cell is not None and (value := read_value(cell.text)) is not None else None for cell in cells]


def _tells(whole: Sequence[Decimal | None]) -> bool:
    """Whether the figures of a row are so many and large that others hardly come to all of them by chance."""
    known = [abs(amount) for amount in whole if amount]
    return len(known) >= FEWEST and max(known) >= SMALLEST and (len(known) > FEWEST or prod(known) >= ENOUGH)


def _parts_of(amounts: list[list[Decimal | None]], labels: list[Cell | None], index: int) -> int:
    """How many of the rows under a row add up to it, two at least of them with figures; 0 where none do, or where it may be chance."""
    whole = amounts[index]
    if not _tells(whole):
        return 0
    sums = [Decimal(0)] * len(whole)
    parts = 0
    for count, (row, label) in enumerate(zip(amounts[index + 1 : index + MOST_PARTS], labels[index + 1 : index + MOST_PARTS], strict=True), 1):
        if _is_whole(label):
            return 0
        parts += any(row)
        sums = [one + (other or 0) for one, other in zip(sums, row, strict=True)]
        if any(one > (most or 0) for one, most in zip(sums, whole, strict=True) if most):
            return 0
        if parts > 1 and all(one == (all_of or 0) for one, all_of in zip(sums, whole, strict=True)):
            return count
    return 0
