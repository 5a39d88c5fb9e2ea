"""The lines of a PDF's page, with its tables in the place of the lines they are made of.

A table is found by its rules (a lattice) or, without them, by words that stand in columns.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from .pdfraised import join_torn, set_small
from .pdfunseen import Unseen, hide_unseen
from .signs import plain_signs
from .tables.cells import Placed
from .tables.columns import Spans, Word, going_on, groups_rows, is_full, is_row
from .tables.columns import placed as placed_by_column
from .tables.lattice import Lattice, lattices
from .tables.shape import holds_figures


@dataclass(frozen=True, slots=True)
class Printed:
    """A table of one page: its cells, where its columns begin, what its reader doubts, and where its columns are, if it has no rules."""

    page: int
    placed: tuple[Placed, ...]
    xs: tuple[float, ...]
    doubt: str = ""
    columns: Spans = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its text and its box, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    # the table that stands here, instead of a line
    table: Printed | None = None
    # its first and last character in the page's text
    first: int = 0
    last: int = -1
    # whether it is a row of figures that no table was made of
    alone: bool = False

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def lines_of(page: Any, number: int, before: Printed | None = None) -> tuple[list[Line], Unseen]:
    """The lines of a page, with each of its tables in the place of the lines it is made of; and what it holds and does not show.

    A table `before`, at the end of the last page, may go on at the top of this one.
    """
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    # pdfium counts UTF-16 units; the second unit of a character outside the basic plane is kept as "".
    units = [unit for c in text for unit in ((c, "") if c > "\uffff" else (plain_signs(c),))]
    unseen = hide_unseen(page, textpage, units)
    join_torn(textpage, units)
    set_small(textpage, units)
    found = lattices(page)
    lines = _lines(textpage, units, found)
    in_lattice: list[list[tuple[int, Line]]] = [[] for _ in found]
    rest: list[Line] = []
    places: dict[int, int] = {}
    for owner, line in lines:
        if owner is None:
            rest.append(line)
        else:
            places.setdefault(owner, len(rest))
            in_lattice[owner].append((owner, line))
    whole: list[Line] = []
    put = sorted((at, owner) for owner, at in places.items())
    for index in range(len(rest) + 1):
        for at, owner in put:
            if at == index:
                whole += _ruled(textpage, units, found[owner], number) or [line for _, line in in_lattice[owner]]
        whole += rest[index : index + 1]
    return _with_aligned(textpage, units, whole, number, before), unseen


def _lines(textpage: Any, units: list[str], found: list[Lattice]) -> list[tuple[int | None, Line]]:
    """The text's lines, each with the lattice it stands in."""
    lines, start = [], 0
    for end in [*(i for i, c in enumerate(units) if c in ("\r", "\n")), len(units)]:
        shown = [i for i in range(start, end) if units[i].strip()]
        if shown:
            line = _line(textpage, units, shown[0], shown[-1])
            middle, x = (line.bottom + line.top) / 2, (line.left + min(line.right, line.left + line.height)) / 2
            owner = next((n for n, ruled in enumerate(found) if ruled.holds(x, middle)), None)
            lines.append((owner, line))
        start = end + 1
    return lines


def _line(textpage: Any, units: list[str], first: int, last: int) -> Line:
    text = "".join(units[i] for i in range(first, last + 1) if not (units[i] == " " and _only_air(textpage, units, i)))
    a, b = textpage.get_charbox(first, loose=True), textpage.get_charbox(last, loose=True)
    return Line(text, a[0], b[2], min(a[1], b[1]), max(a[3], b[3]), None, first, last)


def _ruled(textpage: Any, units: list[str], lattice: Lattice, page: int) -> list[Line]:
    """The table of a lattice as one line, [] where it is none of figures."""
    held: dict[int, list[str]] = {}
    before: dict[int, tuple[float, float]] = {}
    for i, unit in enumerate(units):
        if not unit.strip():
            continue
        left, bottom, right, top = textpage.get_charbox(i, loose=True)
        cell = lattice.place((left + right) / 2, (bottom + top) / 2)
        if cell is None:
            continue
        words = held.setdefault(cell, [])
        if cell in before and _apart_in_cell(before[cell], (left, bottom), top - bottom, words[-1], unit):
            words.append(" ")
        words.append(unit)
        before[cell] = right, bottom
    placed = [Placed("".join(held.get(n, [])), *place) for n, place in enumerate(lattice.cells)]
    if not holds_figures(placed):
        return []
    table = Printed(page, tuple(cell for cell in placed if cell.text), tuple(lattice.xs))
    return [Line("", lattice.xs[0], lattice.xs[-1], lattice.ys[-1], lattice.ys[0], table)]


def _apart_in_cell(before: tuple[float, float], here: tuple[float, float], height: float, last: str, unit: str) -> bool:
    """Whether two characters of a cell are parted: Latin words by air or by a line's end, hanzi never."""
    if any(c > "\u2e7f" for c in (last, unit)):
        return False
    return abs(here[1] - before[1]) > 0.6 * height or here[0] - before[0] > 0.25 * height


def _with_aligned(textpage: Any, units: list[str], lines: list[Line], page: int, before: Printed | None) -> list[Line]:
    """The lines, with a table in the place of those whose words stand in columns."""
    rows = _visual_rows(textpage, units, lines)
    found: list[Line] = []
    index = 0
    if before is not None and before.columns and not before.doubt:
        cells, index = going_on(list(itertools.takewhile(bool, (words or [] for _, words in rows))), before.columns)
        if index:
            held = [line for lines, _ in rows[:index] for line in lines]
            found.append(_aligned(held, cells, "", before.columns, page))
    while index < len(rows):
        end = _end_of_run(rows, index)
        table = placed_by_column([words for _, words in rows[index:end] if words]) if end - index > 2 else None
        held = [line for lines, _ in rows[index : max(end, index + 1)] for line in lines]
        if table is not None:
            found.append(_aligned(held, *table, page))
        elif sum(is_full(words) for _, words in rows[index:end] if words) > 1:
            found += [_row(lines, words) for lines, words in rows[index:end]]
        else:
            found += held
        index = max(end, index + 1)
    return found


def _end_of_run(rows: list[tuple[list[Line], list[Word] | None]], start: int) -> int:
    """Where a run of rows ends; a line that groups rows stands between two of them."""
    end = start
    while end < len(rows):
        words = rows[end][1]
        if end > start and rows[end][0][0].bottom > rows[end - 1][0][-1].top:
            break  # up the page again: a table beside the one before
        if words is None or not is_row(words):
            following = rows[end + 1][1] if end + 1 < len(rows) else None
            if end == start or not words or not following or not groups_rows(words) or not is_row(following):
                break
        end += 1
    return end


def _row(lines: list[Line], words: list[Word] | None) -> Line:
    """The lines of a row as one line, with its words apart."""
    if not words or not is_row(words):
        return lines[0]
    box = words[0].left, max(word.right for word in words), min(line.bottom for line in lines), max(line.top for line in lines)
    return Line("  ".join(word.text for word in words), *box, None, lines[0].first, lines[-1].last, True)


def _aligned(held: list[Line], cells: list[Placed], doubt: str, columns: Spans, page: int) -> Line:
    printed = Printed(page, tuple(cells), tuple(left for left, _ in columns), doubt, columns)
    box = min(line.left for line in held), max(line.right for line in held), min(line.bottom for line in held), max(line.top for line in held)
    return Line("", *box, printed)


def _visual_rows(textpage: Any, units: list[str], lines: list[Line]) -> list[tuple[list[Line], list[Word] | None]]:
    """Lines that stand side by side, with their words; None for a table."""
    rows: list[tuple[list[Line], list[Word] | None]] = []
    for line in lines:
        if line.table is not None:
            rows.append(([line], None))
            continue
        words = _words(textpage, units, line)
        held = rows[-1] if rows else None
        if held is not None and held[1] is not None and _beside(held[0][-1], line):
            held[0].append(line)
            held[1].extend(words)
            held[1].sort(key=lambda word: word.left)
        else:
            rows.append(([line], words))
    return rows


def _beside(one: Line, other: Line) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > 0.6 * min(one.height, other.height) and (other.left >= one.right or other.right <= one.left)


def _words(textpage: Any, units: list[str], line: Line) -> list[Word]:
    """The words of a line that stand apart by more than a character's width; within one a blank parts only Latin words."""
    found: list[Word] = []
    text, left, before, high = "", 0.0, 0.0, (0.0, 0.0)
    for i in range(line.first, line.last + 1):
        if not units[i].strip():
            continue
        box = textpage.get_charbox(i, loose=True)
        if text and box[0] - before > 0.9 * line.height:
            found.append(Word(text, left, before, *high))
            text = ""
        if not text:
            left, high = box[0], (box[1], box[3])
        text += " " * _are_parted(text[-1:], units[i], units[i - 1 : i]) + units[i]
        before = box[2]
    return [*found, Word(text, left, before, *high)] if text else found


def _are_parted(before: str, after: str, between: list[str]) -> bool:
    """Whether a blank stands between two Latin words of which one is no number."""
    latin = before.isascii() and after.isascii() and (before.isalpha() or after.isalpha())
    return latin and before != "" and between == [" "]


def _only_air(textpage: Any, units: list[str], i: int) -> bool:
    """Whether the space at `i` was not printed but made up by pdfium for the air that typesetters put between hanzi and digits."""
    from pypdfium2 import raw

    if not raw.FPDFText_IsGenerated(textpage, i) or not any("\u3000" <= c <= "\u9fff" for c in (units[i - 1], units[i + 1])):
        return False
    before, after = textpage.get_charbox(i - 1, loose=True), textpage.get_charbox(i + 1, loose=True)
    return after[0] - before[2] < 0.5 * (before[3] - before[1])
