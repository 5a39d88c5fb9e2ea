"""The years that a text reports on, as its words show: the one it speaks of most, the only one, and the spans it prints."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from ..grammar import compiled, pattern, searchable
from .written import TO_ASCII

_REPORTED, _LOOKED_BACK, _RANGE = compiled("year_spoken_of"), compiled("year_looked_back_on"), compiled("two_years")
_LOOKS_BACK = searchable(pattern("year_looked_back_on"))  # few texts say so


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
        first = _LOOKS_BACK.search(self._head)
        said = _LOOKED_BACK.findall(self._head, first.start()) if first is not None else []
        counts = Counter([int("".join(years)) for years in said] if said else self._spoken_of)
        return max(counts, key=lambda year: (counts[year], year), default=None)

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
