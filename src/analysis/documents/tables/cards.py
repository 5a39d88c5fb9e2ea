"""Figures as pages show them off: a name on a line and its figure on the next, or a figure over its name, and how it moved behind that or below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ... import keeping
from ...lexicon import changes, units
from ...lexicon.publishers import kind_of
from .cells import BLANKS, Cell, Table, stripped
from .fields import Field, is_figure, is_time, lines_of, numbered_as

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
    "n": keeping.pattern(rf"(?P<name>{_NAME})(?:(?:[{BLANKS}]{{1,9}}[（(]?|[（(])(?P<move>{_MOVE})[)）]?)?"),
}
# No sentence ends in the name of a figure.
_SENTENCE_END = "。；！？…"
# Behind its name and its figure, so far in its row, a card tells its moves.
_MOVE_AT = 2
# The cards of a run whose names stand first, and of one whose figures do; so many moves may stand below.
_CARDS = {"n": re.compile("nvm{0,2}"), "v": re.compile("vm{0,2}nm{0,2}")}


class _Line(NamedTuple):
    """A line of a run: a name, a figure or a move, with the moves it tells; a name without words is a line that may be one."""

    kind: str
    words: Field | None
    moves: tuple[Field, ...]
    place: tuple[int, int]
    behind_blank: bool


def cards(text: str) -> Iterator[Table]:
    """The runs of such figures of a text, two that moved at least.

    >>> [cell.text for cell in next(cards("立案数\\n612起 ↓7.8%\\n破案率\\n61.2%\\n↑1.5个百分点\\n")).cells]
    ['立案数', '612起', '↓7.8%', '破案率', '61.2%', '↑1.5个百分点']
    >>> [cell.text for cell in next(cards("612起\\n立案数 同比下降7.8%\\n95起\\n破案数 同比增长1.5%\\n")).cells]
    ['立案数', '612起', '同比下降7.8%', '破案数', '95起', '同比增长1.5%']

    A line over them or below may be a title, or a name: where neither a blank line nor a move tells it, they are not read.

    >>> [next(cards(f"{a}立案\\n6起 ↓7%\\n破案\\n5起 ↑1%\\n{b}特点\\n")).doubt for a, b in (("", "\\n"), ("", ""), ("工作报告\\n", "\\n"))]
    ['', 'alignment', '']
    """
    lines, behind_blank = list[_Line | None](), True
    for start, end in lines_of(text):
        words = stripped(text, start, end)
        if words[0]:
            lines.append(_line(words, behind_blank))
        behind_blank = not words[0]
    for _, run in groupby(lines, lambda line: line is not None):
        yield from _tables([line for line in run if line is not None])


def _line(line: Field, behind_blank: bool) -> _Line | None:
    """What a line is; None for one that is none of a card."""
    words, start, end = line
    for kind, pattern in _LINES.items():
        if (found := pattern.fullmatch(words)) is not None:
            parts = {name: (said, start + found.start(name), start + found.end(name)) for name, said in found.groupdict().items() if said}
            moves = (parts.pop("move"),) if "move" in parts else ()
            named = next(iter(parts.values()), None)
            return None if kind == "n" and named is not None and _is_no_name(named[0]) else _Line(kind, named, moves, (start, end), behind_blank)
    may_name = len(words) <= 2 * _LONGEST and words[-1] not in _SENTENCE_END and not _is_no_name(words)
    return _Line("n", None, (), (start, end), behind_blank) if may_name else None


def _is_no_name(words: str) -> bool:
    return is_figure(words) or is_time(words) or numbered_as(words) is not None or kind_of(words) is not None


def _tables(run: list[_Line]) -> Iterator[Table]:
    order = "".join(line.kind for line in run)
    counted = order.count("v") + order.count("m")
    found = {first: [match.span() for match in shape.finditer(order)] for first, shape in _CARDS.items()}
    found = {first: spans for first, spans in found.items() if sum(b - a - 1 for a, b in spans) == counted}
    tables = {first: list(_in_order(run, spans)) for first, spans in found.items()}
    told = _told(run, found)
    if told is not None:
        yield from tables[told]
    elif any(tables.values()):
        cells = [Cell(*field, row, column) for row, line in enumerate(run) for column, field in enumerate(filter(None, (line.words, *line.moves)))]
        yield Table(tuple(cells), run[0].place[0], run[-1].place[1], doubt="alignment")


def _told(run: list[_Line], found: dict[str, list[tuple[int, int]]]) -> str | None:
    """Which of the orders that a run may have it has: the one whose cards no blank line parts, or whose names all have their move beside them."""
    for is_so in (lambda _: True, lambda spans: _is_whole(run, spans), lambda spans: _moves_in_all(run, spans)):
        told = [first for first, spans in found.items() if is_so(spans)]
        if len(told) == 1:
            return told[0]
    return None


def _is_whole(run: list[_Line], spans: list[tuple[int, int]]) -> bool:
    return not any(line.behind_blank for a, b in spans for line in run[a + 1 : b])


def _moves_in_all(run: list[_Line], spans: list[tuple[int, int]]) -> bool:
    """Whether a move stands beside each name of the cards, and beside none that is no card's."""
    within = {number for a, b in spans for number in range(a, b)}
    return all(bool(line.moves) == (number in within) for number, line in enumerate(run) if line.kind == "n")


def _in_order(run: list[_Line], spans: list[tuple[int, int]]) -> Iterator[Table]:
    """The tables of the cards that stand at some spans of a run; what stands between two of them begins another."""
    held: list[list[list[Field]]] = [[]]
    end = 0
    for a, b in spans:
        card = sorted(run[a:b], key=lambda line: "nvm".index(line.kind))
        name, level = card[0].words, card[1].words
        if a > end or name is None or level is None:
            held.append([])
        if name is not None and level is not None:
            held[-1].append([name, level, *(move for line in card for move in line.moves)])
        end = b
    for rows in held:
        if sum(len(row) > _MOVE_AT for row in rows) >= FEWEST:
            cells = [Cell(*field, row, column) for row, fields in enumerate(rows) for column, field in enumerate(fields)]
            yield Table(tuple(cells), min(cell.start for cell in cells), max(cell.end for cell in cells))
