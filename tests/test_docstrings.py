"""Every example in a docstring of ours is true, in whatever module it stands."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLACES = (ROOT / "src" / "analysis", ROOT / "src" / "tongbi", ROOT / "proving", ROOT / "benchmarks")
MODULES = sorted(
    ".".join(path.relative_to(place.parent).with_suffix("").parts).removesuffix(".__init__")
    for place in PLACES
    for path in place.rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


def test_modules_with_examples_are_found():
    assert len(MODULES) > 100


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name, capsys):
    assert doctest.testmod(import_module(name)).failed == 0, capsys.readouterr().out
