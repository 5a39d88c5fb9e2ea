"""Complete names that say only the sort of what is counted, or only what was done: 受理各类案件2217件。刑事77件，结45件; 旧存306件.

Cases are counted in 件, 起 and 宗 and need not be named: what the unit says is put into the name. The deed of a sort is that of the whole
which its paragraph or heading counts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...lexicon.classes import acts
from ...lexicon.parts import roles
from .. import naming
from ..quantities import Quantity
from ..sentence import Context, Sentence

CASES = frozenset("件起宗")
LONGEST = 10


def complete(s: Sentence, name: str, q: Quantity) -> str:
    """Return a level's name with the cases it counts in it; remember the deed of a whole."""
    if q.unit not in CASES or not 0 < len(name) <= LONGEST:
        return name
    context = s.context
    if "案" in name:
        if (deed := _deed_of_whole(name)) is not None:
            context.deed = deed
        return name
    named = _with_cases(name)
    if named == name:
        return name
    if not s.depth and is_sort(name):
        named = with_deed(context, named)
    if not s.depth:
        context.head = named
    return named


@lru_cache(maxsize=4096)
def _deed_of_whole(name: str) -> str | None:
    """What was done to all the cases that a name counts (受理 of 受理各类案件, 收 of 收案), None where it counts some sort of them."""
    found = _WHOLE.fullmatch(name)
    return found["deed"] if found is not None and (found["deed"] in _SHORT or naming.is_done(found["deed"])) else None


_WHOLE = re.compile("(?P<deed>.{1,4}?)(?:各类|各种|全部|各类诉讼)?案件")
_SHORT = frozenset("收结破")


@lru_cache(maxsize=4096)
def _with_cases(name: str) -> str:
    """Put 案件 where a name of sorts (刑事, 民事一审) or of deeds done to cases (旧存, 新收刑事, 民商事未结) leaves it out."""
    said = roles(name)
    if any(kind not in _FITTING for kind, _ in said) or not said:
        return name
    sorts = [kind for kind, _ in said if kind in ("topic", "qualifier")]
    deeds = [key for kind, key in said if kind == "act"]
    if not all(_is_done_to_cases(key) for key in deeds) or (not sorts and deeds[:1] not in _ONLY_CASES):
        return name
    if deeds and said[-1][0] == "act" and sorts:
        spelled = next((word for word in _spellings(deeds[-1]) if name.endswith(word)), "")
        return f"{name.removesuffix(spelled)}案件{spelled}" if spelled else name
    return name + "案件"


# What is done to cases only, so that alone it says what was counted.
_ONLY_CASES = (["旧存"], ["未结"], ["收案"], ["执结"], ["未执结"])
_FITTING = frozenset(("topic", "qualifier", "act", "organ", "place", "whole"))


def with_deed(context: Context, sort: str) -> str:
    """A sort of cases with the deed of the whole it is a part of."""
    return sort + context.deed if context.deed.endswith("案") else context.deed + sort


@lru_cache(maxsize=4096)
def is_sort(name: str) -> bool:
    """Whether a name says only of what sort the cases are (刑事, 执行, 民事一审)."""
    kinds = {kind for kind, _ in roles(name)}
    return bool(kinds) and kinds <= {"topic", "qualifier", "place", "whole"}


def _is_done_to_cases(key: str) -> bool:
    act = acts().get(key)
    return act is not None and act.done_to[:1] == ("case",)


def _spellings(key: str) -> list[str]:
    return sorted(acts()[key].spellings, key=len, reverse=True)


def take_deed(heading: str, context: Context) -> None:
    """Let a heading that names a deed only (1、收案) be the deed of the sorts counted under it."""
    words = naming.heading_words(heading)
    if naming.is_done(words):
        context.deed = words
