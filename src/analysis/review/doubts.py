"""What makes a reading doubtful: plain reasons, each a check of one record against the text, the catalogue or the findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..margins import is_doubtful

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
# A name of an indicator is a noun phrase: one character says too little, and a clause is probably two.
SHORTEST_NAME, LONGEST_NAME = 3, 24


def _is_number(row: Row) -> bool:
    return row["entry"] == "observation" and row["value"] is not None


# How much a reason counts when the page puts the doubtful first; one that is not named here counts 1.
WEIGHTS = {"contradiction": 8, "small_margin": 3, "figures_left_over": 3, "unknown_indicator": 2}
# Every reason with its check. Their words are in wording.yml.
REASONS: dict[str, Callable[[Row], bool]] = {
    "small_margin": lambda row: row["entry"] == "observation" and is_doubtful(row["margin"]),
    "no_period": lambda row: row["entry"] == "observation" and not row["period_printed"],
    "no_unit": lambda row: _is_number(row) and not row["unit"],
    "short_name": lambda row: row["entry"] == "observation" and len(row["indicator_name"]) < SHORTEST_NAME,
    "long_name": lambda row: row["entry"] == "observation" and len(row["indicator_name"]) > LONGEST_NAME,
    "no_basis": lambda row: row["change_amount"] is not None and row["change_basis"] == "unstated",
    "no_statistic": lambda row: row["kind"] in ("individual", "count_of_things", "ordinal", "other"),
    "figures_left_over": lambda row: row["entry"] == "other" and row["type"] == "word" and any(c.isdigit() for c in row["as_written"]),
}


def weight(reasons: list[str]) -> int:
    """How doubtful a reading is that has these reasons against it."""
    return sum(WEIGHTS.get(reason, 1) for reason in reasons)


def find_doubts(doc: str, statements: pd.DataFrame, observations: pd.DataFrame, findings: pd.DataFrame) -> dict[str, list[str]]:
    """The reasons to doubt each entry of one document's tables, by its id: keys of REASONS, unknown_indicator and contradiction.

    doc: the document's id; the findings may speak of others too.
    """
    unknown = set(observations.loc[observations["indicator"] == "", "id"])
    accused = {
        subject["start"]
        for finding in findings[findings["verdict"] == "contradiction"].to_dict("records")
        for subject in json.loads(finding["subjects"])
        if subject["doc"] == doc
    }
    found = {}
    for row in statements.to_dict("records"):
        reasons = [reason for reason, holds in REASONS.items() if holds(row)]
        if row["id"] in unknown:
            reasons.append("unknown_indicator")
        if {row["start"], row["change_start"]} & accused:
            reasons.append("contradiction")
        found[row["id"]] = reasons
    return found
