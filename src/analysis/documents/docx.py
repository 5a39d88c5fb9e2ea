"""The text of a Word document (python-docx): paragraphs in reading order, tables as cells, foot- and endnotes at the end."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from .errors import DocumentError
from .leaving import in_package
from .model import Content, LeftOut
from .packages import opened
from .parting import IN_ITS_PLACE, OF_A_FIGURE, in_lines
from .raised import small
from .signs import plain_signs
from .tables.cells import Placed, Table, check_size, count_of, inset_of, lay_out
from .tables.shape import holds_figures
from .wordstyles import STRIKES, VANISH, W, is_on, take_away

# Some thousands are a long yearbook; half a million take half a minute to read and say nothing.
MAX_PARAGRAPHS = 200_000
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHOICES, CHOICE, FALLBACK = (COMPATIBLE + name for name in ("AlternateContent", "Choice", "Fallback"))
CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
# Tracked changes: what is struck out, or moved away from here, is no longer in the text; nor is what stands small over it (ruby).
GONE = {W + "del", W + "moveFrom", W + "rt"}
# Of rows and cells their settings say that they are struck out.
STRUCK = {W + "tr": f"{W}trPr/{W}del", W + "tc": f"{W}tcPr/{W}cellDel"}
# What stands among blocks, rows and cells, and wraps none: the settings of each.
SETTINGS = {W + name for name in ("sectPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sdtPr", "sdtEndPr", "customXmlPr")}
BOX = W + "txbxContent"
# What is shown between words and says none, a mark of a note too.
SIGNLESS = ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "commentReference")
PICTURES = {W + name: IN_ITS_PLACE for name in SIGNLESS} | {MATH + "oMath": OF_A_FIGURE}


UNKNOWN = "it is a ZIP archive but no Word document", "unpack it, or save it as DOCX"
# What other archives are, by the kind they say they have.
OTHERS = {
    "opendocument.spreadsheet": ("it is an OpenDocument spreadsheet", "save it as XLSX"),
    "opendocument": ("it is an OpenDocument file", "save it as DOCX"),
    "epub": ("it is an e-book (EPUB)", "save its text as HTML or plain text"),
    "ofd": ("it is an OFD file", "print it to a PDF"),
}


def extract_content(data: bytes, path: object) -> Content:
    """The body's text: a paragraph a line, a table row a line with tabs between cells; insertions in, deletions out."""
    import docx
    from docx.opc.exceptions import OpcError

    try:
        with opened(data, path) as archive:
            if "word/document.xml" not in archive.namelist():
                raise DocumentError(path, *_other_archive(archive))
            left_out = list(in_package(archive))
        document = docx.Document(io.BytesIO(data))
        body = getattr(document.element, "body", None)  # that of the strict kind is another element
        if body is None:
            raise DocumentError(path, "it has no body, or is a Word document of the strict kind", "save it as an ordinary DOCX")
        roots = [body, *_notes(document.part)]
        _choose(roots)
        take_away(roots, next(_parts(document.part, "/styles"), None))
        left_out += _unread(roots)
        return _content(roots, path)._replace(left_out=tuple(left_out))
    except DocumentError:
        raise
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, SyntaxError) as error:
        raise DocumentError(path, "the Word document is damaged", "open it in a word processor and save it again") from error


def _other_archive(archive: zipfile.ZipFile) -> tuple[str, str]:
    """What a ZIP archive is that holds no Word document, and what to do."""
    names = archive.namelist()
    kind = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else "ofd" if "OFD.xml" in names else ""
    return next((said for word, said in OTHERS.items() if word in kind), UNKNOWN)


def _parts(part: Any, *kinds: str) -> Iterator[Any]:
    """The roots of the parts of those kinds that a document's leads to."""
    from docx.oxml import parse_xml

    for relation in part.rels.values():
        if relation.reltype.endswith(kinds) and not relation.is_external:
            yield parse_xml(relation.target_part.blob)


def _notes(part: Any) -> Iterator[Any]:
    """A document's foot- and endnotes, without the rules that part them from the page."""
    for root in _parts(part, "/footnotes", "/endnotes"):
        for note in root.iterchildren(W + "footnote", W + "endnote"):
            if note.get(W + "type", "normal") == "normal":
                yield note


def _choose(roots: list[Any]) -> None:
    """Put in the place of what a document holds in several ways (a text box, for old versions of Word once more) the first that has something."""
    for choices in [one for root in roots for one in root.iter(CHOICES)]:
        chosen = next((one for one in (*choices.iterchildren(CHOICE), *choices.iterchildren(FALLBACK)) if len(one)), ())
        for one in list(chosen):
            choices.addprevious(one)
        choices.getparent().remove(choices)


def _unread(roots: list[Any]) -> Iterator[LeftOut]:
    """What of the text is not read: words that are not shown or struck out, and formulas, whose figures stand over and under one another."""
    unread = (("hidden_text", W + "r", _is_hidden), ("struck_text", W + "r", _is_struck), ("formulas", MATH + "oMath", lambda _: True))
    for what, tag, is_unread in unread:
        found = [one for root in roots for one in root.iter(tag) if is_unread(one) and any(map(str.isdecimal, one.xpath("string()")))]
        if found:
            yield LeftOut(what, count=len(found))


def _content(roots: list[Any], path: object) -> Content:
    pieces: list[str] = []
    tables: list[Table] = []
    position = 0
    if sum(1 for root in roots for _ in root.iter(W + "p")) > MAX_PARAGRAPHS:
        raise DocumentError(path, f"it holds more than {MAX_PARAGRAPHS:,} paragraphs", "split it")
    for block in itertools.chain.from_iterable(map(_blocks, roots)):
        if block.tag == W + "tbl":
            placed = _cells(block, path)
            words, table = lay_out(placed, position, path)
            if holds_figures(placed):
                tables.append(table)
        else:
            words = _words(block) + "\n"
        pieces.append(words)
        position += len(words)
    return Content("".join(pieces), tuple(tables))


def _blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables under an element, in order; a table that only lays out others is taken apart into its cells' blocks."""
    for child in parent:
        if child.tag == W + "p":
            yield child
            for box in _boxes(child):
                yield from _blocks(box)
        elif child.tag == W + "tbl":
            if next(child.iterdescendants(W + "tbl"), None) is None:
                yield child
            else:
                for cell in _children(child, "tr", "tc"):
                    yield from _blocks(cell)
        elif child.tag not in GONE | SETTINGS:  # a content control, a custom tag, an accepted insertion, one choice of several
            yield from _blocks(child)


def _children(parent: Any, *names: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, those in content controls and insertions among them; then what is under them."""
    for child in parent:
        if child.tag == W + names[0]:
            if child.find(STRUCK[child.tag]) is not None:
                continue
            if len(names) == 1:
                yield child
            else:
                yield from _children(child, *names[1:])
        elif child.tag not in GONE | SETTINGS:
            yield from _children(child, *names)


def _cells(table: Any, path: object) -> list[Placed]:
    placed: list[Placed] = []
    # The cell that a column's vertical merge began with, by the column it begins in.
    merging: dict[int, int] = {}
    places = 0
    for number, row in enumerate(_children(table, "tr")):
        head = row.find(f"{W}trPr/{W}tblHeader") is not None
        column = _value(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _children(row, "tc"):
            width = max(1, _value(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            places += width
            check_size(places, column + width, path)
            if merge is not None and merge.get(W + "val") != "restart" and column in merging:
                above = placed[merging[column]]
                placed[merging[column]] = above._replace(rows=number - above.row + 1)
            else:
                merging.pop(column, None)
                if merge is not None:
                    merging[column] = len(placed)
                words = "\n".join((_words(cell), *map(_words, _boxes(cell))))
                placed.append(Placed(words.strip(), number, column, 1, width, head, inset_of(words, blanks=True) + _inset(cell)))
            column += width
    return placed


def _inset(cell: Any) -> int:
    """How far in the first paragraph of a cell stands, by its settings: in hundredths of a sign, or in twentieths of a point."""
    told = cell.find(f"{W}p/{W}pPr/{W}ind")
    if told is None:
        return 0
    signs = sum(count_of(told.get(W + name), 0) for name in ("leftChars", "firstLineChars"))
    return min(40, signs // 50 or sum(count_of(told.get(W + name), 0) for name in ("left", "start", "firstLine")) // 105)


def _value(element: Any, default: int) -> int:
    return count_of(element.get(W + "val"), default) if element is not None else default


def _boxes(element: Any) -> list[Any]:
    """The text boxes in an element, none of those within another; their words stand beside those of the paragraph that holds them."""
    found = list(element.iter(BOX))
    return [box for box in found if next((one for one in box.iterancestors(BOX) if one in found), None) is None]


def _words(element: Any) -> str:
    """The printed words under `element`, digits parted by what stands between them."""
    return in_lines(plain_signs("".join(_characters(element))))


def _characters(element: Any) -> Iterator[str]:
    """The printed characters under `element`: `paragraph.text` would leave out tracked insertions (deletions are `w:delText`)."""
    boxes = set(_boxes(element))
    for node in element.iter(W + "p", W + "t", W + "sym", *CHARACTERS, *PICTURES):
        if boxes and not boxes.isdisjoint(node.iterancestors(BOX)):
            continue
        if node.tag in PICTURES:
            yield PICTURES[node.tag]
        elif node.tag == W + "p":
            if node is not element:
                yield "\n"
        # Outside a run, `w:tab` defines a tab stop.
        elif (run := node.getparent()).tag == W + "r" and not _is_gone(node, run):
            if node.tag == W + "sym":
                yield _symbol(node)
            elif node.tag != W + "t":
                yield CHARACTERS[node.tag]
            else:
                # A comment in the XML parts no word: `node.text` would end at it.
                words = node.xpath("string()") if len(node) else node.text or ""
                yield small(words, _place(run))


def _symbol(node: Any) -> str:
    """The sign of a symbol given by the number it has in its font: those of the font Symbol are figures and signs, others are pictures."""
    number = re.fullmatch("[Ff]0([2-3][0-9A-Fa-f])", node.get(W + "char", ""))
    is_symbol = (node.get(W + "font") or "").lower() == "symbol"
    return chr(int(number[1], 16)) if number and is_symbol else IN_ITS_PLACE + " "


def _is_gone(node: Any, run: Any) -> bool:
    return next(node.iterancestors(*GONE), None) is not None or _is_hidden(run) or _is_struck(run)


def _is_hidden(run: Any) -> bool:
    return is_on(run.find(VANISH))


def _is_struck(run: Any) -> bool:
    return not _is_hidden(run) and any(is_on(run.find(strike)) for strike in STRIKES)


def _place(run: Any) -> str:
    """Whether the words of a run are raised or lowered, by a name or by at least three points."""
    place, lifted = run.find(f"{W}rPr/{W}vertAlign"), run.find(f"{W}rPr/{W}position")
    if place is not None:
        return place.get(W + "val") or ""
    by = lifted.get(W + "val", "") if lifted is not None else ""
    return ("subscript" if by.startswith("-") else "superscript") if re.fullmatch("-?(?:[6-9]|[1-9][0-9])", by) else ""
