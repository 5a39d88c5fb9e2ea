"""A page or a file of a bulletin says the same however it is set, or it is said what of it is not read."""

import json
import zipfile

import docx
import openpyxl
import pytest
from test_forms import FIGURE, PROSE, TABLE, _around, _statements

from analysis.documents import DocumentError, read
from analysis.extract import extract

ROWS = [line.split("\t") for line in TABLE.split("\n") if "\t" in line]
BEFORE_A_LIST = "2023年松河县法院工作情况\n2023年，松河县法院共受理案件5120件，审结4980件。主要情况如下：\n"
LISTED = f"{BEFORE_A_LIST}审结刑事案件320件。\n判处罪犯402人。\n执结案件1200件。\n"


def _paragraphs(text, within="<p>{}</p>"):
    return "".join(within.format(line) for line in text.rstrip("\n").split("\n"))


def _page(body):
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>页</title></head><body>{body}</body></html>"


def _cells(row, cell):
    """A page with a table whose rows and cells are set in these."""
    rows = "".join(row.format("".join(cell.format(one) for one in line)) for line in ROWS)
    return f"{_paragraphs(TABLE.partition('街道' + chr(9))[0])}<div>{rows}</div><p>共提出检察建议56件。</p>"


HEADED = _paragraphs(PROSE).replace("<p>一、打击犯罪</p>", "<h2 class=western>一、打击犯罪</h2>")
TABLED = _cells("<tr>{}</tr>", "<td>{}</td>").replace("<div>", "<table>").replace("</div>", "</table>")
PAGES = {
    "spans on lines": (PROSE, _around("</span>\n<span lang=EN>", "</span>\n<span>")(_paragraphs(PROSE, "<p>\n<span>{}</span>\n</p>"))),
    "lines of the source": (PROSE, _paragraphs(PROSE.replace("，", "，\n    "))),
    "zero-width spaces": (PROSE, _paragraphs(_around("&#8203;")(PROSE))),
    "places for breaks": (PROSE, _paragraphs(_around("<wbr>")(PROSE))),
    "sections in sections": (PROSE, _paragraphs(PROSE, "<section><section><span leaf=''>{}</span></section></section>")),
    "shown by a script": (PROSE, f"<div id=js_content style='visibility: hidden; opacity: 0;'>{_paragraphs(PROSE)}</div><p>阅读 1.2万</p>"),
    "headings": (PROSE, f"<div>{HEADED}</div>"),
    "headings in the middle": (PROSE, "<div>" + _paragraphs(PROSE).replace("<p>一、打击犯罪</p>", "<center><b>一、打击犯罪</b></center>") + "</div>"),
    "laid out by a table": (PROSE, f"<table><tr><td><table><tr><td>首页</td></tr></table></td></tr><tr><td>{HEADED}</td><td>链接</td></tr></table>"),
    "laid out by a table of one": (PROSE, f"<table><tr><td>{HEADED}</td></tr></table>"),
    "lists in lists": (LISTED, _paragraphs(BEFORE_A_LIST) + "<ul><li>审结刑事案件320件。<ul><li>判处罪犯402人。</li></ul></li>"
                       "<li>执结案件1200件。</li></ul>"),
    "a table of blocks": (TABLE, _cells("<div class=row>{}</div>", "<div class=cell>{}</div>")),
    "a table of lists": (TABLE, _cells("<ul>{}</ul>", "<li>{}</li>")),
    "a table of roles": (TABLE, _cells("<div role=row>{}</div>", "<span role=cell>{}</span>")),
    "a table in a cell": (TABLE, f"<table><tr><td>{TABLED}</td></tr></table>"),
    "a figure": (TABLE, TABLED.replace("<p>表1　各街道警情（起）</p>", "").replace("<table>", "<figure><table>").replace(
        "</table>", "</table><figcaption>表1　各街道警情（起）</figcaption></figure>")),
}  # fmt: skip


def _read(tmp_path, body):
    path = tmp_path / "a.html"
    path.write_text(_page(body), "utf-8")
    return extract(path)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_set_in_another_way_says_the_same(tmp_path, name):
    text, body = PAGES[name]
    ledger = _read(tmp_path, body)
    assert _statements(ledger) == _statements(extract(text))
    assert not ledger.left_out


@pytest.mark.parametrize("escaped", [True, False])
def test_what_only_scripts_show_is_named(tmp_path, escaped):
    held = json.dumps({"content": _paragraphs(PROSE)}, ensure_ascii=escaped)
    ledger = _read(tmp_path, f"<h1>松河县公安局</h1><p>请启用脚本后阅读本页全文内容。</p><script>window.page={held}</script>")
    assert [(one.what, one.count) for one in ledger.left_out] == [("passages", 3)]


def test_what_stands_beside_an_article_is_not_put_into_it(tmp_path):
    menu = "<ul><li><a href=a>二、通知公告</a></li><li><a href=b>2021年立案30起。</a></li></ul>"
    document = tmp_path / "a.html"
    document.write_text(_page(f"<nav>{menu}</nav><div>{_paragraphs(PROSE)}</div>"), "utf-8")
    assert "通知" not in read(document).text and "2021" not in read(document).text


def test_blocks_beside_one_another_are_no_table(tmp_path):
    cards = "".join(f"<div><div>{name}</div><div>{FIGURE.sub('', name)}见附件</div></div>" for name in ("一季度", "二季度", "三季度", "四季度"))
    assert _statements(_read(tmp_path, _paragraphs(PROSE) + f"<div>{cards}</div>")) == _statements(extract(PROSE))


def _document(lines, sign=""):
    document = docx.Document()
    for line in lines.rstrip("\n").split("\n"):
        document.add_paragraph(_around(sign)(line) if sign else line)
    return document


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\ufeff", "\u00ad"])
def test_signs_nobody_sees_part_no_words_of_a_word_document(tmp_path, sign):
    _document(PROSE, sign).save(tmp_path / "a.docx")
    assert _statements(extract(tmp_path / "a.docx")) == _statements(extract(PROSE))


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff"])
def test_signs_nobody_sees_part_no_words_of_a_workbook(tmp_path, sign):
    for name, before in (("a.xlsx", ""), ("b.xlsx", sign)):
        book = openpyxl.Workbook()
        for line in TABLE.rstrip("\n").split("\n"):
            book.active.append([before + cell for cell in line.split("\t")])
        book.save(tmp_path / name)
    assert _statements(extract(tmp_path / "b.xlsx")) == _statements(extract(tmp_path / "a.xlsx")) != []


def test_cells_that_programs_keep_as_words_are_figures(tmp_path):
    for name, cell in (("a.csv", "{}"), ("b.csv", '="{}"')):
        rows = "\n".join(",".join(cell.format(one) for one in row) for row in ROWS)
        (tmp_path / name).write_text(f"2021年1-9月柳岭区各街道警情（起）\n{rows}\n", "utf-8")
    assert _statements(extract(tmp_path / "b.csv")) == _statements(extract(tmp_path / "a.csv")) != []


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("mimetype", "application/vnd.oasis.opendocument.text", "OpenDocument file: save it as DOCX"),
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "save it as XLSX"),
        ("mimetype", "application/epub+zip", "EPUB"),
        ("OFD.xml", "<ofd/>", "print it to a PDF"),
        ("a.txt", "立案12起。", "unpack it"),
    ],
)
def test_archives_of_other_kinds_say_what_they_are(tmp_path, name, held, said):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, held)
    with pytest.raises(DocumentError, match=said):
        read(tmp_path / "a.zip")
