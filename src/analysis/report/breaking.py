"""The changes of definition that an edition speaks of, and what each is called: a known one, or one that only seems to be there."""

from collections.abc import Iterable
from typing import Any

from ..series.breaks import Break


def kind_of(declared: Break) -> str:
    """Which wording a break has."""
    return "possible" if declared.inferred else "known"


def title_of(declared: Break, wording: Any) -> str:
    """What a break is called: a changed definition, or one that may have changed."""
    return wording(f"arithmetic.broken.{kind_of(declared)}")


def once(breaks: Iterable[Break]) -> tuple[Break, ...]:
    """Keep one of the breaks that several documents declare in the same words."""
    return tuple({(declared.period, declared.zh): declared for declared in breaks}.values())
