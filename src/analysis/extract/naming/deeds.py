"""What a name says: whether it names what is done, what it is done to, or both."""

from __future__ import annotations

from functools import cache, lru_cache

from ...lexicon.classes import Qualifier, Topic, acts, heads, measures, qualifiers, topics
from ...lexicon.parts import parse, roles
from ...lexicon.segmenting import segments
from ...lexicon.wordlists import words
from .. import grammar
from .heads import LONGEST_SORT, NO_SORT, by_spelling, has_head, holds_one

DEEDS_BEFORE = grammar.compiled("deeds_before")
FILED_APART = grammar.compiled("filed_apart")
_TAKEN_APART = grammar.compiled("taken_apart")
_SUM = grammar.compiled("sum_of_cases")
_BARE = grammar.compiled("bare_deed")
_BARE_STARTS = grammar.first_characters(_BARE.pattern)
DEEDS_BEHIND = grammar.compiled("deeds_behind")
_LIGHT = grammar.compiled("light_verb")
_HEADING_MARK, _HEADING_WORDS = grammar.compiled("heading_mark"), grammar.compiled("heading_words")


@lru_cache(maxsize=4096)
def is_bare(name: str) -> bool:
    """Whether a name is a verb without its object, so that the object must be carried from before."""
    name = without_bracket(name)
    return len(name) < 2 or (name[0] in _BARE_STARTS and _BARE.match(name) is not None) or name in _waiting_acts()


@lru_cache(maxsize=4096)
def is_act_only(name: str) -> bool:
    """Whether a name says what is done and not to what (派员提前介入), so that no later verb can take its noun from it."""
    acts_end, nouns = _spellings()
    own = name in acts_end  # 限制高消费, though 消费 is a noun
    if len(name) > 12 or not any(name[-length:] in acts_end for length in range(2, 7)) or (holds_one(name, nouns) and not own):
        return False  # most names: seen without parting them
    parts = parse(name)
    return parts.act is not None and not (parts.object or parts.topics or parts.rest)


def is_done(words: str) -> bool:
    """Whether some words are an act and nothing else (立案, 接报), whose object may stand before them."""
    return without_bracket(words) in _spellings()[0]


def without_bracket(words: str) -> str:
    """Some words without the bracket they end in: 审结（含旧存）."""
    if words[-1:] in "）)" and (opened := max(words.find("（"), words.find("("))) > 1:
        return words[:opened]
    return words


def is_sum(name: str) -> bool:
    """Whether a name is a sum that cases are about, and names no case (诉讼标的额)."""
    return _SUM.fullmatch(name) is not None


def part_deed(words: str) -> tuple[str, str]:
    """Part who does something from what they do (法院 | 收案), by the first act of some words; no deed where none is known.

    >>> part_deed("法院收案"), part_deed("乡镇")
    (('法院', '收案'), ('乡镇', ''))
    """
    acts_end, _ = _spellings()
    for at in range(2, len(words) - 1):
        if any(words[at : at + length] in acts_end for length in (2, 3, 4)):
            return words[:at], words[at:]
    return words, ""


@cache
def _waiting_acts() -> frozenset[str]:
    """Every spelling of an act that is done to something it does not name itself (采纳, but not 立案)."""
    waiting = [act for act in acts().values() if not act.holds and {"text", "application"} & set(act.done_to)]
    refused = [act for act in acts().values() if act.opposite and "不" in act.key and "person" in act.done_to]
    return frozenset(spelling for act in waiting for spelling in act.spellings if len(spelling) == 2) | {
        spelling for act in refused for spelling in act.spellings
    }


@cache
def _spellings() -> tuple[frozenset[str], frozenset[str]]:
    """Every spelling of an act, and every one of an object or a measure."""
    nouns = [entry for listed in (heads(), topics(), measures()) for entry in listed.values()]
    things = [act for act in acts().values() if act.thing]
    return (
        frozenset(spelling for entry in acts().values() for spelling in entry.spellings),
        frozenset(spelling for entry in (*nouns, *things) for spelling in entry.spellings),
    )


def leading_act(name: str) -> str:
    """What is done, by the act that a name begins with (整治 of 整治污染企业); ''."""
    begins = (name[:length] for length in (4, 3, 2) if len(name) > length)
    return next((act for act in begins if act in _spellings()[0] and act not in _outcomes()), "")


def ends_in_noun(name: str) -> bool:
    """Whether some words end with what is counted or measured (消费投诉)."""
    return any(name[-length:] in _spellings()[1] for length in (2, 3, 4) if len(name) >= length)


def ends_in_act(name: str) -> bool:
    """Whether a name ends with what is done and not with what it is done to (督促起诉; but not 投诉举报, which is a thing too)."""
    done, nouns = _spellings()
    ends = {name[-length:] for length in (2, 3, 4) if len(name) >= length}
    return not ends.isdisjoint(done) and ends.isdisjoint(nouns)


def is_of_cases_only(verb: str, head: str) -> bool:
    """Whether a verb alone says that cases are counted (旧存), and a head no more than that (各类案件)."""
    act = acts().get(parse(verb).act or "")
    return act is not None and act.cases_only and head in NO_SORT


def ends_in_deed(name: str) -> bool:
    """Whether a name ends with a deed that is no noun too (自行查办), so that another deed is done beside it (but not 复议申请)."""
    if not ends_in_act(name):
        return False
    act = next((act for length in (4, 3, 2) if (act := by_spelling(acts).get(name[-length:])) is not None), None)
    return act is not None and not (act.thing or act.holds or (act.adj and not act.before))


@lru_cache(maxsize=1024)
def moves_money(verb: str) -> bool:
    """Whether a verb is said of money, and so needs no object from before to be an amount of it (罚款)."""
    act = acts().get(parse(verb).act or "")
    return act is not None and "money" in act.done_to


def has_known_word(name: str) -> bool:
    """Whether some word of a name is in the lists of acts, objects and measures."""
    return holds_one(name, _known_words())


@cache
def _known_words() -> frozenset[str]:
    return frozenset().union(*_spellings())


@lru_cache(maxsize=4096)
def holds_its_own(verb: str, noun: str) -> bool:
    """Whether a verb has its object in it (立案, 结案), and a noun said before is none that could be it (线索)."""
    act = acts().get(parse(verb).act or "")
    if act is None or not act.holds or "案" in noun:
        return False
    head = heads().get(parse(noun).head or "")
    return head is not None and head.kind in ("application", "text", "money")


def heading_words(heading: str) -> str:
    """A heading without its number and without 工作, 情况 behind it."""
    return without_work(_HEADING_MARK.sub("", heading.strip()))


def without_work(words: str) -> str:
    """Some words without 工作, 情况, 方面 behind them (毒品犯罪方面)."""
    return _HEADING_WORDS.sub("", words)


@lru_cache(maxsize=1024)
def topic_of(heading: str) -> str:
    """What a heading narrows the counts under it to, as it prints it (未成年人 of 二、未成年人检察工作); ''."""
    words = heading_words(heading)
    if not 2 <= len(words) <= 12:
        return ""
    said = roles(words)
    told = {key: topics().get(key) for kind, key in said if kind == "topic"}
    narrow: list[Qualifier | Topic | None] = [qualifiers().get(key) for kind, key in said if kind == "qualifier"]
    narrow = narrow or [topic for topic in told.values() if topic is not None and topic.heading]
    known = all(kind in ("qualifier", "topic", "head", "act", "whole", "organ", "measure") for kind, _ in said)
    if not known or len(narrow) != 1:
        return ""
    # a year or a bound is a qualifier of no list
    return next((spelling for spelling in narrow[0].heading if spelling in words), "") if narrow[0] else ""


def people_told_of(topic: str) -> Qualifier | None:
    """The entry of what a heading says of whom its counts are (未成年人), None for another topic."""
    return next((entry for entry in qualifiers().values() if entry.person and topic in entry.heading), None)


@lru_cache(maxsize=4096)
def may_narrow(topic: str, name: str) -> bool:
    """Whether the topic of a heading narrows a count under it: one of people what is done with cases or people, not with others.

    >>> may_narrow("未成年人", "批准逮捕"), may_narrow("未成年人", "发出督促监护令"), may_narrow("未成年人", "起诉成年被告")
    (True, False, False)
    """
    whose = people_told_of(topic)
    if whose is None:
        return True
    told = [entry for kind, key in roles(name) if kind == "qualifier" and (entry := qualifiers().get(key)) is not None]
    if any(entry.of == whose.of for entry in told):
        return False
    parts = parse(name)
    head = heads().get(parts.head or "")
    return len(parts.rest) < 2 and (head is None or head.kind in ("case", "crime", "person"))


_HARMS = grammar.compiled("harms_people")
_ENDS_OF_CASES = words("ends_of_cases")


@lru_cache(maxsize=4096)
def is_sort_of_cases(noun: str) -> bool:
    """Whether a noun names cases of some sort (刑事案件, but not 各类案件)."""
    if not noun.endswith(_ENDS_OF_CASES) or len(noun) > LONGEST_SORT or "以" in noun or ends_in_act(noun):
        return False
    said = roles(noun)
    of_no_list = len(said) < 3 and said[0][0] == "rest" and len(said[0][1]) > 1  # 偷牛案
    return of_no_list or any(kind in ("topic", "qualifier") and key != "各类" for kind, key in said)


@lru_cache(maxsize=4096)
def topic_in(name: str) -> str:
    """What narrows a count and so its parts too (未成年人 of 未成年人犯罪案件); '' where nothing does, or something else does as well."""
    if _HARMS.search(name) is not None:
        return ""  # 批准逮捕侵害未成年人犯罪90人，其中猥亵儿童40人: of those who did it
    found = {max(said, key=len) for entry in qualifiers().values() if (said := [word for word in entry.heading if word in name])}
    return found.pop() if len(found) == 1 else ""


def head_noun(name: str) -> str:
    """Return a name without its verbs (各类案件 of 受理各类案件, 海事庭 of 海事庭收案, 离婚案件 of 离婚案件判决)."""
    if name[:1] in _TO and (done_to := _FRONTED.fullmatch(name)) is not None:
        return done_to["to"]  # 对抢劫犯罪批捕81人，起诉91人
    noun = DEEDS_BEFORE.sub("", _without_doer(name)).lstrip(_JOINS)
    noun = DEEDS_BEHIND.sub("", noun) or noun
    end = next(word for word in _ends_of_events() if noun.endswith(word)) if noun.endswith(_ends_of_events()) else ""
    return (noun.removesuffix(end) if end and has_head(noun.removesuffix(end)) else noun) or name


def _without_doer(name: str) -> str:
    """A name without the organ that begins it and did what the next words say (中院新收案件, but not 法院执行案件)."""
    first = next(iter(segments(name)), None)
    rest = name[len(first.text) :] if first is not None and first.key("organ") is not None else ""
    return rest if DEEDS_BEFORE.sub("", rest) not in ("", rest) else name


_JOINS = "".join(word for word in words("joins") if len(word) == 1)
_FRONTED = grammar.compiled("fronted_object")
_TO = grammar.first_characters(_FRONTED.pattern)


@cache
def _outcomes() -> tuple[str, ...]:
    """Every spelling of how a case ended, or what harm an event did, the longest first: several are counted of the same side by side."""
    return tuple(sorted({spelling for act in acts().values() if act.outcome or act.harm for spelling in act.spellings}, key=len, reverse=True))


@cache
def _ends_of_events() -> tuple[str, ...]:
    """How a case ended, what harm an event did, and that it happened (特大抢劫案发生4起)."""
    return (*_outcomes(), *words("happens"))


def without_outcome(words: str) -> str:
    """Some words without the outcome that they end in, in whose place the next stands (一审 of 一审判决); unchanged where there is none."""
    return next((words[: -len(outcome)] for outcome in _outcomes() if words.endswith(outcome)), words)


def is_outcome(words: str) -> bool:
    """Whether some words say how cases ended and nothing else (判决, 调解), so that they say nothing of what the next are counted of."""
    return words in _outcomes()


def spell_out(name: str) -> str:
    """Name what was filed as that (刑事案件立案 for 立刑事案件); 立案 and 立案侦查 say so themselves."""
    if FILED_APART.match(name):
        return name[1:] + "立案"
    if _BY_WAY in name:
        name = _BY_WAY_OF.sub(r"\g<by>", name)  # 以撤诉方式结案
    taken = _TAKEN_APART.fullmatch(name)
    return taken["what"] + "收案" if taken is not None else name


(_BY_WAY,), _BY_WAY_OF = words("by_way"), grammar.compiled("by_way_of_closing")


def is_verb_phrase(name: str) -> bool:
    """Whether a name is a bare action that waits for its object."""
    return len(name) <= 4 or _LIGHT.fullmatch(name) is not None


def done_lightly(name: str) -> str:
    """What was done, where the verb before it says no more than that it was: 网络司法拍卖 of 开展网络司法拍卖; '' where another verb is."""
    found = _LIGHT.match(name)
    noun = name[found.end() :] if found is not None else ""
    return noun if 2 < len(noun) <= LONGEST_SORT and ends_in_act(noun) else ""


def core(name: str) -> str:
    """Return the part of a name that says most: what follows its last 的 or a light verb (司法解释), without a bracket behind it."""
    name = without_bracket(name)
    after = name.rpartition("的")[2]
    if len(after) >= 3:
        name = after
    found = _LIGHT.match(name)
    return name[found.end() :] if found and len(name) - found.end() >= 2 else name
