"""Heads of two rows whose spans a copy has lost, so that their cells stand too far left: put back where one place only is possible."""

from __future__ import annotations

from collections.abc import Sequence

from .delimited import PERIOD
from .fields import Field, is_figure


def under_their_heads(rows: list[list[Field]]) -> list[list[Field]]:
    """Rows with the second row of heads under the first, and both over the figures; the same rows where nothing was lost or nothing is certain."""
    if len(rows) < 3 or any(_holds_figures(row) for row in rows[:2]):
        return rows
    upper, lower = (_packed(row) for row in rows[:2])
    body = max((last for row in rows[2:] if (last := _last(row))), default=0)
    stubs = _stubs(rows[2:])
    if lower is None:
        return rows
    if upper is not None and stubs and len(lower) == body - stubs:
        found = spread(upper, lower, stubs)
        if found is not None:
            return [*found, *rows[2:]]
    moved = _into_gaps(rows[0], lower, len(rows[1]))
    return [rows[0], moved, *rows[2:]] if moved is not None else rows


def spread(upper: Sequence[Field], lower: Sequence[Field], stubs: int) -> list[list[Field]] | None:
    """Two rows of heads over `stubs` labels and a figure for each of `lower`, which must come again the same under each of `upper`.

    >>> two = spread([("收案", 0, 2), ("结案", 3, 5)], [("2019", 6, 10), ("2020", 11, 15), ("2019", 16, 20), ("2020", 21, 25)], 1)
    >>> [[words for words, _, _ in row] for row in two]
    [['', '收案', '', '结案', ''], ['', '2019', '2020', '2019', '2020']]
    """
    for labelled in (0, stubs):
        groups = list(upper[labelled:])
        size, rest = divmod(len(lower), len(groups)) if groups else (0, 1)
        words = [field[0] for field in lower]
        if rest or not size or (len(groups) > 1 and (size < 2 or words != words[:size] * len(groups))):
            continue
        start = upper[0][1]
        empty = ("", start, start)
        above = [*upper[:labelled], *[empty] * (stubs - labelled)]
        for group in groups:
            above += [group, *[empty] * (size - 1)]
        return [above, [*[empty] * stubs, *lower]]
    return None


def _into_gaps(head: list[Field], parts: list[Field], width: int) -> list[Field] | None:
    """Parts pushed to the left because the heads beside theirs reach down: under the head with empty places behind it, where they fill them."""
    words = [field[0] for field in head]
    places = [i for i, said in enumerate(words) if (not said and i) or (said and i + 1 < len(words) and not words[i + 1])]
    if len(parts) < 2 or len(parts) != len(places) or min(places) < len(parts) or max(places) >= width:
        return None
    row = [("", parts[0][1], parts[0][1])] * width
    for place, field in zip(places, parts, strict=True):
        row[place] = field
    return row


def _holds_figures(row: Sequence[Field]) -> bool:
    return any(is_figure(field[0]) and not PERIOD.fullmatch(field[0]) for field in row)


def _packed(row: Sequence[Field]) -> list[Field] | None:
    """The filled fields of a row that has none behind an empty one, else None."""
    filled = [field for field in row if field[0]]
    return filled if filled and all(field[0] for field in row[: len(filled)]) else None


def _last(row: Sequence[Field]) -> int:
    """How many fields a row has up to its last filled one, 0 where it has no figures."""
    if not any(is_figure(field[0]) for field in row):
        return 0
    return max(i for i, field in enumerate(row) if field[0]) + 1


def _stubs(rows: Sequence[Sequence[Field]]) -> int:
    """How many labels (the first may be a number of the row) stand before the first figure in every row that has figures; 0 where that differs."""
    found = set()
    for row in rows:
        figures = [i for i, field in enumerate(row) if is_figure(field[0])]
        if figures[:1] == [0] and len(row) > 1 and row[1][0] and figures[1:2] != [1]:
            figures = figures[1:]
        found.update(figures[:1])
    return found.pop() if len(found) == 1 else 0
