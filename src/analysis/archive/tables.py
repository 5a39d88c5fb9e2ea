"""The tables of a store: observations and findings of each region, made anew only when one of its documents changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from .. import audit, codebook, tidy
from .. import catalogue as catalogues
from ..corrections import Correction
from ..documents import read
from ..series.breaks import declared_breaks
from ..wholefiles import replace_files
from .shards import STATEMENTS, documents_of, names_digest, read_tables, regions_in, write_table

RECORD, ROWS = "made-from.txt", "rows.parquet"


def build_tables(store: Path, declared: Sequence[Correction] = (), regions: Iterable[str] = ()) -> list[str]:
    """Make the tables of the regions whose documents changed; returns which. No more than one region is in memory."""
    made = []
    for region in regions or regions_in(store):
        if not is_current(store, region):
            shards = shards_of(store, region)
            _build_region(store, region, shards, declared)
            replace_files(_record(store, region).parent, {RECORD: names_digest(shards).encode()})  # output first, the key last
            made.append(region)
    return made


def is_current(store: Path, region: str) -> bool:
    """Whether the tables of a region are of the documents that the store has of it."""
    record = _record(store, region)
    return record.exists() and record.read_text() == names_digest(shards_of(store, region))


def _record(store: Path, region: str) -> Path:
    return store / "observations" / f"region={region}" / RECORD


def shards_of(store: Path, region: str) -> list[Path]:
    """The shards of a region's documents."""
    return sorted((store / STATEMENTS / f"region={region}").glob("*.parquet"))


def _build_region(store: Path, region: str, shards: list[Path], declared: Sequence[Correction]) -> None:
    documents = documents_of(shards)
    ids = {document.id for document in documents}
    mine = [one for one in declared if one.doc in ids]
    corrected = {one.doc for one in mine}
    documents = [replace(document, text=read(document.path).text) if document.id in corrected else document for document in documents]
    statements = read_tables(shards, STATEMENTS).sort_values(["doc", "start", "end", "id"], kind="stable", ignore_index=True)
    catalogue = catalogues.load()
    observations = tidy.observations(statements, documents, catalogue, mine)
    findings = codebook.validate(audit.audit(observations, catalogue, declared_breaks(documents, observations)), "findings")
    for table, frame in (("observations", observations), ("findings", findings)):
        write_table(frame, table, store / table / f"region={region}" / ROWS)
