"""A run of cells, empty ones among them, cut into rows of one width: the width at which the kinds of the cells agree down every column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .fields import Field, first_of_figures, is_figure

WIDEST, MOST_HEADS = 40, 4
# Of the cells of the rows of figures so large a part must be of the kind that is usual in its column.
AGREED = 0.9


def chopped(cells: Sequence[Field]) -> list[list[Field]] | None:
    """The rows of a run of cells; None where no width, or more than one, fits."""
    best: tuple[float, int, list[list[Field]]] | None = None
    for width in range(2, min(WIDEST, len(cells) // 2) + 1):
        rows = [list(cells[at : at + width]) for at in range(0, len(cells), width)]
        short = width - len(rows[-1])
        rows[-1] += [("", rows[-1][-1][2], rows[-1][-1][2])] * short
        rows = _behind_their_group(rows)
        agreed = _agreement(rows)
        if agreed is not None and agreed >= AGREED and (best is None or agreed > best[0]):
            best = agreed, width, rows
    return best[2] if best is not None else None


def _behind_their_group(rows: list[list[Field]]) -> list[list[Field]]:
    """Rows whose empty cell, under a label or a figure that spans them, got behind their figures: it is put back before them.

    All are so or whole, but the last, which may end in more empty cells.
    """
    first = first_of_figures(rows)
    heads, body = rows[:first], rows[first:]
    if not body or not all(field[0] for field in body[0]):
        return rows
    whole = [is_figure(words) for words, _, _ in body[0]]
    under_a_label = sum(not figure for figure in whole) > 1 and whole == sorted(whole)
    if not under_a_label and whole[:2] != [True, False]:
        return rows
    moved = [row if all(field[0] for field in row) else [row[-1], *row[:-1]] for row in body]
    return heads + moved if moved != body and all(_fits(row, whole, row is moved[-1]) for row in moved) else rows


def _fits(row: Sequence[Field], whole: Sequence[bool], is_last: bool) -> bool:
    """Whether the cells of a row are of the kinds of a whole one, but for the first, which may be empty, and those that the last row lacks."""
    said = [place for place, field in enumerate(row) if field[0]]
    if not said or (len(row) - 1 - said[-1] > 0 and not is_last) or not all(field[0] for field in row[1 : said[-1]]):
        return False
    return all(is_figure(row[place][0]) == whole[place] for place in said)


def _agreement(rows: Sequence[Sequence[Field]]) -> float | None:
    """How many of the cells of the rows of figures are of the kind usual in their column; None for what are no heads over a body."""
    first = first_of_figures(rows)
    heads, body = rows[:first], rows[first:]
    if not heads or len(heads) > MOST_HEADS or any(_has_gap(row) for row in heads) or all(not field[0] for field in heads[-1]):
        return None
    if len(rows) < 3 and not all(field[0] for field in rows[-1][1:]):
        return None
    columns = [[is_figure(row[column][0]) for row in body if row[column][0]] for column in range(len(rows[0]))]
    usual = [Counter(column).most_common(1)[0][0] if column else None for column in columns]
    if True not in usual[1:] or _is_shifted(body, usual) or _are_apart(heads, columns):
        return None
    if usual[0] is False and AGREED * len(body) > sum(not is_figure(row[0][0]) for row in body):
        return None
    shares = []
    for kind in (True, False):
        found = [usual[i] == kind for i, column in enumerate(columns) for one in column if one == kind]
        shares.append(sum(found) / len(found) if found else 1.0)
    return min(shares)


def _is_shifted(body: Sequence[Sequence[Field]], usual: Sequence[bool | None]) -> bool:
    """Whether rows are cut in their middle: figures begin them that do not number them, before labels, or some of those without labels only."""
    if False not in usual and len({bool(row[0][0]) for row in body}) > 1:
        return True
    firsts = [row[0][0] for row in body if row[0][0]]
    numbers = [int(words) for words in firsts if words.isdecimal()]
    return usual[0] is True and False in usual[1:] and (len(numbers) < len(firsts) or numbers != list(range(numbers[0], numbers[0] + len(numbers))))


def _are_apart(heads: Sequence[Sequence[Field]], columns: Sequence[Sequence[bool]]) -> bool:
    """Whether some heads stand over nothing, and some figures under nothing; or most figures do."""
    empty = any(head[0] and not column for head, column in zip(heads[-1], columns, strict=True))
    figures = [i for i, column in enumerate(columns) if True in column]
    headless = sum(not any(row[i][0] for row in heads) for i in figures)
    return (empty and headless > 0) or 2 * headless > len(figures)


def _has_gap(row: Sequence[Field]) -> bool:
    """Whether empty cells stand between others (not before the first, nor behind the last)."""
    places = [i for i, field in enumerate(row) if field[0]]
    return bool(places) and places[-1] - places[0] + 1 > len(places)
