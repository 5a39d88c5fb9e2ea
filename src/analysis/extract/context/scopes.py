"""Scopes: who or where a number is said of, and how long that holds.

A place (全市, 沈阳市) holds for its line, the country only for its sentence, since a text turns from the country it compares with to itself
without saying so. An organ holds until another one is the subject of a clause, in whatever paragraph; one that is only asked for something
(提请市人大常委会) holds for its sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...lexicon import classes
from .. import naming

_FAMILIES = {id: classes.any_of(organ.says) for id, organ in classes.organs().items() if organ.says}
_ORGAN = re.compile("|".join(f"(?P<{family}>{words})" for family, words in _FAMILIES.items()))
_LEVEL = "最高|全[国省市县区州]|各级|各地|两级|地方|本市|本省|我[省市县区州]|[一-鿿]{1,5}[省市县区州旗]|[省市县区州]|中级|高级|基层|专门|人民"
_SUBJECT = re.compile(rf"(?:^|(?<=[，。；：:\s]))(?:{_LEVEL}){{0,4}}(?:{'|'.join(_FAMILIES.values())})")
_OURS = re.compile(r"(?:\W|其中|而|但|同期|同时)*([我本][省市县区州])")
_COUNTRY = frozenset(("全国", "我国", "中国"))
# 提请市人大常委会, 占全市: words that come before a place or an organ no one is speaking of.
_PASSING = re.compile("向|提请|报请|配合|移送|办理|占|由|经|被|对|在|从")
_ITEM = re.compile("(?<=[。；：:\n])[一二三四五六七八九十]{1,2}是")
_SENTENCE_END = re.compile("[。！？!?\n]")


def part(name: str, words: str) -> tuple[str, str | None]:
    """Part a name, cleaned of what leads up to it, from its scope; `words` are those it was cleaned from, with 我市 and 共 still in them.

    >>> part("批准逮捕", "全省检察机关共批准逮捕"), part("法院受理案件", "，其中我市法院受理案件"), part("立案", "立案")
    (('批准逮捕', '全省检察机关'), ('受理案件', '我市法院'), ('立案', None))
    """
    bare, scope = naming.split_scope(name)
    predicate = naming.IN_ALL.search(words) if not scope else None
    before = naming.SAID_OF.fullmatch(naming.strip_leading(words[: predicate.start()])) if predicate else None
    ours = _OURS.match(words)
    return bare, (ours[1] if ours else "") + (scope or (before[1] if before else "")) or None


def holds(scope: str, since: str) -> bool:
    """Say whether a scope still holds after the words that followed it.

    >>> holds("全国", "新增3家。"), holds("全省法院", "审结3件。\\n"), holds("全省法院", "审结3件。\\n省检察院检察长说，")
    (False, True, False)
    """
    own = organs(scope)
    if _PASSING.search(scope) or scope in _COUNTRY:
        return not _SENTENCE_END.search(since)
    if not own:
        return "\n" not in since
    item = _ITEM.search(since)
    if item is not None and organs(since[item.end() :]) - own:
        return False  # 三是破解执行难: a further item that names another organ is that one's
    return all(own & organs(subject[0]) for subject in _SUBJECT.finditer(since))


@lru_cache(maxsize=4096)
def organs(words: str) -> frozenset[str]:
    """Return the kinds of organ that some words name.

    >>> sorted(organs("全市法院和检察机关"))
    ['courts', 'procuratorates']
    """
    return frozenset(found.lastgroup for found in _ORGAN.finditer(words) if found.lastgroup)
