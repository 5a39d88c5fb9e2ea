"""Heads whose spans a copy has lost: which of the upper heads stand over several columns, and over which.

Every way in which the heads of some rows can stand over the columns is weighed by what the heads say (其中, 合计, the same heads under each of
several) and by what the figures under them add up to. Heads are put in place only where one way is better than all that say something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ...lexicon.wordlists import alternation
from ...lexicon.wordlists import words as words_of
from .fields import Field, amount_of
from .trees import BLANKS, OF_WHICH, OVER_LABELS, UNIT_BEHIND, WHOLE, Node, Way, spots, ways

# More ways than these are not looked through; the best must be so far ahead of the next that says something else, and be worth so much itself.
MOST_WAYS, AHEAD, ENOUGH = 4_000, 1.0, 1.0
_PARTED = frozenset(words_of("heads_with_parts"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_RATIO = re.compile(rf"[%％‰]|{alternation('heads_in_percent')}")
_COUNT = re.compile(rf"(?:{alternation('heads_in_numbers')})$")


_NUMBERS = re.compile(rf"(?:{alternation('changes_in_numbers')}|{alternation('measure_heads')})$")
_COMPARED = frozenset(words_of("comparison_heads"))
_PERCENT = re.compile(rf"[%％]|(?:{alternation('rates')}|{alternation('changes_in_percent')})$")


class Head(NamedTuple):
    """A head in its place: its words, the row and the column it begins in, and how many of both it covers."""

    field: Field
    row: int
    column: int
    rows: int
    columns: int


def fit(rows: Sequence[Sequence[Field]], labels: int, body: Sequence[Sequence[str]]) -> list[Head] | None:
    """The heads of some rows over `labels` columns of labels and the columns of figures of `body`; None where no one way is certain."""
    found = _best(ways(rows, labels, len(body[0])), labels, body)
    return found[1] if found is not None else None


def fit_run(
    fields: Sequence[Field], labels: int, body: Sequence[Sequence[str]], ends: frozenset[int] = frozenset(),
) -> tuple[float, list[Head]] | None:  # fmt: skip
    """As `fit`, for heads that stand in one run, so that only `ends` (of cells), if anything, say where the second row of them begins.

    Before them stands how much speaks for them.
    """
    uppers = [upper for upper in range(1, len(fields) - 1) if fields[upper - 1][2] in ends] or range(1, len(fields) - 1)
    options = (way for upper in uppers for way in ways([fields[:upper], fields[upper:]], labels, len(body[0]), apart=False))
    return _best(options, labels, body, told=True)


def _best(options: Iterable[Way], labels: int, body: Sequence[Sequence[str]], told: bool = False) -> tuple[float, list[Head]] | None:
    """What the best way is worth and its heads, in place; None where there is none, or another one that says something else is nearly as good.

    `told` asks of the only way too that something speaks for it.
    """
    scored: dict[tuple, tuple[float, Way]] = {}
    columns = [_Column([row[i] if i < len(row) else "" for row in body]) for i in range(len(body[0]))]  # rows may stop short
    for count, way in enumerate(options):
        if count > MOST_WAYS:
            return None
        worth = _worth(way, columns, bool(labels))
        if worth is not None:
            said = tuple(path for node in way.nodes for path in _paths(node))
            if said not in scored or scored[said][0] < worth:
                scored[said] = worth, way
    ranked = sorted(scored.values(), key=lambda pair: -pair[0])
    if not ranked or ((told or len(ranked) > 1) and ranked[0][0] < ENOUGH):
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD:
        return None
    return ranked[0][0], _in_place(ranked[0][1], labels)


def _paths(node: Node) -> Iterator[tuple[str, ...]]:
    """The words over each column under a head, from the outermost."""
    words = _bare(node)
    if not node.under:
        yield (words,)
    for below in node.under:
        for path in _paths(below):
            yield (words, *path)


def _bare(node: Node) -> str:
    """The words of a head without blanks and without the unit behind a total."""
    words = BLANKS.sub("", node.field[0])
    plain = UNIT_BEHIND.sub("", words)
    return plain if plain in WHOLE else words


class _Column:
    """The figures of a column, and what they look like."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.amounts = [amount_of(cell) for cell in cells]
        known = [amount for amount in self.amounts if amount is not None]
        self.percent = any("%" in cell or "％" in cell for cell in cells)
        self.whole = bool(known) and all(amount == amount.to_integral_value() for amount in known) and any(amount > 100 for amount in known)


def _worth(way: Way, columns: Sequence[_Column], labelled: bool) -> float | None:
    """How much speaks for a way; None for what cannot be. Labels mostly have a head."""
    paths = [path for node in way.nodes for path in _paths(node)]
    levels = [path for path in paths if not _RATIO.search(path[-1])]
    if len(set(levels)) < len(levels) or any(path[-1] in OF_WHICH for path in paths):
        return None
    worth = sum(_of_column(path, column) for path, column in zip(paths, columns, strict=True)) - (2.0 if labelled and not way.stubs else 0.0)
    for node, _, at, size, begin in spots(way.nodes):
        worth += _of_group(node, columns[at : at + size], columns[at - 1] if at > begin else None)
    return worth + _alike(way.nodes)


def _of_column(path: tuple[str, ...], column: _Column) -> float:
    """Whether the figures of a column are what its heads say."""
    ratio = any(_RATIO.search(word) for word in path)
    if column.percent and not ratio:
        return -1.0
    if ratio and column.whole and _RATIO.search(path[-1]):
        return -2.0
    return 0.5 if ratio and column.percent else 0.0


def _of_group(node: Node, columns: Sequence[_Column], before: _Column | None) -> float:
    """What speaks for a head with those directly under it."""
    words = _bare(node)
    if not node.under:
        return 0.0
    if words in OVER_LABELS or (_YEAR.match(words) and any(_YEAR.match(_bare(child)) for child in node.under)):
        return -3.0  # no year has years under it
    worth = 3.0 if words in OF_WHICH or words in _PARTED else 0.3 if _COUNT.search(words) else 0.0
    worth += _in_units(node)
    worth += 2.0 if tells_changes(words, [_bare(child) for child in node.under]) else 0.0
    names = [_bare(child) for child in node.under]
    wholes = [i for i, name in enumerate(names) if name in WHOLE]
    worth += sum(1.5 if i in (0, len(names) - 1) else -1.5 for i in wholes)
    worth += min(1.0, 0.3 * sum(1 for name in names if _share_a_word(words, name)))
    if all(not child.under for child in node.under):
        worth += _sums(columns, before, wholes, [_RATIO.search(name) is not None for name in names])
    elif len(wholes) == 1 and _adds_up_deep(node.under, columns):
        worth += 4.0
    return worth + _alike(node.under)


def heads_parts(words: str) -> bool:
    """Whether a head is one that stands over others by what it says: 其中, 与去年同期比较."""
    return words in OF_WHICH or words in _COMPARED or _RATIO.search(words) is not None


def tells_changes(head: str, names: Sequence[str]) -> bool:
    """Whether a head is one of changes, and what stands under it tells them in numbers and in per cent: 绝对数 | %."""
    if _RATIO.search(head) is None and head not in _COMPARED:
        return False
    if len(names) != 2 or _PERCENT.search(names[0]) is not None or _PERCENT.search(names[1]) is None:
        return False
    return names[0] in _COMPARED or _NUMBERS.search(names[0]) is not None


def _in_units(node: Node) -> float:
    """Whether a head and those under it print one unit: 罚没金额（元） is none over 合计（宗）."""
    own, printed = _unit_of(node), {unit for one in node.under if (unit := _unit_of(one))}
    if not own or not printed:
        return 0.0
    return 1.0 if printed == {own} else -2.0 if own not in printed else 0.0


def _share_a_word(one: str, other: str) -> bool:
    return any(one[i : i + 2] in other for i in range(len(one) - 1))


def _alike(nodes: Sequence[Node]) -> float:
    """Groups with the same heads under each, or with heads that count in the same units in the same order (起, 起, 人)."""
    under = [tuple(map(_bare, node.under)) for node in nodes if node.under]
    counted = [tuple(map(_unit_of, node.under)) for node in nodes if node.under]
    in_units = len(counted) > 1 and len(set(counted)) == 1 and len(set(counted[0])) > 1 and all(counted[0])
    return max(3.0 * (len(under) - len(set(under))), 1.5 if in_units else 0.0)


def _unit_of(node: Node) -> str:
    """The unit that stands in brackets behind a head, "" for none."""
    found = UNIT_BEHIND.search(BLANKS.sub("", node.field[0]))
    return found[0].strip("（()）") if found is not None else ""


def _sums(columns: Sequence[_Column], before: _Column | None, wholes: Sequence[int], ratios: Sequence[bool]) -> float:
    """Whether the columns of a group that are no ratios add up: to the one before them, or the others to that of their total."""
    rows = range(len(columns[0].amounts))
    rest = [column for i, column in enumerate(columns) if i not in wholes and not ratios[i] and not column.percent]
    if len(wholes) == 1 and len(rest) > 1:
        return 4.0 if _adds_up(columns[wholes[0]], rest, rows) else -0.5
    return 4.0 if before is not None and len(rest) > 1 and _adds_up(before, rest, rows) else 0.0


def _adds_up_deep(nodes: Sequence[Node], columns: Sequence[_Column]) -> bool:
    """Whether the one total among some heads is what the columns under the others come to: of each its own total, or all of them."""
    total: _Column | None = None
    rest: list[_Column] = []
    at = 0
    for node in nodes:
        paths = list(_paths(node))
        own = list(zip(paths, columns[at : at + len(paths)], strict=True))
        at += len(paths)
        if not node.under and _bare(node) in WHOLE:
            total = own[0][1]
        else:
            totals = [column for path, column in own if len(path) == 2 and path[1] in WHOLE]
            rest += totals or [column for path, column in own if not column.percent and not _RATIO.search(path[-1])]
    return total is not None and len(rest) > 1 and _adds_up(total, rest, range(len(total.amounts)))


def _adds_up(total: _Column, parts: Sequence[_Column], rows: Iterable[int]) -> bool:
    sums: list[tuple[Decimal, Decimal]] = []
    for row in rows:
        amount, others = total.amounts[row], [part.amounts[row] or Decimal(0) for part in parts]
        if amount is not None:
            sums.append((amount, sum(others, Decimal(0))))
    return any(amount > 1 for amount, _ in sums) and all(amount == added for amount, added in sums)


def _in_place(way: Way, labels: int) -> list[Head]:
    """The heads of a way, those of labels over as many columns as there are."""
    found = []
    for i, field in enumerate(way.stubs):
        columns = labels - i if i == len(way.stubs) - 1 else 1
        found.append(Head(field, 0, i, way.depth, columns))
    for node, row, column, columns, _ in spots(way.nodes, column=labels):
        found.append(Head(node.field, row, column, 1 if node.under else way.depth - row, columns))
    return found
