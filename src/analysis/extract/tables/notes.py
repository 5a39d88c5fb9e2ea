"""What sentences beside a table say its figures are counted in (办理数单位为件), and its changes are of (同比增长指立案数的增幅)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...documents.tables import Cell
from ...documents.tables.trees import UNIT_BEHIND
from ..grammar import compiled
from .composing import measures_money
from .facets import Facet
from .neighbours import alike
from .unit_choice import choose_unit
from .values import Unit, read_unit

# So far from a table may a sentence say in what it counts.
BESIDE = 300
_SAID, _ALL, _MEASURED = compiled("unit_said_of_a_head"), compiled("figures_of_a_table"), compiled("figures_of_a_measure")
_CHANGE = compiled("change_said_of_a_head")
_AND = re.compile("[、和]")


def units_said(text: str, start: int, end: int) -> tuple[tuple[str, Unit], ...]:
    """What the sentences before the table from `start` to `end`, or right under it, say its figures are counted in, by head; "" for all of them.

    >>> units_said("注：表中数据单位为件，罚款单位为万元。\\n", 0, 0)[0][1].name, [name for name, _ in units_said("收案、结案单位：件", 0, 0)]
    ('件', ['收案', '结案'])
    """
    found = ((match["name"], read_unit(match["unit"])) for piece in _near(text, start, end) for match in _SAID.finditer(piece))
    said = ((name, unit) for names, unit in found if unit is not None for name in _AND.split(names))
    return tuple(("" if _ALL.fullmatch(name) else name, unit) for name, unit in said)


def changes_said(text: str, start: int, end: int) -> tuple[tuple[str, str, str], ...]:
    """Heads of changes that sentences beside a table speak of, with what they say these are of, and on ("" for what they do not say).

    >>> changes_said("注：“同比”指罚款比上年同期的增幅。", 0, 0)
    (('同比', '罚款', 'yoy'),)
    """
    found = (match for piece in _near(text, start, end) for match in _CHANGE.finditer(piece))
    return tuple((one["head"], one["name"], "yoy" if one["yoy"] else "previous_period" if one["before"] else "") for one in found)


def name_changes(columns: dict[int, Facet], heads: Mapping[int, Sequence[Cell]], said: Sequence[tuple[str, str, str]]) -> None:
    """Give columns of changes that say no more the name that a sentence beside the table says they are of, where a column of figures has it."""
    known = {head: (name, basis) for head, name, basis in said}
    for column, facet in columns.items():
        head = UNIT_BEHIND.sub("", "".join(heads[column][-1].text.split())) if known and heads.get(column) else ""
        if facet.role == "change" and not facet.names and head in known:
            name, basis = known[head]
            named = replace(facet, names=(name,), basis=facet.basis or basis)
            if any(one.role == "level" and alike(one, named) for one in columns.values()):
                columns[column] = named


def _near(text: str, start: int, end: int) -> tuple[str, str]:
    """The text before the table from `start` to `end`, and under it; a file's table holds the notes under it."""
    first = start + BESIDE
    return text[max(0, start - BESIDE) : first], text[max(first, end - BESIDE) : end + BESIDE]


def unit_said(names: Sequence[str], name: str, said: Sequence[tuple[str, Unit]]) -> Unit | None:
    """The unit that a sentence says of a head or label of these names, or of all figures, or those of a measure; None where it says none, or several.

    `name` is that of the figure.
    """
    own = {unit for head, unit in said if head and any(head.endswith(one) or one.endswith(head) for one in names if one)}
    if own:
        return own.pop() if len(own) == 1 else None
    units = [unit for head, unit in said if not head or (_MEASURED.fullmatch(head) and (unit.family != "money" or measures_money(name)))]
    return choose_unit(name, list(dict.fromkeys(units))) if units else None
