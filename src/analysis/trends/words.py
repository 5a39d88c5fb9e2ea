"""How `trends` words a number, and its templates, in English and Chinese. Figures come in as numbers; nothing is computed here."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ..writing.numbers import MINUS, writer


@cache
def text_of(lang: str) -> dict[str, Any]:
    """The templates of a language."""
    return yaml.safe_load(files(__package__).joinpath(f"wording.{lang}.yml").read_text(encoding="utf-8"))


def percent(ratio: float, lang: str) -> str:
    """A ratio as a signed percentage: 1.031 is +3.1%.

    >>> percent(1.031, "en"), percent(0.9, "zh")
    ('+3.1%', '−10.0%')
    """
    written = decimal((ratio - 1) * 100, 1, lang)
    return f"{'+' * (not written.startswith(MINUS))}{written}%"


def decimal(number: float, places: int, lang: str) -> str:
    """A number with so many decimals, as the language writes it."""
    return writer(lang).number(Fraction(repr(float(number))), places)


def probability(p: float, lang: str, equals: str = "= ") -> str:
    """A p-value: three places, or that it is under 0.001."""
    return "< 0.001" if p < 0.001 else f"{equals}{decimal(p, 3, lang)}"


def too_few(name: str, years: int, mean: float, without: tuple[int, ...], lang: str) -> str:
    """That nothing is fitted, and the rule."""
    return text_of(lang)["too_few"].format(name=name, years=years, mean=decimal(mean, 1, lang)) + left_out(without, lang)


def left_out(years: tuple[int, ...], lang: str) -> str:
    """Which years were left out, where there are any."""
    text = text_of(lang)
    said = text["left_out"].format(years=text["join"].join(map(str, years)))
    return (" " if lang == "en" else "") + said if years else ""


def direction(interval: tuple[float, float, float]) -> str:
    """rise, fall or flat: where the interval of a ratio lies against 1."""
    _, low, high = interval
    return "rise" if low > 1 else "fall" if high < 1 else "flat"
