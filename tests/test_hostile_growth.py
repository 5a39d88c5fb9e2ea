"""Time and print grow as a text does: every verb over every shape of text (proving/hostile.py), in seconds of CPU.

Short here; TONGBI_FUZZ makes the texts longer (`make fuzz`).
"""

from __future__ import annotations

import os
import time

import pytest

from analysis import Document, finding
from analysis.catalogue import load
from analysis.extract import extract
from analysis.observing import observe
from analysis.printing import ledger_table
from analysis.review import review_page
from analysis.verbs import audit_documents
from proving.hostile import SHAPES

MANY = int(os.environ.get("TONGBI_FUZZ", "60"))
LENGTH = max(40, MANY // 2)
TIMES = 4  # what is linear takes four times as long for four times the text, what is quadratic sixteen times
GENEROUS = 9
# Below this a measure is mostly the clock and what runs beside it.
FLOOR = 0.5


def found(document: Document) -> object:
    observations = observe(document)
    return finding.find("案件", observations, audit_documents(document), load())


VERBS = {
    "extract": lambda document: sum(map(len, extract(document).to_json_lines())),
    "table": lambda document: sum(map(len, ledger_table(extract(document), document))),
    "review": lambda document: len(review_page(document)),  # reads, audits and weighs doubts
    "find": found,
}
SHORT = ("extract", "review")


def seconds(verb: str, shape: str, length: int) -> float:
    document = Document("a", SHAPES[shape](length))
    started = time.process_time()
    VERBS[verb](document)
    return time.process_time() - started


@pytest.fixture(scope="module", autouse=True)
def warm():
    """Load the word lists before anything is measured."""
    seconds("review", "one name", 3)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("verb", VERBS if MANY > 60 else SHORT)
def test_time_grows_as_the_text_does(verb, shape):
    one, many = (min(seconds(verb, shape, length) for _ in range(2)) for length in (LENGTH, TIMES * LENGTH))
    assert many < max(FLOOR, GENEROUS * one), f"{one:.2f} s for {LENGTH}, {many:.2f} s for {TIMES * LENGTH}"


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_printed_grows_as_the_text_does(shape):
    # Long enough that a sentence is no longer quoted whole.
    sizes = [VERBS["extract"](Document("a", SHAPES[shape](length))) for length in (4 * LENGTH, TIMES * 4 * LENGTH)]
    assert sizes[1] < 10_000 + 1.5 * TIMES * sizes[0]


def test_there_are_thirty_shapes_and_each_doubles():
    assert len(SHAPES) >= 30
    assert all(1.5 * len(shape(100)) < len(shape(200)) < 3 * len(shape(100)) for shape in SHAPES.values())
