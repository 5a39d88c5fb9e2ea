"""A text cut into pieces, each with the entries whose words it is."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Where some words of an entry stand; `role` is value, change or previous."""

    start: int
    end: int
    entry: str
    role: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same spans; `first` are the entries whose value begins with it."""

    text: str
    spans: tuple[Span, ...]
    first: tuple[str, ...]


def pieces(text: str, spans: Iterable[Span]) -> Iterator[Piece]:
    """Cut `text` where a span begins or ends; together the pieces are the text."""
    opening, closing = defaultdict(list), defaultdict(list)
    for span in spans:
        opening[span.start].append(span)
        closing[span.end].append(span)
    under: list[Span] = []
    cuts = sorted({0, len(text), *opening, *closing})
    for start, end in itertools.pairwise(cuts):
        under = [span for span in under if span.end > start] + opening[start]
        first = tuple(span.entry for span in opening[start] if span.role == "value")
        # The innermost words come last, so that the page can speak of them first.
        yield Piece(text[start:end], tuple(sorted(under, key=lambda span: span.start - span.end)), first)
