"""The classes of words: each shows what it holds, is used by something, and what patterns are made of says the same."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from analysis.extract.grammar import expand, load_rules
from analysis.extract.grammar import macros as macros_module
from analysis.lexicon import wordlists
from analysis.lexicon.wordlists import LISTS, word_classes

PACKAGE = Path(wordlists.__file__).parents[1]
CLASSES = list(word_classes().values())
MACROS = macros_module.macros()


@pytest.mark.parametrize("entry", CLASSES, ids=lambda entry: entry.name)
def test_a_class_shows_what_it_holds(entry):
    pattern = re.compile(entry.pattern())
    assert entry.en and entry.examples and entry.counterexamples
    assert [word for word in entry.zh if not pattern.fullmatch(word)] == []
    assert [text for text in entry.examples if not pattern.search(text)] == []
    assert [text for text in entry.counterexamples if pattern.search(text)] == []
    assert set(entry.not_before) | set(entry.not_behind) <= set(entry.zh)


def test_a_class_and_a_word_of_it_stand_once():
    keys = Counter(key for name in LISTS for key in re.findall("(?m)^([a-z_]+):", (PACKAGE / f"lexicon/{name}.yml").read_text("utf-8")))
    assert [key for key, count in keys.items() if count > 1] == []
    for name in LISTS:
        for key, said in yaml.safe_load((PACKAGE / f"lexicon/{name}.yml").read_text("utf-8")).items():
            assert len(set(said["zh"])) == len(said["zh"]), key


def test_every_class_is_used():
    """By a pattern or a macro, or by its name in a module."""
    patterns = [rule.pattern for rule in load_rules().values()] + [said["pattern"] for said in MACROS.values()]
    patterns += [text for path in PACKAGE.rglob("*.py") for text in literals(path)]
    named = {name.lower() for pattern in patterns for name in re.findall("<([A-Z_]+)>", pattern)}
    named |= {text for text in patterns if re.fullmatch("[a-z_]+", text)}
    assert [entry.name for entry in CLASSES if entry.name not in named] == []


@pytest.mark.parametrize("name", [name for name, said in MACROS.items() if "examples" in said])
def test_a_macro_matches_its_examples(name):
    pattern = re.compile(expand(f"<{name}>"))
    assert [text for text in MACROS[name]["examples"] if not pattern.fullmatch(text)] == []
    assert [text for text in MACROS[name]["counterexamples"] if pattern.fullmatch(text)] == []


def literals(path: Path):
    """The strings of a module but its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    holders = [node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))]
    told = {id(node.body[0].value) for node in holders if ast.get_docstring(node)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told]


# Words belong in the lists and the grammar; a literal holds the sign or the unit a rule is about.
HAN = re.compile("[㐀-鿿]")
MOST = 400


def test_few_words_stand_in_the_modules_of_reading():
    counted = {path: sum(len(HAN.findall(text)) for text in literals(path)) for path in (PACKAGE / "extract").rglob("*.py")}
    most = sorted(counted.items(), key=lambda item: -item[1])[:5]
    assert sum(counted.values()) < MOST, [f"{path.name}: {count}" for path, count in most]


