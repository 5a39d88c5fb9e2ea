"""What sentences beside a table say its figures are counted in: 办理数单位为件."""

from __future__ import annotations

from collections.abc import Sequence

from ..grammar import compiled
from .values import Unit, read_unit

# So far from a table may a sentence say in what it counts.
BESIDE = 300
_SAID, _ALL = compiled("unit_said_of_a_head"), compiled("figures_of_a_table")


def units_said(text: str, start: int, end: int) -> tuple[tuple[str, Unit], ...]:
    """What the sentences before the table from `start` to `end`, or right under it, say its figures are counted in, by head; "" for all of them.

    >>> units_said("注：表中数据单位为件，罚款单位为万元。\\n", 0, 0)[0][1].name, units_said("收案单位：件", 0, 0)
    ('件', ())
    """
    first = start + BESIDE
    near = (text[max(0, start - BESIDE) : first], text[max(first, end - BESIDE) : end + BESIDE])  # a file's table holds the notes under it
    found = ((match["name"], read_unit(match["unit"])) for piece in near for match in _SAID.finditer(piece))
    return tuple(("" if _ALL.fullmatch(name) else name, unit) for name, unit in found if unit is not None)


def unit_said(names: Sequence[str], said: Sequence[tuple[str, Unit]]) -> Unit | None:
    """The unit that a sentence says of a head or label of these names, or of all figures; None where it says none, or several."""
    own = {unit for head, unit in said if head and any(head.endswith(name) or name.endswith(head) for name in names if name)}
    units = own or {unit for head, unit in said if not head}
    return units.pop() if len(units) == 1 else None
