"""Where the claims of a document stand to each other: the words between them, and which share a sentence.

The observations table quotes a sentence for each row; the words between two numbers are read from these quotes, without the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from ..lexicon.units import same_kind
from ..lexicon.words import words
from .claims import Claim
from .segments import SENTENCE_END, Segment, segments_of, stacks_of

__all__ = ["Passages"]

NO_WORD = re.compile(r"[\W\d_]+")
# What may stand between a change and the level it led to.
REACHING = re.compile(r"[，,、；;（(\s]*(?:已|并|均|分别|总数)*(?:达到|达|至|到|为|升至|降至|增至|减至|突破|超过|超|约|近)*")
LOOK_BACK = 12
# What joins counts that are named side by side.
SIDE_BY_SIDE = ("、", "和", "及")
# What stands between two counts of one thing (95件、涉及127人).
PAIRING = re.compile(r"[，,、；;（(\s共涉及]*")
# So many characters that are no linking words may stand between a level and its change (a stray adverb).
STRAY = 2


class Passages:
    """The words around the claims of some documents.

    `sentence_claims(claim)` are those of the sentence a claim stands in; `lead(claim)` is what stands between the number
    before it in that sentence and the claim itself; `before(claim)` lists earlier claims, nearest first.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._by_doc: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            self._by_doc[claim.doc].append(claim)
        self._segments = {doc: segments_of(members) for doc, members in self._by_doc.items()}
        self._starts = {doc: [segment.start for segment in segments] for doc, segments in self._segments.items()}
        self._place = {id(claim): n for members in self._by_doc.values() for n, claim in enumerate(members)}
        self._leads: dict[int, str] = {}
        self._brackets: dict[int, tuple[int, ...]] = {}
        self._stacks: dict[tuple[str, int], tuple[list[int], list[tuple[int, ...]]]] = {}
        self._sentences: dict[tuple[str, int, int], list[Claim]] = defaultdict(list)
        self._sentence_of: dict[int, list[Claim]] = {}
        self._ends = {doc: sorted(_spans(members)) for doc, members in self._by_doc.items()}
        for members in self._by_doc.values():
            for claim in members:
                sentence = self._sentence_of[id(claim)] = self._sentences[self._sentence(claim)]
                sentence.append(claim)

    def sentences(self) -> Iterable[list[Claim]]:
        """Return the claims of each sentence, in order of the text."""
        return self._sentences.values()

    def sentence_claims(self, claim: Claim) -> list[Claim]:
        """Return the claims of the claim's sentence, in order."""
        return self._sentence_of[id(claim)]

    def neighbours(self, claim: Claim) -> list[Claim]:
        """Return the claims of the claim's sentence, itself included, of which at most a dozen before it and behind it."""
        members, place = self._by_doc[claim.doc], self._place[id(claim)]
        here = self.sentence_claims(claim)
        return [other for other in members[max(0, place - LOOK_BACK) : place + LOOK_BACK + 1] if self.sentence_claims(other) is here]

    def before(self, claim: Claim, same_sentence: bool = True) -> list[Claim]:
        """Return the claims before this one, nearest first; at most a dozen."""
        members = self._by_doc[claim.doc]
        place = self._place[id(claim)]
        earlier = members[max(0, place - LOOK_BACK) : place][::-1]
        if same_sentence:
            here = self.sentence_claims(claim)
            earlier = [other for other in earlier if self.sentence_claims(other) is here]
        return [other for other in earlier if other.start < claim.start]

    def between(self, doc: str, start: int, end: int) -> str | None:
        """Return the words from start to end, or None where no quote shows them."""
        segment = self._segment_at(doc, start)
        if segment is None or end < start or end > segment.end:
            return None
        return segment.text[start - segment.start : end - segment.start]

    def lead(self, claim: Claim) -> str:
        """Return the words of the sentence between the number before the claim and the claim."""
        known = self._leads.get(id(claim))
        if known is None:
            known = self._leads[id(claim)] = self._find_lead(claim)
        return known

    def _find_lead(self, claim: Claim) -> str:
        segment = self._segment(claim)
        if segment is None:
            return ""
        start = self._sentence_start(segment, claim.start)
        spans = self._ends[claim.doc]
        nearest = bisect_right(spans, claim.start - 1) - 1
        if nearest >= 0:
            start = max(start, spans[nearest])
        return segment.text[start - segment.start : claim.start - segment.start] if start <= claim.start else ""

    def brackets(self, claim: Claim) -> tuple[int, ...]:
        """Return where the brackets open that the claim stands in, the innermost last."""
        if id(claim) not in self._brackets:
            self._brackets[id(claim)] = self._open_brackets(claim)
        return self._brackets[id(claim)]

    def bracket(self, claim: Claim) -> int | None:
        """Return where the innermost bracket opens that the claim stands in, None when it stands in none."""
        opened = self.brackets(claim)
        return opened[-1] if opened else None

    def _open_brackets(self, claim: Claim) -> tuple[int, ...]:
        segment = self._segment(claim)
        if segment is None:
            return ()
        known = self._stacks.get((claim.doc, segment.start))
        if known is None:
            known = self._stacks[claim.doc, segment.start] = stacks_of(segment)
        places, stacks = known
        return stacks[bisect_right(places, claim.start - 1)]

    def bearers(self, claim: Claim) -> tuple[Claim, ...]:
        """Return what a claim's change may be said of, with that change: the claim, and counts before it without one of their own.

        These are the first of two counts printed as one (95件127人，上升3%), and the count that a bracket with the claim explains
        (36件（包括申诉7件，上升3%）).
        """
        change = claim.change
        if change is None or claim.level is None or change.start is None or change.start < claim.end:
            return (claim,)
        counts = [other for other in self.before(claim) if other.level is not None and other.change is None and not other.percent]
        others = [other for other in counts if self.paired(other, claim) or self._explained(other, claim)]
        return (claim, *(replace(other, change=change) for other in others))

    def paired(self, other: Claim, claim: Claim) -> bool:
        """Say whether nothing that names the second stands between two counts: 3012件4104人."""
        between = "" if other.end == claim.start else self.between(claim.doc, other.end, claim.start)
        return between is not None and bool(PAIRING.fullmatch(between))

    def of_another(self, then: Claim, now: Claim) -> bool:
        """Say whether a number stands in a bracket right behind another count than `now` of its sentence: 512人…其中31人（2017年18人）."""
        bracket = self.bracket(then)
        if bracket is None or then.doc != now.doc or self.sentence_claims(then) is not self.sentence_claims(now):
            return False
        before = next((other for other in self.before(then) if other.end <= bracket and other.level is not None), None)
        return before is not None and before is not now and self._explained(before, then) and before.name != now.name

    def _explained(self, other: Claim, claim: Claim) -> bool:
        """Say whether a bracket that opens right behind a count holds the claim."""
        bracket = self.bracket(claim)
        return bracket is not None and other.end <= bracket and not (self.between(claim.doc, other.end, bracket) or "").strip()

    @staticmethod
    def _sentence_start(segment: Segment, offset: int) -> int:
        place = bisect_right(segment.breaks, offset)
        return segment.breaks[place - 1] if place else segment.start

    def attached(self, claim: Claim) -> bool:
        """Say whether nothing but linking words stands between a claim's level (or its list's last) and its change."""
        change = claim.change
        if change is None or claim.level is None or change.start is None or change.end is None:
            return True
        if change.start >= claim.end and self._closes_list(claim):
            return False
        if change.start >= claim.end:
            spans = self._ends[claim.doc]
            start, end = max(claim.end, spans[bisect_right(spans, change.start) - 1]), change.start
        else:
            start, end = change.end, claim.start
        words_between = self.between(claim.doc, start, end) if start <= end else ""
        if words_between is None:
            return True
        if change.start < claim.end:
            return bool(REACHING.fullmatch(words_between))
        return len(_unlinking(words_between)) <= STRAY

    def _closes_list(self, claim: Claim) -> bool:
        """Say whether a claim is the last of several counts named side by side, so that its change may be that of all: 甲5起、乙7起，下降5%."""
        before = next(iter(self.before(claim)), None)
        if before is None or before.change is not None or before.level is None or before.percent or not same_kind(before.unit, claim.unit):
            return False
        between = self.between(claim.doc, before.end, claim.start)
        return between is not None and len(between) > 1 and between[0] in SIDE_BY_SIDE and before.name != claim.name

    def linked(self, doc: str, start: int, end: int) -> bool:
        """Say whether only linking words and marks stand between two offsets of a sentence."""
        words_between = self.between(doc, start, end) if start <= end else None
        return words_between is not None and not SENTENCE_END.search(words_between) and len(_unlinking(words_between)) <= STRAY

    def trail(self, claim: Claim, length: int) -> str:
        """Return up to `length` characters of the sentence behind the claim."""
        segment = self._segment(claim)
        if segment is None:
            return ""
        text = segment.text[claim.end - segment.start : claim.end - segment.start + length]
        return SENTENCE_END.split(text, maxsplit=1)[0]

    def _sentence(self, claim: Claim) -> tuple[str, int, int]:
        segment = self._segment(claim)
        if segment is None:
            return claim.doc, -1, claim.start
        return claim.doc, segment.start, bisect_right(segment.breaks, claim.start)

    def _segment(self, claim: Claim) -> Segment | None:
        return self._segment_at(claim.doc, claim.start)

    def _segment_at(self, doc: str, offset: int) -> Segment | None:
        segments = self._segments.get(doc, [])
        place = bisect_right(self._starts.get(doc, []), offset) - 1
        return segments[place] if place >= 0 and offset <= segments[place].end else None


@lru_cache(maxsize=4096)
def _unlinking(text: str) -> str:
    """Return what is left of some words without punctuation, digits and linking words."""
    rest = NO_WORD.sub("", text)
    for word in _linking_words():
        rest = rest.replace(word, "")
    return rest


@cache
def _linking_words() -> list[str]:
    return sorted(words("between_level_and_change"), key=len, reverse=True)


def _spans(members: list[Claim]) -> set[int]:
    """Return the offsets at which a number or a change ends."""
    ends: set[int] = set()
    for claim in members:
        ends.add(claim.end)
        if claim.change is not None and claim.change.end is not None:
            ends.add(claim.change.end)
        if claim.previous is not None and claim.previous.end is not None:
            ends.add(claim.previous.end)
    return ends
