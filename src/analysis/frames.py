"""Tables as a pandas user expects them: float64, Int64, boolean, string and datetime64, with the year, span and frequency of each period.

Inside the program a number is a Decimal with its printed digits, and a table's columns are objects; `typed` makes the table for analysis,
`exact` takes a typed one back.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import codebook
from .periods import Period, PeriodError

if TYPE_CHECKING:
    import pandas as pd

DTYPES = {"text": "string", "json": "string", "offset": "Int64", "flag": "boolean", "number": "float64"}
# The columns that `typed` adds to a table with periods.
SPAN = ("year", "period_start", "period_end", "freq")
LENGTHS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}


def typed(frame: pd.DataFrame, table: str = "observations") -> pd.DataFrame:
    """The table with dtypes. Where it has a period: `year` (Int64; none for a span of several), `period_start`, `period_end` and `freq`.

    A text that is missing is "" as before; numbers that are missing are NaN, dates NaT. Decimals become the nearest float.
    """
    import pandas as pd

    columns = codebook.load().of(table)
    made: dict[str, Any] = {}
    for name in frame.columns:
        kind = columns[name].type if name in columns else "text"
        made[name] = (
            pd.to_datetime(frame[name].replace("", None), errors="coerce").astype("datetime64[ns]")
            if kind == "date"
            else frame[name].astype(DTYPES[kind])
        )
    if "period" in frame.columns and table == "observations":
        spans = [_span(period) for period in frame["period"]]
        for name, dtype in zip(SPAN, ("Int64", "datetime64[ns]", "datetime64[ns]", "string"), strict=True):
            made[name] = pd.Series([span[SPAN.index(name)] for span in spans], index=frame.index, dtype=dtype)
    return pd.DataFrame(made, index=frame.index)


def exact(frame: pd.DataFrame, table: str = "observations") -> pd.DataFrame:
    """A typed table as the program's own: texts, Decimals and None. One that is exact already comes back as it is."""
    import pandas as pd

    if "freq" not in frame.columns and all(dtype.kind == "O" and dtype.name == "object" for dtype in frame.dtypes):
        return frame
    columns = codebook.load().of(table)
    return pd.DataFrame({name: pd.Series([_exact(value, columns[name].type) for value in frame[name]], dtype=object, index=frame.index)
                         for name in frame.columns if name in columns})  # fmt: skip


def _exact(value: Any, kind: str) -> Any:
    import pandas as pd

    missing = value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value))
    if kind in ("text", "json"):
        return "" if missing else str(value)
    if kind == "date":
        return "" if missing or value == "" else str(value)[:10]
    if missing:
        return False if kind == "flag" else None
    if kind == "number":
        return value if isinstance(value, Decimal) else _decimal(float(value))
    return bool(value) if kind == "flag" else int(value)


def _decimal(value: float) -> Decimal:
    return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))


def _span(period: str) -> tuple[int | None, Any, Any, str]:
    try:
        span = Period.parse(period)
    except PeriodError:
        return None, None, None, ""
    if span.last is None:
        return None, span.first, None, "open"
    ends = span.months
    one_year = span.first.year == span.last.year
    freq = ("week" if span.is_week else "days") if ends is None else LENGTHS.get(ends[1] - ends[0] + 1, "months" if one_year else "years")
    return span.first.year if one_year else None, span.first, span.last, freq
