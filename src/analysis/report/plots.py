"""Charts of a table of observations, as the reports draw them, for notebooks of one's own: one verb for each question.

Each takes DataFrames as `observations` or `load().to_frame()` give them, whole or filtered, or paths, texts and documents, and gives a
matplotlib figure, which a notebook shows and `savefig` writes. lang: "zh" or "en". Raises ValueError where there is nothing to draw, or
more than a page shows legibly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from .. import audit, frames
from .. import catalogue as catalogues
from ..audit.told import read_told
from ..observing import observe, take_all
from ..series.along import Along
from . import charts
from .charts.ranked import KINDS, ranked
from .charts.style import Plot
from .comparing import Past
from .facts import Fact, read_facts
from .figures import comparable, on_one_scale
from .history import run_of
from .narrative import Narrator
from .phrases import Wording

if TYPE_CHECKING:
    from ..documents.taking import Source

__all__ = ["plot_changes", "plot_levels", "plot_series", "plot_targets"]

Row = TypeVar("Row")
MOST = 40  # rows or panels that can still be read
SHORTEST = 2  # years a series needs


def plot_changes(*given: pd.DataFrame | Source, period: str | None = None, lang: str = "zh") -> Plot:
    """What moved most: changes as bars, the largest first; per cent and percentage points in panels of their own.

    period: which one, where the rows are of several. A bar is hollow where the change is worked out from two printed levels (†), its
    year is assumed, or another figure contradicts it.

    >>> figure = plot_changes("2017年，全市立刑事案件12364起，同比下降25.44%；立命案31起，同比上升3.3%。", lang="en")
    >>> [name.get_text() for name in figure.axes[0].get_yticklabels()]
    ['Criminal cases filed', 'Homicides filed']
    """
    facts, _ = _facts(given)
    drawn = _of_one_period([fact for kind in KINDS for fact in ranked(facts, kind)], period, "a change with an amount")
    return charts.draw_changes(drawn, _narrator(lang))


def plot_levels(*given: pd.DataFrame | Source, period: str | None = None, lang: str = "zh") -> Plot:
    """From where to where: counts beside those of a year earlier, printed, or implied by the change (then with a bar for the interval).

    period: which one, where the rows are of several.
    """
    facts, _ = _facts(given)
    drawn = _of_one_period([fact for fact in facts if comparable(fact)], period, "a count with one of a year earlier, printed or implied")
    return charts.draw_levels(drawn, _narrator(lang, drawn[0].period))


def plot_targets(*given: pd.DataFrame | Source, period: str | None = None, lang: str = "zh") -> Plot:
    """Were the targets met: targets in per cent as bullets, with what was reached where a row says it.

    period: which one, where the rows are of several.
    """
    facts, past = _facts(given)
    drawn = _of_one_period([fact for fact in facts if fact.kind == "target" and on_one_scale(fact)], period, "a target in per cent")
    return charts.draw_targets(drawn, {fact.id: actual for fact in drawn if (actual := past.reached(fact)) is not None}, _narrator(lang))


def plot_series(*given: pd.DataFrame | Source, lang: str = "zh") -> Plot:
    """How it went: the yearly values of each indicator as a panel on a scale of its own; no line leads over a missing year."""
    facts, past = _facts(given)
    narrator = _narrator(lang)
    newest = {}
    for fact in sorted((one for one in facts if one.kind == "actual" and one.period.isdigit()), key=lambda one: one.period):
        if (series := past.series(fact)) is not None:
            newest[series.key] = fact, series
    runs = [run for fact, series in newest.values() if (run := run_of(fact, series, past, narrator, SHORTEST)) is not None]
    return charts.draw_series(_legible(runs, "an indicator with values of two years"), lang)


def _facts(given: Sequence[pd.DataFrame | Source]) -> tuple[list[Fact], Past]:
    """The figures of some tables and sources, with what the arithmetic says of them, and the series that they stand in."""
    tables = [frames.exact(one) for one in given if isinstance(one, pd.DataFrame)]
    sources = [one for one in given if not isinstance(one, pd.DataFrame)]
    if sources:
        tables.append(observe(*take_all(sources)))
    if not tables:
        raise TypeError("give a table of observations, or paths, texts or documents")
    table, known = pd.concat(tables, ignore_index=True), catalogues.load()
    facts = read_facts(table, known, audit.implied(table), read_told(audit.audit(table, known)))
    past = Past(Along.of(table), {fact.id: fact for fact in facts})
    return past.complete(facts), past


def _of_one_period(facts: Sequence[Fact], period: str | None, wanted: str) -> Sequence[Fact]:
    found = Counter(fact.period for fact in facts)
    if period is None and len(found) > 1:
        several = ", ".join(f"{one or 'none'} ({count})" for one, count in sorted(found.items()))
        raise ValueError(f"rows of several periods have {wanted}: {several}; say which: period={max(found)!r}")
    return _legible([fact for fact in facts if period is None or fact.period == period], wanted + (f" of {period}" if period else ""))


def _legible(rows: Sequence[Row], wanted: str) -> Sequence[Row]:
    if not rows:
        raise ValueError(f"nothing to draw: no row has {wanted}")
    if len(rows) > MOST:
        raise ValueError(f"{len(rows)} have {wanted}; more than {MOST} cannot be read in one chart: filter the table first")
    return rows


def _narrator(lang: str, period: str = "") -> Narrator:
    return Narrator(Wording.load(lang), period)
