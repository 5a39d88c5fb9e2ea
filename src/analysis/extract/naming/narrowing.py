"""What narrows a sort that is told elsewhere: the branch of the law, the instance, the size, whose age."""

from __future__ import annotations

from functools import lru_cache

from ...lexicon.classes import qualifiers, topics
from ...lexicon.parts import roles


@lru_cache(maxsize=4096)
def narrowed_by(noun: str) -> frozenset[str]:
    """By what a noun is narrowed that stands beside a sort: the branch of the law, the instance, the size, whose age.

    >>> sorted(narrowed_by("民事一审案件")), sorted(narrowed_by("重大")), narrowed_by("盗窃")
    (['instance', 'law'], ['size'], frozenset())
    """
    return frozenset(_class_of(kind, key) for kind, key in roles(noun)) - {""} if noun else frozenset()


def _class_of(kind: str, key: str) -> str:
    if kind == "topic":
        return "law" if key in topics() and topics()[key].law else ""
    return qualifiers()[key].of if kind == "qualifier" and key in qualifiers() else ""


def narrows_only(words: str) -> bool:
    """Whether some words only narrow a sort told elsewhere (民事一审, 重大; but not 盗窃, 重大盗窃)."""
    silent = {key for key, entry in qualifiers().items() if entry.silent}
    return bool(narrowed_by(words)) and all(kind in ("topic", "qualifier") and (narrowed_by(key) or key in silent) for kind, key in roles(words))
