"""Tables inside plain text: between bars (Markdown, box drawings), tabs, or aligned by spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from .cells import Cell, Table, stripped
from .delimited import NUMBER, PERIOD

BARS = "|│┃｜║"
RULE = re.compile(r"[\s|│┃｜║+＋:=\-─━—┄═╌┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]*")
BAR = re.compile(r"(?<!\\)[|│┃｜║]")
_ANY_BAR, _GAP = re.compile(f"[{BARS}]"), re.compile(r"\s")
GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*[\t\u3000][ \u00a0\t\u3000]*")
SPACE = re.compile(r"[ \u00a0\u3000\t]+")
SENTENCE = re.compile("[，。；！？](?!$)|(?<!其中)(?<!单位)：(?!$)|。$")
# What a cell may hold that says there is no number.
NOTHING = re.compile(r"[-–—－…·.．/／\\*×]+|无|空|缺|不详|略")
GROUP = re.compile(r"[^\n，。；！？]{2,24}")
Field = tuple[str, int, int]
Line = tuple[int, int]


def find_tables(text: str, outside: Iterable[tuple[int, int]] = ()) -> list[Table]:
    """The tables that stand in a plain text, in its order, but for stretches that are `outside` (spans of other tables).

    >>> [len(table.cells) for table in find_tables("| 年份 | 立案 |\\n|---|---|\\n| 2019 | 5 |\\n")]
    [4]
    """
    if not any(mark in text for mark in (*BARS, "\t", "  ", "\u3000")) and not _spaced(text):
        return []
    taken = sorted(outside)
    found: list[Table] = []
    for run, cut in _runs(text):
        table = cut(text, run)
        if table is not None and not any(a < table.end and table.start < b for a, b in taken):
            found.append(table)
    if "\n|" in text:
        found += _cells_between_bars(text, [*taken, *((table.start, table.end) for table in found)])
    return found


_BAR_BETWEEN = re.compile(r"^(?:[^\n|]{1,60}\r?\n\|[ \t]*\r?\n){6,}", re.MULTILINE)


def _cells_between_bars(text: str, taken: list[tuple[int, int]]) -> Iterator[Table]:
    """Tables printed a cell a line with bars between: where a row ends cannot be told."""
    for run in _BAR_BETWEEN.finditer(text):
        at = run.start()
        lines = [(at + a, at + b) for a, b in _lines(run[0]) if run[0][a:b].strip() != "|"]
        fields = [stripped(text, a, b) for a, b in lines]
        cells = tuple(Cell(*field, i // 2, i % 2) for i, field in enumerate(fields))
        if not any(a < run.end() and run.start() < b for a, b in taken):
            yield Table(cells, run.start(), run.end(), doubt="alignment")


_COLUMNS = re.compile(r"(?:^|\n)[^\n，。；]*[^\n ，。；] [\d.,%\-]+ [\d.,%\-]+(?: |\r?\n|$)")


def _spaced(text: str) -> bool:
    """Whether some line ends in numbers parted by single spaces."""
    return " " in text and _COLUMNS.search(text) is not None


def _runs(text: str) -> Iterator[tuple[list[Line], Callable[[str, list[Line]], Table | None]]]:
    """Yield runs of lines that could be rows of one table, with the function that cuts them into cells."""
    run: list[Line] = []
    before: Callable[[str, list[Line]], Table | None] | None = None
    held: list[Line] = []
    for start, end in _lines(text):
        cut = _cutter(text, start, end)
        if cut is None and before is _aligned and len(held) < 2 and GROUP.fullmatch(text, start, end):
            # A line that groups rows, if rows follow.
            held.append((start, end))
            continue
        if held and cut is _aligned:
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


def _lines(text: str) -> Iterator[Line]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end - (text[end - 1 : end] == "\r")
        start = end + 1


def _cutter(text: str, start: int, end: int) -> Callable[[str, list[Line]], Table | None] | None:
    line = text[start:end]
    words = line.strip()
    if not words:
        return None
    if words[0] in "+┌├└╔╠╚┏┣┗" and RULE.fullmatch(words):
        return _between_bars
    if _ANY_BAR.search(words) is not None:
        return _between_bars
    if len(words) > 2000 or _GAP.search(words) is None:
        return None
    if "\t" in words:
        return _between_tabs
    return None if SENTENCE.search(words) else _aligned


def _between_bars(text: str, run: list[Line]) -> Table | None:
    words = [text[a:b].strip() for a, b in run]
    single = sum(1 for line in words if len(line) > 1 and len(BAR.findall(line)) == 1 and line[-1] in BARS)
    if single * 2 > len(run) and any(line in BARS for line in words):
        return _cell_a_line(text, run, words)
    rows = []
    for start, end in run:
        line = text[start:end]
        if RULE.fullmatch(line):
            # `|  |  |` has no rule in it but is a row of empty cells, which says nothing either.
            continue
        cuts = [start + found.start() for found in BAR.finditer(line)]
        _, first, last = stripped(text, start, end)
        if cuts and cuts[0] == first:
            cuts = cuts[1:]
            start = first + 1
        if cuts and cuts[-1] == last - 1:
            end = cuts.pop()
        rows.append(_fields(text, start, end, cuts))
    return _table(run, rows)


def _cell_a_line(text: str, run: list[Line], words: list[str]) -> Table | None:
    """A table printed a cell a line, each with a bar behind it; a bar alone, or bars, begin a row."""
    rows: list[list[Field]] = [[]]
    for (start, end), line in zip(run, words, strict=True):
        if all(character in BARS for character in line):
            rows += [[]] if rows[-1] else []
        else:
            last = max(i for i in range(start, end) if text[i] in BARS) if line[-1] in BARS else end
            rows[-1].append(stripped(text, start, last))
    rows = [row for row in rows if row]
    wide = Counter(len(row) for row in rows if len(row) > 1)
    return _table(run, rows, doubt="" if len(wide) == 1 else "alignment")


def _between_tabs(text: str, run: list[Line]) -> Table | None:
    rows = []
    for start, end in run:
        cuts = [start + i for i, character in enumerate(text[start:end]) if character == "\t"]
        rows.append(_fields(text, start, end, cuts))
    # Some texts set one column off with several tabs: empty cells everywhere are no columns.
    filled = {column for row in rows for column, field in enumerate(row) if field[0]}
    if rows and len(filled) < max(map(len, rows)) and len({sum(1 for f in row if f[0]) for row in rows}) == 1:
        rows = [[field for field in row if field[0]] for row in rows]
    return _table(run, rows)


def _fields(text: str, start: int, end: int, cuts: list[int]) -> list[Field]:
    edges = [start - 1, *cuts, end]
    return [stripped(text, a + 1, b) for a, b in pairwise(edges)]


def _table(run: list[Line], rows: list[list[Field]], doubt: str = "") -> Table | None:
    """The table of some rows, None where they have no column of numbers and so are none."""
    cells = [Cell(*field, r, c) for r, row in enumerate(rows) for c, field in enumerate(row) if field[0]]
    wide = [row for row in rows if sum(1 for field in row if field[0]) > 1]
    if len(wide) < 2 or not _has_numbers(wide):
        return None
    return Table(tuple(cells), run[0][0], run[-1][1], doubt=doubt)


def _has_numbers(rows: list[list[Field]]) -> bool:
    columns: Counter[int] = Counter()
    for row in rows[1:]:
        columns.update(c for c, field in enumerate(row) if field[0] and NUMBER.fullmatch(field[0]))
    return any(2 * count >= len(rows) - 1 for count in columns.values())


def _aligned(text: str, run: list[Line]) -> Table | None:
    """A table of lines whose columns stand under one another, or that have the same number of words each."""
    split = [_split(text, a, b, GAP) for a, b in run]
    first = next((i for i, fields in enumerate(split) if len(fields) > 1), 0)
    last = max((i for i, fields in enumerate(split) if len(fields) > 1), default=0)
    run, split = run[first : last + 1], split[first : last + 1]
    rows = _split_evenly(text, run)
    if rows is not None:
        return _table(run, rows)
    numbers = [sum(1 for field in fields if NUMBER.fullmatch(field[0])) for fields in split]
    if len(split) < 3 or sum(1 for n in numbers if n) < 2 or max(numbers) < 1:
        return None
    rows = _by_place(text, run, split)
    if rows is None:
        return _table(run, split, doubt="alignment") if 2 * sum(numbers) >= sum(map(len, split)) else None
    return _table(run, rows)


def _split(text: str, start: int, end: int, gap: re.Pattern[str]) -> list[Field]:
    _, start, end = stripped(text, start, end)
    cuts = [(found.start(), found.end()) for found in gap.finditer(text, start, end)]
    edges = [start, *(place for cut in cuts for place in cut), end]
    return [(text[a:b], a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _split_evenly(text: str, run: list[Line]) -> list[list[Field]] | None:
    """The rows of lines that all have the same number of words, where the first is a head and the others hold numbers."""
    for gap in (GAP, SPACE):
        rows = [_split(text, a, b, gap) for a, b in run]
        width = len(rows[0])
        if width < 2 or any(len(row) != width for row in rows):
            continue
        if any(_is_figure(field[0]) and not PERIOD.fullmatch(field[0]) for field in rows[0]):
            continue
        body = rows[1:]
        if all(all(_is_figure(row[c][0]) for row in body) for c in range(1, width)) and (len(body) > 1 or width > 2):
            return rows
    return None


def _is_figure(words: str) -> bool:
    return NUMBER.fullmatch(words) is not None or NOTHING.fullmatch(words) is not None


def _by_place(text: str, run: list[Line], split: list[list[Field]]) -> list[list[Field]] | None:
    """The fields put into columns by where they stand, None where some stand between two."""
    spans = [[(_width(text[line[0] : a]), _width(text[line[0] : b])) for _, a, b in fields] for line, fields in zip(run, split, strict=True)]
    columns = _merge([span for row in spans if len(row) > 1 for span in row])
    if len(columns) < max(map(len, split)):
        return None
    rows = []
    for fields, places in zip(split, spans, strict=True):
        row: list[Field] = [("", fields[0][1], fields[0][1])] * len(columns)
        for field, (left, right) in zip(fields, places, strict=True):
            if len(fields) == 1:
                row[0] = field
                continue
            mine = [i for i, (a, b) in enumerate(columns) if a < right and left < b]
            if len(mine) != 1 or row[mine[0]][0]:
                return None
            row[mine[0]] = field
        rows.append(row)
    return rows


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    columns: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _width(words: str) -> int:
    """The width of words in a fixed-width font, a hanzi being two."""
    return len(words) if words.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in words)
