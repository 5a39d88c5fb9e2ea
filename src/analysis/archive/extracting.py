"""Reading very many documents: by several processes here, or by a cluster; what was read is not read again."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ..documents import DocumentError, id_of
from ..documents.store import document_paths, same_id
from .shards import StoreError, holds, key_of, name_of, shards_by_document, write_shard
from .workers import executor_of

BATCH = 50  # documents a task: sending a task costs as much as reading a short document
AHEAD = 4  # tasks waiting for each worker
_KILLED = "the process that read it was killed (out of memory?)", "split it, or leave it out"
Outcome = tuple[str, str]  # a document's path, and what was wrong with it: empty where it was read


def names_in(places: Iterable[str | Path]) -> Iterator[Path]:
    """The documents of some folders and files, one after another."""
    for place in map(Path, places):
        if place.is_dir():
            yield from document_paths(place)
        else:
            yield place


def extract_all(
    names: Iterable[Path],
    store: Path,
    jobs: int = 1,
    resume: bool = False,
    cluster: str | None = None,
    tell: Callable[[int], None] = lambda count: None,
) -> list[Outcome]:
    """Write a shard for every document; returns those that could not be read, with the reason.

    resume: leave out what has been read by this code already. cluster: the address of a `distributed` scheduler, whose workers see the same
    files. `tell` hears how many are done. A worker that is killed costs its batch a second try, nothing else.
    """
    run = uuid.uuid4().hex
    failed: list[Outcome] = []
    done = 0
    for outcomes in _batches_done(_each_once(names, failed), store, jobs, cluster, run, resume):
        failed += [outcome for outcome in outcomes if outcome[1]]
        done += len(outcomes)
        tell(done)
    return sorted(failed)


def _each_once(names: Iterable[Path], refused: list[Outcome]) -> Iterator[Path]:
    """The documents but for those whose id was another's before: these are refused, as in data/raw."""
    known: dict[str, Path] = {}
    for path in names:
        before = known.setdefault(id_of(path), path)
        if before is path:
            yield path
        elif os.path.realpath(before) != os.path.realpath(path):  # else it was named twice
            refused.append((str(path), str(DocumentError(path, *same_id(before)))))


def read_batch(paths: Sequence[str], store: str, run: str, resume: bool) -> list[Outcome]:
    """Write the shards of some documents; where it is a run that resumes, but for those that were there when it began to look."""
    before = _there_before(store, run)
    outcomes = []
    for name in paths:
        path, trouble = Path(name), ""
        try:
            key = key_of(path)
            mine = name_of(id_of(path))
            old = before.get(mine, ())
            if not (resume and any(shard.name == f"{mine}-{key}.parquet" and holds(shard, id_of(path)) for shard in old)):
                write_shard(path, Path(store), key, old)
        except DocumentError as error:
            trouble = str(error)
        except StoreError:  # what cannot be written for one document cannot be written for the next
            raise
        except Exception as error:  # one bad document does not stop the rest
            trouble = f"{name}: the extractor failed ({type(error).__name__}: {error})"
        outcomes.append((name, trouble))
    return outcomes


@lru_cache(1)
def _there_before(store: str, run: str) -> dict[str, list[Path]]:
    """What lies in a store: each worker looks once a run, for a hundred thousand names are too much to send with every batch."""
    return shards_by_document(Path(store))


def _next(names: Iterator[Path]) -> list[str]:
    return [str(path) for path in islice(names, BATCH)]


def _batches_done(names: Iterable[Path], store: Path, jobs: int, cluster: str | None, run: str, resume: bool) -> Iterator[list[Outcome]]:
    """The outcomes, batch by batch. What was being read when a worker died is read again, each document by itself; one that is alone when it
    happens again is given up.
    """
    rest = iter(names)
    again: list[list[str]] = []
    while True:
        with executor_of(jobs, cluster) as executor:
            flying: dict[Future, list[str]] = {}
            batch: list[str] = []
            try:
                while True:
                    while len(flying) < (1 if again else AHEAD * max(jobs, 1)) and (batch := again.pop() if again else _next(rest)):
                        flying[executor.submit(read_batch, batch, str(store), run, resume)] = batch
                        batch = []
                    if not flying:
                        return
                    for future in wait(flying, return_when=FIRST_COMPLETED).done:
                        outcomes = future.result()
                        del flying[future]
                        yield outcomes
            except BrokenProcessPool:
                lost = [name for one in (*flying.values(), batch) for name in one]
                if len(lost) > 1:
                    again += [[name] for name in lost]
                else:
                    yield [(name, str(DocumentError(name, *_KILLED))) for name in lost]
