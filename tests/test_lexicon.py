"""The lists of words: each entry shows what it means, each reader asks the one list, and there is no second list of a class."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from analysis.extract import extract
from analysis.lexicon import changes, classes, units
from analysis.yamlfiles import load_own

PACKAGE = Path(changes.__file__).parents[1]
ENTRIES = changes.entries()


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.name for entry in ENTRIES])
def test_an_entry_of_the_changes_shows_both_sides(entry):
    assert entry.zh and entry.en and entry.examples and entry.counterexamples and len(set(entry.zh)) == len(entry.zh)
    assert (entry.direction is None) == (entry.use in ("manner", "streak"))
    assert all(any(word in example for word in entry.zh) for example in entry.examples)


def test_a_word_of_change_goes_one_way():
    ways = {}
    for entry in ENTRIES:
        for word in entry.zh:
            assert ways.setdefault(word, entry.direction) == entry.direction, word


def only_change(text):
    (statement,) = (s for s in extract(text).statements if s.change is not None)
    return statement.change


@pytest.mark.parametrize("word", changes.words("verb"))
def test_a_verb_gives_a_record_alone_before_an_amount_and_with_a_reach(word):
    direction = changes.direction_of(word)
    for ending in ("。", "，", ""):
        change = only_change(f"2021年，全县刑事案件同比{word}{ending}")
        assert (change.direction, change.amount, change.basis) == (direction, None, "yoy")
    change = only_change(f"2021年，全县刑事案件同比{word}5.2%。")
    assert (change.direction, str(change.amount), change.kind) == (direction, "5.2", "percent")
    (statement,) = extract(f"2021年，全县刑事案件由120起{word}到150起。").statements
    assert (statement.value, statement.previous.value) == (150, 120)


@pytest.mark.parametrize("word", changes.words("short"))
def test_a_short_verb_stands_before_an_amount_only(word):
    assert only_change(f"2021年，全县刑事案件同比{word}5.2%。").direction == changes.direction_of(word)


@pytest.mark.parametrize("word", changes.words("flat"))
def test_no_change_is_one(word):
    change = only_change(f"2021年，全县刑事案件与上年{word}。")
    assert (change.direction, change.amount, change.basis) == ("flat", None, "yoy")


@pytest.mark.parametrize("text", ["连续六年攀升", "连续3年保持下降", "连续两个季度萎缩", "连续十二个月明显回落"])
def test_a_streak_is_known_by_any_verb(text):
    assert changes.direction_of(changes.streak().search(text)[3]) in ("up", "down")


def test_units_of_one_kind_stand_in_one_group_only():
    grouped = [unit for entry in units.entries() for group in entry["meaning"].get("same", ()) for unit in group]
    assert len(grouped) == len(set(grouped)) and set(grouped) <= set(units.spellings())
    for entry in units.entries():
        assert entry["en"] and entry["examples"] and entry["counterexamples"]
        for group in entry["meaning"].get("same", ()):
            assert {units.family_of(unit) for unit in group} == {entry["meaning"]["family"]}


@pytest.mark.parametrize("unit", ["英镑", "分贝", "%", "个百分点", "倍", "小时", "公里", "吨", "千瓦时", "天", "‰", "平方米", "亩", None, "", "斗"])
def test_what_is_measured_or_unknown_is_not_counted_in_whole_numbers(unit):
    assert not units.is_whole(unit)


@pytest.mark.parametrize("unit", ["件", "起", "宗", "人", "名", "位", "人次", "辆", "户", "艘"])
def test_what_is_counted_is_whole(unit):
    assert units.is_whole(unit)


def test_sorts_that_count_the_same_are_of_one_kind():
    assert all(units.same_kind("件", unit) for unit in "起宗案例") and units.same_kind("名", "位")
    assert not units.same_kind("件", "人") and not units.same_kind("元", "美元")


# --- no second list ----------------------------------------------------------------------------------------------------------

ORGANS = frozenset(name for organ in classes.organs().values() for name in (*organ.zh, *organ.short, *organ.says))
ACTS = frozenset(spelling for act in classes.acts().values() for spelling in act.spellings)
LISTS = {"acts.yml", "objects.yml", "measures.yml", "qualifiers.yml", "organs.yml", "places.yml"}
# Rules about some acts only (what is closed, what a table's head may say), which name those: no further file may.
OWN_CHOICE = {
    *("changes.py", "parts.py", "amounts.yml", "kinds.yml", "not_statistics.yml"),
    *("relations.yml", "glossary.yml"),
}
CLASSES = {
    # What publishers.yml and a head of a table add are names of one organ alone, or of the country's.
    # In not_statistics.yml they only stand behind 四级.
    "organs": (ORGANS, 4, LISTS | {"publishers.yml", "not_statistics.yml"}),
    "whole places": (frozenset(classes.places()["whole"]["zh"]), 4, LISTS | {"publishers.yml"}),
    "acts": (ACTS, 4, LISTS | OWN_CHOICE),
    "verbs of change": (frozenset(changes.words("verb")) | frozenset(changes.words("rate")), 4, {"changes.yml"}),
    "counting units": (frozenset(units.common()) - set("年日元部"), 5, {"units.yml"}),
}


def pieces(words: str) -> set[str]:
    """The words a pattern or a list offers one beside the other; of a class of characters, each."""
    found = set(re.split("[^一-鿿]+", words))
    for inside in re.findall(r"\[([一-鿿]{2,})\]", words):
        found |= set(inside)
    return found


def lists_of(path: Path):
    """Every literal of a module but its docstrings, and every scalar or list of a YAML file but its examples."""
    if path.suffix == ".py":
        tree = ast.parse(path.read_text("utf-8"))
        holders = [node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))]
        told = {id(node.body[0].value) for node in holders if ast.get_docstring(node)}
        for node in ast.walk(tree):
            if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
                yield {piece for each in node.elts if isinstance(each, ast.Constant) and isinstance(each.value, str) for piece in pieces(each.value)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                yield pieces(node.value)
        return
    yield from _lists_in(load_own(path))


def _lists_in(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("examples", "counterexamples"):
                yield from _lists_in(value)
    elif isinstance(node, list):
        yield {piece for each in node if isinstance(each, str) for piece in pieces(each)}
        for each in node:
            if not isinstance(each, str):
                yield from _lists_in(each)
    elif isinstance(node, str):
        yield pieces(node)


@cache
def lists_of_the_package():
    """The lists of every file of the package, read once for all classes of words."""
    return [(path, list(lists_of(path))) for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.yml")])]


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_of_words_has_one_list(name):
    words, most, homes = CLASSES[name]
    second = []
    for path, lists in lists_of_the_package():
        if path.name not in homes:
            second += [f"{path.relative_to(PACKAGE)}: {' '.join(sorted(found & words))}" for found in lists if len(found & words) >= most]
    assert not second, second


def test_a_second_list_would_be_found(tmp_path):
    words, most, _ = CLASSES["verbs of change"]
    path = tmp_path / "rule.py"
    path.write_text('"""上升下降增加减少"""\nA = "(?:上升|下降|增加|减少)"\nB = ("回落", "攀升")\n', "utf-8")
    assert [len(found & words) >= most for found in lists_of(path)].count(True) == 1
