"""Tables: every cell with a number is a statement, in its place, with its column's name and unit and its row's period."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import reading

from analysis.documents import Column, Document, read
from analysis.documents.tables import delimited
from analysis.documents.tables.cells import width_of
from analysis.extract import extract
from analysis.extract.accounting import NUMERAL
from analysis.extract.records import Ledger
from analysis.extract.tables import cut, read_tables
from proving import soundness

HEADER = "年份,受案(人),立案数（起）\n"


def read_table(text: str, columns=None) -> Ledger:
    """The ledger of a text that is a CSV, whatever it looks like."""
    reading = read_tables(text, cut([delimited.read(text, ",", "table")], text), "table", columns)
    return Ledger("table", tuple(sorted(reading.entries, key=lambda e: e.start)), unread=tuple(reading.unread))


def read_whole(text: str) -> Ledger:
    """The ledger of a document that is such a CSV: what stands in no block of figures is prose."""
    return extract(Document("table", text, tables=(delimited.read(text, ",", "table"),)))


@pytest.mark.parametrize("columns", [2, 39, 41, 60, 400])
def test_a_table_however_wide_is_accounted_for_once(columns):
    """A line of figures with commas between them is one run of digits, which its cells hold together."""
    text = "年份," + ",".join(f"立{n}类案件数（件）" for n in range(columns)) + "\n"
    text += "".join(f"{year}," + ",".join(str(n + 3) for n in range(columns)) + "\n" for year in (2015, 2016, 2017))
    ledger = extract(text)
    assert soundness.faults(text, ledger) == [] and len(ledger.statements) == 3 * columns and ledger.coverage == 1


def told(text: str, **more) -> list[tuple]:
    return [(s.indicator, s.period, s.value, s.unit, s.as_written) for s in read_table(text, **more).statements]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_cell_is_named_by_its_column_and_dated_by_its_row(line_end):
    text = (HEADER + "1960,548,12\n1961,,13\n").replace("\n", line_end)
    assert told(text) == [
        ("受案人数", "1960", Decimal(548), "人", "548"),
        ("立案数", "1960", Decimal(12), "起", "12"),
        ("立案数", "1961", Decimal(13), "起", "13"),
    ]
    assert all(text[e.start : e.end] == e.as_written for e in read_table(text).entries)


@pytest.mark.parametrize(
    ("cell", "value", "resolution"),
    [
        ("548", "548", "1"),
        ("93.0", "93.0", "0.1"),
        ('"1,234"', "1234", "1"),
        (" 548 ", "548", "1"),
        ("５４８", "548", "1"),
        ("-3", "-3", "1"),
        ("0", "0", "1"),
    ],
)
def test_a_number_is_read_as_printed(cell, value, resolution):
    statement = read_table(HEADER + f"1960,{cell},\n").statements[0]
    assert (str(statement.value), str(statement.resolution)) == (value, resolution)
    assert statement.as_written == cell.strip('" ')


@pytest.mark.parametrize("cell", ["…", "无", "不详3", "1950/1952件", "12a"])
def test_what_is_no_number_is_no_statement_and_its_figures_are_kept(cell):
    ledger = read_table(HEADER + f"1960,{cell},\n")
    assert not ledger.statements
    assert [other.as_written for other in ledger.others][1:] == NUMERAL.findall(cell)


def test_ten_thousands_in_a_heading_are_multiplied_out():
    statement = read_table("年份,损失(万元)\n1960,48.6\n").statements[0]
    assert (str(statement.value), statement.unit, str(statement.resolution)) == ("486000", "元", "1000")


@pytest.mark.parametrize(
    ("first", "period"), [("1960", "1960"), ("1960年", "1960"), ("1967~1970", "1967..1970"), ("1967-1970年", "1967..1970"), ("合计", None)]
)
def test_the_first_column_dates_the_row(first, period):
    assert told(HEADER + f"{first},548,\n")[0][1] == period


def test_what_the_metadata_say_of_a_column_goes_before_its_heading():
    columns = {"受案(人)": Column(unit="名", indicator="批捕案受理人数")}
    assert told(HEADER + "1960,548,\n", columns=columns)[0][:4] == ("批捕案受理人数", "1960", Decimal(548), "名")


@settings(deadline=None)
@given(
    st.lists(st.lists(st.text("年份受案(人)0123456789.,，\"' \n-~合计", max_size=8), min_size=2, max_size=4), min_size=1, max_size=5), st.booleans()
)
def test_any_table_is_read_with_every_numeral_in_place(rows, well_formed):
    out = io.StringIO(newline="")
    if well_formed:
        csv.writer(out).writerows(rows)
    else:
        out.write("\n".join(",".join(row) for row in rows) + "x")
    text = "年份," + out.getvalue()
    ledger = read_whole(text)
    assert all(text[e.start : e.end] == e.as_written for e in ledger.entries)
    assert ledger.coverage == 1.0


@pytest.mark.parametrize("text", ["", "\n", "a", "年份\n", '"', '"a'])
def test_scraps_are_read_without_harm(text):
    assert read_whole(text).coverage == 1.0


CASES = [
    case
    for name in ("tables", "tables_blind_kinds", "tables_of_strangers", "tables_elsewhere", "tables_of_plain_text", "tables_pasted")
    for case in yaml.safe_load((Path(__file__).parent / f"cases/{name}.yml").read_text("utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_table_is_read_as_its_case_says(case, tmp_path):
    path = tmp_path / "table.txt"
    path.write_text(case["text"], "utf-8")
    ledger = extract(read(path))
    assert [line for line in reading(ledger) if not line.startswith("(")] == case["expect"]
    unread = [*ledger.unread, *(one for one in ledger.left_out if one.what == "rows")]
    assert case.get("warns", "") in " ".join(ledger.warnings()) and bool(unread) == ("warns" in case)
    assert ledger.coverage == 1.0


def test_a_number_in_a_line_of_a_table_and_in_none_of_its_cells_is_accounted_for():
    text = (
        "河口区历年案件统计表\n年份   治安案件            交通事故\n       收案       审结     收案       审结\n"
        "       （件）     （件）   （件）     （件）\n1       （件）     （件）   （件）     （件）\n"
        "1999   3          9,947    1,222      8\n2000   78431      10,012   994        208\n2001   18         7,338    737        64341\n"
    )
    assert not soundness.faults(text, extract(text))


def test_a_year_with_a_sign_of_control_behind_it_heads_its_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("河口县主要指标\r\n项目,计量单位,1998,1999\x1d\n接待来访,人次,310,290\r\n结案率,%,93.2,88.7\r\n".encode())
    read_so = [line for line in reading(extract(read(path))) if "接待来访" in line]
    assert read_so == ["接待来访人次 | 310 人次 | - | 1998", "接待来访人次 | 290 人次 | - | 1999"]


def _parted(rows: list[list[int]]) -> bool:
    """Whether some row of a table of these figures, one of an unknown name each, is read as part of another."""
    names = [f"{sign}片" for sign in "东西南北中上下里外前后左右内"]
    lines = ["2021年各片情况,立案（起）,破案（起）,抓获（人）"[: 19 if len(rows[0]) < 3 else None].rstrip(",")]
    lines += [",".join((name, *map(str, row))) for name, row in zip(names, rows, strict=False)]
    return any("片" in s.indicator[2:] for s in read_table("\n".join(lines) + "\n").statements)


def test_siblings_whose_figures_add_up_by_chance_are_hardly_ever_parts_and_true_parts_are_found():
    draw = Random(1)
    siblings = [[[one := int(16 ** draw.random()), draw.randint(one // 2, one)] for _ in range(draw.randint(5, 12))] for _ in range(500)]
    parts = [[[draw.randint(0, 400) for _ in range(3)] for _ in range(draw.randint(3, 5))] for _ in range(50)]
    assert sum(map(_parted, siblings)) < 2  # 12 of these tables were misread when any sum was taken for one
    assert all(_parted([[sum(column) for column in zip(*rows, strict=True)], *rows]) for rows in parts)


@pytest.mark.parametrize(("labels", "head"), [(("109年春季", "109年秋季"), "發生"), (("竊盜", "詐欺"), "本期發生")])
def test_a_time_that_nothing_fixes_makes_figures_more_doubtful_than_one_that_is_read(tmp_path, labels, head):
    rows = {"left": (head, *labels), "read": ("發生", "109年", "110年")}
    margins = {}
    for name, (over, one, other) in rows.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(f"刑案概況（單位：件）\n類別\t{over}\t破獲\n{one}\t8,120\t7,905\n{other}\t655\t640\n", "utf-8")
        margins[name] = min(statement.margin for statement in extract(read(path)).statements)
    assert margins["left"] < margins["read"] / 2


@pytest.mark.parametrize("span, told", [("colspan=2", ["破案数 5", "破案数 6"]), ("colspan=1", ["立案数 12", "破案数 5", "破案数 6"])])
def test_a_figure_whose_cell_covers_columns_that_say_different_things_is_named_and_not_read(tmp_path, span, told):
    path = tmp_path / "page.html"
    rows = f"<tr><td>立案（起）</td><td {span}>12</td></tr><tr><td>破案（起）</td><td>5</td><td>6</td></tr>"
    head = "<tr><th>项目</th><th>2018年</th><th>2019年</th></tr>"
    path.write_text(f"<meta charset=utf-8><p>全市工作情况通报如下，各项工作取得进展。</p><table>{head}{rows}</table>", "utf-8")
    ledger = extract(read(path))
    assert [f"{one.indicator} {one.value}" for one in ledger.statements] == told
    assert [one.reason for one in ledger.unread] == (["spans"] if len(told) < 3 else [])


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(width_of(row[column]) for row in rows) + 3 for column in range(len(rows[0]))]
    return "\n".join("".join(cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows) + "\n"


FORMS = {
    "csv": lambda rows: "\n".join(",".join(row) for row in rows) + "\n",
    "tsv": lambda rows: "\n".join("\t".join(row) for row in rows) + "\n",
    "md": lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]]) + "\n",
    "aligned": _aligned,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(12))
def test_figures_stay_in_their_columns_where_others_are_missing(tmp_path, seed, form):
    chance = Random(seed)
    names, years = ["调解", "判决", "批捕", "起诉", "执行"], [f"{year}" for year in range(2011, 2011 + chance.randint(2, 5))]
    gaps = [[chance.choice(("", f"{chance.randint(11, 99999)}")) for _ in years] for _ in names]
    path = tmp_path / ("a.csv" if form == "csv" else "a.txt")
    body = [[f"{name}（件）", *row] for name, row in zip(names, gaps, strict=True)]
    path.write_text(FORMS[form]([["项目", *(f"{year}年" for year in years)], *body]), "utf-8")
    printed = {(name, year, cell) for name, row in zip(names, gaps, strict=True) for year, cell in zip(years, row, strict=True) if cell}
    ledger = extract(read(path))
    said = {(one.indicator[:2], one.period, str(one.value)) for one in ledger.statements}
    assert said <= printed and (said == printed or ledger.unread)
