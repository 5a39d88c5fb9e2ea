"""What an edition is made from, as a key; and why an edition that is in place is out of date. Nothing heavy is imported.

The key of a report has the sha256 of its rows, of the notebook's cells, of its parameters, of each module and word list that goes into it, of the
locked and installed versions, and of the fonts. It is stored inside the edition, in `edition.json`, with the sha256 of each published file:
what is in place is up to date when all of them are what they were.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..keeping import kept
from ..project import RECORD as RECORD
from ..report.fontfiles import font_files
from ..report.formats import FORMATS
from ..snapshot import PACKAGE, Snapshot, digest, file_digest, listed, of_mapping
from ..workspace import CATALOGUE
from .selection import LANGUAGES, Choice

PUBLICATION = "data/manual/publication.yml"  # what a project says of all its editions
FORM = 1  # of the record
# Where the code of a report begins: its content, its faces, and how the notebook is run. What these import, and so on, is the rest of it.
ROOTS = ("report/edition.py", "report/faces/making.py", "publish/running.py")
# What reads bulletins reaches a report as rows only, and the snapshot vouches that the rows are of today's code. No report is made from an archive.
READING = ("observing.py", "tidy.py", "extract/__init__.py", "archive/__init__.py")


def look_anew() -> None:
    """Forget what files held: each run looks once, and the next one again."""
    for looked in (module_digest, notebook_digest, versions_digest, fonts_digest, modules_of, _closure):
        looked.cache_clear()


def key_of(
    choice: Choice, snapshot: Snapshot, notebook: Path, parameters: Mapping[str, str], lock: Path, languages: Collection[str] = ()
) -> dict[str, Any]:
    """The key of one report, but for the modules: which they are is known once it was made.

    `languages` are those of its edition: its page leads to each of them.
    """
    edition = snapshot.regions[choice.region].editions.get(choice.period, {})
    # As of a day the findings are made anew from all rows known then: any change of the data may tell.
    return {
        "rows": edition.get("rows") if not choice.as_of else snapshot.id,
        "publication": snapshot.sources.get(PUBLICATION, ""),
        "catalogue": snapshot.sources.get(CATALOGUE, ""),
        "notebook": notebook_digest(notebook),
        "parameters": of_mapping({**parameters, "as_of": choice.as_of}),
        "versions": versions_digest(lock),
        "fonts": fonts_digest(),
        "languages": ",".join(sorted(languages)),
    }


def read_record(folder: Path) -> dict[str, Any]:
    """The record of the edition in a folder; empty where there is none that can be read."""
    if not (folder / RECORD).is_file():
        return {}
    try:
        record = json.loads((folder / RECORD).read_bytes())
        known = record.get("form") == FORM and isinstance(record.get("reports"), dict) and isinstance(record.get("version", 1), int)
        return record if known else {}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def formats_of(record: Mapping[str, Any], choice: Choice) -> list[str]:
    """The formats in which a recorded edition has a report."""
    files = record.get("reports", {}).get(choice.lang, {}).get("files", ())
    return [form for form in FORMATS if f"{choice.name}.{form}" in files]


def why_stale(choice: Choice, key: Mapping[str, Any], record: Mapping[str, Any], folder: Path, formats: Collection[str] = ("pdf",)) -> str:
    """Why the report in `folder` is out of date, in a few words; empty when it is up to date and has all `formats`."""
    made = record.get("reports", {}).get(choice.lang)
    if made is None:
        return "new"
    changed = [name for name, value in key.items() if made["key"].get(name) != value]
    changed += [f"src/analysis/{name}" for name, value in made["modules"].items() if module_digest(name) != value]
    if changed:
        return f"{listed(changed)} changed"
    if new := set(formats) - set(formats_of(record, choice)):
        return f"{listed(sorted(new))} asked for as well"
    damaged = [name for name, value in made["files"].items() if file_digest(folder / name) != value]
    return f"{listed(damaged)} is missing or was changed" if damaged else ""


@cache
def module_digest(name: str) -> str:
    """The sha256 of a file of the package, by its path in it; empty where there is none."""
    return file_digest(PACKAGE / name)


@cache
def notebook_digest(path: Path) -> str:
    """The sha256 of what a notebook runs and says: sources, kinds and tags of its cells; stored outputs make no difference."""
    cells = json.loads(path.read_bytes())["cells"]
    return of_mapping(
        {"cells": [[cell["cell_type"], "".join(cell["source"]), cell.get("id"), cell.get("metadata", {}).get("tags", [])] for cell in cells]}
    )


@cache
def versions_digest(lock: Path) -> str:
    """The sha256 of the lock, of the interpreter, and of the versions installed of what this package directly needs."""
    found = dict(_installed())
    needed = {_canonical(_name(line)) for line in _needed(found.get("tongbi"))}
    installed = sorted(place.name for name, place in found.items() if name in needed)
    return of_mapping({"lock": file_digest(lock), "python": list(sys.version_info[:3]), "installed": installed})


def _needed(about: Path | None) -> Iterator[str]:
    """What this package directly needs, by its metadata; read as text, for the library that reads such files takes longer than the whole look."""
    for line in (about / "METADATA").read_text("utf-8").splitlines() if about else []:
        if not line:
            return
        if line.startswith("Requires-Dist: ") and "extra ==" not in line:
            yield line.removeprefix("Requires-Dist: ")


def _name(requirement: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else " " for c in requirement).split()[0]


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed() -> Iterator[tuple[str, Path]]:
    """The folders of metadata of what is installed, whose names have the versions: one look at each place is enough. The first place counts."""
    for place in reversed(sys.path):
        with contextlib.suppress(OSError):
            yield from ((_canonical(name.split("-")[0]), Path(place, name)) for name in os.listdir(place or ".") if name.endswith(".dist-info"))


@cache
def fonts_digest() -> str:
    """The sha256 of the font files of a report."""
    return of_mapping({path.name: file_digest(path) for path in font_files()})


@cache
def modules_of(lang: str) -> dict[str, str]:
    """The sha256 of every file of the package that goes into a report in that language, by its path in the package.

    These are the modules that the roots import, at their head or in a function, those that these import, and the data files that
    lie beside any of them (word lists, wordings, templates), without those of another language.
    """
    modules = _closure()
    others = {f"{other}.yml" for other in LANGUAGES if other != lang}
    data = _data_below("", {module.rpartition("/")[0] for module in modules})
    mine = [name for name in data if not any(name.endswith((f"/{other}", f".{other}")) for other in others)]
    return {name: module_digest(name) for name in sorted([*modules, *mine])}


def _data_below(folder: str, used: Collection[str]) -> Iterator[str]:
    """The data files of the package in a folder and below it, but not in packages that are not used."""
    for entry in os.scandir(PACKAGE / folder):
        name = f"{folder}/{entry.name}".lstrip("/")
        if entry.is_dir():
            if entry.name != "__pycache__" and (name in used or not os.path.exists(os.path.join(entry.path, "__init__.py"))):
                yield from _data_below(name, used)
        elif not name.endswith(".py"):
            yield name


@cache
def _closure() -> tuple[str, ...]:
    found: set[str] = set()
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name not in found and name not in READING and (PACKAGE / name).is_file():
            found.add(name)
            waiting += _imported(name)
    return tuple(sorted(found))


def _imported(name: str) -> set[str]:
    """The files of the package that a module imports, anywhere in it."""
    package = name.split("/")[:-1]
    source = (PACKAGE / name).read_text("utf-8")
    found: set[str] = set()
    for level, module, names in kept(__file__, "imports", source, lambda: _imports(source)):
        above = package[: len(package) - level + 1] if level else []
        parts = [*above, *filter(None, module.split("."))]
        if not level and parts[:1] != ["analysis"]:
            continue
        parts = parts if level else parts[1:]
        found |= _files(parts)
        for each in names:
            found |= _files([*parts, each])
    return found


def _imports(source: str) -> list[tuple[int, str, list[str]]]:
    """What a module imports: how far above it, the module, and what of it."""
    found: list[tuple[int, str, list[str]]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            found.append((node.level, node.module or "", [alias.name for alias in node.names]))
        elif isinstance(node, ast.Import):
            found += [(0, alias.name, []) for alias in node.names]
    return found


def _files(parts: Sequence[str]) -> set[str]:
    """The files that importing a module of that name runs: the packages above it, and its own."""
    candidates = ["/".join([*parts[:count], "__init__.py"]) for count in range(len(parts) + 1)] + ["/".join(parts) + ".py"]
    return {name for name in candidates if (PACKAGE / name).is_file()}


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of every file in a folder, by its path there."""
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def written(record: Mapping[str, Any]) -> bytes:
    """The bytes of a record."""
    return (json.dumps({"form": FORM, **record}, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def name_of(key: Mapping[str, Any], modules: Mapping[str, str]) -> str:
    """One name for a whole key."""
    return digest(of_mapping({"key": dict(key), "modules": dict(modules)}).encode())
