"""Which figures are told together, and which first in a chapter: rules without words (the main points have theirs in `points`)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from math import ceil

from ..lexicon.changes import manner_of
from ..lexicon.units import is_whole
from .facts import Fact

LARGEST_GROUP = {"level_change": 3, "change": 3, "from_to": 2, "level": 6, "direction": 7}


def group(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Gather neighbouring facts that one sentence can tell: same organ, period, shape and manner of change.

    A long run is cut into parts of about equal length (four figures give two sentences of two).
    """
    runs = [list(run) for _, run in groupby(facts, key=_kinship)]
    return [part for run in runs for part in _parts(run)]


def _kinship(fact: Fact) -> tuple[object, ...]:
    move = fact.movement
    manner: tuple[object, ...] = (move.kind, move.basis, move.base, move.computed) if move else ()
    if fact.shape == "direction" and move:
        manner = (move.direction, manner_of(fact.as_written))
    alone = fact.id if fact.verdict == "contradiction" else "" if fact.indicator else fact.quote
    counted = "rate" if fact.is_rate else "count" if is_whole(fact.unit) else fact.unit
    stays = direction_of(fact) == "flat"
    marks = (fact.on_new_definition, fact.assumed)  # a mark behind a sentence holds for all of it
    return (fact.doc, fact.chapter, fact.organ, fact.part, fact.period, fact.shape, counted, manner, stays, marks, alone)


def _parts(run: list[Fact]) -> list[list[Fact]]:
    if len(run) > 2 and len({direction_of(fact) for fact in run}) > 1:
        return [part for _, same in groupby(run, key=direction_of) for part in _parts(list(same))]
    count = ceil(len(run) / LARGEST_GROUP[run[0].shape])
    size = ceil(len(run) / count)
    return [run[at : at + size] for at in range(0, len(run), size)]


def is_headline(fact: Fact) -> bool:
    """Whether a figure can head a report: it has a change of known size, or an earlier value beside it."""
    return fact.shape in ("level_change", "from_to", "change")


def told_once(facts: Sequence[Fact]) -> list[Fact]:
    """Leave out what gives only the direction of a change whose size is told too: fell by 25.44%, and fell sharply."""
    sized = {_change_of(fact) for fact in facts if fact.movement and is_headline(fact)}
    return [fact for fact in facts if fact.shape != "direction" or not fact.movement or _change_of(fact) not in sized]


def levels_beside(facts: Sequence[Fact]) -> dict[str, Fact]:
    """For each further change of a figure (+112 beside +9.54%, a line of its own) the figure whose level its document prints, by the change's id."""
    levels = {_figure_of(fact): fact for fact in reversed(facts) if fact.value is not None}
    changes = (fact for fact in facts if fact.value is None and fact.movement)
    return {fact.id: level for fact in changes if (level := levels.get(_figure_of(fact)))}


def with_levels(facts: Sequence[Fact]) -> list[Fact]:
    """Let a further change of a figure have the level that stands beside the first: 96 cases, down 18.6% on the month, 27.3% on the year."""
    beside = levels_beside(facts)
    return [_on(beside.get(fact.id), fact) if fact.movement and fact.movement.amount is not None else fact for fact in facts]


def _on(level: Fact | None, fact: Fact) -> Fact:
    if level is None:
        return fact
    same = {name: getattr(level, name) for name in ("value", "value_low", "value_high", "unit", "hedge", "resolution")}
    return replace(fact, **same, printed_as=fact)


def foremost(facts: Sequence[Fact]) -> list[Fact]:
    """Keep one of the changes that a document prints of one figure: on the year before any other, else the first."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in sorted(facts, key=lambda fact: (not is_headline(fact), not (fact.movement and fact.movement.basis == "yoy"), fact.ref)):
        kept.setdefault((*_figure_of(fact), fact.value), fact)
    left = {fact.id for fact in kept.values()}
    return [fact for fact in facts if fact.id in left]


def _figure_of(fact: Fact) -> tuple[str, ...]:
    return (fact.doc, fact.indicator or fact.names["zh"], fact.period, fact.scope, fact.part, fact.kind)


def _change_of(fact: Fact) -> tuple[str, ...]:
    return (fact.indicator or fact.names["zh"], fact.part, fact.period, direction_of(fact))


def rank(members: Sequence[Fact]) -> tuple[object, ...]:
    """Order groups by weight: change before level, whole before part, count before rate, large before small."""
    lead = members[0]
    shapes = ("level_change", "change", "from_to", "level", "direction")
    size = max((fact.value or 0) for fact in members)
    return (shapes.index(lead.shape), bool(lead.whole), lead.is_rate, not is_whole(lead.unit), -size, lead.ref)


def direction_of(fact: Fact) -> str:
    """Tell which way a figure went: by its change, or by its earlier and present value; empty when neither is known."""
    if fact.movement:
        return fact.movement.direction
    if fact.previous is None or fact.value is None:
        return "flat"
    return "up" if fact.value > fact.previous else "down" if fact.value < fact.previous else "flat"
