"""Tables of a PDF that no rules are drawn around: what stands in columns is read, and where it is not, its figures are named."""

from __future__ import annotations

import io
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdfium2
import pytest
import typst
from pypdfium2 import raw

from analysis.documents import read
from analysis.extract import extract

Words = list[tuple[float, float, str]]


def page(*pages: Words, size: float = 10.5) -> bytes:
    """A PDF that sets words where they are said to stand, in points from the left and from the top."""
    told = ["".join(f"#place(top + left, dx: {x}pt, dy: {y}pt)[{words}]\n" for x, y, words in placed) for placed in pages]
    begin = f'#set page(width: 595pt, height: 842pt, margin: 0pt)\n#set text(font: "Noto Serif SC", lang: "zh", size: {size}pt)\n'
    return typst.compile((begin + "#pagebreak()\n".join(told)).encode(), font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent])


def table(rows: list[list[str]], x: float = 60, y: float = 80, step: float = 18, columns: tuple[float, ...] = (0, 130, 190)) -> Words:
    return [(x + columns[c], y + step * r, words) for r, row in enumerate(rows) for c, words in enumerate(row) if words]


def said(path: Path, data: bytes) -> tuple[list[tuple[str, object, str]], list[str]]:
    path.write_bytes(data)
    ledger = extract(read(path))
    return [(one.indicator, one.value, str(one.period)) for one in ledger.statements], ledger.warnings("en")


HEAD = ["指标", "2020年", "2021年"]
TITLE = (60, 50, "表1 2021年主要指标")


def test_a_label_on_two_lines_heads_no_other_rows(tmp_path):
    rows = [TITLE, *table([HEAD])]
    for y, one, other, before, now in ((98, "批准逮捕犯罪嫌疑", "人数（人）", "1234", "1300"), (130, "提起公诉", "（人）", "3144", "3200")):
        rows += [(60, y, one), (60, y + 16, other), (190, y + 8, before), (250, y + 8, now)]
    told, warnings = said(tmp_path / "a.pdf", page([*rows, *table([["提出抗诉（件）", "14", "15"]], y=162)]))
    assert told == [
        ("批准逮捕犯罪嫌疑人数", 1234, "2020"), ("批准逮捕犯罪嫌疑人数", 1300, "2021"),
        ("提起公诉人数", 3144, "2020"), ("提起公诉人数", 3200, "2021"), ("提出抗诉数", 14, "2020"), ("提出抗诉数", 15, "2021"),
    ] and not warnings  # fmt: skip


def test_a_line_that_groups_rows_still_does(tmp_path):
    rows = [HEAD, ["刑事案件（件）"], ["盗窃", "1200", "1100"], ["诈骗", "900", "1010"], ["民事案件（件）"], ["离婚", "88", "91"]]
    told, _ = said(tmp_path / "a.pdf", page([TITLE, *table(rows)]))
    assert [value for _, value, _ in told] == [1200, 1100, 900, 1010, 88, 91]
    assert "盗窃" in told[0][0] and "刑事" in told[0][0] and "刑事" not in told[-1][0]


def test_two_tables_side_by_side_are_two(tmp_path):
    left = [["指标", "2021年"], ["受理案件（件）", "12364"], ["审结案件（件）", "11208"], ["抗诉（件）", "14"]]
    right = [["指标", "2021年"], ["批捕（人）", "1234"], ["起诉（人）", "3144"], ["不诉（人）", "210"]]
    for x in (230, 320):
        told, warnings = said(tmp_path / "a.pdf", page([TITLE, *table(left), *table(right, x=x)]))
        assert [value for _, value, _ in told] == [12364, 11208, 14, 1234, 3144, 210] and told[-1][0] == "不诉人数" and not warnings


@pytest.mark.parametrize("rows", [
    [["甲类", "420", "410"], ["乙类", "88", "91"]],
    [["甲类", "420", "410"], ["乙类", "88"], ["丙类", "7", "9", "12"], ["丁类", "11"]],
])  # fmt: skip
def test_rows_of_which_no_table_is_made_lose_no_figure_without_a_word(tmp_path, rows):
    data = page([TITLE, *table(rows, columns=(0, 130, 170, 225))])
    (tmp_path / "a.pdf").write_bytes(data)
    document = read(tmp_path / "a.pdf")
    assert document.tables or all("  ".join(row) in document.text for row in rows)
    told, warnings = said(tmp_path / "a.pdf", data)
    left = sum(len(row) - 1 for row in rows) - len(told)
    assert not left or any(f"{left} figures not read" in line for line in warnings), (told, warnings)


def test_figures_of_two_columns_are_never_one(tmp_path):
    rows = [TITLE, *table([HEAD, ["受理案件（件）", "12", "1"]]), (190, 112, "364"), (250, 112, "5")]
    rows += [*table([["抗诉（件）", "14", "16"]], y=130), (190, 144, "15")]
    told, _ = said(tmp_path / "a.pdf", page(rows))
    assert not {value for _, value, _ in told} & {121, 123641, 3645, 141516, 1516, 1416}


def test_words_of_a_column_keep_the_blanks_between_them(tmp_path):
    rows = [["Indicator", "2020", "2021"], ["Cases of theft", "120", "110"], ["Cases of fraud", "90", "101"], ["Deaths in fires", "8", "9"]]
    (tmp_path / "a.pdf").write_bytes(page(table(rows)))
    document = read(tmp_path / "a.pdf")
    assert document.tables and "Deaths in fires" in document.text


@pytest.mark.parametrize("at_the_head", ["", "某市统计局"])
def test_a_table_goes_on_at_the_top_of_the_next_page_without_its_heads(tmp_path, at_the_head):
    first = [HEAD, ["刑事案件（件）"], ["盗窃", "1200", "1100"], ["诈骗", "900", "1010"]]
    second = [["民事案件（件）"], ["离婚", "88", "91"], ["继承", "7", "9"]]
    pages = [TITLE, *table(first)], [*([(60, 30, at_the_head)] if at_the_head else []), *table(second)]
    told, warnings = said(tmp_path / "a.pdf", page(*pages))
    read_of_it = [value for _, value, _ in told]
    if at_the_head:  # it is not told from a line that groups rows: they are named
        assert read_of_it[:4] == [1200, 1100, 900, 1010]
        assert read_of_it[4:] == [88, 91, 7, 9] or any("4 figures not read" in line for line in warnings)
    else:
        assert read_of_it == [1200, 1100, 900, 1010, 88, 91, 7, 9] and "民事" in told[-1][0] and "刑事" not in told[-1][0] and not warnings
        assert [period for _, _, period in told] == ["2020", "2021"] * 4


@pytest.mark.parametrize("turn", [(0, 1, -1, 0, 842, 0), (0, -1, 1, 0, 0, 595)])
def test_a_page_set_sideways_is_read_as_it_is_upright(tmp_path, turn):
    data = page([TITLE, *table([HEAD, ["盗窃案件（件）", "1200", "1100"], ["诈骗案件（件）", "900", "1010"], ["赌博案件（件）", "88", "91"]])])
    upright, out = said(tmp_path / "a.pdf", data), io.BytesIO()
    with pypdfium2.PdfDocument(data) as pdf:
        sideways = pdf[0]
        raw.FPDFPage_TransFormWithClip(sideways, raw.FS_MATRIX(*turn), None)
        sideways.set_mediabox(0, 0, 842, 595)
        sideways.set_cropbox(0, 0, 842, 595)
        pdf.save(out)
    assert len(upright[0]) == 6 and said(tmp_path / "b.pdf", out.getvalue()) == upright
