"""The words of relations.yml, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ..yamlfiles import load_yaml

__all__ = ["says", "words"]

PATH = Path(__file__).with_name("relations.yml")


@cache
def _all() -> dict[str, Any]:
    return load_yaml(PATH)


def words(name: str) -> Any:
    """Return the entry `name` of relations.yml."""
    return _all()[name]


def says(text: str, name: str) -> bool:
    """Say whether the text holds one of the words listed under `name`.

    >>> says("，其中国有企业", "of_which"), says("，受理", "of_which")
    (True, False)
    """
    return any(word in text for word in words(name))
