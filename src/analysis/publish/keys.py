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
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

from ..report.fontfiles import font_files
from ..report.formats import FORMATS
from ..snapshot import PACKAGE, Snapshot, digest, file_digest, listed, of_mapping
from ..workspace import CATALOGUE
from .selection import LANGUAGES, Choice

RECORD = "edition.json"
PUBLICATION = "data/manual/publication.yml"  # what a project says of all its editions
FORM = 1  # of the record
# Where the code of a report begins: its content, its faces, and how the notebook is run. What these import, and so on, is the rest of it.
ROOTS = ("report/edition.py", "report/exporter.py", "report/faces/making.py", "publish/running.py")


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
    try:
        record = json.loads((folder / RECORD).read_bytes())
        return record if record.get("form") == FORM and isinstance(record.get("reports"), dict) else {}
    except (OSError, ValueError, AttributeError):
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
    try:
        needed = {_canonical(_name(line)) for line in requires("tongbi") or () if "extra ==" not in line}
    except PackageNotFoundError:
        needed = set()
    return of_mapping({"lock": file_digest(lock), "python": list(sys.version_info[:3]), "installed": sorted(_installed(needed))})


def _name(requirement: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else " " for c in requirement).split()[0]


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(names: Collection[str]) -> Iterator[str]:
    """The names of these packages' folders of metadata, which have their versions: one look at each folder is enough."""
    for place in sys.path:
        with contextlib.suppress(OSError):
            yield from (entry for entry in os.listdir(place or ".") if entry.endswith(".dist-info") and _canonical(entry.split("-")[0]) in names)


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
    data = {path for module in modules for path in (PACKAGE / module).parent.rglob("*") if _is_data(path, (PACKAGE / module).parent, modules)}
    others = {f"{other}.yml" for other in LANGUAGES if other != lang}
    mine = sorted(path for path in data if not any(path.name == name or path.name.endswith(f".{name}") for name in others))
    return {name: module_digest(name) for name in sorted([*modules, *(path.relative_to(PACKAGE).as_posix() for path in mine)])}


def _is_data(path: Path, folder: Path, modules: Sequence[str]) -> bool:
    """Whether a file is data of the package in `folder`: below it there, and not in a package of its own that is not used."""
    if path.suffix in (".py", ".pyc") or not path.is_file():
        return False
    used = {(PACKAGE / module).parent for module in modules}
    between = [parent for parent in path.parents if folder in (parent, *parent.parents)]
    return all(parent in used or not (parent / "__init__.py").exists() for parent in between)


@cache
def _closure() -> tuple[str, ...]:
    found: set[str] = set()
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name not in found and (PACKAGE / name).is_file():
            found.add(name)
            waiting += _imported(name)
    return tuple(sorted(found))


def _imported(name: str) -> set[str]:
    """The files of the package that a module imports, anywhere in it."""
    package = name.split("/")[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse((PACKAGE / name).read_bytes())):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            parts = [*base, *(node.module or "").split(".")] if node.level else (node.module or "").split(".")
            if not node.level and parts[:1] != ["analysis"]:
                continue
            parts = [part for part in (parts if node.level else parts[1:]) if part]
            found |= _files(parts)
            for alias in node.names:
                found |= _files([*parts, alias.name])
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "analysis":
                    found |= _files(alias.name.split(".")[1:])
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
