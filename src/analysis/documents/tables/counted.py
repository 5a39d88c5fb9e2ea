"""Tables whose columns single blanks part: under a head of so many words, rows that end in one figure for each."""

from __future__ import annotations

import re

from .cells import Table
from .delimited import NUMBER
from .fields import Field, Line, is_figure, table_of

_WORD = re.compile(r"[^ \u00a0\u3000\t]+")
# What leads the eye from a label to its figures.
LEADERS = re.compile(r"[ .．…·。]{3,}$")
_FEWEST_COLUMNS, _FEWEST_ROWS = 2, 2


def counted(text: str, run: list[Line]) -> Table | None:
    """The table of some lines, None where a line with figures has not as many of them as the head above it has words for."""
    rows: list[list[Field]] = []
    columns = figures = 0
    first = -1
    for number, (start, end) in enumerate(run):
        words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(text, start, end)]
        if not any(NUMBER.fullmatch(word) for word, _, _ in words):
            spread = 2 * sum(len(word) == 1 for word, _, _ in words) >= len(words)  # 死 亡 人 数
            if len(words) > _FEWEST_COLUMNS and not spread and not any(is_figure(word) for word, _, _ in words):
                columns, first = len(words) - 1, number if first < 0 else first
                rows.append(words)
            elif first >= 0:
                rows.append([(text[words[0][1] : words[-1][2]], words[0][1], words[-1][2])])
            continue
        if not columns:
            if first >= 0 or number:
                return None
            continue
        row = _row(text, words, columns)
        if row is None:
            return None
        rows.append(row)
        figures += 1
    return table_of(run[first:], rows) if figures >= _FEWEST_ROWS else None


def _row(text: str, words: list[Field], columns: int) -> list[Field] | None:
    """A label of any words and the figures behind it; None where the label ends in a figure, or there are too few."""
    label, figures = words[:-columns], words[-columns:]
    if len(figures) < columns or not label or not all(is_figure(word) for word, _, _ in figures):
        return None
    start, end = label[0][1], label[-1][2]
    leader = LEADERS.search(text, start, end)
    end = leader.start() if leader is not None else end
    if end <= start or is_figure(text[start:end].split()[-1]):
        return None
    return [(text[start:end], start, end), *figures]
