"""What a name is said of: whether it names what was done only, or a rate only, and which object another name holds for it."""

from __future__ import annotations

from functools import cache, lru_cache

from ...lexicon.classes import acts, heads, plain, qualifiers, topics
from ...lexicon.parts import roles
from ...lexicon.segmenting import Segment, segments
from ...lexicon.wordlists import words
from .. import grammar
from .deeds import ends_in_act, head_noun, heading_words, is_sort_of_cases, leading_act
from .events import event_in
from .heads import LONGEST_SORT, NO_SORT, by_spelling, head_at_end
from .measuring import what_is_measured

_RATE, _SAYS_NOTHING, OF_ALL_SORTS = "率", frozenset(("依法",)), "各类"
_OF = words("particles")[0]
# The longest word of no list in an object, and in what a rate is of.
_UNKNOWN = 4


@lru_cache(maxsize=4096)
def says_no_object(name: str) -> bool:
    """Whether a name says what was done to things, or a rate, and not to what (改判, 采纳率, 履约率; but not 立案, which holds its own, nor 批捕).

    >>> says_no_object("改判"), says_no_object("履约率"), says_no_object("立案"), says_no_object("批准逮捕"), says_no_object("刑事案件改判")
    (True, True, False, False, False)
    >>> says_no_object("未改判"), says_no_object("未发生")
    (True, True)
    """
    said = [(kind, key) for kind, key in roles(name) if kind != "measure" and key not in _SAYS_NOTHING]
    if name.endswith(_RATE) and len(name) > 2:
        return all(len(key) <= _UNKNOWN if kind == "rest" else kind == "act" and _waits(key, holding=True) for kind, key in said)
    return bool(said) and all(kind == "act" and _waits(key) for kind, key in said) and (ends_in_act(name) or name.endswith(_SUMS))


def _waits(key: str, holding: bool = False) -> bool:
    """Whether an act is done to things that its word does not name, or (``holding``) names without their sort."""
    act = acts().get(key) or acts()[key.removeprefix("不")]  # what is not done waits as what is done does
    done_to = act.done_to if holding else act.done_to[:1]
    return any(kind != "person" for kind in done_to) and not ((act.holds and not holding) or act.thing or act.suspects or act.harm)


@lru_cache(maxsize=4096)
def object_in(name: str) -> str:
    """What a name counts, with its sort, which what is said next may be done to; '' for cases of all sorts, and for people.

    >>> object_in("受理申诉案件"), object_in("调委会化解矛盾纠纷"), object_in("受理各类案件"), object_in("抓获犯罪嫌疑人")
    ('申诉案件', '矛盾纠纷', '', '')
    """
    cut = segments(plain(head_noun(name)))
    if not cut or not _counts(cut[-1]):
        return _done_to_first(name) or _crime_in(name, cut)
    noun: list[Segment] = []
    for segment in reversed(cut):
        if noun and _ends_there(segment, noun[0]):
            break
        noun.insert(0, segment)
    begin = max((at + 1 for at, segment in enumerate(noun) if segment.text == _OF), default=0)
    if noun[begin].key("qualifier") == OF_ALL_SORTS:
        begin += 1  # 审查起诉的各类刑事案件
    said = "".join(segment.text for segment in noun[begin:])
    return said if len(said) <= LONGEST_SORT and said not in NO_SORT else ""


def _crime_in(name: str, cut: tuple[Segment, ...]) -> str:
    """The crimes that a name says something is done to, and not to whom for them: 酒驾醉驾 of 查处酒驾醉驾, but none of 起诉盗窃."""
    topics_in = [topics().get(segment.key("topic") or "") for segment in cut]
    deed = by_spelling(acts).get(leading_act(name))
    if deed is None or deed.done_to[:1] == ("person",) or not all(topic is not None and topic.crime for topic in topics_in):
        return ""
    return "".join(segment.text for segment in cut)


def _done_to_first(name: str) -> str:
    """What something is done to, where a verb of little meaning follows it (脱管漏管 of 对脱管漏管提出纠正); '' for an organ."""
    found = _DONE_TO_FIRST.fullmatch(name) if name[:1] in _TO else None
    to = found["to"] if found is not None else ""
    return "" if any(kind in ("organ", "place", "whole") for kind, _ in roles(to)) else to


_DONE_TO_FIRST = grammar.compiled("done_to_first")
_TO = grammar.first_characters(_DONE_TO_FIRST.pattern)


def _counts(segment: Segment) -> bool:
    """Whether a word names things that something may be done to: a head that is no person, or an act that is a thing too (投诉)."""
    head, act = segment.key("head"), segment.key("act")
    if head is not None:
        return heads()[head].kind not in ("person", "money")
    if act is None and segment.key("topic") is not None and (end := by_spelling(heads).get(head_at_end(segment.text))) is not None:
        return end.kind not in ("person", "money")  # 违反中央八项规定精神问题
    return act is not None and acts()[act].thing


@lru_cache(maxsize=4096)
def says_no_person(name: str) -> bool:
    """Whether a name of people says what was done to them, or in what state they are, and not who they are (解除, 新接收, 批准逮捕, 在册).

    >>> says_no_person("新接收"), says_no_person("在册"), says_no_person("批准逮捕"), says_no_person("死亡"), says_no_person("未成年人")
    (True, True, True, False, False)
    """
    said = [(kind, key) for kind, key in roles(name) if kind != "measure" and key not in _SAYS_NOTHING]
    return bool(said) and all(_waits_for_people(kind, key) for kind, key in said) and not head_at_end("　" + name)


def _waits_for_people(kind: str, key: str) -> bool:
    if kind == "qualifier":
        return key in qualifiers() and qualifiers()[key].of == _STATE
    act = acts().get(key) if kind == "act" else None
    return act is not None and "person" in act.done_to and not (act.harm or act.thing)


_STATE, _SUMS = "state", ("额", "金额")


@lru_cache(maxsize=4096)
def people_in(name: str) -> str:
    """The people to whom a name does something, with what tells them from others; '' for suspects of any kind, and for who does it.

    >>> people_in("接收社区矫正对象"), people_in("受理审查逮捕未成年犯罪嫌疑人"), people_in("抓获犯罪嫌疑人")
    ('社区矫正对象', '未成年犯罪嫌疑人', '')
    """
    head = head_at_end("　" + name)
    entry = by_spelling(heads).get(head)
    if entry is None or entry.kind != "person" or not _is_done_to_people(name):
        return ""
    noun = head
    for segment in reversed(segments(plain(name.removesuffix(head)))):
        sort = segment.key("topic") or segment.key("qualifier")
        if sort is None or (sort in qualifiers() and qualifiers()[sort].of == _STATE):
            break
        noun = segment.text + noun
    return noun if 2 < len(noun) <= LONGEST_SORT and (noun != head or not entry.bare) else ""


def _is_done_to_people(name: str) -> bool:
    """Whether a name says what was done to people, or in what state they are."""
    return any(_waits_for_people(kind, key) for kind, key in roles(name))


def _ends_there(segment: Segment, following: Segment) -> bool:
    """Whether a word is no part of the object behind it: what was done to it, or by whom (but not 审查起诉, 假释 of 审查起诉案件, 假释案件)."""
    if not segment.readings:
        return len(segment.text) > _UNKNOWN or segment.text[0] in "、,(；"
    act = segment.key("act")
    if act is not None and segment.key("topic") is None and segment.key("qualifier") is None:
        told = acts()[act]
        sort = told.adj and (not told.before or following.text.endswith(_ENDS_OF_CASES))
        return not (told.thing or told.stage or sort or told.harm)
    return any(kind in ("organ", "place", "whole") for kind, _ in segment.readings)


_ENDS_OF_CASES = words("ends_of_cases")
_TO_WHOM = grammar.compiled("to_whom_it_is_put")
# Of these a noun alone says too little: 环保执法检查企业.
_SAY_LITTLE = ("body", "thing", "place")


def noun_of(name: str) -> str:
    """What a deed told next is done to: what a name counts, with its sort, or the name without its verbs and measure; '' for a rate."""
    name = _TO_WHOM.sub("", what_is_measured(name))
    noun = object_in(name) or people_in(name)
    head = heads().get(noun)
    if len(noun) > 1 and (head is None or head.kind not in _SAY_LITTLE):
        return noun
    bare = head_noun(name)
    return bare.removeprefix(leading_act(bare)) if noun else bare  # 新登记市场主体


@lru_cache(maxsize=1024)
def counted_under(heading: str) -> str:
    """What happens, or the sort of cases, that a heading names and nothing else, which the counts under it are of; '' for another.

    >>> [counted_under(heading) for heading in ("（二）火灾事故", "一、各辖区交通事故情况", "三、民商事审判工作", "二、民事、行政案件", "立案情况")]
    ['火灾事故', '交通事故', '民商事案件', '', '']
    """
    told = heading_words(heading)
    said = roles(told)
    act = acts().get(said[0][1]) if len(said) == 1 and said[0][0] == "act" else None
    if act is not None and (act.adj or act.cases) and not act.stage:
        return told + _CASES  # 三、公证工作
    if sum(kind == "topic" for kind, _ in said) > 1 or any(kind not in _IN_HEADINGS for kind, _ in said):
        return ""
    judged = len(said) == 1 and told not in heads() and any(word in heading for word in _judging())
    noun = told + _CASES if judged else object_in(told)
    return noun if event_in(noun) or is_sort_of_cases(noun) else ""


@cache
def _judging() -> tuple[str, ...]:
    """What headings say is done to cases of the sort that they name (民商事审判)."""
    return tuple(spelling for act in acts().values() if act.done_to[:1] == ("case",) for spelling in act.heading)


_IN_HEADINGS, _CASES = ("topic", "head", "place", "whole"), words("ends_of_cases")[0]
