"""The years and months that a text has printed so far, by their places: 全年 and 当年 are of the year before them, 当月 of the month."""

from __future__ import annotations

import re
from bisect import bisect, insort

from ...lexicon.wordlists import words
from ..grammar import compiled

_THAT_YEAR, _FROM_ON = words("that_year"), compiled("from_a_year_on")
# How many years before a place are looked through.
_BACK = 8
MONTH = re.compile("[0-9]{4}-[0-9]{2}")


class Noted:
    """The years of a text, those of its periods apart from those of its days."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.of_periods: list[tuple[int, int]] = []
        self._spoken_of: list[tuple[int, int]] = []
        self._of_all: list[tuple[int, int]] = []
        self._months: list[tuple[int, str]] = []

    def add(self, at: int, year: int) -> None:
        """Remember the year of a period that prints it."""
        insort(self.of_periods, (at, year))
        self.add_relative(at, year)

    def add_relative(self, at: int, year: int) -> None:
        """Remember the year that 去年 or 上半年 is, which 全年 behind it is said of."""
        insort(self._spoken_of, (at, year))
        insort(self._of_all, (at, year))

    def add_day(self, at: int, year: int) -> None:
        """Remember the year of a day, which only 当年 is said of (1961年5月8日设庭。是年，收案30件), and 全年 where no day is the text's own."""
        insort(self._of_all, (at, year))

    def add_month(self, at: int, period: str | None) -> None:
        """Remember a period that is a month."""
        if period is not None and MONTH.fullmatch(period):
            insort(self._months, (at, period))

    def month_before(self, start: int) -> str | None:
        """The month printed last before a place, which 当月 is."""
        at = bisect(self._months, (start, ""))
        return self._months[at - 1][1] if at else None

    def before(self, start: int, said: str = "", telling_of_the_past: bool = False) -> int | None:
        """The year printed last before a place, which 全年 and 当年 are said of: of a year from which on something went, 当年 only.

        >>> noted = Noted("1958年5月8日设庭。当年收案3件。")
        >>> noted.add_day(0, 1958), noted.before(11, "当年"), noted.before(11, "全年")
        (None, 1958, None)
        """
        that = said.startswith(_THAT_YEAR)
        years = self._of_all if that or telling_of_the_past else self._spoken_of if said else self.of_periods
        before = years[max((end := bisect(years, (start, 0))) - _BACK, 0) : end]
        # 2020年以来，…。全年…: of another year; 1988年起，一律备查，当年免诉11人
        since = (year for at, year in reversed(before) if that or _FROM_ON.match(self._text, at) is None)
        return next(since, before[-1][1] if before else None)
