"""Read the tables of a document: statements, other numbers, what could not be read with certainty, and the text that is not theirs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from ...documents.tables import Cell, Table
from ...documents.tables.barred import RULE
from ...documents.tables.cells import AROUND_A_LINE
from ...documents.tables.tagged import TAG
from ..accounting import NUMERAL
from ..context.datelines import date_line_of
from ..grammar import compiled
from ..records import Other, Statement
from ..wording import Unread
from .above import (
    INTRODUCES,
    caption_below,
    divides,
    heading_of,
    introduction,
    is_title_line,
    sections_above,
    source_below,
    spoken_of,
    told_anywhere,
    told_before,
    units_introduced,
    year_told,
)
from .brackets import without_brackets
from .continued import as_one, of_this_page
from .dated import under_their_years, with_the_last_week
from .depths import insets
from .figures import Figure, figures_of, is_nameless
from .grid import Block, blocks, kind_of
from .heads import Layout, lay
from .notes import changes_said, name_changes, units_said
from .pairs import parted, said_of_pairs
from .panels import panels
from .setting import Around, Setting, going_on, setting_of
from .statements import Writer
from .subjects import event_of
from .times import When, in_title, last_year_of, read_when, reported_of
from .told import as_beside, last_as_named
from .values import is_remarked, read_value, without_marks
from .words import is_translation

# Lines above a table that may be its title.
LINES_ABOVE, LINE_LENGTH, LOOK_BACK = 3, 60, 400
_OCCASION, _ENDS = compiled("occasion"), compiled("end_of_a_line_above")
# A line that is a date.
_COUNTED, _DATED, _OF_BOTH = compiled("day_of_counting"), compiled("line_that_is_a_date"), compiled("count_and_its_share")


class Reading(NamedTuple):
    """What the tables of a document say: entries, and the blocks not read."""

    entries: list[Statement | Other]
    unread: list[Unread]


class Parts(NamedTuple):
    """A table, cut into its blocks that hold figures."""

    table: Table
    blocks: list[Block]
    # which of the blocks of the table begins the list
    first: int


def cut(tables: Iterable[Table], text: str) -> list[Parts]:
    """The tables of a text cut into blocks; those without figures are left out."""
    found = []
    for table in as_one(tables, text):
        every = blocks(table, text[max(0, table.start - LOOK_BACK) : table.start])
        told = [(block, said_of_pairs(text, table, block.titles)) for block in every if _holds_figures(block)]
        kept = [replace(parted(block, said), insets=insets(text, block)) for block, said in told]
        found.append(Parts(table, kept, next((i for i, block in enumerate(every) if _holds_figures(block)), 0)))
    return found


def _holds_figures(block: Block) -> bool:
    return any(map(_is_number, block.cells()))


def owned(text: str, parts: Iterable[Parts]) -> list[tuple[int, int]]:
    """The lines of a text that are those of its tables."""
    return [
        (max(start, one.table.start), min(end, one.table.end))  # of a line in which a table begins or ends, not the rest
        for one in parts for cells in (*(block.cells() for block in one.blocks), one.table.lost) for start, end in _owned(text, cells)
    ]  # fmt: skip


def read_tables(
    text: str, parts: Sequence[Parts], doc: str, columns: Mapping[str, Any] | None = None, period: str | None = None, published: date | None = None,
    prose: Sequence[Statement] = (),
) -> Reading:  # fmt: skip
    """Read every table; `columns` is what the metadata say of columns by their heads, `period` and `published` what they say of the document.

    `prose` are the statements of the text around them, which tell the time where a table does not.
    """
    reading = Reading([], [])
    reported, day = reported_of(period), (published.year, published.month) if published is not None else date_line_of(text)
    said = TAG.sub(lambda tag: " " * len(tag[0]), text)
    opening, year = _opening(said, day), year_told(prose)
    before: Layout | None = None
    last: tuple[Setting, Block] | None = None
    end = 0
    for number, (table, kept, place) in enumerate(parts, 1):
        above = _lines_above(said, table.start, end if end <= table.start else 0)
        end = max(end, table.end)
        following = parts[number].table.start if number < len(parts) else len(text)
        if not any(map(is_title_line, above)):
            above += caption_below(said, table.end, following)
        sections = sections_above(said, table.start)
        if not above and sections and divides(sections[0]):
            above = sections[:1]
        if number == 1 and not above:
            above = heading_of(said, table.start)
        spoken = spoken_of(said, table.start) or told_before(said, table.start, prose) or opening or told_anywhere(prose)
        spoken = spoken or source_below(said, table.end, following) or source_below(said, parts[-1].table.end, len(said))
        event = next(filter(None, map(event_of, sections)), "")
        units, moves = units_said(said, table.start, table.end), changes_said(said, table.start, table.end)
        introduced, counted = introduction(said, table.start), units_introduced(said, table.start)
        around = Around(reported, spoken, introduced, day, event, units, moves, year, counted)
        for block in kept:
            first = len(reading.entries)
            for panel in panels(block):
                lines = above if not place else []
                setting = going_on(setting_of(panel, lines, around), panel, last, [*lines, *(cell.text for cell in panel.titles)])
                last = setting, panel
                before = _read_block(panel, setting, doc, columns or {}, before, reading, table, number)
            place += 1
            reading.entries.extend(_others(text, block.cells(), reading.entries[first:]))
        if table.lost:
            _leave(text, table, reading, number)
    return reading


def _leave(text: str, table: Table, reading: Reading, number: int) -> None:
    """Leave the rows of a table that have lost a cell unread."""
    count = sum(map(_is_number, table.lost))
    reading.unread.append(Unread("lost", count, number, table.sheet, "", table.lost[0].start))
    reading.entries.extend(_others(text, table.lost, ()))


def _is_number(cell: Cell) -> bool:
    return kind_of(cell.text) in ("number", "year") or is_remarked(cell.text)


def _read_block(
    block: Block, setting: Setting, doc: str, columns: Mapping[str, Any], before: Layout | None, reading: Reading, table: Table, number: int
) -> Layout:
    layout = lay(block, before)
    name_changes(layout.columns, layout.heads, setting.moves)
    with_the_last_week(layout.columns)
    layout.rows = under_their_years(layout.rows, setting.when)
    trouble = table.doubt or layout.trouble or ("no_head" if layout.listed and not _is_entitled(layout, setting) else "")
    figures: list[Figure] = []
    strange: list[Cell] = []
    if not trouble:
        figures, strange = figures_of(block, layout, setting)
        as_beside(figures)
        last_as_named(figures)
        without_brackets(figures)
        trouble = _trouble(figures, sum(kind_of(cell.text) == "text" and not is_remarked(cell.text) for cell in strange))
    if trouble:
        count = sum(1 for row in block.body or block.head for cell in _own(row) if _is_number(cell))
        start = next(block.cells()).start
        reading.unread.append(Unread(trouble, count, number, table.sheet, setting.title, start))
        layout.trouble = trouble
        return layout
    writer = Writer(doc, setting, layout, figures, columns, table.sheet or str(number))
    reading.entries.extend(writer.statements())
    spanning = [cell for cell in strange if read_value(cell.text) is not None]
    untold = [cell for cell in strange if NUMERAL.search(cell.text) and cell not in spanning]
    for reason, cells in (("mixed", untold), ("spans", spanning), ("changes", [figure.cell for figure in writer.unread])):
        if cells:
            reading.unread.append(Unread(reason, len(cells), number, table.sheet, setting.title, cells[0].start))
    return layout


def _is_entitled(layout: Layout, setting: Setting) -> bool:
    """Whether a title, with a time of its own or over labels that are years, says what a list without heads is of."""
    dated = setting.when is not None or all(facet.when is not None and facet.when.year is not None for facet in layout.rows)
    return bool(setting.title) and dated


def _own(row: Iterable[Cell | None]) -> Iterator[Cell]:
    before = None
    for cell in row:
        if cell is not None and cell is not before:
            yield cell
        before = cell


def _trouble(figures: list[Figure], strange: int) -> str:
    """What stands against the figures of a block, "" where nothing does."""
    if not figures or strange * 4 > len(figures) + strange:
        return "mixed"
    levels = [figure for figure in figures if figure.role == "level"]
    if any(is_nameless(figure) for figure in levels):
        return "no_name"
    if any(figure.value.bracketed and figure.value.amount < 0 and figure.unit is not None and figure.unit.family == "count" for figure in levels):
        return "brackets"
    said = Counter((f.name, f.unit, f.period, f.when, f.place) for f in levels)
    values = {(f.name, f.unit, f.period, f.when, f.place, f.value.amount) for f in levels}
    if len(values) > len(said):
        return "ambiguous"
    return ""


def _opening(text: str, day: tuple[int, int] | None) -> When | None:
    """The year a document says it is of, in one of its first lines, or of a part of a year (上半年) the last that was over on its `day`.

    The year of a meeting, or of a report to one, is not it.
    """
    for line in text[:300].split("\n")[:3]:
        when = in_title(line) if len(line) <= LINE_LENGTH and not _ENDS.search(line) and not _OCCASION.search(line) else None
        if when is not None and not when.until and (year := when.year or last_year_of(when.part, day)):
            return when._replace(year=year)
    return None


def _lines_above(text: str, start: int, floor: int) -> list[str]:
    """The lines that may entitle a table, in reading order: short ones, no sentences, directly before it and behind the table ending at `floor`."""
    found: list[str] = []
    for line in reversed(text[max(floor, start - LOOK_BACK) : start].split("\n")):
        words = line.strip(AROUND_A_LINE)
        if not found and (entitles := words.rstrip(":：")) != words and is_title_line(entitles) and not INTRODUCES.search(entitles):
            words = entitles
        if RULE.fullmatch(words) or is_translation(words) or _DATED.search(f"\n{words}\n") or _COUNTED.match(words) or _OF_BOTH.match(words):
            continue
        if len(words) > LINE_LENGTH or _ENDS.search(words) or len(found) == LINES_ABOVE or "|" in words or "\t" in words:
            break
        found.insert(0, words)
    return of_this_page(found)


def _owned(text: str, cells: Iterable[Cell]) -> Iterator[tuple[int, int]]:
    """The lines of the text that hold the rows of some cells; of a row over several lines, those that a cell of it stands in."""
    cells = list(cells)
    spans: dict[int, tuple[int, int]] = {}
    for cell in cells:
        a, b = spans.get(cell.row, (cell.start, cell.end))
        spans[cell.row] = min(a, cell.start), max(b, cell.end)
    stacked = {row for row, (start, end) in spans.items() if "\n" in text[start:end]}
    alone = [(cell.start, cell.end) for cell in cells if cell.row in stacked]
    for start, end in [*(span for row, span in spans.items() if row not in stacked), *alone]:
        stop, begin = text.find("\n", end), text.rfind("\n", 0, start) + 1
        stop = len(text) if stop < 0 else stop
        # a return alone ends a line too
        returned, returns = text.rfind("\r", begin, start), text.find("\r", end, stop)
        yield max(begin, returned + 1), stop if returns < 0 else returns


def _others(text: str, cells: Iterable[Cell], entries: Sequence[Statement | Other]) -> Iterator[Other]:
    """The numerals of cells that no statement holds: times, names, ordinals, and figures that were not read."""
    spans = [
        (part.start, part.end) for entry in entries if type(entry) is Statement for part in (entry, entry.change, entry.previous) if part is not None
    ]
    ends = dict(spans)
    starts = sorted(ends)
    for cell in cells:
        if ends.get(cell.start) == cell.end:
            continue
        read = [(at, ends[at]) for at in starts[bisect_left(starts, cell.start) : bisect_left(starts, cell.end)]]
        bare = without_marks(cell.text)
        is_time = read_when(bare) is not None or kind_of(cell.text) == "year"
        if is_time and not read and cell.end - cell.start == len(cell.text) and NUMERAL.search(cell.text):
            yield Other(cell.text, cell.start, cell.end, "date")
            continue
        for found in NUMERAL.finditer(text, cell.start, cell.end):
            if not any(start < found.end() and found.start() < end for start, end in read):
                yield Other(found[0], found.start(), found.end(), "label")
