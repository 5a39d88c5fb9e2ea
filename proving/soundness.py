"""What must hold for the ledger of any text whatever: exact spans, and every numeral in it once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from analysis.extract import Ledger, Other, Statement

# Digits must be accounted for wherever they stand; a Chinese numeral may be part of a word (一般) and then is no number.
# A comma between digits may join one number or part two (1，17个), so what is counted is every run of digits.
DIGITS = re.compile("[0-9０-９]+")

Span = tuple[int, int]


def printed_spans(ledger: Ledger) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, as_written) of everything in a ledger that claims a place in the text."""
    for entry in ledger.entries:
        yield entry.start, entry.end, entry.as_written
        if isinstance(entry, Statement):
            for part in (entry.change, entry.previous):
                if part is not None:
                    yield part.start, part.end, part.as_written


def number_spans(entry: Statement | Other) -> Iterator[Span]:
    """Yield the spans of the numbers an entry speaks for: its value, the amount of its change, its earlier value."""
    if isinstance(entry, Other):
        yield entry.start, entry.end
        return
    if entry.value is not None:
        yield entry.start, entry.end
    if entry.change is not None and entry.change.amount_start is not None:
        yield entry.change.amount_start, entry.change.amount_end
    if entry.previous is not None:
        yield entry.previous.start, entry.previous.end


def uncovered(text: str, ledger: Ledger) -> list[Span]:
    """Return the digit numerals that lie in no entry of the ledger."""
    spans = _merge((start, end) for start, end, _ in printed_spans(ledger))
    starts = [start for start, _ in spans]
    missed = []
    for found in DIGITS.finditer(text):
        at = bisect_right(starts, found.start()) - 1
        if at < 0 or spans[at][1] < found.end():
            missed.append(found.span())
    return missed


def faults(text: str, ledger: Ledger) -> list[str]:
    """Return what is wrong with a ledger, one line a fault; an empty list is what every text must give."""
    found = [
        f"span {start}..{end} says {written!r}, the text says {text[start:end]!r}"
        for start, end, written in printed_spans(ledger)
        if not 0 <= start < end <= len(text) or text[start:end] != written
    ]
    found += [f"numeral {text[start:end]!r} at {start} is in no entry" for start, end in uncovered(text, ledger)]
    found += [f"{text[a:b]!r} at {a} and {text[c:d]!r} at {c} overlap" for (a, b), (c, d) in _clashes(ledger)]
    positions = [entry.start for entry in ledger.entries]
    if positions != sorted(positions):
        found.append("the entries are not in the order of the text")
    return found


def _clashes(ledger: Ledger) -> Iterator[tuple[Span, Span]]:
    """Yield pairs of numbers that overlap. Two statements may share one number whole (受理、审结案件各9件), nothing else may."""
    taken = sorted({(*span, isinstance(entry, Other)) for entry in ledger.entries for span in number_spans(entry)})
    for (a, b, _), (c, d, _) in pairwise(taken):
        if c < b:
            yield (a, b), (c, d)


def _merge(spans) -> list[Span]:
    """Join overlapping and touching spans."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
