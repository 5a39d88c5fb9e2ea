"""Rows of cells put into columns where a copy has lost what spans rows or columns: figures to the right, labels before them, heads over both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...lexicon.wordlists import words as words_of
from .broken import ends_before_labels, filled
from .cells import Cell
from .fields import Field, is_figure, is_time, is_unit, numbered_as
from .labels import Shape, Standing, label_count, labels_in_place
from .spans import AHEAD, Head, fit, fit_run
from .trees import OVER_LABELS

# Of the rows of figures so large a part may have lost a cell; where more have, nothing is certain.
MOST_LOST = 0.5
_UNITS = re.compile(r"单位\s*[:：]")
_BLANKS = re.compile(r"\s+")
_WHOLE, _REMARKS = frozenset(words_of("whole_heads")), frozenset(words_of("remark_heads"))


class Placed(NamedTuple):
    """Cells in their columns, the rows that have lost a cell (not among them), and what stands against reading the rest."""

    cells: list[Cell]
    lost: list[list[Field]]
    doubt: str = ""


def placed(rows: Sequence[Sequence[Field]], ended: bool = False) -> Placed | None:
    """The cells of some rows in their columns; None where no row holds figures, or nothing is lost.

    `ended` says that every row prints all its cells, so that a shorter one has lost some (and not only empty ones at its end).
    """
    whole = [filled(row) for row in rows]
    wide = next((number for number, row in enumerate(whole) if len(row) > 1), len(whole))
    body = [number for number, row in enumerate(whole) if _holds_figures(row, under_a_head=number > wide)]
    if not body:
        return None
    standing = labels_in_place(rows, body, ended)
    for number in body if standing else ():
        whole[number] = list(rows[number])
    shape = Standing(standing, max(len(rows[number]) for number in body)) if standing else Shape([whole[number] for number in body])
    short = ended and _are_short([len(rows[number]) for number in body], max((len(row) for row in rows[: body[0]]), default=0))
    cut = ended and _are_cut(rows[: body[0]], shape.labels + shape.figures)
    if not short and not cut and not _has_lost(rows, whole, body, shape):
        return None
    cells: list[Cell] = []
    lost: list[list[Field]] = []
    heads, titles = _heads(whole[: body[0]])
    for number, title in enumerate(titles):
        cells.append(Cell(*title, number, 0))
    at = len(titles)
    groups = heads[len(heads) - _groups_behind(heads, shape.figures) :]
    heads = heads[: len(heads) - len(groups)]
    if (not cut and _is_explicit(heads, shape.labels + shape.figures)) or _are_padded(rows[: body[0]], shape.labels + shape.figures):
        in_place = [Head(field, r, c, 1, 1) for r, row in enumerate(heads) for c, field in enumerate(row) if field[0]]
    else:
        heads = [[field for field in row if field[0]] for row in heads]
        in_place = head_cells(heads, shape.labels, shape.figures_of(whole[number] for number in body))
    if heads and in_place is None:
        return Placed([], [], "alignment")
    cells += [Cell(*head.field, at + head.row, head.column, head.rows, head.columns) for head in in_place or ()]
    at += len(heads)
    cells += [Cell(*field, at + number, 0) for number, row in enumerate(groups) for field in row if field[0]]
    at += len(groups)
    full, of_body = max((whole[number] for number in body), key=len), frozenset(body)
    for number in range(body[0], len(whole)):
        row = whole[number]
        if standing or number not in of_body or label_count(row) == len(row) or ends_before_labels(row, full):
            cells += [Cell(*field, at, column) for column, field in enumerate(row) if field[0]]
        elif len(row) - label_count(row) != shape.figures:
            lost.append(list(row))
        else:
            cells += body_cells(row, shape, at)
        at += 1
    if len(lost) > MOST_LOST * len(body):
        return Placed([], [], "alignment")
    return Placed(cells, lost)


def body_cells(row: Sequence[Field], shape: Shape, at: int) -> Iterator[Cell]:
    """The cells of a row of figures that has lost none of them."""
    labels = [field for field in row[: label_count(row)] if field[0]]
    for field, column in zip(labels, shape.columns_of(labels), strict=True):
        yield Cell(*field, at, column)
    for place, field in enumerate(row[len(row) - shape.figures :]):
        if field[0]:
            yield Cell(*field, at, shape.labels + place)


def cells_of(rows: Sequence[Sequence[Field]]) -> tuple[Cell, ...]:
    """The cells of some rows where they stand."""
    return tuple(Cell(*field, r, c) for r, row in enumerate(rows) for c, field in enumerate(row) if field[0])


def head_cells(rows: list[list[Field]], labels: int, body: Sequence[Sequence[str]]) -> list[Head] | None:
    """The heads of some rows over labels and figures, in place; None where they are not certain. One row may stand for a run of heads."""
    if not rows or not body:
        return [] if not rows else None
    found = _head_cells(rows, labels, body)
    if found is None and rows[0][-1][0] in _REMARKS:
        return _head_cells([rows[0][:-1], *rows[1:]], labels, body)  # a column of remarks that is empty
    return found


def _head_cells(rows: list[list[Field]], labels: int, body: Sequence[Sequence[str]]) -> list[Head] | None:
    width = len(body[0])
    if len(rows) > 1:
        return _over_units(rows, labels, body) or fit(rows, labels, body)
    row = rows[0]
    if len(row) == labels + width:
        return [Head(field, 0, column, 1, 1) for column, field in enumerate(row)]
    first = _BLANKS.sub("", row[0][0])
    if len(row) == width and (not labels or first not in OVER_LABELS):
        return [Head(field, 0, labels + column, 1, 1) for column, field in enumerate(row)]
    if labels > 1 and len(row) == width + 1:
        return [Head(row[0], 0, 0, 1, labels), *(Head(field, 0, labels + column, 1, 1) for column, field in enumerate(row[1:]))]
    return None


def _over_units(rows: list[list[Field]], labels: int, body: Sequence[Sequence[str]]) -> list[Head] | None:
    """The heads of some rows over a last one that says in what each column of figures counts; None for any others."""
    own = [field for field in rows[-1] if field[0]][-len(body[0]) :]
    if len(own) < len(body[0]) or not all(is_unit(field[0]) for field in own):
        return None
    found = head_cells(rows[:-1], labels, body)
    if found is None:
        return None
    return [*found, *_units_under(own, len(rows) - 1, labels)]


def _units_under(row: Sequence[Field], at: int, labels: int) -> list[Head]:
    return [Head(field, at, labels + column, 1, 1) for column, field in enumerate(row)]


def run_of_heads(
    fields: Sequence[Field], titles: int, labels: int, body: Sequence[Sequence[str]], ends: frozenset[int] = frozenset(),
) -> tuple[int, list[Head], int] | None:  # fmt: skip
    """How many titles stand before the heads of a run without row ends, the heads, and their rows; None where nothing is certain.

    `titles` is how many of the fields could be titles. One row of heads goes before one over all of it, and both before two rows;
    `ends` say where the upper of two ends, if anything does.
    """
    width = len(body[0])
    if len(fields) >= 2 * width + bool(labels) and all(is_unit(words) for words, _, _ in fields[-width:]):
        over = run_of_heads(fields[:-width], titles, labels, body, ends)
        return over and (over[0], [*over[1], *_units_under(fields[-width:], over[2], labels)], over[2] + 1)
    for count in range(titles + 1):
        one = head_cells([list(fields[count:])], labels, body) if count < len(fields) else None
        if one is not None:
            return count, one, 1
    for count in range(titles + 1):
        if not labels and len(fields) - count == width + 1:
            over = Head(fields[count], 0, 0, 1, width)
            return count, [over, *(Head(field, 1, column, 1, 1) for column, field in enumerate(fields[count + 1 :]))], 2
    two = [(*found, count) for count in range(titles + 1) if (found := fit_run(fields[count:], labels, body, ends)) is not None]
    two.sort(key=lambda found: (-found[0], found[2]))
    if not two or (len(two) > 1 and two[0][0] - two[1][0] < AHEAD and two[0][1] != two[1][1]):
        return None
    return two[0][2], two[0][1], 2


def _holds_figures(row: Sequence[Field], under_a_head: bool) -> bool:
    """Whether a row holds figures, or, under a head, a label and a year (of a figure that is not printed)."""
    if len(row) < 2:
        return False
    is_total = _BLANKS.sub("", row[0][0]) in _WHOLE
    labelled = under_a_head and row[0][0] and not is_time(row[0][0]) and (is_total or not all(is_time(words) for words, _, _ in row[1:]))
    if under_a_head and is_figure(row[0][0]) and not is_time(row[0][0]):
        return True
    return any((is_figure(words) and not is_time(words)) or (labelled and is_time(words)) for words, _, _ in row[1:])


def _are_short(widths: Sequence[int], heads: int) -> bool:
    """Whether most rows, or those that are as wide as the heads, are of one width, and some of less."""
    usual, count = Counter(widths).most_common(1)[0]
    usual = heads if heads in widths else usual
    return (2 * count > len(widths) or usual == heads) and min(widths) < usual


def _heads(rows: Sequence[list[Field]]) -> tuple[list[list[Field]], list[Field]]:
    """The rows of heads, and the lines of one cell above them."""
    kept = [row for row in rows if row]
    first = next((number for number, row in enumerate(kept) if not _is_line(row)), len(kept))
    return kept[first:], [field for row in kept[:first] for field in row if field[0]]


def _groups_behind(heads: Sequence[list[Field]], figures: int) -> int:
    """How many rows behind the last one of heads are lines that group the rows of the body: by their numbers ((一)本单位实施的), or under a row of
    as many heads as there are columns of figures."""
    count = 0
    while count < len(heads) - 1:
        said, above = ([words for words, _, _ in row if words] for row in (heads[-1 - count], heads[-2 - count]))
        if len(said) != 1 or (numbered_as(said[0]) is None and len(above) < figures):
            break
        count += 1
    return count


def _is_line(row: Sequence[Field]) -> bool:
    """Whether a row above the heads is a line of words: one cell, or cells that name units."""
    said = [words for words, _, _ in row if words]
    return len(said) < 2 or (len(said) < 4 and any(_UNITS.search(words) for words in said))


def _is_explicit(heads: Sequence[Sequence[Field]], width: int) -> bool:
    """Whether heads stand in their columns: all rows begin with an empty place or reach to the last column, one at least does."""
    reach = [len(row) == width for row in heads]
    gaps = [not all(field[0] for field in row) for row in heads]
    return any(reach) and all(one or other for one, other in zip(reach, gaps, strict=True)) and (len(heads) == 1 or any(gaps))


def _are_cut(rows: Sequence[Sequence[Field]], width: int) -> bool:
    """Whether a row of heads that ends before the others, though all print every cell, stands over more columns than it has cells."""
    heads = [row for row in rows if sum(1 for field in row if field[0]) > 1]
    return len(heads) > 1 and any(len(row) == width for row in heads) and any(len(row) < width and not row[0][0] for row in heads)


def _are_padded(rows: Sequence[Sequence[Field]], width: int) -> bool:
    """Whether rows of heads print every empty cell: all are as wide as the table, and a lower one begins where the one above ends in empty ones."""
    heads = [row for row in rows if sum(1 for field in row if field[0]) > 1]
    if len(heads) < 2 or any(len(row) != width for row in heads):
        return False
    return all(not below[0][0] and _begins(below) >= len(filled(above)) - 1 for above, below in pairwise(heads))


def _begins(row: Sequence[Field]) -> int:
    return next(i for i, field in enumerate(row) if field[0])


def _has_lost(rows: Sequence[Sequence[Field]], whole: Sequence[list[Field]], body: Sequence[int], shape: Shape) -> bool:
    """Whether a row has all its figures but not all labels, or heads stand where the head above spans."""
    width = shape.labels + shape.figures
    counts = [label_count(whole[number]) for number in body]
    if any(0 < count < shape.labels and len(whole[number]) - count == shape.figures for number, count in zip(body, counts, strict=True)):
        return True
    heads, _ = _heads(whole[: body[0]])
    heads = [row for row in heads if sum(1 for field in row if field[0]) > 1]
    if len(heads) == 1:
        return len(heads[0]) < width and all(field[0] for field in heads[0]) and len(set(map(len, rows))) > 1
    # A row of heads without a gap that ends before the last column has lost what it spans, or what stands before it.
    return len(heads) > 1 and any(row[0][0] and all(field[0] for field in row) and len(row) < width for row in heads)
