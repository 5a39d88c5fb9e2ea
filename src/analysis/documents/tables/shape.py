"""Whether the cells of a page are a table of figures, or a page laid out in cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .cells import Placed
from .delimited import PROSE, is_number
from .fields import is_figure

# A cell with more words than these is a paragraph.
LONGEST_CELL = 120


def holds_figures(placed: Sequence[Placed]) -> bool:
    """Whether some column (or row) is mostly numbers, and few cells are prose.

    >>> holds_figures([Placed("年份", 0, 0), Placed("立案", 0, 1), Placed("2019", 1, 0), Placed("5", 1, 1)])
    True
    """
    filled = [cell for cell in placed if cell.text]
    if len({cell.row for cell in filled}) < 2 or len({cell.column for cell in filled}) < 2:
        return False
    prose = sum(1 for cell in filled if len(cell.text) > LONGEST_CELL or (PROSE.search(cell.text) and len(cell.text) > 30))
    if prose * 8 > len(filled):
        return False
    numbers = [cell for cell in filled if is_number(cell.text) or (is_figure(cell.text) and any(map(str.isdigit, cell.text)))]
    for axis in (1, 2):
        of_all, of_numbers = (Counter(cell[axis] for cell in cells if cell[3 - axis] > 0) for cells in (filled, numbers))
        if any(2 * count >= of_all[line] for line, count in of_numbers.items() if line > 0):
            return True
    return False
