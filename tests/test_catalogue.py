"""The catalogue: what is refused in it, that names match by their parts or not at all, and that a workspace may add its own."""

from __future__ import annotations

import copy

import pandas as pd
import pytest
import yaml

from analysis import catalogue


def entry(id: str, zh: str, en: str, unit: str = "件", organ: str = "courts", **more) -> dict:
    return {"id": id, "zh": zh, "en": en, "unit": unit, "polarity": "neither", "organ": organ, "chapter": "impartial-justice", **more}


SMALL = {
    "chapters": {"impartial-justice": {"zh": "公正司法", "en": "Impartial justice"}},
    "indicators": [
        entry("closed", "结案数", "Cases closed", parts=[{"act": "结案", "object": "案件"}]),
        entry("received", "受理案件数", "Cases received", parts=[{"act": ["受理", "收案"], "object": "案件"}]),
        entry("received-police", "受理案件数", "Cases received", organ="police", parts=[{"act": "受理", "object": "案件"}]),
        entry("received-people", "受理人数", "People received", unit="人", parts=[{"act": "受理", "object": "案件"}]),
        entry("closed-high", "高级人民法院结案数", "Closed", parts=[{"act": "结案", "object": "案件", "office": "高级人民法院"}]),
        entry("divorces", "离婚案件审结数", "Divorce cases concluded"),
        entry("appeals", "二审民事案件审结数", "Civil appeals concluded", parts=[{"act": "审结", "object": "民事案件", "qualifiers": ["二审"]}]),
        entry("safety", "安心指数", "Safety index", unit="", organ="all", also=["安心指数"]),
    ],
}


@pytest.fixture
def small():
    return catalogue.Catalogue.model_validate(SMALL)


@pytest.mark.parametrize(
    ("name", "unit", "organ", "scope", "expected"),
    [
        ("收案数", "件", "courts", "", "received"),
        ("“收 案”数", "件", "courts", "", "received"),
        ("新收各类案件", "起", "courts", "", "received"),
        ("收案数", None, "courts", "", "received"),
        ("受理案件数", "件", "police", "", "received-police"),
        ("受理案件", "人", "courts", "", "received-people"),
        # Whose cases they are must be said.
        ("收案数", "件", "all", "", None),
        ("收案数", "件", "all", "全市法院", "received"),
        ("法院收案数", "件", "all", "", "received"),
        ("受理案件数", "件", "all", "市公安局", "received-police"),
        ("受理案件数", "件", "all", "检察机关", None),
        ("收案数", "人", "courts", "", None),
        ("收案数", "件", "police", "", None),
        # An office's figures are not the organ's.
        ("结案数", "件", "courts", "省高级人民法院", "closed-high"),
        ("结案数", "件", "courts", "最高人民法院", None),
        ("结案数", "件", "courts", "全省法院", "closed"),
        # An entry without parts has those of its name.
        ("审结离婚案件", "件", "all", "", "divorces"),
        ("离婚案件审结数", "件", "courts", "柳河市", "divorces"),
        ("审结离婚案件", "件", "all", "公安机关", None),
        ("审结二审民事案件", "件", "courts", "", "appeals"),
        ("审结一审民事案件", "件", "courts", "", None),
        ("审结民事案件", "件", "courts", "", None),
        ("审结二审民事案件甲乙丙", "件", "courts", "", None),
        ("未审结二审民事案件", "件", "courts", "", None),
        ("全市安心指数", None, "all", "", "safety"),
        ("", None, "all", "", None),
    ],
)
def test_a_name_matches_by_its_parts_or_not_at_all(small, name, unit, organ, scope, expected):
    assert small.match(name, "", unit, organ, scope or None) == expected


def test_the_printed_words_are_tried_where_the_name_is_unknown(small):
    assert small.match("甲乙丙收案数", "收案数", "件", "courts") == "received"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("起诉 | 人 | procuratorates", "不起诉 | 人 | procuratorates"),
        ("批准逮捕 | 人 | procuratorates", "批准逮捕 | 件 | procuratorates"),
        ("批准逮捕 | 人 | procuratorates", "不批准逮捕 | 人 | procuratorates"),
        ("刑事案件立案数 | 起 | police", "治安案件立案数 | 起 | police"),
        ("刑事案件立案数 | 起 | police", "重大刑事案件发案数 | 起 | police"),
        ("刑事案件破案数 | 起 | police", "刑事案件破案率 | % | police"),
        ("刑事二审案件新收数 | 件 | courts", "刑事二审案件旧存数 | 件 | courts"),
        ("拐卖案件 | 起 | police", "破获拐卖妇女儿童案件 | 起 | police"),
        ("执结率 | % | courts", "实际执结率 | % | courts"),
        ("群众安全感 | | all", "群众安全感满意度 | | all"),
        ("电信网络诈骗立案数 | 起 | police", "电信网络诈骗发案数 | 起 | police"),
        ("执行案件受理数 | 件 | courts", "恢复执行案件受理数 | 件 | courts"),
    ],
)
def test_what_is_not_one_indicator_has_not_one_id(one, other):
    ids = [
        catalogue.match(name, unit=unit or None, organ=organ)
        for name, unit, organ in (tuple(map(str.strip, case.split("|"))) for case in (one, other))
    ]
    assert ids[0] != ids[1] and any(ids)


def test_an_appearance_in_court_is_one_indicator_by_either_name():
    names = ("行政机关负责人出庭率", "行政机关负责人出庭应诉率", "全市行政机关负责人出庭应诉率")
    assert {catalogue.match(name, unit="%") for name in names} == {"officials-appearing-in-court-rate"}


@pytest.mark.parametrize("indicator", catalogue.load().indicators, ids=lambda indicator: indicator.id)
def test_an_indicator_is_found_by_its_own_name(indicator):
    assert catalogue.match(indicator.zh, unit=indicator.unit or None, organ=indicator.organ) == indicator.id
    assert indicator.keys or indicator.spellings


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda c: c["indicators"].append(copy.deepcopy(c["indicators"][0])), "'closed' stands twice"),
        (lambda c: c["indicators"][0].update(whole="opened"), "whole 'opened' is not known"),
        (lambda c: c["indicators"][0].update(organ="court"), "organ 'court' is not known"),
        (lambda c: c["indicators"][0].update(numerator="received"), "only one of numerator and denominator"),
        (lambda c: c["indicators"][0].update(parts=[{"act": "收案", "object": "案件"}]), "is that of both 'closed' and 'received'"),
        (lambda c: c["indicators"][0].update(also=["安心指数"], organ="all", unit=""), "name '安心指数' is that of both 'closed' and 'safety'"),
        (lambda c: c["indicators"][0].update(parts=[{"act": "结掉"}]), "no act of lexicon/acts.yml: 结掉"),
        (lambda c: c["indicators"][0].update(parts=[{"object": "刑事案"}]), "object '刑事案' is '刑事案件'"),
        (lambda c: c["indicators"][0].update(polarity="good"), "indicator 'closed'.polarity"),
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


# --- a workspace's own ----------------------------------------------------------------------------------------------------------


def workspace(root, data) -> catalogue.Catalogue:
    (root / catalogue.OWN).write_text(data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return catalogue.of(root)


def test_a_workspace_without_a_catalogue_has_ours(tmp_path):
    assert catalogue.of(tmp_path) is catalogue.load()
    assert workspace(tmp_path, "").by_id == catalogue.load().by_id


def test_a_workspace_adds_its_own_indicators(tmp_path):
    own = entry("divorces", "离婚案件审结数", "Divorce cases concluded", chapter="families", whole="courts-cases-closed")
    both = workspace(tmp_path, {"chapters": {"families": {"zh": "家事", "en": "Families"}}, "indicators": [own]})
    assert both.match("审结离婚案件", unit="件", organ="courts") == "divorces"
    assert both.match("刑事案件立案数", unit="起", organ="police") == "criminal-cases-filed"
    assert len(both.indicators) == len(catalogue.load().indicators) + 1
    assert catalogue.match("审结离婚案件", unit="件", organ="courts") is None


def test_the_entries_may_stand_alone_in_a_workspaces_catalogue(tmp_path):
    both = workspace(tmp_path, [entry("divorces", "离婚案件审结数", "Divorce cases concluded")])
    assert both.match("审结离婚案件", unit="件", organ="courts") == "divorces"


def test_a_workspace_may_say_an_indicator_of_ours_anew(tmp_path):
    ours = catalogue.load().by_id["homicides"]
    both = workspace(tmp_path, {"indicators": [ours.model_dump() | {"en": "Murders"}]})
    assert both.by_id["homicides"].en == "Murders" and len(both.indicators) == len(catalogue.load().indicators)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("indicators: [", "catalogue.yml: "),
        ("just words", "a catalogue is a mapping"),
        ("- a", "catalogue.yml: indicator 1: Input should be"),
        ({"indicator": []}, "indicator: not known; a catalogue has organs, chapters and indicators"),
        ({"indicators": [entry("x", "甲数", "A", chapter="none")]}, "indicator 'x': chapter 'none' is not known"),
        ({"indicators": [entry("x", "命案数", "A", unit="起", organ="police")]}, "is that of both 'homicides' and 'x'"),
        ({"indicators": [{"id": "x"}]}, "catalogue.yml: indicator 'x'.zh: Field required"),
        ({"indicators": [entry("a", "甲数", "A"), {"zh": "乙数"}]}, "catalogue.yml: indicator 2.id: Field required"),
    ],
)
def test_what_is_wrong_in_a_workspaces_catalogue_is_said(tmp_path, data, fault):
    with pytest.raises(catalogue.CatalogueError) as caught:
        workspace(tmp_path, data)
    assert fault in str(caught.value)


def test_nearest_names_help_a_person_who_mistyped(small):
    assert small.nearest("高级人民法院结安数")[0] == "高级人民法院结案数"


def test_unknown_names_are_counted_most_frequent_first():
    rows = [("", "乙", "件", "courts"), ("", "甲", "件", "courts"), ("", "乙", "件", "courts"), ("closed", "结案数", "件", "courts")]
    found = catalogue.unknown(pd.DataFrame(rows, columns=["indicator", "name", "unit", "organ"]))
    assert found[["name", "observations"]].values.tolist() == [["乙", 2], ["甲", 1]]


def test_an_indicator_is_known_in_the_bulletins_of_all_who_print_it():
    rate = ("行政机关负责人出庭应诉率", "", "%")
    found = {organ: catalogue.match(*rate, organ) for organ in ("government", "courts", "justice", "police")}
    assert found == {**dict.fromkeys(("government", "courts", "justice"), "officials-appearing-in-court-rate"), "police": None}
