"""How strong a verdict beside a number is: held against another printed figure, within bounds only, or not tested.

A check mark may stand only where a printed figure was held against another printed figure. That a part is no larger than its
whole, a rate no larger than 100 %, or that some whole number fits a percentage says much less; each verdict carries the smallest
error it could have seen.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

VERDICTS = ("untestable", "bounded", "consistent", "borderline", "not_comparable", "contradiction")  # from the weakest to the gravest
# Checks that only say between which ends a figure must lie.
BOUNDS = frozenset((
    "direction", "fall-bounds", "growth-between-parts", "growth-sign", "integer-feasibility", "part-within-whole", "part-within-whole-before",
    "percent-or-points", "persons-per-case", "persons-per-case-before", "rate-bounds", "rate-bounds-before", "remainder", "remainder-before",
    "step-order", "unit-slip", "verb-order", "year-to-date",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Strength:
    """The verdict beside one number; `visible` is the smallest error the check could have seen, in `unit`, as far as known."""

    verdict: str
    visible: Decimal | None = None
    unit: str = ""
    cause: str = ""


def strength_of(check: str, verdict: str) -> str:
    """Name the verdict as a reader may take it.

    >>> strength_of("rate-bounds", "consistent"), strength_of("rate-ratio", "consistent"), strength_of("share", "not comparable")
    ('bounded', 'consistent', 'not_comparable')
    """
    if verdict == "consistent" and check in BOUNDS:
        return "bounded"
    return verdict.replace(" ", "_")


def read_strengths(findings: pd.DataFrame) -> dict[tuple[str, int], Strength]:
    """Give each figure (document, place) the gravest verdict of the findings it takes part in.

    A finding names the claim it judges first; the figures it is judged by follow, and a contradiction is not theirs.
    """
    found: dict[tuple[str, int], Strength] = {}
    for finding in findings.to_dict("records"):
        verdict = strength_of(finding["check"], finding["verdict"])
        for place, subject in enumerate(json.loads(finding["subjects"])):
            mine = verdict if place == 0 else _of_a_witness(verdict)
            visible = finding["smallest_visible_error"] if place == 0 else None
            tested = Strength(mine, visible or None, finding.get("stated_unit") or "", finding.get("cause") or "")
            key = (subject["doc"], int(subject["start"]))
            found[key] = graver(found.get(key), tested)
    return found


def _of_a_witness(verdict: str) -> str:
    """Return the verdict of a figure that another is judged by: what fails is not its own."""
    return verdict if verdict in ("untestable", "bounded", "consistent") else "bounded"


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
    sizes = [(tested.visible is None, tested.visible or Decimal(0)) for tested in (one, other)]
    return one if sizes[0] <= sizes[1] else other


def gravest(given: Iterable[Strength | None]) -> Strength:
    """Return the gravest of some verdicts; without any, one that says nothing."""
    best: Strength | None = None
    for tested in given:
        best = graver(best, tested) if tested is not None else best
    return best or Strength("")


def counts_by_strength(findings: pd.DataFrame) -> Mapping[str, Mapping[str, int]]:
    """Count the findings of each check by the strength of their verdict."""
    counts: dict[str, dict[str, int]] = {}
    for finding in findings[["check", "verdict"]].to_dict("records"):
        mine: dict[str, Any] = counts.setdefault(finding["check"], dict.fromkeys(VERDICTS, 0))
        mine[strength_of(finding["check"], finding["verdict"])] += 1
    return counts
