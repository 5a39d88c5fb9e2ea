"""Which numbers belong together: rates and what they are made of, shares, averages, people and cases.

Relations come from two places. The catalogue knows its indicators' numerators, wholes and cases. For
documents it does not know, a few structural rules read the sentence itself; they are deliberately few
(a wrong relation is a false alarm). `sure` says that the words leave no other reading: only then may a
relation that does not hold be called a contradiction.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..lexicon.classes import places
from ..lexicon.units import same_kind
from ..lexicon.words import says, words
from ..series.claims import Claim, is_cell, is_count
from ..series.derive import is_nought, quotient
from ..series.intervals import Reading
from ..series.passages import Passages
from .verdicts import Verdict, compare
from .wholes import leaves_out, not_less, opens_parts

__all__ = [
    "Average",
    "Pair",
    "Ratio",
    "Share",
    "Steps",
    "find_averages",
    "find_pairs",
    "find_ratios",
    "find_shares",
    "find_steps",
    "names_more",
]

# So many counts of a sentence back a step is looked for, and so long is the shortest name of a sort of case.
REACH = 24
SHORTEST_SORT = 5
RATE_NAME = re.compile(r"([^，,；;、。：:\s]*)率(?:已|约|均)?(?:分别)?(?:为|达到?|是)?$")


@dataclass(frozen=True, slots=True)
class Ratio:
    """`rate` is numerator / denominator."""

    rate: Claim
    numerator: Claim
    denominator: Claim
    sure: bool


@dataclass(frozen=True, slots=True)
class Share:
    """`share` is part / whole; several wholes when the sentence does not say which."""

    share: Claim
    part: Claim
    wholes: tuple[Claim, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Average:
    """`average` is total / count."""

    average: Claim
    total: Claim
    count: Claim
    sure: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """So many people in so many cases, printed as one: 3012件4104人."""

    cases: Claim
    persons: Claim


@dataclass(frozen=True, slots=True)
class Steps:
    """Two steps of one matter in one sentence: what is concluded (`later`) was begun (`earlier`)."""

    earlier: Claim
    later: Claim


def find_ratios(claims: list[Claim], text: Passages) -> Iterator[tuple[Claim, Ratio | None]]:
    """Yield each claim that names itself a …率 of known words, with its ratio or None when a side is not printed."""
    for rate in claims:
        if not rate.percent or rate.level is None or rate.kind != "actual" or is_cell(rate):
            continue
        rule, more = _rate_rule(text.lead(rate), rate.name)
        if rule is None:
            own = _rate_words(text.lead(rate), rate.name)
            found = _fitting(rate, text, [own]) or _right_before(rate, text, own)
            if found is not None:
                yield rate, found
            continue
        plain = not more
        inside = _ratio(rate, text.before(rate), rule, plain, text)
        yield rate, inside or _ratio(rate, text.before(rate, same_sentence=False), rule, False, text) or _fitting(rate, text, rule["numerator"])


def _ratio(rate: Claim, before: list[Claim], rule: dict[str, list[str]], plain: bool, text: Passages) -> Ratio | None:
    """Return the ratio of the nearest claims that say its two sides; from other sentences it is never sure."""
    nearby = [other for other in before if is_count(other) and _same_time(rate, other) and other.scope == rate.scope]
    tops = [other for other in nearby if _mentions(text, other, rule["numerator"])]
    bottoms = [other for other in nearby if _mentions(text, other, rule["denominator"]) and other not in tops]
    for top in tops:
        matching = [bottom for bottom in bottoms if same_kind(bottom.unit, top.unit)]
        if matching:
            alone = len(tops) == 1 and len(matching) == 1
            sure = plain and alone and not leaves_out(text.lead(matching[0]), text.lead(top))
            return Ratio(rate, top, matching[0], sure=sure)
    return None


def _fitting(rate: Claim, text: Passages, top_words: list[str]) -> Ratio | None:
    """Return the ratio of the two counts beside a rate that come to it, where one says the rate's own words and no rule knows the other.

    Never sure: it is the fit that tells what the rate is a share of.
    """
    before = [other for other in text.before(rate) if is_count(other) and _same_time(rate, other) and other.scope == rate.scope]
    tops = [other for other in before if any(word and word in text.lead(other) for word in top_words)]
    for top in tops:
        for bottom in before:
            if bottom is not top and same_kind(bottom.unit, top.unit) and not is_nought(bottom.printed) and bottom.printed.point >= top.printed.point:
                found = compare(Reading.of(rate.printed), quotient(top.printed, bottom.printed, 100))
                if found.verdict is Verdict.CONSISTENT:
                    return Ratio(rate, top, bottom, sure=False)
    return None


def _right_before(rate: Claim, text: Passages, own: str) -> Ratio | None:
    """Return the ratio of the two counts right before a rate, the nearer of which says the rate's own words (应诉417件，败诉36件，败诉率8.6%).

    Never sure: of what is tried and what is lost the rate may be of those concluded, which nobody printed.
    """
    top, bottom = [*text.before(rate), None, None][:2]
    if top is None or bottom is None or not own or own not in text.lead(top) or own in text.lead(bottom):
        return None
    counted = all(is_count(side) and side.scope == rate.scope and _same_time(rate, side) for side in (top, bottom))
    if not counted or not same_kind(top.unit, bottom.unit) or is_nought(bottom.printed) or top.printed.point > bottom.printed.point:
        return None
    return Ratio(rate, top, bottom, sure=False)


def _rate_words(lead: str, name: str) -> str:
    """Return the words a rate is named for (立案 of 立案率), "" where it is no rate."""
    match = RATE_NAME.search(lead) or RATE_NAME.search(name)
    return match[1] if match else ""


def names_more(rate: Claim, numerator: Claim, denominator: Claim) -> bool:
    """Say whether a rate's name says more than its two sides (实际 in 实际执结率), so that it may be another rate."""
    more = _rate_rule(rate.name, rate.name)[1]
    return more not in numerator.name and more not in denominator.name


def _rate_rule(lead: str, name: str) -> tuple[dict[str, list[str]] | None, str]:
    """Return the rule whose words the rate's name ends with, and what else the name says."""
    match = RATE_NAME.search(lead) or RATE_NAME.search(name)
    if match is None:
        return None, ""
    named = match.group(1)
    fitting = [(word, rule) for rule in words("rates") for word in rule["words"] if named.endswith(word)]
    if not fitting:
        return None, ""
    word, rule = max(fitting, key=lambda found: len(found[0]))
    rest = named.removesuffix(word)
    for plain in sorted((*words("plain_in_rates"), *places()["whole"]["zh"]), key=len, reverse=True):
        rest = rest.replace(plain, "")
    return rule, rest


def find_shares(claims: list[Claim], text: Passages) -> Iterator[Share]:
    """Yield every 占…% with the count it is said of and the wholes it may be a share of, nearest first."""
    for share in claims:
        lead = text.lead(share)
        if not share.percent or share.level is None or share.kind != "actual" or not says(lead, "share"):
            continue
        before = [other for other in text.before(share) if is_count(other) and _not_aside(text, other, share)]
        if not before or "占" not in lead or not lead.lstrip("，,（(）) ").startswith(("占", "约占", "共占", "仅占")):
            yield Share(share, share, (), sure=False)
            continue
        part = before[0]
        earlier = [other for other in text.before(share, same_sentence=False) if is_count(other) and other.start < part.start]
        wholes = tuple(other for other in earlier if same_kind(other.unit, part.unit) and not_less(other, part))
        inside = tuple(other for other in wholes if other in before)
        sure = opens_parts(text.lead(part)) and len(inside) == 1
        yield Share(share, part, inside if sure else wholes, sure)


def find_averages(claims: list[Claim], text: Passages) -> Iterator[tuple[Claim, Average | None]]:
    """Yield each 人均… count with the total and the head count of its sentence, or None when they are not printed."""
    for average in claims:
        if not average.counted or not is_count(average) or "人均" not in text.lead(average) + average.name:
            continue
        before = [other for other in text.before(average) if is_count(other)]
        totals = [other for other in before if same_kind(other.unit, average.unit) and not says(text.lead(other), "average")]
        heads = [other for other in before if same_kind(other.unit, "人")]
        if totals and heads:
            yield average, Average(average, totals[0], heads[0], sure=len(totals) == 1 and len(heads) == 1)
        else:
            yield average, None


def find_pairs(claims: list[Claim], text: Passages) -> Iterator[Pair]:
    """Yield 件…人 pairs: two counts with nothing between them."""
    for cases, persons in pairwise(claims):
        if cases.doc != persons.doc or not (is_count(cases) and is_count(persons)):
            continue
        if says(persons.name, "not_of_a_case"):
            continue
        if same_kind(cases.unit, "件") and same_kind(persons.unit, "人") and text.paired(cases, persons):
            yield Pair(cases, persons)


def find_steps(text: Passages) -> Iterator[Steps]:
    """Yield neighbouring counts of one sentence that say two steps of one matter, at most `REACH` counts apart."""
    for sentence in text.sentences():
        before: deque[Claim] = deque(maxlen=REACH)
        for later in (claim for claim in sentence if is_count(claim)):
            steps = [one for one in reversed(before) if same_kind(one.unit, later.unit) and one.start < later.start and _in_order(one, later, text)]
            if steps:
                # Of 受理100件，其中新收80件 it is the first that is concluded from.
                opened = [one for one in steps if _mentions(text, one, words("steps_closed")["opened"])]
                yield Steps(max(opened, key=lambda one: one.printed.point) if steps[0] in opened else steps[0], later)
            before.append(later)


def _in_order(one: Claim, later: Claim, text: Passages) -> bool:
    first, second, closed = text.lead(one), text.lead(later), words("steps_closed")
    if any(word in first for word in closed["opened"]) and any(word in second for word in closed["closed"]):
        return True
    if _sorts_of_one(first, second):
        return False
    ranks = [_rank(first), _rank(second)]
    return ranks[0] is not None and ranks[1] is not None and ranks[0] < ranks[1]


def _sorts_of_one(first: str, second: str) -> bool:
    """Say whether two leads name sorts of one thing rather than steps: 按日连续处罚案件, 移送拘留案件 are cases of two sorts.

    >>> _sorts_of_one("按日连续处罚案件", "、移送拘留案件"), _sorts_of_one("处罚", "、移送"), _sorts_of_one("立案", "，移送案件")
    (True, False, False)
    """
    return first[-2:] == second[-2:] and len(first.strip("，,、；; ")) > SHORTEST_SORT and first[-2:] in words("sorts_of")


def _rank(lead: str) -> int | None:
    ranks = {n for n, step in enumerate(words("steps")) for word in step if word in lead}
    return ranks.pop() if len(ranks) == 1 else None


def _not_aside(text: Passages, other: Claim, claim: Claim) -> bool:
    """Say whether an earlier claim stands in no bracket that is closed before this one."""
    opened = text.brackets(other)
    return text.brackets(claim)[: len(opened)] == opened


def _same_time(one: Claim, other: Claim) -> bool:
    return one.period == other.period or not one.period or not other.period


def _mentions(text: Passages, claim: Claim, listed: list[str]) -> bool:
    lead = text.lead(claim)
    return any(word in lead for word in listed)
