"""Bounds and ranges in the English of a composed name, and the forms that all of it is made of."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from ..yamlfiles import load_yaml

__all__ = ["Unknown", "bounded", "grammar"]

PATH = Path(__file__).with_name("composing.yml")
BOUND = re.compile(r"(?P<n>[0-9]+)(?:(?:至|到|-|—|~)(?P<m>[0-9]+))?(?P<unit>[^0-9以及含]+)(?:及|含)?(?P<way>以上|以下|以内)?")


class Unknown(Exception):
    """A part that has no English."""


@cache
def grammar() -> dict[str, Any]:
    """The forms of composing.yml."""
    return load_yaml(PATH)


def bounded(key: str) -> str:
    """A bound or a range in English: 5年以上, 14至16岁; raises Unknown for what has none."""
    found, forms = BOUND.fullmatch(key), grammar()
    unit = forms["units"].get(found["unit"]) if found else None
    if found is None or unit is None:
        raise Unknown(key)
    way = found["way"] or ("range" if found["m"] else "")
    form = forms["bounds"].get(("aged_" if unit == "aged" else "") + way)
    if form is None:
        raise Unknown(key)
    zeros, _, unit = unit.rpartition(" ")
    numbers = {end: f"{int(found[end] + zeros.replace(',', '')):,}" if found[end] else "" for end in ("n", "m")}
    return form.format(**numbers, unit=unit)
