"""Tables printed a cell a line with a blank line behind each, so that every further blank line but one is an empty cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .cells import Cell, Table, stripped
from .fields import Field, is_figure, is_short, is_time, lines_of
from .trees import OVER_LABELS

_FEWEST_ROWS, _FEWEST = 2, 4
# A footnote's mark in a column of its own.
_MARK = re.compile(r"[（(]\d{1,2}[)）]|[*＊※†‡§#＃^]")
Row = list[Field]


def spaced_runs(text: str) -> Iterator[list[Field]]:
    """Runs of short lines parted by odd numbers of blank ones, some by three or more: their cells, with the empty ones among them."""
    fields: list[Field] = []
    blanks = 0
    for start, end in [*lines_of(text), (len(text), len(text))]:
        field = stripped(text, start, end)
        if not field[0] and start < len(text):
            blanks += 1
            continue
        if fields and (not blanks % 2 or not is_short(field[0])):
            yield from [fields] if _may_be_a_table(fields) else []
            fields = []
        if is_short(field[0]):
            fields += [("", field[1], field[1])] * (blanks // 2) if fields else []
            fields.append(field)
        blanks = 0


def _may_be_a_table(fields: Sequence[Field]) -> bool:
    """Whether empty cells and figures enough stand in a run."""
    return any(not words for words, _, _ in fields) and sum(is_figure(words) for words, _, _ in fields) >= _FEWEST


def in_labelled_rows(fields: Sequence[Field]) -> list[Table]:
    """The tables of a run of which every row begins with its label, under rows of times or of heads; [] where a row has more or fewer cells."""
    rows = _rows(fields)
    found: list[list[Row]] = []
    for row in rows or ():
        if _is_head(row):
            found.append([row])
        elif found:
            found[-1].append(row)
        elif len(row) > 1:
            return []
    tables = [_table(part) for part in found]
    return [table for table in tables if table is not None] if all(tables) else []


def _rows(fields: Sequence[Field]) -> list[Row] | None:
    """The rows of a run: those of the usual width, heads of times of that width, and lines of one cell; None where a row is none of them."""
    chunks: list[Row] = []
    for field in fields:
        if not chunks or _is_label(field[0]):
            chunks.append([field])
        else:
            chunks[-1].append(field)
    widths = Counter(len(chunk) for chunk in chunks if _counts(chunk)).most_common(1)
    if not widths or widths[0][1] < _FEWEST_ROWS:
        return None
    width = widths[0][0]
    rows: list[Row] = []
    first = next(number for number, chunk in enumerate(chunks) if _counts(chunk))
    begin = max(0, first - width)
    if all(len(chunk) == 1 for chunk in chunks[begin:first]) and chunks[begin][0][0] in OVER_LABELS:
        heads = [chunk[0] for chunk in chunks[begin:first]]
        chunks = [*chunks[:begin], heads, *chunks[first:]]
    for chunk in chunks:
        cut = _cut(chunk, width, chunk is chunks[-1])
        if cut is None:
            return None
        rows += cut
    return rows


def _cut(chunk: Row, width: int, is_last: bool) -> list[Row] | None:
    """A label with the cells up to the next one, as a row or a line, and what stands behind it: empty cells, or the head of the next table."""
    if not any(words for words, _, _ in chunk[1:]):
        return [chunk[:1]]
    if _is_head(chunk):
        return [chunk] if len(chunk) == width else [chunk[:1], chunk[1:]] if len(chunk) == width + 1 else None
    if is_last and len(chunk) < width:
        chunk = chunk + [("", chunk[-1][2], chunk[-1][2])] * (width - len(chunk))
    own, rest = chunk[:width], chunk[width:]
    if len(own) < width or not _counts(own):
        return None
    if not any(words for words, _, _ in rest):
        return [own]
    return [own, rest[-width:]] if len(rest) >= width and _is_head(rest) and not any(words for words, _, _ in rest[:-width]) else None


def _table(rows: list[Row]) -> Table | None:
    """The table of a head and the rows under it, without the columns of footnotes; None where figures stand under no head."""
    head, body = rows[0], [row for row in rows[1:] if len(row) > 1]
    kept = [0, *(i for i in range(1, len(head)) if head[i][0] or any(row[i][0] and not _MARK.fullmatch(row[i][0]) for row in body))]
    if len(body) < _FEWEST_ROWS or any(not head[i][0] for i in kept[1:]):
        return None
    cells = [
        Cell(*row[i], number, place)
        for number, row in enumerate(rows) for place, i in enumerate(kept) if i < len(row) and row[i][0]
    ]  # fmt: skip
    return Table(tuple(cells), cells[0].start, cells[-1].end)


def _is_label(words: str) -> bool:
    return bool(words) and not is_figure(words) and not is_time(words) and not _MARK.fullmatch(words)


def _counts(row: Row) -> bool:
    """Whether a row holds figures behind its label, and not times alone."""
    return any(is_figure(words) and not is_time(words) and not _MARK.fullmatch(words) for words, _, _ in row[1:])


def _is_head(row: Row) -> bool:
    """Whether what stands in a row behind its first cell are two times at least, and nothing else; or all are words, the first over labels."""
    said = [words for words, _, _ in row[1:] if words]
    return len(said) > 1 and (all(map(is_time, said)) or (row[0][0] in OVER_LABELS and all(map(_is_label, said))))
