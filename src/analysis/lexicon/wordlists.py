"""Classes of words that are no more than their words: connectives, hedges, times, numerals, light verbs, nouns of office.

Each list is a YAML file beside this module: class -> `en` (what its words say), `zh` (the words, or each with what it means), examples and
counterexamples (texts in which one of the words is, or is not, found). `not_before` and `not_behind` say for a word what makes another one
of it: 到 before 位 is 到位.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..yamlfiles import load_own

__all__ = ["WordClass", "alternation", "is_class", "meanings", "word_classes", "words"]

LISTS = ("connectives", "hedges", "times", "numerals", "verbs", "nouns", "heads")


@dataclass(frozen=True, slots=True)
class WordClass:
    """One class: its words in the order of the file, what each means (None where the class says it), and what makes another word of it."""

    name: str
    en: str
    zh: Mapping[str, Any]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    not_before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def pattern(self) -> str:
        """The words as alternatives of a regular expression, the longest first, without brackets around them."""
        return "|".join(map(self._guarded, sorted(self.zh, key=lambda word: (-len(word), word))))

    def _guarded(self, word: str) -> str:
        behind, before = self.not_behind.get(word, ()), self.not_before.get(word, ())
        return "".join(f"(?<!{sign})" for sign in behind) + re.escape(word) + (f"(?!{_choice(before)})" if before else "")


def _choice(words: tuple[str, ...]) -> str:
    """Any of some words, those of one sign as one class; a longer one may be a pattern (建(?!设))."""
    signs = "".join(word for word in words if len(word) == 1)
    return "|".join(([f"[{re.escape(signs)}]"] if signs else []) + [word for word in words if len(word) > 1])


@cache
def word_classes() -> dict[str, WordClass]:
    """Every class of every list by its name."""
    found: dict[str, WordClass] = {}
    for name in LISTS:
        for key, said in load_own(Path(__file__).with_name(f"{name}.yml")).items():
            found[key] = _word_class(key, said)
    return found


def _word_class(name: str, said: Mapping[str, Any]) -> WordClass:
    zh = said["zh"] if isinstance(said["zh"], dict) else dict.fromkeys(said["zh"])
    guards = {side: {word: tuple(others) for word, others in said.get(side, {}).items()} for side in ("not_before", "not_behind")}
    return WordClass(name, said["en"], zh, tuple(said["examples"]), tuple(said["counterexamples"]), **guards)


def is_class(name: str) -> bool:
    """Whether some list has a class of that name."""
    return name in word_classes()


@cache
def words(*names: str) -> tuple[str, ...]:
    """The words of some classes, in the order of their lists.

    >>> words("joins")[:3]
    ('、', '和', '及')
    """
    return tuple(word for name in names for word in word_classes()[name].zh)


@cache
def meanings(name: str) -> dict[str, Any]:
    """What each word of a class means.

    >>> meanings("hundreds")
    {'百': 100, '千': 1000}
    """
    return dict(word_classes()[name].zh)


@cache
def alternation(name: str) -> str:
    """The words of a class as alternatives of a regular expression.

    >>> alternation("not_quite")
    '不到|不足'
    """
    return word_classes()[name].pattern()
