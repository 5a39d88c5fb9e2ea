"""Two years of a count: their rate ratio with an interval. A comparison, never a trend.

Model: each count is Poisson with its own rate over equal exposures, so the later count given the sum of both is
binomial and the interval of the ratio is exact (Przyborowski & Wilenski 1940, Biometrika 31:313; the binomial limits
are those of Clopper & Pearson 1934, Biometrika 26:404, by ``statsmodels.stats.proportion.proportion_confint``).
A count known only as a range of integers (an earlier year implied by a printed percent) carries its range through:
the limits are the widest over the range, which its two ends give, both limits being monotone in either count.
"""

from dataclasses import dataclass
from math import inf, log

import pandas as pd
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from ..writing.numbers import writer
from .words import decimal, text_of

FEW = 10  # a count below this is too small for the log-normal reading behind `tolerated_dispersion`


@dataclass(frozen=True, slots=True)
class CountRange:
    """A count known to lie between two integers, both included; ``low == high`` when it is printed exactly.

    >>> str(CountRange(16582, 16583)), str(CountRange.of(12364))
    ('16,582–16,583', '12,364')
    """

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError(f"a count range needs 0 <= low <= high, not {self.low}..{self.high}")

    @classmethod
    def of(cls, count: "int | tuple[int, int] | CountRange") -> "CountRange":
        """Take an integer, a pair of integers or a range as it is."""
        if isinstance(count, CountRange):
            return count
        low, high = count if isinstance(count, tuple) else (count, count)
        return cls(int(low), int(high))

    def __str__(self) -> str:
        return self.written("en")

    def written(self, lang: str) -> str:
        """The count, or its two ends, as the language writes them."""
        ends = [writer(lang).number(end) for end in (self.low, self.high)]
        return ends[0] if self.low == self.high else "–".join(ends)


@dataclass(frozen=True, slots=True)
class RateRatio:
    """Later count over earlier count. Ratios have no unit; `confidence` is a share (0.95).

    ratio_low, ratio_high: the ratio itself, a range when a count is one. low, high: its confidence interval.
    tolerated_dispersion: the greatest variance-to-mean ratio of yearly counts under which the interval would still
    leave out 1; `None` when it holds 1 already or a count is below ten. A Poisson count has 1.
    """

    later: CountRange
    earlier: CountRange
    ratio_low: float
    ratio_high: float
    low: float
    high: float
    confidence: float
    tolerated_dispersion: float | None

    @property
    def differs(self) -> bool:
        """Whether the interval leaves out 1."""
        return self.low > 1 or self.high < 1

    def table(self) -> pd.DataFrame:
        """One row: the two counts, the ratio, its interval, the dispersion it would bear."""
        shown = _span(self.ratio_low, self.ratio_high, "en")
        tolerated = "" if self.tolerated_dispersion is None else decimal(self.tolerated_dispersion, 1, "en")
        return pd.DataFrame(
            [
                {
                    "later": str(self.later),
                    "earlier": str(self.earlier),
                    "ratio": shown,
                    "low": _number(self.low, "en"),
                    "high": _number(self.high, "en"),
                    "tolerated_dispersion": tolerated,
                }
            ]
        )

    def sentence(self, lang: str = "en") -> str:
        """The comparison in words, what it assumes, and what it does not say."""
        return told(self, lang)


def rate_ratio(later: "int | tuple[int, int] | CountRange", earlier: "int | tuple[int, int] | CountRange", confidence: float = 0.95) -> RateRatio:
    """Compare two yearly counts of equal exposure.

    >>> r = rate_ratio(12364, (16582, 16583))
    >>> f"{r.ratio_low:.4f} {r.low:.3f} {r.high:.3f} {r.differs}"
    '0.7456 0.728 0.763 True'

    Raises ValueError for a negative count, a reversed range, or two counts of nought.
    """
    new, old = CountRange.of(later), CountRange.of(earlier)
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, not {confidence}")
    if new.high + old.high == 0:
        raise ValueError("two counts of nought have no ratio")
    return RateRatio(
        new,
        old,
        _divide(new.low, old.high),
        _divide(new.high, old.low),
        _limits(new.low, old.high, confidence)[0],
        _limits(new.high, old.low, confidence)[1],
        confidence,
        _tolerated_dispersion(new, old, confidence),
    )


def _limits(later: int, earlier: int, confidence: float) -> tuple[float, float]:
    """Exact limits of the ratio of two Poisson rates: binomial limits p turned into odds p / (1 - p)."""
    if later + earlier == 0:
        return 0.0, inf
    low, high = proportion_confint(later, later + earlier, alpha=1 - confidence, method="beta")
    return _divide(low, 1 - low), _divide(high, 1 - high)


def _tolerated_dispersion(later: CountRange, earlier: CountRange, confidence: float) -> float | None:
    """Solve |log ratio| = z * sqrt(phi * (1/a + 1/b)) for phi (quasi-Poisson, McCullagh & Nelder 1989, s. 6.2).

    Taken at the ends of the ranges that lie nearest to each other.
    """
    a, b = (later.low, earlier.high) if later.low > earlier.high else (later.high, earlier.low)
    overlap = later.low <= earlier.high and earlier.low <= later.high
    if overlap or min(a, b) < FEW:
        return None
    phi = (log(a / b) / norm.ppf((1 + confidence) / 2)) ** 2 / (1 / a + 1 / b)
    return phi if phi > 1 else None


def _divide(a: float, b: float) -> float:
    return a / b if b else inf


def _number(ratio: float, lang: str) -> str:
    return "∞" if ratio == inf else decimal(ratio, 3, lang)


def _span(low: float, high: float, lang: str) -> str:
    ends = _number(low, lang), _number(high, lang)
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def told(found: RateRatio, lang: str) -> str:
    """The sentence of `RateRatio.sentence`: the ratio with its interval, and what two years cannot say."""
    text = text_of(lang)["ratio"]
    said = text["said"].format(
        later=found.later.written(lang), earlier=found.earlier.written(lang), ratio=_span(found.ratio_low, found.ratio_high, lang),
        confidence=decimal(found.confidence * 100, 0, lang), low=_number(found.low, lang), high=_number(found.high, lang), method=text["method"],
    )  # fmt: skip
    tolerated = found.tolerated_dispersion
    key = "alike" if not found.differs else "two" if tolerated is None else "tolerated"
    phi = "" if tolerated is None else decimal(tolerated, 0, lang)
    return said + (" " if lang == "en" else "") + text[key].format(two=text["two"], phi=phi)
