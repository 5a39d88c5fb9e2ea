"""The findings table read back, each row as one typed object, and what may be said of a number's standing.

Everybody who shows findings reads them here: `read_told(dataset.findings)`, and `standing(told, doc, start)` for the mark beside a number.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .table import REPEATED, TESTED, TWO_PRINTS
from .verdicts import Verdict

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TWO_PRINTS", "Place", "Standing", "Told", "by_place", "read_told", "standing"]

# From the gravest to the weakest thing that can be said of a number.
STANDINGS = ("contradiction", "borderline", "not comparable", "tested", "bounded", "repeated", "untested")


@dataclass(frozen=True, slots=True)
class Place:
    """A printed number that a finding speaks of: where it stands and its words."""

    doc: str
    start: int
    end: int
    as_written: str


@dataclass(frozen=True, slots=True)
class Told:
    """One finding. The first of `subjects` is the stated number, the others imply what it should be.

    Interval ends, gap and smallest_visible_error are Decimals in `unit` ("points": percentage points), None where open or not given.
    """

    id: str
    check: str
    verdict: Verdict
    strength: str
    region: str
    indicator: str
    period: str
    subjects: tuple[Place, ...]
    stated: tuple[Decimal | None, Decimal | None]
    implied: tuple[Decimal | None, Decimal | None]
    unit: str
    gap: Decimal | None
    smallest_visible_error: Decimal | None
    cause: str
    message_zh: str
    message_en: str

    @property
    def first(self) -> Place:
        """The stated number."""
        return self.subjects[0]

    @property
    def standing(self) -> str:
        """What it says of its stated number: one of `STANDINGS`."""
        if self.verdict is Verdict.CONSISTENT:
            return self.strength if self.strength in (TESTED, REPEATED) else "bounded"
        return "untested" if self.verdict is Verdict.UNTESTABLE else self.verdict.value

    def message(self, lang: str) -> str:
        """The finding as sentences, in zh or en."""
        return self.message_zh if lang == "zh" else self.message_en


@dataclass(frozen=True, slots=True)
class Standing:
    """What all findings together say of one number: the gravest word, and the finding that says it (None: untested).

    `tested` carries the smallest error that was visible: the finding is the one, among those that tested the number, that would have
    seen the smallest, for its size.
    """

    word: str
    finding: Told | None = None


def read_told(findings: pd.DataFrame) -> list[Told]:
    """Read a findings table, in its order."""
    return [_told(row) for row in findings.to_dict("records")]


def by_place(told: Iterable[Told]) -> dict[tuple[str, int], list[Told]]:
    """Return the findings by the place (document, offset) of every number they speak of."""
    found: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for finding in told:
        for place in dict.fromkeys((subject.doc, subject.start) for subject in finding.subjects):
            found[place].append(finding)
    return dict(found)


def standing(findings: Sequence[Told]) -> Standing:
    """Return what some findings on one number say of it together.

    A finding that only shows bounds kept is never more than `bounded`, however many of them there are.
    """
    for word in STANDINGS:
        said = [finding for finding in findings if finding.standing == word]
        if said:
            return Standing(word, min(said, key=_blindness))
    return Standing("untested")


def _blindness(finding: Told) -> Decimal:
    """How large an error a finding would have missed, for the size of what is stated."""
    low, high = finding.stated
    size = max(abs(low or high or Decimal(1)), abs(high or low or Decimal(1)))
    return Decimal("Infinity") if finding.smallest_visible_error is None or not size else finding.smallest_visible_error / size


def _told(row: dict[str, Any]) -> Told:
    subjects = tuple(Place(place["doc"], int(place["start"]), int(place["end"]), place["as_written"]) for place in json.loads(row["subjects"]))
    stated, implied = ((_number(row[f"{name}_low"]), _number(row[f"{name}_high"])) for name in ("stated", "implied"))
    text = {name: str(row[name] or "") for name in ("id", "check", "strength", "region", "indicator", "period", "cause", "message_zh", "message_en")}
    return Told(
        verdict=Verdict(row["verdict"]),
        subjects=subjects,
        stated=stated,
        implied=implied,
        unit=str(row["stated_unit"] or row["implied_unit"] or ""),
        gap=_number(row["gap"]),
        smallest_visible_error=_number(row["smallest_visible_error"]),
        **text,
    )


def _number(cell: Any) -> Decimal | None:
    return None if cell is None or cell == "" or cell != cell else Decimal(str(cell))
