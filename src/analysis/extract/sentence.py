"""The state of reading one sentence, and what it hands on to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import naming
from .drafts import ChangeDraft, Draft
from .mentions import Quantity, Token

# Tokens that say when, against what or how: never part of an indicator's name.
_NOT_NAME = frozenset(("period", "date", "duration", "basis", "each", "of_which", "hedge", "both", "reach"))


@dataclass(slots=True)
class Context:
    """What a sentence hands on to the next: period, head of the last full name, basis, scope."""

    period: Token | None = None
    head: str = ""
    basis: Token | None = None
    scope: str | None = None
    section: Token | None = None


@dataclass(slots=True)
class Sentence:
    """The state of binding one sentence, token by token."""

    text: str
    start: int
    end: int
    tokens: list[Token]
    context: Context
    clause_start: int = 0
    clause_begin: int = 0
    last_clause: tuple[int, int] = (0, 0)
    depth: int = 0
    period: Token | None = None
    clause_period: Token | None = None
    drafts: list[Draft] = field(default_factory=list)
    others: list[tuple[int, int, str]] = field(default_factory=list)
    # the change phrase being read
    basis: Token | None = None
    carried_basis: Token | None = None
    each: Token | None = None
    both: Token | None = None
    of_which: bool = False
    verb: Token | None = None
    average: bool = False
    phrase_start: int = -1
    group: list[ChangeDraft] = field(default_factory=list)
    group_clause: int = 0
    last_amount: int = -1
    # 由 A 到 B
    source: Token | None = None
    source_clause: int = 0
    previous: Quantity | None = None
    previous_period: Token | None = None
    # names of a list "A和B分别为x、y"
    waiting: list[str] = field(default_factory=list)
    # the verb that a list of nouns after their numbers shares: 开展2次询问、7项调研
    list_verb: str = ""

    def mark_phrase(self, start: int) -> None:
        """Remember where the change phrase of this clause begins."""
        if self.phrase_start < 0:
            self.phrase_start = start

    def words(self, start: int, end: int) -> str:
        """The text of a span without its periods, bases, hedges and asides of time."""
        if start >= end:
            return ""
        parts, position = [], start
        for token in self.tokens:
            if token.start >= end:
                break
            if token.start >= start and token.kind in _NOT_NAME:
                parts.append(self.text[position:token.start])
                position = min(token.end, end)
        parts.append(self.text[position:end])
        return "".join(parts)

    def name_in(self, start: int, end: int) -> str:
        """The cleaned name that a span of the sentence holds."""
        return naming.clean(self.words(start, end))

    def said_before(self) -> str:
        """The subject of the clause before, where that clause printed no number of its own; else ''."""
        low, high = self.last_clause
        if low >= high or any(low <= d.anchor < high for d in self.drafts):
            return ""
        stop = next((t.start for t in self.tokens if low < t.start and t.end <= high and t.kind in ("change", "basis", "flat")), high)
        return naming.split_scope(self.name_in(low, stop))[0]

    @property
    def levels(self) -> list[Draft]:
        """Statements so far that a change could belong to (outside a bracket: those outside brackets)."""
        found = [d for d in self.drafts if d.quantity is not None and d.kind not in ("count_of_things", "ordinal")]
        outside = [d for d in found if d.depth <= self.depth]
        return outside or found
