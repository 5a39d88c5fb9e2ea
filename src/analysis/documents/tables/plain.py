"""Tables inside plain text: between bars (Markdown, box drawings), tabs, aligned by spaces, or a cell a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from .aligned import aligned
from .barred import RULE, between_bars, between_tabs
from .cells import Table
from .fields import BARS, SENTENCE, Line, lines_of
from .stacked import stacked

_ANY_BAR, _GAP = re.compile(f"[{BARS}]"), re.compile(r"\s")
GROUP = re.compile(r"[^\n，。；！？]{2,24}")
_COLUMNS = re.compile(r"(?:^|\n)[^\n，。；]*[^\n ，。；] [\d.,%\-]+ [\d.,%\-]+(?: |\r?\n|$)")
# Two lines that are nothing but a figure, near each other.
_ALONE = r"[ \t]*[|│┃｜║]?[ \t]*[\d.,，%％+\-↑↓ ]*\d[\d.,，%％ ↑↓件人起次]*[ \t]*[|│┃｜║]?\r?"
_STACKED = re.compile(rf"\n{_ALONE}\n(?:[^\n]{{0,40}}\n){{0,5}}{_ALONE}(?:\n|$)")
Cutter = Callable[[str, list[Line]], Table | None]


def find_tables(text: str, outside: Iterable[tuple[int, int]] = ()) -> list[Table]:
    """The tables that stand in a plain text, in its order, but for stretches that are `outside` (spans of other tables).

    >>> [len(table.cells) for table in find_tables("| 年份 | 立案 |\\n|---|---|\\n| 2019 | 5 |\\n")]
    [4]
    """
    taken = sorted(outside)
    found: list[Table] = []
    if any(mark in text for mark in (*BARS, "\t", "  ", "\u3000")) or _spaced(text):
        for run, cut in _runs(text):
            table = cut(text, run)
            if table is not None and not any(a < table.end and table.start < b for a, b in taken):
                found.append(table)
    if _STACKED.search(text) is None:
        return found
    certain = [(table.start, table.end) for table in found if not table.doubt]
    again = list(stacked(text, [*taken, *certain]))
    # A table with a cell a line whose rows its bars do not part may be told by the kinds of its cells.
    found = [table for table in found if not table.doubt or not any(_meet(table, one) and not one.doubt for one in again)]
    return found + [one for one in again if not any(_meet(table, one) for table in found)]


def _meet(one: Table, other: Table) -> bool:
    return one.start < other.end and other.start < one.end


def _spaced(text: str) -> bool:
    """Whether some line ends in numbers parted by single spaces."""
    return " " in text and _COLUMNS.search(text) is not None


def _runs(text: str) -> Iterator[tuple[list[Line], Cutter]]:
    """Yield runs of lines that could be rows of one table, with the function that cuts them into cells."""
    run: list[Line] = []
    before: Cutter | None = None
    held: list[Line] = []
    for start, end in lines_of(text):
        cut = _cutter(text, start, end)
        if cut is None and before is aligned and len(held) < 2 and GROUP.fullmatch(text, start, end):
            # A line that groups rows, if rows follow.
            held.append((start, end))
            continue
        if held and cut is aligned:
            run += held
        held = []
        if cut is not before:
            if before is not None and len(run) > 1:
                yield run, before
            run = []
        before = cut
        if cut is not None:
            run.append((start, end))
    if before is not None and len(run) > 1:
        yield run, before


def _cutter(text: str, start: int, end: int) -> Cutter | None:
    line = text[start:end]
    words = line.strip()
    if not words:
        return None
    if (words[0] == "+" or "\u2500" <= words[0] <= "\u257f") and RULE.fullmatch(words):
        return between_bars
    if _ANY_BAR.search(words) is not None:
        return between_bars
    if len(words) > 2000 or _GAP.search(words) is None:
        return None
    if "\t" in words:
        return between_tabs
    return None if SENTENCE.search(words) else aligned
