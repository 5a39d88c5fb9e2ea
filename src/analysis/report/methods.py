"""How the figures of an edition are read, compared and rounded: only what its figures call for is explained."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from ..catalogue import is_glossed
from . import earlier
from .facts import Fact
from .markdown import Figure, Markdown, Table
from .strengths import strength_of

Part = Markdown | Table | Figure
TENTHS = re.compile("[一二三四五六七八九]成")
OVER = re.compile("[余多]")


def methods(edition: Any) -> tuple[Part, ...]:
    """The paragraphs on methods, the rule of the main points, and the ways of printing a number that occur."""
    wording = edition.wording
    gap = wording.table("sentence_gap")
    paragraphs = [gap.join(said) for part in (_where, _as_of, _names, _base, _implied, _checks) if (said := list(part(edition)))]
    paragraphs += [wording("methods.inference"), wording("points.rule")]
    heads = [wording("column.convention"), wording("column.reading")]
    text = Markdown("\n\n".join([edition.heading("methods"), *paragraphs]))
    return (text, Table("conventions", heads, conventions(edition.facts, wording), wording("caption.conventions")))


def stands(edition: Any) -> str:
    """Where in the documents the figures of an edition stand: in sentences, tables or both."""
    tables = {doc.is_table for doc in edition.documents}
    return edition.wording(f"methods.stands.{'both' if len(tables) > 1 else 'tables' if True in tables else 'sentences'}")


def _where(edition: Any) -> Iterator[str]:
    yield edition.wording("methods.where", stands=stands(edition))
    if edition.left_out or any(fact.correction for fact in edition.facts):
        yield edition.wording("methods.corrected")


def _as_of(edition: Any) -> Iterator[str]:
    if edition.dataset.day:
        yield edition.wording("methods.as_of", day=edition.narrator.format.date(edition.dataset.day))


def _names(edition: Any) -> Iterator[str]:
    """Say whose words the names are that no catalogue lists, and whose the meanings of words that no list of ours has."""
    ours = [fact.names for fact in edition.facts if not fact.indicator]
    if ours:
        yield edition.wording("methods.named")
    if edition.wording.has("methods.glossed") and any(is_glossed(names[edition.lang]) for names in ours):
        yield edition.wording("methods.glossed")


def _base(edition: Any) -> Iterator[str]:
    """Say what a change is measured against, and in what."""
    moves = [fact.movement for fact in edition.facts if fact.movement]
    if not moves:
        return
    bases, kinds = {move.basis for move in moves}, {move.kind for move in moves}
    yield edition.wording("methods.base" if bases <= {"yoy", "unstated", ""} else "methods.base_unless")
    if "previous_period" in bases:
        yield edition.wording("methods.previous_period")
    shown = [kind for kind in ("percent", "percentage_points") if kind in kinds]
    if shown:
        yield edition.wording(f"methods.kinds.{'both' if len(shown) > 1 else shown[0]}")


def _implied(edition: Any) -> Iterator[str]:
    befores = [before for fact in edition.actual if (before := earlier.earlier_of(fact)) is not None and before.origin == "implied"]
    if befores:
        yield edition.wording("methods.implied")


def _checks(edition: Any) -> Iterator[str]:
    if any(strength_of(told) != "untestable" for told in edition.findings):
        yield edition.wording("methods.checks")


def conventions(facts: Sequence[Fact], wording: Any) -> list[list[str]]:
    """The ways of printing a number that occur among some figures, each with how it is read."""
    # What a target is to pass is no hedge, and what is computed here is printed nowhere.
    hedged = [(fact.hedge, OVER.search(fact.as_written) is not None) for fact in facts if is_hedged(fact)]
    printed = [fact.movement for fact in facts if fact.movement and not fact.movement.computed]
    sizes = [step for step in (*(fact.resolution for fact in facts), *(move.resolution for move in printed)) if step]
    occurs = {
        "plain": any(fact.resolution == 1 for fact in facts),
        "hundredths": Decimal("0.01") in sizes,
        "tenths": Decimal("0.1") in sizes,
        "coarse": any(fact.resolution and fact.resolution > 1 for fact in facts),
        "over": ("more_than", True) in hedged,
        "nearly": any(hedge == "less_than" for hedge, _ in hedged),
        "about": any(hedge == "about" for hedge, _ in hedged),
        "more_than": ("more_than", False) in hedged,
        "tithes": any(TENTHS.search(fact.as_written) for fact in facts),
    }
    table = wording.table("methods.conventions")
    return [row for name, row in table.items() if occurs[name]] or [table["plain"]]


def is_hedged(fact: Fact) -> bool:
    """Whether a figure is printed with a hedge (about, more than); the bound of a target is none."""
    return bool(fact.hedge) and fact.kind != "target"
