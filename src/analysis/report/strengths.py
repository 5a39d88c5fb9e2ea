"""How strong a verdict beside a number is: held against another printed figure, within bounds only, or not tested.

A check mark may stand only where a printed figure was held against another printed figure (`audit.told` says which checks do). That a
part is no larger than its whole, or that some whole number fits a percentage, says much less; each verdict carries the smallest error
it could have seen. That one publisher prints a figure twice is no check at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..audit.told import TWO_PRINTS, Told

VERDICTS = ("untestable", "repeated", "bounded", "consistent", "borderline", "not_comparable", "contradiction")  # from the weakest to the gravest
CHECK_ORDER = ("consistent", "bounded", "repeated", "borderline", "not_comparable", "contradiction", "untestable")  # as tables have them
WORDS = {"tested": "consistent", "bounded": "bounded", "untested": "untestable"}  # of `audit.told`, where a report has another
NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Strength:
    """The verdict beside one number; `visible` is the smallest error the check could have seen, in `unit`, as far as known."""

    verdict: str
    visible: Decimal | None = None
    unit: str = ""


def strength_of(told: Told) -> str:
    """Name the verdict of a finding as a reader may take it: one of `VERDICTS`."""
    return WORDS.get(told.standing, told.standing.replace(" ", "_"))


def read_strengths(findings: Iterable[Told]) -> dict[tuple[str, int], Strength]:
    """Give each figure (document, place) the gravest verdict of the findings it takes part in.

    A finding names the claim it judges first; the figures it is judged by follow, and what fails, is not comparable or cannot be tested is no
    test of theirs, unless both print the same thing: then neither judges the other.
    """
    found: dict[tuple[str, int], Strength] = {}
    for told in findings:
        verdict = strength_of(told)
        for at, subject in enumerate(told.subjects):
            own = at == 0 or told.check in TWO_PRINTS
            if not own and verdict not in ("bounded", "consistent"):
                continue
            mine = Strength(verdict, told.smallest_visible_error or None, told.unit) if own else Strength(verdict)
            key = (subject.doc, subject.start)
            found[key] = graver(found.get(key), mine)
    return found


def graver(one: Strength | None, other: Strength | None) -> Strength:
    """Return the graver of two verdicts; of two alike, the one that would have seen the smaller error.

    >>> graver(Strength("consistent"), Strength("bounded")).verdict
    'consistent'
    """
    if one is None or other is None:
        return one or other or Strength("")
    ranks = VERDICTS.index(one.verdict), VERDICTS.index(other.verdict)
    if ranks[0] != ranks[1]:
        return one if ranks[0] > ranks[1] else other
    sizes = [(strength.visible is None, strength.visible or NOUGHT) for strength in (one, other)]
    return one if sizes[0] <= sizes[1] else other


def gravest(given: Iterable[Strength | None]) -> Strength:
    """Return the gravest of some verdicts; without any, one that says nothing."""
    best: Strength | None = None
    for strength in given:
        best = graver(best, strength) if strength is not None else best
    return best or Strength("")


def counts_by_strength(findings: Iterable[Told]) -> Mapping[str, Mapping[str, int]]:
    """Count the findings of each check by the strength of their verdict."""
    counts: dict[str, dict[str, int]] = {}
    for told in findings:
        counts.setdefault(told.check, dict.fromkeys(VERDICTS, 0))[strength_of(told)] += 1
    return counts
