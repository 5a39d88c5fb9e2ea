"""What starts the kernel of a report: this interpreter and nothing else of the machine's, plainly or as a fork of a process that has imported all.

No kernelspec has to be installed and none that is can interfere. The user's home is neither read nor written: no start-up file, no profile,
no matplotlibrc. A forked kernel waits from the beginning, before its worker has any thread, and ends with it, however that ends.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
import traceback
import uuid
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Type

from .ending import end_with_parent
from .workshop import clean_environment

_ARGUMENTS = ["--HistoryManager.enabled=False", "--log-level=CRITICAL", "--IPKernelApp.parent_handle={parent}"]


def arguments_of(parent: int) -> list[str]:
    """The arguments of a kernel that ends by itself when the process `parent` does: it reads its environment too early for `JPY_PARENT_PID`."""
    return [argument.format(parent=parent) for argument in _ARGUMENTS]


class EndedTooSoonError(RuntimeError):
    """A kernel ended before it had done anything."""


class _Client(AsyncKernelClient):
    """Takes the kernel's own word that it is ready, where the library's waits for a fifth of a second in which it says nothing."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has said, to whoever listens, that it has answered.

        Raises EndedTooSoonError where it ends first, RuntimeError where `timeout` seconds do.
        """
        end = time.monotonic() + (timeout or float("inf"))
        asked = set()
        while time.monotonic() < end:
            asked.add(self.kernel_info())
            with suppress(Empty):  # what a kernel says before its channel is connected is lost
                answer = await self.get_shell_msg(timeout=1)
                while not _is_idle_after(await self.get_iopub_msg(timeout=0.2), asked):
                    pass
                self._handle_kernel_info_reply(answer)
                return
            if not await self.is_alive():
                raise EndedTooSoonError("the kernel ended before it was ready")
        raise RuntimeError(f"the kernel was not ready in {timeout} s")


def _is_idle_after(message: dict[str, Any], requests: set[str]) -> bool:
    return message["parent_header"].get("msg_id") in requests and message["content"].get("execution_state") == "idle"


class OwnInterpreter(AsyncKernelManager):
    """Starts ipykernel with the interpreter that runs us; its files stay in the folder of its connection file."""

    client_factory = Type(_Client)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is, whatever name was asked for."""
        return KernelSpec(**get_kernel_dict(arguments_of(os.getpid())))

    async def _async_pre_start_kernel(self, **kw: Any) -> tuple[list[str], dict[str, Any]]:
        kw["env"] = clean_environment(str(Path(self.connection_file).parent))
        return await super()._async_pre_start_kernel(**kw)

    pre_start_kernel = _async_pre_start_kernel


class Waiting:
    """A kernel that has been forked and waits to be told what to be. Made before this process has any thread."""

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        listening, self._telling = os.pipe()
        owner = os.getpid()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._telling)
            _wait_and_become(listening, owner)
        os.close(listening)

    def start(self, argv: list[str], cwd: str, env: dict[str, str]) -> None:
        """Tell it to be a kernel."""
        with os.fdopen(self._telling, "w") as told:
            json.dump({"argv": argv, "cwd": cwd, "env": env}, told)

    def poll(self) -> int | None:
        """The exit code, None as long as it runs; as subprocess.Popen has it, which jupyter_client expects in this place."""
        if self.returncode is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, when it has ended; only called where it has, or is being killed."""
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class _ForkProvisioner(LocalProvisioner):
    """Launches the kernel that waits; the plain way for any further one."""

    waiting: Waiting | None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        if self.waiting is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.waiting = self.waiting, None
        self.process.start(cmd[cmd.index("ipykernel_launcher") + 1 :], str(kwargs.get("cwd") or Path.cwd()), dict(kwargs["env"]))
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End it at once; it has ended when this returns, where the library would look again after a tenth of a second."""
        await super().kill(restart)
        if self.process:
            self.process.wait()


def waiting_kernel() -> type[OwnInterpreter]:
    """Fork a kernel and give the manager that will use it."""
    return type("Preloaded", (_Preloaded,), {"waiting": Waiting()})


class _Preloaded(OwnInterpreter):
    waiting: Waiting

    async def _async_pre_start_kernel(self, **kw: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or str(uuid.uuid4())
            self.provisioner = _ForkProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
            self.provisioner.waiting = self.waiting
        return await super()._async_pre_start_kernel(**kw)

    pre_start_kernel = _async_pre_start_kernel


# ---- in the kernel ----


def _wait_and_become(listening: int, owner: int) -> None:
    """Wait for the word, turn the fork into what a freshly started kernel is, and never return."""
    status = 1
    try:
        end_with_parent(owner)
        os.setsid()
        with os.fdopen(listening) as heard:
            written = heard.read()
        if written:
            _become_without_input(json.loads(written))
            status = 0
    except Exception:
        traceback.print_exc()  # nobody else will tell
    finally:
        os._exit(status)


def _become_without_input(request: dict[str, Any]) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    become(request)


def become(request: dict[str, Any]) -> None:
    """Be the kernel that `request` describes by its arguments, folder and environment, in a fork that has imported everything."""
    os.closerange(3, 256)  # its parent has a handful of files open
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    _seed_anew()
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(argv=request["argv"])


def _seed_anew() -> None:
    """Forks would otherwise all draw the same random numbers."""
    import numpy as np

    random.seed()
    np.random.seed()
