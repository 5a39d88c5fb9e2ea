"""Tables between bars (Markdown, box drawings, copied pages) or tabs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .cells import Table, stripped
from .fields import BARS, Field, Line, between, is_figure, table_of
from .headrows import under_their_heads

RULE = re.compile(r"[\s|｜+＋:=\-—\u2500-\u257f]*")
BAR = re.compile(r"(?<!\\)[|│┃｜║]")
_DRAWN = re.compile(r"[\u2500-\u257f]")
# What a piece of a head or label that goes on in the next line does not hold.
_COUNTS = re.compile(r"[\d０-９〇一二三四五六七八九十百千万亿]")
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
    rows = _between_rules(rows, [number for number, found in enumerate(words) if RULE.fullmatch(found)], words)
    return table_of(run, under_their_heads(_moved_back(rows)))


def _between_rules(rows: list[list[Field]], rules: list[int], words: list[str]) -> list[list[Field]]:
    """Rows of a drawing whose cells are several lines high, each as one: lines between two rules of which one at most holds figures."""
    if len(rules) < 3 or not any(_DRAWN.search(words[number]) for number in rules):
        return rows
    found: list[list[Field]] = []
    part: list[list[Field]] = []
    left = iter(rows)
    for number in range(len(words) + 1):
        if number == len(words) or number in rules:
            found += [_joined(part)] if _is_one_row(part) else part
            part = []
        else:
            part.append(next(left))
    return found


def _is_one_row(part: list[list[Field]]) -> bool:
    if len(part) < 2 or len({len(row) for row in part}) > 1 or sum(any(is_figure(field[0]) for field in row[1:]) for row in part) > 1:
        return False
    return not any(_COUNTS.search(field[0]) for row in part[1:] for field in row)


def _joined(part: list[list[Field]]) -> list[Field]:
    """The cells of some lines of one row, from the top of each to its bottom."""
    found = []
    for column in range(len(part[0])):
        pieces = [row[column] for row in part if row[column][0]] or [part[0][column]]
        found.append(("".join("".join(piece[0].split()) for piece in pieces) if len(pieces) > 1 else pieces[0][0], pieces[0][1], pieces[-1][2]))
    return found


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
    widths = Counter(len(row) for row in rows if row[0][0]).most_common(1)
    if not widths:  # not one first cell holds a word
        return rows
    usual = widths[0][0]
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
