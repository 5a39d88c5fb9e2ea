"""Lines of words over, between and under the rows of a table: its number and title, notes, and the units it is counted in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...documents.tables import Cell
from ...documents.tables.fields import is_entitled
from ..grammar import compiled
from .values import read_unit, read_value
from .words import is_translation, pattern

# The name of a field of a data base.
_FIELD = re.compile(r"[A-Za-z]\w{0,40}", re.ASCII)
_ASIDE, _UNFINISHED = re.compile("[（(][^()（）]+[)）]"), ("、", "，", ",")
_SENTENCE, _UNITS_OF_A_LINE, _OF_A_HEAD = re.compile("[。；！？]"), compiled("units_of_a_line"), compiled("head_before_its_unit")


def as_line(cells: Sequence[Cell]) -> Cell | None:
    """A row of cells as the line of words that it is, None for any other.

    It is one cell, a table's number and its title (表3 | 2023年受理情况), or words and the same in English that stand further right.
    """
    if len(cells) == 2 and cells[1].column > cells[0].column + cells[0].columns and _are_one(cells[0].text, cells[1].text):
        return cells[0]
    if is_entitled([cell.text for cell in cells]):
        return cells[0]._replace(text=f"{cells[0].text} {cells[1].text}", end=cells[1].end)
    return cells[0] if len(cells) == 1 else None


def _are_one(words: str, other: str) -> bool:
    return not words.isascii() and is_translation(other)


def in_two_languages(cells: Sequence[Cell], above: Sequence[Cell]) -> Cell | None:
    """The line of words that a row of words and the same in English is (公证 | Notarization), where the row above has its label so before figures."""
    if len(cells) != 2 or len(above) < 3 or not _are_one(cells[0].text, cells[1].text):
        return None
    alike = cells[0].column == above[0].column and cells[1].column == above[1].column and _are_one(above[0].text, above[1].text)
    return cells[0]._replace(columns=2) if alike else None


def goes_on(label: Cell, rest: Cell) -> bool:
    """Whether a label without figures goes on in the first cell of the next row: with what stands in brackets, or behind a mark that parts a list
    (伪造、变造货币，出售、)."""
    if _ASIDE.fullmatch(rest.text):
        return True
    return label.column == rest.column and label.text.endswith(_UNFINISHED) and read_value(rest.text) is None


def name_fields(cells: Sequence[Cell], heads: Sequence[Cell]) -> bool:
    """Whether the cells of a row are names of fields (COUNTY_ID, COLUMN1), over as many heads in words."""
    named = len(cells) == len(heads) > 2 and all(_FIELD.fullmatch(cell.text) for cell in cells)
    return named and not any(cell.text.isascii() for cell in heads)


def is_note(words: str) -> bool:
    """Whether a line of words is a note under a table."""
    found = pattern("note").match(words)
    return bool(_SENTENCE.search(words)) or (found is not None and words[found.end() : found.end() + 1] in ("", ":", "：", "1", "①", "*", " "))


def unit_of_line(words: str) -> list[str]:
    """The units that a line (单位：件、人) names, as printed; [] for any other line.

    >>> unit_of_line("单位：件、%，办结率同比为百分点")
    ['件', '%', '百分点']
    """
    found = _UNITS_OF_A_LINE.search(words) or re.fullmatch(r"[（(]\s*([^()（）]+?)\s*[)）]", words.strip())
    if found is None:
        return []
    units = [_OF_A_HEAD.sub("", unit) for unit in re.split(r"[、,，;；\s]+|/(?=[^/]*$)(?<=.)", found[1].strip()) if unit]
    whole = read_unit(found[1].strip())
    if whole is not None:
        return [found[1].strip()]
    return units if units and all(read_unit(unit) for unit in units) else []
