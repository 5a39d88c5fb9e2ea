"""Kernels forked from a process that has imported everything a report needs, so that each starts in a fraction of a second.

Most of the time of a short notebook goes into imports. A helper process does them once; each kernel is a fork of it that starts from
the same clean state as a new interpreter. Where forking is unsafe (not Linux, a thread in the helper) or the helper
fails, kernels start the plain way.

The helper reads one request a line on its standard input and answers each with one line. When the input ends, because the owner
closed it or was killed, it ends every kernel it started.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from .running import OwnInterpreter

# Before numpy is imported: its library would start threads, and a process with threads must not fork.
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
    # Chosen before matplotlib is imported, but loaded only in the kernel, where it finds the shell it draws for; else charts vanish.
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}  # fmt: skip


@contextmanager
def preloaded() -> Iterator[type[OwnInterpreter]]:
    """Give the kernel manager for `report.running.run` while the helper lives; no process is left behind.

    >>> with preloaded() as manager:
    ...     issubclass(manager, OwnInterpreter)
    True
    """
    if sys.platform != "linux":
        yield OwnInterpreter
        return
    helper = Helper()
    try:
        yield type("Preloaded", (_Preloaded,), {"helper": helper})
    finally:
        helper.close()


class Helper:
    """The process that has imported everything; it is asked from one thread."""

    def __init__(self) -> None:
        # pandas and papermill take pyarrow where they find it, and that starts a thread; a notebook that wants it can still import it.
        code = "import sys; sys.modules['pyarrow'] = None; from analysis.publish.kernels import serve; serve()"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **_ENVIRONMENT}, start_new_session=True,
        )  # fmt: skip

    @property
    def pid(self) -> int:
        """The process id of the helper."""
        return self._process.pid

    def ask(self, **request: Any) -> Any:
        """Send a request and return the answer. Raises OSError when the helper cannot serve."""
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline() or '{"error": "the helper has ended"}')
        except ValueError as error:
            raise OSError(str(error)) from None
        if "error" in answer:
            raise OSError(answer["error"])
        return answer["answer"]

    def close(self) -> None:
        """End the helper, and with it every kernel it started."""
        try:
            self._process.stdin.close()
            self._process.wait(timeout=10)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


class _Forked:
    """A forked kernel in the place of the subprocess.Popen that jupyter_client expects."""

    stdin = stdout = stderr = None

    def __init__(self, helper: Helper, pid: int) -> None:
        self._helper, self.pid = helper, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            try:
                self.returncode = self._helper.ask(ended=self.pid)
            except OSError:
                self.returncode = -signal.SIGKILL  # the helper has gone, and its kernels with it
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        return self.poll()  # only called once poll() has said that the kernel ended

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class _ForkProvisioner(LocalProvisioner):
    """Launches a kernel by asking the helper; the plain way where the helper cannot."""

    helper: Helper

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        try:
            pid = self.helper.ask(argv=cmd[cmd.index("ipykernel_launcher") + 1 :], cwd=str(kwargs.get("cwd") or Path.cwd()), env=dict(kwargs["env"]))
        except OSError:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = _Forked(self.helper, pid)
        self.pid = self.pgid = pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info


class _Preloaded(OwnInterpreter):
    helper: Helper

    async def _async_pre_start_kernel(self, **kw: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or str(uuid.uuid4())
            self.provisioner = _ForkProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
            self.provisioner.helper = self.helper
        return await super()._async_pre_start_kernel(**kw)

    pre_start_kernel = _async_pre_start_kernel


# ---- in the helper ----


def serve() -> None:
    """Import everything, then fork a kernel for each request until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what an import prints is no answer
    try:
        _import_everything()
    except Exception:
        return  # a plain kernel will meet the same fault, and its notebook say so
    alive: set[int] = set()
    ended: dict[int, int] = {}
    for line in sys.stdin:
        request = json.loads(line)
        _reap(alive, ended)
        try:
            answer = {"answer": ended.get(request["ended"]) if "ended" in request else _fork(request, alive)}
        except OSError as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), file=answers, flush=True)
    for pid in alive:
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _import_everything() -> None:
    import ipykernel.kernelapp
    import seaborn

    import analysis.dataset
    import analysis.report.edition

    del sys.modules["pyarrow"]


def _reap(alive: set[int], ended: dict[int, int]) -> None:
    for pid in list(alive):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            alive.discard(pid)
            ended[pid] = os.waitstatus_to_exitcode(status)


def _fork(request: dict[str, Any], alive: set[int]) -> int:
    if len(os.listdir("/proc/self/task")) > 1:
        raise OSError("the helper has threads: " + ", ".join(t.name for t in threading.enumerate()))
    owner = os.getpid()
    pid = os.fork()
    if pid == 0:
        _become_kernel(request, owner)
    alive.add(pid)
    return pid


def _become_kernel(request: dict[str, Any], owner: int) -> None:
    """Turn the fork into what a freshly started kernel is, and never return."""
    status = 1
    try:
        os.setsid()
        os.closerange(3, 256)  # the helper has a handful of files open, among them the line to its owner
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(request["cwd"])
        # The kernel ends by itself when its parent does, which is the helper.
        os.environ.update(request["env"], JPY_PARENT_PID=str(owner), MPLBACKEND=_ENVIRONMENT["MPLBACKEND"])
        _seed_anew()
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance(argv=request["argv"])
        status = 0
    finally:
        os._exit(status)


def _seed_anew() -> None:
    """Forks would otherwise all draw the same random numbers."""
    import numpy as np

    random.seed()
    np.random.seed()
