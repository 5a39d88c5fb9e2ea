"""One indicator's points over the years, from the dataset: printed values, implied earlier ones, and where each came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from ..catalogue import Indicator
from ..dataset import Dataset
from ..series.claims import Claim
from ..series.rows import read_claims
from ..series.scopes import WHOLE
from .model import Break, TooFew, Trend, fit

COLUMNS = ("indicator", "scope", "period", "origin", "low", "high", "unit", "as_written", "quote", "id", "doc", "published", "correction")


@dataclass(frozen=True)
class Series:
    """The points of one indicator in one region (columns: `COLUMNS`, a row a point, oldest first) and its breaks.

    low and high are exact (`Fraction`, None where unbounded); origin is "printed", or "implied" for an earlier value that a
    printed change implies. Its sentence, id and place are then those of the change. `scope` is that of the point's own series: points of
    a part of the place stand in the table, and only those of the whole (scope "") are counted, joined and fitted.
    """

    indicator: Indicator
    region: str
    points: pd.DataFrame
    breaks: tuple[Break, ...]

    @property
    def whole(self) -> pd.DataFrame:
        """The points of the whole place."""
        return self.points[self.points.scope == WHOLE]

    def name(self, lang: str = "en") -> str:
        """The indicator's name."""
        return getattr(self.indicator, lang)

    def counts(self) -> pd.Series:
        """Year -> count of the whole place, of what is printed exactly as one whole number; the last published where several are."""
        whole = self.whole
        printed = whole[(whole.origin == "printed") & whole.period.str.fullmatch(r"\d{4}")]
        exact = printed[[low == high and low is not None and low.denominator == 1 for low, high in zip(printed.low, printed.high, strict=True)]]
        exact = exact.sort_values("published", kind="stable").drop_duplicates("period", keep="last")
        return pd.Series([float(low) for low in exact.low], index=exact.period.astype(int), dtype=float).sort_index()

    def doubted(self) -> tuple[int, ...]:
        """Years whose printed count a declared correction doubts."""
        flagged = self.whole[(self.whole.correction != "") & self.whole.period.str.fullmatch(r"\d{4}")]
        return tuple(sorted({int(period) for period in flagged.period}))

    def fit(self, lang: str = "en", confidence: float = 0.95) -> Trend | TooFew:
        """Fit the printed counts (doubted years and implied values are left out), with the declared breaks."""
        counts = self.counts()
        return fit(counts.drop(list(self.doubted()), errors="ignore"), self.breaks, self.name(lang), confidence)


def series(dataset: Dataset, region: str, indicator: str) -> Series:
    """The series of one indicator. Raises ValueError for a region or an indicator without data, naming those that have."""
    observations = dataset.observations
    mine = observations[(observations.region == region) & (observations.kind == "actual")]
    if mine.empty:
        raise ValueError(f"no figures for region {region!r}; there are: {', '.join(sorted(dataset.regions))}")
    rows = mine[mine.indicator == indicator]
    if rows.empty:
        known = sorted(set(mine.indicator) - {""})
        raise ValueError(f"no figures for {indicator!r} in {region}; there are: {', '.join(known)}")
    lines = dataset.along.lines(region, indicator)
    scopes = {claim.id: line.key.scope for line in lines for claim in line}
    breaks = {declared.period[:4]: declared for line in lines for declared in line.breaks}
    declared = tuple(Break(int(year), breaks[year].en, breaks[year].zh) for year in sorted(breaks))
    return Series(dataset.catalogue.by_id[indicator], region, _points(rows, dataset.implied, scopes), declared)


def _points(rows: pd.DataFrame, implied: pd.DataFrame, scopes: Mapping[str, str]) -> pd.DataFrame:
    correction = dict(zip(rows.id, rows.correction, strict=True))
    found: list[dict[str, Any]] = []
    claims = {claim.id: claim for claim in read_claims(rows)}
    for claim in claims.values():
        scope = scopes.get(claim.id, claim.scope)
        if claim.level is not None:
            reading = claim.level.rounded
            found.append(_point(claim, scope, claim.period, "printed", reading.low, reading.high, claim.unit, claim.as_written, correction[claim.id]))
    for row in implied[implied.id.isin(list(claims))].to_dict("records"):
        claim, (low, high) = claims[row["id"]], _implied_ends(row)
        if claim.change is not None and row["implied_period"]:
            found.append(
                _point(
                    claim,
                    scopes.get(claim.id, claim.scope),
                    row["implied_period"],
                    "implied",
                    low,
                    high,
                    claim.unit,
                    claim.change.as_written,
                    correction[claim.id],
                )
            )
    table = pd.DataFrame(found, columns=list(COLUMNS), dtype=object)
    return table.sort_values(["period", "origin", "published", "id"], ascending=[True, False, True, True], kind="stable", ignore_index=True)


def _point(
    claim: Claim, scope: str, period: str, origin: str, low: Fraction | None, high: Fraction | None, unit: str, as_written: str, correction: str
):
    return {
        "indicator": claim.indicator,
        "scope": scope,
        "period": period,
        "origin": origin,
        "low": low,
        "high": high,
        "unit": unit,
        "as_written": as_written,
        "quote": claim.quote,
        "id": claim.id,
        "doc": claim.doc,
        "published": claim.published or "",
        "correction": correction,
    }


def _implied_ends(row: dict[str, Any]) -> tuple[Fraction | None, Fraction | None]:
    """The integers that fit where there are some, else the interval."""
    chosen = ("integers_low", "integers_high") if row["integers_low"] is not None else ("implied_low", "implied_high")
    low, high = (None if row[end] is None else Fraction(row[end]) for end in chosen)
    return low, high
