"""Figures as pages show them off: a name on a line and its figure on the next, or a figure over its name, and how it moved behind that or below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ... import keeping
from ...lexicon import changes, units
from .cells import BLANKS, Cell, Table, stripped
from .fields import Field, is_figure, is_time, lines_of

FEWEST, _LONGEST = 2, 20
_UNITS = "|".join(re.escape(unit) for unit in units.spellings() if units.family_of(unit) in ("count", "money", "ratio", "time", "measure"))
_LEVEL = rf"\d[\d,，]{{0,15}}(?:\.\d{{1,6}})?[{BLANKS}]?[万亿]{{0,2}}余?(?:{_UNITS})"
_MOVING = rf"[{changes.ARROWS}]|(?:{changes.alternation('verb')}|{changes.alternation('short')})了?"
_BASE = rf"(?:[同环较比与][^\d\s，。；{changes.ARROWS}]{{0,9}}?)?"
_MOVE = rf"{_BASE}(?:{_MOVING}|(?<=比)[+-])[{BLANKS}]?\d[\d,]{{0,15}}(?:\.\d{{1,6}})?[{BLANKS}]?(?:{_UNITS})"
_NAME = rf"[^\d\s，。；：！？|{changes.ARROWS}]{{2,{_LONGEST}}}"
_BETWEEN = rf"[{BLANKS}]{{0,9}}[（(]?"
# What a line can be: a figure or a name, with or without its move, or a move alone.
_LINES = {
    "v": keeping.pattern(rf"(?P<level>{_LEVEL})(?:{_BETWEEN}(?P<move>{_MOVE})[)）]?)?"),
    "m": keeping.pattern(rf"[（(]?(?P<move>{_MOVE})[)）]?"),
    "n": keeping.pattern(rf"(?P<name>{_NAME})(?:[{BLANKS}]{{1,9}}[（(]?(?P<move>{_MOVE})[)）]?)?"),
}
# The orders of a run of lines; above figures over their names a line may be a title.
_NAMES_FIRST, _FIGURES_FIRST = re.compile("(?:nvm?)+"), re.compile("n?(?P<cards>(?:vnm?)+)")
_COLUMNS = ("name", "level", "move")


def cards(text: str) -> Iterator[Table]:
    """The runs of such figures of a text, two that moved at least.

    >>> [cell.text for cell in next(cards("立案数\\n612起 ↓7.8%\\n破案率\\n61.2%\\n↑1.5个百分点\\n")).cells]
    ['立案数', '612起', '↓7.8%', '破案率', '61.2%', '↑1.5个百分点']
    >>> [cell.text for cell in next(cards("612起\\n立案数 同比下降7.8%\\n95起\\n破案数 同比增长1.5%\\n")).cells]
    ['立案数', '612起', '同比下降7.8%', '破案数', '95起', '同比增长1.5%']
    """
    lines = [field for a, b in lines_of(text) if (field := stripped(text, a, b))[0]]
    for is_card, run in groupby(map(_line, lines), bool):
        if is_card:
            yield from _table(list(run))


def _line(line: Field) -> tuple[str, dict[str, Field]] | None:
    """What a line is, and its parts; None for one of no card."""
    words, start, _ = line
    for kind, pattern in _LINES.items():
        found = pattern.fullmatch(words)
        if found is None:
            continue
        parts = {name: (said, start + found.start(name), start + found.end(name)) for name, said in found.groupdict().items() if said}
        name = parts.get("name", ("", 0, 0))[0]
        return None if is_figure(name) or is_time(name) else (kind, parts)
    return None


def _table(run: list[tuple[str, dict[str, Field]]]) -> Iterator[Table]:
    order = "".join(kind for kind, _ in run)
    names_first = _NAMES_FIRST.fullmatch(order)
    found = names_first or _FIGURES_FIRST.fullmatch(order)
    if found is None:
        return
    begin, rows = ("n", run) if names_first else ("v", run[found.start("cards") :])
    held: list[dict[str, Field]] = []
    for kind, parts in rows:
        if kind == begin:
            held.append({})
        held[-1] |= parts
    if sum("move" in card for card in held) >= FEWEST:
        cells = [Cell(*card[name], row, column) for row, card in enumerate(held) for column, name in enumerate(_COLUMNS) if name in card]
        yield Table(tuple(cells), min(cell.start for cell in cells), max(cell.end for cell in cells))
