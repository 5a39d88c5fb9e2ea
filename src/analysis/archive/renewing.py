"""Bringing a project's archive up to date with its data/raw: what changed is read, what is gone goes, and the tables of those regions are made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .. import catalogue as catalogues
from .. import corrections
from ..documents import id_of
from ..project import ARCHIVE, MANUAL, RAW
from .extracting import Outcome, extract_all, names_in
from .shards import documents_of, name_of, shards_by_document
from .tables import build_tables


@dataclass(frozen=True, slots=True)
class Renewed:
    """What was done: the documents left out with the reason, how many shards went, the regions whose tables were made."""

    left_out: list[Outcome]
    gone: int
    made: list[str]


def renew(root: Path, jobs: int = 1, anew: bool = False, tell: Callable[[int], None] = lambda count: None) -> Renewed:
    """Make the archive of a project that of its data/raw and data/manual, each process with a region in memory at a time.

    anew: read what has not changed, too. Raises CorrectionError, and CatalogueError where the project's own entries have a fault.
    """
    store = root / ARCHIVE
    known, declared = catalogues.of(root), corrections.load(root / MANUAL / corrections.FILE)
    left_out = extract_all(names_in([root / RAW]), store, jobs, resume=not anew, tell=tell)
    every = list(names_in([root / RAW]))
    corrections.refuse_unknown(declared, set(map(id_of, every)))
    failed = {path for path, _ in left_out}
    present = {name_of(id_of(path)) for path in every if str(path) not in failed}
    gone = _drop(path for name, paths in shards_by_document(store).items() if name not in present for path in paths)
    return Renewed(left_out, gone, build_tables(store, declared, known, jobs))


def no_longer_there(places: Iterable[str | Path], store: Path) -> list[Path]:
    """The shards of documents that were read from one of these folders and are in none of them now: they keep their rows until they are deleted."""
    folders = [place for place in map(Path, places) if place.is_dir()]
    if not folders:
        return []
    present = {name_of(id_of(path)) for path in names_in(folders)}
    shards = [path for name, paths in shards_by_document(store).items() if name not in present for path in paths]
    roots = [Path(os.path.abspath(folder)) for folder in folders]
    came_from = [Path(os.path.abspath(document.path)).parents for document in documents_of(shards)]
    return sorted(shard for shard, parents in zip(shards, came_from, strict=True) if any(root in parents for root in roots))


def _drop(shards: Iterable[Path]) -> int:
    count = 0
    for shard in shards:
        shard.unlink(missing_ok=True)
        count += 1
    return count
