"""Make an indicator's name from the words around its number."""

from __future__ import annotations

from .deeds import (
    core,
    ends_in_act,
    has_head,
    has_known_word,
    head_noun,
    heading_words,
    holds_its_own,
    is_act_only,
    is_bare,
    is_done,
    is_outcome,
    is_sort_of_cases,
    is_verb_phrase,
    moves_money,
    part_deed,
    spell_out,
    topic_in,
    topic_of,
)
from .ends import IN_ALL, SAID_OF, clean, noun_after, split_scope, strip_leading
from .listing import share_head, split_names, spread_ordinals
from .measuring import ends_with_measure, names_measure, names_money, with_measure

__all__ = [
    "IN_ALL",
    "SAID_OF",
    "clean",
    "core",
    "ends_in_act",
    "ends_with_measure",
    "has_head",
    "has_known_word",
    "head_noun",
    "heading_words",
    "holds_its_own",
    "is_act_only",
    "is_bare",
    "is_done",
    "is_outcome",
    "is_sort_of_cases",
    "is_verb_phrase",
    "moves_money",
    "names_measure",
    "names_money",
    "noun_after",
    "part_deed",
    "share_head",
    "spell_out",
    "split_names",
    "split_scope",
    "spread_ordinals",
    "strip_leading",
    "topic_in",
    "topic_of",
    "with_measure",
]
