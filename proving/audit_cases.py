"""The case tables of the audit's tests as observations: bulletins of our own words, each with what one check must say of it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import yaml

from analysis import catalogue, tidy
from analysis.documents import Document
from analysis.extract import extract
from analysis.series.breaks import Break

TABLE = Path(__file__).parents[1] / "tests/cases/audit.yml"


@cache
def cases() -> list[dict[str, Any]]:
    """The table, a dictionary a case."""
    return yaml.safe_load(TABLE.read_text("utf-8"))


def observe(texts: list[str], names: dict[str, str] | None = None) -> pd.DataFrame:
    """The observations of some texts, published in this order, with the indicators of a case."""
    metadata = [SimpleNamespace(region="here", organ="all", period="2017", published=date(2019, n, 1), columns={}) for n in range(1, 10)]
    docs = [Document(f"d{n}", text, metadata=metadata[n]) for n, text in enumerate(texts)]
    table = tidy.observations(tidy.statements(extract(document) for document in docs), docs, catalogue.load())
    table["indicator"] = [next((i for word, i in (names or {}).items() if word in name), "") for name in table["name"]]
    return table


def made_catalogue(entries: dict[str, dict[str, str]]) -> Any:
    """A catalogue with just these entries."""
    empty = {"numerator": None, "denominator": None, "whole": None, "parts_exhaustive": False, "cases_of": None}
    by_id = {id_: SimpleNamespace(id=id_, zh=id_, en=id_, parts=(), **(empty | entry)) for id_, entry in entries.items()}
    return SimpleNamespace(by_id=by_id, parts_of=lambda whole: tuple(entry for entry in by_id.values() if entry.whole == whole))


def breaks_of(case: dict[str, Any]) -> list[Break]:
    """The breaks a case declares, of its own region."""
    return [Break("here", each["period"], frozenset(each["indicators"]), "改了口径。", "Counted anew.", "d0") for each in case.get("breaks", ())]
