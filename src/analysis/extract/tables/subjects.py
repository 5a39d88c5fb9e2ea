"""What the title of a table says is counted: its subject, of which place, and what was done with it."""

from __future__ import annotations

from functools import lru_cache

from ... import keeping
from ...lexicon.classes import heads
from ...lexicon.parts import parse
from ...lexicon.wordlists import meanings
from .. import naming
from ..grammar import compiled
from .words import half_width, is_kind, pattern

_TITLE_NUMBER, _TITLE_BEGINNING, _TIMES = compiled("title_number"), compiled("title_beginning"), compiled("time_in_title")
_SEVERAL, _HEADING_NUMBER, _LEADING_PLACE = compiled("several_subjects"), compiled("number_of_a_head"), compiled("place_of_a_title")
_EVENT, _TAIL = compiled("event_in_a_heading"), keeping.pattern(rf"(?:{pattern('title_tail').pattern})$")
_LONGEST = 120  # of a title; beyond, there is no subject to find, and looking costs more than in proportion
_SORTED = compiled("sorting_before_a_subject")
_ACT_BEFORE = compiled("act_before_a_subject")
_WORK, _TITLE_DEED, _EDGES = compiled("work_of_an_organ"), compiled("deed_of_a_title"), compiled("edge_of_a_title")


@lru_cache(maxsize=256)
def subject_of(title: str) -> tuple[str, str | None]:
    """What a title says is counted, and the place or organ it is counted of; '' and None where it does not say.

    >>> subject_of("表4 河口区2022年度行政强制办理数据表"), subject_of("交通事故四项指标统计表"), subject_of("安东县政法主要指标")
    (('行政强制', '河口区'), ('交通事故', None), ('', '安东县'))
    >>> subject_of("2021至2023年按地区划分的交通事故宗数")
    ('交通事故宗数', None)
    >>> subject_of("3-1 法院审结的民事案件")
    ('民事案件审结', '法院')
    """
    title = half_width(title).strip()
    if len(title) > _LONGEST:
        return "", None
    numbered = _HEADING_NUMBER.match(title)
    title = title[numbered.end() :] if numbered is not None else title
    bare = _SORTED.sub("", _TITLE_NUMBER.sub("", title))  # 按月份划分的 is no time
    bare = _SORTED.sub("", _EDGES.sub("", _TIMES.sub("", bare)))
    done = _ACT_BEFORE.match(naming.split_scope(bare)[0])
    bare, scope = naming.split_scope(_TITLE_BEGINNING.sub("", bare))
    if scope is None and (found := _LEADING_PLACE.match(bare)):
        bare, scope = bare[found.end() :], found[0]
    while bare and (found := _TAIL.search(bare)) and found.group():
        bare = _EDGES.sub("", bare[: found.start()])
    bare = _TITLE_BEGINNING.sub("", bare) + (done["act"] if done is not None else "")
    unsaid = is_kind(bare, "item_column") or is_kind(bare, "place_column") or _SEVERAL.search(bare) or _WORK.fullmatch(bare)
    return ("" if unsaid or not 2 <= len(bare) <= 24 else meanings("events_of_safety").get(bare, bare)), scope


@lru_cache(maxsize=256)
def event_of(heading: str) -> str:
    """The event or sort of cases that a heading is about; "" for most.

    >>> event_of("安平市交警支队2018年道路交通事故情况通报"), event_of("2018年法院工作报告")
    ('道路交通事故', '')
    """
    for found in _EVENT.finditer(_TIMES.sub(" ", half_width(heading))):
        for at in range(len(found[0]) - 3):
            words = _TITLE_BEGINNING.sub("", found[0][at:])
            said = parse(words)
            if said.head and said.object and not (said.act or said.rest or said.organ) and naming.split_scope(words)[1] is None:
                return words
    return ""


def deed_of(title: str) -> str:
    """What a title says was done with all that its table counts; "" for most.

    >>> deed_of("2023年3月热线受理情况"), deed_of("表1 受理情况"), deed_of("审结案件情况")
    ('受理', '受理', '')
    """
    found = _TITLE_DEED.search("".join(_TIMES.sub("", _TITLE_NUMBER.sub("", title)).split()))
    return found["deed"] if found is not None else ""


def deed_before(subject: str, head: str) -> str:
    """What a subject says was done with the things whose sorts stand under a head: 缴获 of 缴获毒品 over the 毒品种类; "" for most.

    >>> deed_before("缴获毒品", "毒品种类"), deed_before("刑事立案", "案件类型")
    ('缴获', '')
    """
    head = "".join(head.split())
    sizes = (size for size in (2, 3, 4) if len(subject) > size + 1 and head.startswith(subject[size:]))
    return next((subject[:size] for size in sizes if _is_deed_to(subject, size)), "")


def _is_deed_to(subject: str, size: int) -> bool:
    """Whether the first signs of a subject are an act and no more, and what is behind them is no event that the act makes (普法宣传活动).

    An act of a kind of cases (行政复议) makes what is behind it too (申请).
    """
    said, thing = parse(subject[:size]), heads().get(subject[size:])
    alone = said.act is not None and said.object is None and not said.qualifiers and not said.rest
    return alone and not is_kind(subject[:2], "case_kind") and (thing is None or thing.kind != "event")
