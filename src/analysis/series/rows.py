"""The rows of the observations table as claims.

The audit reads nothing but the observations table. Its rows are turned into `Claim`s here, once, so that no check ever parses a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..lexicon.parts import parse
from ..lexicon.words import says
from .claims import SIGNS, Change, Claim, Previous, is_counted
from .intervals import Printed, read_printed

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_claims"]

CLAUSE_MARK = re.compile(r"[，,；;。：:\n]")
BEFORE_CHANGE = 8
UNREAD = {
    "region_source",
    "organ_source",
    "rules",
    "margin",
    "act",
    "object",
    "measure",
    "cell_sheet",
    "cell_row",
    "cell_column",
    "correction",
    "value_printed",
}
# No statistic is as great; what is printed beyond is no figure to compute with.
LARGEST = Decimal(10) ** 16
OWN_UNIT = re.compile(r"[0-9０-９](?:余|多)?[万亿]*(?:余|多)?([^0-9０-９\s，,。；;、（）()万亿]+)$")


def read_claims(observations: pd.DataFrame) -> list[Claim]:
    """Return the claims of a table in order of document and offset."""
    claims = [_claim(row) for row in _rows(observations)]
    claims.sort(key=lambda claim: (claim.doc, claim.start, claim.id))
    return claims


def _rows(observations: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows as dictionaries; None, NaN and NA are None, a text may be empty."""
    columns = [name for name in observations.columns if name not in UNREAD]
    cells = observations[columns].to_numpy(dtype=object, copy=True)
    cells[observations[columns].isna().to_numpy()] = None
    return (dict(zip(columns, row, strict=True)) for row in cells)


def _claim(row: dict[str, Any]) -> Claim:
    unit = str(row.get("unit") or "")
    written = str(row.get("as_written") or "")
    counted = is_counted(unit)
    return Claim(
        id=str(row["id"]),
        doc=str(row["doc"]),
        region=str(row.get("region") or ""),
        organ=str(row.get("organ") or ""),
        indicator=str(row.get("indicator") or ""),
        identity=str(row.get("identity") or ""),
        says_all=bool(row.get("indicator")) or _says_all(str(row.get("name") or ""), unit, str(row.get("quote") or "")),
        name=str(row.get("name") or ""),
        period=str(row.get("period") or ""),
        period_source=str(row.get("period_source") or ""),
        published=str(row.get("published") or ""),
        scope=str(row.get("scope") or ""),
        kind=str(row.get("kind") or "actual"),
        beyond=(_number(row.get("value")) or 0) >= LARGEST,
        comparator=str(row.get("comparator") or ""),
        qualitative=_truth(row.get("qualitative")),
        unit=unit,
        level=_level(row, written, counted),
        as_written=written,
        start=_offset(row.get("start")) or 0,
        end=_offset(row.get("end")) or 0,
        change=_change(row, counted),
        previous=_previous(row, counted),
        quote=str(row.get("quote") or ""),
    )


def _says_all(name: str, unit: str, quote: str) -> bool:
    """Say whether a name tells by itself what was done to what; a thing without an act may be a part of what the sentence speaks of.

    >>> _says_all("受理刑事案件数", "件", ""), _says_all("未成年人数", "人", ""), _says_all("盗窃案件数", "起", "其中盗窃案件5起。")
    (True, False, False)
    >>> _says_all("结案率", "%", ""), _says_all("刑事案件结案率", "%", "")
    (False, True)
    """
    parts = parse(name, unit or None)
    if parts.object is None or not name:
        return False
    special = bool(parts.topics or parts.qualifiers)
    if unit in ("%", "％"):
        # 结案率 may be that of any of the matters the text speaks of.
        return special
    return parts.act is not None or (special and not says(quote, "of_which"))


def _level(row: dict[str, Any], written: str, counted: bool) -> Printed | None:
    value = _number(row.get("value"))
    if value is None or not 0 <= value < LARGEST:
        return None
    hedge = row.get("hedge") or _hedge_of(row.get("comparator"), str(row.get("kind") or ""))
    return read_printed(value, _number(row.get("resolution")), hedge, written, counted)


def _hedge_of(comparator: str | None, kind: str) -> str | None:
    """Return the hedge a comparator on a measured fact amounts to (40余家 labelled >)."""
    if kind == "target" or not comparator:
        return None
    return {">": "more_than", ">=": "more_than", "<": "less_than", "<=": "less_than"}.get(comparator)


def _change(row: dict[str, Any], counted: bool) -> Change | None:
    direction = row.get("change_direction")
    if not direction:
        return None
    kind = row.get("change_kind") or None
    written = str(row.get("change_as_written") or "")
    amount = _number(row.get("change_amount"))
    printed = None
    if amount is not None and 0 <= amount < LARGEST:
        exact = kind == "absolute" and (counted or _counts(written))
        printed = read_printed(amount, _number(row.get("change_resolution")), row.get("change_hedge") or None, written, exact).signed(
            SIGNS.get(str(direction), 1)
        )
        if kind == "multiple":
            kind, printed = "percent", printed.scaled(100)
    return Change(
        direction=str(direction),
        kind=kind,
        basis=row.get("change_basis") or None,
        base=row.get("change_base") or None,
        amount=printed,
        as_written=written,
        start=_offset(row.get("change_start")),
        end=_offset(row.get("change_end")),
        **_qualities(written, str(row.get("quote") or "")),
    )


def _counts(written: str) -> bool:
    """Say whether an absolute change is a count by its own unit: 增加8起.

    >>> _counts("较上年的64起增加8起"), _counts("减少1.2万元"), _counts("增加8")
    (True, False, False)
    """
    found = OWN_UNIT.search(written)
    return found is not None and is_counted(found[1])


def _qualities(written: str, quote: str) -> dict[str, bool]:
    """Say whether a change is a yearly mean (年均) or in real terms (实际增长), by its words and those before it."""
    place = max(quote.find(written), 0)
    clause = CLAUSE_MARK.split(quote[max(place - BEFORE_CHANGE, 0) : place])[-1] + written
    wider = quote[max(place - 2 * BEFORE_CHANGE, 0) : place] + written
    return {"yearly_mean": says(clause, "yearly_mean"), "real_terms": says(wider, "in_real_terms")}


def _previous(row: dict[str, Any], counted: bool) -> Previous | None:
    value = _number(row.get("previous_value"))
    if value is None or not 0 <= value < LARGEST:
        return None
    written = str(row.get("previous_as_written") or "")
    return Previous(
        level=read_printed(value, _number(row.get("previous_resolution")), row.get("previous_hedge") or None, written, counted),
        unit=str(row.get("previous_unit") or row.get("unit") or ""),
        period=str(row.get("previous_period") or ""),
        as_written=written,
        start=_offset(row.get("previous_start")),
        end=_offset(row.get("previous_end")),
    )


def _number(value: Any) -> Decimal | None:
    if value is None or (isinstance(value, str) and not value):
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _offset(value: Any) -> int | None:
    return None if value is None or value == "" else int(value)


def _truth(value: Any) -> bool:
    return value is True or str(value).lower() in ("true", "1")
