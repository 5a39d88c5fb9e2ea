"""The lists of words: every entry bound to names that say it and names that do not, and what a name is made of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from analysis.lexicon import classes, kin, parts
from analysis.yamlfiles import load_yaml

CASES = yaml.safe_load((Path(__file__).parent / "cases/parts.yml").read_text("utf-8"))
CLASSES = {
    "act": classes.acts(),
    "head": classes.heads(),
    "topic": classes.topics(),
    "measure": classes.measures(),
    "qualifier": classes.qualifiers(),
}
ENTRIES = [(kind, entry) for kind, listed in CLASSES.items() for entry in listed.values()]


def identity(case: str) -> str:
    name, _, unit = case.partition(" | ")
    return parts.identity(name, unit or None)


@pytest.mark.parametrize(("kind", "entry"), ENTRIES, ids=lambda value: value if isinstance(value, str) else value.key)
def test_an_entry_says_what_its_examples_say(kind, entry):
    assert entry.examples or kind == "measure"
    assert [name for name in entry.examples if (kind, entry.key) not in parts.roles(name)] == []
    assert [name for name in entry.counterexamples if (kind, entry.key) in parts.roles(name)] == []


@pytest.mark.parametrize("name", ["acts", "objects", "measures", "qualifiers", "organs", "places"])
def test_no_entry_of_a_list_stands_twice(name):
    assert load_yaml(classes.FOLDER / f"{name}.yml") == classes.read(name)


@pytest.mark.parametrize("kind", CLASSES)
def test_a_spelling_is_that_of_one_entry(kind):
    spellings = Counter(classes.plain(spelling) for entry in CLASSES[kind].values() for spelling in entry.spellings)
    assert [spelling for spelling, count in spellings.items() if count > 1] == []


@pytest.mark.parametrize("entry", classes.organs().values(), ids=lambda entry: entry.key)
def test_an_organ_is_known_by_its_names(entry):
    own = {entry.title, *entry.offices}
    assert [name for name in entry.examples if parts.parse(name).organ not in own] == []
    assert [name for name in entry.counterexamples if parts.parse(name).organ in own] == []


def test_what_an_act_points_to_is_an_act_too():
    acts = classes.acts()
    assert [(key, other) for key, act in acts.items() for other in (*act.next, act.opposite) if other and other not in acts] == []
    assert {act.organ for act in acts.values()} - {""} <= set(classes.organs())


@pytest.mark.parametrize("names", CASES["same"], ids=lambda names: names[0])
def test_one_indicator_has_one_identity_however_it_is_written(names):
    assert len({identity(name) for name in names}) == 1, {name: identity(name) for name in names}


@pytest.mark.parametrize("names", CASES["differ"], ids=lambda names: names[0])
def test_what_must_differ_is_never_one(names):
    assert len({identity(name) for name in names}) == len(names), {name: identity(name) for name in names}


@pytest.mark.parametrize(("name", "expected"), CASES["parts"])
def test_the_parts_of_a_name(name, expected):
    assert identity(name) == expected


@pytest.mark.parametrize("act", ["起诉", "批准逮捕", "立案", "受理", "公开", "采纳", "抓获"])
@pytest.mark.parametrize("negation", parts.NEGATIONS)
def test_a_negation_is_never_lost(act, negation):
    assert parts.identity(f"{negation}{act}案件数") != parts.identity(f"{act}案件数")


def test_what_is_longer_than_any_name_is_kept_whole():
    for word in ("万人", "占", "案件"):
        assert parts.parse(word * 100_000).rest == word * 100_000


def test_nothing_unknown_is_dropped():
    for name in ("被盗物品数", "为民办实事数", "受理甲乙丙案件数", "对牛弹琴次数"):
        kept = parts.parse(name)
        assert kept.rest or kept.object, name
    assert parts.identity("甲乙案件数") != parts.identity("丙丁案件数")


@pytest.mark.parametrize(("one", "other", "kind"), CASES["kin"])
def test_what_one_indicator_is_to_another(one, other, kind):
    found = kin.kin(*(parts.parse(name, unit or None) for name, _, unit in (one.partition(" | "), other.partition(" | "))))
    assert (f"{found.kind}{'' if found.sure else '?'}" if found else None) == kind
