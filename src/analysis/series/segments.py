"""The text of a document as far as its claims quote it: quotes laid side by side by their offsets, and the brackets that open in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass

from .claims import Claim

__all__ = ["SENTENCE_END", "Segment", "segments_of", "stacks_of"]

SENTENCE_END = re.compile(r"[。！？!?\n\r]")
# A quote may leave out the mark that ends its sentence.
UNSEEN = "\x00"
STACKED = re.compile(r"[（(）)。！？!?\n\r]")
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document that quotes show without a gap: where it starts, its text, and where its sentences end."""

    start: int
    text: str
    breaks: tuple[int, ...]

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.text)


def segments_of(members: list[Claim]) -> list[Segment]:
    """Return the stretches that the quotes of a document's claims show, in order; quotes that overlap or touch are one."""
    pieces = sorted(_placed_quotes(members))
    merged: list[tuple[int, str]] = []
    for start, text in pieces:
        if merged and start <= merged[-1][0] + len(merged[-1][1]) + 1:
            first, so_far = merged[-1]
            overlap = first + len(so_far) - start
            addition = text[overlap:] if overlap >= 0 else UNSEEN + text
            merged[-1] = (first, so_far + addition)
        else:
            merged.append((start, text))
    return [Segment(start, text, tuple(start + found.end() for found in SENTENCE_END.finditer(text))) for start, text in merged]


def _placed_quotes(members: list[Claim]) -> set[tuple[int, str]]:
    """Return each quote with its offset: the place where all of its claims' words stand where they say."""
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for claim in members:
        if not claim.quote:
            continue
        place = claim.quote.find(claim.as_written)
        while claim.as_written and place >= 0:
            if _fits(claim, claim.start - place):
                votes[claim.quote][claim.start - place] += 1
            place = claim.quote.find(claim.as_written, place + 1)
    placed = set()
    in_order = {quote: sorted(found) for quote, found in votes.items()}
    for claim in members:
        every = in_order.get(claim.quote, [])
        starts = every[bisect_right(every, claim.start - len(claim.quote)) : bisect_right(every, claim.start)]
        if starts:
            placed.add((max(starts, key=lambda start: (votes[claim.quote][start], -start)), claim.quote))
    return placed


def _fits(claim: Claim, start: int) -> bool:
    change = claim.change
    if change is None or change.start is None or change.end is None:
        return True
    inside = 0 <= change.start - start and change.end - start <= len(claim.quote)
    return not inside or claim.quote[change.start - start : change.end - start] == change.as_written


def stacks_of(segment: Segment) -> tuple[list[int], list[tuple[int, ...]]]:
    """Return where brackets open or close in a segment, and what stands open before the first of these places and behind each.

    A sentence closes what was left open in it; of brackets in brackets the `DEEPEST` first are told apart.
    """
    places: list[int] = []
    stacks: list[tuple[int, ...]] = [()]
    opened: list[int] = []
    too_deep = 0
    for mark in STACKED.finditer(segment.text):
        if mark[0] in "（(":
            too_deep += len(opened) == DEEPEST
            if len(opened) < DEEPEST:
                opened.append(segment.start + mark.start())
        elif mark[0] in "）)":
            if too_deep:
                too_deep -= 1
            elif opened:
                opened.pop()
        else:
            opened, too_deep = [], 0
        places.append(segment.start + mark.start())
        stacks.append(tuple(opened))
    return places, stacks
