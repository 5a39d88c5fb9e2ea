"""Workbooks as text and cells: XLSX (openpyxl), the old XLS (xlrd), and the XML that some offices save under that name.

Every sheet is laid out, a line a row and tabs between cells, and is one table of cells with their addresses. Hidden sheets, rows and
columns are left out, and named.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .errors import DocumentError
from .leaving import has_digits, in_package, says_a_figure
from .model import Content, LeftOut
from .numberformats import is_dated, printed
from .packages import opened
from .sheets import Parsed, SheetReader
from .tables.cells import Placed, Table, check_length, check_merged, check_size, count_of, inset_of, lay_out

# A name given by the program, which says nothing.
UNNAMED = re.compile(r"(?:Sheet|工作表|Table)\s*\d*", re.IGNORECASE)
SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
# How words within a cell of that XML are struck out.
STRUCK = tuple(f"{{http://www.w3.org/TR/REC-html40}}{name}" for name in ("S", "Del", "Strike"))
# The digits of a place in a sheet.
PLACE = 8


@dataclass(slots=True)
class Sheet:
    """What is shown of one sheet: its cells (rows and columns as in the sheet), how many rows and columns are hidden, how many cells have a figure
    that is struck out, and how many signs and places beyond their first its cells have."""

    name: str
    path: object
    placed: list[Placed] = field(default_factory=list)
    hidden: dict[str, int] = field(default_factory=dict)
    struck: int = 0
    characters: int = 0
    covered: int = 0

    def put(self, cell: Placed) -> None:
        """Add a cell; DocumentError where the sheet's words, which its cells may share, are more than a document has."""
        self.characters += len(cell.text)
        self.covered += cell.rows * cell.columns - 1
        check_length(self.characters, self.path)
        self.placed.append(cell)


def extract_content(data: bytes, path: object) -> Content:
    """The shown cells of a workbook. Raises DocumentError where it is damaged, protected or of absurd size."""
    left_out: list[LeftOut] = []
    if data.startswith(b"PK"):
        sheets = _read_xlsx(data, path, left_out)
    elif data.startswith(b"\xd0\xcf"):
        sheets = _read_xls(data, path, left_out)
    else:
        sheets = _read_xml(data, path, left_out)
    return _content(sheets, left_out, path)


def _content(sheets: Iterable[Sheet], left_out: list[LeftOut], path: object) -> Content:
    pieces: list[str] = []
    tables: list[Table] = []
    position = covered = struck = 0
    for sheet in sheets:
        covered += sheet.covered
        check_merged(covered, path)
        struck += sheet.struck
        left_out += [LeftOut(f"hidden_{what}", sheet.name, count) for what, count in sheet.hidden.items() if count]
        if not any(cell.text for cell in sheet.placed):
            continue
        head = "" if UNNAMED.fullmatch(sheet.name.strip()) else sheet.name.strip() + "\n"
        head = ("\n" if pieces else "") + head
        words, table = lay_out(sheet.placed, position + len(head), path, sheet.name)
        pieces += [head, words]
        position += len(head) + len(words)
        tables.append(table)
    left_out += [LeftOut("struck_text", count=struck)] * bool(struck)
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
    shown = Sheet(sheet.name, path, struck=sheet.struck)
    for (row, column), (value, style) in sorted(sheet.cells.items(), key=lambda cell: cell[0]):
        if value is None or row in sheet.hidden_rows or column in sheet.hidden_columns:
            continue
        words = value if type(value) is str else printed(value, style.form)
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
    hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
    shown = Sheet(sheet.name, path)
    for row in (r for r in range(sheet.nrows) if r not in hidden_rows):
        for column in (c for c in range(sheet.row_len(row)) if c not in hidden_columns):
            cell = sheet.cell(row, column)
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
                continue
            rows, columns = spans.get((row, column), (1, 1))
            words, struck = _parted_xls(book, cell, sheet.rich_text_runlist_map.get((row, column), ()))
            shown.struck += has_digits(struck)
            shown.put(Placed(words, row, column, rows, columns))
    shown.hidden = {
        "rows": len([row for row in hidden_rows if row < sheet.nrows]),
        "columns": len([column for column in hidden_columns if column < sheet.ncols]),
    }
    return shown


def _parted_xls(book: Any, cell: Any, runs: Iterable[tuple[int, int]]) -> tuple[str, str]:
    """The words of a cell that are shown, and those that are struck out: all by its own font, or those of some runs (where each begins, its font)."""
    words, is_struck = _words_xls(book, cell), _strikes(book, book.xf_list[cell.xf_index].font_index)
    if not isinstance(cell.value, str):
        return ("", words) if is_struck else (words, "")
    begins = [(0, is_struck), *((at, _strikes(book, font)) for at, font in runs), (len(cell.value), False)]
    pieces: tuple[list[str], list[str]] = [], []
    for (start, struck), (end, _) in pairwise(begins):
        pieces[struck].append(cell.value[start:end])
    return "".join(pieces[0]).strip(), "".join(pieces[1])


def _strikes(book: Any, font: int) -> bool:
    return 0 <= font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _words_xls(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value)).upper()
    form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    value = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE or is_dated(form):
        try:
            value = xlrd.xldate.xldate_as_datetime(value, book.datemode)
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            form = "General"
    elif value == int(value):
        value = int(value)
    return printed(value, form)


def _read_xml(data: bytes, path: object, left_out: list[LeftOut]) -> Iterator[Sheet]:
    """The XML of Excel 2003 (SpreadsheetML), often saved as .xls."""
    from lxml import etree

    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise DocumentError(path, "the workbook's XML is damaged", "open it in a spreadsheet program and save it as XLSX") from error
    styles = {style.get(SS + "ID"): style for style in tree.iter(SS + "Style")}
    for worksheet in tree.iterchildren(SS + "Worksheet"):
        name = worksheet.get(SS + "Name") or ""
        if any(e.text in ("SheetHidden", "SheetVeryHidden") for e in worksheet.iter("{urn:schemas-microsoft-com:office:excel}Visible")):
            left_out.append(LeftOut("hidden_sheet", name))
            continue
        if notes := sum(has_digits(note.xpath("string()")) for note in worksheet.iter(SS + "Comment")):
            left_out.append(LeftOut("comments", count=notes))
        yield _shown_xml(worksheet, name, styles, path)


def _shown_xml(worksheet: Any, name: str, styles: dict[str, Any], path: object) -> Sheet:
    shown, number = Sheet(name, path), -1
    for row in worksheet.iterfind(f"{SS}Table/{SS}Row"):
        number = _index(row, number + 1)
        if row.get(SS + "Hidden") == "1":
            shown.hidden["rows"] = shown.hidden.get("rows", 0) + 1
            continue
        column = -1
        for cell in row.iterchildren(SS + "Cell"):
            column = _index(cell, column + 1)
            rows, columns = count_of(cell.get(SS + "MergeDown"), 0, PLACE) + 1, count_of(cell.get(SS + "MergeAcross"), 0, PLACE) + 1
            held = cell.find(SS + "Data")
            if held is not None:
                words, struck = _parted_xml(held, styles.get(cell.get(SS + "StyleID")))
                shown.struck += has_digits(struck)
                shown.put(Placed(words, number, column, rows, columns))
            column += columns - 1
            check_size(len(shown.placed), column + 1, path)
    return shown


def _index(element: Any, following: int) -> int:
    return max(1, count_of(element.get(SS + "Index"), following + 1, PLACE)) - 1


def _parted_xml(held: Any, style: Any) -> tuple[str, str]:
    """The words of a cell that are shown, and those that are struck out: by its style, or by a tag among them."""
    form, font = (style.find(SS + name) for name in ("NumberFormat", "Font")) if style is not None else (None, None)
    if font is not None and font.get(SS + "StrikeThrough") == "1":
        return "", _words_xml(held, form)
    struck = [one for one in held.iter(*STRUCK) if not any(around.tag in STRUCK for around in one.iterancestors())]
    gone = "".join(one.xpath("string()") for one in struck)
    for one in struck:
        words = one.tail or ""
        one.clear()
        one.tail = words
    return _words_xml(held, form), gone


def _words_xml(held: Any, form: Any) -> str:
    words = held.xpath("string()").strip()
    if held.get(SS + "Type") != "Number" or not words:
        return words
    try:
        value = float(words)
        return printed(int(value) if value == int(value) else value, form.get(SS + "Format", "General") if form is not None else "General")
    except (ValueError, OverflowError):  # it says that it is a number, and is none, or none that is finite
        return words
