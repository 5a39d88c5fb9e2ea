"""The documents of data/raw: which files they are, and their regions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .model import Document, DocumentError
from .reading import EXTRACTORS, SIDECAR, read, stored_text_path

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
            document = _read_stored(path, path.relative_to(raw).parts[0])
            if document.id in found:
                raise DocumentError(path, f"its name is also that of {found[document.id].path}", "rename one; a document's id is its file's stem")
            found[document.id] = document
        except DocumentError as error:
            if on_error is None:
                raise
            on_error(error)
    return [found[key] for key in sorted(found)]


def load_regions(raw: str | os.PathLike[str]) -> dict[str, Region]:
    """The regions under `raw` by id: each folder with a region.yml."""
    from .metadata import load_region

    return {path.parent.name: load_region(path) for path in sorted(Path(raw).glob(f"*/{REGION_FILE}"))}


def document_paths(raw: Path) -> Iterator[Path]:
    """The files under `raw` that are documents, in a fixed order; links to directories are not followed."""
    for folder, subfolders, names in os.walk(raw, followlinks=False):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        listed = set(names)
        for name in sorted(names):
            if name.startswith(".") or name in NOT_DOCUMENTS or name.endswith((SIDECAR, "~")):
                continue
            # The text extracted from `x.pdf` is stored as `x.pdf.txt`: part of that document, not one of its own.
            if name.endswith(".txt") and name.removesuffix(".txt") in listed:
                continue
            yield Path(folder, name)


def store_text(document: Document) -> None:
    """Keep the extracted text of an HTML, PDF or DOCX document beside it, so that offsets stay what they are; once stored, it stands."""
    if document.format in EXTRACTORS and document.path is not None:
        path = stored_text_path(document.path)
        if not path.exists():
            # Not `write_text`: it would turn line ends of the text into those of the system.
            path.write_bytes(document.text.encode("utf-8"))


def _read_stored(path: Path, folder: str) -> Document:
    if path.is_fifo() or path.is_socket():
        raise DocumentError(path, "it is not a regular file", "remove it from data/raw")
    if not path.with_name(path.stem + SIDECAR).is_file():
        raise DocumentError(path, "it has no metadata", f"add {path.stem}{SIDECAR} beside it")
    document = read(path)
    if document.metadata.region != folder:
        raise DocumentError(path, f"its metadata say region {document.metadata.region!r}, its folder {folder!r}", "make them agree")
    return document
