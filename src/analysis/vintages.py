"""Vintages: a value is what one document printed on its date; a later document that prints another value has revised it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .audit.matching import Book
from .audit.verdicts import Verdict, compare
from .lexicon.units import same_kind
from .series.claims import Claim
from .series.intervals import Reading
from .series.rows import read_claims

if TYPE_CHECKING:
    import pandas as pd

    from .catalogue import Catalogue

COLUMNS = ("region", "indicator", "scope", "period", "unit", "earlier_doc", "earlier_published", "earlier_as_written", "earlier_start",
           "later_doc", "later_published", "later_as_written", "later_start", "difference")  # fmt: skip


def revisions(observations: pd.DataFrame, catalogue: Catalogue | None = None) -> pd.DataFrame:
    """Values that a later document prints differently from the one before, a row each, in the order of region, indicator and period.

    Two prints differ when no rounding or hedge of theirs lets them be one number. `difference` is later minus earlier, as printed, in `unit`.
    Only indicators of the catalogue, of one region, scope and period, are compared.
    """
    import pandas as pd

    book = Book(read_claims(observations), catalogue)
    rows = [_row(earlier, later) for earlier, later in _reprints(book) if _revised(earlier, later)]
    return pd.DataFrame(sorted(rows, key=lambda row: row[:4]), columns=list(COLUMNS), dtype=object)


def _reprints(book: Book) -> Iterator[tuple[Claim, Claim]]:
    """Each printed level with the next document's print of the same figure."""
    for series in book.series.values():
        if not series.listed:
            continue
        for claims in series.by_period.values():
            first_of = {}
            for claim in sorted(claims, key=lambda claim: (claim.published, claim.doc, claim.start)):
                if claim.level is not None and claim.kind == "actual" and claim.published:
                    first_of.setdefault(claim.doc, claim)
            yield from pairwise(first_of.values())


def _revised(earlier: Claim, later: Claim) -> bool:
    return same_kind(earlier.unit, later.unit) and compare(Reading.of(later.level), Reading.of(earlier.level)).verdict is Verdict.CONTRADICTION


def _row(earlier: Claim, later: Claim) -> tuple[Any, ...]:
    difference = later.level.point - earlier.level.point
    prints = [(claim.doc, claim.published, claim.as_written, claim.start) for claim in (earlier, later)]
    # Both points are printed decimals, so the division is exact.
    return (
        later.region,
        later.indicator,
        later.scope,
        later.period,
        later.unit,
        *prints[0],
        *prints[1],
        Decimal(difference.numerator) / difference.denominator,
    )
