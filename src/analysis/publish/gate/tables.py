"""The tables of a report: every figure of the edition in its table, each row bound to the row of the data it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ...catalogue import names
from ..selection import Choice
from .seen import Report, Table, figures_in, plain, significant

if TYPE_CHECKING:
    from ...dataset import Dataset

DIGIT = re.compile("[0-9０-９]")
SOURCES, HEADLINE = "sources", "headline"  # what the name of a list of sources begins with; the table of headline figures


def faults(report: Report, choice: Choice, known: Dataset) -> Iterator[str]:
    """What is wrong with the tables of a report."""
    by_id = {row["id"]: row for row in known.observations.to_dict("records")}
    for table in report.tables:
        yield from _shape_faults(table)
        if is_sources(table):
            yield from _sources_faults(table, by_id)
        elif table.of_figures:
            for row, printed in zip(table.rows, table.printed, strict=False):
                yield from _print_faults(table, row, printed, choice)
        for row in table.rows if table.of_figures else []:
            yield from _row_faults(table, row, by_id, known)
    yield from _missing_figures(report, choice, known, by_id)


def is_sources(table: Table) -> bool:
    """Whether a table is a list of sources: several figures of one sentence share a printed row there."""
    return table.name.startswith(SOURCES)


def _sources_faults(table: Table, by_id: Mapping[str, Any]) -> Iterator[str]:
    printed = plain(" ".join(" ".join(row) for row in table.printed))
    for row in table.rows:
        if row["id"] in by_id and plain(by_id[row["id"]]["as_written"] or "") not in printed:
            yield f"{table.cell}: the table {table.name!r} does not print {by_id[row['id']]['as_written']!r}"
        if row.get("ref") and not re.search(rf"(?<!\d){row['ref']}(?!\d)", " ".join(cells[0] for cells in table.printed)):
            yield f"{table.cell}: the table {table.name!r} leaves out number {row['ref']}"


def _shape_faults(table: Table) -> Iterator[str]:
    where = f"{table.cell}: the table {table.name!r}"
    if not table.printed:
        yield f"{where} is empty"
    # A table with data of another make (terms printed, indicators attached) has no number of rows in common with them.
    whole = len(table.printed) == len(table.rows) if table.of_figures or table.columns == table.heads else True
    if len(table.printed) > len(table.rows) if is_sources(table) else not whole:
        yield f"{where} prints {len(table.printed)} of its {len(table.rows)} rows"
    if any(len(row) != len(table.heads) for row in table.printed):
        yield f"{where} has rows that are cut short"


def _row_faults(table: Table, row: Mapping[str, str], by_id: Mapping[str, Any], known: Dataset) -> Iterator[str]:
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
    for lang, name in names(entry, actual["name"] or "", actual["unit"]).items() if entry else ():
        if row.get(lang) != name:
            yield f"{where} is called {row.get(lang)!r}, not {name!r}"


def _print_faults(table: Table, row: Mapping[str, str], printed: list[str], choice: Choice) -> Iterator[str]:
    where, whole = f"{table.cell}: the table {table.name!r}, {row['id']}", " ".join(printed)
    name = row.get(choice.lang) or row["zh"]
    if plain(name) not in plain(whole):
        yield f"{where} does not print its name {name!r}"
    in_words = row.get("as_written", "") if not DIGIT.search(row.get("as_written", "")) else ""  # 二十多万元 stands so in a Chinese report
    if row["value"] and significant(row["value"]) not in figures_in(whole) and not (in_words and plain(in_words) in plain(whole)):
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
    headline = next((table for table in report.tables if table.name == HEADLINE), None)
    listed = [row for table in report.tables if is_sources(table) for row in table.rows]
    shown = {row["id"] for row in listed}
    if missing := sorted(expected - shown):
        yield f"the list of sources leaves out {len(missing)} of {len(expected)} figures ({missing[0]} ...)"
    if strange := sorted(shown - expected):
        yield f"the list of sources has {len(strange)} figures of other editions ({strange[0]} ...)"
    chapters = [table for table in report.tables if table.of_figures and not is_sources(table) and table is not headline]
    told = {_identity(row) for table in chapters for row in table.rows}
    # What is printed of a figure without its level may stand in the row that has the level, which names its number too.
    cited = {ref for table in chapters for row in table.printed for ref in re.findall(r"\d+", row[-1])}
    untold = [
        row["id"] for row in listed
        if _identity(row) not in told and (row["kind"] == "actual" or row["value"]) and (row["value"] or row["ref"] not in cited)
    ]  # fmt: skip
    if untold:
        yield f"no table tells of {len(untold)} figures ({untold[0]} ...)"
    current = [row for row in by_id.values() if row["kind"] == "actual" and row["period"] == choice.period]
    if current and headline is None:
        yield "there is no table of headline figures"
    elif any(row["period"] != choice.period for row in (headline.rows if headline else [])):
        yield "the headline figures are those of another period"


def _identity(row: Mapping[str, str]) -> tuple[str, ...]:
    """What makes two prints of a figure one."""
    return row["zh"], row["period"], row["kind"], row["unit"], row["value"], "" if row["value"] else row.get("change_amount", "")
