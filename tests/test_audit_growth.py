"""The audit takes time in proportion to a text: four times as many figures take about four times as long, and no number is too long."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from analysis import catalogue, tidy
from analysis.audit import audit
from analysis.documents import Document
from analysis.extract import extract

SHAPES: dict[str, Callable[[int], str]] = {
    "one series": lambda n: "".join(f"2017年，全市立刑事案件{1000 + i}起，同比上升{i % 40 + 1}.5%。" for i in range(n)),
    "one sentence": lambda n: "2017年，全市" + "，".join(f"立刑事案件{1000 + i}起，破案{900 + i}起" for i in range(n)) + "。",
    "parts of one whole": lambda n: "2017年，全市受理案件900000件，其中" + "、".join(f"民事案件{1 + i % 9}件" for i in range(n)) + "。",
    "brackets": lambda n: "2017年，全市" + "，".join(f"受理案件{1000 + i}件（其中民事案件{5 + i}件）" for i in range(n)) + "。",
    "brackets never closed": lambda n: "2017年，全市" + "，".join(f"受理案件{1000 + i}件（" for i in range(n)) + "。",
    "shares": lambda n: "2017年，全市受理案件9000件" + "".join(f"，其中民事案件{i + 5}件，占{i % 90 + 1}.5%" for i in range(n)) + "。",
    "years": lambda n: "".join(f"{1950 + i % 70}年，全市立刑事案件{1000 + i}起。" for i in range(n)),
}
FIGURES = 250


def seconds(text: str) -> float:
    """The time of a core that the audit of a text takes."""
    document = Document("a", text)
    table = tidy.observations(tidy.statements([extract(document)]), [document], catalogue.load())
    started = time.process_time()
    audit(table, catalogue.load())
    return time.process_time() - started


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_as_the_text_does(shape: str) -> None:
    seconds(SHAPES[shape](20))
    once, four_times = (min(seconds(SHAPES[shape](FIGURES * times)) for _ in range(2)) for times in (1, 4))
    # Four times as much at best, sixteen times where all pairs are looked at.
    assert four_times < 9 * max(once, 0.03), (once, four_times)


@pytest.mark.parametrize("digits", ["1" * 30, "7" * 400, "7" * 5000, "９" * 40, "9" * 15, "999999999999"])
def test_no_number_is_too_long(digits: str) -> None:
    assert seconds(f"2017年，全市立刑事案件{digits}起，同比上升5.25%；2016年，全市立刑事案件{digits}起。") < 2
