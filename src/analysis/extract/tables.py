"""Read a CSV table: every cell with a number is a statement, named by its column and dated by its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from .records import Ledger, Other, Statement

# A cell in quotes ends at the quote before a comma or the line's end; where there is none, the quote is a character like others.
CELL = re.compile(r'"(?:[^"]++|"")*+"(?=[,\r\n]|\Z)|[^,\r\n]*')
LINE_END = re.compile(r"\r\n|[\r\n]|\Z")
NUMERAL = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
VALUE = re.compile(r"-?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?|-?[0-9０-９]+(?:[.．][0-9０-９]+)?")
YEARS = re.compile(r"([0-9]{4})(?:年)?(?:\s*[~～\-—－至]\s*([0-9]{4})年?)?")
HEADER = re.compile(r"(?P<name>.*?)\s*[(（](?P<unit>[^()（）]*)[)）]\s*")
MULTIPLES = {"万": 10**4, "亿": 10**8}
HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words without quotes and outer space, and where they stand in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column counts; `multiple` is the 万 or 亿 of its unit."""

    name: str
    as_written: str
    unit: str | None
    multiple: int


def read_table(text: str, doc: str = "table", columns: Mapping[str, Any] | None = None) -> Ledger:
    """Return the ledger of a CSV table.

    The first row heads the columns; a heading "受案(人)" gives name and unit, unless `columns` (heading -> unit, indicator) says
    otherwise. The first column dates the rows; a row without a year (合计) leaves the period to the document.

    >>> [(s.indicator, s.period, s.value, s.unit) for s in read_table("年份,受案(人)\\n1960,548\\n").statements]
    [('受案', '1960', Decimal('548'), '人')]
    """
    header, *body = list(_rows(text)) or [[]]
    headings = [_heading(cell.text, (columns or {}).get(cell.text)) for cell in header]
    entries: list[Statement | Other] = [other for cell in header for other in _others(cell, "label")]
    for row in body:
        entries += _read_row(text, doc, header, row, headings)
    return Ledger(doc, tuple(entries), *_coverage(text, entries))


def _rows(text: str) -> Iterator[list[Cell]]:
    row: list[Cell] = []
    position = 0
    while position < len(text):
        found = CELL.match(text, position)
        row.append(_cell(text, found.start(), found.end()))
        position = found.end()
        if position < len(text) and text[position] == ",":
            position += 1
            continue
        if any(cell.text for cell in row):
            yield row
        row = []
        position = LINE_END.match(text, position).end()
    if any(cell.text for cell in row):
        yield row


def _cell(text: str, start: int, end: int) -> Cell:
    if end - start > 1 and text[start] == text[end - 1] == '"':
        start, end = start + 1, end - 1
    words = text[start:end]
    left = len(words) - len(words.lstrip(" \t\u3000\ufeff"))
    stripped = words.strip(" \t\u3000\ufeff")
    return Cell(stripped, start + left, start + left + len(stripped))


def _heading(words: str, column: Any) -> Heading:
    found = HEADER.fullmatch(words)
    name, unit = (found["name"], found["unit"]) if found else (words, "")
    unit = (column and column.unit) or unit
    multiple = 1
    while unit[:1] in MULTIPLES and len(unit) > 1:
        multiple, unit = multiple * MULTIPLES[unit[0]], unit[1:]
    return Heading((column and column.indicator) or name, name, unit or None, multiple)


def _read_row(text: str, doc: str, header: list[Cell], row: list[Cell], headings: list[Heading]) -> Iterator[Statement | Other]:
    first = row[0]
    years = YEARS.fullmatch(first.text)
    period = None if years is None else years[1] if years[2] is None else f"{years[1]}..{years[2]}"
    yield from _others(first, "date" if years else "label")
    quote = " / ".join(text[line[0].start : line[-1].end] for line in (header, row))
    for cell, heading in zip_longest(row[1:], headings[1 : len(row)]):
        if heading is None or not VALUE.fullmatch(cell.text):
            yield from _others(cell, "label")
            continue
        value = Decimal(cell.text.translate(HALF_WIDTH).replace(",", ""))
        yield Statement(
            id=f"{doc}:{cell.start}", indicator=heading.name, indicator_as_written=heading.as_written,
            value=_scaled(value, heading.multiple), value_high=None, unit=heading.unit, hedge=None, comparator=None,
            resolution=_scaled(Decimal((0, (1,), value.as_tuple().exponent)), heading.multiple),
            as_written=cell.text, start=cell.start, end=cell.end, period=period, period_as_written=first.text if period else None,
            scope=None, kind="actual", qualitative=False, change=None, previous=None, quote=quote, quote_start=row[0].start, rules=("table-cell",),
            period_source="printed" if period else None,
        )  # fmt: skip


def _scaled(value: Decimal, multiple: int) -> Decimal:
    """`value` times a power of ten, without an exponent in its digits.

    >>> _scaled(Decimal("48.6"), 10**4)
    Decimal('486000')
    """
    if multiple == 1:
        return value
    scaled = value * multiple
    return scaled.to_integral_value() if scaled == scaled.to_integral_value() else scaled


def _others(cell: Cell, kind: str) -> list[Other]:
    """The numbers of a cell that is no value: a year, or words with figures in them. A date is one whole."""
    if kind == "date":
        return [Other(cell.text, cell.start, cell.end, kind)]
    return [Other(found[0], cell.start + found.start(), cell.start + found.end(), kind) for found in NUMERAL.finditer(cell.text)]


def _coverage(text: str, entries: list[Statement | Other]) -> tuple[int, int]:
    spans = iter(sorted((entry.start, entry.end) for entry in entries))
    total = covered = 0
    span = next(spans, None)
    # A thousands comma and the comma between cells look alike, so numerals are counted cell by cell, as they are read.
    for row in _rows(text):
        for cell in row:
            for found in NUMERAL.finditer(cell.text):
                total += 1
                at = cell.start + found.start()
                while span is not None and span[1] <= at:
                    span = next(spans, None)
                covered += span is not None and span[0] <= at and cell.start + found.end() <= span[1]
    return total, covered
