"""What is shown of one sheet of a workbook, whichever of its formats it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .tables.cells import Placed, check_length

# White, as workbooks write it, and a size that nobody reads, in points.
WHITE, SMALLEST = {"rgb": ("FFFFFFFF", "00FFFFFF"), "theme": (0,), "indexed": (1, 9)}, 1


@dataclass(slots=True)
class Sheet:
    """What is shown of one sheet: its cells (rows and columns as in the sheet), how many rows and columns are hidden, how many cells have a figure
    that is struck out, or that their number format, size or colour does not show, and how many signs and places beyond their first its cells have."""

    name: str
    path: object
    placed: list[Placed] = field(default_factory=list)
    hidden: dict[str, int] = field(default_factory=dict)
    struck: int = 0
    unshown: int = 0
    characters: int = 0
    covered: int = 0

    def put(self, cell: Placed) -> None:
        """Add a cell; DocumentError where the sheet's words, which its cells may share, are more than a document has."""
        self.characters += len(cell.text)
        self.covered += cell.rows * cell.columns - 1
        check_length(self.characters, self.path)
        self.placed.append(cell)


def is_nought(size: str | None) -> bool:
    """Whether a row or column of that height or width (in points, in signs) has room for nothing: it is hidden too.

    >>> is_nought("0"), is_nought("0.00"), is_nought("0.5"), is_nought("1.5"), is_nought(None)
    (True, True, True, False, False)
    """
    return size is not None and re.fullmatch(r"0*(?:\.[0-9]*)?", size) is not None


def columns_of(spans: Iterable[tuple[int, int]]) -> set[int]:
    """The columns of some spans, first and last, which may lie over one another.

    >>> sorted(columns_of([(5, 6), (1, 2), (2, 3), (1, 1)]))
    [1, 2, 3, 5, 6]
    """
    columns: set[int] = set()
    reached = -1
    for first, last in sorted(spans):
        columns.update(range(max(first, reached + 1), last + 1))
        reached = max(reached, last)
    return columns
