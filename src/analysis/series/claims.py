"""The observations table as typed claims: what each row asserts, as intervals.

The audit reads nothing but the observations table. This module turns its rows into `Claim`s, once, so
that no check ever parses a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from ..lexicon.parts import parse
from ..lexicon.units import is_whole
from ..lexicon.words import says
from .intervals import Interval, Printed, read_printed

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Change", "Claim", "Previous", "is_cell", "is_count", "is_counted", "read_claims"]

CELL = re.compile(r"[\d.,．，]+")
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
SIGNS = {"up": 1, "down": -1}
# No statistic is as great; what is printed beyond is no figure to compute with.
LARGEST = Decimal(10) ** 16
OWN_UNIT = re.compile(r"[0-9０-９](?:余|多)?[万亿]*(?:余|多)?([^0-9０-９\s，,。；;、（）()万亿]+)$")


Part = TypeVar("Part")


def _there(part: Part | None) -> Part:
    if part is None:
        raise ValueError("a claim was asked for what it does not print")
    return part


@dataclass(frozen=True, slots=True)
class Change:
    """A printed change: `amount` is signed (per cent, points or the level's unit); None when only a direction."""

    direction: str
    kind: str | None
    basis: str | None
    base: str | None
    amount: Printed | None
    as_written: str
    start: int | None
    end: int | None
    yearly_mean: bool = False
    real_terms: bool = False

    @property
    def sign(self) -> int:
        """1 for a rise, -1 for a fall, 0 for 持平."""
        return SIGNS.get(self.direction, 0)

    @property
    def printed(self) -> Printed:
        """The amount of a change that prints one; ValueError for any other."""
        return _there(self.amount)

    def factor(self, wide: bool = False) -> Interval:
        """Return new / old for a change in per cent or multiples; ValueError for any other."""
        if self.kind != "percent":
            raise ValueError(f"no change in per cent: {self.as_written}")
        reading = self.printed.wide if wide else self.printed.rounded
        low, high = _grown(reading.low), _grown(reading.high)
        return Interval(low if low is not None and low.numerator > 0 else Fraction(0), high)


@dataclass(frozen=True, slots=True)
class Previous:
    """The A of 由A到B: an earlier level printed beside the level."""

    level: Printed
    unit: str
    period: str
    as_written: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of the observations table; `says_all`: its name says by itself what was done to what (其中未成年人41人 does not)."""

    id: str
    doc: str
    region: str
    organ: str
    indicator: str
    identity: str
    says_all: bool
    name: str
    period: str
    period_source: str
    published: str
    scope: str
    kind: str
    beyond: bool
    comparator: str
    qualitative: bool
    unit: str
    level: Printed | None
    as_written: str
    start: int
    end: int
    change: Change | None
    previous: Previous | None
    quote: str

    @property
    def printed(self) -> Printed:
        """The level of a claim that prints one; ValueError for any other."""
        return _there(self.level)

    @property
    def printed_change(self) -> Change:
        """The change of a claim that prints one; ValueError for any other."""
        return _there(self.change)

    @property
    def printed_previous(self) -> Previous:
        """The earlier level beside a claim that has one; ValueError for any other."""
        return _there(self.previous)

    @property
    def percent(self) -> bool:
        """Say whether the level is a percentage."""
        return self.unit in ("%", "％")

    @property
    def change_unit(self) -> str:
        """The unit of the claim's change: per cent, points or the level's own."""
        return {"percent": "%", "percentage_points": "points"}.get(self.printed_change.kind or "", self.unit)

    @property
    def counted(self) -> bool:
        """Say whether the level counts things (件, 人, 起), so that only integers are possible."""
        return is_counted(self.unit)


@cache
def is_counted(unit: str) -> bool:
    """Say whether a unit counts things, so that its numbers are whole.

    >>> is_counted("件"), is_counted("%"), is_counted("万元"), is_counted("")
    (True, False, False, False)
    """
    return is_whole(unit)


def is_count(claim: Claim) -> bool:
    """Say whether a claim is a count in prose (a table's cell prints no unit, and its neighbours say nothing)."""
    return claim.level is not None and not claim.percent and claim.kind == "actual" and bool(claim.unit) and not is_cell(claim)


def is_cell(claim: Claim) -> bool:
    """Say whether a claim is a bare number, as in a table's cell."""
    return bool(CELL.fullmatch(claim.as_written))


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
    if value is None or not 0 <= value < LARGEST or _number(row.get("value_high")) is not None:
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


def _grown(percent: Fraction | None) -> Fraction | None:
    """Return 1 + percent / 100, in one step: a Fraction is reduced every time one is made."""
    if percent is None:
        return None
    hundredths = 100 * percent.denominator
    return Fraction(hundredths + percent.numerator, hundredths)


def _number(value: Any) -> Decimal | None:
    if value is None or (isinstance(value, str) and not value):
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _offset(value: Any) -> int | None:
    return None if value is None or value == "" else int(value)


def _truth(value: Any) -> bool:
    return value is True or str(value).lower() in ("true", "1")
