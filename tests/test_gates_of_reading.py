"""What reading asks first, to see cheaply that there is nothing to find, never hides what there is: each gate against the way without it."""

from __future__ import annotations

import unicodedata

import pytest

from analysis.extract import grammar, kinds
from analysis.extract.naming import deeds, heads
from analysis.lexicon import classes
from analysis.lexicon.script import fold

TEXTS = [text for rule in grammar.load_rules().values() for text in (*rule.examples, *rule.counterexamples)]
NAMES = [
    name
    for listed in (classes.acts(), classes.heads(), classes.topics(), classes.measures(), classes.qualifiers())
    for entry in listed.values()
    for name in (*entry.spellings, *entry.examples, *entry.counterexamples)
]


def test_a_name_is_plain_where_no_sign_of_it_could_change():
    for sign in map(chr, range(0x10000)):
        if not "\ud800" <= sign <= "\udfff":
            assert classes.plain(sign) == fold(unicodedata.normalize("NFKC", sign)).translate(classes.IGNORED).casefold(), sign


@pytest.mark.parametrize("words", [deeds._known_words(), heads._heads()], ids=["acts, objects, measures", "heads"])
def test_a_word_is_found_by_its_first_two_signs(words):
    found = [name for name in NAMES if heads.holds_one(name, words)]
    assert found == [name for name in NAMES if any(name[at : at + size] in words for size in (2, 3, 4, 5) for at in range(len(name) - size + 1))]
    assert 0 < len(found) < len(NAMES)


def test_what_any_rule_of_kinds_finds_behind_a_number_all_of_them_together_find():
    rules = [pattern for pattern, _ in kinds._patterns("after")]
    behind = [text[at : at + 16] for text in TEXTS for at in range(len(text))]
    found = [words for words in behind if any(pattern.match(words) for pattern in rules)]
    assert found and found == [words for words in behind if kinds._any_of("after").match(words)]


@pytest.mark.parametrize("name", ["one_case_told", "in_all"])
def test_a_pattern_that_is_asked_only_where_it_begins_begins_there(name):
    places = [found.start() if (found := grammar.compiled(name).search(text)) else -1 for text in TEXTS]
    asked = [found.start() if (found := grammar.searchable(grammar.pattern(name)).search(text)) else -1 for text in TEXTS]
    assert places == asked and max(places) >= 0
