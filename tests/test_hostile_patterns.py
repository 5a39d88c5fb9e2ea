"""No pattern of the readers has two ways to take the same blanks: a line of them, or of any sign, costs what it is long."""

import importlib
import pkgutil
import re
import time
from pathlib import Path

import pytest

import analysis.documents

BEFORE = ("", "1", "第1", "表1", "-", "(1", "<b", "12起", "\n", "2017年", "{", "单位")
SIGNS = (" ", "\t", "\u3000", "\n", "-", "1", "|", "1 ", "一", ".")
LENGTH, SECONDS = 1600, 0.3
# What is asked of short words alone, by the bound that stands before it.
BOUNDED = {"FIGURE": "LONGEST_FIGURE", "NUMBER": "LONGEST_NUMBER", "SITE": '" ".join('}
WAYS = {"search": "search", "finditer": "search", "sub": "search", "split": "search", "findall": "search", "match": "match", "fullmatch": "fullmatch"}


def held(value, depth=0):
    """The patterns that a name of a module holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple) and depth < 3:
        for one in value.values() if isinstance(value, dict) else value:
            yield from held(one, depth + 1)


MODULES = sorted(found.name for found in pkgutil.walk_packages(analysis.documents.__path__, "analysis.documents."))
SOURCE = "\n".join(Path(importlib.import_module(name).__file__).read_text("utf-8") for name in MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_signs_said_again_and_again_cost_what_they_are_long(module):
    for name, value in vars(importlib.import_module(module)).items():
        said = {WAYS[way] for way in re.findall(rf"\b{name}\b(?:\[[^\]]*\])*\.({'|'.join(WAYS)})\b", SOURCE)} or {"match"}
        for pattern in held(value):
            if name in BOUNDED or isinstance(pattern.pattern, bytes):
                assert name not in BOUNDED or BOUNDED[name] in SOURCE
                continue
            for before in BEFORE:
                for sign in SIGNS:
                    words = before + sign * (LENGTH // len(sign)) + "x"
                    for way in said:
                        began = time.perf_counter()
                        getattr(pattern, way)(words)
                        assert time.perf_counter() - began < SECONDS, (name, way, before, sign)
