"""What a head or a label is that says no more than that: a unit, a year, a total (grammar/cells.yml: `..._head`)."""

from __future__ import annotations

import re
from functools import cache

from ..grammar import compiled

__all__ = ["half_width", "is_kind", "is_translation", "pattern"]

_WORD, _LATIN = re.compile("[A-Za-z][a-z]{2}|[A-Z]{3,40},? +[A-Z]{2}"), re.compile("[\x20-\u024f\u2010-\u201f]+")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９％．＋＃／～", "0123456789%.+#/~")


def half_width(words: str) -> str:
    """Some words with the figures and signs of their script as others print them: １９９８年增减％.

    >>> half_width("１９９８年±％（人）")
    '1998年±%（人）'
    """
    return words if words.isascii() else words.translate(_HALF_WIDTH)


def is_translation(words: str) -> bool:
    """Whether a head or label beside one in Chinese is the same in English or Portuguese: words, and no code.

    >>> [is_translation(words) for words in ("Cases Settled", "Variação", "CASES SETTLED BY COURTS", "A12", "结案 Cases Settled")]
    [True, True, True, False, False]
    """
    return _LATIN.fullmatch(words) is not None and _WORD.search(words) is not None


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """The pattern of the heads of one kind."""
    return compiled(f"{kind}_head")


@cache
def is_kind(words: str, kind: str) -> bool:
    """Whether some words, as a whole, are the head of a kind.

    >>> is_kind("年 份", "period_column"), is_kind("合计", "whole"), is_kind("收案", "whole")
    (True, True, False)
    """
    return pattern(kind).fullmatch(words) is not None or pattern(kind).fullmatch("".join(words.split())) is not None
