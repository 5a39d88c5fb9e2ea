"""The wheel holds all that `publish` needs: unpacked apart from this checkout, it makes a report of a workspace."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from test_own_bulletin import NOTICE

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is not installed here")
def test_a_report_is_published_from_the_wheel(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    assert len(list((tmp_path / "dist").glob("*.tar.gz"))) == 1
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    published_from(wheel, tmp_path)


def published_from(wheel: Path, folder: Path) -> None:
    zipfile.ZipFile(wheel).extractall(folder / "site")
    (folder / "notice.txt").write_text(NOTICE, "utf-8")
    environment = dict(os.environ) | {"PYTHONPATH": str(folder / "site")}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "analysis", *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert not done.returncode, done.stderr
        return done.stdout

    where = [sys.executable, "-c", "import analysis; print(analysis.__file__)"]
    assert str(folder / "site") in subprocess.run(where, cwd=folder, env=environment, capture_output=True, text=True).stdout
    run("init", "own")
    run("add", "notice.txt", "--yes", "--workspace", "own")
    run("data", "--workspace", "own")
    run("publish", "--lang", "en", "--workspace", "own")
    assert list((folder / "own/reports").glob("*/2022/*-en.pdf"))
