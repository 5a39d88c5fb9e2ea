"""The audit: what a bulletin's own arithmetic says, without a false alarm.

`audit(observations, catalogue, breaks)` gives the findings table, `implied(observations)` the earlier values, `read_told(findings)` the
findings as typed objects. docs/audit.md has the conventions and the checks.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .. import catalogue as catalogues
from ..collector import collector_paused
from ..documents.model import publishers_of
from ..frames import exact
from ..rooms import callable_by_name
from ..series.breaks import Break, declared_breaks
from ..series.implied import implied
from ..series.rows import read_claims
from .checks import CHECKS
from .findings import Finding
from .matching import Book
from .registry import Check
from .table import COLUMNS, as_frame
from .told import Told, by_place, read_told, standing
from .wording import Wording

if TYPE_CHECKING:
    import pandas as pd

    from ..catalogue import Catalogue
    from ..documents import Document
    from ..documents.taking import Source

__all__ = ["COLUMNS", "CheckFailed", "Told", "audit", "by_place", "findings", "implied", "of_documents", "read_told", "standing"]


class CheckFailed(UserWarning):
    """A check came to grief and was left out; the others were made."""


def audit(
    observations: pd.DataFrame | Source,
    *more: Any,
    catalogue: Catalogue | None = None,
    breaks: Iterable[Break] = (),
    publishers: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return every check's findings, in the order of the text (columns: `COLUMNS`): `audit(table, catalogue, breaks)`, or `audit(source, ...)`.

    Given paths, texts or documents, their observations are taken together, with the catalogue and what the documents declare.
    Given a table of observations, exact or with dtypes: without a catalogue only relations that the text itself shows are tested;
    `breaks` are the declared ones (`series.breaks.declared_breaks`): nothing is computed across them; `publishers`, of documents by id
    (`documents.model.publishers_of`), tell a figure that two print from one that a publisher repeats.

    Interval ends, gap and smallest_visible_error are `Decimal` in the finding's unit (the unit "points" is percentage points), None where
    unbounded or not given; subjects is a JSON list whose first member is the stated number. A check that fails is left out, with a CheckFailed
    warning.
    """
    import pandas as pd

    if isinstance(observations, pd.DataFrame):
        table, given = exact(observations), dict(zip(("catalogue", "breaks"), more, strict=False))
        catalogue, breaks = given.get("catalogue", catalogue), given.get("breaks", breaks)
    else:
        from ..observing import observe, take_all  # reading is not for those who have a table, a report among them

        documents = take_all((observations, *more))
        return of_documents(documents, observe(*documents), catalogue or catalogues.load())
    with collector_paused():
        return as_frame(findings(table, catalogue, breaks), Wording(catalogue), publishers or {})


def of_documents(documents: Sequence[Document], observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """`audit` of the observations of some documents, with the breaks that these declare and the publishers that they name."""
    return audit(observations, catalogue, declared_breaks(documents, observations), publishers=publishers_of(documents))


def findings(observations: pd.DataFrame, catalogue: Catalogue | None = None, breaks: Iterable[Break] = ()) -> list[Finding]:
    """Return the findings as objects, with exact intervals, in the order of the checks."""
    book = Book(read_claims(observations), catalogue, breaks)
    return [finding for check in CHECKS for finding in _made(check, book)]


callable_by_name(__name__)


def _made(check: Check, book: Book) -> list[Finding]:
    """Return a check's findings, none where it fails."""
    try:
        return list(check(book))
    except Exception as error:
        warnings.warn(CheckFailed(f"{check.__name__} was left out: it failed on these figures ({type(error).__name__}: {error})"), stacklevel=2)
        return []
