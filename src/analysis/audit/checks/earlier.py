"""Checks of a printed change against the levels printed for both ends of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...lexicon.words import says
from ...periods import canonical
from ...series.along import after_publication, base_period
from ...series.claims import Claim
from ...series.derive import change_from, difference, earlier_level, growth, is_nought
from ...series.intervals import Reading
from .. import causes
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..verdicts import Comparison, Verdict, compare

__all__ = ["at_constant_prices", "check_earlier_value", "check_from_to_change", "check_two_measures", "percent_of_level"]

NAMES = {"yoy": "earlier-value", "previous_period": "previous-period-value", "fixed": "fixed-base-value"}


@check(
    "earlier-value",
    "a level and its change (同比) give the level before: the one printed for that period, here or in another document",
    hard=True,
    figure=True,
)
@check("previous-period-value", "the same for 环比", hard=True, figure=True)
@check("fixed-base-value", "the same for a named base year", hard=True, figure=True)
def check_earlier_value(book: Book) -> Iterator[Finding]:
    """A level and its change give the level before; it must be the one printed for that period.

    同比, 环比 and changes from a named year alike; the earlier level may stand in another document. Of several
    prints the one that fits best counts. Source: the definition of a growth rate.
    """
    for claim in book.claims:
        if not _tests_a_change(claim) or claim.printed_change.yearly_mean:
            continue
        check = NAMES.get(claim.printed_change.basis or "", "earlier-value")
        base = base_period(claim)
        if base is None:
            yield Finding.untestable(check, claim, _why_no_base(claim), "change")
            continue
        finding = _earlier_finding(book, claim, check, base)
        if finding.cause not in _NONE_PRINTED or not _prints_it_itself(book, claim):
            yield finding


# Why no earlier value was found.
_NONE_PRINTED = ("no_earlier_value", "unknown_indicator")


def _prints_it_itself(book: Book, claim: Claim) -> bool:
    """Say whether the text prints the level before beside the change (较上年的64起增加8起): `from-to-change` holds it against it."""
    beside = (claim, *book.text.neighbours(claim))
    return any(one.previous is not None and one.name == claim.name and one.period == claim.period for one in beside)


def _earlier_finding(book: Book, claim: Claim, check: str, base: str) -> Finding:
    if after_publication(claim):
        return Finding.untestable(check, claim, "date_after_publication", "change", base=base)
    if not book.text.attached(claim):
        return Finding.untestable(check, claim, "loosely_bound", "change", base=base)
    nows = _levels_now(book, claim)
    if claim.beyond:
        return Finding.untestable(check, claim, "too_great", "change", base=base)
    if not nows:
        return Finding.untestable(check, claim, "no_level", "change", base=base)
    pairs = [
        (now, then)
        for now in nows
        for then in book.series_of(now).levels(base, now.unit)
        if then is not now and not book.text.of_another(then, now)
    ]
    if not pairs:
        reason = "no_earlier_value" if claim.indicator else "unknown_indicator"
        return Finding.untestable(check, claim, reason, "change", base=base)
    if at_constant_prices(claim, nows[0]):
        return Finding.untestable(check, claim, "constant_prices", "change", base=base)
    if claim.printed_change.kind == "percent" and all(is_nought(then.printed) for _, then in pairs):
        return Finding.untestable(check, claim, "from_nought", "change", base=base)
    declared = book.crossed(pairs[0][0], base)
    if declared is not None:
        return Finding.not_comparable(check, (Subject(claim, "change"), *map(Subject, pairs[0])), declared)
    now, then, stated, implied, comparison = min((_compared(claim, *pair) for pair in pairs), key=lambda found: found[4].fit)
    if comparison.verdict is Verdict.CONTRADICTION and claim.level is not None and len({id(now) for now, _ in pairs}) < len(nows):
        return Finding.untestable(check, claim, "loosely_bound", "change", base=base)
    cause, repair = "", {}
    if comparison.verdict is Verdict.CONTRADICTION:
        cause, repair = causes.of_growth(book, claim, now, then, stated, implied), _repair(claim, now)
    subjects = (Subject(claim, "change"), Subject(now), Subject(then))
    return Finding.compared(check, subjects, claim.change_unit, comparison, cause, base=base, **repair)


def _levels_now(book: Book, claim: Claim) -> list[Claim]:
    """Return the levels the claim's change may have led to: those it may be said of, else those printed elsewhere."""
    if claim.level is not None:
        return list(book.text.bearers(claim))
    # 降幅收窄2个百分点 says nothing of a count.
    of_rate = claim.printed_change.kind == "percentage_points"
    return [now for now in book.series_of(claim).levels(claim.period, claim.unit) if now.percent == of_rate]


def _compared(claim: Claim, now: Claim, then: Claim) -> tuple[Claim, Claim, Reading, Reading, Comparison]:
    stated = Reading.of(claim.printed_change.printed)
    implied = (growth if claim.printed_change.kind == "percent" else difference)(now.printed, then.printed)
    return now, then, stated, implied, compare(stated, implied)


def _tests_a_change(claim: Claim) -> bool:
    """Say whether the claim prints an amount whose kind fits its level (per cent of a rate is a check of its own)."""
    change = claim.change
    if change is None or change.amount is None or claim.kind != "actual":
        return False
    return not (claim.percent and change.kind == "percent") and not (change.kind == "percentage_points" and bool(claim.unit) and not claim.percent)


def _why_no_base(claim: Claim) -> str:
    if not claim.period:
        return "no_period"
    if claim.printed_change.basis == "comparable":
        return "comparable_basis"
    return "unclear_base" if claim.printed_change.basis in ("fixed", "unstated", None) else "odd_period"


def at_constant_prices(claim: Claim, level: Claim) -> bool:
    """Say whether a growth of money may have had prices taken out (生产总值增长5%, 实际增长)."""
    if claim.printed_change.kind != "percent":
        return False
    return claim.printed_change.real_terms or (level.unit.endswith("元") and says(level.name, "constant_prices"))


def _repair(claim: Claim, now: Claim) -> dict[str, Any]:
    """Return the earlier value that would reconcile the numbers."""
    needed = earlier_level(now.printed, claim.printed_change)
    if needed is None:
        return {}
    return {"repair": needed.rounded, "repair_of": "earlier", "repair_unit": "%" if claim.percent else now.unit}


@check("from-to-change", "由A到B with a change: B is A changed by it", hard=True, figure=True)
def check_from_to_change(book: Book) -> Iterator[Finding]:
    """由A到B with a change: B must have grown from A by the change. Source: the definition of a growth rate."""
    for claim in book.claims:
        if claim.previous is None or claim.level is None or not _tests_a_change(claim) or claim.printed_change.yearly_mean:
            continue
        reason = _why_not_from_to(book, claim)
        if reason:
            yield Finding.untestable("from-to-change", claim, reason, "change")
            continue
        then = claim.previous.level
        implied = (growth if claim.printed_change.kind == "percent" else difference)(claim.level, then)
        comparison = compare(Reading.of(claim.printed_change.printed), implied)
        subjects = [Subject(claim, "change"), Subject(claim), Subject(claim, "previous")]
        repair = _repair(claim, claim) if comparison.verdict is Verdict.CONTRADICTION else {}
        yield Finding.compared("from-to-change", subjects, claim.change_unit, comparison, **repair)


def _why_not_from_to(book: Book, claim: Claim) -> str:
    if claim.printed_previous.unit not in ("", claim.unit):
        return "units_differ"
    if not book.text.attached(claim):
        return "loosely_bound"
    base = base_period(claim)
    if base and claim.printed_previous.period and canonical(claim.printed_previous.period) != base:
        return "bases_differ"
    if claim.printed_change.kind == "percent" and is_nought(claim.printed_previous.level):
        return "from_nought"
    return "constant_prices" if at_constant_prices(claim, claim) else ""


@check("two-measures", "one change in per cent and as an amount, of one name, give one earlier level", hard=True, figure=True)
def check_two_measures(book: Book) -> Iterator[Finding]:
    """One change said in per cent and as an absolute amount: both must give the same earlier level.

    Source: the definition of a growth rate.
    """
    for claim in book.claims:
        if not percent_of_level(book, claim):
            continue
        for other in book.text.neighbours(claim):
            if other is not claim and _absolute_twin(book, claim, other):
                implied = change_from(difference(claim.printed, other.printed_change.printed), claim.printed, "percent")
                comparison = compare(Reading.of(claim.printed_change.printed), implied)
                subjects = [Subject(claim, "change"), Subject(claim), Subject(other, "change")]
                yield Finding.compared("two-measures", subjects, "%", comparison)


def _absolute_twin(book: Book, claim: Claim, other: Claim) -> bool:
    """Say whether another change of the sentence is this one as an absolute amount: of one name, nothing but a comma between them."""
    one, twin = claim.printed_change, other.change
    if (other.name, other.indicator) != (claim.name, claim.indicator):
        return False
    if twin is None or twin.amount is None or twin.kind != "absolute" or other.level is not None or twin.yearly_mean:
        return False
    if twin.basis in (None, "unstated") or (twin.basis, twin.base) != (one.basis, one.base) or claim.unit not in twin.as_written:
        return False
    if one.start is None or one.end is None or twin.start is None or twin.end is None:
        return False
    after = book.text.linked(claim.doc, one.end, twin.start)
    return after or (book.text.linked(claim.doc, claim.end, twin.start) and book.text.linked(claim.doc, twin.end, one.start))


def percent_of_level(book: Book, claim: Claim) -> bool:
    """Say whether a claim prints a level and, of the same thing, one year's change in per cent."""
    if claim.level is None or not _tests_a_change(claim) or claim.printed_change.kind != "percent" or claim.printed_change.yearly_mean:
        return False
    return book.text.attached(claim)
