"""Checks of several prints of one figure: the same number twice, slips of unit, targets and what was reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ...lexicon.parts import parse
from ...lexicon.units import same_kind
from ...series.along import Series, base_period
from ...series.claims import Claim, is_cell
from ...series.intervals import Interval, Reading
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..verdicts import Verdict, compare

__all__ = ["check_remainder", "check_same_change", "check_same_figure", "check_target", "check_unit_slip"]

SLIPS = tuple(Fraction(10) ** power for power in (-8, -4, -3, -2, -1, 1, 2, 3, 4, 8))


@check("same-figure", "one figure printed twice is one figure; a later document that differs revised it", hard=True, figure=True)
def check_same_figure(book: Book) -> Iterator[Finding]:
    """One figure printed twice is the same figure; a later document that differs has revised it. Source: identity."""
    for first, other in _repeated_levels(book):
        comparison = compare(Reading.of(other.printed), Reading.of(first.printed))
        if comparison.verdict is Verdict.CONTRADICTION and _slip(first, other) is not None:
            continue
        cause, facts = _why_apart(first, other) if comparison.verdict is Verdict.CONTRADICTION else ("", {})
        yield Finding.compared("same-figure", (Subject(other), Subject(first)), other.unit, comparison, cause, **facts)


@check("unit-slip", "two prints that differ by a power of ten; one number as 件 and as 人", hard="the first", figure=True)
def check_unit_slip(book: Book) -> Iterator[Finding]:
    """Two prints of one figure that differ by a power of ten, or carry one number as 件 and as 人.

    A power of ten is a contradiction with its cause; the second is borderline, since both counts may be equal.
    Source: the printer's errors (万 for 亿, a misplaced point).
    """
    for first, other in _repeated_levels(book):
        factor = _slip(first, other)
        comparison = compare(Reading.of(other.printed), Reading.of(first.printed))
        if comparison.verdict is Verdict.CONTRADICTION and factor is not None:
            subjects = (Subject(other), Subject(first))
            yield Finding.compared("unit-slip", subjects, other.unit, comparison, "unit_slip", factor=str(factor))
    for first, other in _same_number_other_unit(book):
        yield Finding(
            "unit-slip", Verdict.BORDERLINE, (Subject(other), Subject(first)), other.unit,
            other.printed.rounded, first.printed.rounded, cause="unit_swapped",
        )  # fmt: skip


@check("same-change", "one change printed twice, for one period and base, is one change", hard=True, figure=True)
def check_same_change(book: Book) -> Iterator[Finding]:
    """One change printed twice, for one period and one base, is the same change. Source: identity."""
    for series in _known(book):
        for claims in series.by_period.values():
            changes = [
                claim
                for claim in claims
                if claim.change is not None and claim.change.amount is not None and book.owns_change(claim) and _says_its_own(book, claim)
            ]
            firsts: dict[tuple[object, ...], Claim] = {}
            for claim in sorted(changes, key=_by_date):
                change = claim.printed_change
                key = (change.kind, change.basis, change.base, change.yearly_mean)
                first = firsts.setdefault(key, claim)
                if first is claim or change.basis in (None, "unstated") or (first.doc, first.printed_change.start) == (claim.doc, change.start):
                    continue
                comparison = compare(Reading.of(change.printed), Reading.of(first.printed_change.printed))
                cause, facts = _why_apart(first, claim) if comparison.verdict is Verdict.CONTRADICTION else ("", {})
                subjects = (Subject(claim, "change"), Subject(first, "change"))
                yield Finding.compared("same-change", subjects, claim.change_unit, comparison, cause, **facts)


@check("target", "what a target was and what was reached; a miss contradicts nothing", hard="never")
def check_target(book: Book) -> Iterator[Finding]:
    """A target for a period and what the period reached. A target that was missed contradicts nothing: it is told.

    Source: the comparators of the target (不低于, 控制在…以内).
    """
    for series in _known(book):
        for period, claims in series.by_period.items():
            for target in (claim for claim in claims if claim.kind == "target" and claim.level is not None):
                for actual in series.levels(period, target.unit)[:1]:
                    reached = compare(Reading.of(actual.printed), _aim(target)).verdict is Verdict.CONSISTENT
                    subjects = (Subject(actual), Subject(target))
                    yield Finding(
                        "target", Verdict.CONSISTENT, subjects, actual.unit, actual.printed.rounded,
                        _aim(target).rounded, cause="target_reached" if reached else "target_missed",
                    )  # fmt: skip


@check("remainder", "what is left of two wholes without their parts keeps that order: cases are carried over", hard=False)
@check("remainder-before", "the same by their changes for the year before", hard=False)
def check_remainder(book: Book) -> Iterator[Finding]:
    """What is left of two wholes when a part of each is taken away keeps their order. Cases carried over excepted.

    With 执行受理 a part of all 受理 and 执结 of all 结案, the other cases concluded are no more than the other
    cases accepted. Source: subtraction.
    """
    for rate in book.claims:
        entry = book.indicator(rate)
        if entry is None or not entry.numerator or rate.kind != "actual" or rate.level is None:
            continue
        names = (entry.numerator, book.whole_of(entry.numerator), entry.denominator, book.whole_of(entry.denominator))
        top, whole_top, bottom, whole_bottom = (book.relative(rate, name) for name in names)
        if top is None or whole_top is None or bottom is None or whole_bottom is None:
            continue
        four = (whole_top, top, whole_bottom, bottom)
        yield _remainder_finding("remainder", four, [Reading.of(claim.printed) for claim in four])
        before = _all_before(book, four)
        if before is not None:
            yield _remainder_finding("remainder-before", four, before)


def _remainder_finding(check: str, four: tuple[Claim, ...], readings: list[Reading]) -> Finding:
    closed, opened = _less(*readings[:2]), _less(*readings[2:])
    limit = Reading(Interval(None, opened.rounded.high), Interval(None, opened.wide.high), opened.unit)
    comparison = compare(closed, limit)
    soft = Verdict.BORDERLINE if comparison.verdict is Verdict.CONTRADICTION else comparison.verdict
    cause = "carried_over" if soft is Verdict.BORDERLINE else ""
    part = "level" if check == "remainder" else "change"
    subjects = tuple(Subject(claim, part) for claim in four)
    return Finding.compared(check, subjects, four[0].unit, replace(comparison, verdict=soft), cause)


def _all_before(book: Book, four: tuple[Claim, ...]) -> list[Reading] | None:
    """Return the four earlier levels when all print a change from one and the same period."""
    if any(claim.change is None or base_period(claim) != base_period(four[0]) for claim in four) or not base_period(four[0]):
        return None
    before = [reading for claim in four if (reading := book.before(claim)) is not None]
    return before if len(before) == len(four) else None


def _known(book: Book) -> Iterator[Series]:
    """Yield the series whose name says by itself what it counts, so that what is printed twice is one figure."""
    return (series for series in book.series.values() if series.named)


def _repeated_levels(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Yield the first print of each figure with every later one, in order of publication."""
    for series in _known(book):
        for claims in series.by_period.values():
            levels = [claim for claim in claims if claim.level is not None and claim.kind == "actual" and _says_its_own(book, claim)]
            ordered = sorted(levels, key=_by_date)
            for other in ordered[1:]:
                if same_kind(ordered[0].unit, other.unit) and _printed_apart(book, ordered[0], other):
                    yield ordered[0], other


def _says_its_own(book: Book, claim: Claim) -> bool:
    """Say whether name and time of a figure are its own: of one the catalogue does not know its own words must say both.

    What goes on from the number before it may be another figure under the same name (新增60家、累计1016家), or a part (夜间发生火灾30起，死亡6人).
    """
    lead, parts = book.text.lead(claim), parse(claim.name, claim.unit)
    told = [word for word in (*parts.topics, parts.head or parts.object or "") if word]
    named = any(word in lead for word in told)
    if claim.indicator:
        return bool(claim.period) and (named or not told or is_cell(claim))
    return claim.period_source == "printed" and named


def _printed_apart(book: Book, first: Claim, other: Claim) -> bool:
    if first.doc != other.doc:
        return True
    if first.indicator:
        return first.start != other.start
    return book.text.sentence_claims(first) is not book.text.sentence_claims(other)


def _same_number_other_unit(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Yield a count of cases with the count of their people that is the same number, printed elsewhere."""
    for series in _known(book):
        for cases in (claim for claims in series.by_period.values() for claim in claims):
            entry = book.indicator(cases)
            persons = book.relative(cases, entry.cases_of) if entry is not None and cases.level is not None else None
            if persons is not None and cases.counted and persons.doc != cases.doc and persons.printed.point == cases.printed.point >= 1000:
                yield cases, persons


def _why_apart(first: Claim, other: Claim) -> tuple[str, dict[str, str]]:
    """Say why two prints of one thing may differ, with the words it needs.

    A document of a later year may have revised what an earlier one printed; of two of one year, or undated, neither is known to be the later.
    """
    if first.doc == other.doc:
        return "", {}
    if "" < first.published[:4] < other.published[:4]:
        return "revised", {}
    if first.name != other.name:
        return "other_word", {"word": other.name, "other_word": first.name}
    return "one_definition", {}


def _by_date(claim: Claim) -> tuple[str, str, int]:
    return claim.published, claim.doc, claim.start


def _slip(first: Claim, other: Claim) -> Fraction | None:
    """Return the power of ten that makes two prints one, None when there is none."""
    for factor in SLIPS:
        if other.printed.rounded.meets(first.printed.rounded.scaled(factor)):
            return factor
    return None


def _aim(target: Claim) -> Reading:
    point = target.printed.point
    if target.comparator in (">", ">="):
        aim = Interval(point, None)
    elif target.comparator in ("<", "<="):
        aim = Interval(None, point)
    else:
        aim = Interval(target.printed.rounded.low, target.printed.rounded.high)
    return Reading(aim, aim, Fraction(0))


def _less(whole: Reading, part: Reading) -> Reading:
    return Reading.derived(whole.rounded - part.rounded, whole.wide - part.wide, whole.unit, part.unit)
