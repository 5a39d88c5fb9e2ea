"""A fitted series together with its checks: what may be said of it, as tables and as sentences in zh and en."""

from dataclasses import dataclass

import pandas as pd

from . import words
from .checks import Autocorrelation, HoldOut, Outlier, check_autocorrelation, check_outlier, hold_out, residuals, widening
from .model import Break, TooFew, Trend


@dataclass(frozen=True)
class Assessment:
    """A trend that was checked. Ratios are per year; every interval has the trend's confidence."""

    trend: Trend
    neighbours: Autocorrelation
    worst: Outlier
    held_out: HoldOut

    @property
    def widen(self) -> float:
        """Factor by which slope and steps are widened (log scale); 1 where neighbouring years are not alike."""
        return widening(self.neighbours, len(self.trend.counts))

    @property
    def slope(self) -> tuple[float, float, float]:
        """Change per year as a ratio: estimate, low, high."""
        return self.trend.yearly_ratio(self.widen)

    @property
    def steps(self) -> dict[Break, tuple[float, float, float]]:
        """Level after each break over the level before: estimate, low, high."""
        return self.trend.steps(self.widen)

    @property
    def forecasts(self) -> bool:
        """Whether a year ahead may be predicted: neighbouring years are not alike, and the hold-out passed."""
        return self.neighbours.passed and self.held_out.passed

    def forecast(self) -> pd.DataFrame:
        """The year after the last counted one (columns as `Trend.predict`); no row where the checks forbid it."""
        return self.trend.predict([int(self.trend.counts.index[-1]) + 1] if self.forecasts else [])

    def years(self) -> pd.DataFrame:
        """One row a fitted year: count, expected, low and high of the prediction interval, residual, inside."""
        table = self.trend.predict(self.trend.counts.index)[["expected", "low", "high"]]
        table.insert(0, "count", self.trend.counts)
        table["residual"] = residuals(self.trend)
        table["inside"] = table["count"].between(table["low"], table["high"])
        return table

    def table(self, lang: str = "en") -> pd.DataFrame:
        """What was estimated, with its interval, and the checks with their verdicts: a row each, as text."""
        return words.assessment_table(self, lang)

    def sentences(self, lang: str = "en") -> list[str]:
        """What may be said: the change a year, the breaks, the model, the checks, the year ahead."""
        return words.assessment_sentences(self, lang)


def assess(trend: Trend | TooFew) -> Assessment | TooFew:
    """Check a fitted series; one with too few points is handed back as it is.

    >>> import pandas as pd
    >>> from analysis.trends.model import fit
    >>> found = assess(fit(pd.Series({1980 + i: 100 + 3 * i for i in range(12)}), name="cases"))
    >>> f"{found.slope[0]:.3f} {found.trend.family}"
    '1.026 poisson'
    """
    if isinstance(trend, TooFew):
        return trend
    return Assessment(trend, check_autocorrelation(trend), check_outlier(trend), hold_out(trend))
