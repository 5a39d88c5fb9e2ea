"""All counts of one region and year against the year before: a table of rate ratios."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..audit.told import read_told
from ..catalogue import Catalogue, names
from ..dataset import Dataset
from ..series.along import Along
from ..series.claims import Claim
from .ratio import CountRange, RateRatio, rate_ratio

HEADS = {
    "en": ["indicator", "{later}", "{earlier}", "ratio", "95% interval", "differs", "tolerates variance / mean", "note"],
    "zh": ["指标", "{later}年", "{earlier}年", "率比", "95%区间", "有别", "容许方差均值比", "备注"],
}
SAYS = {
    "en": {True: "yes", False: "no", "implied": "earlier count implied", "printed": "", "doubted": "part of a contradiction", "join": "; "},
    "zh": {True: "是", False: "否", "implied": "上年数为推算", "printed": "", "doubted": "涉及矛盾", "join": "；"},
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One count against the year before; origin of the earlier count: "printed" or "implied". `id` is the later observation's."""

    id: str
    indicator: str
    names: dict[str, str]
    unit: str
    ratio: RateRatio
    origin: str
    doubted: bool


@dataclass(frozen=True)
class Comparison:
    """The rate ratios of one region and year, the greatest fall first."""

    region: str
    year: int
    rows: tuple[Compared, ...]

    def table(self, lang: str = "en") -> pd.DataFrame:
        """One row an indicator, as text."""
        heads = [head.format(later=self.year, earlier=self.year - 1) for head in HEADS[lang]]
        return pd.DataFrame([_row(row, lang) for row in self.rows], columns=heads)


def compare(dataset: Dataset, region: str, year: int | str) -> Comparison:
    """Compare each count that `region` prints for `year` with the year before, printed or implied by a printed change.

    Raises ValueError when no count of that year has an earlier one.
    """
    year, along = int(year), dataset.along
    claims = [claim for claim in along.claims if claim.region == region and claim.kind == "actual" and claim.period == str(year)]
    implied = {r["id"]: r for r in dataset.implied.to_dict("records") if r["integers_low"] is not None and r["implied_period"] == str(year - 1)}
    doubted = _in_contradiction(dataset.findings)
    rows = [row for claim in claims if _exact(claim) is not None for row in _compared(claim, along, implied, doubted, dataset.catalogue)]
    if not rows:
        raise ValueError(f"no count of {region} for {year} has one for {year - 1}, printed or implied")
    return Comparison(region, year, tuple(sorted(rows, key=lambda row: row.ratio.ratio_low)))


def _compared(claim: Claim, along: Along, implied: dict[str, Any], doubted: set[tuple[str, int]], catalogue: Catalogue) -> Iterator[Compared]:
    """Compare a claim with the year before of its own series: the last print, else what its own printed change implies; never across a break."""
    earlier = along.series_of(claim).earlier(claim.period, unit=claim.unit)
    if earlier is not None and earlier.breaks:
        return
    point = earlier.point if earlier is not None and claim.indicator else None
    before, origin = _exact(point.claim) if point is not None else None, "printed"
    if before is None and claim.id in implied:
        before, origin = CountRange(int(implied[claim.id]["integers_low"]), int(implied[claim.id]["integers_high"])), "implied"
    later = _exact(claim)
    if before is not None and later is not None and later.high + before.high > 0:
        places = {(claim.doc, claim.start), (claim.doc, claim.change.start if claim.change else None)}
        yield Compared(claim.id, claim.indicator, _names(claim, catalogue), claim.unit, rate_ratio(later, before), origin, bool(places & doubted))


def _exact(claim: Claim) -> CountRange | None:
    """The integers a printed count can mean; None for what is no count or has no upper end."""
    whole = claim.level.rounded.integers() if claim.counted and claim.level is not None else None
    return CountRange(*whole) if whole and whole[0] >= 0 else None


def _names(claim: Claim, catalogue: Catalogue) -> dict[str, str]:
    return names(catalogue.by_id.get(claim.indicator), claim.name, claim.unit)


def _in_contradiction(findings: pd.DataFrame) -> set[tuple[str, int]]:
    told = read_told(findings[findings.verdict == "contradiction"])
    return {(place.doc, place.start) for one in told for place in one.subjects}


def _row(row: Compared, lang: str) -> list[str]:
    said, table = SAYS[lang], row.ratio.table().iloc[0]
    notes = said["join"].join(note for note in (said[row.origin], said["doubted"] if row.doubted else "") if note)
    name = row.names[lang] if lang == "zh" or row.names["zh"] == row.names["en"] else f"{row.names['en']} {row.names['zh']}"
    return [
        f"{name} ({row.unit})",
        table["later"],
        table["earlier"],
        table["ratio"],
        f"{table['low']} … {table['high']}",
        said[row.ratio.differs],
        table["tolerated_dispersion"],
        notes,
    ]
