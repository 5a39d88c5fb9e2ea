"""An accessible workbook: cover, contents, notes, columns, and one titled table a sheet; numbers are numbers, formulas stay text.

It keeps the checklist of the Government Statistical Service (Releasing statistics in spreadsheets): nothing merged, hidden or blank between rows,
one table a sheet, marked as one and titled in A1, blank cells explained, every link and column described.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import xlsxwriter

from ...tablefiles import guard
from ..frontmatter import moment
from ..typesetting import Attachment
from .package import column_of, rows_of

FONT = {"font_name": "Arial", "font_size": 12}
WIDEST = 60
LONGEST_NAME = 31  # what a sheet may be called
EXACT = 15  # digits a spreadsheet keeps; longer numbers stay text


def as_xlsx(front: Mapping[str, Any], tables: Sequence[Attachment]) -> bytes:
    """Return the workbook of the machine-readable tables of a report."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options | {"default_format_properties": dict(FONT)})
    created = moment(front)
    book.set_properties({"title": front["title"], "subject": front["subtitle"], "author": front["author"], "created": created})
    styles = {"title": book.add_format({"bold": True, "font_size": 16}), "head": book.add_format({"bold": True, "text_wrap": True}),
              "wrap": book.add_format({"text_wrap": True, "valign": "top"})}  # fmt: skip
    words = front["labels"]["workbook"]
    tables = [_columns(tables, words), *tables]
    names = [f"{at} {table.name.removesuffix('.csv')}"[:LONGEST_NAME] for at, table in enumerate(tables)]
    _page(book, words["cover"], front["title"], [front["subtitle"], *(f"{label}: {value}" for label, value in front["facts"])], styles)
    contents = _page(book, words["contents"], words["contents"], [], styles)
    for at, (name, table) in enumerate(zip(names, tables, strict=True), start=2):
        contents.write_url(at, 0, f"internal:'{name}'!A1", string=f"{name}: {table.description}")
    _page(book, words["notes"], words["notes"], words["notes_text"], styles)
    for at, (name, table) in enumerate(zip(names, tables, strict=True)):
        _table(book, name, f"table_{at}", table, words, styles)
    book.close()
    return out.getvalue()


def _columns(tables: Sequence[Attachment], words: Mapping[str, Any]) -> Attachment:
    """A table of what the columns of all tables mean."""
    names = dict.fromkeys(name for table in tables for name in rows_of(table)[0])
    out = io.StringIO()
    rows = [[name, column_of(name)["zh"], column_of(name)["en"]] for name in names]
    csv.writer(out, lineterminator="\n").writerows([words["columns_heads"], *([guard(cell) for cell in row] for row in rows)])
    return Attachment("columns.csv", out.getvalue().encode("utf-8-sig"), "text/csv", words["columns"])


def _page(book: Any, name: str, title: str, lines: Sequence[str], styles: Mapping[str, Any]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 100, styles["wrap"])
    sheet.write_string(0, 0, title, styles["title"])
    for at, line in enumerate(lines, start=2):
        sheet.write_string(at, 0, line, styles["wrap"])
    return sheet


def _table(book: Any, name: str, identity: str, table: Attachment, words: Mapping[str, Any], styles: Mapping[str, Any]) -> None:
    """Write one table as a table object under its title; the head stays in sight."""
    head, *rows = rows_of(table)
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, table.description, styles["title"])
    sheet.write_string(1, 0, words["one"])
    sheet.write_string(2, 0, words["blank"])
    options = {"name": identity, "columns": [{"header": title} for title in head], "style": "Table Style Light 1", "autofilter": False}
    sheet.add_table(3, 0, 3 + max(len(rows), 1), len(head) - 1, options)
    for at, row in enumerate(rows, start=4):
        for column, cell in enumerate(row):
            number = as_number(cell)
            if number is None:
                sheet.write_string(at, column, cell)
            else:
                sheet.write_number(at, column, number)
    for column, title in enumerate(head):
        longest = max((len(row[column]) for row in rows), default=0)
        sheet.set_column(column, column, min(max(longest, len(title)) * 1.2 + 2, WIDEST))
    sheet.freeze_panes(4, 1)


def as_number(cell: str) -> float | None:
    """Read a cell as a number that a spreadsheet keeps digit for digit; None for any other text.

    >>> as_number("25.44"), as_number("=1+1"), as_number("007"), as_number("12345678901234567")
    (25.44, None, None, None)
    """
    try:
        number = Decimal(cell)
    except InvalidOperation:
        return None
    digits = cell.lstrip("-").replace(".", "")
    if not number.is_finite() or len(digits) > EXACT or (digits.startswith("0") and len(digits) > 1 and "." not in cell) or not cell.isascii():
        return None
    return float(number)
