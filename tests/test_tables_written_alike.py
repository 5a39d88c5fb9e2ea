"""Tables of the kinds that unread bulletins print, each written in every format: the statements are the same, and those its case says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml
from readings import reading

from analysis.documents import read
from analysis.extract import extract
from proving.printing_tables import FORMATS
from proving.tables import Made

CASES = yaml.safe_load((Path(__file__).parent / "cases/tables_written_alike.yml").read_text("utf-8"))
FORMS = ("html", "docx", "xlsx", "pdf", "csv")


def made_of(title: str, rows: list[list[str]]) -> Made:
    made = Made("case", title)
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            made.put(r, c, words)
    return made


def ledger_of(path: Path, content: bytes):
    path.write_bytes(content)
    return extract(read(path))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_format_says_what_the_case_says(case, form, tmp_path):
    ledger = ledger_of(tmp_path / f"table.{form}", FORMATS[form](made_of(case["title"], case["rows"])))
    assert [line for line in reading(ledger) if not line.startswith("(")] == case["expect"], ledger.warnings()
    assert ledger.coverage == 1.0


@pytest.mark.parametrize("case", [case for case in CASES if "text" in case], ids=lambda case: case["id"])
def test_another_way_to_print_it_says_the_same(case, tmp_path):
    ledger = ledger_of(tmp_path / "table.txt", case["text"].encode())
    assert [line for line in reading(ledger) if not line.startswith("(")] == case["expect"], ledger.warnings()
    assert ledger.coverage == 1.0


CELLS = [
    *("", "", "-", "…", "12", "3 412", "1,204", "５", "-7.1%", "↓3.2%", "12(↑3%)"),
    *("2019", "2020年", "第2周", "2015-16", "其中：", "合计", "收案（件）", "同比±%", "盗窃", "青溪县"),
]
SEPARATORS = ["\t", " | ", "  ", " ", ",", "\n", "　", " |\n", "│"]


@pytest.mark.parametrize("seed", range(120))
def test_any_shape_of_table_is_read_without_harm(seed, tmp_path):
    """Ragged, empty, very wide, of cells in any order: no exception, and every numeral is accounted for in its place."""
    rng = random.Random(seed)
    width = rng.choice((1, 2, 3, 5, 8, 300))
    height = rng.randint(1, 9 if width < 300 else 3)
    rows = [[rng.choice(CELLS) for _ in range(rng.choice((width, width, rng.randint(0, width))))] for _ in range(height)]
    separator, ends = rng.choice(SEPARATORS), rng.choice(("\n", "\r\n", "\n\n"))
    text = rng.choice(("", "2021年统计表\n", "2020年，全县收案312件。\n")) + ends.join(separator.join(row) for row in rows) + rng.choice(("", "\n"))
    ledger = ledger_of(tmp_path / "table.txt", text.encode())
    printed = read(tmp_path / "table.txt").text
    assert ledger.coverage == 1.0
    assert all(printed[entry.start : entry.end] == entry.as_written for entry in ledger.entries)
    if width < 300 and any(cell for row in rows for cell in row) and seed % 6 == 0:
        for form in ("html", "xlsx", "docx"):
            assert ledger_of(tmp_path / f"table.{form}", FORMATS[form](made_of("2021年统计表", rows))).coverage == 1.0
