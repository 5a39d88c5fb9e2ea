"""Tables between bars (Markdown, box drawings, copied pages) or tabs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .cells import Table, stripped
from .fields import BARS, Field, Line, between, is_figure, table_of

RULE = re.compile(r"[\s|│┃｜║+＋:=\-─━—┄═╌┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]*")
BAR = re.compile(r"(?<!\\)[|│┃｜║]")
_SIGN = re.compile("[+＋±↑↓▲▼=]")
_ORDINAL = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[.．、]?")


def between_bars(text: str, run: list[Line]) -> Table | None:
    """The table of lines with bars in them: a line a row, or a cell a line where bars alone begin the rows."""
    words = [text[a:b].strip() for a, b in run]
    single = sum(1 for line in words if len(line) > 1 and len(BAR.findall(line)) == 1 and line[-1] in BARS)
    if single * 2 > len(run) and any(line in BARS for line in words):
        return _cell_a_line(text, run, words)
    # `|  |  |` has no rule in it but is a row of empty cells, which says nothing either.
    kept = [(line, found) for line, found in zip(run, words, strict=True) if not RULE.fullmatch(found)]
    begun = sum(1 for _, found in kept if found[0] in BARS)
    rows = [_row(text, *line, 2 * begun > len(kept)) for line, _ in kept]
    if 2 * begun <= len(kept) and begun:
        rows = _without_edges(rows)
    return table_of(run, _under_their_heads(_moved_back(rows)))


def _under_their_heads(rows: list[list[Field]]) -> list[list[Field]]:
    """Rows whose second holds the parts of a head with empty places behind it, pushed to the left because the heads beside it reach down.

    They are put under it where there are just as many of them as it has places, with the heads of the first columns above where they stood.
    """
    if len(rows) < 3 or not all(len(row) == len(rows[0]) for row in rows[1:3]):
        return rows
    upper, lower = ([field[0] for field in row] for row in rows[:2])
    places = [i for i, words in enumerate(upper) if (not words and i) or (words and i + 1 < len(upper) and not upper[i + 1])]
    parts = [field for field in rows[1] if field[0]]
    packed = lower[: len(parts)] == [field[0] for field in parts]
    if not packed or len(parts) < 2 or len(parts) != len(places) or min(places) < len(parts) or any(is_figure(field[0]) for field in parts):
        return rows
    moved = [("", field[1], field[1]) for field in rows[1]]
    for place, field in zip(places, parts, strict=True):
        moved[place] = field
    return [rows[0], moved, *rows[2:]]


def _row(text: str, start: int, end: int, edged: bool) -> list[Field]:
    """The fields of one line; a bar at its end is its edge, one at its beginning where it is so in most lines."""
    cuts = [found.start() for found in BAR.finditer(text, start, end)]
    _, first, last = stripped(text, start, end)
    if cuts and cuts[-1] == last - 1:
        end = cuts.pop()
    if edged and cuts and cuts[0] == first:
        cuts = cuts[1:]
        start = first + 1
    return between(text, start, end, cuts)


def _without_edges(rows: list[list[Field]]) -> list[list[Field]]:
    """Rows that begin with a bar where most do not: it parts an empty first cell, unless that makes the row too wide."""
    usual = Counter(len(row) for row in rows if row[0][0]).most_common(1)[0][0]
    return [row[1:] if not row[0][0] and len(row) > usual else row for row in rows]


def _moved_back(rows: list[list[Field]]) -> list[list[Field]]:
    """Rows without their ordinal, as pages print the parts of a numbered row: moved one place to the right, under their columns.

    They end in an empty cell where the numbered rows have a figure, and have figures wherever those have them.
    """
    numbered = [row for row in rows if len(row) > 2 and _ORDINAL.fullmatch(row[0][0]) and not is_figure(row[1][0]) and is_figure(_last(row))]
    if not numbered:
        return rows
    usual = Counter(len(_filled(row)) for row in numbered).most_common(1)[0][0]
    shape = next(_shape(row) for row in numbered if len(_filled(row)) == usual)
    moved = []
    for row in rows:
        filled = _filled(row)
        is_part = len(filled) == usual - 1 and filled[0][0] and _shape(row) == shape[1:]
        moved.append([("", row[0][1], row[0][1]), *filled] if is_part else row)
    return moved


def _shape(row: Sequence[Field]) -> list[bool]:
    """Which of its fields are figures, or signs before one."""
    return [is_figure(field[0]) or _SIGN.fullmatch(field[0]) is not None for field in _filled(row)]


def _filled(row: Sequence[Field]) -> Sequence[Field]:
    """A row without the empty fields at its end."""
    last = max((i for i, field in enumerate(row) if field[0]), default=-1)
    return row[: last + 1]


def _last(row: Sequence[Field]) -> str:
    return next((field[0] for field in reversed(row) if field[0]), "")


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
    return table_of(run, rows, doubt="" if len(wide) == 1 else "alignment")


def between_tabs(text: str, run: list[Line]) -> Table | None:
    """The table of lines with tabs in them."""
    rows = []
    for start, end in run:
        cuts = [start + i for i, character in enumerate(text[start:end]) if character == "\t"]
        rows.append(between(text, start, end, cuts))
    # Some texts set one column off with several tabs: empty cells everywhere are no columns.
    filled = {column for row in rows for column, field in enumerate(row) if field[0]}
    if rows and len(filled) < max(map(len, rows)) and len({sum(1 for f in row if f[0]) for row in rows}) == 1:
        rows = [[field for field in row if field[0]] for row in rows]
    return table_of(run, _moved_back(rows))
