"""What a name counts: its head, by the lists, and whether something can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import TypeVar

from ...lexicon.classes import Entry, Head, acts, heads
from ...lexicon.parts import parse, roles
from ...lexicon.wordlists import words
from .. import grammar

Listed = TypeVar("Listed", bound=Entry)
LONGEST_SORT, LONGEST_WORD = 18, 5
NO_SORT = frozenset(words("cases_of_no_sort"))
_TO = frozenset(words("prepositions", "prepositions_to_whom"))


def holds_one(name: str, words: frozenset[str]) -> bool:
    """Whether some word of a name (two to five signs) is among some words."""
    lengths = _lengths(words)
    for at in range(len(name) - 1):  # a loop, not `any`: this is asked of every name
        for length in lengths.get(name[at : at + 2], ()):
            if name[at : at + length] in words:
                return True
    return False


@cache
def _lengths(words: frozenset[str]) -> dict[str, frozenset[int]]:
    """How long the words of two to five signs are that begin with two signs: with most two signs of a name none does."""
    found: dict[str, set[int]] = {}
    for word in words:
        if 2 <= len(word) <= LONGEST_WORD:
            found.setdefault(word[:2], set()).add(len(word))
    return {begin: frozenset(lengths) for begin, lengths in found.items()}


def has_head(name: str) -> bool:
    """Whether a name holds what is counted (案件, 事故, 犯罪嫌疑人)."""
    return name[-1:] in _SIGNS_OF_HEADS or holds_one(name, _heads())


_SIGNS_OF_HEADS = frozenset("罪")


@cache
def _heads() -> frozenset[str]:
    return frozenset(spelling for entry in heads().values() for spelling in entry.spellings)


def _entry(noun: str) -> Head | None:
    """The entry of what a noun names, by its parts or by its end."""
    return heads().get(parse(noun).head or "") or by_spelling(heads).get(head_at_end("　" + noun))


@cache
def by_spelling(listed: Callable[[], dict[str, Listed]]) -> dict[str, Listed]:
    """The entries of a list (acts, heads) by each of their spellings."""
    return {spelling: entry for entry in listed().values() for spelling in entry.spellings}


def head_at_end(name: str) -> str:
    """What is counted, by the end of a name (诉求 of 受理群众诉求); '' where no list has it.

    >>> head_at_end("受理群众各类诉求"), head_at_end("查处酒驾")
    ('诉求', '')
    """
    return next((name[-length:] for length in (6, 5, 4, 3, 2) if len(name) > length and name[-length:] in _heads()), "")


@lru_cache(maxsize=4096)
def counted_in(name: str) -> str:
    """What parts are counted of that follow a name: 诉求 of 受理群众诉求, 投诉 of 受理投诉, 案件 of 立案; '' where the lists don't say.

    >>> counted_in("受理群众诉求"), counted_in("受理消费者投诉"), counted_in("新收"), counted_in("直接损失")
    ('诉求', '投诉', '案件', '')
    """
    counted, size = _counted(), len(name)
    noun = next((name[-length:] for length in (5, 4, 3, 2) if size > length and name[-length:] in counted), "")
    if noun:
        head = _entry(noun)
        if head is None:
            return noun
        return (head.key if noun.endswith(head.key) else noun) if head.kind in _COUNTED_BY_SORTS and head.key not in _NAMED_BY_SORT else ""
    act = acts().get(parse(name).act or "")
    return act.holds[-2:] if act is not None and act.holds and name.endswith(act.spellings) else ""


_COUNTED_BY_SORTS = ("case", "event", "application", "dispute", "crime")
# Whose sorts are names by themselves: 超速, 无照经营.
_NAMED_BY_SORT = frozenset(words("named_by_their_sort"))


@cache
def _things() -> frozenset[str]:
    return frozenset(spelling for act in acts().values() if act.thing for spelling in act.spellings)


@cache
def _counted() -> frozenset[str]:
    """Every spelling of what can be counted: heads, and acts that are things too."""
    return _heads() | _things()


@lru_cache(maxsize=4096)
def is_no_case(noun: str) -> bool:
    """Whether what a noun names is no case (诉求, 投诉), so that sorts counted of it are no sorts of cases."""
    head = _entry(noun)
    return noun in _things() if head is None else head.kind in ("application", "event")


def names_people(noun: str) -> bool:
    """Whether a noun is one of people (嫌疑人, 罪犯)."""
    head = _entry(noun)
    return head is not None and head.kind == "person"


def names_crime(noun: str) -> bool:
    """Whether a noun is one of crimes (毒品犯罪, 诈骗罪), to whose suspects something is done."""
    head = by_spelling(heads).get(head_at_end("　" + noun))
    return (head is not None and head.kind == "crime") or _BY_NAME.fullmatch(noun) is not None


_BY_NAME = grammar.compiled("crime_by_its_name")


@lru_cache(maxsize=4096)
def fits(verb: str, head: str) -> bool:
    """Whether what a verb says can be done to what a head names, as far as the lists know both (刑事拘留 to people or their crimes, not 驾驶证).

    >>> fits("行政拘留", "驾驶证"), fits("采纳", "检察建议"), fits("移送司法机关", "窝点"), fits("审结", "刑事案件")
    (False, True, False, True)
    """
    act, noun = acts().get(parse(verb).act or ""), _entry(head)
    if act is None or noun is None or not act.done_to:
        return True
    return any(noun.kind in _DONE_TO.get(kind, (kind,)) for kind in act.done_to)


# What may stand for what an act is done to: whoever is detained may be told of by the crime or the case.
_DONE_TO = {
    "person": ("person", "crime", "case", "event", "gang", "body", "dispute"),
    "case": ("case", "crime", "event", "dispute", "application", "person"),
    "application": ("application", "case", "dispute", "event", "text"),
    "event": ("event", "case", "dispute", "application", "crime"),
    "text": ("text", "application", "case"),
    "money": ("money", "case", "crime", "dispute", "thing", "event"),
    "place": ("place", "body", "gang"),
    "thing": ("thing", "text", "place", "money", "event"),
    "gang": ("gang", "crime", "place"),
}


@lru_cache(maxsize=4096)
def is_narrowed(noun: str, verb: str) -> bool:
    """Whether a noun tells of which texts or people a rate is that a verb makes: 检察建议 (采纳), 未成年犯罪嫌疑人 (不捕), but not 犯罪嫌疑人.

    >>> is_narrowed("检察建议", "采纳"), is_narrowed("未成年犯罪嫌疑人", "不捕"), is_narrowed("犯罪嫌疑人", "不捕")
    (True, True, False)
    """
    head, act = _entry(noun), acts().get(parse(verb).act or "")
    if head is None or act is None or len(noun) > LONGEST_SORT or noun[:1] in _TO:
        return False
    if head.kind in ("text", "application"):
        return not {"text", "application"}.isdisjoint(act.done_to)
    return head.kind == "person" and "person" in act.done_to and any(kind in ("topic", "qualifier") and key != "各类" for kind, key in roles(noun))
