"""The figures of one edition: each observation with its change, its implied earlier value and its verdict.

A `Fact` is what a sentence, a table row or a chart mark is made from. Facts are read from the dataset's tables and
never changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from .. import keeping
from ..audit.told import Told
from ..catalogue import Catalogue, Indicator, names
from ..margins import is_doubtful
from ..series.breaks import Break
from .strengths import Strength, gravest, read_strengths

PLACE = keeping.pattern(r"[全本][国省市县区州]|(?![全我本各两])[\u4e00-\u9fff]{1,7}?[县区州省旗市](?![级直委府局院政])")
UNTOLD = Strength("")  # no check looked at the figure
ASSUMED = ("document", "assumed")  # sources of a period that do not stand in the figure's own sentence or heading


@dataclass(frozen=True, slots=True)
class Movement:
    """A change: `kind` percent, percentage_points, multiple or absolute; empty where only a direction is printed."""

    direction: str
    amount: Decimal | None
    kind: str
    basis: str
    base: str = ""
    hedge: str = ""
    resolution: Decimal | None = None
    computed_from: Decimal | None = None
    computed_from_resolution: Decimal | None = None

    @property
    def computed(self) -> bool:
        """Whether no document prints the change, and it was worked out here from two printed levels."""
        return self.computed_from is not None


@dataclass(frozen=True, slots=True)
class Implied:
    """What a printed change says about the earlier value: an exact interval, and the integers in it for a count."""

    low: Decimal
    high: Decimal
    integers: tuple[int, int] | None
    period: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A value that a document prints for the same figure a year earlier."""

    value: Decimal
    resolution: Decimal | None
    period: str
    doc: str
    hedge: str = ""
    breaks: tuple[Break, ...] = ()  # changes of definition in between: shown, never computed with
    sure: Decimal | None = None  # the last place that can be relied on: where a doubt is declared, coarser than the printed one


@dataclass(frozen=True, slots=True)
class Fact:
    """One observation as a report speaks of it; `ref` is its number in the list of sources."""

    id: str
    ref: int
    indicator: str
    names: Mapping[str, str]
    chapter: str
    organ: str
    polarity: str
    whole: str
    unit: str
    period: str
    scope: str
    kind: str
    qualitative: bool
    comparator: str
    value: Decimal | None
    value_high: Decimal | None
    hedge: str
    resolution: Decimal | None
    as_written: str
    movement: Movement | None
    previous: Decimal | None
    previous_hedge: str
    previous_resolution: Decimal | None
    previous_period: str
    implied: Implied | None
    verdict: str
    doc: str
    start: int
    end: int
    quote: str
    correction: str
    starts: tuple[int, ...]  # where its level, its change and its earlier value begin
    tested: Strength = UNTOLD
    assumed: bool = False  # no year stands with the figure: the document's was taken
    part: str = ""  # the part of the place (a county, say) it is about; empty for the whole
    held: "Held | None" = None  # what a document prints for a year earlier
    redefined: tuple[Break, ...] = ()  # declared breaks between its period and the year before
    period_source: str = ""  # where the period comes from, in the codebook's words
    margin: Decimal | None = None  # how far ahead of the next reading it is
    also: tuple[int, ...] = ()  # the numbers of further prints of the same
    value_low: Decimal | None = None  # of a range, which has no value but two ends
    printed_as: "Fact | None" = None  # a further change of a figure, told with the level of the first: as it is printed, without one

    @property
    def printed(self) -> Decimal:
        """The level of a figure that has one; ValueError for any other."""
        if self.value is None:
            raise ValueError(f"{self.id} prints no level")
        return self.value

    @property
    def undated(self) -> bool:
        """Whether neither the figure nor what it is compared with has a year of its own."""
        anchored = self.movement is not None and self.movement.basis in ("yoy", "previous_period", "fixed")
        return self.assumed and not anchored

    @property
    def doubts(self) -> list[str]:
        """Why someone should look at the figure: it is contradicted, a doubt is declared, or another reading is close."""
        found = {"contradiction": self.verdict == "contradiction", "correction": bool(self.correction), "margin": is_doubtful(self.margin)}
        return [reason for reason, holds in found.items() if holds]

    @property
    def on_new_definition(self) -> bool:
        """Whether its change is not to be set beside figures printed before: a break is declared, or the checks found one in between."""
        return self.verdict == "not_comparable" or (bool(self.redefined) and self.movement is not None)

    @property
    def standing(self) -> str:
        """The verdict as a reader takes it: that a change on a new definition is possible, or untested, says less than that it is on one."""
        return "not_comparable" if self.on_new_definition and self.verdict in ("", "untestable", "bounded") else self.verdict

    @property
    def unsettled(self) -> str:
        """What keeps its change from being taken as it stands: contradiction, not_comparable, borderline, or nothing."""
        if self.verdict == "contradiction":
            return "contradiction"
        return "not_comparable" if self.on_new_definition else "borderline" if self.verdict == "borderline" else ""

    @property
    def is_rate(self) -> bool:
        """Whether the figure is a percentage, whose changes are in percentage points."""
        return self.unit in ("%", "‰")

    @property
    def shape(self) -> str:
        """What is printed, which decides the form of a sentence: level_change, from_to, change, level or direction."""
        if self.value is not None and self.previous is not None:
            return "from_to"
        if self.movement is None or (self.movement.amount is None and self.value is not None):
            return "level" if self.value is not None else "direction"
        if self.movement.amount is None:
            return "direction"
        return "change" if self.value is None else "level_change"

    def name(self, lang: str) -> str:
        """The indicator's name in `lang`; the printed one where the catalogue has none."""
        return self.names.get(lang) or self.names["zh"]


def part_of(scope: str) -> str:
    """Name the place that the scope of a series is about, where it is not the whole; an organ is said by the indicator.

    >>> part_of("青山县"), part_of("市审计局"), part_of("青山县法院"), part_of("全省")
    ('青山县', '', '青山县', '全省')
    """
    found = PLACE.match(scope)
    return found[0] if found else ""


def text_of(value: object) -> str:
    """Read a cell as text: missing is the empty string."""
    return "" if value is None or value is pd.NA or value != value else str(value)


def decimal_of(value: object) -> Decimal | None:
    """Read a cell as an exact number: missing is None.

    >>> decimal_of("17.70"), decimal_of(""), decimal_of(float("nan"))
    (Decimal('17.70'), None, None)
    """
    written = text_of(value)
    return Decimal(written) if written else None


def truth_of(value: object) -> bool:
    """Read a cell as a flag: "True", "true" and True are true."""
    return text_of(value).lower() == "true"


def read_facts(observations: pd.DataFrame, catalogue: Catalogue, implied: pd.DataFrame, findings: Iterable[Told]) -> list[Fact]:
    """Read the observations of one edition, in the order of their documents, as numbered facts."""
    verdicts = read_strengths(findings)
    backwards = {row["id"]: row for row in implied.to_dict("records")}
    ordered = observations.sort_values(["doc", "start"], kind="stable").to_dict("records")
    entries = (catalogue.by_id.get(text_of(row["indicator"])) for row in ordered)
    return [_fact(row, at, entry, backwards.get(row["id"]), verdicts) for at, (row, entry) in enumerate(zip(ordered, entries, strict=True), start=1)]


def _fact(
    row: Mapping[str, Any],
    ref: int,
    entry: Indicator | None,
    backward: Mapping[str, Any] | None,
    verdicts: Mapping[tuple[str, int], Strength],
) -> Fact:
    unit = text_of(row["unit"]) or (getattr(entry, "unit", "") or "")
    starts = tuple(int(row[key]) for key in ("start", "change_start", "previous_start") if text_of(row[key]))
    tested = gravest(verdicts.get((row["doc"], start)) for start in starts)
    return Fact(
        id=row["id"],
        ref=ref,
        indicator=text_of(row["indicator"]),
        names=names(entry, text_of(row["name"]), unit),
        chapter=text_of(getattr(entry, "chapter", "")),
        organ=text_of(getattr(entry, "organ", "") or row["organ"]),
        polarity=text_of(getattr(entry, "polarity", "")) or "neither",
        whole=text_of(getattr(entry, "whole", "")),
        unit=unit,
        period=text_of(row["period"]),
        scope=text_of(row["scope"]),
        kind=text_of(row["kind"]),
        qualitative=truth_of(row["qualitative"]),
        comparator=text_of(row["comparator"]),
        value=decimal_of(row["value"]),
        value_low=decimal_of(row["value_low"]),
        value_high=decimal_of(row["value_high"]),
        hedge=_hedge(row, "hedge"),
        resolution=decimal_of(row["resolution"]),
        as_written=text_of(row["as_written"]),
        movement=_movement(row),
        previous=decimal_of(row["previous_value"]),
        previous_hedge=text_of(row["previous_hedge"]),
        previous_resolution=decimal_of(row["previous_resolution"]),
        previous_period=text_of(row["previous_period"]),
        implied=_implied(backward),
        verdict=tested.verdict,
        doc=row["doc"],
        start=int(row["start"]),
        end=int(row["end"]),
        quote=text_of(row["quote"]),
        correction=text_of(row["correction"]),
        starts=starts,
        tested=tested,
        assumed=text_of(row.get("period_source")) in ASSUMED,
        period_source=text_of(row.get("period_source")),
        margin=decimal_of(row.get("margin")),
    )


def _hedge(row: Mapping[str, Any], column: str) -> str:
    """Take the hedge, or read one from the comparator of an actual figure (200余 is recorded as ">")."""
    hedge = text_of(row[column])
    if hedge or text_of(row["kind"]) == "target":
        return hedge
    return {">": "more_than", ">=": "more_than", "<": "less_than", "<=": "less_than"}.get(text_of(row["comparator"]), "")


def _movement(row: Mapping[str, Any]) -> Movement | None:
    direction = text_of(row["change_direction"])
    if not direction:
        return None
    return Movement(
        direction,
        decimal_of(row["change_amount"]),
        text_of(row["change_kind"]),
        text_of(row["change_basis"]),
        text_of(row["change_base"]),
        text_of(row["change_hedge"]),
        decimal_of(row["change_resolution"]),
    )


def _implied(row: Mapping[str, Any] | None) -> Implied | None:
    if row is None:
        return None
    low, high = decimal_of(row["implied_low"]), decimal_of(row["implied_high"])
    if low is None or high is None:
        return None
    least, greatest = decimal_of(row["integers_low"]), decimal_of(row["integers_high"])
    return Implied(
        low,
        high,
        None if least is None or greatest is None else (int(least), int(greatest)),
        text_of(row["implied_period"]),
        text_of(row["note"]),
    )
