"""Which numbers belong together: rates and what they are made of, wholes and parts, people and cases.

Relations come from two places. The catalogue knows its indicators' numerators, wholes and cases. For
documents it does not know, a few structural rules read the sentence itself; they are deliberately few
(a wrong relation is a false alarm). `sure` says that the words leave no other reading: only then may a
relation that does not hold be called a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .claims import Claim
from .derive import total
from .lexicon import same_kind, says, words
from .passages import Passages
from .verdicts import Reading, Verdict, compare

__all__ = [
    "Average",
    "Pair",
    "Ratio",
    "Share",
    "Steps",
    "Whole",
    "find_averages",
    "find_pairs",
    "find_ratios",
    "find_shares",
    "find_steps",
    "find_wholes",
    "leaves_out",
    "names_more",
]

RATE_NAME = re.compile(r"([^，,；;、。：:\s]*)率(?:已|约|均)?(?:分别)?(?:为|达到?|是)?$")
CELL = re.compile(r"[\d.,．，]+")
CLOSED = re.compile(r"[）)]")
DIGIT = re.compile(r"\d")
STOP = re.compile("[。！？!?\n\x00]")
# So long is the name of a part in a list, with what opens the list.
LISTED = 10
LINKING = re.compile(r"^[，,、；;（(\s共涉及]*$")


@dataclass(frozen=True, slots=True)
class Ratio:
    """`rate` is numerator / denominator."""

    rate: Claim
    numerator: Claim
    denominator: Claim
    sure: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """`parts` belong to `whole`; when `exhaustive` they leave nothing over, when `disjoint` none is counted twice."""

    whole: Claim
    parts: tuple[Claim, ...]
    exhaustive: bool
    disjoint: bool


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
        if not rate.percent or rate.level is None or rate.kind != "actual" or _cell(rate):
            continue
        rule, more = _rate_rule(text.lead(rate), rate.name)
        if rule is None:
            continue
        plain = not more
        inside = _ratio(rate, text.before(rate), rule, plain, text)
        yield rate, inside or _ratio(rate, text.before(rate, same_sentence=False), rule, False, text)


def _ratio(rate: Claim, before: list[Claim], rule: dict[str, list[str]], plain: bool, text: Passages) -> Ratio | None:
    """Return the ratio of the nearest claims that say its two sides; from other sentences it is never sure."""
    nearby = [other for other in before if _is_count(other) and _same_time(rate, other) and other.scope == rate.scope]
    tops = [other for other in nearby if _mentions(text, other, rule["numerator"])]
    bottoms = [other for other in nearby if _mentions(text, other, rule["denominator"]) and other not in tops]
    for top in tops:
        matching = [bottom for bottom in bottoms if same_kind(bottom.unit, top.unit)]
        if matching:
            alone = len(tops) == 1 and len(matching) == 1
            sure = plain and alone and not leaves_out(text.lead(matching[0]), text.lead(top))
            return Ratio(rate, top, matching[0], sure=sure)
    return None


def names_more(rate: Claim, numerator: Claim, denominator: Claim) -> bool:
    """Say whether a rate's name says more than its two sides (实际 in 实际执结率), so that it may be another rate."""
    more = _rate_rule(rate.name, rate.name)[1]
    return more not in numerator.name and more not in denominator.name


def leaves_out(begun: str, done: str) -> bool:
    """Say whether what was done may go beyond what the words say was begun: new cases leave out those carried over.

    >>> leaves_out("新收案件", "审结"), leaves_out("立案", "审结"), leaves_out("立案", "破案"), leaves_out("受理", "审结")
    (True, True, False, False)
    """
    concluded = any(step in done for step in words("steps_closed")["closed"])
    return says(begun, "only_new") or (concluded and says(begun, "filed") and "受理" not in begun)


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
    for plain in sorted(words("plain_in_rates"), key=len, reverse=True):
        rest = rest.replace(plain, "")
    return rule, rest


def find_wholes(text: Passages) -> Iterator[Whole]:
    """Yield the totals that are followed by their parts (其中, or parts that complete each other), in their sentence or at the start of the next."""
    before: list[Claim] = []
    for sentence in text.sentences():
        counts = [claim for claim in sentence if _is_count(claim)]
        found = _parts_of_sentence_before(before, counts, text)
        if found is not None:
            yield found
        before = counts
        for place, whole in enumerate(counts):
            following = [claim for claim in counts[place + 1 :] if same_kind(claim.unit, whole.unit)]
            for side_by_side in _inside_and_beside(whole, following, text):
                found = _parts_of_which(whole, side_by_side, text) or _complements(whole, side_by_side, text)
                if found is not None:
                    yield _of_what_it_fits(found, counts[:place], text)


def _inside_and_beside(whole: Claim, following: list[Claim], text: Passages) -> Iterator[list[Claim]]:
    """Yield the counts in the bracket right behind a count, and those that stand beside it, outside of every such bracket."""
    own = text.bracket(whole)
    beside = [claim for claim in following if text.bracket(claim) == own]
    opened = text.bracket(following[0]) if following else None
    if opened is not None and opened >= whole.end and not CLOSED.search(text.between(whole.doc, whole.end, opened) or ""):
        yield [claim for claim in following if text.bracket(claim) == opened]
    yield beside


def _of_what_it_fits(found: Whole, before: list[Claim], text: Passages) -> Whole:
    """Return the parts with the count nearest to 其中 that holds them: of 受理90件，审结80件，其中… either may be the whole.

    Where none of the sentence does it is the nearest.
    """
    nearest = found.whole
    if all(_not_less(nearest, part) for part in found.parts) and (not found.exhaustive or _adds_up(nearest, found.parts)):
        return found
    for whole in reversed([claim for claim in before if same_kind(claim.unit, nearest.unit) and text.bracket(claim) == text.bracket(nearest)]):
        if _opens_parts(text.lead(nearest)):
            break
        if all(_not_less(whole, part) for part in found.parts) and (not found.exhaustive or _adds_up(whole, found.parts)):
            return replace(found, whole=whole)
        nearest = whole
    return found


def _adds_up(whole: Claim, parts: Sequence[Claim]) -> bool:
    return compare(Reading.of(whole.level), total([part.level for part in parts])).verdict is Verdict.CONSISTENT


def _parts_of_sentence_before(before: list[Claim], counts: list[Claim], text: Passages) -> Whole | None:
    """Return the parts in a sentence that begins with 其中, of the one count in the sentence before that they can be parts of."""
    if not counts or not text.lead(counts[0]).startswith(tuple(words("of_which"))):
        return None
    wholes = [whole for whole in before if same_kind(whole.unit, counts[0].unit)]
    if len(wholes) != 1 or wholes[0].doc != counts[0].doc:
        return None
    between = text.between(wholes[0].doc, wholes[0].end, counts[0].start)
    if between is None or len(STOP.findall(between)) != 1:
        return None
    return _parts_of_which(wholes[0], [count for count in counts if same_kind(count.unit, counts[0].unit) and text.bracket(count) is None], text)


def _parts_of_which(whole: Claim, following: list[Claim], text: Passages) -> Whole | None:
    if not following or not _opens_parts(text.lead(following[0])) or says(text.lead(whole), "average"):
        return None
    parts = _parallel_to_rest(following, text) or [following[0]]
    for part in following[len(parts) :]:
        if not _joined(text.lead(part)) and not says(text.lead(part), "rest"):
            break
        parts.append(part)
    closed = len(parts) > 1 and _starts_with(text.lead(parts[-1]), "rest")
    complete = closed or _complement_set([text.lead(part) for part in parts])
    more = _listed_after(parts, following, text) if closed and _starts_with(text.lead(parts[-1]), "others") else []
    if more:
        # Whether what follows 其他 is of the list, only the sum can tell.
        lists = [parts + more[:taken] for taken in range(len(more), -1, -1)]
        parts = next((listed for listed in lists if _adds_up(whole, listed)), parts)
        complete = _adds_up(whole, parts)
    return Whole(whole, tuple(parts), exhaustive=complete, disjoint=complete)


def _listed_after(parts: list[Claim], following: list[Claim], text: Passages) -> list[Claim]:
    """Return the counts behind a list's 其他 that may go on with it: up to a stronger mark, a step of its own, or another 其中."""
    separated = any("；" in text.lead(part) or ";" in text.lead(part) for part in parts[1:])
    steps = [word for words_of in words("steps_closed").values() for word in words_of]
    more = []
    for count in following[len(parts) :]:
        lead = text.lead(count)
        if any(step in lead for step in steps) or says(lead, "of_which") or (not separated and re.search("[；;]", lead)):
            break
        more.append(count)
    return more


def _parallel_to_rest(following: list[Claim], text: Passages) -> list[Claim]:
    """Return the parts of a list with commas that ends in 其余 and names one thing after another (刑事案件…，民事案件…，其余案件…), else none."""
    leads = [text.lead(part).strip("，,；; ") for part in following]
    last = next((n for n, lead in enumerate(leads) if _starts_with(lead, "rest")), 0)
    noun = leads[0][-2:]
    return following[: last + 1] if all(lead.endswith(noun) and len(lead) <= LISTED for lead in leads[: last + 1]) else []


def _opens_parts(lead: str) -> bool:
    """Say whether 其中 stands before the number, with no bracket closed since and no number passed over."""
    place = max(lead.rfind(word) for word in words("of_which"))
    return place >= 0 and not says(lead, "not_of_which") and not CLOSED.search(lead[place:]) and not DIGIT.search(lead)


def _complements(whole: Claim, following: list[Claim], text: Passages) -> Whole | None:
    parts = following[:2]
    leads = [text.lead(part) for part in parts]
    if len(parts) < 2 or not _complement_set(leads) or any(leaves_out(text.lead(whole), lead) for lead in leads):
        return None
    return Whole(whole, tuple(parts), exhaustive=True, disjoint=True)


def _complement_set(leads: list[str]) -> bool:
    """Say whether the leads of two parts name the two halves of something."""
    if len(leads) != 2:
        return False
    first, second = leads
    return any(
        (a in first and b in second and b not in first) or (b in first and a in second and a not in first)
        for a, b in words("complements")
    )


def _starts_with(lead: str, name: str) -> bool:
    return lead.lstrip("，,、；; ）)和及").startswith(tuple(words(name)))


def _joined(lead: str) -> bool:
    return any(lead.startswith(word) for word in words("joins"))


def find_shares(claims: list[Claim], text: Passages) -> Iterator[Share]:
    """Yield every 占…% with the count it is said of and the wholes it may be a share of, nearest first."""
    for share in claims:
        lead = text.lead(share)
        if not share.percent or share.level is None or share.kind != "actual" or not says(lead, "share"):
            continue
        before = [other for other in text.before(share) if _is_count(other)]
        if not before or "占" not in lead or not lead.lstrip("，,（( ").startswith(("占", "约占", "共占", "仅占")):
            yield Share(share, share, (), sure=False)
            continue
        part = before[0]
        earlier = [other for other in text.before(share, same_sentence=False) if _is_count(other) and other.start < part.start]
        wholes = tuple(other for other in earlier if same_kind(other.unit, part.unit) and _not_less(other, part))
        inside = tuple(other for other in wholes if other in before)
        sure = _opens_parts(text.lead(part)) and len(inside) == 1
        yield Share(share, part, inside if sure else wholes, sure)


def find_averages(claims: list[Claim], text: Passages) -> Iterator[tuple[Claim, Average | None]]:
    """Yield each 人均… count with the total and the head count of its sentence, or None when they are not printed."""
    for average in claims:
        if not average.counted or not _is_count(average) or "人均" not in text.lead(average) + average.name:
            continue
        before = [other for other in text.before(average) if _is_count(other)]
        totals = [other for other in before if same_kind(other.unit, average.unit) and not says(text.lead(other), "average")]
        heads = [other for other in before if same_kind(other.unit, "人")]
        if totals and heads:
            yield average, Average(average, totals[0], heads[0], sure=len(totals) == 1 and len(heads) == 1)
        else:
            yield average, None


def find_pairs(claims: list[Claim], text: Passages) -> Iterator[Pair]:
    """Yield 件…人 pairs: two counts with nothing between them."""
    for cases, persons in zip(claims, claims[1:], strict=False):
        if cases.doc != persons.doc or not (_is_count(cases) and _is_count(persons)):
            continue
        if says(persons.name, "not_of_a_case"):
            continue
        if same_kind(cases.unit, "件") and same_kind(persons.unit, "人") and LINKING.match(
            text.between(cases.doc, cases.end, persons.start) or ("" if cases.end == persons.start else "?")
        ):  # fmt: skip
            yield Pair(cases, persons)


def find_steps(text: Passages) -> Iterator[Steps]:
    """Yield neighbouring counts of one sentence that say two steps of one matter."""
    for sentence in text.sentences():
        counts = [claim for claim in sentence if _is_count(claim)]
        for place, later in enumerate(counts):
            steps = [one for one in reversed(counts[:place]) if same_kind(one.unit, later.unit) and one.start < later.start and _in_order(text.lead(one), text.lead(later))]
            if steps:
                # Of 受理100件，其中新收80件 it is the first that is concluded from.
                opened = [one for one in steps if _mentions(text, one, words("steps_closed")["opened"])]
                yield Steps(max(opened, key=lambda one: one.level.point) if steps[0] in opened else steps[0], later)


def _in_order(first: str, second: str) -> bool:
    closed = words("steps_closed")
    if any(word in first for word in closed["opened"]) and any(word in second for word in closed["closed"]):
        return True
    ranks = [_rank(first), _rank(second)]
    return ranks[0] is not None and ranks[1] is not None and ranks[0] < ranks[1]


def _rank(lead: str) -> int | None:
    ranks = {n for n, step in enumerate(words("steps")) for word in step if word in lead}
    return ranks.pop() if len(ranks) == 1 else None


def _is_count(claim: Claim) -> bool:
    """Say whether a claim is a count in prose (a table's cell prints no unit, and its neighbours say nothing)."""
    return claim.level is not None and not claim.percent and claim.kind == "actual" and bool(claim.unit) and not _cell(claim)


def _cell(claim: Claim) -> bool:
    return bool(CELL.fullmatch(claim.as_written))


def _same_time(one: Claim, other: Claim) -> bool:
    return one.period == other.period or not one.period or not other.period


def _mentions(text: Passages, claim: Claim, listed: list[str]) -> bool:
    lead = text.lead(claim)
    return any(word in lead for word in listed)


def _not_less(whole: Claim, part: Claim) -> bool:
    if whole.level is None or part.level is None or part.level.wide.low is None:
        return False
    return whole.level.wide.high is None or whole.level.wide.high >= part.level.wide.low
