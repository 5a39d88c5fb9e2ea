"""Scopes: who or where a number is said of, and how long that holds.

A place (全市, 沈阳市) holds for its line, the country only for its sentence, since a text turns from the country it compares with to itself
without saying so. An organ holds until another one is the subject of a clause, in whatever paragraph; one that is only asked for something
(提请市人大常委会) holds for its sentence, and so does what is named behind numbers of another scope (`Sentence.take_scope`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...lexicon import classes
from ...lexicon.wordlists import words
from .. import grammar, naming

_FAMILIES = {id: classes.any_of(organ.says) for id, organ in classes.organs().items() if organ.says}
_ORGAN = re.compile("|".join(f"(?P<{family}>{says})" for family, says in _FAMILIES.items()))
_SUBJECT, _OURS, _ITEM = grammar.compiled("organ_as_subject"), grammar.compiled("our_place"), grammar.compiled("item")
_IN_ALL = grammar.searchable(grammar.pattern("in_all"))  # only asked where it begins
_COUNTRY = frozenset(words("the_country"))
# 提请市人大常委会, 占全市: words that come before a place or an organ no one is speaking of.
_PASSING = grammar.compiled("in_passing")
_SENTENCE_END = re.compile("[。！？!?\n]")


def part(name: str, around: str) -> tuple[str, str | None]:
    """Part a name, cleaned of what leads up to it, from its scope; `around` are those it was cleaned from, with 我市 and 共 still in them.

    >>> part("批准逮捕", "全省检察机关共批准逮捕"), part("法院受理案件", "，其中我市法院受理案件"), part("立案", "立案")
    (('批准逮捕', '全省检察机关'), ('受理案件', '我市法院'), ('立案', None))
    """
    bare, scope = naming.split_scope(name)
    predicate = _IN_ALL.search(around) if not scope else None
    before = naming.SAID_OF.fullmatch(naming.strip_leading(around[: predicate.start()])) if predicate else None
    said = scope or (before[1] if before else "")
    ours = _OURS.match(around)
    return bare, (said if ours is None or said.startswith(ours[1]) else ours[1] + said) or None


def holds(scope: str, since: str) -> bool:
    """Say whether a scope still holds after the words that followed it.

    >>> holds("全国", "新增3家。"), holds("全省法院", "审结3件。\\n"), holds("全省法院", "审结3件。\\n省检察院检察长说，")
    (False, True, False)
    """
    own = organs(scope)
    if is_of_its_sentence(scope):
        return not _SENTENCE_END.search(since)
    if not own:
        return "\n" not in since
    item = _ITEM.search(since)
    if item is not None and organs(since[item.end() :]) - own:
        return False  # 三是破解执行难: a further item that names another organ is that one's
    return all(own & organs(subject[0]) for subject in _SUBJECT.finditer(since))


def is_of_its_sentence(scope: str) -> bool:
    """Whether a scope is only spoken of in passing, and ends with its sentence."""
    return scope in _COUNTRY or _PASSING.search(scope) is not None


@lru_cache(maxsize=4096)
def organs(said: str) -> frozenset[str]:
    """Return the kinds of organ that some words name.

    >>> sorted(organs("全市法院和检察机关"))
    ['courts', 'procuratorates']
    """
    return frozenset(found.lastgroup for found in _ORGAN.finditer(said) if found.lastgroup)
