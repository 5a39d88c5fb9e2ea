"""How many of a made table's figures were read as they are: value, unit, period, place, change and name, all right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from .tables import Fact

# Words that make another figure of a name.
TELLING = ("不起诉", "起诉", "收案", "结案", "受理", "审结", "立案", "破案", "占比", "率", "金额")


class Score(NamedTuple):
    """Figures printed, statements made, and statements that are right; the facts without one, and the statements without a fact."""

    printed: int
    said: int
    right: int
    missed: tuple[Fact, ...]
    invented: tuple[Any, ...]


def score(truth: Sequence[Fact], statements: Sequence[Any]) -> Score:
    """Match every fact with a statement that says it in full, each once."""
    left = list(statements)
    missed = []
    for fact in truth:
        found = next((s for s in left if s.value == fact.value and says(s, fact)), None)
        if found is None:
            missed.append(fact)
        else:
            left.remove(found)
    return Score(len(truth), len(statements), len(truth) - len(missed), tuple(missed), tuple(left))


def says(statement: Any, fact: Fact) -> bool:
    """Whether a statement says all of a fact."""
    change = statement.change and (statement.change.direction, statement.change.amount, statement.change.kind)
    same = (statement.unit, statement.period, change) == (fact.unit, fact.period, fact.change)
    return same and (fact.place is None or statement.scope == fact.place) and alike(statement.indicator, fact.name)


def alike(said: str, name: str) -> bool:
    """Whether two names are of one indicator: they share most pairs of characters, and the same telling words.

    >>> alike("刑事案件收案数", "刑事案件收案"), alike("刑事案件结案数", "刑事案件收案")
    (True, False)
    """
    pairs = [Counter(words[i : i + 2] for i in range(len(words) - 1)) for words in (said, name)]
    shared = 2 * sum((pairs[0] & pairs[1]).values()) / max(1, sum(map(sum, (p.values() for p in pairs))))
    return shared >= 0.5 and all((word in said) == (word in name) for word in TELLING if word != "金额" or word in name)
