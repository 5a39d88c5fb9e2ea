"""The kernelspec `tongbi`: whatever front end starts it gets a kernel that has imported everything, and what it shows is what a plain one shows."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from jupyter_client.manager import KernelManager

from analysis.cli import main
from analysis.publish import launching
from analysis.publish.workshop import available
from proving.killing import is_running
from proving.project import make_project

pytestmark = pytest.mark.skipif(not available(), reason="kernels are preloaded where processes fork and are watched by handle")
LOOK = """import os, sys
print(os.getpid(), os.getppid(), 'analysis.report.edition' in sys.modules, os.environ.get('PYTHONSTARTUP'), os.environ['OWN'])"""


@pytest.fixture(scope="module")
def jupyter():
    """An environment with the kernelspec; what serves it is ended at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tongbi"))  # short: the path of a socket may not be long
    (folder / "run").mkdir()
    launching.install(folder)
    startup = folder / "startup.py"
    startup.write_text("raise SystemExit('the start-up file of the user was run')\n")
    own = {"JUPYTER_PATH": str(folder / "share/jupyter"), "XDG_RUNTIME_DIR": str(folder / "run"), "PYTHONSTARTUP": str(startup), "OWN": "mine"}
    with pytest.MonkeyPatch.context() as patched:
        for name, value in own.items():
            patched.setenv(name, value)
        yield folder
        for pid in serving():
            os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder)


def serving() -> list[int]:
    """The processes that serve the kernelspec of this test's environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            mine = os.environ["XDG_RUNTIME_DIR"].encode() in path.read_bytes() and b"preloaded import serve" in path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        found += [int(path.parent.name)] if mine else []
    return found


def started() -> tuple[KernelManager, object]:
    manager = KernelManager(kernel_name=launching.NAME)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=120)
    return manager, client


def told(client, code: str) -> str:
    """What code prints, or its error."""
    said: list[str] = []
    client.execute_interactive(code, timeout=120, allow_stdin=False, output_hook=lambda message: said.append(str(message["content"])))
    return "".join(said)


def test_a_kernel_is_a_fork_of_what_has_imported_everything(jupyter):
    manager, client = started()
    try:
        said = told(client, LOOK)
        pid, parent = (int(word) for word in said.split("'text': '")[1].split()[:2])
        assert "True None mine" in said and parent in serving()
        sleeping = client.execute("import time\ntime.sleep(60)")
        time.sleep(1)
        manager.interrupt_kernel()
        while (reply := client.get_shell_msg(timeout=30))["parent_header"]["msg_id"] != sleeping:
            pass
        assert reply["content"].get("ename") == "KeyboardInterrupt"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    end = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < end:
        time.sleep(0.1)
    assert not is_running(pid) and is_running(parent)


def test_papermill_shows_with_it_what_it_shows_with_a_plain_kernel(jupyter, tmp_path):
    root = make_project(tmp_path / "project")
    shown = []
    for kernel in ("python3", launching.NAME):
        about = ["-p", "region", "yi", "-r", "period", "1998", "-k", kernel, "--no-progress-bar", "--cwd", str(root)]
        done = tmp_path / f"{kernel}.ipynb"
        command = [sys.executable, "-m", "papermill", root / "notebooks/report.ipynb", done, *about]
        ran = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"TONGBI_WORKSPACE": str(root), "PYTHONSTARTUP": ""})
        assert ran.returncode == 0, ran.stderr[-2000:]
        shown.append([cell.outputs for cell in nbformat.read(done, as_version=4).cells if cell.cell_type == "code"])
    assert shown[0] == shown[1] and any("image/svg+xml" in output.get("data", {}) for cell in shown[0] for output in cell)


def test_nbval_runs_with_it(jupyter, tmp_path):
    path = tmp_path / "looked.ipynb"
    cell = nbformat.v4.new_code_cell("import sys\nprint('analysis.report.edition' in sys.modules)", id="look", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="True\n")]
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    command = f"-m pytest -q --nbval --nbval-kernel-name {launching.NAME} -p no:cacheprovider -c {os.devnull} --rootdir {tmp_path} {path}".split()
    ran = subprocess.run([sys.executable, *command], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-2000:]


def test_the_command_installs_it_into_this_environment(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    done = CliRunner().invoke(main, ["kernel"])
    assert done.exit_code == 0 and done.output.strip() == str(tmp_path / "share/jupyter/kernels/tongbi/kernel.json")
    assert json.loads(Path(done.output.strip()).read_text("utf-8"))["argv"][0] == sys.executable


DIES = """
import sys
from pathlib import Path
import nbformat
from analysis.publish import kernels
from analysis.publish.running import run
start = kernels.Waiting.start
kernels.Waiting.start = lambda self, argv, cwd, env: start(self, argv, "/nowhere", env)  # it ends where it cannot go
waiting = kernels.waiting_kernel()
folder = Path(sys.argv[1])
cells = [nbformat.v4.new_code_cell("n = 1", metadata={"tags": ["parameters"]}), nbformat.v4.new_code_cell("print(n + 1)")]
nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "a.ipynb")
print(run(folder / "a.ipynb", {}, folder, folder, waiting).cells[-1].outputs[0].text)
"""


def test_a_kernel_that_ends_before_it_has_run_anything_is_started_once_more_and_says_why(tmp_path):
    done = subprocess.run([sys.executable, "-c", DIES, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.strip() == "2", done.stderr
    assert "FileNotFoundError" in done.stderr and "/nowhere" in done.stderr
