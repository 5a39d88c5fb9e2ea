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
from .workshop import Helper, Outcome

NOTEBOOK = Path("notebooks/report.ipynb")
PACKAGED = Path("tongbi_notebooks/report.ipynb")  # where an installed wheel has it, beside the package
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
    formats: tuple[str, ...]
    helper: Helper | None = None


def notebook_of(root: Path) -> Path:
    """The report notebook: the workspace's own, or else the one beside this package."""
    own = root / NOTEBOOK
    packaged = snapshots.PACKAGE.parent / PACKAGED
    return own if own.is_file() else packaged if packaged.is_file() else snapshots.PACKAGE.parents[1] / NOTEBOOK


def without_name(taken: snapshots.Snapshot) -> dict[str, str]:
    """The regions that have documents and nobody says what they are called, with what to do."""
    folders = {parts[2] for parts in (source.split("/") for source in taken.sources) if parts[:2] == ["data", "raw"] and len(parts) > 3}
    missing = sorted(folders - taken.regions.keys())
    return {id: f"it has documents but no data/raw/{id}/region.yml that can be used: write its zh, en and level there; {UNCHANGED}" for id in missing}


def without_figures(taken: snapshots.Snapshot, regions: Sequence[str]) -> list[str]:
    """What is said of those of these regions (of all, where none is named) that have documents and no report."""
    bare = {id: place.documents for id, place in sorted(taken.regions.items()) if place.documents and not place.editions}
    said = "no report is made, for no document has a figure of the period that it is about; check `period` in its metadata"
    return [f"{id}: {said} ({', '.join(documents)})" for id, documents in bare.items() if not regions or id in regions]


def refuse_links(editions: Iterable[Edition], out: Path) -> dict[str, str]:
    """The editions whose folders are links to another place, or lie in one: what stands there was not put there by us, and is not replaced."""
    found = {}
    for edition in editions:
        inside = [out.joinpath(*edition.choices[0].folder.parts[:count]) for count in range(1, len(edition.choices[0].folder.parts) + 1)]
        if edition.why and (link := next((path for path in inside if path.is_symlink()), None)) is not None:
            found[edition.name] = f"{link} is a link to another folder, in which nothing is written: take it away; {UNCHANGED}"
    return found


def periods_to_choose(taken: snapshots.Snapshot, out: Path, known: Mapping[str, Sequence[str]] | None) -> dict[str, list[str]]:
    """The periods of each region: those of the data (`known`, where they are not the snapshot's), and those published with what was left out."""
    found = {id: set(known.get(id, ()) if known is not None else place.editions) for id, place in taken.regions.items()}
    for id, place in taken.regions.items():
        lost = _lost(place)
        for path in out.glob(f"{id}/*/{keys.RECORD}") if lost and known is None else ():
            if lost & set(keys.read_record(path.parent).get("documents", ())):
                found[id].add(path.parent.name)
    return {id: sorted(periods) for id, periods in found.items()}


def any_editions(taken: snapshots.Snapshot, regions: Sequence[str], every: Mapping[str, Sequence[str]]) -> bool:
    """Whether there is anything to choose from: a region that has no name, or whose only document was left out, has failed already."""
    if not (taken.regions or regions) and without_name(taken):
        return False
    asked = [id for id in regions if id in taken.regions]
    return len(asked) < len(regions) or not asked or any(every[id] or not taken.regions[id].left_out for id in asked)


def refuse_what_lost_a_document(editions: Iterable[Edition], taken: snapshots.Snapshot, regions: Sequence[str]) -> dict[str, str]:
    """The editions that a document left out of the data belongs to, with the reason; the region, where nobody can say which these are.

    What an edition knew is in its record: one that never knew the document is as good without it. One that was never made may need it.
    """
    found = {}
    for id, place in taken.regions.items():
        if not place.left_out or (regions and id not in regions):
            continue
        mine = [edition for edition in editions if edition.choices[0].region == id and edition.why]
        held = {one.name: _told(place, one.record.get("documents", ())) for one in mine if _may_miss(place, one)}
        found |= held or {id: _told(place)}
    return found


def _may_miss(place: snapshots.Region, edition: Edition) -> bool:
    """Whether an edition may need a document that was left out."""
    known = edition.record.get("documents")
    return not known or not _lost(place).isdisjoint(known)


def _told(place: snapshots.Region, documents: Iterable[str] = ()) -> str:
    """What was left out of a region, file by file; of what an edition knew, where it knew some of it."""
    mine = {path: reason for path, reason in place.left_out.items() if _id(path) in set(documents)} or place.left_out
    return f"left out of the data: {'; '.join(f'{path}: {reason}' for path, reason in mine.items())}; {UNCHANGED}"


def _lost(place: snapshots.Region) -> set[str]:
    """The names of the documents that were left out."""
    return set(map(_id, place.left_out))


def _id(path: str) -> str:
    return Path(path).name.partition(".")[0]


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
            key = keys.key_of(choice, taken, notebook_of(root), wishes.parameters, root / LOCK, {one.lang for one in edition.choices})
            why = keys.why_stale(choice, key, record, target, wishes.formats if choice in members else ("pdf",))
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


def refuse_fewer_documents(editions: Iterable[Edition], wishes: Wishes) -> dict[str, str]:
    """The editions that a document was taken from, with what to do, unless that was accepted."""
    gone = {edition.name: sorted(set(edition.record.get("documents", ())) - set(edition.documents)) for edition in editions if edition.why}
    return {
        name: f"{', '.join(documents)} no longer among its documents: publish with --accept if that is meant; {UNCHANGED}"
        for name, documents in gone.items()
        if documents and not wishes.accept
    }
