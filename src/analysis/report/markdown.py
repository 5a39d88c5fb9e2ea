r"""What a report notebook may show, and how it is written: the conventions between the edition and the exporter.

Text is CommonMark with pipe tables and fenced divs. Nothing in it is ever executed: raw HTML, TeX and Typst, mathematics,
images and attributes come out as plain text or not at all, and links lead only to http, https and mailto.
Text taken from a document goes through `escape` all the same, so that it is printed as the document printed it.

Headings
    `#` is the notebook's own title: the PDF's title block replaces it. `##` opens a chapter, `###` a section.

Blocks, written as fenced divs (a class that is not listed is dropped, its content kept)::

    ::: contradiction
    **What is wrong in five words.** Then the explanation, in one or more paragraphs.
    :::

    main-points    the box of main points at the front: a list of at most six sentences
    need-to-know   what a reader must know first: a list in small type
    lead           the answer in a paragraph, set larger
    contradiction, borderline, consistent, untestable, note
                   call-outs in the colour and with the sign of their verdict; the first bold words are their title
    sources        a long list of sources in small type
    source-line    one line under a chart or table that says where it comes from
    small          small type, for example around a long table

Places and links within a report: `[text]{#s12}` is a place, `[text](#s12)` leads to it; a place is a letter and a number, and a link to
one that the report does not have is plain text.

Tables are pipe tables; the caption is a paragraph `: Caption` after an empty line. A column with `--:` is set right with
figures of one width; a column without colons whose cells are all numbers is, too. Widths follow the content.

Charts and tables are objects with a MIME bundle (`Figure`, `Table`), so that JupyterLab shows them and the exporter finds
alternative text, caption and the machine-readable CSV beside them.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from ..writing.acting import shown
from ..writing.escaping import escape

DIV_CLASSES = frozenset(
    "main-points need-to-know lead contradiction borderline consistent untestable note sources source-line small citation whole".split()
)
CSV_MIME = "text/csv"
SVG_MIME = "image/svg+xml"
MARKDOWN_MIME = "text/markdown"
FRONT_MIME = "application/vnd.tongbi.front+json"  # what the title block says, shown by the edition itself
HTML_MIME = "text/html"

_FENCE = re.compile(r"^:::+ *([a-z-]*) *$\n?", re.MULTILINE)
_CAPTION = ": "
_PLACE = re.compile(r"\]\{#([a-z]\d{1,6})\}")


class Cell(str):
    """The text of a table cell that leads to a place of the report (`link`), is one (`place`), or both.

    >>> Cell("12,364", link="s3", place="h3").text
    '[[12,364](#s3)]{#h3}'
    """

    link: str
    place: str

    def __new__(cls, text: str, link: str = "", place: str = "") -> "Cell":
        """Keep the text, where it leads and what it is called."""
        made = super().__new__(cls, text)
        made.link, made.place = link, place
        return made

    @property
    def text(self) -> str:
        """The cell as Markdown."""
        written = f"[{escape(self)}](#{self.link})" if self.link and self.strip() else escape(self)
        return f"[{written}]{{#{self.place}}}" if self.place else written


class Cells(str):
    """A cell of several pieces, each of which may be a `Cell`; its text is theirs, joined."""

    pieces: tuple[str, ...]

    def __new__(cls, *pieces: str) -> "Cells":
        """Join the pieces and keep them."""
        made = super().__new__(cls, "".join(pieces))
        made.pieces = pieces
        return made

    @classmethod
    def joined(cls, cells: Sequence[str], joiner: str) -> "Cells":
        """Put `joiner` between cells."""
        between = [piece for cell in cells for piece in (joiner, cell)]
        return cls(*between[1:])


@cache
def _reader() -> MarkdownIt:
    """CommonMark with tables and places; raw HTML stays text and no image is fetched."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.inline.ruler.before("link", "place", _read_place)
    reader.core.ruler.after("block", "caption", _read_caption)
    return reader


def _read_caption(state: StateCore) -> None:
    """Make the line `: text` under a table its caption, as pandoc does."""
    for end, begun, text in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if end.type == "table_close" and begun.type == "paragraph_open" and text.content.startswith(_CAPTION):
            text.content = text.content.removeprefix(_CAPTION)
            begun.attrSet("class", "tongbi-caption")


def _read_place(state: StateInline, silent: bool) -> bool:
    """Read `[text]{#s12}` where it stands unescaped: a document's own brackets make no place."""
    if state.src[state.pos] != "[":
        return False
    start, end = state.pos, state.posMax
    label = state.md.helpers.parseLinkLabel(state, start)
    found = _PLACE.match(state.src, label) if label >= 0 else None
    if found is None:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, label
        state.push("place_open", "span", 1).attrSet("id", found[1])
        state.md.inline.tokenize(state)
        state.push("place_close", "span", -1)
    state.pos, state.posMax = found.end(), end
    return True


def as_html(text: str) -> str:
    """Return Markdown of these conventions as HTML for JupyterLab, which knows no fenced divs: each becomes a block of its class.

    >>> as_html("::: note\\n\\n**1** < 2\\n\\n:::")
    '<div class="tongbi-note">\\n<p><strong>1</strong> &lt; 2</p>\\n</div>'
    >>> as_html("| a |\\n|---|\\n| 1 |\\n\\n: filed cases").splitlines()[-1]
    '<p class="tongbi-caption">filed cases</p>'
    """
    parts, depth = [], 0
    for number, piece in enumerate(_FENCE.split(text)):
        if number % 2 == 0:
            parts.append(_reader().render(piece))
        elif piece:
            parts.append(f'<div class="tongbi-{piece}">\n')
            depth += 1
        elif depth:
            parts.append("</div>\n")
            depth -= 1
    return "".join([*parts, "</div>\n" * depth]).rstrip("\n")


@dataclass(frozen=True, slots=True)
class Markdown:
    """A piece of Markdown written by the conventions of this module."""

    text: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {MARKDOWN_MIME: self.text, HTML_MIME: as_html(self.text), "text/plain": self.text}


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; its cells are plain text, escaped here.

    `name` is the file stem of its CSV (ASCII). `align` has one letter a column: l, r or c. `data` is the
    machine-readable table (header first); the printed cells are used where it is not given.

    >>> print(Table("cases", ["罪名", "件"], [["盗窃", "1,204"]], "案件", align="lr").text)
    | 罪名 | 件 |
    |:---|---:|
    | 盗窃 | 1,204 |
    <BLANKLINE>
    : 案件
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str
    align: str = ""
    data: Sequence[Sequence[str]] | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", self.name):
            raise ValueError(f"table name {self.name!r}: use lower-case ASCII letters, digits and hyphens")
        align = self.align or "l" * len(self.columns)
        if len(align) != len(self.columns) or set(align) - set("lrc"):
            raise ValueError(f"table {self.name}: align {self.align!r} must give l, r or c for each of {len(self.columns)} columns")
        if wrong := [row for row in self.rows if len(row) != len(self.columns)]:
            raise ValueError(f"table {self.name}: {len(self.columns)} columns, but a row has {len(wrong[0])} cells: {wrong[0]!r}")
        object.__setattr__(self, "align", align)

    @property
    def text(self) -> str:
        """The table as a pipe table with its caption."""
        rules = {"l": ":---", "r": "---:", "c": ":---:"}
        lines = [_pipe_row(self.columns), "|" + "|".join(rules[a] for a in self.align) + "|"]
        lines += map(_pipe_row, self.rows)
        return "\n".join([*lines, "", f": {escape(self.caption)}"])

    @property
    def csv(self) -> str:
        """The machine-readable table: UTF-8, comma, LF."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.data or [self.columns, *self.rows])
        return out.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        data = {MARKDOWN_MIME: self.text, HTML_MIME: as_html(self.text), CSV_MIME: self.csv, "text/plain": self.caption}
        return data, {CSV_MIME: {"name": self.name, "caption": self.caption}}


def _pipe_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.text if isinstance(cell, Cell) else "".join(_cells(cell)) for cell in cells) + " |"


def _cells(cell: str) -> Iterator[str]:
    """Yield a plain cell, escaped; a `Cells` piece by piece."""
    if isinstance(cell, Cells):
        # What stands between two pieces keeps its space: 101, 102 is not 101,102.
        yield from (piece.text if isinstance(piece, Cell) else escape(piece) + " " * piece.endswith(" ") for piece in cell.pieces)
    else:
        yield escape(cell)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as SVG, with the sentence that stands in for it where it cannot be seen.

    `alt` says what the chart shows, from the data; `source` is the line under it. Both are plain text.
    """

    svg: str
    alt: str
    caption: str
    source: str = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(f"figure {self.caption!r} has no alternative text: say in a sentence what it shows")
        for name in ("alt", "caption", "source"):
            object.__setattr__(self, name, shown(getattr(self, name)))

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        described = {"alt": self.alt, "caption": self.caption, "source": self.source}
        return {SVG_MIME: self.svg, "text/plain": self.alt}, {SVG_MIME: described}
