"""The trees that rows of heads can be where a copy has lost what each of them spans: every way to set the lower ones under the upper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from ...lexicon.wordlists import words as words_of
from .fields import Field

UNIT_BEHIND, BLANKS = re.compile(r"[（(][^()（）]*[)）]$"), re.compile(r"\s+")
WHOLE, OF_WHICH = (frozenset(words_of(name)) for name in ("whole_heads", "heads_of_parts"))
_HEADS_OF_LABELS = ("ordinal_heads", "period_column_heads", "item_column_heads", "place_column_heads", "case_column_heads", "sort_heads")
OVER_LABELS = frozenset(word for name in _HEADS_OF_LABELS for word in words_of(name))
# No table has more rows of heads; the ways to read them grow with a power of their number.
DEEPEST = 8


class Node(NamedTuple):
    """A head with those under it, in the order of the columns."""

    field: Field
    under: tuple[Node, ...] = ()


class Spot(NamedTuple):
    """A node in its place: its row and first column, how many columns it stands over, and the first column of the group it is in."""

    node: Node
    row: int
    column: int
    columns: int
    begin: int


class Way(NamedTuple):
    """One way to read some rows of heads: those of the labels, and those over the figures."""

    stubs: tuple[Field, ...]
    nodes: tuple[Node, ...]
    depth: int


def ways(rows: Sequence[Sequence[Field]], labels: int, width: int, apart: bool = True) -> Iterator[Way]:
    """The ways to read some rows of heads over so many labels and so many columns of figures; `apart` says that the text parts the rows."""
    if len(rows) > DEEPEST:
        return
    for at, row in enumerate(rows):
        for own in dict.fromkeys((labels, min(labels, 1), 0)):
            whole = apart and at == len(rows) - 1 and own and len(row) == own + width  # a last row that is as wide as the table
            if own > len(row) - 1 or (at and not whole and (not own or BLANKS.sub("", row[0][0]) not in OVER_LABELS)):
                continue
            for nodes in _grown([list(one[own:] if i == at else one) for i, one in enumerate(rows)], width):
                yield Way(tuple(row[:own]), nodes, len(rows))


def _grown(rows: Sequence[list[Field]], width: int) -> Iterator[tuple[Node, ...]]:
    """The trees of heads with `width` leaves that have some rows as their levels."""
    if len(rows) == 1:
        if len(rows[0]) == width:
            yield tuple(Node(field) for field in rows[0])
        return
    upper, lower = rows[0], rows[1:]
    # Of the upper heads so many have others under them; what the levels below come to is the rest of the columns.
    for groups in range(1, len(upper) + 1):
        leaves = len(upper) - groups
        for below in _grown(lower, width - leaves) if leaves < width else ():
            yield from _joined(upper, groups, below)


def _joined(upper: list[Field], groups: int, below: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    """`groups` of the upper heads over the lower ones, in every order that keeps both; each over two at least, unless it is the only one."""
    least = 2 if groups > 1 or len(upper) > 1 else 1
    if len(below) < least * groups:
        return
    words = [UNIT_BEHIND.sub("", BLANKS.sub("", field[0])) for field in upper]
    must = {i for i, word in enumerate(words) if word in OF_WHICH}
    may = [i for i, word in enumerate(words) if word not in WHOLE]
    for chosen in combinations(may, groups):
        if not must <= set(chosen):
            continue
        for cuts in combinations(range(1, len(below)), groups - 1):
            edges = (0, *cuts, len(below))
            parts = [below[a:b] for a, b in pairwise(edges)]
            if any(len(part) < least for part in parts):
                continue
            under = dict(zip(chosen, parts, strict=True))
            yield tuple(Node(field, under.get(i, ())) for i, field in enumerate(upper))


def spots(nodes: Sequence[Node], row: int = 0, column: int = 0) -> Iterator[Spot]:
    """Some nodes side by side and all under them, each in its place, from `row` down and `column` on."""
    begin = column
    for node in nodes:
        size = _size(node)
        yield Spot(node, row, column, size, begin)
        yield from spots(node.under, row + 1, column)
        column += size


def _size(node: Node) -> int:
    return sum(map(_size, node.under)) or 1
