"""The documents of data/raw: which files they are, and their regions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..writing.acting import named
from .errors import DocumentError
from .model import Document
from .reading import EXTRACTORS, SIDECAR, bounded, read
from .stored import SUM, store

if TYPE_CHECKING:
    from .metadata import Region

REGION_FILE = "region.yml"
NOT_DOCUMENTS = {REGION_FILE, "README.md"}


def load_documents(raw: str | os.PathLike[str], on_error: Callable[[DocumentError], None] | None = None) -> list[Document]:
    """Read every document under `raw`, sorted by id. Each needs its `<stem>.meta.yml`, and its stem must be unique.

    A document that cannot be used is raised as DocumentError, or handed to `on_error`, and then the rest goes on.
    """
    found: dict[str, Document] = {}
    for path in document_paths(Path(raw)):
        try:
            document = _read_stored(path, Path(raw))
            if document.id in found:
                raise DocumentError(path, *same_id(found[document.id].path))
            found[document.id] = document
        except DocumentError as error:
            if on_error is None:
                raise
            on_error(error)
    for path in lone_metadata(Path(raw)):
        error = DocumentError(path, "the document it describes is not there", "put it back beside it, or take this file away too")
        if on_error is None:
            raise error
        on_error(error)
    return [found[key] for key in sorted(found)]


def same_id(other: Path | None) -> tuple[str, str]:
    """What is wrong with a document that has the name of another, and what to do."""
    return f"its name is also that of {named(other)}", "rename one; a document's id is its file's stem"


def load_regions(raw: str | os.PathLike[str], on_error: Callable[[DocumentError], None] | None = None) -> dict[str, Region]:
    """The regions under `raw` by id: each folder with a region.yml.

    One that cannot be used is raised as DocumentError, or handed to `on_error`, and then the others go on without it.
    """
    from .metadata import load_region

    found = {}
    for path in sorted(Path(raw).glob(f"*/{REGION_FILE}")):
        try:
            _refuse_outside(path, Path(raw))
            found[path.parent.name] = bounded(load_region, path)
        except DocumentError as error:
            if on_error is None:
                raise
            on_error(error)
    return found


def document_paths(raw: Path) -> Iterator[Path]:
    """The files under `raw` that are documents, in a fixed order, and the folders that may not be read; links to directories are not followed."""
    closed: list[Path] = []
    for folder, subfolders, names in os.walk(raw, followlinks=False, onerror=lambda error: closed.append(_closed(error))):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        listed = set(names)
        for name in sorted(names):
            if name.startswith(".") or name in NOT_DOCUMENTS or name.endswith((SIDECAR, "~")):
                continue
            # The text extracted from `x.pdf` is stored as `x.pdf.txt`, with its sum: parts of that document, none of their own. A text has none.
            text = name.removesuffix(SUM)
            of = text.removesuffix(".txt")
            if text != of and of in listed and (text + SUM in listed or not of.endswith(".txt")):
                continue
            yield Path(folder, name)
    yield from (folder for folder in closed if folder.exists())


def lone_metadata(raw: Path) -> Iterator[Path]:
    """The metadata under `raw` of documents that are there no more."""
    for folder, subfolders, names in os.walk(raw, followlinks=False):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        stems = {Path(name).stem for name in names if not name.endswith(SIDECAR)}
        lone = (name for name in sorted(names) if name.endswith(SIDECAR) and not name.startswith(".") and name.removesuffix(SIDECAR) not in stems)
        yield from (Path(folder, name) for name in lone)


def _closed(error: OSError) -> Path:
    return Path(os.fsdecode(error.filename))


def store_text(document: Document) -> None:
    """Keep the extracted text of a document that is no plain text beside it, so that offsets stay what they are; once stored, it stands."""
    if document.format in EXTRACTORS and document.path is not None:
        try:
            store(document.path, document.text)
        except OSError as error:
            problem = f"its text cannot be stored ({Path(error.filename or '').name}: {error.strerror or error})"
            raise DocumentError(document.path, problem, "make room, change permissions, or remove what is in the way") from error


def _read_stored(path: Path, raw: Path) -> Document:
    folder = path.relative_to(raw).parts[0]
    _refuse_outside(path, raw)
    if path.is_dir():
        raise DocumentError(path, "the folder may not be read", "change its permissions")
    if path.is_fifo() or path.is_socket():
        raise DocumentError(path, "it is not a regular file", "remove it from data/raw")
    sidecar = path.with_name(path.stem + SIDECAR)
    if not os.path.isfile(sidecar):
        raise DocumentError(path, "it has no metadata", f"run `tongbi add`, or write {path.stem}{SIDECAR} beside it")
    _refuse_outside(sidecar, raw)
    if not path.stem.isprintable():
        raise DocumentError(path, "its name has characters that cannot be shown", "rename it in letters, hanzi, digits and hyphens")
    document = read(path)
    if document.metadata.region != folder:
        raise DocumentError(path, f"its metadata say region {document.metadata.region!r}, its folder {folder!r}", "make them agree")
    return document


def _refuse_outside(path: Path, raw: Path) -> None:
    """A link that leads out of data/raw would publish what nobody put there."""
    try:
        inside = path.resolve().is_relative_to(raw.resolve())
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        raise DocumentError(path, "it is a link that leads out of data/raw", "put the file itself there")
