"""The words of changes.yml: verbs of change, their rates, and the streaks they make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .. import keeping
from ..yamlfiles import load_own

__all__ = ["ARROWS", "Entry", "alternation", "direction_of", "entries", "falling", "manner_of", "rising", "streak", "words"]

PATH = Path(__file__).with_name("changes.yml")
ARROWS = "↑↓▲▼△▽⬆⬇"  # signs before or behind a figure that say which way it went
REACHES = ("到", "至", "为", "成")


@dataclass(frozen=True, slots=True)
class Entry:
    """One sort of word: where it may stand (`use`), which way it says things went, its words in Chinese and its English."""

    name: str
    use: str
    zh: tuple[str, ...]
    en: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    direction: str | None = None


@cache
def entries() -> tuple[Entry, ...]:
    """Return the entries of the list, in its order."""
    loaded = load_own(PATH)
    return tuple(Entry(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}) for entry in loaded)


@cache
def words(use: str, direction: str | None = None) -> tuple[str, ...]:
    """Return the words of one use (and one direction), the longest first.

    >>> words("short", "down")
    ('衰退', '降', '减', '跌', '缩')
    """
    found = [word for entry in entries() if entry.use == use and direction in (None, entry.direction) for word in entry.zh]
    return tuple(sorted(found, key=lambda word: -len(word)))


def alternation(use: str, direction: str | None = None) -> str:
    """Return the words of one use as a pattern, without brackets around it."""
    return "|".join(map(re.escape, words(use, direction)))


@cache
def rising() -> tuple[str, ...]:
    """Return the words that, anywhere between two levels, say that the second is higher: verbs, and the short ones that reach it (升至)."""
    return _moving("up")


@cache
def falling() -> tuple[str, ...]:
    """Return the words that, anywhere between two levels, say that the second is lower."""
    return _moving("down")


def _moving(direction: str) -> tuple[str, ...]:
    return (*words("verb", direction), *(word + reach for word in words("short", direction) for reach in REACHES[:3]))


@cache
def direction_of(word: str) -> str | None:
    """Return up, down or flat for a verb of change (with or without 到), None for another word.

    >>> direction_of("激增"), direction_of("降至"), direction_of("持平"), direction_of("受理")
    ('up', 'down', 'flat', None)
    """
    bare = word.rstrip("".join(REACHES)) or word
    return next((entry.direction for entry in entries() if entry.direction and (word in entry.zh or bare in entry.zh)), None)


@cache
def manner_of(written: str) -> str:
    """Return the English adverb of how a change went, by the first word of manner in it; "" where it has none.

    >>> manner_of("大幅下降"), manner_of("同比下降")
    ('sharply', '')
    """
    found = [(written.index(word), -len(word), entry.en) for entry in entries() if entry.use == "manner" for word in entry.zh if word in written]
    return min(found)[2] if found else ""


@cache
def streak() -> re.Pattern[str]:
    """Return the pattern of a direction that was kept: its groups are how many, of what, and the verb.

    >>> streak().search("连续六年攀升").groups()
    ('六', '年', '攀升')
    """
    between = "|".join((*words("manner"), *words("streak")))
    return keeping.pattern(rf"连续([\d一二两三四五六七八九十]+)(年|个?月|个?季度|周)(?:{between}|的?)*({alternation('verb')})")
