"""What the README shows does what it says: its Python, its shell lines, the keys of its tables. (`make report` and `make test` are what CI runs.)"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typst
from test_own_bulletin import NOTICE

from analysis import workspace
from analysis.cli.group import ORDER
from analysis.documents.metadata import Metadata
from analysis.report.back import measured_errors

ROOT = Path(__file__).parents[1]


def test_the_error_of_reading_that_reports_state_is_of_the_last_four_blind_sets():
    told = (ROOT / "docs/quality.md").read_text("utf-8")
    rows = re.findall(r"^\| \d+ (?:\([^|]*\) )?\| (\d+) \| [\d.]+ \[.*?\] \| (\d+) \|", told, re.MULTILINE)[:4]
    assert measured_errors()["unseen"] == sum(int(count) for row in rows for count in row)

README = (ROOT / "README.md").read_text("utf-8")
TONGBI = ".venv/bin/tongbi"


def block(beginning: str) -> list[str]:
    """The indented block that begins so, without its indent."""
    lines = README[README.index(f"    {beginning}") :].split("\n")
    return [line[4:] for line in lines[: next(at for at, line in enumerate(lines) if line and not line.startswith("    "))]]


def tongbi(line: str, folder: Path, given: str = "") -> str:
    """Run a line of the README as a shell would, with the home directory in `folder`."""
    words = [word.replace("~", str(folder)) for word in shlex.split(line, comments=True)]
    assert words[0] == TONGBI
    environment = {name: value for name, value in os.environ.items() if name != workspace.VARIABLE} | {"HOME": str(folder)}
    done = subprocess.run([sys.executable, "-m", "analysis", *words[1:]], cwd=folder, env=environment, input=given, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    return done.stdout


def test_its_python_prints_what_it_says(capsys):
    lines = [line for line in block("import tongbi\n") if line]
    exec("\n".join(lines), {})
    told = [line.rpartition("# ")[2].strip() for line in lines if line.startswith("print(")]
    assert told and capsys.readouterr().out.splitlines() == told


def test_what_it_says_of_a_sentence_is_printed(tmp_path):
    first, *printed = block("$ echo '")
    text, _, command = re.fullmatch(r"\$ echo '(.*)'( \| )(.*)", first).groups()
    assert tongbi(command, tmp_path, text + "\n").rstrip().splitlines() == [line for line in printed if line]


def test_its_way_from_a_bulletin_to_a_report(tmp_path):
    page = '#set text(font: ("Fandol Song", "Noto Serif CJK SC", "Source Han Serif SC"), lang: "zh")\n'
    from pylopdf_fonts_zh_cn import __file__ as fonts

    source = page + "\n\n".join(NOTICE.splitlines())
    (tmp_path / "notice.typ").write_text(source, "utf-8")
    typst.compile(str(tmp_path / "notice.typ"), output=str(tmp_path / "notice.pdf"), font_paths=[str(Path(fonts).parent)])
    for line in block(f"{TONGBI} init"):
        if line:
            tongbi(line, tmp_path)
    assert list((tmp_path / "bulletins/reports/linjiang/2022").glob("*-en.pdf"))


@pytest.mark.parametrize("name", ["extract", "audit", "review"])
def test_what_it_shows_for_looking_at_a_file(name, tmp_path):
    (tmp_path / "FILE").write_text(NOTICE, "utf-8")
    (line,) = re.findall(rf"`({re.escape(TONGBI)} {name} FILE[^`]*)`", README)
    assert "418起" in tongbi(line, tmp_path) or (tmp_path / "FILE.review.html").is_file()


def test_its_tables_list_every_command_and_every_key_of_the_metadata():
    commands, keys = (README[README.index(head) :].partition("\n\n")[0] for head in ("| command |", "| key |"))
    assert set(re.findall(r"`tongbi (\w+)", commands)) >= set(ORDER)
    assert set(re.findall(r"`(\w+)`", keys)) >= set(Metadata.model_fields)
