"""The XML of Excel 2003 (SpreadsheetML), often saved as .xls: its sheets, as far as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .errors import DocumentError
from .leaving import has_digits
from .model import LeftOut
from .numberformats import printed
from .raised import TAGS, small
from .sheet import SMALLEST, Sheet, columns_of, is_nought
from .tables.cells import MAX_COLUMNS, Placed, check_size, count_of

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
# How words within a cell of that XML are struck out.
STRUCK = tuple(f"{{http://www.w3.org/TR/REC-html40}}{name}" for name in ("S", "Del", "Strike"))
RAISED = {f"{{http://www.w3.org/TR/REC-html40}}{tag}": place for tag, place in TAGS.items() for tag in (tag.capitalize(), tag.upper())}
# The digits of a place in a sheet.
PLACE = 8


def read_xml(data: bytes, path: object, left_out: list[LeftOut]) -> Iterator[Sheet]:
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
    hidden_columns, hidden = _hidden_columns(worksheet), set()
    for row in worksheet.iterfind(f"{SS}Table/{SS}Row"):
        number = _index(row, number + 1)
        if row.get(SS + "Hidden") == "1" or is_nought(row.get(SS + "Height")):
            shown.hidden["rows"] = shown.hidden.get("rows", 0) + 1
            continue
        column = -1
        for cell in row.iterchildren(SS + "Cell"):
            column = _index(cell, column + 1)
            rows, columns = count_of(cell.get(SS + "MergeDown"), 0, PLACE) + 1, count_of(cell.get(SS + "MergeAcross"), 0, PLACE) + 1
            held = cell.find(SS + "Data")
            if held is not None and column in hidden_columns:
                hidden.add(column)
            elif held is not None:
                words, struck = _parted_xml(held, styles.get(cell.get(SS + "StyleID")))
                shown.struck += has_digits(struck)
                shown.unshown += not words and not struck and has_digits(held.xpath("string()"))
                shown.put(Placed(words, number, column, rows, columns))
            column += columns - 1
            check_size(len(shown.placed), column + 1, path)
    shown.hidden["columns"] = len(hidden)
    return shown


def _hidden_columns(worksheet: Any) -> set[int]:
    """The columns of a sheet that are hidden, or of no width; one entry may speak of several, and many of the same."""
    spans, number = [], -1
    for column in worksheet.iterfind(f"{SS}Table/{SS}Column"):
        number = _index(column, number + 1)
        last = number + count_of(column.get(SS + "Span"), 0, PLACE)
        if column.get(SS + "Hidden") == "1" or is_nought(column.get(SS + "Width")):
            spans.append((number, min(last, MAX_COLUMNS)))
        number = last
    return columns_of(spans)


def _index(element: Any, following: int) -> int:
    return max(1, count_of(element.get(SS + "Index"), following + 1, PLACE)) - 1


def _parted_xml(held: Any, style: Any) -> tuple[str, str]:
    """The words of a cell that are shown, and those that are struck out: by its style, or by a tag among them."""
    form, font = (style.find(SS + name) for name in ("NumberFormat", "Font")) if style is not None else (None, None)
    if font is not None and font.get(SS + "StrikeThrough") == "1":
        return "", _words_xml(held, form)
    if font is not None and _is_unseen(font, style.find(SS + "Interior")):
        return "", ""
    for one in held.iter(*RAISED):
        for part in one.iter():
            part.text = small(part.text or "", RAISED[one.tag])
            part.tail = part.tail if part is one else small(part.tail or "", RAISED[one.tag])
    struck = [one for one in held.iter(*STRUCK) if not any(around.tag in STRUCK for around in one.iterancestors())]
    gone = "".join(one.xpath("string()") for one in struck)
    for one in struck:
        words = one.tail or ""
        one.clear()
        one.tail = words
    return _words_xml(held, form), gone


def _is_unseen(font: Any, ground: Any) -> bool:
    """Whether words are of no more than a point, or white where nothing fills the cell."""
    is_filled = ground is not None and ground.get(SS + "Color") is not None
    is_tiny = count_of(font.get(SS + "Size", "").partition(".")[0], SMALLEST + 1) <= SMALLEST
    return is_tiny or (font.get(SS + "Color", "").lower() == "#ffffff" and not is_filled)


def _words_xml(held: Any, form: Any) -> str:
    words = held.xpath("string()").strip()
    if held.get(SS + "Type") != "Number" or not words:
        return words
    try:
        value = float(words)
        return printed(int(value) if value == int(value) else value, form.get(SS + "Format", "General") if form is not None else "General")
    except (ValueError, OverflowError):  # it says that it is a number, and is none, or none that is finite
        return words
