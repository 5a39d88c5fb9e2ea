"""Which editions the data have, and what each may know.

An edition is a region and a period. It knows the figures of its period and of those before it, what later documents print for those, the
figures of the periods its targets are set for, what corrections leave out of its period, and the findings that any of these take part in:
nothing else reaches a report, so that a report is out of date exactly when one of these rows is another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from . import tablefiles
from .series.along import Along
from .series.breaks import declared_breaks
from .snapshot import digest, of_mapping

if TYPE_CHECKING:
    from .corrections import Correction
    from .dataset import Dataset
    from .documents import Document, Region


def periods_of(dataset: Any, region: str) -> list[str]:
    """List the periods of `region` that have an edition, oldest first: those a document covers or a table has a row for."""
    observations = dataset.observations
    mine = observations[(observations.region == region) & (observations.kind == "actual")]
    own = {doc.metadata.period for doc in dataset.documents if doc.metadata and doc.metadata.region == region and not doc.is_table}
    in_tables = {doc.id for doc in dataset.documents if doc.is_table}
    return sorted((own & set(mine.period)) | set(mine[mine.doc.isin(in_tables)].period))


@dataclass(frozen=True, slots=True)
class Known:
    """The rows and documents that an edition may know."""

    observations: pd.DataFrame
    findings: pd.DataFrame
    left_out: pd.DataFrame
    documents: tuple[Document, ...]

    def figures(self, region: str, period: str) -> int:
        """How many figures of the edition's own period there are."""
        rows = self.observations
        return int(((rows.region == region) & (rows.period == period) & (rows.kind == "actual")).sum())

    def digest(self, region: Region, declared: Iterable[Correction]) -> str:
        """The sha256 of all of it that a report can show, with the corrections declared for its documents."""
        ids = {doc.id for doc in self.documents}
        about = {
            "observations": digest(tablefiles.to_csv(self.observations, "observations")),
            "findings": digest(tablefiles.to_csv(self.findings, "findings")),
            "left_out": digest(tablefiles.to_csv(self.left_out, "statements")),
            "region": region.model_dump(mode="json"),
            "corrections": [repr(one) for one in declared if one.doc in ids],
            "documents": [[doc.id, doc.format, doc.metadata.model_dump(mode="json") if doc.metadata else None] for doc in self.documents],
        }
        return of_mapping(about)


def narrowed(dataset: Dataset, region: str, period: str) -> Dataset:
    """The dataset as the edition of that region and period may know it."""
    known = known_to(dataset, region, period)
    regions = {region: dataset.regions[region]}
    return replace(
        dataset,
        statements=known.left_out,
        observations=known.observations,
        findings=known.findings,
        implied=dataset.implied[dataset.implied.id.isin(set(known.observations.id))].reset_index(drop=True),
        documents=known.documents,
        regions=regions,
        along=Along.of(known.observations, declared_breaks(known.documents, known.observations), {region: regions[region].zh}),
    )


def known_to(dataset: Dataset, region: str, period: str) -> Known:
    """What the edition of that region and period may know."""
    regional = dataset.observations[dataset.observations.region == region]
    own = {doc.id for doc in dataset.documents if doc.metadata and doc.metadata.period == period and not doc.is_table}
    targets = regional[regional.doc.isin(own) & (regional.kind == "target")]
    wanted = set(zip(targets.indicator, targets.period, strict=True))
    ending = _last_year(period)
    documents = [doc for doc in dataset.documents if doc.metadata and doc.metadata.region == region]
    breaking = {doc.id for doc in documents if any(_last_year(declared.period) <= ending for declared in doc.metadata.breaks)}
    columns = zip(regional.period, regional.doc, regional.indicator, strict=True)
    kept = [written[:4] <= ending or doc in own | breaking or (indicator, written) in wanted for written, doc, indicator in columns]
    observations = regional[pd.Series(kept, index=regional.index, dtype=bool)].reset_index(drop=True)
    known = set(observations.doc) | breaking
    places = _places(observations)
    concerning = [any((s["doc"], s["start"]) in places for s in json.loads(subjects)) for subjects in dataset.findings.subjects]
    findings = dataset.findings[pd.Series(concerning, index=dataset.findings.index, dtype=bool)]
    concerned = {subject["doc"] for subjects in findings.subjects for subject in json.loads(subjects)}
    left_out = _left_out(dataset.statements, {doc.id for doc in documents}, period, set(regional.id))
    kept_documents = tuple(doc for doc in dataset.documents if doc.id in known | concerned | set(left_out.doc))
    return Known(observations, findings.reset_index(drop=True), left_out, kept_documents)


def _left_out(statements: pd.DataFrame, docs: set[str], period: str, kept: set[str]) -> pd.DataFrame:
    """The statements of some documents about a period that are no observation."""
    rows = statements[(statements.period_printed == period) & (statements.entry == "observation") & statements.doc.isin(docs)]
    return rows[~rows.id.isin(kept)].reset_index(drop=True)


def _last_year(period: str) -> str:
    return period.split("..")[-1][:4] or period[:4]


def _places(observations: pd.DataFrame) -> set[tuple[str, int]]:
    """Where the levels, changes and earlier values of some observations begin: how a finding names its subjects."""
    columns = ("start", "change_start", "previous_start")
    return {
        (row[0], int(place))
        for row in zip(observations.doc, *(observations[c] for c in columns), strict=True)
        for place in row[1:]
        if place is not None and place == place
    }
