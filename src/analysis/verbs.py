"""The verbs of the public face that go through several rooms: each takes paths, texts and documents alike, and gives tables with dtypes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import audit as auditing
from . import catalogue as catalogues
from . import dataset, finding, frames
from .observing import observe, take_all
from .project import ARCHIVE, find_root

if TYPE_CHECKING:
    import pandas as pd

    from .corrections import Correction
    from .documents.taking import Source


def observations(*sources: Source, declared: Sequence[Correction] = (), exact: bool = False) -> pd.DataFrame:
    """The statistics that some bulletins state, a row each (columns: docs/codebook.md, with dtypes, `year`, `period_start`, `period_end`, `freq`).

    exact: Decimals with their printed digits and plain texts, as data/processed has them. declared: corrections to apply. Raises DocumentError
    and CorrectionError.

    >>> table = observations("2017年，全市立刑事案件12364起，同比下降25.44%。")
    >>> float(table.loc[0, "value"]), table["value"].dtype.name, int(table.loc[0, "year"])
    (12364.0, 'float64', 2017)
    """
    table = observe(*take_all(sources), declared=declared)
    return table if exact else frames.typed(table)


def implied(observations: pd.DataFrame) -> pd.DataFrame:
    """What each printed change says about the earlier value: an interval, and for counts the integers that fit."""
    return auditing.implied(frames.exact(observations))


def find(name: str, *sources: Source, region: str | None = None, period: str | None = None) -> pd.DataFrame:
    """One indicator, by its Chinese or English name, in some bulletins; where none are given, in the archive or else the dataset; a row a statement.

    >>> find("刑事案件立案数", "2017年，全市立刑事案件12364起，同比下降25.44%。").loc[0, "change"]
    '-25.44% yoy'
    """
    if not sources:
        root = find_root()
        if (root / ARCHIVE).is_dir():
            return finding.find_in_store(name, root / ARCHIVE, catalogues.of(root), region, period)
        data = dataset.load(root)
        return finding.find(name, data.observations, data.findings, data.catalogue, region, period)
    documents, known = take_all(sources), catalogues.load()
    table = observe(*documents)
    return finding.find(name, table, auditing.of_documents(documents, table, known), known, region, period)


def audit_documents(*sources: Source) -> pd.DataFrame:
    """What the arithmetic of some bulletins says, taken together: a row a finding (columns: docs/codebook.md)."""
    return auditing.audit(*sources) if sources else auditing.audit(observe())
