"""The labels of rows: places, kinds of cases, parts under a row without figures; lines that group rows, and rows that only look like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...documents.tables import Cell
from ...lexicon.classes import topics
from ...lexicon.parts import roles
from ..grammar import compiled
from .composing import CASES, is_bare, names_place, place_of
from .facets import Facet, read_facet
from .grid import Block, kind_of
from .times import read_when
from .unit_choice import counts_in
from .values import Row, Unit, without_marks
from .words import is_kind, pattern

_PART = re.compile(r"[-—–－·•]\s*(?=[^\d\s])")
_TOTAL = compiled("measure_of_a_total")
_GROUPS = compiled("group_by_its_signs")
_STEP, OUTCOME = compiled("step_of_a_case"), compiled("outcome_of_a_deed")
_DEED, _CRIMES = compiled("deed_of_a_subject"), compiled("class_of_crimes")
_SORTS, _COMPARED, _SORT = compiled("head_over_sorts"), compiled("label_of_a_time_alone"), compiled("cases_of_a_sort")
# A label shorter than this says little without its group.
SHORT = 4


def columns_of_places(block: Block, heads: dict[int, list[Cell]], stubs: list[int]) -> set[int]:
    """The columns of labels that are places or organs: by their head, or by what they hold."""
    found = set()
    for column in stubs:
        head, labels = head_and_labels(block, heads, column)
        named = [label for label in labels if not is_kind(label, "whole") and read_facet(label).role == "level"]
        places = sum(1 for label in named if place_of(label))
        named = [label for label in named if read_facet(label).names] if places else named  # not 2014年, 2014年合计
        if names_place(head) and (places or all(len(label) < 12 for label in named)) and not any(map(read_when, named)):
            found.add(column)
        elif named and places * 5 >= 4 * len(named):
            found.add(column)
    return found


def columns_of_cases(block: Block, heads: dict[int, list[Cell]], stubs: list[int]) -> set[int]:
    """The columns of labels that are kinds of cases (刑事, 执行, 其他): their head says it, or most labels are of law."""
    found = set()
    for column in stubs:
        head, labels = head_and_labels(block, heads, column)
        if (sorts := _SORTS.fullmatch(head)) is not None and not sorts["thing"].endswith(CASES):
            continue  # 警情类别
        kinds = sum(1 for label in labels if is_kind(label, "case_kind"))
        if kinds > 1 and (is_kind(head, "case_column") or 2 * kinds >= len(labels)):
            found.add(column)
    return found


def head_and_labels(block: Block, heads: dict[int, list[Cell]], column: int) -> tuple[str, list[str]]:
    """The words of the head of a column, and of every label under it."""
    head = "".join(without_marks(heads[column][-1].text).split()) if heads.get(column) else ""
    return head, ["".join(without_marks(cell.text).split()) for row in block.body if column < len(row) and (cell := row[column]) is not None]


def of_a_sort(facet: Facet, thing: str) -> Facet:
    """A label as the sort of a thing that the head over it names: 盗窃 under 警情类别 is 盗窃警情.

    >>> [of_a_sort(read_facet(name), thing).names[0] for name, thing in (("盗窃", "警情"), ("刑事警情数", "警情"), ("盗窃案", "案件"))]
    ['盗窃警情', '刑事警情数', '盗窃案']
    """
    name = facet.names[-1] if facet.names else ""
    if not thing or not name or thing in name or facet.role != "level" or name.endswith(thing[-1]) or (thing.endswith(CASES) and is_case(name)):
        return facet
    return replace(facet, names=(*facet.names[:-1], name + thing))


def is_case(name: str) -> bool:
    """Whether a sort of cases says that it is one: 盗窃案, 合同纠纷; not 治安."""
    return _SORT.search(name) is not None and not is_kind(name, "case_kind")


def read_label(cell: Cell, is_place: bool, is_case: bool) -> Facet:
    """What a label says, in a column of places, of kinds of cases, or of anything."""
    facet = read_facet(cell.text)
    bare = "".join(without_marks(cell.text).split())
    if is_place and not is_kind(bare, "whole") and facet.role == "level" and facet.when is None:
        return Facet(place=bare, written=cell.text)
    if is_case and is_kind(bare, "case_kind"):
        return replace(facet, names=(f"{bare}案件",))
    if is_case and facet.whole and not facet.names:
        return replace(facet, names=("各类案件",))
    return facet


def is_part(label: str) -> bool:
    """Whether a label is printed as a part of the row above it: - 少年罪犯."""
    return _PART.match(label.strip()) is not None


def part_of(label: Facet, parent: Facet | None, parent_has_figures: bool) -> Facet:
    """A part under its row, with the words of that row, unless the part repeats them: 金铺劫案 under 各类劫案, 伤人 under 伤人及殴打.

    A crime under a class of crimes (盗窃 under 侵犯财产罪) or another crime (扒窃 under 盗窃案) is called what it is.
    """
    name, above = "".join(label.names), "".join(parent.names) if parent is not None else ""
    if parent is None:
        return label
    if parent_has_figures and (name in above or (name[-2:] in above and not is_bare(name))):
        return replace(label, unit=unit_of_part(label, parent))
    if (_CRIMES.search(above) or is_crime(above)) and is_crime_alone(name) and not label.of_which:
        return replace(label, unit=unit_of_part(label, parent))
    return replace(label, names=parent.names + label.names, place=label.place or parent.place, unit=unit_of_part(label, parent))


def unit_of_part(label: Facet, parent: Facet) -> Unit | None:
    """The unit of a part: its own, else that of the row it is a part of, if it can be counted so."""
    return label.unit or (parent.unit if parent.unit is not None and label.names and counts_in(label.names[-1], parent.unit) else None)


def sorts_over(heads: Sequence[Cell], labels: Sequence[str]) -> str:
    """What the head of a column of labels says that they are the sorts of (警情 over 警情类别); "" for most, or where a label is no sort."""
    head = "".join(without_marks(heads[-1].text).split()) if heads else ""
    found = _SORTS.fullmatch(head)
    if found is None or is_kind(head, "case_column") or any(_COMPARED.fullmatch(label) or read_when(label) for label in labels):
        return ""
    return found["thing"]


def deed_over(heads: Sequence[Cell]) -> str:
    """What the head of a column of labels says was done with them: 立案 over the 立案罪名; "" for most."""
    head = "".join(without_marks(heads[-1].text).split()) if heads else ""
    for size in range(2, len(head) - 1):
        if is_kind(head[size:], "item_column") and is_kind(head[:size], "bare"):
            return head[:size]
    return ""


def goes_on(label: Facet, first: Facet, parent: Facet) -> bool:
    """Whether a row is a part as the row with 其中 before it is, which alone says so: 死亡, 损失 of accidents; 刑事, 民事 of cases received.

    >>> goes_on(read_facet("受伤"), read_facet("其中：死亡"), read_facet("交通事故"))
    True
    >>> goes_on(read_facet("结案"), read_facet("其中：刑事"), read_facet("收案"))
    False
    >>> goes_on(read_facet("刑事"), read_facet("其中：民事"), read_facet("法律援助案件受理"))
    True
    >>> goes_on(read_facet("诈骗"), read_facet("其中：盗窃"), read_facet("刑事案件立案"))
    True
    >>> goes_on(read_facet("抢劫"), read_facet("其中：入户盗窃"), read_facet("盗窃"))
    False
    >>> goes_on(read_facet("失败"), read_facet("其中：调解成功"), read_facet("受理"))
    True
    """
    if not label.names or not first.names or label.place or label.when or label.whole:
        return False
    name, example, above = label.names[-1], first.names[-1], parent.names[-1] if parent.names else ""
    if is_kind(name, "case_kind") and is_kind(example, "case_kind"):
        return True
    if OUTCOME.search(name) and OUTCOME.search(example):
        return True
    if is_crime_alone(name) and is_crime_alone(example):
        return not is_crime_alone(above) or above in name  # no crime is a part of another
    return not is_bare(above) and is_bare(name) and is_bare(example)


def is_crime_alone(name: str) -> bool:
    """Whether a label is a crime and no more, so that the row it is a part of must say what was done: 盗窃, but not 毒品案件."""
    said = roles(name)
    return bool(said) and all(kind == "topic" and topics()[key].crime for kind, key in said)


def is_crime(name: str) -> bool:
    """Whether a label is a crime and no more, or the cases of one.

    >>> is_crime("盗窃案"), is_crime("盗窃"), is_crime("盗窃案立案"), is_crime("刑事案件")
    (True, True, False, False)
    """
    said = roles(name)
    return is_crime_alone(name) or (len(said) == 2 and is_case(name) and said[0][0] == "topic" and topics()[said[0][1]].crime)


def of_its_deed(label: Facet, example: Facet) -> Facet:
    """An outcome without a deed as that of the one beside it: 失败 behind 调解成功 is 调解失败.

    >>> of_its_deed(read_facet("失败"), read_facet("其中：调解成功")).names
    ('调解失败',)
    """
    told = OUTCOME.search(example.names[-1]) if example.names else None
    if told is None or not label.names or not OUTCOME.fullmatch(label.names[-1]):
        return label
    return replace(label, names=(*label.names[:-1], example.names[-1][: told.start()] + label.names[-1]))


def of_a_part(names: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a total as its parts have them: 收案总数 is made of 收案数.

    >>> of_a_part(("收案总数",)), of_a_part(("收案",))
    (('收案数',), ('收案',))
    """
    return (*names[:-1], _TOTAL.sub(r"\1", names[-1])) if names else names


def with_part(whole: tuple[str, ...], part: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a whole and of its part, a crime before what was done with it.

    >>> with_part(("刑事案件立案",), ("盗窃",)), with_part(("刑事案件",), ("盗窃",))
    (('刑事案件', '盗窃', '立案'), ('刑事案件', '盗窃'))
    """
    found = _DEED.search(whole[-1]) if whole and part and is_crime_alone(part[-1]) else None
    return whole + part if found is None else (*whole[:-1], whole[-1][: found.start("deed")], *part, found["deed"])


def of_cases(label: Facet, parent: Facet) -> Facet:
    """A kind of cases under what was done with them: 执行 under 收案 is 执行案件."""
    name = label.names[-1] if label.names else ""
    if not is_kind(name, "case_kind") or not parent.names or not is_bare(parent.names[-1]):
        return label
    return replace(label, names=(*label.names[:-1], f"{name}案件"))


def is_group(cell: Cell, index: int, block: Block) -> bool:
    """Whether a line of one cell before row `index` heads the rows under it, and is no row whose figures are missing.

    Where the table leaves cells empty elsewhere, such a line is a row without figures, unless it is numbered, comes first, or the labels
    under it need a group.
    """
    following = next((c for row in block.body[index : index + 1] for c in row if c is not None), None)
    if cell.columns == 1 and following is not None and (_count_apart(cell.text, following.text) or _are_steps(cell.text, following.text)):
        return False
    if cell.columns > 1 or not index or _GROUPS.fullmatch(cell.text.strip()) or not _has_gaps(block):
        return True
    bare = "".join(following.text.split()) if following is not None else ""
    return len(bare) < SHORT or is_bare(bare) or is_part(bare) or pattern("whole").fullmatch(bare) is not None


def _count_apart(one: str, other: str) -> bool:
    """Whether two labels count things of their own, each with its unit, and the second is no part of the first: 批捕（人） over 执行（件）."""
    below = read_facet(other)
    return read_facet(one).unit is not None and below.unit is not None and not below.of_which and not is_part(other)


def _are_steps(one: str, other: str) -> bool:
    """Whether two labels are steps of a case, so that the second is no part of the first: 批捕 over 审结."""
    return all(names and _STEP.fullmatch(names[-1]) for names in (read_facet(one).names, read_facet(other).names))


def _has_gaps(block: Block) -> bool:
    """Whether some row with figures has an empty place among them."""
    return any(0 < _figures(row) < most for most in [max(map(_figures, block.body), default=0)] for row in block.body)


def _figures(row: Row) -> int:
    return sum(1 for cell in row if cell is not None and kind_of(cell.text) in ("number", "year", "nothing"))
