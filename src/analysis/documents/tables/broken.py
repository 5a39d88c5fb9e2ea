"""Rows that a copy has broken: heads in pieces or one or two a line, and rows that begin further right, under a figure that spans them all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import takewhile

from ...lexicon.wordlists import alternation
from .fields import Field, has_figure, is_figure, is_time, is_unit, numbered_as
from .trees import BLANKS, OVER_LABELS

_OF_ITS_OWN = re.compile(rf"[%％‰]|{alternation('heads_in_percent')}")
_HAN, _LETTERS = re.compile("[一-鿿]"), re.compile("(?=.*[A-Za-z][a-z]{2})[\x20-\u024f\u2010-\u201f]{3,60}")
# Lines whose last cell goes on in the next are told from heads over heads by their number.
_FEWEST_LINES = 3
# No more lines stand over the figures of a table than titles and heads are set on.
_MOST_LINES = 24


def with_whole_heads(rows: Sequence[list[Field]]) -> list[list[Field]]:
    """Rows whose heads stand on several lines, each with fewer cells than the rows of figures have, as one row where they come to as many."""
    first, width = _first_figures(rows)
    found = _lines_of_heads(rows[:first], width, lambda lines: sum(map(len, lines)))
    if found is None:
        return list(rows)
    begin, end = found
    return [*rows[:begin], [field for row in rows[begin:end] for field in _said(row)], *rows[end:]]


def with_joined_heads(rows: Sequence[list[Field]]) -> list[list[Field]]:
    """Rows whose heads are broken within their cells (旧存 / 案件 | 新收 / 案件 on three lines), with these as one row; else as they are."""
    first, width = _first_figures(rows)
    found = _lines_of_heads(rows[:first], width, lambda lines: sum(map(len, lines)) - len(lines) + 1 if len(lines) >= _FEWEST_LINES else 0)
    if found is None:
        return list(rows)
    begin, end = found
    whole: list[Field] = []
    for row in map(_said, rows[begin:end]):
        if whole:
            (words, start, _), (more, _, stop) = whole.pop(), row.pop(0)
            whole.append((words + more, start, stop))
        whole += row
    return [*rows[:begin], whole, *rows[end:]]


def with_ends_joined(fields: Sequence[Field]) -> list[Field]:
    """Heads on lines of their own of which some are only the ends of those before (有效 / 警情 / 无效 / 警情), each with its end.

    An end stands more than once, as no two heads side by side do, or is one sign; between two ends stands a head's beginning. What tells of changes
    and shares (同比) is no end: it may be the head of figures that a copy has lost.
    """
    often = {words for words, count in Counter(words for words, _, _ in fields).items() if count > 1}
    found: list[Field] = []
    ended = True
    for field in fields:
        is_end = field[0] in often or (len(field[0]) == 1 and not is_unit(field[0]))
        if is_end and (ended or _OF_ITS_OWN.search(field[0]) is not None):
            return list(fields)
        if is_end:
            found[-1] = found[-1][0] + field[0], found[-1][1], field[2]
        else:
            found.append(field)
        ended = is_end
    return found


def in_one_language(fields: Sequence[Field]) -> list[Field]:
    """A run's cells without those that say in letters what the one before says in Chinese (類別 / Category / 2021年), where three at least do."""
    found: list[Field] = []
    for at, field in enumerate(fields):
        is_translated = at > 0 and _LETTERS.fullmatch(field[0]) is not None and (fields[at - 1] is not found[-1] or _HAN.search(found[-1][0]))
        if not is_translated:
            found.append(field)
    return found if len(fields) - len(found) >= _FEWEST_LINES else list(fields)


def _first_figures(rows: Sequence[list[Field]]) -> tuple[int, int]:
    """The number of the first row of figures, and how many cells most of these rows have (without empty ones at their ends)."""
    body = [number for number, row in enumerate(rows) if row[0][0] and has_figure(row[1:])]
    widths = Counter(len(filled(rows[number])) for number in body).most_common(1)
    return (body[0], widths[0][0]) if len(body) > 1 and 2 * widths[0][1] > len(body) else (0, 0)


def _lines_of_heads(rows: Sequence[list[Field]], width: int, count: Callable[[list[list[Field]]], int]) -> tuple[int, int] | None:
    """Where the one run of lines of heads begins and ends that have `width` cells together, fewer each; None where there is none, or several.

    Above it stand titles, below it lines that group the rows. Of runs that begin together the longest is meant: what a cell ends in groups no rows.
    """
    if len(rows) > _MOST_LINES:
        return None
    said = [_said(row) for row in rows]
    single = [len(line) < 2 for line in said]
    pieces = [all(field[0] and numbered_as(field[0]) is None for field in row) and 0 < len(row) < width for row in rows]
    found = [
        (begin, end)
        for begin in range(len(said)) for end in range(begin + 2, len(said) + 1)
        if all(single[:begin]) and all(single[end:]) and all(pieces[begin:end]) and _may_begin(said[begin]) and count(said[begin:end]) == width
    ]  # fmt: skip
    return max(found) if len(found) == 1 or (found and found[0][0] == found[-1][0]) else None


def _may_begin(line: Sequence[Field]) -> bool:
    """Whether a line may be the first of a head, and is no title."""
    return len(line) > 1 or (bool(line) and BLANKS.sub("", line[0][0]) in OVER_LABELS)


def _said(row: Sequence[Field]) -> list[Field]:
    return [field for field in row if field[0]]


def filled(row: Sequence[Field]) -> list[Field]:
    """A row without the empty cells at its end."""
    empty = sum(1 for _ in takewhile(lambda field: not field[0], reversed(row)))
    return list(row[: len(row) - empty])


def behind_a_span(rows: Sequence[list[Field]]) -> list[list[Field]]:
    """Rows that begin with a label where the first of them has figures before it, which span them all: they are put under their own heads."""
    begun = [number for number, row in enumerate(rows) if number and is_figure(row[0][0]) and not is_time(row[0][0])]
    if len(begun) != 1 or any(is_figure(words) for words, _, _ in rows[begun[0] - 1]):
        return list(rows)
    first = begun[0]
    top, under = filled(rows[first]), rows[first + 1 :]
    place = next((at for at, field in enumerate(top) if not is_figure(field[0])), 0)
    kinds = _kinds(top)
    shorter = [_kinds(filled(row)) for row in under]
    fit = all(row == kinds[place : place + len(row)] and len(row) > 1 for row in shorter)
    if not place or len(shorter) < 2 or not fit or len(_said(rows[first - 1])) != len(top):
        return list(rows)
    return [*rows[: first + 1], *([("", row[0][1], row[0][1])] * place + filled(row) for row in under)]


def _kinds(row: Sequence[Field]) -> list[bool]:
    return [is_figure(words) for words, _, _ in row]


def ends_before_labels(row: Sequence[Field], full: Sequence[Field]) -> bool:
    """Whether a row with figures ends where, in a full one, the labels of a list begin that stands beside another, and is as that one up to there."""
    kinds = _kinds(full)
    ends = 1 < len(row) < len(full) and not kinds[len(row)] and is_figure(row[-1][0])
    return ends and all(is_figure(words) == kind or not words for (words, _, _), kind in zip(row, kinds, strict=False))
