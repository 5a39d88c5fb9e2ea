"""All counts of one region and year against the year before: a table of rate ratios."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..series.claims import Claim, read_claims
from .ratio import CountRange, RateRatio, rate_ratio

if TYPE_CHECKING:
    from ..dataset import Dataset

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


def compare(dataset: "Dataset", region: str, year: int | str) -> Comparison:
    """Compare each count that `region` prints for `year` with the year before, printed or implied by a printed change.

    Raises ValueError when no count of that year has an earlier one.
    """
    year, mine = int(year), dataset.observations
    mine = mine[(mine.region == region) & (mine.kind == "actual")]
    claims = {c.id: c for c in read_claims(mine) if _exact(c) is not None}
    implied = {r["id"]: r for r in dataset.implied.to_dict("records") if r["integers_low"] is not None and r["implied_period"] == str(year - 1)}
    printed = {(c.indicator, c.scope, c.unit): c for c in claims.values() if c.indicator and c.period == str(year - 1)}
    doubted = _in_contradiction(dataset.findings)
    rows = [row for c in claims.values() if c.period == str(year) for row in _compared(c, implied, printed, doubted, dataset.catalogue)]
    if not rows:
        raise ValueError(f"no count of {region} for {year} has one for {year - 1}, printed or implied")
    return Comparison(region, year, tuple(sorted(rows, key=lambda row: row.ratio.ratio_low)))


def _compared(claim: Claim, implied: dict[str, Any], printed: dict[Any, Claim], doubted: set[tuple[str, int]], catalogue: Any) -> Iterator[Compared]:
    earlier, origin = printed.get((claim.indicator, claim.scope, claim.unit)), "printed"
    before = _exact(earlier) if earlier else None
    if before is None and claim.id in implied:
        before, origin = CountRange(int(implied[claim.id]["integers_low"]), int(implied[claim.id]["integers_high"])), "implied"
    later = _exact(claim)
    if before is not None and later.high + before.high > 0:
        places = {(claim.doc, claim.start), (claim.doc, claim.change.start if claim.change else None)}
        yield Compared(claim.id, claim.indicator, _names(claim, catalogue), claim.unit, rate_ratio(later, before), origin, bool(places & doubted))


def _exact(claim: Claim) -> CountRange | None:
    """The integers a printed count can mean; None for what is no count or has no upper end."""
    whole = claim.level.rounded.integers() if claim.counted and claim.level is not None else None
    return CountRange(*whole) if whole and whole[0] >= 0 else None


def _names(claim: Claim, catalogue: Any) -> dict[str, str]:
    known = catalogue.by_id.get(claim.indicator)
    return {"zh": known.zh, "en": known.en} if known else {"zh": claim.name, "en": claim.name}


def _in_contradiction(findings: pd.DataFrame) -> set[tuple[str, int]]:
    subjects = findings.loc[findings.verdict == "contradiction", "subjects"]
    return {(subject["doc"], int(subject["start"])) for cell in subjects for subject in json.loads(cell)}


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
