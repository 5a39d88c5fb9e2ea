"""How many labels and figures the rows of a body have, and in which columns they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ...lexicon.wordlists import words as words_of
from .fields import NOTHING, Field, is_figure, is_time, numbered_as

_HAN, _LATIN = re.compile("[一-鿿]"), re.compile(r"(?=.*[A-Za-z]{2})[A-Za-z\u00c0-\u024f .,&'()/\-]{2,80}")
_BLANKS, _WHOLE = re.compile(r"\s+"), frozenset(words_of("whole_heads"))


class Shape:
    """How many labels and how many figures the rows of a body have, and how far in a label stands by the way it is numbered."""

    def __init__(self, body: Sequence[Sequence[Field]]) -> None:
        sizes = Counter(len(row) - label_count(row) for row in body if label_count(row) < len(row)) or Counter([0])
        usual = max(sizes, key=lambda size: (sizes[size], size))
        self.figures = usual
        sound = [row for row in body if len(row) - label_count(row) == usual]
        names = [[field[0] for field in row[: label_count(row)]] for row in sound]
        styles = sorted({style for labels in names for label in labels if (style := numbered_as(label)) is not None})
        self.styles = styles if len(styles) > 1 and any(len(labels) > 1 for labels in names) else []
        self.labels = max(len(self.styles), max(map(len, names), default=0))
        full = [labels for labels in names if labels and len(labels) == self.labels]
        self.outer, self.inner = {labels[0] for labels in full}, {labels[-1] for labels in full}

    def figures_of(self, rows: Iterable[Sequence[Field]]) -> list[list[str]]:
        """The figures of the rows that have lost none, in their columns."""
        return [[field[0] for field in row[len(row) - self.figures :]] for row in rows if len(row) - label_count(row) == self.figures]

    def columns_of(self, labels: Sequence[Field]) -> list[int]:
        """The columns of the labels of a row: those of the way they are numbered; else the last ones, unless they are a total's or outer ones."""
        styles = [numbered_as(field[0]) for field in labels]
        if self.styles and any(style is not None for style in styles):
            last = next(style for style in reversed(styles) if style is not None)
            end = self.styles.index(last) + 1 if last in self.styles else len(labels)
            start = max(0, end - len(labels))
            return list(range(start, start + len(labels)))
        numbered = bool(self.outer) and all(is_figure(label) for label in self.outer)
        first = labels[0][0] if labels else ""
        whole = _BLANKS.sub("", first) in _WHOLE and not numbered
        if len(labels) == self.labels or whole or (first in self.outer and first not in self.inner):
            return list(range(len(labels)))
        return list(range(self.labels - len(labels), self.labels))


class Standing(Shape):
    """The shape of a body whose every cell stands in its column, empty ones among them."""

    def __init__(self, labels: int, width: int) -> None:
        self.labels, self.figures = labels, width - labels

    def figures_of(self, rows: Iterable[Sequence[Field]]) -> list[list[str]]:
        """The figures of all rows in their columns, "" for an empty cell."""
        return [[field[0] for field in row[self.labels :]] for row in rows]


def labels_in_place(rows: Sequence[Sequence[Field]], body: Sequence[int], ended: bool) -> int:
    """How many labels rows have of which all print as many cells as the heads, each column words or figures only; 0 for any others.

    Then no cell stands for one that was lost, and an empty one is a figure that is not printed. Those at its end a row may leave out, unless it is
    `ended`.
    """
    width = max((len(row) for row in rows[: body[0]]), default=0)
    lengths = {len(rows[number]) for number in body}
    if max(lengths) != width or (ended and len(lengths) > 1) or all(field[0] for number in body for field in rows[number]):
        return 0
    columns = [[rows[number][column] for number in body if column < len(rows[number]) and rows[number][column][0]] for column in range(width)]
    if any(len({is_figure(words) for words, _, _ in column}) > 1 for column in columns):
        return 0
    count = label_count([column[0] if column else ("", 0, 0) for column in columns])
    return count if count < width else 0


def label_count(row: Sequence[Field]) -> int:
    """How many cells of a row are labels: those before its first figure, and a year or the row's number before them."""
    words = [field[0] for field in row]
    start = 0
    if words and is_figure(words[0]) and len(words) > 1 and (is_time(words[0]) or not (is_figure(words[1]) or not words[1])):
        start = 1
    return next((i for i in range(start, len(words)) if is_figure(words[i])), len(words))


def with_labels_told_twice(text: str, rows: Sequence[Sequence[Field]]) -> list[list[Field]] | None:
    """The rows with each label and the same in English right behind it as one, where all rows with figures have both; None where they do not.

    So the English, which begins where its label ends, stands in no column: 合  计  Total, 诈  骗  Fraud.
    """
    found: list[list[Field]] = []
    for row in rows:
        told = len(row) > 1 and _HAN.search(row[0][0]) is not None and _LATIN.fullmatch(row[1][0]) is not None
        if not told and any(is_figure(words) and not is_time(words) for words, _, _ in row):
            return None
        found.append([(text[row[0][1] : row[1][2]], row[0][1], row[1][2]), *row[2:]] if told else list(row))
    return found if sum(len(one) < len(row) for one, row in zip(found, rows, strict=True)) > 1 else None


def marks_of_totals(fields: Sequence[Field]) -> set[int]:
    """The marks that totals have no number (/, 合计), which may be those of a figure that is none as well."""
    return {i for i, (one, other) in enumerate(pairwise(fields)) if NOTHING.fullmatch(one[0]) and _BLANKS.sub("", other[0]) in _WHOLE}
