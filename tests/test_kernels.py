"""Preloaded kernels: the same results as plain ones, nothing shared between two, and no process left behind."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import nbformat
import pytest
from test_publish import is_running, wait_until

from analysis.publish.kernels import preloaded
from analysis.publish.running import NotebookError, OwnInterpreter, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
CHART = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(1, 1))\nax.plot([1, 2])\nplt.show()"


@pytest.fixture(scope="module")
def kernels():
    with preloaded() as manager:
        yield manager


def write(path: Path, *cells: str) -> Path:
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]), path)
    return path


def outputs(folder: Path, kernels, *cells: str) -> list:
    """What the last cell shows, run in `folder`."""
    path = write(folder / "n.ipynb", *cells)
    return run(path, {}, folder, folder, kernels).cells[-1].outputs


def printed(folder: Path, kernels, *cells: str) -> str:
    return "".join(output.text for output in outputs(folder, kernels, *cells))


def test_kernel_is_a_fork_of_the_helper(kernels, tmp_path):
    assert int(printed(tmp_path, kernels, "import os; print(os.getppid())")) == kernels.helper.pid


def test_chart_is_the_same_as_from_a_plain_kernel(kernels, tmp_path):
    forked, plain = (outputs(tmp_path, manager, CHART) for manager in (kernels, OwnInterpreter))
    assert [output.data["image/png"] for output in forked] == [output.data["image/png"] for output in plain]


def test_kernel_starts_clean(kernels, tmp_path):
    printed(tmp_path, kernels, "import sys; mark = 1; sys.mark = 1")
    assert printed(tmp_path, kernels, "import sys; print('mark' in globals(), hasattr(sys, 'mark'))") == "False False\n"


def test_kernels_draw_different_random_numbers(kernels, tmp_path):
    draw = "import random, numpy; print(random.random(), numpy.random.random())"
    assert printed(tmp_path, kernels, draw) != printed(tmp_path, kernels, draw)


def test_kernel_runs_where_it_is_told(kernels, tmp_path):
    assert printed(tmp_path, kernels, "import os; print(os.getcwd())") == f"{tmp_path}\n"


def test_kernel_that_dies_does_not_take_the_helper_with_it(kernels, tmp_path):
    with pytest.raises(NotebookError, match="died"):
        outputs(tmp_path, kernels, "import os; os._exit(3)")
    assert printed(tmp_path, kernels, "print(1)") == "1\n"


def test_without_a_helper_kernels_start_the_plain_way(tmp_path):
    with preloaded() as manager:
        os.kill(manager.helper.pid, signal.SIGKILL)
        assert printed(tmp_path, manager, "print(1)") == "1\n"


OWNER = """
    from pathlib import Path
    from analysis.publish.kernels import preloaded
    from analysis.publish.running import run
    with preloaded() as manager:
        Path("helper").write_text(str(manager.helper.pid))
        run(Path("n.ipynb"), {}, Path.cwd(), Path.cwd(), manager)
"""


def test_killed_owner_leaves_no_process(tmp_path):
    write(tmp_path / "n.ipynb", "import os, pathlib, time; pathlib.Path('kernel').write_text(str(os.getpid())); time.sleep(600)")
    owner = subprocess.Popen([sys.executable, "-c", textwrap.dedent(OWNER)], cwd=tmp_path)
    wait_until(lambda: (tmp_path / "kernel").exists() and (tmp_path / "kernel").read_text())
    pids = [int((tmp_path / name).read_text()) for name in ("helper", "kernel")]
    owner.kill()
    owner.wait()
    wait_until(lambda: not any(map(is_running, pids)))
