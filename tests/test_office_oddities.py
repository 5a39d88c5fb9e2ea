"""Files as offices leave them: a true XLS, content controls at every level of a Word document, places in a row in GBK."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.oxml import parse_xml

from analysis.documents import read
from analysis.extract import extract
from proving.old_workbook import xls

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def told(path: Path) -> list[tuple[str, str | None, str, str | None]]:
    return [(s.indicator, s.period, str(s.value), s.unit) for s in extract(read(path)).statements]


def controlled(inside: str):
    return parse_xml(f"<w:sdt {W}><w:sdtContent>{inside}</w:sdtContent></w:sdt>")


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def test_a_figure_that_a_tab_or_a_line_break_parts_is_named(tmp_path):
    document = docx.Document()
    document.add_paragraph("2021年，受理2\t146件，立案12\n345件，审结3210件。")
    document.save(tmp_path / "a.docx")
    ledger = extract(read(tmp_path / "a.docx"))
    assert [(one.what, one.count, one.sheet[:5]) for one in ledger.left_out] == [("torn", 2, "2 146")]
    assert [str(one.value) for one in ledger.statements] == ["3210"] and ledger.coverage == 1


def test_a_true_xls_is_read(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(xls([["2021年案件情况"], ["类别", "收案（件）", "结案（件）"], ["刑事案件", 312, 300], ["民事案件", 410, 402.0]]))
    assert told(path) == [
        ("刑事案件收案数", "2021", "312", "件"), ("刑事案件结案数", "2021", "300", "件"),
        ("民事案件收案数", "2021", "410", "件"), ("民事案件结案数", "2021", "402", "件"),
    ]  # fmt: skip


def test_content_controls_around_paragraphs_runs_rows_and_cells_hide_nothing(tmp_path):
    document = docx.Document()
    held = controlled(f"<w:p>{run('2021年，全县破案810起，')}<w:sdt><w:sdtContent>{run('抓获嫌疑人300人。')}</w:sdtContent></w:sdt></w:p>")
    document.element.body.insert(0, held)
    table = document.add_table(2, 2)
    for (row, column), words in {(0, 0): "年份", (0, 1): "立案（起）", (1, 0): "2021", (1, 1): "312"}.items():
        table.cell(row, column).text = words
    cell = table.cell(1, 1)._tc
    for paragraph in cell.p_lst:
        cell.remove(paragraph)
    cell.append(controlled(f"<w:p>{run('312')}</w:p>"))
    last = f"<w:tr><w:tc><w:p>{run('2022')}</w:p></w:tc><w:sdt><w:sdtContent><w:tc><w:p>{run('313')}</w:p></w:tc></w:sdtContent></w:sdt></w:tr>"
    table.rows[1]._tr.addnext(controlled(last))
    path = tmp_path / "a.docx"
    document.save(path)
    assert told(path) == [
        ("破案数", "2021", "810", "起"), ("抓获嫌疑人数", "2021", "300", "人"), ("立案数", "2021", "312", "起"), ("立案数", "2022", "313", "起"),
    ]  # fmt: skip


def test_places_in_a_row_are_whose_figure_it_is(tmp_path):
    path = tmp_path / "counties.txt"
    path.write_bytes("甪里镇、浉江区、鄄南县、黟县立案7起。".encode("gb18030"))
    statement = extract(read(path)).statements[0]
    assert (statement.indicator, statement.value, statement.scope) == ("立案数", 7, "甪里镇、浉江区、鄄南县、黟县")
