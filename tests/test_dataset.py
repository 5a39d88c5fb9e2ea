"""data/processed: what is committed is what is built, the same bytes each time, whole or not at all."""

from __future__ import annotations

import csv
import datetime
import errno
import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import audit, building, catalogue, codebook, datapackage, dataset, snapshot, tablefiles, vintages, wholefiles
from analysis.documents import Document, Metadata
from analysis.observing import observe as observations

ROOT = Path(__file__).parents[1]
PROCESSED = ROOT / dataset.PROCESSED
TEXT = "2017年,全市立刑事案件12364起,同比下降25.44%。\n"
ONE_ROW = observations(Document("note", TEXT))
SIDECAR = """
title: 公报
publisher: 某局
published: 2018-03-01
retrieved: 2026-01-01
period: "2017"
region: somewhere
organ: police
form: digest
sha256: {sha256}
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / dataset.RAW / "somewhere"
    folder.mkdir(parents=True)
    (folder / "region.yml").write_text("zh: 某地\nen: Somewhere\nlevel: county\n", "utf-8")
    add(tmp_path, "note", TEXT.encode())
    return tmp_path


def add(root: Path, name: str, data: bytes) -> None:
    folder = root / dataset.RAW / "somewhere"
    (folder / f"{name}.txt").write_bytes(data)
    (folder / f"{name}.meta.yml").write_text(SIDECAR.format(sha256=hashlib.sha256(data).hexdigest()), "utf-8")


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / dataset.PROCESSED).iterdir() if path.name not in (".lock", snapshot.FILE)}


# --- what is committed -----------------------------------------------------------------------------------------------------------


def test_the_committed_files_are_what_is_built_now():
    built = building.tabulate(ROOT)
    assert not built.problems
    for table, frame in built.tables.items():
        assert (PROCESSED / f"{table}.csv").read_bytes() == tablefiles.to_csv(frame, table), f"{table}.csv is out of date: run `make data`"


def test_frictionless_finds_the_package_valid():
    report = frictionless.validate(str(PROCESSED / datapackage.FILE))
    assert report.valid, report.flatten(["type", "message"])[:5]


def test_the_package_describes_every_column_and_names_every_document():
    package = json.loads((PROCESSED / datapackage.FILE).read_text("utf-8"))
    assert [resource["name"] for resource in package["resources"]] == list(codebook.TABLES)
    for resource in package["resources"]:
        header = next(csv.reader(io.StringIO((PROCESSED / resource["path"]).read_text("utf-8"))))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["title"] and field["description"] for field in resource["schema"]["fields"])
    assert {source["document"] for source in package["sources"]} == {document.id for document in dataset.load(ROOT).documents}


def test_every_printed_number_can_be_walked_back_to_its_text():
    loaded = dataset.load(ROOT)
    texts = {document.id: document.text for document in loaded.documents}
    for table in (loaded.statements, loaded.observations):
        for row in table.to_dict("records"):
            assert texts[row["doc"]][row["start"] : row["end"]] == row["as_written"]
    for finding in loaded.findings.to_dict("records"):
        for subject in json.loads(finding["subjects"]):
            assert texts[subject["doc"]][subject["start"] : subject["end"]] == subject["as_written"]


def test_what_is_loaded_is_what_was_built():
    built, loaded = building.tabulate(ROOT), dataset.load(ROOT)
    for table in codebook.TABLES:
        pd.testing.assert_frame_equal(built.tables[table].astype(object), getattr(loaded, table).astype(object))


# --- building --------------------------------------------------------------------------------------------------------------------


def test_what_was_dumped_is_what_would_be_loaded(project, monkeypatch):
    building.build(project)
    file = io.BytesIO()
    dataset.dump(project, file)
    monkeypatch.setattr(dataset, "_kept", {})
    loaded = dataset.load(project)
    file.seek(0)
    dataset.keep_dumped(file)
    monkeypatch.setenv(snapshot.EXPECTED, snapshot.expected_id(snapshot.verified(project)))
    kept = dataset.load(project)
    assert kept is not loaded
    for table in ("statements", "observations", "findings", "implied"):
        pd.testing.assert_frame_equal(getattr(kept, table), getattr(loaded, table))
    assert (kept.documents, kept.regions, kept.catalogue, kept.day) == (loaded.documents, loaded.regions, loaded.catalogue, loaded.day)


def test_building_twice_gives_the_same_bytes(project):
    building.build(project)
    first = contents(project)
    building.build(project)
    assert contents(project) == first and set(first) == {"statements.csv", "observations.csv", "findings.csv", "datapackage.json"}
    assert all(b"\r" not in data and data.endswith(b"\n") for data in first.values())


def test_one_bad_document_is_named_and_the_rest_is_built(project):
    add(project, "broken", b"\0")
    built = building.build(project)
    assert [Path(problem.path).name for problem in built.problems] == ["broken.txt"]
    assert set(dataset.load(project).observations["doc"]) == {"note"}


def test_a_document_that_breaks_the_extractor_is_named_and_the_rest_is_built(project, monkeypatch):
    add(project, "odd", TEXT.encode())
    whole = building.extract
    monkeypatch.setattr(building, "extract", lambda document: 1 / 0 if document.id == "odd" else whole(document))
    built = building.build(project)
    assert "ZeroDivisionError" in str(built.problems[0]) and "odd.txt" in str(built.problems[0])
    assert len(built.tables["observations"]) == 1


def test_corrections_of_the_project_are_applied(project):
    (project / dataset.MANUAL).mkdir(parents=True)
    entry = {"id": "a", "doc": "note", "start": TEXT.index("12364"), "as_written": "12364起", "action": "exclude", "reason": "r", "evidence": "e"}
    (project / dataset.MANUAL / "corrections.yml").write_text(json.dumps([entry]), "utf-8")
    assert building.build(project).tables["observations"].empty


def test_the_text_of_a_page_is_kept_beside_it(project):
    page = "<!doctype html><html><body><article>" + f"<p>{TEXT}</p>" * 5 + "</article></body></html>"
    add(project, "page", page.encode())
    building.build(project)
    stored = project / dataset.RAW / "somewhere/page.txt.txt"
    assert "12364起" in stored.read_text("utf-8")
    assert {d.id for d in dataset.load(project).documents} == {"note", "page"}


# --- writing all or nothing ------------------------------------------------------------------------------------------------------


def test_a_full_disk_leaves_the_old_files_and_no_others(project, monkeypatch):
    building.build(project)
    before = contents(project)
    add(project, "second", TEXT.encode())
    whole, written = wholefiles._write, []

    def full(path, data):
        written.append(path)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        whole(path, data)

    monkeypatch.setattr(wholefiles, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        building.build(project)
    assert contents(project) == before


def test_a_build_killed_while_writing_leaves_every_file_whole(project):
    building.build(project)
    before = contents(project)
    add(project, "second", TEXT.encode())
    killing = (
        "import os, signal, pathlib; from analysis import building, wholefiles; whole = wholefiles._write\n"
        "def kill(path, data):\n"
        "    path.write_bytes(data[:100]) if 'findings' in path.name else whole(path, data)\n"
        "    'findings' in path.name and os.kill(os.getpid(), signal.SIGKILL)\n"
        f"wholefiles._write = kill; building.build(pathlib.Path({str(project)!r}))"
    )
    assert subprocess.run([sys.executable, "-c", killing]).returncode == -signal.SIGKILL
    assert {name: data for name, data in contents(project).items() if not name.startswith(".")} == before
    building.build(project)
    assert len(dataset.load(project).documents) == 2 and not [name for name in contents(project) if name.startswith(".")]


def test_builds_at_the_same_time_do_not_mix(project):
    building.build(project)
    before = contents(project)
    build = [sys.executable, "-c", f"import pathlib; from analysis import building; building.build(pathlib.Path({str(project)!r}))"]
    running = [subprocess.Popen(build) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0] and contents(project) == before


@pytest.mark.parametrize("name", ["observations.csv", "datapackage.json"])
def test_edited_or_missing_files_are_refused_with_what_to_do(project, name):
    building.build(project)
    path = project / dataset.PROCESSED / name
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(dataset.DatasetError, match="run `tongbi data`"):
        dataset.load(project)
    shutil.rmtree(project / dataset.PROCESSED)
    with pytest.raises(dataset.DatasetError, match="run `tongbi data`"):
        dataset.load(project)


def test_a_folder_outside_any_project_falls_back_to_the_installed_one(tmp_path):
    assert dataset.find_root(tmp_path) == ROOT
    assert dataset.find_root(ROOT / "src/analysis") == ROOT


# --- the snapshot ----------------------------------------------------------------------------------------------------------------


def test_a_build_says_what_it_was_made_from(project):
    building.build(project)
    taken = snapshot.verified(project)
    assert set(taken.sources) == {f"data/raw/somewhere/{name}" for name in ("note.txt", "note.meta.yml", "region.yml")}
    assert taken.sources["data/raw/somewhere/note.txt"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert all(taken.made_with.values()) and taken.regions["somewhere"].documents == ["note"]
    assert snapshot.current(project) is not None


@pytest.mark.parametrize("change", ["edited", "added", "removed", "corrected"])
def test_data_that_no_longer_belong_to_their_sources_are_refused(project, change):
    add(project, "second", TEXT.encode())
    building.build(project)
    note = project / dataset.RAW / "somewhere/note.txt"
    if change == "edited":
        note.write_bytes(note.read_bytes() + b"\n")
    elif change == "added":
        add(project, "third", TEXT.encode())
    elif change == "removed":
        note.unlink()
    else:
        (project / dataset.MANUAL).mkdir()
        (project / dataset.MANUAL / "corrections.yml").write_text("[]")
    with pytest.raises(dataset.DatasetError, match=r"no longer belongs to its sources.*run `tongbi data`"):
        dataset.load(project)
    assert snapshot.current(project) is None
    building.build(project)
    assert dataset.load(project)


def test_data_built_by_other_code_are_refused(project):
    building.build(project)
    path = project / dataset.PROCESSED / snapshot.FILE
    written = json.loads(path.read_text("utf-8"))
    written["made_with"]["grammar"] = "0" * 64
    path.write_text(json.dumps(written), "utf-8")
    with pytest.raises(dataset.DatasetError, match="grammar changed"):
        dataset.load(project)


def test_a_process_that_works_for_another_snapshot_refuses(project, monkeypatch):
    building.build(project)
    monkeypatch.setenv(snapshot.EXPECTED, "0" * 64)
    with pytest.raises(dataset.DatasetError, match="not the snapshot this run publishes from"):
        dataset.load(project)
    monkeypatch.setenv(snapshot.EXPECTED, snapshot.expected_id(snapshot.read(project)))
    assert dataset.load(project)


def test_an_edition_is_out_of_date_when_what_it_may_know_changes(project):
    """A later bulletin changes the editions of its own period, and of an earlier one only where it speaks of it."""

    def rows():
        building.build(project)
        return {period: edition["rows"] for period, edition in snapshot.verified(project).regions["somewhere"].editions.items()}

    first = rows()
    later = TEXT.replace("2017", "2018").encode()
    add(project, "later", later)
    sidecar = project / dataset.RAW / "somewhere/later.meta.yml"
    sidecar.write_text(sidecar.read_text("utf-8").replace('"2017"', '"2018"'), "utf-8")
    second = rows()
    # The change of 2018 says what 2017 was, and is held against it: a finding of both.
    assert set(second) == {"2017", "2018"} and second["2017"] != first["2017"]
    far = TEXT.replace("2017", "2021").encode()
    add(project, "far", far)
    sidecar = project / dataset.RAW / "somewhere/far.meta.yml"
    sidecar.write_text(sidecar.read_text("utf-8").replace('"2017"', '"2021"'), "utf-8")
    third = rows()
    assert third["2017"] == second["2017"] and third["2018"] == second["2018"] and "2021" in third


# --- cells -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'", "＝"])
def test_no_text_cell_is_a_formula_and_none_is_changed(start):
    table = observations(Document("note", TEXT))
    table.loc[0, "quote"] = start + "cmd|' /C calc'!A1"
    data = tablefiles.to_csv(table, "observations")
    cell = next(csv.DictReader(io.StringIO(data.decode(), newline="")))["quote"]
    assert cell.startswith("'")
    pd.testing.assert_frame_equal(tablefiles.from_csv(data, "observations"), table.astype(object))


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")), st.decimals(allow_nan=False, allow_infinity=False))
def test_any_text_and_any_number_come_back_as_they_were(text, number):
    table = ONE_ROW.copy()
    table.loc[0, "quote"], table.loc[0, "value"] = text, number
    back = tablefiles.from_csv(tablefiles.to_csv(table, "observations"), "observations").iloc[0]
    assert back["quote"] == text and back["value"] == number and isinstance(back["value"], Decimal)


def test_other_columns_are_refused():
    with pytest.raises(ValueError, match="not those of the codebook"):
        tablefiles.from_csv(b"a,b\n1,2\n", "findings")


# --- vintages --------------------------------------------------------------------------------------------------------------------


def report(id: str, text: str, published: str | None) -> Document:
    metadata = Metadata(
        title=id,
        publisher="某局",
        published=published,
        retrieved="2026-01-01",
        period="2017",
        region="somewhere",
        organ="police",
        form="digest",
        sha256="0" * 64,
    )
    return Document(id, text, None, metadata)


def test_a_later_print_of_another_value_is_a_revision():
    first = report("first", "2017年,立刑事案件12364起。", "2018-03-01")
    later = report("later", "2017年,立刑事案件12401起。", "2019-03-01")
    again = report("again", "2017年,立刑事案件1.24万起。", "2020-03-01")
    table = observations(later, again, first)
    assert set(table["indicator"]) - {""}, "the catalogue must know the indicator for this test to say anything"
    found = vintages.revisions(table, catalogue.load()).to_dict("records")
    assert [(row["earlier_as_written"], row["later_as_written"], row["difference"]) for row in found] == [("12364起", "12401起", Decimal(37))]


def test_as_of_a_day_only_what_was_out_is_known():
    first = report("first", TEXT, "2018-03-01")
    assert first.out_by(datetime.date(2018, 3, 1)) and not first.out_by(datetime.date(2018, 2, 28))
    assert report("undated", TEXT, None).out_by(datetime.date(1990, 1, 1))


def test_the_data_as_of_a_day_have_the_findings_of_that_day():
    day = datetime.date(2021, 1, 1)
    known = dataset.load(ROOT, day=day)
    assert all(document.metadata.published is None or document.metadata.published <= day for document in known.documents)
    ids = {document.id for document in known.documents}
    assert known.day == day and ids >= set(known.observations["doc"]) | set(known.statements["doc"]) and "national-courts-2024" not in ids
    expected = audit.audit(known.observations, known.catalogue)
    assert list(known.findings["id"]) == list(expected["id"]) and len(known.findings) < len(dataset.load(ROOT).findings)
