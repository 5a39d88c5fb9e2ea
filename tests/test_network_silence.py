"""Once installed, nothing asks the network: every verb and JupyterLab run where there is only the loopback, and none tries for more.

Needs the right to make a network namespace (`unshare -rn`); skipped where that is refused.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Put on the path of every Python of the trial: notes each address asked for that is not of this machine.
WATCH = """
import os, sys
def note(event, given):
    if event in ("socket.connect", "socket.sendto") and isinstance(given[1], tuple): asked = str(given[1][0])
    elif event == "socket.getaddrinfo": asked = str(given[0])
    elif event == "socket.gethostbyname": asked = str(given[0])
    else: return
    if asked not in ("localhost", "127.0.0.1", "::1", "", "None", "0.0.0.0", "::") and not asked.startswith("127."):
        with open(os.environ["ASKED"], "a") as file: file.write(f"{event} {asked} {sys.argv[:3]}\\n")
sys.addaudithook(note)
"""
LAB = """
import json, subprocess, sys, time, urllib.request
port, token = 18888, "t"
command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={token}", *sys.argv[1:]]
server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
def ask(path, data=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data, headers={"Authorization": f"token {token}"})
    return urllib.request.urlopen(request, timeout=30).read().decode()
try:
    for _ in range(600):
        try:
            ask("/api")
            break
        except OSError:
            time.sleep(0.2)
    assert "jupyter-config-data" in ask("/lab")
    assert json.loads(ask("/lab/api/update"))["notification"] is None
    assert json.loads(ask("/lab/api/news"))["news"] == []
    ask("/lab/api/settings/"), ask("/api/contents"), ask("/api/kernels", b"{}")
    time.sleep(2)
finally:
    server.terminate()
    server.wait(30)
"""


def alone(command: list[str]) -> list[str]:
    return ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command]


@pytest.fixture(scope="module", autouse=True)
def permitted():
    if not shutil.which("unshare") or not shutil.which("ip") or subprocess.run(alone(["true"]), capture_output=True).returncode:
        pytest.skip("this system lets nobody make a network of his own (`unshare -rn`)")


@pytest.fixture
def quiet(tmp_path):
    """Run a command where there is only the loopback; it must succeed, and ask for nothing else."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch/sitecustomize.py").write_text(WATCH, "utf-8")
    asked = tmp_path / "asked"
    path = os.pathsep.join(filter(None, (str(tmp_path / "watch"), str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
    own = {name: str(tmp_path / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}

    def run(*command: str) -> str:
        environment = {**os.environ, **own, "PYTHONPATH": path, "ASKED": str(asked)}
        done = subprocess.run(alone([sys.executable, *command]), cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr[-2000:]
        assert not asked.exists(), asked.read_text()
        return done.stdout

    return run


def test_the_watch_sees_who_asks(quiet):
    with pytest.raises(AssertionError, match=r"tongbi\.example"):
        quiet("-c", "import socket, contextlib\nwith contextlib.suppress(OSError): socket.create_connection(('tongbi.example', 80), 1)")


def test_no_verb_asks_the_network(quiet, tmp_path):
    note = tmp_path / "notice.txt"
    note.write_text("青山县公安局2023年治安情况通报\n2024年1月12日\n2023年，全县立刑事案件305起，同比下降3.2%。\n", "utf-8")
    workspace = ["--workspace", str(tmp_path / "own")]
    for command in (["init", str(tmp_path / "own")], ["add", str(note), "--yes", *workspace], ["extract", str(note)], ["audit", str(note)],
                    ["find", "刑事案件", str(note)], ["review", str(note)], ["data", "--force", *workspace], ["publish", *workspace],
                    ["why", "305", "--report", "qingshan/2023", *workspace], ["revisions", *workspace]):  # fmt: skip
        quiet("-m", "analysis", *command)
    assert len(list((tmp_path / "own/reports").rglob("*.pdf"))) == 2


def test_jupyterlab_asks_nobody_as_the_makefile_starts_it(quiet, tmp_path):
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed here")
    flags = re.findall(r"--LabApp\.[^ ]+", (ROOT / "Makefile").read_text("utf-8"))
    assert len(flags) == 2
    quiet("-c", LAB, f"--ServerApp.root_dir={tmp_path}", *flags)
