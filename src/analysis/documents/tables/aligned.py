"""Tables whose columns are aligned by blanks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from .cells import Cell, Table, stripped, width_of
from .counted import counted
from .delimited import PERIOD, is_number
from .fields import TABLE_NUMBER, Field, Line, has_figure, is_entitled, is_figure, is_time, is_unit, lines_of, table_of
from .gaps import GAP, SPACE, how_even, in_places, is_glued, is_uncut, merged, spans_of, split_at
from .headed import has_part_above, under_heads_set_apart
from .labels import label_count, with_labels_told_twice
from .placing import head_cells
from .rowed import is_title
from .thousands import are_far, tears

# How far above a table its heads may stand, and how long a line that groups its rows may be.
_LOOK_BACK, _LINE = 300, 25
# So many lines that end in figures are a table.
_FEWEST_ROWS = 3
# So many of the fields stand under others where lines were set in signs of one width.
_MOSTLY = 0.9
# A blank that may part two heads, as one beside what a head says in another language (差額 / Dif.) does not.
_TWO_HEADS = re.compile(r"[^A-Za-z/／.] +[^A-Za-z/／(（]")
_SECTION = re.compile(r"\d{1,3}(?:[-—－]\d{1,3}){1,2}")
_CONTINUED = re.compile(r"[（(]?续\s?表?\s?[一二三四五\d]?[)）]?\s?(?:[（(]?[Cc]ont[a-z.]{0,8}[)）]?)?")
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?")


def aligned(text: str, run: list[Line]) -> Table | None:
    """A table of lines whose columns stand under one another, or that have the same number of words each."""
    whole = [split_at(text, a, b, GAP) for a, b in run]
    if len(whole) > 2 and (is_entitled([words for words, _, _ in whole[0]]) or _is_numbered_title(whole[0])):
        run, whole = run[1:], whole[1:]
    while len(whole) > 2 and _tells_around(whole[0]):
        run, whole = run[1:], whole[1:]
    set_apart = under_heads_set_apart(text, run)
    if set_apart is not None:
        return set_apart
    apart = [split_at(text, a, b, GAP, together=False) for a, b in run]
    # A word spread over its column is one where that makes the rows alike, and where they are not alike with its parts either.
    ways = [apart, whole] if _alike(apart) and not _alike(whole) else [whole, apart]
    ways = ways if whole != apart else [whole]
    found = None
    for split in [*ways, joined] if (joined := with_labels_told_twice(text, whole)) else ways:
        table = _aligned(text, run, split)
        if table is not None and not table.doubt and not _leaves_heads_out(text, table, whole):
            return table
        found = found or table
    by_words = counted(text, run)
    if by_words is not None and not _leaves_heads_out(text, by_words, whole):
        return by_words
    found = found or by_words
    return replace(found, doubt="alignment") if found is not None else _without_columns(text, run, whole)


def _is_numbered_title(fields: list[Field]) -> bool:
    """Whether a line is a title, or the word that a table goes on, behind its number in a yearbook: 24-7  律师工作基本情况."""
    if len(fields) != 2 or _SECTION.fullmatch(fields[0][0]) is None:
        return False
    return is_title(fields[1][0]) or _CONTINUED.fullmatch(fields[1][0]) is not None


def _tells_around(fields: list[Field]) -> bool:
    """Whether a line says of the table who made it, when, or in what it counts: 填报单位：县司法局   2023年12月31日."""
    said = [words for words, _, _ in fields]
    return 1 < len(said) < 4 and any("：" in words or ":" in words for words in said) and not any(map(is_figure, said))


def _leaves_heads_out(text: str, table: Table, split: list[list[Field]]) -> bool:
    """Whether heads stand above those of a table that are in none of its cells, as where nothing tells which columns they are over.

    So it is with 其中 on the line above, and with a unit far in under the heads, which is that of one column.
    """
    first = _first_of_body(split)
    if has_part_above(text, split[0][0][1]) or any(len(fields) == 1 and is_unit(fields[0][0]) for fields in split[1:first]):
        return True
    held = {start for cell in table.cells if cell.start < split[first][0][1] for start in range(cell.start, cell.end)}
    above = [fields for fields in split[:first] if len(fields) > 1 and not any(is_title(words) for words, _, _ in fields)]
    return any(start not in held for fields in above for _, start, _ in fields)


def _without_columns(text: str, run: list[Line], split: list[list[Field]]) -> Table | None:
    """Lines that end in several figures each and tell nothing of their columns: a table to be named, not read."""
    rows = [i for i, fields in enumerate(split) if is_uncut(fields)]
    if len(rows) < _FEWEST_ROWS:
        return None
    lines = run[rows[0] : rows[-1] + 1]
    return table_of(lines, [split_at(text, start, end, SPACE) for start, end in lines], doubt="alignment")


def _alike(split: list[list[Field]]) -> bool:
    return len({len(fields) for fields in split if len(fields) > 1}) == 1


def _aligned(text: str, run: list[Line], split: list[list[Field]]) -> Table | None:
    wide = [i for i, fields in enumerate(split) if len(fields) > 1]
    first = min(wide, default=0)
    last = max([first, *wide, *(i for i, fields in enumerate(split) if len(wide) > 1 and is_uncut(fields))])
    run, split = run[first : last + 1], split[first : last + 1]
    glued = 2 * sum(map(is_glued, split)) > len(split)
    rows = (None if glued else _evenly(split)) or _evenly(_untorn([split_at(text, a, b, SPACE) for a, b in run]))
    if rows is not None or glued:
        return table_of(run, rows, _doubt(rows)) if rows is not None else None
    numbers = [sum(1 for field in fields if is_figure(field[0]) and not is_time(field[0])) for fields in split]
    if len(split) < 3 or sum(1 for n in numbers if n) < 2 or max(numbers) < 1:
        return None
    told_by_place = None if _says_nothing_by_place(split) else _by_either(text, run, split)
    table = _by_count(text, run, split) if told_by_place is None or _are_ragged(told_by_place, split) else told_by_place
    table = table or told_by_place
    if table is not None:
        return table
    body = [words for fields in split[_first_of_body(split) :] for one, _, _ in fields for words in SPACE.split(one)]
    return table_of(run, split, doubt="alignment") if 2 * sum(map(is_figure, body)) >= len(body) else None


def _untorn(rows: list[list[Field]]) -> list[list[Field]]:
    """Some rows; none of them where a blank tears figures of one that are whole in others."""
    far = any(are_far(row[1:]) for row in rows[1:])
    return [[]] if any(tears(row[1:], far) for row in rows[1:]) else rows


def _doubt(rows: list[list[Field]]) -> str:
    """A blank in a figure parts its thousands, or two figures: the former where no head has a blank, and no figure has thousands in one piece."""
    figures = [field[0] for row in rows[1:] for field in row[1:] if is_number(field[0])]
    if not any(" " in figure for figure in figures):
        return ""
    certain = all(_THOUSANDS.fullmatch(f) if " " in f else not re.match(r"\d{4}", f) for f in figures)
    return "" if certain and not any(_TWO_HEADS.search(field[0]) for field in rows[0][1:]) else "alignment"


def _evenly(rows: list[list[Field]]) -> list[list[Field]] | None:
    """The rows where all have the same number of words, the first is a head and the others hold numbers; None for any others."""
    width = len(rows[0])
    if width < 2 or any(len(row) != width for row in rows):
        return None
    if any(is_figure(field[0]) and not PERIOD.fullmatch(field[0]) for field in rows[0]):
        return None
    body = rows[1:]
    return rows if all(all(is_figure(row[c][0]) for row in body) for c in range(1, width)) and (len(body) > 1 or width > 2) else None


def _by_either(text: str, run: list[Line], split: list[list[Field]]) -> Table | None:
    """The fields put into columns by where they stand, a Hanzi being two signs wide, or one where more stand under one another so."""
    wide, plain = ([spans_of(text, line, fields, width) for line, fields in zip(run, split, strict=True)] for width in (width_of, len))
    found, evenly = _by_place(run, split, wide), how_even(plain)
    fields = sum(len(row) - 1 for row in split if row)
    if wide == plain or evenly <= how_even(wide) or evenly < _MOSTLY * fields:
        return found
    return _by_place(run, split, plain) or found


def _by_place(run: list[Line], split: list[list[Field]], spans: list[list[tuple[int, int]]]) -> Table | None:
    """The fields put into columns by where they stand; None where some stand between two, or the heads are not certain."""
    first = _first_of_body(split)
    body = [i for i in range(first, len(split)) if len(split[i]) > 1]
    columns = merged([span for i in body for span in spans[i]])
    if len(columns) < max(len(split[i]) for i in body) or len(columns) < 2 or any(is_uncut(split[i]) for i in range(first, len(split))):
        return None
    if first:
        # A column in which no row has a figure is told by its head, and one whose figures do not all stand under one another too.
        wider, heads = merged([*columns, *spans[first - 1]]), len(split[first - 1])
        cornered = spans[first - 1][0][0] < wider[0][1]
        if len(columns) != len(wider) == heads + (not cornered) and (found := _in_columns(run, split, spans, wider)) is not None:
            return found
    return _in_columns(run, split, spans, columns)


def _in_columns(run: list[Line], split: list[list[Field]], spans: list[list[tuple[int, int]]], columns: list[tuple[int, int]]) -> Table | None:
    """The table of fields that stand in some columns; None where one does not, or the heads are not certain."""
    first = _first_of_body(split)
    body = [i for i in range(first, len(split)) if len(split[i]) > 1]
    rows: dict[int, list[Field]] = {}
    for i in range(first, len(split)):
        row = in_places(split[i], spans[i], columns)
        if row is None:
            return None
        rows[i] = row
    heads = _heads_over(split[:first], spans[:first], columns, [rows[i] for i in body])
    if heads is None:
        return None
    cells = [*heads, *(Cell(*field, i, c) for i, row in rows.items() for c, field in enumerate(row) if field[0])]
    return Table(tuple(cells), run[0][0], run[-1][1]) if cells else None


def _says_nothing_by_place(split: list[list[Field]]) -> bool:
    """Whether all fields of all lines are equally far from each other, so that none stands under another but by chance: three a line at least."""
    if all(len(fields) < 3 for fields in split):
        return False
    gaps = {b[1] - a[2] for fields in split for a, b in pairwise(fields)}
    return len(gaps) == 1 and len({sum(b - a for _, a, b in fields) for fields in split if len(fields) > 1}) > 1


def _are_ragged(table: Table, split: list[list[Field]]) -> bool:
    """Whether all rows have as many fields, but more columns were found for them by where they stand."""
    sizes = {len(fields) for fields in split[_first_of_body(split) :] if len(fields) > 1}
    return len(sizes) == 1 and max(cell.column for cell in table.cells) >= max(sizes)


def _first_of_body(split: list[list[Field]]) -> int:
    """Which line is the first with figures that are no times; the last where none is."""
    lines = range(len(split))
    return next((i for i in lines if has_figure(split[i][1:])), len(split) - 1)


def _by_count(text: str, run: list[Line], split: list[list[Field]]) -> Table | None:
    """The fields of lines that all have a label and as many figures, under as many heads: their own, or times a line each above them."""
    first = _first_of_body(split)
    body = [fields for fields in split[first:] if len(fields) > 1]
    labels, figures = label_count(body[0]), len(body[0]) - label_count(body[0])
    told = labels == 1 or (labels == 2 and all(len(fields) > 1 and is_unit(fields[1][0]) for fields in body))
    if not told or figures < 2 or any(len(fields) != labels + figures or label_count(fields) != labels for fields in body):
        return None
    rows = [fields for fields in split[:first] if len(fields) > 1] or _times_above(text, run[0][0], figures)
    if len(rows) > 1 and len(rows[-1]) == labels + figures and all(TABLE_NUMBER.match(row[0][0]) for row in rows[:-1]):
        rows = rows[-1:]  # 表3  各地区调解情况
    found = head_cells(rows, labels, [[field[0] for field in row[labels:]] for row in body]) if rows else None
    if found is None:
        return None
    cells = [Cell(*head.field, head.row, head.column, head.rows, head.columns) for head in found]
    for at, fields in enumerate(split[first:], len(rows)):
        cells += [Cell(*field, at, column) for column, field in enumerate(fields)]
    return Table(tuple(cells), min(cell.start for cell in cells), run[-1][1])


def _times_above(text: str, start: int, count: int) -> list[list[Field]]:
    """The row of heads that so many lines above a table are, each a time; [] where they are none."""
    found: list[Field] = []
    for a, b in reversed(lines_of(text[max(0, start - _LOOK_BACK) : start])):
        field = stripped(text, max(0, start - _LOOK_BACK) + a, max(0, start - _LOOK_BACK) + b)
        if not field[0] or (not found and not is_time(field[0]) and len(field[0]) < _LINE):
            continue
        if not is_time(field[0]) or len(found) == count:
            break
        found.insert(0, field)
    return [found] if len(found) == count else []


def _heads_over(
    lines: list[list[Field]], spans: list[list[tuple[int, int]]], columns: list[tuple[int, int]], body: list[list[Field]],
) -> list[Cell] | None:  # fmt: skip
    """The heads in their columns: by where they stand, else by what they say and the figures come to; None where neither tells."""
    if not lines:
        return []
    placed = [in_places(fields, places, columns) for fields, places in zip(lines, spans, strict=True)]
    if all(row is not None for row in placed) and len({len(fields) for fields in lines}) == 1:
        return [Cell(*field, i, c) for i, row in enumerate(placed) for c, field in enumerate(row or ()) if field[0]]
    titles = 0
    while titles < len(lines) - 1 and len(lines[titles]) == 1:
        titles += 1
    rows = [fields for fields in lines[titles:] if len(fields) > 1]
    corner = [fields[0] for fields in lines[titles:] if len(fields) == 1]
    said = [next((row[column] for row in body if row[column][0]), ("-", 0, 0)) for column in range(len(columns))]
    labels = label_count(said)
    if len(corner) == 1 and rows:
        rows[-1] = [corner[0], *rows[-1]]
    figures = [[field[0] for field in row[labels:]] for row in body]
    found = head_cells(rows, labels, figures) if rows else None
    if found is None:
        sound = [row for row in placed if row is not None]
        if len(sound) < len(placed) or not _begin_groups(lines, spans, len(columns) - labels):
            return None
        return [Cell(*f, i, c) for i, row in enumerate(sound) for c, f in enumerate(row) if f[0]]
    above = [Cell(*fields[0], i, 0) for i, fields in enumerate(lines[:titles])]
    return [*above, *(Cell(*head.field, titles + head.row, head.column, head.rows, head.columns) for head in found)]


def _begin_groups(lines: list[list[Field]], spans: list[list[tuple[int, int]]], figures: int) -> bool:
    """Whether upper heads that are fewer than the columns of figures begin where a lower one does, so that it is the first of theirs."""
    begins = {left for left, _ in spans[-1]}
    return all(
        len(fields) < 2 or len(fields) >= figures or all(left in begins for left, _ in places)
        for fields, places in zip(lines[:-1], spans[:-1], strict=True)
    )
