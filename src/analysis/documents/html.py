"""The article of a web page, without menus, advertisements and footers (trafilatura), and its tables as cells.

The tables are taken from the page itself before the article is looked for, since trafilatura drops titles and empty columns; a mark
stands for each, and where the mark comes out in the article the table is laid out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from .between import with_what_stands_between
from .decoding import decode, decode_as
from .errors import DocumentError
from .leaving import frames, has_digits, in_scripts, outside, passages
from .masthead import TITLE_LENGTH, heading_of, imprint_of, shown_over, words_of
from .model import Content, LeftOut
from .parting import AROUND, IN_ITS_PLACE, OF_A_FIGURE, WITHIN_WORDS, in_lines, in_one_line, is_within_words
from .raised import set_small
from .reshaping import reshape
from .tables.cells import Placed, Spans, Table, check_merged, inset_of, lay_out, spans_of
from .tables.shape import holds_figures
from .tags import most_attributes
from .unseen import Unseen, show_what_scripts_show

DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
# A page of a bulletin has some hundred kilobytes, and its tags a dozen attributes.
MAX_BYTES = 20_000_000
MAX_ATTRIBUTES = 500
NO_ARTICLE = "no article was found in the page"
TEXT_INSTEAD = "save the article's text as a plain text file"
# As deep as browsers nest elements; behind 2,048 a parser reads nothing more, and says so only among its first hundred complaints.
MAX_DEPTH = 512
# Of a page of more blocks the article is what trafilatura itself takes: what it asks besides looks, for each short block, at all those around it.
MANY_BLOCKS = 2_000
# A sentence, so that trafilatura takes it for one; with the page's own sum, so that no page can hold it.
MARK = "〔此处是页面{sum}上的第{number}张表格，读完文章之后再放回这里，以免丢失表题与空列。〕"
# What stands small over or beside the words it explains.
RUBY = ("rt", "rp")
# How far in a style sets words, and how many of its units are as wide as a Hanzi.
INSET = re.compile(r"(?:text-indent|padding-left|margin-left)\s*:\s*(\d{1,3}(?:\.\d+)?)\s*(em|pt|px)", re.IGNORECASE)
EMS = {"em": 1.0, "pt": 1 / 10.5, "px": 1 / 14}


def extract_content(data: bytes, path: object) -> Content:
    """The article's text, one paragraph a line, with its tables. Raises DocumentError when the page has neither."""
    import trafilatura
    from lxml import etree, html

    page = _decode_page(data, path)
    tree = _tree(re.sub(r"^\s*<\?xml[^>]*\?>", "", page), path)
    show_what_scripts_show(tree)
    unseen = Unseen(tree, path)
    left_out = [*unseen.take_words(tree), *_take_formulas(tree)]
    set_small(tree, unseen.sheets)
    reshape(tree, unseen)
    heading, imprint, over = heading_of(tree, unseen), imprint_of(tree), list(shown_over(tree, unseen))
    _keep_apart(tree)
    own = int.from_bytes(sha256(page.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    found = _take_tables(tree, unseen, path, own)
    told = [*passages(tree, _marks(own)), *in_scripts(tree)]
    hidden = _take_unseen(tree, unseen, path)
    etree.strip_tags(tree, *WITHIN_WORDS, "wbr")  # of a short page trafilatura puts each on a line of its own
    text = trafilatura.extract(
        _parsed(html.tostring(tree, encoding="unicode"), remove_comments=True, remove_pis=True),
        output_format="txt",
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        favor_recall=True,
        deduplicate=False,
        fast=sum(1 for _ in tree.iter(*AROUND)) > MANY_BLOCKS,
    )
    if not text and not found:
        raise DocumentError(path, NO_ARTICLE, TEXT_INSTEAD)
    text = with_what_stands_between(text or "", tree)
    content = _assemble("\n".join([*(line for line in over if line not in text), text]), found, own, path)
    left_out += [*frames(tree), *outside(told, content.text)]
    left_out += [LeftOut("hidden_tables", count=hidden)] * bool(hidden)
    return content._replace(heading=heading, imprint=imprint, left_out=tuple(left_out))


def _parsed(page: str, **options: bool) -> Any:
    """The elements of a page, None where it has none."""
    from lxml import etree, html

    try:
        return html.document_fromstring(page, html.HTMLParser(huge_tree=True, **options))
    except (etree.ParserError, ValueError):
        return None


def _tree(page: str, path: object) -> Any:
    """The elements of a page without the words that are small beside others. Raises DocumentError for one that has none, or is nested deeper than
    any."""
    from lxml import etree

    tree = _parsed(page)
    if tree is None:
        raise DocumentError(path, NO_ARTICLE, TEXT_INSTEAD)
    if tree.xpath("/*" * (MAX_DEPTH + 1)):
        raise DocumentError(path, f"its elements are nested more than {MAX_DEPTH} deep", TEXT_INSTEAD)
    etree.strip_elements(tree, *RUBY, with_tail=False)
    for element in tree.iter():
        if isinstance(element.tag, str) and is_within_words(element.tag) and element.tag not in WITHIN_WORDS | {"a"}:
            element.tag = "span"  # it has no name in HTML
    for choices in tree.xpath("//select[not(@multiple)]"):  # of several, one is shown
        listed = list(choices.iter("option"))
        chosen = next((one for one in listed if one.get("selected") is not None), *listed[:1] or [None])
        for other in listed:
            if other is not chosen:
                other.drop_tree()
    return tree


def _take_formulas(tree: Any) -> Iterator[LeftOut]:
    """Take the formulas out of a page, whose figures stand over and under one another: a digit beside one is part of none."""
    formulas = [one for one in tree.iter("math") if has_digits(one.text_content())]
    for one in formulas:
        before, around = one.getprevious(), one.getparent()
        beside = (around.text if before is None else before.tail) or ""
        if beside[-1:].isdecimal() or (one.tail or "")[:1].isdecimal():
            one.tail = OF_A_FIGURE + (one.tail or "")
        one.drop_tree()
    if formulas:
        yield LeftOut("formulas", count=len(formulas))


def _keep_apart(tree: Any) -> None:
    """Part the digits with the edge of an element between them that does not stand within words."""
    from lxml import etree

    last, parted = "", False
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        named = isinstance(element.tag, str)
        if named and element.tag in ("td", "th"):
            last = ""
        elif named and (element.tag in ("sup", "sub") or not is_within_words(element.tag)):
            parted = True
        part = "text" if event == "start" else "tail"
        words = getattr(element, part) if element.tag not in ("script", "style") or part == "tail" else ""
        if words:
            if parted and last.isdecimal() and words[0].isdecimal():
                setattr(element, part, IN_ITS_PLACE + words)
            last, parted = words[-1], False


def _marks(own: int) -> re.Pattern[str]:
    """The marks of a page with that sum."""
    return re.compile(MARK.format(sum=own, number=r"(\d+)"))


def _assemble(article: str, found: list[tuple[list[str], list[Placed]]], own: int, path: object) -> Content:
    """The article with each table where its mark stands; those whose mark is lost follow at the end."""
    pieces: list[str] = []
    tables: list[Table] = []
    position = 0

    def put(words: str) -> None:
        nonlocal position
        pieces.append(words)
        position += len(words)

    def put_table(number: int) -> None:
        titles, placed = found[number]
        before = "".join(pieces[-4:])
        for title in titles:
            if title not in before:
                put(title + "\n")
        words, table = lay_out(placed, position, path)
        put(words)
        tables.append(table)

    parts = _marks(own).split(article)
    seen = {int(number) for number in parts[1::2]}
    for words, number in zip(parts[::2], [*parts[1::2], None], strict=True):
        words = in_lines(words.strip("\n"))
        if words:
            put(words + "\n")
        if number is not None:
            put_table(int(number))
    for number in range(len(found)):
        if number not in seen:
            put_table(number)
    return Content("".join(pieces), tuple(tables))


def _take_tables(tree: Any, unseen: Unseen, path: object, own: int) -> list[tuple[list[str], list[Placed]]]:
    """Take the tables of figures out of a page, leaving marks; each with its title lines: its caption, else what stands before it. Raises
    DocumentError where their merged cells cover more than any do."""
    found: list[tuple[list[str], list[Placed]]] = []
    covered = 0
    for table in list(tree.iter("table")):
        if unseen.holds(table):
            continue
        placed = _cells(table, path)
        covered += sum(cell.rows * cell.columns - 1 for cell in placed)
        check_merged(covered, path)
        if not holds_figures(placed):
            continue
        caption = _caption_of(table)
        titles = [in_one_line(caption.text_content())] if caption is not None else _titles_before(table, _marks(own))
        mark = table.makeelement("p")
        mark.text, mark.tail = MARK.format(sum=own, number=len(found)), table.tail
        table.getparent().replace(table, mark)
        found.append(([title for title in titles if title], placed))
    return found


def _caption_of(table: Any) -> Any:
    """The caption of a table, or of the figure that it is; None where it has none."""
    around = table.getparent()
    caption = table.find("caption")
    return around.find("figcaption") if caption is None and around is not None and around.tag == "figure" else caption


def _take_unseen(tree: Any, unseen: Unseen, path: object) -> int:
    """Take out of a page what it does not show, which trafilatura may read where it finds little else; how many tables of figures are among it."""
    tables = [table for table in tree.iter("table") if unseen.holds(table) and holds_figures(_cells(table, path))]
    for element in [*tables, *tree.iter("template"), *filter(unseen.hides, tree.xpath("//body//*"))]:
        if element.getparent() is not None:
            element.drop_tree()
    return len(tables)


def _titles_before(table: Any, marks: re.Pattern[str]) -> list[str]:
    """The one or two short lines right before a table, in reading order."""
    lines: list[str] = []
    for element in table.itersiblings(preceding=True):
        words = element.text_content().strip() if isinstance(element.tag, str) else ""
        if marks.search(words) or len(words) > TITLE_LENGTH or len(lines) == 2 or "。" in words:
            break
        if words and element.tag not in ("script", "style"):
            lines.append(in_one_line(words))
    return lines[::-1]


def _cells(table: Any, path: object) -> list[Placed]:
    placed: list[Placed] = []
    spans = Spans()
    rows = list(table.iter("tr"))
    ends = _group_ends(rows)
    for number, row in enumerate(rows):
        for cell in row.iterchildren("td", "th"):
            height, width = spans_of(cell.get("rowspan"), cell.get("colspan"), ends[number] - number)
            column = spans.place(number, height, width, path)
            head = cell.tag == "th" or row.getparent().tag == "thead"
            placed.append(Placed(words_of(cell), number, column, height, width, head, _inset(cell)))
    return placed


def _group_ends(rows: list[Any]) -> list[int]:
    """Where the group of rows (thead, tbody, tfoot, or those outside any) ends that each row is of: no cell reaches further."""
    ends = [len(rows)] * len(rows)
    for number in range(len(rows) - 2, -1, -1):
        ends[number] = ends[number + 1] if rows[number].getparent() is rows[number + 1].getparent() else number + 1
    return ends


def _inset(cell: Any) -> int:
    """How far in the words of a cell stand: by blanks that no page leaves out, or by what its style says."""
    styles = (element.get("style", "") for element in cell.iter() if isinstance(element.tag, str))
    told = max((float(found[1]) * EMS[found[2].lower()] for style in styles for found in INSET.finditer(style)), default=0.0)
    return inset_of(cell.text_content()) + min(40, round(2 * told))


def _decode_page(data: bytes, path: object) -> str:
    if len(data) > MAX_BYTES:
        raise DocumentError(path, f"it is a page of more than {MAX_BYTES // 1_000_000} MB", TEXT_INSTEAD)
    declared = DECLARED.search(data[:4096])
    page = None
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Pages often declare one encoding and use another: then what the bytes say is better evidence.
        page = decode_as(declared[1].decode("ascii"), data)
    if page is None:
        page = decode(data, path)
    if most_attributes(page, MAX_ATTRIBUTES) >= MAX_ATTRIBUTES:
        raise DocumentError(path, f"it has a tag of {MAX_ATTRIBUTES} attributes or more", TEXT_INSTEAD)
    return page
