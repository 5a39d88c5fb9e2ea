"""The smallest error the whole-number check says it could have seen is that of the first print no whole number leads to."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from analysis import audit as room

# A count, what it was before, and the decimals its change is printed with; some so large that only a far print is impossible.
CASES = [
    (41, 18, 0),
    (41, 18, 1),
    (17, 21, 0),
    (5, 37, 1),
    (3, 60, 0),
    (68, 43, 0),
    (89, 88, 0),
    (12, 30, 2),
    (404, 332, 1),
    (719, 505, 0),
    (719, 505, 1),
    (1499, 2911, 1),
]


def prints(now: int, changes: list[Decimal]) -> pd.DataFrame:
    """Observations that print one count with each of the changes."""
    return pd.DataFrame([{
        "id": f"{n}", "doc": f"d{n:05}", "name": "案件数", "period": "2017", "value": Decimal(now), "resolution": Decimal(1), "unit": "件",
        "as_written": f"{now}件", "start": 0, "end": len(f"{now}件"), "change_direction": "up" if change > 0 else "down", "change_kind": "percent",
        "change_basis": "yoy", "change_amount": abs(change), "change_resolution": Decimal(1).scaleb(change.as_tuple().exponent),
    } for n, change in enumerate(changes)])  # fmt: skip


@pytest.mark.parametrize(("now", "then", "places"), CASES)
def test_the_first_print_that_no_whole_number_leads_to_is_where_the_check_says(now: int, then: int, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    true = round(Decimal(100 * now) / then - 100, places)
    (finding,) = [found for found in room.findings(prints(now, [true])) if found.check == "integer-feasibility"]
    assert finding.verdict == "consistent"
    limit, side = finding.smallest_visible_error, finding.visible_side
    steps = int(limit / Fraction(step)) + 1
    # The verb stays: no error makes a rise of a fall.
    tried = [change for size in range(1, steps + 1) for change in (true + size * step, true - size * step) if change * true > 0 and change > -100]
    called = {
        found.claim.change.amount.point
        for found in room.findings(prints(now, tried))
        if (found.check, found.verdict) == ("integer-feasibility", "contradiction")
    }
    first = true + side * steps * step
    assert called == ({Fraction(first)} if first in tried else set())
