"""The workbook by the checklist of the Government Statistical Service, a test a rule; and its numbers."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from report_notebook import executed

from analysis.report.faces import face


@pytest.fixture(scope="module", params=["zh", "en"])
def book(request):
    return openpyxl.load_workbook(io.BytesIO(face("xlsx", executed("national", "2025", request.param))))


@pytest.fixture(scope="module")
def sheets(book):
    """The sheets that hold a table: all behind cover, contents and notes."""
    return book.worksheets[3:]


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_it_has_cover_contents_and_notes_first_and_opens_on_the_cover(book):
    cover, contents, notes = book.worksheets[:3]
    assert book.active is cover and len(texts(cover)) >= 5 and len(texts(contents)) >= 6 and len(texts(notes)) >= 4


def test_the_cover_says_what_when_whose_and_whom_to_ask(book):
    said = " ".join(texts(book.worksheets[0]))
    assert "2025" in said and "2026" in said and ("最高人民法院" in said or "Supreme People" in said)
    assert "联系" in said or "Contact" in said


def test_the_contents_lead_to_every_sheet_by_a_name_that_says_what_is_there(book, sheets):
    links = [cell for cell in book.worksheets[1]["A"] if cell.hyperlink]
    assert [re.match(r"'(.+)'!A1", cell.hyperlink.location)[1] for cell in links] == [sheet.title for sheet in sheets]
    assert all(len(cell.value) > len(sheet.title) + 3 for cell, sheet in zip(links, sheets, strict=True))


def test_every_sheet_has_a_name_of_its_own_that_is_short_and_no_default(book):
    names = [sheet.title for sheet in book.worksheets]
    assert len(set(names)) == len(names) and all(0 < len(name) <= 31 and not re.match(r"Sheet\d", name) for name in names)


def test_there_is_one_table_a_sheet_marked_as_one_and_beginning_in_column_a(sheets):
    for sheet in sheets:
        (table,) = sheet.tables.values()
        assert table.ref.startswith("A4:") and table.headerRowCount == 1


def test_the_title_stands_in_a1_and_what_the_sheet_holds_below_it(sheets):
    assert all(sheet["A1"].value and sheet["A1"].font.b and sheet["A2"].value for sheet in sheets)


def test_blank_cells_are_explained_on_every_sheet_with_a_table(sheets):
    assert all("空白" in sheet["A3"].value or "empty cell" in sheet["A3"].value for sheet in sheets)


def test_nothing_is_merged(book):
    assert not any(sheet.merged_cells.ranges for sheet in book.worksheets)


def test_nothing_is_hidden(book):
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not any(one.hidden for one in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))


def test_no_row_or_column_of_a_table_is_blank(sheets):
    for sheet in sheets:
        rows = list(sheet.iter_rows(min_row=4, values_only=True))
        assert all(any(cell is not None for cell in row) for row in rows)
        assert all(cell is not None for cell in rows[0])


def test_no_row_between_title_and_table_is_blank(sheets):
    assert all(sheet.cell(row, 1).value for sheet in sheets for row in (1, 2, 3, 4))


def test_heads_are_in_one_row_and_each_is_there_once(sheets):
    for sheet in sheets:
        heads = [cell.value for cell in sheet[4]]
        assert len(set(heads)) == len(heads) and all(isinstance(head, str) for head in heads)


def test_every_column_is_described(book, sheets):
    described = {row[0].value for row in sheets[0].iter_rows(min_row=5)}
    assert all(cell.value in described for sheet in sheets[1:] for cell in sheet[4])


def test_the_head_stays_in_sight(sheets):
    assert all(sheet.freeze_panes == "B5" for sheet in sheets)


def test_there_are_no_pictures_charts_comments_or_macros(book):
    assert book.vba_archive is None
    assert not any(sheet._images or sheet._charts or any(cell.comment for row in sheet.iter_rows() for cell in row) for sheet in book.worksheets)


def test_nothing_stands_in_headers_and_footers(book):
    for sheet in book.worksheets:
        parts = (sheet.oddHeader, sheet.oddFooter)
        assert not any(getattr(part, side).text for part in parts for side in ("left", "center", "right"))


def test_type_is_sans_serif_and_large_enough(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.font.name == "Arial" and cell.font.sz >= 12 for cell in row if cell.value is not None)


def test_nothing_depends_on_colour(sheets):
    assert all(cell.fill.fill_type is None for sheet in sheets for row in sheet.iter_rows() for cell in row)


def test_numbers_are_numbers_and_no_formula_is_one(sheets):
    headline = next(sheet for sheet in sheets if sheet.title.endswith("headline"))
    heads = [cell.value for cell in headline[4]]
    change = heads.index("change_amount")
    assert all(isinstance(row[change].value, (int, float)) for row in headline.iter_rows(min_row=5))
    assert not any(cell.data_type == "f" for sheet in sheets for row in sheet.iter_rows() for cell in row)


def test_the_file_says_its_title_author_and_date(book):
    about = book.properties
    assert about.title and about.creator and about.created.year == 2026
