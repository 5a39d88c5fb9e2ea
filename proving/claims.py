"""Made-up claims audited as they are and falsified: false alarms on true claims, and how many false ones are found.

Claims (see bulletins/) are written out as bulletins in several documents, read back by the extractor and audited. Then one claim in five is
falsified: half of them by more than the smallest visible error their finding printed, half by less. A true claim called a contradiction, or
one falsified by less, is a failure. `run` gives the `Tally`.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from types import SimpleNamespace
from typing import Any

import pandas as pd

from analysis import catalogue, tidy
from analysis.audit import audit, findings
from analysis.audit.findings import Finding
from analysis.documents import Document
from analysis.extract import extract

from .bulletins import FIRST, SECOND, THIRD, Story, stories

BATCH = 1000
# Tried for so many; for some no error of the wanted size keeps the number's form, which leaves about one in five.
FALSIFIED = 0.33
NOUN = re.compile(f"[{FIRST}][{SECOND}][{THIRD}]")
# Checks that look along a series need an indicator's id, as the catalogue gives it to known names.
ALONG_SERIES = {
    "earlier-value", "previous-period-value", "fixed-base-value", "two-bases", "growth-chain", "period-sum", "year-to-date",
    "streak", "record", "same-figure", "same-change", "direction", "percent-or-points",
}  # fmt: skip
REGION = SimpleNamespace(region="made-up", organ="all", period="2017", published=None, columns={})


@dataclass
class Tally:
    """What came out, by kind of story."""

    true_claims: Counter[str] = field(default_factory=Counter)
    tested: Counter[str] = field(default_factory=Counter)
    false_alarms: list[str] = field(default_factory=list)
    beyond: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    below: Counter[str] = field(default_factory=Counter)
    wrongly_called: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    audited: int = 0
    seconds: float = 0.0


def observe(batch: Sequence[Story], errors: Sequence[Decimal]) -> pd.DataFrame:
    """Write the stories out as bulletins, read them back, and name the indicators of those that need it."""
    written = [story.write(error) for story, error in zip(batch, errors, strict=True)]
    texts = ["\n".join(filter(None, side)) for side in zip_longest(*written)]
    documents = [Document(f"document-{n}", text, metadata=REGION) for n, text in enumerate(texts)]
    table = tidy.observations(tidy.statements(extract(document) for document in documents), documents, catalogue.load())
    serial = {story.noun for story in batch if story.check in ALONG_SERIES}
    nouns = [match.group() if (match := NOUN.search(quote)) else "" for quote in table["quote"]]
    table["indicator"] = [noun if noun in serial else "" for noun in nouns]
    return table


def seconds(table: pd.DataFrame, entries: Any = None) -> float:
    """Return the time of a core that an audit takes."""
    started = time.process_time()
    audit(table, entries)
    return time.process_time() - started


def by_story(batch: Sequence[Story], table: pd.DataFrame) -> dict[str, list[Finding]]:
    """Return the findings of each story, by its noun."""
    sorted_out: dict[str, list[Finding]] = {story.noun: [] for story in batch}
    for finding in findings(table):
        match = NOUN.search(finding.claim.quote)
        if match:
            sorted_out[match.group()].append(finding)
    return sorted_out


def run(claims: int, seed: int = 1) -> Tally:
    """Audit so many true claims, then the same with one in five falsified."""
    tally, rng = Tally(), random.Random(seed)
    for number in range(0, claims, BATCH):
        batch = list(stories(min(BATCH, claims - number), seed * 1_000_003 + number))
        table = observe(batch, [Decimal(0)] * len(batch))
        tally.seconds += seconds(table)
        tally.audited += len(table)
        found = by_story(batch, table)
        _count_true(batch, found, tally)
        chosen = [_error(story, found[story.noun], rng) if rng.random() < FALSIFIED else None for story in batch]
        false_table = observe(batch, [error[0] if error else Decimal(0) for error in chosen])
        _count_false(batch, chosen, by_story(batch, false_table), tally)
    return tally


def _count_true(batch: Sequence[Story], found: dict[str, list[Finding]], tally: Tally) -> None:
    for story in batch:
        tally.true_claims[story.check] += 1
        own = found[story.noun]
        tally.tested[story.check] += any(f.check == story.check and f.verdict != "untestable" for f in own)
        tally.false_alarms += [_tell(story, f.check) for f in own if f.verdict == "contradiction"]


def _error(story: Story, own: list[Finding], rng: random.Random) -> tuple[Decimal, bool] | None:
    """Return an error for the stated number and whether it is beyond what is visible; None when none can be chosen.

    The error points away from what is implied: in that direction the smallest visible error is the smallest.
    """
    if story.flips:
        return Decimal(1), True
    tested = [f for f in own if f.check == story.check and f.smallest_visible_error is not None]
    if len(tested) != 1 or story.stated is None:
        return None
    step, beyond = story.stated.step, rng.random() < 0.5
    if tested[0].visible_side * story.shift(step) < 0:
        step = -step
    if beyond:
        # Where only some numbers are possible, a larger error can lead from one of them to the next.
        more = 0 if story.check == "integer-feasibility" else rng.randint(0, 3)
        size = int(tested[0].smallest_visible_error / abs(story.shift(step))) + 1 + more
    else:
        least = min(f.smallest_visible_error for f in own if _same_number(f, tested[0]))
        size = rng.randint(0, int(least / abs(story.shift(step))))
    error = size * step
    fits = size and story.sensible(error) and story.stated.same_form(story.stated.value + error)
    return (error, beyond) if fits else None


def _same_number(one: Finding, other: Finding) -> bool:
    same = one.subjects[0].span == other.subjects[0].span and one.unit == other.unit
    return same and one.smallest_visible_error is not None


def _count_false(batch: Sequence[Story], errors: Sequence[tuple[Decimal, bool] | None], found: dict[str, list[Finding]], tally: Tally) -> None:
    for story, chosen in zip(batch, errors, strict=True):
        alarms = [f for f in found[story.noun] if f.verdict == "contradiction"]
        if chosen is None:
            tally.false_alarms += [_tell(story, f.check) for f in alarms]
        elif chosen[1]:
            tally.beyond[story.check] += 1
            tally.found[story.check] += bool(alarms)
            if not alarms:
                tally.missed.append(_tell(story, story.check, chosen[0]))
        else:
            tally.below[story.check] += 1
            tally.wrongly_called += [_tell(story, f.check, chosen[0]) for f in alarms]


def _tell(story: Story, check: str, error: Decimal = Decimal(0)) -> str:
    return f"{check} (of {story.check}, off by {error}): {' | '.join(story.write(error))}"
