"""The years that headings plan for: what is told of 2024 under 2024年工作安排, or under a title that looks back first, is still to be done."""

from __future__ import annotations

from bisect import bisect_left

from ..grammar import compiled
from .written import year_in, year_of

_OF_A_YEAR = compiled("plan_of_a_year")


class Plans:
    """What the headings of a text say of plans, each of what stands below it; they are noted in their order."""

    def __init__(self) -> None:
        # where each year is first planned for
        self._years: dict[int, int] = {}
        # where the titles stand that plan for a year after another, and the years
        self._titles: list[int] = []
        self._from: list[int] = []

    def note(self, heading: str, at: int) -> None:
        """Remember the year that a heading plans for, and where it stands.

        >>> plans = Plans()
        >>> plans.note("2020年工作总结及2021年工作安排", 40), plans.hold(2021, False, 60), plans.hold(2020, False, 60), plans.hold(2021, False, 20)
        (None, True, False, False)
        >>> plans.note("三、2023年工作打算", 80), plans.hold(2023, True, 90), Plans().hold(2023, True, 90)
        (None, True, False)
        """
        found = _OF_A_YEAR.search(heading)
        if found is None:
            return
        year, first = year_of(found["year"]), year_in(heading)
        self._years.setdefault(year, at)
        if first is not None and first < year:
            self._titles.append(at)
            self._from.append(year)

    def hold(self, year: int, planned: bool, at: int) -> bool:
        """Whether what a place tells of a year is planned: in a planned section, or anywhere below a title that plans for it after another year."""
        if planned and self._years.get(year, at) < at:
            return True
        above = bisect_left(self._titles, at)
        return above > 0 and year >= self._from[above - 1]
