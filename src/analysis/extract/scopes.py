"""Scopes: who or where a number is said of, and how long that holds.

A place (全市, 沈阳市) holds for its line, the country only for its sentence, since a text turns from the country it compares with to itself
without saying so. An organ holds until another one is the subject of a clause, in whatever paragraph; one that is only asked for something
(提请市人大常委会) holds for its sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from . import naming

_FAMILIES = {
    "courts": "法院|审判机关|最高法",
    "procuratorates": "检察院|检察机关|最高检",
    "police": "公安|警方",
    "discipline": "纪检监察|纪委|监委|监察委",
    "congress": "人大|常委会",
    "cppcc": "政协",
    "justice": "司法行政|司法部|司法厅|司法局",
    "customs": "海关|缉私",
    "government": "国务院|政府",
}
_ORGAN = re.compile("|".join(f"(?P<{family}>{words})" for family, words in _FAMILIES.items()))
_LEVEL = "最高|全[国省市县区州]|各级|各地|两级|地方|本市|本省|我[省市县区州]|[一-鿿]{1,5}[省市县区州旗]|[省市县区州]|中级|高级|基层|专门|人民"
_SUBJECT = re.compile(rf"(?:^|(?<=[，。；：:\s]))(?:{_LEVEL}){{0,4}}(?:{'|'.join(_FAMILIES.values())})")
_COUNTRY = frozenset(("全国", "我国", "中国"))
# 提请市人大常委会, 占全市: words that come before a place or an organ no one is speaking of.
_PASSING = re.compile("向|提请|报请|配合|移送|办理|占|由|经|被|对|在|从")
_SENTENCE_END = re.compile("[。！？!?\n]")


def of_subject(words: str) -> str | None:
    """Return the scope that stands before a 共 or 累计 (检察机关共批准逮捕), None where none does.

    >>> of_subject("全省检察机关共批准逮捕"), of_subject("案件共审结")
    ('全省检察机关', None)
    """
    subject, *rest = naming.PREDICATE.split(words, maxsplit=1)
    found = naming.SCOPE.fullmatch(naming.LEADING.sub("", subject)) if rest else None
    return found[1] if found else None


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
    return all(own & organs(subject[0]) for subject in _SUBJECT.finditer(since))


@lru_cache(maxsize=4096)
def organs(words: str) -> frozenset[str]:
    """Return the kinds of organ that some words name.

    >>> sorted(organs("全市法院和检察机关"))
    ['courts', 'procuratorates']
    """
    return frozenset(found.lastgroup for found in _ORGAN.finditer(words) if found.lastgroup)
