"""The words a record quotes: its sentence, or of a very long one the stretch around it, so that what is printed grows as the text does.

A list of thousands of figures without a full stop is one sentence; quoted whole for each figure, it filled gigabytes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

# No sentence of a bulletin is as long; one that is longer is quoted by stretches, cut behind a comma where one is near.
LONGEST, STRETCH = 600, 200
_COMMA = re.compile("[，、；,;：:\n]")


class Quotes:
    """What to quote of one sentence, `text[start:end]`.

    >>> Quotes("  立案12起。 ", 0, 9).around((4, 7))
    ('立案12起。', 2)
    >>> text = "立案12起，" * 1000
    >>> quote, start = Quotes(text, 0, len(text)).around((3000, 3003), (90, 93))
    >>> len(quote) <= LONGEST, text[start : start + len(quote)] == quote, start <= 3000 < 3003 <= start + len(quote)
    (True, True, True)
    """

    __slots__ = ("cuts", "sentence", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        sentence = text[start:end]
        start += len(sentence) - len(sentence.lstrip())
        self.text, self.sentence = text, sentence.strip()
        self.cuts = _cuts(text, start, start + len(self.sentence))

    def around(self, *spans: tuple[int, int]) -> tuple[str, int]:
        """The quote that holds the spans, or the first alone where they lie too far apart; without outer space, and where it stands."""
        if len(self.cuts) == 2 and all(self.cuts[0] <= first and last <= self.cuts[1] for first, last in spans):
            return self.sentence, self.cuts[0]
        start, end = self._stretch(min(first for first, _ in spans), max(last for _, last in spans))
        if end - start > LONGEST:
            start, end = self._stretch(*spans[0])
        words = self.text[start:end]
        return words.strip(), start + len(words) - len(words.lstrip())

    def _stretch(self, first: int, last: int) -> tuple[int, int]:
        start = self.cuts[max(bisect_right(self.cuts, first) - 1, 0)]
        return start, max(self.cuts[min(bisect_left(self.cuts, last, 1), len(self.cuts) - 1)], last)


def _cuts(text: str, start: int, end: int) -> list[int]:
    cuts = [start]
    while end - cuts[-1] > (LONGEST if len(cuts) == 1 else STRETCH):
        at = cuts[-1] + STRETCH // 2
        comma = _COMMA.search(text, at, at + STRETCH // 2)
        cuts.append(comma.end() if comma else at + STRETCH // 2)
    return [*cuts, end]
