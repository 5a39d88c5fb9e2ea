"""One report: run the notebook, set the PDF, look at both, write everything into a folder of its own, and then the other faces."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path
from typing import Any

import nbformat

from .. import dataset as data
from ..editions import narrowed
from ..report.executed import ExportError, as_pdf
from ..report.faces import documents, face, package
from ..report.faces.summary import summary
from ..report.frontmatter import FrontMatterError
from ..report.pandoc import MarkupError
from ..review import review_page
from ..snapshot import EXPECTED, package_changed
from ..snapshot import read as read_snapshot
from . import gate, keys
from .kernels import OwnInterpreter
from .placing import disk_trouble, write
from .running import Failure, NotebookError, run
from .workshop import Outcome, Task


def make(task: Task, kernels: type[OwnInterpreter] = OwnInterpreter) -> Outcome:
    """Make one report. A failure comes back as the outcome's `error`, with what failed kept in the task's `failed` folder."""
    started = time.perf_counter()
    before = os.environ.get(EXPECTED, "")
    os.environ[EXPECTED] = task.snapshot
    try:
        pdf, shown, front = _made(task, kernels)
        return Outcome("", len(pdf), time.perf_counter() - started, shown, front)
    except NotebookError as error:
        _keep(task, error.failure)
        return Outcome(str(error))
    except (ExportError, FrontMatterError, MarkupError, gate.GateError, data.DatasetError) as error:
        return Outcome(str(error))
    except OSError as error:
        return Outcome(disk_trouble(error))
    except Exception as error:  # a fault of ours in one report is no reason to go without the others
        return Outcome(f"{type(error).__name__}: {error}")
    finally:  # where it is made in the process that asked for it, what this one reads next may be of another snapshot
        os.environ[EXPECTED] = before


def _made(task: Task, kernels: type[OwnInterpreter]) -> tuple[bytes, dict[str, Any], dict[str, Any]]:
    choice, root, scratch = task.choice, Path(task.root), Path(task.scratch)
    scratch.mkdir(parents=True, exist_ok=True)
    asked = {"region": choice.region, "period": choice.period, "lang": choice.lang, "as_of": choice.as_of, **task.parameters}
    executed = run(Path(task.notebook), asked, root, scratch, kernels, task.seconds)
    try:
        pdf = as_pdf(executed)
        known = data.load(root, date.fromisoformat(choice.as_of) if choice.as_of else None)
        shown = gate.check(executed, pdf, choice, narrowed(known, choice.region, choice.period))
    except (ExportError, gate.GateError) as error:
        _keep(task, Failure(executed, "", "", str(error)))
        raise
    _refuse_what_changed(task)
    folder = Path(task.folder)
    for name, content in package(executed).items():
        write(folder / f"tables-{choice.lang}" / name, content)
    write(folder / f"{choice.name}.ipynb", nbformat.writes(executed).encode())
    write(folder / f"{choice.name}.pdf", pdf)
    pages = {id: f"{id}-{choice.lang}.html" for id in documents(executed)} if "html" in task.formats else {}
    whole = _read_whole(root) if pages else set()
    for id, name in pages.items():
        page = review_page(known.document(id), choice.lang, known, id in whole)
        write(folder / "documents" / name, page.encode("utf-8", "backslashreplace"))
    for form in task.formats:
        if form != "pdf":  # which is written by now, and waits for none of them
            write(folder / f"{choice.name}.{form}", face(form, executed, task.others, {id: f"documents/{name}" for id, name in pages.items()}))
    return pdf, shown, summary(executed)


def _read_whole(root: Path) -> set[str]:
    """The documents of which the build left nothing unread."""
    taken = read_snapshot(root)
    return {id for id, read in taken.documents.items() if not read.warnings} if taken else set()


def _refuse_what_changed(task: Task) -> None:
    """What was changed while the report was made may be in it in part, and its key would not say so."""
    keys.notebook_digest.cache_clear()
    if keys.notebook_digest(Path(task.notebook)) != task.notebook_digest:
        raise data.DatasetError(f"{task.notebook} changed while its reports were being made: publish again")
    if package_changed():
        raise data.DatasetError("code or wordings changed while the report was being made: publish again")


def _keep(task: Task, failure: Failure | None) -> None:
    """Keep the notebook as far as it came, and beside it the cell, what it ran, and the traceback."""
    if failure is None:
        return
    folder, name = Path(task.failed), task.choice.name
    told = [f"{name}: what failed and why; the notebook as far as it ran lies beside this file", ""]
    told += [f"cell      {failure.cell}", "", failure.source, ""] if failure.source else []
    write(folder / f"{name}.txt", "\n".join([*told, failure.trace, ""]).encode())
    write(folder / f"{name}.ipynb", nbformat.writes(failure.notebook).encode())
