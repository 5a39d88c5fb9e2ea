"""The state of reading one sentence, and what it hands on to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from ..lexicon.wordlists import words
from . import naming
from .choosing import Choice
from .context import scopes
from .context.handed import Context
from .drafts import ChangeDraft, Draft
from .grammar import compiled
from .mentions import NUMERALS, Token
from .quantities import POINTS, Quantity
from .quoting import Quotes

# Tokens that say when, against what or how: never part of an indicator's name.
_NOT_NAME = frozenset(("period", "date", "duration", "basis", "each", "of_which", "hedge", "both", "reach", "record", "label_unit"))
CASE, HALVES = "案件", "；;"
_BY_WAY, _NO_OBJECT, _MOST, _MOSTLY = map(compiled, ("by_way_of", "what_is_no_object", "the_most_of_all", "mostly_of_one_sort"))
_UP_TO, _LONG_UP_TO, _NEAR, _SINCE_IT = compiled("leads_up_to_a_time"), 3, 200, compiled("since_behind_a_time")
_BOUNDS, _TIMES = frozenset(words("bounds_a_name")), frozenset(("period", "date"))
_UNMOVED = frozenset(("count_of_things", "ordinal", "target"))
_MARKERS = frozenset(("enumerator", "bracketed_number"))


class Mark(NamedTuple):
    """Words that say what kind of statement the numbers behind them make: where they stand, and for how much they hold (clause, item; '' for all)."""

    start: int
    end: int
    kind: str
    rule: str
    holds: str


class Outside(NamedTuple):
    """What was being read where a bracket opened: periods, clause and the one before, level, and how many numbers had been read."""

    clause_period: Token | None
    period: Token | None
    clause_start: int
    clause_begin: int
    last_clause: tuple[int, int]
    opened: int
    numbers: int
    # what the next deed is done to, and where the parts of a whole begin
    head: str
    of_which: tuple[int, str, str]


@dataclass(slots=True, eq=False)
class Sentence:
    """The state of binding one sentence, token by token."""

    text: str
    start: int
    end: int
    tokens: list[Token]
    context: Context
    # readings to take whatever their weight, and what has been chosen: see `choosing`
    forced: Mapping[tuple[str, int], str] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    margins: dict[int, float] = field(default_factory=dict)
    # what has been read
    drafts: list[Draft] = field(default_factory=list)
    others: list[tuple[int, int, str]] = field(default_factory=list)
    # the clause being read: it begins anew at a comma (clause_begin), and after each number (clause_start)
    clause_start: int = 0
    clause_begin: int = 0
    last_clause: tuple[int, int] = (0, 0)
    clause_period: Token | None = None
    period: Token | None = None
    depth: int = 0
    # what was being read outside the brackets that are open
    outside: list[Outside] = field(default_factory=list)
    # words of the sentence that say what sort of statements it makes
    marks: list[Mark] | None = None
    # where the sentence first speaks of one person or case (-1: not looked for yet)
    one_case: int = -1
    # where it first speaks of some of what it named (…案件中，): -1 likewise
    some_of: int = -1
    # what the members of its ranking are ranked by, and where they begin (None: not looked for yet)
    ranking: tuple[str, int] | None = None
    # the scope to go back to behind the sentence, where another one was named among its numbers
    outer: str | None = None
    # whether something is wrong with what was read of it
    faulty: bool = False
    # the change phrase being read
    basis: Token | None = None
    carried_basis: Token | None = None
    # years a list of changes is measured against after the first: 比2015年、2016年分别下降6%、5%
    further_bases: list[Token] = field(default_factory=list)
    # whether the sentence says of itself that its bases are counted anew
    recounted: bool = False
    each: Token | None = None
    both: Token | None = None
    verb: Token | None = None
    # where the parts of a whole begin: behind the last 其中
    of_which: int = 0
    head_of_whole: str = ""
    # what narrows the whole that 其中 parts: 未成年人 of 未成年人犯罪案件995件，其中…
    whole: str = ""
    # whether the carried basis bore no amount of its own
    borrowed: bool = False
    average: bool = False
    phrase_start: int = -1
    group: list[ChangeDraft] = field(default_factory=list)
    # members of a list of changes that say that nothing changed
    flats: list[Token] = field(default_factory=list)
    # changes of levels of the sentence before, and the value that their basis prints
    back: list[tuple[ChangeDraft, Draft, Quantity | None]] = field(default_factory=list)
    group_clause: int = 0
    last_amount: int = -1
    # 由 A 到 B
    source: Token | None = None
    source_clause: int = 0
    previous: Quantity | None = None
    # the further ones of a list (由上年的71.2%、80.5%分别提高到88.6%、93.1%), and how many of them are still to come
    sources: list[Quantity] = field(default_factory=list)
    sources_due: int = 0
    previous_period: Token | None = None
    # the value that a basis prints: 比上年的120件增加5%
    base_value: Quantity | None = None
    # the second of two: 比上年的95件131人分别上升5%和8%
    base_pair: Quantity | None = None
    # the values of three and more: 与上年的58起、15人、71人相比
    base_list: list[Quantity] = field(default_factory=list)
    # names of a list "A和B分别为x、y", and years of a list "2020年至2022年分别为x、y、z"
    waiting: list[str] = field(default_factory=list)
    # how many names the last such list had
    list_length: int = 0
    waiting_years: list[tuple[Token, int]] = field(default_factory=list)
    years_listed: list[tuple[Token, int]] = field(default_factory=list)
    # the verb that a list of nouns after their numbers shares: 开展2次询问、7项调研
    list_verb: str = ""
    # what a verb of change stands before: 压减收费项目30%
    object: str = ""
    # the rate that a verb of change moves: 增幅回落3个百分点
    rate: str = ""
    # whether it stands under the heading of a plan
    planned: bool = False
    _asides: list[Token] | None = None
    _choice_at: dict[int, list[int]] | None = None
    _quotes: Quotes | None = None

    def __post_init__(self) -> None:
        self.clause_start = self.clause_begin = self.start
        self.period = self.context.passing or self.context.period
        self.planned = self.context.planned

    def choices_at(self, places: list[int]) -> list[Choice]:
        """What was chosen for the numbers at some places, in the order of choosing; asked once the sentence is read."""
        if self._choice_at is None:
            self._choice_at = {}
            for at, choice in enumerate(self.choices):
                for place in choice.places:
                    self._choice_at.setdefault(place, []).append(at)
        found: Iterable[int] = self._choice_at.get(places[0], ()) if places else ()
        if len(places) > 1:
            found = sorted({at for place in places for at in self._choice_at.get(place, ())})
        return [self.choices[at] for at in dict.fromkeys(found)]

    @property
    def asides(self) -> list[Token]:
        """The tokens that are no part of a name."""
        if self._asides is None:
            asides = (token for token in self.tokens if (token.kind in _NOT_NAME and not self._bounds(token)) or token.rule in _MARKERS)
            self._asides = [self._with_its_words(token) for token in asides]
        return self._asides

    def _with_its_words(self, token: Token) -> Token:
        """A time with the words around it that say up to when, or since when: 至1985年底复查80件; 自2010年以来."""
        if token.kind not in _TIMES:
            return token
        before = _UP_TO.search(self.text, max(self.start, token.start - _LONG_UP_TO), token.start)
        behind = _SINCE_IT.match(self.text, token.end, self.end)
        start, end = before.start() if before is not None else token.start, behind.end() if behind is not None else token.end
        return Token(token.kind, start, end, token.meaning, token.rule)

    def leave_out(self, start: int, end: int) -> None:
        """Take a span for no part of any name."""
        around = [token for token in self.asides if token.end <= start or end <= token.start]
        self._asides = sorted([*around, Token("aside", start, end, None, "bracket")], key=attrgetter("start"))

    def _bounds(self, token: Token) -> bool:
        """Whether a length of time bounds what is named behind it (五年以上有期徒刑)."""
        if token.kind != "duration":
            return False
        if token.rule == "span_of_minutes":
            return True
        end = token.end if self.text[token.end - 2 : token.end] in _BOUNDS else token.end + 2
        return self.text[end - 2 : end] in _BOUNDS and ("一" <= self.text[end : end + 1] <= "鿿" or self.text[end : end + 1] in NUMERALS)

    @property
    def quotes(self) -> Quotes:
        """What to quote for a record of the sentence."""
        if self._quotes is None:
            self._quotes = Quotes(self.text, self.start, self.end)
        return self._quotes

    def mark_phrase(self, start: int) -> None:
        """Remember where the change phrase of this clause begins.

        A subject parts it from a basis in the clause before (与上年相比，收案增加), and one that names a measure from a basis
        in its own (同比件数下降).
        """
        if self.phrase_start >= 0:
            subject = self.name_in(max(self.phrase_start, self.clause_start), start)
            if len(subject) < 2 or (self.phrase_start >= self.clause_start and not naming.names_measure(subject)):
                return
        self.phrase_start = start

    def words(self, start: int, end: int) -> str:
        """The text of a span without its periods, bases, hedges and asides of time."""
        asides = self.asides
        if not asides:
            return self.text[start:end]
        parts, position = [], start
        for token in asides:
            if token.start >= end:
                break
            if token.start >= start:
                parts.append(self.text[position : token.start])
                position = min(token.end, end)
        parts.append(self.text[position:end])
        return "".join(parts)

    def name_in(self, start: int, end: int, listed: bool = False) -> str:
        """The cleaned name that a span of the sentence holds; of a list of examples (``listed``) all of them."""
        return naming.clean(self.words(start, end), listed)

    def part_scope(self, name: str, start: int, end: int) -> str:
        """Return a name without the actor or place before it, which becomes the scope; the words of the name stand from start to end."""
        bare, scope = scopes.part(name, name if len(name) == end - start else self.words(start, end))
        if scope:
            self.take_scope(scope, start)
        return bare

    def take_scope(self, scope: str, start: int) -> None:
        """Say the numbers that follow of a scope named at a place: behind numbers of another one only until the sentence ends."""
        context = self.context
        if self.drafts and self.outer is None:
            self.outer = "" if context.scope is None or scopes.is_of_its_sentence(context.scope) else context.scope
        context.scope, context.looked = scope, start

    def scope_at(self, place: int) -> str | None:
        """Return the scope that holds at a place, after whatever was said since it was named."""
        context = self.context
        if context.scope is not None and place > context.looked:
            if not scopes.holds(context.scope, self.text[context.looked : place]):
                context.scope = None
            context.looked = place
        return context.scope

    def said_before(self) -> str:
        """The subject of the clause before, where that clause printed no number of its own; else ''."""
        low, high = self.last_clause
        if low >= high or any(low <= d.anchor < high for d in self.drafts):
            return ""
        stop = next((t.start for t in self.tokens if low < t.start and t.end <= high and t.kind in ("change", "basis", "flat")), high)
        stop = next((start for start, _, what in self.others if what == "threshold" and low < start < stop), stop)
        said = naming.split_scope(self.name_in(low, stop))[0]
        mostly = _MOSTLY.match(said)
        said = _MOST.sub("", said if mostly is None else mostly["what"])
        return "" if self.is_no_object(said) else said

    @staticmethod
    def is_no_object(said: str) -> bool:
        """Whether a clause tells how work goes on, by what way, or who says so, and names nothing that is counted."""
        return _BY_WAY.match(said) is not None or _NO_OBJECT.fullmatch(said) is not None

    def hand_on(self) -> None:
        """Leave to the next sentence the basis, the head and the scope that it goes on with."""
        context = self.context
        context.basis = None if self.borrowed else self.carried_basis
        if self.of_which and self.head_of_whole and context.head != self.head_of_whole and any(d.anchor > self.of_which for d in self.levels):
            context.head = self.head_of_whole  # 立案90件，其中立案乡科级干部30人。处分80人: not of the last part
        if self.outer is not None:  # 提出抗诉30件，法院改判12件。 the next sentence is again of who began this one
            context.scope, context.looked = self.outer or None, self.end

    def near(self, at: int) -> int:
        """From where the words of a clause before a place are looked through: nobody's name is longer, and a clause may have no end."""
        return max(self.clause_begin, at - _NEAR)

    @property
    def levels(self) -> list[Draft]:
        """Statements so far that a change could belong to (outside a bracket: those outside brackets)."""
        found = [
            d
            for d in self.drafts
            if d.quantity is not None and not d.years_back and d.kind not in _UNMOVED and d.rule != "ratio" and d.quantity.unit not in POINTS
        ]
        outside = [d for d in found if d.depth <= self.depth]
        return outside or found
