"""The check that some whole number can have been the count before a change (after GRIM)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor, isqrt

from ...series.claims import Claim
from ...series.derive import earlier_level
from ...series.intervals import Interval, Reading
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..verdicts import Comparison, compare
from .earlier import percent_of_level

__all__ = ["check_integer_feasibility"]

# So many whole numbers are tried in looking for a print that none of them leads to.
MOST_TRIED = 100_000


@check(
    "integer-feasibility",
    "some whole number reproduces the change of a count printed to its last one (after GRIM, Brown and Heathers 2017)",
    hard=True,
)
def check_integer_feasibility(book: Book) -> Iterator[Finding]:
    """A count and its change in per cent: some whole number must have been the count before.

    Only counts printed to their last one, and not in round hundreds that may be rounded.
    Source: the GRIM test (Brown and Heathers 2017), here for growth rates.
    """
    for claim in book.claims:
        if not percent_of_level(book, claim):
            continue
        bearers = book.text.bearers(claim)
        tried = [(bearer, then) for bearer in bearers if (then := _whole_before(bearer)) is not None]
        if len(tried) < len(bearers):
            continue
        comparison, bearer, then = min(((_against_integers(*one), *one) for one in tried), key=lambda found: found[0].fit)
        facts = {"integers": _integers(bearer, then), "now": bearer.as_written}
        yield Finding.compared("integer-feasibility", (Subject(claim, "change"), Subject(bearer)), "%", comparison, **facts)


def _whole_before(claim: Claim) -> Reading | None:
    """Return what a count printed to its last one was before its change, None when whole numbers say nothing of it."""
    if not claim.counted or not claim.printed.exact or not claim.printed.point:
        return None
    then = earlier_level(claim.printed, claim.printed_change)
    return None if then is None or None in (then.rounded.low, then.rounded.high) else then


def _against_integers(claim: Claim, then: Reading) -> Comparison:
    """Compare a change with the growths from the whole numbers that fit it, or from the nearest ones."""
    stated, unit = Reading.of(claim.printed_change.printed), claim.printed_change.printed.unit
    fitting = then.wide.integers()
    if not fitting:
        return compare(stated, _growth_from(claim, _nearest(claim, then), unit))
    least, greatest = (max(count, 1) for count in fitting)
    highest, lowest = _growth_from(claim, least, unit), _growth_from(claim, greatest, unit)
    all_fitting = Interval(lowest.rounded.low, highest.rounded.high)
    visible, side = _nearest_hole(claim, stated, least, greatest)
    return replace(compare(stated, Reading(all_fitting, all_fitting, unit)), smallest_visible_error=visible, visible_side=side)


def _nearest_hole(claim: Claim, stated: Reading, least: int, greatest: int) -> tuple[Fraction | None, int]:
    """Return how far a change would have to be off to lie where no whole number leads, and in which direction.

    Growths from whole numbers lie the closer, the greater the numbers: some way up, a print between two of them is
    off by more than its unit from both. Nothing leads beyond the growth from one. Where trying `MOST_TRIED` numbers shows no such print, it
    stays open how far.
    """
    unit, width, shifts = stated.unit, stated.wide.width(), []
    if width is None:
        return (None, 0) if stated.wide.low is None else (_one_growth(claim, 1) + unit - stated.wide.low, 1)
    # The growths from n and n - 1 are 100 x level / n (n - 1) apart; up to this n that is wider than a print and its unit on both sides.
    product = ceil(100 * claim.printed.point / (width + 2 * unit)) - 1
    widest = (1 + isqrt(1 + 4 * max(product, 0))) // 2
    for above in _with_a_print_below(claim, stated, range(max(min(widest, least), 1), 0, -1)[:MOST_TRIED]):
        shifts.append((_one_growth(claim, above) + unit - stated.wide.ends[0], 1))
        break
    else:
        return None, 0
    for below in _with_a_print_below(claim, stated, range(greatest + 1, widest + 1)[:MOST_TRIED]):
        shifts.append((stated.wide.ends[1] + unit - _one_growth(claim, below - 1), -1))
        break
    return min(shifts)


def _with_a_print_below(claim: Claim, stated: Reading, counts: range) -> Iterator[int]:
    """Yield those whole numbers for which some print lies further than its unit from the growths from it and from the next smaller one."""
    amount, unit = claim.printed_change.printed, stated.unit
    # As multiples of the unit, of which a print's own are whole; in integers, since there may be hundreds to try.
    top, bottom = (100 * claim.printed.point / unit).as_integer_ratio()
    low, high = stated.wide.ends
    after, of_after = ((unit + amount.point - low) / unit).as_integer_ratio()
    before, of_before = ((unit + high - amount.point) / unit).as_integer_ratio()
    for count in counts:
        lowest = (top * of_after + after * bottom * count) // (bottom * count * of_after) + 1
        if (lowest * of_before + before) * (count - 1) * bottom < top * of_before:
            yield count


def _growth_from(claim: Claim, count: int, unit: Fraction) -> Reading:
    """Return the growth from a whole number; both counts are exact, so only the change's own digits allow slack."""
    exact = Interval.exactly(_one_growth(claim, count))
    return Reading(exact, exact, unit)


def _one_growth(claim: Claim, count: int) -> Fraction:
    return 100 * claim.printed.point / count - 100


def _integers(claim: Claim, then: Reading) -> str:
    """Return the whole numbers that fit, or the one that comes nearest."""
    found = then.rounded.integers() or then.wide.integers()
    if found is None:
        return str(_nearest(claim, then))
    least, greatest = found
    return str(least) if least == greatest else f"{least}–{greatest}"


def _nearest(claim: Claim, then: Reading) -> int:
    stated, below = Reading.of(claim.printed_change.printed), max(floor(then.rounded.ends[0]), 1)
    return min((below, below + 1), key=lambda count: compare(stated, _growth_from(claim, count, stated.unit)).fit)
