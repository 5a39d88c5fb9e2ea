"""Writing a bulletin into a workspace: the file itself, its metadata with their grounds as comments, and its region where it is new."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from .. import wholefiles
from ..documents import Document, Metadata, Region
from ..documents.metadata import explain
from ..documents.reading import SIDECAR, read_bytes
from ..errors import TongbiError
from ..project import RECORD, REVIEW_PAGE
from ..writing.acting import ACTING, NONE, named, shown
from .proposing import Proposal

KEYS = ("title", "publisher", "publisher_en", "url", "published", "retrieved", "period", "region", "organ", "form", "note")


class AddError(TongbiError):
    """A bulletin that cannot be added; says why and what to do."""


class AlreadyAdded(AddError):
    """The very file is in the workspace already, at `path`."""

    def __init__(self, message: str, path: Path) -> None:
        self.path = path
        super().__init__(message)


def report_of(path: Path) -> Path | None:
    """The folder of the published report, or the page to review, that a file belongs to: what this program made of bulletins is none itself. None
    for any other file."""
    if path.name.endswith(REVIEW_PAGE):
        return path
    return next((folder for folder in path.absolute().parents[:3] if (folder / RECORD).is_file()), None)


def write(document: Document, proposal: Proposal, root: Path) -> Path:
    """Put the document under data/raw and return its new path. All or nothing: what was written is taken back when a step fails.

    Raises AddError for metadata that cannot stand, and AlreadyAdded for a document that is there already.
    """
    source = document.path
    if not source.is_file():  # what came through a pipe has been read, and there is no more of it
        raise AddError(f"{named(source)}: it is no regular file: save it, and name the file")
    data = read_bytes(source)
    digest = hashlib.sha256(data).hexdigest()
    sidecar = _sidecar(proposal, digest)
    try:
        # Of two that add at once, the second must see the names and files of the first.
        with wholefiles.only_writer(root / "data/raw"):
            return _placed(proposal, root, source.suffix, data, digest, sidecar)
    except OSError as error:
        raise AddError(f"{error.filename or root}: {error.strerror or error}: nothing was added") from error


def _placed(proposal: Proposal, root: Path, suffix: str, data: bytes, digest: str, sidecar: str) -> Path:
    folder = root / "data/raw" / proposal.value("region")
    _refuse_twin(digest, root)
    path = _free_path(folder, proposal, suffix)
    # The metadata go first: a document without them is an error of the next build, metadata without a document are nothing.
    files = {path.stem + SIDECAR: sidecar.encode("utf-8"), path.name: data}
    if proposal.region is not None and not (folder / "region.yml").exists():
        files = {"region.yml": _region_file(proposal.region).encode("utf-8")} | files
    wholefiles.replace_files(folder, files)
    return path


def _sidecar(proposal: Proposal, digest: str) -> str:
    said = {key: _written(proposal.value(key)) for key in KEYS}
    values = {key: said[key] or None for key in KEYS if said[key] or key in ("url", "published")} | {"sha256": digest}
    from pydantic import ValidationError

    try:
        Metadata.model_validate(values)
    except ValidationError as error:
        raise AddError("; ".join(explain(error)) + ": give it with its option (see `tongbi add --help`)") from error
    lines = []
    for key, value in values.items():
        guess = proposal.guesses.get(key)
        ground = f"  # {_plain(guess.ground)}{'' if guess.sure else ' (doubtful)'}" if guess and guess.ground != "given" else ""
        # JSON strings are YAML strings; a day stands as it is.
        written = "null" if value is None else value if key in ("published", "retrieved") else json.dumps(value, ensure_ascii=False)
        lines.append(f"{key}: {written}{ground}\n")
    return "".join(lines)


def _region_file(region: Region) -> str:
    return "".join(f"{key}: {json.dumps(getattr(region, key), ensure_ascii=False)}\n" for key in ("zh", "en", "level"))


def _written(value: str) -> str:
    """A value as YAML can hold it: without what acts on a page or is no character."""
    return NONE.sub("", ACTING.sub("", shown(value))).strip()


def _plain(words: str) -> str:
    return "".join(c if c.isprintable() else " " for c in words)[:80]


def _free_path(folder: Path, proposal: Proposal, suffix: str) -> Path:
    parts = [proposal.value("region"), *([proposal.value("organ")] if proposal.value("organ") != "all" else []), proposal.value("period")]
    stem = re.sub("[^a-z0-9-]+", "-", "-".join(parts).lower()).strip("-")
    suffix = suffix.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix) else ".txt"
    raw = folder.parent
    taken = {path.name.partition(".")[0] for path in raw.rglob("*") if path.is_file()}
    name = next(name for n in range(1, 10_000) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)
    return folder / (name + suffix)


def _refuse_twin(digest: str, root: Path) -> None:
    """Refuse a file that is there already. Metadata whose document is not there were left by a run that was killed: they go."""
    for sidecar in sorted((root / "data/raw").rglob("*" + SIDECAR)):
        if not sidecar.is_file() or digest not in sidecar.read_text("utf-8", errors="replace"):
            continue
        stem = sidecar.name.removesuffix(SIDECAR)
        there = [path for path in sidecar.parent.iterdir() if path.stem == stem and path != sidecar and not path.name.startswith(".")]
        if there:
            raise AlreadyAdded(f"{sidecar}: this very file is in the workspace already, with these metadata: change them there", there[0])
        sidecar.unlink()
