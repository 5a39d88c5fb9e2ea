"""The commands: what they print, what they refuse, and how they end."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis import building, codebook, dataset, printing, wholefiles
from analysis.cli import main
from analysis.documents import Document
from analysis.extract import extract
from analysis.verbs import audit_documents

ROOT = Path(__file__).parents[1]
DIGEST = str(ROOT / "data/raw/bijie/bijie-2017.txt")
TEXT = "2017年,全市立刑事案件12364起,同比下降25.44%。\n"


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def run(*arguments: str, **more):
    return CliRunner().invoke(main, arguments, **more)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_each_command_explains_itself_with_an_example(name):
    result = run(name, "--help")
    assert result.exit_code == 0 and f"Example: tongbi {name}" in " ".join(result.output.split())


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_example_of_each_command_is_accepted_by_its_parser(name):
    command = main.commands[name]
    example = next(line.strip() for line in command.help.splitlines() if line.strip().startswith("Example:"))
    words = example.removeprefix(f"Example: tongbi {name}").split()
    assert command.make_context(name, words, resilient_parsing=False)


# --- extract ---------------------------------------------------------------------------------------------------------------------


def test_extract_prints_a_json_object_a_line_in_the_order_of_the_text(note):
    records = [json.loads(line, parse_float=Decimal) for line in run("extract", note).stdout.splitlines()]
    assert [record["entry"] for record in records] == ["other", "observation"] or records[0]["entry"] == "observation"
    record = records[-1]
    assert TEXT[record["start"] : record["end"]] == record["as_written"] == "12364起"
    assert (record["value"], record["unit"], record["change"]["amount"]) == (12364, "起", Decimal("25.44"))


def test_extract_prints_csv_with_the_columns_of_the_codebook(note):
    rows = list(csv.DictReader(io.StringIO(run("extract", note, "--format", "csv").stdout)))
    assert list(rows[0]) == list(codebook.load().of("statements")) and "12364" in {row["value"] for row in rows}


def test_extract_prints_a_readable_ledger_with_its_coverage(note):
    lines = run("extract", note, "--format", "table").stdout.splitlines()
    assert lines[0] == "# note" and "line     printed" in next(line for line in lines if not line.startswith("#")).replace(
        "  printed", "     printed", 1
    )
    assert any(line.startswith("# inferred period: 2017 (opening, characters 0-5: 2017年)") for line in lines) and "# no place is sure" in lines[2]
    assert "-25.44% yoy" in lines[-2] and "numerals accounted for (100.0%)" in lines[-1]


def test_extract_reads_standard_input():
    assert "12364" in run("extract", "-", input=TEXT.encode()).stdout


def test_a_file_that_cannot_be_read_is_one_line_and_the_others_are_read(note, tmp_path):
    result = run("extract", str(tmp_path / "none.txt"), note)
    assert result.exit_code == 2 and "12364" in result.stdout
    assert result.stderr.splitlines() == [f"Error: {tmp_path / 'none.txt'}: no such file: check the name"]


def test_a_document_cannot_write_commands_to_the_terminal(tmp_path):
    path = tmp_path / "evil.txt"
    path.write_text("2017年,立\x1b]0;owned\x07案\x1b[2J12364起,同比下降25.44%。\n", "utf-8")
    assert "\x1b" not in run("extract", str(path), "--format", "table").stdout


def test_a_closed_pipe_ends_quietly():
    done = subprocess.run(f'"{sys.executable}" -m analysis extract "{DIGEST}" | head -n 1', shell=True, capture_output=True, text=True)
    assert done.stdout.startswith("{") and not done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_on_a_full_disk_is_one_line():
    done = subprocess.run(f'"{sys.executable}" -m analysis extract "{DIGEST}" > /dev/full', shell=True, capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr.strip() == "Error: the output: No space left on device"


def test_python_m_is_the_same_command(note):
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "extract", note], capture_output=True, text=True, env=os.environ | {"PYTHONIOENCODING": "ascii"}
    )
    assert done.stdout == run("extract", note).stdout


# --- audit -----------------------------------------------------------------------------------------------------------------------


def test_audit_prints_a_json_object_a_finding():
    lines = run("audit", DIGEST, "--format", "jsonl").stdout.splitlines()
    findings = [json.loads(line) for line in lines]
    assert len(findings) == len(audit_documents(*[d for d in dataset.load(ROOT).documents if d.id == "bijie-2017"]))
    text = Path(DIGEST).read_text("utf-8")
    for finding in findings:
        assert set(finding) >= {"check", "verdict", "period", "subjects", "stated", "implied", "gap", "smallest_visible_error", "message"}
        assert set(finding["stated"]) == set(finding["implied"]) == {"low", "high", "unit"} and set(finding["message"]) == {"zh", "en"}
        assert all(text[s["start"] : s["end"]] == s["as_written"] for s in finding["subjects"])


@pytest.mark.parametrize(("fail", "code"), [((), 0), (("--fail-on", "contradiction"), 3)])
def test_audit_fails_on_a_contradiction_only_when_asked(fail, code):
    result = run("audit", DIGEST, *fail)
    assert result.exit_code == code and "1 contradiction" in result.stdout


def test_audit_of_a_sound_note_does_not_fail(note):
    assert run("audit", note, "--fail-on", "contradiction").exit_code == 0


def test_audit_prints_markdown_that_a_document_cannot_break(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("2017年,全市受|理<b>案件12319件,同比上升26.91%。\n", "utf-8")
    rows = run("audit", str(path), "--format", "md").stdout.splitlines()
    bars = [row.replace("\\|", "").count("|") for row in rows if row.startswith("|")]
    assert len(set(bars)) == 1 and "<b>" not in "".join(rows)


# --- data ------------------------------------------------------------------------------------------------------------------------


def test_data_names_what_it_left_out_and_ends_with_one(tmp_path, monkeypatch):
    folder = tmp_path / "data/raw/somewhere"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("data")
    assert result.exit_code == 1 and "left out: " in result.stderr and "a.txt: it has no metadata" in result.stderr
    assert "data/processed/observations.csv: 0 rows" in result.stdout


def test_a_correction_that_does_not_fit_stops_data_with_two(tmp_path, monkeypatch):
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "data/manual").mkdir()
    (tmp_path / "data/manual/corrections.yml").write_text("- {id: a, doc: b, start: 1, as_written: c, action: flag, reason: r, evidence: e}", "utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("data")
    assert result.exit_code == 2 and result.stderr.strip() == "Error: correction 'a': there is no document 'b'"


def test_a_full_disk_is_one_line(monkeypatch):
    def full(folder, files):
        raise OSError(28, "No space left on device", str(folder / "observations.csv"))

    monkeypatch.setattr(wholefiles, "replace_files", full)
    monkeypatch.chdir(ROOT)
    result = run("data", "--force")
    assert result.exit_code == 2 and result.stderr.splitlines() == [f"Error: {ROOT / 'data/processed/observations.csv'}: No space left on device"]


# --- publish, revisions ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A copy of the project whose data were built by the code under test, as publishing wants them."""
    root = tmp_path_factory.mktemp("project")
    for part in ("data", "notebooks"):
        shutil.copytree(ROOT / part, root / part)
    building.build(root)
    return root


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--region", "bijei"], ("bijei", "bijie")),
        (["--region", "bijie", "--period", "2071"], ("2071", "2017")),
        (["--lang", "zh,fr"], ("fr", "zh", "en")),
        (["--parameter", "nonsense=1"], ("nonsense",)),
        (["--as-of", "2024-02-30"], ("'2024-02-30' is no day", "2024-03-31")),
        (["--as-of", "last year"], ("'last year' is no day",)),
        (["--region", "national", "--as-of", "2000-02-01"], ("no period of national as of 2000-02-01", "left out, published after 2000-02-01: ")),
    ],
)
def test_publish_refuses_what_there_is_not_before_anything_starts(arguments, words, monkeypatch, tmp_path, built):
    monkeypatch.chdir(built)
    result = run("publish", "--out", str(tmp_path / "out"), *arguments)
    assert result.exit_code == 2 and all(word in result.stderr for word in words) and "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_publish_refuses_a_parameter_without_a_value():
    assert run("publish", "--parameter", "lang").exit_code == 2


@pytest.fixture
def two_prints(tmp_path):
    """Two documents that print one figure differently, a year apart."""
    for name, value, day in (("first", 12364, "2018-01-01"), ("later", 12401, "2019-01-01")):
        text = f"2017年,立刑事案件{value}起。\n"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        sidecar = {
            "title": name,
            "publisher": "某局",
            "published": day,
            "retrieved": day,
            "period": "2017",
            "region": "somewhere",
            "organ": "police",
            "form": "digest",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        (tmp_path / f"{name}.meta.yml").write_text(json.dumps(sidecar), "utf-8")
    return [str(tmp_path / "first.txt"), str(tmp_path / "later.txt")]


def test_audit_as_of_a_day_leaves_out_what_came_later_and_says_so(two_prints, note):
    assert "same-figure" in run("audit", *two_prints).stdout
    result = run("audit", *two_prints, note, "--as-of", "2018-06-01")
    assert "same-figure" not in result.stdout
    assert result.stderr.splitlines() == ["left out, published after 2018-06-01: later", "kept, without a date of publication: note"]
    assert run("audit", *two_prints, "--as-of", "2018-13-01").exit_code == 2


def test_revisions_lists_what_a_later_document_prints_differently(two_prints):
    files = two_prints
    rows = [json.loads(line) for line in run("revisions", *files, "--format", "jsonl").stdout.splitlines()]
    assert [(row["earlier_as_written"], row["later_as_written"], row["difference"]) for row in rows] == [("12364起", "12401起", 37)]
    assert run("revisions", *files, "--as-of", "2018-06-01", "--format", "jsonl").stdout == ""


# --- printing --------------------------------------------------------------------------------------------------------------------


def test_columns_line_up_where_hanzi_are_two_wide():
    lines = list(printing.aligned(("a", "b"), [("案件", "x"), ("ab", "y" * 60)]))
    assert lines[0] == "a     b" and lines[1] == "案件  x" and lines[2].endswith("…") and printing._width(lines[2]) <= 6 + printing.WIDEST


def test_a_hedge_and_a_comparator_show_in_the_ledger():
    text = "2018年,群众满意度达到98%以上。\n2019年,行政诉讼败诉率不超过3%。\n"
    table = "\n".join(printing.ledger_table(extract(Document("a", text)), Document("a", text)))
    assert "over 98 %" in table and "<=3 %" in table
