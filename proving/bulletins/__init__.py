"""Made-up bulletins whose arithmetic is known: true claims, rounded and hedged in every way, and false ones.

Each `Story` is one claim about an indicator of its own. `Story.write(error)` gives its sentences, a text for
each document, with the stated number off by `error` (in its own unit); without an error everything printed
is true of one underlying series.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from . import levels, ratios, series, sums
from .story import FIRST, SECOND, THIRD, Story

__all__ = ["FIRST", "SECOND", "THIRD", "Story", "stories"]

KINDS = (*levels.KINDS, *ratios.KINDS, *sums.KINDS, *series.KINDS)


def stories(count: int, seed: int) -> Iterator[Story]:
    """Yield so many stories of all kinds; the same for the same seed."""
    rng = random.Random(seed)
    nouns = [a + b + c for a in FIRST for b in SECOND for c in THIRD]
    rng.shuffle(nouns)
    for place in range(count):
        yield rng.choice(KINDS)(nouns[place % len(nouns)], rng)
