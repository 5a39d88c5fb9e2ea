"""Checks of the words of a change: the verb, the direction, per cent or points, the bounds of a rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from operator import attrgetter

from ...lexicon import changes
from ...lexicon.units import same_kind
from ...periods import canonical, months
from ...series.along import base_period
from ...series.claims import Claim
from ...series.intervals import Interval, Reading
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..verdicts import Verdict, compare

__all__ = ["check_bounds", "check_direction", "check_percent_or_points", "check_verb_order"]

SHARE_NAME = re.compile(r"(?:率|占比|比重|比例|满意度|满意率|安全感|覆盖面)$")
# Rates of change and ratios that may pass one hundred.
UNBOUNDED_RATE = re.compile(rf"{changes.alternation('rate')}|利润率|收益率|负债率|杠杆率|完成率|产销率|自给率|依存度|周转率|赔付率|覆盖率$")
# What is concluded this year may have begun in an earlier one, so these pass one hundred at times.
CARRIED_OVER = re.compile(r"(?:结案|审结|审执结|办结|执结|破案|侦破|清结)率$")
# So far before the first value of 分别由A、B到C、D the word may stand.
LIST_REACH = 14
HUNDRED = Interval(Fraction(0), Fraction(100))


@check("verb-order", "由A到B goes the way its verb says", hard=True)
def check_verb_order(book: Book) -> Iterator[Finding]:
    """由A到B: B is more than A when the verb rises and less when it falls, in the same unit. Source: the verb."""
    for claim in book.claims:
        if claim.previous is None or claim.level is None:
            continue
        sign = _printed_sign(book, claim)
        if _in_list(book, claim):
            yield Finding.untestable("verb-order", claim, "list")
        elif sign is None:
            yield Finding.untestable("verb-order", claim, "no_verb")
        elif claim.previous.unit and not same_kind(claim.previous.unit, claim.unit):
            yield Finding.untestable("verb-order", claim, "units_differ")
        else:
            then = claim.previous.level
            beyond = Reading(_beyond(then.rounded, sign), _beyond(then.wide, sign), then.unit)
            subjects = (Subject(claim), Subject(claim, "previous"))
            yield Finding.compared("verb-order", subjects, claim.unit, compare(Reading.of(claim.level), beyond))


def _in_list(book: Book, claim: Claim) -> bool:
    """Say whether the claim stands in a list 分别由A、B到C、D, where only the order tells which A is whose."""
    first = min((other.previous.start or 0 for other in book.text.neighbours(claim) if other.previous), default=0)
    start = (claim.printed_previous.start if claim.printed_previous.start is not None else first) - LIST_REACH
    return "分别" in (book.text.between(claim.doc, max(start, 0), claim.start) or "")


def _printed_sign(book: Book, claim: Claim) -> int | None:
    """Return 1 or -1 from the words between A and B, else from the change; None when they say neither or both."""
    end = claim.printed_previous.end
    between = book.text.between(claim.doc, end, claim.start) if end is not None and end <= claim.start else None
    rises = any(word in between for word in changes.rising()) if between else False
    falls = any(word in between for word in changes.falling()) if between else False
    if rises != falls:
        return 1 if rises else -1
    return (claim.change.sign or None) if claim.change is not None and not rises else None


def _beyond(then: Interval, sign: int) -> Interval:
    return Interval(then.low, None) if sign > 0 else Interval(None, then.high)


@check("direction", "a direction said without a figure agrees with the figure", hard="for one and the same time")
def check_direction(book: Book) -> Iterator[Finding]:
    """A direction said without a figure agrees with the figure printed for the same thing. Source: the words."""
    for claim in book.claims:
        if claim.change is None or claim.change.amount is not None or not claim.change.sign or claim.kind != "actual":
            continue
        here = book.text.sentence_claims(claim)
        others = [other for other in book.series_of(claim) if claim.says_all or book.text.sentence_claims(other) is here]
        for other in [other for other in others if _quantifies(claim, other)][:1]:
            sign = Reading(_side(claim.change.sign), _side(claim.change.sign), Fraction(0))
            comparison = compare(sign, Reading.of(other.printed_change.printed))
            if comparison.verdict is Verdict.CONTRADICTION and canonical(claim.period) != canonical(other.period):
                yield Finding.untestable("direction", claim, "bases_differ", "change")
                continue
            subjects = (Subject(claim, "change"), Subject(other, "change"))
            yield Finding.compared("direction", subjects, other.change_unit, comparison)


def _quantifies(claim: Claim, other: Claim) -> bool:
    """Say whether another claim of the document gives the figure to a direction, for the same time or a span that meets it."""
    if other.change is None or other.change.amount is None or other.doc != claim.doc or other.kind != "actual":
        return False
    one, two = months(claim.period.removesuffix("..")), months(other.period)
    if one is None or two is None:
        return False
    return one[0] <= two[1] and (claim.period.endswith("..") or two[0] <= one[1])


def _side(sign: int) -> Interval:
    return Interval(Fraction(0), None) if sign > 0 else Interval(None, Fraction(0))


@check("percent-or-points", "a rate changes in points, a count in per cent", hard=False, figure=True)
def check_percent_or_points(book: Book) -> Iterator[Finding]:
    """A rate's change is said in points; said in per cent it can be meant either way. Source: 百分点 and 百分比 differ.

    Tested where the earlier rate is printed: borderline when only the points fit, a contradiction when neither does. A count's change cannot
    be in points at all: borderline, with per cent as the likely meaning.
    """
    for claim in book.claims:
        change = claim.change
        if change is None or change.amount is None or claim.kind != "actual":
            continue
        if change.kind == "percentage_points" and claim.level is not None and not claim.percent and claim.counted and book.text.attached(claim):
            subject = (Subject(claim, "change"),)
            yield Finding("percent-or-points", Verdict.BORDERLINE, subject, "points", change.amount.rounded, cause="percent_meant")
        elif change.kind == "percent" and claim.percent and claim.level is not None and book.text.attached(claim):
            yield _ambiguous_rate(book, claim)


def _ambiguous_rate(book: Book, claim: Claim) -> Finding:
    base = base_period(claim)
    thens = [then.printed for then in book.series_of(claim).levels(base, claim.unit)] if base and book.crossed(claim, base) is None else []
    if claim.previous is not None:
        thens.append(claim.previous.level)
    if not thens:
        return Finding.untestable("percent-or-points", claim, "no_earlier_rate", "change")
    amount, subjects = claim.printed_change.printed, (Subject(claim, "change"), Subject(claim))
    points = Reading(claim.printed.rounded - amount.rounded, claim.printed.wide - amount.wide, amount.unit)
    relative = book.before(claim) or points
    by_points, by_percent = (min((compare(meant, Reading.of(then)) for then in thens), key=attrgetter("fit")) for meant in (points, relative))
    if by_points.verdict is Verdict.CONSISTENT and by_percent.verdict is not Verdict.CONSISTENT:
        return Finding("percent-or-points", Verdict.BORDERLINE, subjects, "%", by_points.stated, by_points.implied, cause="points_meant")
    return Finding.compared("percent-or-points", subjects, "%", by_percent)


@check("rate-bounds", "a share lies within 0 and 100 per cent", hard=True)
@check("rate-bounds-before", "the same by its change for the year before", hard=True)
@check("rise-bounds", "nothing counted rises by more than itself: there was no less than nought before", hard=True)
@check("fall-bounds", "nothing falls by more than 100 per cent", hard=True)
def check_bounds(book: Book) -> Iterator[Finding]:
    """A share lies between 0 and 100 per cent, now and before; nothing counted falls by more than all of it."""
    for claim in book.claims:
        if claim.kind != "actual":
            continue
        if claim.percent and claim.level is not None and _is_share(claim):
            yield _within("rate-bounds", claim, Reading.of(claim.level), "level")
            before = book.before(claim) if claim.change is not None and claim.change.kind == "percentage_points" else None
            if before is not None:
                yield _within("rate-bounds-before", claim, before, "change")
        elif _impossible_rise(claim) and book.text.attached(claim) and book.owns_change(claim):
            limit = Reading(Interval(None, claim.printed.rounded.high), Interval(None, claim.printed.wide.high), claim.printed.unit)
            comparison = compare(Reading.of(claim.printed_change.printed), limit)
            yield Finding.compared("rise-bounds", (Subject(claim, "change"), Subject(claim)), claim.unit, comparison)
        elif _impossible_fall(claim):
            limit = Reading(Interval(Fraction(-100), None), Interval(Fraction(-100), None), Fraction(0))
            comparison = compare(Reading.of(claim.printed_change.printed), limit)
            yield Finding.compared("fall-bounds", (Subject(claim, "change"),), "%", comparison)


def _is_share(claim: Claim) -> bool:
    return bool(SHARE_NAME.search(claim.name)) and not UNBOUNDED_RATE.search(claim.name)


def _within(check: str, claim: Claim, reading: Reading, part: str) -> Finding:
    comparison = compare(reading, Reading(HUNDRED, HUNDRED, Fraction(0)))
    cause = ""
    if comparison.verdict is Verdict.CONTRADICTION and CARRIED_OVER.search(claim.name):
        comparison, cause = replace(comparison, verdict=Verdict.BORDERLINE), "carried_over"
    return Finding.compared(check, (Subject(claim, part), *([Subject(claim)] if part == "change" else [])), "%", comparison, cause)


def _impossible_rise(claim: Claim) -> bool:
    """Say whether a count is said to have risen by about all of itself, so that little or less than nothing is left for the time before."""
    change = claim.change
    if change is None or change.amount is None or change.kind != "absolute" or claim.level is None or not claim.counted or change.yearly_mean:
        return False
    return change.sign > 0 and change.amount.point >= claim.level.point


def _impossible_fall(claim: Claim) -> bool:
    change = claim.change
    if change is None or change.amount is None or change.kind != "percent" or claim.percent:
        return False
    return claim.counted and change.sign < 0 and change.amount.point <= -90
