"""Tables inside plain text: between bars (Markdown, box drawings), tabs, aligned by spaces, or a cell a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from ... import keeping
from . import delimited
from .aligned import aligned
from .barred import RULE, between_bars, between_tabs, parts_of
from .cards import cards
from .cells import SPACES, Table
from .fields import BARS, SENTENCE, Line, is_figure, is_time, lines_of
from .gaps import GAP
from .listed import listed
from .marked import between_marks, parted_by
from .placing import cells_of, placed
from .rowed import entitles_for_sure
from .signed import with_signs_between_cells
from .stacked import stacked
from .tagged import tagged
from .trees import OVER_LABELS

_ANY_BAR, _GAP = re.compile(f"[{BARS}]"), re.compile(r"\s")
GROUP = re.compile(r"[^\n，。；！？]{2,24}")
# A rule that parts no columns, as no drawing of cells has one; and the rules under heads, one a column, of a text that has no other lines.
_LEVEL = re.compile(r"\s*(?:[\u2500\u2501\u2550\s]+|-{3,}(?:\s+-{3,}){1,30}\s*)")
_SPREAD = re.compile(r"(?:[^\d\s]{1,2}[ \u3000]){1,9}[^\d\s]{1,2}")
_FIG = r"(?:[\d.,%\-]+|[+＋↑↓-]?\d[\d.,]*[%％一-鿿]{0,3}|[一-鿿]{2}\d[\d.]*%?|[—…])"
_COLUMNS = keeping.pattern(rf" (?<=[^\n ，。；] ){_FIG} {_FIG}(?: |\r?\n|$)")
_SENTENCES = re.compile("[，。；]")
# Two lines that are nothing but a figure, near each other. No sign has two ways to be taken, else a line of blanks costs the cube of its length.
_ALONE = r"(?:[ \t]*[|│┃｜║])?[.,，%％+\-↑↓ \t]*\d[\d.,，%％+\-↑↓ \t件人起次]*[|│┃｜║]?\r?"
_HAN, _TRANSLATED = re.compile("[一-鿿]"), re.compile(r"(?=.*[A-Za-z]{2})[^\d一-鿿|]{3,120}1?")
_LATIN = re.compile(r"(?=.*[A-Za-z]{2})[^一-鿿|]{3,200}")
_STACKED = keeping.pattern(rf"\n{_ALONE}\n(?:[^\n]{{0,40}}\n){{0,5}}{_ALONE}(?:\n|$)")
# So many blank lines, and lines that group rows, may stand between two rows in columns.
MOST_BLANKS, MOST_GROUPS = 4, {aligned: 2, between_tabs: 1, between_bars: 1}
# A delimited text longer than this is no copy of a page.
LONGEST_COPY = 100_000
Cutter = Callable[[str, list[Line]], Table | None]


def find_tables(text: str, outside: Sequence[tuple[int, int]] = ()) -> list[Table]:
    """The tables that stand in a plain text, in its order, but for stretches that are `outside` (spans of other tables).

    >>> [len(table.cells) for table in find_tables("| 年份 | 立案 |\\n|---|---|\\n| 2019 | 5 |\\n")]
    [4]
    """
    found = [table for table in tagged(text) if not _meets(table, outside)]
    taken = sorted((*outside, *((table.start, table.end) for table in found)))
    if any(mark in text for mark in (*BARS, "\t", "  ", "\u3000")) or _spaced(text):
        for run, cut in _runs(text):
            for part in parts_of(text, run) if cut is between_bars else [run]:
                table = cut(text, part)
                if table is not None and not _meets(table, taken):
                    found.append(table)
    for run, mark in parted_by(text):
        table = between_marks(text, run, mark)
        if table is not None and not any(_meet(table, one) for one in found) and not _meets(table, taken):
            found.append(table)
    for table in (*listed(text), *cards(text)):
        if not _meets(table, taken) and not any(_meet(table, one) and not one.doubt for one in found):
            found = [one for one in found if not _meet(table, one)] + [table]
    if _STACKED.search(text) is None:
        return found
    certain = [(table.start, table.end) for table in found if not table.doubt]
    again = list(stacked(text, [*taken, *certain]))
    # A table with a cell a line whose rows its bars do not part may be told by the kinds of its cells.
    found = [table for table in found if not table.doubt or not any(_meet(table, one) and not one.doubt for one in again)]
    return found + [one for one in again if not any(_meet(table, one) for table in found)]


def _meets(table: Table, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < table.end and table.start < end for start, end in spans)


def whole(text: str, delimiter: str, path: object) -> Table:
    """The whole of a delimited text as one table; where a copy has lost what its heads or labels span, with all in their columns."""
    table = delimited.read(text, delimiter, path)
    if len(text) > LONGEST_COPY:
        return table
    printed = list(delimited.rows(text, delimiter))
    rows = with_signs_between_cells(text, printed)
    table = table if rows == printed else Table(cells_of(rows), 0, len(text))
    filled = [number for number, row in enumerate(rows) if sum(1 for field in row if field[0]) > 1]
    if not filled or filled[-1] - filled[0] >= len(filled):
        return table  # several tables, or lines between their rows
    put = placed(rows)
    return table if put is None or put.doubt or not put.cells else Table(tuple(put.cells), 0, len(text), lost=cells_of(put.lost))


def _meet(one: Table, other: Table) -> bool:
    return one.start < other.end and other.start < one.end


def _spaced(text: str) -> bool:
    """Whether some line ends in numbers parted by single spaces."""
    found = _COLUMNS.search(text)
    while found is not None:
        if _SENTENCES.search(text, text.rfind("\n", 0, found.start()) + 1, found.start()) is None:
            return True
        found = _COLUMNS.search(text, line) if (line := text.find("\n", found.start())) >= 0 else None
    return False


def _runs(text: str) -> Iterator[tuple[list[Line], Cutter]]:
    """Yield runs of lines that could be rows of one table, with the function that cuts them into cells."""
    run: list[Line] = []
    before: Cutter | None = None
    held: list[Line] = []
    blanks = 0
    is_bilingual = _HAN.search(text) is not None
    for start, end in lines_of(text):
        cut = _cutter(text, start, end)
        if before in (aligned, between_tabs) and cut is None and not text[start:end].strip() and blanks < MOST_BLANKS:
            blanks += 1
            continue
        if before in (aligned, between_tabs) and len(text[start:end].strip()) > 2 and (RULE if cut is None else _LEVEL).fullmatch(text, start, end):
            continue  # a line drawn under the heads
        if before is aligned and cut in (aligned, None) and is_bilingual and _is_translated(text[start:end].strip()):
            continue  # a label, or the head of the labels with the number of its column, in another language
        if len(held) < MOST_GROUPS.get(before, 0) and _may_group(text[start:end].strip(SPACES), cut, blanks, before):
            # A line that groups rows, if rows follow.
            held.append((start, end))
            continue
        parts = blanks > 0 and not _goes_on(text, run, (start, end))
        if cut is before and not parts:
            run += held
        if cut is not before or parts:
            if before is not None and len(run) > 1:
                yield run, before
            run = []
        held, blanks, before = [], 0, cut
        if cut is not None:
            run.append((start, end))
    if before is not None and len(run) > 1:
        yield run, before


def _is_translated(words: str) -> bool:
    """Whether a line only says in another language what the one above it does: a label, or heads, of which ordinals and years may be some."""
    if _TRANSLATED.fullmatch(words):
        return True
    return _LATIN.fullmatch(words) is not None and not any(is_figure(one) and not is_time(one) for one in GAP.split(words))


def _may_group(words: str, cut: Cutter | None, blanks: int, before: Cutter | None) -> bool:
    """Whether a line among aligned ones may group rows: a few words without gaps, or, behind a blank line, a word spread over its column.

    Among lines with tabs or bars, a few words that are no title.
    """
    if before in (between_tabs, between_bars):
        return cut is None and GROUP.fullmatch(words) is not None and not entitles_for_sure(words)
    return GROUP.fullmatch(words) is not None if cut is None else bool(blanks) and cut is aligned and _SPREAD.fullmatch(words) is not None


def _goes_on(text: str, run: list[Line], line: Line) -> bool:
    """Whether a line behind a blank one is a row of the table above it: figures under its heads, or as many figures as its rows have."""
    own = _figures_apart(text, *line)
    if not own and not _figures_apart(text, *run[-1]) and _ends_in_figures(text, *run[-1]) and _ends_in_figures(text, *line, of_times=False):
        return True  # single blanks part them
    last = next((count for one in reversed(run) if (count := _figures_apart(text, *one))), 0)
    if not own and not last:
        first = "".join(GAP.split(text[run[-1][0] : run[-1][1]].strip(SPACES))[0].split())
        return first in OVER_LABELS and len(GAP.split(text[line[0] : line[1]].strip(SPACES))) > 1  # a second row of heads
    return own > 1 and (not last or own <= last)


def _figures_apart(text: str, start: int, end: int) -> int:
    """How many figures a line has that wide gaps part."""
    return sum(is_figure(words) for words in GAP.split(text[start:end].strip(SPACES)))


def _ends_in_figures(text: str, start: int, end: int, of_times: bool = True) -> bool:
    words = text[start:end].split()
    return len(words) > 2 and all(is_figure(word) and (of_times or not is_time(word)) for word in words[-2:])


def _cutter(text: str, start: int, end: int) -> Cutter | None:
    line = text[start:end]
    words = line.strip()
    if not words:
        return None
    if (words[0] == "+" or "\u2500" <= words[0] <= "\u257f") and RULE.fullmatch(words):
        return between_bars
    if _ANY_BAR.search(words) is not None:
        return between_bars
    if len(words) > 2000 or _GAP.search(words) is None:
        return None
    if "\t" in words:
        return between_tabs
    return None if SENTENCE.search(words) else aligned
