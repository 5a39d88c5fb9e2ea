"""The years that headings plan for: what is told of 2024 under 2024年工作安排, or under a title that looks back first, is still to be done."""

from __future__ import annotations

from ..grammar import compiled
from .written import year_in, year_of

_OF_A_YEAR = compiled("plan_of_a_year")


class Plans:
    """What the headings of a text say of plans."""

    def __init__(self) -> None:
        self._years: set[int] = set()
        self._from: int | None = None

    def note(self, heading: str) -> None:
        """Remember the year that a heading plans for.

        >>> plans = Plans()
        >>> plans.note("2020年工作总结及2021年工作安排"), plans.hold(2021, False), plans.hold(2020, False)
        (None, True, False)
        >>> plans.note("三、2023年工作打算"), plans.hold(2023, True), Plans().hold(2023, True)
        (None, True, False)
        """
        found = _OF_A_YEAR.search(heading)
        if found is None:
            return
        year, first = year_of(found["year"]), year_in(heading)
        self._years.add(year)
        if first is not None and first < year:
            self._from = year

    def hold(self, year: int, planned: bool) -> bool:
        """Whether what is told of a year is planned: in a planned section, or anywhere below a title that plans for it after another year."""
        return (planned and year in self._years) or (self._from is not None and year >= self._from)
