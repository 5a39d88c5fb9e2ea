"""The words of heads and labels (words.yml), compiled."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

PATH = Path(__file__).with_name("words.yml")


@cache
def _lists() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(f"(?:{words})", re.IGNORECASE) for name, words in yaml.safe_load(PATH.read_text("utf-8")).items()}


def pattern(kind: str) -> re.Pattern[str]:
    """The pattern of one list."""
    return _lists()[kind]


@cache
def is_kind(words: str, kind: str) -> bool:
    """Whether some words, as a whole, are of a kind listed in words.yml.

    >>> is_kind("年 份", "period_column"), is_kind("合计", "whole"), is_kind("收案", "whole")
    (True, True, False)
    """
    return _lists()[kind].fullmatch(words) is not None or _lists()[kind].fullmatch("".join(words.split())) is not None
