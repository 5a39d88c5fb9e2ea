"""A run: what is asked for and out of date, made by a helper, looked at, and put in place as whole editions.

A run publishes from one snapshot. An edition is a region and a period; its two languages are replaced together or not at all. What fails keeps its
last good edition, and is kept beside it to be looked at.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from .. import snapshot as snapshots
from ..project import find_root
from ..report.formats import FORMATS, USUAL
from . import indexing, keys, placing, versions
from .placing import PublishError
from .selection import LANGUAGES, Choice, SelectionError, check_formats, check_parameters, choose, declared_parameters, written_list
from .workshop import CELL_SECONDS, HelperError, Outcome, Task, available, made_by_helper

NOTEBOOK = Path("notebooks/report.ipynb")
LOCK = Path("requirements.lock")
UNCHANGED = "what was published before is unchanged"


class IncompleteError(PublishError):
    """Some reports failed: `failures` maps each to its reason, `published` has those that are in place."""

    def __init__(self, failures: Mapping[str, str], published: Sequence[Published]) -> None:
        self.failures, self.published = dict(failures), list(published)
        reasons = "\n".join(f"  {name}: {reason}" for name, reason in failures.items())
        super().__init__(f"{len(failures)} of {len(failures) + len(published)} reports could not be made:\n{reasons}")


@dataclass(frozen=True, slots=True)
class Published:
    """A report that is in place; `why` says why it was made, and is empty where it was up to date."""

    pdf: Path
    size: int
    seconds: float = 0.0
    why: str = ""

    def __str__(self) -> str:
        made = f"  {self.seconds:.1f} s  ({self.why})" if self.why else "  up to date"
        return f"{self.pdf}  {self.size / 1000:,.0f} kB{made}"


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


def publish(
    region: str | Sequence[str] | None = None,
    period: str | Sequence[str] = "newest",
    langs: Sequence[str] = LANGUAGES,
    out: Path | None = None,
    *,
    root: Path | None = None,
    day: date | None = None,
    parameters: Mapping[str, str] | None = None,
    force: bool = False,
    accept: bool = False,
    seconds: int = CELL_SECONDS,
    workers: int | None = None,
    formats: Sequence[str] = USUAL,
    tell: Callable[[str], None] = lambda line: None,
) -> list[Published]:
    """Publish what is out of date among the reports asked for into `out` (by default reports/); returns all of them, in order.

    `region` and `period` are one, a list, or a text with commas; no region means every region, a period may be "newest" or "all". As of `day`,
    what was published later is left out, and the report lies in a folder of its own. `parameters` go to the notebook as they are. `force` makes
    what is up to date too; `accept` takes an edition that shows less than its last one. No cell of the notebook may run longer than `seconds`;
    `workers` reports are made at a time (by default as many as there are cores; 0 makes them in this process, one after the other). `formats` are
    made of each, the PDF first; what lies there in a further one is made anew with it. `tell` hears one line a report as it is made. Raises
    SelectionError before anything starts, DatasetError when data/processed does not belong to its sources, PublishError when nothing can be
    written there, and IncompleteError at the end when some reports failed (the others are published).
    """
    root = root or find_root()
    keys.look_anew()
    taken = snapshots.verified(root)
    regions, periods = ([*written_list(asked)] if isinstance(asked, str) else list(asked or ()) for asked in (region, period))
    as_of = day.isoformat() if day else ""
    failures = _left_out(taken, regions)
    choices = choose(taken, regions, periods, langs, as_of, _periods_as_of(root, day) if day else None) if _any_editions(taken, regions) else []
    workers = len(os.sched_getaffinity(0)) if workers is None and available() else workers or 0
    wishes = Wishes(dict(parameters or {}), force, accept, seconds, workers, check_formats(formats))
    check_parameters(wishes.parameters, declared_parameters(notebook_of(root)), NOTEBOOK.name)
    with placing.only_writer((out or root / "reports").absolute()) as folder:
        editions = _editions([choice for choice in choices if choice.region not in failures], taken, folder, root, wishes)
        _refuse_fewer_documents(editions, failures, wishes)
        _make([edition for edition in editions if edition.why and edition.name not in failures], taken, folder, root, wishes, failures, tell)
        unknown = {id for id, place in taken.regions.items() if place.left_out} | failures.keys()
        for name in placing.mark_withdrawn(folder, {id: set(place.editions) for id, place in taken.regions.items()}, unknown):
            tell(f"{name}: withdrawn, the data have it no more; its last edition is marked")
        indexing.refresh(folder)
        published = [one for edition in editions for one in _published(edition, failures)]
    if failures:
        raise IncompleteError(failures, published)
    return published


def notebook_of(root: Path) -> Path:
    """The report notebook: the workspace's own, or else the one beside this package."""
    own = root / NOTEBOOK
    return own if own.is_file() else snapshots.PACKAGE.parents[1] / NOTEBOOK


def _any_editions(taken: snapshots.Snapshot, regions: Sequence[str]) -> bool:
    """Whether there is anything to choose from: a region whose only document was left out has failed already."""
    asked = [taken.regions[id] for id in regions if id in taken.regions]
    return len(asked) < len(regions) or not asked or any(place.editions or not place.left_out for place in asked)


def _periods_as_of(root: Path, day: date) -> dict[str, list[str]]:
    """The periods of each region as of a day; only the data themselves know."""
    from ..dataset import load
    from ..editions import periods_of

    known = load(root, day)
    return {id: periods_of(known, id) for id in known.regions}


def _left_out(taken: snapshots.Snapshot, regions: Sequence[str]) -> dict[str, str]:
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


def _editions(choices: Iterable[Choice], taken: snapshots.Snapshot, folder: Path, root: Path, wishes: Wishes) -> list[Edition]:
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


def _refuse_fewer_documents(editions: Iterable[Edition], failures: dict[str, str], wishes: Wishes) -> None:
    for edition in editions:
        gone = sorted(set(edition.record.get("documents", ())) - set(edition.documents))
        if edition.why and gone and not wishes.accept:
            failures[edition.name] = f"{', '.join(gone)} no longer among its documents: publish with --accept if that is meant; {UNCHANGED}"


def _make(
    editions: Sequence[Edition],
    taken: snapshots.Snapshot,
    folder: Path,
    root: Path,
    wishes: Wishes,
    failures: dict[str, str],
    tell: Callable[[str], None],
) -> None:
    """Make the reports of these editions and put each edition in place as soon as its last report is made."""
    if not editions:
        return
    with placing.staging(folder) as staging:
        tasks: list[Task] = []
        owners: dict[Choice, Edition] = {}
        for number, edition in enumerate(editions):
            edition.staging = staging / str(number)
            for choice in edition.choices:
                if choice.lang in edition.why:
                    owners[choice] = edition
                    tasks.append(_task(choice, edition, taken, root, wishes))
        for task, outcome in _watched(_outcomes(tasks, staging, wishes, tell), len(tasks)):
            edition = owners[task.choice]
            edition.outcomes[task.choice.lang] = outcome
            if len(edition.outcomes) == len(edition.why):
                _finish(edition, failures, wishes, tell)


def _task(choice: Choice, edition: Edition, taken: snapshots.Snapshot, root: Path, wishes: Wishes) -> Task:
    place = edition.staging
    formats = [form for form in FORMATS if form in wishes.formats or form in keys.formats_of(edition.record, choice)]
    others = {lang: f"{replace(choice, lang=lang).name}.html" for lang in edition.keys if lang != choice.lang}
    return Task(
        choice, str(notebook_of(root)), edition.keys[choice.lang]["notebook"], str(root), str(place / "edition"), str(place / "failed"),
        str(place / f"scratch-{choice.lang}"), snapshots.expected_id(taken), wishes.parameters, wishes.seconds,
        formats, others,
    )  # fmt: skip


def _outcomes(tasks: Sequence[Task], staging: Path, wishes: Wishes, tell: Callable[[str], None]) -> Iterator[tuple[Task, Outcome]]:
    """Make the reports: by a helper, or in this process where there can be none."""
    left = list(tasks)
    if wishes.workers:
        try:
            for task, outcome in made_by_helper(tasks, staging, wishes.workers):
                left.remove(task)
                yield task, outcome
        except HelperError as error:
            tell(f"no helper ({error}): the reports are made one after the other")
    if left:
        from .making import make

        for task in left:
            yield task, make(task)


def _watched(outcomes: Iterable[tuple[Task, Outcome]], count: int) -> Iterable[tuple[Task, Outcome]]:
    from tqdm import tqdm

    return tqdm(outcomes, total=count, unit="report", disable=None, leave=False)


def _finish(edition: Edition, failures: dict[str, str], wishes: Wishes, tell: Callable[[str], None]) -> None:
    """Put the edition in place when all its reports are good; else keep what failed beside the last one."""
    names = {choice.lang: choice.name for choice in edition.choices}
    failed = {names[lang]: outcome.error for lang, outcome in edition.outcomes.items() if outcome.error}
    failed |= _fewer_shown(edition, names) if not wishes.accept else {}
    if not failed:
        try:
            _place(edition)
        except OSError as error:
            failed = {names[lang]: placing.disk_trouble(error) for lang in edition.why}
    if failed:
        kept = _keep_failed(edition)
        failures.update({name: f"{reason}{kept}; {UNCHANGED}" for name, reason in failed.items()})
        failures.update(
            {names[lang]: f"not replaced, for {', '.join(failed)} failed and belongs to it" for lang in edition.why if names[lang] not in failed}
        )
    for one in _published(edition, failures):
        if one.why:
            tell(str(one))
    for name in (names[lang] for lang in edition.why if names[lang] in failures):
        tell(f"{name}: failed: {failures[name]}")


def _fewer_shown(edition: Edition, names: Mapping[str, str]) -> dict[str, str]:
    """What shows less than last time from the same rows: nobody took figures away, so that something was lost."""
    found = {}
    for lang, outcome in edition.outcomes.items():
        before = edition.record.get("reports", {}).get(lang)
        if before and before["key"]["rows"] == edition.keys[lang]["rows"] and before["key"]["notebook"] == edition.keys[lang]["notebook"]:
            less = [
                f"{outcome.shown.get(what, 0)} {what} after {count}" for what, count in before["shown"].items() if outcome.shown.get(what, 0) < count
            ]
            if less and not outcome.error:
                found[names[lang]] = f"it shows less than last time from the same data ({', '.join(less)}): publish with --accept if that is meant"
    return found


def _place(edition: Edition) -> None:
    new, old = edition.staging / "edition", edition.record.get("reports", {})
    reports = {lang: made for lang, made in old.items() if lang not in edition.why}
    dropped = {name: "" for lang in edition.why for name in old.get(lang, {}).get("files", ())} | {keys.RECORD: "", placing.MARK: ""}
    files = keys.digests(new)
    for lang, outcome in edition.outcomes.items():
        mine = {name: value for name, value in files.items() if name.startswith(f"tables-{lang}/") or name.rpartition(".")[0].endswith(f"-{lang}")}
        made = {"key": edition.keys[lang], "modules": dict(outcome.modules), "files": mine, "shown": dict(outcome.shown)}
        reports[lang] = made | {"front": dict(outcome.front)}
    placing.carry_over(edition.target, new, dropped)
    one = edition.choices[0]
    record = {"region": one.region, "period": one.period, "as_of": one.as_of, "documents": edition.documents, "reports": reports}
    record |= _versioned(edition, reports, new)
    placing.write(new / keys.RECORD, keys.written(record))
    placing.put_in_place(new, edition.target)
    edition.record = record
    shutil.rmtree(_failed_folder(edition), ignore_errors=True)


def _versioned(edition: Edition, reports: Mapping[str, Any], new: Path) -> dict[str, Any]:
    """The version of an edition and what changed in each: a report that shows something else keeps the one before."""
    old = edition.record
    about = {"version": versions.number_of(old), "changes": old.get("changes", [])}
    if any(versions.is_another(made, reports[lang]) for lang, made in old.get("reports", {}).items()):
        versions.keep(edition.target, old, new)
        placing.write(new / keys.RECORD, keys.written({"reports": reports}))  # its points are compared
        told = versions.differences(new / versions.EARLIER / str(about["version"]), new)
        about["version"] += 1
        about["changes"] = [*about["changes"], {"version": about["version"], "why": dict(edition.why), **told}]
    return about


def _failed_folder(edition: Edition) -> Path:
    return edition.target.with_name(edition.target.name + placing.FAILED)


def _keep_failed(edition: Edition) -> str:
    """Keep the failing notebooks beside the edition; says where."""
    made, kept = edition.staging / "failed", _failed_folder(edition)
    if not made.is_dir():
        return ""
    try:
        shutil.rmtree(kept, ignore_errors=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        os.rename(made, kept)
    except OSError:
        return ""
    return f"; the notebook and its traceback are in {kept}"


def _published(edition: Edition, failures: Mapping[str, str]) -> Iterator[Published]:
    for choice in edition.choices:
        pdf = edition.target / f"{choice.name}.pdf"
        if choice.name not in failures and edition.name not in failures and pdf.exists():
            outcome = edition.outcomes.get(choice.lang, Outcome())
            yield Published(pdf, pdf.stat().st_size, outcome.seconds, edition.why.get(choice.lang, ""))


__all__ = ["IncompleteError", "PublishError", "Published", "SelectionError", "publish"]
