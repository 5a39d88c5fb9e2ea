"""The kernelspec `tongbi`: a kernel for JupyterLab, papermill or nbval, forked from a process that has imported everything (see `preloaded`).

    python -m analysis.publish.launching -f CONNECTION_FILE

This process stands for the kernel before whoever started it: it hands on signals, ends with it, and the kernel ends with this. Where there can be
no such process, it becomes a plain kernel.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from .preloaded import place
from .workshop import available, clean_environment

NAME = "tongbi"
STARTING = 60.0  # seconds


def install(prefix: Path) -> Path:
    """Write the kernelspec below `prefix`, an environment's folder; gives its folder."""
    folder = prefix / "share/jupyter/kernels" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    about = {
        "argv": [sys.executable, "-P", "-m", "analysis.publish.launching", "-f", "{connection_file}"],
        "display_name": "Python 3 (Tongbi, preloaded)",
        "language": "python",
        "interrupt_mode": "signal",
    }
    (folder / "kernel.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    return folder


def main(arguments: list[str]) -> int:
    """Be a kernel until it ends; gives its exit code."""
    try:
        line = _line()
    except (OSError, TimeoutError):
        os.execv(sys.executable, [sys.executable, "-P", "-m", "ipykernel_launcher", *arguments])
    request = {"argv": arguments, "cwd": os.getcwd(), "env": dict(os.environ)}
    socket.send_fds(line, [json.dumps(request).encode() + b"\n"], [0, 1, 2])
    with line.makefile() as answers:
        pid = json.loads(answers.readline())["pid"]
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, frame: os.kill(pid, number))
        ended = answers.readline()
    return json.loads(ended)["code"] if ended else 1


def _line() -> socket.socket:
    """The line to the process that has imported everything; starts it where there is none. Raises OSError and TimeoutError."""
    if not available():
        raise OSError("there can be no such process here")
    import fcntl

    path = place()
    with open(f"{path}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (line := _connected(path)) is not None:
            return line
        code = f"from analysis.publish.preloaded import serve; serve({str(path)!r})"
        started = subprocess.Popen(
            [sys.executable, "-P", "-c", code], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=clean_environment(str(path.parent)), cwd="/", start_new_session=True,
        )  # fmt: skip
        end = time.monotonic() + STARTING
        while time.monotonic() < end and started.poll() is None:
            if (line := _connected(path)) is not None:
                return line
            time.sleep(0.02)
    raise TimeoutError("it did not start")


def _connected(path: Path) -> socket.socket | None:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(str(path))
        return line
    except OSError:
        line.close()
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
