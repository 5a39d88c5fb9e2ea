"""Tables between ruled lines: the rules of a page make a lattice, its boxes are cells.

Rules are stroked lines, or filled boxes as thin as one; two boxes of the lattice are one cell where no rule parts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

# Points: what is thinner is a line; what is nearer is the same line; what a rule may fall short of another and still meet it.
THIN, NEAR, SHORT = 2.5, 2.5, 4.0
# More rules than these on a page are a drawing.
MOST_RULES = 20_000


class Rule(NamedTuple):
    """A horizontal (or vertical) rule at a height (or distance), from one end to the other."""

    at: float
    low: float
    high: float


class Lattice(NamedTuple):
    """The edges of rows (from the top) and of columns (from the left), and each cell as its first row and column and how many it covers."""

    ys: list[float]
    xs: list[float]
    cells: list[tuple[int, int, int, int]]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.ys[-1] <= y <= self.ys[0] and self.xs[0] - 3 <= x <= self.xs[-1] + 3

    def place(self, x: float, y: float) -> int | None:
        """Which cell a point lies in, None outside."""
        row = next((i for i in range(len(self.ys) - 1) if self.ys[i] + 1 >= y > self.ys[i + 1]), None)
        column = next((i for i in range(len(self.xs) - 1) if self.xs[i] <= x < self.xs[i + 1]), None)
        if row is None or column is None:
            return None
        return next((n for n, (r, c, rows, columns) in enumerate(self.cells) if r <= row < r + rows and c <= column < c + columns), None)


def lattices(page: Any) -> list[Lattice]:
    """The lattices of a page, from the top."""
    across, down = _rules(page)
    if len(across) + len(down) > MOST_RULES:
        return []
    found = [_lattice(group_across, group_down) for group_across, group_down in _groups(across, down)]
    return sorted((lattice for lattice in found if lattice is not None), key=lambda lattice: -lattice.ys[0])


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    from pypdfium2 import raw

    across, down = [], []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        for (x1, y1), (x2, y2) in _edges(item, raw):
            if abs(y1 - y2) <= THIN / 2 and abs(x1 - x2) > THIN:
                across.append(Rule((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
            elif abs(x1 - x2) <= THIN / 2 and abs(y1 - y2) > THIN:
                down.append(Rule((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
    return _merged(across), _merged(down)


def _edges(item: Any, raw: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight edges of a path, in the page's points."""
    from ctypes import c_float

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item.raw, matrix)
    start = before = None
    x, y = c_float(), c_float()
    for i in range(min(raw.FPDFPath_CountSegments(item.raw), 4000)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            yield before, point
        before = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            yield point, start


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules on one line that touch, as one."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][0].at <= NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    found = []
    for line in lines:
        at = sum(rule.at for rule in line) / len(line)
        low, high = None, None
        for rule in sorted(line, key=lambda r: r.low):
            if high is None or rule.low > high + SHORT:
                if high is not None:
                    found.append(Rule(at, low, high))
                low, high = rule.low, rule.high
            else:
                high = max(high, rule.high)
        found.append(Rule(at, low, high))
    return found


def _groups(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that meet one another, directly or through others."""
    parents = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    for i, one in enumerate(across):
        for j, other in enumerate(down, len(across)):
            if one.low - SHORT <= other.at <= one.high + SHORT and other.low - SHORT <= one.at <= other.high + SHORT:
                parents[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across + down):
        groups.setdefault(root(i), ([], []))[i >= len(across)].append(rule)
    yield from groups.values()


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    if len(across) < 3 or len(down) < 1:
        return None
    ys = _distinct((rule.at for rule in across), reverse=True)
    # The sides of many tables are open: there the rules across end.
    left, right = min(rule.low for rule in across), max(rule.high for rule in across)
    xs = _distinct([left, right, *(rule.at for rule in down)])
    if len(ys) < 3 or len(xs) < 3:
        return None
    return Lattice(ys, xs, _cells(ys, xs, across, down))


def _distinct(values: Iterable[float], reverse: bool = False) -> list[float]:
    found: list[float] = []
    for value in sorted(values, reverse=reverse):
        if not found or abs(value - found[-1]) > SHORT:
            found.append(value)
    return found


def _cells(ys: list[float], xs: list[float], across: list[Rule], down: list[Rule]) -> list[tuple[int, int, int, int]]:
    """Boxes joined where no rule parts them: to the right first, then downwards where they stay oblong."""
    found, taken = [], set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            columns = 1
            while (
                column + columns < len(xs) - 1
                and not _parted(down, xs[column + columns], ys[row + 1], ys[row])
                and (row, column + columns) not in taken
            ):
                columns += 1
            rows = 1
            while row + rows < len(ys) - 1 and not _parted(across, ys[row + rows], xs[column], xs[column + columns]):
                rows += 1
            taken.update((row + r, column + c) for r in range(rows) for c in range(columns))
            found.append((row, column, rows, columns))
    return found


def _parted(rules: list[Rule], at: float, low: float, high: float) -> bool:
    """Whether a rule runs along most of an edge."""
    covered = sum(max(0.0, min(rule.high, high) - max(rule.low, low)) for rule in rules if abs(rule.at - at) <= SHORT)
    return covered > 0.5 * (high - low)
