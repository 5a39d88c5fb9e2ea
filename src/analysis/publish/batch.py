"""A run: what is asked for and out of date, made by a helper, looked at, and put in place as whole editions.

A run publishes from one snapshot. An edition is a region and a period; its two languages are replaced together or not at all. What fails keeps its
last good edition, and is kept beside it to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from .. import snapshot as snapshots
from ..project import find_root
from ..report.formats import FORMATS, USUAL
from . import indexing, keys, placing, planning
from .finishing import Published, finish, published_of
from .placing import PublishError
from .planning import NOTEBOOK, UNCHANGED, Edition, Wishes, notebook_of
from .selection import LANGUAGES, Choice, SelectionError, check_formats, check_parameters, choose, declared_parameters, written_list
from .workshop import CELL_SECONDS, Helper, HelperError, Outcome, Task, available, made_by_helper


class IncompleteError(PublishError):
    """Some reports failed: `failures` maps each to its reason, `published` has those that are in place."""

    def __init__(self, failures: Mapping[str, str], published: Sequence[Published]) -> None:
        self.failures, self.published = dict(failures), list(published)
        reasons = "\n".join(f"  {name}: {reason}" for name, reason in failures.items())
        super().__init__(f"{len(failures)} of {len(failures) + len(published)} reports could not be made:\n{reasons}")


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
    helper: Helper | None = None,
) -> list[Published]:
    """Publish what is out of date among the reports asked for into `out` (by default reports/); returns all of them, in order.

    `region` and `period` are one, a list, or a text with commas; no region means every region, a period may be "newest" or "all". As of `day`,
    what was published later is left out, and the report lies in a folder of its own. `parameters` go to the notebook as they are. `force` makes
    what is up to date too; `accept` takes an edition that shows less than its last one. No cell may run longer than `seconds`; `workers` reports
    are made at a time (by default one a core; 0 makes them in this process). `formats` are made of each, the PDF first; what lies there in a
    further one is made anew with it. `tell` hears one line a report; `helper` is one that was begun before (`workshop.begun`). Raises
    SelectionError before anything starts, DatasetError when data/processed does not belong to its sources, PublishError when nothing can be
    written there, and IncompleteError at the end when some reports failed (the others are published).
    """
    root = root or find_root()
    keys.look_anew()
    taken = snapshots.verified(root)
    regions, periods = ([*written_list(asked)] if isinstance(asked, str) else list(asked or ()) for asked in (region, period))
    place = (out or root / "reports").absolute()
    choices = _chosen(taken, place, root, regions, periods, langs, day)
    failures = {} if regions else planning.without_name(taken)
    workers = len(os.sched_getaffinity(0)) if workers is None and available() else workers or 0
    wishes = Wishes(dict(parameters or {}), force, accept, seconds, workers, check_formats(formats), helper)
    check_parameters(wishes.parameters, declared_parameters(notebook_of(root)), NOTEBOOK.name)
    with placing.only_writer(place) as folder:
        editions = planning.editions_of(choices, taken, folder, root, wishes)
        failures |= planning.refuse_fewer_documents(editions, wishes) | planning.refuse_links(editions, folder)
        failures |= planning.refuse_what_lost_a_document(editions, taken, regions)
        _make([edition for edition in editions if edition.why and edition.name not in failures], taken, folder, root, wishes, failures, tell)
        _mark_withdrawn(taken, folder, failures, tell)
        for line in planning.without_figures(taken, regions) if day is None else ():
            tell(line)
        indexing.refresh(folder)
        published = [one for edition in editions for one in published_of(edition, failures)]
    if failures:
        raise IncompleteError(failures, published)
    return published


def _chosen(
    taken: snapshots.Snapshot, place: Path, root: Path, regions: Sequence[str], periods: Sequence[str], langs: Sequence[str], day: date | None
) -> list[Choice]:
    """The reports asked for, as of a day if there is one; none where the data have none at all."""
    every = planning.periods_to_choose(taken, place, planning.periods_as_of(root, day) if day else None)
    return choose(taken, regions, periods, langs, day.isoformat() if day else "", every) if planning.any_editions(taken, regions, every) else []


def _mark_withdrawn(taken: snapshots.Snapshot, folder: Path, failures: Mapping[str, str], tell: Callable[[str], None]) -> None:
    """Mark the editions in place that the data have no more; what is left out or failed may be there again when it is mended."""
    unknown = {id for id, place in taken.regions.items() if place.left_out} | failures.keys()
    for name in placing.mark_withdrawn(folder, {id: set(place.editions) for id, place in taken.regions.items()}, unknown):
        tell(f"{name}: withdrawn, the data have it no more; its last edition is marked")


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
                finish(edition, failures, wishes, tell)


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
            langs = {task.choice.lang for task in tasks}
            for task, outcome in made_by_helper(tasks, staging, wishes.workers, lambda: [keys.modules_of(lang) for lang in langs], wishes.helper):
                left.remove(task)
                yield task, outcome
        except HelperError as error:
            tell(f"no helper ({error}): the reports are made one after the other")
    if left:
        make = _maker(staging)
        for task in left:
            yield task, make(task)


def _maker(staging: Path) -> Callable[[Task], Outcome]:
    """What makes a report in this process; its libraries are loaded without a look, or a write, into the user's home."""
    name = "MPLCONFIGDIR"
    before = os.environ.get(name)
    os.environ[name] = str(staging)
    try:
        from .making import make
    finally:
        os.environ.pop(name)
        os.environ.update({} if before is None else {name: before})
    return make


def _watched(outcomes: Iterable[tuple[Task, Outcome]], count: int) -> Iterable[tuple[Task, Outcome]]:
    from tqdm import tqdm

    return tqdm(outcomes, total=count, unit="report", disable=None, leave=False)


__all__ = ["UNCHANGED", "IncompleteError", "PublishError", "Published", "SelectionError", "publish"]
