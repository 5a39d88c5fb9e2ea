"""The tidy tables: every number of every document (statements), and the statistics among them, named and dated (observations)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from . import codebook, corrections
from .documents.inference import Inferred, infer
from .documents.model import COUNTRY
from .extract.context.scopes import organs
from .extract.context.written import in_year
from .extract.numerals import parse_chinese
from .extract.records import STATISTICS, Ledger, Other, Statement
from .lexicon.classes import measures
from .lexicon.parts import identity, parse
from .lexicon.script import fold
from .lexicon.units import is_whole
from .periods import Period, PeriodError

if TYPE_CHECKING:
    from .catalogue import Catalogue
    from .documents import Document, Metadata

# Columns that have another name than the record's field.
RENAMED = {"indicator_name": "indicator", "period_printed": "period", "change_basis": "standing"}

# 两年来, 近5年来: a span that ends with the period its document is about.
YEARS_TO_DATE = re.compile(r"(?<![0-9第])([0-9]{1,2}|[一二两三四五六七八九十]{1,3})年来")


def statements(ledgers: Iterable[Ledger]) -> pd.DataFrame:
    """The ledgers of some documents as one table, a row an entry, sorted by document and place (columns: see the codebook)."""
    return _frame(statement_rows(ledgers), "statements")


def statement_rows(ledgers: Iterable[Ledger]) -> list[dict[str, Any]]:
    """The rows of that table; very many small tables are not worth a data frame each."""
    rows = [_statement_row(ledger.doc, entry) for ledger in ledgers for entry in ledger.entries]
    rows.sort(key=lambda row: (row["doc"], row["start"], row["end"], row["id"]))
    return list(_with_own_ids(rows))


def observations(
    statements: pd.DataFrame,
    documents: Sequence[Document],
    catalogue: Catalogue,
    declared: Sequence[corrections.Correction] = (),
) -> pd.DataFrame:
    """The actual and target values among `statements`, a row each, with the indicator's id where the catalogue knows it.

    Period, region and organ the text does not say come from the document's metadata or, without any, from what the document surely says of
    itself. Declared corrections are applied; raises
    CorrectionError when one no longer fits.
    """
    by_id = {document.id: document for document in documents}
    # The numbers that are no statistic are among the rows too, until the corrections have been applied: one may say that it is one.
    rows = _frame([_observation_row(row, by_id[row["doc"]]) for row in statements.to_dict("records")], "observations")
    described = {one.doc: by_id[one.doc].metadata for one in declared if one.doc in by_id}
    corrections.refuse_far_ahead(declared, {doc: metadata.retrieved for doc, metadata in described.items() if metadata is not None})
    rows = corrections.apply(declared, rows, {document.id: document.text for document in documents})
    rows = rows[rows["kind"].isin(STATISTICS)].copy()
    rows["indicator"] = [_indicator(row, catalogue) for row in rows.to_dict("records")]
    rows["identity"] = [known or identity(name, unit) for known, name, unit in zip(rows["indicator"], rows["name"], rows["unit"], strict=True)]
    return codebook.validate(rows.sort_values(["doc", "start", "end", "id"], kind="stable", ignore_index=True), "observations")


def read_as(statement: Mapping[str, Any], document: Document, catalogue: Catalogue) -> dict[str, Any]:
    """The observation that a statement would be, were nothing declared about it: what a correction takes out has a name and a period too."""
    row = _observation_row(statement, document)
    return row | {"indicator": _indicator(row, catalogue)}


def check_offsets(statements: pd.DataFrame, texts: Mapping[str, str]) -> list[str]:
    """Say where a table's offsets do not give its words back; nothing to say is the only good answer.

    texts: the documents' texts by id.
    """
    faults = []
    for prefix in ("", "change_", "previous_"):
        for row in statements.to_dict("records"):
            start, end, words = row[prefix + "start"], row[prefix + "end"], row[prefix + "as_written"]
            if start is not None and texts[row["doc"]][start:end] != words:
                faults.append(f"{row['id']}: the text at {start}-{end} is not {words!r}")
    return faults


def _frame(rows: list[dict[str, Any]], table: str) -> pd.DataFrame:
    columns = codebook.load().of(table)
    # Built column by column as objects: left alone, pandas would turn offsets with gaps into floats.
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in columns})


def _with_own_ids(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows, each with an id of its own: one number may be said of two indicators (两项均为100%)."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row["id"]] += 1
        yield row if seen[row["id"]] == 1 else row | {"id": f"{row['id']}#{seen[row['id']]}"}


def _statement_row(doc: str, entry: Statement | Other) -> dict[str, Any]:
    """The row of an entry: what it says, over a row in which nothing is said."""
    row = _nothing_said() | {"doc": doc, "entry": "observation" if isinstance(entry, Statement) else "other"}
    for prefix, columns in _origins().items():
        part: Any = getattr(entry, prefix, None) if prefix else entry
        if part is not None:
            row |= {column: _cell(value, field) for column, field in columns if (value := getattr(part, field, None)) is not None}
    row["id"] = row["id"] or f"{doc}:{entry.start}"
    return row


@cache
def _nothing_said() -> dict[str, Any]:
    """A row of the table, all of it missing."""
    return {column: _missing(code.type) for column, code in codebook.load().of("statements").items()}


@cache
def _origins() -> dict[str, list[tuple[str, str]]]:
    """Where the cells come from: by the part of an entry, each column and its field."""
    found: dict[str, list[tuple[str, str]]] = {}
    for column in _nothing_said().keys() - {"doc", "entry"}:
        prefix = next((prefix for prefix in ("change", "previous", "cell") if column.startswith(prefix + "_")), "")
        field = RENAMED.get(column, column.removeprefix(f"{prefix}_") if prefix else column)
        found.setdefault(prefix, []).append((column, field))
    return found


def _cell(value: Any, field: str) -> Any:
    if isinstance(value, tuple):
        return "; ".join(value)
    if field == "unit" and value:
        return fold(value)  # 個 is counted with 个
    return Decimal(str(value)) if isinstance(value, float) else value


def _missing(kind: str) -> Any:
    return {"text": "", "date": "", "flag": False}.get(kind)


def _observation_row(row: Mapping[str, Any], document: Document) -> dict[str, Any]:
    metadata = document.metadata
    said = None if metadata else infer(document)
    fallback = metadata.period if metadata else said.sure("period")
    printed = _proper(row["period_printed"]) or _proper(_part_of_year(row, fallback)) or _years_to_date(row, fallback)
    return {column: row.get(column, _missing(code.type)) for column, code in codebook.load().of("observations").items()} | {
        "name": row["indicator_name"],
        "kind": row["kind"] or "other",
        "unit": row["unit"] or _unit_named(row),
        **_whose(row, metadata, said),
        "period": printed or fallback,
        "period_source": (row["period_source"] or "printed") if printed else "document" if fallback else "",
        "published": metadata.published.isoformat() if metadata and metadata.published else "",
    }


def _unit_named(row: Mapping[str, Any]) -> str:
    """What the measure of a name counts in (事故起数, 死亡人数), where a count prints no classifier: one that does is of the same series."""
    if row["value"] is None:
        return ""
    measure = measures().get(parse(row["indicator_name"]).measure or "")
    unit = measure.units[0] if measure is not None and measure.units else ""
    return unit if unit and is_whole(unit) else ""


def _proper(period: str) -> str:
    """The period as it was read, under its one name (2017年1-12月 is 2017); "" where a text prints what is none (99月): such a one is nobody's."""
    try:
        return str(Period.parse(period))
    except PeriodError:
        return ""


def _whose(row: Mapping[str, Any], metadata: Metadata | None, said: Inferred | None) -> dict[str, str]:
    """Region and organ of a row with their sources: the metadata, else what the document surely says of itself, else what the sentence says."""
    if metadata is not None:
        return {"region": metadata.region, "region_source": "metadata", "organ": metadata.organ, "organ_source": "metadata"}
    # What a document that names no place says of 全国 can only be of one place.
    region = said.sure("place") or (COUNTRY if _said_of(row).startswith("全国") else "")
    organ = said.sure("organ")
    return {"region": region, "region_source": "inferred" if region else "", "organ": organ or "all", "organ_source": "inferred" if organ else ""}


def _part_of_year(row: Mapping[str, Any], period: str) -> str:
    """The part of the document's year that a sentence names without the year: 1至6月 in a document on 2017 is no figure of all 2017."""
    return in_year(row["period_as_written"], int(period)) or "" if re.fullmatch(r"[0-9]{4}", period) else ""


def _said_of(row: Mapping[str, Any]) -> str:
    """The scope, where it stands in the very sentence: one carried from a sentence before is too weak a sign."""
    return row["scope"] if row["scope"] in row["quote"] else ""


def _years_to_date(row: Mapping[str, Any], period: str) -> str:
    """The years a sentence counts over when it says so before the number: 两年来 in a document on 2017 is 2016..2017."""
    found = YEARS_TO_DATE.search(row["quote"].partition(row["as_written"])[0])
    if not found or not re.fullmatch(r"[0-9]{4}", period):
        return ""
    years = int(found[1]) if found[1].isdigit() else int(parse_chinese(found[1]) or 0)
    return f"{int(period) - years + 1}..{period}" if years > 1 else ""


def _indicator(row: Mapping[str, Any], catalogue: Catalogue) -> str:
    declared = row["indicator"]
    if not declared:
        named = organs(_said_of(row)) if row["organ"] == "all" else ()
        # 全市法院审结刑事案件: of a document on all organs, and yet no figure of the police.
        organ = next(iter(named)) if len(named) == 1 else row["organ"]
        return catalogue.match(row["name"], row["indicator_as_written"], row["unit"], organ, row["scope"]) or ""
    if declared not in catalogue.by_id:
        near = ", ".join(catalogue.nearest(row["name"])) or "none"
        raise corrections.CorrectionError(
            f"correction {row['correction']!r}: the catalogue has no indicator {declared!r} (names like {row['name']}: {near})"
        )
    return declared
