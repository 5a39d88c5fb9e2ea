"""What an executed notebook shows, in order, as the pieces that every face of a report is made of; and its PDF.

Code is never shown. The same notebook gives the same bytes: the only date inside is the one its title block gives. The notebook metadata
`tongbi`, or an output of the type `application/vnd.tongbi.front+json` (an edition shows one), fills the title block:

    {"title": ..., "subtitle": ..., "lang": "zh" or "en", "region": ..., "period": ..., "date": "2018-02-10", "sources": [...]}
"""

import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from analysis import tablefiles
from analysis.report.columns import ROOM
from analysis.report.frontmatter import front_matter
from analysis.report.lettering import lifted
from analysis.report.markdown import CSV_MIME, FRONT_MIME, MARKDOWN_MIME, SVG_MIME
from analysis.report.markup import literal, to_typst, words_of
from analysis.report.typesetting import Attachment, TypesettingError, typeset

IMAGES = {SVG_MIME: "svg", "image/png": "png", "image/jpeg": "jpg"}
_TITLE = re.compile(r"\A\s*# +(?P<title>[^\n]+)(?:\n|\Z)")
_SOURCE_LINE = re.compile(r"\s*::: *source-line\b")
_WIDTH = re.compile(r'<svg[^>]*?\bwidth="(?P<width>[\d.]+)pt"')
_FENCE = "`" * 12
CONTENTS_BEHIND = "#block-need-to-know"
HIDDEN_CELL, HIDDEN_OUTPUT = {"remove_cell", "remove-cell"}, {"remove_output", "remove-output"}  # the usual tags
UNNAMED = "Notebook"  # what nbconvert calls a notebook that is no file


class ExportError(ValueError):
    """The notebook cannot become a PDF; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown that a cell shows."""

    cell: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Chart:
    """An image that a cell shows, and the words that stand for it where it cannot be seen."""

    cell: str
    image: bytes
    suffix: str
    alt: str
    caption: str
    source: str


def as_pdf(executed: NotebookNode, name: str = UNNAMED) -> bytes:
    """Return the PDF of an executed notebook; `name` is its title where it has none.

    Raises ExportError for a failed cell, a figure without alternative text, or a character that no typeface has.
    """
    front, pieces = shown(executed, name)
    markup, images = _assemble(pieces, front["lang"])
    try:
        return typeset(markup, front, images, tables(_visible(executed)))
    except TypesettingError as error:
        raise ExportError(_located(error, pieces)) from None


def shown(executed: NotebookNode, name: str = UNNAMED) -> tuple[dict, list[Text | Chart]]:
    """Return the title block of an executed notebook and what it shows, in order, without the cells its tags hide."""
    nb = _visible(executed)
    pieces = _with_source_lines([piece for cell in nb.cells for piece in _pieces(cell)])
    title = _take_title(pieces) or name
    return front_matter(nb.metadata.get("tongbi") or shown_front(nb), title), pieces


def _visible(nb: NotebookNode) -> NotebookNode:
    """The notebook without the cells and the outputs that its tags hide; nbconvert has a preprocessor for that, which copies and checks it all."""
    cells = [cell for cell in nb.cells if HIDDEN_CELL.isdisjoint(_tags(cell))]
    return NotebookNode({**nb, "cells": [cell if HIDDEN_OUTPUT.isdisjoint(_tags(cell)) else _without_outputs(cell) for cell in cells]})


def _tags(cell: NotebookNode) -> list[str]:
    return cell.get("metadata", {}).get("tags", [])


def _without_outputs(cell: NotebookNode) -> NotebookNode:
    return NotebookNode({**cell, "outputs": []}) if cell.cell_type == "code" else cell


def _pieces(cell: NotebookNode) -> Iterator[Text | Chart]:
    """Yield what one cell shows, in order."""
    name = _name(cell)
    if cell.cell_type == "markdown":
        yield Text(name, cell.source)
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            raise ExportError(f"{name} failed with {output.ename}: {output.evalue}; a report is made from a notebook that ran through")
        if output.output_type == "stream" and output.name == "stdout":
            yield _verbatim(name, output.text)
        elif "data" in output:
            yield from _shown(name, output)


def _name(cell: NotebookNode) -> str:
    return f"cell `{first_line(cell.source)}`"


def first_line(source: str, most: int = 60) -> str:
    """The first line of a cell, short enough to name the cell in a message."""
    line = next(iter(source.strip().splitlines()), "")
    return line if len(line) <= most else line[: most - 3] + "..."


def shown_front(nb: NotebookNode) -> dict:
    """Return what the notebook shows for its title block; empty where it shows none."""
    shown = (o.data[FRONT_MIME] for cell in nb.cells for o in cell.get("outputs", []) if FRONT_MIME in o.get("data", {}))
    return dict(next(shown, {}))


def _shown(name: str, output: NotebookNode) -> Iterator[Text | Chart]:
    kind = next((k for k in (FRONT_MIME, *IMAGES, MARKDOWN_MIME, "text/plain") if k in output.data), None)
    if kind == FRONT_MIME:
        return
    if kind in IMAGES:
        yield _chart(name, kind, output)
    elif kind == MARKDOWN_MIME:
        yield Text(name, output.data[kind])
    elif kind:
        yield _verbatim(name, output.data[kind])


def _verbatim(name: str, text: str) -> Text:
    return Text(name, f"{_FENCE}\n{text.rstrip()}\n{_FENCE}")


def _chart(name: str, kind: str, output: NotebookNode) -> Chart:
    about = output.get("metadata", {}).get(kind, {})
    alt, caption = str(about.get("alt", "")).strip(), str(about.get("caption", ""))
    if not alt:
        raise ExportError(
            f"{name}: figure {caption!r} has no alternative text; show it as analysis.report.markdown.Figure,"
            f' or give the output metadata {{"{kind}": {{"alt": "..."}}}}'
        )
    data = output.data[kind]
    image = data.encode() if kind == SVG_MIME else b64decode(data)
    return Chart(name, image, IMAGES[kind], alt, caption, str(about.get("source", "")))


def _with_source_lines(pieces: Sequence[Text | Chart]) -> list[Text | Chart]:
    """Join the line under a table to the text of the table, so that no page break comes between."""
    joined: list[Text | Chart] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, Text) and isinstance(last, Text) and piece.cell == last.cell and _SOURCE_LINE.match(piece.markdown):
            joined[-1] = Text(last.cell, f"{last.markdown}\n\n{piece.markdown}")
        else:
            joined.append(piece)
    return joined


def _take_title(pieces: list[Text | Chart]) -> str:
    """Remove the notebook's own title from its first text and return it: the title block takes its place."""
    for i, piece in enumerate(pieces):
        if isinstance(piece, Text) and (match := _TITLE.match(piece.markdown)):
            pieces[i] = Text(piece.cell, piece.markdown[match.end() :])
            return match["title"].strip()
    return ""


def _assemble(pieces: Sequence[Text | Chart], lang: str) -> tuple[str, dict[str, bytes]]:
    """Return the markup of all pieces, and the images it names."""
    images: dict[str, bytes] = {}
    texts = iter(to_typst([piece.markdown for piece in pieces if isinstance(piece, Text)], lang))
    markup = []
    for piece in pieces:
        if isinstance(piece, Text):
            markup.append(next(texts))
            continue
        path = f"images/{len(images) + 1}.{piece.suffix}"
        images[path], drawn = _drawn(piece)
        said = f"caption: [{words_of(piece.caption, lang)}], source: [{words_of(piece.source, lang)}]{drawn}"
        markup.append(f"#chart({literal(path)}, number: {len(images)}, alt: {literal(piece.alt)}, {said})")
    at = next((at for at, text in enumerate(markup) if CONTENTS_BEHIND in text), None)
    if at is not None:
        markup.insert(at + 1, "#contents")
    return "\n\n".join(markup), images


def _drawn(piece: Chart) -> tuple[bytes, str]:
    """An image, and arguments of the template's chart: of a drawing the width, its own or that of the text, and the words taken out of it."""
    found = _WIDTH.search(piece.image[:2000].decode("utf-8", "ignore")) if piece.suffix == "svg" else None
    if not found:
        return piece.image, ""
    width = min(float(found["width"]), ROOM)
    drawing, words = lifted(piece.image.decode("utf-8"))
    set_in = "".join(f"({x}pt, {y}pt, {size}pt, {', '.join(map(literal, said))}), " for x, y, size, *said in words)
    return drawing.encode(), f", width: {width}pt, scale: {width / float(found['width'])}, words: ({set_in})"


def tables(nb: NotebookNode) -> list[Attachment]:
    """Return the machine-readable tables that an executed notebook shows, in order, such that any spreadsheet opens them and runs nothing of them.

    Raises ExportError when two tables would get the same file name.
    """
    found: dict[str, Attachment] = {}
    for output in (o for cell in nb.cells for o in cell.get("outputs", []) if CSV_MIME in o.get("data", {})):
        about = output.metadata.get(CSV_MIME, {})
        name = f"{about.get('name') or f'table-{len(found) + 1}'}.csv"
        if name in found:
            raise ExportError(f"two tables are named {name}: give one another name")
        found[name] = Attachment(name, tablefiles.guarded(output.data[CSV_MIME]).encode("utf-8-sig"), CSV_MIME, about.get("caption", name))
    return list(found.values())


def _located(error: TypesettingError, pieces: Sequence[Text | Chart]) -> str:
    """Say which cells show the characters that no typeface has."""

    def shows(piece: Text | Chart) -> bool:
        shown = piece.markdown if isinstance(piece, Text) else piece.image.decode("utf-8", "ignore") + piece.caption + piece.source
        return any(char in shown for char in error.missing)

    cells = dict.fromkeys(piece.cell for piece in pieces if shows(piece))
    return f"{error} (in {', '.join(cells)})" if cells else str(error)
