"""The owner's side of the helper process: it starts it, feeds it as many reports as there are cores, and starts it anew when it was killed.

A helper (see `serving`) has imported everything and loaded the data, so that each report takes a fraction of a second to begin. It is worth
a helper even for one report: the report notebook's kernel and the exporter then share one import of everything.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..errors import TongbiError
from ..report.formats import USUAL
from .placing import DISK_FULL, FULL
from .selection import Choice

CELL_SECONDS = 120
OUTCOME = "outcome.json"
# One thread a library: reports are small, sums do not depend on how many cores a machine has, and a process with threads must not fork.
# The backend is chosen before matplotlib is imported, but loaded only in the kernel, where it finds the shell it draws for; else charts vanish.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1", "TZ": "UTC", "JUPYTER_NO_CONFIG": "1",
}  # fmt: skip
UNWANTED = ("PYTHONSTARTUP", "PYTHONINSPECT", "MATPLOTLIBRC", "PYTHONWARNINGS", "JUPYTER_CONFIG_PATH", "JPY_PARENT_PID", "SOURCE_DATE_EPOCH")


def clean_environment(folder: str, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment, by default this process's, for one whose own files lie in `folder`, without what would let the user's home in."""
    own = {"IPYTHONDIR": folder, "MPLCONFIGDIR": folder, "JUPYTER_CONFIG_DIR": folder}
    return {name: value for name, value in given.items() if name not in UNWANTED} | ENVIRONMENT | own


@dataclass(frozen=True, slots=True)
class Task:
    """A report to make: files go into `folder`, what failed into `failed`; `snapshot` is the id of the run's.

    `others` has the page of the same edition in each other language.
    """

    choice: Choice
    notebook: str
    notebook_digest: str
    root: str
    folder: str
    failed: str
    scratch: str
    snapshot: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    seconds: int = CELL_SECONDS
    formats: Sequence[str] = USUAL
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: `error` is empty when the report lies in its folder; `front` is what a list of editions says of it."""

    error: str = ""
    size: int = 0
    seconds: float = 0.0
    shown: Mapping[str, Any] = field(default_factory=dict)
    front: Mapping[str, Any] = field(default_factory=dict)


class StaleError(TongbiError):
    """The data or the code changed while the run was on its way."""


class HelperError(RuntimeError):
    """No helper can serve here; says why. Reports are then made the plain way."""


class _Lost(Exception):
    """The helper has ended without being told to."""


def available() -> bool:
    """Whether this system can have a helper: processes must fork, and be watched by handle."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


@contextmanager
def begun(root: Path) -> Iterator[Helper]:
    """A helper that first builds the data of a project, beside importing (see `Helper.built`); with the block it ends, used or not."""
    with TemporaryDirectory(prefix="tongbi-helper-") as folder:
        helper = Helper(Path(folder))
        try:
            helper.build(root)
            yield helper
        finally:
            helper.close()


def made_by_helper(
    tasks: Sequence[Task], scratch: Path, workers: int, meanwhile: Callable[[], object] = lambda: None, helper: Helper | None = None
) -> Iterator[tuple[Task, Outcome]]:
    """Make the reports, `workers` at a time; each comes back as soon as it is made.

    `helper` is one that was begun before. `meanwhile` is called while a helper imports: this process has nothing else to do. A worker or a
    helper that is killed loses nothing: its reports are made once more, by a new helper where that must be. Raises HelperError, and StaleError
    when data or code are no longer those of the tasks' snapshot.
    """
    waiting = deque(enumerate(tasks))
    tried: dict[int, int] = dict.fromkeys(range(len(tasks)), 0)
    while waiting:
        flying: dict[int, Task] = {}
        helper = helper or Helper(scratch / "helper")
        try:
            helper.open(tasks[0], meanwhile)
            while waiting or flying:
                while waiting and len(flying) < workers:
                    number, task = waiting.popleft()
                    tried[number] += 1
                    flying[number] = task
                    helper.give(number, task)
                number, code = helper.next_ended()
                task = flying.pop(number)
                if code == 0:
                    yield task, _outcome(task)
                elif tried[number] < 2:
                    waiting.append((number, task))
                else:
                    yield task, Outcome(DISK_FULL if code in FULL else f"its worker ended twice, the last time with code {code}")
        except _Lost:
            for number, task in flying.items():
                if tried[number] < 2:
                    waiting.append((number, task))
                else:
                    yield task, Outcome("the helper process ended twice while it was being made")
        finally:
            helper.close()
            helper = None


def _outcome(task: Task) -> Outcome:
    try:
        return Outcome(**json.loads(Path(task.scratch, OUTCOME).read_bytes()))
    except (OSError, ValueError) as error:
        return Outcome(f"its worker left no outcome ({error})")


class Helper:
    """One helper process and the two lines to it; `place` is a folder for what its libraries write."""

    def __init__(self, place: Path) -> None:
        code = f"from analysis.publish.serving import serve; serve({os.getpid()})"
        place.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=clean_environment(str(place)), start_new_session=True,
        )  # fmt: skip

    def build(self, root: Path) -> None:
        """Have it build the data, before anything else, and load them."""
        with suppress(_Lost):  # which `built` and `open` tell
            self._send({"build": str(root)})

    def built(self) -> list[tuple[str, bool]] | None:
        """Wait for the data; gives the lines that their build has to say (see `building.told`), None where it did not come to an end."""
        try:
            return self._answer()["built"]
        except _Lost:
            return None

    def open(self, first: Task, meanwhile: Callable[[], object]) -> None:
        """Have it load the data; `meanwhile` is called while it does. Raises HelperError and StaleError."""
        try:
            example = [first.choice.region, first.choice.period, first.choice.lang]
            about = {"root": first.root, "snapshot": first.snapshot, "notebook": first.notebook, "formats": list(first.formats)}
            self._send(about | {"example": example})
            meanwhile()
            while "ready" not in (ready := self._answer()):
                pass  # a builder that is killed when the data are built is told of twice
        except _Lost:
            raise HelperError("the helper process ended while it was starting") from None
        if not ready["ready"]:
            raise StaleError(ready["trouble"]) if ready["stale"] else HelperError(ready["trouble"])

    @property
    def pid(self) -> int:
        """The process id of the helper."""
        return self._process.pid

    def give(self, number: int, task: Task) -> None:
        """Have a report made."""
        about = asdict(task)
        choice = about.pop("choice")
        self._send({"number": number, "choice": list(choice.values()), "task": about})

    def next_ended(self) -> tuple[int, int]:
        """Wait for a worker to end; gives the task's number and the exit code."""
        answer = self._answer()
        return answer["task"], answer["code"]

    def close(self) -> None:
        """End the helper, and with it every worker and kernel."""
        self._process.kill()
        self._process.wait()
        for line in (self._process.stdin, self._process.stdout):
            try:
                line.close()
            except OSError:
                pass

    def _send(self, request: dict[str, Any]) -> None:
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise _Lost from None

    def _answer(self) -> dict[str, Any]:
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise _Lost
        return json.loads(line)
