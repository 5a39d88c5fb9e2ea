"""A workspace of one's own: init, add, find; what is guessed, asked, written, and refused in words a person can act on."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import openpyxl
import pytest
import yaml
from click.testing import CliRunner

from analysis import workspace
from analysis.adding.proposing import region_of
from analysis.cli import main
from analysis.documents.metadata import load_metadata, load_region

ROOT = Path(__file__).parents[1]
POLICE = (
    "青山县公安局2023年治安情况通报\n2024年1月12日\n2023年，全县立刑事案件305起，同比下降3.2%；破获刑事案件240起。"
    "查处电动自行车违法案件812起，同比上升12.4%。\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    assert run("init", str(tmp_path / "own")).exit_code == 0
    yield tmp_path / "own"
    monkeypatch.delenv(workspace.VARIABLE, raising=False)


def run(*arguments: str, **more):
    return CliRunner().invoke(main, arguments, **more)


def added(folder, text=POLICE, *options, name="notice.txt"):
    path = folder.parent / name
    path.write_text(text, "utf-8")
    return run("add", str(path), "--workspace", str(folder), "--yes", *options)


def test_init_makes_a_workspace_and_changes_nothing_that_is_there(folder):
    assert (
        all((folder / name).is_dir() for name in ("data/raw", "data/manual", "reports"))
        and yaml.safe_load((folder / "catalogue.yml").read_text()) is None
    )
    (folder / "catalogue.yml").write_text("# mine\n")
    assert run("init", str(folder)).exit_code == 0 and (folder / "catalogue.yml").read_text() == "# mine\n"


def test_init_refuses_a_file_and_a_folder_inside_a_workspace(folder):
    (folder.parent / "file").write_text("x")
    for path, word in ((folder.parent / "file", "it is a file"), (folder / "inner", "inside the workspace")):
        result = run("init", str(path))
        assert result.exit_code == 2 and word in result.stderr and result.stderr.count("\n") == 1


def test_add_guesses_from_the_bulletins_own_words_and_writes_what_data_takes(folder):
    result = added(folder)
    assert result.exit_code == 0, result.stderr
    raw = folder / "data/raw/qingshan"
    metadata = load_metadata(raw / "qingshan-police-2023.meta.yml")
    assert (metadata.period, metadata.region, metadata.organ, str(metadata.published)) == ("2023", "qingshan", "police", "2024-01-12")
    assert (load_region(raw / "region.yml").zh, load_region(raw / "region.yml").en) == ("青山县", "Qingshan County")
    assert "title, character 0: 青山县" in result.stdout and "with a doubt" in result.stdout
    assert f"tongbi --workspace {folder} publish --region qingshan" in result.stdout.splitlines()[-1]
    assert "查处电动自行车违法案件数" in (folder / "catalogue.yml").read_text("utf-8")
    assert run("data", "--workspace", str(folder)).exit_code == 0
    assert run("find", "刑事案件立案数", "--workspace", str(folder)).stdout.count("qingshan-police-2023") == 1


def test_the_stub_becomes_a_catalogue_once_completed(folder):
    added(folder)
    text = (folder / "catalogue.yml").read_text("utf-8")
    entries = yaml.safe_load("\n".join(line[1:] for line in text.splitlines() if line.startswith("#  ")))
    assert {entry["zh"] for entry in entries} >= {"查处电动自行车违法案件数"} and all(
        set(entry) >= {"id", "en", "unit", "organ", "chapter"} for entry in entries
    )


def test_an_unlisted_name_comes_with_its_composed_english(folder):
    result = added(folder, POLICE + "审结民间借贷案件35件，同比增长12.9%。")
    assert "Private-lending cases concluded" in result.stdout
    assert "id: private-lending-cases-concluded" in (folder / "catalogue.yml").read_text("utf-8")


def test_a_region_is_used_again(folder):
    added(folder)
    assert added(folder, POLICE.replace("2023", "2022").replace("305", "315"), name="b.txt").exit_code == 0
    assert sorted(path.name for path in (folder / "data/raw").rglob("*.txt")) == ["qingshan-police-2022.txt", "qingshan-police-2023.txt"]


def test_what_is_given_wins_and_a_period_may_be_written_as_people_do(folder):
    result = added(folder, "立案12起。", "--region", "白水市", "--period", "2019年上半年", "--organ", "courts", "--title", "公报")
    assert result.exit_code == 0, result.stderr
    metadata = load_metadata(next((folder / "data/raw/baishui").glob("*.meta.yml")))
    assert (metadata.period, metadata.organ, metadata.title) == ("2019H1", "courts", "公报")


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("立案12起。", (), "do not say its region: give it with --region"),
        ("立案12起。", ("--region", "白水市"), "do not say its period: give it with --period"),
        (POLICE, ("--organ", "court"), "key 'organ' is 'court': write one of courts"),
        (POLICE, ("--period", "2023-13"), "key 'period'"),
        (POLICE, ("--published", "2024-02-30"), "key 'published'"),
        (POLICE, ("--url", "nowhere"), "key 'url'"),
        ("", (), "it is empty"),
    ],
)
def test_what_cannot_be_added_is_said_in_one_line_and_nothing_is_written(folder, text, options, said):
    result = added(folder, text, *options)
    assert result.exit_code == 2 and said in result.stderr and result.stderr.count("\n") == 1
    assert not [path for path in (folder / "data/raw").rglob("*") if path.is_file() and path.name != ".lock"]


def test_a_file_is_added_once(folder):
    added(folder)
    result = added(folder)
    assert result.exit_code == 2 and "in the workspace already" in result.stderr


def test_add_needs_a_workspace_and_does_not_touch_the_checkout(tmp_path, monkeypatch):
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    monkeypatch.chdir(ROOT)
    path = tmp_path / "a.txt"
    path.write_text(POLICE, "utf-8")
    result = run("add", str(path), "--yes")
    assert result.exit_code == 2 and "tongbi init" in result.stderr
    assert not (ROOT / "data/raw/qingshan").exists()
    assert "it is no workspace" in run("add", str(path), "--workspace", str(tmp_path / "none")).stderr


def test_a_disk_that_fills_leaves_nothing_behind(folder, monkeypatch):
    from analysis import wholefiles

    whole, done = wholefiles._write, []

    def full(path, data):
        done.append(path)
        if len(done) == 3:
            raise OSError(28, "No space left on device", str(path))
        whole(path, data)

    monkeypatch.setattr(wholefiles, "_write", full)
    result = added(folder)
    assert result.exit_code == 2 and "No space left" in result.stderr
    assert not [path for path in (folder / "data/raw").rglob("*") if path.is_file() and path.name != ".lock"]


@pytest.mark.parametrize("survives", range(6))
def test_an_addition_killed_at_any_step_is_completed_by_the_next(folder, survives):
    """Killed after so many steps of writing and renaming: what is there is whole, and adding again adds it once."""
    path = folder.parent / "notice.txt"
    path.write_text(POLICE, "utf-8")
    killing = (
        "import os, signal, sys\nleft = [int(sys.argv[1])]\nsync, replace = os.fsync, os.replace\n"
        "def step(call):\n"
        "    def stepped(*given):\n"
        "        if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        left[0] -= 1\n"
        "        return call(*given)\n"
        "    return stepped\n"
        "os.fsync, os.replace = step(sync), step(replace)\n"
        "from analysis.cli import main\nmain(sys.argv[2:])"
    )
    command = [_python(), "-c", killing, str(survives), "add", str(path), "--yes", "--workspace", str(folder)]
    assert subprocess.run(command, capture_output=True, env=_environment()).returncode == -9
    again = run("add", str(path), "--yes", "--workspace", str(folder))
    assert again.exit_code == 0 or "in the workspace already" in again.stderr
    assert run("data", "--workspace", str(folder)).exit_code == 0
    files = sorted(file.name for file in (folder / "data/raw/qingshan").iterdir() if not file.name.startswith("."))
    assert files == ["qingshan-police-2023.meta.yml", "qingshan-police-2023.txt", "region.yml"]


@pytest.mark.parametrize(
    ("place", "id", "english", "level"),
    [
        ("贵州", "guizhou", "Guizhou", "province"),
        ("西安市", "xian", "Xian", "prefecture"),
        ("内蒙古", "inner-mongolia", "Inner Mongolia", "province"),
        ("黔南布依族苗族自治州", "qiannan", "Qiannan", "prefecture"),
        ("贵州省贵阳市", "guiyang", "Guiyang", "prefecture"),
        ("national", "national", "China", "national"),
    ],
)
def test_a_new_region_has_its_names(place, id, english, level):
    region = region_of(place)
    assert (region.id, region.en, region.level) == (id, english, level)


# --- find --------------------------------------------------------------------------------------------------------------------------


def test_find_reads_files_and_prints_each_form(folder, monkeypatch):
    path = folder.parent / "a.txt"
    path.write_text(POLICE, "utf-8")
    monkeypatch.chdir(folder.parent)
    table = run("find", "刑事案件立案数", str(path)).stdout
    assert "305" in table and "-3.2% yoy" in table and "全县立刑事案件305起" in table
    assert json.loads(run("find", "立案", str(path), "--format", "jsonl").stdout.splitlines()[0])["value"] == 305
    assert run("find", "刑事案件", str(path), "--format", "csv").stdout.splitlines()[0].startswith("region,period,name,value")
    assert run("find", "刑事案件", str(path), "--format", "xlsx").exit_code == 0
    sheet = openpyxl.load_workbook(folder.parent / "found.xlsx").active
    assert sheet.cell(2, 4).value in (305, 240) and sheet.cell(1, 3).value == "name"


@pytest.mark.parametrize("more", [["--format", "csv", "--out", "a.csv"], ["--out", "a.txt"], ["--format", "xlsx", "--out", "-"]])
def test_find_writes_no_file_but_a_workbook(folder, monkeypatch, more):
    monkeypatch.chdir(folder)
    before = sorted(folder.iterdir())
    result = run("find", "刑事案件", *more)
    assert result.exit_code == 2 and "--format xlsx --out FILE.xlsx" in result.stderr
    assert sorted(folder.iterdir()) == before


def test_find_says_what_is_near_when_nothing_is_found(folder):
    path = folder.parent / "a.txt"
    path.write_text(POLICE, "utf-8")
    result = run("find", "登月案件数", str(path))
    assert result.exit_code == 0 and "near it in the catalogue" in result.stderr


def test_find_narrows_by_place_and_period(folder):
    for year in (2021, 2022, 2023):
        added(folder, POLICE.replace("2023", str(year)), name=f"{year}.txt")
    run("data", "--workspace", str(folder))
    rows = run("find", "刑事案件立案数", "--period", "2022..2023", "--region", "qingshan", "--format", "jsonl", "--workspace", str(folder)).stdout
    assert [json.loads(row)["period"] for row in rows.splitlines()] == ["2022", "2023"]
    assert not run("find", "刑事案件立案数", "--region", "elsewhere", "--format", "jsonl", "--workspace", str(folder)).stdout


# --- the command line itself ---------------------------------------------------------------------------------------------------------


def test_help_lists_the_commands_in_the_order_of_the_work_and_whole():
    text = " ".join(run("--help").stdout.partition("Commands:")[2].split())
    text = f" {text}"
    places = [text.index(f" {name} ") for name in ("init", "add", "data", "publish", "extract", "audit", "review", "find", "why", "revisions")]
    assert places == sorted(places) and "..." not in text


@pytest.mark.parametrize("form", ["jsonl", "csv", "table"])
def test_nothing_that_acts_on_a_terminal_is_printed(tmp_path, form):
    path = tmp_path / "bad\x1b[31m\u202e.txt"
    path.write_text("2017年，全市\x1b[31m\x07\x9b\u202e\u2066立刑事案件12起，同比下降5%。第\ufeff3次。", "utf-8")
    for command in (("extract", "--format", form), ("audit", "--format", "md"), ("audit", "--format", "jsonl"), ("extract",)):
        result = run(*command, str(path))
        missing = run(*command, str(path) + "x")
        for printed in (result.stdout, result.stderr, missing.stderr):
            assert not [c for c in printed if not c.isprintable() and c not in "\n\t"]
    for line in run("extract", str(path)).stdout.splitlines():
        assert "\x1b" in json.loads(line).get("quote", "\x1b")


def test_a_name_that_is_no_utf8_is_printed(tmp_path):
    import os

    path = os.fsencode(tmp_path) + b"/" + "公报".encode("gbk") + b".txt"
    try:
        with open(path, "wb") as file:
            file.write(POLICE.encode())
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for command in (["extract"], ["extract", "--format", "table"], ["extract", "--format", "csv"], ["audit"], ["review"]):
        done = subprocess.run([_python(), "-m", "analysis", *command, path], capture_output=True, cwd=tmp_path, env=_environment())
        assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr


@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&-"])
def test_closed_streams_end_in_no_traceback(tmp_path, closing):
    path = tmp_path / "a.txt"
    path.write_text(POLICE, "utf-8")
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m analysis extract "$1" {closing}', _python(), path], capture_output=True, text=True, env=_environment()
    )
    assert "Traceback" not in done.stderr and done.returncode == (2 if closing == ">&-" else 0)


def test_a_plain_locale_prints_chinese(tmp_path):
    path = tmp_path / "公报.txt"
    path.write_text(POLICE, "utf-8")
    done = subprocess.run([_python(), "-m", "analysis", "extract", str(path)], capture_output=True, env=_environment() | {"LANG": "C", "LC_ALL": "C"})
    assert done.returncode == 0 and "立刑事案件" in done.stdout.decode()


def _python():
    import sys

    return sys.executable


def _environment():
    import os

    return dict(os.environ)
