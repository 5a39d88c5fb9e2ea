"""Inside the helper process: import everything once, load the data once, and fork a worker for each report.

A request is a line of JSON on standard input, an answer a line on the line to the owner: `{"task": 3, "code": 0}` when worker 3 has ended. A
worker writes its outcome into its task's folder. When the input ends, or the owner does, all workers and their kernels end too.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from .. import keeping
from .ending import end_with_parent
from .selection import LANGUAGES, Choice
from .workshop import OUTCOME, Task

STALE = "data or code changed while the run was on its way: publish again"


def serve(owner: int) -> None:
    """Import, load, then serve until the input ends."""
    end_with_parent(owner)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what an import prints is no answer
    requests = _Requests()
    gc.disable()  # all that is made here stays, and looking through it again and again takes a sixth of the time
    trouble = _imported("renewing")
    request = requests.wait_for_one()
    dataset = open(os.memfd_create("dataset"), "w+b", buffering=0)
    builder = _builder(request, trouble, answers, dataset)
    trouble = trouble or _imported("importing")
    if "build" in request:
        if _ended_well(builder):
            _take(dataset)
        else:
            _tell(answers, {"built": None})
        dataset.close()
        request = requests.wait_for_one()
    trouble = trouble or _prepare(request)
    _tell(answers, {"ready": not trouble, "trouble": trouble, "stale": trouble == STALE})
    if not trouble:
        _serve(requests, answers)


class _Requests:
    """The lines on standard input, read without taking more from it than has come."""

    def __init__(self) -> None:
        self._rest = b""
        self._waiting: list[dict[str, Any]] = []
        self.ended = False

    def come(self) -> list[dict[str, Any]]:
        """The requests that have come; waits for something to come, and knows when nothing will."""
        data = os.read(0, 1 << 16)
        self.ended = not data
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [json.loads(line) for line in lines]

    def wait_for_one(self) -> dict[str, Any]:
        """The next request."""
        while not self._waiting and not self.ended:
            self._waiting = self.come()
        return self._waiting.pop(0) if self._waiting else sys.exit()


def _serve(requests: _Requests, answers: Any) -> None:
    alive: dict[int, tuple[int, int]] = {}  # file handle of a worker -> (its process id, its task)
    watched = selectors.DefaultSelector()
    watched.register(0, selectors.EVENT_READ)
    while not requests.ended:
        for event, _ in watched.select():
            if event.fd == 0:
                for request in requests.come():
                    pid = _fork(request)
                    handle = os.pidfd_open(pid)
                    alive[handle] = pid, request["number"]
                    watched.register(handle, selectors.EVENT_READ)
            else:
                pid, number = alive.pop(event.fd)
                watched.unregister(event.fd)
                os.close(event.fd)
                _tell(answers, {"task": number, "code": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])})
    for pid, _ in alive.values():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # its kernel ends with it


def _tell(answers: Any, answer: dict[str, Any]) -> None:
    print(json.dumps(answer), file=answers, flush=True)


def _imported(what: str) -> str:
    """Import what building the data needs, or what every report does; returns what went wrong."""
    from ..snapshot import package_digest
    from .importing import UNWANTED, import_for_reports, left_out

    package_digest()  # that of the code which is imported next
    try:
        if what == "renewing":
            with left_out(*UNWANTED):
                from . import renewing

                assert renewing
        else:
            import_for_reports()
            _warm_up()
            keeping.write()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _builder(request: dict[str, Any], trouble: str, answers: Any, dataset: BinaryIO) -> int | None:
    """Begin to build the data, where that is asked for; gives the process that does."""
    if "build" not in request or trouble:
        return None
    from . import renewing

    return renewing.fork(Path(request["build"]), answers, dataset)


def _ended_well(pid: int | None) -> bool:
    return pid is not None and os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _warm_up() -> None:
    """Prepare what reports need and no data tell of: fonts, wordings, the catalogue, templates, and what checks a notebook."""
    import nbformat

    from .. import catalogue
    from ..report.faces import warm
    from ..report.fonts import load_fonts
    from ..report.formats import USUAL
    from ..report.phrases import Wording
    from ..review import prepare

    load_fonts()
    warm(USUAL, LANGUAGES[0])
    prepare()
    catalogue.load()
    for lang in LANGUAGES:
        Wording.load(lang)
    nbformat.validate(nbformat.v4.new_notebook())


def _take(dataset: BinaryIO) -> None:
    """Take the data as the builder loaded them; whether they are those that are asked for is seen when that is told."""
    from ..dataset import keep_dumped

    with suppress(Exception):  # what is wrong with them is told then, too
        dataset.seek(0)
        keep_dumped(dataset)


def _prepare(request: dict[str, Any]) -> str:
    """Load what every report needs of the data; returns what went wrong."""
    from ..snapshot import EXPECTED, expected_id, read

    root = Path(request["root"])
    os.environ[EXPECTED] = request["snapshot"]
    try:
        found = read(root)
        if found is None or expected_id(found) != request["snapshot"]:
            return STALE
        _warm(root, request["notebook"], request["example"], request["formats"])
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if len(os.listdir("/proc/self/task")) > 1:
        return "the helper has threads: " + ", ".join(t.name for t in threading.enumerate())
    gc.freeze()  # what is garbage by now stays too: to look for it takes longer than a report does to typeset
    gc.enable()
    return ""


def _warm(root: Path, notebook: str, example: list[str], formats: list[str]) -> None:
    """Load the data, and what a first edition and its faces load, so that no report has to."""
    import nbformat

    from ..dataset import keep
    from ..report.edition import open_edition
    from ..report.faces import warm

    known = keep(root)
    warm(formats, example[-1])
    with suppress(Exception):  # what is wrong with these is each report's to tell
        nbformat.read(notebook, as_version=4)  # which prepares the checker of its notebooks
        open_edition(*example, known)


def _fork(task: dict[str, Any]) -> int:
    owner = os.getpid()
    pid = os.fork()
    if pid == 0:
        _work(task, owner)
    return pid


def _work(request: dict[str, Any], owner: int) -> None:
    """Make the report in this fork, and never return."""
    from .kernels import waiting_kernel
    from .making import make
    from .placing import FULL, write

    code = 1
    try:
        end_with_parent(owner)
        os.closerange(3, 256)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        kernels = waiting_kernel()  # before anything here starts a thread
        task = Task(Choice(*request["choice"]), **request["task"])
        outcome = make(task, kernels)
        made = {name: getattr(outcome, name) for name in ("error", "size", "seconds", "shown", "front")}
        write(Path(task.scratch) / OUTCOME, json.dumps(made, ensure_ascii=False).encode())
        code = 0
    except OSError as error:  # what became of the report cannot be written down: the code says why
        code = error.errno if error.errno in FULL else code
        raise
    finally:
        os._exit(code)
