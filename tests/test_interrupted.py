"""`data`, `review --apply`, `add` and a publisher killed, on a full disk, and where nothing may be written: what is stored is whole.

The next run completes. Four moments each here, three sizes of a disk; `python -m proving.interrupted --moments 100` and `--disk`, and
`python -m proving.killing`, are the long runs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proving import killing

ROOT = Path(__file__).parents[1]
TRIAL = [sys.executable, "-m", "proving.interrupted"]
MOUNTS = ["unshare", "-rm"]


def can_mount(folder: Path) -> bool:
    mount = [*MOUNTS, "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return bool(shutil.which("unshare")) and not subprocess.run(mount, capture_output=True).returncode


def found(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600)
    return done.stdout if done.returncode else ""


def test_a_verb_killed_at_any_moment_leaves_all_whole_and_its_next_run_completes():
    assert not found(*TRIAL, "--moments", "4", "--seed", "2")


def test_a_full_or_read_only_disk_is_one_line_and_leaves_all_whole(tmp_path):
    if not can_mount(tmp_path):
        pytest.skip("this machine lets nobody mount a disk of his own (unshare -rm)")
    assert not found(*MOUNTS, *TRIAL, "--disk", "--rooms", "0,2,9")


@pytest.mark.skipif(sys.platform != "linux", reason="reports are made by a helper on Linux only")
def test_a_publisher_killed_at_any_moment_mixes_nothing_and_leaves_nothing_running(tmp_path):
    assert list(killing.faults(tmp_path, moments=4, seed=7)) == []
