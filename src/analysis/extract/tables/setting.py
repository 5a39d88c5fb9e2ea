"""What is said above a block: its title, the time and the units it names, what is counted and of what its rows are the sorts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...documents.tables import Cell
from ...lexicon.parts import parse
from ..grammar import compiled
from .above import divides, head_divides, introduction, is_title_line, over_all, thing_of, unit_at_end, units_at_end
from .composing import names_place
from .continued import of_this_page, says_it_goes_on
from .facets import is_label, read_facet, title_facet
from .grid import Block, kind_of
from .lines import is_note, unit_of_line
from .subjects import deed_before, deed_of, subject_of
from .times import When, joined
from .unit_choice import CLASSIFIER
from .values import Unit, read_unit
from .words import is_kind

# The number of a list that has run into the year behind it: 12016年.
_GLUED = re.compile(r"^\d(?=(?:19|20)\d\d年)")
_OF_CASES = compiled("title_about_cases")
_JOINS, _MEASURED = compiled("joins_two_deeds"), compiled("measured_behind")
_DONE, _OF_SORTS = compiled("deed_behind_cases"), compiled("thing_that_has_sorts")


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
    # whether its rows or columns are the sorts of its subject, the columns alone (across), or the ways or causes of it; "" for none
    divided: str = ""
    # what the title says was done with all that is counted
    deed: str = ""
    # the event that the headings above name, of which columns tell that only count it and its harm (死亡)
    event: str = ""
    # whether the title is about what was done with cases (收结案情况), so that what is done (新收) is done with them
    of_cases: bool = False
    # what sentences beside it say its figures are counted in, by head
    told: tuple[tuple[str, Unit], ...] = ()
    # of what they say that its changes are, and on what: by head, with its name and basis
    moves: tuple[tuple[str, str, str], ...] = ()
    # the one year of all figures of the text, which is that of a part of one whose year nothing else tells
    year: int | None = None
    # the unit that the subject names at its end (交通意外宗数), which is that of what is called so
    counted: Unit | None = None


class Around(NamedTuple):
    """What a document says around a table: what it reports on, the time of the paragraph above and of the sentence that introduces it, its date line,
    the event its headings name, what it says figures are counted in and changes are of, the one year of its figures, and the units before it."""

    reported: When | None = None
    spoken: When | None = None
    introduced: When | None = None
    published: tuple[int, int] | None = None
    event: str = ""
    told: tuple[tuple[str, Unit], ...] = ()
    moves: tuple[tuple[str, str, str], ...] = ()
    year: int | None = None
    units: str = ""


def setting_of(block: Block, lines: Sequence[str], around: Around) -> Setting:
    """What the lines above a block say; `lines` are those above the table, in reading order."""
    above = of_this_page([_GLUED.sub("", line) for line in (*lines, *(cell.text for cell in block.titles if not is_note(cell.text)))])
    units = [unit for line in above for unit in unit_of_line(line)]
    corner = _head_of_labels(block)
    units += [*unit_of_line(corner.text), *_unit_in_corner(corner.text)] if corner is not None else []
    sentences = [cell.text for cell in block.titles if is_note(cell.text)]
    units += [unit for line in sentences for unit in unit_of_line(line)]
    units = units or unit_of_line(around.units)
    when, title = title_facet(above)
    introduced = around.introduced or next(filter(None, (introduction(line, len(line)) for line in sentences)), None)
    if introduced is not None and (when is None or when.year is None):
        when = joined(introduced, when)
    over = over_all(title)
    if over is None and corner is not None and not is_kind(corner.text, "period_column") and not _is_over_figures(block):
        over = over_all(corner.text)  # what heads the labels is what all figures measure: 平均轮候时间（日）
        units += [corner.text[corner.text.rindex(mark) + 1 : -1] for mark in "（(" if over is not None and mark in corner.text]
    subject, scope = subject_of(_without_heads(thing_of(title), block)) if title else ("", None)
    deed = deed_of(thing_of(title))
    if corner is not None and (done := deed_before(subject, corner.text)):
        subject, deed = "", done
    if scope is not None and scope.startswith("各"):
        scope = None  # 各地: what its rows are of, not all of them
    ways = _divides(block)
    subject = _DONE.sub("", subject) if ways else subject
    subject = _without_head(subject, corner.text) if ways and corner is not None else subject
    known = tuple(dict.fromkeys(unit for unit in (*map(read_unit, units), unit_at_end(title), *units_at_end(title)) if unit is not None))
    return Setting(
        title, when, known, "" if over is not None else subject, scope, around.reported, around.spoken, around.published,
        over.names if over is not None else (), _divided(block, title, subject, ways), deed,
        around.event if around.event.endswith(subject) else "", _OF_CASES.search(title) is not None, around.told, around.moves, around.year,
        counted_in(subject),
    )  # fmt: skip


def counted_in(subject: str) -> Unit | None:
    """The unit that a subject ends in with a number sign (交通意外宗数, 被捕人数); None for most."""
    found = CLASSIFIER.search(subject)
    return read_unit(found["unit"]) if found is not None and found["unit"] else None


def _without_heads(title: str, block: Block) -> str:
    """A title without the two things that heads of columns too say were done: 刑案情形 of 刑案发生及破获情形 over 发生数 | 破获数."""
    words = "".join(title.split())
    names = [_MEASURED.sub("", name) for row in block.head for cell in row[1:] if cell is not None for name in read_facet(cell.text).names]
    for joint in _JOINS.finditer(words):
        one = next((name for name in names if name and words.endswith(name, 0, joint.start())), None)
        other = next((name for name in names if name and name != one and words.startswith(name, joint.end())), None)
        if one is not None and other is not None:
            thing = words[: joint.start() - len(one)] + words[joint.end() + len(other) :]
            return title if is_kind(subject_of(thing)[0], "measure") else thing  # 发生及破获件数
    return title


def _without_head(subject: str, head: str) -> str:
    """A subject without the head of the labels it ends in: 火灾起火原因 over the 起火原因 is of 火灾."""
    head = "".join(head.split())
    return subject.removesuffix(head) if 1 < len(head) < len(subject) else subject


def going_on(setting: Setting, block: Block, last: tuple[Setting, Block] | None, lines: Sequence[str] = ()) -> Setting:
    """What is said above a block that goes on with the one before (the same heads, no title of its own): what is said above that one.

    It has no units of its own either, unless one of the `lines` above it says that it goes on (续表) and they are the same.
    Where only a few words stand above it that entitle no table (刑事法庭), the units above the first such block are those of all.
    """
    if last is None or not block.head:
        return setting
    if _words(block) != _words(last[1]):
        return setting if setting.title or not any(map(says_it_goes_on, lines)) else _entitled_as(setting, last[0])
    if setting.units and (setting.units != last[0].units or not any(map(is_label, lines))):
        return setting
    if setting.title:
        return setting if is_title_line(setting.title) else replace(setting, units=last[0].units)
    return replace(last[0], when=setting.when or last[0].when)


def _entitled_as(setting: Setting, last: Setting) -> Setting:
    """What is said above a table that goes on with other columns: when and in what it counts is its own, the title that of the one before."""
    return replace(
        setting, title=last.title, subject=last.subject, scope=last.scope, deed=last.deed, event=last.event, of_cases=last.of_cases,
        counted=last.counted, units=setting.units or last.units,
    )  # fmt: skip


def _words(block: Block) -> list[list[str]]:
    return [["".join(cell.text.split()) if cell is not None else "" for cell in row] for row in block.head]


def _head_of_labels(block: Block) -> Cell | None:
    """The head in the first column, or, where that has none, in the first behind it whose cells are words: a column of numbers of rows has none."""
    row = block.head[0] if block.head else []
    if not row or row[0] is not None:
        return row[0] if row else None
    column, cell = next(((number, cell) for number, cell in enumerate(row[:3]) if cell is not None), (0, None))
    said = [kind_of(words.text) for one in block.body if column < len(one) and (words := one[column]) is not None]
    return cell if said and all(kind == "text" for kind in said) else None


def _unit_in_corner(words: str) -> list[str]:
    """The unit behind the head of the labels (地区（件）, 罪案类别（宗）), which is that of all figures whose row or column says no other."""
    facet = read_facet(words)
    counts = facet.unit is not None and not names_place(facet.unit.name)  # 县（区） heads places alone
    heads_labels = counts and all(names_place(name) or is_kind(name, "sorts") for name in facet.names)
    return [words[words.rindex(mark) + 1 : -1] for mark in "（(" if heads_labels and mark in words]


def _is_over_figures(block: Block) -> bool:
    """Whether the first head is that of a column of figures, as in a table without labels."""
    return all(row[0] is None or kind_of(row[0].text) in ("number", "nothing") for row in block.body if row)


def _divided(block: Block, title: str, subject: str, ways: bool) -> str:
    """Of what the rows or columns are the sorts: ways, sorts, or sorts across, where all labels only measure them (数量, 占比)."""
    if ways or not (divides(title) or _are_sorts(block, subject)):
        return "ways" if ways else ""
    labels = [read_facet(row[0].text) for row in block.body if row and row[0] is not None]
    measure = all(facet.role == "share" or all(is_kind(name, "measure") for name in facet.names) for facet in labels)
    return "across" if labels and measure else "sorts"


def _are_sorts(block: Block, subject: str) -> bool:
    """Whether the labels are sorts of a subject that has them (类型 under 各类警情), or the heads are, beside places (派出所 | 刑事 | 治安)."""
    heads = block.head[-1] if block.head else ()
    if sum(1 for cell in heads[1:] if cell is not None and is_kind(cell.text, "case_kind")) > 1:
        said = parse(subject)
        return _OF_SORTS.search(subject) is not None or (said.act is not None and said.object is None and not said.rest)
    corner = heads[0] if heads else None
    if corner is None or _OF_SORTS.search(subject) is None or not is_kind("".join(corner.text.split()), "sorts"):
        return False
    return not any(row and row[0] is not None and row[0].text in subject for row in block.body)  # 投诉 under 投诉举报情况


def _divides(block: Block) -> bool:
    return bool(block.head) and any(cell is not None and head_divides(cell.text) for cell in block.head[-1][:2])
