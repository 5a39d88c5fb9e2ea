"""Tables whose columns single blanks part: under a head of so many words, rows that end in one figure for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import NamedTuple

from ...lexicon.wordlists import words as words_of
from .cells import BLANKS, NARROW, Cell, Table
from .fields import Field, Line, is_figure, is_time, is_unit, table_of
from .placing import cells_of, head_cells
from .thousands import are_far, cuts, tears, told_by_totals
from .trees import OVER_LABELS

# A year parted from its 年 (107 年) is one word.
_WORD = re.compile(rf"\d{{1,4}}[{NARROW}](?:年度?|月份?)(?=[{BLANKS}]|$)|[^{BLANKS}]+", re.MULTILINE)
# What leads the eye from a label to its figures.
# Looked for from its first sign only: else a long run of them that something ends takes the square of its length.
LEADERS = re.compile(r"(?<![ .．…·。])[ .．…·。]{3,}$")
_UNIT_COLUMNS, _NUMBERS, _WHOLE = (frozenset(words_of(name)) for name in ("unit_column_heads", "ordinal_heads", "whole_heads"))
_TIMES, _BROKEN = frozenset(words_of("period_column_heads")), tuple(words_of("words_broken_in_heads"))
_YEAR, _HAN = re.compile(r"(?:19|20)\d\d"), re.compile("[一-鿿]")
# What stands in brackets under a head, and what there says of which part of a year it is.
_ASIDE, _PART_OF_A_YEAR = re.compile("[（(][^()（）]+[)）]"), re.compile("[（(][^()（）]{1,8}[月季半度][^()（）]{0,3}[)）]")
_FEWEST_COLUMNS, _FEWEST_ROWS = 2, 2


def counted(text: str, run: list[Line]) -> Table | None:
    """The table of some lines, None where a line with figures has not as many of them as the head above it has words for.

    Blanks may part thousands too: of lines that can be cut in several ways, those are lost that nothing tells more of.
    """
    run = _without_foot(text, run)
    rows: list[list[Field]] = []
    open_rows: dict[int, Ways] = {}
    columns = figures = 0
    labels = 1
    first = -1
    for number, (start, end) in enumerate(run):
        words = words_of_line(text, start, end)
        if not any(is_figure(word) for word, _, _ in words) or is_head_of_years(words):
            if not figures and rows and _tells_of_the_last_year(rows[-1], words):
                continue
            if not figures and rows and len(words) == columns and _stand_under_a_head(words):
                rows.append([("", start, start), *words])
            elif is_head(words) or is_head_of_years(words):
                words = with_one_label(text, words)
                labels = 2 if words[1][0] in _UNIT_COLUMNS or words[0][0] in _NUMBERS else 1
                rows.append(words if _ends_in_heads(rows) else _with_corner(text, words, run[number + 1 :]))
                columns, first = len(rows[-1]) - labels, number if first < 0 else first
            elif rows and _fills_corner(rows[-1], words):
                rows[-1][0] = rows[-1][0][0] + words[0][0], rows[-1][0][1] if rows[-1][0][0] else words[0][1], words[0][2]
            elif first >= 0:
                rows.append([(text[words[0][1] : words[-1][2]], words[0][1], words[-1][2])])
            continue
        if not columns:
            if first >= 0 or number:
                return None
            continue
        if _numbers_columns(words, columns):
            continue
        ways = _ways(text, words, columns, labels) or _behind_its_label(rows, words, columns)
        if not ways:
            return _under_two_rows(text, run[first:], rows) if not figures else None
        open_rows[len(rows)] = Ways(ways, columns, len(words))
        rows.append(ways[0])
        figures += 1
    if figures < _FEWEST_ROWS or not _may_part_thousands(rows, open_rows) or _are_set_over(rows):
        return None
    if 2 * sum(are_far(ways.rows[0][-ways.columns :]) for ways in open_rows.values()) >= len(open_rows):
        unsure = {number: ways for number, ways in open_rows.items() if tears(ways.rows[0][-ways.columns :], far=True)}
        open_rows |= {number: ways._replace(rows=2 * ways.rows) for number, ways in unsure.items()}
    return _decided(run[first:], rows, open_rows)


class Ways(NamedTuple):
    """The ways to read a line as a row of so many figures, and how many words it has."""

    rows: list[list[Field]]
    columns: int
    words: int


def _ways(text: str, words: list[Field], columns: int, labels: int) -> list[list[Field]]:
    row = _row(text, words, columns, labels)
    ways = [row] if row is not None else [row for way in cuts(words, columns) if (row := _row(text, way, columns, labels)) is not None]
    return [way for way in ways if not tears(way[-columns:])] or 2 * ways  # of two ways none is sure


def _may_part_thousands(rows: list[list[Field]], open_rows: dict[int, Ways]) -> bool:
    """Whether blanks may part thousands: not where all lines have as many words, as where a head was lost, unless years head them."""
    parted = any(" " in word for ways in open_rows.values() for word, _, _ in ways.rows[0][-ways.columns :])
    return not parted or len({ways.words for ways in open_rows.values()}) > 1 or any(map(_has_years, rows))


def _has_years(row: list[Field]) -> bool:
    return sum(_YEAR.match(word) is not None for word, _, _ in row) > 1


def _decided(run: list[Line], rows: list[list[Field]], open_rows: dict[int, Ways]) -> Table | None:
    """The table of some rows, those that totals do not decide as lost ones."""
    lost = []
    for columns in dict.fromkeys(ways.columns for ways in open_rows.values()):
        places = [number for number, ways in open_rows.items() if ways.columns == columns]
        for number, row in zip(places, told_by_totals([open_rows[number].rows for number in places], columns), strict=True):
            if row is None:
                lost.append(rows[number])
            rows[number] = row or []
    table = table_of(run, rows)
    return replace(table, lost=cells_of(lost)) if table is not None and lost else table


def _stand_under_a_head(words: list[Field]) -> bool:
    """Whether words as many as the columns have say what these are counted in, or the same of each, and are no heads of their own."""
    said = [word for word, _, _ in words]
    return all(map(is_unit, said)) or all(map(_ASIDE.fullmatch, said)) or len(set(said)) == 1 < len(said)


def _tells_of_the_last_year(head: list[Field], words: list[Field]) -> bool:
    """Whether a line under a head of years says alone of which part the last of them is, (1月至3月): its head says so then."""
    if len(words) > 1 or _PART_OF_A_YEAR.fullmatch(words[0][0]) is None or not is_head_of_years(head):
        return False
    at = max(range(1, len(head)), key=lambda column: head[column][0])
    head[at] = head[at][0] + words[0][0], *head[at][1:]
    return True


def _numbers_columns(words: list[Field], columns: int) -> bool:
    """Whether a line numbers the columns: 2 3 4, with that of the labels or without."""
    numbers = [int(word) for word, _, _ in words if word.isdecimal()]
    if len(numbers) != len(words) or len(words) - columns not in (0, 1):
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] == (1 if len(words) > columns else 2)


def with_one_label(text: str, words: list[Field]) -> list[Field]:
    """A head of years whose labels have a head of several words in letters (Type of offence 2001 2002), with that as one."""
    years = next((at for at, (word, _, _) in enumerate(words) if _YEAR.fullmatch(word)), 0)
    if years < 2 or not is_head_of_years(words):
        return words
    return [(text[words[0][1] : words[years - 1][2]], words[0][1], words[years - 1][2]), *words[years:]]


def _are_set_over(rows: list[list[Field]]) -> bool:
    """Whether heads stand over others that are more, so that nothing tells which of these each is over."""
    return any(len(one) != len(other) and _ends_in_heads([one]) and _ends_in_heads([other]) for one, other in pairwise(rows))


def _ends_in_heads(rows: list[list[Field]]) -> bool:
    return bool(rows) and len(rows[-1]) > 1 and not any(is_figure(words) for words, _, _ in rows[-1])


def _without_foot(text: str, run: list[Line]) -> list[Line]:
    """Some lines without a last one that is the foot of a page: words and its number, under rows of more figures."""
    last, before = ([word for word, _, _ in words_of_line(text, *line)] for line in (run[-1], run[-2]))
    is_foot = len(last) == 2 and last[1].isdecimal() and not is_time(last[0]) and last[0] not in _WHOLE
    return run[:-1] if is_foot and sum(map(is_figure, before)) > _FEWEST_COLUMNS else run


def _with_corner(text: str, words: list[Field], under: Sequence[Line]) -> list[Field]:
    """The heads of a line, with an empty corner before them where they are those of the figures alone: all rows under them have as many figures."""
    if words[0][0] in OVER_LABELS or is_head_of_years(words):
        return words
    counts = _figures_under(text, under)
    certain = len(counts) >= _FEWEST_ROWS
    heads = next((heads for heads in (words, _rejoined(words)) if certain and set(counts) == {len(heads)}), None)
    return [("", words[0][1], words[0][1]), *heads] if heads is not None else words


def _figures_under(text: str, lines: Sequence[Line]) -> list[int]:
    """How many figures each of some lines ends in, up to the next head; lines without figures are left out."""
    counts: list[int] = []
    for line in lines:
        words = words_of_line(text, *line)
        if any(is_figure(word) for word, _, _ in words):
            counts.append(sum(1 for _ in takewhile(lambda field: is_figure(field[0]), reversed(words))))
        elif is_head(words):
            break
    return counts


def _rejoined(words: list[Field]) -> list[Field]:
    """Heads of which one is the end of the next, which a copy has put before it: 炸 瓦斯泄漏或爆."""
    found: list[Field] = []
    for field in words:
        if found and any(found[-1][0] == word[cut:] and field[0].endswith(word[:cut]) for word in _BROKEN for cut in range(1, len(word))):
            found[-1] = field[0] + found[-1][0], found[-1][1], field[2]
        else:
            found.append(field)
    return found


def _fills_corner(head: list[Field], words: list[Field]) -> bool:
    """Whether a line is the head of the labels of a head of the figures alone above it: the only one, or the other of two in one corner."""
    if len(words) != 1 or words[0][0] not in OVER_LABELS or any(is_figure(word) for word, _, _ in head[1:]) or len(head) < 2:
        return False
    return not head[0][0] or (head[0][0] in OVER_LABELS and (head[0][0] in _TIMES) != (words[0][0] in _TIMES))


def _behind_its_label(rows: list[list[Field]], words: list[Field], columns: int) -> list[list[Field]]:
    """A row of figures whose label is the line above it, or is broken over the lines above it; these are rows no more."""
    label: list[Field] = []
    if len(words) != columns or not all(is_figure(word) for word, _, _ in words):
        return []
    while rows and len(rows[-1]) == 1:
        label.insert(0, rows.pop()[0])
    return [[("".join(word for word, _, _ in label), label[0][1], label[-1][2]), *words]] if label else []


def words_of_line(text: str, start: int, end: int) -> list[Field]:
    """The words of a line, each where it stands."""
    return [(found[0], found.start(), found.end()) for found in _WORD.finditer(text, start, end)]


def is_head(words: Sequence[Field]) -> bool:
    """Whether the words of a line can be heads: several, no figures, and no word spread over its column (死 亡 人 数)."""
    spread = 2 * sum(len(word) == 1 for word, _, _ in words) >= len(words)
    return len(words) > _FEWEST_COLUMNS and not spread and not any(is_figure(word) for word, _, _ in words)


def is_head_of_years(words: Sequence[Field]) -> bool:
    """Whether the words of a line are a head of labels and years that follow each other: 项目 2019 2020 2021."""
    years = [int(word) for word, _, _ in words[1:] if _YEAR.fullmatch(word)]
    before = [word for word, _, _ in words[: len(words) - len(years)]]
    if len(years) < 2 or any(map(is_figure, before)) or not all(b - a in (1, -1) for a, b in pairwise(years)):
        return False
    return len(before) == 1 or not any(map(_HAN.search, before))


def _under_two_rows(text: str, run: list[Line], heads: list[list[Field]]) -> Table | None:
    """The table of two rows of heads, of which the lower has one over each column of figures and none over the labels."""
    body, run, heads = run[len(heads) :], run[max(0, len(heads) - 2) :], heads[-2:]  # what stands above two heads are titles
    rows = [_row(text, words_of_line(text, *line), len(heads[-1]), 1) for line in body]
    sound = [row for row in rows if row is not None]
    if len(heads) != 2 or not all(map(is_head, heads)) or len(sound) < max(len(rows), _FEWEST_ROWS):
        return None
    found = head_cells([list(row) for row in heads], 1, [[field[0] for field in row[1:]] for row in sound])
    if found is None:
        return None
    cells = [Cell(*head.field, head.row, head.column, head.rows, head.columns) for head in found]
    cells += [Cell(*field, at, column) for at, row in enumerate(sound, len(heads)) for column, field in enumerate(row)]
    return Table(tuple(cells), run[0][0], run[-1][1])


def _row(text: str, words: list[Field], columns: int, labels: int) -> list[Field] | None:
    """A label of any words, its number or unit where there are two `labels`, and the figures behind it; None where they are not certain."""
    label, figures = words[:-columns], words[-columns:]
    if labels == 2 and label and label[0][0].isdecimal():
        row = _row(text, words[1:], columns, 1)
        return row and [label[0], *row]
    if labels == 2 and len(label) == 1 and label[0][0] in _WHOLE:
        return [label[0], (label[0][0][:0], label[0][2], label[0][2]), *figures]
    if labels == 2:
        if len(label) < 2 or not is_unit(label[-1][0]):
            return None
        row = _row(text, [*label[:-1], *figures], columns, 1)
        return row and [row[0], label[-1], *row[1:]]
    if len(figures) < columns or not label or not all(is_figure(word) for word, _, _ in figures):
        return None
    start, end = label[0][1], label[-1][2]
    leader = LEADERS.search(text[start:end])
    end = start + leader.start() if leader is not None else end
    is_year = len(label) == 1 and is_time(label[0][0]) and len({b[1] - a[2] for a, b in pairwise(figures)}) == 1
    if end <= start or (is_figure(text[start:end].split()[-1]) and not is_year):
        return None
    return [(text[start:end], start, end), *figures]
