"""Made tables in every format: each figure is read as it is printed, and the format makes no difference."""

from __future__ import annotations

import pytest

from analysis.documents import read
from analysis.extract import extract
from proving.printing_tables import FORMATS
from proving.table_scoring import score
from proving.tables import SHAPES, random_table

SLOW = ("pdf", "unruled.pdf")


def ledger_of(made, form, folder):
    path = folder / f"table.{form}"
    path.write_bytes(FORMATS[form](made))
    return extract(read(path))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", range(len(SHAPES)))
def test_every_figure_of_a_made_table_is_read_as_printed(form, seed, tmp_path):
    for further in (0,) if form in SLOW else (0, 1, 2):
        made = random_table(seed + further * len(SHAPES))
        ledger = ledger_of(made, form, tmp_path)
        scored = score(made.truth, [s for s in ledger.statements if s.cell is not None])
        assert not scored.missed and not scored.invented and not ledger.unread, (
            made.shape,
            scored.missed[:2],
            scored.invented[:2],
            ledger.warnings(),
        )
        assert ledger.coverage == 1.0


def test_one_bulletin_in_four_formats_gives_the_same_statements(tmp_path):
    for seed in (1, 3, 6, 8):
        made = random_table(seed)
        said = {}
        for form in ("html", "docx", "xlsx", "pdf"):
            ledger = ledger_of(made, form, tmp_path)
            said[form] = [
                (s.indicator, s.value, s.unit, s.period, s.scope, s.resolution, s.change and s.change[:6], s.previous) for s in ledger.statements
            ]
        assert said["html"] and all(statements == said["html"] for statements in said.values())


def test_the_places_of_cells_are_kept(tmp_path):
    made = random_table(0)
    ledger = ledger_of(made, "csv", tmp_path)
    first = next(s for s in ledger.statements)
    # a title's line, then the head's
    assert (first.cell.sheet, first.cell.row) == ("1", 3) and first.cell.column > 1


def test_the_scorer_sees_what_is_wrong():
    made = random_table(0)
    assert score(made.truth, []).right == 0 and len(score(made.truth, []).missed) == len(made.truth)
