"""Lines whose fields blanks part: where they are cut, where the fields stand, and the columns they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from ... import keeping
from .cells import BLANKS, NARROW, WIDE, stripped, width_of
from .fields import Field, Line, is_figure, is_time, is_unit
from .trees import OVER_LABELS

GAP = re.compile(f"[{NARROW}]{{2,}}|[{NARROW}]*[{WIDE}][{BLANKS}]*")
SPACE = re.compile(f"[{BLANKS}]+")
# A word spread over its column: 合  计, 单　位.
_SPREAD = keeping.pattern(rf"(?<![一-鿿])([一-鿿])[{NARROW}\u3000]{{1,4}}(?!\1)[一-鿿](?=[{BLANKS}(（]|$)")
# One over the labels, which may be wide: 项            目.
_SPREAD_FAR = keeping.pattern(rf"(?<![一-鿿])([一-鿿])[{NARROW}\u3000]{{5,40}}[一-鿿](?=[{BLANKS}(（]|$)")
# And one of several signs, at the beginning of its line: 东　津　区.
_SPREAD_LABEL = keeping.pattern(rf"[一-鿿](?P<gap>[{NARROW}]{{1,3}}|\u3000{{1,2}})[一-鿿](?:(?P=gap)[一-鿿]){{1,5}}(?=[{BLANKS}(（]|$)")


def split_at(text: str, start: int, end: int, gap: re.Pattern[str], together: bool = True) -> list[Field]:
    """The fields of a line; a word spread over its column is `together` or in parts."""
    _, start, end = stripped(text, start, end)
    spread = {found.end(1) for found in _SPREAD.finditer(text, start, end) if not _are_units(found)} if together else set()
    spread |= {found.end(1) for found in _SPREAD_FAR.finditer(text, start, end) if found[1] + found[0][-1] in OVER_LABELS} if together else set()
    label = _SPREAD_LABEL.match(text, start, end) if together else None
    whole = label.end() if label is not None and not all(map(is_unit, SPACE.sub("", label[0]))) else start
    cuts = [(found.start(), found.end()) for found in gap.finditer(text, start, end) if found.start() >= whole and found.start() not in spread]
    edges = [start, *(place for cut in cuts for place in cut), end]
    return [(text[a:b], a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _are_units(found: re.Match[str]) -> bool:
    """Whether two signs apart are two units (起  人), and not one spread over its column (人  次)."""
    one, other = found[0][0], found[0][-1]
    return is_unit(one) and is_unit(other) and not is_unit(one + other) and one + other not in OVER_LABELS


def spans_of(text: str, line: Line, fields: list[Field], width: Callable[[str], int] = width_of) -> list[tuple[int, int]]:
    """Where the fields of a line begin and end."""
    return [(width(text[line[0] : a]), width(text[line[0] : b])) for _, a, b in fields]


def how_even(spans: list[list[tuple[int, int]]]) -> int:
    """How many fields behind the first of their lines begin or end exactly under another."""
    behind = [span for row in spans for span in row[1:]]
    begins, ends = (Counter(span[side] for span in behind) for side in (0, 1))
    return sum(begins[left] > 1 or ends[right] > 1 for left, right in behind)


def in_places(fields: list[Field], spans: list[tuple[int, int]], columns: list[tuple[int, int]]) -> list[Field] | None:
    """A row with each field in the column it stands in; None where one stands in none, or between two."""
    row: list[Field] = [("", fields[0][1], fields[0][1])] * len(columns)
    for field, (left, right) in zip(fields, spans, strict=True):
        mine = [i for i, (a, b) in enumerate(columns) if a < right and left < b] if len(fields) > 1 else [0]
        if len(mine) != 1 or row[mine[0]][0]:
            return None
        row[mine[0]] = field
    return row


def is_uncut(fields: list[Field]) -> bool:
    """Whether a line of one field ends in two figures or more: it is parted by less than what parts the others."""
    words = SPACE.split(fields[0][0]) if len(fields) == 1 else []
    return len(words) > 2 and all(is_figure(word) for word in words[-2:])


def is_glued(fields: list[Field]) -> bool:
    """Whether one blank parts the label of a line from its figure, or two times, where wider gaps part the other fields: 收案 63    197."""
    words, others = SPACE.split(fields[0][0]) if len(fields) > 1 else [], [SPACE.split(field[0]) for field in fields[1:]]
    if len(words) > 1 and is_figure(words[-1]) and not any(map(is_figure, words[:-1])):
        return True
    return any(len(one) > 1 and all(map(is_time, one)) for one in others)


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    columns: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns
