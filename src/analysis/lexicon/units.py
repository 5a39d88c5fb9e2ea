"""The units of units.yml: their families, which of them count the same thing, and which are counted in whole numbers."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ..yamlfiles import load_own

__all__ = ["canonical", "common", "entries", "family_of", "is_whole", "listed_as", "same_kind", "spellings"]

PATH = Path(__file__).with_name("units.yml")


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """Return the entries of the list, in its order."""
    return tuple(load_own(PATH))


@cache
def patterns() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return every spelling with its pattern (the spelling, and what must not follow it) and the meaning of its entry."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for entry in entries():
        for pattern in _alternatives(entry["pattern"]):
            found.setdefault(_spelling(pattern), (pattern, entry["meaning"]))
    return found


def spellings() -> tuple[str, ...]:
    """Return every spelling of a unit, the longest first."""
    return tuple(sorted(patterns(), key=lambda spelling: (-len(spelling), spelling)))


@cache
def listed_as(*names: str) -> frozenset[str]:
    """Return every spelling of the units of some entries.

    >>> "支" in listed_as("things"), "件" in listed_as("things", "places")
    (True, False)
    """
    alternatives = (pattern for entry in entries() if entry["name"] in names for pattern in _alternatives(entry["pattern"]))
    return frozenset(_spelling(pattern) for pattern in alternatives)


def _spelling(pattern: str) -> str:
    """The spelling that a pattern begins with, before what must not follow it."""
    return pattern.split("(?", 1)[0].replace("\\", "")


def _alternatives(pattern: str) -> list[str]:
    """Split a pattern at its outermost bars."""
    parts, depth, last = [], 0, 0
    for i, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            parts.append(pattern[last:i])
            last = i + 1
    return [*parts, pattern[last:]]


@cache
def common() -> str:
    """Return the one-character units that even a numeral of one character before makes worth reading, in one string."""
    return "".join(unit for entry in entries() for unit in entry["meaning"].get("common", ()))


@cache
def family_of(unit: str | None) -> str | None:
    """Return ratio, money, count, measure or time, None for a unit that is not listed.

    >>> family_of("件"), family_of("分贝"), family_of("斗")
    ('count', 'measure', None)
    """
    found = patterns().get(unit or "")
    return found[1]["family"] if found else None


@cache
def is_whole(unit: str | None) -> bool:
    """Say whether only whole numbers of a unit exist; of one that is not listed nobody knows.

    >>> is_whole("件"), is_whole("英镑"), is_whole("分贝"), is_whole(None)
    (True, False, False, False)
    """
    found = patterns().get(unit or "")
    return found is not None and found[1]["whole"]


@cache
def canonical(unit: str) -> str:
    """Return the spelling that stands for all that count the same thing.

    >>> canonical("宗"), canonical("名"), canonical("吨")
    ('件', '人', '吨')
    """
    return next((group[0] for entry in entries() for group in entry["meaning"].get("same", ()) if unit in group), unit)


def same_kind(one: str, other: str) -> bool:
    """Say whether two units count the same sort of thing (件 and 起, 人 and 名).

    >>> same_kind("件", "起"), same_kind("件", "人"), same_kind("吨", "吨")
    (True, False, True)
    """
    return canonical(one) == canonical(other)
