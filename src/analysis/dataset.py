"""The dataset: data/processed, built from data/raw and data/manual, and loaded for reports and notebooks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from filelock import FileLock

from . import audit, codebook, corrections, datapackage, tablefiles, tidy, workspace
from . import catalogue as catalogues
from .documents import Document, DocumentError, load_documents, load_regions, store_text
from .errors import TongbiError
from .extract import extract
from .frames import typed
from .series.along import Along
from .series.breaks import declared_breaks

if TYPE_CHECKING:
    from .catalogue import Catalogue
    from .documents import Region
    from .extract.records import Ledger

RAW, MANUAL, PROCESSED = Path("data/raw"), Path("data/manual"), Path("data/processed")


class DatasetError(TongbiError):
    """data/processed is missing, or is not what was built; says what to do."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the tables, the documents they come from, and what was wrong with the documents left out."""

    tables: dict[str, pd.DataFrame]
    documents: tuple[Document, ...]
    problems: tuple[DocumentError, ...]
    # what of a document was not read: its id, and a sentence
    warnings: tuple[tuple[str, str], ...] = ()


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


def find_root(start: Path | None = None) -> Path:
    """The project folder: the nearest one, from `start` (or here) upwards, that holds data/raw or data/processed.

    Outside of any, the folder this package is installed from. Raises DatasetError when there is none.
    """
    if start is None and (chosen := workspace.chosen()) is not None:
        return chosen
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / RAW).is_dir() or (folder / PROCESSED).is_dir():
            return folder
    raise DatasetError(f"{here}: neither here nor above is a folder with data/raw: change into the project's folder")


def build(root: Path | None = None, watch: Callable[[Iterable], Iterable] = iter) -> Built:
    """Read data/raw, apply data/manual, and write data/processed; the same input gives the same bytes.

    A document that cannot be used is left out and comes back in `problems`. `watch` may wrap the documents to show progress. Raises
    CorrectionError or CatalogueError, and OSError when writing fails; then data/processed is as it was.
    """
    root = root or find_root()
    built = tabulate(root, watch)
    files = {f"{table}.csv": tablefiles.to_csv(frame, table) for table, frame in built.tables.items()}
    descriptor = datapackage.describe({name.removesuffix(".csv"): data for name, data in files.items()}, built.documents)
    # The descriptor goes last: as long as it is not there, its hashes show that the tables do not belong together.
    (root / PROCESSED).mkdir(parents=True, exist_ok=True)
    with FileLock(root / PROCESSED / ".lock"):
        tablefiles.replace_files(root / PROCESSED, files | {datapackage.FILE: descriptor})
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
    left_out = {Path(problem.path).name.partition(".")[0] for problem in problems} - {document.id for document in used}
    declared = [one for one in corrections.load(root / MANUAL / corrections.FILE) if one.doc not in left_out]
    observations = tidy.observations(statements, used, catalogue, declared)
    findings = codebook.validate(audit.audit(observations, catalogue, declared_breaks(used, observations)), "findings")
    return Built({"statements": statements, "observations": observations, "findings": findings}, used, tuple(problems), warnings)


def load(root: Path | None = None, day: date | None = None) -> Dataset:
    """Load data/processed with its documents and catalogue.

    day: as of that day, leaving out what was published later and auditing the rest anew. Raises DatasetError when data/processed is missing,
    was edited, or is half of one build and half of another.
    """
    root = root or find_root()
    tables = _read_tables(root / PROCESSED)
    documents = load_documents(root / RAW, on_error=lambda error: None)
    catalogue = catalogues.of(root)
    if day is not None:
        documents = [document for document in documents if document.out_by(day)]
        known = {document.id for document in documents}
        for table in ("statements", "observations"):
            tables[table] = tables[table][tables[table]["doc"].isin(known)].reset_index(drop=True)
        tables["findings"] = audit.audit(tables["observations"], catalogue, declared_breaks(documents, tables["observations"]))
    implied, regions = audit.implied(tables["observations"]), load_regions(root / RAW, on_error=lambda error: None)
    names = {region.id: region.zh for region in regions.values()}
    along = Along.of(tables["observations"], declared_breaks(documents, tables["observations"]), names)
    return Dataset(**tables, implied=implied, documents=tuple(documents), regions=regions, catalogue=catalogue, along=along, day=day)


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


def _read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    try:
        expected = datapackage.hashes((folder / datapackage.FILE).read_bytes())
        files = {table: (folder / f"{table}.csv").read_bytes() for table in codebook.TABLES}
    except (OSError, ValueError, KeyError) as error:
        raise DatasetError(f"{folder}: it is not built, or only in part ({error}): run `tongbi data`") from error
    for table, data in files.items():
        if hashlib.sha256(data).hexdigest() != expected.get(f"{table}.csv"):
            raise DatasetError(f"{folder / table}.csv: it is not what was built: run `tongbi data` (corrections go into {MANUAL})")
    return {table: tablefiles.from_csv(data, table) for table, data in files.items()}
