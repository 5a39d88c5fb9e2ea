"""The years that a text reports on, as its words show: the one it speaks of most, the only one, and the spans it prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from ..grammar import compiled, pattern, searchable
from .written import TO_ASCII, is_plan, years_in

_REPORTED, _LOOKED_BACK, _RANGE = compiled("year_spoken_of"), compiled("year_looked_back_on"), compiled("two_years")
_LOOKS_BACK = searchable(pattern("year_looked_back_on"))

# No line with these is a title.
_IN_SENTENCES, _LONGEST_TITLE = frozenset("，。；,;"), 60


class Reported:
    """What the head of a text prints of years, looked for when it is first asked for."""

    def __init__(self, head: str):
        self._head = head

    @cached_property
    def last(self) -> int | None:
        """The year a report looks back on: the one it says so of (对2017年工作的回顾), else the one it speaks of most.

        >>> Reported("2016年、2017年收案。2017年结案。").last, Reported("收案。").last
        (2017, None)
        """
        counts = Counter(list(self._looked_back_on()) or self._spoken_of)
        return max(counts, key=lambda year: (counts[year], year), default=None)

    def _looked_back_on(self) -> Iterator[int]:
        """The years that a text says it looks back on."""
        place = _LOOKS_BACK.search(self._head)
        while place is not None and (found := _LOOKED_BACK.match(self._head, place.start())) is not None:
            yield int(found[1] or found[2])
            place = _LOOKS_BACK.search(self._head, found.end())

    @cached_property
    def of_title(self) -> int | None:
        """The last year that the first line names, where the text speaks of it most: it reports on that, and a later one is still to come.

        >>> Reported("2022年工作情况\\n2022年收案。到2025年").of_title, Reported("2022年，收案。").of_title
        (2022, None)
        """
        title = self._head.lstrip().partition("\n")[0].rstrip()
        years = years_in(title) if len(title) <= _LONGEST_TITLE and not _IN_SENTENCES.intersection(title) and not is_plan(title) else []
        return years[-1] if years and years[-1] == self.last else None

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
