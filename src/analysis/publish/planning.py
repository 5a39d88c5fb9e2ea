"""Planning a run: the editions asked for, why each of their reports is to be made, and which cannot be published at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from .. import snapshot as snapshots
from . import keys
from .selection import LANGUAGES, Choice
from .workshop import Outcome

NOTEBOOK = Path("notebooks/report.ipynb")
LOCK = Path("requirements.lock")
UNCHANGED = "what was published before is unchanged"


@dataclass(slots=True)
class Edition:
    """A region and period in this run: its folder, its record as it was, and why each of its reports is to be made."""

    choices: list[Choice]
    target: Path
    record: dict[str, Any]
    documents: list[str]
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    staging: Path = Path()
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The edition's name in messages."""
        return self.choices[0].folder.as_posix()


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a run is to be made."""

    parameters: Mapping[str, str]
    force: bool
    accept: bool
    seconds: int
    workers: int


def notebook_of(root: Path) -> Path:
    """The report notebook: the workspace's own, or else the one beside this package."""
    own = root / NOTEBOOK
    return own if own.is_file() else snapshots.PACKAGE.parents[1] / NOTEBOOK


def left_out(taken: snapshots.Snapshot, regions: Sequence[str]) -> dict[str, str]:
    """The regions that cannot be published, with the reason: a document was left out, or nobody says what the region is called."""
    found = {}
    for id, place in taken.regions.items():
        if place.left_out and (not regions or id in regions):
            told = "; ".join(f"{path}: {reason}" for path, reason in place.left_out.items())
            found[id] = f"left out of the data: {told}; {UNCHANGED}"
    if not regions:
        folders = {parts[2] for parts in (source.split("/") for source in taken.sources) if parts[:2] == ["data", "raw"] and len(parts) > 3}
        for id in sorted(folders - taken.regions.keys()):
            found[id] = f"it has documents but no data/raw/{id}/region.yml: write its zh, en and level there; {UNCHANGED}"
    return found


def any_editions(taken: snapshots.Snapshot, regions: Sequence[str]) -> bool:
    """Whether there is anything to choose from: a region whose only document was left out has failed already."""
    asked = [taken.regions[id] for id in regions if id in taken.regions]
    return len(asked) < len(regions) or not asked or any(place.editions or not place.left_out for place in asked)


def periods_as_of(root: Path, day: date) -> dict[str, list[str]]:
    """The periods of each region as of a day; only the data themselves know."""
    from ..dataset import load
    from ..editions import periods_of

    known = load(root, day)
    return {id: periods_of(known, id) for id in known.regions}


def editions_of(choices: Iterable[Choice], taken: snapshots.Snapshot, folder: Path, root: Path, wishes: Wishes) -> list[Edition]:
    """The editions of these reports, with why each report is to be made; a language that lies there already belongs to its edition."""
    grouped: dict[Path, list[Choice]] = defaultdict(list)
    for choice in choices:
        grouped[folder / choice.folder].append(choice)
    editions = []
    for target, members in grouped.items():
        record = keys.read_record(target)
        one = members[0]
        there = [Choice(one.region, one.period, lang, one.as_of) for lang in LANGUAGES if lang in record.get("reports", {})]
        edition = Edition(members + [choice for choice in there if choice not in members], target, record, _documents(one, taken))
        for choice in edition.choices:
            key = keys.key_of(choice, taken, notebook_of(root), wishes.parameters, root / LOCK)
            why = keys.why_stale(choice, key, record, target)
            edition.keys[choice.lang] = key
            if why or wishes.force:
                edition.why[choice.lang] = why or "asked for"
        if edition.why.keys() & {choice.lang for choice in members} or not edition.why:
            editions.append(edition)
        else:  # only a language that nobody asked for is out of date
            edition.why.clear()
            editions.append(edition)
        edition.choices = [choice for choice in edition.choices if choice in members or choice.lang in edition.why]
    return editions


def _documents(choice: Choice, taken: snapshots.Snapshot) -> list[str]:
    return list(taken.regions[choice.region].editions.get(choice.period, {}).get("documents", ())) if not choice.as_of else []


def refuse_fewer_documents(editions: Iterable[Edition], failures: dict[str, str], wishes: Wishes) -> None:
    for edition in editions:
        gone = sorted(set(edition.record.get("documents", ())) - set(edition.documents))
        if edition.why and gone and not wishes.accept:
            failures[edition.name] = f"{', '.join(gone)} no longer among its documents: publish with --accept if that is meant; {UNCHANGED}"
