"""Checks of rates, shares and averages against the counts they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from ...lexicon import changes
from ...series.along import base_period
from ...series.claims import Claim
from ...series.derive import is_nought, quotient
from ...series.intervals import Interval, Reading
from .. import kinship
from ..findings import Finding, Subject
from ..matching import Book
from ..registry import check
from ..relations import Average, Ratio, Share, find_averages, find_ratios, find_shares, names_more
from ..verdicts import Comparison, Verdict, compare
from ..wholes import leaves_out

__all__ = ["check_average", "check_growth_sign", "check_rate_change", "check_rate_ratio", "check_share", "check_share_change"]

DIRECTION = re.compile(rf"[，,]?(?:同比|比上年|较上年)(?:有所|明显|略有)?({changes.alternation('verb')})(?![\d０-９一二三四五六七八九十约近超逾])")
ONE = Interval.exactly(1)


@check(
    "rate-ratio",
    "a …率 is numerator / denominator",
    hard="where the name says no more than its two sides (实际执结率 says more) and the denominator is not of new cases only",
    figure=True,
)
def check_rate_ratio(book: Book) -> Iterator[Finding]:
    """A printed rate is numerator / denominator, to its printed decimals. Source: the rate's own name."""
    for rate, ratio in _ratios(book):
        if ratio is None:
            yield Finding.untestable("rate-ratio", rate, "side_not_printed")
            continue
        if is_nought(ratio.denominator.printed):
            yield Finding.untestable("rate-ratio", rate, "of_nought")
            continue
        comparison = _against_counts(ratio)
        if comparison.verdict is Verdict.CONTRADICTION and not ratio.sure:
            sides = (Subject(ratio.numerator), Subject(ratio.denominator))
            yield Finding.untestable("rate-ratio", rate, "other_denominator", sides=sides, come_to=comparison.implied)
            continue
        cause = "other_denominator" if comparison.verdict is Verdict.CONTRADICTION else ""
        yield Finding.compared("rate-ratio", _three(ratio), "%", comparison, cause)


@check("rate-change", "a rate's change in points follows from its level and the growth of its two sides", hard=True, figure=True)
def check_rate_change(book: Book) -> Iterator[Finding]:
    """A rate's change in points follows from its level and the growth of both its sides.

    With growths g of the numerator and h of the denominator, the earlier rate was rate x (1 + h) / (1 + g).
    Only rates whose level is their numerator over their denominator are tested. Source: arithmetic of ratios.
    """
    for _, ratio in _ratios(book):
        if ratio is not None:
            yield from _change_finding(book, "rate-change", ratio)


@check("share-change", "the rule of rate-change for a share", hard=True, figure=True)
def check_share_change(book: Book) -> Iterator[Finding]:
    """A share's change in points follows from its level and the growth of the part and of the whole.

    The rule of rate-change, for 占X%. Source: arithmetic of ratios.
    """
    for share in _shares(book):
        if share.sure:
            yield from _change_finding(book, "share-change", Ratio(share.share, share.part, share.wholes[0], sure=True))


def _change_finding(book: Book, check: str, ratio: Ratio) -> Iterator[Finding]:
    change = ratio.rate.change
    if change is None or change.amount is None or change.kind != "percentage_points":
        return
    if is_nought(ratio.denominator.printed) or _against_counts(ratio).verdict is not Verdict.CONSISTENT:
        return
    reason = _bases_differ(book, ratio)
    if reason:
        yield Finding.untestable(check, ratio.rate, reason, "change")
        return
    comparison = compare(Reading.of(change.amount), _implied_change(ratio))
    cause, repair = "", {}
    if comparison.verdict is Verdict.CONTRADICTION:
        cause, repair = "other_denominator_likely", _rate_repair(ratio)
    subjects = (
        Subject(ratio.rate, "change"), Subject(ratio.rate),
        Subject(ratio.numerator, "change"), Subject(ratio.denominator, "change"),
    )  # fmt: skip
    yield Finding.compared(check, subjects, "points", comparison, cause, **repair)


@check("growth-sign", "the rate fell when its numerator grew less than its denominator", hard=True)
def check_growth_sign(book: Book) -> Iterator[Finding]:
    """When the numerator grew less than the denominator the rate fell, and the other way round.

    Needs no level and no back-calculation; used where a rate's direction is printed without a testable
    amount. Source: arithmetic of ratios.
    """
    for rate, ratio in _ratios(book):
        sign = _said_direction(book, rate) if ratio is not None else 0
        if ratio is None or not sign or is_nought(ratio.denominator.printed) or _against_counts(ratio).verdict is not Verdict.CONSISTENT:
            continue
        if _sides_differ(book, ratio, "yoy"):
            continue
        implied = _implied_change(ratio)
        side = Interval(Fraction(0), None) if sign > 0 else Interval(None, Fraction(0))
        comparison = compare(Reading(side, side, implied.unit), implied)
        subjects = (Subject(rate), Subject(ratio.numerator, "change"), Subject(ratio.denominator, "change"))
        yield Finding.compared("growth-sign", subjects, "points", comparison)


def _said_direction(book: Book, rate: Claim) -> int:
    """Return 1 or -1 where 同比上升 or 同比下降 is said of a rate without an amount, else 0."""
    if rate.change is not None:
        return rate.change.sign if rate.change.amount is None and rate.change.basis == "yoy" else 0
    said = DIRECTION.match(book.text.trail(rate, 12))
    return 0 if said is None else 1 if changes.direction_of(said.group(1)) == "up" else -1


@check("share", "占X% is part / whole, where 其中 leaves one whole", hard=True, figure=True)
def check_share(book: Book) -> Iterator[Finding]:
    """占X% is part / whole. Where the sentence leaves the whole open, any earlier total that fits will do.

    Source: the definition of a share.
    """
    for share in _shares(book):
        if share.share is share.part or not share.wholes:
            yield Finding.untestable("share", share.share, "whole_not_printed")
            continue
        if all(is_nought(whole.printed) for whole in share.wholes):
            yield Finding.untestable("share", share.share, "of_nought")
            continue
        whole, comparison = min(_share_comparisons(share), key=lambda found: found[1].fit)
        if comparison.verdict is Verdict.CONTRADICTION and not share.sure:
            yield Finding.untestable("share", share.share, "whole_not_sure")
            continue
        subjects = (Subject(share.share), Subject(share.part), Subject(whole))
        yield Finding.compared("share", subjects, "%", comparison)


@check("average", "人均 is total / head count", hard="where the sentence has one of each", figure=True)
def check_average(book: Book) -> Iterator[Finding]:
    """人均 is total / head count. Source: the definition of an average."""
    for average, made_of in _averages(book):
        if made_of is None:
            yield Finding.untestable("average", average, "side_not_printed")
            continue
        if is_nought(made_of.count.printed):
            yield Finding.untestable("average", average, "of_nought")
            continue
        implied = quotient(made_of.total.printed, made_of.count.printed, 1)
        comparison = compare(_rounded_to_ones(average), implied)
        if comparison.verdict is Verdict.CONTRADICTION and not made_of.sure:
            yield Finding.untestable("average", average, "other_denominator")
            continue
        subjects = (Subject(average), Subject(made_of.total), Subject(made_of.count))
        yield Finding.compared("average", subjects, average.unit, comparison)


def _shares(book: Book) -> list[Share]:
    return book.once("shares", lambda: list(find_shares(book.claims, book.text)))


def _ratios(book: Book) -> list[tuple[Claim, Ratio | None]]:
    """Return rates with their two sides: from the catalogue first, else from the sentence."""
    return book.once("ratios", lambda: list(_find_ratios(book)))


def _find_ratios(book: Book) -> Iterator[tuple[Claim, Ratio | None]]:
    known = set()
    for rate in book.claims:
        entry = book.indicator(rate)
        if entry is None or not entry.numerator or rate.level is None or rate.kind != "actual" or not rate.percent:
            continue
        top, bottom = book.relative(rate, entry.numerator), book.relative(rate, entry.denominator)
        if top is not None and bottom is not None:
            known.add(rate.id)
            yield rate, Ratio(rate, top, bottom, sure=not names_more(rate, top, bottom) and not leaves_out(bottom.name, top.name))
    unsettled: dict[str, Claim] = {rate.id: rate for rate in book.claims if rate.percent and rate.level is not None and rate.kind == "actual"}
    for rate, ratio in find_ratios(book.claims, book.text):
        named = None if rate.id in known or (ratio is not None and ratio.sure) else _by_name(book, rate)
        if rate.id not in known:
            yield rate, named if ratio is None or (named is not None and not _fits(ratio)) else ratio
        unsettled.pop(rate.id, None)
    for rate in (rate for rate in unsettled.values() if rate.id not in known):
        named = _by_name(book, rate)
        if named is not None:
            yield rate, named


def _by_name(book: Book, rate: Claim) -> Ratio | None:
    """Return the two sides that the rate's name gives it and that come to it, where their document prints them."""
    return next((ratio for ratio in kinship.ratios(book, rate) if _fits(ratio)), None)


def _fits(ratio: Ratio) -> bool:
    return not is_nought(ratio.denominator.printed) and _against_counts(ratio).verdict is Verdict.CONSISTENT


def _averages(book: Book) -> Iterator[tuple[Claim, Average | None]]:
    known = set()
    for average in book.claims:
        entry = book.indicator(average)
        total, count = getattr(entry, "total", None), getattr(entry, "count", None)
        if not total or average.level is None or average.kind != "actual":
            continue
        above, below = book.relative(average, total), book.relative(average, count)
        if above is not None and below is not None:
            known.add(average.id)
            yield average, Average(average, above, below, sure=True)
    for average, made_of in find_averages(book.claims, book.text):
        if average.id not in known:
            yield average, made_of


def _against_counts(ratio: Ratio) -> Comparison:
    return compare(Reading.of(ratio.rate.printed), quotient(ratio.numerator.printed, ratio.denominator.printed, 100))


def _implied_change(ratio: Ratio) -> Reading:
    """Return rate x (1 - (1 + h) / (1 + g)) in points."""
    rate, top, bottom = ratio.rate, ratio.numerator, ratio.denominator
    quotients = quotient(top.printed, bottom.printed, 100)

    def lost_by(level: Interval, counts: Interval, wide: bool) -> Interval:
        return (level.common(counts) or level) * (ONE - bottom.printed_change.factor(wide).over(top.printed_change.factor(wide)))

    rounded, wide = lost_by(rate.printed.rounded, quotients.rounded, False), lost_by(rate.printed.wide, quotients.wide, True)
    lost = ratio.rate.printed.point / 100
    return Reading.derived(rounded, wide, lost * top.printed_change.printed.unit, lost * bottom.printed_change.printed.unit)


def _bases_differ(book: Book, ratio: Ratio) -> str:
    """Return why the sides' growths cannot be used for the rate's printed change, "" when they can."""
    reason = _sides_differ(book, ratio, ratio.rate.printed_change.basis)
    if reason:
        return reason
    return "" if base_period(ratio.numerator) == base_period(ratio.rate) else "bases_differ"


def _sides_differ(book: Book, ratio: Ratio, basis: str | None) -> str:
    """Return why the growths of the two sides cannot be combined, "" when they can."""
    sides = (ratio.numerator, ratio.denominator)
    for side in sides:
        change = side.change
        if change is None or change.amount is None or change.kind != "percent" or change.yearly_mean:
            return "side_growth_not_printed"
        if not change.factor().low or not book.owns_change(side):
            return "side_growth_not_printed"
    if any(side.printed_change.basis != basis for side in sides) or base_period(sides[0]) != base_period(sides[1]):
        return "bases_differ"
    return ""


def _rate_repair(ratio: Ratio) -> dict[str, object]:
    """Return the growth of the numerator that would make the printed change true, as far as the rounded prints tell it."""
    printed = (ratio.rate.printed, ratio.rate.printed_change.printed, ratio.denominator.printed_change.printed)
    if any(one.rounded.width() is None for one in printed):
        return {}
    corners = list(product(*(one.rounded.ends for one in printed)))
    if any(rate - change <= 0 for rate, change, _ in corners):
        return {}
    # Rising in the change and in the growth, falling in the rate: the extremes are at corners.
    growths = [(rate / (rate - change) * (1 + growth / 100) - 1) * 100 for rate, change, growth in corners]
    return {"repair": Interval(min(growths), max(growths)), "repair_of": "numerator", "side": ratio.numerator}


def _three(ratio: Ratio) -> tuple[Subject, Subject, Subject]:
    return Subject(ratio.rate), Subject(ratio.numerator), Subject(ratio.denominator)


def _share_comparisons(share: Share) -> Iterator[tuple[Claim, Comparison]]:
    stated = Reading.of(share.share.printed)
    for whole in (whole for whole in share.wholes if not is_nought(whole.printed)):
        yield whole, compare(stated, quotient(share.part.printed, whole.printed, 100))


def _rounded_to_ones(average: Claim) -> Reading:
    """Return an average's reading: unlike a count, 170件 a head is rounded to ones."""
    level = average.printed
    if level.rounded.width() == 0:
        half = level.unit / 2
        rounded = Interval(level.point - half, level.point + half)
        return Reading(rounded, Interval(rounded.low, level.point + level.unit), level.unit)
    return Reading.of(level)
