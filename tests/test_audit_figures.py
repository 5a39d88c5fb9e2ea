"""Every figure of every case: what is stated and implied, the gap, the smallest visible error, the cause and the numbers named.

`python tests/test_audit_figures.py` writes the table anew; read what changed before it is kept.
"""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path

import pytest

from analysis import audit as room
from proving.audit_cases import breaks_of, cases, made_catalogue, observe

TABLE = Path(__file__).parent / "cases/audit_figures.csv"
FIGURES = ["verdict", "stated_low", "stated_high", "implied_low", "implied_high", "implied_unit", "gap", "smallest_visible_error", "cause"]


def figures(case: dict) -> list[list[str]]:
    """A row for each finding of a case's check: its figures, and the numbers it names as written."""
    found = room.audit(observe(case["texts"], case.get("names")), made_catalogue(case.get("catalogue", {})), breaks_of(case))
    rows = []
    for row in found[found["check"] == case["check"]].to_dict("records"):
        named = [subject["as_written"] for subject in json.loads(row["subjects"])]
        rows.append([case["check"], case["id"], *("" if row[name] is None else str(row[name]) for name in FIGURES), "; ".join(named)])
    return rows


@cache
def table() -> dict[str, list[list[str]]]:
    """The kept rows of each case."""
    kept: dict[str, list[list[str]]] = {case["id"]: [] for case in cases()}
    for row in list(csv.reader(io.StringIO(TABLE.read_text("utf-8"))))[1:]:
        kept[row[1]].append(row)
    return kept


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['check']}: {case['id']}")
def test_a_case_has_the_figures_of_the_table(case: dict) -> None:
    assert figures(case) == table()[case["id"]]


if __name__ == "__main__":
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["check", "case", *FIGURES, "named"])
        writer.writerows(row for case in cases() for row in figures(case))
