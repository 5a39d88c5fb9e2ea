"""`find`: one indicator across documents: place, period, value, change, verdict and the sentence, a row a statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from .catalogue import normalise
from .periods import Period, PeriodError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from .catalogue import Catalogue

COLUMNS = ("region", "period", "name", "value", "unit", "change", "verdict", "doc", "start", "sentence")
# The worst verdict of a number is the one to be told.
WORST = ("contradiction", "borderline", "not comparable", "consistent", "within bounds", "untestable")
SIGNS = {"up": "+", "down": "-", "flat": "="}
KINDS = {"percent": "%", "percentage_points": " points", "multiple": " times"}


def find(
    name: str, observations: pd.DataFrame, findings: pd.DataFrame, catalogue: Catalogue, region: str | None = None, period: str | None = None
) -> pd.DataFrame:
    """The observations whose indicator is called `name`, in Chinese or English, whole or in part, or has that id.

    region: only this place (an id or a Chinese name). period: only what lies within it. Sorted by region, period and place in the text.
    """
    import pandas as pd

    wanted, verdicts = called(name, catalogue), _verdicts(findings)
    rows = [
        _row(row, catalogue, verdicts)
        for row in observations.to_dict("records")
        if wanted(row["indicator"], row["name"], row["indicator_as_written"])
        and (region is None or region == row["region"])
        and _within(row["period"], period)
    ]
    rows.sort(key=lambda row: (row["region"], row["period"], row["doc"], row["start"]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def find_in_store(name: str, store: Path, catalogue: Catalogue, region: str | None = None, period: str | None = None) -> pd.DataFrame:
    """The same of the observations of an archive; only the rows that are called so are read."""
    from . import archive  # few have one, and its engine takes a while to load

    observations, findings = archive.rows_called(store, called(name, catalogue), region)
    return find(name, observations, findings, catalogue, region, period)


def called(name: str, catalogue: Catalogue) -> Callable[[str, str, str], bool]:
    """Whether an indicator, by its id, its name and as it is written, is one that `name` means."""
    ids, wanted = _indicators(name, catalogue), normalise(name)
    return lambda id, full, written: id in ids or (bool(wanted) and (wanted in normalise(full) or wanted in normalise(written)))


def _indicators(name: str, catalogue: Catalogue) -> set[str]:
    """The ids a name means: that id, else the entries with exactly the name, else those that have it in their names."""
    if name in catalogue.by_id:
        return {name}
    wanted, english = normalise(name), name.casefold().strip()
    exact = {one.id for one in catalogue.indicators if english == one.en.casefold() or wanted in map(normalise, (one.zh, *_names(one)))}
    if exact or not wanted:
        return exact
    return {
        one.id for one in catalogue.indicators if english in one.en.casefold() or any(wanted in normalise(words) for words in (one.zh, *_names(one)))
    }


def _names(indicator: Any) -> tuple[str, ...]:
    return tuple(getattr(indicator, "names", ()) or ())


def _verdicts(findings: pd.DataFrame) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for verdict, subjects in zip(findings["verdict"], findings["subjects"], strict=True):
        for subject in json.loads(subjects)[:1]:
            place = (subject["doc"], subject["start"])
            found[place] = min((verdict, found.get(place, verdict)), key=_rank)
    return found


def _rank(verdict: str) -> int:
    return WORST.index(verdict) if verdict in WORST else len(WORST)


def _within(period: str, wanted: str | None) -> bool:
    if wanted is None or period == wanted:
        return True
    try:
        return Period.parse(wanted).contains(Period.parse(period))
    except PeriodError:
        return False


def _row(row: dict[str, Any], catalogue: Catalogue, verdicts: dict[tuple[str, int], str]) -> dict[str, Any]:
    indicator = catalogue.by_id.get(row["indicator"])
    told = [verdicts[place] for place in ((row["doc"], row["start"]), (row["doc"], row["change_start"])) if place in verdicts]
    return {
        "region": row["region"],
        "period": row["period"],
        "name": indicator.zh if indicator else row["name"],
        "value": row["value"] if row["value_high"] is None else f"{row['value_low']:f}–{row['value_high']:f}",
        "unit": row["unit"],
        "change": _change(row),
        "verdict": min(told, key=_rank) if told else "not tested",
        "doc": row["doc"],
        "start": row["start"],
        "sentence": row["quote"],
    }


def _change(row: dict[str, Any]) -> str:
    if not row["change_direction"]:
        return ""
    if row["change_amount"] is None:
        return f"{row['change_direction']} {row['change_basis']}"
    unit = KINDS.get(row["change_kind"], row["unit"] and f" {row['unit']}")
    return f"{SIGNS.get(row['change_direction'], '')}{row['change_amount']:f}{unit} {row['change_basis']}"


def as_workbook(rows: pd.DataFrame, sheets: Iterable[str] = ("found",)) -> bytes:
    """The rows as an XLSX file: numbers as numbers, every text as text, so that none is run as a formula."""
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        sheet = book.add_worksheet(next(iter(sheets)))
        for column, title in enumerate(rows.columns):
            sheet.write_string(0, column, title)
            for line, value in enumerate(rows[title], 1):
                if isinstance(value, str):
                    sheet.write_string(line, column, "".join(c for c in value if c.isprintable()))
                elif value is not None:
                    sheet.write_number(line, column, float(value))
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()
