"""The sentences of a report: each shape of facts becomes its form, in both languages."""

from pathlib import Path

import pytest
import yaml
from facts_builder import fact

from analysis.report.comparing import computed_movement
from analysis.report.grouping import choose_points, group
from analysis.report.narrative import Narrator
from analysis.report.phrases import Wording, WordingError, fields_of

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "narrative.yml").read_text("utf-8"))


def narrator(lang: str) -> Narrator:
    return Narrator(Wording.load(lang), "2017")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_facts_become_their_sentence(case, lang):
    facts = [fact(**given) for given in case["facts"]]
    assert narrator(lang).sentence(facts, case.get("turn", 0)) == case[lang]


def test_a_run_of_four_gives_two_sentences_of_two():
    facts = [fact(ref=at, change={}) for at in range(1, 5)]
    assert [len(part) for part in group(facts)] == [2, 2]


def test_different_manners_of_change_are_not_told_together():
    points = fact(indicator="rate", unit="%", ref=2, change={"kind": "percentage_points"})
    assert len(group([fact(ref=1, change={}), points])) == 2


def test_a_contradicted_figure_stands_alone():
    facts = [fact(ref=1, change={}), fact(ref=2, change={}, verdict="contradiction"), fact(ref=3, change={})]
    assert [len(part) for part in group(facts)] == [1, 1, 1]


def test_three_that_moved_apart_are_told_by_direction():
    facts = [fact(ref=at, change={"direction": way}) for at, way in enumerate(["down", "up", "up"], start=1)]
    assert [[one.ref for one in part] for part in group(facts)] == [[1], [2, 3]]


def test_points_take_changes_before_levels_and_wholes_before_parts():
    whole, part = fact(value="100", ref=1, change={}), fact(value="900", ref=2, change={}, whole="criminal")
    level = fact(value="5000", ref=3)
    chosen = choose_points([[part], [level], [whole]], ["services-security"], limit=2)
    assert [members[0].ref for members in chosen] == [1, 2]


def test_points_are_spread_over_chapters_and_stay_within_the_limit():
    groups = [[fact(ref=at, chapter=chapter, change={})] for at, chapter in enumerate("aaaabbbbccccdddd", start=1)]
    chosen = choose_points(groups, list("abcd"))
    assert [members[0].chapter for members in chosen] == ["a", "a", "b", "c", "d"]


def test_what_was_just_said_of_the_base_is_not_said_again_in_english():
    first, second = [fact(ref=1, change={})], [fact(ref=2, indicator="closed", organ="courts", change={})]
    told = narrator("en").paragraph([first, second])
    assert told.count("year on year") == 1


def test_chinese_says_its_base_each_time():
    told = narrator("zh").paragraph([[fact(ref=1, change={})], [fact(ref=2, change={})]])
    assert told.count("同比") == 2


def test_a_computed_change_says_it_is_measured_on_the_year_before():
    from dataclasses import replace
    from decimal import Decimal

    one = replace(fact(value="1331"), movement=computed_movement(Decimal(1490), Decimal(1331), False))
    assert narrator("zh").sentence([one]) == "刑事案件立案1,331起，比上年下降10.7 %〔1〕。"


def test_each_name_leaves_out_what_the_last_full_one_said():
    names = [("发现违纪问题数", "5639", "件"), ("违纪问题处分案件数", "1624", "件"), ("违纪问题处分人数", "1828", "人"), ("其他案件数", "3", "件")]
    facts = [fact(ref=at, name={"zh": name, "en": "x"}, value=value, unit=unit) for at, (name, value, unit) in enumerate(names, start=1)]
    assert narrator("zh").sentence(facts) == "发现违纪问题5,639件，违纪问题处分案件1,624件，1,828人，其他案件3件〔1-4〕。"


def leaves(tree, path=""):
    for key, value in tree.items():
        if isinstance(value, dict) and not value.keys() <= {"one", "other"}:
            yield from leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}"


def test_both_languages_have_the_same_templates():
    free = {"units", "proper", "keeps_unit", "region_in_title", "shorter", "number_words"}
    found = {lang: {leaf for leaf in leaves(Wording.load(lang).tree) if leaf.partition(".")[0] not in free} for lang in ("zh", "en")}
    assert found["zh"] == found["en"]


def test_every_check_of_the_audit_has_a_name_in_both_languages():
    import analysis.audit

    told = yaml.safe_load((Path(analysis.audit.__file__).parent / "wording.en.yml").read_text("utf-8"))
    ids = set(told["checks"]) | set(told["untestable"])
    for lang in ("zh", "en"):
        assert ids <= set(Wording.load(lang).table("check")), lang


def test_a_missing_template_is_named():
    with pytest.raises(WordingError, match=r"en.yml has no section.weather"):
        Wording.load("en")("section.weather")


def test_fields_of_a_template_are_found():
    assert fields_of("{a} fell to {b}") == {"a", "b"}
