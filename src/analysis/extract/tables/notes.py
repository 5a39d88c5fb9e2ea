"""What sentences beside a table say its figures are counted in: 办理数单位为件."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..grammar import compiled
from .composing import choose_unit, measures_money
from .values import Unit, read_unit

# So far from a table may a sentence say in what it counts.
BESIDE = 300
_SAID, _ALL, _MEASURED = compiled("unit_said_of_a_head"), compiled("figures_of_a_table"), compiled("figures_of_a_measure")
_AND = re.compile("[、和]")


def units_said(text: str, start: int, end: int) -> tuple[tuple[str, Unit], ...]:
    """What the sentences before the table from `start` to `end`, or right under it, say its figures are counted in, by head; "" for all of them.

    >>> units_said("注：表中数据单位为件，罚款单位为万元。\\n", 0, 0)[0][1].name, [name for name, _ in units_said("收案、结案单位：件", 0, 0)]
    ('件', ['收案', '结案'])
    """
    first = start + BESIDE
    near = (text[max(0, start - BESIDE) : first], text[max(first, end - BESIDE) : end + BESIDE])  # a file's table holds the notes under it
    found = ((match["name"], read_unit(match["unit"])) for piece in near for match in _SAID.finditer(piece))
    said = ((name, unit) for names, unit in found if unit is not None for name in _AND.split(names))
    return tuple(("" if _ALL.fullmatch(name) else name, unit) for name, unit in said)


def unit_said(names: Sequence[str], name: str, said: Sequence[tuple[str, Unit]]) -> Unit | None:
    """The unit that a sentence says of a head or label of these names, or of all figures, or those of a measure; None where it says none, or several.

    `name` is that of the figure.
    """
    own = {unit for head, unit in said if head and any(head.endswith(one) or one.endswith(head) for one in names if one)}
    if own:
        return own.pop() if len(own) == 1 else None
    units = [unit for head, unit in said if not head or (_MEASURED.fullmatch(head) and (unit.family != "money" or measures_money(name)))]
    return choose_unit(name, list(dict.fromkeys(units))) if units else None
