"""A page as its readers see it, in the elements that trafilatura reads: words without needless blanks and signs, lists without lists in them, tables
that only lay out a page as blocks, and blocks set in rows and columns as tables."""

from __future__ import annotations

import re
from typing import Any

from .parting import AROUND, HEADINGS, WITHIN_WORDS
from .signs import plain_signs
from .unseen import Unseen

# What holds one paragraph where it holds no other block.
LEAVES = frozenset(("section", "center", "dt", "dd", "textarea"))
KEPT = frozenset(("pre", "textarea"))
PARTS = frozenset("tbody thead tfoot tr td th caption".split())
# No browser shows the end of a line of the source, nor a blank, between two signs of Chinese.
LINE_END = re.compile(r"(?<![ \t\r])[ \t\r]*\n\s*")
WIDE = re.compile(r"[\u2e80-\uffe6]")
SENTENCE = re.compile("[。；]")
# A row of a table made of blocks: so many columns, and no cell with more signs.
FEWEST_COLUMNS, FEWEST_ROWS, LONGEST_CELL = 2, 3, 60
FIGURE = re.compile(r"[-+]?[0-9０-９][0-9０-９.,，．]*\s*(?:[%％‰]|[一-鿿]{1,2})?")
ROLES = {"columnheader": "th", "rowheader": "td", "cell": "td", "gridcell": "td"}


def reshape(tree: Any, unseen: Unseen) -> None:
    """Set the elements of a page down as its readers see them."""
    for element in tree.iter(*WITHIN_WORDS):
        element.tag = unseen.shown_as(element)
    kept: set[Any] = set()
    for around in tree.iter(*KEPT):
        kept.update(around.iter() if around not in kept else ())
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            element.tail = _plain(element.tail)
            continue
        if element.tag not in ("script", "style"):
            element.text = plain_signs(element.text) if element in kept and element.text else _plain(element.text)
        element.tail = _plain(element.tail)
    for element in list(tree.iter(*LEAVES)):
        if not any(one.tag in AROUND for one in element.iterdescendants()) and element.text_content().strip():
            element.tag = "p" if element.tag != "textarea" else "pre"
    for table in list(tree.iter("table")):
        if _lays_out(table):
            _as_blocks(table)
    for element in list(tree.iter("ul", "ol"))[::-1]:
        _take_out(element)
    for element in list(tree.iter("div", "section", "ul", "dl", "main", "article", "body")):
        _as_tables(element)


def _plain(words: str | None) -> str | None:
    """Words without the ends of the lines of the source, which show as a blank, or as nothing beside Chinese."""
    if not words:
        return words
    words = plain_signs(words)
    return LINE_END.sub(lambda found: "" if _beside_chinese(found) else " ", words) if "\n" in words else words


def _beside_chinese(found: re.Match[str]) -> bool:
    beside = found.string[max(0, found.start() - 1) : found.start()] + found.string[found.end() : found.end() + 1]
    return WIDE.search(beside) is not None


def _lays_out(table: Any) -> bool:
    """Whether a table holds tables, or cells with headings, lists or several paragraphs: it lays out a page."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    for cell in table.iter("td"):
        if next(cell.iterdescendants(*HEADINGS, "li"), None) is not None:
            return True
        if sum(1 for one in cell.iterdescendants("p", "div") if SENTENCE.search(one.text_content())) > 1:
            return True
    return False


def _as_blocks(table: Any) -> None:
    """A table as the blocks of its cells; those of tables within it stay."""
    left = [table]
    while left:
        element = left.pop()
        if element is table or element.tag in PARTS:
            for key in ("rowspan", "colspan"):
                element.attrib.pop(key, None)
            element.tag = "div"
        left.extend(one for one in element if one.tag != "table")


def _take_out(within: Any) -> None:
    """A list within an item of another behind that item, as items of that list, and what stands behind it in the item as one more."""
    item = next(within.iterancestors("li"), None)
    if item is None or item.getparent() is None:
        return
    rest, inner = _split_behind(within, item), list(within)
    rest_says = "".join(rest.itertext()).strip()
    at = item
    for one in [*inner, *([rest] if rest_says else [])]:
        at.addnext(one)
        at = one
    within.drop_tree()


def _split_behind(within: Any, item: Any) -> Any:
    """What stands behind an element in an item, in elements as it stood, taken out of it."""
    half, at = within.makeelement("span"), within
    half.text, within.tail = within.tail, None
    while True:
        behind = list(at.itersiblings())
        around = at.getparent()
        other = around.makeelement(around.tag)
        if half.tag == "span":
            other.text = half.text
        else:
            other.append(half)
            half.tail, at.tail = at.tail, None
        other.extend(behind)
        if around is item:
            return other
        half, at = other, around


def _as_tables(around: Any) -> None:
    """Blocks of which each holds as many short blocks as the others, figures among them, as the rows of a table."""
    run: list[Any] = []
    for child in [*around, None]:
        cells = _cells_of(child) if child is not None else []
        if run and len(cells) != len(_cells_of(run[0])):
            _set_in_table(run)
            run = []
        if cells:
            run.append(child)
    if run:
        _set_in_table(run)


def _cells_of(row: Any) -> list[Any]:
    """The cells of a block that may be a row: its children, where it has no words of its own and each is short and holds no block but one."""
    if not isinstance(row.tag, str) or row.tag not in ("div", "ul", "ol", "dl", "li", "p", "section") or (row.text or "").strip():
        return []
    cells = [one for one in row if isinstance(one.tag, str)]
    tags = {one.tag for one in cells}
    if len(cells) < FEWEST_COLUMNS or (len(tags) > 1 and tags != {"dt", "dd"}) or any((one.tail or "").strip() for one in cells):
        return []
    by_role = all(one.get("role") in ROLES for one in cells)
    if not by_role and tags & (WITHIN_WORDS | {"br", "img", "option"}):
        return []
    if any(len(one.text_content()) > LONGEST_CELL or SENTENCE.search(one.text_content()) or one.find(".//a") is not None for one in cells):
        return []
    return cells


def _set_in_table(rows: list[Any]) -> None:
    """Rows as a table in their place, where there are enough of them, figures stand in all but the first, and in a column or more in each."""
    figures = [[FIGURE.fullmatch(cell.text_content().strip()) is not None for cell in _cells_of(row)] for row in rows]
    if len(rows) < FEWEST_ROWS or any(figures[0][1:]) or not all(any(one[1:]) and not one[0] for one in figures[1:]):
        return
    table = rows[0].makeelement("table")
    rows[0].addprevious(table)
    for row in rows:
        for cell in _cells_of(row):
            cell.tag = ROLES.get(cell.get("role", ""), "td")
        row.tag = "tr"
        tail, row.tail = row.tail, None
        table.append(row)
        table.tail = tail
