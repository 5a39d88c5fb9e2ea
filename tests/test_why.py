"""`why`: a number of a published report back to its sentence, from the published files alone; and files that are replaced all or not at all."""

from __future__ import annotations

import csv
import json
import os
import re

import pytest
from click.testing import CliRunner
from report_notebook import executed

from analysis import wholefiles
from analysis.cli import main
from analysis.publish.keys import FORM
from analysis.publish.why import NEEDED, WhyError, why
from analysis.report.faces import package
from analysis.report.machine import COLUMNS
from analysis.snapshot import file_digest

ROW = {
    "ref": "25", "id": "a:8", "indicator": "x", "zh": "刑事案件立案数", "en": "Criminal cases filed", "period": "2017",
    "value": "12364", "unit": "起",
    "change_direction": "down", "change_amount": "25.44", "change_kind": "percent", "change_basis": "yoy", "implied_low": "16581.5",
    "implied_high": "16583.7", "integers_low": "16582", "integers_high": "16583", "implied_period": "2016", "verdict": "bounded", "doc": "a",
    "start": "8", "end": "14", "as_written": "12364起", "sentence": "立案12364起，同比下降25.44%。",
}  # fmt: skip


@pytest.fixture
def reports(tmp_path):
    edition = tmp_path / "reports/bijie/2017"
    (edition / "tables-en").mkdir(parents=True)
    (edition / "edition.json").write_text("{}")
    for name in ("headline.csv", "chapter.csv"):
        with open(edition / "tables-en" / name, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ROW)
            writer.writeheader()
            writer.writerow(ROW)
    (edition / "tables-en/checks.csv").write_text("check,agrees\nx,12364\n")
    shown = {"data": {"application/vnd.tongbi.front+json": {"sources": ["某报 https://a.example/"]}}}
    (edition / "bijie-2017-en.ipynb").write_text(json.dumps({"cells": [{"outputs": [shown]}]}))
    return tmp_path / "reports"


def test_the_columns_it_needs_are_those_that_are_published():
    assert set(COLUMNS) >= NEEDED


@pytest.mark.parametrize(
    ("number", "said"),
    [("12,364", "the printed value"), ("１２３６４起", "the printed value"), ("1.2364万", "the printed value"), ("−25.44%", "the printed change"),
     ("16,583", "computed here")],
)  # fmt: skip
def test_a_number_leads_to_its_sentence_once(reports, number, said):
    told = list(why(number, "bijie/2017", reports))
    assert told[0] == f"[25] Criminal cases filed, 2017: {said}" and sum(line.startswith("[") for line in told) == 1
    assert "  sentence: 立案12364起，同比下降25.44%。" in told and "  source:   某报 https://a.example/" in told
    formula = "  formula:  value / (1 - change / 100) = 16581.5 to 16583.7, whole numbers 16582 to 16583 for 2016"
    assert any(line.startswith(formula) for line in told) == (said == "computed here")


@pytest.mark.parametrize(
    ("number", "report", "said"),
    [("5", "bijie/2017", "the nearest it prints: 12364起"), ("many", "bijie/2017", "is no number"), ("5", "bijie/2016", "there are: bijie/2017"),
     ("5", "../bijie/2017", "there is no report"), ("5", "bijie", "there is no report")],
)  # fmt: skip
def test_what_is_not_there_is_said_with_what_is(reports, number, report, said):
    with pytest.raises(WhyError, match=said):
        list(why(number, report, reports))


def test_a_table_that_is_not_the_one_published_is_named(reports):
    edition = reports / "bijie/2017"
    files = {f"tables-en/{name}.csv": file_digest(edition / f"tables-en/{name}.csv") for name in ("headline", "chapter", "checks")}
    (edition / "edition.json").write_text(json.dumps({"form": FORM, "reports": {"en": {"files": files}}}))
    assert not any("not as it was published" in line for line in why("12364", "bijie/2017", reports))
    headline = edition / "tables-en/headline.csv"
    headline.write_text(headline.read_text("utf-8").replace("12364", "888"), "utf-8")
    assert "not as it was published" in (first := next(iter(why("12364", "bijie/2017", reports)))) and "tables-en/headline.csv" in first


def test_the_command_prints_it(reports):
    result = CliRunner().invoke(main, ["why", "12364", "--report", "bijie/2017", "--out", str(reports)])
    assert result.exit_code == 0 and "sentence: 立案12364起" in result.stdout


def test_no_language_is_refused():
    result = CliRunner().invoke(main, ["publish", "--lang", ""])
    assert result.exit_code == 2 and "it names no language" in result.stderr


# --- files -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 1, 2])
def test_where_one_file_cannot_be_replaced_none_is(tmp_path, monkeypatch, at):
    names = ["a.csv", "b.csv", "c.csv"]
    wholefiles.replace_files(tmp_path, {"a.csv": b"old a", "b.csv": b"old b"})
    real, calls = os.replace, []

    def failing(source, target):
        if str(source).endswith(".new"):
            calls.append(target)
            if len(calls) == at + 1:
                raise PermissionError(1, "Operation not permitted", str(target))
        return real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(PermissionError):
        wholefiles.replace_files(tmp_path, {name: b"new " + name.encode() for name in names})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.csv": b"old a", "b.csv": b"old b"}


def test_only_a_regular_file_is_replaced(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "target").write_bytes(b"t")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "link", "pipe"):
        with pytest.raises(OSError, match="no regular file"):
            wholefiles.replace_files(tmp_path, {"first.csv": b"1", name: b"x"})
    assert (tmp_path / "target").read_bytes() == b"t" and not (tmp_path / "first.csv").exists()


@pytest.mark.parametrize(("region", "period", "lang"), [("bijie", "2017", "zh"), ("national", "2025", "zh"), ("lianyungang", "1990", "en")])
def test_it_answers_for_every_number_of_the_headline_table(tmp_path, region, period, lang):
    notebook = executed(region, period, lang)
    folder = tmp_path / region / period
    (folder / f"tables-{lang}").mkdir(parents=True)
    (folder / "edition.json").write_text("{}")
    for name, content in package(notebook).items():
        (folder / f"tables-{lang}" / name).write_bytes(content)
    outputs = (output for cell in notebook.cells for output in cell.outputs)
    table = next(output for output in outputs if output.metadata.get("text/csv", {}).get("name") == "headline")
    rows = [line.split("|")[1:-1] for line in table.data["text/markdown"].splitlines() if line.startswith("| ")][1:]
    numbers = 0
    for *_, value, change, before, _, ref in (row[-6:] for row in rows):
        own = re.search(r"\d+", ref)[0]
        for cell in (cell.split("]")[0] for cell in (value, change, before)):
            for number in re.findall(r"\d[\d,]*(?:\.\d+)?", cell):
                scaled = number + "万" * ("万" in cell)  # said once of both ends of a range
                told = "\n".join(why(scaled, f"{region}/{period}", tmp_path))
                assert f"[{own}] " in told, (scaled, own)
                numbers += 1
    assert numbers >= 25
