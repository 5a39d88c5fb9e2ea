"""The grammar's entries and their examples hold each other: every pattern matches its examples, and none of its counterexamples."""

import ast
import re
import re._constants as ops
import re._parser as sre
import warnings
from pathlib import Path

import pytest

from analysis.extract import grammar
from analysis.extract.grammar.prefixes import prefixes
from analysis.extract.mentions import find_tokens

PACKAGE = Path(grammar.__file__).parents[2]
RULES = list(grammar.load_rules().values())
NAMES = [rule.name for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_an_entry_says_what_it_means_and_shows_both_sides(rule):
    assert re.fullmatch("[a-z_]+", rule.name)
    assert rule.meaning and rule.examples and rule.counterexamples


def test_names_are_unique_over_all_tables():
    assert (
        len(NAMES)
        == len({rule.name for table in grammar.TABLES for rule in grammar.load_table(table)})
        == sum(len(grammar.load_table(table)) for table in grammar.TABLES)
    )


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_pattern_matches_its_examples(rule):
    for example in rule.examples:
        text = rule.lead + example + rule.follow
        found = rule.compiled().search(text, len(rule.lead))
        assert found, f"{rule.name} does not match {text}"
        if rule.table != "kinds":
            assert found.span() == (len(rule.lead), len(rule.lead) + len(example)), f"{rule.name} takes {found.group()} of {text}"


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_pattern_refuses_its_counterexamples(rule):
    for counterexample in rule.counterexamples:
        text = rule.lead + counterexample + rule.follow
        found = rule.compiled().search(text)
        assert found is None, f"{rule.name} takes {found.group()} of {text}"


SCANNED = [rule for rule in RULES if rule.table in grammar.SCANNED and rule.meaning["kind"] != "hedge"]


@pytest.mark.parametrize("rule", SCANNED, ids=[rule.name for rule in SCANNED])
def test_the_scanner_finds_each_example_by_its_own_rule(rule):
    for example in rule.examples:
        text = f"{rule.lead}{example}{rule.follow}，共5件"
        tokens = {(token.rule, text[token.start : token.end]) for token in find_tokens(text, 0, len(text))}
        assert (rule.name, example) in tokens, f"{rule.name} does not get {example}: {tokens}"


UNITS = [(spelling, rule.meaning["family"]) for rule in grammar.load_table("units") for spelling in rule.examples]


@pytest.mark.parametrize("unit,family", UNITS, ids=[unit for unit, _ in UNITS])
def test_a_unit_is_read_with_its_family(unit, family):
    text = f"共{12}{unit}。"
    (token,) = [token for token in find_tokens(text, 0, len(text)) if token.kind in ("quantity", "duration")]
    assert text[token.start : token.end] == f"12{unit}"
    if token.kind == "duration":
        assert family == "time"
        return
    quantity = token.meaning
    assert quantity.family == family


HEDGES = [(rule, example) for rule in grammar.load_table("hedges") for example in rule.examples]


@pytest.mark.parametrize("rule,hedge", HEDGES, ids=[hedge for _, hedge in HEDGES])
def test_a_hedge_is_part_of_its_quantity(rule, hedge):
    text = f"发案{hedge}{rule.follow}。"
    (quantity,) = [token.meaning for token in find_tokens(text, 0, len(text)) if token.kind == "quantity"]
    assert text[quantity.start : quantity.end] == hedge + rule.follow
    assert quantity.hedge == rule.meaning.get("hedge")
    assert quantity.comparator == rule.meaning.get("comparator")


def test_prefixes_hold_what_a_pattern_can_begin_with():
    for rule in SCANNED:
        starts = prefixes(grammar.expand(rule.pattern))
        for example in rule.examples:
            text = example + rule.follow
            assert text[:2] in starts or text[0] in starts, f"{rule.name}: {example}"


def test_every_macro_of_the_tables_is_known():
    for rule in RULES:
        assert not re.search("<[A-Z]+>", grammar.expand(rule.pattern)), rule.name


# --- every supported Python reads alike -----------------------------------------------------------------------------------------

# Python 3.11.2, which Debian 12 has, misreads a possessive repeat of a group.
POSSESSIVE = re.compile(r"(?:[)\]}?*+.]|\\?\w)(?:[?*+]|\{\d*,?\d*\})\+(?!\+)|\(\?>")


def written_patterns():
    """Every literal that looks like a pattern, with where it stands."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[\[(|\\]", node.value):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node.value
    for rule in RULES:
        yield rule.name, rule.pattern


def test_no_pattern_repeats_possessively():
    found = [f"{place}: {pattern[:80]}" for place, pattern in written_patterns() if is_possessive(pattern)]
    assert not found, found


def is_possessive(pattern: str) -> bool:
    """Whether a pattern holds a possessive repeat or an atomic group, by Python's own parser where the whole of it stands here."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = sre.parse(pattern)
    except (re.error, OverflowError):
        return POSSESSIVE.search(re.sub(r"\[(?:\\.|[^\]\\])*\]", "[]", pattern)) is not None
    return any(op in (ops.POSSESSIVE_REPEAT, ops.ATOMIC_GROUP) for op in operations(tree))


def operations(items):
    for op, value in items:
        yield op
        for part in value if isinstance(value, (tuple, list)) else (value,):
            if isinstance(part, sre.SubPattern):
                yield from operations(part)
            elif isinstance(part, list):
                for branch in part:
                    if isinstance(branch, sre.SubPattern):
                        yield from operations(branch)


@pytest.mark.parametrize("pattern", ["(?:ab)?+", "[0-9]++", "(?>ab)", "(?:a|(?:b)*+)c"])
def test_a_possessive_repeat_would_be_found(pattern):
    assert is_possessive(pattern) and not is_possessive("(?:ab)?[+]a+|b*")
