"""What a regular expression can begin with: its possible first one or two characters.

Read from the parse tree of `re`, so that a grammar entry need not say it.
"""

from __future__ import annotations

import re
import re._constants as ops
import re._parser as sre
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ... import keeping

# Stands for a character that could be anything; a prefix is cut before it.
ANY = "\x00"
SPACES = frozenset(filter(str.isspace, map(chr, range(0x3001))))


def prefixes(pattern: str, folded: Mapping[str, str] = {}) -> set[str]:
    """Return the beginnings of the matches of ``pattern``: two characters, or one where anything may follow.

    Characters are replaced as ``folded`` says; where digits are folded to 0, a number of any length counts as one character.

    >>> sorted(prefixes("同比|环[比节]?"))
    ['同比', '环', '环比', '环节']
    """
    found: set[str] = keeping.kept(__file__, f"prefixes {sorted(folded.items())}", pattern, lambda: _beginnings(pattern, folded))
    if "" in found:
        raise ValueError(f"a pattern may not begin with just anything, nor be empty: {pattern}")
    return found


def _beginnings(pattern: str, folded: Mapping[str, str]) -> set[str]:
    return {prefix.partition(ANY)[0] for prefix in _Reader(folded).sequence(sre.parse(pattern), 2)}


def first_characters(pattern: str) -> frozenset[str]:
    """Return the characters a match of ``pattern`` can begin with: where none of them stands, it need not be tried."""
    return frozenset(prefix[0] for prefix in prefixes(pattern))


def last_characters(pattern: str) -> frozenset[str]:
    """Return the characters a match of ``pattern`` can end with.

    >>> sorted(last_characters("(?:同比|环[比节])+$"))
    ['比', '节']
    """
    return frozenset(_Reader({}, backwards=True).sequence(sre.parse(pattern), 1))


def searchable(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that is only asked where it first begins: its first characters stand before it as one class, so that a search can skip,
    and what may follow those that cannot stand alone as another, so that it is seldom tried.

    >>> searchable("同比|环[比节]").search("今年环比").span()
    (2, 3)
    """
    begins = prefixes(pattern)
    alone = {prefix for prefix in begins if len(prefix) == 1}
    seconds = {prefix[1] for prefix in begins if prefix[0] not in alone}
    follows = [f"(?<={any_of(alone)})"] * bool(alone) + [f"(?={any_of(seconds)})"] * bool(seconds)
    return keeping.pattern(f"{any_of(prefix[0] for prefix in begins)}(?:{'|'.join(follows)})(?<=(?={pattern}).)", re.DOTALL)


def any_of(characters: Iterable[str]) -> str:
    """Some characters as a class of a pattern.

    >>> any_of("比-同")
    '[\\\\-同比]'
    """
    return "[" + re.escape("".join(sorted(set(characters)))) + "]"


def joined(a: str, b: str) -> str:
    """Join two beginnings; a run of digits, folded to 0, stays one 0, so that what follows the number shows."""
    return a + b[1:] if a.endswith("0") and b.startswith("0") else a + b


def _joined_all(firsts: set[str], seconds: set[str], length: int) -> set[str]:
    """Every first joined with every second, no longer than ``length``: of the seconds only as much is tried as still counts."""
    needed: dict[int, set[str]] = {}
    found: set[str] = set()
    for first in firsts:
        need = length if first.endswith("0") else max(length - len(first), 0)
        if need not in needed:
            needed[need] = {second[:need] for second in seconds}
        if first.endswith("0"):
            found.update(joined(first, second)[:length] for second in needed[need])
        else:
            found.update(map(first.__add__, needed[need]))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads beginnings (or, backwards, ends of one character) off a parse tree."""

    folded: Mapping[str, str]
    backwards: bool = False

    def sequence(self, items: Iterable, length: int) -> set[str]:
        """Beginnings of a parsed sequence; a shorter one than ``length`` is a whole match."""
        found = {""}
        for op, value in reversed(list(items)) if self.backwards else items:
            open_ends = {prefix for prefix in found if len(prefix) < length}
            if not open_ends:
                break
            following = self.item(op, value, length)
            found = (found - open_ends) | _joined_all(open_ends, following, length)
        return found

    def item(self, op, value, length: int) -> set[str]:
        if op is ops.LITERAL:
            return {self.folded.get(chr(value), chr(value))}
        if op is ops.IN:
            return self.members(value)
        if op in (ops.NOT_LITERAL, ops.ANY):
            return {ANY}
        if op is ops.SUBPATTERN:
            return self.sequence(value[-1], length)
        if op is ops.BRANCH:
            return set().union(*(self.sequence(branch, length) for branch in value[1]))
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            least, most, body = value
            return self.repeat(least, most, body, length)
        if op is ops.ASSERT and value[0] == 1 and not self.backwards:
            return self.sequence(value[1], length) or {""}  # what must follow narrows a beginning, though it is no part of the match
        return {""}

    def repeat(self, least: int, most: int, body, length: int) -> set[str]:
        once = self.sequence(body, length)
        twice = _joined_all(once, once, length) if most > 1 and min(map(len, once)) < length else set()
        return ({""} if not least else set()) | (once if least < 2 else set()) | twice

    def members(self, items) -> set[str]:
        found: set[str] = set()
        for op, value in items:
            if op is ops.LITERAL:
                found.add(self.folded.get(chr(value), chr(value)))
            elif op is ops.RANGE and value[1] - value[0] < 200:
                found.update(self.folded.get(chr(code), chr(code)) for code in range(value[0], value[1] + 1))
            elif op is ops.CATEGORY and value is ops.CATEGORY_SPACE:
                found.update(SPACES)
            else:
                return {ANY}
        return found
