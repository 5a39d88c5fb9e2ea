"""Checks of parts against their whole, people against cases, later steps against earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ...lexicon.parts import parse
from ...lexicon.words import says
from ...series.along import base_period
from ...series.claims import Claim
from ...series.derive import change_from, total
from ...series.intervals import Interval, Reading
from .. import kinship
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..relations import Pair, find_pairs, find_steps
from ..verdicts import Comparison, Verdict, compare
from ..wholes import Whole, find_wholes

__all__ = [
    "check_growth_between_parts",
    "check_part_within_whole",
    "check_parts_sum",
    "check_persons_per_case",
    "check_step_order",
]


@check(
    "parts-sum",
    "parts that leave nothing over add up: a declared 其余, parts that complete each other, or the catalogue's",
    hard="only those",
    figure=True,
)
def check_parts_sum(book: Book) -> Iterator[Finding]:
    """Parts that leave nothing over add up to their whole. Source: addition.

    Parts that merely follow 其中 may leave a remainder or overlap: they are reported when they add up,
    and stay untestable when they do not.
    """
    yield from _outcomes_found(book)
    for group in _wholes(book):
        if len(group.parts) < 2:
            continue
        implied = total([part.printed for part in group.parts])
        comparison = compare(Reading.of(group.whole.printed), implied)
        subjects = (Subject(group.whole), *(Subject(part) for part in group.parts))
        if comparison.verdict in (Verdict.CONSISTENT, Verdict.BORDERLINE) or (group.exhaustive and group.disjoint):
            yield Finding.compared("parts-sum", subjects, group.whole.unit, comparison)
        elif excess := _excess(group):
            subjects = (Subject(group.whole), *map(Subject, excess))
            comparison = compare(Reading.of(group.whole.printed), total([part.printed for part in excess]))
            yield Finding.compared("parts-sum", subjects, group.whole.unit, _softened(comparison), "parts_overlap")
        else:
            yield Finding.untestable("parts-sum", group.whole, "parts_may_be_open")


def _outcomes_found(book: Book) -> Iterator[Finding]:
    """Yield what came of matters in ways that exclude each other, together against all that came in.

    With the parts that the catalogue knows besides (withdrawn, returned) it is no more than that, cases carried over excepted; what is left undone
    completes it.
    """
    told = {(group.whole.id, part.id) for group in _wholes(book) if len(group.parts) > 1 for part in group.parts}
    for group in kinship.outcomes(book):
        if all((group.whole.id, part.id) in told for part in group.parts):
            continue
        others = [part for known in _wholes(book) if known.whole.id == group.whole.id for part in known.parts if part.doc == group.whole.doc]
        acts = {parse(group.whole.name, group.whole.unit).act, *(parse(part.name, part.unit).act for part in group.parts)}
        more = [] if group.exhaustive else [part for part in others if parse(part.name, part.unit).act not in (*acts, None)]
        parts = (*group.parts, *more)
        implied = total([part.printed for part in parts])
        subjects = (Subject(group.whole), *map(Subject, parts))
        if group.exhaustive:
            yield Finding.compared("parts-sum", subjects, group.whole.unit, compare(Reading.of(group.whole.printed), implied))
            continue
        comparison = compare(Reading.of(group.whole.printed), implied)
        if _exceed(parts, group.whole) and comparison.verdict is not Verdict.CONSISTENT:
            yield Finding.compared("parts-sum", subjects, group.whole.unit, _softened(comparison), "carried_over")


def _excess(group: Whole) -> list[Claim]:
    """Return parts of one kind that are together more than their whole: then some are counted twice, or a number is wrong. Else none.

    Sorts of a whole (受理执行案件 of 受理案件) and what became of it (结案) are kinds of their own: together they may well be more.
    """
    act = parse(group.whole.name, group.whole.unit).act
    sorts = [part for part in group.parts if parse(part.name, part.unit).act in (act, None)]
    outcomes = [part for part in group.parts if part not in sorts]
    return next((kind for kind in (sorts, outcomes) if len(kind) > 1 and _exceed(kind, group.whole)), [])


def _exceed(parts: Sequence[Claim], whole: Claim) -> bool:
    """Say whether some counts are together more than another, however both are read."""
    low, high = total([part.printed for part in parts]).wide.low, whole.printed.wide.high
    return low is not None and high is not None and low > high


@check("part-within-whole", "a part is not more than its whole", hard=True)
@check("part-within-whole-before", "the same by their changes for the year before", hard=True)
def check_part_within_whole(book: Book) -> Iterator[Finding]:
    """A part is not more than its whole, in the period and, where both print a change, in the one before."""
    for group in _wholes(book):
        for part in group.parts:
            subjects = (Subject(part), Subject(group.whole))
            comparison = _at_most(Reading.of(part.printed), Reading.of(group.whole.printed))
            yield Finding.compared("part-within-whole", subjects, group.whole.unit, comparison)
            before = _both_before(book, part, group.whole)
            if before is not None:
                four = (Subject(part, "change"), Subject(part), Subject(group.whole, "change"), Subject(group.whole))
                change = part.printed_change
                comparison = compare(Reading.of(change.printed), _at_least(change_from(before[1], part.printed, change.kind)))
                yield Finding.compared("part-within-whole-before", four, part.change_unit, comparison)


@check("growth-between-parts", "a whole's growth is the weighted mean of its parts'", hard=True, figure=True)
def check_growth_between_parts(book: Book) -> Iterator[Finding]:
    """A whole's growth lies between those of the parts that make it up. Source: a weighted mean of growths.

    Where the parts' levels are printed, their earlier values must add up to the whole's.
    """
    for group in _wholes(book):
        if not group.exhaustive or len(group.parts) < 2:
            continue
        members = (group.whole, *group.parts)
        if any(_growth_unknown(member, group.whole) or not book.owns_change(member) for member in members):
            continue
        implied = _weighted_growth(book, group) or _growth_hull(group)
        comparison = compare(Reading.of(group.whole.printed_change.printed), implied)
        subjects = tuple(Subject(member, "change") for member in members)
        yield Finding.compared("growth-between-parts", subjects, "%", comparison)


@check("persons-per-case", "a case has at least one person: one person may stand in several", hard=False)
@check("persons-per-case-before", "the same by their changes for the year before", hard=False)
def check_persons_per_case(book: Book) -> Iterator[Finding]:
    """A case has at least one person. Fewer people than cases is possible (one person, several cases): never hard.

    Source: how 件 and 人 are counted in court and procuratorate statistics.
    """
    printed_as_one = list(find_pairs(book.claims, book.text))
    known = {(pair.cases.id, pair.persons.id) for pair in printed_as_one}
    for pair in (*printed_as_one, *(pair for pair in kinship.pairs(book) if (pair.cases.id, pair.persons.id) not in known)):
        comparison = _softened(_at_most(Reading.of(pair.cases.printed), Reading.of(pair.persons.printed)))
        subjects = (Subject(pair.persons), Subject(pair.cases))
        yield _pair_finding("persons-per-case", pair, subjects, comparison)
        before = _both_before(book, pair.cases, pair.persons)
        if before is not None:
            subjects = (Subject(pair.persons, "change"), Subject(pair.cases, "change"))
            yield _pair_finding("persons-per-case-before", pair, subjects, _softened(_at_most(*before)))


def _pair_finding(check: str, pair: Pair, subjects: tuple[Subject, ...], comparison: Comparison) -> Finding:
    cause = "person_in_several_cases" if comparison.verdict is Verdict.BORDERLINE else ""
    return Finding.compared(check, subjects, pair.persons.unit, comparison, cause)


@check("step-order", "no more is concluded than was begun (受理, 结案; 立案, 移送): cases are carried over", hard=False)
def check_step_order(book: Book) -> Iterator[Finding]:
    """No more matters are concluded than were begun. Cases carried over can make it so: never hard.

    Source: the order of procedure (受理 before 结案, 立案 before 移送).
    """
    told = list(find_steps(book.text))
    known = {(steps.earlier.id, steps.later.id) for steps in told}
    for steps in (*told, *(steps for steps in kinship.steps(book) if (steps.earlier.id, steps.later.id) not in known)):
        comparison = _softened(_at_most(Reading.of(steps.later.printed), Reading.of(steps.earlier.printed)))
        cause = "carried_over" if comparison.verdict is Verdict.BORDERLINE else ""
        if cause and says(steps.earlier.name, "only_new"):
            # A court that concludes more than comes in new has worked off what was left: that is no doubt about either figure.
            yield Finding.untestable("step-order", steps.later, cause)
            continue
        yield Finding.compared("step-order", (Subject(steps.later), Subject(steps.earlier)), steps.later.unit, comparison, cause)


def _wholes(book: Book) -> list[Whole]:
    """Return wholes with their parts: from the catalogue, from sentences it does not cover, and by what the names say."""
    return book.once("wholes", lambda: list(_find_wholes(book)))


def _find_wholes(book: Book) -> Iterator[Whole]:
    covered: set[tuple[str, str]] = set()
    for whole in book.claims:
        entry = book.indicator(whole)
        if entry is None or whole.level is None or whole.kind != "actual" or whole.percent:
            continue
        known = book.parts_of(entry)
        parts = tuple(part for part in (book.relative(whole, indicator.id) for indicator in known) if part is not None)
        parts = tuple(part for part in parts if part.level is not None and not part.percent and _nearest(book, whole, part))
        if parts:
            covered.update((whole.id, part.id) for part in parts)
            complete = bool(entry.parts_exhaustive) and len(parts) == len(known)
            yield Whole(whole, parts, exhaustive=complete, disjoint=complete)
    for group in find_wholes(book.text):
        if any((group.whole.id, part.id) not in covered for part in group.parts):
            covered.update((group.whole.id, part.id) for part in group.parts)
            yield group
    yield from (group for group in kinship.wholes(book) if (group.whole.id, group.parts[0].id) not in covered)


def _nearest(book: Book, whole: Claim, part: Claim) -> bool:
    """Say whether, of several prints of the whole in the part's document, this is the one to hold it against."""
    return whole.doc == part.doc or not any(other.doc == part.doc for other in book.series_of(whole).levels(part.period, whole.unit))


def _at_most(smaller: Reading, larger: Reading) -> Comparison:
    """Compare a number with everything up to another."""
    limit = Reading(Interval(None, larger.rounded.high), Interval(None, larger.wide.high), max(smaller.unit, larger.unit))
    return compare(smaller, limit)


def _at_least(smaller: Reading) -> Reading:
    return Reading(Interval(smaller.rounded.low, None), Interval(smaller.wide.low, None), smaller.unit)


def _softened(comparison: Comparison) -> Comparison:
    """Return the comparison with a contradiction made borderline, for rules that have innocent exceptions."""
    if comparison.verdict is not Verdict.CONTRADICTION:
        return comparison
    return replace(comparison, verdict=Verdict.BORDERLINE)


def _both_before(book: Book, one: Claim, other: Claim) -> tuple[Reading, Reading] | None:
    """Return both earlier levels when both claims print a change from the same period."""
    if one.change is None or other.change is None or one.change.basis != other.change.basis:
        return None
    if base_period(one) != base_period(other):
        return None
    first, second = book.before(one), book.before(other)
    return None if first is None or second is None else (first, second)


def _growth_unknown(member: Claim, whole: Claim) -> bool:
    change = member.change
    if change is None or change.amount is None or change.kind != "percent" or whole.change is None:
        return True
    return change.basis != whole.change.basis or base_period(member) != base_period(whole)


def _weighted_growth(book: Book, group: Whole) -> Reading | None:
    """Return the whole's growth over the sum of its parts' earlier values, None when one of those is open."""
    before = [reading for part in group.parts if (reading := book.before(part)) is not None]
    if len(before) < len(group.parts):
        return None
    rounded, wide = _summed([reading.rounded for reading in before]), _summed([reading.wide for reading in before])
    if rounded.low is None or rounded.low <= 0:
        return None
    level = group.whole.printed
    effect = 100 * level.point * sum((reading.unit for reading in before), Fraction(0)) / rounded.low**2
    return Reading.derived(level.rounded.over(rounded, 100, 100), level.wide.over(wide, 100, 100), effect)


def _growth_hull(group: Whole) -> Reading:
    rounded, wide = (_hull([part.printed_change.factor(wide) for part in group.parts]) for wide in (False, True))
    return Reading.derived(_as_percent(rounded), _as_percent(wide), *(part.printed_change.printed.unit for part in group.parts))


def _summed(intervals: list[Interval]) -> Interval:
    return sum(intervals[1:], intervals[0])


def _hull(intervals: list[Interval]) -> Interval:
    lows = [interval.low for interval in intervals if interval.low is not None]
    highs = [interval.high for interval in intervals if interval.high is not None]
    return Interval(min(lows) if len(lows) == len(intervals) else None, max(highs) if len(highs) == len(intervals) else None)


def _as_percent(factor: Interval) -> Interval:
    return (factor - Interval.exactly(1)).scaled(100)
