"""Which figures are of the time before that of another: the year before, or the month or quarter."""

from __future__ import annotations

from .figures import Figure
from .times import period_before


def is_period_before(candidate: Figure, owner: Figure) -> bool:
    """Whether a figure is of the month or quarter before that of another."""
    return candidate.period is not None and candidate.period == period_before(owner.period or "")


def is_year_before(candidate: Figure, owner: Figure) -> bool:
    """Whether a figure is of the year before that of another, or of the same part of it."""
    if candidate.earlier and not owner.earlier:
        return True
    one, other = candidate.period or "", owner.period or ""
    return (
        one[:4].isdigit()
        and other[:4].isdigit()
        and int(one[:4]) == int(other[:4]) - 1
        and one[4:].replace(one[:4], "") == other[4:].replace(other[:4], "")
    )
