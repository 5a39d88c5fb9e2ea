"""Faults that no one would notice, planted end to end: `publish` itself refuses each and keeps the last edition."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import snapshot
from analysis.project import DatasetError
from analysis.publish.batch import UNCHANGED, IncompleteError, publish
from proving import planted
from proving.project import contents, insert_cell, make_project, replace_in_cells

FIRST = 2002  # the first period with a fault; each fault has one of its own, and the five before give every series its line
PERIODS = {str(FIRST + number): fault for number, fault in enumerate(planted.FAULTS)}
SOUND = str(FIRST + len(PERIODS))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One run over as many periods as there are faults, each with its own, and a sound one; what was published before, after, and what failed."""
    root = tmp_path_factory.mktemp("planted")
    make_project(root, [("yi", year) for year in range(FIRST - 5, int(SOUND) + 1)])
    insert_cell(root, planted.cell(repr({period: fault.__name__ for period, fault in PERIODS.items()})), at=3)
    for period in PERIODS:
        kept = root / "reports/yi" / period
        kept.mkdir(parents=True)
        (kept / f"yi-{period}-zh.pdf").write_bytes(b"the last good edition")
    with pytest.raises(IncompleteError) as caught:
        publish("yi", [*PERIODS, SOUND], ["zh"], root=root)
    return root, caught.value


@pytest.mark.parametrize("period", PERIODS, ids=[fault.__name__ for fault in PERIODS.values()])
def test_a_planted_fault_is_refused(run, period):
    root, error = run
    reason = error.failures[f"yi-{period}-zh"]
    assert "was not let through" in reason and re.search(planted.FAULTS[PERIODS[period]], reason) and UNCHANGED in reason
    assert contents(root / "reports/yi" / period) == {f"yi-{period}-zh.pdf": b"the last good edition"}
    assert (root / f"reports/yi/{period}.failed/yi-{period}-zh.ipynb").exists()


def test_the_sound_report_of_the_same_run_is_published(run):
    _, error = run
    assert [one.pdf.stem for one in error.published] == [f"yi-{SOUND}-zh"] and len(error.failures) == len(PERIODS)


# --- what changes while a run is on its way --------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path):
    return make_project(tmp_path / "project")


RUN = "import sys; from pathlib import Path; from analysis.publish.batch import publish; publish('yi', root=Path(sys.argv[1]), workers=1)"


def test_a_module_that_changes_while_a_report_is_made(root, tmp_path):
    """The kernel has the one before the change, or the one after it, or some of both; the edition's key could only name one."""
    package = Path(shutil.copytree(snapshot.PACKAGE, tmp_path / "src/analysis", ignore=shutil.ignore_patterns("__pycache__")))
    insert_cell(root, f"with open({str(package / 'report/wording/zh.yml')!r}, 'a') as changed:\n    changed.write('# a remark\\n')")
    environment = os.environ | {"PYTHONPATH": str(package.parent)}
    done = subprocess.run([sys.executable, "-P", "-c", RUN, root], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode and "code or wordings changed while the report was being made: publish again" in done.stderr
    assert not list((root / "reports").rglob("*.pdf"))


def test_data_rebuilt_in_the_middle_of_a_run_reach_no_report_of_it(root):
    """Both languages have the figures of the snapshot that the run began with; a kernel that would load others refuses to."""
    in_the_middle = (
        "import hashlib, pathlib, subprocess, sys\nplace = pathlib.Path('data/raw/yi/yi-1998.txt')\nabout = place.with_name('yi-1998.meta.yml')\n"
        "place.write_text(place.read_text('utf-8').replace('12364', '12371'), 'utf-8')\n"
        "summed = 'sha256: ' + hashlib.sha256(place.read_bytes()).hexdigest() + chr(10)\n"
        "about.write_text(about.read_text('utf-8').partition('sha256')[0] + summed, 'utf-8')\n"
        "subprocess.run([sys.executable, '-m', 'analysis', 'data'], capture_output=True, check=True)"
    )
    insert_cell(root, in_the_middle, at=5)
    publish("yi", root=root, workers=1)
    for lang in ("zh", "en"):
        assert "12364" in (root / f"reports/yi/1998/tables-{lang}/figures.csv").read_text("utf-8-sig")
    replace_in_cells(root, "'12364', '12371'", "'12371', '12378'")
    with pytest.raises(IncompleteError, match="not the snapshot this run publishes from"):
        publish("yi", root=root, workers=0)
    assert "12364" in (root / "reports/yi/1998/tables-zh/figures.csv").read_text("utf-8-sig")


def test_data_that_were_edited_are_refused_before_anything_starts(root):
    table = root / "data/processed/observations.csv"
    table.write_text(table.read_text("utf-8-sig").replace("12364", "12365"), "utf-8-sig")
    with pytest.raises(DatasetError, match=r"observations.csv changed\): run `tongbi data`"):
        publish("yi", root=root)
