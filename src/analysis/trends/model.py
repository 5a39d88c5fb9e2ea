"""A long series of yearly counts: a log-linear count model with declared breaks, and its intervals.

Model: ``log mean = level + slope * year + a step at each break``. A break is a year from which the definition or the
territory of a count is another one; the step takes it up, so it is not read as change. Years without a count are
left out of the fit and never filled in: the year itself is the covariate.

Poisson first. Where Pearson's chi-square of that fit rejects equal variance and mean (McCullagh & Nelder 1989,
*Generalized Linear Models*, s. 6.2), negative binomial (variance ``mean + alpha * mean**2``), with alpha set so that
Pearson's chi-square equals its degrees of freedom (Breslow 1984, Applied Statistics 33:38): with few years the maximum
likelihood alpha is too small. The test is at 20 %: with few years a stricter one overlooks moderate over-dispersion,
and the intervals then hold 89 % instead of 95 %; a needless alpha widens them by next to nothing. Fits are
``statsmodels.api.GLM``.

Intervals of the slope and the steps are Student's on the residual degrees of freedom (normal for Poisson). Those of a
mean and of a single year come from draws: of the parameters and the dispersion by the same distributions, then of the
count. ``tests/test_trends.py`` holds the coverage of all of them against simulated series.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Protocol

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.stats import chi2, norm
from scipy.stats import t as student
from statsmodels.tools.sm_exceptions import ConvergenceWarning

from .words import too_few

MIN_YEARS = 8  # counted years in all
MIN_SEGMENT = 3  # counted years between two breaks; a shorter stretch is left out
MIN_FREEDOM = 5  # counted years beyond the number of parameters
MIN_MEAN = 1.0  # mean yearly count: below it Pearson's statistic is no chi-square
OVERDISPERSED = 0.2
DRAWS = 20_000
SEED = 2018  # fixes the draws, so a series always gives the same figures
LEAST_ALPHA = 1e-9


@dataclass(frozen=True, slots=True)
class Break:
    """From `year` on the count means something else; the reason is shown to readers."""

    year: int
    en: str
    zh: str


@dataclass(frozen=True)
class TooFew:
    """A series that gets no fit. `years` and `mean` are those of what is left once the years `left_out` are away."""

    name: str
    years: int
    mean: float
    left_out: tuple[int, ...] = ()

    def sentences(self, lang: str = "en") -> list[str]:
        """That nothing is fitted, and the rule."""
        return [too_few(self.name, self.years, self.mean, self.left_out, lang)]


class Influence(Protocol):
    """What is asked of the influence that statsmodels finds."""

    hat_matrix_diag: np.ndarray


class Results(Protocol):
    """What is asked of a fit of statsmodels, which has no types."""

    params: np.ndarray
    bse: np.ndarray
    resid_deviance: np.ndarray
    df_resid: float

    def cov_params(self) -> np.ndarray: ...

    def get_influence(self) -> Influence: ...


@dataclass(frozen=True)
class Trend:
    """A fitted series.

    counts: year -> count, as fitted. left_out: years in stretches too short for a level of their own.
    family: "poisson" or "negative binomial"; alpha: variance = mean + alpha * mean**2 (0 for Poisson).
    poisson_dispersion: Pearson's chi-square over its degrees of freedom under Poisson; dispersion_p: its p-value.
    """

    name: str
    counts: pd.Series
    breaks: tuple[Break, ...]
    left_out: tuple[int, ...]
    family: str
    alpha: float
    poisson_dispersion: float
    dispersion_p: float
    results: Results = field(repr=False)
    confidence: float = 0.95

    @property
    def freedom(self) -> int:
        """Residual degrees of freedom."""
        return int(self.results.df_resid)

    @cached_property
    def _draws(self) -> tuple[np.ndarray, np.ndarray]:
        """Parameters (DRAWS, k) and alphas (DRAWS,): what the series leaves open about them."""
        rng = np.random.default_rng(SEED)
        widen = self.freedom / chi2.rvs(self.freedom, size=DRAWS, random_state=rng) if self.alpha else np.ones(DRAWS)
        noise = rng.multivariate_normal(np.zeros(len(self.results.params)), self.results.cov_params(), size=DRAWS, method="cholesky")
        return self.results.params + noise * np.sqrt(widen)[:, None], self.alpha * widen

    def yearly_ratio(self, widen: float = 1.0) -> tuple[float, float, float]:
        """Change per year as a ratio (1.02: two per cent more each year): estimate, low, high.

        `widen` stretches the interval on the log scale, for neighbouring years that are alike.
        """
        return self._ratio(1, widen)

    def steps(self, widen: float = 1.0) -> dict[Break, tuple[float, float, float]]:
        """For each break the ratio of the level after it to the level before, beside the slope: estimate, low, high."""
        return {b: self._ratio(2 + i, widen) for i, b in enumerate(self.breaks)}

    def _ratio(self, column: int, widen: float) -> tuple[float, float, float]:
        spread = student.ppf(self._tails[1], self.freedom) if self.alpha else norm.ppf(self._tails[1])
        estimate, reach = self.results.params[column], widen * spread * self.results.bse[column]
        return float(np.exp(estimate)), float(np.exp(estimate - reach)), float(np.exp(estimate + reach))

    @property
    def _tails(self) -> tuple[float, float]:
        return (1 - self.confidence) / 2, (1 + self.confidence) / 2

    def predict(self, years: Sequence[int]) -> pd.DataFrame:
        """Expected counts and intervals, one row a year (index): expected, mean_low, mean_high, low, high.

        mean_low..mean_high holds the mean, low..high a single year's count, both with `confidence`.
        """
        table = pd.DataFrame(index=pd.Index(years, name="year"), dtype=float)
        table["expected"] = np.exp(design(years, self.counts.index, self.breaks) @ self.results.params)
        means, counts = self._simulate(years)
        table[["mean_low", "mean_high"]] = np.quantile(means, self._tails, axis=0).T
        table[["low", "high"]] = np.quantile(counts, self._tails, axis=0, method="inverted_cdf").T
        return table

    def surprise(self, year: int, count: float) -> float:
        """Two-sided probability of a count at least so far out in `year`, by the draws."""
        drawn = self._simulate([year])[1]
        tail = min((drawn >= count).sum(), (drawn <= count).sum())
        return min(1.0, 2 * float(tail + 1) / (DRAWS + 1))

    def without(self, year: int) -> "Trend":
        """The same model fitted to the other years."""
        return _fitted(self.counts.drop(year), self.breaks, self.left_out, self.name, self.confidence)

    def _simulate(self, years: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Means and counts that the series makes possible in `years`, (DRAWS, len(years)) each."""
        params, alphas = self._draws
        rng = np.random.default_rng(SEED + 1)
        means = np.exp(np.clip(params @ design(years, self.counts.index, self.breaks).T, None, 30))
        return means, rng.poisson(means * _gamma_noise(alphas, means.shape[1], rng))


def _gamma_noise(alphas: np.ndarray, years: int, rng: np.random.Generator) -> np.ndarray:
    """Multipliers of mean 1 and variance alpha, (DRAWS, years): a Poisson count of a mean so multiplied is negative binomial."""
    if not alphas.any():
        return np.ones((len(alphas), years))
    shape = 1 / alphas[:, None]
    return rng.gamma(np.broadcast_to(shape, (len(alphas), years)), 1 / shape)


def fit(counts: "pd.Series", breaks: Sequence[Break] = (), name: str = "", confidence: float = 0.95) -> Trend | TooFew:
    """Fit a yearly series (index: whole years; values: counts, missing ones allowed), or say that it is too short.

    Fitted are series with at least 8 counted years, 5 more than the model has parameters, and a mean of at least 1,
    once stretches of fewer than 3 counted years before, between or after breaks are left out.

    >>> import pandas as pd
    >>> fit(pd.Series({2016: 16582, 2017: 12364}), name="criminal cases").years
    2

    Raises ValueError for repeated years, negative counts or counts that are no whole numbers.
    """
    series = _checked(counts)
    kept, inside, left_out = _leave_out_short_stretches(series, sorted(breaks, key=lambda b: b.year))
    mean = float(kept.mean()) if len(kept) else 0.0
    if len(kept) < max(MIN_YEARS, 2 + len(inside) + MIN_FREEDOM) or mean < MIN_MEAN:
        return TooFew(name, len(kept), mean, left_out)
    return _fitted(kept, inside, left_out, name, confidence)


def _fitted(kept: pd.Series, inside: tuple[Break, ...], left_out: tuple[int, ...], name: str, confidence: float) -> Trend:
    rows = design(kept.index, kept.index, inside)
    poisson = sm.GLM(kept.to_numpy(), rows, family=sm.families.Poisson()).fit()
    dispersion = float(poisson.pearson_chi2 / poisson.df_resid)
    p = float(chi2.sf(poisson.pearson_chi2, poisson.df_resid))
    alpha = _moment_alpha(kept.to_numpy(), rows, poisson.params) if p < OVERDISPERSED else 0.0
    results = _negative_binomial(kept.to_numpy(), rows, alpha, poisson.params) if alpha else poisson
    family = "negative binomial" if alpha else "poisson"
    return Trend(name, kept, inside, left_out, family, alpha, dispersion, p, results, confidence)


def design(years: Sequence[int], fitted: Sequence[int], breaks: Sequence[Break]) -> np.ndarray:
    """Rows of the model (len(years), 2 + len(breaks)): one, year less the fitted years' mean, a step for each break."""
    year = np.asarray(years, dtype=float)
    steps = [(year >= b.year).astype(float) for b in breaks]
    return np.column_stack([np.ones_like(year), year - np.mean(np.asarray(fitted, dtype=float)), *steps])


def _checked(counts: pd.Series) -> pd.Series:
    series = counts.dropna().astype(float).sort_index()
    if series.index.has_duplicates:
        raise ValueError(f"a year is there twice: {sorted(set(series.index[series.index.duplicated()]))}")
    if (series < 0).any() or (series % 1 != 0).any():
        raise ValueError("counts are whole numbers from 0 up")
    return series


def _leave_out_short_stretches(series: pd.Series, breaks: Sequence[Break]):
    """Split at the breaks; drop stretches too short to have a level of their own, and the breaks that then bound nothing."""
    if not breaks:
        return series, (), ()
    edges = [-np.inf, *(b.year for b in breaks), np.inf]
    stretches = [series[(series.index >= a) & (series.index < b)] for a, b in pairwise(edges)]
    short = [s for s in stretches if len(s) < MIN_SEGMENT]
    left_out = tuple(int(year) for s in short for year in s.index)
    kept = series.drop(list(left_out))
    first = kept.index.min() if len(kept) else np.inf
    # A break starts the stretch after it: it counts when that stretch is kept and something kept lies before.
    inside = tuple(b for b, after in zip(breaks, stretches[1:], strict=True) if len(after) >= MIN_SEGMENT and first < b.year)
    return kept, inside, left_out


def _negative_binomial(counts: np.ndarray, rows: np.ndarray, alpha: float, start: np.ndarray):
    """Fit with `alpha` held. Least squares in turns is quick but can run away; maximising the likelihood then does it."""
    model = sm.GLM(counts, rows, family=sm.families.NegativeBinomial(alpha=alpha))
    for begin in (start, None):
        with np.errstate(over="raise", divide="raise", invalid="raise"), warnings.catch_warnings():
            warnings.simplefilter("error", ConvergenceWarning)
            try:
                return model.fit(start_params=begin)
            except (FloatingPointError, ConvergenceWarning, ValueError):
                continue
    flat = np.zeros_like(start)
    flat[0] = np.log(counts.mean())
    return model.fit(start_params=flat, method="nm", maxiter=20_000, xtol=1e-9, ftol=1e-12, disp=False)


def _moment_alpha(counts: np.ndarray, rows: np.ndarray, start: np.ndarray) -> float:
    """The alpha at which Pearson's chi-square equals its degrees of freedom (it falls as alpha grows)."""

    def excess(log_alpha: float) -> float:
        nonlocal start
        results = _negative_binomial(counts, rows, float(np.exp(log_alpha)), start)
        start = results.params  # the next alpha's fit is near this one's
        return results.pearson_chi2 - results.df_resid

    low = np.log(LEAST_ALPHA)
    high = next(high for high in np.arange(-4.0, 20.0) if excess(high) < 0)
    return float(np.exp(brentq(excess, max(low, high - 1) if high > -4 else low, high, xtol=1e-5)))
