"""Publishing reports: run the notebook, set the PDF, and put the finished files in place all at once.

A report is made in a folder of its own beside the published ones. Only when every file of it is complete and on the disk
do the files replace the old ones, each in one step: whatever goes wrong before, what was published stays as it was.
"""

import errno
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import nbformat
from filelock import FileLock, Timeout
from tqdm import tqdm

from analysis.errors import TongbiError
from analysis.publish.running import NotebookError, OwnInterpreter, declared_parameters, run
from analysis.publish.selection import LANGUAGES, Choice, check_parameters, choose
from analysis.report.exporter import ExportError, TypstPDFExporter, tables
from analysis.report.frontmatter import FrontMatterError

NOTEBOOK = Path("notebooks/report.ipynb")
_STAGING = ".making-"


class PublishError(TongbiError):
    """Nothing could be published; says why and what to do."""


class IncompleteError(PublishError):
    """Some reports failed: `failures` maps each to its reason, `published` has the PDFs that were made."""

    def __init__(self, failures: Mapping[str, str], published: Sequence["Published"]) -> None:
        self.failures, self.published = dict(failures), list(published)
        reasons = "\n".join(f"  {name}: {reason}" for name, reason in failures.items())
        super().__init__(f"{len(failures)} of {len(failures) + len(published)} reports could not be made:\n{reasons}")


@dataclass(frozen=True, slots=True)
class Published:
    """A report that is in place."""

    pdf: Path
    size: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.pdf}  {self.size / 1000:,.0f} kB  {self.seconds:.1f} s"


def publish(
    region: str | None = None,
    period: str = "newest",
    langs: Sequence[str] = LANGUAGES,
    out: Path | None = None,
    *,
    root: Path | None = None,
    day: date | None = None,
    parameters: Mapping[str, str] | None = None,
    kernels: type[OwnInterpreter] = OwnInterpreter,
) -> list[Published]:
    """Publish reports into `out` (by default reports/) and return what was made, in order.

    No region means every region; `period` may be "newest" or "all"; as of `day`, what was published later is left out, and the report lies in
    a folder of its own. `parameters` go to the notebook as they are;
    `kernels` starts the kernels (`analysis.publish.kernels.preloaded` gives one that starts them faster).
    Raises SelectionError before anything starts, PublishError when nothing can be written there, and IncompleteError at the end when some
    reports failed (the others are published).
    """
    from analysis.dataset import find_root, load

    root = root or find_root()
    notebook = root / NOTEBOOK
    dataset = load(root, day)
    choices = choose(dataset, region, period, langs)
    extra = dict(parameters or {})
    check_parameters(extra, declared_parameters(notebook), notebook.name)
    made, failures = [], {}
    with _only_writer((out or root / "reports").absolute()) as folder:
        progress = tqdm(choices, unit="report", disable=None, leave=False)
        for choice in progress:
            progress.set_description(choice.name)
            try:
                made.append(_publish_one(choice, dataset, notebook, root, folder, extra, kernels))
            except (NotebookError, ExportError, FrontMatterError) as error:
                failures[choice.name] = str(error)
            except OSError as error:
                failures[choice.name] = _disk_trouble(error)
            except Exception as error:  # a fault of ours in one report is no reason to go without the others
                failures[choice.name] = f"{type(error).__name__}: {error}"
    if failures:
        raise IncompleteError(failures, made)
    return made


def _publish_one(
    choice: Choice, dataset: Any, notebook: Path, root: Path, out: Path, extra: Mapping[str, str], kernels: type[OwnInterpreter]
) -> Published:
    from analysis.report.edition import open_edition

    started = time.perf_counter()
    front = open_edition(choice.region, choice.period, choice.lang, dataset).front_matter()
    with _staging(out) as staging:
        scratch, finished = staging / "scratch", staging / "finished"
        scratch.mkdir()
        finished.mkdir()
        asked = {"region": choice.region, "period": choice.period, "lang": choice.lang, "as_of": choice.as_of, **extra}
        executed = run(notebook, asked, root, scratch, kernels)
        executed.metadata["tongbi"] = front
        pdf, _ = TypstPDFExporter().from_notebook_node(executed)
        for table in tables(executed):
            _write(finished / f"tables-{choice.lang}" / table.name, table.content)
        _write(finished / f"{choice.name}.ipynb", nbformat.writes(executed).encode())
        _write(finished / f"{choice.name}.pdf", pdf)
        target = out / choice.folder
        _put_in_place(finished, target, choice)
    return Published(target / f"{choice.name}.pdf", len(pdf), time.perf_counter() - started)


@contextmanager
def _only_writer(out: Path) -> Iterator[Path]:
    """Hold the folder for this process alone, and clear away what a killed one left behind."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / ".lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise PublishError(f"another run is publishing into {out}: wait until it has finished") from None
    except OSError as error:
        raise PublishError(f"{out} cannot be written ({error.strerror}): choose another folder") from None
    try:
        for left in out.glob(f"{_STAGING}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield out
    finally:
        lock.release()


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    folder = Path(mkdtemp(prefix=_STAGING, dir=out))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    """Write a file and see it onto the disk."""
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(finished: Path, target: Path, choice: Choice) -> None:
    """Replace the published files one by one, the PDF last; then drop tables that the report no longer has."""
    files = sorted((p.relative_to(finished) for p in finished.rglob("*") if p.is_file()), key=lambda p: (p.suffix == ".pdf", p))
    for folder in {(target / file).parent for file in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        os.replace(finished / file, target / file)
    for old in (target / f"tables-{choice.lang}").glob("*.csv"):
        if old.relative_to(target) not in files:
            old.unlink()
    _sync_folder(target)


def _sync_folder(folder: Path) -> None:
    """See renames onto the disk, where the system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _disk_trouble(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "the disk is full; what was published before is unchanged"
    return f"{error.filename or 'a file'}: {error.strerror or error}; what was published before is unchanged"
