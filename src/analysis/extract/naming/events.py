"""What happened and the harm it did: an event, and the dead, the injured and the losses that are counted of it without naming it again."""

from __future__ import annotations

from functools import lru_cache

from ...lexicon.wordlists import meanings, words
from .. import grammar
from .deeds import head_noun
from .heads import NO_SORT

_HARM, _EVENT, _MEAN, _NONE = map(grammar.compiled, ("harm", "event_with_harm", "mean_before", "did_not_happen"))
_COUNTS_OF_EVENTS = frozenset(words("counts_of_events"))
_HAPPENS = words("happens")
_SPELLED = meanings("harm")
_WHERE = frozenset(words("prepositions", "prepositions_to_whom"))


def is_harm(name: str) -> bool:
    """Whether a name is of harm and nothing else (死亡, 伤人数, 直接财产损失), so that what did it must be said before."""
    return _HARM.fullmatch(name) is not None


def is_count_of_events(name: str) -> bool:
    """Whether a name says that events are counted and not which (起数)."""
    return name in _COUNTS_OF_EVENTS


def spell_harm(name: str) -> str:
    """Harm by its whole word: 死亡人数 of 亡人数, 受伤 of 伤.

    >>> spell_harm("亡人数"), spell_harm("直接财产损失")
    ('死亡人数', '直接财产损失')
    """
    whole = _SPELLED.get(name)
    if whole is None or whole in name:
        return name
    return whole + ("人数" if "人" in name else "")


@lru_cache(maxsize=4096)
def event_in(name: str) -> str:
    """What happened, by a name that counts it or its harm; '' where none did.

    >>> event_in("发生交通事故"), event_in("火灾起数"), event_in("火灾死亡"), event_in("受理来电")
    ('交通事故', '火灾', '火灾', '')
    """
    noun = _NONE.sub("", _MEAN.sub("", name))
    for count in _COUNTS_OF_EVENTS:
        noun = noun.removesuffix(count)
    for happens in _HAPPENS:
        noun = noun.removesuffix(happens)
    noun = head_noun(noun)
    noun = next((noun.removeprefix(happens) for happens in _HAPPENS if noun.startswith(happens) and noun[len(happens) :][:1] not in _WHERE), noun)
    return noun if noun not in NO_SORT and _EVENT.fullmatch(noun) is not None else ""
