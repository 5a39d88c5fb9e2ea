"""The checks of the audit, each registered once where it is defined: `@check("id", "rule", hard=True)`.

The table of docs/audit.md is made from what is registered (`registry.as_markdown()`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from .findings import Finding
from .matching import Book

__all__ = ["RULES", "Check", "Rule", "as_markdown", "check", "registered"]

Check = Callable[[Book], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: the check's id, its rule in words, and whether a failure is a contradiction ("yes", "no", or when).

    `figure` says that the check holds a printed figure against the one that other printed figures give; a check without it sees only
    that a figure keeps within bounds, or that whole numbers can lead to it.
    """

    id: str
    text: str
    hard: str
    figure: bool
    run: Check


RULES: dict[str, Rule] = {}


def check(id: str, text: str, *, hard: bool | str, figure: bool = False) -> Callable[[Check], Check]:
    """Register a function as the check of that id; one function may be the check of several, a decorator each.

    text: the rule as it stands in docs/audit.md. hard: whether what does not hold is called a contradiction, or the words for when.
    """

    def register(run: Check) -> Check:
        if id in RULES:
            raise ValueError(f"the check {id!r} is registered twice")
        told = hard if isinstance(hard, str) else "yes" if hard else "no"
        # Decorators are run from the last to the first: a function's first id is to stand first.
        later = {key: RULES.pop(key) for key in [key for key, rule in RULES.items() if rule.run is run]}
        RULES.update({id: Rule(id, text, told, figure, run)} | later)
        return run

    return register


def registered(*modules: ModuleType) -> tuple[Check, ...]:
    """Return the functions of all checks, in the order of their modules, and there in that in which they were defined; RULES keeps it too."""
    place = {module.__name__: at for at, module in enumerate(modules)}
    for key in sorted(RULES, key=lambda key: place[RULES[key].run.__module__]):
        RULES[key] = RULES.pop(key)
    return tuple(dict.fromkeys(rule.run for rule in RULES.values()))


def as_markdown() -> str:
    """Return the table of docs/audit.md."""
    lines = ["| check | rule | sees | hard |", "|---|---|---|---|"]
    lines += [f"| {rule.id} | {rule.text} | {'figure' if rule.figure else 'bounds'} | {rule.hard} |" for rule in RULES.values()]
    return "\n".join(lines) + "\n"
