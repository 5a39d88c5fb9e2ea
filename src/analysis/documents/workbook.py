"""Workbooks as text and cells: XLSX (openpyxl), the old XLS (xlrd), and the XML that some offices save under that name.

Every sheet is laid out, a line a row and tabs between cells, and is one table of cells with their addresses. Hidden sheets, rows and
columns are left out, and named.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from itertools import pairwise
from typing import Any

from .errors import DocumentError
from .leaving import has_digits, in_package, says_a_figure
from .model import Content, LeftOut
from .numberformats import hides_words, is_dated, printed
from .packages import opened
from .raised import small
from .sheet import SMALLEST, WHITE, Sheet
from .sheets import Parsed, SheetReader
from .sheetxml import read_xml
from .tables.cells import Placed, Table, check_merged, check_size, inset_of, lay_out

# A point and the width of a sign, in the units of an XLS.
POINT, CHARACTER = 20, 256
# A name given by the program, which says nothing.
UNNAMED = re.compile(r"(?:Sheet|工作表|Table)\s*\d*", re.IGNORECASE)


def extract_content(data: bytes, path: object) -> Content:
    """The shown cells of a workbook. Raises DocumentError where it is damaged, protected or of absurd size."""
    left_out: list[LeftOut] = []
    if data.startswith(b"PK"):
        sheets = _read_xlsx(data, path, left_out)
    elif data.startswith(b"\xd0\xcf"):
        sheets = _read_xls(data, path, left_out)
    else:
        sheets = read_xml(data, path, left_out)
    return _content(sheets, left_out, path)


def _content(sheets: Iterable[Sheet], left_out: list[LeftOut], path: object) -> Content:
    pieces: list[str] = []
    tables: list[Table] = []
    position = covered = struck = unshown = 0
    for sheet in sheets:
        covered += sheet.covered
        check_merged(covered, path)
        struck, unshown = struck + sheet.struck, unshown + sheet.unshown
        left_out += [LeftOut(f"hidden_{what}", sheet.name, count) for what, count in sheet.hidden.items() if count]
        if not any(cell.text for cell in sheet.placed):
            continue
        head = "" if UNNAMED.fullmatch(sheet.name.strip()) else sheet.name.strip() + "\n"
        head = ("\n" if pieces else "") + head
        words, table = lay_out(sheet.placed, position + len(head), path, sheet.name)
        pieces += [head, words]
        position += len(head) + len(words)
        tables.append(table)
    left_out += [LeftOut(what, count=count) for what, count in (("hidden_text", unshown), ("struck_text", struck)) if count]
    return Content("".join(pieces), tuple(tables), tuple(left_out))


def _read_xlsx(data: bytes, path: object, left_out: list[LeftOut]) -> Iterator[Sheet]:
    unsolved = 0
    try:
        with opened(data, path) as archive:
            left_out += in_package(archive)
        book = SheetReader(io.BytesIO(data), path)
        with redirect_stdout(io.StringIO()):  # it prints what is wrong with a style, amid what is asked for
            book.read()
        for sheet in book.sheets():
            if not sheet.visible:
                left_out.append(LeftOut("hidden_sheet", sheet.name))
                continue
            unsolved += sheet.unsolved
            if says_a_figure(sheet.edges):
                left_out.append(LeftOut("page_edges"))
            yield _shown(sheet, path)
    except DocumentError:
        raise
    except Exception as error:
        # openpyxl fails in many ways on a broken file: KeyError, ValueError, TypeError, XML and ZIP errors.
        raise DocumentError(path, "the workbook is damaged", "open it in a spreadsheet program and save it again") from error
    if unsolved:
        left_out.append(LeftOut("unsolved_formulas", count=unsolved))


def _shown(sheet: Parsed, path: object) -> Sheet:
    shown = Sheet(sheet.name, path, struck=sheet.struck, unshown=sheet.unshown)
    for (row, column), (value, style) in sorted(sheet.cells.items(), key=lambda cell: cell[0]):
        if value is None or row in sheet.hidden_rows or column in sheet.hidden_columns:
            continue
        words = ("" if hides_words(style.form) else value) if type(value) is str else printed(value, style.form)
        if not words.strip():
            shown.unshown += has_digits(str(value))
            continue
        if style.unseen:
            shown.unshown += has_digits(words)
            continue
        if style.struck:
            shown.struck += has_digits(words)
            continue
        inset = inset_of(words, blanks=True) + 2 * style.indent if type(value) is str else 0
        rows, columns = sheet.spans.get((row, column), (1, 1))
        shown.put(Placed(words.strip(), row - 1, column - 1, rows, columns, False, inset))
    used = {row for row, _ in sheet.cells}
    shown.hidden = {"rows": len(sheet.hidden_rows & used), "columns": len(sheet.hidden_columns)}
    return shown


def _read_xls(data: bytes, path: object, left_out: list[LeftOut]) -> Iterator[Sheet]:
    import xlrd

    try:
        # Rows end with their last cell, and sheets come one by one: else one far cell fills memory with a sheet of blanks.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    except Exception as error:
        # xlrd fails in many ways on a broken file: XLRDError, struct.error, AssertionError, IndexError.
        problem = "the workbook is protected" if "encrypt" in str(error).lower() else "it is no workbook of Excel 97-2003, or damaged"
        raise DocumentError(path, problem, "open it in a spreadsheet program and save it as XLSX") from error
    places = 0
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        book.unload_sheet(number)
        places += sum(map(sheet.row_len, range(sheet.nrows)))
        check_size(places, sheet.ncols, path)
        if sheet.visibility:
            left_out.append(LeftOut("hidden_sheet", sheet.name))
            continue
        if notes := sum(has_digits(note.text or "") for note in sheet.cell_note_map.values()):
            left_out.append(LeftOut("comments", count=notes))
        yield _shown_xls(book, sheet, path)


def _shown_xls(book: Any, sheet: Any, path: object) -> Sheet:
    import xlrd

    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height < POINT}
    hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden or info.width < CHARACTER}
    shown = Sheet(sheet.name, path)
    for row in (r for r in range(sheet.nrows) if r not in hidden_rows):
        for column in (c for c in range(sheet.row_len(row)) if c not in hidden_columns):
            cell = sheet.cell(row, column)
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
                continue
            rows, columns = spans.get((row, column), (1, 1))
            words, struck = _parted_xls(book, cell, sheet.rich_text_runlist_map.get((row, column), ()))
            shown.struck += has_digits(struck)
            shown.unshown += not struck and not has_digits(words) and has_digits(str(cell.value))
            shown.put(Placed(words, row, column, rows, columns))
    shown.hidden = {
        "rows": len([row for row in hidden_rows if row < sheet.nrows]),
        "columns": len([column for column in hidden_columns if column < sheet.ncols]),
    }
    return shown


def _parted_xls(book: Any, cell: Any, runs: Iterable[tuple[int, int]]) -> tuple[str, str]:
    """The words of a cell that are shown, and those that are struck out: all by its own font, or those of some runs (where each begins, its font)."""
    if _is_unseen(book, book.xf_list[cell.xf_index]):
        return "", ""
    is_struck = _strikes(book, book.xf_list[cell.xf_index].font_index)
    if not isinstance(cell.value, str):
        words = _number_xls(book, cell)
        return ("", words) if is_struck else (words, "")
    if hides_words(_format_xls(book, cell)):
        return "", ""
    style = book.xf_list[cell.xf_index]
    begins = [(0, style.font_index), *runs, (len(cell.value), style.font_index)]
    pieces: tuple[list[str], list[str]] = [], []
    for number, ((start, font), (end, _)) in enumerate(pairwise(begins)):
        if number and _is_pale(book, font, style):
            continue
        pieces[_strikes(book, font)].append(small(cell.value[start:end], _raised(book, font) if number else ""))
    return "".join(pieces[0]).strip(), "".join(pieces[1])


def _is_unseen(book: Any, style: Any) -> bool:
    """Whether words are of no more than a point (in twentieths), or white where nothing fills the cell."""
    return _is_pale(book, style.font_index, style)


def _is_pale(book: Any, number: int, style: Any) -> bool:
    if not 0 <= number < len(book.font_list):
        return False
    font = book.font_list[number]
    return 0 < font.height <= 20 * SMALLEST or (font.colour_index in WHITE["indexed"] and not style.background.fill_pattern)


def _raised(book: Any, font: int) -> str:
    """Whether a font raises or lowers its words."""
    return {1: "superscript", 2: "subscript"}.get(book.font_list[font].escapement, "") if 0 <= font < len(book.font_list) else ""


def _strikes(book: Any, font: int) -> bool:
    return 0 <= font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _format_xls(book: Any, cell: Any) -> str:
    return str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)


def _number_xls(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value)).upper()
    form = _format_xls(book, cell)
    value = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE or is_dated(form):
        try:
            value = xlrd.xldate.xldate_as_datetime(value, book.datemode)
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            form = "General"
    elif value == int(value):
        value = int(value)
    return printed(value, form)
