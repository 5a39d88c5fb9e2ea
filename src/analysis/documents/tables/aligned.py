"""Tables whose columns are aligned by blanks."""

from __future__ import annotations

import re
import unicodedata

from .cells import Table, stripped
from .counted import counted
from .delimited import NUMBER, PERIOD
from .fields import Field, Line, is_figure, table_of

GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*[\t\u3000][ \u00a0\t\u3000]*")
SPACE = re.compile(r"[ \u00a0\u3000\t]+")
# A word spread over its column: 合  计, 单　位.
_SPREAD = re.compile(r"(?<![一-鿿])([一-鿿])[ \u00a0\u3000]{1,4}[一-鿿](?=[ \u00a0\u3000\t(（]|$)")
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?")


def aligned(text: str, run: list[Line]) -> Table | None:
    """A table of lines whose columns stand under one another, or that have the same number of words each."""
    whole = [_split(text, a, b, GAP) for a, b in run]
    apart = [_split(text, a, b, GAP, together=False) for a, b in run]
    # A word spread over its column is one where that makes the rows alike, and where they are not alike with its parts either.
    ways = [apart, whole] if _alike(apart) and not _alike(whole) else [whole, apart]
    found = None
    for split in ways if whole != apart else [whole]:
        table = _aligned(text, run, split)
        if table is not None and not table.doubt:
            return table
        found = found or table
    return counted(text, run) or found


def _alike(split: list[list[Field]]) -> bool:
    return len({len(fields) for fields in split if len(fields) > 1}) == 1


def _aligned(text: str, run: list[Line], split: list[list[Field]]) -> Table | None:
    first = next((i for i, fields in enumerate(split) if len(fields) > 1), 0)
    last = max((i for i, fields in enumerate(split) if len(fields) > 1), default=0)
    run, split = run[first : last + 1], split[first : last + 1]
    rows = _evenly(split) or _evenly([_split(text, a, b, SPACE) for a, b in run])
    if rows is not None:
        return table_of(run, rows, _doubt(rows))
    numbers = [sum(1 for field in fields if NUMBER.fullmatch(field[0])) for fields in split]
    if len(split) < 3 or sum(1 for n in numbers if n) < 2 or max(numbers) < 1:
        return None
    rows = _by_place(text, run, split)
    if rows is None:
        return table_of(run, split, doubt="alignment") if 2 * sum(numbers) >= sum(map(len, split)) else None
    return table_of(run, rows, _doubt(rows))


def _doubt(rows: list[list[Field]]) -> str:
    """A blank in a figure parts its thousands, or two figures: the former where no head has a blank, and no figure has thousands in one piece."""
    figures = [field[0] for row in rows[1:] for field in row[1:] if NUMBER.fullmatch(field[0])]
    if not any(" " in figure for figure in figures):
        return ""
    certain = all(_THOUSANDS.fullmatch(f) if " " in f else not re.match(r"\d{4}", f) for f in figures)
    return "" if certain and not any(" " in field[0] for field in rows[0][1:]) else "alignment"


def _split(text: str, start: int, end: int, gap: re.Pattern[str], together: bool = True) -> list[Field]:
    """The fields of a line; a word spread over its column is `together` or in parts."""
    _, start, end = stripped(text, start, end)
    spread = {found.end(1) for found in _SPREAD.finditer(text, start, end)} if together else ()
    cuts = [(found.start(), found.end()) for found in gap.finditer(text, start, end) if found.start() not in spread]
    edges = [start, *(place for cut in cuts for place in cut), end]
    return [(text[a:b], a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _evenly(rows: list[list[Field]]) -> list[list[Field]] | None:
    """The rows where all have the same number of words, the first is a head and the others hold numbers; None for any others."""
    width = len(rows[0])
    if width < 2 or any(len(row) != width for row in rows):
        return None
    if any(is_figure(field[0]) and not PERIOD.fullmatch(field[0]) for field in rows[0]):
        return None
    body = rows[1:]
    return rows if all(all(is_figure(row[c][0]) for row in body) for c in range(1, width)) and (len(body) > 1 or width > 2) else None


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
