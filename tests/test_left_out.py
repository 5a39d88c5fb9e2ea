"""Whatever a file says is read, or named as not read: a figure is put in every place of every format where one can stand."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml import parse_xml
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from pypdfium2 import raw

from analysis.documents import Document, read
from analysis.documents.stored import store
from analysis.extract import extract
from benchmarks.fuzz import typeset
from proving.old_workbook import Struck, xls

FIGURE = "77777"
WORDS = f"藏着{FIGURE}起案件。"
GOOD = "2017年，全市立刑事案件12364起，同比下降25.44%。公安机关积极开展工作，取得良好成效。"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
W14 = 'xmlns:x="http://schemas.microsoft.com/office/word/2010/wordml"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
P = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def told(document: Document) -> list[str]:
    """What is said of it, in both languages."""
    ledger = extract(document)
    return [*ledger.warnings("en"), *ledger.warnings("zh")]


def with_parts(data: bytes, parts: dict[str, str], relations: dict[str, str]) -> bytes:
    """A package with further parts, and relations of the document to some of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            words = old.read(name)
            if name == "word/_rels/document.xml.rels":
                told = '<Relationship Id="x{}" Type="{}{}" Target="{}"/>'
                more = "".join(told.format(n, RELATION, sort, name) for n, (name, sort) in enumerate(relations.items()))
                words = words.replace(b"</Relationships>", more.encode() + b"</Relationships>")
            if name == "[Content_Types].xml":
                words = words.replace(b"</Types>", b'<Default Extension="html" ContentType="text/html"/></Types>')
            new.writestr(name, words)
        for name, words in parts.items():
            new.writestr(name, words)
    return out.getvalue()


def word(body: str = "", parts: dict[str, str] | None = None, relations: dict[str, str] | None = None, edge: str = "") -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(GOOD)
    if edge:
        document.sections[0].header.paragraphs[0].text = edge
    if body:
        document.element.body.insert(1, parse_xml(body))
    document.save(out)
    return with_parts(out.getvalue(), parts or {}, relations or {})


def comments(words: str) -> dict[str, str]:
    return {"word/comments.xml": f"<w:comments {W}><w:comment w:id='0'><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment></w:comments>"}


def notes(sort: str) -> dict[str, str]:
    rule = f"<w:{sort} w:type='separator' w:id='0'><w:p><w:r><w:separator/></w:r></w:p></w:{sort}>"
    return {f"word/{sort}s.xml": f"<w:{sort}s {W}>{rule}<w:{sort} w:id='2'>{P}</w:{sort}></w:{sort}s>"}


CHART = '<c:chart xmlns:c="c"><c:numCache><c:pt><c:v>{}</c:v></c:pt></c:numCache></c:chart>'
WORD_PLACES: dict[str, Callable[[], bytes]] = {
    "a text box": lambda: word(f"<w:p {W}><w:r><w:pict><w:txbxContent>{P}</w:txbxContent></w:pict></w:r></w:p>"),
    "a choice of two": lambda: word(f"<mc:AlternateContent {MC} {W}><mc:Choice Requires='x'>{P}</mc:Choice></mc:AlternateContent>"),
    "a wrapper nobody knows": lambda: word(f"<w:unheard {W}>{P}</w:unheard>"),
    "hidden text": lambda: word(f"<w:p {W}><w:r><w:rPr><w:vanish/></w:rPr><w:t>{WORDS}</w:t></w:r></w:p>"),
    "a formula": lambda: word(f"<w:p {W} {M}><m:oMath><m:r><m:t>{FIGURE}</m:t></m:r></m:oMath></w:p>"),
    "a footnote": lambda: word(parts=notes("footnote"), relations={"footnotes.xml": "/footnotes"}),
    "an endnote": lambda: word(parts=notes("endnote"), relations={"endnotes.xml": "/endnotes"}),
    "a comment": lambda: word(parts=comments(WORDS)),
    "a header": lambda: word(edge=WORDS),
    "a chart": lambda: word(parts={"word/charts/chart1.xml": CHART.format(FIGURE)}),
    "a diagram": lambda: word(parts={"word/diagrams/data1.xml": f"<x {A}><a:t>{WORDS}</a:t></x>"}),
    "a file": lambda: word(parts={"word/embeddings/table.xlsx": "x"}),
    "a document": lambda: word(parts={"word/chunk.html": WORDS}, relations={"chunk.html": "/aFChunk"}),
}
RUN = "<w:p " + W + "><w:r><w:rPr><w:{}/></w:rPr><w:t>" + WORDS + "</w:t></w:r></w:p>"
CELL = f"<w:tc><w:p><w:r>{{}}<w:t>{WORDS}</w:t></w:r></w:p></w:tc>"
HIDDEN_ROWS = {
    "a hidden row": ("", "<w:hidden/>"), "a hidden row by a word": ("", "<w:hidden w:val='true'/>"),
    "a hidden row of words shown": ("<w:rPr><w:vanish w:val='0'/></w:rPr>", "<w:cantSplit/><w:hidden/>"),
}  # fmt: skip
WORD_PLACES |= {
    name: lambda run=run, row=row: word(f"<w:tbl {W}><w:tr><w:trPr>{row}</w:trPr>{CELL.format(run)}</w:tr></w:tbl>")
    for name, (run, row) in (HIDDEN_ROWS | {"a row shown": ("", "<w:hidden w:val='0'/>")}).items()
}
WORD_PLACES |= {f"words struck out by {how}": lambda how=how: word(RUN.format(how)) for how in ("strike", "dstrike", "strike w:val='1'")}
UNSEEN_RUNS = {
    "white": "<w:color w:val='FFFFFF'/>", "white of the theme": "<w:color w:val='ffffff' w:themeColor='background1'/>",
    "of a point": "<w:sz w:val='2'/>",
    "without filling": f"<x:textFill {W14}><x:noFill/></x:textFill>",
}  # fmt: skip
SEEN_RUNS = {
    "white on a shade": "<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='000000'/>", "of eight points": "<w:sz w:val='16'/>",
    "white on a marker": "<w:color w:val='FFFFFF'/><w:highlight w:val='black'/>", "grey": "<w:color w:val='CCCCCC'/>",
    "outlined": f"<x:textFill {W14}><x:solidFill/></x:textFill>",
}  # fmt: skip
IN_A_RUN = "<w:p " + W + "><w:r><w:rPr>{}</w:rPr><w:t>" + WORDS + "</w:t></w:r></w:p>"
WORD_PLACES |= {f"words {how}": lambda run=run: word(IN_A_RUN.format(run)) for how, run in (UNSEEN_RUNS | SEEN_RUNS).items()}
WORD_PLACES["words turned around"] = lambda: word(f"<w:p {W}><w:bdo w:val='rtl'><w:r><w:t>{WORDS}</w:t></w:r></w:bdo></w:p>")
WORD_PLACES["white words in a cell"] = lambda: word(
    f"<w:tbl {W}><w:tr>{CELL.format('<w:rPr>' + UNSEEN_RUNS['white'] + '</w:rPr>')}</w:tr></w:tbl>"
)
WORD_PLACES["a text box within a line"] = lambda: word(
    f"<w:p {W}><w:r><w:t>立案</w:t></w:r><w:r><w:pict><w:txbxContent>{P}</w:txbxContent></w:pict></w:r><w:r><w:t>34起</w:t></w:r></w:p>"
)
WORD_PLACES["words not struck out"] = lambda: word(RUN.format("strike w:val='false'"))
QUIET_WORD: dict[str, Callable[[], bytes]] = {
    "nothing": word,
    "a comment without a figure": lambda: word(parts=comments("请核对。")),
    "a header with a date and a page": lambda: word(edge="2017年公报 第3页 - 4 -"),
    "a chart's own workbook": lambda: word(
        parts={
            "word/charts/_rels/chart1.xml.rels": '<R xmlns="r"><Relationship Target="../embeddings/a.xlsx"/></R>', "word/embeddings/a.xlsx": "x"
        }
    ),
}  # fmt: skip


def page(inside: str) -> bytes:
    return f"<html><head><meta charset=utf-8></head><body><article><h1>公报</h1><p>{GOOD * 4}</p>{inside}</article></body></html>".encode()


HELD = "<{tag}>" + WORDS + "</{tag}>"
STYLES = (
    "display: none", "DISPLAY:None !important", "color:red;display/**/:none", "visibility:hidden", "visibility : collapse;", "font-size:0",
    "font-size: 0.0px", "opacity:0", "opacity: .0; color: red", "display:block;display:none", "left:-9999px",
    "text-indent:-9999px", "clip: rect(0, 0, 0, 0)", "clip:rect(1px 1px 1px 1px)", "clip-path:inset(50%)", "transform:scale(0)",
    "color:transparent", "color:#0000", "color: rgba(9, 9, 9, 0.0)", "color:rgb(9 9 9 / 0%)", "-webkit-text-fill-color:transparent", "font-size:1px",
    "font-size:.5pt", "width:0;overflow:hidden", "overflow:clip;max-height:0px", "transform:rotate(1deg) scale(0, 1)", "filter:opacity(0)",
    "content-visibility:hidden", r"d\69splay:none", "opacity:.05", "opacity:5%", "font:0/0 a", "font: 700 0 / 1 serif", "color:#0001",
    "display:none!important;display:block", "width:1px;height:1px;overflow:hidden", "overflow-x:hidden;max-width:0", "top:-999px", "left:-200vw",
    "transform:translateX(-9999px)", "transform:rotateY(90deg)", "scale:0", "zoom:0", "clip:rect(9px, 20px, 9px, 1px)", "clip:rect(0 5px 9px 5px)",
    "clip-path:circle(0)", "clip-path:inset(100%)", "clip-path:polygon(0 0, 0 0, 0 0)", "-webkit-text-security:disc", "margin-left:-9999px",
    "filter:blur(1px) opacity(3%)", "text-indent:100%;white-space:nowrap;overflow:hidden",
)  # fmt: skip
HIDINGS = ("hidden", "hidden='until-found'", *(f"style='{style}'" for style in STYLES))
SHOWN = ("font-size:0.9em", "opacity:0.5", "visibility:visible", "display:none;display:block", "x-display:none", "background:none", "font-size:10px",
         "color:rgb(255,255,0)", "color:rgba(0,0,0,.5)", "color:#fff0ff", "width:0", "overflow:hidden", "transform:scale(0.9)", "filter:opacity(0.5)",
         "color:transparent;background-clip:text", "opacity:.1", "opacity:10%", "left:-100%", "margin-left:-100%", "text-indent:-2em",
         "font:12px/0 a", "clip:rect(0, 9px, 9px, 0)", "clip-path:circle(9px)", "clip-path:inset(10%)", "transform:translate(-50%, 0)", "zoom:1",
         "color:rgb(9 9 9 / .5)", "color:#000f", "width:1px", "clip-path:polygon(0 0, 9px 0, 9px 9px)")  # fmt: skip
STRUCK = ("<del>{}</del>", "<s>{}</s>", "<strike>{}</strike>", "<span style='text-decoration: line-through'>{}</span>",
          "<b style='text-decoration-line:line-through'>{}</b>")  # fmt: skip
INSTEAD = "noscript audio video canvas object iframe".split()
WHITE = ("span style='color:#fff'", "b style='color: White'", "i style='color:rgb(255, 255, 255)'", "font color=white")
TURNED = ("bdo dir=rtl", "span style='direction:rtl;unicode-bidi:bidi-override'")
# A style sheet, and the words with what it hides, or does not.
SHEETS = {
    ".h{display:none}": "class='x h'", "#h { display : none }": "id=h", "B.h,i{visibility:hidden}": "class=h", "b{}/*}*/.h{opacity:0}": "class=h",
    "@import 'x'; .h{font-size:0}": "class=h", ".h{display:block}.h{display:none}": "class=h",
    "@media screen{p{color:red}} .h{display:none}": "class=h",
    "#h{display:none} .h{display:block}": "class=h id=h", ".h{text-decoration:line-through}": "class=h", "a{}}.h{display:none": "class=h",
    "p .h{display:none}": "class=h", "body > p > b{display:none}": "", ".h.k{opacity:.01}": "class='h k'", "p b:first-child{font:0/0 a}": "",
    "[data-k]{display:none}": "data-k=1", "@media screen{.h{display:none}}": "class=h", "p{& .h{display:none}}": "class=h",
    ".h{display:none!important}": "class=h style='display:inline'", "p b{color:#fff}": "", "b:not(.k){text-indent:-9999px}": "class=h",
    ".k,.h{clip:rect(0 0 0 0)}.s{display:inline}": "class='h s'", "p:has(b) .h{display:none}": "class=h", ".h{color:#abc;background:#abc}": "class=h",
    ".h:hover{display:inline}.h{display:none}": "class=h", "@layer a{.h{display:none}}": "class=h",
    ".h{display:none}.k .h{display:inline}": "class=h",
}  # fmt: skip
SHOWING = {
    ".h{display:none}.h{display:inline}": "class=h", ".h{display:none}.h.s{display:inline}": "class='h s'",
    ".h{display:none}p>.h{display:block}": "class=h",
    "@media print{.h{display:none}}": "class=h", ".x .h{display:none}": "class=h", ".h:hover{display:none}": "class=h",
    ".h{display:none}#h{display:inline}": "class=h id=h", "i.h{display:none}": "class=h", ".H{display:none}": "class=h",
    ".h{display:none}.h ": "class=h style='display:inline'", "@media x{.a{}.h{display:none}}": "class=h",
}  # fmt: skip
IN_A_LINE = "<style>{}</style><p>其中盗窃案件<b {}>" + FIGURE + "</b>起。</p>"
ROWS = "<table><tr{}><td{}>年份<td>立案<tr><td>2016<td>12<tr{}><td{}>2017<td{}>" + FIGURE + "</table>"
PAGE_PLACES = {
    **{tag: HELD.format(tag=tag) for tag in "p li aside footer nav noscript template details blockquote pre textarea button svg figcaption".split()},
    "svg text": f"<svg><text>{WORDS}</text></svg>",
    "hidden by its style": f"<p style='display:none'>{WORDS}</p>",
    "hidden by its mark": f"<div hidden><p>{WORDS}</p></div>",
    "behind the article": f"</article><div class='sidebar'><p>{WORDS}</p></div><article>",
    "a page within": f"<iframe srcdoc='<p>{WORDS}</p>'></iframe>",
    "a file within": f"<embed src='{FIGURE}.pdf'>",
    **{f"a table hidden by {how}": f"<table {how}><tr><td>年份<td>立案<tr><td>2016<td>{FIGURE}<tr><td>2017<td>5</table>" for how in HIDINGS},
    **{f"a block hidden by {how}": f"<div {how}><p>{WORDS}</p></div>" for how in HIDINGS},
    **{f"words hidden by {how}": f"<p>其中盗窃<span {how}>{FIGURE}</span>案件。</p>" for how in HIDINGS},
    **{f"a row hidden by {how}": ROWS.format("", "", " " + how, "", "") for how in HIDINGS},
    **{f"a cell hidden by {how}": ROWS.format("", "", "", "", " " + how) for how in HIDINGS},
    **{how.format("struck"): f"<p>其中盗窃{how.format(FIGURE)}案件。</p>" for how in STRUCK},
    **{f"words hidden by {sheet}": IN_A_LINE.format(sheet, mark) for sheet, mark in SHEETS.items()},
    **{f"words not hidden by {sheet}": IN_A_LINE.format(sheet, mark) for sheet, mark in SHOWING.items()},
    **{f"words in {tag} within a line": f"<p>其中盗窃<{tag}>{FIGURE}</{tag}>案件。</p>" for tag in INSTEAD},
    **{f"white words by {how}": f"<p>其中盗窃<{how}>{FIGURE}</{how.split()[0]}>案件。</p>" for how in WHITE},
    **{f"words turned by {how}": f"<p>其中盗窃<{how}>{FIGURE}</{how.split()[0]}>案件。</p>" for how in TURNED},
    "a formula within a line": f"<p>其中盗窃<math><mn>{FIGURE}</mn></math>案件。</p>",
    **{f"words in {tag} on their own": f"<{tag}>{WORDS}</{tag}>" for tag in "canvas video audio iframe noframes datalist".split()},
    "a popover": f"<div popover><p>{WORDS}</p></div>", "the title of a drawing": f"<svg><title>{WORDS}</title></svg>",
    "a dialogue not open": f"<dialog><p>{WORDS}</p></dialog>",
}
QUIET_PAGE = {
    **{f"shown by {how}": f"<p style='{how}'>其中盗窃<b style='{how}'>5</b>起。</p>{ROWS.format(*[f' style={how!r}'] * 5)}" for how in SHOWN},
    **{f"white words on {how}": f"<div {how}><p>其中盗窃<span style='color:#fff'>5</span>起。</p></div>"
       for how in ("style='background:#000'", "bgcolor=black", "class=dark")},
    "a choice of several": "<p>盗窃<select><option>6起<option selected>5起</option></select>。</p>",
    "shown again": f"<div style='font-size:0'><p style='font-size:14px'>{WORDS}</p></div>",
    "struck out words": "<p>其中<del>原定</del><span hidden>注</span>盗窃5起。</p>",
    "a table among words": f"<blockquote>一览12件。{ROWS.format(*[''] * 5)}见上。</blockquote><ul><li>又{ROWS.format(*[''] * 5)}</li></ul>",
    "nothing": "", "links": "<ul><li><a href=a>12起案件告破</a></li></ul>", "a counter": "<iframe src='https://e.example/hm.gif'></iframe>",
    "who keeps it": "</article><footer><p>备案号：京ICP备12345678号。电话：0857-1234567。</p></footer><article>",
}  # fmt: skip


def sheet(change: Callable[[openpyxl.Workbook], object] = lambda book: None, parts: dict[str, str] | None = None) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["2021年案件情况"], ["类别", "收案（件）"], ["刑事案件", 312], ["民事案件", 410]):
        book.active.append(row)
    change(book)
    book.save(out)
    return with_parts(out.getvalue(), parts or {}, {})


def _commented(book: openpyxl.Workbook) -> None:
    book.active["B3"].comment = Comment(WORDS, "x")


def _hidden(book: openpyxl.Workbook) -> None:
    book.create_sheet("旧").append([FIGURE])
    book["旧"].sheet_state = "veryHidden"


def _set(filled: bool = False, **font: object) -> Callable[[openpyxl.Workbook], object]:
    def change(book: openpyxl.Workbook) -> None:
        book.active["B3"], book.active["B3"].font = int(FIGURE), Font(**font)
        if filled:
            book.active["B3"].fill = PatternFill("solid", fgColor="FF000000")

    return change


def _edged(book: openpyxl.Workbook) -> None:
    book.active.oddFooter.center.text = WORDS


def _struck(book: openpyxl.Workbook) -> None:
    book.active["B3"], book.active["B3"].font = int(FIGURE), Font(strike=True)


def _struck_within(book: openpyxl.Workbook) -> None:
    book.active["A3"] = CellRichText("盗窃", TextBlock(InlineFont(strike=True), f"{FIGURE}件"), TextBlock(InlineFont(strike=False), "案"))


def _runs(filled: bool = False, first: str = "盗窃", **font: object) -> Callable[[openpyxl.Workbook], object]:
    def change(book: openpyxl.Workbook) -> None:
        book.active["A3"] = CellRichText(first, TextBlock(InlineFont(**font), FIGURE), TextBlock(InlineFont(), "案件"))
        if filled:
            book.active["A3"].fill = PatternFill("solid", fgColor="FF000000")

    return change


def changed(data: bytes, changes: dict[str, Callable[[str], str]]) -> bytes:
    """A package with some of its parts, or new ones, as `changes` make them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(out, "w") as package:
        made = {name: parts.read(name).decode() for name in parts.namelist()}
        for name, change in changes.items():
            made[name] = change(made.get(name, ""))
        for name, words in made.items():
            package.writestr(name, words)
    return out.getvalue()


def sharing_its_words(data: bytes) -> bytes:
    """A workbook whose rich words stand among those that cells share, as Excel keeps them, instead of in its cells."""
    strings: list[str] = []
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    told = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>'

    def share(found: re.Match[str]) -> str:
        strings.append(found[1])
        return f't="s"><v>{len(strings) - 1}</v>'

    return changed(data, {
        "xl/worksheets/sheet1.xml": lambda words: re.sub(r't="inlineStr"\s*><is>(.*?)</is>', share, words, flags=re.DOTALL),
        "[Content_Types].xml": lambda words: words.replace("</Types>", told),
        "xl/sharedStrings.xml": lambda _: f'<sst xmlns="{space}">{"".join(f"<si>{words}</si>" for words in strings)}</sst>',
    })  # fmt: skip


SS = "urn:schemas-microsoft-com:office:spreadsheet"
STRUCK_XML = {"by its style": ('ss:StyleID="a"', FIGURE), "by a tag": ("", f"<h:Font>盗<h:S>{FIGURE}</h:S></h:Font>窃")}


def in_xml(style: str, held: str, columns: str = "", row_is: str = "") -> bytes:
    sort = "String" if "<" in held else "Number"
    row = '<Row {}><Cell><Data ss:Type="String">{}</Data></Cell><Cell {}><Data ss:Type="{}">{}</Data></Cell></Row>'
    rows = row.format("", "类别", "", "String", "收案（件）") + row.format(row_is, "盗窃", style, sort, held)
    rows += row.format("", "诈骗", "", "Number", 5)
    styles = '<Styles><Style ss:ID="a"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="w"><Font ss:Color="#FFFFFF"/></Style>'
    styles += '<Style ss:ID="t"><Font ss:Size="1"/></Style><Style ss:ID="g"><Font ss:Color="#FFFFFF"/><Interior ss:Color="#000000"/></Style></Styles>'
    space = f'xmlns="{SS}" xmlns:ss="{SS}" xmlns:h="http://www.w3.org/TR/REC-html40"'
    return f'<?xml version="1.0"?><Workbook {space}>{styles}<Worksheet ss:Name="a"><Table>{columns}{rows}</Table></Worksheet></Workbook>'.encode()


def _formatted(form: str, held: object) -> Callable[[openpyxl.Workbook], object]:
    def change(book: openpyxl.Workbook) -> None:
        book.active["B3"], book.active["B3"].number_format = held, form

    return change


def _sized(book: openpyxl.Workbook) -> None:
    book.active["B3"], book.active.row_dimensions[3].height = int(FIGURE), 0


def narrow() -> bytes:
    cols = '<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>'
    data = sheet(_formatted("0", int(FIGURE)))
    return changed(data, {"xl/worksheets/sheet1.xml": lambda words: re.sub("<sheetData>", cols, re.sub("<cols>.*?</cols>", "", words))})


def _first_edge(book: openpyxl.Workbook) -> None:
    book.active.firstHeader.left.text = WORDS


XML_SHADES = {"white": "w", "tiny": "t", "white on black": "g"}
XML_HIDDEN = {
    "a column": "<Column/><Column ss:Hidden='1'/>", "columns": "<Column ss:Index='2' ss:Span='3' ss:Hidden='1'/>",
    "a column of no width": "<Column/><Column ss:Width='0.0'/>",
}  # fmt: skip
OLD = [["2021年案件情况"], ["类别", "收案（件）"], ["刑事案件", 312]]
OLD_PLACES = {
    "a struck cell": lambda: xls([*OLD, ["民事案件", Struck(int(FIGURE))]]),
    "a struck cell of words": lambda: xls([*OLD, ["民事案件", 410], [Struck(WORDS)]]),
    "a struck run": lambda: xls([*OLD, [Struck(f"民事案件{FIGURE}", 4), 410]]),
    **{f"in XML, {name} hidden": lambda columns=columns: in_xml("", FIGURE, columns) for name, columns in XML_HIDDEN.items()},
    **{f"in XML, {how}": lambda style=style: in_xml(f"ss:StyleID='{style}'", FIGURE) for how, style in XML_SHADES.items()},
    "in XML, a row of no height": lambda: in_xml("", FIGURE, "", "ss:Height='0'"),
    **{f"in XML, struck {name}": lambda held=held: in_xml(*held) for name, held in STRUCK_XML.items()},
}
WHITES = {"white": "FFFFFFFF", "white without an alpha": "FFFFFF", "white of the theme": Color(theme=0), "white by its number": Color(indexed=9)}
SHEET_PLACES = {
    **{f"a number in {how}": lambda colour=colour: sheet(_set(color=colour)) for how, colour in WHITES.items()},
    **{f"a number in {how} on a ground": lambda colour=colour: sheet(_set(True, color=colour)) for how, colour in WHITES.items()},
    **{f"a run in {how}": lambda colour=colour: sheet(_runs(color=colour)) for how, colour in WHITES.items()},
    **{f"a shared run in {how}": lambda colour=colour: sharing_its_words(sheet(_runs(color=colour))) for how, colour in WHITES.items()},
    **{f"a shared run in {how} on a ground": lambda it=it: sharing_its_words(sheet(_runs(True, color=it))) for how, it in WHITES.items()},
    "a run in white on a ground": lambda: sheet(_runs(True, color="FFFFFFFF")), "a run in red": lambda: sheet(_runs(color="FFFF0000")),
    "a run of a point": lambda: sheet(_runs(sz=1)), "a run of eight points": lambda: sheet(_runs(sz=8)),
    "a number of a point": lambda: sheet(_set(size=1)), "a number of eight points": lambda: sheet(_set(size=8)),
    "a number in grey": lambda: sheet(_set(color=Color(theme=0, tint=-0.5))),
    **{f"words in a cell of {form}": lambda form=form: sheet(_formatted(form, WORDS)) for form in (";;;", "0;0;0;", "0;0;0;@")},
    **{f"a number in a cell of {form}": lambda form=form: sheet(_formatted(form, int(FIGURE))) for form in (";;;", '"";;;', "0;0;0;")},
    "a row of no height": lambda: sheet(_sized), "a column of no width": narrow, "an edge of the first page": lambda: sheet(_first_edge),
    "a struck cell": lambda: sheet(_struck), "a struck run": lambda: sheet(_struck_within),
    "a struck run that is shared": lambda: sharing_its_words(sheet(_struck_within)),
    "a note": lambda: sheet(_commented), "a hidden sheet": lambda: sheet(_hidden), "an edge": lambda: sheet(_edged),
    "a text box": lambda: sheet(parts={"xl/drawings/drawing1.xml": f"<x {A}><a:t>{WORDS}</a:t></x>"}),
    "a file": lambda: sheet(parts={"xl/embeddings/other.bin": "x"}),
}  # fmt: skip


def paper(change: Callable[[pypdfium2.PdfDocument], object] = lambda pdf: None) -> bytes:
    out = io.BytesIO()
    with pypdfium2.PdfDocument(typeset()) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def annotated(sort: int, key: bytes, words: str = WORDS) -> Callable[[pypdfium2.PdfDocument], None]:
    def change(pdf: pypdfium2.PdfDocument) -> None:
        note = raw.FPDFPage_CreateAnnot(pdf[0], sort)
        signs = (words + "\0").encode("utf-16-le")
        raw.FPDFAnnot_SetStringValue(note, key, (raw.FPDF_WCHAR * (len(signs) // 2)).from_buffer_copy(signs))
        raw.FPDFPage_CloseAnnot(note)

    return change


def _scanned(pdf: pypdfium2.PdfDocument) -> None:
    bitmap = pypdfium2.PdfBitmap.new_native(10, 10, raw.FPDFBitmap_BGR)
    ctypes.memset(bitmap.buffer, 0, 300)
    picture = pypdfium2.PdfImage.new(pdf)
    picture.set_bitmap(bitmap)
    scan = pdf.new_page(500, 700)
    scan.insert_obj(picture)
    scan.gen_content()


def _attached(pdf: pypdfium2.PdfDocument) -> None:
    pdf.new_attachment(f"{FIGURE}.csv").set_data(b"x")


PAPER_PLACES = {
    "a note": annotated(raw.FPDF_ANNOT_TEXT, b"Contents"), "a text over it": annotated(raw.FPDF_ANNOT_FREETEXT, b"Contents"),
    "a field": annotated(raw.FPDF_ANNOT_STAMP, b"V"), "a scanned page": _scanned, "a file": _attached,
}  # fmt: skip
PLACES = {
    **{("docx", name): make for name, make in WORD_PLACES.items()},
    **{("html", name): lambda inside=inside: page(inside) for name, inside in PAGE_PLACES.items()},
    **{("xlsx", name): make for name, make in SHEET_PLACES.items()},
    **{("xls", name): make for name, make in OLD_PLACES.items()},
    **{("pdf", name): lambda change=change: paper(change) for name, change in PAPER_PLACES.items()},
}
QUIET = {
    **{("docx", name): make for name, make in QUIET_WORD.items()},
    **{("html", name): lambda inside=inside: page(inside) for name, inside in QUIET_PAGE.items()},
    ("xlsx", "nothing"): sheet,
    ("xls", "nothing"): lambda: xls([*OLD, ["民事案件", 410]]),
    ("xls", "words struck out"): lambda: xls([*OLD, [Struck("民事案件（改）", 4), 410]]),
    ("xls", "in XML"): lambda: in_xml("", "410"),
    ("pdf", "nothing"): paper,
    ("pdf", "a note without a figure"): lambda: paper(annotated(raw.FPDF_ANNOT_TEXT, b"Contents", "核对")),
}


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_what_stands_there_is_read_or_named(tmp_path, place):
    path = tmp_path / f"a.{place[0]}"
    path.write_bytes(PLACES[place]())
    document = read(path)
    said = told(document)
    # Read, or said, and never both: the same number would be in doubt.
    assert (FIGURE in document.text) != bool(said), (document.text[:400], said)
    assert all(" not read" in line or "未" in line for line in said)


UNSEEN = (
    *(("docx", f"words {how}") for how in UNSEEN_RUNS), ("docx", "words turned around"), ("docx", "hidden text"),
    ("docx", "white words in a cell"),
    *(("html", f"{what} hidden by {how}") for how in HIDINGS for what in ("words", "a row", "a cell", "a block", "a table")),
    *(("html", f"white words by {how}") for how in WHITE), *(("html", f"words turned by {how}") for how in TURNED),
    *(("html", f"words in {tag} within a line") for tag in INSTEAD), ("html", "a formula within a line"),
    *(("xlsx", f"a number in {how}") for how in WHITES), ("xlsx", "a number of a point"), ("xlsx", "a run of a point"),
    *(("xlsx", f"{run} in {how}") for how in WHITES for run in ("a run", "a shared run")), ("xls", "in XML, white"), ("xls", "in XML, tiny"),
)  # fmt: skip
SEEN = (
    *(("docx", f"words {how}") for how in SEEN_RUNS), ("docx", "a text box within a line"),
    *(("xlsx", f"a number in {how} on a ground") for how in WHITES), ("xlsx", "a number of eight points"), ("xlsx", "a number in grey"),
    *(("xlsx", f"a shared run in {how} on a ground") for how in WHITES),
    *(("xlsx", f"a run {how}") for how in ("in white on a ground", "in red", "of eight points")),
    ("xls", "in XML, white on black"),
)  # fmt: skip


@pytest.mark.parametrize("place", [*UNSEEN, *SEEN], ids="-".join)
def test_what_nobody_sees_is_not_read_and_what_is_seen_is(tmp_path, place):
    path = tmp_path / f"a.{place[0]}"
    path.write_bytes(PLACES[place]())
    assert (FIGURE in read(path).text) is (place in SEEN)


@pytest.mark.parametrize("way", ["superscript", "subscript"])
@pytest.mark.parametrize("stored", [bytes, sharing_its_words])
def test_a_run_of_a_cell_that_is_raised_or_lowered_is_no_digit_of_its_figure(tmp_path, way, stored):
    (tmp_path / "a.xlsx").write_bytes(stored(sheet(_runs(first="12364", vertAlign=way))))
    small = FIGURE.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹" if way == "superscript" else "₀₁₂₃₄₅₆₇₈₉"))
    assert f"12364{small}案件" in read(tmp_path / "a.xlsx").text
    tag = way[:3].capitalize()
    (tmp_path / "a.xls").write_bytes(in_xml("", f"12364<h:{tag}><h:Font>{FIGURE}</h:Font></h:{tag}>案件"))
    assert f"12364{small}案件" in read(tmp_path / "a.xls").text


# What stands between two digits of a number, or beside them, and is shown without words: of such digits none is a figure.
BETWEEN_IN_A_PAGE = (
    "1<img src=a>2", "1<input value=7>2", "1<svg><path/></svg>2", "1<sup>2</sup>3", "1<sub>2</sub>3", "12<sub>34</sub>",
    "1<math><mn>2</mn></math>", "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>3", "<bdo dir=rtl>12</bdo>3", "1<span> </span>2",
    "1&emsp;2", "1\u20282",
)  # fmt: skip
WHOLE_IN_A_PAGE = (
    "<ruby>1<rt>一</rt></ruby><ruby>2<rt>二</rt></ruby>", "<ruby>1<rp>(</rp><rt>9</rt><rp>)</rp>2</ruby>", "1<wbr>2", "1<b>2</b>", "1&shy;2",
    "12<sup>1</sup>", "1<i></i>2", "<td>12</td>", "1<del>7</del>2", "1<noscript>7</noscript>2", "<img src=a>12<img src=b>",
)  # fmt: skip
R = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
PLAIN = R.format("", "{}")
BETWEEN_IN_A_RUN = (
    PLAIN.format(1) + "<w:r><w:drawing/></w:r>" + PLAIN.format(2), PLAIN.format(1) + "<w:r><w:object/></w:r>" + PLAIN.format(2),
    *(PLAIN.format(1) + R.format(f"<w:vertAlign w:val='{way}'/>", 2) + PLAIN.format(3) for way in ("superscript", "subscript")),
    *(PLAIN.format(1) + R.format(f"<w:position w:val='{by}'/>", 2) + PLAIN.format(3) for by in (6, -6, 12)),
    "<m:oMath><m:r><m:t>1</m:t></m:r></m:oMath>" + PLAIN.format(2), PLAIN.format(1) + "<w:r><w:tab/></w:r>" + PLAIN.format(2),
)  # fmt: skip
WHOLE_IN_A_RUN = (
    PLAIN.format(1) + PLAIN.format(2), f"<w:r><w:pict><w:txbxContent>{P}</w:txbxContent></w:pict></w:r>" + PLAIN.format(12),
    PLAIN.format(12) + f"<w:r><w:pict><w:txbxContent>{P}</w:txbxContent></w:pict></w:r>", "<w:r><w:drawing/></w:r>" + PLAIN.format(12),
    PLAIN.format(1) + R.format("<w:position w:val='2'/>", 2), PLAIN.format(1) + R.format("<w:color w:val='FFFFFF'/>", 7) + PLAIN.format(2),
)  # fmt: skip
FIGURES = [
    *(("html", one, False) for one in BETWEEN_IN_A_PAGE), *(("html", one, True) for one in WHOLE_IN_A_PAGE),
    *(("docx", one, False) for one in BETWEEN_IN_A_RUN), *(("docx", one, True) for one in WHOLE_IN_A_RUN),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "written", "whole"), FIGURES)
def test_digits_with_something_shown_between_them_are_no_figure(tmp_path, ending, written, whole):
    path = tmp_path / f"a.{ending}"
    if ending == "html":
        path.write_bytes(page(f"<p>2017年，青山县公安局立刑事案件{written}起，同比下降5%。</p>"))
    else:
        path.write_bytes(word(f"<w:p {W} {M}>{PLAIN.format('2017年，青山县公安局立刑事案件')}{written}{PLAIN.format('起，同比下降5%。')}</w:p>"))
    document = read(path)
    begins = document.text.index("青山县公安局立刑事案件")
    said = [one for one in extract(document).statements if begins <= one.start <= document.text.index("同比下降5%", begins)]
    assert [one.value for one in said if one.value is not None] == [12] * whole, document.text[begins:]


@pytest.mark.parametrize("place", QUIET, ids="-".join)
def test_a_file_without_such_a_figure_is_told_nothing_of(tmp_path, place):
    path = tmp_path / f"a.{place[0]}"
    path.write_bytes(QUIET[place]())
    assert told(read(path)) == []


def test_tables_that_no_longer_fit_the_stored_text_are_named(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet())
    store(path, read(path).text)
    assert told(read(path)) == []
    for kept in tmp_path.glob("a.xlsx.*"):
        kept.unlink()
    store(path, "2021年案件情况\n" + read(path).text)
    assert len(told(read(path))) == 2 and "a.xlsx.txt" in told(read(path))[0]
