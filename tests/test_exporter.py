"""The PDF: what it shows and hides, that a document's text only prints, and that the file is archival and accessible."""

import base64
import io
import re
import subprocess
import sys

import matplotlib
import nbformat
import pikepdf
import pypdfium2
import pytest

from analysis.report import executed, markup, typesetting
from analysis.report.charts.style import canvas, style, svg
from analysis.report.executed import ExportError
from analysis.report.exporter import TypstPDFExporter
from analysis.report.frontmatter import FrontMatterError
from analysis.report.markdown import Cell, Figure, Markdown, Table, escape
from analysis.report.markup import to_typst, words_of

FRONT = {
    "title": "甲市法治数据", "subtitle": "核对", "lang": "zh", "region": "甲市", "period": "2017年", "date": "2018-02-10",
    "sources": ["甲市公报", "乙院报告"],
}  # fmt: skip
HOSTILE = [
    '#read("/etc/passwd")', "#import sys", "$x^2$", "$$y$$", "<script>alert(1)</script>", "<!-- hidden -->", "&lt;b&gt;",
    "`code`", "```typst", "`raw`{=typst}", "[链接](javascript:alert(1))", "![图](/etc/passwd)", "[x]{typst:fill=red}", "a|b|c",
    "*星* _线_ ~~删~~ ^上^", "# 标题", "- 项", "+ 项", "1. 条", "::: note", ": 题注", "\\end \\* \\", "= 一级", "/ term: x", "https://a.example/b_c",
    "“引号” ‘单’ \"直\" 'x'", "12--13...", "@label <label>", "//注释 /* 注释 */", "~ 不断", "立案12364起,同比下降25.44%",
]  # fmt: skip
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="20" font-family="Source Sans Pro">柱形图 12,364</text></svg>'


def notebook(*shown, front=FRONT, **cell):
    cells = [nbformat.v4.new_code_cell("secret_code()", outputs=[output(item)], **cell) for item in shown]
    return nbformat.v4.new_notebook(cells=cells, metadata={"tongbi": front} if front else {})


def output(item):
    bundle = item._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata)


def export(nb) -> bytes:
    return TypstPDFExporter().from_notebook_node(nb)[0]


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def structure(pdf: pikepdf.Pdf):
    """Every element of the tag tree."""
    stack = [pdf.Root.StructTreeRoot]
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Array):
            stack.extend(node)
        elif isinstance(node, pikepdf.Dictionary):
            yield node
            if "/K" in node:
                stack.append(node.K)


@pytest.fixture(scope="module")
def report() -> bytes:
    """A report with everything in it once."""
    rows = [[f"指标{i}", f"{i * 1000:,}", "−2.5%"] for i in range(1, 61)]
    return export(notebook(
        Markdown("# 笔记本自己的题目\n\n## 要点\n\n::: main-points\n- 第一点\n- 第二点\n:::"),
        Markdown("## 公正司法\n\n正文 **强调** 与 [来源](https://example.org/a)。\n\n::: contradiction\n**不符。** 说明。\n:::"),
        Figure(SVG, "柱形图的说明文字", "案件数", "资料来源：公报"),
        Table("cases", ["指标", "数值", "同比"], rows, "主要指标", "lrr"),
    ))  # fmt: skip


@pytest.fixture(scope="module")
def opened(report):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        yield pdf


def test_same_notebook_gives_same_bytes():
    assert export(notebook(Markdown("文"))) == export(notebook(Markdown("文")))


def test_pdf_names_its_standards(opened):
    with opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")


def test_pdf_carries_title_language_and_the_date_of_the_figures(opened):
    assert str(opened.docinfo["/Title"]) == FRONT["title"]
    assert str(opened.docinfo["/CreationDate"]).startswith("D:20180210")
    assert str(opened.Root.Lang).lower() == "zh-cn"
    assert opened.Root.MarkInfo.Marked


def test_chapters_are_bookmarks(opened):
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["要点", "公正司法"]


def test_title_block_takes_the_place_of_the_notebooks_own_title(report):
    text = squeezed(text_of(report))
    assert "笔记本自己的题目" not in text
    assert all(word in text for word in [FRONT["title"], "2018年2月10日", *FRONT["sources"]])


def test_pages_are_numbered_and_headed(report):
    document = pypdfium2.PdfDocument(report)
    second = squeezed(document[1].get_textpage().get_text_range())
    assert f"第2页，共{len(document)}页" in second
    assert FRONT["title"] in second


def test_code_is_never_shown(report):
    assert "secret_code" not in text_of(report)


def test_figure_has_alternative_text_and_real_text(report, opened):
    assert any(str(node.get("/Alt", "")) == "柱形图的说明文字" for node in structure(opened))
    assert "柱形图12,364" in squeezed(text_of(report))


def test_table_is_tagged_and_repeats_its_heading_on_every_page(report, opened):
    kinds = {str(node.get("/S")) for node in structure(opened)}
    assert {"/Table", "/TH", "/TD", "/Figure", "/H1", "/L", "/Link"} <= kinds
    pages = [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(report)]
    with_rows = [page for page in pages if re.search(r"指标\d", page)]
    assert len(with_rows) > 1
    assert all("指标数值同比" in page for page in with_rows)


def test_numerals_stand_flush_right():
    pdf = pypdfium2.PdfDocument(export(notebook(Table("t", ["项", "数"], [["甲", "1"], ["乙", "12,345"]], "表", "lr"))))
    page = pdf[0].get_textpage()
    text = page.get_text_range()
    ends = [page.get_charbox(text.index(number) + len(number) - 1)[2] for number in ("\r\n1", "12,345") if number in text]
    ends.append(page.get_charbox(re.search(r"甲\s+1", text).end() - 1)[2])
    assert max(ends) - min(ends) < 1.0


def test_wide_tables_stay_on_the_page():
    words = "国家机关工作人员渎职侵权犯罪案件立案侦查"
    columns = [f"第{i}列指标名称" for i in range(9)]
    pdf = pypdfium2.PdfDocument(export(notebook(Table("t", columns, [[words] * 3 + ["1,234,567"] * 6], "宽表", "lllrrrrrr"))))
    page = pdf[0].get_textpage()
    boxes = [page.get_charbox(i) for i in range(page.count_chars())]
    assert max(box[2] for box in boxes) <= pdf[0].get_width() - 70


def test_tables_are_attached_as_csv(opened):
    assert list(opened.attachments) == ["cases.csv"]
    attached = opened.attachments["cases.csv"].get_file()
    assert attached.mime_type == "text/csv"
    assert attached.read_bytes().decode("utf-8-sig").splitlines()[:2] == ["指标,数值,同比", '指标1,"1,000",−2.5%']
    assert opened.attachments["cases.csv"].obj.AFRelationship == "/Data"


def test_only_the_packages_typefaces_are_used(opened):
    names = {str(font.BaseFont).split("+")[1] for page in opened.pages for font in page.Resources.Font.values()}
    assert {re.match(r"(Source|Noto)(Serif|Sans)", name) is not None for name in names} == {True}


@pytest.mark.parametrize("wrap", [escape, str], ids=["escaped", "raw"])
def test_hostile_text_is_printed_and_never_executed(wrap):
    paragraphs = [Markdown("一" + wrap(text) + "终") for text in HOSTILE]
    pdf = export(notebook(*paragraphs, Table("t", ["文"], [[text] for text in HOSTILE], "表")))
    text = squeezed(text_of(pdf))
    for hostile in HOSTILE if wrap is escape else []:
        assert f"一{squeezed(hostile)}终" in text, hostile
    assert "root:" not in text
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        uris = {str(a.A.URI) for page in opened.pages for a in page.get("/Annots", []) if "/URI" in a.get("/A", {})}
        assert all(uri.startswith("https://") for uri in uris)
        assert "/JavaScript" not in opened.Root.get("/Names", {})


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_reads_back_as_itself(text):
    (markup,) = to_typst(["字" + escape(text)], "zh")
    assert markup == words_of("字" + text, "zh")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_reaches_typst_only_inside_literals(text):
    (markup,) = to_typst([text], "zh")
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", markup)
    assert re.fullmatch(r"[#;\[\]()a-z:,\s\d.-]*", outside), outside


def test_one_text_cannot_reach_into_the_next():
    first, second = to_typst(["```\nnever closed", "plain"], "zh")
    assert "plain" not in first
    assert second == '#"plain";'


def test_unknown_block_classes_and_attributes_are_dropped():
    (markup,) = to_typst(['::: {.note typst:inset="x" onclick=y}\nA\n:::\n\n::: evil\nB\n:::'], "zh")
    assert markup == '#block-note[#"A";]\n\n#"B";'


def test_heading_levels_have_no_gaps():
    assert [re.findall(r"level: (\d)", m) for m in to_typst(["#### deep", "## b\n\n##### c"], "zh")] == [["1"], ["1", "2"]]


def test_columns_of_figures_are_recognised():
    (markup,) = to_typst(["| a | b | c |\n|---|---|---|\n| x | 1,234 | −12.5% |\n| 9 | — | 近3个百分点 |"], "zh")
    assert "align: (left, right, right, )" in markup


@pytest.mark.parametrize("filled", [2, 9, 11, 12, 13, 14, 15])
def test_a_long_table_breaks_with_three_rows_at_least_on_either_side_and_its_note_never_stands_alone(filled):
    rows = [[f"行{i}。", str(i)] for i in range(10, 40)]
    nb = notebook(*(Markdown(f"第{i}段") for i in range(filled * 2)), Table("t", ["项", "数"], rows, "表"))
    nb.cells[-1].outputs.append(output(Markdown("::: source-line\n\n来源：公报\n\n:::")))
    pages = [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(export(nb))]
    counts = [len(re.findall(r"行\d+。", page)) for page in pages]
    assert sum(counts) == 30 and all(count == 0 or count >= 3 for count in counts)
    assert all(("来源：公报" in page) == (f"行{39}。" in page) for page in pages)


@pytest.mark.parametrize("filled", [12, 16, 19])
def test_a_short_table_and_that_right_under_its_heading_stay_whole(filled):
    text = [Markdown(f"第{i}段") for i in range(filled * 2)]
    for rows, before in ((8, []), (13, [Markdown("## 主要指标")])):
        table = Table("t", ["项"], [[f"行{i}。"] for i in range(10, 10 + rows)], "表")
        pages = [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(export(notebook(*text, *before, table)))]
        assert sorted(len(re.findall(r"行\d+。", page)) for page in pages)[-1] == rows
        assert not before or any("主要指标" in page and "行10。" in page for page in pages)


@pytest.mark.parametrize(("chapters", "loose", "pages"), [(8, 2, 2), (19, 3, 2), (24, 3, 3), (31, 4, 3)])
def test_the_last_section_stands_alone_on_a_page_only_where_drawing_in_the_white_saves_none(chapters, loose, pages, monkeypatch):
    last = Markdown("## 关于本报告\n\n::: whole\n\n" + "\n\n".join(f"说明{i}。" for i in range(9)) + "\n\n:::")
    nb = notebook(*(Markdown(f"## 第{i}章\n\n正文") for i in range(chapters)), last)
    assert len(pypdfium2.PdfDocument(export(nb))) == pages
    monkeypatch.setattr(typesetting, "_ends_alone", lambda pdf: False)
    assert len(pypdfium2.PdfDocument(export(nb))) == loose


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rows_whose_height_is_told_look_as_if_they_were_measured(lang, monkeypatch):
    signs = ["立案数", "Cases", "12,364起\u2060ʸ", "25.4%–25.5%", "—", "“两抢一盗”", "−8.54～−8.53", "（a）、b", "12, 13", "**粗**", "`x`"]
    signs += ["🙂ｱ가", "", "a" * 30]
    cells = [one if one[:1] in "*`" else escape(one) for one in signs]
    rows = [f"| {one} | {other} | 7 |" for one in cells for other in ("", "1", "件", "—")]
    long = ["很长的指标名称" * 9, "Of many words, (12.5%), " * 9, f"[{'连到12件' * 20}](https://a.example/b)、**{'粗' * 40}**", "长Long、" * 30]
    rows += [f"| {one} | {other} | 1 |" for one in long for other in (*long, "1")]
    nb = notebook(Markdown("\n".join(["| 项 | 乙 | 数 |", "|---|---|---|", *rows])), front=FRONT | {"lang": lang})
    told = [page.render().to_numpy() for page in pypdfium2.PdfDocument(export(nb))]
    monkeypatch.setattr(markup, "_lines", lambda *row: "auto")
    measured = [page.render().to_numpy() for page in pypdfium2.PdfDocument(export(nb))]
    assert len(told) > 1 and all((one == other).all() for one, other in zip(told, measured, strict=True))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_of_a_drawing_are_set_where_it_has_them(lang, monkeypatch):
    said = ["立案数", "12,364", "+26.91", "409.96万件→346.7万件", "12364起\u2060ʸ", "（a）b", "“两抢一盗”案件", "Cases filed & closed"]
    said += ["+5（矛盾）", "$x$", "a  b"]
    with matplotlib.rc_context(style()):
        figure, axes = canvas(3, 1)
        for at, words in enumerate(said):
            axes[0].text(at % 3 / 4 + 0.2, at / len(said), words, ha=("left", "center", "right")[at % 3], color=("#1f2328", "white")[at == 1])
    nb = notebook(Figure(svg(figure), alt="图", caption="图"), front=FRONT | {"lang": lang})
    lifted = pypdfium2.PdfDocument(export(nb))[0]
    monkeypatch.setattr(executed, "lifted", lambda drawing: (drawing, ()))
    drawn = pypdfium2.PdfDocument(export(nb))[0]
    differ = (lifted.render(scale=2).to_numpy() != drawn.render(scale=2).to_numpy()).any(axis=2)
    assert differ.sum() < 500  # of a sign or two the edge: where they stand is rounded
    text = squeezed(lifted.get_textpage().get_text_range())
    assert [words for words in said if squeezed(words) not in text] == []


@pytest.mark.skipif(sys.platform != "linux", reason="there is no helper elsewhere")
def test_reading_the_typefaces_begins_no_thread():
    code = "import os; from analysis.report.fonts import load_fonts; load_fonts(); print(len(os.listdir('/proc/self/task')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "1\n"


def test_line_under_a_table_stands_once_at_its_end():
    nb = notebook(Table("t", ["项"], [[f"行{i}"] for i in range(60)], "表"))
    nb.cells[0].outputs.append(output(Markdown("::: source-line\n\n来源：公报\n\n:::")))
    pages = [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(export(nb))]
    assert len(pages) > 1
    assert ["来源：公报" in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_percentage_is_found_by_a_search_and_not_broken_over_lines():
    text = text_of(export(notebook(Markdown("，".join(f"第{i}项同比下降{i}.44%" for i in range(10, 60))))))
    assert all(f"{i}.44%" in text for i in range(10, 60))


def test_tags_hide_cells_and_outputs():
    nb = notebook(Markdown("看得见"), Markdown("整格隐藏"), Markdown("输出隐藏"))
    nb.cells[1].metadata["tags"] = ["remove_cell"]
    nb.cells[2].metadata["tags"] = ["remove-output"]
    text = text_of(export(nb))
    assert "看得见" in text
    assert "隐藏" not in text


def test_plain_notebook_without_front_matter_is_set_too():
    nb = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_markdown_cell("# A question\n\nText."),
        nbformat.v4.new_code_cell("print(1)", outputs=[nbformat.v4.new_output("stream", name="stdout", text="x  1\ny  2\n")]),
    ])  # fmt: skip
    text = text_of(export(nb))
    assert "A question" in text
    assert re.search(r"x\s+1\s+y\s+2", text)


@pytest.mark.parametrize("char", ["\U0001f600", "བ", "ۇ", "\ue000", "\uffff", "ท"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_character_no_typeface_has_is_shown_by_its_number_with_a_note(char, lang):
    text = text_of(export(notebook(Markdown(f"笑{char}脸，立案12起"), front={**FRONT, "lang": lang, "title": f"公报{char}"})))
    number = f"‹U+{ord(char):04X}›"
    assert f"笑{number}脸" in text and text.count(number) >= 3
    assert ("字体中没有" if lang == "zh" else "no typeface of this report") in text.replace("\n", " ").replace("\r", "")


def test_figure_without_alternative_text_is_an_error_that_names_it():
    nb = notebook(Figure(SVG, "alt", "案件数"))
    del nb.cells[0].outputs[0].metadata["image/svg+xml"]["alt"]
    with pytest.raises(ExportError, match=r"案件数.*no alternative text"):
        export(nb)


def test_picture_without_metadata_is_an_error_that_names_the_cell():
    picture = nbformat.v4.new_output("display_data", data={"image/png": base64.b64encode(b"x").decode()})
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("plot()", outputs=[picture])])
    with pytest.raises(ExportError, match=r"cell `plot\(\)`.*no alternative text"):
        export(nb)


def test_failed_cell_is_an_error():
    nb = notebook(Markdown("x"))
    nb.cells[0].outputs.append(nbformat.v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[]))
    with pytest.raises(ExportError, match=r"secret_code.*KeyError"):
        export(nb)


@pytest.mark.parametrize(("key", "value"), [("lang", "fr"), ("date", "10.2.2018")])
def test_wrong_front_matter_is_refused(key, value):
    with pytest.raises(FrontMatterError, match=re.escape(repr(value))):
        export(notebook(Markdown("x"), front={**FRONT, key: value}))


def test_two_tables_of_one_name_are_refused():
    table = Table("t", ["a"], [["1"]], "c")
    with pytest.raises(ExportError, match=r"two tables are named t.csv"):
        export(notebook(table, table))


@pytest.mark.parametrize(
    "wrong",
    [{"name": "A b"}, {"align": "lx"}, {"rows": [["only one"]]}],
    ids=["name", "align", "rows"],
)
def test_table_refuses_what_cannot_be_set(wrong):
    with pytest.raises(ValueError, match=r"table"):
        Table(**{"name": "t", "columns": ["a", "b"], "rows": [["1", "2"]], "caption": "c", **wrong})


def test_jupyter_nbconvert_knows_the_exporter(tmp_path):
    nbformat.write(notebook(Markdown("命令行")), tmp_path / "n.ipynb")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "typstpdf", "n.ipynb"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert "命令行" in text_of((tmp_path / "n.pdf").read_bytes())


def test_a_place_in_a_cell_prints_nothing_of_its_own():
    table = Table("t", ["名", "数"], [[Cell("刑事案件", place="h1"), Cell("7", link="s1")], [Cell("治安案件", place="s1"), "8"]], "表")
    text = text_of(export(notebook(table)))
    assert "刑事案件" in text and ";" not in text and "<h1>" not in text
