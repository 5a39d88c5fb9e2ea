"""Which numbers speak of the same thing: the series an audit compares along.

Two claims belong to one series when indicator, region, scope and unit are the same. Across documents
only the catalogue's ids count, and the region must be known; inside one document the extractor's name
will do. Nothing is matched by likeness: what cannot be matched surely stays untestable.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

from ..documents.model import COUNTRY
from ..lexicon.units import same_kind
from ..lexicon.words import words
from ..periods import months, named, period_before, year_before
from ..series.claims import Claim
from .derive import earlier_level
from .passages import Passages
from .verdicts import Reading

__all__ = ["Book", "Series", "after_publication", "base_period", "canonical", "plain_scope"]

# 全省 in a document of a city is another place than the city; 全市 is the document's own, and so is whatever it calls ours.
WHOLE_PLACE = re.compile(r"([全我本])([国省市县区州])")
OURS = 1000
# Words of a scope that only repeat the document's region, or the organ an indicator has anyway.
WHOLE_REGION = re.compile(
    r"[全我本][国省市县区州]|各级|两级|各地|共|的|"
    r"(?:人民)?法院|审判机关|(?:人民)?检察院|检察机关|公安机关|公安部门|司法行政机关|纪检监察机关|海关"
)
Key = tuple[str, ...]
Found = TypeVar("Found")


def plain_scope(scope: str) -> str:
    """Return what a scope says beyond the document's own region and organ.

    >>> plain_scope("全国各级法院"), plain_scope("最高人民法院"), plain_scope("全市")
    ('', '最高', '')
    """
    return WHOLE_REGION.sub("", scope)


def canonical(period: str) -> str:
    """Return one name for a period however it is written (2013-01..2013-06 is 2013H1)."""
    ends = months(period)
    return named(*ends) if ends else period


def base_period(claim: Claim) -> str | None:
    """Return the period a claim's change compares with, None when the bulletin leaves it open."""
    change = claim.change
    if change is None or not claim.period or change.yearly_mean:
        return None
    if change.basis == "yoy":
        return year_before(claim.period)
    if change.basis == "previous_period":
        return period_before(claim.period)
    if change.basis == "fixed" and change.base:
        return canonical(change.base) if _comparable(claim.period, change.base) else None
    return None


def after_publication(claim: Claim) -> bool:
    """Say whether a fact is dated after its document: then the date belongs to something else in the text."""
    return claim.kind == "actual" and bool(claim.published) and claim.period[:4] > claim.published[:4]


def _comparable(period: str, base: str) -> bool:
    one, other = months(period), months(base)
    return one is not None and other is not None and one[1] - one[0] == other[1] - other[0]


class Series:
    """The claims of one indicator, by period."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.by_period: dict[str, list[Claim]] = defaultdict(list)

    def at(self, period: str) -> list[Claim]:
        """Return the claims for a period, in order of document and place."""
        return self.by_period.get(canonical(period), [])

    def levels(self, period: str, unit: str) -> list[Claim]:
        """Return the claims that print an actual level for a period, in units that count the same."""
        return [
            claim for claim in self.at(period) if claim.level is not None and claim.kind == "actual" and same_kind(claim.unit, unit or claim.unit)
        ]

    def __iter__(self) -> Iterator[Claim]:
        for claims in self.by_period.values():
            yield from claims


class Book:
    """The claims of an audit, with every way of finding the ones that belong together."""

    def __init__(self, claims: Iterable[Claim], catalogue: Any = None) -> None:
        self.claims = list(claims)
        self.catalogue = catalogue
        self._found: dict[str, Any] = {}
        self._before: dict[int, Reading | None] = {}

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """Return what `find` gives, looking only once for all checks that ask under one name."""
        if name not in self._found:
            self._found[name] = find()
        return self._found[name]

    @cached_property
    def text(self) -> Passages:
        """The words between the claims."""
        return Passages(self.claims)

    @cached_property
    def series(self) -> dict[Key, Series]:
        """All series by key."""
        found: dict[Key, Series] = {}
        for claim in self.claims:
            key = self.key(claim)
            if key is not None and not after_publication(claim):
                found.setdefault(key, Series(key)).by_period[canonical(claim.period)].append(claim)
        return found

    @cached_property
    def _own_places(self) -> dict[str, str]:
        """The whole place that most claims of a region, or of a document without one, are about: 国, 省, 市."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for claim in self.claims:
            found = WHOLE_PLACE.match(claim.scope)
            if found and (found[2] != "国" or claim.region in ("", COUNTRY)):
                counts[claim.region or claim.doc][found[2]] += 1 if found[1] == "全" else OURS
        return {place: levels.most_common(1)[0][0] for place, levels in counts.items()}

    def scope(self, claim: Claim) -> str:
        """Return what a claim's scope says beyond the place its document is about, and beyond the organ."""
        found = WHOLE_PLACE.match(claim.scope)
        other = found[0] if found and found[2] != self._own_places.get(claim.region or claim.doc) else ""
        return other + plain_scope(claim.scope)

    def key(self, claim: Claim) -> Key | None:
        """Return the series a claim belongs to, None when it names nothing."""
        scope = self.scope(claim)
        # Without a period it could be of any year, so other documents say nothing of it.
        if claim.indicator and claim.region and claim.period:
            return ("catalogue", claim.region, claim.indicator, scope)
        name = claim.indicator or claim.name
        return ("document", claim.doc, name, scope) if name else None

    def series_of(self, claim: Claim) -> Series:
        """Return the claim's series (an empty one when it names nothing)."""
        key = self.key(claim)
        return self.series.get(key, Series(key)) if key is not None else Series(())

    def before(self, claim: Claim) -> Reading | None:
        """Return what a claim's level and change say about the level before, None when they say nothing."""
        if id(claim) not in self._before:
            known = claim.level is not None and claim.change is not None and self.owns_change(claim)
            self._before[id(claim)] = earlier_level(claim.level, claim.change) if known else None
        return self._before[id(claim)]

    def owns_change(self, claim: Claim) -> bool:
        """Say whether a claim's change can be said of nothing else."""
        return len(self.text.bearers(claim)) == 1

    def indicator(self, claim: Claim) -> Any:
        """Return the catalogue's entry for a claim, None when it has none."""
        if self.catalogue is None or not claim.indicator:
            return None
        return self.catalogue.by_id.get(claim.indicator)

    def relative(self, claim: Claim, indicator: str | None) -> Claim | None:
        """Return the claim for another indicator of the same region, scope and period: the same document's first."""
        if not indicator:
            return None
        place = ("catalogue", claim.region) if claim.region else ("document", claim.doc)
        series = self.series.get((*place, indicator, self.scope(claim)))
        if series is None:
            return None
        found = [other for other in series.at(claim.period) if other.level is not None and other.kind == "actual"]
        own = [other for other in found if other.doc == claim.doc]
        return (own or found or [None])[0]

    def is_stock(self, claim: Claim) -> bool:
        """Say whether a number is of one date rather than a span, by its name."""
        return any(word in claim.name for word in words("stocks"))
