"""Running a notebook under papermill, each cell within its time, and telling a failure so that it can be looked at."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from ..report.executed import first_line
from .kernels import EndedTooSoonError, OwnInterpreter
from .workshop import CELL_SECONDS

LONGEST_FOLDER_OF_SOCKETS = 85  # characters; the system allows a socket about a hundred with its name
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed: the notebook as far as it ran, the cell, what it ran, and the traceback."""

    notebook: NotebookNode
    cell: str
    source: str
    trace: str


class NotebookError(RuntimeError):
    """A cell of the notebook failed; the message has the cell and its error on one line, `failure` the rest."""

    def __init__(self, message: str, failure: Failure | None = None) -> None:
        super().__init__(message)
        self.failure = failure


def run(
    notebook: Path,
    parameters: Mapping[str, str],
    root: Path,
    scratch: Path,
    kernels: type[OwnInterpreter] = OwnInterpreter,
    seconds: int = CELL_SECONDS,
) -> NotebookNode:
    """Return the executed notebook, free of everything that differs from run to run.

    The notebook runs in `root`; `scratch` is an existing folder for the kernel's files; no cell may take longer than `seconds`. Raises NotebookError.
    """
    node = nbformat.read(notebook, as_version=4)

    def executed(manager: type[OwnInterpreter]) -> NotebookNode:
        kernel = Config({manager.__name__: {"connection_file": str(scratch / "kernel.json"), **_channels(scratch)}})
        return papermill.execute_notebook(
            node, None, dict(parameters), kernel_name="python3", language="python", cwd=root, progress_bar=False,
            kernel_manager_class=manager, config=kernel, execution_timeout=seconds,
            shutdown_kernel="immediate",  # it keeps nothing
        )  # fmt: skip

    try:
        try:
            done = executed(kernels)
        except EndedTooSoonError:
            done = executed(OwnInterpreter)  # nothing has run, so that a second start can do no harm
    except PapermillExecutionError as error:
        reason = " ".join(error.evalue.split())
        failure = Failure(node, first_line(error.source), error.source, _COLOURS.sub("", "\n".join(error.traceback)))
        raise NotebookError(f"{notebook.name}: cell `{first_line(error.source)}` failed with {error.ename}: {reason}", failure) from None
    except CellTimeoutError as error:
        preview = re.search(r"cell contents:\n-+\n(.*?)\n-+", str(error), re.DOTALL)
        source = preview[1] if preview else ""
        failure = Failure(node, first_line(source), source, "".join(traceback.format_exception_only(error)))
        told = f"cell `{first_line(source)}` ran for more than {seconds} s and was ended: mend it, or allow more with --cell-seconds"
        raise NotebookError(f"{notebook.name}: {told}", failure) from None
    except (DeadKernelError, RuntimeError) as error:  # the kernel died, or never answered
        raise NotebookError(f"{notebook.name}: {error}", Failure(node, "", "", str(error))) from None
    return _settled(done)


def _channels(scratch: Path) -> dict[str, str]:
    """How a kernel is spoken to: by sockets in its own folder, since a free port may be taken by another before the kernel has it."""
    if os.name == "posix" and len(str(scratch)) < LONGEST_FOLDER_OF_SOCKETS:
        return {"transport": "ipc"}
    return {"transport_encryption": "auto"}


def _settled(nb: NotebookNode) -> NotebookNode:
    """Take out times, durations and paths; the same input then gives the same notebook."""
    nb.metadata.pop("papermill", None)
    for number, cell in enumerate(nb.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{number}"
    return nb
