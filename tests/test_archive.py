"""The archive: the tables of a store are those of data/processed, whoever read the documents, and only what changed is read again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from analysis import archive, building, catalogue, codebook, corrections, dataset, finding
from analysis.cli import main
from analysis.errors import TongbiError
from analysis.project import ARCHIVE
from proving.project import add, bulletin, contents


@pytest.fixture
def project(tmp_path):
    for region, year in (("jia", 2016), ("jia", 2017), ("yi", 1998)):
        add(tmp_path, region, year)
    return tmp_path


def names(root):
    return archive.names_in([root / "data/raw"])


def test_the_tables_of_a_store_are_those_of_the_dataset(project):
    assert archive.extract_all(names(project), project / "store") == []
    assert archive.build_tables(project / "store") == ["jia", "yi"]
    built = building.tabulate(project)
    for table in ("observations", "findings"):
        found = archive.rows(project / "store", table)
        wanted = built.tables[table]
        keyed = wanted.set_index("id").loc[list(found["id"])].reset_index()
        assert set(found["id"]) == set(wanted["id"]) and keyed[list(found)].to_dict("records") == found.to_dict("records"), table


def test_rows_of_a_region_and_period_and_questions_across_regions(project):
    store = project / "store"
    archive.extract_all(names(project), store)
    archive.build_tables(store)
    some = archive.rows(store, region="jia", period="2017")
    assert set(some["region"]) == {"jia"} and set(some["period"]) == {"2017"} and list(some) == list(codebook.load().of("observations"))
    counted = archive.ask(store, "SELECT region, count(DISTINCT doc) FROM observations GROUP BY region ORDER BY region")
    assert counted == [("jia", 2), ("yi", 1)]


@pytest.mark.parametrize(
    "question",
    [
        "INSTALL httpfs",
        "SELECT 1; LOAD httpfs",
        "SELECT * FROM 'https://localhost:1/a.parquet'",
        "SELECT st_point(1, 2)",
        "SET autoinstall_known_extensions = true",
    ],
)
def test_a_question_neither_fetches_nor_loads_what_the_engine_lacks(tmp_path, question):
    with pytest.raises(TongbiError, match="no extension of DuckDB is installed or loaded") as refused:
        archive.ask(tmp_path, question)
    assert "damaged" not in str(refused.value)


def test_an_archive_answers_find_and_load_as_the_dataset_does(project):
    building.build(project)
    wanted = [("立案", None, None), ("criminal-cases-filed", "jia", None), ("受理", "jia", "2017"), ("没有", None, None)]
    found = [finding.find(name, *tables(project), catalogue.of(project), region, period) for name, region, period in wanted]
    parts = [("jia", None), ("jia", "2017"), (None, "1998"), ("yi", "2017")]
    loaded = [dataset.load(project, region=region, period=period) for region, period in parts]
    store = project / ARCHIVE
    archive.extract_all(names(project), store)
    with pytest.raises(dataset.DatasetError, match="are not of its documents: run `tongbi extract"):
        dataset.load(project, region="jia")
    archive.build_tables(store)
    for (name, region, period), rows in zip(wanted, found, strict=True):
        assert finding.find_in_store(name, store, catalogue.of(project), region, period).to_dict("records") == rows.to_dict("records"), name
    assert [len(rows) for rows in found] != [0] * len(found) and len(found[-1]) == 0
    shutil.rmtree(project / "data/processed")
    for (region, period), before in zip(parts, loaded, strict=True):
        after = dataset.load(project, region=region, period=period)
        for table in ("statements", "observations", "findings"):
            assert set(getattr(after, table)["id"]) == set(getattr(before, table)["id"]), (region, period, table)
        assert [doc.id for doc in after.documents] == [doc.id for doc in before.documents] and set(after.regions) == set(before.regions)


def tables(root):
    known = dataset.load(root)
    return known.observations, known.findings


def test_only_what_changed_is_read_and_made_again(project):
    store = project / "store"
    archive.extract_all(names(project), store)
    archive.build_tables(store)
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")}
    archive.extract_all(names(project), store, resume=True)
    assert archive.build_tables(store) == [] and {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")} == before
    add(project, "yi", 1998, bulletin(1998, 7))
    archive.extract_all(names(project), store, resume=True)
    assert archive.build_tables(store) == ["yi"]
    assert len(list(store.glob("statements/region=yi/*.parquet"))) == 1
    assert "12371" in {str(value) for value in archive.rows(store, region="yi")["value"]}


def test_a_bad_document_is_named_and_the_rest_is_read(project):
    (project / "data/raw/yi/yi-1998.txt").write_bytes(b"\0\0")
    ((path, trouble),) = archive.extract_all(names(project), project / "store")
    assert path.endswith("yi-1998.txt") and trouble and archive.build_tables(project / "store") == ["jia"]


def test_processes_and_a_cluster_give_the_same_bytes(project):
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    archive.extract_all(names(project), project / "alone", jobs=1)
    archive.extract_all(names(project), project / "pool", jobs=2)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        archive.extract_all(names(project), project / "cluster", cluster=cluster.scheduler_address)
    for store in ("alone", "pool", "cluster"):
        archive.build_tables(project / store)
    assert contents(project / "alone") == contents(project / "pool") == contents(project / "cluster")


RUN = """
import sys
from pathlib import Path
from analysis import archive
archive.extract_all(archive.names_in([sys.argv[1]]), Path(sys.argv[2]), jobs=1, resume=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_run_goes_on_where_it_was(project):
    for year in range(1900, 1960):
        add(project, "yi", year)
    store = project / "store"
    run = subprocess.Popen([sys.executable, "-c", f"if __name__ == '__main__':\n exec({RUN!r})", project / "data/raw", store], start_new_session=True)
    end = time.monotonic() + 120
    while len(list(store.glob("statements/*/*.parquet"))) < 5 and time.monotonic() < end and run.poll() is None:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    kept = {path: path.stat().st_mtime_ns for path in store.glob("statements/*/[!.]*.parquet")}
    archive.extract_all(names(project), store, resume=True)
    after = {path: path.stat().st_mtime_ns for path in store.glob("statements/*/[!.]*.parquet")}
    assert len(after) == 63 and {path: after[path] for path in kept} == kept


def test_the_command_reads_folders_and_lists(project):
    store = project / "store"
    done = CliRunner().invoke(main, ["extract", str(project / "data/raw"), "--out", str(store)])
    assert done.exit_code == 0 and "tables made: jia, yi" in done.output
    listed = "\n".join(map(str, names(project)))
    again = CliRunner().invoke(main, ["extract", "@-", "--out", str(store), "--resume"], input=listed)
    assert again.exit_code == 0 and "nothing changed" in again.output


def test_documents_that_the_folder_no_longer_has_are_named(project):
    store, raw = project / "store", project / "data/raw"
    run = lambda *more: CliRunner().invoke(main, ["extract", str(raw), "--out", str(store), "--resume", *more])  # noqa: E731
    assert "no longer" not in run().output
    gone = raw / "jia/jia-2016.txt"
    gone.rename(project / "jia-2016.txt")
    (shard,) = store.glob("statements/region=jia/jia-2016-*.parquet")
    again = run()
    assert again.exit_code == 0 and again.output.count("no longer in the folder") == 1 and str(shard) in again.output
    assert "no longer" not in CliRunner().invoke(main, ["extract", str(raw / "yi"), "--out", str(store), "--resume"]).output
    assert "no longer" not in CliRunner().invoke(main, ["extract", str(raw / "yi/yi-1998.txt"), "--out", str(store), "--resume"]).output
    shard.unlink()
    assert "tables made: jia" in (last := run()).output and "no longer" not in last.output


def test_data_brings_an_archive_up_to_date_reading_only_what_changed(project, monkeypatch):
    store = project / ARCHIVE
    store.mkdir(parents=True)
    run = lambda: CliRunner().invoke(main, ["data", "--workspace", str(project)])  # noqa: E731
    assert run().output == "data/archive: tables made of 2 regions\n" and not (project / "data/processed").exists()
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")}
    assert run().output == "data/archive: up to date\n"
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")} == before
    add(project, "yi", 1998, bulletin(1998, 7))
    assert run().output == "data/archive: tables made of 1 regions\n"
    after = {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")}
    assert {path for path in before if after.get(path) == before[path]} == {path for path in before if "region=jia" in str(path)}
    (project / "data/raw/jia/jia-2016.txt").rename(project / "data/raw/yi/yi-2016.txt")
    for path in (project / "data/raw/yi").glob("yi-1998*"):
        path.unlink()
    (project / "data/raw/jia/jia-2016.meta.yml").rename(project / "data/raw/yi/yi-2016.meta.yml")
    assert "gone" in run().output
    archived = {path.name.rpartition("-")[0] for path in store.glob("statements/*/*.parquet")}
    assert archived == {"jia-2017", "yi-2016"}


def test_what_is_declared_makes_the_tables_of_its_region_again(project):
    (project / ARCHIVE).mkdir(parents=True)
    assert archive.renew(project).made == ["jia", "yi"]
    row = archive.rows(project / ARCHIVE, region="yi").to_dict("records")[0]
    (project / "data/manual").mkdir(exist_ok=True)
    about = f"doc: {row['doc']}\n  start: {row['start']}\n  as_written: {row['as_written']}\n  action: replace\n  value: '5'\n"
    declared = project / "data/manual/corrections.yml"
    declared.write_text(f"- id: mended\n  {about}  reason: a slip\n  evidence: seen\n", "utf-8")
    assert archive.renew(project).made == ["yi"]
    assert "5" in {str(value) for value in archive.rows(project / ARCHIVE, region="yi")["value"]}
    assert archive.renew(project).made == []
    declared.write_text(declared.read_text("utf-8").replace(f"doc: {row['doc']}", "doc: nowhere"), "utf-8")
    with pytest.raises(corrections.CorrectionError, match="there is no document 'nowhere'"):
        archive.renew(project)


def test_a_document_that_moved_to_another_region_is_in_one_of_them(project):
    store = project / "store"
    archive.extract_all(names(project), store)
    about = project / "data/raw/jia/jia-2016.meta.yml"
    about.write_text(about.read_text("utf-8").replace("region: jia", "region: yi"), "utf-8")
    archive.extract_all(names(project), store, resume=True)
    assert [path.parent.name for path in store.glob("statements/*/jia-2016-*.parquet")] == ["region=yi"]
    assert archive.build_tables(store) == ["jia", "yi"]
