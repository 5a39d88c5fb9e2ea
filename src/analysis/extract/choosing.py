"""Weigh what rules propose, and take the best set of readings of a sentence.

A sentence is walked left to right; wherever a number or its words may be read in several ways, rules propose and `decide` takes the
reading whose rules weigh most. Where the next one is close behind, the sentence is walked again with that one taken, and the whole of it
is judged by its faults (`readings.faults`): the walk that gave up least wins. The weights are data (`weights.yml`), written by
`benchmarks/weights.py` from labelled documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ..margins import WIDTH
from ..yamlfiles import load_own

PATH = Path(__file__).with_name("weights.yml")
RIVALS = 6  # so many readings that are close behind are tried


class Option(NamedTuple):
    """One reading that one rule proposes: what it says (options that say the same add up), and what carries it out."""

    reading: str
    rule: str
    content: Any = None


@dataclass(slots=True)
class Choice:
    """What was chosen at one point: for the numbers that stand at ``places``, by which rules, and how far ahead of the next reading."""

    point: str
    places: tuple[int, ...]
    reading: str
    rules: tuple[str, ...]
    lost: float
    gap: float | None = None
    second: str = ""


class Walked(Protocol):
    """What choosing needs to know of a sentence that is being walked."""

    forced: Mapping[tuple[str, int], str]
    choices: list[Choice]
    margins: dict[int, float]


@cache
def weights() -> dict[str, dict[str, float]]:
    """The weight of every rule, by point and name; of a fault what it costs."""
    return load_own(PATH)


def decide(s: Walked, point: str, places: tuple[int, ...], options: list[Option]) -> Option:
    """Return the option to take at one point of a sentence, and note the choice."""
    if len(options) == 1:
        only = options[0]
        s.choices.append(Choice(point, places, only.reading, (only.rule,), 0.0))
        return only
    known = weights()[point]
    totals: dict[str, float] = {}
    for option in options:
        totals[option.reading] = totals.get(option.reading, 0.0) + known[option.rule]
    best = max(totals, key=totals.__getitem__)
    taken = s.forced.get((point, places[0]), best) if s.forced else best
    if taken not in totals:
        taken = best
    second, said = "", options
    if len(totals) > 1:
        second = max([reading for reading in totals if reading != taken], key=totals.__getitem__)
        said = [option for option in options if option.reading == taken]
    gap = totals[taken] - totals[second] if second else None
    s.choices.append(Choice(point, places, taken, tuple([option.rule for option in said]), totals[best] - totals[taken], gap, second))
    return said[0]


def rivals_of(s: Walked) -> list[tuple[str, int, str]]:
    """The readings worth a walk of their own: point, place and reading of the next best wherever it is close."""
    close = [choice for choice in s.choices if choice.gap is not None and choice.gap < WIDTH]
    return [(choice.point, choice.places[0], choice.second) for choice in sorted(close, key=lambda c: c.gap or 0.0)[:RIVALS]]


def cost(s: Walked, faults: Iterable[str]) -> float:
    """What a walk gave up at its choices, and what the faults of its readings cost."""
    return sum(choice.lost for choice in s.choices) + sum(weights()["fault"][fault] for fault in faults)


def note_margins(s: Walked, said: Mapping[int, Any], rivals: Iterable[tuple[float, Mapping[int, Any]]]) -> None:
    """Set the margin of every place of the chosen walk: how much more the cheapest walk costs that says something else there.

    ``rivals``: of each other walk how much more it costs, and what it says at each place.
    """
    rivals = list(rivals)
    for place, reading in said.items():
        others = [more for more, theirs in rivals if theirs.get(place) != reading]
        if others:
            s.margins[place] = max(0.0, min(others))
