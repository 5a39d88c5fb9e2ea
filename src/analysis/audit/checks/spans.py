"""Checks along one series over time: spans that add up, means over years, streaks and records."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

from ...lexicon import changes
from ...lexicon.words import says
from ...periods import canonical, months, named, year_before
from ...series.along import Series
from ...series.claims import Claim
from ...series.derive import growth, is_nought, total
from ...series.intervals import Interval, Reading
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..verdicts import Verdict, compare
from .earlier import at_constant_prices

__all__ = ["check_mean_growth", "check_period_sums", "check_record", "check_streak", "check_year_to_date"]

STREAK = changes.streak()
DIGITS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
YEARS_MEAN = re.compile(r"([\d一二两三四五六七八九十]+)年(?:平均|年均)")
FIRST_HIGH, FIRST_LOW = re.compile(r"首次(?:突破|超过|超|达到|达)"), re.compile(r"首次(?:跌破|降至|低于)")
RECORD_HIGH = re.compile(r"(?:再创|创)?历史新高|历史最高")
# 近五年来首次, 2015年以来最低: how far back a record reaches.
WINDOW = re.compile(r"([\d一二两三四五六七八九十]+)年(?:以?来|内|间|中)|((?:19|20)\d\d)年以来")
RECORD_LOW = re.compile(r"历史新低|历史最低")
MONTHS = {"年": 12, "月": 1, "个月": 1, "季度": 3, "个季度": 3}
YEAR = 12
# A longer span falls into halves, quarters or months.
PARTS = (6, 3, 1)
LONGEST_STREAK = 40
# So far behind a number the words of its streak may end.
STREAK_REACH = 16
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
                    cause = _revised(comparison.verdict, whole, parts)
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
                cause = _revised(comparison.verdict, less, [more])
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


@check("streak", "连续N年下降: no printed change of those years, nor their levels, point the other way", hard=True)
def check_streak(book: Book) -> Iterator[Finding]:
    """连续N年下降: no change printed for one of those years points the other way, nor do the levels where none is printed.

    Whether the N periods end with this one or the one before is left open: only those both readings
    share are held against the series. Source: the words.
    """
    for claim in book.claims:
        found = _streak(book, claim) if claim.kind == "actual" else None
        if found is None or months(claim.period) is None:
            continue
        length, step = _count(found.group(1)), MONTHS[found.group(2)]
        sign = 1 if changes.direction_of(found.group(3)) == "up" else -1
        known = [found for period in _periods_back(claim, length, step) for found in _known_changes(book, claim, period)]
        if not known:
            yield Finding.untestable("streak", claim, "no_series", "change")
            continue
        worst, subjects = max(known, key=lambda change: _against(change[0], sign))
        side = Interval(Fraction(0), None) if sign > 0 else Interval(None, Fraction(0))
        comparison = compare(Reading(side, side, Fraction(0)), worst)
        cause = _revised(comparison.verdict, subjects[0].claim, [subject.claim for subject in subjects])
        yield Finding.compared("streak", (Subject(claim, "change"), *subjects), "%", comparison, cause, run=found.group())


@check("record", "首次突破, 历史新高: nothing earlier is higher, as far back as the text says (近十年来)", hard=True)
def check_record(book: Book) -> Iterator[Finding]:
    """首次突破, 历史新高: no earlier level of the same span is higher (新低: lower). Source: the words."""
    for claim in book.claims:
        if claim.level is None or claim.kind != "actual" or not claim.indicator:
            continue
        before = book.text.lead(claim)[-8:] + claim.as_written
        around = before + book.text.trail(claim, 10)
        first_high, first_low = FIRST_HIGH.search(before), FIRST_LOW.search(before)
        high, low = first_high or RECORD_HIGH.search(around), first_low or RECORD_LOW.search(around)
        if not high and not low:
            continue
        since = _reach(claim, book.text.lead(claim)[-16:] + claim.as_written + book.text.trail(claim, 16))
        earlier = [other for other in book.series_of(claim) if _comparably_earlier(claim, other) and int(other.period[:4]) >= since]
        if not earlier:
            yield Finding.untestable("record", claim, "no_series")
            continue
        crossed = book.crossed(claim, earlier[-1].period)
        subjects = (Subject(claim), Subject(earlier[-1]))
        earlier = [other for other in earlier if book.crossed(claim, other.period) is None]
        if not earlier and crossed is not None:
            yield Finding.not_comparable("record", subjects, crossed)
            continue
        rival = max(earlier, key=lambda other: other.printed.point if high else -other.printed.point)
        limit = Reading(_beyond(rival.printed.rounded, bool(high)), _beyond(rival.printed.wide, bool(high)), rival.printed.unit)
        said = _mark(claim) if first_high or first_low else Reading.of(claim.level)
        comparison = compare(said, limit)
        yield Finding.compared("record", (Subject(claim), Subject(rival)), claim.unit, comparison)


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


def _revised(verdict: Verdict, stated: Claim, others: list[Claim]) -> str:
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
    return _count(found[1]) or None if found else None


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


def _streak(book: Book, claim: Claim) -> re.Match[str] | None:
    """Return the streak that is said of a claim: before it, in its own words, or behind it with no other number between."""
    change = claim.change
    found = STREAK.search(book.text.lead(claim) + claim.as_written + (change.as_written if change else ""))
    if found is not None:
        return found
    own = max(claim.end, change.end or 0) - claim.end if change is not None else 0
    behind = re.split("[；;]", book.text.trail(claim, own + STREAK_REACH)[own:])[0]
    found = STREAK.search(behind)
    return found if found is not None and not re.search(r"\d", behind[: found.start()]) else None


def _count(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, _, ones = written.rpartition("十")
    if "十" in written:
        return 10 * DIGITS.get(tens, 1) + DIGITS.get(ones, 0)
    return DIGITS.get(written, 0)


def _periods_back(claim: Claim, length: int, step: int) -> list[str]:
    first, last = months(claim.period) or (0, 0)
    span = last - first
    ends = [last - step * n for n in range(1, min(length, LONGEST_STREAK))]
    if step < 12:
        return [named(end, end) for end in ends] if step == 1 else [named(end - 2, end) for end in ends]
    return [named(end - span, end) for end in ends]


def _known_changes(book: Book, claim: Claim, period: str) -> list[tuple[Reading, tuple[Subject, ...]]]:
    """Return the yearly changes printed for a period, else what the levels of the period and of the year before say."""
    series = book.series_of(claim)
    yearly = [other for other in series.at(period) if other.change is not None and other.change.amount is not None and other.change.basis == "yoy"]
    if yearly:
        return [(Reading.of(other.printed_change.printed), (Subject(other, "change"),)) for other in yearly]
    before = year_before(period)
    if before is None or series.between(before, period):
        return []
    nows, thens = (series.levels(at, claim.unit)[:1] for at in (period, before))
    return [(growth(now.printed, then.printed), (Subject(now), Subject(then))) for now, then in zip(nows, thens, strict=False) if then.printed.point]


def _against(change: Reading, sign: int) -> Fraction | float:
    """Say how far a change goes against a direction."""
    end = change.rounded.high if sign > 0 else change.rounded.low
    return float("-inf") if end is None else -sign * end


def _comparably_earlier(claim: Claim, other: Claim) -> bool:
    now, then = months(claim.period), months(other.period)
    if now is None or then is None or other.level is None or other.kind != "actual" or other.unit != claim.unit:
        return False
    return then[1] - then[0] == now[1] - now[0] and canonical(other.period) != canonical(claim.period) and then[0] < now[0]


def _mark(claim: Claim) -> Reading:
    """Return the mark that was passed for the first time (突破5万件), else the level itself."""
    level = claim.printed
    if level.rounded.low is not None and level.rounded.high is not None:
        return Reading.of(level)
    mark = Interval.exactly(level.point)
    return Reading(mark, mark, Fraction(0))


def _reach(claim: Claim, words_around: str) -> int:
    """Return the first year a record is said to reach back to, 0 when it is of all time."""
    found = WINDOW.search(words_around)
    if found is None:
        return 0
    return int(found[2]) if found[2] else int(claim.period[:4]) - _count(found[1]) + 1 if claim.period[:4].isdigit() else 0


def _beyond(reading: Interval, high: bool) -> Interval:
    return Interval(reading.low, None) if high else Interval(None, reading.high)
