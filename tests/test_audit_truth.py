"""Generated bulletins: what is true is never called a contradiction, and what is visibly false is.

A small sample of `python -m benchmarks.audit --claims 100000`.
"""

from __future__ import annotations

import pytest

from benchmarks import audit

CLAIMS = 900


@pytest.fixture(scope="module")
def tally() -> object:
    """What the audit says of a sample, true and falsified."""
    return audit.run(CLAIMS, seed=7)


def test_every_generated_claim_is_read_and_tested(tally: object) -> None:
    assert tally.true_claims.total() == tally.tested.total() == CLAIMS


def test_no_true_claim_is_called_a_contradiction(tally: object) -> None:
    assert tally.false_alarms == []


def test_errors_beyond_the_smallest_visible_one_are_found(tally: object) -> None:
    assert tally.beyond.total() > CLAIMS / 20
    assert tally.missed == []


def test_errors_below_it_are_never_called_a_contradiction(tally: object) -> None:
    assert tally.below.total() > CLAIMS / 30
    assert tally.wrongly_called == []
