"""Checks of changes against each other where no level is printed for the period they start from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from ...periods import canonical, months, named
from ...series.along import Series, base_period
from ...series.claims import Claim
from ...series.derive import change_from
from ...series.intervals import Interval, Reading
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..verdicts import Verdict, compare
from .earlier import at_constant_prices

__all__ = ["check_growth_chain", "check_two_bases"]


@check("two-bases", "two changes from one period imply one value for it, where nobody prints it", hard=True, figure=True)
def check_two_bases(book: Book) -> Iterator[Finding]:
    """Two levels with their changes from one and the same earlier period imply one value for it.

    For the periods whose value nobody prints: 2017 with 同比, 2018 with 比2016年. Source: the definition of a growth rate.
    """
    for series in book.series.values():
        for claims in _by_base(series):
            known = [(claim, then) for claim in claims if (then := _implied_by(book, claim)) is not None]
            known.sort(key=lambda found: (found[0].published, found[0].doc, found[0].start))
            for other, _ in known[1:]:
                first, then = known[0]
                if other.unit == first.unit and canonical(other.period) != canonical(first.period):
                    subjects = (Subject(other, "change"), Subject(other), Subject(first, "change"), Subject(first))
                    declared = book.crossed(other, base_period(other) or "", first.period)
                    if declared is not None:
                        yield Finding.not_comparable("two-bases", subjects, declared)
                        continue
                    implied = change_from(then, other.printed, other.printed_change.kind)
                    comparison = compare(Reading.of(other.printed_change.printed), implied)
                    cause = "revised" if comparison.verdict is Verdict.CONTRADICTION and first.doc != other.doc else ""
                    yield Finding.compared("two-bases", subjects, other.change_unit, comparison, cause)


@check("growth-chain", "a change over several years is the yearly changes one after another", hard=True, figure=True)
def check_growth_chain(book: Book) -> Iterator[Finding]:
    """A change over several years is the year-on-year changes of those years one after another. Source: compound growth."""
    for series in book.series.values():
        for claim in series:
            change = claim.change
            if change is None or change.amount is None or change.basis != "fixed" or change.kind != "percent" or claim.kind != "actual":
                continue
            base = base_period(claim)
            links = _links(series, claim, base) if base and not change.yearly_mean else None
            if base and links:
                subjects = (Subject(claim, "change"), *(Subject(link, "change") for link in links))
                declared = book.crossed(claim, base)
                if declared is not None:
                    yield Finding.not_comparable("growth-chain", subjects, declared)
                    continue
                comparison = compare(Reading.of(change.amount), _chained(links))
                yield Finding.compared("growth-chain", subjects, "%", comparison)


def _by_base(series: Series) -> Iterator[list[Claim]]:
    """Yield the levels whose changes start from one period, where there are several and none prints that period's value."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in series:
        base = base_period(claim) if claim.level is not None and claim.kind == "actual" else None
        if base is not None and not series.levels(base, claim.unit):
            claims[base].append(claim)
    return (found for found in claims.values() if len(found) > 1)


def _implied_by(book: Book, claim: Claim) -> Reading | None:
    """Return the level before, where a claim's level and change give it."""
    if at_constant_prices(claim, claim) or (claim.percent and claim.printed_change.kind == "percent"):
        return None
    return book.before(claim) if book.text.attached(claim) else None


def _links(series: Series, claim: Claim, base: str) -> list[Claim] | None:
    """Return a year-on-year change for each year after the base up to the claim's, None when one is missing."""
    now, then = months(claim.period), months(base)
    if now is None or then is None or (now[0] - then[0]) % 12 or now[0] - then[0] < 24:
        return None
    links = []
    for first in range(then[0] + 12, now[0] + 1, 12):
        known = [other for other in series.at(named(first, first + now[1] - now[0])) if _yearly(other)]
        if not known:
            return None
        links.append(known[0])
    return links


def _yearly(claim: Claim) -> bool:
    change = claim.change
    if change is None or change.amount is None or change.basis != "yoy" or change.kind != "percent" or claim.kind != "actual":
        return False
    return not claim.percent and not change.yearly_mean


def _chained(links: list[Claim]) -> Reading:
    rounded = wide = Interval.exactly(1)
    point = Fraction(1)
    changes = [link.printed_change for link in links]
    for change in changes:
        rounded, wide = rounded * change.factor(), wide * change.factor(wide=True)
        point *= 1 + change.printed.point / 100
    effects = [point * change.printed.unit / (1 + change.printed.point / 100) for change in changes if change.printed.point > -100]
    return Reading.derived(_percent(rounded), _percent(wide), *effects)


def _percent(factor: Interval) -> Interval:
    return (factor - Interval.exactly(1)).scaled(100)
