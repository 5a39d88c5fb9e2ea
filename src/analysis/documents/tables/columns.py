"""Tables without rules between their columns: rows of words whose numbers stand under one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .cells import Placed
from .delimited import PERIOD, is_number
from .fields import NOTHING, SENTENCE

# How far the figures of a label on two lines are from each of them, in parts of a line's height, and how near to each other the two are.
CENTRED, CLOSE = 0.2, 1.7
# How far from a column of the page before the words of one may stand, in points.
NEARBY = 3.0
Spans = tuple[tuple[float, float], ...]


class Word(NamedTuple):
    """Some words that stand together on a line, and where they begin and end, in points from the left; between which heights they stand."""

    text: str
    left: float
    right: float
    bottom: float = 0.0
    top: float = 0.0

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def is_row(words: Sequence[Word]) -> bool:
    """Whether a line could be a row of a table: several words apart, no sentence."""
    return len(words) > 1 and not any(SENTENCE.search(word.text) and len(word.text) > 12 for word in words)


def groups_rows(words: Sequence[Word]) -> bool:
    """Whether a line with one word could head the rows under it."""
    return len(words) == 1 and len(words[0].text) < 25 and not SENTENCE.search(words[0].text)


def figures(words: Sequence[Word]) -> int:
    """How many of the words are numbers, or marks that there is none."""
    return sum(1 for word in words[1:] if is_number(word.text) or NOTHING.fullmatch(word.text))


def is_full(words: Sequence[Word]) -> bool:
    """Whether half of the words behind the first are numbers."""
    return 0 < figures(words) and 2 * figures(words) >= len(words) - 1


def with_whole_labels(rows: Sequence[Sequence[Word]]) -> list[Sequence[Word]]:
    """The rows, a label on two lines as one: where its figures stand between the two, or a bracket says that they are one."""
    found: list[Sequence[Word]] = []
    for row in rows:
        above = found[-1] if found else ()
        if len(above) == 1 and is_full(row) and _goes_on(above[0], row[0], row[1:]):
            found[-1] = [_one(above[0], row[0]), *row[1:]]
        elif len(row) == 1 and len(found) > 1 and len(found[-2]) == 1 and _is_around(found[-2][0], above, row[0]):
            found[-1] = [_one(found.pop(-2)[0], row[0]), *above]
        else:
            found.append(row)
    return found


def _one(first: Word, last: Word) -> Word:
    return Word(first.text + last.text, min(first.left, last.left), max(first.right, last.right), last.bottom, first.top)


def _goes_on(first: Word, label: Word, figures: Sequence[Word]) -> bool:
    height = max(label.top - label.bottom, 1.0)
    middle = max(word.middle for word in figures)
    between = label.middle + CENTRED * height < middle < first.middle - CENTRED * height
    return between or _opens(first.text) or (label.text[:1] in "（(" and label.text[-1:] in "）)" and first.middle - label.middle < CLOSE * height)


def _opens(words: str) -> bool:
    """Whether a bracket is open at the end of some words."""
    return sum(words.count(sign) for sign in "（(") > sum(words.count(sign) for sign in "）)")


def _is_around(first: Word, figures: Sequence[Word], last: Word) -> bool:
    """Whether words are figures alone and stand between two lines so near that both are their label."""
    if not figures or not all(is_number(word.text) for word in figures):
        return False
    bottom, top = min(word.bottom for word in figures), max(word.top for word in figures)
    return first.bottom < top and last.top > bottom and last.middle < bottom + (top - bottom) / 2 < first.middle


def placed(rows: Sequence[Sequence[Word]]) -> tuple[list[Placed], str, Spans] | None:
    """The cells of some rows, "alignment" where words stand between two columns, and where columns are; None where too few rows hold numbers."""
    rows = with_whole_labels(rows)
    full = [row for row in rows if is_full(row)]
    if len(full) < 2 or 3 * len(full) < len(rows):
        return None
    usual = Counter(map(len, full)).most_common(1)[0][0]
    columns = _columns([row for row in full if len(row) == usual])
    if columns is None or len(columns) < 2:
        return None
    cells: list[Placed] = []
    doubt = ""
    first = next(number for number, row in enumerate(rows) if row in full)
    for number, row in enumerate(rows):
        if len(row) == 1 and number > first:
            cells.append(Placed(row[0].text, number, 0))
            continue
        if number < first - 1 and len(row) < len(columns):
            spans = _spans(row, columns)
            if spans is None:
                doubt = "alignment"
            else:
                cells += [Placed(word.text, number, a, 1, b - a) for word, (a, b) in zip(row, spans, strict=True)]
                continue
        for word in row:
            mine = [i for i, (a, b) in enumerate(columns) if a < word.right and word.left < b] or _nearest(columns, word)
            if len(mine) > 1 and (is_number(word.text) and not PERIOD.fullmatch(word.text)):
                doubt = "alignment"
            cells.append(Placed(word.text, number, mine[0], 1, len(mine)))
    if len({(cell.row, cell.column) for cell in cells}) < len(cells):
        # Two words in one place: none of them is lost, where nothing of the table is read.
        doubt, cells = "alignment", [Placed(word.text, number, i) for number, row in enumerate(rows) for i, word in enumerate(row)]
    return cells, doubt, tuple(columns)


def going_on(rows: Sequence[Sequence[Word]], columns: Spans) -> tuple[list[Placed], int]:
    """The cells of the first rows, of labels and figures in the columns of the table before them, and how many rows those are; ([], 0) where they
    do not stand there."""
    whole: list[Sequence[Word]] = []
    for row in rows:
        if not (is_full(row) or groups_rows(row)):
            break
        whole.append(row)
    while whole and len(whole[-1]) == 1:
        whole.pop()
    cells: list[Placed] = []
    if any(len(row) == 1 and row[0].bottom - under[0].top > row[0].top - row[0].bottom for row, under in pairwise(whole)):
        return [], 0  # what stands at the head of the page
    for number, row in enumerate(whole):
        places = [[i for i, (a, b) in enumerate(columns) if a - NEARBY < word.right and word.left < b + NEARBY] for word in row]
        if any(len(place) != 1 for place in places) or places[0] != [0] or len({place[0] for place in places}) < len(row):
            return [], 0
        cells += [Placed(word.text, number, place[0]) for word, place in zip(row, places, strict=True)]
    return cells, len(whole)


def _columns(rows: Sequence[Sequence[Word]]) -> list[tuple[float, float]] | None:
    """Where the columns of rows with the usual count of words begin and end; None where they overlap."""
    columns = [(min(row[i].left for row in rows), max(row[i].right for row in rows)) for i in range(len(rows[0]))]
    return columns if all(a[1] <= b[0] + 1 for a, b in pairwise(columns)) else None


def _spans(row: Sequence[Word], columns: Sequence[tuple[float, float]]) -> list[tuple[int, int]] | None:
    """Which columns each word of an upper row of heads stands over: it must stand over their middle, and no column be without one.

    The first column holds labels, and may be without.
    """
    labels = row[0].left < columns[0][1]
    spans = [(0, 1)] if labels else []
    heads = list(row[1:] if labels else row)
    at = 1
    for i, word in enumerate(heads):
        middle = (word.left + word.right) / 2
        options = [
            end
            for end in range(at + 1, len(columns) + 1)
            if abs((columns[at][0] + columns[end - 1][1]) / 2 - middle) < max(6.0, 0.12 * (columns[end - 1][1] - columns[at][0]))
            and (i < len(heads) - 1 or end == len(columns))
        ]
        if len(options) != 1:
            return None
        spans.append((at, options[0]))
        at = options[0]
    return spans if at == len(columns) else None


def _nearest(columns: Sequence[tuple[float, float]], word: Word) -> list[int]:
    """The column nearest to words that stand over or under none."""
    middle = (word.left + word.right) / 2
    return [min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))]
