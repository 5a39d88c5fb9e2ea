"""The sentences of a report: each shape of facts becomes its form, in both languages."""

from pathlib import Path

import pytest
import yaml
from facts_builder import fact

from analysis.report.comparing import computed_movement
from analysis.report.grouping import group, told_once
from analysis.report.narrative import Narrator
from analysis.report.phrases import Wording
from analysis.report.points import choose_messages, reliability, surprise
from analysis.writing.phrases import WordingError, fields_of

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


def test_a_year_assumed_of_one_figure_is_not_marked_behind_another():
    facts = [fact(ref=1, change={}, assumed=True), fact(ref=2, change={}, assumed=True), fact(ref=3, change={})]
    assert [[one.ref for one in part] for part in group(facts)] == [[1, 2], [3]]


def test_different_words_of_how_it_went_are_not_told_together():
    way = {"value": None, "change": {"amount": None, "kind": "", "basis": "unstated"}}
    assert len(group([fact(ref=1, as_written="下降", **way), fact(ref=2, as_written="大幅下降", **way)])) == 2


def test_a_direction_is_not_told_beside_the_size_of_the_same_change():
    way = {"value": None, "as_written": "大幅下降", "change": {"amount": None, "kind": "", "basis": "unstated"}}
    sized, same, other = fact(ref=1, change={}), fact(ref=2, **way), fact(ref=3, indicator="closed", **way)
    assert told_once([sized, same, other]) == [sized, other] and told_once([same]) == [same]


def test_a_contradicted_figure_stands_alone():
    facts = [fact(ref=1, change={}), fact(ref=2, change={}, verdict="contradiction"), fact(ref=3, change={})]
    assert [len(part) for part in group(facts)] == [1, 1, 1]


def test_three_that_moved_apart_are_told_by_direction():
    facts = [fact(ref=at, change={"direction": way}) for at, way in enumerate(["down", "up", "up"], start=1)]
    assert [[one.ref for one in part] for part in group(facts)] == [[1], [2, 3]]


THEMES = {"crime": ("criminal",), "courts": ("received", "closed"), "enforcement": ("rate",)}
WEIGHTS = {"crime": 10, "courts": 10, "enforcement": 6}


def messages(*facts, past=lambda fact: ()):
    return choose_messages(facts, THEMES, WEIGHTS, past)


def test_points_go_by_weight_and_size_of_the_change_and_one_theme_is_one_message():
    small = fact(indicator="criminal", ref=1, change={"amount": "2"})
    courts = [fact(indicator=name, ref=at, change={"direction": "up", "amount": "19"}) for at, name in enumerate(("received", "closed"), start=2)]
    chosen = messages(small, *courts)
    assert [(message.theme, len(message.members)) for message in chosen] == [("courts", 2), ("crime", 1)]


def test_a_contradiction_stands_with_its_subject_and_never_leads():
    wrong = fact(indicator="rate", unit="%", ref=2, verdict="contradiction", change={"kind": "percentage_points", "amount": "40"})
    chosen = messages(fact(indicator="closed", ref=1, change={"amount": "0.5"}), wrong)
    assert [message.theme for message in chosen] == ["courts", "enforcement"]


def test_nothing_undated_or_computed_leads():
    undated = fact(indicator="criminal", ref=1, previous="100", value="50", assumed=True)
    assert undated.undated
    assert messages(undated, fact(indicator="closed", ref=2, change={"amount": "0.1"}))[0].theme == "courts"


def test_a_change_is_a_surprise_against_its_own_past():
    from decimal import Decimal

    one = fact(change={"amount": "20"})
    wild, calm = ([Decimal(size)] * 6 for size in ("40", "2"))
    assert surprise(one, wild) < surprise(one, ()) < surprise(one, calm)


def test_what_is_hedged_assumed_or_doubted_counts_for_less():
    sure = reliability(fact(change={}))
    for lessened in (fact(change={}, hedge="about"), fact(change={}, assumed=True), fact(change={}, correction="x")):
        assert reliability(lessened) < sure


def test_six_points_at_most():
    many = [fact(indicator=f"i{at}", ref=at, change={"amount": "90"}) for at in range(1, 12)]
    assert len(choose_messages(many, {}, {}, lambda fact: ())) <= 6


def test_total_crime_is_a_point_even_where_it_hardly_moved():
    others = [fact(indicator=f"i{at}", ref=at, change={"amount": "90"}) for at in range(2, 12)]
    still = fact(indicator="criminal", ref=1, change={"amount": "0.3"})
    weighed = {f"i{at}": 7 for at in range(2, 12)} | {"crime": 10}
    themes = THEMES | {name: (name,) for name in weighed if name != "crime"}
    chosen = choose_messages([still, *others], themes, weighed, lambda fact: ())
    assert len(chosen) == 6 and "crime" in [message.theme for message in chosen]
    undated = fact(indicator="criminal", ref=1, previous="100", value="99", assumed=True)
    assert "crime" not in [message.theme for message in choose_messages([undated, *others], themes, weighed, lambda fact: ())]


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
    assert narrator("zh").sentence([one]) == "刑事案件立案1331起，比上年下降10.7%〔[1](#s1)〕。"


def test_english_does_not_name_the_base_of_a_computed_change_where_the_earlier_figure_follows():
    from dataclasses import replace
    from decimal import Decimal

    one = replace(fact(value="1331"), movement=computed_movement(Decimal(1490), Decimal(1331), False))
    after = " (1,490 a year earlier)"
    told = narrator("en").sentence([one], tail=after, based=True)
    assert told == "Criminal cases filed fell by 10.7%, to 1,331 (1,490 a year earlier) \\[[1](#s1)\\]."
    assert "compared with the year before" in narrator("en").sentence([one], tail=after)
    assert "比上年" in narrator("zh").sentence([one], tail=after, based=True)


def test_each_name_leaves_out_what_the_last_full_one_said():
    names = [("发现违纪问题数", "5639", "件"), ("违纪问题处分案件数", "1624", "件"), ("违纪问题处分人数", "1828", "人"), ("其他案件数", "3", "件")]
    facts = [fact(ref=at, name={"zh": name, "en": "x"}, value=value, unit=unit) for at, (name, value, unit) in enumerate(names, start=1)]
    assert narrator("zh").sentence(facts) == "发现违纪问题5639件，违纪问题处分案件1624件，1828人，其他案件3件〔[1](#s1)-[4](#s4)〕。"


def leaves(tree, path=""):
    for key, value in tree.items():
        if isinstance(value, dict) and not value.keys() <= {"one", "other"}:
            yield from leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}"


def test_both_languages_have_the_same_templates():
    free = {"units", "axis_units", "axis_scales", "proper", "keeps_unit", "region_in_title", "shorter", "number_words"}
    translation = ("whole_places", "methods.glossed", "know.named")  # only a translation has to say whose words the names are
    found = {lang: {leaf for leaf in leaves(Wording.load(lang).tree) if leaf.partition(".")[0] not in free} for lang in ("zh", "en")}
    found["en"] = {leaf for leaf in found["en"] if not leaf.startswith(translation)}
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
