"""Running a notebook under papermill, with this interpreter and nothing else of the machine's.

No kernelspec has to be installed and none that is can interfere; the home folder is neither read nor written.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.translators import papermill_translators
from traitlets.config import Config

from analysis.report.exporter import first_line


class NotebookError(RuntimeError):
    """A cell of the notebook failed; the message has the cell and its error on one line."""


class OwnInterpreter(AsyncKernelManager):
    """Starts ipykernel with the interpreter that runs us; its files stay in the folder of its connection file."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is, whatever name was asked for."""
        return KernelSpec(**get_kernel_dict(["--HistoryManager.enabled=False", "--log-level=CRITICAL"]))

    async def _async_pre_start_kernel(self, **kw: Any) -> tuple[list[str], dict[str, Any]]:
        folder = str(Path(self.connection_file).parent)
        # One thread a library: reports are small, and sums do not depend on how many cores a machine has.
        own = {"IPYTHONDIR": folder, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        if not os.access(Path.home(), os.W_OK):
            own["MPLCONFIGDIR"] = folder
        kw["env"] = {**os.environ, **kw.get("env", {}), **own}
        return await super()._async_pre_start_kernel(**kw)

    pre_start_kernel = _async_pre_start_kernel


def run(notebook: Path, parameters: Mapping[str, str], root: Path, scratch: Path, kernels: type[OwnInterpreter] = OwnInterpreter) -> NotebookNode:
    """Return the executed notebook, free of everything that differs from run to run.

    The notebook runs in `root`; `scratch` is an existing folder for the kernel's files. Raises NotebookError.
    """
    node = nbformat.read(notebook, as_version=4)
    kernel = Config({kernels.__name__: {"connection_file": str(scratch / "kernel.json"), "transport_encryption": "auto"}})
    try:
        executed = papermill.execute_notebook(
            node, None, dict(parameters), kernel_name="python3", language="python", cwd=root, progress_bar=False,
            kernel_manager_class=kernels, config=kernel,
        )  # fmt: skip
    except PapermillExecutionError as error:
        reason = " ".join(error.evalue.split())
        raise NotebookError(f"{notebook.name}: cell `{first_line(error.source)}` failed with {error.ename}: {reason}") from None
    except RuntimeError as error:  # the kernel died, or never answered
        raise NotebookError(f"{notebook.name}: {error}") from None
    return _settled(executed)


def declared_parameters(notebook: Path) -> list[str]:
    """Return the names in the notebook's cell tagged `parameters`."""
    cells = nbformat.read(notebook, as_version=4).cells
    python = papermill_translators.find_translator("python3", "python")
    return [p.name for cell in cells if "parameters" in cell.metadata.get("tags", []) for p in python.inspect(cell)]


def _settled(nb: NotebookNode) -> NotebookNode:
    """Take out times, durations and paths; the same input then gives the same notebook."""
    nb.metadata.pop("papermill", None)
    for number, cell in enumerate(nb.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{number}"
    return nb
