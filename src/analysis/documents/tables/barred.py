"""Tables between bars (Markdown, box drawings, copied pages) or tabs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from .broken import behind_a_span, with_joined_heads, with_whole_heads
from .cells import Table, stripped
from .fields import BARS, Field, Line, between, first_of_figures, is_entitled, is_figure, table_of
from .placing import cells_of, placed
from .signed import with_signs_between_cells

RULE = re.compile(r"[\s|｜+＋:=\-—\u2500-\u257f]*")
BAR = re.compile(r"(?<!\\)[|│┃｜║]")
_DRAWN = re.compile(r"[\u2500-\u257f]")
# The rule of Markdown under a row of heads, and the fewest lines of a table that has one: heads, rule, and two rows.
_UNDER_HEADS, _FEWEST_LINES = re.compile(r"[\s|:]*-{3,}[\s:]*\|[\s|:\-]*"), 4
# What begins every row of a list that is a table.
_BULLETS = frozenset("-*+•·")
# What a piece of a head or label that goes on in the next line does not hold.
_COUNTS = re.compile(r"[\d０-９〇一二三四五六七八九十百千万亿]")


def between_bars(text: str, run: list[Line]) -> Table | None:
    """The table of lines with bars in them: a line a row, or a cell a line where bars alone begin the rows."""
    run = _behind_their_labels(text, run)
    words = [text[a:b].strip() for a, b in run]
    single = sum(1 for line in words if len(line) > 1 and len(BAR.findall(line)) == 1 and (line[-1] in BARS or line[0] in BARS))
    if single * 2 > len(run):
        return None  # a cell a line
    # `|  |  |` has no rule in it but is a row of empty cells, which says nothing either.
    kept = [(line, found) for line, found in zip(run, words, strict=True) if not RULE.fullmatch(found)]
    begun = sum(1 for _, found in kept if found[0] in BARS)
    rows = [_row(text, *line, 2 * begun > len(kept)) for line, _ in kept]
    if 2 * begun <= len(kept) and begun:
        rows = _without_edges(rows)
    rows = _between_rules(rows, {number for number, found in enumerate(words) if RULE.fullmatch(found)}, words)
    ended = [line[-1] in BARS for _, line in kept]
    if 2 * sum(ended) > len(kept) and len(rows) == len(kept):
        rows, ended = _in_one(rows, ended)
    return in_columns(run, _without_bullets(rows), all(ended))


def parts_of(text: str, run: list[Line]) -> list[list[Line]]:
    """The lines of each table of a run, where several have a row of heads with a rule of Markdown under it (---|---) and rows of their own."""
    rules = [number for number, (a, b) in enumerate(run) if number and _UNDER_HEADS.fullmatch(text, a, b)]
    begins = [0, *(number - 1 for number in rules[1:])]
    parts = [run[a:b] for a, b in pairwise([*begins, len(run)])]
    heads = (text[slice(*part[0])] for part in parts[1:])
    return parts if all(len(part) >= _FEWEST_LINES for part in parts) and not any(map(_COUNTS.search, heads)) else [run]


def _behind_their_labels(text: str, run: list[Line]) -> list[Line]:
    """Lines of figures that begin with a bar, each as one with the label that stands alone on the line before, where several are so."""
    found: list[Line] = []
    for start, end in run:
        words = text[start:end].strip()
        label = text[slice(*found[-1])].strip() if found else ""
        if label and words and words[0] in BARS and not BAR.search(label) and not RULE.fullmatch(label) and _holds_only_figures(words):
            start = found.pop()[0]
        found.append((start, end))
    return found if len(run) - len(found) > 1 else run


def _holds_only_figures(words: str) -> bool:
    fields = [field for one in BAR.split(words) if (field := one.strip())]
    return len(fields) > 1 and all(map(is_figure, fields))


def _in_one(rows: list[list[Field]], ended: list[bool]) -> tuple[list[list[Field]], list[bool]]:
    """Rows whose last cell goes on in the next line, where bars end all others, with that line as one: together they have as many cells as most."""
    usual = Counter(len(row) for row, whole in zip(rows, ended, strict=True) if whole).most_common(1)[0][0]
    found: list[list[Field]] = []
    ends: list[bool] = []
    for row, whole in zip(rows, ended, strict=True):
        before = found[-1] if found and not ends[-1] else []
        if before and len(before) + len(row) - 1 <= usual and (not whole or len(before) + len(row) - 1 == usual):
            pieces = [piece for piece in (before[-1], row[0]) if piece[0]] or [before[-1]]
            found[-1] = [*before[:-1], ("".join(piece[0] for piece in pieces), pieces[0][1], pieces[-1][2]), *row[1:]]
            ends[-1] = whole
        else:
            found.append(row)
            ends.append(whole)
    return found, ends


def _without_bullets(rows: list[list[Field]]) -> list[list[Field]]:
    """Rows without the bullets of a list before their first bar, where all have nothing else there."""
    firsts = [row[0][0] for row in rows]
    bullets = sum(first in _BULLETS for first in firsts)
    if 2 * bullets < len(rows) or not all(not first or first in _BULLETS for first in firsts) or any(len(row) < 3 for row in rows):
        return rows
    labelled = sum(1 for row in rows if row[1][0] and not is_figure(row[1][0]))
    return [row[1:] for row in rows] if labelled >= bullets else rows


def in_columns(run: list[Line], rows: list[list[Field]], ended: bool = False) -> Table | None:
    """The table of some rows, put into columns where a copy has lost spans."""
    rows = behind_a_span(with_whole_heads(_under_their_heads(_side_by_side([_entitled(row) for row in rows]))))
    put = placed(rows, ended)
    if put is not None and put.doubt and (joined := with_joined_heads(rows)) != rows:
        rows = joined
        put = placed(rows, ended)
    if put is None or (not put.doubt and not put.cells):
        return table_of(run, rows)
    if put.doubt:
        return table_of(run, rows, put.doubt)
    return Table(tuple(put.cells), run[0][0], run[-1][1], lost=cells_of(put.lost))


def _entitled(row: list[Field]) -> list[Field]:
    """A row that is a table's number and its title, each in a cell of its own (表3 | 2023年被申请复议情况), as one cell."""
    said = [field for field in row if field[0]]
    if not is_entitled([words for words, _, _ in said]):
        return row
    (number, start, _), (title, _, end) = said
    return [(f"{number} {title}", start, end)]


def _side_by_side(rows: list[list[Field]]) -> list[list[Field]]:
    """Rows of lists side by side whose labels have no heads, and whose figures have the same again and again: each head is put over its figures."""
    first = next((number for number, row in enumerate(rows) if any(is_figure(field[0]) for field in row)), 0)
    heads, body = rows[first - 1] if first else [], rows[first:]
    if not heads or len(body) < 2 or len({len(row) for row in body}) > 1 or not all(field[0] and not is_figure(field[0]) for field in heads):
        return rows
    kinds = {tuple(is_figure(field[0]) for field in row) for row in body}
    shape = kinds.pop() if len(kinds) == 1 else ()
    labels = [column for column, figure in enumerate(shape) if not figure]
    many = len(heads) // len(labels) if labels else 0
    alike = many > 0 and [field[0] for field in heads] == [field[0] for field in heads[:many]] * len(labels)
    if len(labels) < 2 or not alike or labels != list(range(0, len(shape), many + 1)):
        return rows
    over = iter(heads)
    return [*rows[: first - 1], [next(over) if figure else ("", heads[0][1], heads[0][1]) for figure in shape], *body]


def _under_their_heads(rows: list[list[Field]]) -> list[list[Field]]:
    """Rows whose heads stand a column to the left of their figures, since the empty cell over the labels got behind them: it is put back."""
    first = first_of_figures(rows)
    heads, body = rows[:first], rows[first:]
    labelled = [len(row) for row in body if row[0][0] and not is_figure(row[0][0]) and is_figure(row[-1][0])]
    if len(body) < 2 or 2 * len(labelled) <= len(body) or any(not row[0][0] for row in heads):
        return rows
    return [[row[-1], *row[:-1]] if len(row) in labelled and _lacks_the_last(row) else row for row in heads] + body


def _lacks_the_last(row: list[Field]) -> bool:
    """Whether all cells of a row but the last hold words."""
    return len(row) > 2 and not row[-1][0] and all(field[0] and not is_figure(field[0]) for field in row[:-1])


def _between_rules(rows: list[list[Field]], rules: set[int], words: list[str]) -> list[list[Field]]:
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
    return in_columns(run, with_signs_between_cells(text, rows))
