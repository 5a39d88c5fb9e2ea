"""Blanks that part no words: inside a date, between figures and the words around them, where a line was broken, between all signs of a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from .grammar import compiled

_IN_A_DATE, _BESIDE_A_FIGURE, _STOP_INSIDE = map(compiled, ("blank_in_a_date", "blank_beside_a_figure", "stop_inside_a_line"))
_WIDE_BESIDE_A_FIGURE = compiled("wide_blank_beside_a_figure")
_BETWEEN_HANZI, _FAR = compiled("blank_between_hanzi"), 16
# Text recognition sets signs apart: in such a line most are, and hardly two stand together.
_APART, _TOGETHER = map(compiled, ("signs_set_apart", "signs_together"))
_BETWEEN_SIGNS = re.compile(r"(?<=[^\s])[ \u3000](?=[^\s])")
_WHOLE_FIGURES = re.compile("[0-9０-９]{2}")
_FEWEST_APART, _SHARE_APART = 6, 0.8


def changed(text: str, changes: Iterable[tuple[int, int, str]]) -> tuple[str, list[int]]:
    """A text with one sign or none for each of some spans, in order, and the place of each of its signs."""
    kept, position = [], 0
    places: list[int] = []
    for start, end, sign in (*changes, (len(text), len(text), "")):
        kept += [text[position:start], sign]
        places.extend((*range(position, start), *[start] * len(sign)))
        position = end
    return "".join(kept), places


def wide_blanks(text: str) -> Iterator[tuple[int, int, str]]:
    """The blanks beside a figure, in the sentences of a text, that are several or wider than most, each with the blank it is read as; between two
    digits they part columns."""
    yield from ((start, end, " ") for start, end in _in_sentences(_WIDE_BESIDE_A_FIGURE, text))


def leaders(text: str) -> Iterator[tuple[int, int, str]]:
    """The dots and lines that lead the eye from words to their figure (收案……12件, 收案____12件), with what is read there: nothing."""
    yield from ((*found.span(), "") for found in _LEADERS.finditer(text))


_LEADERS = re.compile("[_＿·•～~…](?<![0-9０-９_＿·•～~….．,，].)[_＿·•～~…]{2,}(?=[0-9０-９])")


def needless_blanks(text: str) -> Iterator[tuple[int, int]]:
    """The blanks inside a date, those that part figures from the words around them in the sentences of a page set so (8 万 9,860 人), those that a
    broken line left inside a word, and those between all signs of a line."""
    yield from (found.span() for found in _IN_A_DATE.finditer(text))
    beside: list[int] = []
    for start, end in _in_sentences(_BESIDE_A_FIGURE, text):
        beside.append(start)
        yield start, end
    yield from _inside_words(text, frozenset(beside))
    if _APART.search(text) is not None:
        yield from _between_signs(text)


def _in_sentences(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where a pattern is found in lines that hold a sentence's stop."""
    line_end, a_sentence = -1, False
    for found in pattern.finditer(text):
        start, end = found.span()
        if start > line_end:
            line_end = text.find("\n", end) % (len(text) + 1)
            a_sentence = _STOP_INSIDE.search(text, text.rfind("\n", 0, start) + 1, line_end) is not None
        if a_sentence:
            yield start, end


def _inside_words(text: str, known: Collection[int]) -> Iterator[tuple[int, int]]:
    """The blanks that stand alone between Hanzi far from any other but the `known`: where a line ended in the page that a text was taken from."""
    for found in _BETWEEN_HANZI.finditer(text):
        start, end = found.span()
        last = text.find("\n", end, end + _FAR)
        behind = range(end, last if last >= 0 else min(end + _FAR, len(text)))
        around = text[max(0, start - _FAR) : behind.stop]
        if start < _FAR or "\n" in around or _STOP_INSIDE.search(around) is None:
            continue
        if not any(text[at].isspace() and at not in known for at in (*range(start - _FAR, start), *behind)):
            yield start, end


def _between_signs(text: str) -> Iterator[tuple[int, int]]:
    """The blanks of lines whose signs are all set apart; between digits only where none of the line's stand together."""
    start = 0
    for line in text.split("\n"):
        apart = len(_APART.findall(line))
        if apart >= _FEWEST_APART and apart >= _SHARE_APART * (apart + len(_TOGETHER.findall(line))):
            whole = _WHOLE_FIGURES.search(line) is not None
            for found in _BETWEEN_SIGNS.finditer(line):
                a, b = found.span()
                if not (whole and line[a - 1].isdecimal() and line[b].isdecimal()):
                    yield start + a, start + b
        start += len(line) + 1
