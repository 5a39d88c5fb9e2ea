"""The likeliest innocent cause of two numbers that do not fit, where the data suggests one."""

from __future__ import annotations

from fractions import Fraction

from ..periods import canonical
from ..series.claims import Claim
from ..series.derive import growth
from ..series.intervals import Reading
from .matching import Book

__all__ = ["of_growth"]

# Apart by less than this, an earlier value was probably revised; by more, it was probably counted differently.
REVISION_LIMIT = Fraction(3)
SLIPS = tuple(Fraction(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))


def of_growth(book: Book, claim: Claim, now: Claim, then: Claim, stated: Reading, implied: Reading) -> str:
    """Return why a printed growth may differ from that of the printed levels, "" when nothing suggests itself."""
    if now.level is not None and then.level is not None and _slipped(now, then, stated):
        return "unit_slip"
    if (-stated.rounded).meets(implied.rounded):
        return "other_direction"
    if then.doc == claim.doc:
        return ""
    if _breaks_together(book, claim) or now.name != then.name:
        return "definition_changed"
    return "revised" if stated.rounded.gap(implied.rounded) <= REVISION_LIMIT else "definition_changed"


def _slipped(now: Claim, then: Claim, stated: Reading) -> bool:
    """Say whether a factor of ten, a hundred, a thousand or ten thousand in one level explains the growth."""
    for factor in SLIPS:
        if growth(now.printed.scaled(factor), then.printed).rounded.meets(stated.rounded):
            return True
    return False


def _breaks_together(book: Book, claim: Claim) -> bool:
    """Say whether the claim's name differs from the one its series had the year before."""
    series = book.series_of(claim)
    names = {other.name for other in series if canonical(other.period) < canonical(claim.period)}
    return bool(names) and claim.name not in names
