"""The figures of a block: each number with everything its heads, labels and title say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...documents.tables import Cell
from ..grammar import compiled
from .above import divides, head_divides, over_all, thing_of, unit_at_end, units_at_end
from .composing import choose_unit, compose, finished, is_bare, names_place, says_no_thing, shared_subject, subject_of
from .facets import Facet, read_facet, title_facet
from .grid import Block, is_note, kind_of, unit_of_line
from .heads import Layout
from .signs import is_down
from .times import When, joined, period
from .values import Unit, Value, read_unit, read_value, unchanged
from .words import is_kind

# The number of a list that has run into the year behind it: 12016年.
_GLUED = re.compile(r"^\d(?=(?:19|20)\d\d年)")
_PART = re.compile(r"-(\d\d)|Q([1-4])")
_DOWN, _DONE, _OF_SORTS = compiled("direction_down"), compiled("deed_behind_cases"), compiled("thing_that_has_sorts")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is said above a block: its title, the time and the units it names, its subject and scope."""

    title: str
    when: When | None
    units: tuple[Unit, ...]
    subject: str
    scope: str | None
    # the time of the document, where the table names only a part of it
    reported: When | None
    # the time said last above it, where the table names none
    spoken: When | None
    published: tuple[int, int] | None  # year and month, which tell the year of a part of one
    # what a title that is a head over all columns measures
    over: tuple[str, ...] = ()
    # whether its rows or columns are the kinds of its subject
    divided: bool = False


class Around(NamedTuple):
    """What a document says of time around a table: what it reports on, the paragraph above, the sentence that introduces it, its date line."""

    reported: When | None = None
    spoken: When | None = None
    introduced: When | None = None
    published: tuple[int, int] | None = None


@dataclass(slots=True)
class Figure:
    """One number of a block, before it becomes a statement."""

    cell: Cell
    value: Value
    row: int
    column: int
    role: str
    names: tuple[tuple[str, ...], tuple[str, ...]]
    when: When | None
    period: str | None
    period_written: str | None
    period_source: str
    place: str | None
    unit: Unit | None
    facet: Facet
    earlier: bool = False
    target: bool = False
    name: str = ""


def setting_of(block: Block, lines: Sequence[str], around: Around) -> Setting:
    """What the lines above a block say; `lines` are those above the table, in reading order."""
    above = [_GLUED.sub("", line) for line in (*lines, *(cell.text for cell in block.titles if not is_note(cell.text)))]
    units = [unit for line in above for unit in unit_of_line(line)]
    corner = block.head[0][0] if block.head and block.head[0] else None
    units += [*unit_of_line(corner.text), *_unit_in_corner(corner.text)] if corner is not None else []
    units += [unit for line in (cell.text for cell in block.titles if is_note(cell.text)) for unit in unit_of_line(line)]
    when, title = title_facet(above)
    if around.introduced is not None and (when is None or when.year is None):
        when = joined(around.introduced, when)
    over = over_all(title)
    if over is None and corner is not None and not is_kind(corner.text, "period_column") and not _is_over_figures(block):
        over = over_all(corner.text)  # what heads the labels is what all figures measure: 平均轮候时间（日）
        units += [corner.text[corner.text.rindex(mark) + 1 : -1] for mark in "（(" if over is not None and mark in corner.text]
    subject, scope = subject_of(thing_of(title)) if title else ("", None)
    if scope is not None and scope.startswith("各"):
        scope = None  # 各地: what its rows are of, not all of them
    ways = _divides(block)
    subject = _DONE.sub("", subject) if ways else subject
    known = tuple(dict.fromkeys(unit for unit in (*map(read_unit, units), unit_at_end(title), *units_at_end(title)) if unit is not None))
    return Setting(
        title, when, known, "" if over is not None else subject, scope, around.reported, around.spoken, around.published,
        over.names if over is not None else (), divides(title) or ways or _are_sorts(block, subject),
    )  # fmt: skip


def going_on(setting: Setting, block: Block, last: tuple[Setting, Block] | None) -> Setting:
    """What is said above a block that goes on with the one before (the same heads, no title of its own): what is said above that one."""
    if last is None or setting.title or setting.units or not block.head or _words(block) != _words(last[1]):
        return setting
    return replace(last[0], when=setting.when or last[0].when)


def _words(block: Block) -> list[list[str]]:
    return [["".join(cell.text.split()) if cell is not None else "" for cell in row] for row in block.head]


def _unit_in_corner(words: str) -> list[str]:
    """The unit behind the head of the labels (地区（件）), which is that of all figures."""
    facet = read_facet(words)
    return [words[words.rindex(mark) + 1 : -1] for mark in "（(" if facet.unit is not None and mark in words and all(map(names_place, facet.names))]


def _is_over_figures(block: Block) -> bool:
    """Whether the first head is that of a column of figures, as in a table without labels."""
    return all(row[0] is None or kind_of(row[0].text) in ("number", "nothing") for row in block.body if row)


def _are_sorts(block: Block, subject: str) -> bool:
    """Whether the labels are sorts of a subject that has them: 类型 under 各类警情."""
    corner = block.head[-1][0] if block.head and block.head[-1] else None
    if corner is None or _OF_SORTS.search(subject) is None or not is_kind("".join(corner.text.split()), "sorts"):
        return False
    return not any(row and row[0] is not None and row[0].text in subject for row in block.body)  # 投诉 under 投诉举报情况


def _divides(block: Block) -> bool:
    return bool(block.head) and any(cell is not None and head_divides(cell.text) for cell in block.head[-1][:2])


def figures_of(block: Block, layout: Layout, setting: Setting) -> tuple[list[Figure], int]:
    """The figures of a block, and how many of its cells hold words where figures should stand."""
    found: list[Figure] = []
    strange, seen = 0, set[int]()
    spans = _Spans(layout, setting)
    columns = sorted(layout.columns.items())
    named: dict[tuple, tuple[str, Unit | None]] = {}
    shared = shared_subject([facet.names for facet in layout.columns.values() if facet.role == "level"], setting.subject)
    for index, row in enumerate(block.body):
        facet = layout.rows[index]
        for column, head in columns:
            cell = row[column] if column < len(row) else None
            if cell is None or cell.start in seen:
                continue
            seen.add(cell.start)
            value = read_value(cell.text) or (unchanged(cell.text) if "change" in (head.role, facet.role) else None)
            if value is None:
                strange += kind_of(cell.text) == "text"
                continue
            figure = _figure(cell, value, index, column, facet, head, spans)
            teller = layout.signs.get(column, layout.direction)
            if figure.role == "change" and teller is not None and not value.signed:
                figure.value = _directed(value, row[teller] if teller < len(row) else None)
            figure.unit = value.unit or figure.unit
            if setting.over and figure.role == "level":
                figure.names = (figure.names[0], setting.over + figure.names[1])
            if shared and figure.role == "level" and not figure.names[0] and says_no_thing(figure.names[1]):
                figure.names = ((), (shared, *figure.names[1]))
            if layout.deed and figure.role == "level" and all(is_kind(word, "measure") for word in figure.names[1]):
                figure.names = (figure.names[0], (layout.deed, *figure.names[1]))
            key = (figure.names, figure.unit, layout.units[index])
            if key not in named:
                named[key] = _named(figure, layout.units[index], setting)
            figure.name, figure.unit = named[key]
            found.append(figure)
    return found, strange


def _directed(value: Value, direction: Cell | None) -> Value:
    """The amount of a change with the sign that another column gives it."""
    down = direction is not None and (is_down(direction.text) or _DOWN.search(direction.text))
    return value._replace(amount=-value.amount) if down else value


def _figure(cell: Cell, value: Value, row: int, column: int, label: Facet, head: Facet, spans: _Spans) -> Figure:
    when = joined(head.when, label.when) if label.when is not None and head.when is not None else label.when or head.when
    role = next((facet.role for facet in (head, label) if facet.role != "level"), "level")
    teller = head if head.role != "level" else label
    unit = _unit_of(label, head, role)
    said = spans.period(when, label, head)
    return Figure(
        cell, value, row, column, role, (label.names, head.names), when, *said, "printed" if when else "carried",
        label.place or head.place, unit, teller, when is not None and when.back == 1 and when.year is None, label.target or head.target,
    )  # fmt: skip


def _unit_of(label: Facet, head: Facet, role: str) -> Unit | None:
    if role == "change":
        level = label if head.role == "change" else head
        return level.unit
    if role == "share":
        return (head if head.role == "share" else label).unit
    return label.unit or head.unit


class _Spans:
    """Times of figures, and what a total over months is the total of."""

    def __init__(self, layout: Layout, setting: Setting) -> None:
        self.title = setting.when
        self.setting = setting
        self.rows = [facet.when for facet in layout.rows]
        self.columns = [facet.when for facet in layout.columns.values() if facet.role == "level"]
        # whether any head or label is a time, and not one that only looks back from the table's (上年, 本月)
        self.timed = any(when is not None and (when.year or when.part) for when in (*self.rows, *(one.when for one in layout.columns.values())))
        self._known: dict[tuple, tuple[str | None, str | None]] = {}

    def period(self, when: When | None, label: Facet, head: Facet) -> tuple[str | None, str | None]:
        """The period of a figure and its words."""
        key = (when, label.whole, head.whole, label.when, head.when)
        if key not in self._known:
            self._known[key] = self._period(when, label, head)
        return self._known[key]

    def _period(self, when: When | None, label: Facet, head: Facet) -> tuple[str | None, str | None]:
        for facet, others in ((label, self.rows), (head, self.columns)):
            times = [time for time in others if time is not None]
            total = (facet.whole and facet.when is None) or (facet.when is not None and facet.when.month == "to_date")
            if total and any(time.year or time.part for time in times):
                other = head.when if facet is label else label.when
                return self._total(times, other), None
        title = self._base(when)
        said = period(when, title)
        if said is None:
            return None, None
        return said, label.written if label.when else head.written if head.when else self.setting.title or None

    def _base(self, when: When | None) -> When | None:
        if self.title is not None and self.title.year:
            return self.title
        reported = self.setting.reported or self.setting.spoken
        part = (when.part if when is not None else None) or (self.title.part if self.title is not None else None)
        if reported is not None and reported.until:
            reported = None
        if reported is None and part:
            reported = _year_of(part, self.setting.published)
        if reported is not None and (part or (when is not None and (when.back is not None or when.month or when.before))):
            own = when is None or when.back == 1 or when.before or when.month
            return joined(reported if own else When(reported.year), self.title)
        return joined(self.setting.spoken, self.title) if not self.timed else self.title

    def _total(self, times: list[When], other: When | None) -> str | None:
        """The span of months or years that a total adds up, None for one of parts that do not follow each other."""
        parts = [_PART.fullmatch(time.part) for time in times if time.part]
        if not parts and (other is None or other.year is None):
            return self._years([time.year for time in times if time.year])
        years = {time.year for time in times if time.year} | ({other.year} if other is not None and other.year else set())
        title = self._base(When(part="-01"))
        year = years.pop() if len(years) == 1 else title.year if not years and title is not None and title.until is None else None
        read = [part for part in parts if part is not None]
        months = sorted({month for part in read for month in _months(part)})
        if year is None or not parts or len(read) < len(parts) or months != list(range(months[0], months[-1] + 1)):
            return None
        first, last = (f"{year}-{month:02d}" for month in (months[0], months[-1]))
        return f"{year}" if len(months) == 12 else f"{first}..{last}" if len(months) > 1 else first


    def _years(self, years: list[int]) -> str | None:
        """The span of years that a total adds up: those of its table, or those of the title, which may leave some out."""
        first, last = min(years), max(years)
        if self.title is not None and self.title.year and self.title.until:
            return f"{self.title.year}..{self.title.until}" if self.title.year <= first and last <= self.title.until else None
        return f"{first}..{last}" if first < last and len(set(years)) == last - first + 1 else None

def _year_of(part: str, published: tuple[int, int] | None) -> When | None:
    """The year of a part of one by the date line: the last in which it was over."""
    if published is None:
        return None
    year, month = published
    last = re.findall(r"\d+", part)
    over = int(last[-1]) * {"Q": 3, "H": 6}.get(part[0], 1) if last else 12
    return When(year if over <= month else year - 1)


def _months(part: re.Match[str]) -> range:
    return range(int(part[1]), int(part[1]) + 1) if part[1] else range(3 * int(part[2]) - 2, 3 * int(part[2]) + 1)


def _named(figure: Figure, group_unit: Unit | None, setting: Setting) -> tuple[str, Unit | None]:
    """The name and the unit of a figure."""
    name = compose(*figure.names, setting.subject, setting.divided)
    unit = figure.unit
    if unit is None and figure.role != "share":
        unit = group_unit or choose_unit(name, setting.units) if group_unit or setting.units else None
    return (name if not name or figure.role == "share" else finished(name, unit)), unit


def is_nameless(figure: Figure) -> bool:
    """Whether nothing in the table says what a figure is of."""
    return not figure.name or (is_bare(figure.name) and len(figure.name) < 2)
