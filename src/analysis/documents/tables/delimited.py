"""CSV and its kin: cells parted by commas, tabs, semicolons or bars, each with its place in the raw text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from ... import keeping
from .cells import Cell, Table, check_size, stripped

# A comma may part thousands where a tab or semicolon parts cells, so it comes last.
DELIMITERS = "\t;,"
# How much of a file is looked at to tell what it is.
SAMPLE = 200_000
NUMBER = re.compile(r"[-+−－]?[\d０-９][\d０-９,，. ．]*(?:[eE][-+]?\d+)?(?:\s*[%％‰])?[*＊①-⑳]*")
# One with what it counts, as no sentence begins a clause, or with a mark: 7345起, r30; a day (5日) is none.
_COUNTED = re.compile(rf"[a-zA-Z≈＞＜><~～]?{NUMBER.pattern}(?:[a-zA-Z]|(?:[一-鿿](?<![年月日号时第])){{1,2}})?")
LONGEST_NUMBER = 60  # characters; no number is longer, and to try whether a text is one costs more than in proportion
PERIOD = keeping.pattern(
    r"[12]\d{3}\s*(?:[-./年]\s*\d{1,2}\s*月?|年度?|Q[1-4]|H[12])?|\d{1,2}(?:\s*[-~～—至]\s*\d{1,2})?月份?|[一二三四上下][季半][度年]"
)
PROSE = re.compile("[。；！？]")
_TOLD = keeping.pattern(r"[一-鿿][\d０-９.]+[一-鿿%％][^。]{10,300}[。；]")
_BAR = re.compile("[|│┃｜║]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# Figures, with their unit or without, between marks of each kind in a line.
_FIGURE = r"[\d.,%+\-]+[一-鿿%]{0,3}"
_OTHERS = {mark: re.compile(rf"{sign}\s*{_FIGURE}\s*(?:{sign}|$)") for mark, sign in (
    ("\t", r"\t"), (";", ";"), ("|", "[|│┃｜║]"), (" ", r"(?:  |\u3000)"),
)} | {",": re.compile(r",[\d.%+\-]+(?:,|$)")}  # fmt: skip
LINE_END = re.compile(r"\r\n|[\r\n]|\Z")


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """A cell in quotes (="624" of some programs too) ends at the quote before a delimiter or the line's end; where there is none, the quote is a
    character like others."""
    d = re.escape(delimiter)
    return re.compile(rf'[ ]*=?"((?:[^"]|"")*)"[ ]*(?={d}|[\r\n]|\Z)|[^{d}\r\n]*')


def rows(text: str, delimiter: str) -> Iterator[list[tuple[str, int, int]]]:
    """Yield the cells of each line, blank lines too: words without quotes and outer space, and where they stand."""
    matcher = _cell(delimiter).match
    row: list[tuple[str, int, int]] = []
    position, size = 0, len(text)
    while position < size:
        found = matcher(text, position)
        start, end = found.span(1) if found.group(1) is not None else found.span()
        row.append(stripped(text, start, end))
        position = found.end()
        if position < size and text[position] == delimiter:
            position += 1
            if position < size:
                continue
        yield row
        row = []
        position = LINE_END.match(text, position).end()
    if row:
        yield row


def delimiter_of(text: str) -> str | None:
    """The delimiter of a text that is a table from its first line to its last, titles and notes apart; None for any other text.

    >>> delimiter_of("年份,受案(人)\\n1960,548\\n1961,698\\n"), delimiter_of("立案12起,\\n结案11起,\\n")
    (',', None)
    """
    sample = _sample(text)
    first = sample.find("\n")
    if first < 0:
        return None
    return next((d for d in DELIMITERS if d in sample and not _holds_another(sample, d) and _is_table(list(rows(sample, d)))), None)


def _holds_another(text: str, delimiter: str) -> bool:
    """Whether some lines without the delimiter hold figures between other marks: those of another table, beside that of a page."""
    others = [_OTHERS[mark] for mark in _OTHERS if mark != delimiter]
    plain = _THOUSANDS.sub("", text).splitlines()
    lines = (line for line in plain if delimiter not in line and any(map(str.isdigit, line)) and not PROSE.search(line))
    return sum(1 for line in lines if any(shape.search(line) for shape in others)) > 1


def _sample(text: str) -> str:
    """The first lines of a text: some hundred thousand characters, or four lines where those are longer."""
    end = SAMPLE
    if len(text) > SAMPLE and text.count("\n", 0, SAMPLE) < 4:
        end = 0
        for _ in range(4):
            end = text.find("\n", end) + 1 or len(text)
    cut = text.rfind("\n", 0, end) if len(text) > end else -1
    return text[:cut] if cut > 0 else text[:end]


def _is_table(lines: list[list[tuple[str, int, int]]]) -> bool:
    """Whether rows look like those of a table: of one width, with a column of numbers under a head that has none, and no sentences in them."""
    wide = [[words for words, _, _ in row] for row in lines if sum(1 for cell in row if cell[0]) > 1]
    filled = [row for row in lines if any(cell[0] for cell in row)]
    if len(wide) < 2 or (2 * len(wide) < len(filled) and len(wide) < 3):
        return False
    if 2 * len(wide) < len([row for row in filled if not PERIOD.fullmatch(row[0][0])]):
        return False
    width = Counter(map(len, wide)).most_common(1)[0][0]
    if width < 2 or sum(len(row) == width for row in wide) * 5 < 3 * len(wide):
        return False
    if _is_told_before([["".join(cell[0]) for cell in row] for row in lines], width):
        return False
    head, body = wide[0], wide[1:]
    if any(is_number(cell) and not PERIOD.fullmatch(cell) for cell in head):
        return False
    if 2 * sum(any(_BAR.search(cell) for cell in row) for row in wide) > len(wide):
        return False  # a table between bars, with commas in its figures
    cells = [cell for row in wide for cell in row if cell]
    if any(cell[0] == '"' for cell in cells):
        return False
    if sum(1 for cell in cells if PROSE.search(cell)) * 10 > len(cells):
        return False
    return any(_is_numeric([(row[column - 1], row[column]) for row in body if column < len(row)]) for column in range(1, width))


def _is_told_before(lines: list[list[str]], width: int) -> bool:
    """Whether figures are told in sentences before the rows of a table: commas part the clauses of a bulletin too, and its table stands in it."""
    before = takewhile(lambda row: len(row) != width or any(PROSE.search(cell) for cell in row), lines)
    return any(PROSE.search("".join(row)) and _TOLD.search("".join(row)) for row in before)


def is_number(words: str) -> bool:
    """Whether a cell is a number.

    >>> is_number("1,204"), is_number("58.3 %"), is_number("312件"), is_number("5" + 100 * " " + "x")
    (True, True, False, False)
    """
    return len(words) <= LONGEST_NUMBER and NUMBER.fullmatch(words) is not None


def _is_numeric(column: list[tuple[str, str]]) -> bool:
    """Whether half of the cells of a column, each with the one before it, are figures; one with its unit may be the end of another (12,364件)."""
    filled = [(before, cell) for before, cell in column if cell]
    return 2 * sum(is_number(cell) or (_is_counted(cell) and not before[-1:].isdigit()) for before, cell in filled) >= len(filled) > 0


def _is_counted(cell: str) -> bool:
    return len(cell) <= LONGEST_NUMBER and _COUNTED.fullmatch(cell) is not None


def read(text: str, delimiter: str, path: object) -> Table:
    """The whole of a delimited text as one table."""
    cells: list[Cell] = []
    width = 0
    append = cells.append
    number = -1
    for number, row in enumerate(rows(text, delimiter)):
        width = max(width, len(row))
        for column, (words, start, end) in enumerate(row):
            if words:
                append(Cell(words, start, end, number, column))
    check_size(len(cells), width, path)
    return Table(tuple(cells), 0, len(text))
