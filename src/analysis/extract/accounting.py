"""The account of a text: every numeral of it lies in one entry, once."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ..documents.leaving import first_names
from ..documents.model import LeftOut
from ..documents.parting import IN_ITS_PLACE, OF_A_FIGURE
from ..writing.acting import TURNS, visible
from .grammar import compiled
from .records import Other, Statement

# What is accounted for: every run of digits, and every run of Chinese numerals.
# (One class first, so that a search can skip to it.)
NUMERAL = compiled("account")

OTHER_DIGITS = compiled("other_digits")

Span = tuple[int, int]


def account(text: str, statements: list[Statement], said: list[tuple[int, int, str]]) -> tuple[list[Other], int, list[Span]]:
    """Return the numerals of a text that are no statistic, each once; how many numerals it has; and those that are part in, part out of an entry.

    ``said`` are the spans that reading took for something else, with what they are; the rest are words.
    """
    others: list[Other] = []
    missed: list[Span] = []
    taken = sorted(span for statement in statements for span in spans_of(statement))
    taken.append(_NEVER)
    spans = iter(sorted(said))
    first = reach = count = 0
    said_start, said_end, said_kind = next(spans, _NOTHING)
    for found in NUMERAL.finditer(text):
        count += 1
        start, end = a, b = found.span()
        if end <= reach:
            continue
        while said_end <= a:
            said_start, said_end, said_kind = next(spans, _NOTHING)
        kind = "word"
        if said_start < b:
            a, b, kind = said_start, said_end, said_kind
        while taken[first][1] <= a:
            first += 1
        if taken[first][0] < b:
            if not _holds(taken, first, start, end):
                missed.append((start, end))
        elif a <= start and end <= b and a >= reach:
            others.append(Other(text[a:b], a, b, kind))
            reach = b
        else:
            missed.append((start, end))
    return others, count, missed


# What follows the last span of a text: nothing overlaps it.
_NEVER = sys.maxsize, sys.maxsize
_NOTHING = *_NEVER, "word"


def _holds(spans: list[Span], first: int, start: int, end: int) -> bool:
    """Whether one of some sorted spans, from ``first`` on, holds all of ``start`` to ``end``."""
    while spans[first][0] <= start:
        if end <= spans[first][1]:
            return True
        first += 1
    return False


def spans_of(entry: Statement | Other) -> list[Span]:
    """Every span of the text an entry speaks for."""
    spans = [(entry.start, entry.end)]
    if type(entry) is Statement:
        if entry.change is not None:
            spans.append((entry.change.start, entry.change.end))
        if entry.previous is not None:
            spans.append((entry.previous.start, entry.previous.end))
    return spans


def find_missed(text: str, entries: list[Statement | Other]) -> tuple[int, list[Span]]:
    """Count the numerals of a text; return the number, and the spans of those that lie in no entry."""
    spans = sorted(span for entry in entries for span in spans_of(entry))
    spans.append((len(text) + 1, 0))
    total = index = reach = 0
    missed = []
    for found in NUMERAL.finditer(text):
        total += 1
        start, end = found.span()
        while spans[index][0] <= start:
            reach = max(reach, spans[index][1])
            index += 1
        if end > reach:
            missed.append((start, end))
    return total, missed


def complete(entries: list[Statement | Other], text: str, total: int, missed: list[Span]) -> tuple[list[Statement | Other], int]:
    """The entries with those for the numerals none holds, and how many of all the numerals lie in entries then, looked for anew."""
    if missed:
        entries = add_missed(entries, text, missed)
        total -= sum(1 for _ in _still_missed(entries, text, missed))
    return entries, total


def _still_missed(entries: list[Statement | Other], text: str, missed: list[Span]) -> Iterator[Span]:
    """Those numerals of which a part that is a numeral lies in no entry; a line of figures with commas between them lies in many."""
    held = _Held(entries)
    for start, end in missed:
        at = start
        for a, b, _ in [*held.touching(start, end), (end, end, None)]:
            if at < a and NUMERAL.search(text, at, a):
                yield start, end
                break
            at = max(at, b)


class _Held:
    """The spans that entries speak for, in the order of the text."""

    def __init__(self, entries: list[Statement | Other]) -> None:
        self.spans = sorted(((a, b, entry) for entry in entries for a, b in spans_of(entry)), key=lambda span: span[:2])
        self.starts = [a for a, _, _ in self.spans]
        self.reaches = list(accumulate((b for _, b, _ in self.spans), max))

    def touching(self, start: int, end: int) -> list[tuple[int, int, Statement | Other]]:
        """Those that overlap the text from ``start`` to ``end``, however many they are."""
        return [span for span in self.spans[bisect_right(self.reaches, start) : bisect_left(self.starts, end)] if start < span[1]]


def add_missed(entries: list[Statement | Other], text: str, missed: list[Span]) -> list[Statement | Other]:
    """Add the numerals no entry holds: a page's anchor between joined lines, or what runs on past an entry.

    An other number takes in what runs on past it; beside a statement the rest stands for itself.
    """
    held = _Held(entries)
    gone: set[int] = set()
    added: list[Other] = []
    for start, end in missed:
        touching = held.touching(start, end)
        others = [entry for _, _, entry in touching if type(entry) is Other]
        if len(others) == len(touching):
            gone.update(map(id, others))
            if others and added and added[-1].end > others[0].start:
                others.append(added.pop())  # a date that runs on at both ends (9,1032018-7-6,8)
            start, end = min([start, *(e.start for e in others)]), max([end, *(e.end for e in others)])
            added.append(Other(text[start:end], start, end, others[0].type if others else "markup"))
            continue
        for a, b, _ in [*touching, (end, end, None)]:
            if start < a and NUMERAL.search(text, start, a):
                added.append(Other(text[start:a], start, a, "word"))
            start = max(start, b)
    return [entry for entry in entries if id(entry) not in gone] + added


def digits_unread(entries: Iterable[Statement | Other], text: str) -> Iterator[LeftOut]:
    """The numbers in digits of other scripts, and the fractions in one sign, that no entry holds: nothing else tells of them."""
    found = [one.span() for one in OTHER_DIGITS.finditer(text)]
    if found:
        held = _Held(list(entries))
        unread = [text[start:end] for start, end in found if not held.touching(start, end)]
        if unread:
            yield LeftOut("other_digits", first_names(unread), len(unread))


def letters_in_figures(text: str) -> Iterator[LeftOut]:
    """The numbers with letters for digits, as text recognition writes them: nobody but the page knows what they are."""
    found = [one[0] for one in _WITH_LETTERS.finditer(text)]
    if found:
        yield LeftOut("letters_for_digits", first_names(found), len(found))


def lost_figures(entries: Sequence[Statement | Other], text: str) -> Iterator[LeftOut]:
    """The numbers lost to signs that turn the writing (a page shows their digits from the other end), or that part their digits."""
    for what, signs, beside in (("turned", TURNS, 1), ("torn", _PARTING, 0)):
        if signs.search(text) is not None:
            names = (one for one in entries if type(one) is Other and one.type == "name")
            spans = [(one.start, one.end) for one in names if signs.search(text, max(one.start - beside, 0), one.end + beside)]
            if spans:
                yield LeftOut(what, first_names([visible(" ".join(text[start:end].split())) for start, end in spans]), len(spans))


# A tab, an end of a line or what is no sign, between two digits.
_PARTING = re.compile(f"[\t\n{IN_ITS_PLACE}{OF_A_FIGURE}](?<=[0-9０-９].)[\\s{IN_ITS_PLACE}{OF_A_FIGURE}]*(?=[0-9０-９])", re.DOTALL)
_WITH_LETTERS = compiled("number_with_letters")
