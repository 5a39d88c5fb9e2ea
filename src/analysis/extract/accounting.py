"""The account of a text: every numeral of it lies in one entry, once."""

from __future__ import annotations

import re
from bisect import bisect_left

from .records import Other, Statement
from .sentence import Sentence

# What is accounted for: every run of digits, and every run of Chinese numerals.
# (One class first, so that a search can skip to it.)
NUMERAL = re.compile(r"[0-9０-９零〇○一二三四五六七八九十百千万亿两](?:(?<=[0-9０-９])[0-9０-９]*(?:[.．,，][0-9０-９]+)*|[零〇○一二三四五六七八九十百千万亿两]*)")

Span = tuple[int, int]


def add_others(entries: list[Statement | Other], s: Sentence, made: list[Statement], missed: list[Span]) -> int:
    """Add the numerals of a sentence that are no statistic to ``entries``, each once; return how many numerals it has.

    A numeral that is part in, part out of a span goes to ``missed``.
    """
    text, others = s.text, sorted(s.others)
    taken = sorted(span for statement in made for span in spans_of(statement))
    index = first = reach = count = 0
    for found in NUMERAL.finditer(text, s.start, s.end):
        count += 1
        start, end = a, b = found.span()
        if end <= reach:
            continue
        while index < len(others) and others[index][1] <= a:
            index += 1
        kind = "word"
        if index < len(others) and others[index][0] < b:
            a, b, kind = others[index]
        while first < len(taken) and taken[first][1] <= a:
            first += 1
        if first < len(taken) and taken[first][0] < b:
            if not _holds(taken, first, start, end):
                missed.append((start, end))
        elif end <= b and a >= reach:
            entries.append(Other(text[a:b], a, b, kind))
            reach = b
        else:
            missed.append((start, end))
    return count


def _holds(spans: list[Span], first: int, start: int, end: int) -> bool:
    """Whether one of some sorted spans, from ``first`` on, holds all of ``start`` to ``end``."""
    for a, b in spans[first:]:
        if a > start:
            return False
        if end <= b:
            return True
    return False


def spans_of(entry: Statement | Other) -> list[Span]:
    """Every span of the text an entry speaks for."""
    if type(entry) is Other:
        return [(entry.start, entry.end)]
    return [(part.start, part.end) for part in (entry, entry.change, entry.previous) if part is not None]


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


def add_missed(entries: list[Statement | Other], text: str, missed: list[Span]) -> list[Statement | Other]:
    """Add the numerals no entry holds: a page's anchor between joined lines, or what runs on past an entry.

    An other number takes in what runs on past it; beside a statement the rest stands for itself.
    """
    held = sorted(((a, b, entry) for entry in entries for a, b in spans_of(entry)), key=lambda span: span[:2])
    starts = [a for a, _, _ in held]
    gone: set[int] = set()
    added: list[Other] = []
    for start, end in missed:
        last = bisect_left(starts, end)
        touching = [(a, b, entry) for a, b, entry in held[max(0, last - 40):last] if start < b]
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
