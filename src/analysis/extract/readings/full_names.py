"""The full name of a deed, of harm or of what happens: with the head noun of the name before it, which it takes over or becomes."""

from __future__ import annotations

from ...lexicon.classes import acts
from ...lexicon.wordlists import meanings, words
from .. import naming
from ..grammar import compiled
from ..sentence import CASE, HALVES, Sentence

# Said of people, these need no noun of a sentence before.
_ENOUGH = frozenset(spelling for act in acts().values() for spelling in act.enough)
# Deeds of one sign, which are said of the cases just named: 刑事77件，结45件.
_ONE_SIGN = meanings("deeds_by_one_sign")
_LISTED, _REACHED = "、", frozenset(words("those_reached"))
_HAPPENS = words("happens")[:1]
_COUNTED_OF = (*words("rates_and_shares"), *_HAPPENS)
_CONCERNED, _MADE = compiled("concerned_by_them"), compiled("verb_that_makes")


def full_name(s: Sentence, name: str) -> str:
    """Complete a bare verb with the head noun of the name before it; remember a full name as the next head."""
    context, name = s.context, naming.spell_out(_ONE_SIGN.get(name, name))
    if (told := _of_event(s, name)) is not None or (told := _beside_an_outcome(s, name)):
        return told
    if _LISTED in name and naming.noun_of(context.head) == CASE and all(naming.is_bare(one) for one in name.split(_LISTED)):
        return name + CASE  # 受理案件95件，审结、执结90件
    if naming.is_bare(name) and not naming.is_sum(name):
        if len(name) > 1 and context.head.endswith(name):
            return context.head  # 刑事案件立案90起。今年立案80起
        if s.drafts or not name.endswith("案"):
            if not s.drafts and name in _ENOUGH and not _of_a_crime(s):
                return name
            head = naming.noun_of(_head(s))
            if (head == CASE and not naming.moves_money(name)) or naming.is_of_cases_only(name, head):
                return name if name.endswith(CASE[0]) else name + CASE  # 新收案件40件，审结35件，结案36件
            if naming.is_outcome(name) and naming.is_outcome(head):
                return name  # 判决18件，调解25件
            if naming.holds_its_own(name, head) or (name in _ENOUGH and naming.ends_in_act(head)):
                return name  # 核查线索5件；立案2件. 支持起诉12件，提起公诉31件
            return head + name if _is_object(head) and naming.fits(name, head) else name  # 去年立案500件，今年立案600件
    elif (s.drafts or naming.is_outcome(name)) and naming.is_done(name) and naming.is_sort_of_cases(head := naming.noun_of(context.head)):
        return name if name in _ENOUGH else head + name  # 重大刑事案件10起，破案9起。判决3起
    elif name.endswith(_HAPPENS) and (event := naming.event_in(name) or _what_happens(s)):
        context.head = name if naming.event_in(name) else name + event
        return context.head  # 特大事故17起，其中道路交通发生5起
    # A rate is made of what is counted and is not counted itself: 结案率96%，受理12件
    of_another = bool(context.head) and (naming.is_act_only(name) or _CONCERNED.fullmatch(name) is not None)
    if name and not s.depth and not of_another and not name.endswith(_COUNTED_OF):
        context.head = context.head if context.head and naming.is_sum(name) else name
    return name


def _head(s: Sentence) -> str:
    """The head that a bare verb takes: the last full name, but of people who were a part, behind their half-sentence, that of the whole.

    立案90件，其中乡科级干部30人；处分80人: not of these.
    """
    head = s.context.head
    told = s.of_which and s.head_of_whole and any(s.text.find(mark, s.of_which, s.clause_start) >= 0 for mark in HALVES)
    return s.head_of_whole if told and naming.names_people(naming.noun_of(head)) else head


def _beside_an_outcome(s: Sentence, name: str) -> str:
    """An outcome with what narrows the one before it: 一审判决结案30件，调解12件: 一审调解; '' for another name."""
    if not s.drafts or not naming.is_outcome(name):
        return ""
    head = naming.noun_of(s.context.head)
    whose = naming.without_outcome(head)
    return whose + name if whose != head and naming.narrows_only(whose) else ""


def _of_a_crime(s: Sentence) -> bool:
    """Whether the clause before tells of what crime people are (毒品犯罪方面，批准逮捕90人)."""
    return bool(s.said_before()) and naming.names_crime(naming.noun_of(s.context.head))


def _is_object(head: str) -> bool:
    """Whether a head names what a later verb may be done to.

    It is then no deed itself (移送审查起诉), nor whom one helped (受益), nor what no list knows was made (书面提出意见).
    """
    if _MADE.search(head) is not None or head in _REACHED:
        return False
    return not (naming.is_bare(head) or naming.ends_in_deed(head) or naming.says_no_object(head) or naming.is_act_only(head))


def _of_event(s: Sentence, name: str) -> str | None:
    """Harm, or a count of events, with the event it is told of (火灾死亡人数 of 亡人数), which stays the head; None for another name."""
    if not naming.is_harm(name) and not naming.is_count_of_events(name):
        return None
    before = (s.context.head, *(d.name for d in reversed(s.levels)), s.context.whole[0])
    event = next((found for said in before if (found := naming.event_in(said))), "")
    told = naming.spell_harm(name)
    if not event and told == name:
        return None
    return event + told


def _what_happens(s: Sentence) -> str:
    """What a verb without an object tells of: the event just named, or the one that the whole counts."""
    head = s.context.head
    if not head.endswith(_HAPPENS) and naming.has_head(head):
        return (naming.event_in(head) or naming.head_noun(head)).rpartition(_HAPPENS[0])[2]
    return naming.event_in(s.context.whole[0])
