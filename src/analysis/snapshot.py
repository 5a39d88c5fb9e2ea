"""The snapshot: what data/processed was built from, and what each edition of a report is made of; read without pandas.

`data/processed/.snapshot.json` is written by each build, last. It has the sha256 of every source, of the grammar, the word lists and the
code the tables were built with, and of the tables themselves; and for each region its documents, the documents that were left out, and the
sha256 of the rows that each of its editions is made from. A run that publishes takes one snapshot, and everything that works for it
is told the id: whatever finds another one refuses to go on.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from .project import MANUAL, PROCESSED, RAW, DatasetError
from .workspace import CATALOGUE

FILE = ".snapshot.json"
FORM = 2  # of the file; another one is an older build
PACKAGE = Path(__file__).parent
EXPECTED = "TONGBI_SNAPSHOT"  # the environment variable that tells a kernel which snapshot its run publishes from
_SMALL = 1 << 20  # bytes of a file
# What the tables are made with; what stands to the right of them in the house is not among it.
MAKERS = (
    "audit", "building.py", "catalogue", "codebook.py", "codebook.yml", "corrections.py", "datapackage.py", "dataset.py",
    "documents", "editions.py", "errors.py", "extract", "frames.py",
    "lexicon", "margins.py", "observing.py", "periods.py", "rooms.py", "series", "tablefiles.py", "tidy.py",
    "unchanged.py", "writing/acting.py", "yamlfiles.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A document as the build read it: the path of its file in the project, and what of it was not read, a sentence each."""

    path: str
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Region:
    """A region in the snapshot: its names, its documents, those left out with the reason, and the sha256 of each edition's rows by period."""

    zh: str
    en: str
    documents: list[str]
    left_out: dict[str, str]
    editions: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one build was made from and gave."""

    sources: dict[str, str]
    made_with: dict[str, str]
    tables: dict[str, str]
    regions: dict[str, Region] = field(default_factory=dict)
    documents: dict[str, Read] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name of the snapshot: the same sources, code and tables have the same."""
        return digest(json.dumps([self.sources, self.made_with, self.tables], sort_keys=True).encode())

    def to_json(self) -> bytes:
        """The bytes of the file."""
        return (json.dumps({"form": FORM, "id": self.id, **asdict(self)}, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def read(root: Path) -> Snapshot | None:
    """The snapshot of the last build; None where there is none, as in a fresh checkout."""
    place = root / PROCESSED / FILE
    if place.exists() and not place.is_file():
        raise DatasetError(f"{place}: it is no regular file: remove it")
    try:
        written = json.loads(place.read_bytes())
        if written["form"] != FORM:
            return None
        regions = {id: Region(**region) for id, region in written["regions"].items()}
        if not all(isinstance(written[part], dict) for part in ("sources", "made_with", "tables")):
            raise TypeError("its parts are no mappings")
        documents = {id: Read(**read) for id, read in written["documents"].items()}
        return Snapshot(written["sources"], written["made_with"], written["tables"], regions, documents)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DatasetError(f"{root / PROCESSED / FILE}: it is damaged ({error}): run `tongbi data`") from error


def verified(root: Path) -> Snapshot:
    """The snapshot of the last build. Raises DatasetError unless there is one that belongs to what lies there now."""
    found = read(root)
    if found is None:
        raise DatasetError(f"{root / PROCESSED}: it does not say what it was built from: run `tongbi data`")
    if changed := differences(found, root):
        raise DatasetError(f"{root / PROCESSED}: it no longer belongs to its sources ({listed(changed)}): run `tongbi data`")
    return found


def current(root: Path) -> Snapshot | None:
    """The snapshot of the last build where nothing has changed since, else None."""
    try:
        found = read(root)
    except DatasetError:
        return None
    return found if found is not None and not differences(found, root) else None


def differences(snapshot: Snapshot, root: Path) -> list[str]:
    """What has changed since the build: paths of sources, names of parts of the code, tables; nothing is the usual answer."""
    now = Snapshot(sources(root), made_with(), tables(root))
    found = []
    for before, after in ((snapshot.sources, now.sources), (snapshot.made_with, now.made_with), (snapshot.tables, now.tables)):
        found += [
            f"{name} {_what_happened(before.get(name), after.get(name))}" for name in sorted({*before, *after}) if before.get(name) != after.get(name)
        ]
    return found


def _what_happened(before: str | None, after: str | None) -> str:
    return "is new" if before is None else "is gone" if after is None else "changed"


def listed(reasons: Iterable[str], most: int = 3) -> str:
    """A few reasons in one line.

    >>> listed(["a changed", "b is new", "c is gone", "d changed"])
    'a changed, b is new, c is gone and 1 more'
    """
    reasons = list(reasons)
    more = f" and {len(reasons) - most} more" if len(reasons) > most else ""
    return ", ".join(reasons[:most]) + more


def sources(root: Path) -> dict[str, str]:
    """The sha256 of every file that the data are built from, by its path in the project; a file that cannot be read has an empty one."""
    own = root / CATALOGUE
    found = {CATALOGUE: file_digest(own)} if own.is_file() else {}
    for part in (RAW, MANUAL):
        for folder, subfolders, names in os.walk(root / part):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            for name in sorted(names):
                path = Path(folder, name)
                if not name.startswith(".") and not name.endswith("~"):
                    found[path.relative_to(root).as_posix()] = file_digest(path)
    return found


def stored_texts(sources: Mapping[str, str]) -> dict[str, str]:
    """Those of some sources that a build itself keeps beside a page or PDF: its text, and the sum of that."""
    return {name: value for name, value in sources.items() if name.removesuffix(".sha256").removesuffix(".txt") in sources.keys() - {name}}


def made_with() -> dict[str, str]:
    """The sha256 of the grammar, of the word lists and of the code that make the tables."""
    return _made_with()


@cache
def _made_with() -> dict[str, str]:
    # Once a process: it runs the code it was started with, whatever becomes of the files.
    return {
        "grammar": tree_digest(PACKAGE / "extract", (".yml",)),
        "lexicon": tree_digest(PACKAGE / "lexicon", (".yml",)),
        "code": digest("\n".join(f"{name} {tree_digest(PACKAGE / name, ('.py',))}" for name in MAKERS).encode()),
        "catalogue": digest(
            "\n".join(f"{name} {tree_digest(PACKAGE / name, ('.yml',))}" for name in MAKERS if name not in ("extract", "lexicon")).encode()
        ),
    }


@cache
def package_digest() -> str:
    """The sha256 of the whole package, code and wordings, as it was when this process first asked."""
    return tree_digest(PACKAGE)


def package_changed() -> bool:
    """Whether the package is no longer what it was when this process first asked for its digest."""
    return tree_digest(PACKAGE) != package_digest()


def tables(root: Path) -> dict[str, str]:
    """The sha256 of the files of data/processed."""
    return {path.name: file_digest(path) for path in sorted((root / PROCESSED).glob("[!.]*")) if path.is_file()}


def expected_id(snapshot: Snapshot) -> str:
    """The id that a run hands to its kernels: the snapshot's, and the code's and the wordings'."""
    return digest(f"{snapshot.id} {package_digest()}".encode())


def tree_digest(path: Path, suffixes: tuple[str, ...] = ()) -> str:
    """The sha256 of a file, or of all files below a folder with their names; only those with some endings, where any are given."""
    if path.is_file():
        return file_digest(path) if not suffixes or path.suffix in suffixes else ""
    found: list[tuple[str, ...]] = []
    for folder, subfolders, names in os.walk(path):
        subfolders[:] = [name for name in subfolders if name != "__pycache__"]
        inside = [part for part in folder.removeprefix(str(path)).split(os.sep) if part]
        found += [(*inside, name) for name in names if not suffixes or os.path.splitext(name)[1] in suffixes]
    files = [(parts, os.path.join(path, *parts)) for parts in sorted(found)]
    return digest("\n".join(f"{'/'.join(parts)} {file_digest(file)}" for parts, file in files if os.path.isfile(file)).encode())


def file_digest(path: Path | str) -> str:
    """The sha256 of a file; empty where it cannot be read (a dangling link, no permission) or is none (a pipe, which may never be written)."""
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            return ""
        with open(path, "rb", buffering=0) as file:
            # To hash a large one piece by piece takes a buffer that costs more than a small one does.
            return (hashlib.sha256(file.read()) if about.st_size < _SMALL else hashlib.file_digest(file, "sha256")).hexdigest()
    except OSError:
        return ""


def digest(data: bytes) -> str:
    """The sha256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def of_mapping(values: Mapping[str, Any]) -> str:
    """The sha256 of a mapping that JSON can write."""
    return digest(json.dumps(values, sort_keys=True, ensure_ascii=False).encode())
