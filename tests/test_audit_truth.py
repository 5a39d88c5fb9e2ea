"""Generated bulletins: what is true is never called a contradiction, and what is visibly false is.

A small sample of `python -m benchmarks.audit --claims 100000`.
"""

from __future__ import annotations

import pytest

from analysis.documents import Document
from analysis.verbs import audit_documents
from proving import claims, pairs

CLAIMS = 900
PAIRS = 3


@pytest.fixture(scope="module")
def tally() -> object:
    """What the audit says of a sample, true and falsified."""
    return claims.run(CLAIMS, seed=7)


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


def test_false_changes_between_two_loose_bulletins_of_one_place_are_found_and_true_ones_are_not_doubted() -> None:
    counted = pairs.run(PAIRS, seed=5)
    assert counted.true > 70 and counted.false > 10
    assert counted.false_alarms == [] and counted.missed == [] and counted.untested == 0


def test_bulletins_of_two_places_are_not_held_against_each_other() -> None:
    (one, two) = pairs.pairs(2, seed=6, false_share=1.0)
    texts = [one.texts[0], two.texts[1].replace(two.texts[1][:3], "石桥市", 1)]
    said = audit_documents(*(Document(f"d{n}", text) for n, text in enumerate(texts)))
    assert "contradiction" not in set(said[said["check"] == "earlier-value"]["verdict"])
