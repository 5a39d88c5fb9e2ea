"""What may be compared with what: one indicator of one place, organ and scope, by period. The one home of that question.

    along = Along.of(observations, declared_breaks(documents, observations))
    series = along.line("bijie", "courts-cases-received")       # the whole place's
    along.lines("bijie", "criminal-cases-filed")         # and one for each part of the place that has figures of its own
    series.point("2017")                                        # the last print for a period, with all its prints (vintages)
    series.earlier("2017"), series.earlier("2020-08", "previous_period"), series.earlier("2021", "fixed", "2019")
    along.implied(series, "2016")                               # what printed changes say of a period, each with its basis

Two claims belong to one series when place, organ, identity and scope are the same; what is asked of a series is asked for one unit family
(件 and 起 are one, 件 and 人 are not). Across documents the place must be known, and the claim's period; a document that does not say whose
figures it prints is still held against itself. Nothing is matched by likeness.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..catalogue import normalise
from ..lexicon.units import same_kind
from ..periods import canonical, months, period_before, same_length, year_before
from .breaks import Break
from .claims import Claim
from .derive import earlier_level
from .intervals import Reading
from .passages import Passages
from .rows import read_claims
from .scopes import WHOLE, Places

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Along", "Earlier", "Implied", "Key", "Point", "Series", "after_publication", "base_of", "base_period", "identity"]


class Key(NamedTuple):
    """What one series is of: `organ` is "" where the catalogue's indicator says it, `doc` where other documents may speak of it too."""

    place: str
    organ: str
    identity: str
    scope: str
    doc: str = ""

    @property
    def across(self) -> bool:
        """Whether claims of several documents may stand in the series."""
        return not self.doc


@dataclass(frozen=True, slots=True)
class Point:
    """The value of a period: the last print, and all prints, one a document, oldest first."""

    period: str
    prints: tuple[Claim, ...]

    @property
    def claim(self) -> Claim:
        """The last print."""
        return self.prints[-1]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The period a change compares with, its point (None where nobody prints it), and the declared breaks in between.

    Where there are breaks the two values may be shown side by side and never computed with.
    """

    period: str
    basis: str
    point: Point | None
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Implied:
    """What one printed change says of an earlier period: the claim that prints it, its basis, and the interval."""

    claim: Claim
    basis: str
    reading: Reading


def identity(claim: Claim) -> str:
    """Return what a claim is a figure of: the catalogue's id, else the identity its parts give, else its normalised name; "" for none."""
    return claim.indicator or claim.identity or normalise(claim.name)


def after_publication(claim: Claim) -> bool:
    """Say whether a fact is dated after its document: then the date belongs to something else in the text."""
    return claim.kind == "actual" and bool(claim.published) and claim.period[:4] > claim.published[:4]


def base_of(period: str, basis: str, base: str = "") -> str | None:
    """Return the period that a change of a basis compares with; None where that is open, of another length, or counted in another way.

    >>> base_of("2017H1", "yoy"), base_of("2020-01", "previous_period"), base_of("2021", "fixed", "2019"), base_of("2021", "comparable")
    ('2016H1', '2019-12', '2019', None)
    """
    if basis == "yoy":
        return year_before(period)
    if basis == "previous_period":
        return period_before(period)
    if basis == "fixed" and base:
        return canonical(base) if same_length(period, base) else None
    return None


def base_period(claim: Claim) -> str | None:
    """Return the period a claim's change compares with, None when the bulletin leaves it open."""
    change = claim.change
    if change is None or not claim.period or change.yearly_mean:
        return None
    return base_of(claim.period, change.basis or "", change.base or "")


class Series:
    """The claims of one indicator, by period, with the declared breaks that concern it."""

    def __init__(self, key: Key, breaks: Iterable[Break] = ()) -> None:
        self.key = key
        self.breaks = tuple(breaks)
        self.by_period: dict[str, list[Claim]] = defaultdict(list)

    def __iter__(self) -> Iterator[Claim]:
        for claims in self.by_period.values():
            yield from claims

    @property
    def listed(self) -> bool:
        """Whether it is of an indicator of the catalogue, which other documents name alike."""
        return self.key.across and any(claim.indicator for claim in self)

    @property
    def named(self) -> bool:
        """Whether its name says by itself what it is a figure of, so that the same name is the same figure wherever it stands in a document."""
        return all(claim.says_all for claim in self)

    def at(self, period: str) -> list[Claim]:
        """Return the claims for a period, in order of document and place."""
        return self.by_period.get(canonical(period), [])

    def levels(self, period: str, unit: str = "") -> list[Claim]:
        """Return the claims that print an actual level for a period, in units that count the same as `unit` ("": any)."""
        return [
            claim for claim in self.at(period) if claim.level is not None and claim.kind == "actual" and same_kind(claim.unit, unit or claim.unit)
        ]

    @property
    def unit(self) -> str:
        """The unit most of its levels are printed in, "" where none is."""
        counts = Counter(claim.unit for claim in self if claim.level is not None and claim.kind == "actual")
        return counts.most_common(1)[0][0] if counts else ""

    def point(self, period: str, unit: str = "") -> Point | None:
        """Return the value of a period, in the series' own unit family unless another unit is asked for."""
        first_of: dict[str, Claim] = {}
        for claim in sorted(self.levels(period, unit or self.unit), key=lambda claim: (claim.published, claim.doc, claim.start)):
            first_of.setdefault(claim.doc, claim)
        return Point(canonical(period), tuple(first_of.values())) if first_of else None

    def points(self, unit: str = "") -> list[Point]:
        """Return the points of all periods that have a value, in order of time (by the period's end, then its beginning)."""
        found = [point for period in self.by_period if (point := self.point(period, unit)) is not None]
        return sorted(found, key=lambda point: ((months(point.period) or (0, 0))[::-1], point.period))

    def earlier(self, period: str, basis: str = "yoy", base: str = "", unit: str = "") -> Earlier | None:
        """Return what a change of that basis compares the period with, None where it has no comparable period."""
        before = base_of(period, basis, base)
        return Earlier(before, basis, self.point(before, unit), self.between(before, period)) if before is not None else None

    def between(self, one: str, other: str) -> tuple[Break, ...]:
        """Return the declared breaks that lie between two periods."""
        return tuple(declared for declared in self.breaks if declared.lies_between(one, other))


class Along:
    """All series of some claims."""

    def __init__(self, claims: Iterable[Claim], breaks: Iterable[Break] = (), names: Mapping[str, str] | None = None) -> None:
        self.claims = list(claims)
        self.breaks = tuple(breaks)
        self._places = Places(self.claims, names)
        self._before: dict[int, Reading | None] = {}

    @classmethod
    def of(cls, observations: pd.DataFrame, breaks: Iterable[Break] = (), names: Mapping[str, str] | None = None) -> Along:
        """Return the series of an observations table; `names` are the regions' Chinese names, for scopes that repeat them."""
        return cls(read_claims(observations), breaks, names)

    @cached_property
    def text(self) -> Passages:
        """The words between the claims."""
        return Passages(self.claims)

    @cached_property
    def series(self) -> dict[Key, Series]:
        """All series by key, in the order in which their first claims are printed."""
        found: dict[Key, Series] = {}
        for claim in self.claims:
            key = self.key(claim)
            if key is not None and not after_publication(claim):
                if key not in found:
                    found[key] = Series(key, self.breaks_of(key))
                found[key].by_period[canonical(claim.period)].append(claim)
        return found

    @cached_property
    def _by_indicator(self) -> dict[tuple[str, str], list[Series]]:
        found: dict[tuple[str, str], list[Series]] = defaultdict(list)
        for key, series in self.series.items():
            if key.across:
                found[key.place, key.identity].append(series)
        return {asked: sorted(lines, key=lambda line: (line.key.scope, line.key.organ)) for asked, lines in found.items()}

    def breaks_of(self, key: Key) -> tuple[Break, ...]:
        """Return the declared breaks of one series."""
        return tuple(declared for declared in self.breaks if declared.region == key.place and key.identity in declared.indicators)

    def scope(self, claim: Claim) -> str:
        """Return what a claim's scope says beyond the place its document is about, and beyond the organ."""
        return self._places.scope(claim)

    def key(self, claim: Claim) -> Key | None:
        """Return the series a claim belongs to, None when it names nothing."""
        named = identity(claim)
        if not named:
            return None
        # Without a period it could be of any year, and without an act or a thing of any matter: other documents say nothing of it.
        if claim.region and claim.period and claim.says_all:
            return Key(claim.region, "" if claim.indicator else claim.organ, named, self.scope(claim))
        return Key(claim.region, "", named, self.scope(claim), claim.doc)

    def series_of(self, claim: Claim) -> Series:
        """Return the claim's series (an empty one when it names nothing)."""
        key = self.key(claim)
        if key is None:
            return Series(Key("", "", "", "", claim.doc))
        return self.series.get(key) or Series(key, self.breaks_of(key))

    def lines(self, region: str, indicator: str) -> list[Series]:
        """Return the series of one indicator (id or identity) of a region: the whole place's first, then one a part or other place."""
        return list(self._by_indicator.get((region, indicator), ()))

    def line(self, region: str, indicator: str, scope: str = WHOLE) -> Series:
        """Return the series of one indicator of one scope of a region, by default the whole place's; an empty one where there is none."""
        lines = [line for line in self.lines(region, indicator) if line.key.scope == scope]
        key = Key(region, "", indicator, scope)
        return lines[0] if lines else Series(key, self.breaks_of(key))

    def crossed(self, claim: Claim, *periods: str) -> Break | None:
        """Return the first declared break of the claim's series that lies between its period and one of some others, None where none does."""
        breaks = self.series_of(claim).breaks if self.breaks else ()
        return next((declared for declared in breaks for period in periods if declared.lies_between(claim.period, period)), None)

    def before(self, claim: Claim) -> Reading | None:
        """Return what a claim's level and change say about the level before, None when they say nothing."""
        if id(claim) not in self._before:
            known = claim.level is not None and claim.change is not None and self.owns_change(claim)
            self._before[id(claim)] = earlier_level(claim.printed, claim.printed_change) if known else None
        return self._before[id(claim)]

    def owns_change(self, claim: Claim) -> bool:
        """Say whether a claim's change can be said of nothing else."""
        return len(self.text.bearers(claim)) == 1

    def implied(self, series: Series, period: str) -> list[Implied]:
        """Return what the printed changes of a series say of a period, in order of document and place; a rate's change in per cent says nothing."""
        found = []
        for claim in series:
            if claim.kind != "actual" or base_period(claim) != canonical(period):
                continue
            of_rate = claim.percent and claim.change is not None and claim.change.kind == "percent"
            reading = self.before(claim) if not of_rate and self.text.attached(claim) else None
            if reading is not None and claim.change is not None:
                found.append(Implied(claim, claim.change.basis or "", reading))
        return found
