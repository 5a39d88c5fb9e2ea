"""What a person does wrong, and the words that mend it: no regular expression, no sentence of a validator, at the first command that could know."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from analysis import workspace
from analysis.cli import main
from analysis.documents.taking import take

TEXT = "2022年，全县立刑事案件418起，同比下降11.3%。\n"
SIDECAR = (
    'title: 题\npublisher: 谁\nurl: null\npublished: null\nretrieved: 2024-01-01\nperiod: "2022"\nregion: linjiang\norgan: police\nform: original\n'
    'sha256: "{sha256}"\n'
)
REGION = "zh: 临江县\nen: Linjiang County\nlevel: county\n"
INTERNAL = re.compile(r"\^\[|\\d|pattern|pydantic|Input should|validation error|Traceback")


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        (('"2022"', "2022"), 'write period: "2022", with the quotation marks'),
        (('"2022"', "2022年"), 'write period: "2022"'),
        (('"2022"', "2021-2022"), 'write period: "2021..2022"'),
        (("{sha256}", "0" * 64), "if the change is meant, write sha256: "),
        (("retrieved: 2024-01-01\n", ""), "write the day you saved the file, as 2024-02-01"),
        (("police", "公安"), "write one of courts, procuratorates, police"),
        (("level: county", "level: city"), "write national, province, prefecture (a 地级市, 州 or 地区) or county"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[1][:12] or "nothing",
)
def test_metadata_that_are_wrong_are_answered_with_what_to_write(change, remedy, tmp_path, monkeypatch):
    import hashlib

    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    own = tmp_path / "own"
    assert CliRunner().invoke(main, ["init", str(own)]).exit_code == 0
    folder = own / "data/raw/linjiang"
    folder.mkdir(parents=True)
    (folder / "notice.txt").write_text(TEXT, "utf-8")
    (folder / "region.yml").write_text(REGION.replace(*change), "utf-8")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    (folder / "notice.meta.yml").write_text(SIDECAR.replace(*change).replace("{sha256}", digest), "utf-8")
    result = CliRunner().invoke(main, ["--workspace", str(own), "data"])
    said = result.output
    assert result.exit_code == 1 and remedy in said and "linjiang" in said and not INTERNAL.search(said), said


def test_a_table_with_tabs_is_read_and_an_address_is_answered(tmp_path):
    (tmp_path / "a.tsv").write_text("年份\t立案数（起）\n2021\t471\n2022\t418\n", "utf-8")
    assert "418" in take(tmp_path / "a.tsv").text
    result = CliRunner().invoke(main, ["extract", "https://court.example/a.html"])
    assert result.exit_code == 2 and "save the page" in result.output and not INTERNAL.search(result.output)
