"""Kinds that a fifth attack found: what is written over what is read, and what the program made taken for what it reads."""

from __future__ import annotations

import os

import pytest
from click.testing import CliRunner

from analysis import building
from analysis.cli import main
from proving import project

GOOD = "青山县公安局2017年工作报告\n\n2017年，青山县公安局立刑事案件1234起，同比下降5%。\n"


@pytest.fixture
def own(tmp_path):
    """A workspace, and beside it files that somebody keeps."""
    project.make_project(tmp_path / "own", [("jia", 2017)])
    for name in ("a.txt", "a.html", "a.xlsx"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    return tmp_path


def held(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


WRITING = (
    "review @/a.txt --out @/a.txt", "review @/a.html --out @/a.html", "review @/a.html --out @/own/../a.html", "review @/a.txt --out @/a.xlsx",
    "review @/a.txt --out @/own/data/raw/jia/a.html", "review @/a.txt --out @/own/data/manual/a.html",
    "find 立案 @/a.xlsx --format xlsx --out @/a.xlsx", "find 立案 @/a.txt --format xlsx --out @/a.txt",
    "find 立案 @/a.txt --format xlsx --out @/own/data/processed/a.xlsx",
    "publish --out @/own/data/raw", "publish --out @/own/data/raw/jia", "publish --out @/own/data/manual/new", "publish --out @/own/data/processed",
    "publish --out @/a.html", "extract @/a.txt --out @/a.html",
    "extract @/a.txt --out @/own/data/raw", "extract @/a.txt --out @/own/data/manual/archive",
)  # fmt: skip


@pytest.mark.parametrize("call", WRITING)
def test_nothing_is_written_over_what_is_read_or_among_it(own, call):
    before = held(own)
    done = CliRunner().invoke(main, ["--workspace", str(own / "own"), *(part.replace("@", str(own)) for part in call.split())])
    assert done.exit_code == 2 and str(own) in done.output and "Traceback" not in done.output, done.output
    assert held(own) == before


def test_a_link_to_what_is_read_is_not_written_over_either(own):
    for link, make in (("s.html", os.symlink), ("h.html", os.link)):
        make(own / "a.html", own / link)
        done = CliRunner().invoke(main, ["review", str(own / "a.html"), "--out", str(own / link)])
        assert done.exit_code == 2 and "is not replaced" in done.output
    assert (own / "a.html").read_text("utf-8") == GOOD


def test_what_the_program_made_is_added_to_no_workspace(own):
    told = CliRunner().invoke(main, ["review", str(own / "a.txt"), "--out", str(own / "a.review.html")])
    assert told.exit_code == 0
    report = own / "w/reports/jia/2017"
    (report / "documents").mkdir(parents=True)
    (report / "edition.json").write_text("{}")
    for name in ("jia-2017-zh.html", "documents/jia-2017-zh.html"):
        (report / name).write_text(f"<h1>青山县公安局2017年工作报告</h1><p>{GOOD}</p>", "utf-8")
    for name in ("a.html", "a.xlsx"):
        (own / name).unlink()
    (own / "new").mkdir()
    (own / "a.txt").rename(own / "w/a.txt")
    (own / "a.review.html").rename(own / "w/a.review.html")
    assert CliRunner().invoke(main, ["init", str(own / "new")]).exit_code == 0
    done = CliRunner().invoke(main, ["--workspace", str(own / "new"), "add", str(own / "w"), "--yes"])
    assert done.exit_code == 0 and done.stderr.count("passed over: ") == 2, done.output
    assert len(list((own / "new/data/raw").rglob("*.meta.yml"))) == 1
    for name in ("reports/jia/2017/jia-2017-zh.html", "a.review.html"):
        done = CliRunner().invoke(main, ["--workspace", str(own / "new"), "add", str(own / "w" / name), "--yes"])
        assert done.exit_code == 2 and "made it of bulletins" in done.stderr
    assert [document.id for document in building.build(own / "new").documents] == ["qingshan-police-2017"]


@pytest.mark.parametrize("call", [["--workspace", "", "data"], ["data", "--workspace", ""]])
def test_an_empty_name_is_no_workspace(own, monkeypatch, call):
    monkeypatch.chdir(own / "own")
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 2 and "its name is empty" in done.stderr
