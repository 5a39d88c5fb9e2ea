"""Figures as pages show them off: a name on a line, its figure on the next, and how it moved, by an arrow, behind that or on the line after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...lexicon import units
from ...lexicon.changes import ARROWS
from .cells import BLANKS, Cell, Table, stripped
from .fields import Field, is_figure, is_time, lines_of

FEWEST, _LONGEST = 2, 20
_UNITS = "|".join(re.escape(unit) for unit in units.spellings() if units.family_of(unit) in ("count", "money", "ratio", "time", "measure"))
_LEVEL = rf"\d[\d,，]{{0,15}}(?:\.\d{{1,6}})?[{BLANKS}]?[万亿]{{0,2}}(?:{_UNITS})"
_MOVE = rf"(?:同比|环比)?[{ARROWS}][{BLANKS}]?\d[\d,]{{0,15}}(?:\.\d{{1,6}})?[{BLANKS}]?(?:{_UNITS})"
_VALUE = re.compile(rf"(?P<level>{_LEVEL})(?:[{BLANKS}]{{0,9}}[（(]?(?P<move>{_MOVE})[)）]?)?")
_MOVED = re.compile(rf"[（(]?(?P<move>{_MOVE})[)）]?")
_NAME = re.compile(rf"[^\d\s，。；！？|{ARROWS}]{{2,{_LONGEST}}}")


def cards(text: str) -> Iterator[Table]:
    """The runs of such figures of a text, two at least.

    >>> [cell.text for cell in next(cards("立案数\\n612起 ↓7.8%\\n破案率\\n61.2%\\n↑1.5个百分点\\n")).cells]
    ['立案数', '612起', '↓7.8%', '破案率', '61.2%', '↑1.5个百分点']
    """
    if not any(arrow in text for arrow in ARROWS):
        return
    lines = [field for a, b in lines_of(text) if (field := stripped(text, a, b))[0]]
    run: list[tuple[Field, ...]] = []
    at = 0
    while at < len(lines):
        card = _card(lines[at : at + 3])
        if card:
            run.append(card)
            at += 2 + (len(card) > 2 and card[2][1] >= lines[at + 1][2])
            continue
        yield from _table(run)
        run = []
        at += 1
    yield from _table(run)


def _card(lines: list[Field]) -> tuple[Field, ...]:
    """The name, the figure and its move that some lines begin with; () where they begin with none."""
    value = _VALUE.fullmatch(lines[1][0]) if len(lines) > 1 else None
    if value is None or not _NAME.fullmatch(lines[0][0]) or is_figure(lines[0][0]) or is_time(lines[0][0]):
        return ()
    level = _part(lines[1], value, "level")
    if value["move"]:
        return lines[0], level, _part(lines[1], value, "move")
    moved = _MOVED.fullmatch(lines[2][0]) if len(lines) > 2 else None
    return (lines[0], level) if moved is None else (lines[0], level, _part(lines[2], moved, "move"))


def _part(line: Field, found: re.Match[str], name: str) -> Field:
    return found[name], line[1] + found.start(name), line[1] + found.end(name)


def _table(run: list[tuple[Field, ...]]) -> Iterator[Table]:
    if sum(len(card) > 2 for card in run) >= FEWEST:
        cells = [Cell(*field, row, column) for row, card in enumerate(run) for column, field in enumerate(card)]
        yield Table(tuple(cells), cells[0].start, cells[-1].end)
