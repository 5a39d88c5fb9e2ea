"""Tables of further layouts (parts, totals, changes told in several ways, scripts) in every format: nothing is wrong, nothing left out in silence."""

from __future__ import annotations

import pytest

from analysis.documents import read
from analysis.extract import extract
from proving.printing_tables import FORMATS
from proving.table_scoring import score
from proving.varied_tables import SHAPES, varied_table

# The printing of PDF is slow, and test_table_formats holds it.
QUICK = [form for form in FORMATS if "pdf" not in form]


@pytest.mark.parametrize("form", QUICK)
@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_every_figure_of_a_varied_table_is_read_as_printed(form, shape, tmp_path):
    path = tmp_path / f"table.{form}"
    for further in (0, 1, 3, 22):
        made = varied_table(shape + further * len(SHAPES))
        path.write_bytes(FORMATS[form](made))
        ledger = extract(read(path))
        scored = score(made.truth, [s for s in ledger.statements if s.cell is not None])
        assert (scored.missed, scored.invented, ledger.unread) == ((), (), ()), made.shape
        assert ledger.coverage == 1.0
