"""The catalogue: what is refused in it, and that it matches exactly or not at all."""

from __future__ import annotations

import copy

import pandas as pd
import pytest
import yaml

from analysis import catalogue

SMALL = {
    "organs": {"courts": {"zh": "法院", "en": "Courts"}, "police": {"zh": "公安", "en": "Police"}},
    "chapters": {"impartial-justice": {"zh": "公正司法", "en": "Impartial justice"}},
    "indicators": [
        {"id": "closed", "zh": "结案数", "en": "Cases closed", "unit": "件", "polarity": "more", "organ": "courts", "chapter": "impartial-justice", "names": ["结案数"]},
        {"id": "received", "zh": "受理案件数", "en": "Cases received", "unit": "件", "polarity": "neither", "organ": "courts", "chapter": "impartial-justice", "names": ["受理案件数", "收案数"]},
        {"id": "received-police", "zh": "受理案件数", "en": "Cases received", "unit": "件", "polarity": "neither", "organ": "police", "chapter": "impartial-justice", "names": ["受理案件数"]},
        {"id": "received-people", "zh": "受理人数", "en": "People received", "unit": "人", "polarity": "neither", "organ": "courts", "chapter": "impartial-justice", "names": ["受理案件数"]},
    ],
}  # fmt: skip


@pytest.fixture
def small():
    return catalogue.Catalogue.model_validate(SMALL)


@pytest.mark.parametrize(
    ("name", "unit", "organ", "expected"),
    [
        ("收案数", "件", "courts", "received"),
        ("“收 案”数", "件", "courts", "received"),
        ("收案数", "起", "courts", "received"),
        ("收案数", None, "courts", "received"),
        ("收案数", "件", "all", "received"),
        ("受理案件数", "人", "courts", "received-people"),
        ("受理案件数", "件", "police", "received-police"),
        ("受理案件数", "件", "all", None),
        ("受理案件数", None, "courts", None),
        ("收案数", "人", "courts", None),
        ("收案数", "件", "police", None),
        ("收案", "件", "courts", None),
    ],
)
def test_a_name_matches_exactly_or_not_at_all(small, name, unit, organ, expected):
    assert small.match(name, "", unit, organ) == expected


def test_the_printed_words_are_tried_where_the_name_is_unknown(small):
    assert small.match("全市收案数", "收案数", "件", "courts") == "received"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda c: c["indicators"].append(c["indicators"][0]), "'closed' stands twice"),
        (lambda c: c["indicators"][0].update(whole="opened"), "whole 'opened' is not known"),
        (lambda c: c["indicators"][0].update(organ="court"), "organ 'court' is not known"),
        (lambda c: c["indicators"][0].update(numerator="received"), "only one of numerator and denominator"),
        (lambda c: c["indicators"][0].update(names=["收案数"]), "name '收案数' is that of both 'closed' and 'received'"),
        (lambda c: c["indicators"][0].update(polarity="good"), "polarity"),
        (lambda c: c["indicators"][0].update(nmaes=[]), "nmaes"),
        (lambda c: c["indicators"][0].update(id="Closed cases"), "id"),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(tmp_path, change, fault):
    wrong = copy.deepcopy(SMALL)
    change(wrong)
    path = tmp_path / "catalogue.yml"
    path.write_text(yaml.safe_dump(wrong, allow_unicode=True), "utf-8")
    with pytest.raises(catalogue.CatalogueError) as caught:
        catalogue.load(path)
    assert fault in str(caught.value)


def test_nearest_names_help_a_person_who_mistyped(small):
    assert small.nearest("收案件数")[0] == "收案数" or "受理案件数" in small.nearest("收案件数")


def test_unknown_names_are_counted_most_frequent_first():
    rows = [("", "乙", "件", "courts"), ("", "甲", "件", "courts"), ("", "乙", "件", "courts"), ("closed", "结案数", "件", "courts")]
    found = catalogue.unknown(pd.DataFrame(rows, columns=["indicator", "name", "unit", "organ"]))
    assert found[["name", "observations"]].values.tolist() == [["乙", 2], ["甲", 1]]
