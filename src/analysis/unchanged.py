"""What of the last build still holds: the statements of documents, and all tables of regions, whose sources are what they were.

Nothing is kept beside data/processed: its tables are what was made, and its snapshot says of what. What other code made, or another catalogue or
other corrections, holds no more, and neither does a table that is not what was written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from . import codebook, snapshot
from .dataset import read_tables
from .documents.reading import SIDECAR
from .documents.stored import SUM
from .project import PROCESSED, RAW, DatasetError

if TYPE_CHECKING:
    from .documents import Document


@dataclass(frozen=True, slots=True)
class Held:
    """The last build's tables, the documents whose statements hold, and the regions of which everything does."""

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    documents: Mapping[str, snapshot.Read] = field(default_factory=dict)
    regions: Mapping[str, snapshot.Region] = field(default_factory=dict)

    def whole(self, region: str, documents: Iterable[Document]) -> bool:
        """Whether everything of a region holds, now that it has these documents."""
        ids = [document.id for document in documents]
        return region in self.regions and self.regions[region].documents == ids and self.documents.keys() >= set(ids)

    def has(self, document: Document, root: Path) -> bool:
        """Whether the statements of a document hold, which must have been read from the same place."""
        read = self.documents.get(document.id)
        return read is not None and document.path is not None and read.path == document.path.relative_to(root).as_posix()

    def rows(self, table: str, documents: Collection[str]) -> list[pd.DataFrame]:
        """The rows of a table about some documents; no table where there are none."""
        if not documents or table not in self.tables:
            return []
        frame = self.tables[table]
        return [frame[documents_of(frame, table).isin(documents)]]


NOTHING = Held()


def held(root: Path, sources: Mapping[str, str]) -> Held:
    """What of data/processed holds, now that the sources of the project are these."""
    try:
        found = snapshot.read(root)
        if found is None or found.made_with != snapshot.made_with() or found.tables != snapshot.tables(root):
            return NOTHING
        tables = read_tables(root / PROCESSED)
    except DatasetError:
        return NOTHING
    every = {*sources, *found.sources}
    same = {name for name in every if sources.get(name) and sources.get(name) == found.sources.get(name)}
    documents = {id: read for id, read in found.documents.items() if files_of(read.path) & every <= same}
    raw = RAW.as_posix()
    if not {name for name in every if not name.startswith(f"{raw}/")} <= same:
        return Held(tables, documents)
    changed = {name.split("/")[2] for name in every - same}
    return Held(tables, documents, {id: region for id, region in found.regions.items() if id not in changed})


def files_of(path: str) -> set[str]:
    """The files that a document is read from, there or not: itself, its metadata, and the text extracted from it."""
    stem = str(Path(path).with_suffix(""))
    return {path, stem + SIDECAR, f"{path}.txt", f"{path}.txt{SUM}"}


def documents_of(frame: pd.DataFrame, table: str) -> pd.Series:
    """The document of each row of a table; a finding is of that of the number it is about."""
    if table != "findings":
        return frame["doc"]
    return pd.Series([json.loads(subjects)[0]["doc"] for subjects in frame["subjects"]], index=frame.index, dtype=object)


def joined(frames: Iterable[pd.DataFrame], table: str) -> pd.DataFrame:
    """Rows of several documents as one table, in the order of the documents' ids."""
    frames = list(frames)
    if not frames:
        return pd.DataFrame({name: pd.Series([], dtype=object) for name in codebook.load().of(table)})
    whole = pd.concat(frames, ignore_index=True)
    order = documents_of(whole, table).sort_values(kind="stable").index
    return whole.loc[order].reset_index(drop=True)
