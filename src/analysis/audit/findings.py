"""Findings: a check's verdict on some numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..series.breaks import Break
from ..series.claims import Claim
from ..series.intervals import Interval
from .verdicts import Comparison, Verdict

__all__ = ["Finding", "Subject"]


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
    reason. `facts` fill the check's sentence; values may be intervals, numbers, claims or texts. `loose` says of a check that else
    holds figures against figures that here it had only bounds.
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
    loose: bool = False

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

    @classmethod
    def not_comparable(cls, check: str, subjects: Iterable[Subject], declared: Break) -> Finding:
        """Return the finding that a declared break lies between the numbers, so that nothing is computed across it."""
        return cls(check, Verdict.NOT_COMPARABLE, tuple(subjects), cause="declared_break", facts={"reason": declared, "source": declared.doc})
