"""One logical table in many layouts (proving/layouts.py): nearly every figure is read as it is, and none wrong or left out in silence."""

from __future__ import annotations

import pytest

from analysis.documents import read
from analysis.extract import extract
from proving.layouts import FORMS, laid_out
from proving.printing_layouts import as_made, text_of
from proving.printing_tables import FORMATS
from proving.table_scoring import score

SEEDS = range(160)


def _read(seed, folder):
    made = laid_out(seed)
    path = folder / f"{seed}.txt"
    path.write_text(text_of(made), "utf-8")
    ledger = extract(read(path))
    assert ledger.coverage == 1.0
    return made, ledger, score(made.truth, ledger.statements)


@pytest.mark.parametrize("first", SEEDS[::10])
def test_no_figure_of_a_layout_is_read_wrong_or_left_out_in_silence(first, tmp_path):
    for seed in range(first, first + 10):
        _, ledger, scored = _read(seed, tmp_path)
        assert scored.invented == (), seed
        assert scored.right == scored.printed or ledger.unread, (seed, scored.missed[:3])


def test_nearly_every_figure_is_read_in_every_form(tmp_path):
    printed, right = dict.fromkeys(FORMS, 0), dict.fromkeys(FORMS, 0)
    for seed in SEEDS:
        made, _, scored = _read(seed, tmp_path)
        printed[made.chosen["form"]] += scored.printed
        right[made.chosen["form"]] += scored.right
    assert {form: right[form] >= 0.9 * printed[form] for form in FORMS} == dict.fromkeys(FORMS, True)


@pytest.mark.parametrize("first", range(1, 61, 12))
def test_two_tables_of_one_text_are_read_apart(first, tmp_path):
    for seed in range(first, first + 12):
        one, other = laid_out(7 * seed), laid_out(11 * seed)
        if "html" in (one.chosen["form"], other.chosen["form"]):
            continue
        path = tmp_path / f"{seed}.txt"
        path.write_text(text_of(one).rpartition("\n\n")[0] + "\n\n" + text_of(other).partition("\n\n")[2], "utf-8")
        ledger = extract(read(path))
        scored = score(one.truth + other.truth, ledger.statements)
        assert scored.invented == (), seed
        assert scored.right == scored.printed or ledger.unread, (seed, scored.missed[:3])


# Two rows of heads, units in the cells, groups, months, changes.
BULLETINS = (17, 71, 102, 200, 301)


@pytest.mark.parametrize("seed", BULLETINS)
def test_html_pdf_docx_and_workbook_of_one_bulletin_say_the_same(seed, tmp_path):
    made = as_made(laid_out(seed))
    said = {}
    for form in ("html", "pdf", "docx", "xlsx"):
        path = tmp_path / f"bulletin.{form}"
        path.write_bytes(FORMATS[form](made))
        statements = [s for s in extract(read(path)).statements if s.cell is not None]
        said[form] = sorted(str((s.indicator, s.value, s.unit, s.period, s.scope, _told(s.change))) for s in statements)
    assert len(said["html"]) == len(made.truth)
    assert [form for form in said if said[form] != said["html"]] == []


def _told(change):
    return change and (change.direction, change.amount, change.kind, change.basis)
