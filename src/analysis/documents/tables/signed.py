"""Signs that stand apart from their figures: + and - in a column of their own before the amounts of changes, or a line before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from .fields import Field, has_figure, is_figure

# No table has more columns of signs.
MOST = 20
_PLUS, _MINUS = frozenset("+＋"), frozenset("-－−–—﹣")
_ALONE = re.compile("[（(]?[+＋\\-－−–—﹣][)）]?")
Span = tuple[int, int]


def with_signs_in_place(text: str, rows: Sequence[list[Field]], spans: Sequence[Sequence[Span]]) -> list[list[Field]]:
    """Rows whose signs stand in columns of their own, each sign with the figure behind it.

    A column of signs holds nothing else but what begins with one. A dash is a sign only where one of these columns has a plus: else it may say that
    there is no figure.
    """
    places: list[Span] = sorted(
        span for row, own in zip(rows, spans, strict=True) for at, span in enumerate(own) if _is_sign_of(row, at)
    )  # fmt: skip
    columns: list[Span] = []
    for left, right in places:
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    if len(columns) > MOST:
        return list(rows)
    met = [(span, row, at) for row, own in zip(rows, spans, strict=True) for at, span in enumerate(own) if at]
    held = {column: [(row, at) for span, row, at in met if span[0] < column[1] and column[0] < span[1]] for column in columns}
    of_signs = {column: cells for column, cells in held.items() if all(_sign_of(row[at]) in _PLUS | _MINUS for row, at in cells)}
    if not any(_sign_of(row[at]) in _PLUS for cells in of_signs.values() for row, at in cells):
        return list(rows)
    begun = {(id(row), at) for cells in of_signs.values() for row, at in cells if _is_sign_of(row, at)}
    return [_joined(text, row, {at for at in range(len(row)) if (id(row), at) in begun}) for row in rows]


def with_signs_between_cells(text: str, rows: Sequence[list[Field]]) -> list[list[Field]]:
    """Rows of cells without the columns of signs that their heads leave no place for: each sign is one with the figure in the next cell."""
    body = [number for number, row in enumerate(rows) if has_figure(row[1:])]
    width = max((len(rows[number]) for number in body), default=0)
    held = {column: [row[column][0] for number in body if column < len(row := rows[number]) and row[column][0]] for column in range(1, width)}
    columns = {column for column, said in held.items() if said and all(map(_ALONE.fullmatch, said))}
    if not any("+" in said or "＋" in said for column in columns for said in held[column]):
        return list(rows)
    columns = {column for column in columns if held.get(column + 1) and all(said[0].isdigit() for said in held[column + 1])}
    over = rows[: body[0]] if body else []
    heads = max((sum(1 for field in row if field[0]) + sum(1 for _ in takewhile(lambda field: not field[0], row)) for row in over), default=0)
    if not columns or heads > width - len(columns):
        return list(rows)
    return [_without_signs(text, row, columns) if number in body else row for number, row in enumerate(rows)]


def _without_signs(text: str, row: list[Field], columns: set[int]) -> list[Field]:
    signs = {column for column in columns if column + 1 < len(row) and row[column][0] and row[column + 1][0]}
    return _joined(text, [field for column, field in enumerate(row) if column in signs or column not in columns], {
        column - sum(1 for other in columns if other < column and other not in signs) for column in signs
    })


def with_signs_behind_each_other(text: str, fields: Sequence[Field]) -> list[Field]:
    """The cells of a run with each sign and the figure behind it as one, where some are pluses; as they are else."""
    signs = {at for at in range(len(fields)) if _is_sign_of(fields, at)}
    return _joined(text, fields, signs) if any(_sign_of(fields[at]) in _PLUS for at in signs) else list(fields)


def _is_sign_of(row: Sequence[Field], at: int) -> bool:
    """Whether a cell is a sign alone and the one behind it a figure without one."""
    if at + 1 >= len(row) or _ALONE.fullmatch(row[at][0]) is None:
        return False
    behind = row[at + 1][0]
    return behind[0].isdigit() and is_figure(behind)


def _sign_of(field: Field) -> str:
    """What a cell begins with, in brackets or not: its sign, if it has one."""
    return field[0].lstrip("(（")[:1]


def _joined(text: str, row: Sequence[Field], signs: set[int]) -> list[Field]:
    found = []
    for at, field in enumerate(row):
        if at - 1 in signs:
            continue
        found.append((text[field[1] : row[at + 1][2]], field[1], row[at + 1][2]) if at in signs else field)
    return found
