"""The dataset: data/processed, loaded for reports and notebooks."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pandas as pd

from . import audit, codebook, datapackage, snapshot, tablefiles
from . import catalogue as catalogues
from .documents import Document, load_documents, load_regions
from .frames import typed
from .project import ARCHIVE, MANUAL, PROCESSED, RAW, DatasetError, find_root
from .series.along import Along
from .series.breaks import declared_breaks

if TYPE_CHECKING:
    from .catalogue import Catalogue
    from .documents import Region

__all__ = ["MANUAL", "PROCESSED", "RAW", "Dataset", "DatasetError", "find_root", "keep", "load"]

# What a process that serves many reports has loaded once, by the id of its snapshot.
_kept: dict[str, Dataset] = {}


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything a report needs, as of one day: None where nothing was left out.

    The tables' columns are the codebook's. `implied` says what each printed change implies about the earlier value,
    `along` what may be compared with what: the series of a region's indicators (`series.along`).
    """

    statements: pd.DataFrame
    observations: pd.DataFrame
    findings: pd.DataFrame
    implied: pd.DataFrame
    documents: tuple[Document, ...]
    regions: dict[str, Region]
    catalogue: Catalogue
    along: Along
    day: date | None = None

    def to_frame(self, table: str = "observations", exact: bool = False) -> pd.DataFrame:
        """One table (statements, observations or findings) with dtypes; of the observations with year, span and frequency of their periods.

        exact: Decimals with their printed digits and plain texts, as data/processed has them.
        """
        frame = getattr(self, table)
        return frame if exact else typed(frame, table)

    def _repr_html_(self) -> str:
        """The dataset for a notebook: its regions, with their documents, observations and periods."""
        rows = []
        for id, region in sorted(self.regions.items()):
            own = self.observations[self.observations["region"] == id]
            years = sorted({period[:4] for period in own["period"] if period})
            span = f"{years[0]}–{years[-1]}" if years else ""
            rows.append((f"{region.zh} {region.en}", str(own["doc"].nunique()), f"{len(own):,}", span))
        head = "".join(f"<th>{name}</th>" for name in ("region", "documents", "observations", "years"))
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        return f"<p><strong>Tongbi</strong>: {len(self.documents)} documents</p><table><tr>{head}</tr>{body}</table>"

    def document(self, id: str) -> Document:
        """The document of that id."""
        return next(document for document in self.documents if document.id == id)


def load(root: Path | None = None, day: date | None = None, *, region: str | None = None, period: str | None = None) -> Dataset:
    """Load data/processed with its documents and catalogue.

    region, period: only the rows and documents of that region (its id), and the rows of that period; where there is a data/archive nothing
    else is read. day: as of that day, leaving out what was published later and auditing the rest anew. Raises DatasetError when data/processed
    is missing, was edited, is half of one build and half of another, or no longer belongs to the sources and the code that it was built from.
    """
    root = root or find_root()
    if region or period:
        part = _part_of_archive(root, region, period) if (root / ARCHIVE).is_dir() else _part(load(root), region, period)
        return part if day is None else as_of(part, day)
    expected = os.environ.get(snapshot.EXPECTED)
    whole = _kept.get(expected or "")
    if whole is None:
        _check(root, expected)
        whole = _whole(root)
    return whole if day is None else as_of(whole, day)


def _part(whole: Dataset, region: str | None, period: str | None) -> Dataset:
    """The rows of a region and period, with the documents that these come from."""
    own = {doc.id for doc in whole.documents if region is None or (doc.metadata and doc.metadata.region == region)}
    observations = whole.observations
    wanted = (observations["doc"].isin(own) & (observations["period"] == period)) if period else observations["doc"].isin(own)
    observations = observations[wanted].reset_index(drop=True)
    documents = [doc for doc in whole.documents if doc.id in (set(observations["doc"]) if period else own)]
    ids = {doc.id for doc in documents}
    statements = whole.statements[whole.statements["doc"].isin(ids)].reset_index(drop=True)
    findings = whole.findings[[json.loads(subjects)[0]["doc"] in ids for subjects in whole.findings["subjects"]]].reset_index(drop=True)
    regions = {id: place for id, place in whole.regions.items() if region in (None, id)}
    return assembled(statements, observations, findings, documents, regions, whole.catalogue)


def _part_of_archive(root: Path, region: str | None, period: str | None) -> Dataset:
    from . import archive  # few have one, and its engine takes a while to load

    regions = {id: place for id, place in load_regions(root / RAW, on_error=lambda error: None).items() if region in (None, id)}
    tables, documents = archive.part(root / ARCHIVE, region, period)
    return assembled(**tables, documents=documents, regions=regions, catalogue=catalogues.of(root))


def keep(root: Path) -> Dataset:
    """Load the dataset and have every later `load` of this process, and of its forks, give it where its snapshot is the expected one."""
    expected = os.environ[snapshot.EXPECTED]
    _kept[expected] = load(root)
    return _kept[expected]


def dump(root: Path, file: BinaryIO) -> None:
    """Load the dataset and write it into `file`, for a process of the same code to `keep_dumped`."""
    taken = snapshot.verified(root)
    pickle.dump((snapshot.expected_id(taken), load(root)), file, pickle.HIGHEST_PROTOCOL)


def keep_dumped(file: BinaryIO) -> None:
    """As `keep`, of what `dump` wrote: to read that takes a sixth of the time that loading does."""
    expected, whole = pickle.load(file)
    _kept[expected] = whole


def assembled(
    statements: pd.DataFrame,
    observations: pd.DataFrame,
    findings: pd.DataFrame,
    documents: Sequence[Document],
    regions: dict[str, Region],
    catalogue: Catalogue,
    day: date | None = None,
) -> Dataset:
    """The dataset of some tables: with what their changes imply, and with their series."""
    along = Along.of(observations, declared_breaks(documents, observations), {region.id: region.zh for region in regions.values()})
    return Dataset(statements, observations, findings, audit.implied(observations), tuple(documents), regions, catalogue, along, day)


def as_of(whole: Dataset, day: date) -> Dataset:
    """The dataset as it was known on a day."""
    documents = [document for document in whole.documents if document.out_by(day)]
    known = {document.id for document in documents}
    statements, observations = (frame[frame["doc"].isin(known)].reset_index(drop=True) for frame in (whole.statements, whole.observations))
    findings = audit.of_documents(documents, observations, whole.catalogue)
    return assembled(statements, observations, findings, documents, whole.regions, whole.catalogue, day)


def _check(root: Path, expected: str | None) -> None:
    """Refuse data that no longer belong together, or are not those of the run this process works for."""
    found = snapshot.read(root)
    if found is not None and (changed := snapshot.differences(found, root)):
        raise DatasetError(f"{root / PROCESSED}: it no longer belongs to its sources ({snapshot.listed(changed)}): run `tongbi data`")
    if expected and (found is None or snapshot.expected_id(found) != expected):
        raise DatasetError(f"{root / PROCESSED}: it is not the snapshot this run publishes from: data or code changed meanwhile; publish again")


def _whole(root: Path) -> Dataset:
    tables = read_tables(root / PROCESSED)
    documents = load_documents(root / RAW, on_error=lambda error: None)
    return assembled(**tables, documents=documents, regions=load_regions(root / RAW, on_error=lambda error: None), catalogue=catalogues.of(root))


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of a data/processed by name. Raises DatasetError when they are not there, or not what was built."""
    try:
        expected = datapackage.hashes((folder / datapackage.FILE).read_bytes())
        files = {table: (folder / f"{table}.csv").read_bytes() for table in codebook.TABLES}
    except (OSError, ValueError, KeyError) as error:
        raise DatasetError(f"{folder}: it is not built, or only in part ({error}): run `tongbi data`") from error
    for table, data in files.items():
        if hashlib.sha256(data).hexdigest() != expected.get(f"{table}.csv"):
            raise DatasetError(f"{folder / table}.csv: it is not what was built: run `tongbi data` (corrections go into {MANUAL})")
    return {table: tablefiles.from_csv(data, table) for table, data in files.items()}
