r"""Markdown to Typst markup that can only ever print.

Pandoc reads the Markdown. Its syntax tree is written out here instead of by pandoc's Typst writer, for one reason: every
text becomes a Typst string literal (`#"...";`), so no character of a document can be taken for markup or code, and nothing
depends on escaping rules being complete. What is not listed here (raw blocks, mathematics, images, attributes) has no way through.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from analysis.report.columns import Layout, is_wide, layout, line, together
from analysis.report.foreign import runs
from analysis.report.markdown import DIV_CLASSES
from analysis.report.pandoc import plain, trees

PLACE = re.compile(r"[a-z]\d{1,6}")  # a place within the report: s12
SAFE_LINK = re.compile(r"(https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
FIGURES = re.compile(r"[-+−±≈≥≤<>~约超近不足余多逾]*[¥$]?\d[\d,.\s]*(?:[-–—~至]\s*[-−]?\d[\d,.]*)?\s*(?:%|‰|pp|个?百分点)?")
SET_APART = {"main-points", "need-to-know", "sources"}  # blocks that say how their lists look
NO_VALUE = {"", "-", "–", "—", "…", "n/a"}

_STRING = r'"(?:[^"\\]|\\.)*"'
_ALONE = re.compile(rf"#({_STRING}|link\((?:<\w+>|{_STRING}), {_STRING}\));")  # a word or a link, and nothing else
_STYLES = {
    "Emph": "emph", "Strong": "strong", "Underline": "underline", "Strikeout": "strike",
    "Superscript": "super", "Subscript": "sub", "SmallCaps": "smallcaps",
}  # fmt: skip


def literal(text: str) -> str:
    r"""Return a Typst string literal that holds exactly this text.

    >>> print(literal('#read("/etc/passwd")\\'))
    "#read(\"/etc/passwd\")\\"
    """
    return '"' + re.sub(r'[\\"\x00-\x1f\x7f]', lambda m: _escapes(m[0]), text) + '"'


def _escapes(char: str) -> str:
    return "\\" + char if char in '\\"' else f"\\u{{{ord(char):x}}}"


def to_typst(texts: Sequence[str], lang: str) -> list[str]:
    """Return the Typst markup of each Markdown text, read apart from the others; in a report of `lang` runs of the other script are marked.

    Raises MarkupError when pandoc refuses a text.
    """
    read = trees(texts)
    state = _Writing({place for blocks in read for place in _places(blocks)}, lang)
    return [_blocks(blocks, state) for blocks in read]


def _places(node: Any) -> Iterator[str]:
    """Yield the places that the tree of a text names."""
    if isinstance(node, dict):
        if node["t"] == "Span" and PLACE.fullmatch(node["c"][0][0]):
            yield node["c"][0][0]
        yield from _places(node.get("c"))
    elif isinstance(node, list):
        for item in node:
            yield from _places(item)


class _Writing:
    """What is known while the markup is written: the places links may lead to, the last heading's level, how many tables there were, whose the
    lists are, whether places and links are left out, and whether the next table is a list.

    Levels are without gaps, as PDF/UA demands: a chapter (##) is level 1. A table that stands right under a heading is what its chapter is
    about and may break later than others, one of sources or terms as soon as any.
    """

    def __init__(self, places: set[str], lang: str) -> None:
        self.last = 0
        self.listed, self.headed = False, False
        self.places, self.open = places, set(places)
        self.lang = lang
        self.tables = 0
        self.lists = ""
        self.bare = False

    def level(self, markdown_level: int) -> int:
        self.last = min(max(markdown_level - 1, 1), self.last + 1)
        return self.last


def _blocks(blocks: list[dict], state: _Writing) -> str:
    written = []
    for block, following in zip_longest(blocks, blocks[1:]):
        if block["t"] == "Table":
            note = following["c"][1] if _is_source_line(following) else []
            written.append(_table(block["c"], state, note))
            state.listed = state.headed = False
        elif not (written and _is_source_line(block) and written[-1].startswith("#data-table")):
            state.listed, state.headed = _is_list(block), block["t"] == "Header"
            written.append(_block(block, state))
    return "\n\n".join(filter(None, written))


def _is_list(block: dict) -> bool:
    """Whether a table behind a block, or inside it, is one of sources or terms."""
    return block["t"] == "Div" and not {"citation", "sources"}.isdisjoint(block["c"][0][1])


def _is_source_line(block: dict | None) -> bool:
    return block is not None and block["t"] == "Div" and "source-line" in block["c"][0][1]


def _block(block: dict, state: _Writing) -> str:
    """Write one block; what is not known here is not printed."""
    content: Any = block.get("c")

    def item(blocks: list[dict]) -> str:
        return f"[{_blocks(blocks, state)}]"

    match block["t"]:
        case "Para" | "Plain":
            return _inlines(content, state)
        case "Header":
            level, _, title = content
            return f"#heading(level: {state.level(level)})[{_inlines(title, state)}]"
        case "BulletList":
            return f"#{state.lists}list({_loose(content)}{', '.join(map(item, content))})"
        case "OrderedList":
            (start, *_), items = content
            return f"#{state.lists}enum({_loose(items)}start: {start}, {', '.join(map(item, items))})"
        case "BlockQuote":
            return f"#quote(block: true){item(content)}"
        case "CodeBlock":
            return f"#raw(block: true, {literal(content[1])})"
        case "HorizontalRule":
            return "#separator()"
        case "Div":
            (_, classes, _), inner = content
            kind = next((c for c in classes if c in DIV_CLASSES), None)
            if kind not in SET_APART:
                return f"#block-{kind}{item(inner)}" if kind else _blocks(inner, state)
            state.lists = "std."
            written = f"#block-{kind}{item(inner)}"
            state.lists = ""
            return written
    return ""


def _loose(items: list[list[dict]]) -> str:
    return "tight: false, " if any(b["t"] == "Para" for blocks in items for b in blocks) else ""


def _inlines(inlines: list[dict], state: _Writing) -> str:
    """Write a run of inlines, neighbouring words joined into one literal so that Typst sees whole sentences."""
    out: list[str] = []
    words = ""
    for inline in inlines:
        kind, content = inline["t"], inline.get("c", [])
        if kind in {"Str", "Space", "SoftBreak"}:
            words += inline["c"] if kind == "Str" else " "
            continue
        out.append(words_of(words, state.lang))
        words = ""
        out.append(_inline(kind, content, state))
    return "".join([*out, words_of(words, state.lang)])


def words_of(text: str, lang: str) -> str:
    """Write the words of a report in `lang`, with the runs of the other script marked.

    >>> print(words_of("Cases filed (刑事案件)", "en"))
    #"Cases filed (";#foreign("刑事案件");#")";
    """
    return "".join(f"#foreign({literal(piece)});" if other else f"#{literal(piece)};" for piece, other in runs(text, lang))


def _inline(kind: str, content: list, state: _Writing) -> str:
    match kind:
        case "LineBreak":
            return "#linebreak();"
        case "Code":
            return f"#raw({literal(content[1])});"
        case "Link":
            _, text, (target, _) = content
            return _link(target, _inlines(text, state), state)
        case "Span":
            (name, _, _), text = content
            return _place(name, state) + _inlines(text, state)
        case "Image":
            return _inlines(content[1], state)
        case "Note":
            return f"#footnote[{_blocks(content, state)}];"
    return f"#{_STYLES[kind]}[{_inlines(content, state)}];" if kind in _STYLES else ""


def _link(target: str, text: str, state: _Writing) -> str:
    """Write a link to the web, or to a place the report has; any other is its text. Where it is only to be measured, it looks like one."""
    if state.bare and (target[1:] in state.places or SAFE_LINK.fullmatch(target)):
        return f"#text(fill: accent)[{text}];"
    if target.startswith("#") and target[1:] in state.places:
        return f"#link(<{target[1:]}>, {_content(text)});"
    return f"#link({literal(target)}, {_content(text)});" if SAFE_LINK.fullmatch(target) else text


def _content(markup: str) -> str:
    """Write markup as an argument; what is one expression as that, of which the typesetter makes less than of markup.

    >>> print(_content('#"12";'), _content('#"12";#"a";'))
    "12" [#"12";#"a";]
    """
    alone = _ALONE.fullmatch(markup)
    return alone[1] if alone else f"[{markup}]"


def _place(name: str, state: _Writing) -> str:
    """Write a place once; a second of the same name would be none."""
    if state.bare or name not in state.open:
        return ""
    state.open.discard(name)
    return f"#metadata(none)<{name}>"  # a semicolon behind the label would be printed


def _table(content: list, state: _Writing, note: list[dict]) -> str:
    """Write a call of the template's `data-table`, with the widths of its columns; `note` is the line under the table."""
    _, (_, caption), _, (_, head), _, _ = content
    # Asked before the cells are written, which are blocks too.
    stands = "listed" if state.listed else "headed" if state.headed else "within"
    alignments, rows, found = laid_out(content)

    def cells(row: list) -> str:
        return "(" + "".join(f"{_content(_blocks(cell[4], state))}, " for cell in row[1]) + ")"

    widths = "".join(f"{one:.2f}pt, " for one in found.widths)
    header = cells(head[0]) if head else "()"
    title = f"[{' '.join(_inlines(b['c'], state) for b in caption)}]" if caption else "none"
    body = "".join(f"{cells(row)}, " for row in rows)
    align = "".join(f"{a}, " for a in alignments)
    under = f"[{_blocks(note, state)}]" if note else "none"
    state.tables += bool(caption)
    lines = "".join(f"{_lines(row, found, state)}, " for row in rows)
    set_in = f"align: ({align}), size: {found.size}pt, widths: ({widths}), tight: {str(found.tight).lower()}"
    said = f"number: {state.tables}, caption: {title}, {set_in}, header: {header}, rows: ({body}), lines: ({lines}), note: {under}"
    return f"#data-table({said}, stands: {literal(stands)})"


def _lines(row: list, found: Layout, state: _Writing) -> str:
    """Write what tells how high a row is: the signs of the cells that surely have one line, and the words of the others; nothing where the
    typesetter is to find out, because words are to be hyphenated, and those of links are not.
    """
    cells = [cell[4] for cell in row[1]]
    if found.tight or len(cells) != len(found.widths):
        return "auto"
    signs = [_line(blocks, room, found.size, state) for blocks, room in zip(cells, found.widths, strict=True)]
    state.bare = True
    others = "".join(f"({at}, {_content(_blocks(cells[at], state))}), " for at, known in enumerate(signs) if not known)
    state.bare = False
    return f"({literal(together(*signs))}, {others})"


def _line(blocks: list[dict], room: float, size: float, state: _Writing) -> str:
    """What `columns.line` says of a cell; nothing where more than words and links is in it."""
    text = plain(blocks)
    # Chinese in an English report is smaller than the words around it, where it is taken for Chinese; signs between may not be.
    own = (piece for piece, other in runs(text, state.lang) if not other) if state.lang == "en" else ()
    return line(text, room, size) if _is_simple(blocks) and not any(map(is_wide, "".join(own))) else ""


def _is_simple(blocks: list[dict]) -> bool:
    return len(blocks) <= 1 and all(block["t"] in {"Para", "Plain"} and _is_words(block["c"]) for block in blocks)


def _is_words(inlines: list[dict]) -> bool:
    return all(one["t"] in {"Str", "Space", "SoftBreak"} or (one["t"] in {"Span", "Link"} and _is_words(one["c"][1])) for one in inlines)


def laid_out(content: list) -> tuple[list[str], list, Layout]:
    """The alignment of each column of a table of pandoc's, its rows below the head, and how it is laid out."""
    _, _, specs, (_, head), bodies, (_, foot) = content
    rows = [row for _, _, extra, body in bodies for row in [*extra, *body]] + foot
    alignments = [
        "right" if align["t"] == "AlignRight" or (align["t"] == "AlignDefault" and _is_figures(rows, i)) else
        "center" if align["t"] == "AlignCenter" else "left"
        for i, (align, _) in enumerate(specs)
    ]  # fmt: skip
    texts = [[plain(row[1][i][4]) for row in rows if i < len(row[1])] for i in range(len(specs))]
    heads = [plain(head[0][1][i][4]) if head and i < len(head[0][1]) else "" for i in range(len(specs))]
    return alignments, rows, layout(alignments, heads, texts)


def _is_figures(rows: list, column: int) -> bool:
    texts = [plain(row[1][column][4]).strip() for row in rows if column < len(row[1])]
    filled = [t for t in texts if t.lower() not in NO_VALUE]
    return bool(filled) and all(FIGURES.fullmatch(t) for t in filled)
