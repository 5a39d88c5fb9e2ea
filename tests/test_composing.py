"""Composed names: the English an editor would accept, a tidy Chinese name of the same parts, and nothing half in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.catalogue import composing, glossing, load
from analysis.catalogue.composing import compose
from analysis.lexicon import classes
from analysis.lexicon.parts import identity
from analysis.lexicon.segmenting import _words

CASES = yaml.safe_load((Path(__file__).parent / "cases/composed.yml").read_text("utf-8"))
HAN = re.compile("[㐀-鿿]")


@pytest.mark.parametrize(("name", "unit", "en", "zh"), CASES["composed"], ids=lambda value: value)
def test_a_name_is_composed_as_an_editor_would_write_it(name, unit, en, zh):
    found = compose(name, unit)
    assert (found.en, found.zh) == (en, zh)
    assert found.en[0].isupper() and "  " not in found.en and found.en.isascii()


@pytest.mark.parametrize(("name", "unit", "_en", "zh"), CASES["composed"], ids=lambda value: value)
def test_a_tidy_name_is_the_same_indicator(name, unit, _en, zh):
    assert identity(zh, unit) == identity(name, unit)


def test_the_table_is_long_enough_and_says_no_english_twice_for_two_indicators():
    assert len(CASES["composed"]) >= 150
    said = {}
    for name, unit, en, _ in CASES["composed"]:
        assert said.setdefault(en, identity(name, unit)) == identity(name, unit), en


@pytest.mark.parametrize(("name", "unit"), CASES["uncomposed"], ids=lambda value: value)
def test_what_is_not_all_known_stays_chinese(name, unit):
    found = compose(name, unit)
    assert found.en is None and HAN.search(found.zh)


def test_any_name_of_the_catalogue_may_be_composed_or_not_but_never_breaks():
    for indicator in load().indicators:
        found = compose(indicator.zh, indicator.unit)
        assert found.zh and (found.en is None or not HAN.search(found.en))


def test_a_qualifier_is_never_left_out_of_the_english():
    for key, entry in classes.qualifiers().items():
        found = compose(f"{key}刑事案件审结数", "件").en
        if found is not None and not entry.silent:
            assert found != "Criminal cases concluded", key


def test_an_act_and_its_opposite_never_share_their_english():
    for key, act in classes.acts().items():
        if act.opposite:
            names = [compose(f"{verb}人数", "人").en for verb in (key, act.opposite)]
            assert names[0] is None or names[0] != names[1], key


@pytest.mark.parametrize("unknown", ["雷公藤", "入矫", "三轮车", "钍锭"])
@pytest.mark.parametrize(
    ("before", "after", "unit"), [("审结", "案件", "件"), ("救助", "人数", "人"), ("", "数", "株"), ("查处", "交通违法行为", "起")]
)
def test_a_word_no_list_has_stands_in_the_name_with_what_it_means(unknown, before, after, unit):
    """An English reader is given the known part in English and what the dictionary says of the rest; and is told which is which."""
    english = composing.names(None, before + unknown + after, unit)["en"]
    assert not HAN.search(english) and composing.is_glossed(english)
    assert glossing.gloss(unknown) in english


ODD_WORDS = ["五年以上", "3万元以上", "0-20秒", "千元以下", "雷公藤", "A1", "、", "（", "）", "不", "占"]


@settings(deadline=None)  # one of them waits for the dictionary
@given(st.lists(st.sampled_from([*sorted(_words()), *ODD_WORDS]), max_size=6).map("".join))
def test_any_words_have_a_name_in_english(words):
    """Words of all lists in any order, bounds and what no list knows: none breaks the English of a report."""
    english = composing.names(None, words, None)["en"]
    assert english or not words
    glossing.gloss(words)
