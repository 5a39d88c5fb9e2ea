"""Figures whose thousands single blanks part, as these part the figures: the ways to cut a line into as many as there are columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from ...lexicon.wordlists import words as words_of
from .fields import Field, amount_of, is_figure

_BEGINS, _GOES_ON = re.compile(r"[+\-−－]?[1-9]\d{0,2}"), re.compile(r"\d{3}(?:\.\d+)?[%％]?")
_ALONE = re.compile(r"(?!0\d)\d{1,3}(?!\d).*|\D.*")
# The heads of rows that no other row has more than.
_TOTALS = frozenset(words_of("whole_heads")) - frozenset(words_of("subtotal_heads"))
# No row has more figures or is cut in more ways, and no figure has more groups of three.
MOST_WORDS, MOST_WAYS, MOST_GROUPS = 60, 400, 4


def cuts(words: Sequence[Field], columns: int) -> list[list[Field]]:
    """The ways to read the last words of a line as so many figures, each with the words before them; [] where there is none, or there are too many.

    >>> [[words for words, _, _ in way] for way in cuts([("男", 0, 1), ("4", 2, 3), ("779", 4, 7), ("66", 8, 10)], 2)]
    [['男', '4 779', '66']]
    """
    first = next((at for at in range(len(words), 0, -1) if not is_figure(words[at - 1][0])), 0)
    tail = words[first:]
    if not first or not columns < len(tail) <= min(MOST_WORDS, MOST_GROUPS * columns):
        return []

    @cache
    def ways(at: int, left: int) -> int:
        """How many ways there are to read the words from one on as so many figures."""
        if at == len(tail) or not left:
            return int(at == len(tail) and not left)
        return sum(ways(end, left - 1) for end in _ends(tail, at))

    def all_from(at: int, left: int) -> Iterator[list[Field]]:
        if at == len(tail):
            yield []
        for end in _ends(tail, at) if left else ():
            if ways(end, left - 1):
                yield from ([_one(tail[at:end]), *rest] for rest in all_from(end, left - 1))

    return [[*words[:first], *figures] for figures in all_from(0, columns)] if ways(0, columns) <= MOST_WAYS else []


def are_far(figures: Sequence[Field]) -> bool:
    """Whether more than a blank parts each of some figures from the next."""
    return len(figures) > 1 and all(other[1] - one[2] > 1 for one, other in pairwise(figures))


def tears(figures: Sequence[Field], far: bool = False) -> bool:
    """Whether a single blank parts two of some figures that could be one, where others (`far`: of other rows) are farther apart, as in one with
    a gap, or the second is no figure (085).

    >>> tears([("15", 0, 2), ("247", 3, 6), ("965", 8, 11)]), tears([("15", 0, 2), ("247", 3, 6), ("965", 7, 10)])
    (True, False)
    """
    parted = [(other[1] - one[2], one[0].split(" ")[0], other[0].split(" ")[0]) for one, other in pairwise(figures)]
    could_be_one = [other for gap, one, other in parted if gap == 1 and _BEGINS.fullmatch(one) and _GOES_ON.fullmatch(other)]
    return any(other[0] == "0" for other in could_be_one) or (bool(could_be_one) and (far or any(gap > 1 for gap, _, _ in parted)))


def _ends(tail: Sequence[Field], at: int) -> Iterator[int]:
    """Where a figure may end that begins with a word: behind it, or behind each group of three digits that goes on with it."""
    if _ALONE.fullmatch(tail[at][0]):
        yield at + 1
    end = at + 1
    while end < min(len(tail), at + MOST_GROUPS) and _BEGINS.fullmatch(tail[at][0]) and tail[end][1] - tail[end - 1][2] == 1:
        if not _GOES_ON.fullmatch(tail[end][0]):
            return
        end += 1
        yield end
        if not tail[end - 1][0].isdecimal():
            return


def _one(pieces: Sequence[Field]) -> Field:
    return " ".join(words for words, _, _ in pieces), pieces[0][1], pieces[-1][2]


def told_by_totals(rows: Sequence[Sequence[Sequence[Field]]], columns: int) -> list[list[Field] | None]:
    """Of each row the one of its ways in which no figure is more than the total in its column; None for one that stays open."""
    totals = [ways[0][-columns:] for ways in rows if len(ways) == 1 and "".join(ways[0][0][0].split()) in _TOTALS]
    most = [max(amount_of(total[column][0]) or 0 for total in totals) for column in range(columns)] if totals else []
    return [_only([way for way in ways if len(ways) == 1 or not _exceeds(way[-columns:], most)]) for ways in rows]


def _only(ways: Sequence[Sequence[Field]]) -> list[Field] | None:
    return list(ways[0]) if len(ways) == 1 else None


def _exceeds(figures: Sequence[Field], most: Sequence) -> bool:
    """Whether a figure that was put together is more than what is the most in its column."""
    return any(" " in words and (amount_of(words) or 0) > limit for (words, _, _), limit in zip(figures, most, strict=False))
