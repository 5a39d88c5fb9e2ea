"""Kinds that a fourth hour of attack found: what a page of a PDF holds and does not show, numbers that something tears, reports changed by hand."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from itertools import islice

import pytest
from click.testing import CliRunner
from test_gate import shown as executed
from test_hostile import SEED
from test_why import reports  # noqa: F401  a fixture

from analysis import building, dataset, editions
from analysis.cli import main
from analysis.documents import DocumentError, read
from analysis.extract import extract
from analysis.publish.gate import check
from analysis.publish.selection import Choice
from analysis.publish.why import why
from analysis.report.exporter import TypstPDFExporter
from proving import hostile, project


@pytest.fixture
def chance():
    return random.Random(SEED)


@pytest.mark.parametrize("about", ["", "/Rotate 90", "/Rotate 180", "/CropBox[20 20 590 790]", "in a form"])
@pytest.mark.parametrize("way", [*hostile.HIDING, *hostile.SHOWING])
def test_what_a_page_of_a_pdf_does_not_show_is_not_read_and_named(tmp_path, way, about):
    hidden = way in hostile.HIDING
    told = (b"", True) if about == "in a form" else (about.encode(), False)
    (tmp_path / "a.pdf").write_bytes(hostile.hiding_page("filed 777 cases", way, *told))
    document = read(tmp_path / "a.pdf")
    assert "12 cases" in document.text and ("777" in document.text) is not hidden and ("7" in document.text.replace("2017", "")) is not hidden
    assert [(one.what, one.count) for one in document.left_out] == [("struck_text" if "struck" in way else "hidden_text", 1)] * hidden
    # Hidden words without a figure are worth no word.
    (tmp_path / "b.pdf").write_bytes(hostile.hiding_page("filed cases", way, *told))
    assert not read(tmp_path / "b.pdf").left_out


@pytest.mark.parametrize(("sort", "flags", "what"), [
    ("StrikeOut", 4, "struck_text"), ("Line", 4, "struck_text"), ("Ink", 4, "struck_text"), ("Square", 4, "hidden_text"),
    ("StrikeOut", 6, ""), ("Square", 36, ""), ("Highlight", 4, ""), ("Link", 4, ""),
])  # fmt: skip
def test_what_an_annotation_strikes_out_or_covers_is_not_read_and_named(tmp_path, sort, flags, what):
    (tmp_path / "a.pdf").write_bytes(hostile.hiding_page("filed 777 cases", "grey", hostile.noted(sort, flags)))
    document = read(tmp_path / "a.pdf")
    assert ("777" in document.text) is not bool(what) and [one.what for one in document.left_out] == [what] * bool(what)


def test_what_is_printed_over_a_covered_figure_stands_in_its_place(tmp_path):
    page = hostile.hiding_page("filed 777 cases", "grey")
    mended = b"Tj ET 1 g 72 590 22 20 re f 0 g BT /F 12 Tf 73.4 600 Td (888) Tj ET Q\nendstream"
    (tmp_path / "a.pdf").write_bytes(page.replace(b"Tj ET Q\nendstream", mended))
    document = read(tmp_path / "a.pdf")
    assert "filed 888 cases" in document.text and [(one.what, one.count) for one in document.left_out] == [("hidden_text", 1)]


@pytest.mark.parametrize(("struck", "read_as"), [("777) Tj (888", "filed 888 cases"), ("777888", "filed  cases")])
def test_a_figure_is_read_beside_a_struck_out_one_where_it_is_of_its_own(tmp_path, struck, read_as):
    page = hostile.hiding_page("filed ", "grey")
    told = f"Tj ({struck}) Tj ( cases) Tj ET 1 w 76.7 604 m 96.7 604 l S Q\nendstream"
    (tmp_path / "a.pdf").write_bytes(page.replace(b"Tj ET Q\nendstream", told.encode()))
    document = read(tmp_path / "a.pdf")
    assert read_as in document.text and [(one.what, one.count) for one in document.left_out] == [("struck_text", 1)]


@pytest.mark.parametrize(("size", "rise", "read_as"), [(6, 5, "34³ c"), (12, 5, "34³ c"), (6, -2, "34₃ c"), (12, 0, "343 c"), (11, 0, "343 c")])
def test_a_digit_that_a_pdf_sets_raised_or_lowered_is_part_of_no_figure(tmp_path, size, rise, read_as):
    page = hostile.hiding_page("filed 34", "small").replace(b"/F 4 Tf", b"/F 12 Tf")
    behind = b"Tj /F %d Tf %d Ts (3) Tj 0 Ts /F 12 Tf ( cases) Tj ET Q\nendstream" % (size, rise)
    (tmp_path / "a.pdf").write_bytes(page.replace(b"Tj ET Q\nendstream", behind))
    assert read_as in read(tmp_path / "a.pdf").text.replace("\n", " ")


@pytest.mark.parametrize(("size", "rise", "read_as"), [(6, 5, "¹² filed 34"), (12, 0, "12 filed 34"), (6, 0, "12 filed 34")])
def test_the_raised_number_of_a_note_at_the_beginning_of_a_line_is_no_figure(tmp_path, size, rise, read_as):
    page = hostile.hiding_page("12", "small").replace(b"/F 4 Tf", b"/F %d Tf %d Ts" % (size, rise))
    (tmp_path / "a.pdf").write_bytes(page.replace(b"Tj ET Q\nendstream", b"Tj 0 Ts /F 12 Tf ( filed 34) Tj ET Q\nendstream"))
    assert read_as in read(tmp_path / "a.pdf").text.replace("\n", " ")


def test_of_white_digits_beside_black_ones_none_is_read(tmp_path):
    page = hostile.hiding_page("filed ", "small").replace(b"/F 4 Tf", b"/F 12 Tf")
    (tmp_path / "a.pdf").write_bytes(page.replace(b"Tj ET Q\nendstream", b"Tj 1 g (9) Tj 0 g (34 cases) Tj ET Q\nendstream"))
    document = read(tmp_path / "a.pdf")
    assert "filed 34 cases" in document.text and [one.what for one in document.left_out] == ["hidden_text"]


@pytest.mark.parametrize("given", ["777 cases", "no cases", ""])
def test_where_a_pdf_gives_other_words_to_be_read_it_is_named(tmp_path, given):
    page = hostile.hiding_page("12 cases", "small").replace(b"50 600 Td", b"/Span <</ActualText (%s)>> BDC 50 600 Td" % given.encode())
    (tmp_path / "a.pdf").write_bytes(page.replace(b"Tj ET Q\nendstream", b"Tj EMC ET Q\nendstream"))
    assert [(one.what, one.count) for one in read(tmp_path / "a.pdf").left_out] == [("read_as_given", 1)] * ("777" in given)


def test_a_pdf_that_shows_none_of_its_words_is_refused(tmp_path):
    (tmp_path / "a.pdf").write_bytes(hostile.hiding_page("7 cases", "white").replace(b"q BT", b"1 g BT"))
    with pytest.raises(DocumentError, match="shows none of its words"):
        read(tmp_path / "a.pdf")


def test_no_piece_of_a_torn_number_is_a_figure(chance):
    for text, pieces in islice(hostile.torn_numbers(chance), 1500):
        ledger = extract(text)
        said = {str(statement.value) for statement in ledger.statements if statement.value is not None}
        assert not said & pieces, (text, said)


def test_a_number_in_the_digits_of_another_script_is_no_figure_and_named(chance):
    for text, written in islice(hostile.foreign_numbers(chance), 200):
        ledger = extract(text)
        assert not [one for one in ledger.statements if one.value is not None]
        assert any(written in told for told in ledger.warnings("en")) and any(written in told for told in ledger.warnings("zh")), text


STRIKING = ("~~{}~~", "~~原为{}起，~~", "<del>{}</del>", "<s class='a'>{}起</s>", "<strike>{}</strike>", "<!--{}起-->", "<!-- {}\n -->")


@pytest.mark.parametrize("mark", STRIKING)
@pytest.mark.parametrize("ending", ["md", "txt"])
def test_what_a_text_strikes_out_by_its_marks_is_not_read_and_named(tmp_path, mark, ending):
    path = tmp_path / f"a.{ending}"
    path.write_text(f"# 报告\n\n2017年，青山县公安局立刑事案件{mark.format(99)}12起，同比下降5%。{mark.format(77)}\n", "utf-8")
    ledger = extract(read(path))
    assert [one.value for one in ledger.statements] == [12] and ledger.statements[0].quote in read(path).text
    assert [(one.what, one.count) for one in ledger.left_out] == [("hidden_text" if "!" in mark else "struck_text", 2)]
    for shown in ("12~~34", "约~~12起", "a<b 12起"):  # and nothing where nothing is struck out
        assert not extract(f"2017年，青山县公安局立刑事案件{shown}起。").left_out


REMARKS = ("[//]: # ({})", "[comment]: <> ({})", '[//]: # "{}"', "[_remark]: # '{}'  ", "  [//]: <> ({}(按){})")


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_remark_that_markdown_keeps_in_a_link_is_not_read_and_named(tmp_path, remark, end):
    told = "2017年，青山县公安局打掉团伙99个。"
    path = tmp_path / "a.md"
    path.write_text(f"2017年，青山县公安局立刑事案件12起。{end}{end}{remark.format(told, told)}{end}{end}打掉团伙5个。{end}", "utf-8")
    ledger = extract(read(path))
    assert [one.value for one in ledger.statements] == [12, 5]
    assert [(one.what, one.count) for one in ledger.left_out] == [("hidden_text", 1)]
    path.write_text(f"[备注]: {told}{end}[^1]: {told}{end}见[//]: # ({told})", "utf-8")
    assert [one.value for one in extract(read(path)).statements] == [99] * 3


@pytest.mark.parametrize("counted", ["抓获嫌疑人数十名", "受理案件数百件", "查处数千余起", "立案几十万件"])
def test_tens_and_hundreds_that_nobody_counted_are_no_figure(counted):
    assert [one.value for one in extract(f"2017年，青山县公安局{counted}，同比下降5%。").statements] == [None]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2007", "\u2009", "\u202f"])
def test_thousands_are_parted_by_any_narrow_space(space):
    for written, value in ((f"1{space}234起", 1234), (f"12{space}345{space}678起", 12345678)):
        statements = extract(f"2017年，青山县公安局立刑事案件{written}，同比下降5%。").statements
        assert [one.value for one in statements] == [value], written
    assert [one.value for one in extract(f"2017年，青山县公安局立刑事案件1{space}234 起。").statements] == [1234]


def test_an_age_behind_a_myriad_is_not_its_rest():
    said = [(one.value, one.unit) for one in extract("全年惠及30万6岁以下儿童，服务4万307人。").statements]
    assert said == [(300000, None), (40307, "人")]


@pytest.mark.parametrize("whole", ["1234起", "12.5万起", "1,234起", "12起¹", "12①起", "3至5起", "3～5起", "12起 1 ", "12 345起"])
def test_a_whole_number_stays_a_figure(whole):
    statements = extract(f"2017年，青山县公安局立刑事案件{whole}，同比下降5%。").statements
    assert len(statements) == 1 and (statements[0].value or statements[0].value_high), whole


@pytest.mark.parametrize("mark", ["1", "2", "12"])
def test_the_mark_of_a_note_with_air_around_it_is_no_figure(mark):
    statements = extract(f"2017年，青山县公安局立刑事案件1234起{mark} ，同比下降5%。").statements
    assert [(one.value, one.change is not None) for one in statements] == [(1234, True)]


def damaged_notebooks():
    """What a notebook changed by hand may hold: each value in the place of another."""
    values = (None, 5, "x", [], {}, [None], ["x"], [[]], {"data": None}, {"data": "x"})
    for value in values:
        yield value
        yield {"cells": value}
        yield {"cells": [value]}
        yield {"cells": [{"outputs": value}]}
        yield {"cells": [{"outputs": [value]}]}
        yield {"cells": [{"outputs": [{"data": {"application/vnd.tongbi.front+json": value}}]}]}
        yield {"cells": [{"outputs": [{"data": {"application/vnd.tongbi.front+json": {"sources": value}}}]}]}


def test_a_report_whose_notebook_was_changed_still_says_why(reports):  # noqa: F811
    for notebook in damaged_notebooks():
        (reports / "bijie/2017/bijie-2017-en.ipynb").write_text(json.dumps(notebook))
        assert "  sentence: 立案12364起，同比下降25.44%。" in list(why("12,364", "bijie/2017", reports)), notebook


@pytest.mark.parametrize("told", ["青山县公安局", "青山县", "全县"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_years_of_another_place_ask_for_no_chart(tmp_path, told, lang):
    for year in range(2011, 2018):
        project.add(tmp_path, "jia", year, f"{year}年，{told}立刑事案件{year - 1000}起，同比下降5%。查处治安案件{year - 1900}起。")
    building.build(tmp_path)
    known, choice = dataset.load(tmp_path), Choice("jia", "2017", lang)
    notebook = executed(choice, known)
    pdf = TypstPDFExporter().from_notebook_node(deepcopy(notebook))[0]
    check(notebook, pdf, choice, editions.narrowed(known, choice.region, choice.period))


def test_signs_of_a_name_and_decimals_of_a_figure_refuse_no_report(tmp_path, chance):
    signs = "".join(chance.sample('"\\`$#{}[]<>&*_~^|', 12))
    decimals = f"0.{'0' * chance.randrange(6, 16)}{chance.randrange(1, 10)}"
    project.add(tmp_path, "jia", 2017, f"2017年，全县立刑_事{signs}案件12起，同比上升5%。收入{decimals}元，同比增长0.0000001%。")
    building.build(tmp_path)
    known = dataset.load(tmp_path)
    for lang in ("zh", "en"):
        choice = Choice("jia", "2017", lang)
        notebook = executed(choice, known)
        check(notebook, TypstPDFExporter().from_notebook_node(deepcopy(notebook))[0], choice, editions.narrowed(known, choice.region, choice.period))


def test_a_period_to_find_that_is_none_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("2017年，青山县公安局立刑事案件12起。", "utf-8")
    for period in hostile.NO_PERIODS:
        result = CliRunner().invoke(main, ["find", "刑事案件立案数", str(tmp_path / "a.txt"), "--period", period])
        assert result.exit_code == 2 and "--period" in result.output, period
    result = CliRunner().invoke(main, ["find", "刑事案件立案数", str(tmp_path / "a.txt"), "--period", "2016"])
    assert result.exit_code == 0 and "in that place and period" in result.output


@pytest.mark.parametrize("broken", ["x: [", "zh: 甲", "", "- 1", None])
def test_where_the_only_region_has_no_name_publish_names_its_file(tmp_path, broken):
    project.make_project(tmp_path, [("jia", 2017)])
    file = tmp_path / "data/raw/jia/region.yml"
    file.unlink() if broken is None else file.write_text(broken, "utf-8")
    for chosen in ([], ["--region", "jia"]):
        result = CliRunner().invoke(main, ["--workspace", str(tmp_path), "publish", *chosen])
        assert result.exit_code and "data/raw/jia/region.yml" in result.output and "tongbi add" not in result.output, result.output
