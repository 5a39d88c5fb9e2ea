"""A process that has imported everything and becomes a kernel for whoever asks: what stands behind the kernelspec `tongbi` (see `launching`).

It listens on a socket in a folder only its user may enter, named after the code it runs, and ends when nobody has asked for a while. One line of
JSON and the three standard files come in with a connection, the kernel's exit code goes out; when the connection ends, the kernel does.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..snapshot import digest, package_digest
from .workshop import clean_environment

IDLE = 600.0  # seconds without a kernel
LARGEST = 1 << 20  # bytes of a request


def place() -> Path:
    """The socket of the process that serves this code with this interpreter."""
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"tongbi-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.stat()
    if about.st_uid != os.getuid() or about.st_mode & 0o077:
        raise PermissionError(f"{folder} can be entered by others")
    return folder / f"{digest(f'{sys.executable} {sys.version} {package_digest()}'.encode())[:24]}.sock"


def serve(path: str) -> None:
    """Import everything, then listen at `path` until nobody has had a kernel for a while."""
    from .importing import import_everything

    gc.disable()
    import_everything()
    gc.collect()
    gc.freeze()
    gc.enable()
    with tempfile.TemporaryDirectory(prefix="tongbi-kernels-") as home, socket.socket(socket.AF_UNIX) as listening:
        new = f"{path}.{os.getpid()}"
        listening.bind(new)
        listening.listen()
        os.replace(new, path)  # who finds it can connect
        try:
            _serve(listening, home)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(path)


def _serve(listening: socket.socket, home: str) -> None:
    kernels: dict[int, tuple[int, socket.socket]] = {}  # handle of a kernel -> (its process id, the line of who asked)
    watched = selectors.DefaultSelector()
    watched.register(listening, selectors.EVENT_READ)
    while (events := watched.select(IDLE)) or kernels:
        for event, _ in events:
            if event.fileobj is listening:
                line, _ = listening.accept()
                if (pid := _kernel(line, home)) is None:
                    line.close()
                    continue
                handle = os.pidfd_open(pid)
                kernels[handle] = pid, line
                watched.register(handle, selectors.EVENT_READ)
                watched.register(line, selectors.EVENT_READ, pid)
            elif event.data is not None:  # nobody is there any more
                watched.unregister(event.fileobj)
                with suppress(ProcessLookupError):
                    os.kill(event.data, signal.SIGKILL)
            else:
                _ended(event.fd, *kernels.pop(event.fd), watched)


def _kernel(line: socket.socket, home: str) -> int | None:
    """Fork a kernel for who asks; gives its process id."""
    data, files, _, _ = socket.recv_fds(line, LARGEST, 3)
    while data and not data.endswith(b"\n") and (more := line.recv(LARGEST)):
        data += more
    if not data.endswith(b"\n") or len(files) != 3:
        return None
    owner = os.getpid()
    pid = os.fork()
    if pid == 0:
        _become(json.loads(data), files, home, owner)
    for file in files:
        os.close(file)
    line.sendall(json.dumps({"pid": pid}).encode() + b"\n")
    return pid


def _become(request: dict[str, Any], files: list[int], home: str, owner: int) -> None:
    """Turn this fork into the kernel that was asked for, and never return."""
    from .ending import end_with_parent
    from .kernels import arguments_of, become

    status = 1
    try:
        end_with_parent(owner)
        os.setsid()
        for number, file in enumerate(files):
            os.dup2(file, number)
        argv = [*request["argv"], *arguments_of(owner)]
        become({"argv": argv, "cwd": request["cwd"], "env": clean_environment(home, request["env"])})
        status = 0
    finally:
        os._exit(status)


def _ended(handle: int, pid: int, line: socket.socket, watched: selectors.BaseSelector) -> None:
    watched.unregister(handle)
    os.close(handle)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with suppress(KeyError):
        watched.unregister(line)
    with suppress(OSError):
        line.sendall(json.dumps({"code": code}).encode() + b"\n")
    line.close()
