"""The audit: what a bulletin's own arithmetic says, without a false alarm.

`audit(observations, catalogue)` gives the findings table, `implied(observations)` the earlier values.
The input is the observations table and nothing else. docs/audit.md has the conventions and the checks.
"""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..rooms import callable_by_name
from ..series.breaks import Break
from ..series.claims import read_claims
from ..series.implied import implied
from .checks import CHECKS, Check
from .findings import COLUMNS, Finding, as_frame
from .matching import Book
from .wording import Wording

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "audit", "findings", "implied"]


def audit(observations: pd.DataFrame, catalogue: Any = None, breaks: Iterable[Break] = ()) -> pd.DataFrame:
    """Return every check's findings on the observations, in the order of the text (columns: `COLUMNS`).

    Interval ends, gap and smallest_visible_error are `Decimal` in the finding's unit (the unit "points" is
    percentage points), None where unbounded or not given; subjects is a JSON list whose first member is
    the stated number. `breaks` are the declared ones (`series.breaks.declared_breaks`).
    Without a catalogue only relations that the text itself shows are tested.
    """
    with _collector_paused():
        return as_frame(findings(observations, catalogue, breaks), Wording(catalogue))


def findings(observations: pd.DataFrame, catalogue: Any = None, breaks: Iterable[Break] = ()) -> list[Finding]:
    """Return the findings as objects, with exact intervals, in the order of the checks."""
    book = Book(read_claims(observations), catalogue, breaks)
    return [finding for check in CHECKS for finding in _run(check, book)]


class CheckFailed(UserWarning):
    """A check could not be run on these figures and was left out; the others were not."""


def _run(check: Check, book: Book) -> list[Finding]:
    try:
        return list(check(book))
    except Exception as error:
        warnings.warn(CheckFailed(f"{check.__name__} was left out: it failed on these figures ({type(error).__name__}: {error})"), stacklevel=2)
        return []


callable_by_name(__name__)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the garbage collector: an audit makes very many small objects, keeps nearly all, and makes no cycles."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
