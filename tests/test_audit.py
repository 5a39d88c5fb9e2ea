"""The audit's checks, each on bulletins of its own that pass and that do not; the whole Bijie article; the findings table."""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import yaml

from analysis import audit as room
from analysis import catalogue, documents, tidy
from analysis.audit.lexicon import words
from analysis.documents import Document
from analysis.extract import extract

ROOT = Path(__file__).parents[1]
CORPUS = Path(os.environ.get("TONGBI_CORPUS", ROOT / "../shared/corpus"))
ARTICLE = CORPUS / "labelled/000-bijie-2017.txt"
CASES = yaml.safe_load((ROOT / "tests/cases/audit.yml").read_text("utf-8"))
WORDING = {lang: yaml.safe_load((ROOT / f"src/analysis/audit/wording.{lang}.yml").read_text("utf-8")) for lang in ("zh", "en")}
# A check that only tells something has no failing case, one that only looks for faults no passing one.
ONLY_TELLS, ONLY_FAILS = {"target"}, {"unit-slip"}


def observe(texts: list[str], names: dict[str, str] | None = None) -> pd.DataFrame:
    """The observations of some texts, published in this order, with the indicators of a case."""
    metadata = [SimpleNamespace(region="here", organ="all", period="2017", published=date(2019, n, 1), columns={}) for n in range(1, 10)]
    docs = [Document(f"d{n}", text, metadata=metadata[n]) for n, text in enumerate(texts)]
    table = tidy.observations(tidy.statements(extract(document) for document in docs), docs, catalogue.load())
    table["indicator"] = [next((i for word, i in (names or {}).items() if word in name), "") for name in table["name"]]
    return table


def made_catalogue(entries: dict[str, dict[str, str]]) -> Any:
    """A catalogue with just these entries."""
    empty = {"numerator": None, "denominator": None, "whole": None, "parts_exhaustive": False}
    by_id = {id_: SimpleNamespace(id=id_, zh=id_, en=id_, **(empty | entry)) for id_, entry in entries.items()}
    return SimpleNamespace(by_id=by_id, parts_of=lambda whole: tuple(entry for entry in by_id.values() if entry.whole == whole))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['check']}: {case['id']}")
def test_a_check_says_what_its_case_asks(case: dict[str, Any]) -> None:
    table = observe(case["texts"], case.get("names"))
    found = room.audit(table, made_catalogue(case.get("catalogue", {})))
    own = found[found["check"] == case["check"]]
    told = "\n".join(map(str, table[["name", "unit", "period", "as_written", "change_as_written", "indicator"]].values.tolist()))
    assert case["verdict"] in set(own["verdict"]), f"{own['verdict'].tolist()}, of {found['check'].tolist()}\n{told}"
    if "cause" in case:
        assert case["cause"] in set(own["cause"]), own["cause"].tolist()
    if case["verdict"] == "consistent":
        assert "contradiction" not in set(found["verdict"]), found[found["verdict"] == "contradiction"]["message_en"].tolist()


def test_every_check_has_a_case_that_passes_and_one_that_does_not() -> None:
    named = set(WORDING["en"]["checks"])
    passing = {case["check"] for case in CASES if case["verdict"] == "consistent"}
    failing = {case["check"] for case in CASES if case["verdict"] in ("contradiction", "borderline")}
    assert passing == named - ONLY_FAILS
    assert failing == named - ONLY_TELLS


def test_both_languages_word_the_same_things() -> None:
    for part in WORDING["en"]:
        assert list(WORDING["zh"][part]) == list(WORDING["en"][part]), part
