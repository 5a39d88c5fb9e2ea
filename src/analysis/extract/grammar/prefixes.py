"""What a regular expression can begin with: its possible first one or two characters.

Read from the parse tree of `re`, so that a grammar entry need not say it.
"""

from __future__ import annotations

import re._constants as ops
import re._parser as sre
from typing import Iterable

# Stands for a character that could be anything; a prefix is cut before it.
ANY = "\x00"


def prefixes(pattern: str) -> set[str]:
    """Return the beginnings of the matches of ``pattern``: two characters, or one where anything may follow.

    >>> sorted(prefixes("同比|环[比节]?"))
    ['同比', '环', '环比', '环节']
    """
    found = {prefix.partition(ANY)[0] for prefix in _sequence(sre.parse(pattern), 2)}
    if "" in found:
        raise ValueError(f"a pattern may not begin with just anything, nor be empty: {pattern}")
    return found


def _sequence(items: Iterable, length: int) -> set[str]:
    """Beginnings of a parsed sequence; a shorter one than ``length`` is a whole match."""
    found = {""}
    for op, value in items:
        open_ends = {prefix for prefix in found if len(prefix) < length}
        if not open_ends:
            break
        following = _item(op, value, length)
        found = (found - open_ends) | {(a + b)[:length] for a in open_ends for b in following}
    return found


def _item(op, value, length: int) -> set[str]:
    if op is ops.LITERAL:
        return {chr(value)}
    if op is ops.IN:
        return _members(value)
    if op in (ops.NOT_LITERAL, ops.ANY):
        return {ANY}
    if op is ops.SUBPATTERN:
        return _sequence(value[-1], length)
    if op is ops.BRANCH:
        return set().union(*(_sequence(branch, length) for branch in value[1]))
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, most, body = value
        once = _sequence(body, length)
        twice = {(a + b)[:length] for a in once for b in once} if most > 1 and min(map(len, once)) < length else set()
        return ({""} if not least else set()) | (once if least < 2 else set()) | twice
    return {""}  # assertions and anchors take no character


def _members(items) -> set[str]:
    found: set[str] = set()
    for op, value in items:
        if op is ops.LITERAL:
            found.add(chr(value))
        elif op is ops.RANGE:
            found.update(chr(code) for code in range(value[0], value[1] + 1) if value[1] - value[0] < 200)
            found |= {ANY} if value[1] - value[0] >= 200 else set()
        else:
            return {ANY}
    return found
