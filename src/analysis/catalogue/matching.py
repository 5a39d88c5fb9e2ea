"""Names against our own catalogue, and the names it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .entries import load, normalise

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["match", "normalise", "unknown"]


def match(name: str, name_as_written: str = "", unit: str | None = None, organ: str = "all", scope: str | None = None) -> str | None:
    """`Catalogue.match` of our own catalogue.

    >>> match("行政机关负责人出庭率", unit="%") == match("行政机关负责人出庭应诉率", unit="%") == "officials-appearing-in-court-rate"
    True
    """
    return load().match(name, name_as_written, unit, organ, scope)


def unknown(observations: pd.DataFrame) -> pd.DataFrame:
    """The names in `observations` that the catalogue does not know: name, unit, organ, and how many observations have them.

    Most frequent first. Kept in the data all the same; this is the list to extend `catalogue.yml` from.
    """
    without = observations[observations["indicator"] == ""]
    counts = without.groupby(["name", "unit", "organ"], dropna=False).size().reset_index(name="observations")
    return counts.sort_values(["observations", "name", "unit", "organ"], ascending=[False, True, True, True], ignore_index=True)
