"""What heads and labels end in besides their name: footnote marks, 包括：, their English, a time (案件量* 2013, 收案(1-6月))."""

from __future__ import annotations

import re

from ..grammar import compiled
from .times import When, read_when
from .values import without_marks

_FOLLOWS, _TIME, _HELD = compiled("leads_to_parts"), compiled("time_behind_a_head"), compiled("holds_the_year_behind")
_TRANSLATED = compiled("translation_behind")
_NOTED = re.compile(r"(?<=.)\s*[（(]\d{1,2}[)）]\s*$")
_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*[（(](?P<when>[^()（）]+)[)）]$")


def without_tail(words: str) -> str:
    """A head or label without footnote marks, without its English, and without the words that lead to its parts.

    >>> without_tail("各类劫案 (1),包括:"), without_tail("结案数*"), without_tail("其中："), without_tail("合计 Total")
    ('各类劫案', '结案数', '其中：', '合计')
    """
    bare = without_translation(without_marks(words).strip())
    bare = _FOLLOWS.sub("", bare) or bare
    return without_marks(_NOTED.sub("", bare)).strip() or bare


def without_translation(words: str) -> str:
    """A head, label or title without the English behind it.

    >>> without_translation("交通事故情况 Traffic Accidents"), without_translation("娱乐场所KTV"), without_translation("變動 / Var. (%)")
    ('交通事故情况', '娱乐场所KTV', '變動(%)')
    """
    found = None if words.isascii() else _TRANSLATED.fullmatch(words)
    return found["name"] + (found["unit"] or "") if found is not None else words


def time_at_end(bare: str) -> tuple[str, When | None]:
    """A head without the time it ends in, and that time.

    >>> time_at_end("结案数*2013")[0], time_at_end("比较(一月至六月)")[1].part, time_at_end("比2013年")
    ('结案数', '-01..-06', ('比2013年', None))
    """
    for shape in (_TIME, _IN_BRACKETS):
        found = shape.fullmatch(bare)
        if found is not None and len(found["name"]) > 1 and not (shape is _TIME and _HELD.search(found["name"])):
            when = read_when(found["when"])
            if when is not None:
                return without_marks(found["name"]), when
    return bare, None
