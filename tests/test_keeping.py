"""What is kept between processes is what would be made anew, and a file that is not what was written is none."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from analysis import keeping
from analysis.extract import grammar

START = "from analysis.extract import extract; print(extract('全市立案30起。').statements[0].indicator)"


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return keeping._Store(tmp_path / "cache/words.kept")


def test_a_pattern_is_that_of_the_standard_library():
    for rule in grammar.load_rules().values():
        words = grammar.expand(rule.pattern)
        ours, theirs = keeping.pattern(words), re.compile(words)
        assert ours == theirs and (ours.flags, ours.groups, ours.groupindex) == (theirs.flags, theirs.groups, theirs.groupindex)
    assert keeping.pattern("(?P<a>.)|(b)", re.DOTALL).search("\nb").groupdict() == {"a": "\n"}
    with pytest.raises(re.error):
        keeping.pattern("(")


def test_what_was_made_is_there_for_the_next_process_and_nobody_s_is_lost(store, tmp_path):
    other = keeping._Store(store.path)
    store.new[b"a"], other.new[b"b"] = b"1", b"2"
    store.write(), other.write()
    assert keeping._Store(store.path).held == {b"a": b"1", b"b": b"2"}
    assert [path.name for path in store.path.parent.iterdir()] == ["words.kept"]


@pytest.mark.parametrize("harm", [lambda data: data[:-3], lambda data: b"another Python" + data, lambda data: b"", lambda data: data[:-1] + b"?"])
def test_a_file_that_is_not_what_was_written_is_none(store, harm):
    store.new[b"a"] = b"1"
    store.write()
    store.path.write_bytes(harm(store.path.read_bytes()))
    assert keeping._Store(store.path).held == {}


def test_nothing_is_written_where_python_writes_nothing(store, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    store.new[b"a"] = b"1"
    store.write()
    assert not store.path.exists()


def test_a_folder_that_cannot_be_written_is_no_fault(store):
    store.path.parent.parent.joinpath("cache").write_text("a file in its place")
    store.new[b"a"] = b"1"
    store.write()


def test_a_second_start_makes_nothing_again(tmp_path):
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    said = [subprocess.run([sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert said == ["立案数\n"] * 2
    (kept,) = tmp_path.rglob("*.kept")
    written = kept.stat().st_mtime_ns
    subprocess.run([sys.executable, "-c", START], env=environment, check=True, capture_output=True)
    assert kept.stat().st_mtime_ns == written
