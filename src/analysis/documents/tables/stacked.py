"""Tables printed a cell a line, with bars or without: bars and empty places tell how wide a row is, or the kinds of the cells do, or nothing does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from .barred import in_columns
from .broken import in_one_language
from .cells import BLANKS, Cell, Table, stripped
from .chopping import chopped
from .fields import BARS, LONGEST, SENTENCE, Field, has_figure, is_figure, is_short, is_time, is_unit, lines_of, table_of
from .placing import cells_of, placed
from .rowed import is_title, tables_of_run
from .signed import with_signs_behind_each_other
from .spaced import in_labelled_rows, spaced_runs

# A cell longer than this is a sentence or a title; between bars it may be longer.
LONGEST_BARRED = 60
# Fewer figures alone on their lines (between bars, without) are no table.
FEWEST_BARRED, FEWEST = 3, 4
# Of lines without bars: from so many figures on, and where they are so large a part, a table that is not read is worth a warning.
WARNED, PART = 6, 3
_EDGES = BARS + BLANKS
_BRACKETS = frozenset("（(")
_NOTE_MARKS = frozenset("*＊※†‡§#＃")
_DIGIT = re.compile(r"\d")
_BARS_ALONE = re.compile(f"[{BARS}\\s]+")
_ONE_CELL = re.compile(f"[{BARS}\\s]*[^{BARS}]*[{BARS}\\s]*")


def stacked(text: str, taken: list[tuple[int, int]]) -> Iterator[Table]:
    """The tables of a text that have a cell a line, but for those in stretches that are `taken`."""
    for rows in _paragraphs(text):
        table = in_columns([(row[0][1], row[-1][2]) for row in rows], rows)
        if table is not None and not table.doubt and not any(a < table.end and table.start < b for a, b in taken):
            taken = [*taken, (table.start, table.end)]
            yield table
    unread = []
    for fields in spaced_runs(text):
        known = [field for field in fields if field[0]]
        if any(a < known[-1][2] and known[0][1] < b for a, b in taken):
            continue
        tables = in_labelled_rows(fields) or [table for table in tables_of_run(fields, False) if not table.lost]
        unread += [known] if not tables else []
        for table in tables:
            taken = [*taken, (table.start, table.end)]
            yield table
    for fields, barred in (*_barred_runs(text), *_plain_runs(text)):
        known = [field for field in fields if field[0]]
        start, end = known[0][1], known[-1][2]
        if any(a < end and start < b for a, b in taken):
            continue
        for table in _read(text, fields, known, barred):
            taken = [*taken, (table.start, table.end)]
            yield table
    for known in unread:
        start, end = known[0][1], known[-1][2]
        if not any(a < end and start < b for a, b in taken):
            yield from _named(known, False)


def _read(text: str, fields: list[Field], known: list[Field], barred: bool) -> Iterator[Table]:
    rows = chopped(fields) if len(known) < len(fields) else None
    if rows is not None:
        put = placed(rows)
        if put is None:
            table = table_of([(known[0][1], known[-1][2])], rows)
            yield from [table] if table is not None else []
            return
        if not put.doubt:
            yield Table(tuple(put.cells), put.cells[0].start, known[-1][2], lost=cells_of(put.lost))
            return
    known = in_one_language(known)
    signed = with_signs_behind_each_other(text, known)
    found = tables_of_run(signed, barred, _row_ends(fields)) or (tables_of_run(known, barred, _row_ends(fields)) if signed != known else [])
    if found:
        yield from found
        return
    rows = chopped(fields) if barred and rows is None else None
    table = table_of([(known[0][1], known[-1][2])], rows) if rows is not None else None
    if table is not None:
        yield table
        return
    yield from _named(known, barred)


def _named(known: list[Field], barred: bool) -> Iterator[Table]:
    """A table that is not read, where so many of its cells are figures that it is one."""
    figures = sum(1 for field in known if is_figure(field[0]))
    if figures * PART >= len(known) and (barred or (figures >= WARNED and not _holds_prose(known))):
        yield Table(tuple(Cell(*field, i // 2, i % 2) for i, field in enumerate(known)), known[0][1], known[-1][2], doubt="alignment")


def _row_ends(fields: list[Field]) -> frozenset[int]:
    """Where the cells end behind which a row is filled up with empty ones, before the first figure: the last of a row of heads."""
    first = next((i for i, field in enumerate(fields) if is_figure(field[0])), 0)
    return frozenset(one[2] for one, other in pairwise(fields[:first]) if one[0] and not other[0])


def _holds_prose(fields: list[Field]) -> bool:
    """Whether numbers stand among words (案件312), which prose can read."""
    first = next(i for i, field in enumerate(fields) if is_figure(field[0]))
    return any(_DIGIT.search(words) and not is_figure(words) and not is_time(words) for words, _, _ in fields[first:])


def _barred_runs(text: str) -> Iterator[tuple[list[Field], bool]]:
    """Runs of lines of which bars end the cells: every bar ends one, so that bars with nothing before them are empty cells."""
    run: list[tuple[int, int]] = []
    lines = lines_of(text)
    for number, (start, end) in enumerate([*lines, (len(text), len(text))]):
        words = text[start:end].strip()
        piece = 0 < len(words) <= LONGEST and _goes_on_to_bar(text, lines, number, 1 if not run else _PIECES)
        if (piece or _ends_cell(words)) and "\t" not in words and len(words) <= LONGEST_BARRED and not SENTENCE.search(words.strip(_EDGES)):
            run.append((start, end))
            continue
        if len(run) > 3:
            fields = _between_bars(text, run)
            if sum(1 for field in fields if is_figure(field[0])) >= FEWEST_BARRED:
                yield fields, True
        run = []


def _goes_on_to_bar(text: str, lines: list[tuple[int, int]], number: int, pieces: int) -> bool:
    """Whether the cell that a line begins or goes on with ends within so many lines more."""
    for following in range(number + 1, min(number + 1 + pieces, len(lines))):
        words = _line(text, lines, following)
        if _ends_cell(words):
            return True
        if not 0 < len(words) <= LONGEST or SENTENCE.search(words):
            return False
    return False


# A cell in the middle of a table may be set in so many lines more.
_PIECES = 3


def _line(text: str, lines: list[tuple[int, int]], number: int) -> str:
    return text[lines[number][0] : lines[number][1]].strip()


def _ends_cell(words: str) -> bool:
    """Whether a line is one cell with bars behind it or before it, or bars alone."""
    return bool(words) and (words[-1] in BARS or words[0] in BARS) and _ONE_CELL.fullmatch(words) is not None


def _between_bars(text: str, run: list[tuple[int, int]]) -> list[Field]:
    """The cells of a run; where bars stand behind words, words without one before the first of these are no cell."""
    if any(not _BARS_ALONE.fullmatch(text[a:b]) and text[a:b].rstrip()[-1] in BARS for a, b in run):
        first = next(i for i, (a, b) in enumerate(run) if text[a:b].rstrip()[-1] in BARS)
        run = run[first:]
    found: list[Field] = []
    pieces: list[Field] = []
    for start, end in run:
        at = start
        for place in [i for i in range(start, end) if text[i] in BARS]:
            piece = stripped(text, at, place)
            found.append(_one_cell([*pieces, piece] if piece[0] else pieces, place))
            pieces, at = [], place + 1
        rest = stripped(text, at, end)
        pieces += [rest] if rest[0] else []
    return found


def _one_cell(pieces: list[Field], place: int) -> Field:
    if not pieces:
        return "", place, place
    return ("".join(words for words, _, _ in pieces), pieces[0][1], pieces[-1][2]) if len(pieces) > 1 else pieces[0]


def _plain_runs(text: str) -> Iterator[tuple[list[Field], bool]]:
    """Runs of short lines without bars that have enough figures among them; blank lines may stand between all of them, or none."""
    fields: list[Field] = []
    spaced = False
    blanks = 0
    for start, end in [*lines_of(text), (len(text), len(text))]:
        words, first, last = stripped(text, start, end)
        if not words and start < len(text) and fields and not blanks and (spaced or len(fields) == 1):
            blanks = 1
            continue
        goes_on = is_short(words)
        if fields and spaced and not blanks and words[:1] in _BRACKETS and goes_on and not is_figure(fields[-1][0]):
            fields[-1] = fields[-1][0] + words, fields[-1][1], last  # what stands in brackets ends the cell right above it
            continue
        head: list[Field] = []
        if len(fields) > 1 and spaced and not blanks and goes_on:
            fields, head = fields[:-1], fields[-1:]  # titles apart, and the first head right above the next
        if not goes_on or head or (len(fields) > 1 and spaced != bool(blanks)):
            fields = _without_notes(fields)
            if _are_enough(fields):
                yield fields, False
            fields, spaced = head, False
        if goes_on:
            spaced = spaced if len(fields) != 1 else bool(blanks)
            fields.append((words, first, last))
        blanks = 0


def _are_enough(fields: list[Field]) -> bool:
    """Whether so many figures stand alone on their lines that they may be a table; fewer do where each has its unit on the line before it."""
    figures = [i for i, field in enumerate(fields) if is_figure(field[0])]
    return len(figures) >= FEWEST or (len(figures) >= FEWEST_BARRED and all(i and is_unit(fields[i - 1][0]) for i in figures))


def _without_notes(fields: list[Field]) -> list[Field]:
    """The cells of a run without a footnote's mark alone on its line and the words behind it, where a head or label before has that mark."""
    seen: set[str] = set()
    found: list[Field] = []
    noted = False
    for field in fields:
        words = field[0]
        if noted and not is_figure(words):
            noted = False
            continue
        noted = words in seen
        if not noted:
            found.append(field)
        if len(words) > 1 and words[-1] in _NOTE_MARKS:
            seen.add(words[-1])
    return found


def _paragraphs(text: str) -> Iterator[list[list[Field]]]:
    """Rows that stand a cell a line with blank lines between the rows, under heads set so too, of which most have as many cells."""
    found: list[list[Field]] = []
    row: list[Field] = []
    for start, end in [*lines_of(text), (len(text), len(text))]:
        field = stripped(text, start, end)
        if is_short(field[0]):
            row.append(field)
            continue
        if row:
            found.append(row)
        if field[0] or start == len(text):
            yield from _rows_alike(found)
            found = []
        row = []


def _rows_alike(rows: list[list[Field]]) -> Iterator[list[list[Field]]]:
    """The rows from their heads to the last of one width, where rows with figures are of one width mostly; titles above the heads are left out."""
    body = [i for i, row in enumerate(rows) if len(row) > 1 and has_figure(row)]
    if len(body) < 2 or not body[0]:
        return
    width, count = Counter(len(rows[i]) for i in body).most_common(1)[0]
    first = next((i for i in range(body[0]) if len(rows[i]) > 1), body[0])
    if width < 2 or 2 * count < len(body) or first == body[0]:
        return
    heads = rows[first][max(0, len(rows[first]) - width) :]
    while len(heads) > 2 and is_title(heads[0][0]):
        heads = heads[1:]
    yield [heads, *rows[first + 1 : body[-1] + 1]]
