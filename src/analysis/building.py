"""Building data/processed from data/raw and data/manual: read, extract, tidy, audit, and write all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import audit, codebook, corrections, datapackage, editions, snapshot, tablefiles, tidy, wholefiles
from . import catalogue as catalogues
from .dataset import assembled
from .documents import Document, DocumentError, load_documents, load_regions, store_text
from .extract import extract
from .project import MANUAL, PROCESSED, RAW, find_root
from .series.breaks import declared_breaks

if TYPE_CHECKING:
    import pandas as pd

    from .extract.records import Ledger


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the tables, the documents they come from, and what was wrong with the documents left out."""

    tables: dict[str, pd.DataFrame]
    documents: tuple[Document, ...]
    problems: tuple[DocumentError, ...]
    # what of a document was not read: its id, and a sentence
    warnings: tuple[tuple[str, str], ...] = ()


def build(root: Path | None = None, watch: Callable[[Iterable], Iterable] = iter) -> Built:
    """Read data/raw, apply data/manual, and write data/processed; the same input gives the same bytes.

    A document that cannot be used is left out and comes back in `problems`. `watch` may wrap the documents to show progress. Raises
    CorrectionError or CatalogueError, and OSError when writing fails; then data/processed is as it was.
    """
    root = root or find_root()
    with wholefiles.only_writer(root / PROCESSED):
        sources = snapshot.sources(root)  # before anything is read: what changes meanwhile makes the snapshot a stale one
        built = tabulate(root, watch)
        files = {f"{table}.csv": tablefiles.to_csv(frame, table) for table, frame in built.tables.items()}
        descriptor = datapackage.describe({name.removesuffix(".csv"): data for name, data in files.items()}, built.documents)
        # The descriptor goes last: as long as it is not there, its hashes show that the tables do not belong together.
        wholefiles.replace_files(root / PROCESSED, files | {datapackage.FILE: descriptor})
        sources = snapshot.stored_texts(snapshot.sources(root)) | sources
        taken = snapshot.Snapshot(sources, snapshot.made_with(), snapshot.tables(root), _regions(root, built))
        wholefiles.replace_files(root / PROCESSED, {snapshot.FILE: taken.to_json()})
    return built


def tabulate(root: Path, watch: Callable[[Iterable], Iterable] = iter) -> Built:
    """The tables that `build` writes."""
    problems: list[DocumentError] = []
    documents = load_documents(root / RAW, problems.append)
    # Nothing is built of a region's file, but a report will need it: the first command that can know says so.
    load_regions(root / RAW, problems.append)
    ledgers: dict[str, Ledger] = {}
    for document in watch(documents):
        try:
            ledgers[document.id] = _ledger(document)
            store_text(document)
        except DocumentError as error:
            problems.append(error)
    warnings = tuple((id, warning) for id, ledger in ledgers.items() for warning in ledger.warnings())
    used = tuple(document for document in documents if document.id in ledgers)
    catalogue = catalogues.of(root)
    statements = codebook.validate(tidy.statements(ledgers.values()), "statements")
    left_out = {name for problem in problems for name in _names(Path(problem.path).name)} - {document.id for document in used}
    declared = [one for one in corrections.load(root / MANUAL / corrections.FILE) if one.doc not in left_out]
    observations = tidy.observations(statements, used, catalogue, declared)
    findings = codebook.validate(audit.audit(observations, catalogue, declared_breaks(used, observations)), "findings")
    return Built({"statements": statements, "observations": observations, "findings": findings}, used, tuple(problems), warnings)


def _names(file: str) -> set[str]:
    """The ids that a document may have to which this file belongs: its sidecar, its stored text, or itself, whose stem may have dots in it."""
    parts = file.split(".")
    return {".".join(parts[:count]) for count in range(1, len(parts) + 1)}


def _ledger(document: Document) -> Ledger:
    """The document's ledger; whatever goes wrong names the document, so that one bad document does not stop the rest."""
    try:
        ledger = extract(document)
        faults = tidy.check_offsets(tidy.statements([ledger]), {document.id: document.text})
    except Exception as error:
        raise DocumentError(document.path, f"the extractor failed ({type(error).__name__}: {error})", "report it with the document") from error
    if faults:
        raise DocumentError(document.path, f"the extractor lost its place ({faults[0]})", "report it with the document")
    return ledger


def _regions(root: Path, built: Built) -> dict[str, snapshot.Region]:
    """What the snapshot says of each region: those with a region.yml, and those that documents name."""
    places = load_regions(root / RAW, on_error=lambda error: None)
    dataset = assembled(**built.tables, documents=built.documents, regions=places, catalogue=catalogues.of(root))
    problems = [(Path(problem.path), f"{problem.problem}: {problem.remedy}".rstrip(": ")) for problem in built.problems]
    declared = corrections.load(root / MANUAL / corrections.FILE)
    found = {}
    for id, place in places.items():
        left_out = {path.relative_to(root).as_posix(): reason for path, reason in problems if path.is_relative_to(root / RAW / id)}
        known = {period: editions.known_to(dataset, id, period) for period in editions.periods_of(dataset, id)}
        each = {
            period: {"rows": one.digest(place, declared), "documents": [doc.id for doc in one.documents], "figures": one.figures(id, period)}
            for period, one in known.items()
        }
        documents = [doc.id for doc in built.documents if doc.metadata and doc.metadata.region == id]
        found[id] = snapshot.Region(place.zh, place.en, documents, left_out, each)
    return found
