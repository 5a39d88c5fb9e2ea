"""What the readers of tables owe to their formats: spans, tracked changes, content controls, hidden cells, number formats, sizes."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from analysis.documents import DocumentError, read
from analysis.documents.numberformats import printed
from analysis.documents.tables import cells
from analysis.extract import extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def told(path) -> list[tuple]:
    return [(s.indicator, s.period, str(s.value), s.unit) for s in extract(read(path)).statements]


def test_a_word_table_is_read_in_a_content_control_with_its_tracked_changes_done(tmp_path):
    document = docx.Document()
    table = document.add_table(2, 2)
    for (row, column), words in {(0, 0): "年份", (0, 1): "立案（起）", (1, 0): "2021"}.items():
        table.cell(row, column).text = words
    cell = table.cell(1, 1)._tc
    for paragraph in cell.p_lst:
        cell.remove(paragraph)
    cell.append(
        parse_xml(
            f'<w:p {W}><w:del w:id="1"><w:r><w:delText>99</w:delText></w:r></w:del><w:moveFrom w:id="2"><w:r><w:t>77</w:t></w:r></w:moveFrom>'
            f'<w:ins w:id="3"><w:r><w:t>3<!-- x -->1</w:t></w:r></w:ins><w:r><w:t>2</w:t></w:r></w:p>'
        )
    )
    control = parse_xml(f"<w:sdt {W}><w:sdtContent/></w:sdt>")
    table._tbl.addprevious(control)
    control[0].append(table._tbl)
    path = tmp_path / "a.docx"
    document.save(path)
    assert told(path) == [("立案数", "2021", "312", "起")]


def test_a_workbook_shows_what_its_formats_print_and_leaves_hidden_cells_out(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["年份", "破案率", "罚没金额（万元）"], [2020, 0.2544, 2.5], [2021, 0.31, 3], [2022, 0.5, 4]):
        sheet.append(row)
    for row in (2, 3, 4):
        sheet.cell(row, 1).number_format = '0"年"'
        sheet.cell(row, 2).number_format = "0%"
        sheet.cell(row, 3).number_format = "0.00"
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("底稿").sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert told(path) == [
        ("破案率", "2020", "25", "%"), ("罚没金额", "2020", "25000", "元"), ("破案率", "2021", "31", "%"), ("罚没金额", "2021", "30000", "元"),
    ]  # fmt: skip
    warnings = extract(read(path)).warnings("zh")
    assert len(warnings) == 2 and "隐藏" in warnings[0]
    first = extract(read(path)).statements[0]
    assert first.cell == ("Sheet", 2, 2)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (2.5, "0.00", "2.50"), (0.2544, "0%", "25%"), (0.2544, "0.0%", "25.4%"), (1234567, "#,##0", "1,234,567"), (-3.2, "0.0;[Red]-0.0", "-3.2"),
        (2021, '0"年"', "2021年"), (0.1 + 0.2, "General", "0.3"), (12.0, "General", "12"), (1234.5, "#,##0.00_ ", "1,234.50"), (5, "00", "05"),
        (12345678, '0.0,,"百万"', "12.3百万"), (0.5, "#.00", ".50"), (1.2e-5, "0.00E+00", "1.20E-5"), (True, "General", "TRUE"), ("甲", "0", "甲"),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_its_format_prints_it(value, form, shown):
    assert printed(value, form) == shown


def test_a_workbook_saved_as_a_page_or_as_xml_is_read_whatever_its_name(tmp_path):
    page = tmp_path / "a.xls"
    page.write_text("<html><body><table><tr><td>年份</td><td>立案（起）</td></tr><tr><td>2021</td><td>5</td></tr></table></body></html>", "utf-8")
    assert told(page) == [("立案数", "2021", "5", "起")]
    cell = '<Cell><Data ss:Type="{}">{}</Data></Cell>'
    rows = [[("String", "年份"), ("String", "立案（起）")], [("Number", "2021"), ("Number", "5")]]
    body = "".join("<Row>" + "".join(cell.format(*held) for held in row) + "</Row>" for row in rows)
    xml = tmp_path / "b.xls"
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    xml.write_text(f'<?xml version="1.0"?><Workbook {space}><Worksheet ss:Name="s"><Table>{body}</Table></Worksheet></Workbook>', "utf-8")
    assert told(xml) == [("立案数", "2021", "5", "起")]


def test_a_page_without_an_article_is_its_tables(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><p>2021年案件情况</p><table><tr><th rowspan=2>类别</th><th colspan=2>收案（件）</th></tr><tr><th>2021年</th><th>2020年</th></tr>"
        "<tr><td>刑事案件</td><td>12<sup>1</sup></td><td>11</td></tr></table></body></html>",
        "utf-8",
    )
    assert told(path) == [("刑事案件收案数", "2021", "12", "件"), ("刑事案件收案数", "2020", "11", "件")]


def test_a_table_of_absurd_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "MAX_COLUMNS", 3)
    path = tmp_path / "a.csv"
    path.write_text("年份,甲,乙,丙\n2019,1,2,3\n2020,1,2,3\n", "utf-8")
    with pytest.raises(DocumentError, match="columns"):
        read(path)


def test_a_damaged_workbook_is_refused_by_name(tmp_path):
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    path = tmp_path / "a.xlsx"
    path.write_bytes(out.getvalue()[:-200])
    with pytest.raises(DocumentError, match="damaged"):
        read(path)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (123456, '0!.0,"万"', "12.3万"), (123456, '0\\.0,"万"', "12.3万"), (123456, '0"."0,"万"', "12.3万"), (12345678, '0!.0000"万"', "1234.5678万"),
        (1234567, "000-0000", "123-4567"), (0.5, "# ?/?", "0.5"), (0.0125, "0.0000‰", "0.0125‰"),
    ],
)  # fmt: skip
def test_a_format_that_sets_a_sign_between_digits_parts_them_there(value, form, shown):
    assert printed(value, form) == shown
