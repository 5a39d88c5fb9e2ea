"""The tables of a report: every figure of the edition in its table, each row bound to the row of the data it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..selection import Choice
from .seen import Report, Table, figures_in, plain, significant

if TYPE_CHECKING:
    from ...dataset import Dataset

SOURCES, HEADLINE, TARGETS = "sources", "headline", "targets"


def faults(report: Report, choice: Choice, known: Dataset) -> Iterator[str]:
    """What is wrong with the tables of a report."""
    by_id = {row["id"]: row for row in known.observations.to_dict("records")}
    for table in report.tables:
        yield from _shape_faults(table)
        if table.of_figures:
            for row, printed in zip(table.rows, table.printed, strict=False):
                yield from _row_faults(table, row, printed, by_id, choice, known)
    yield from _missing_figures(report, choice, known, by_id)


def _shape_faults(table: Table) -> Iterator[str]:
    where = f"{table.cell}: the table {table.name!r}"
    if not table.printed:
        yield f"{where} is empty"
    if len(table.printed) != len(table.rows):
        yield f"{where} prints {len(table.printed)} of its {len(table.rows)} rows"
    if any(len(row) != len(table.heads) for row in table.printed):
        yield f"{where} has rows that are cut short"


def _row_faults(table: Table, row: Mapping[str, str], printed: list[str], by_id: Mapping[str, Any], choice: Choice, known: Dataset) -> Iterator[str]:
    where = f"{table.cell}: the table {table.name!r}, {row['id']}"
    actual = by_id.get(row["id"])
    if actual is None:
        yield f"{where} is no figure of this edition"
        return
    for name in ("value", "period", "kind", "start", "end", "doc"):
        if not _same(row.get(name, ""), actual[name]):
            yield f"{where} has the {name} {row.get(name)!r}, the data have {actual[name]}"
    if row.get("change_computed") == "False" and not _same(row.get("change_amount", ""), actual["change_amount"]):
        yield f"{where} has the change {row.get('change_amount')!r}, the data have {actual['change_amount']}"
    entry = known.catalogue.by_id.get(actual["indicator"])
    for lang in ("zh", "en") if entry else ():
        if row.get(lang) != getattr(entry, lang):
            yield f"{where} is called {row.get(lang)!r}, not {getattr(entry, lang)!r}"
    whole = " ".join(printed)
    if table.name == SOURCES:
        if actual["as_written"] and plain(actual["as_written"]) not in plain(whole):
            yield f"{where} does not print {actual['as_written']!r}"
        return
    name = row.get(choice.lang) or row["zh"]
    if plain(name) not in plain(whole):
        yield f"{where} does not print its name {name!r}"
    if row["value"] and significant(row["value"]) not in figures_in(whole):
        yield f"{where} does not print its value {row['value']}"


def _same(written: str, value: Any) -> bool:
    if value is None or value == "":
        return written == ""
    if isinstance(value, Decimal):
        return written != "" and Decimal(written) == value
    return written == str(value)


def _missing_figures(report: Report, choice: Choice, known: Dataset, by_id: Mapping[str, Any]) -> Iterator[str]:
    """What the data have for this edition and no table shows."""
    own = {doc.id for doc in known.documents if doc.metadata and doc.metadata.period == choice.period and not doc.is_table}
    expected = {id for id, row in by_id.items() if row["period"] == choice.period or row["doc"] in own}
    named = {table.name: table for table in report.tables}
    shown = {row["id"] for row in named[SOURCES].rows} if SOURCES in named else set()
    if missing := sorted(expected - shown):
        yield f"the list of sources leaves out {len(missing)} of {len(expected)} figures ({missing[0]} ...)"
    if strange := sorted(shown - expected):
        yield f"the list of sources has {len(strange)} figures of other editions ({strange[0]} ...)"
    told = {_identity(row) for table in report.tables if table.of_figures and table.name != SOURCES for row in table.rows}
    untold = [
        row["id"]
        for row in (named[SOURCES].rows if SOURCES in named else [])
        if _identity(row) not in told and (row["kind"] == "actual" or row["value"])
    ]
    if untold:
        yield f"no table tells of {len(untold)} figures ({untold[0]} ...)"
    current = [row for row in by_id.values() if row["kind"] == "actual" and row["period"] == choice.period]
    if current and HEADLINE not in named:
        yield "there is no table of headline figures"
    elif any(row["period"] != choice.period for row in (named[HEADLINE].rows if HEADLINE in named else [])):
        yield "the headline figures are those of another period"


def _identity(row: Mapping[str, str]) -> tuple[str, ...]:
    """What makes two prints of a figure one."""
    return row["zh"], row["period"], row["kind"], row["unit"], row["value"], "" if row["value"] else row.get("change_amount", "")
