"""What a fitted series is checked for before anyone believes it: neighbouring years, single years, a hold-out.

Residuals are deviance residuals over ``sqrt(1 - leverage)``.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import binom

from .model import SEED, Trend, fit

LEVEL = 0.05
PERMUTATIONS = 4999
HOLD_OUT = 5  # last years, each predicted from the years before it
MIN_HELD = 3  # fewer than these say nothing about the intervals
LAG_LIMIT = 0.9  # greatest correlation the intervals are widened for: beyond it the series says nothing about its slope


@dataclass(frozen=True, slots=True)
class Autocorrelation:
    """Lag-one correlation of the residuals of adjacent years (a gap makes no pair), with a one-sided permutation p."""

    lag_one: float
    pairs: int
    p: float

    @property
    def passed(self) -> bool:
        """Whether neighbouring years are no more alike than chance makes them (5 %)."""
        return self.p >= LEVEL


@dataclass(frozen=True, slots=True)
class Outlier:
    """The year with the greatest residual; p: the chance of one so far out in any year (Bonferroni)."""

    year: int
    residual: float
    p: float

    @property
    def passed(self) -> bool:
        """Whether no single year stands out (5 %)."""
        return self.p >= LEVEL


@dataclass(frozen=True, slots=True)
class HoldOut:
    """Last years predicted one by one, each from the years before it: how many fell inside their interval."""

    tried: int
    missed: tuple[int, ...]
    confidence: float

    @property
    def passed(self) -> bool:
        """Whether so many misses are no rarer than 5 % when the intervals are right (binomial)."""
        return not self.tried or binom.sf(len(self.missed) - 1, self.tried, 1 - self.confidence) >= LEVEL

    @property
    def inside(self) -> int:
        """How many of the years tried lay inside."""
        return self.tried - len(self.missed)


def residuals(trend: Trend) -> pd.Series:
    """Standardised deviance residuals by year."""
    influence = trend.results.get_influence()
    scaled = np.asarray(trend.results.resid_deviance) / np.sqrt(1 - influence.hat_matrix_diag)
    return pd.Series(scaled, index=trend.counts.index, name="residual")


def check_autocorrelation(trend: Trend) -> Autocorrelation:
    """Test whether neighbouring years are alike beyond what the model says; then its intervals are too narrow.

    The p-value is the share of random orders of the residuals with at least this correlation, the series itself
    counted among them (Good 2005, *Permutation, Parametric and Bootstrap Tests of Hypotheses*).
    """
    series = residuals(trend)
    left = np.flatnonzero(np.isin(series.index + 1, series.index))
    values = series.to_numpy() - series.mean()
    orders = np.random.default_rng(SEED).permuted(np.tile(values, (PERMUTATIONS, 1)), axis=1)
    orders = np.vstack([values, orders])
    if not len(left):
        return Autocorrelation(0.0, 0, 1.0)
    lag = (orders[:, left] * orders[:, left + 1]).mean(axis=1) / np.square(values).mean()
    return Autocorrelation(float(lag[0]), len(left), float((lag >= lag[0] - 1e-12).mean()))


def widening(found: Autocorrelation, years: int) -> float:
    """Factor for the intervals of slope and steps where neighbouring years are alike: sqrt((1 + r) / (1 - r)).

    r is the lag-one correlation, raised by (1 + 4 r) / n for what fitting takes away (Marriott & Pope 1954, Biometrika
    41:390); the factor is Bartlett's (1946, J. R. Statist. Soc. Suppl. 8:27). 1 where the check passed.
    """
    if found.passed:
        return 1.0
    r = min(LAG_LIMIT, found.lag_one + (1 + 4 * found.lag_one) / years)
    return float(np.sqrt((1 + r) / (1 - r)))


def check_outlier(trend: Trend) -> Outlier:
    """Find the year that fits worst, and how surprising its count is to a model fitted to the other years alone.

    Left in, an outlying year widens the scatter until it hides in it.
    """
    series = residuals(trend)
    year = int(series.abs().idxmax())
    p = min(1.0, len(series) * trend.without(year).surprise(year, trend.counts[year]))
    return Outlier(year, float(series[year]), p)


def hold_out(trend: Trend) -> HoldOut:
    """Predict each of the last years from the years before it; years whose past is too short to fit are not tried,
    and under three tried count as none.
    """
    tried, missed = 0, []
    for year, count in trend.counts.iloc[-HOLD_OUT:].items():
        past = fit(trend.counts[trend.counts.index < year], trend.breaks, trend.name, trend.confidence)
        if not isinstance(past, Trend) or past.breaks != tuple(b for b in trend.breaks if b.year <= year):
            continue
        tried += 1
        predicted = past.predict([year]).loc[year]
        if not predicted["low"] <= count <= predicted["high"]:
            missed.append(int(year))
    return HoldOut(tried, tuple(missed), trend.confidence) if tried >= MIN_HELD else HoldOut(0, (), trend.confidence)
