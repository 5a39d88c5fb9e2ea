"""Checks of what is said of a run of years: streaks, and firsts and records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ...lexicon import changes
from ...periods import canonical, months, named, year_before
from ...series.claims import Claim
from ...series.derive import growth
from ...series.intervals import Interval, Reading
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..verdicts import compare
from .spans import count_of, revised

__all__ = ["check_record", "check_streak"]

STREAK = changes.streak()
FIRST_HIGH, FIRST_LOW = re.compile(r"首次(?:突破|超过|超|达到|达)"), re.compile(r"首次(?:跌破|降至|低于)")
RECORD_HIGH = re.compile(r"(?:再创|创)?历史新高|历史最高")
# 近五年来首次, 2015年以来最低: how far back a record reaches.
WINDOW = re.compile(r"([\d一二两三四五六七八九十]+)年(?:以?来|内|间|中)|((?:19|20)\d\d)年以来")
RECORD_LOW = re.compile(r"历史新低|历史最低")
MONTHS = {"年": 12, "月": 1, "个月": 1, "季度": 3, "个季度": 3}
LONGEST_STREAK = 40
# So far behind a number the words of its streak may end.
STREAK_REACH = 16


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
        length, step = count_of(found.group(1)), MONTHS[found.group(2)]
        sign = 1 if changes.direction_of(found.group(3)) == "up" else -1
        known = [found for period in _periods_back(claim, length, step) for found in _known_changes(book, claim, period)]
        if not known:
            yield Finding.untestable("streak", claim, "no_series", "change")
            continue
        worst, subjects = max(known, key=lambda change: _against(change[0], sign))
        side = Interval(Fraction(0), None) if sign > 0 else Interval(None, Fraction(0))
        comparison = compare(Reading(side, side, Fraction(0)), worst)
        cause = revised(comparison.verdict, subjects[0].claim, [subject.claim for subject in subjects])
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
    return int(found[2]) if found[2] else int(claim.period[:4]) - count_of(found[1]) + 1 if claim.period[:4].isdigit() else 0


def _beyond(reading: Interval, high: bool) -> Interval:
    return Interval(reading.low, None) if high else Interval(None, reading.high)
