"""When a text was published or signed, as its date line says."""

from __future__ import annotations

from ..grammar import compiled

_DATELINE, _SIGNED, _DATED = compiled("date_line"), compiled("date_signed"), compiled("line_that_is_a_date")
_OF_A_REPORT = compiled("date_of_a_report")
# The title of a report and its date stand within so much of its beginning.
_HEAD = 300
_DAY_FIRST, _ISSUE = compiled("date_day_first"), compiled("issue_of_a_year")


def date_line_of(text: str) -> tuple[int, int] | None:
    """Year and month in which a text was published or signed, as it prints them; None where it prints neither.

    >>> date_line_of("某县法院 2021年1月20日\\n全县收案312件。"), date_line_of("28.11.2015\\n"), date_line_of("2020年收案312件。")
    ((2021, 1), (2015, 11), None)
    """
    found = _DATELINE.search(text[:600]) or _SIGNED.search(text[-60:])
    if found is None and (found := _DAY_FIRST.search(text[:300])) is not None:
        return int(found["year"]), int(found["month"])
    found = found or _DATED.search(text) or _OF_A_REPORT.match(text)
    return (int(found[1]), int(found[2])) if found is not None else None


def month_of_issue(text: str, day: tuple[int, int] | None) -> str | None:
    """The month that a monthly bulletin is of by its number in its year, where it was published in that month or the next; None for any other.

    >>> month_of_issue("2021年第3期", (2021, 4)), month_of_issue("2021年第12期", (2022, 1)), month_of_issue("2021年第9期", (2021, 3))
    ('2021-03', '2021-12', None)
    """
    found = _ISSUE.search(text[:_HEAD])
    if found is None or day is None:
        return None
    year, number = int(found["year"]), int(found["number"])
    return f"{year}-{number:02d}" if number <= 12 and 12 * (day[0] - year) + day[1] - number in (0, 1) else None


def dates_report(text: str, start: int, end: int) -> bool:
    """Whether a line is no more than the month of the report whose title stands above it, which is when it was given and not what it is about.

    >>> dates_report("工作报告\\n（2019年1月）\\n", 5, 14), dates_report("办案统计\\n（2019年1月）\\n", 5, 14)
    (True, False)
    """
    found = _OF_A_REPORT.match(text) if start < _HEAD else None
    return found is not None and start <= found.start(1) < end
