"""Figures in brackets without a sign: a loss in accounts; or the mark of a row or column told elsewhere too, whose figures are no less for it."""

from __future__ import annotations

from collections.abc import Sequence

from ..grammar import compiled
from .composing import measures_money
from .figures import Figure

_BRACKETS, _BALANCE = "()（） ", compiled("balance_in_a_name")
# So many figures of a row or column must all stand in brackets.
FEWEST = 2


def without_brackets(figures: Sequence[Figure]) -> None:
    """Take the counts of a row or column of which every level stands in brackets as they are printed, where no other of the table does: (97) | (64).

    One alone among others may be below nothing, and so may money.
    """
    lines: dict[tuple[str, int], list[Figure]] = {}
    levels = [figure for figure in figures if figure.role == "level" and figure.value.amount]
    for figure in levels:
        lines.setdefault(("row", figure.row), []).append(figure)
        lines.setdefault(("column", figure.column), []).append(figure)
    marked = {line for line, members in lines.items() if len(members) >= FEWEST and all(map(_is_bracketed, members))}
    held = [figure for figure in levels if ("row", figure.row) in marked or ("column", figure.column) in marked]
    if len(held) == len(levels) or len(held) < sum(map(_is_bracketed, levels)) or any(map(_may_be_below_nothing, held)):
        return
    for figure in held:
        value = figure.value
        words = figure.cell.text[value.start : value.end]
        start = value.start + len(words) - len(words.lstrip(_BRACKETS))
        figure.value = value._replace(amount=abs(value.amount), start=start, end=start + len(words.strip(_BRACKETS)))


def _is_bracketed(figure: Figure) -> bool:
    return figure.value.bracketed and not figure.value.signed


def _may_be_below_nothing(figure: Figure) -> bool:
    """Whether a figure is an amount of money, a ratio, or what is left when something is taken away (净增)."""
    counted = figure.unit is None or figure.unit.family == "count"
    return not counted or measures_money(figure.name) or _BALANCE.search(figure.name) is not None
