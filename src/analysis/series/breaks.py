"""Declared breaks: from a period on, some figures count something else, so that nothing is computed, drawn or modelled across it.

A document's metadata declare them (`breaks`), with the reason in two languages; the document is the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..periods import Period, PeriodError

if TYPE_CHECKING:
    import pandas as pd

    from ..documents import Document

__all__ = ["Break", "declared_breaks"]


@dataclass(frozen=True, slots=True)
class Break:
    """From `period` on the figures of these indicators (ids or identities) of a region are another series.

    `doc` says so; where it is `inferred`, the figures of `doc` only do not join those before.
    """

    region: str
    period: str
    indicators: frozenset[str]
    zh: str
    en: str
    doc: str
    inferred: bool = False

    def told(self, lang: str) -> str:
        """The reason, in zh or en."""
        return self.zh if lang == "zh" else self.en

    def lies_between(self, one: str, other: str) -> bool:
        """Say whether one of two periods begins before the break and the other, a different one, goes on behind it.

        >>> new_count = Break("here", "2025", frozenset(["filed"]), "改了口径。", "Counted anew.", "a")
        >>> [new_count.lies_between(*pair) for pair in (("2025", "2024"), ("2024", "2023"), ("2026", "2025"), ("2025H1", "2024H1"))]
        [True, False, False, True]
        """
        try:
            start, periods = Period.parse(self.period).first, {Period.parse(one), Period.parse(other)}
        except PeriodError:
            return False
        if len(periods) == 1:
            return False
        behind = any(period.last is None or period.last >= start for period in periods)
        return behind and any(period.first < start for period in periods)


def declared_breaks(documents: Iterable[Document], observations: pd.DataFrame) -> tuple[Break, ...]:
    """Collect the breaks that documents declare; one that names no indicators is about all its document prints."""
    found = []
    for document in documents:
        if document.metadata is None:
            continue
        region = document.metadata.region
        for declared in document.metadata.breaks:
            printed = observations.loc[observations["doc"] == document.id]
            columns = [column for column in ("indicator", "identity") if column in printed]
            named = declared.indicators or {str(cell) for column in columns for cell in printed[column] if cell}
            found.append(Break(region, declared.period, frozenset(named), declared.zh, declared.en, document.id, declared.inferred))
    return tuple(found)
