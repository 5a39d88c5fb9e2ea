"""The grammar is data: YAML tables of named patterns, each with its meaning, examples and counterexamples.

Verbs of change and units are listed in the lexicon, since other rooms know them too. This module reads the tables and
compiles them into the two things the scanner needs: for every character that may begin a token, the one alternation of
rules that can start there; and the pattern that takes a quantity (number, magnitude, unit, hedges) apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ... import keeping
from ...lexicon import units as units_lexicon
from ...yamlfiles import load_own
from .macros import expand, signs, units_pattern
from .prefixes import first_characters, last_characters, prefixes, searchable

__all__ = [
    "Rule",
    "Scanned",
    "compiled",
    "dispatch",
    "expand",
    "first_characters",
    "last_characters",
    "load_rules",
    "load_table",
    "pattern",
    "searchable",
    "signs",
    "units",
]

# Earlier tables win where two rules could match at the same character.
SCANNED = ("amounts", "bases", "changes", "hedges", "periods", "not_statistics")
TABLES = ("numerals", "units", *SCANNED, "kinds", "naming", "context", "cells", "readings")


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a grammar table."""

    name: str
    pattern: str
    meaning: Any
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    lead: str = ""
    follow: str = ""
    table: str = ""

    def compiled(self) -> re.Pattern[str]:
        return keeping.pattern(expand(self.pattern))


def load_table(name: str) -> tuple[Rule, ...]:
    """Return the entries of one grammar table, in the order of the file."""
    if name == "units":
        loaded = units_lexicon.entries()
    else:
        loaded = load_own(files(__package__).joinpath(f"{name}.yml"))
    return tuple(_rule(entry, name) for entry in loaded)


def _rule(entry: dict, table: str) -> Rule:
    sequences = {key: tuple(entry[key]) for key in ("examples", "counterexamples")}
    return Rule(
        entry["name"], entry["pattern"], entry["meaning"], lead=entry.get("lead", ""), follow=entry.get("follow", ""), table=table, **sequences
    )


@cache
def load_rules() -> dict[str, Rule]:
    """Return every rule of every table by name."""
    return {rule.name: rule for table in TABLES for rule in load_table(table)}


def pattern(name: str) -> str:
    """Return the pattern of one rule, its macros replaced."""
    return expand(load_rules()[name].pattern)


def compiled(name: str) -> re.Pattern[str]:
    """Return the pattern of one rule, compiled."""
    return load_rules()[name].compiled()


class Scanned:
    """A rule of the scanner: `match` compiles its pattern when it is first asked, which in a short text few rules are."""

    __slots__ = ("kind", "match", "meaning", "name", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule, self.name, self.meaning = rule, rule.name, rule.meaning
        self.kind: str = rule.meaning["kind"]
        self.match: Callable[..., re.Match[str] | None] = self._match_first

    def _match_first(self, text: str, start: int, end: int) -> re.Match[str] | None:
        self.match = self.rule.compiled().match
        return self.match(text, start, end)


@cache
def dispatch() -> dict[str, tuple[Scanned, ...]]:
    """Map each beginning of a token, one or two characters, to the rules that can start with it, in order.

    A beginning of one character stands only where any character may follow; without the second character every 新, 大
    and 发 of a text would have to be looked at. A number counts as the one character 0. Each rule is compiled by
    itself: alternations of rules would be many, and slow to compile.
    """
    starters: dict[str, dict[str, Scanned]] = {}
    for rule in load_rules().values():
        if rule.table in SCANNED:
            entry = Scanned(rule)
            for prefix in prefixes(expand(rule.pattern), _FOLDED):
                for variant in _variants(prefix):
                    starters.setdefault(variant, {})[rule.name] = entry
    order = {name: place for place, name in enumerate(load_rules())}
    ordered: dict[frozenset[str], tuple[Scanned, ...]] = {}  # few beginnings have rules that no other has
    found: dict[str, tuple[Scanned, ...]] = {}
    for prefix, entries in starters.items():
        every = entries | starters.get(prefix[0], {})
        names = frozenset(every)
        if names not in ordered:
            ordered[names] = tuple(every[name] for name in sorted(every, key=order.__getitem__))
        found[prefix] = ordered[names]
    return found


_DIGITS = "0123456789０１２３４５６７８９"
_FOLDED = dict.fromkeys(_DIGITS, "0")


def _variants(prefix: str) -> Iterator[str]:
    """Spell a digit out that comes second; a number at the beginning stays 0, with the character after it."""
    if prefix[0] != "0" and prefix[1:] == "0":
        yield from (prefix[0] + digit for digit in _DIGITS)
    else:
        yield prefix


@cache
def units() -> tuple[dict[str, str], str]:
    """Return the family of every unit, and one pattern of all units (longest spelling first)."""
    found = units_lexicon.patterns()
    families = {spelling: meaning["family"] for spelling, (_, meaning) in found.items()}
    return families, units_pattern()
