"""The period of each figure of a block: by its label, its head, the table and what is said around it; and of totals what they add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..grammar import compiled
from .facets import Facet
from .heads import Layout
from .setting import Setting
from .times import When, joined, period

_ONE_MONTH = re.compile(r"-\d\d")
_PART = re.compile(r"-(\d\d)|Q([1-4])")
_LAST_WEEK = compiled("last_week")


class Spans:
    """Times of figures, and what a total over months is the total of."""

    def __init__(self, layout: Layout, setting: Setting) -> None:
        self.setting = setting
        self.rows = [facet.when for facet in layout.rows]
        self.columns = [facet.when for facet in layout.columns.values() if facet.role == "level"]
        self.title = _reported_on(setting.when, [when for when in (*self.rows, *self.columns) if when is not None])
        if _print_their_parts(self.title, self.rows) or _print_their_parts(self.title, self.columns):
            self.title = When(self.title.year) if self.title is not None else None
        # whether any head or label is a time, and not one that only looks back from the table's (上年, 本月)
        self.timed = any(when is not None and (when.year or when.part) for when in (*self.rows, *(one.when for one in layout.columns.values())))
        # weeks named so, in whose table what only looks back (去年同期) is no period either
        self.of_weeks = any(when is not None and when.month == "week" for when in (*self.rows, *self.columns))
        self._known: dict[tuple, tuple[str | None, str | None]] = {}

    def period(self, when: When | None, label: Facet, head: Facet) -> tuple[str | None, str | None]:
        """The period of a figure and its words."""
        key = (when, label.whole, head.whole, label.when, head.when)
        if key not in self._known:
            self._known[key] = self._period(when, label, head)
        return self._known[key]

    def _period(self, when: When | None, label: Facet, head: Facet) -> tuple[str | None, str | None]:
        for facet, others in ((label, self.rows), (head, self.columns)):
            times = [time for time in others if time is not None]
            # 9月 | 累计: one month is not what is added up, but the last of those that are
            several = facet.when is not None and not facet.when.part and len({time.part for time in times if time.part}) != 1
            total = (facet.whole and facet.when is None) or (several and facet.when is not None and facet.when.month == "to_date")
            if total and any(time.year or time.part for time in times):
                other = head.when if facet is label else label.when
                return self._total(times, other), None
        if self.of_weeks and when is not None and when.back is not None and when.year is None and when.part is None:
            return None, None
        title = self._base(when)
        said = period(when, title)
        if said is None:
            return None, None
        return said, label.written if label.when else head.written if head.when else self.setting.title or None

    def _base(self, when: When | None) -> When | None:
        if self.title is not None and self.title.year:
            return self.title
        reported = self.setting.reported or self.setting.spoken
        part = (when.part if when is not None else None) or (self.title.part if self.title is not None else None)
        if reported is not None and reported.until:
            reported = None
        if reported is None and part:
            reported = _year_of(part, self.setting.published) or (When(self.setting.year) if self.setting.year is not None else None)
        if reported is not None and (part or (when is not None and (when.back is not None or when.month or when.before))):
            own = when is None or when.back is not None or when.before or when.month
            return joined(reported if own else When(reported.year), self.title)
        return joined(self.setting.spoken, self.title) if not self.timed or (when is None and self._reports_the_latest()) else self.title

    def _reports_the_latest(self) -> bool:
        """Whether what is said above is of the last of the years that heads name, so that one without a year (平均天数) is of it too."""
        years = [one.year for one in (*self.rows, *self.columns) if one is not None and one.year]
        return self.setting.spoken is not None and self.setting.spoken.part is None and self.setting.spoken.year == max(years, default=None)

    def _total(self, times: list[When], other: When | None) -> str | None:
        """The span of months or years that a total adds up, None for one of parts that do not follow each other."""
        parts = [_PART.fullmatch(time.part) for time in times if time.part]
        if not parts and (other is None or other.year is None):
            return self._years([time.year for time in times if time.year])
        years = {time.year for time in times if time.year} | ({other.year} if other is not None and other.year else set())
        title = self._base(When(part="-01"))
        year = years.pop() if len(years) == 1 else title.year if not years and title is not None and title.until is None else None
        read = [part for part in parts if part is not None]
        months = sorted({month for part in read for month in _months(part)})
        if year is None or not parts or len(read) < len(parts) or months != list(range(months[0], months[-1] + 1)):
            return None
        first, last = (f"{year}-{month:02d}" for month in (months[0], months[-1]))
        return f"{year}" if len(months) == 12 else f"{first}..{last}" if len(months) > 1 else first

    def _years(self, years: list[int]) -> str | None:
        """The span of years that a total adds up: those of its table, or those of the title, which may leave some out."""
        first, last = min(years), max(years)
        if self.title is not None and self.title.year and self.title.until:
            return f"{self.title.year}..{self.title.until}" if self.title.year <= first and last <= self.title.until else None
        return f"{first}..{last}" if first < last and len(set(years)) == last - first + 1 else None


def with_the_last_week(columns: dict[int, Facet]) -> None:
    """Take the last week (上周) for the one that a table reports on where its other columns are only of the week before it (前一周)."""
    weeks = {column: facet for column, facet in columns.items() if facet.when is not None and facet.when.month == "week"}
    last = {column: facet for column, facet in weeks.items() if _LAST_WEEK.match(facet.written)}
    if last and len(last) < len(weeks) and all(facet.when is not None and facet.when.before for facet in weeks.values()):
        columns |= {column: replace(facet, when=When(month="week")) for column, facet in last.items()}


def under_their_years(rows: Sequence[Facet], title: When | None) -> list[Facet]:
    """Rows of months (1月) behind one of a year (2022年), with that year.

    Where the title is of another, a row behind them must tell that year's months from its own: 2023年1月.
    """
    timed = [(index, facet.when) for index, facet in enumerate(rows) if facet.when is not None]
    found = list(rows)
    if not timed or timed[0][1].year is None:
        return found
    years = [at for at, (_, when) in enumerate(timed) if when.year is not None]
    for at, end in pairwise([*years, len(timed)]):
        over = timed[at][1]
        said = title is None or title.year in (None, over.year) or (end < len(timed) and bool(timed[end][1].part))
        if over.part is None and over.until is None and said:
            for index, when in timed[at + 1 : end]:
                found[index] = replace(rows[index], when=when._replace(year=over.year if when.part else None))
    return found


def _reported_on(title: When | None, times: list[When]) -> When | None:
    """The time of a title over some heads or labels: a month that only whole years before its own stand under is when the report was written.

    >>> _reported_on(When(2019, part="-01"), [When(2017), When(2018)]).part, _reported_on(When(2019, part="-01"), [When(2018), When(2019)]).part
    (None, '-01')
    """
    if title is None or title.year is None or not _ONE_MONTH.fullmatch(title.part or ""):
        return title
    are_before = bool(times) and all(when == When(when.year) and (when.year or title.year) < title.year for when in times)
    return title._replace(part=None) if are_before else title


def _print_their_parts(title: When | None, times: Sequence[When | None]) -> bool:
    """Whether some of the rows (or columns), of times all, print the part of a year that the title names, so that years alone are whole ones."""
    if title is None or not title.part or not all(times):
        return False
    of_years = [when for when in times if when and when.year]
    return any(when.part == title.part for when in of_years) and any(when == When(when.year) for when in of_years)


def _year_of(part: str, published: tuple[int, int] | None) -> When | None:
    """The year of a part of one by the date line: the last in which it was over."""
    if published is None:
        return None
    year, month = published
    last = re.findall(r"\d+", part)
    over = int(last[-1]) * {"Q": 3, "H": 6}.get(part[0], 1) if last else 12
    return When(year if over <= month else year - 1)


def _months(part: re.Match[str]) -> range:
    return range(int(part[1]), int(part[1]) + 1) if part[1] else range(3 * int(part[2]) - 2, 3 * int(part[2]) + 1)
