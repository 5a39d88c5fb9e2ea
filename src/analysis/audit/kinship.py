"""Which claims of a document belong together by what they are figures of: steps, opposites, cases and people, part and whole, rates.

The lists of the lexicon say what is kin (`lexicon.kin`), of any object, known to the catalogue or not. Only figures of one document, place,
organ, scope and period are brought together, and only where each name says by itself what was done to what; a figure that is printed twice in
two ways is left alone. What the sentence or the catalogue relates already is theirs to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..lexicon import classes, kin
from ..lexicon.parts import Parts, parse
from ..lexicon.units import same_kind
from ..lexicon.words import says, words
from ..periods import canonical
from ..series.claims import Claim
from .matching import Book
from .relations import Pair, Ratio, Steps
from .wholes import Whole

__all__ = ["outcomes", "pairs", "ratios", "steps", "wholes"]

Place = tuple[str, str, str, str]


class _Kinship:
    """The figures of some documents by place and identity."""

    def __init__(self, book: Book) -> None:
        self.parts: dict[str, Parts] = {}
        self._at: dict[tuple[Place, str], list[Claim]] = defaultdict(list)
        self._place: dict[str, Place] = {}
        for claim in book.claims:
            if claim.level is None or claim.kind != "actual" or not claim.period or claim.previous is not None:
                continue
            parts = parse(claim.name, claim.unit)
            if not (claim.counted or claim.percent) or not _says_what(claim, parts) or not _says_whose(book, claim):
                continue
            place = claim.doc, claim.organ, book.scope(claim), canonical(claim.period)
            self.parts[claim.id], self._place[claim.id] = parts, place
            self._at[place, parts.identity].append(claim)

    def of(self, claim: Claim, parts: Parts) -> Claim | None:
        """Return the figure of some parts that stands beside a claim, None where there is none or it is printed in several ways."""
        found = self._at.get((self._place[claim.id], parts.identity), [])
        return found[0] if found and len({one.level for one in found}) == 1 else None

    def related(self, claim: Claim, *kinds: str) -> Iterator[tuple[kin.Kin, Claim]]:
        """Yield what is kin of a claim in one of some ways, with how."""
        for relation in kin.relations(self.parts[claim.id]):
            other = self.of(claim, relation.parts) if relation.kind in kinds else None
            if other is not None and other is not claim:
                yield relation, other

    def firsts(self) -> Iterator[Claim]:
        """Yield the first print of each figure that is printed in one way."""
        for found in self._at.values():
            if len({one.level for one in found}) == 1:
                yield found[0]


def _says_what(claim: Claim, parts: Parts) -> bool:
    """Say whether a name tells what was done to what; what is done to suspects only needs no more than the act (批准逮捕)."""
    act = classes.acts().get(parts.act or "")
    return claim.says_all or (act is not None and act.suspects and not says(claim.quote, "of_which"))


def _says_whose(book: Book, claim: Claim) -> bool:
    """Say whether a figure is of the whole place, or its own sentence names the part: a scope that is only carried on may have ended."""
    return not book.scope(claim) or claim.scope in claim.quote


def _kinship(book: Book) -> _Kinship:
    return book.once("kinship", lambda: _Kinship(book))


def steps(book: Book) -> Iterator[Steps]:
    """Yield two steps of one matter of which the earlier holds all that the later can be taken on (受理刑事案件, 审结刑事案件)."""
    kinship = _kinship(book)
    for later in kinship.firsts():
        for relation, earlier in kinship.related(later, "earlier"):
            if relation.sure and same_kind(earlier.unit, later.unit):
                yield Steps(earlier, later)


def pairs(book: Book) -> Iterator[Pair]:
    """Yield the cases and the people in them, by one act that is done to suspects only (批准逮捕案件, 批准逮捕人数)."""
    kinship = _kinship(book)
    for cases in kinship.firsts():
        for relation, people in kinship.related(cases, "people"):
            if relation.sure:
                yield Pair(cases, people)


def wholes(book: Book) -> Iterator[Whole]:
    """Yield each figure with the one that its name narrows (一审刑事案件审结数, 刑事案件审结数); of parts beside it nothing is said."""
    kinship = _kinship(book)
    for part in kinship.firsts():
        for _, whole in kinship.related(part, "whole"):
            if same_kind(whole.unit, part.unit) and not part.percent:
                yield Whole(whole, (part,), exhaustive=False, disjoint=False)


def outcomes(book: Book) -> Iterator[Whole]:
    """Yield what came in with what became of it in ways that exclude each other (提请批捕; 批捕, 不批捕).

    They leave nothing over (`exhaustive`) where the second is what is left undone (受理; 审结, 未结). Where what was carried over is told apart,
    what came in is not all they are taken from.
    """
    kinship = _kinship(book)
    for whole in kinship.firsts():
        seen: set[str] = set()
        for relation, later in kinship.related(whole, "later"):
            if not relation.sure or _told_apart(kinship, whole):
                continue
            undone = [other for _, other in kinship.related(later, "opposite") if same_kind(other.unit, whole.unit)]
            for other in undone[:1]:
                if other.id in seen:
                    continue
                seen.add(later.id)
                acts = {kinship.parts[later.id].act, kinship.parts[other.id].act}
                left = any(acts == set(pair) for pair in words("complements"))
                yield Whole(whole, (later, other), exhaustive=left, disjoint=True)


def _told_apart(kinship: _Kinship, whole: Claim) -> bool:
    """Say whether what was carried over, or came in new, is counted beside what came in."""
    parts = kinship.parts[whole.id]
    others = [key for key, entry in classes.acts().items() if key != parts.act and (key in words("carried_over") or key in words("only_new"))]
    return any(kinship.of(whole, kin.with_act(parts, act)) is not None for act in others)


def ratios(book: Book, rate: Claim) -> Iterator[Ratio]:
    """Yield the two sides that a rate's name gives it, wherever in its document they stand; never sure: more than one side may go by the name."""
    kinship = _kinship(book)
    if rate.id not in kinship.parts:
        return
    tops = [top for _, top in kinship.related(rate, "numerator")]
    bottoms = [bottom for _, bottom in kinship.related(rate, "denominator")]
    for top in tops:
        for bottom in bottoms:
            if same_kind(top.unit, bottom.unit):
                yield Ratio(rate, top, bottom, sure=False)
