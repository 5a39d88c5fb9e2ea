"""Findings: a check's verdict on some numbers, and the table of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..series.claims import Claim
from ..series.intervals import Interval, outward
from .verdicts import Comparison, Verdict

if TYPE_CHECKING:
    import pandas as pd

    from .wording import Wording

__all__ = ["COLUMNS", "Finding", "Subject", "as_frame"]

COLUMNS = (
    "id", "check", "verdict", "region", "indicator", "period", "subjects", "stated_low", "stated_high",
    "stated_unit", "implied_low", "implied_high", "implied_unit", "gap", "smallest_visible_error", "cause",
    "message_zh", "message_en",
)  # fmt: skip
as_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Subject:
    """A printed number a finding speaks of: a claim's level, its change or its earlier value."""

    claim: Claim
    part: str = "level"

    @property
    def span(self) -> tuple[int, int, str]:
        """Return start, end and the words as written."""
        of = {"change": self.claim.change, "previous": self.claim.previous}.get(self.part)
        if of is not None and of.start is not None and of.end is not None:
            return of.start, of.end, of.as_written
        return self.claim.start, self.claim.end, self.claim.as_written

    def record(self) -> dict[str, Any]:
        """Return the JSON form: doc, start, end, as_written."""
        start, end, written = self.span
        return {"doc": self.claim.doc, "start": start, "end": end, "as_written": written}


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict. The first subject is the stated number, the others imply what it should be.

    `unit` is that of both intervals. `cause` names the likeliest innocent cause or, when untestable, the
    reason. `facts` fill the check's sentence; values may be intervals, numbers, claims or texts.
    """

    check: str
    verdict: Verdict
    subjects: tuple[Subject, ...]
    unit: str = ""
    stated: Interval | None = None
    implied: Interval | None = None
    gap: Fraction | None = None
    smallest_visible_error: Fraction | None = None
    visible_side: int = 0
    cause: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def claim(self) -> Claim:
        """The claim whose number is stated."""
        return self.subjects[0].claim

    @classmethod
    def compared(cls, check: str, subjects: Iterable[Subject], unit: str, comparison: Comparison, cause: str = "", **facts: Any) -> Finding:
        """Return the finding for a comparison; digits cut off are named as the cause when they explain it."""
        return cls(
            check=check,
            verdict=comparison.verdict,
            subjects=tuple(subjects),
            unit=unit,
            stated=comparison.stated,
            implied=comparison.implied,
            gap=comparison.gap,
            smallest_visible_error=comparison.smallest_visible_error,
            visible_side=comparison.visible_side,
            cause=cause or ("digits_cut_off" if comparison.cut_off else ""),
            facts=facts,
        )

    @classmethod
    def untestable(cls, check: str, claim: Claim, reason: str, part: str = "level", **facts: Any) -> Finding:
        """Return the finding that says why nothing can be compared."""
        return cls(check, Verdict.UNTESTABLE, (Subject(claim, part),), cause=reason, facts=facts)


def as_frame(findings: Iterable[Finding], wording: Wording) -> pd.DataFrame:
    """Return the findings table of the contract, sorted by first subject, then check, with unique ids."""
    import pandas as pd

    ordered = sorted(findings, key=_order)
    seen: dict[str, int] = {}
    rows = [_row(finding, _identify(finding, seen), wording) for finding in ordered]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _order(finding: Finding) -> tuple[Any, ...]:
    places = [(subject.claim.doc, subject.claim.start, subject.part) for subject in finding.subjects]
    return (places[0], finding.check, places, finding.cause)


def _identify(finding: Finding, seen: dict[str, int]) -> str:
    """Return check:doc:start of the stated number, numbered when one number has several such findings."""
    base = f"{finding.check}:{finding.claim.doc}:{finding.claim.start}"
    seen[base] = seen.get(base, 0) + 1
    return base if seen[base] == 1 else f"{base}#{seen[base]}"


def _row(finding: Finding, identity: str, wording: Wording) -> tuple[Any, ...]:
    claim = finding.claim
    stated, implied = finding.stated or Interval(None, None), finding.implied or Interval(None, None)
    return (
        identity,
        finding.check,
        finding.verdict.value,
        claim.region,
        claim.indicator,
        claim.period,
        as_json([subject.record() for subject in finding.subjects]),
        outward(stated.low, upper=False),
        outward(stated.high, upper=True),
        finding.unit if finding.stated else "",
        outward(implied.low, upper=False),
        outward(implied.high, upper=True),
        finding.unit if finding.implied else "",
        outward(finding.gap, upper=False),
        outward(finding.smallest_visible_error, upper=False),
        finding.cause,
        wording.message(finding, "zh"),
        wording.message(finding, "en"),
    )
