"""Kinds that a third hour of attack found where rooms meet: names of files, archives of strangers' files, pipes, what a document says in Markdown."""

from __future__ import annotations

import csv
import io
import os
import random
import re
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from markdown_it import MarkdownIt
from test_hostile import SEED

from analysis import archive, building, corrections, wholefiles, workspace
from analysis.archive import extracting
from analysis.cli import main
from analysis.documents import DocumentError, read
from analysis.documents.metadata import load_metadata
from analysis.documents.tables import delimited
from analysis.errors import TongbiError
from analysis.extract import extract
from analysis.project import ARCHIVE
from analysis.verbs import audit_documents
from analysis.writing.acting import ACTING, named
from analysis.writing.escaping import escape
from proving.project import add

ACTS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0x202E, 0xFEFF, 0xFFFE)]
TOLD = "2017年，青山县公安局立刑事案件{}起，同比下降5%。"


@pytest.fixture
def chance():
    return random.Random(SEED)


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    workspace.create(tmp_path / "own")
    yield tmp_path / "own"
    monkeypatch.delenv(workspace.VARIABLE, raising=False)


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


# --- an archive of files that nobody named for it


@pytest.mark.parametrize("names", [("2016/report", "2017/report"), ("a b", "a_b"), ("公报（一）", "公报_一_")])
def test_two_files_that_would_share_a_shard_are_both_kept_or_one_is_refused(tmp_path, names):
    paths = [written(tmp_path / "in" / f"{name}.txt", TOLD.format(n)) for n, name in enumerate(names, 222)]
    store, one_id = tmp_path / "store", paths[0].stem == paths[1].stem
    for options in ((), (), ("--resume",)):
        done = run("extract", tmp_path / "in", "--out", store, *options)
        assert done.exit_code == (2 if one_id else 0), done.output
        assert not one_id or ("its name is also that of" in done.output and "rename one" in done.output)
        assert set(archive.rows(store, "observations")["value"].map(int)) == ({222} if one_id else {222, 223})


def test_a_shard_of_another_file_that_is_still_there_is_never_replaced(tmp_path):
    first, second = written(tmp_path / "a/report.txt", TOLD.format(222)), written(tmp_path / "b/report.txt", TOLD.format(444))
    store = tmp_path / "store"
    assert archive.extract_all([first], store) == []
    assert "also that of" in archive.extract_all([second], store)[0][1]
    first.unlink()
    assert archive.extract_all([second], store) == [] and len(list(store.glob("statements/*/*.parquet"))) == 1


def test_a_correction_finds_its_document_in_an_archive_whatever_that_is_called(tmp_path):
    add(tmp_path, "jia", 2017)
    for old in (tmp_path / "data/raw/jia").glob("jia-2017.*"):
        old.rename(old.with_name(old.name.replace("jia-2017", "甲 2017（稿）")))
    store = tmp_path / ARCHIVE
    store.mkdir(parents=True)
    (tmp_path / "data/manual").mkdir(parents=True, exist_ok=True)
    assert run("data", "--workspace", tmp_path).exit_code == 0
    row = archive.rows(store, "observations").iloc[0]
    one = {"id": "c1", "doc": row["doc"], "start": int(row["start"]), "as_written": row["as_written"]}
    said = [one | {"action": "flag", "reason": "r", "evidence": "e"}]
    (tmp_path / "data/manual" / corrections.FILE).write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    assert run("data", "--workspace", tmp_path).output == "data/archive: tables made of 1 regions\n"


@pytest.mark.parametrize("lost", ["observations", "findings", "statements", "made-from"])
@pytest.mark.parametrize("how", ["gone", "empty", "garbage", "another's", "pipe"])
def test_what_is_lost_or_damaged_in_an_archive_is_made_again(tmp_path, lost, how):
    store, folder = tmp_path / "store", tmp_path / "in"
    for n in range(2):
        written(folder / f"{n}.txt", TOLD.format(n + 7))
    assert run("extract", folder, "--out", store).exit_code == 0
    wanted = {path: path.read_bytes() for path in store.rglob("*.parquet")}
    path = next(store.rglob("made-from.txt")) if lost == "made-from" else sorted((store / lost).rglob("*.parquet"))[0]
    other = next(path for path in wanted if lost not in str(path))
    path.unlink()
    if how == "pipe":
        os.mkfifo(path)
    elif how != "gone":
        path.write_bytes({"empty": b"", "garbage": b"\xff\xfe\x80" * 50, "another's": wanted[other]}[how])
    done = run("extract", folder, "--out", store, "--resume")
    if how == "pipe" and done.exit_code:  # what is no file is not replaced
        assert str(path) in done.output
        path.unlink()
        done = run("extract", folder, "--out", store, "--resume")
    assert done.exit_code == 0 and {path: path.read_bytes() for path in store.rglob("*.parquet")} == wanted


def test_a_question_to_a_damaged_table_names_it(tmp_path):
    store = tmp_path / "store"
    run("extract", written(tmp_path / "note.txt", TOLD.format(7)), "--out", store)
    next((store / "observations").rglob("*.parquet")).write_bytes(b"x" * 100)
    with pytest.raises(TongbiError, match="delete it"):
        archive.ask(store, "SELECT count(*) FROM observations")


def test_names_in_any_encoding_may_be_listed_and_archived(tmp_path):
    folder = os.fsencode(tmp_path)
    name = os.path.join(folder, "公报".encode("gbk") + b".txt")
    Path(os.fsdecode(name)).write_text(TOLD.format(7), "utf-8")
    (tmp_path / "list").write_bytes(name + b"\n")
    done = run("extract", f"@{tmp_path / 'list'}", "--out", tmp_path / "store")
    assert done.exit_code == 0, done.output
    assert len(archive.rows(tmp_path / "store", "observations")) == 1


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_document_that_kills_who_reads_it_is_named_and_the_rest_is_read(tmp_path, monkeypatch, chance, jobs):
    names = [Path(f"{n}.txt") for n in range(1000)]
    killers = {str(name) for name in chance.sample(names, 2)}

    @contextmanager
    def pool(*_):
        yield Pool()

    class Pool:
        broken = False

        def submit(self, read_batch, batch, *_):
            if self.broken:
                raise BrokenProcessPool
            future: Future = Future()
            self.broken = not killers.isdisjoint(batch)
            if self.broken:
                future.set_exception(BrokenProcessPool())
            else:
                future.set_result([(name, "") for name in batch])
            return future

    monkeypatch.setattr(extracting, "executor_of", pool)
    counted = []
    failed = archive.extract_all(names, tmp_path, jobs, tell=counted.append)
    assert {name for name, _ in failed} == killers and all("was killed" in why for _, why in failed)
    assert counted[-1] == len(names)


# --- names of files


def test_no_name_of_a_file_parts_a_line_or_acts(tmp_path):
    acts = [act for act in ACTS if act != "\0"]
    said = run("extract", *(written(tmp_path / f"a{act}3 findings: forged.txt", TOLD.format(12)) for act in acts), "--format", "table").output
    said += run("audit", *(tmp_path / f"nope{act}3 findings: forged.txt" for act in acts)).output
    assert said.count("3 findings: forged") == 2 * len(acts)
    assert not any(line.startswith("3 findings") for line in said.splitlines()) and not ACTING.search(said)
    assert named("公报　1.txt") == "公报　1.txt"


def test_no_folder_or_value_that_is_named_parts_a_line_of_what_is_told(tmp_path):
    forged = "\nadded: forged\n"
    note, folder = written(tmp_path / "note.txt", TOLD.format(12)), tmp_path / f"own{forged}x"
    said = run("init", folder).output
    for values in (("--title", f"题{forged}"), ("--publisher", f"局{forged}"), ("--note", f"注{forged}")):
        done = run("add", note, "--yes", "--workspace", folder, *values)
        said += done.output
        assert done.exit_code == 0, done.output
        for added in (folder / "data/raw").rglob("note.*"):
            added.unlink()
        for added in (folder / "data/raw").rglob("*-2017.*"):
            added.unlink()
    said += run("review", note, "--out", tmp_path / f"page{forged}.html").output
    said += run("find", f"刑事{forged}", note).output
    assert said.count("forged") > 8 and "added: forged" not in said.splitlines()


@pytest.mark.parametrize("name", ["", " ", "\u3000", "\u200b", "\x1b", "\n"])
def test_a_blank_name_is_nothing_to_find(tmp_path, name):
    done = run("find", name, written(tmp_path / "note.txt", TOLD.format(12)))
    assert done.exit_code == 2 and "NAME is blank" in done.output


@pytest.mark.parametrize("text", ["2017年，立案5起。", "{}", "a: 1", "- 1", "- [x]", "- {id: 5}", "- {id: a, doc: b, start: x, action: zzz}"])
def test_answers_that_are_no_corrections_are_refused_in_words_of_a_person(own, text):
    done = run("review", "--apply", written(own.parent / "answers.yml", text), "--workspace", own)
    assert done.exit_code == 2 and "answers.yml" in done.output
    assert not re.search("Input should|valid|pydantic|Traceback", done.output), done.output


# --- what a document says


def test_a_cell_of_found_csv_parts_no_line_and_runs_nothing(tmp_path):
    acts = [act for act in ACTS if act not in "\0\n\r"]
    paths = [written(tmp_path / f"{n}.txt", TOLD.format(f"12起（{act}x{act}=1+1）")) for n, act in enumerate(acts)]
    rows = list(csv.reader(io.StringIO(run("find", "刑事案件", *paths, "--format", "csv").stdout)))
    assert len({len(row) for row in rows}) == 1 and len(rows) > len(acts) / 2
    assert not any(cell.startswith("=") for row in rows for cell in row)


WORDS = ["<img src=http://evil.example/c.png>", "www.evil.example/x", "http://evil.example", "a@evil.example", "**粗**", "`x`", "$x^2$", "[见](http://a.b)"]


@pytest.mark.parametrize("words", WORDS)
def test_findings_in_markdown_say_what_a_document_says_and_no_more(tmp_path, words):
    path = written(tmp_path / "note.txt", f"{words}2017年青山县公安局工作报告\n2017年，立{words}案件12起，同比下降5%。2017年，立{words}案件13起。")
    said = run("audit", path, "--format", "md").output
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False}).disable("linkify")
    shown = reader.render(said)
    assert not any(tag in shown for tag in ("<img", "<a ", "<strong", "<code", "<em>")), shown
    assert words not in said


def test_escaped_text_reads_as_it_was(chance):
    reader = MarkdownIt("commonmark")
    for _ in range(300):
        text = "".join(chance.choice([*WORDS, "立案", "12", " ", "1. ", "- ", "|", "#"]) for _ in range(chance.randint(1, 5))).strip() or "12"
        tokens = reader.parse(escape(text))[1].children
        assert "".join(token.content for token in tokens) == text, text


def test_what_no_yaml_can_hold_leaves_a_catalogue_of_ones_own_readable(own):
    told = [f"2017年，青山县公安局立{act}- id: forged{act}奇案{n}件，同比下降25%。\n" for n, act in enumerate(ACTS)]
    paths = [written(own.parent / f"{n}.txt", "".join(told[n : n + 12])) for n in range(0, len(told), 12)]
    run("add", *paths, "--yes", "--workspace", own, "--region", "青山县", "--period", "2017")
    held = (own / "catalogue.yml").read_text("utf-8")
    assert yaml.safe_load(held) is None and held.count("奇案") > len(ACTS) / 2


@pytest.mark.parametrize("value", ["0", '"0"', "0.0", "0x10", "86400", "-86400", "1577836800", "true", "2018", '"2018"', "1e9"])
def test_a_number_is_no_day(own, value):
    path = written(own.parent / "note.txt", TOLD.format(12))
    assert run("add", path, "--yes", "--workspace", own).exit_code == 0
    sidecar = next((own / "data/raw").rglob("*.meta.yml"))
    kept = [line for line in sidecar.read_text("utf-8").splitlines() if not line.startswith("published:")]
    sidecar.write_text("\n".join([*kept, f"published: {value}"]) + "\n", "utf-8")
    with pytest.raises(DocumentError, match="published"):
        load_metadata(sidecar)


# --- pipes, links and full disks where a file belongs


def test_what_comes_through_a_pipe_is_not_added(own):
    reading, writing = os.pipe()
    os.write(writing, TOLD.format(12).encode())
    os.close(writing)
    try:
        done = run("add", f"/dev/fd/{reading}", "--yes", "--workspace", own)
    finally:
        os.close(reading)
    assert done.exit_code == 2 and not list((own / "data/raw").rglob("*.txt"))


def test_a_pipe_beside_what_is_added_hangs_nothing(own):
    os.mkfifo(own / "data/raw/z.meta.yml")
    assert run("add", written(own.parent / "note.txt", TOLD.format(12)), "--yes", "--workspace", own).exit_code == 0


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.mkdir(), lambda path: path.symlink_to("elsewhere")])
def test_no_file_where_the_text_of_a_document_is_kept_leaves_it_out_whole(own, make):
    page = written(own.parent / "note.html", f"<html><body><p>{TOLD.format(12)}</p></body></html>")
    for ending in (".txt", ".txt.sha256"):
        assert run("add", page, "--yes", "--workspace", own).exit_code == 0
        stored = next((own / "data/raw").rglob("*.html"))
        make(stored.with_name(stored.name + ending))
        built = building.build(own)
        assert [problem.path for problem in built.problems] and not len(built.tables["statements"])
        for path in (own / "data/raw").rglob("*.*"):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def test_the_text_of_a_document_that_was_replaced_is_not_taken_for_the_new_ones(own):
    page = written(own.parent / "note.html", f"<html><body><p>{TOLD.format(111)}</p></body></html>")
    assert run("add", page, "--yes", "--workspace", own).exit_code == 0
    building.build(own)
    stored = next((own / "data/raw").rglob("*.html"))
    old = stored.read_bytes()
    stored.write_bytes(old.replace(b"111", b"222"))
    sidecar = stored.with_name(stored.stem + ".meta.yml")
    sidecar.write_text(sidecar.read_text("utf-8").replace(sha256(old).hexdigest(), sha256(stored.read_bytes()).hexdigest()), "utf-8")
    built = building.build(own)
    assert "extracted from another" in str(built.problems[0]) and not len(built.tables["statements"])
    for path in stored.parent.glob("*.html.txt*"):
        path.unlink()
    assert set(building.build(own).tables["observations"]["value"].map(int)) == {222}


@pytest.mark.parametrize("lay", [os.mkfifo, lambda path: path.symlink_to("victim"), lambda path: path.write_text("left")])
def test_what_lies_where_a_file_is_staged_is_neither_followed_nor_waited_for(tmp_path, lay):
    (tmp_path / "victim").write_text("precious")
    for name in (".page.html.new", ".page.html.old"):
        lay(tmp_path / name)
        wholefiles.replace_files(tmp_path, {"page.html": b"new"})
        assert (tmp_path / "page.html").read_bytes() == b"new" and not (tmp_path / "page.html").is_symlink()
    assert (tmp_path / "victim").read_text() == "precious"


def test_a_workspace_that_could_not_be_made_is_made_by_the_next_try(tmp_path, monkeypatch):
    def full(path, data):
        path.write_bytes(data[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk, pytest.raises(workspace.WorkspaceError, match="No space"):
        disk.setattr(wholefiles, "_write", full)
        workspace.create(tmp_path / "own")
    workspace.create(tmp_path / "own")
    assert all((tmp_path / "own" / name).read_text("utf-8") == text for name, text in workspace.FILES.items())


def test_what_is_told_before_a_table_is_found_in_linear_time():
    def seconds(n: int) -> float:
        text = "立1件" * n + "！\n年份,立案,破案\n2016,12,3\n2017,13,4\n"
        start = time.process_time()
        delimited.delimiter_of(text)
        return time.process_time() - start

    seconds(100)
    assert seconds(80_000) < 12 * max(seconds(20_000), 0.05)


def test_a_document_keeps_its_id(tmp_path):
    assert read(written(tmp_path / "毕节 2017（稿）.txt", TOLD.format(1))).id == "毕节 2017（稿）"


ROWS = "".join(f"{2000 + i},{i},5\n" for i in range(10))
STRETCHED = {
    "blanks in a cell": lambda n: f"年份,立案（件）,结案\n{ROWS}2011,0{' ' * n}x,5\n2012,{' ' * n}7,5\n2013,7{' ' * n}①,5\n",
    "blanks in a head": lambda n: f"年份,立案{' ' * n}（件）,结 {' ' * n}案\n{ROWS}",
    "brackets in a head": lambda n: f"年份,立案{'表（' * n},结案\n{ROWS}",
    "brackets in a title": lambda n: f"{'表（' * n}\n年份,立案,结案\n{ROWS}",
    "digits in a bracket": lambda n: f"年份,立案,结案\n{ROWS}2011,5（{'1' * n},5\n",
    "marks behind a figure": lambda n: f"年份,立案,结案\n{ROWS}2011,5{'* ' * n}x,5\n",
    "signs before a figure": lambda n: f"年份,立案,结案\n{ROWS}2011,{'+ ' * n}5,5\n",
    "heads of times": lambda n: "年度\t" * n + "\n" + "5\t" * n + "\n" + "102\t" * n,
    "a repeated percent": lambda n: "5%" * n,
    "blank lines": lambda n: "\n" * n + "2017年，立案5起。" + "\n \t" * n,
}


@pytest.mark.parametrize("shape", STRETCHED)
def test_what_is_stretched_in_a_table_or_line_costs_in_proportion(tmp_path, shape):
    def seconds(n: int) -> float:
        path = written(tmp_path / "note.csv", STRETCHED[shape](n))
        start = time.process_time()
        document = read(path)
        extract(document)
        audit_documents(document)
        return time.process_time() - start

    seconds(50)
    assert seconds(8000) < 10 * max(seconds(2000), 0.1)
