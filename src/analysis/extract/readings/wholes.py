"""Parts of a whole that say only of what sort they are: 接报火灾90起，其中用电不当31起; 从原因看，吸烟12起; 受理诉求90件。咨询类40件.

What is counted is named once, with the whole; each part takes it from there.
"""

from __future__ import annotations

from functools import lru_cache

from ...lexicon.parts import roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..drafts import Draft
from ..quantities import Quantity
from ..sentence import CASE, HALVES, Sentence

CASES = frozenset("件起宗")
_LONGEST = 12
_SORTS, _OWN, _OTHERS = words("ends_of_sorts"), words("nouns_of_their_own"), frozenset(words("others"))
_SORT_OF_CASES = frozenset(("topic", "qualifier", "whole"))
OF_THESE = grammar.searchable(grammar.pattern("said_of_some"))


def part_of_whole(s: Sentence, name: str, q: Quantity) -> str:
    """The name of a part with what its whole counts, or with what was done to it; '' for what is no such part. Notes a whole."""
    if q.unit not in CASES or not name:
        return ""
    if s.of_which and q.start > s.of_which and (told := _deed_of_sort(s, name)):
        return told
    if not _says_sort_only(name):
        if not s.depth and not _tells_parts(s, name, q):
            _note_whole(s, name, q.unit)
        return ""
    if not _tells_parts(s, name, q):
        return ""
    if name not in _OTHERS and (deed := _deed_of_whole(s, q)):
        return deed + name
    head, unit = s.context.whole
    if SIZE in naming.narrowed_by(name):
        head = naming.counted_in(head)  # 较大以上事故9起，其中重大1起
    if unit != q.unit or not head or (head.endswith(CASE) and _is_sort_of_cases(name)):
        return ""
    if not s.depth:
        s.context.head = name + head
    return name + head


def _note_whole(s: Sentence, name: str, unit: str) -> None:
    """Remember what a whole counts; a whole of something no list has ends what was remembered."""
    head = naming.counted_in(name)
    head = sized_event(name) or head  # 较大事故9起。建筑施工发生2起
    if head or (naming.DEEDS_BEFORE.match(name) is not None and not naming.is_bare(name)):
        s.context.whole = head, unit


@lru_cache(maxsize=4096)
def sized_event(name: str) -> str:
    """What a name counts, where it is an event of some size, which its parts are of too; '' for another name.

    >>> sized_event("发生较大事故"), sized_event("发生一次死亡10人以上特大事故"), sized_event("发生火灾")
    ('较大事故', '特大事故', '')
    """
    event = naming.event_in(name).rpartition(_HAPPENS[0])[2]
    tails = (event.rpartition(_OR_MORE)[2], event)
    return next((tail for tail in tails if tail and SIZE in naming.narrowed_by(tail)), "")


SIZE, _HAPPENS, _OR_MORE = "size", words("happens"), words("bounds_a_name")[0]


def is_of_other_than_cases(s: Sentence, q: Quantity) -> bool:
    """Whether the whole told last counts something else than cases in the same unit (诉求 in 件)."""
    head, unit = s.context.whole
    return unit == q.unit and bool(head) and naming.is_no_case(head)


def _tells_parts(s: Sentence, name: str, q: Quantity) -> bool:
    """Whether the words before a number say that it is one of several sorts."""
    if s.of_which and q.start > s.of_which:
        return True
    if s.some_of < 0:
        some = OF_THESE.search(s.text, s.start, s.end)
        s.some_of = some.start() if some is not None else s.end
        if some is not None and (head := naming.counted_in(s.text[s.start : s.some_of])):
            s.context.whole = head, q.unit or ""  # 各类警情中，火灾扑救12起，抢险救援9起
    return s.some_of < q.start or name.endswith(_SORTS)


@lru_cache(maxsize=4096)
def _says_sort_only(name: str) -> bool:
    """Whether a name says of what sort something is, and neither what it is nor what was done to it."""
    if len(name) > _LONGEST or name.endswith((CASE[0], *_OWN)):
        return False
    if naming.has_head(name) or naming.ends_with_measure(name) or naming.is_bare(name):
        return False
    if name.endswith(_SORTS):
        return True  # 咨询类
    return not any(kind in ("act", "head", "organ", "place", "measure") for kind, _ in roles(name))


@lru_cache(maxsize=4096)
def _is_sort_of_cases(name: str) -> bool:
    """Whether a name says by the lists what sort of cases it is (刑事, 民事一审)."""
    return all(kind in _SORT_OF_CASES for kind, _ in roles(name))


def _deed_of_sort(s: Sentence, name: str) -> str:
    """A deed done to cases with the sort that its whole counts: 受理诉讼案件131件，其中新收案件118件; '' for another name."""
    deed = name.removesuffix(CASE)
    if deed == name or not naming.is_done(deed):
        return ""
    nouns = (naming.head_noun(d.name) for d in reversed(s.levels) if d.anchor < s.of_which)
    return next((noun + deed for noun in nouns if naming.is_sort_of_cases(noun)), "")


def _deed_of_whole(s: Sentence, q: Quantity) -> str:
    """What was done to a whole that names no head: 查处 of 查处酒驾醉驾90起，其中醉驾17起."""
    if not s.of_which:
        return ""
    whole = next((d for d in reversed(s.levels) if d.anchor < s.of_which and d.level.unit == q.unit), None)
    deed = naming.DEEDS_BEFORE.match(whole.name) if whole is not None else None
    if whole is None or deed is None or naming.has_head(whole.name) or naming.counted_in(whole.name) or deed.end() == len(whole.name):
        return ""
    return deed[0]


def parts_begin(s: Sentence, q: Quantity, bare: str) -> int:
    """Where the parts begin of which a number may be one: behind 其中, or in a bracket of sorts (案件90件（刑事30件、民事60件）)."""
    if s.of_which or not s.outside or not naming.narrows_only(bare):
        return s.of_which
    opened = s.outside[-1].opened
    return opened if any(d.quantity is not None and d.end == opened and d.level.unit == q.unit for d in s.drafts) else 0


def levels_of_wholes(s: Sentence) -> list[Draft]:
    """The levels that 其中 may tell parts of: those before it, or those of the sentence before, where it begins its own (…90起。其中一大队30起)."""
    before = [d for d in s.levels if d.anchor < s.of_which]
    begins = not before and s.of_which and not s.text[s.start : s.of_which].strip()
    return list(s.context.levels) if begins else before


def of_its_half(s: Sentence, levels: list[Draft]) -> list[Draft]:
    """Of some levels those of the half-sentence of 其中 (发生事故90起；查处酒驾30起，其中醉驾9起), all where it holds none of them."""
    half = max(s.text.rfind(mark, s.start, s.of_which) for mark in HALVES) if s.of_which else -1
    return [d for d in levels if half < d.anchor < s.of_which] or levels


def noun_of_places(s: Sentence, q: Quantity, bare: str) -> str:
    """What is counted place by place, where a name is a place only: 7起重大火灾中，县城3起，乡村4起; 陕西省860项."""
    if is_whole_place(bare):
        moved = s.drafts[-1] if s.drafts and s.drafts[-1].quantity is None else None
        return moved.name if moved is not None else s.said_before()  # 办结率不高（提升），全区仅为78.6%
    if not PLACE_ONLY.fullmatch(bare):
        return ""
    before = (s.levels if any(d.anchor < s.of_which for d in s.levels) or not s.of_which else (*levels_of_wholes(s), *s.levels))
    levels = [d for d in before if d.level.unit == q.unit and not PLACE_ONLY.fullmatch(d.name)]
    half = max(s.text.rfind(mark, s.start, q.start) for mark in HALVES)
    own = [d for d in levels if half < d.anchor and (d.anchor < s.of_which or s.of_which <= half)] if s.of_which else []
    levels = own or levels  # 延长9件，其中刑庭2件；中止8件，其中刑庭3件
    told = [d for d in levels if OF_THESE.search(s.text, d.level.end, q.start) is not None]
    counted = told[-1] if told else levels[0] if levels else None  # 5起重大火灾中，城市2起；30起较大火灾中，农村9起
    if counted is not None and (place := PLACE_ONLY.match(counted.name)) is not None:
        return counted.name[place.end() :]  # 东城区立案30起、南山县18起
    if counted is not None and bare.endswith(_HOUSES) and (naming.is_done(_deed_among(counted.name)) or not naming.ends_in_act(counted.name)):
        return counted.name  # 查处酒驾90起，其中二大队40起: who did it too
    return naming.split_scope(naming.head_noun(counted.name))[0] if counted is not None else ""


def is_whole_place(name: str) -> bool:
    """Whether a name says only that all of the place is meant (全区)."""
    return 0 < len(name) <= _LONGEST_PLACE and [kind for kind, _ in roles(name)] == ["whole"]


def _deed_among(name: str) -> str:
    """What was done with some of what a name says: 延长 of 未结案件中延长; any other name as it is."""
    return name.rpartition(_AMONG)[2] or name


def of_places(s: Sentence, names: list[str]) -> list[str]:
    """Names of changes behind 其中 with what they move, where all are no more than places': 查处酒驾90起，其中晋阳、河口增幅较大，分别为…"""
    if not s.of_which or s.group_clause < s.of_which or not all(PLACE_ONLY.fullmatch(name) or _may_be_place(name) for name in names):
        return names
    before = [d for d in levels_of_wholes(s) if not PLACE_ONLY.fullmatch(d.name)]
    return [name + naming.split_scope(before[-1].measured)[0] for name in names] if before else names


@lru_cache(maxsize=1024)
def _may_be_place(name: str) -> bool:
    """Whether a name is as short as those of places and has no word that a list knows."""
    return len(name) <= _LONGEST_PLACE and all(kind in ("rest", "place") for kind, _ in roles(name))


_LONGEST_PLACE = 4
_AMONG = "中"
PLACE_ONLY, _HOUSES = grammar.compiled("place_only"), words("houses_of_places")
