"""The tables of a store: observations and findings of each region, made anew only when one of its documents changed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from .. import audit, codebook, tidy
from .. import catalogue as catalogues
from ..corrections import Correction
from ..documents import read
from ..snapshot import digest, file_digest
from ..wholefiles import replace_files
from .shards import MEND, STATEMENTS, StoreError, document_in, documents_of, name_of, names_digest, read_tables, regions_in, write_table
from .workers import executor_of

if TYPE_CHECKING:
    from ..catalogue import Catalogue

RECORD, ROWS = "made-from.txt", "rows.parquet"


def build_tables(store: Path, declared: Sequence[Correction] = (), known: Catalogue | None = None, jobs: int = 1) -> list[str]:
    """Make the tables of the regions whose documents, or what is declared of them, changed; returns which. Each of `jobs` processes has one
    region in memory.

    known: the catalogue, where it is not our own alone.
    """
    regions = list(regions_in(store))
    docs = {region: {document_in(path) for path in shards_of(store, region)} for region in regions if declared}
    mine = [[one for one in declared if name_of(one.doc) in docs[region]] if declared else [] for region in regions]
    with executor_of(min(jobs, len(regions))) as executor:
        made = list(executor.map(_renewed, repeat(store), regions, mine, repeat(known or catalogues.load())))
    return [region for region, anew in zip(regions, made, strict=True) if anew]


def _renewed(store: Path, region: str, declared: Sequence[Correction], known: Catalogue) -> bool:
    """Make the tables of a region anew where they are not of what there is now; says whether it was so."""
    shards = shards_of(store, region)
    if not shards:
        _withdraw(store, region)
        return True
    made_from = f"{names_digest(shards)}\n{digest(repr((known.model_dump_json(), declared)).encode())}\n"
    if _recorded(store, region) == made_from + _sums(store, region):
        return False
    _build_region(store, region, shards, declared, known)
    replace_files(_record(store, region).parent, {RECORD: (made_from + _sums(store, region)).encode()})  # output first, the key last
    return True


def _sums(store: Path, region: str) -> str:
    """The sums of a region's tables: one that is lost or damaged is made again."""
    return "".join(f"{file_digest(store / table / f'region={region}' / ROWS)}\n" for table in ("observations", "findings"))


def is_current(store: Path, region: str) -> bool:
    """Whether the tables of a region are of the documents that the store has of it."""
    return _recorded(store, region).partition("\n")[0] == names_digest(shards_of(store, region))


def _recorded(store: Path, region: str) -> str:
    record = _record(store, region)
    return record.read_bytes().decode("utf-8", "replace") if record.is_file() else ""


def _record(store: Path, region: str) -> Path:
    return store / "observations" / f"region={region}" / RECORD


def _withdraw(store: Path, region: str) -> None:
    """A region without a document is none."""
    for table in ("observations", "findings", STATEMENTS):
        shutil.rmtree(store / table / f"region={region}", ignore_errors=True)


def shards_of(store: Path, region: str) -> list[Path]:
    """The shards of a region's documents."""
    return sorted((store / STATEMENTS / f"region={region}").glob("*.parquet"))


def _build_region(store: Path, region: str, shards: list[Path], declared: Sequence[Correction], known: Catalogue) -> None:
    documents = documents_of(shards)
    for shard, document in zip(shards, documents, strict=True):
        if document_in(shard) != name_of(document.id):
            raise StoreError(f"{shard}: it holds another document, {document.id}: {MEND}")
    corrected = {one.doc for one in declared}
    documents = [replace(document, text=read(document.path).text) if document.id in corrected else document for document in documents]
    statements = read_tables(shards, STATEMENTS).sort_values(["doc", "start", "end", "id"], kind="stable", ignore_index=True)
    observations = tidy.observations(statements, documents, known, declared)
    findings = codebook.validate(audit.of_documents(documents, observations, known), "findings")
    for table, frame in (("observations", observations), ("findings", findings)):
        write_table(frame, table, store / table / f"region={region}" / ROWS)
