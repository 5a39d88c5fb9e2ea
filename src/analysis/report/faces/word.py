"""An editable Word document in an official layout: A4, the margins and typefaces of Chinese official documents, real headings and tables."""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from subprocess import run
from typing import Any

import pypandoc
import typst
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..exporter import Chart, Text
from ..fonts import typst_fonts
from ..frontmatter import moment
from ..pandoc import to_docx, trees

MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # millimetres, GB/T 9704
FACES = {"zh": ("仿宋_GB2312", "黑体"), "en": ("Times New Roman", "Arial")}  # named, not shipped
BODY, TABLE = {"zh": 16, "en": 11}, {"zh": 10.5, "en": 9}
DOTS = 200  # an inch


def as_docx(front: Mapping[str, Any], pieces: Sequence[Text | Chart]) -> bytes:
    """Return the document; charts are pictures with their alternative texts."""
    blocks: list[dict] = []
    files: dict[str, bytes] = {}
    texts = iter(trees([piece.markdown for piece in pieces if isinstance(piece, Text)]))
    for piece in pieces:
        if isinstance(piece, Text):
            blocks += [_raised(block) for block in next(texts)]
            continue
        name = f"chart-{len(files) + 1}.png"
        files[name] = picture(piece)
        blocks += _figure(piece, name, len(files), front)
    lead = [_paragraph(f"{label}：{value}" if front["lang"] == "zh" else f"{label}: {value}") for label, value in front["facts"]]
    seconds = int(moment(front).timestamp())
    meta = {"title": front["title"], "subtitle": front["subtitle"], "lang": "zh-Hans" if front["lang"] == "zh" else "en-GB"}
    return to_docx([*lead, *blocks], reference(front["lang"]), meta, files, seconds)


def picture(chart: Chart) -> bytes:
    """Return a chart as PNG: Word shows no SVG everywhere."""
    if chart.suffix != "svg":
        return chart.image
    sources = {"main.typ": b'#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg")', "chart.svg": chart.image}
    return typst.compile(sources, format="png", ppi=DOTS, font_paths=typst_fonts())  # type: ignore[call-overload]  # no mapping in its stub


def _raised(block: dict) -> dict:
    """Make a chapter a heading of the first level."""
    if block["t"] == "Header":
        level, _, text = block["c"]
        return {"t": "Header", "c": [max(level - 1, 1), ["", [], []], text]}
    return block


def _paragraph(text: str) -> dict:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


def _figure(chart: Chart, name: str, number: int, front: Mapping[str, Any]) -> list[dict]:
    gap = "　" if front["lang"] == "zh" else ". "
    caption = _paragraph(f"{front['labels']['figure']} {number}{gap}{chart.caption}")
    image = {"t": "Image", "c": [["", [], [["width", "100%"]]], [{"t": "Str", "c": chart.alt}], [name, ""]]}
    return [caption, {"t": "Para", "c": [image]}, *([_paragraph(chart.source)] if chart.source else [])]


@cache
def reference(lang: str) -> bytes:
    """Return the styles: pandoc's own document with our page, typefaces and sizes."""
    plain = run([pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"], capture_output=True, check=True).stdout
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
            style.font.size = Pt(TABLE[lang] if style.name == "Compact" else BODY[lang])
        if style.name in ("Body Text", "First Paragraph") and lang == "zh":
            style.paragraph_format.first_line_indent = Pt(2 * BODY[lang])
        if style.name == "Compact":
            style.paragraph_format.first_line_indent = Pt(0)  # else it inherits the indent of the text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_face(style: Any, face: str) -> None:
    style.font.name = face
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
