"""What belongs to one series, and what a series says: prints, the period before, breaks, implied values."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import catalogue, series, tidy
from analysis.documents import Document
from analysis.extract import extract
from analysis.series.along import Along
from analysis.series.breaks import Break, declared_breaks

FILED = "criminal-cases-filed"


def documents(texts: list[str], region: str = "here", breaks: tuple = ()) -> list[Document]:
    """Documents of one place, published a year apart."""
    about = [
        SimpleNamespace(region=region, organ="police", period=str(2015 + n), published=date(2016 + n, 1, 20), columns={}, breaks=breaks)
        for n in range(9)
    ]
    return [Document(f"d{n}", text, metadata=about[n]) for n, text in enumerate(texts)]


def observed(docs: list[Document]) -> pd.DataFrame:
    """Their observations."""
    return tidy.observations(tidy.statements(map(extract, docs)), docs, catalogue.load())


def along(texts: list[str], breaks: tuple = (), **about: str) -> Along:
    """The series of some texts."""
    return Along.of(observed(documents(texts, **about)), breaks)


THREE_YEARS = [
    "2015年，全市立刑事案件901起。",
    "2016年，全市立刑事案件1000起，同比上升11%。其中青山县立刑事案件210起。2015年，全市立刑事案件903起。",
    "2017年，全市立刑事案件1105起，同比上升10.5%，比2015年上升22.4%。全省立刑事案件9105起。",
]


def test_a_part_and_another_place_are_series_of_their_own() -> None:
    lines = along(THREE_YEARS).lines("here", FILED)
    assert [line.key.scope for line in lines] == ["", "全省", "青山县"]
    values = [[(point.period, int(point.claim.level.point)) for point in line.points()] for line in lines]
    assert values == [[("2015", 903), ("2016", 1000), ("2017", 1105)], [("2017", 9105)], [("2016", 210)]]


def test_the_last_print_counts_and_every_print_is_kept() -> None:
    point = along(THREE_YEARS).line("here", FILED).point("2015")
    assert [(claim.doc, int(claim.level.point)) for claim in point.prints] == [("d0", 901), ("d1", 903)]
    assert point.claim.doc == "d1"


def test_each_basis_leads_to_a_period_of_its_own() -> None:
    line = along(THREE_YEARS).line("here", FILED)
    assert [
        (line.earlier("2017", *asked).period, int(line.earlier("2017", *asked).point.claim.level.point)) for asked in (("yoy",), ("fixed", "2015"))
    ] == [
        ("2016", 1000),
        ("2015", 903),
    ]
    assert line.earlier("2015").point is None and line.earlier("2017", "unstated") is None and line.earlier("2017", "fixed", "2015H1") is None


def test_implied_values_say_their_basis() -> None:
    lines = along(THREE_YEARS)
    line = lines.line("here", FILED)
    told = {period: [(found.basis, found.claim.doc) for found in lines.implied(line, period)] for period in ("2015", "2016", "2017")}
    assert told == {"2015": [("yoy", "d1")], "2016": [("yoy", "d2")], "2017": []}
    low, high = lines.implied(line, "2016")[0].reading.rounded.integers()
    assert (low, high) == (1000, 1000)


def test_a_declared_break_is_told_and_stays_in_its_series() -> None:
    declared = Break("here", "2017", frozenset([FILED]), "改了口径。", "Counted anew.", "d2")
    line = along(THREE_YEARS, (declared,)).line("here", FILED)
    assert line.earlier("2017").breaks == (declared,) and line.earlier("2016").breaks == ()
    assert line.between("2015", "2017") == (declared,) and line.between("2017", "2017") == ()
    assert along(THREE_YEARS, (declared,), region="there").line("there", FILED).breaks == ()


def test_a_break_without_indicators_is_of_all_that_its_document_prints() -> None:
    stated = SimpleNamespace(period="2016", en="Counted anew.", zh="改了口径。", indicators=(), inferred=True)
    docs = documents(["2015年，全市立刑事案件901起。"], breaks=(stated,))
    (found,) = declared_breaks(docs, observed(docs))
    assert FILED in found.indicators and (found.region, found.period, found.doc) == ("here", "2016", "d0")
    assert found.told("zh") == "改了口径。" and found.told("en") == "Counted anew." and found.inferred


def test_a_document_that_does_not_say_whose_figures_it_prints_stands_alone() -> None:
    docs = [Document("a", "2015年，全县立刑事案件901起。"), Document("b", "2016年，全县立刑事案件904起。")]
    keys = list(Along.of(observed(docs)).series)
    assert [(key.doc, key.across) for key in keys] == [("a", False), ("b", False)]


def test_an_indicator_that_is_not_in_the_catalogue_is_a_series_too() -> None:
    lines = along(["2015年，全市巡查河道35次。", "2016年，全市巡查河道42次，同比上升20%。"]).series
    assert [(len(list(line)), line.listed) for line in lines.values()] == [(2, False)]


@pytest.mark.parametrize("module", [name for _, name, _ in pkgutil.iter_modules(series.__path__)])
def test_the_examples_of_the_docstrings_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"analysis.series.{module}")).failed == 0
