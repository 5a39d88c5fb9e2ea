"""Kinds that another hour of attack found: YAML that repeats itself, names that are empty or can be nobody's, Word's other kind, full streams."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from test_hostile import GOOD, MANY, SEED
from test_hostile_growth import written

from analysis import Document, adding, archive, building, workspace
from analysis.cli import main
from analysis.documents import DocumentError, read
from analysis.documents import docx as reader
from analysis.errors import TongbiError
from analysis.extract.context.dating import Dating
from analysis.extract.mentions import find_tokens
from analysis.yamlfiles import YamlError, parse_yaml
from proving import hostile


@pytest.fixture
def chance():
    return random.Random(SEED)


@pytest.fixture
def own(tmp_path):
    """A workspace with one good document."""
    workspace.create(tmp_path)
    written(tmp_path, Document("note", GOOD))
    return tmp_path


# --- YAML that repeats itself ------------------------------------------------------------------------------------------------------


def test_yaml_that_repeats_itself_is_refused_before_it_grows(chance):
    for _ in range(MANY):
        text = next(hostile.repeating_yaml(chance))
        started = time.process_time()
        with pytest.raises(YamlError, match=r"repeats a part by its mark|levels deep|not YAML"):
            parse_yaml(text, "a.yml")
        assert time.process_time() - started < 2


@pytest.mark.parametrize("place", ["data/raw/somewhere/note.meta.yml", "data/raw/other/region.yml", "data/manual/corrections.yml", "catalogue.yml"])
def test_a_file_of_a_workspace_that_repeats_itself_is_named(own, chance, place):
    path = own / place
    path.parent.mkdir(exist_ok=True)
    path.write_text("a: " + next(hostile.repeating_yaml(chance)), "utf-8")
    try:
        said = " ".join(problem.path for problem in building.build(own).problems)
    except TongbiError as error:
        said = str(error)
    # What is wrong with the metadata of a document is wrong with the document.
    assert path.name in said or "note" in said


# --- names -------------------------------------------------------------------------------------------------------------------------


def test_a_place_that_can_be_no_regions_name_is_refused_with_the_file(own, chance):
    signs = "\x1b\u202e\n\x00x9-_.，=😀县市甲" + "\ud800"
    (own / "in.txt").write_text("2017年，立案5起。", "utf-8")
    document = read(own / "in.txt")
    for _ in range(10 * MANY):
        place = "".join(chance.choices(signs, k=chance.choice((1, 2, 5, 200))))
        try:
            proposal = adding.propose(document, {}, {"region": place}, date(2024, 1, 1))
        except DocumentError as error:
            assert str(error).startswith(str(own / "in.txt")) and "--region" in str(error)
        else:
            assert adding.proposing.ID.fullmatch(proposal.region.id)


@pytest.mark.parametrize("ending", [".txt", ".html", "", ".pdf"])
def test_a_name_that_leaves_no_room_for_its_sidecars_is_read_and_stops_nothing(own, ending):
    """A name may have 255 bytes; `<name>.meta.yml` and `<name>.txt.sha256` have more."""
    for name in ("x" * (255 - len(ending)) + ending, "公" * 83 + ending):
        path = own / "data/raw/somewhere" / name
        try:
            path.write_text(GOOD, "utf-8")
        except OSError:
            pytest.skip("this file system takes shorter names only")
        assert "12364" in read(path).text
        made = building.build(own)
        assert [document.id for document in made.documents] == ["note"]
        assert [Path(problem.path).name for problem in made.problems] == [name] and "it has no metadata" in str(made.problems[0])
        path.unlink()


EMPTY = ("init @", "add @", "extract @", "audit @", "review @", "publish --out @", "extract a --out @", "review a --out @", "diff a/b --out @")


@pytest.mark.parametrize("call", EMPTY)
def test_an_empty_name_is_not_the_folder_one_is_in(tmp_path, monkeypatch, call):
    """`--out "$NEVER_SET"`: an empty name is no name, and nothing is written here."""
    (tmp_path / "a").write_text(GOOD, "utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["" if part == "@" else part for part in call.split()])
    assert done.exit_code == 2 and "its name is empty" in done.stderr
    assert os.listdir(tmp_path) == ["a"]


def test_an_address_where_no_scheduler_is_is_named(tmp_path):
    for address in ("x", "x:y", "tcp://", "nosuch://a:1", ":1:1:1", "\x1b"):
        with pytest.raises(TongbiError, match=r"--cluster .*: no scheduler"):
            archive.extract_all([tmp_path / "a.txt"], tmp_path / "store", cluster=address)


# --- files -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("root", ["document", "Document", "glossaryDocument", "body", "w"])
@pytest.mark.parametrize("space", ["http://purl.oclc.org/ooxml/wordprocessingml/main", reader.W.strip("{}"), "x"])
def test_a_word_document_of_another_kind_is_refused_with_a_remedy(tmp_path, root, space):
    good, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(good)
    parts = zipfile.ZipFile(good)
    with zipfile.ZipFile(out, "w") as package:
        for name in parts.namelist():
            package.writestr(name, f'<{root} xmlns="{space}"/>' if name == "word/document.xml" else parts.read(name))
    (tmp_path / "a.docx").write_bytes(out.getvalue())
    with pytest.raises(DocumentError, match=r"a\.docx: (it has no body, or is .* of the strict kind: save it as|the Word document is damaged)"):
        read(tmp_path / "a.docx")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("words", ["--help", "publish --help", "extract --help", "--version", "extract -", "audit - --format table"])
def test_what_cannot_be_printed_is_one_line(words, unbuffered):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "analysis", *words.split()], input="2017年，全县立案9起。\n" * 9, stdout=full, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        )  # fmt: skip
    assert done.returncode == 2 and done.stderr == "Error: the output: No space left on device\n"


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("words", ["--help", "extract -"])
def test_whoever_has_read_enough_hears_no_more(words, unbuffered):
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "analysis", *words.split()], input="2017年，全县立案9起。\n" * 9, stdout=closed, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        )  # fmt: skip
    assert done.returncode == 1 and not done.stderr


# --- growth ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["第一季度", "上半年", "本年度", "1月至4月", "今年6月", "五年来", "去年"])
def test_what_a_period_without_a_year_asks_of_a_text_is_asked_once(part):
    """Its year is looked for in the whole text, which very many of them must not read through again and again."""

    def seconds(times: int) -> float:
        text = part * times
        dating = Dating(text)
        tokens = [token for token in find_tokens(text, 0, len(text)) if token.kind == "period"]
        started = time.process_time()
        for token in tokens:
            dating.resolve(token)
        return time.process_time() - started

    seconds(10)
    one, four = seconds(1000), seconds(4000)
    assert four < max(0.5, 9 * one)
