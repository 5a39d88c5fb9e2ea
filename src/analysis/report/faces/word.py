"""An editable Word document in an official layout: A4, the margins and typefaces of Chinese official documents, real headings and tables."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from subprocess import run
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import typst
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..columns import SIZES, WRAPPED
from ..executed import Chart, Text
from ..fonts import typst_fonts
from ..frontmatter import moment
from ..markup import laid_out
from ..pandoc import pandoc_path, to_docx, trees

MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # millimetres, GB/T 9704
FACES = {"zh": ("仿宋_GB2312", "黑体"), "en": ("Times New Roman", "Arial")}  # named, not shipped
BODY, NOTES = {"zh": 16, "en": 11}, {"zh": 9, "en": 8.5}
ZIPPED = (315_532_800, 4_354_819_198)  # the seconds of 1980 to 2107, which are all the time a ZIP file knows
DOTS = 200  # an inch
AIR, BESIDE = Pt(1.8), "50"  # around a line of a table; less beside it (in twentieths of a point) than in the PDF, for typefaces may be wider
NOTE, LISTED, SOURCED, CELL = "Table Note", "List Text", "Sourced Figure", "Table Text {}"
ROW = re.compile(rb"<w:tr>(?:<w:trPr>(.*?)</w:trPr>)?")


def as_docx(front: Mapping[str, Any], pieces: Sequence[Text | Chart]) -> bytes:
    """Return the document; charts are pictures with their alternative texts."""
    blocks: list[dict] = []
    files: dict[str, bytes] = {}
    texts = iter(trees([piece.markdown for piece in pieces if isinstance(piece, Text)]))
    numbers = count(1)
    for piece in pieces:
        if isinstance(piece, Text):
            blocks += [_official(block, front, numbers) for block in next(texts)]
            continue
        name = f"chart-{len(files) + 1}.png"
        files[name] = picture(piece)
        blocks += _figure(piece, name, len(files), front)
    lead = [_paragraph(f"{label}：{value}" if front["lang"] == "zh" else f"{label}: {value}") for label, value in front["facts"]]
    seconds = min(max(int(moment(front).timestamp()), ZIPPED[0]), ZIPPED[1])
    meta = {"title": front["title"], "subtitle": front["subtitle"], "lang": "zh-Hans" if front["lang"] == "zh" else "en-GB"}
    return _with_whole_rows(to_docx([*lead, *blocks], reference(front["lang"]), meta, files, seconds))


def _with_whole_rows(document: bytes) -> bytes:
    """Keep every row of a table on one page; pandoc has no word for it, and what a table style says of rows LibreOffice does not heed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for about in read.infolist():
            content = read.read(about)
            if about.filename == "word/document.xml":
                content = ROW.sub(rb"<w:tr><w:trPr><w:cantSplit/>\1</w:trPr>", content)
            written.writestr(about, content)
    return out.getvalue()


def picture(chart: Chart) -> bytes:
    """Return a chart as PNG: Word shows no SVG everywhere."""
    if chart.suffix != "svg":
        return chart.image
    sources = {"main.typ": b'#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg")', "chart.svg": chart.image}
    return typst.compile(sources, format="png", ppi=DOTS, font_paths=typst_fonts())  # type: ignore[call-overload]  # no mapping in its stub


def _official(block: dict, front: Mapping[str, Any], numbers: Iterator[int]) -> dict:
    """Put a block into the styles of the document: chapters of the first level, numbered tables, notes in small type, lists in that of the text."""
    kind: str = block["t"]
    content: Any = block.get("c")
    if kind == "Header":
        level, _, text = content
        return {"t": "Header", "c": [max(level - 1, 1), ["", [], []], text]}
    if kind == "Table":
        return _table(content, f"{front['labels']['table']} {next(numbers)}{'　' if front['lang'] == 'zh' else '. '}")
    if kind == "Div":
        (_, classes, _), inner = content
        inner = [_official(one, front, numbers) for one in inner]
        return {"t": "Div", "c": [["", [], []], [_styled(one, NOTE) for one in inner] if "source-line" in classes else inner]}
    if kind == "BulletList":
        return {"t": kind, "c": [[_styled(one, LISTED) for one in item] for item in content]}
    if kind == "OrderedList":
        return {"t": kind, "c": [content[0], [[_styled(one, LISTED) for one in item] for item in content[1]]]}
    return block


def _styled(block: dict, style: str) -> dict:
    """A paragraph in a style of the document; any other block as it is."""
    if block["t"] not in ("Para", "Plain"):
        return block
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": block["c"]}]]}


def _table(content: list, number: str) -> dict:
    """Number a table, and lay it out by what stands in it as the PDF does, whose lines are as long."""
    attributes, (short, caption), specs, head, bodies, foot = content
    _, rows, found = laid_out(content)
    specs = [[align, {"t": "ColWidth", "c": round(one / sum(found.widths), 4)}] for (align, _), one in zip(specs, found.widths, strict=True)]
    for _, cells in [*head[1], *rows]:
        for cell in cells:
            cell[4] = [_styled(block, CELL.format(found.size)) for block in cell[4]]
    for block in caption[:1]:
        caption = [{**block, "c": [{"t": "Str", "c": number}, *block["c"]]}, *caption[1:]]
    return {"t": "Table", "c": [attributes, [short, caption], specs, head, bodies, foot]}


def _paragraph(text: str) -> dict:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


def _figure(chart: Chart, name: str, number: int, front: Mapping[str, Any]) -> list[dict]:
    gap = "　" if front["lang"] == "zh" else ". "
    caption = _styled(_paragraph(f"{front['labels']['figure']} {number}{gap}{chart.caption}"), "Image Caption")
    image = {"t": "Image", "c": [["", [], [["width", "100%"]]], [{"t": "Str", "c": chart.alt}], [name, ""]]}
    picture = {"t": "Para", "c": [image]}
    return [caption, _styled(picture, SOURCED), _styled(_paragraph(chart.source), NOTE)] if chart.source else [caption, picture]


@cache
def reference(lang: str) -> bytes:
    """Return the styles: pandoc's own document with our page, typefaces and sizes."""
    plain = run([pandoc_path(), "--print-default-data-file", "reference.docx"], capture_output=True, check=True).stdout
    document = Document(io.BytesIO(plain))
    text, head = FACES[lang]
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        for side, size in MARGINS.items():
            setattr(section, side, Mm(size))
    for style in document.styles:
        if style.type != 1:  # paragraphs only
            continue
        is_head = style.name.startswith(("Heading", "Title", "Subtitle", "Table Caption", "Caption"))
        _set_face(style, head if is_head else text)
        if not is_head:
            style.font.size = Pt(BODY[lang])
        if style.name in ("Body Text", "First Paragraph") and lang == "zh":
            style.paragraph_format.first_line_indent = Pt(2 * BODY[lang])
        if style.name in ("Image Caption", "Table Caption"):  # a caption stays with what it is about
            style.font.size, style.font.italic, style.font.bold = Pt(NOTES[lang] + 1), False, True
            style.paragraph_format.keep_with_next, style.paragraph_format.first_line_indent = True, Pt(0)
    of_cells = {CELL.format(size): size for size in (*SIZES, *WRAPPED)}
    for name, points in {NOTE: NOTES[lang], LISTED: BODY[lang], SOURCED: NOTES[lang], **of_cells}.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _set_face(style, text)
        _set_size(style, points)
        style.paragraph_format.keep_with_next = name == SOURCED  # a chart stays with the line under it
        if name in of_cells:
            style.paragraph_format.space_before = style.paragraph_format.space_after = AIR
    # pandoc's own style for cells is left to the empty ones, which must not make their rows taller
    _set_size(document.styles["Compact"], WRAPPED[-1])
    for side in document.styles["Table"].element.iter(qn("w:left"), qn("w:right")):
        side.set(qn("w:w"), BESIDE)
    out = io.BytesIO()
    document.save(out)
    return _undated(out)


def _undated(saved: io.BytesIO) -> bytes:
    """The same file without the time it was saved at, which pandoc would hand on into every document."""
    out = io.BytesIO()
    with ZipFile(saved) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return out.getvalue()


def _set_size(style: Any, points: float) -> None:
    style.font.size, style.paragraph_format.first_line_indent = Pt(points), Pt(0)


def _set_face(style: Any, face: str) -> None:
    style.font.name = face
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
