"""When a reading is doubtful: its margin says how far it was ahead of the next. Whoever shows doubts asks here, without loading what reads."""

from __future__ import annotations

from decimal import Decimal

# How far behind a reading may be and still be tried in the whole sentence, and be a reason for doubt.
WIDTH = 2.0


def is_doubtful(margin: float | Decimal | None) -> bool:
    """Whether a reading is so little ahead of the next that someone should look at it; one without a margin was made before they were.

    >>> is_doubtful(0.4), is_doubtful(3.1), is_doubtful(None)
    (True, False, False)
    """
    return margin is not None and margin < WIDTH
