"""Heads on several lines over columns that stand under one another: which columns each head is over is told by where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from .fields import Field, is_unit
from .spans import Head, tells_changes
from .trees import BLANKS, OF_WHICH

# A head stands no further than this from the middle (or an edge) of what it is over, in signs of which a Hanzi is two; and of two ways to set
# the heads the better one is so much nearer. Columns that no head tells apart count as so much further.
NEAR, AHEAD, ALIKE = 3.5, 1.5, 3.0
# No table has more lines of heads, and no more ways to set them are looked through.
MOST_LINES, MOST_WAYS = 6, 2_000
Span = tuple[int, int]
Heads = list[tuple[Field, Span]]


class _Set(NamedTuple):
    """A head over the columns of figures from one to another, and how far to the right of their middle it stands."""

    field: Field
    span: Span
    first: int
    last: int
    off: float


Line = tuple[_Set, ...]


def set_over(lines: Sequence[Heads], columns: Sequence[Span], labels: int) -> list[Head] | None:
    """The heads of some lines, in place over `labels` columns of labels and the columns of figures behind them; None where no one way is certain.

    One line may have a head for each column, in their order; a head above is over the columns whose heads it stands in the middle of, one below is
    the end of that which it stands under. Each column has a head, and no two columns have the same.
    """
    if not 0 < len(lines) <= MOST_LINES or len(columns) <= labels:
        return None
    edge, figures = columns[labels][0], columns[labels:]
    own, stubs = list[Heads](), list[tuple[int, Field]]()
    for at, heads in enumerate(lines):
        count, stand = len(heads) - len(figures), sum(1 for _, (left, right) in heads[:labels] if left < columns[labels - 1][1] and right <= edge)
        count = count if 0 < count <= labels else stand
        stubs += [(at, field) for field, _ in heads[:count]]
        own.append(list(heads[count:]))
    way = _best(own, figures)
    if way is None:
        return None
    way = _with_their_ends(way, len(figures))
    found = [Head(field, at if number else 0, 0, 1 if number else at + 1, labels) for number, (at, field) in enumerate(stubs)]
    for at, line in enumerate(way):
        for one in line:
            above = any(other.first <= one.last and one.first <= other.last for upper in way[:at] for other in upper)
            top = at if above else 0  # a head without one above it reaches up to the first line
            found.append(Head(one.field, top, labels + one.first, at - top + 1, one.last - one.first + 1))
    return sorted(found, key=lambda head: (head.row, head.column))


def _best(lines: Sequence[Heads], columns: Sequence[Span]) -> list[Line] | None:
    """The one way to set the heads of all lines that is nearer than every other; None where there is none."""
    base = next((at for at in range(len(lines) - 1, -1, -1) if len(lines[at]) == len(columns) and _in_order(lines[at], columns)), None)
    places = [span for _, span in lines[base]] if base is not None else columns
    ways: list[list[Line]] = [[]]
    for at in range(len(lines) - 1, -1, -1):
        if at == base:
            whole = tuple(_Set(field, span, column, column, 0.0) for column, (field, span) in enumerate(lines[at]))
            ways = [[whole, *below] for below in ways]
            continue
        may_span = base is None or at < base
        ways = [[line, *below] for below in ways for line in _ways_of_a_line(lines[at], below, places, base is not None, may_span)]
        if not ways or len(ways) > MOST_WAYS:
            return None
    told = [(way, paths) for way in ways if all(paths := _paths(way, len(columns)))]
    ranked = sorted(((_distance(way, paths), way) for way, paths in told), key=lambda pair: pair[0])
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < AHEAD):
        return None
    return ranked[0][1]


def _in_order(heads: Heads, columns: Sequence[Span]) -> bool:
    """Whether heads that are as many as the columns each stand nearest to their own."""
    middles = [_middle(column) for column in columns]
    for at, (_, span) in enumerate(heads):
        nearest = min(range(len(columns)), key=lambda column: abs(_middle(span) - middles[column]))
        if nearest != at and not _meet(span, columns[at]):
            return False
    return True


def _ways_of_a_line(heads: Heads, below: Sequence[Line], places: Sequence[Span], based: bool, may_span: bool) -> Iterator[Line]:
    """The ways to set the heads of a line over those below it, from left to right."""
    ways: list[Line] = [()]
    for field, span in heads:
        own = [one for one in _options(field, span, below, places, based) if may_span or one.first == one.last]
        ways = [(*way, one) for way in ways for one in own if not way or way[-1].last < one.first]
        if len(ways) > MOST_WAYS:
            return
    yield from ways


def _options(field: Field, span: Span, below: Sequence[Line], places: Sequence[Span], based: bool) -> Iterator[_Set]:
    """The columns a head may be over: one, or several that have heads of their own, of which it cuts no group in two.

    `places` is where the heads stand that each column has (if it is `based` on them), or else its figures.
    """
    headed = [based or any(one.first <= column <= one.last for line in below for one in line) for column in range(len(places))]
    for first, last in [(i, i) for i in range(len(places))] + list(combinations(range(len(places)), 2)):
        if first < last and not all(headed[first : last + 1]):
            continue
        if any(_meet(span, places[i]) for i in (*range(first), *range(last + 1, len(places)))):
            continue
        if any(one.first < first <= one.last or one.first <= last < one.last for line in below for one in line):
            continue
        if not first and BLANKS.sub("", field[0]) in OF_WHICH:
            continue  # there is nothing before it that these could be of
        whole = places[first][0], places[last][1]
        off = _middle(span) - _middle(whole)
        if first == last and not headed[first] and _meet(span, (whole[0] - 1, whole[1] + 1)):
            off = min(off, span[0] - whole[0], span[1] - whole[1], key=abs)
        if abs(off) <= NEAR:
            yield _Set(field, span, first, last, off)


def _with_their_ends(way: list[Line], count: int) -> list[Line]:
    """The lines down to the one that has a head for each column, each of these with what stands under it in the lines below."""
    base = next((at for at in range(len(way) - 1, -1, -1) if len(way[at]) == count), len(way) - 1)
    whole = []
    for one in way[base]:
        words, start, end = one.field
        more = "".join(other.field[0] for line in way[base + 1 :] for other in line if other.first == one.first)
        whole.append(one._replace(field=(words + more, start, end)))
    return [*way[:base], tuple(whole)]


def _paths(way: Sequence[Line], count: int) -> list[tuple[str, ...]]:
    """The words over each column, from the uppermost; () for a column without a head."""
    return [tuple("".join(one.field[0].split()) for line in way for one in line if one.first <= column <= one.last) for column in range(count)]


def _distance(way: Sequence[Line], paths: Sequence[tuple[str, ...]]) -> float:
    """How far the heads of a way stand from what they are over, and those of a line one more than another.

    It is further where columns with one last head have the same above it, or only some of them any, or one has no more than a unit; it is less far
    where a group tells changes in numbers and in per cent.
    """
    depths: dict[str, set[int]] = {}
    for path in paths:
        depths.setdefault(path[-1], set()).add(len(path))
    uneven = len(set(paths)) < len(paths) or any(len(found) > 1 for found in depths.values())
    bare = len(way) > 1 and any(len(path) == 1 and is_unit(path[0]) for path in paths)
    groups = [(one.field[0], [path[-1] for path in paths[one.first : one.last + 1]]) for line in way for one in line if one.first < one.last]
    offs = [[one.off for one in line] or [0.0] for line in way]
    told = any(tells_changes("".join(head.split()), names) for head, names in groups)
    return max(max(map(abs, line)) + max(line) - min(line) for line in offs) + ALIKE * (uneven + bare - told)


def _middle(span: Span) -> float:
    return (span[0] + span[1]) / 2


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
