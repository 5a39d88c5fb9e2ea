"""What is kept between processes is what would be made anew, and a file that is not what was written is none."""

from __future__ import annotations

import atexit
import marshal
import os
import re
import subprocess
import sys
import time
import zlib

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


def test_what_is_no_dictionary_or_no_file_is_none(store, tmp_path):
    """A result of another version of this program, a pipe that nobody writes, a folder, a link to nowhere and one in a circle."""
    store.new[b"a"] = b"1"
    store.write()
    begin = store.path.read_bytes().split(b"\n", 1)[0]
    data = marshal.dumps([1, 2])
    store.path.write_bytes(b"%s\n%d\n%s" % (begin, zlib.crc32(data), data))
    assert keeping._Store(store.path).held == {}
    for put in (os.mkfifo, os.mkdir, lambda path: os.symlink("nowhere", path), lambda path: os.symlink(path, path)):
        path = tmp_path / f"{len(os.listdir(tmp_path))}.kept"
        put(path)
        other = keeping._Store(path)
        assert other.held == {}
        other.new[b"b"] = b"2"
        other.write()


def test_a_link_in_the_place_of_a_part_is_not_written_through(store, tmp_path):
    (tmp_path / "mine").write_text("mine")
    store.path.parent.mkdir()
    store.path.with_name(f"{store.path.name}.{os.getpid()}").symlink_to(tmp_path / "mine")
    store.new[b"a"] = b"1"
    store.write()
    assert (tmp_path / "mine").read_text() == "mine"


def test_what_killed_writers_left_is_taken_away(store):
    store.path.parent.mkdir()
    for name, age in (("dead", 10_000), ("alive", 0)):
        part = store.path.with_name(f"{store.path.name}.{name}")
        part.write_bytes(b"x")
        os.utime(part, (time.time() - age,) * 2)
    store.new[b"a"] = b"1"
    store.write()
    assert sorted(path.name for path in store.path.parent.iterdir()) == ["words.kept", "words.kept.alive"]


def test_a_python_that_keeps_nothing_of_its_modules_makes_all_anew(monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    store = keeping._store.__wrapped__()
    atexit.unregister(store.write)
    store.new[b"a"] = b"1"
    store.write()
    assert store.held == {b"a": b"1"}


def test_what_another_code_made_is_made_again(tmp_path):
    """The words are the same; the code that reads them is not."""
    for number in range(3):
        module = tmp_path / f"{number}.py"
        module.write_text(f"return {number}")
        assert keeping.kept(str(module), "sort", "words", lambda number=number: number) == number


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
