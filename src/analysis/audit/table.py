"""Findings as the table of the codebook: what `audit` returns and `told` reads back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..series.intervals import UNBOUNDED, outward
from .findings import Finding
from .registry import RULES
from .verdicts import Verdict
from .wording import Wording

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BOUNDED", "COLUMNS", "REPEATED", "TESTED", "TWO_PRINTS", "as_frame", "strength"]

COLUMNS = (
    "id", "check", "verdict", "strength", "region", "indicator", "period", "subjects", "stated_low", "stated_high",
    "stated_unit", "implied_low", "implied_high", "implied_unit", "gap", "smallest_visible_error", "cause",
    "message_zh", "message_en",
)  # fmt: skip
TESTED, BOUNDED, REPEATED = "tested", "bounded", "repeated"
TWO_PRINTS = ("same-change", "same-figure", "unit-slip")  # checks that hold two prints of one number against one another
as_json = json.JSONEncoder(ensure_ascii=False).encode


def as_frame(findings: Iterable[Finding], wording: Wording, publishers: Mapping[str, str]) -> pd.DataFrame:
    """Return the findings table of the contract, sorted by first subject, then check, with unique ids. `publishers`: of documents, by id."""
    import pandas as pd

    ordered = sorted(findings, key=_order)
    seen: dict[str, int] = {}
    rows = [_row(finding, _identify(finding, seen), wording, publishers) for finding in ordered]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def strength(finding: Finding, publishers: Mapping[str, str]) -> str:
    """Return TESTED where a printed figure was held against the one other printed figures give, BOUNDED where only bounds were, else "".

    A hedge without an end (超60万) makes bounds of a figure. That one publisher prints a number twice is REPEATED: it proves nothing.
    """
    if finding.verdict in (Verdict.UNTESTABLE, Verdict.NOT_COMPARABLE):
        return ""
    agrees = finding.verdict is Verdict.CONSISTENT and finding.check in TWO_PRINTS
    if agrees and len({_voice(subject.claim.doc, publishers) for subject in finding.subjects}) == 1:
        return REPEATED
    ends = [end for interval in (finding.stated, finding.implied) if interval is not None for end in (interval.low, interval.high)]
    return TESTED if RULES[finding.check].figure and not finding.loose and len(ends) == 4 and None not in ends else BOUNDED


def _voice(doc: str, publishers: Mapping[str, str]) -> str:
    """Who speaks in a document: its publisher, or the document where nobody says."""
    return publishers.get(doc) or doc


def _order(finding: Finding) -> tuple[Any, ...]:
    places = [(subject.claim.doc, subject.claim.start, subject.part) for subject in finding.subjects]
    return (places[0], finding.check, places, finding.cause)


def _identify(finding: Finding, seen: dict[str, int]) -> str:
    """Return check:doc:start of the stated number, numbered when one number has several such findings."""
    base = f"{finding.check}:{finding.claim.doc}:{finding.claim.start}"
    seen[base] = seen.get(base, 0) + 1
    return base if seen[base] == 1 else f"{base}#{seen[base]}"


def _row(finding: Finding, identity: str, wording: Wording, publishers: Mapping[str, str]) -> tuple[Any, ...]:
    claim = finding.claim
    stated, implied = finding.stated or UNBOUNDED, finding.implied or UNBOUNDED
    return (
        identity,
        finding.check,
        finding.verdict.value,
        strength(finding, publishers),
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
