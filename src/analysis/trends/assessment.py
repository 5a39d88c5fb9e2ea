"""A fitted series together with its checks: what may be said of it, as tables and as sentences in zh and en."""

from dataclasses import dataclass

import pandas as pd

from .checks import Autocorrelation, HoldOut, Outlier, check_autocorrelation, check_outlier, hold_out, residuals, widening
from .model import Break, TooFew, Trend
from .words import decimal, direction, left_out, percent, probability, text_of


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
        return _table(self, lang)

    def sentences(self, lang: str = "en") -> list[str]:
        """What may be said: the change a year, the breaks, the model, the checks, the year ahead."""
        return _sentences(self, lang)


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


def _sentences(found: Assessment, lang: str) -> list[str]:
    text, trend = text_of(lang), found.trend
    estimate, low, high = (percent(ratio, lang) for ratio in found.slope)
    years = trend.counts.index
    said = [
        text["slope"].format(
            name=trend.name,
            first=years[0],
            last=years[-1],
            n=len(years),
            slope=estimate,
            confidence=f"{decimal(trend.confidence * 100, 0, lang)}%",
            low=low,
            high=high,
        )
    ]
    if direction(found.slope) == "flat":
        said.append(text["flat"])
    for brk, (ratio, least, most) in found.steps.items():
        said.append(
            text["step"].format(
                year=brk.year, ratio=decimal(ratio, 2, lang), low=decimal(least, 2, lang), high=decimal(most, 2, lang), reason=getattr(brk, lang)
            )
        )
    said.append(text[trend.family].format(phi=decimal(trend.poisson_dispersion, 1, lang), p=_p(trend, lang)))
    said += _check_sentences(found, lang) + _ahead(found, lang)
    without = left_out(trend.left_out, lang).strip()
    return said + [without] * bool(without)


def _p(trend: Trend, lang: str) -> str:
    return probability(trend.dispersion_p, lang, "" if trend.family == "poisson" else "= ")


def _check_sentences(found: Assessment, lang: str) -> list[str]:
    text, near, worst, held = text_of(lang), found.neighbours, found.worst, found.held_out
    said = [
        text["apart" if near.passed else "alike"].format(
            lag=decimal(near.lag_one, 2, lang), p=probability(near.p, lang), widen=decimal(found.widen, 1, lang)
        )
    ]
    if not worst.passed:
        said.append(text["outlier"].format(year=worst.year, residual=decimal(worst.residual, 1, lang)))
    if held.tried:
        missed = text["missed"].format(years=text["join"].join(map(str, held.missed))) if held.missed else ""
        said.append(text["held"].format(tried=held.tried, inside=held.inside, missed=missed))
    return said


def _ahead(found: Assessment, lang: str) -> list[str]:
    text = text_of(lang)
    if not found.forecasts:
        return [text["distrust"]] if found.neighbours.passed else []
    ((year, row),) = found.forecast().iterrows()
    return [text["ahead"].format(year=year, expected=decimal(row.expected, 0, lang), low=decimal(row.low, 0, lang), high=decimal(row.high, 0, lang))]


def _table(found: Assessment, lang: str) -> pd.DataFrame:
    text, trend, held = text_of(lang), found.trend, found.held_out
    name, verdict = text["rows"], text["verdicts"]
    rows = [
        (name["slope"], percent(found.slope[0], lang), _span(*(percent(ratio, lang) for ratio in found.slope[1:])), verdict[direction(found.slope)])
    ]
    for brk, step in found.steps.items():
        moved = verdict["same" if direction(step) == "flat" else "shift"]
        rows.append(
            (name["step"].format(year=brk.year), f"× {decimal(step[0], 2, lang)}", _span(decimal(step[1], 2, lang), decimal(step[2], 2, lang)), moved)
        )
    rows += [
        (name["dispersion"], decimal(trend.poisson_dispersion, 1, lang), f"p {probability(trend.dispersion_p, lang)}", text["family"][trend.family]),
        (
            name["neighbours"],
            decimal(found.neighbours.lag_one, 2, lang),
            f"p {probability(found.neighbours.p, lang)}",
            verdict["apart" if found.neighbours.passed else "alike"],
        ),
        (
            name["worst"],
            f"{found.worst.year}: {decimal(found.worst.residual, 1, lang)}",
            f"p {probability(found.worst.p, lang)}",
            verdict["none" if found.worst.passed else "outlier"],
        ),
    ]
    if held.tried:
        rows.append((name["held"], f"{held.inside} / {held.tried}", "", verdict["trusted" if held.passed else "distrusted"]))
    for year, row in found.forecast().iterrows():
        rows.append(
            (name["ahead"].format(year=year), decimal(row.expected, 0, lang), _span(decimal(row.low, 0, lang), decimal(row.high, 0, lang)), "")
        )
    return pd.DataFrame(rows, columns=text["heads"])


def _span(low: str, high: str) -> str:
    return f"{low} … {high}"
