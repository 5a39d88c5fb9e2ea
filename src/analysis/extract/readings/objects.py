"""The object of a name that says only what was done, or a rate: 受理申诉案件52件。到年底全部审结，改判24件; 收到投诉90件，解决率90%.

What is done is counted in the unit of what it is done to. So each unit remembers what was counted in it last, until something else is or a
heading follows; parts of a whole (其中…) and numbers in brackets leave it as it was. A rate takes what its own sentence, or the one before,
counted last, and so does a sum (涉案金额).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...lexicon.classes import heads
from ...lexicon.parts import roles
from ...lexicon.units import canonical
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..quantities import Quantity
from ..sentence import HALVES, Sentence

# How many units a text goes on counting in at once.
_KEPT = 4
_LISTED = re.compile("、[^，,；;。]*$")
# What is counted in these is how often, not what.
_CONCERNED = grammar.compiled("concerned_by_them")
_REACHED = frozenset(words("those_reached"))
_WORTH, _RATES = frozenset(words("worth_alone")), words("rates_and_shares")
_TOTALS = frozenset(words("totals_alone"))
_TIMES_OF = words("units_of_times")[0]
_TIMES, _PEOPLE = frozenset(words("units_of_times")), frozenset(words("units_of_people"))


def with_object(s: Sentence, name: str, q: Quantity) -> str:
    """Return a level's name with what it is done to, where it says none; remember what another name counts."""
    told_of = name in _REACHED or (name in _WORTH and q.family == "money")
    if told_of and s.drafts and len(s.drafts[-1].name) <= naming.LONGEST_SORT:
        return name if s.drafts[-1].name.endswith(_RATES) else s.drafts[-1].name + name  # 发放救助金24万元，惠及97人
    if q.family not in ("count", "ratio", "money") or q.unit is None or not name or q.unit in _TIMES:
        return name
    concerned = q.family == "count" and _CONCERNED.fullmatch(name) is not None
    people = q.unit in _PEOPLE and naming.says_no_person(name)
    if not (concerned or people or name in _TOTALS or naming.says_no_object(name) or naming.is_sum(name)):
        if q.family != "count" or s.depth:
            return name
        if s.of_which and q.start > s.of_which:
            if not _is_another_deed(s, name, q):
                return _with_its_sort(s, name, q)
            s.of_which = 0
        _note(s, name, q)
        return name
    if name in _TOTALS:
        told = [d for d in s.levels if d.level.unit == q.unit or q.family == "money"]
        counted = told[-1].name if told else ""
        return naming.noun_of(counted) + name if counted else name  # 新增市场主体12户，总量达90户
    if people:
        return _with_people(s, name, q)
    noun = _counted_in_sentence(s, name) if q.family != "count" else ""
    noun = noun or _counted_before(s, q, near=concerned or q.family != "count") or _in_caption(s) or _put_forward(s, q)
    deed = name.rstrip("率")
    return noun + name if noun and deed not in noun and noun not in name and naming.fits(deed, noun) else name


def _is_another_deed(s: Sentence, name: str, q: Quantity) -> bool:
    """Whether a half-sentence behind parts begins with a deed of its own, which is no part: …，其中改判10件；依法提起诉讼90件."""
    deed = naming.leading_act(name)
    told = deed not in ("", name) and deed not in s.head_of_whole
    return told and any(s.text.find(mark, s.of_which, q.start) >= 0 for mark in HALVES)


def _with_its_sort(s: Sentence, name: str, q: Quantity) -> str:
    """A deed to a part with the sort of its whole: 查处违规收礼问题90起。其中5月查处问题12起."""
    noun = naming.object_in(name)
    deed = name.removesuffix(noun)
    if noun not in heads() or not naming.is_done(deed):
        return name
    sort = _counted_before(s, q, near=False)
    return deed + sort if sort.endswith(noun) else name


def _counted_in_sentence(s: Sentence, name: str) -> str:
    """What the sentence counted last, by a name that says of what; a part that 其中 leads on to only where it says itself what was done to it.

    A rate of a word of no list is one of what stands right before it, if of any.
    """
    listed = any(kind == "act" for kind, _ in roles(name))
    for draft in reversed(s.levels):
        if draft.level.family != "count" or (s.of_which and draft.anchor > s.of_which and naming.leading_act(draft.written) == ""):
            continue
        if noun := naming.object_in(draft.name) or naming.done_lightly(draft.name):
            return noun
        to_any = naming.is_act_only(draft.name) or (naming.OF_ALL_SORTS not in draft.name and _is_deed_to_any(draft.name))
        if not (listed and to_any):
            return ""
    return ""


def _counted_before(s: Sentence, q: Quantity, near: bool) -> str:
    """What was counted last in the unit of a deed, or (``near``) in another by the sentence or the one before."""
    known = s.context.objects
    if near:
        known = known[-1:] if known and known[-1][2] >= _sentence_before(s) and known[-1][0] != q.unit else ()
    return naming.object_in(next((told for unit, told, _ in reversed(known) if near or unit == q.unit), ""))


def _put_forward(s: Sentence, q: Quantity) -> str:
    """The deed that the sentence counted last in the same unit, where its verb says no more than that it was made: 提出抗诉90件，法院采纳40件."""
    for told in reversed([d for d in s.levels if d.level.unit == q.unit]):
        if _MADE.match(told.name) is not None:
            noun = naming.noun_of(told.name)
            return noun if naming.is_done(noun) else ""
        if naming.object_in(told.name) or not naming.ends_in_act(told.name):
            break  # 提出抗诉90件，法院审结40件，改判20件: all of them are told of what was put forward
    return ""


_MADE = grammar.compiled("verb_that_makes")


def _in_caption(s: Sentence) -> str:
    """What the caption that a line begins with names: （二）财产刑执行违法。书面提出纠正9件，已纠正8件."""
    head = s.context.head
    return naming.object_in(head) if head and s.text.endswith(head, 0, max(0, s.start - 1)) else ""


def _with_people(s: Sentence, name: str, q: Quantity) -> str:
    """A deed with those to whom the sentence, or the one before where this one begins with it, did something else: 接收社区矫正对象90人，解除30人."""
    unit, told, begins = next((each for each in reversed(s.context.objects) if each[0] in _PEOPLE), ("", "", -1))
    noun = naming.people_in(told)
    if not noun or begins < _sentence_before(s) or (begins < s.start and (s.drafts or s.said_before())):
        return name
    s.context.objects = (*(each for each in s.context.objects if each[0] != unit), (unit, told, s.start))
    return noun + name if noun[:2] not in name else name


def _sentence_before(s: Sentence) -> int:
    """Where the sentence before begins, in the same line."""
    begin = s.text.rfind("\n", 0, s.start) + 1
    return max(begin, s.text.rfind("。", begin, max(begin, s.start - 1)) + 1)


@lru_cache(maxsize=4096)
def _is_deed_to_any(name: str) -> bool:
    """Whether a name says what was done to cases that it does not name (调撤案件, 裁定再审)."""
    said = [kind for kind, _ in roles(_SAME_TIME.sub("", name))]
    return said[:1] == ["act"] and not naming.object_in(name) and all(kind in _SAY_LITTLE for kind in said)


_SAY_LITTLE, _SAME_TIME = ("act", "head", "measure", "qualifier"), grammar.compiled("of_the_same_time")


def _note(s: Sentence, name: str, q: Quantity) -> None:
    """Remember what a unit counts, by the name that says it; of sorts told side by side (民事案件9件、行政案件2件) none is what is told of next."""
    unit = q.unit or ""
    unit = unit.partition("（")[0].partition("(")[0]  # 件（次）
    unit = canonical(unit) if unit.endswith(_TIMES_OF) else unit  # 检查单位90家次，责令整改12家
    before = next((each for each in s.context.objects if each[0] == unit), None)
    if before is not None and before[2] == s.start and before[1] and _is_deed_to_any(name):
        return  # 受理买卖合同案件90件，调撤案件40件，调撤率44%
    listed = bool(s.drafts) and _LISTED.match(s.text, s.drafts[-1].end, q.start) is not None
    if before is not None and before[2] == s.start and (listed or naming.head_noun(name) == name):
        name = ""
    kept = [each for each in s.context.objects if each[0] != unit]
    s.context.objects = (*kept, (unit, name, s.start))[-_KEPT:]
