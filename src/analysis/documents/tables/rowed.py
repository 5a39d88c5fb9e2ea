"""A run of cells without row ends cut into rows by their kinds: labels, then figures, as many of both in every row, under as many heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from ...lexicon.wordlists import alternation
from ...lexicon.wordlists import words as words_of
from .broken import with_ends_joined
from .cells import Cell, Table
from .fields import NOTHING, Field, are_months, are_years_of_the_republic, is_figure, is_time
from .labels import Shape, label_count, marks_of_totals
from .placing import body_cells, cells_of, head_cells, run_of_heads
from .spans import Head
from .trees import OVER_LABELS

# Of the rows so large a part may have lost a cell; where more have, nothing is certain.
MOST_LOST = 0.26
_NUMBERS, _TIMES = frozenset(words_of("ordinal_heads")), frozenset(words_of("period_column_heads"))
_GAP, _LONGEST_HEAD = 20, 10
_LABELS, _ENDS_OF_HOUSES = frozenset((*words_of("whole_heads"), *words_of("seats"))), (*words_of("ends_of_houses"), *words_of("ends_of_offices"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_TITLE = re.compile(
    rf".*(?:{alternation('title_ends')}|[表况计])(?:[（(].*[)）])?|.*(?:单位|[:：]).*|[（(].*[)）]|(?:附件?|图)?\s*表?\s*[\d一二三四五六七八九十]{{1,3}}"
)
_TITLE_FOR_SURE = re.compile(
    rf"(?:(?:附件?|续)?表|附件)\s*[\d一二三四五六七八九十].*|[（(][一二三四五六七八九十]{{1,3}}[）)].*|.*单位\s*[:：].*|.*(?:{alternation('ends_of_titles')})(?:[（(].*[)）])?"
)
_OPENS_BRACKET = re.compile(r"[（(]|[^（(]*[)）]")
_PERCENT, _IN_PERCENT = frozenset("%％"), re.compile(rf"{alternation('rates')}$")
_BROKEN = tuple(words_of("words_broken_in_heads"))


class Part(NamedTuple):
    """A stretch of a run: what stands before its first row, its rows of figures, and lines of words by the row they stand before."""

    before: list[Field]
    rows: list[list[Field]]
    groups: dict[int, Field]


def tables_of_run(fields: Sequence[Field], barred: bool, ends: frozenset[int] = frozenset()) -> list[Table]:
    """The tables of a run, those of its rows that have lost a cell as one that is not read; [] where nothing is certain.

    `ends` are the ends of cells that are the last of a row of heads, where anything says so.
    """
    last = max((i for i, field in enumerate(fields) if is_figure(field[0])), default=-1)
    found = [tables for labels, first in _readings(fields[: last + 1]) if (tables := _tables(fields[: last + 1], labels, barred, first, ends))]
    return max(reversed(found), key=lambda tables: sum(len(table.cells) for table in tables), default=[])


def _readings(fields: Sequence[Field]) -> Iterator[tuple[list[bool], int | None]]:
    """Which cells are labels or heads, and no figures: by their kinds; then with bare years, or the numbers of rows, as labels too.

    With numbers of rows, also which cell is the first of them; under a head that says there are such numbers, no other reading is one.
    """
    plain = [bool(words) and not is_figure(words) for words, _, _ in fields]  # an empty cell is one of figures
    numbers = _row_numbers(fields)
    if numbers and any(words in _NUMBERS for words, _, _ in fields):
        unnumbered = marks_of_totals(fields)
        for some in (numbers, numbers | unnumbered) if unnumbered else (numbers,):
            yield [is_label or i in some for i, is_label in enumerate(plain)], min(some)
        return
    yield plain, None
    counted = _bare_times(fields)
    years = [plain[i] or i in counted or _YEAR.fullmatch(field[0]) is not None for i, field in enumerate(fields)]
    if years != plain:
        yield years, None
    if numbers:
        yield [is_label or i in numbers for i, is_label in enumerate(plain)], min(numbers)


def _bare_times(fields: Sequence[Field]) -> range:
    """The first figures of a run, where they are years of the Republic behind a head of times, or months behind one of labels."""
    first = next((i for i, field in enumerate(fields) if is_figure(field[0])), 0)
    last = next((i for i in range(first, len(fields)) if not is_figure(fields[i][0])), len(fields))
    if first and fields[first - 1][0] in OVER_LABELS and are_months([words for words, _, _ in fields[first:last]]):
        return range(first, last)
    told = any(words in _TIMES for words, _, _ in fields[max(0, first - 2) : first])
    return range(first, last) if told and are_years_of_the_republic([words for words, _, _ in fields[first:last]]) else range(0)


def _row_numbers(fields: Sequence[Field]) -> set[int]:
    """The figures that number rows: 1, 2, 3 before words; under a head that says so, any that do not fall (a row is numbered as the last by slip)."""
    numbered = any(words in _NUMBERS for words, _, _ in fields)
    found: list[int] = []
    last = 0
    for i, ((words, _, _), (after, _, _)) in enumerate(pairwise(fields)):
        number = words.rstrip(".．、")
        if number.isdecimal() and not is_figure(after) and (last + (not numbered) <= int(number) < last + (_GAP if numbered else 2)):
            found.append(i)
            last = int(number)
    return set(found) if len(found) > 1 or numbered else set()


def _tables(fields: Sequence[Field], labels: Sequence[bool], barred: bool, first: int | None, ends: frozenset[int]) -> list[Table]:
    blocks = [(is_label, [field for _, field in block]) for is_label, block in groupby(zip(labels, fields, strict=True), key=lambda pair: pair[0])]
    if not blocks[0][0] or len(blocks) < 2:
        return []
    words, figures = ([block for is_label, block in blocks if is_label is kind] for kind in (True, False))
    words = words[: len(figures)]
    found: list[Table] = []
    for part in _parts(words, figures, len(words[0]) - first if first is not None and first < len(words[0]) else None):
        table = _of_part(part, barred, ends)
        if table is None:
            return []
        found.append(table)
    return found


def _parts(words: Sequence[list[Field]], figures: Sequence[list[Field]], numbered: int | None) -> Iterator[Part]:
    """The stretches of a run that have a head each: where more words stand between two rows than labels and one line that groups rows.

    `numbered` is how many labels the first row has, where its number tells.
    """
    usual = numbered or Counter(map(len, words[1:])).most_common(1)[0][0] if len(words) > 1 else _labels_of_one(words[0], figures[0])
    width = Counter(map(len, figures)).most_common(1)[0][0]
    if len(figures) > 1 and usual > 3:
        return
    words = [words[0], *_with_whole_labels(words[1:], usual)]
    part = Part(words[0][: len(words[0]) - usual], [], {})
    for number, (said, block) in enumerate(zip(words, figures, strict=True)):
        own = said[len(said) - usual :] if number or usual else []
        more = len(said) - usual if number else 0
        if more > 1 and more >= width:
            yield part
            part = Part(said[:more], [], {})
        elif more > 0:
            if more > 1:
                own = said
            else:
                part.groups[len(part.rows)] = said[0]
        part.rows.extend(_rows(own, block, width, part))
    yield part


def _with_whole_labels(words: Sequence[list[Field]], usual: int) -> list[list[Field]]:
    """Labels of which every one that has a line too many is an organ's name on two (市场监督 / 管理局), each on one."""
    longer = [said for said in words if len(said) == usual + 1]
    organs = sum(said[-1][0].endswith(_ENDS_OF_HOUSES) for said in words)
    if not usual or not longer or 2 * organs < len(words) or any(said[-2][0].endswith(_ENDS_OF_HOUSES) for said in longer):
        return list(words)
    if not all(said[-1][0].endswith(_ENDS_OF_HOUSES) for said in longer):
        return list(words)
    return [[*said[:-2], (said[-2][0] + said[-1][0], said[-2][1], said[-1][2])] if len(said) == usual + 1 else said for said in words]


def _labels_of_one(words: list[Field], figures: list[Field]) -> int:
    """How many labels the only row has: one where a head for it stands above, or where the last words can be no head, else none."""
    heads = _joined(words)
    while heads and (_TITLE_FOR_SURE.fullmatch(heads[0][0]) or _TITLE.fullmatch(heads[0][0])):
        heads = heads[1:]
    last, more = heads[-1][0] if heads else "", len(heads) - len(figures)
    if more < 1 or _OPENS_BRACKET.search(last):
        return 0
    return 1 if more > 1 or is_time(last) or last in _LABELS or last.endswith(_ENDS_OF_HOUSES) else 0


def _rows(own: list[Field], block: list[Field], width: int, part: Part) -> Iterator[list[Field]]:
    """The rows of a block of figures: one, or several without labels under as many heads."""
    if own or len(block) == width or not part.before:
        yield [*own, *block]
        return
    heads = len(_joined(part.before))
    for at in range(0, len(block), heads):
        yield list(block[at : at + heads])


def _joined(fields: Sequence[Field]) -> list[Field]:
    """Heads that go on in the next line put together: what is in brackets, and words that lists know as one (违法 / 所得)."""
    found: list[Field] = []
    for field in fields:
        if found and (_goes_on(found[-1][0], field[0])):
            found[-1] = found[-1][0] + field[0], found[-1][1], field[2]
        else:
            found.append(field)
    return found


def _with_one_corner(heads: list[Field], figures: int) -> list[Field]:
    """Heads of which two before those of the figures stand in one corner, that of the times and that of the labels (年度 / 项目), as one."""
    corner = heads[-figures - 2 : -figures]
    if len(corner) < 2 or not all(words in OVER_LABELS for words, _, _ in corner) or sum(words in _TIMES for words, _, _ in corner) != 1:
        return heads
    (one, start, _), (other, _, end) = corner
    return [*heads[: -figures - 2], (one + other, start, end), *heads[-figures:]]


def _once(heads: list[Field], figures: int, labels: int) -> list[Field]:
    """Heads that stand once for each of several tables set side by side, once."""
    words = [field[0] for field in heads]
    for size in (figures + labels, figures):
        copies = 1
        while size * (copies + 1) <= len(words) and words[len(words) - size * (copies + 1) : len(words) - size * copies] == words[-size:]:
            copies += 1
        if copies > 1:
            return [*heads[: len(words) - size * copies], *heads[-size:]]
    return heads


def _goes_on(one: str, other: str) -> bool:
    if other in _PERCENT and _IN_PERCENT.search(one) is not None:
        return True
    if other[0] in "（(、，" or one[-1] in "、，" or (one.count("（") + one.count("(") > one.count("）") + one.count(")")):
        return True
    return any(one.endswith(word[:cut]) and other.startswith(word[cut:]) for word in _BROKEN for cut in range(1, len(word)))


def _of_part(part: Part, barred: bool, ends: frozenset[int]) -> Table | None:
    """The table of a stretch with a head; None where the head, or what a row holds, is not certain."""
    shape = Shape(part.rows)
    sound = [row for row in part.rows if _is_sound(row, shape)]
    lost = [row for row in part.rows if not _is_sound(row, shape)]
    if not sound or len(lost) > MOST_LOST * len(part.rows):
        return None
    figures = shape.figures_of(sound)
    most = max(len(row) - label_count(row) for row in part.rows)
    times = {words for words, _, _ in takewhile(lambda field: is_time(field[0]), reversed(part.before))}
    if (most > shape.figures and len(_joined(part.before)) >= shape.labels + most) or len(times) > shape.figures:
        return None  # the heads are those of the fullest row, or times for more figures: most rows have lost one
    before = _heads(part.before, shape, figures, barred, ends)
    if before is None and part.groups and 0 not in part.groups and len(part.before) > 1:
        part.groups[0] = part.before.pop()  # the first of several lines that group rows stands behind the heads
        before = _heads(part.before, shape, figures, barred, ends)
        if before is not None and any(head.column >= shape.labels and head.field[0] in OVER_LABELS for head in before[1]):
            return None  # a title stands among the cells
    if before is None:
        return None
    titles, heads, depth = before
    if len(figures[0]) == 1 and len(heads) < 2:
        return None
    cells = [Cell(*field, number, 0) for number, field in enumerate(titles)]
    cells += [Cell(*head.field, len(titles) + head.row, head.column, head.rows, head.columns) for head in heads]
    at = len(titles) + depth
    for number, row in enumerate(part.rows):
        if number in part.groups:
            cells.append(Cell(*part.groups[number], at, 0))
            at += 1
        if _is_sound(row, shape):
            cells += body_cells(row, shape, at)
            at += 1
    torn = cells_of(lost)
    return Table(tuple(cells), part.before[0][1] if part.before else cells[0].start, max(cell.end for cell in (*cells, *torn)), lost=torn)


def _is_sound(row: Sequence[Field], shape: Shape) -> bool:
    return bool(shape.figures_of([row])) and all(not words or is_figure(words) or is_time(words) for words, _, _ in row[len(row) - shape.figures :])


def _heads(
    before: list[Field], shape: Shape, figures: list[list[str]], barred: bool, ends: frozenset[int],
) -> tuple[list[Field], list[Head], int] | None:  # fmt: skip
    """The titles and the heads among what stands before the rows, and how many rows of heads there are."""
    joined = _once(_with_one_corner(_joined(before), len(figures[0])) if shape.labels == 1 else _joined(before), len(figures[0]), shape.labels)
    if any(NOTHING.fullmatch(field[0]) for field in joined):
        return None
    sure = 0 if barred else _titles_before_labels(joined, shape.labels + len(figures[0]))
    while sure < len(joined) and not barred and _TITLE_FOR_SURE.fullmatch(joined[sure][0]):
        sure += 1
    more = 0 if barred else _may_entitle(joined, sure, len(figures[0]))
    found = run_of_heads(joined[sure:], more, shape.labels, figures, ends)
    if found is None and len(ended := with_ends_joined(joined[sure + more :])) == shape.labels + len(figures[0]):
        titles, ended_heads = joined[: sure + more], head_cells([ended], shape.labels, figures)
        return (titles, ended_heads, 1) if ended_heads is not None else None
    return (joined[: sure + found[0]], found[1], found[2]) if found is not None else None


def _titles_before_labels(joined: Sequence[Field], width: int) -> int:
    """How many titles stand before one row of heads that begins with that of the labels (项目): the last of them is a title or long."""
    first = len(joined) - width
    if first < 1 or not (joined[first][0] in OVER_LABELS or sum(is_time(words) for words, _, _ in joined[first + 1 :]) > 1):
        return 0
    last = joined[first - 1][0]
    if last in OVER_LABELS:
        return 0  # 指标 before 单位 heads the labels, which are two
    if first == 1 and joined[first][0] in OVER_LABELS:
        return first
    return first if _TITLE.fullmatch(last) or len(last) > _LONGEST_HEAD else 0


def _may_entitle(joined: Sequence[Field], sure: int, heads: int) -> int:
    """How many more of the words before some rows could be titles: all up to the last that looks like one or is long, `heads` being left."""
    may = [i for i, (words, _, _) in enumerate(joined[: max(sure, len(joined) - heads)]) if i >= sure and is_title(words)]
    return may[-1] + 1 - sure if may else 0


def entitles_for_sure(words: str) -> bool:
    """Whether some words can be nothing but a title: they number the table, name units, or end as titles do."""
    return _TITLE_FOR_SURE.fullmatch(words) is not None


def is_title(words: str) -> bool:
    """Whether some words look like a title, or are too long for a head; what heads labels (指标, 单位) is none."""
    return (words not in OVER_LABELS and _TITLE.fullmatch(words) is not None) or (len(words) > _LONGEST_HEAD and not _OPENS_BRACKET.search(words))
