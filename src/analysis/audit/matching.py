"""The claims of an audit with the catalogue's relations between them; what belongs to one series is `series.along`'s to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ..catalogue import Catalogue, Indicator
from ..lexicon.words import words
from ..series.along import Along, Key
from ..series.breaks import Break
from ..series.claims import Claim

__all__ = ["Book"]

Found = TypeVar("Found")


class Book(Along):
    """The claims of an audit, with every way of finding the ones that belong together."""

    def __init__(self, claims: Iterable[Claim], catalogue: Catalogue | None = None, breaks: Iterable[Break] = ()) -> None:
        super().__init__(claims, breaks)
        self.catalogue = catalogue
        self._found: dict[str, Any] = {}

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """Return what `find` gives, looking only once for all checks that ask under one name."""
        if name not in self._found:
            self._found[name] = find()
        return self._found[name]

    def indicator(self, claim: Claim) -> Indicator | None:
        """Return the catalogue's entry for a claim, None when it has none."""
        if self.catalogue is None or not claim.indicator:
            return None
        return self.catalogue.by_id.get(claim.indicator)

    def whole_of(self, indicator: str | None) -> str | None:
        """Return the whole of an indicator by the catalogue, None where it names none."""
        entry = self.catalogue.by_id.get(indicator) if self.catalogue is not None and indicator else None
        return entry.whole if entry is not None else None

    def parts_of(self, entry: Indicator) -> tuple[Indicator, ...]:
        """Return the parts of an indicator by the catalogue."""
        return tuple(self.catalogue.parts_of(entry.id)) if self.catalogue is not None else ()

    def relative(self, claim: Claim, indicator: str | None) -> Claim | None:
        """Return the claim for another indicator of the same region, scope and period: the same document's first."""
        if not indicator:
            return None
        doc = "" if claim.region and claim.period else claim.doc
        series = self.series.get(Key(claim.region, "", indicator, self.scope(claim), doc))
        if series is None:
            return None
        found = series.levels(claim.period)
        own = (other for other in found if other.doc == claim.doc)
        return next(own, found[0] if found else None)

    def is_stock(self, claim: Claim) -> bool:
        """Say whether a number is of one date rather than a span, by its name."""
        return any(word in claim.name for word in words("stocks"))
