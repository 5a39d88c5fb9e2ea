"""Building data/processed from data/raw and data/manual: read, extract, tidy, audit, and write all or nothing.

A region is built by itself, for nothing that is said of one depends on another. What of the last build still holds (see `unchanged`) is taken
from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import audit, codebook, corrections, datapackage, editions, snapshot, tablefiles, tidy, unchanged, wholefiles
from . import catalogue as catalogues
from .dataset import assembled
from .documents import Document, DocumentError, load_documents, load_regions, store_text
from .extract import extract
from .project import MANUAL, PROCESSED, RAW, find_root

if TYPE_CHECKING:
    import pandas as pd

    from .catalogue import Catalogue
    from .documents import Region
    from .extract.records import Ledger

Tables = dict[str, "pd.DataFrame"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the tables, the documents they come from, and what was wrong with the documents left out."""

    tables: Tables
    documents: tuple[Document, ...]
    problems: tuple[DocumentError, ...]
    # what of a document was not read: its id, and a sentence
    warnings: tuple[tuple[str, str], ...] = ()
    # the regions of which nothing was made anew, as the last build has them
    held: dict[str, snapshot.Region] = field(default_factory=dict)


def told(built: Built) -> Iterator[tuple[str, bool]]:
    """What a build has to say, line by line, and whether it is of something that was left out."""
    yield from ((f"left out: {problem}", True) for problem in built.problems)
    yield from ((f"not read: {doc}: {warning}", True) for doc, warning in built.warnings)
    yield from ((f"{PROCESSED / table}.csv: {len(frame)} rows", False) for table, frame in built.tables.items())
    unknown = catalogues.unknown(built.tables["observations"])
    if len(unknown):
        yield f"{unknown['observations'].sum()} observations have one of {len(unknown)} names the catalogue does not know; the most frequent:", False
        for row in unknown.head(10).to_dict("records"):
            yield f"  {row['observations']:3} {row['name']} ({row['unit'] or 'no unit'}, {row['organ']})", False


@dataclass(frozen=True, slots=True)
class _Read:
    """The documents of data/raw that can be used, by region; the ledgers of those that were read anew, and the regions of which nothing was."""

    documents: dict[str, list[Document]]
    ledgers: dict[str, Ledger]
    whole: dict[str, snapshot.Region]
    problems: list[DocumentError]

    @property
    def every(self) -> list[Document]:
        """All documents, sorted by id."""
        return sorted((document for mine in self.documents.values() for document in mine), key=lambda document: document.id)


def build(root: Path | None = None, watch: Callable[[Iterable], Iterable] = iter, anew: bool = False) -> Built:
    """Read data/raw, apply data/manual, and write data/processed; the same input gives the same bytes.

    A document that cannot be used is left out and comes back in `problems`. Only what has changed since the last build is read, unless `anew`.
    `watch` may wrap the documents to show progress. Raises CorrectionError or CatalogueError, and OSError when writing fails; then
    data/processed is as it was.
    """
    root = root or find_root()
    with wholefiles.only_writer(root / PROCESSED):
        sources = snapshot.sources(root)  # before anything is read: what changes meanwhile makes the snapshot a stale one
        built = tabulate(root, watch, unchanged.NOTHING if anew else unchanged.held(root, sources))
        files = {f"{table}.csv": tablefiles.to_csv(frame, table) for table, frame in built.tables.items()}
        descriptor = datapackage.describe({name.removesuffix(".csv"): data for name, data in files.items()}, built.documents)
        # The descriptor goes last: as long as it is not there, its hashes show that the tables do not belong together.
        wholefiles.replace_files(root / PROCESSED, files | {datapackage.FILE: descriptor})
        sources = snapshot.stored_texts(snapshot.sources(root)) | sources
        taken = snapshot.Snapshot(sources, snapshot.made_with(), snapshot.tables(root), _regions(root, built), _documents(root, built))
        wholefiles.replace_files(root / PROCESSED, {snapshot.FILE: taken.to_json()})
    return built


def tabulate(root: Path, watch: Callable[[Iterable], Iterable] = iter, held: unchanged.Held = unchanged.NOTHING) -> Built:
    """The tables that `build` writes; what holds of the last build is taken as it is."""
    read = _read(root, watch, held)
    every, catalogue = read.every, catalogues.of(root)
    declared = _declared(root, read)
    parts = [{table: held.rows(table, [doc.id for region in read.whole for doc in read.documents[region]]) for table in codebook.TABLES}]
    for region, mine in read.documents.items():
        if region not in read.whole:
            statements = _statements(mine, read, held)
            parts.append({table: [frame] for table, frame in _region(statements, mine, catalogue, declared).items()})
    tables = {table: unchanged.joined([frame for part in parts for frame in part[table]], table) for table in codebook.TABLES}
    warnings = [(doc.id, read.ledgers[doc.id].warnings() if doc.id in read.ledgers else held.documents[doc.id].warnings) for doc in every]
    told = tuple((id, warning) for id, said in warnings for warning in said)
    return Built(tables, tuple(every), tuple(read.problems), told, read.whole)


def _read(root: Path, watch: Callable[[Iterable], Iterable], held: unchanged.Held) -> _Read:
    """Read what does not hold; a document that cannot be read is among the problems."""
    problems: list[DocumentError] = []
    documents: dict[str, list[Document]] = defaultdict(list)
    for document in load_documents(root / RAW, problems.append):
        documents[document.metadata.region].append(document)
    # Nothing is built of a region's file, but a report will need it: the first command that can know says so.
    load_regions(root / RAW, problems.append)
    whole = {region: held.regions[region] for region, mine in documents.items() if held.whole(region, mine)}
    known = {doc.id for region, mine in documents.items() for doc in mine if region in whole or held.has(doc, root)}
    ledgers: dict[str, Ledger] = {}
    for document in watch([doc for mine in documents.values() for doc in mine if doc.id not in known]):
        try:
            ledger = _ledger(document)
            store_text(document)
            ledgers[document.id] = ledger
        except DocumentError as error:
            problems.append(error)
    used = known | ledgers.keys()
    return _Read({region: [doc for doc in mine if doc.id in used] for region, mine in documents.items()}, ledgers, whole, problems)


def _declared(root: Path, read: _Read) -> list[corrections.Correction]:
    """The corrections of documents that are there. Raises CorrectionError for one of a document that there is none of, not even one left out."""
    used = {document.id for document in read.every}
    left_out = {name for problem in read.problems for name in _names(Path(problem.path).name)}
    declared = corrections.load(root / MANUAL / corrections.FILE)
    corrections.refuse_unknown(declared, used | left_out)
    return [one for one in declared if one.doc in used]


def _statements(documents: Sequence[Document], read: _Read, held: unchanged.Held) -> pd.DataFrame:
    """The statements of a region's documents: those that hold, and what was read."""
    new = tidy.statements(read.ledgers[document.id] for document in documents if document.id in read.ledgers)
    old = held.rows("statements", [document.id for document in documents if document.id not in read.ledgers])
    return unchanged.joined([codebook.validate(new, "statements"), *old], "statements")


def _region(statements: pd.DataFrame, documents: Sequence[Document], catalogue: Catalogue, declared: Iterable[corrections.Correction]) -> Tables:
    """The tables of a region."""
    ids = {document.id for document in documents}
    observations = tidy.observations(statements, documents, catalogue, [one for one in declared if one.doc in ids])
    findings = codebook.validate(audit.of_documents(documents, observations, catalogue), "findings")
    return {"statements": statements, "observations": observations, "findings": findings}


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


def _documents(root: Path, built: Built) -> dict[str, snapshot.Read]:
    """What the snapshot says of each document that nothing was wrong with."""
    said: dict[str, list[str]] = defaultdict(list)
    for id, warning in built.warnings:
        said[id].append(warning)
    wrong = {problem.path for problem in built.problems}
    paths = {doc.id: doc.path for doc in built.documents if doc.path is not None and str(doc.path) not in wrong}
    return {id: snapshot.Read(path.relative_to(root).as_posix(), said[id]) for id, path in paths.items()}


def _regions(root: Path, built: Built) -> dict[str, snapshot.Region]:
    """What the snapshot says of each region: those with a region.yml, and those that documents name."""
    problems = [(Path(problem.path), f"{problem.problem}: {problem.remedy}".rstrip(": ")) for problem in built.problems]
    found = {}
    for id, place in load_regions(root / RAW, on_error=lambda error: None).items():
        left_out = {path.relative_to(root).as_posix(): reason for path, reason in problems if path.is_relative_to(root / RAW / id)}
        documents = [doc for doc in built.documents if doc.metadata and doc.metadata.region == id]
        each = built.held[id].editions if id in built.held else _editions(root, built, id, place, documents)
        found[id] = snapshot.Region(place.zh, place.en, [doc.id for doc in documents], left_out, each)
    return found


def _editions(root: Path, built: Built, id: str, place: Region, documents: Sequence[Document]) -> dict[str, dict[str, Any]]:
    """What the snapshot says of each edition of a region: the sha256 of its rows, its documents, how many figures it has."""
    ids = {document.id for document in documents}
    mine = {table: frame[unchanged.documents_of(frame, table).isin(ids)].reset_index(drop=True) for table, frame in built.tables.items()}
    dataset = assembled(**mine, documents=documents, regions={id: place}, catalogue=catalogues.of(root))
    declared = corrections.load(root / MANUAL / corrections.FILE)
    known = {period: editions.known_to(dataset, id, period) for period in editions.periods_of(dataset, id)}
    return {
        period: {"rows": one.digest(place, declared), "documents": [doc.id for doc in one.documents], "figures": one.figures(id, period)}
        for period, one in known.items()
    }
