"""Two years are compared exactly, long series modelled with honest intervals, short ones not at all."""

from math import inf

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.rates import confint_poisson_2indep
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from analysis.trends.assessment import Assessment, assess
from analysis.trends.checks import check_autocorrelation, check_outlier, widening
from analysis.trends.model import MIN_YEARS, Break, TooFew, Trend, fit
from analysis.trends.ratio import CountRange, rate_ratio

COUNTIES = Break(1983, "three counties are counted in.", "统计范围包括三县。")


def simulated(rng, years=24, *, level=60.0, slope=0.03, alpha=0.1, step=1.0, missing=(), likeness=0.0):
    """Yearly counts from the model itself; `likeness` makes the errors of neighbouring years alike."""
    index = np.arange(1967, 1967 + years)
    mean = level * np.exp(slope * (index - 1967)) * np.where(index >= COUNTIES.year, step, 1.0)
    if alpha:
        sigma, error = np.sqrt(np.log1p(alpha)), np.empty(years)
        for i in range(years):
            error[i] = rng.normal(0, sigma) if i == 0 else likeness * error[i - 1] + rng.normal(0, sigma * np.sqrt(1 - likeness**2))
        mean = mean * np.exp(error - sigma**2 / 2)
    counts = pd.Series(rng.poisson(mean).astype(float), index=index)
    return counts.drop([index[i] for i in missing])


# --- two years ---------------------------------------------------------------------------------------------------


def test_limits_are_the_exact_conditional_ones():
    # At an exact limit the one-sided conditional test has a p-value of just 2.5 %.
    found = rate_ratio(37, 52)
    for limit, side in ((found.low, "larger"), (found.high, "smaller")):
        p = poisson_test(37, 1, 52, 1, value=limit, method="exact-cond", alternative=side).pvalue
        assert p == pytest.approx(0.025, abs=1e-9)


def test_large_counts_agree_with_the_score_interval():
    found = rate_ratio(12364, 16582)
    assert (found.low, found.high) == pytest.approx(confint_poisson_2indep(12364, 1, 16582, 1, method="score"), rel=1e-3)


def test_a_range_of_earlier_counts_widens_the_interval_to_hold_every_member():
    found = rate_ratio(61, (40, 55))
    members = [rate_ratio(61, earlier) for earlier in range(40, 56)]
    assert (found.low, found.high) == (min(m.low for m in members), max(m.high for m in members))
    assert (found.ratio_low, found.ratio_high) == (61 / 55, 61 / 40)


def test_two_years_are_never_called_a_trend():
    for found in (rate_ratio(12364, (16582, 16583)), rate_ratio(30, 28), rate_ratio(4, 0)):
        assert found.sentence("en").endswith("Two years are a comparison, not a trend.")
        assert found.sentence("zh").endswith("两年之比只是比较，不是趋势。")


def test_an_interval_that_holds_one_claims_no_difference():
    found = rate_ratio(30, 28)
    assert not found.differs and "cannot be told apart" in found.sentence("en") and found.tolerated_dispersion is None


def test_tolerated_dispersion_is_where_the_quasi_poisson_interval_reaches_one():
    found = rate_ratio(900, 700)
    half_width = 1.959964 * np.sqrt(found.tolerated_dispersion * (1 / 900 + 1 / 700))
    assert np.log(900 / 700) - half_width == pytest.approx(0, abs=1e-6)


def test_a_count_of_nought_has_an_open_end():
    assert rate_ratio(4, 0).high == inf and rate_ratio(0, 4).low == 0


@pytest.mark.parametrize("later, earlier", [(0, 0), (-1, 3), (5, (9, 7))])
def test_impossible_counts_are_refused(later, earlier):
    with pytest.raises(ValueError):
        rate_ratio(later, earlier)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_outside_nought_to_one_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence"):
        rate_ratio(5, 6, confidence)


def test_the_ratio_interval_holds_the_true_ratio_at_least_as_often_as_it_says():
    rng = np.random.default_rng(11)
    pairs = rng.poisson((30, 40), size=(1500, 2))
    held = [found.low <= 0.75 <= found.high for found in (rate_ratio(int(a), int(b)) for a, b in pairs)]
    assert 0.95 <= np.mean(held) <= 0.985  # exact intervals are conservative, not wildly so


# --- long series -------------------------------------------------------------------------------------------------


GROWTH = float(np.exp(0.03))


def coverage(runs, truth=GROWTH, **how):
    """Shares of simulated series whose intervals held the slope, the step, and the year after the last one fitted."""
    rng, held = np.random.default_rng(5), []
    for _ in range(runs):
        series = simulated(rng, **how)
        trend = fit(series.iloc[:-1], [COUNTIES] if how.get("step", 1.0) != 1.0 else [])
        _, low, high = trend.yearly_ratio()
        ahead = trend.predict([series.index[-1]]).iloc[0]
        steps = [least <= how["step"] <= most for _, least, most in trend.steps().values()]
        held.append([low <= truth <= high, ahead.low <= series.iloc[-1] <= ahead.high, *steps])
    return np.mean(held, axis=0)


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"alpha": 0.1, "missing": (3, 4, 9)}, id="over-dispersed, with gaps"),
        pytest.param({"alpha": 0.3, "step": 2.5, "level": 200.0}, id="over-dispersed, with a break"),
        pytest.param({"alpha": 0.0}, id="Poisson"),
        pytest.param({"alpha": 0.05, "years": 10}, id="short"),
    ],
)
def test_intervals_hold_what_they_should_about_as_often_as_they_say(how):
    # 150 runs: the standard error of a coverage of 0.95 is 0.018.
    assert all(0.90 <= share <= 0.995 for share in coverage(150, **how))


def test_known_poisson_fit():
    # Counts that lie on the curve exactly give the curve back.
    years = np.arange(1970, 1985)
    trend = fit(pd.Series(np.round(1e6 * 1.04 ** (years - 1970)), index=years))
    estimate, low, high = trend.yearly_ratio()
    assert trend.family == "poisson" and estimate == pytest.approx(1.04, rel=1e-5) and low < 1.04 < high


def test_over_dispersion_is_found_and_estimated():
    rng = np.random.default_rng(3)
    found = [fit(simulated(rng, years=40, alpha=0.2)) for _ in range(60)]
    assert {trend.family for trend in found} == {"negative binomial"}
    assert np.mean([trend.alpha for trend in found]) == pytest.approx(0.2, rel=0.15)


def test_pearsons_chi_square_equals_its_freedom_at_the_chosen_alpha():
    trend = fit(simulated(np.random.default_rng(8)))
    assert trend.results.pearson_chi2 == pytest.approx(trend.freedom, rel=1e-4)


def test_a_wild_series_is_fitted_all_the_same():
    # Iterated least squares runs away on these; the likelihood has its maximum.
    wild = [38, 265, 96, 1, 2, 0, 209, 0, 6999, 0, 32, 0, 14812, 0]
    trend = fit(pd.Series(wild, index=range(1970, 1984)))
    assert trend.results.pearson_chi2 == pytest.approx(trend.freedom, rel=1e-3) and np.isfinite(trend.yearly_ratio()).all()


def test_poisson_counts_are_seldom_called_over_dispersed():
    rng = np.random.default_rng(4)
    families = [fit(simulated(rng, alpha=0)).family for _ in range(100)]
    assert families.count("negative binomial") <= 32  # the test is at 20 %


def test_a_break_takes_the_jump_out_of_the_slope():
    rng = np.random.default_rng(6)
    series = simulated(rng, slope=0.0, step=4.0, alpha=0.02)
    blind, told = fit(series), fit(series, [COUNTIES])
    assert blind.yearly_ratio()[1] > 1, "without the break the jump reads as a rise"
    _, low, high = told.yearly_ratio()
    assert low < 1 < high
    (step,) = told.steps().values()
    assert step[1] < 4 < step[2]


def test_years_without_a_count_are_neither_fitted_nor_filled_in():
    series = simulated(np.random.default_rng(7))
    gappy = series.copy()
    gappy.loc[[1971, 1972, 1973]] = np.nan
    trend = fit(gappy)
    assert not {1971, 1972, 1973} & set(trend.counts.index)
    assert trend.yearly_ratio() == fit(series.drop([1971, 1972, 1973])).yearly_ratio()


def test_a_stretch_too_short_for_a_level_is_left_out():
    series = simulated(np.random.default_rng(9), years=24)
    trend = fit(series, [Break(1989, "a.", "甲。")])  # 1989 and 1990 only lie behind it
    assert trend.left_out == (1989, 1990) and trend.breaks == () and trend.counts.index.max() == 1988


def test_the_same_series_gives_the_same_figures():
    series = simulated(np.random.default_rng(10))
    pd.testing.assert_frame_equal(assess(fit(series)).years(), assess(fit(series)).years())


@pytest.mark.parametrize("years, fits", [(MIN_YEARS - 1, False), (MIN_YEARS, True)])
def test_too_few_years_fit_nothing(years, fits):
    found = assess(fit(simulated(np.random.default_rng(1), years=years), name="x"))
    assert isinstance(found, Assessment if fits else TooFew)
    if not fits:
        assert "nothing is fitted" in found.sentences("en")[0] and "不拟合" in found.sentences("zh")[0]


def test_a_nearly_empty_series_fits_nothing():
    assert isinstance(fit(pd.Series([0, 1] * 8, index=range(1970, 1986))), TooFew)


@pytest.mark.parametrize(
    "series, message",
    [
        (pd.Series([4, 5], index=[1980, 1980]), "twice"),
        (pd.Series([4, -5], index=[1980, 1981]), "whole numbers"),
        (pd.Series([4, 5.5], index=[1980, 1981]), "whole numbers"),
    ],
)
def test_what_is_no_yearly_count_is_refused(series, message):
    with pytest.raises(ValueError, match=message):
        fit(series)


# --- checks ------------------------------------------------------------------------------------------------------


def test_alike_neighbours_are_noticed_and_independent_ones_seldom():
    rng = np.random.default_rng(12)
    alike = [check_autocorrelation(fit(simulated(rng, years=31, likeness=0.8))).passed for _ in range(40)]
    apart = [check_autocorrelation(fit(simulated(rng, years=31))).passed for _ in range(40)]
    assert np.mean(alike) < 0.5 and np.mean(apart) > 0.85


def test_widened_intervals_mend_most_of_what_alike_neighbours_spoil():
    rng, plain, mended = np.random.default_rng(13), [], []
    for _ in range(90):
        trend = fit(simulated(rng, years=31, likeness=0.5))
        found = check_autocorrelation(trend)
        if not found.passed:
            for factor, held in ((1.0, plain), (widening(found, len(trend.counts)), mended)):
                _, low, high = trend.yearly_ratio(factor)
                held.append(low <= np.exp(0.03) <= high)
    assert np.mean(mended) > 0.88 > np.mean(plain)


def test_a_gap_makes_no_pair_of_neighbours():
    series = simulated(np.random.default_rng(14), years=20, missing=(4, 5, 12))
    assert check_autocorrelation(fit(series)).pairs == 20 - 3 - 1 - 2  # 17 years in three runs


def test_an_outlying_year_is_named():
    series = simulated(np.random.default_rng(15), alpha=0.01)
    series[1980] *= 5
    worst = check_outlier(fit(series))
    assert worst.year == 1980 and worst.residual > 0 and not worst.passed


def test_alike_neighbours_forbid_a_forecast():
    years = np.arange(1960, 1990)
    wave = pd.Series(np.round(200 * np.exp(0.8 * np.sin(years / 5))), index=years)
    found = assess(fit(wave, name="wave"))
    assert not found.forecasts and found.forecast().empty and found.widen > 1
    assert any("no year ahead" in sentence for sentence in found.sentences("en"))


def test_a_jump_nobody_declared_shows_in_the_hold_out():
    years = np.arange(1960, 1990)
    jump = pd.Series(np.where(years < 1987, 100, 900) + years % 7, index=years)
    found = assess(fit(jump, name="jump"))
    assert 1987 in found.held_out.missed and not found.forecasts


def test_tables_and_sentences_say_the_same_in_both_languages():
    found = assess(fit(simulated(np.random.default_rng(16), step=2.0), [COUNTIES], name="案件"))
    assert list(found.table("zh").iloc[:, 1]) == list(found.table("en").iloc[:, 1])
    assert len(found.sentences("zh")) == len(found.sentences("en"))
    assert found.years()["inside"].mean() > 0.85 and isinstance(found.trend, Trend)


def test_count_ranges_print_as_readers_write_them():
    assert str(CountRange(16582, 16583)) == "16,582–16,583" and str(CountRange(0, 0)) == "0"
