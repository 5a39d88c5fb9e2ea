"""Catalogues from their files: our own, with what a workspace adds; and the names that neither knows."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..yamlfiles import YamlError, load_yaml
from .entries import CatalogueError
from .matching import Catalogue

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["OWN", "load", "match", "of", "unknown"]

PATH = Path(__file__).with_name("catalogue.yml")
# The file of a workspace's own indicators, in its root.
OWN = "catalogue.yml"


def _checked(data: Any, name: str, skip: int = 0) -> Catalogue:
    """A catalogue of `data`; where it is wrong, the error names the file and counts its entries without the first `skip`."""
    try:
        return Catalogue.model_validate(data)
    except ValidationError as error:
        faults = "; ".join(f"{_where(e['loc'], data, skip)}: {e['msg']}".lstrip(": ") for e in error.errors())
        raise CatalogueError(f"{name}: {faults}") from error


def _where(place: tuple[int | str, ...], data: Any, skip: int) -> str:
    """Where a fault is: an entry by its id where it has one, else by its number in the file."""
    if len(place) > 1 and place[0] == "indicators" and isinstance(place[1], int):
        entry = data["indicators"][place[1]]
        named = entry.get("id") if isinstance(entry, dict) else None
        return ".".join(map(str, (f"indicator {named!r}" if named else f"indicator {place[1] - skip + 1}", *place[2:])))
    return ".".join(map(str, place))


def _read(path: Path) -> Any:
    try:
        data = load_yaml(path)
    except YamlError as error:
        raise CatalogueError(str(error)) from error
    if isinstance(data, list):
        # The entries alone, as `tongbi add` writes them.
        return {"indicators": data}
    if not isinstance(data, dict | None):
        raise CatalogueError(f"{path.name}: a catalogue is a mapping with organs, chapters and indicators, or a list of indicators")
    return data or {}


@cache
def load(path: Path = PATH) -> Catalogue:
    """Read and check a catalogue; CatalogueError says what is wrong in which entry."""
    return _checked(_read(path), path.name)


def of(root: Path) -> Catalogue:
    """Our catalogue with a workspace's own entries, `catalogue.yml` in its root, where there are any. Raises CatalogueError."""
    path = root / OWN
    return with_own(load(), _read(path), path.name) if os.path.lexists(path) else load()


def with_own(ours: Catalogue, data: dict[str, Any], name: str) -> Catalogue:
    """A catalogue with a workspace's own entries; `data` has the form of catalogue.yml, every part of it optional, `name` is its file's.

    An own entry whose id is in the catalogue replaces that one. Raises CatalogueError.
    """
    if wrong := set(data) - {"organs", "chapters", "indicators"}:
        raise CatalogueError(f"{name}: {', '.join(sorted(wrong))}: not known; a catalogue has organs, chapters and indicators")
    for part, kind in (("organs", dict), ("chapters", dict), ("indicators", list)):
        if not isinstance(data.get(part) or kind(), kind):
            raise CatalogueError(f"{name}: {part} is no {'list of entries' if kind is list else 'mapping of an id to zh and en'}")
    own = data.get("indicators") or []
    ids = {entry["id"] for entry in own if isinstance(entry, dict) and isinstance(entry.get("id"), str)}
    merged = {
        "organs": {id: title.model_dump() for id, title in ours.organs.items()} | (data.get("organs") or {}),
        "chapters": {id: title.model_dump() for id, title in ours.chapters.items()} | (data.get("chapters") or {}),
        "themes": {id: theme.model_dump() for id, theme in ours.themes.items()},
        "courses": ours.courses,
        "indicators": [*(i.model_dump() for i in ours.indicators if i.id not in ids), *own],
    }
    return _checked(merged, name, skip=len(merged["indicators"]) - len(own))


def match(name: str, name_as_written: str = "", unit: str | None = None, organ: str = "all", scope: str | None = None) -> str | None:
    """`Catalogue.match` of our own catalogue.

    >>> match("行政机关负责人出庭率", unit="%") == match("行政机关负责人出庭应诉率", unit="%") == "officials-appearing-in-court-rate"
    True
    """
    return load().match(name, name_as_written, unit, organ, scope)


def unknown(observations: pd.DataFrame) -> pd.DataFrame:
    """The names in `observations` that the catalogue does not know: name, unit, organ, and how many observations have them.

    Most frequent first. Kept in the data all the same; this is the list to extend `catalogue.yml` from.
    """
    without = observations[observations["indicator"] == ""]
    counts = without.groupby(["name", "unit", "organ"], dropna=False).size().reset_index(name="observations")
    return counts.sort_values(["observations", "name", "unit", "organ"], ascending=[False, True, True, True], ignore_index=True)
