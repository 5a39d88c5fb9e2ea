"""What a change is said of where its subject only points to it: 前者增长5%, 该比例下降2个百分点; or says where only: 警情中，岛内下降6%."""

from __future__ import annotations

from ...lexicon.parts import roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..drafts import ChangeDraft, Draft
from ..sentence import CASE, Sentence
from .full_names import full_name
from .shares import names_share, whole_told_of
from .wholes import OF_THESE, PLACE_ONLY

POINTS_BACK = grammar.compiled("points_back")


def spell_subject(s: Sentence, subject: str) -> str:
    """Return the subject of a change by what it points to, or with what is counted in the place that it names."""
    if POINTS_BACK.fullmatch(subject) is not None:
        level = pointed_to(subject, list(s.levels) or list(s.context.levels))
        return level.name if level is not None else subject
    if PLACE_ONLY.fullmatch(subject):
        return subject + _counted_there(s)
    if told := _done_to_its_sort(s, subject):
        return told
    deed = subject.removesuffix(_COUNT)
    if deed != subject and s.drafts and s.drafts[-1].quantity is None and naming.is_bare(deed) and (told := full_name(s, deed)) != deed:
        return told + _COUNT  # 危险驾驶案件受理数下降3%，起诉数下降5%
    said_here = s.text.find(subject, s.group_clause, s.last_amount) >= 0
    if said_here and _is_sort(subject) and OF_THESE.search(s.text, s.start, s.group_clause) is None:
        return subject + (s.context.whole[0] or CASE)  # 盗窃下降3%, but 查处的违法行为中，酒驾上升3%
    return subject


def _done_to_its_sort(s: Sentence, subject: str) -> str:
    """A deed done to cases with the sort that the sentence counts: 诉讼案件收案90件，新收案件增加5%: 诉讼案件新收; '' for another subject."""
    deed = subject.removesuffix(CASE)
    if deed == subject or not (naming.is_done(deed) and naming.is_of_cases_only(deed, CASE)):
        return ""  # 抗诉案件 are a sort themselves
    nouns = (naming.object_in(said) for said in (s.context.head, *(level.name for level in reversed(s.levels))))
    return next((noun + deed for noun in nouns if noun.endswith(CASE)), "")


def _is_sort(subject: str) -> bool:
    """Whether a subject says only of what sort the cases are that are counted (盗窃, 民事)."""
    said = roles(subject)
    return bool(said) and all(kind == "topic" for kind, _ in said) and not naming.has_head(subject) and not naming.event_in(subject)


_COUNT = words("counts_of")[0][-1]


def pointed_to(subject: str, levels: list[Draft]) -> Draft | None:
    """The one of some levels that a subject points back to: the first or the last of two, or the last of its kind; None for another subject."""
    points = POINTS_BACK.fullmatch(subject)
    if points is None:
        return None
    if points["first"] or points["last"]:
        return levels[-2 if points["first"] else -1] if len(levels) > 1 else None
    if points["rate"]:
        levels = [level for level in levels if level.level.family == "ratio"]
    return levels[-1] if levels else None


def _counted_there(s: Sentence) -> str:
    """What is counted place by place: what the sentence says that they are parts of, or what it counted or moved before."""
    if (told := whole_told_of(s)) and not PLACE_ONLY.fullmatch(told):
        return told  # not 各分局中
    if s.of_which and not s.drafts and naming.has_head(s.head_of_whole):
        return naming.head_noun(s.head_of_whole)  # 交通警情下降5%。其中，岛内下降7%
    before = (_MOVED_THERE.sub("", _without_place(draft)) for draft in reversed(s.drafts) if not PLACE_ONLY.fullmatch(draft.name))
    return next((said for said in before if 1 < len(said) <= naming.LONGEST_SORT and not names_share(said)), "")


# 死亡人数上升的有两个地区：东乡县上升33%: what moved in the places that are counted.
_MOVED_THERE = grammar.compiled("places_where_it_moved")


def _without_place(draft: Draft) -> str:
    place = PLACE_ONLY.match(draft.name)
    return draft.name[place.end() :] if place is not None else naming.split_scope(draft.name)[0]


def in_units(subject: str, group: list[ChangeDraft]) -> list[str]:
    """A subject for each of some changes of it, told apart where they count events and people: 重大事故，同比减少1起、10人."""
    units = [change.amount.unit if change.amount is not None else None for change in group]
    return [naming.with_measure(subject, unit, None) for unit in units] if len(set(units)) > 1 else [subject] * len(group)
