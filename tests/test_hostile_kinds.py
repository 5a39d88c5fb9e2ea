"""Every kind of hostile input that fell once (tests/cases/hostile_kinds.yml) is held by a test that is there and that runs this kind."""

from __future__ import annotations

import importlib
import inspect
import random
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from analysis.documents import Metadata
from analysis.report import publication
from proving import hostile

TESTS = Path(__file__).parent
KINDS = yaml.safe_load((TESTS / "cases/hostile_kinds.yml").read_text("utf-8"))
ROWS = [row for rows in KINDS.values() for row in rows]


def parameters(test):
    """The values a test is run with, as texts."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    return {str(list(value) if isinstance(value, tuple) else value) for mark in marks for value in mark.args[1]}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["a"])
def test_a_test_is_there_and_runs_the_kind(row):
    module, _, name = row["test"].partition("::")
    assert module.startswith("test_") and name.startswith("test_") and (TESTS / f"{module}.py").is_file()
    test = getattr(importlib.import_module(module), name)
    values = parameters(test)
    assert {str(value) for value in row.get("with", [])} <= values
    made = ""
    if maker := row.get("by"):
        value = getattr(hostile, maker)
        made = inspect.getsource(value) if callable(value) else repr(value) + "".join(map(str, value))
        # The test takes the generator's inputs, or those of a generator that takes these.
        assert f"hostile.{maker}" in inspect.getsource(importlib.import_module(module)) or inspect.getsource(hostile).count(maker) > 1
    said = [row["has"]] if isinstance(row.get("has"), str) else row.get("has", [])
    shown = inspect.getsource(test) + made + "".join(values)
    assert all(words in shown for words in said), (said, row["test"])
    assert said or row.get("with"), "what shows that the test runs the kind?"


def test_each_kind_stands_once():
    assert len({row["a"] for row in ROWS}) == len(ROWS) > 70


GOOD = {"title": "a", "publisher": "a", "retrieved": "2024-01-01", "period": "2017", "region": "a", "organ": "all", "form": "original"}
GOOD |= {"sha256": "0" * 64}


def test_words_of_metadata_have_an_end():
    chance = random.Random(1)
    assert Metadata.model_validate(GOOD | {"title": "公" * 500})
    for length in (501, chance.randrange(502, 100_000)):
        with pytest.raises(ValidationError):
            Metadata.model_validate(GOOD | {chance.choice(("title", "publisher", "publisher_en")): "公" * length})


@pytest.mark.parametrize("saved", ["1990-01-01", "2024-01-01", "2099-01-01"])
def test_days_of_metadata_have_bounds_that_no_clock_moves(saved):
    year, saved_then = int(saved[:4]), GOOD | {"retrieved": saved, "period": saved[:4]}
    # It may come out on the day after it was saved, by another clock.
    for right in ({"published": "1900-01-01"}, {"published": f"{year}-01-02"}, {"period": f"{year + 10}"}, {"period": f"{year}..2999"}):
        assert Metadata.model_validate(saved_then | right)
    for wrong in ({"published": f"{year}-01-03"}, {"period": f"{year + 11}"}):
        with pytest.raises(ValidationError):
            Metadata.model_validate(saved_then | wrong)


def test_the_release_of_an_edition_is_held_to_the_same(tmp_path):
    for written in (f"released: {hostile.NO_DAYS['published'][0]}", "released: 9999-12-31", f"contact: {{zh: '{hostile.BLANKS[1]}', en: a}}"):
        (tmp_path / publication.FILE).write_text(written, "utf-8")
        with pytest.raises(publication.PublicationError, match=written.partition(":")[0]):
            publication.load(tmp_path)
