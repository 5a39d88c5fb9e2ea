"""Which counts of a document are parts of which: what follows 其中, parts that complete each other, lists with a rest.

The rules read the sentence itself and are deliberately few: a wrong relation is a false alarm. What stands in a
bracket is part of the count before it at most, and no whole of what stands behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..lexicon.units import same_kind
from ..lexicon.words import says, words
from ..series.claims import Claim, is_count
from ..series.derive import total
from ..series.intervals import Reading
from ..series.passages import Passages
from .verdicts import Verdict, compare

__all__ = ["Whole", "find_wholes", "leaves_out", "not_less", "opens_parts"]

CLOSED = re.compile(r"[）)]")
DIGIT = re.compile(r"\d")
SEMICOLON = re.compile(r"[；;]")
STOP = re.compile("[。！？!?\n\x00]")
# So long is the name of a part in a list, with what opens the list.
LISTED = 10
# So many counts of a sentence may be parts of one, or stand between it and them.
REACH = 64


@dataclass(frozen=True, slots=True)
class Whole:
    """`parts` belong to `whole`; when `exhaustive` they leave nothing over, when `disjoint` none is counted twice."""

    whole: Claim
    parts: tuple[Claim, ...]
    exhaustive: bool
    disjoint: bool


def find_wholes(text: Passages) -> Iterator[Whole]:
    """Yield the totals that are followed by their parts (其中, or parts that complete each other), in their sentence or at the start of the next."""
    before: list[Claim] = []
    for sentence in text.sentences():
        counts = [claim for claim in sentence if is_count(claim)]
        found = _parts_of_sentence_before(before, counts, text)
        if found is not None:
            yield found
        before = counts
        for place, whole in enumerate(counts):
            following = [claim for claim in counts[place + 1 : place + 1 + REACH] if same_kind(claim.unit, whole.unit)]
            passed = counts[max(place - REACH, 0) : place]
            for side_by_side in _inside_and_beside(whole, following, text):
                found = _parts_of_which(whole, side_by_side, text) or _complements(whole, side_by_side, passed, text)
                fitted = _of_what_it_fits(found, passed, text) if found is not None else None
                if fitted is not None:
                    yield fitted


def _inside_and_beside(whole: Claim, following: list[Claim], text: Passages) -> Iterator[list[Claim]]:
    """Yield the counts in the bracket right behind a count, and those that stand beside it, outside of every such bracket."""
    own = text.bracket(whole)
    beside = [claim for claim in following if text.bracket(claim) == own]
    opened = text.bracket(following[0]) if following else None
    if opened is not None and opened >= whole.end and not CLOSED.search(text.between(whole.doc, whole.end, opened) or ""):
        yield [claim for claim in following if text.bracket(claim) == opened]
    yield beside


def _of_what_it_fits(found: Whole, before: list[Claim], text: Passages) -> Whole | None:
    """Return the parts with the count nearest to 其中 that holds them: of 受理90件，审结80件，其中… either may be the whole.

    Where none of the sentence does it is the nearest, unless that only goes on with a list (受理民事案件30件，刑事案件10件，其中…)
    and all the list together holds them.
    """
    if _holds(found.whole, found):
        return found
    beside = [claim for claim in before if same_kind(claim.unit, found.whole.unit) and text.bracket(claim) == text.bracket(found.whole)]
    behind, listed = found.whole, [found.whole]
    for whole in reversed(beside):
        if opens_parts(text.lead(behind)):
            break
        if _holds(whole, found):
            return replace(found, whole=whole)
        if behind is listed[-1] and not _says_step(text.lead(behind)):
            listed.append(whole)
        behind = whole
    together = total([claim.printed for claim in listed]).wide
    held = all(together.high is None or part.printed.wide.low is None or part.printed.wide.low <= together.high for part in found.parts)
    return None if held and len(listed) > 1 else found


def _holds(whole: Claim, found: Whole) -> bool:
    return all(not_less(whole, part) for part in found.parts) and (not found.exhaustive or _adds_up(whole, found.parts))


def _adds_up(whole: Claim, parts: Sequence[Claim]) -> bool:
    return compare(Reading.of(whole.printed), total([part.printed for part in parts])).verdict is Verdict.CONSISTENT


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
    if not following or not opens_parts(text.lead(following[0])) or says(text.lead(whole), "average"):
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
    separated = any(SEMICOLON.search(text.lead(part)) for part in parts[1:])
    more = []
    for count in following[len(parts) :]:
        lead = text.lead(count)
        if _says_step(lead) or says(lead, "of_which") or (not separated and SEMICOLON.search(lead)):
            break
        more.append(count)
    return more


def _says_step(lead: str) -> bool:
    return any(step in lead for steps in words("steps_closed").values() for step in steps)


def _parallel_to_rest(following: list[Claim], text: Passages) -> list[Claim]:
    """Return the parts of a list with commas that ends in 其余 and names one thing after another (刑事案件…，民事案件…，其余案件…), else none."""
    leads = [text.lead(part).strip("，,；; ") for part in following]
    last = next((n for n, lead in enumerate(leads) if _starts_with(lead, "rest")), 0)
    noun = leads[0][-2:]
    return following[: last + 1] if all(lead.endswith(noun) and len(lead) <= LISTED for lead in leads[: last + 1]) else []


def opens_parts(lead: str) -> bool:
    """Say whether 其中 stands before the number, with no bracket closed since and no number passed over."""
    place = max(lead.rfind(word) for word in words("of_which"))
    return place >= 0 and not says(lead, "not_of_which") and not CLOSED.search(lead[place:]) and not DIGIT.search(lead)


def _complements(whole: Claim, following: list[Claim], before: list[Claim], text: Passages) -> Whole | None:
    """Return two parts that complete each other; what was carried over (上年结转20件，受理…) is told apart from a whole without it."""
    parts = following[:2]
    leads = [text.lead(part) for part in parts]
    if len(parts) < 2 or not _complement_set(leads) or any(leaves_out(text.lead(whole), lead) for lead in leads):
        return None
    if any(says(text.lead(count), "carried_over") and text.bracket(count) == text.bracket(whole) for count in before):
        return None
    return Whole(whole, tuple(parts), exhaustive=True, disjoint=True)


def _complement_set(leads: list[str]) -> bool:
    """Say whether the leads of two parts name the two halves of something."""
    if len(leads) != 2:
        return False
    first, second = leads
    return any((a in first and b in second and b not in first) or (b in first and a in second and a not in first) for a, b in words("complements"))


def _starts_with(lead: str, name: str) -> bool:
    return lead.lstrip("，,、；; ）)和及").startswith(tuple(words(name)))


def _joined(lead: str) -> bool:
    return any(lead.startswith(word) for word in words("joins"))


def leaves_out(begun: str, done: str) -> bool:
    """Say whether what was done may go beyond what the words say was begun: new cases leave out those carried over, and the other way round.

    >>> leaves_out("新收案件", "审结"), leaves_out("立案", "审结"), leaves_out("立案", "破案"), leaves_out("受理", "审结")
    (True, True, False, False)
    """
    concluded = any(step in done for step in words("steps_closed")["closed"])
    return says(begun, "only_new") or says(begun, "carried_over") or (concluded and says(begun, "filed") and "受理" not in begun)


def not_less(whole: Claim, part: Claim) -> bool:
    """Say whether a count may be as great as another."""
    if whole.level is None or part.level is None or part.level.wide.low is None:
        return False
    return whole.level.wide.high is None or whole.level.wide.high >= part.level.wide.low
