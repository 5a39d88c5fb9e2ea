"""What stands within the words of a line and is none of them: marks of notes, elements nobody knows, breaks and signs between two digits, blanks."""

from __future__ import annotations

import time

import docx
import pytest
from docx.oxml import parse_xml

from analysis.documents import read
from analysis.documents.store import document_paths
from analysis.extract import extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
PAGE = (
    "<html><head><meta charset=utf-8><style>.n{{vertical-align:super}} .k{{vertical-align:20%}}</style></head><body><p>2017年，全县法院"
    "工作情况通报如下，各项工作取得新的进展。</p>{}<p>以上是全部情况，特此通报。</p></body></html>"
)
SENTENCE = "<p>2017年，全县批捕9{}人，破案15起。</p>"
TABLE = "<table><tr><th>项目<th>2016年<th>2017年<tr><td>批捕（人）<td>9{}<td>6<tr><td>判处（人）<td>8<td>7</table>"
RAISED = (
    "<sup>4</sup>", "<sup>1234</sup>", "<sup><a href='#f'>4</a></sup>", "<a href='#f'><sup>12</sup></a>", "<sup><span><b>5</b></span></sup>",
    "<span style='vertical-align:super'>1</span>", "<i style='vertical-align: 3.0pt'>2</i>", "<span class=n>3</span>",
    "<font class=k><b>3</b></font>",
    "<span style='position:relative;top:-4px'>7</span>", "<x-note style='vertical-align:super'>8</x-note>", "<sup>４</sup>", "<sup>[3]</sup>",
    "<sub>2</sub>", "<span style='vertical-align:sub'>2</span>", "<sup>3</sup><sup>4</sup>", "<sup>5月修订</sup>",
    "<a href='#f'>4</a>", "<a href='#f'><span>12</span></a>", "<span></span><a class='x noteref' href='a#1'>3</a>", "<a epub:type=noteref>３</a>",
    "<span role='doc-noteref'>6</span>", "<b class=footnote>1</b>", "<i class=note>12</i>", "<small>4</small>", "<i></i><a href='#f'>[4]</a>",
)  # fmt: skip


LINKED = ("<a href='#t'>12</a>", "<a href='b'>12</a>", "<b class=note>12</b>", "<small>12</small>", "1<a href='b.html'>2</a>", "1<b class=a>2</b>")


@pytest.mark.parametrize("figure", LINKED)
def test_a_figure_that_is_a_link_or_small_stays_one(tmp_path, figure):
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(f"<p>2017年，全县批捕{figure}人，破案15起。</p>"), "utf-8")
    assert values(path) == ["12", "15"]


@pytest.mark.parametrize("mark", ["<a href='#fn:1' class='footnote'>1</a>", "<sup id='fnref:1'><a href='#fn:1'>1</a></sup>", "<sup class=a>2</sup>"])
def test_the_mark_of_a_note_in_the_tags_of_a_text_joins_no_figure(tmp_path, mark):
    path = tmp_path / "a.md"
    path.write_text(f"2017年，全县批捕9{mark}人，破案15起。", "utf-8")
    assert values(path) == ["9", "15"]


def values(path) -> list[str]:
    return [str(one.value) for one in extract(read(path)).statements if one.value is not None]


@pytest.mark.parametrize("mark", RAISED)
@pytest.mark.parametrize("around", [SENTENCE, TABLE], ids=["sentence", "table"])
def test_what_stands_raised_behind_a_figure_never_joins_it(tmp_path, mark, around):
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(around.format(mark)), "utf-8")
    told = values(path)
    assert set(told) <= {"9", "15"} if around is SENTENCE else set(told) <= {"9", "6", "8", "7"}
    assert "15" in told or "8" in told


@pytest.mark.parametrize("style", ["vertical-align:baseline", "vertical-align:middle", "vertical-align:0.5pt", "top:-4px", "color:red"])
def test_digits_that_are_not_raised_are_of_their_figure(tmp_path, style):
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(SENTENCE.format(f"<span style='{style}'>4</span>")), "utf-8")
    assert values(path) == ["94", "15"]


@pytest.mark.parametrize("tag", ["st1:chmetcnv", "o:p", "acronym", "dfn", "output", "nobr", "x-figure", "blink", "ruby"])
def test_elements_that_nobody_knows_are_words_of_their_line(tmp_path, tag):
    path = tmp_path / "a.html"
    words = "2017年，全县受理案件308<{0}>0.</{0}>5万件，结案<{0}>30</{0}>80件。"
    path.write_text(PAGE.format(f"<p>{words.format(tag)}</p>"), "utf-8")
    assert values(path) == ["30805000", "3080"] and read(path).text.count("2017年，全县受理") == 1


def written(tmp_path, *paragraphs: str, cells: tuple[tuple[str, ...], ...] = ()):
    """A Word document of paragraphs, and of a table, all of them given by their runs."""
    document = docx.Document()
    for runs in paragraphs:
        document.element.body.insert(-1, parse_xml(f"<w:p {W} {MC}>{runs}</w:p>"))
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for row, line in enumerate(cells):
            for column, held in enumerate(line):
                cell = table.cell(row, column)._tc
                for one in cell.p_lst:
                    cell.remove(one)
                for runs in held.split("¶"):
                    cell.append(parse_xml(f"<w:p {W} {MC}>{runs}</w:p>"))
    document.save(tmp_path / "a.docx")
    return tmp_path / "a.docx"


def run(words: str, settings: str = "") -> str:
    return f"<w:r><w:rPr>{settings}</w:rPr><w:t>{words}</w:t></w:r>" if settings else f"<w:r><w:t>{words}</w:t></w:r>"


PARTING = ("<w:br/>", "<w:cr/>", '<w:br w:type="page"/>', '<w:sym w:font="Wingdings" w:char="F0A7"/>', '<w:footnoteReference w:id="7"/>')


@pytest.mark.parametrize("sign", PARTING)
def test_what_stands_between_two_digits_of_a_word_document_parts_them(tmp_path, sign):
    path = written(tmp_path, run("2017年，全县立案12") + f"<w:r>{sign}</w:r>" + run("345起，破案15起。"))
    assert values(path) == ["15"]
    path = written(tmp_path, run("2017年，全县立案") + f"<w:r>{sign}</w:r>" + run("12起，破案15") + f"<w:r>{sign}</w:r>" + run("起。"))
    assert values(path) == ["12", "15"]


@pytest.mark.parametrize("between", ["¶", "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", '<w:r><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>'])
def test_two_figures_in_a_cell_are_never_one(tmp_path, between):
    told = lambda *words: tuple(map(run, words))  # noqa: E731
    heads, double = told("项目", "2016年", "2017年"), (run("立案（起）"), run("12") + between + run("345"), run("7"))
    path = written(tmp_path, cells=(heads, double, told("破案（起）", "15", "16"), told("结案（件）", "5", "6")))
    assert set(values(path)) <= {"7", "15", "16", "5", "6"} and list(extract(read(path)).warnings("en"))


def test_a_choice_within_a_run_is_read_once(tmp_path):
    choice = "<mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    told = "<w:t>12起</w:t>"
    for held in (choice.format(told, told), choice.format("", told), choice.format(choice.format(told, ""), "<w:t>13起</w:t>")):
        path = written(tmp_path, run("2017年，全县立案") + f"<w:r>{held}</w:r>" + run("，破案5起。"))
        assert values(path) == ["12", "5"]


BLANKS = ("  ", "\u3000", "\u3000\u3000", "\t", "\u2003", "\u00a0 ", "\u2009\u2009", "   ")
SET_APART = {
    "2017年，全市立案4601.8@万件，同比上升@6.3%。": ("2017", "46018000", "6.3"),
    "2020年@2@月至4月，全市立案46@件，同比上升 6.3@%。": ("2020-02..2020-04", "46", "6.3"),
    "2020年1至@9@月，全市立案1.7万@件，同比上升@3.5@个百分点。": ("2020-01..2020-09", "17000", "3.5"),
    "2020年第@2@季度，全市立案12,@345@余件，同比上升6.@3%。": ("2020Q2", "12345", "6.3"),
}


@pytest.mark.parametrize("blank", BLANKS)
def test_no_blank_of_any_kind_parts_what_a_sentence_says_of_a_figure(blank):
    for words, (period, value, amount) in SET_APART.items():
        (one,) = extract(words.replace("@", blank)).statements
        assert (one.period, str(one.value), str(one.change.amount)) == (period, value, amount), words
        assert one.indicator in ("立案数", "立案") and one.change.direction == "up"


@pytest.mark.parametrize("mark", ["<!-- 略 -->", "<!-- 7\n -->", "~~7~~", "<del>原为7</del>", " ~~7起~~ "])
def test_the_words_around_what_is_hidden_or_struck_meet(mark):
    text = "2020年2月至@4月，全市立案@12@起，同比@下降@5.5%。\n@\n2020年1@至9月，全市破案15起。\n"
    ledger = extract(text.replace("@", mark))
    first, second = ledger.statements
    assert (first.indicator, first.period, str(first.value), str(first.change.amount)) == ("立案数", "2020-02..2020-04", "12", "5.5")
    assert (first.change.direction, second.period, str(second.value)) == ("down", "2020-01..2020-09", "15")
    assert not [one for one in extract(f"2020年，全市立案1{mark.strip()}2起。").statements if str(one.value) in ("12", "2", "1")]


WRAPPED = (
    "2018年目标：“雪亮工程”建设视频探头1.8万个。2020年1至8月，全国刑事案件立案数同比下降6.2%。2022年7月，全市立案170件。",
    "2021年，地方各级人民法院结案标的额8.35万亿元。2022年1月至7月，全省刑事案件立案12318件，同比下降12.8%。",
)


@pytest.mark.parametrize("text", WRAPPED)
@pytest.mark.parametrize("width", range(24, 46))
def test_no_number_and_no_time_of_a_short_text_is_another_wrapped_at_any_width(text, width):
    def told(words: str) -> set[tuple]:
        found = extract(words).statements
        moved = {("moved", one.change.amount, one.period) for one in found if one.change}
        return {(one.value, one.period) for one in found if one.value is not None} | moved

    lines = "\n".join(text[at : at + width] for at in range(0, len(text), width))
    whole, broken = told(f"工作情况通报\n\n{text}\n"), told(f"工作情况通报\n\n{lines}\n")
    assert broken <= whole, (lines, broken)


@pytest.mark.parametrize("row", ["<div><div>甲</div><div>立案12起</div></div>", "<p>立案12起。</p><h3>一</h3>", "<div>甲</div>"])
def test_a_page_of_many_short_blocks_is_read_in_time_that_grows_as_it_does(tmp_path, row):
    taken = []
    for count in (3000, 9000):
        path = tmp_path / f"{count}.html"
        path.write_text(PAGE.format(row * count), "utf-8")
        began = time.process_time()
        read(path)
        taken.append(time.process_time() - began)
    assert taken[1] < 6 * max(taken[0], 0.5), taken


def test_a_text_with_the_name_of_another_is_a_document_of_its_own(tmp_path):
    for name in ("a.txt", "a.txt.txt", "b.pdf", "b.pdf.txt", "b.pdf.txt.sha256", "c.txt", "c.txt.txt", "c.txt.txt.sha256"):
        (tmp_path / name).write_text("", "utf-8")
    assert [path.name for path in document_paths(tmp_path)] == ["a.txt", "a.txt.txt", "b.pdf", "c.txt"]
