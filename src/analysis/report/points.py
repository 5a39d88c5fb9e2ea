"""Main points by a stated rule: importance x surprise x reliability, one message each, at most six.

importance   the weight of the figure's theme in the catalogue (1 to 10)
surprise     1 to 3 by the size of the change (50 % counts as much as any larger one, a percentage point as five per cent); where five
             earlier yearly changes are known, more or less by how the change compares with their median. A contradiction counts 2.5.
reliability  1, less for a year assumed, a hedge or a changed definition, less where another reading is close or a name not
             all known, half for a change worked out here, a fifth for figures without any year

Total crime, the courts' totals and arrests (a weight of eight or more) are told whatever they did: a reader looks for them first, and misses them.
They stand before all other points, whatever moved most, in the order of their weight, and what is contradicted among them by its score.
The list is never led by an undated, computed, doubtful or break-crossing figure; a contradiction stands with its subject.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from ..catalogue import is_glossed
from .facts import Fact
from .grouping import is_headline

POINTS = 6
LEAST = 4.5  # a theme that scores less is no main point while there are three others
ENOUGH = 3
STANDING = 8  # a theme of this weight is a point even where it hardly moved
HISTORY = 5
POINT_IN_PERCENT = 5
CONTRADICTED, LEVEL_ONLY, DIRECTION_ONLY = 2.5, 0.3, 0.4
Past = Callable[[Fact], Sequence[Decimal]]


@dataclass(frozen=True)
class Message:
    """The figures of one theme that are told together, the lead first, and their score."""

    theme: str
    members: tuple[Fact, ...]
    score: float

    @property
    def lead(self) -> Fact:
        """The figure the message is about."""
        return self.members[0]

    @property
    def disputed(self) -> bool:
        """Whether it is about a contradiction."""
        return self.lead.verdict == "contradiction"

    @property
    def leads(self) -> bool:
        """Whether the list of points may begin with it."""
        return all(_sound(fact) for fact in self.members)


def choose_messages(facts: Sequence[Fact], themes: Mapping[str, Sequence[str]], weights: Mapping[str, int], past: Past) -> list[Message]:
    """Choose the main points of an edition: the messages of the highest scores, led by a sound one."""
    order = {indicator: at for indicators in themes.values() for at, indicator in enumerate(indicators)}
    found = []
    for theme in dict.fromkeys(_theme(fact, themes) for fact in facts):
        mine = [fact for fact in facts if _theme(fact, themes) == theme]
        members = _told_together(sorted(mine, key=lambda fact: (order.get(fact.indicator, 0), not is_headline(fact))))
        if members:
            score = weights.get(theme, 1) * _mean([surprise(fact, past(fact)) * reliability(fact) for fact in members])
            found.append(Message(theme, members, score))
    ranked = sorted(found, key=lambda message: (-message.score, message.lead.ref))
    standing = [message for message in ranked if weights.get(message.theme, 1) >= STANDING and _is_told(message)][:POINTS]
    others = [message for at, message in enumerate(ranked) if message not in standing and (at < ENOUGH or message.score >= LEAST)]
    chosen = standing + others[: POINTS - len(standing)]
    ordered = _in_order(standing, [message for message in ranked if message in chosen and message not in standing], weights)
    first = next((message for message in ordered if message.leads), None)
    return [first, *(message for message in ordered if message is not first)] if first else ordered


def _in_order(standing: Sequence[Message], others: Sequence[Message], weights: Mapping[str, int]) -> list[Message]:
    """Put what a reader looks for in the order of its weight, what is contradicted among it by its score, and the rest behind."""
    ordered = sorted(standing, key=lambda message: -weights.get(message.theme, 1))
    for message in (message for message in others if message.disputed):
        at = next((at for at, one in enumerate(ordered) if one.score < message.score), len(ordered))
        ordered.insert(at, message)
    return ordered + [message for message in others if not message.disputed]


def _theme(fact: Fact, themes: Mapping[str, Sequence[str]]) -> str:
    return next((name for name, indicators in themes.items() if fact.indicator in indicators), fact.indicator or fact.names["zh"])


def _told_together(members: Sequence[Fact]) -> tuple[Fact, ...]:
    """Keep what one message can tell: a contradicted figure alone, else up to three of one shape, each indicator once."""
    wrong = next((fact for fact in members if fact.verdict == "contradiction" and fact.movement), None)
    if wrong is not None:
        return (wrong,)
    once = list({fact.indicator or fact.id: fact for fact in reversed(members)}.values())[::-1]
    headed = [fact for fact in once if is_headline(fact)] or once
    return tuple(fact for fact in headed if fact.shape == headed[0].shape and fact.period == headed[0].period)[:3] if headed else ()


def surprise(fact: Fact, past: Sequence[Decimal]) -> float:
    """Tell how much a change stands out: by its size, and against its own earlier yearly changes (unsigned, in its own unit)."""
    if fact.verdict == "contradiction":
        return CONTRADICTED
    size = size_of(fact)
    if size is None:
        return DIRECTION_ONLY if fact.value is None else LEVEL_ONLY
    in_percent = float(size) * (POINT_IN_PERCENT if fact.is_rate else 1)
    by_size = 1 + min(in_percent, 50) / 25
    if len(past) < HISTORY:
        return by_size
    usual = float(median(past)) or 0.1
    return by_size * min(max(float(size) / usual, 0.5), 1.5)


def size_of(fact: Fact) -> Decimal | None:
    """Give the size of a change, in per cent (points for a rate); None where there is none of known size."""
    move = fact.movement
    if move is not None and move.amount is not None and move.kind in ("percent", "percentage_points"):
        return move.amount
    if move is not None and move.amount is not None and move.kind == "multiple":
        return move.amount * 100
    if fact.previous and fact.value is not None:
        difference = abs(fact.value - fact.previous)
        return difference if fact.is_rate else difference / abs(fact.previous) * 100
    return None


def reliability(fact: Fact) -> float:
    """Tell how far a figure can be built on, from 0 to 1."""
    share = 1.0
    for lessened, by in (
        (fact.undated, 0.2),
        (fact.assumed and not fact.undated, 0.9),
        (bool(fact.hedge), 0.9),
        (fact.on_new_definition or fact.verdict == "borderline", 0.9),
        (bool(fact.movement and fact.movement.computed), 0.5),
        (bool(fact.correction), 0.5),
        ("margin" in fact.doubts, 0.8),
        (is_glossed(fact.name("en")), 0.5),
    ):
        share *= by if lessened else 1
    return share


def _is_told(message: Message) -> bool:
    """Whether a message says how its figures changed, and of which year they are."""
    return all((is_headline(fact) or fact.verdict == "contradiction") and not fact.undated for fact in message.members)


def _sound(fact: Fact) -> bool:
    computed = bool(fact.movement and fact.movement.computed)
    return not (fact.undated or computed or fact.doubts or fact.on_new_definition) and fact.verdict not in ("contradiction", "borderline")


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
