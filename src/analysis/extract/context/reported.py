"""The years that a text reports on, as its words show: the one it speaks of most, the only one, and the spans it prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from ...lexicon.wordlists import words
from ..grammar import compiled, pattern, searchable
from .written import TO_ASCII, is_plan, years_in

_REPORTED, _LOOKED_BACK, _RANGE = compiled("year_spoken_of"), compiled("year_looked_back_on"), compiled("two_years")
_LOOKS_BACK = searchable(pattern("year_looked_back_on"))

# No line with these is a title.
_IN_SENTENCES, _LONGEST_TITLE = frozenset("，。；,;"), 60
# （2017—2021年） on the line below it
_ASIDE = re.compile("[ 　]*[（(][^（）()\n]{4,16}[）)]")
_TO_A_CONGRESS, _IN_BRACKETS = words("reports_to_a_congress"), re.compile("[（(](?:[0-9]{4}[-—–～~])?([0-9]{4})[）)]")


class Reported:
    """What the head of a text prints of years, looked for when it is first asked for."""

    def __init__(self, head: str):
        self._head = head

    @cached_property
    def last(self) -> int | None:
        """The year a report looks back on: the one it says so of (对2017年工作的回顾), else its title's, else the one it speaks of most.

        >>> Reported("2016年、2017年收案。2017年结案。").last, Reported("收案。").last
        (2017, None)
        """
        counts = Counter(list(self._looked_back_on()) or self._spoken_of)
        most = max(counts, key=lambda year: (counts[year], year), default=None)
        near = self._titled is not None and most is not None and abs(self._titled - most) <= 1
        return self._titled if near and not any(self._looked_back_on()) else most

    def _looked_back_on(self) -> Iterator[int]:
        """The years that a text says it looks back on."""
        place = _LOOKS_BACK.search(self._head)
        while place is not None and (found := _LOOKED_BACK.match(self._head, place.start())) is not None:
            yield int(found[1] or found[2])
            place = _LOOKS_BACK.search(self._head, found.end())

    @property
    def of_title(self) -> int | None:
        """The last year that the title names, where the text reports on it, so that a later one is still to come.

        >>> Reported("2022年工作情况\\n2022年收案。到2025年").of_title, Reported("2022年，收案。").of_title
        (2022, None)
        >>> Reported("白皮书（2023）\\n2024年收案").of_title
        2023
        """
        return self._titled if self._titled == self.last else None

    @cached_property
    def _titled(self) -> int | None:
        """The last year of the first line, where that is the title of a report and not of a plan, nor of a year's congress (2025年政府工作报告)."""
        title, _, below = self._head.lstrip().partition("\n")
        title = title.rstrip() + (aside[0] if (aside := _ASIDE.match(below)) is not None else "")
        if len(title) > _LONGEST_TITLE or _IN_SENTENCES.intersection(title) or is_plan(title) or title.endswith(_TO_A_CONGRESS):
            return None
        years = years_in(title) or [int(year) for year in _IN_BRACKETS.findall(title)]
        return years[-1] if years else None

    @cached_property
    def only(self) -> int | None:
        """The year that a text reports on, where it prints one only."""
        years = set(self._spoken_of)
        return years.pop() if len(years) == 1 else None

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The spans of years that a text prints (2013年至2017年), as their first and last."""
        return [(int(first), int(last)) for first, last in _RANGE.findall(self._head)]

    @cached_property
    def _spoken_of(self) -> list[int]:
        """The years that a text may report on, each as often as it prints it."""
        return [int(year.translate(TO_ASCII)) for year in _REPORTED.findall(self._head)]
