"""Checks along one series over time: spans that add up, and means over years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

from ...lexicon.words import says
from ...periods import months, named
from ...series.along import Series
from ...series.claims import Claim
from ...series.derive import growth, is_nought, total
from ...series.intervals import Interval, Reading
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..verdicts import Verdict, compare
from .earlier import at_constant_prices

__all__ = ["check_mean_growth", "check_period_sums", "check_year_to_date", "count_of", "revised"]

DIGITS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
YEARS_MEAN = re.compile(r"([\d一二两三四五六七八九十]+)年(?:平均|年均)")
YEAR = 12
# A longer span falls into halves, quarters or months.
PARTS = (6, 3, 1)
FINE = 10**8
Flows = dict[str, list[Claim]]


@check("period-sum", "Q1 + Q2 = H1, H1 + H2 = the year, January to July + August = January to August, four quarters", hard=True, figure=True)
def check_period_sums(book: Book) -> Iterator[Finding]:
    """What happened in a span and in the rest of a longer span adds up to the longer one.

    Q1 + Q2 = H1, H1 + H2 = the year, January to July + August = January to August, four quarters = the year.
    Only for numbers of a span: not stocks, rates or averages. Source: addition.
    """
    for _, flows in _all_flows(book):
        starts = _starts(flows)
        for claims in flows.values():
            for whole in claims[:1]:
                for parts in _decompositions(flows, starts, whole):
                    subjects = (Subject(whole), *(Subject(part) for part in parts))
                    declared = book.crossed(whole, *(part.period for part in parts))
                    if declared is not None:
                        yield Finding.not_comparable("period-sum", subjects, declared)
                        continue
                    comparison = compare(Reading.of(whole.printed), total([part.printed for part in parts]))
                    cause = revised(comparison.verdict, whole, parts)
                    yield Finding.compared("period-sum", subjects, whole.unit, comparison, cause)


@check("year-to-date", "a longer span since the same January has no less", hard=True)
def check_year_to_date(book: Book) -> Iterator[Finding]:
    """A count since January is at least the count of a shorter span since the same January. Source: addition."""
    for series, flows in _all_flows(book):
        spans = sorted((ends, period) for period in series.by_period if (ends := months(period)) is not None)
        for (first, shorter), (second, longer) in pairwise(spans):
            if first[0] != second[0] or second[1] - second[0] > 11:
                continue
            for less, more in zip(flows.get(shorter, [])[:1], flows.get(longer, [])[:1], strict=False):
                declared = book.crossed(less, more.period)
                if declared is not None:
                    yield Finding.not_comparable("year-to-date", (Subject(less), Subject(more)), declared)
                    continue
                limit = Reading(Interval(None, more.printed.rounded.high), Interval(None, more.printed.wide.high), more.printed.unit)
                comparison = compare(Reading.of(less.printed), limit)
                cause = revised(comparison.verdict, less, [more])
                yield Finding.compared("year-to-date", (Subject(less), Subject(more)), less.unit, comparison, cause)


@check("mean-growth", "年均增长X% over the years between A and B leads from A to B", hard=True, figure=True)
def check_mean_growth(book: Book) -> Iterator[Finding]:
    """由A到B with 年均增长X%: X per cent a year over the years between gives B from A. Source: compound growth."""
    for claim in book.claims:
        change = claim.change
        if change is None or change.amount is None or not change.yearly_mean or change.kind != "percent":
            continue
        over = _growth_over(book, claim)
        if over is None:
            yield Finding.untestable("mean-growth", claim, "span_not_printed", "change")
            continue
        if any(at_constant_prices(claim, subject.claim) for subject in over.subjects):
            yield Finding.untestable("mean-growth", claim, "constant_prices", "change")
            continue
        # A change, and an earlier value beside its level, are on the definition of their own document.
        printed_apart = all(subject.part == "level" for subject in over.subjects)
        declared = book.crossed(over.subjects[0].claim, over.base) if printed_apart else None
        if declared is not None:
            yield Finding.not_comparable("mean-growth", (Subject(claim, "change"), *over.subjects), declared)
            continue
        comparison = compare(Reading.of(change.amount), _a_year(over.growth, over.years))
        yield Finding.compared("mean-growth", (Subject(claim, "change"), *over.subjects), "%", comparison, years=str(over.years))


def _all_flows(book: Book) -> list[tuple[Series, Flows]]:
    """Return, for each series of several periods, the levels that may be added over time, by period."""
    several = (series for series in book.series.values() if len(series.by_period) > 1)
    return book.once("flows", lambda: [(series, _flows(book, series)) for series in several])


def _flows(book: Book, series: Series) -> Flows:
    found = {period: [claim for claim in series.levels(period, "") if _adds_up(book, claim)] for period in series.by_period}
    return {period: claims for period, claims in found.items() if claims}


def _adds_up(book: Book, claim: Claim) -> bool:
    if claim.previous is not None or not (claim.counted or claim.unit.endswith("元")):
        return False
    return not book.is_stock(claim) and not says(claim.name, "average")


def _decompositions(flows: Flows, starts: dict[int, list[int]], whole: Claim) -> Iterator[list[Claim]]:
    """Yield the parts of a span that leave nothing over: the time up to some month with the rest, and its halves, quarters or months."""
    first, last = months(whole.period) or (0, 0)
    pieces: list[tuple[tuple[int, int], ...]] = [((first, end), (end + 1, last)) for end in starts.get(first, ()) if end < last]
    if last - first < YEAR:
        lengths = [length for length in PARTS if (last - first + 1) % length == 0 and (last - first + 1) // length > 2]
        pieces += [tuple((start, start + length - 1) for start in range(first, last + 1, length)) for length in lengths]
    for spans in pieces:
        parts = [_same_unit(flows, named(*span), whole) for span in spans]
        if all(parts):
            yield [claims[0] for claims in parts]


def _starts(flows: Flows) -> dict[int, list[int]]:
    """Return the last months of the spans that begin with a month, by that month."""
    found: dict[int, list[int]] = defaultdict(list)
    for period in flows:
        ends = months(period)
        if ends is not None:
            found[ends[0]].append(ends[1])
    return found


def _same_unit(flows: Flows, period: str, whole: Claim) -> list[Claim]:
    return [claim for claim in flows.get(period, ()) if claim.unit == whole.unit]


def revised(verdict: Verdict, stated: Claim, others: list[Claim]) -> str:
    """Return the cause of a contradiction between documents, "" for any other."""
    apart = any(other.doc != stated.doc for other in others)
    return "revised" if verdict is Verdict.CONTRADICTION and apart else ""


@dataclass(frozen=True, slots=True)
class _Over:
    """A growth over some years, in per cent, from a base year on, and the numbers that say it."""

    growth: Reading
    years: int
    base: str
    subjects: tuple[Subject, ...]


def _growth_over(book: Book, claim: Claim) -> _Over | None:
    """Return the growth that a yearly mean is said of: 由A到B, a change on the base year beside it (比2019年), or the levels of both ends."""
    if claim.level is not None:
        return _from_to(claim) or _between_levels(book, claim, claim)
    for other in book.text.before(claim)[:2]:
        if other.change is not None and other.change.yearly_mean:
            break
        if not book.text.linked(claim.doc, max(other.end, (other.change.end if other.change else 0) or 0), claim.printed_change.start or 0):
            continue
        found = _from_to(other) or _on_base(other) or _between_levels(book, claim, other)
        if found is not None and _years_said(claim) in (None, found.years):
            return found
    return None


def _from_to(ends: Claim) -> _Over | None:
    if ends.previous is None or ends.level is None or is_nought(ends.previous.level):
        return None
    years = _years_between(ends.period, ends.previous.period)
    subjects = (Subject(ends), Subject(ends, "previous"))
    return _Over(growth(ends.level, ends.previous.level), years, ends.previous.period, subjects) if years else None


def _on_base(other: Claim) -> _Over | None:
    change = other.change
    if change is None or change.amount is None or change.basis != "fixed" or change.kind != "percent":
        return None
    years = _years_between(other.period, change.base or "")
    return _Over(Reading.of(change.amount), years, change.base or "", (Subject(other, "change"),)) if years and years > 1 else None


def _between_levels(book: Book, claim: Claim, now: Claim) -> _Over | None:
    """Return the growth between two printed levels as many years apart as the mean says (两年平均)."""
    years, ends = _years_said(claim), months(now.period)
    if years is None or ends is None or now.level is None:
        return None
    base = named(ends[0] - YEAR * years, ends[1] - YEAR * years)
    thens = [then for then in book.series_of(now).levels(base, now.unit) if not is_nought(then.printed)]
    return _Over(growth(now.printed, thens[0].printed), years, base, (Subject(now), Subject(thens[0]))) if thens else None


def _years_said(claim: Claim) -> int | None:
    """Return over how many years a mean is taken where its words say it (两年平均), None where they do not."""
    found = YEARS_MEAN.search(claim.quote[: claim.quote.find(claim.printed_change.as_written) + len(claim.printed_change.as_written)])
    return count_of(found[1]) or None if found else None


def _years_between(period: str, base: str) -> int | None:
    now, then = months(period), months(base)
    if now is None or then is None or now[1] - now[0] != then[1] - then[0] or (now[0] - then[0]) % YEAR:
        return None
    years = (now[0] - then[0]) // YEAR
    return years if years > 0 else None


def _a_year(total: Reading, years: int) -> Reading:
    """Return the growth a year that comes to a growth over some years, both in per cent."""
    rounded, wide = (Interval(_root(found.low, years, upper=False), _root(found.high, years, upper=True)) for found in (total.rounded, total.wide))
    factor = 1 + (rounded.low or Fraction(0)) / 100
    return Reading.derived(rounded, wide, total.unit / (years * factor ** (years - 1)) if factor > 0 else total.unit)


def _root(percent: Fraction | None, years: int, upper: bool) -> Fraction | None:
    """Return one end of a yearly growth; a root that does not come out even is rounded away from the interval, at the sixth decimal."""
    if percent is None:
        return None
    power = (1 + percent / 100) * FINE**years
    low, high = 0, 1 << (floor(power).bit_length() // years + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**years <= power else (low, middle)
    return Fraction(100 * (low + (upper and low**years != power)), FINE) - 100


def count_of(written: str) -> int:
    """Return how many a number in Arabic or Chinese numerals says, up to ninety-nine."""
    if written.isdigit():
        return int(written)
    tens, _, ones = written.rpartition("十")
    if "十" in written:
        return 10 * DIGITS.get(tens, 1) + DIGITS.get(ones, 0)
    return DIGITS.get(written, 0)
