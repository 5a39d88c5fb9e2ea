"""The sheets of an XLSX as their XML says them, by openpyxl's parser without its worksheets.

A worksheet of openpyxl makes a cell for every place that merged cells and links cover, which a file of a kilobyte can say are millions; here
a range stays a range, whatever its spelling, and what is read is counted while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openpyxl.cell import Cell
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from .errors import DocumentError
from .leaving import has_digits
from .packages import MAX_UNPACKED
from .raised import small
from .sheet import SMALLEST, WHITE, columns_of, is_nought
from .tables.cells import check_merged, check_size

# A character that XML cannot hold, or that a cell would lose, as Excel writes it: a carriage return is _x000D_, and _x005F_ the line itself.
ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
# Of controls only those that part lines and words stay what they are.
UNSHOWN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF], " ")
S = f"{{{SHEET_MAIN_NS}}}"
RUN, STRIKE, WORDS = S + "r", f"{S}rPr/{S}strike", S + "t"
RAISED, COLOUR, SIZE = (f"{S}rPr/{S}{name}" for name in ("vertAlign", "color", "sz"))
YES = frozenset({"1", "true", "t", "on"})


class Style(NamedTuple):
    """What of a cell's style decides how it is read: its number format, how far in its words stand, whether they are struck out, or white or tiny,
    and whether something fills it."""

    form: str
    indent: int
    struck: bool
    unseen: bool = False
    filled: bool = False


@dataclass(slots=True)
class Parsed:
    """One sheet: its cells by row and column (from 1), the size of merged ones by their first place, what is hidden, its page's edges."""

    name: str
    visible: bool
    cells: dict[tuple[int, int], tuple[Any, Style]] = field(default_factory=dict)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    edges: str = ""
    unsolved: int = 0
    struck: int = 0
    unshown: int = 0


class SheetReader(ExcelReader):
    """A workbook whose sheets come one after another, each when it is asked for."""

    def __init__(self, file: Any, path: object) -> None:
        super().__init__(file, data_only=True, keep_links=False)
        self.path = path
        self.unpacked = self.covered = 0
        self.styles: dict[int, Style] = {}
        # The numbers of shared strings that have a figure struck out, which is not among their words.
        self.struck: set[str] = set()
        # Those of which nothing is seen in parts where nothing fills the cell, with what is.
        self.pale: dict[str, str] = {}

    def read(self) -> None:
        """What all sheets share: their names, strings and styles."""
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)

    def read_strings(self) -> None:
        """The strings that cells share, as they are shown: openpyxl takes only the mark off what was escaped."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                for _, node in iterparse(source):
                    if node.tag == S + "si":
                        number = str(len(self.shared_strings))
                        if _take_struck(node):
                            self.struck.add(number)
                        _set_small(node)
                        self.shared_strings.append(unescaped(Text.from_tree(node).content))
                        if _take_pale(node):
                            self.pale[number] = unescaped(Text.from_tree(node).content)
                        node.clear()

    def sheets(self) -> Iterator[Parsed]:
        """The sheets in their order, hidden ones unread. Raises DocumentError for more than a workbook of tables has."""
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                found = Parsed(" ".join(sheet.name.split()), sheet.state == "visible")
                if found.visible:
                    self._parse(relation.target, found)
                yield found

    def _parse(self, target: str, found: Parsed) -> None:
        self.unpacked += self.archive.getinfo(target).file_size
        if self.unpacked > MAX_UNPACKED:  # one part, given as many sheets
            raise DocumentError(self.path, "its sheets unpack to far more than a workbook of tables", "check where it came from")
        with self.archive.open(target) as source:
            parser = _Parser(source, self.shared_strings, True, self.wb.epoch, self.wb._date_formats, self.wb._timedelta_formats)
            parser.reader = self
            columns = 0
            for _, row in parser.parse():
                for cell in row:
                    found.cells[cell["row"], cell["column"]] = cell["value"], self.style(cell["style_id"])
                    columns = max(columns, cell["column"])
                check_size(len(found.cells), columns, self.path)
        self._merge(parser, found)
        found.hidden_rows = {int(number) for number, row in parser.row_dimensions.items() if _is_hidden(row, "ht")}
        hidden = [one for one in parser.column_dimensions.values() if _is_hidden(one, "width")]
        found.hidden_columns = columns_of((int(one["min"]), min(int(one.get("max", one["min"])), columns)) for one in hidden)
        edges = getattr(parser, "HeaderFooter", None)
        if edges is not None:
            named = [which + edge for which in ("odd", "even", "first") for edge in ("Header", "Footer")]
            parts = (getattr(getattr(edges, edge), place).text for edge in named for place in ("left", "center", "right"))
            found.edges = " ".join(filter(None, parts))
        found.unsolved, found.struck, found.unshown = parser.unsolved, parser.struck, parser.unshown

    def _merge(self, parser: WorkSheetParser, found: Parsed) -> None:
        """Note the sizes of merged cells, and leave out what they cover."""
        for merged in parser.merged_cells.mergeCell if parser.merged_cells else ():
            rows, columns = merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1
            self.covered += rows * columns - 1
            check_merged(self.covered, self.path)
            first = merged.min_row, merged.min_col
            found.spans[first] = rows, columns
            for place in ((row, column) for row in range(first[0], first[0] + rows) for column in range(first[1], first[1] + columns)):
                if place != first:
                    found.cells.pop(place, None)

    def style(self, number: int) -> Style:
        """What the style of that number says."""
        if number not in self.styles:
            cell = Cell(self.wb.worksheets[0] if self.wb.worksheets else self.wb.create_sheet(), style_array=self.wb._cell_styles[number])
            indent = int(cell.alignment.indent or 0) if cell._style.alignmentId else 0
            self.styles[number] = Style(cell.number_format, indent, bool(cell.font.strike), _is_unseen(cell), bool(cell.fill.fill_type))
        return self.styles[number]


class _Parser(WorkSheetParser):
    unsolved = struck = unshown = 0
    reader: SheetReader

    def parse_cell(self, element: Any) -> dict[str, Any]:
        held = element.find(INLINE_STRING)
        if held is not None:
            self.struck += _take_struck(held)
            _set_small(held)
            if held.find(RUN) is not None and not self._is_filled(element):
                self.unshown += _take_pale(held)
        shared = element.findtext(VALUE_TAG) if element.get("t") == "s" else None
        self.struck += shared in self.reader.struck
        cell: dict[str, Any] = super().parse_cell(element)
        if type(cell["value"]) is str and shared is None:
            cell["value"] = unescaped(cell["value"])
        if shared in self.reader.pale and not self._is_filled(element):
            cell["value"], self.unshown = self.reader.pale[shared], self.unshown + 1
        # A formula whose result was not stored: the file was written by a program and never opened in a spreadsheet.
        self.unsolved += element.find(FORMULA_TAG) is not None and not element.findtext(VALUE_TAG)
        return cell

    def _is_filled(self, element: Any) -> bool:
        return self.reader.style(int(element.get("s", 0))).filled


def _is_unseen(cell: Any) -> bool:
    """Whether the words of a cell are of no more than a point, or white where nothing fills it."""
    colour = cell.font.color
    is_white = colour is not None and any(getattr(colour, kind) in white for kind, white in WHITE.items() if colour.type == kind) and not colour.tint
    return (cell.font.sz or SMALLEST + 1) <= SMALLEST or (is_white and not cell.fill.fill_type)


def _is_hidden(told: Any, size: str) -> bool:
    return told.get("hidden") in YES or is_nought(told.get(size))


def _take_struck(words: Any) -> bool:
    """Take the runs that are struck out from a string; whether they have a figure."""
    had = False
    for run in words.findall(RUN):
        strike = run.find(STRIKE)
        if strike is not None and strike.get("val", "1") in YES:
            had |= has_digits("".join(run.itertext()))
            words.remove(run)
    return had


def _take_pale(words: Any) -> bool:
    """Take the runs of a string that are white or tiny; whether they have a figure."""
    had = False
    for run in words.findall(RUN):
        colour, size = run.find(COLOUR), run.find(SIZE)
        is_white = colour is not None and any(colour.get(kind) in map(str, white) for kind, white in WHITE.items()) and not colour.get("tint")
        if is_white or (size is not None and re.fullmatch(r"[01](?:\.0*)?|0?\.[0-9]*", size.get("val", ""))):
            had |= has_digits("".join(run.itertext()))
            words.remove(run)
    return had


def _set_small(words: Any) -> None:
    """Set down in raised and lowered signs what the runs of a string raise and lower."""
    for run in words.findall(RUN):
        place = run.find(RAISED)
        for one in run.iter(WORDS) if place is not None else ():
            one.text = small(one.text or "", place.get("val", ""))


def unescaped(words: str) -> str:
    r"""Words of a cell with the characters that Excel escapes; what shows as nothing parts words.

    >>> unescaped("立案_x000D_\n数"), unescaped("a_x005F_x000A_"), unescaped("_xD83D__xDE00_"), unescaped("_xD83D_数")
    ('立案\r\n数', 'a_x000A_', '😀', ' 数')
    """
    return ESCAPED.sub(_character, words) if "_x" in words else words


def _character(found: re.Match[str]) -> str:
    units = bytes.fromhex(found[0].replace("_x", "").replace("_", ""))
    return units.decode("utf-16-be", "replace").replace("\ufffd", " ").translate(UNSHOWN)
