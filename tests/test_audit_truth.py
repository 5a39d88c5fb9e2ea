"""Generated bulletins: what is true is never called a contradiction, and what is visibly false is.

A small sample of `python benchmarks/audit.py --claims 100000`.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
CLAIMS = 900


def load(name: str) -> ModuleType:
    """A script of benchmarks/, which is no package."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location(f"benchmark_{name}", BENCHMARKS / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


@pytest.fixture(scope="module")
def tally() -> object:
    """What the audit says of a sample, true and falsified."""
    return load("audit").run(CLAIMS, seed=7)


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
