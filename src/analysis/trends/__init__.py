"""What statistics can honestly say of the series: two years compared, long series modelled, short ones left alone.

`rate_ratio` compares two counts, `compare` all counts of a region and year with the year before. `series` gives the points
of one indicator; its `fit`, checked by `assess`, says what may be said of them. `fit` takes any yearly counts.
"""

from .assessment import Assessment, assess
from .model import Break, TooFew, Trend, fit
from .ratio import CountRange, RateRatio, rate_ratio
from .series import Series, series
from .years import Comparison, compare

__all__ = [
    "Assessment", "Break", "Comparison", "CountRange", "RateRatio", "Series", "TooFew", "Trend",
    "assess", "compare", "fit", "rate_ratio", "series",
]  # fmt: skip
