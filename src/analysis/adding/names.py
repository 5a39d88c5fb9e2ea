"""The names of a bulletin that the catalogue does not list: their composed English, the nearest entries, and a stub to complete."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .. import catalogue as catalogues
from .. import wholefiles
from ..writing.acting import shown

if TYPE_CHECKING:
    import pandas as pd

    from ..catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A name no catalogue lists: unit, organ, composed English ("" where none can be), how an English report calls it, and what is near."""

    name: str
    unit: str
    organ: str
    english: str
    called: str
    nearest: tuple[str, ...]


def unlisted(observations: pd.DataFrame, catalogue: Catalogue) -> list[Unlisted]:
    """The unlisted names of some observations, the most frequent first, each once."""
    rows = catalogues.unknown(observations)
    found: dict[str, Unlisted] = {}
    for name, unit, organ in zip(rows["name"], rows["unit"], rows["organ"], strict=True):
        english, called = catalogues.compose(name, unit).en or "", catalogues.names(None, name, unit)["en"]
        found.setdefault(name, Unlisted(name, unit, organ, english, called, tuple(catalogue.nearest(name))))
    return list(found.values())


def stub(names: list[Unlisted], catalogue: Catalogue, doc: str) -> str:
    """Entries for a catalogue of one's own, as comments: to be completed and uncommented."""
    chapters = ", ".join(catalogue.chapters)
    lines = [f"\n# From {doc}: take the # away and complete. chapter: one of {chapters}; polarity: more, less or neither.\n"]
    for one in names:
        id = re.sub("[^a-z0-9]+", "-", one.english.lower()).strip("-") or "name-it"
        organ = one.organ if one.organ in catalogue.organs else "all"
        lines += [
            f"#  - id: {id}\n#    zh: {shown(one.name)}\n#    en: {shown(one.english) or '...'}\n#    unit: {shown(one.unit) or '...'}\n",
            f"#    polarity: neither\n#    organ: {organ}\n#    chapter: {_chapter(organ, catalogue)}\n",
        ]
    return "".join(lines)


def _chapter(organ: str, catalogue: Catalogue) -> str:
    """The chapter most of an organ's indicators stand in."""
    counts = Counter(one.chapter for one in catalogue.indicators if one.organ == organ)
    return counts.most_common(1)[0][0] if counts else next(iter(catalogue.chapters))


def append(text: str, root: Path) -> Path:
    """Add a stub to the workspace's own catalogue, once, and return its path."""
    path = root / "catalogue.yml"
    with wholefiles.only_writer(root / "data/raw"):
        before = path.read_bytes() if path.exists() else b""
        if text.encode("utf-8") not in before:
            wholefiles.replace_files(root, {path.name: before + text.encode("utf-8")})
    return path
