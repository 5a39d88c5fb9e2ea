"""The words of a main point: one message, with where it comes from, what came before it, and what stands in its way."""

from collections.abc import Sequence
from decimal import Decimal

from ..audit.told import Told
from ..writing.escaping import escape
from . import earlier
from .comparing import Past
from .facts import Fact
from .grouping import direction_of, group
from .naming import capital
from .narrative import Narrator
from .points import Message


def tell(message: Message, narrator: Narrator, past: Past, findings: Sequence[Told], gap: Sequence[Fact] = ()) -> str:
    """Write a message as one sentence or two. `gap`: what came in and what was finished, where the theme tells the gap between them."""
    if message.disputed:
        return contradicted(message.lead, narrator, past, findings)
    groups = group(message.members)
    sentences = []
    for at, members in enumerate(groups):
        told = _tail(members, narrator, past)
        if at == 0 and (told_gap := gap_told(gap, narrator)):
            told += told_gap
        sentences.append(narrator.sentence(members, 0, tail=told, based=bool(_levels_before(members, narrator))))
    return narrator.wording.table("sentence_gap").join(sentences)


def _tail(members: Sequence[Fact], narrator: Narrator, past: Past) -> str:
    """Add to a sentence the level a year earlier, the change of the year before, and the marks of a definition or year."""
    said = []
    if befores := _levels_before(members, narrator):
        said.append(befores)
    said.append(_changes_before(members, narrator, past))
    return "".join(said) + narrator.marks(members)


def _changes_before(members: Sequence[Fact], narrator: Narrator, past: Past) -> str:
    """Say how a figure changed the year before; of several, which turned round, and since when."""
    wording, runs = narrator.wording, [past.run_before(fact) for fact in members]
    if len(members) == 1:
        move = runs[0][-1].movement if runs[0] else None
        if move is None:
            return ""
        period = narrator.format.period(runs[0][-1].period)
        return wording(f"tail.after.{move.direction}", amount=narrator.amount(move, members[0].unit), period=period)
    turned = [at for at, run in enumerate(runs) if run and direction_of(run[-1]) not in ("flat", direction_of(members[at]))]
    told = {(direction_of(runs[at][-1]), tuple(fact.period for fact in runs[at])) for at in turned}
    if len(turned) not in (1, len(members)) or len(told) != 1:
        return ""
    ((way, periods),) = told
    name = narrator.number_of(narrator.inside(members[turned[0]]))
    who = wording("tail.who.all" if len(turned) > 1 else "tail.who.one", name=name, count=len(members))
    span = wording(f"tail.span.{'one' if len(periods) == 1 else 'more'}", periods=wording.listed([narrator.format.period(one) for one in periods]),
                   count=len(periods))  # fmt: skip
    return wording(f"tail.turned.{way}", who=who, span=span)


def _levels_before(members: Sequence[Fact], narrator: Narrator) -> str:
    """Say what the figures were a year earlier, where that is known of all of them and the sentence does not say it already."""
    found = [(fact, earlier.of_the_year_before(fact)) for fact in members]
    if any(before is None or fact.value is None or fact.previous is not None for fact, before in found):
        return ""
    if any(fact.is_rate or (fact.resolution or 1) > 1 for fact, _ in found):
        return ""
    written = [escape(earlier.about(before, fact, narrator)) for fact, before in found if before is not None]
    alike = len(written) > 1 and len(set(written)) == 1
    each = narrator.wording("tail.each_same" if alike else "tail.each") if len(written) > 1 else ""
    return narrator.wording("tail.before", values=written[0] if alike else narrator.wording.listed(written), each=each)


def gap_between(received: Fact, closed: Fact) -> tuple[Decimal, Decimal, Decimal] | None:
    """Work out by how much what came in exceeds what was finished: now, and the least and the most a year earlier.

    None unless both figures are counted to the last one and both earlier ones are known.
    """
    before_in, before_out = earlier.of_the_year_before(received), earlier.of_the_year_before(closed)
    if before_in is None or before_out is None or received.value is None or closed.value is None:
        return None
    if any((fact.resolution or 1) > 1 or fact.hedge for fact in (received, closed)):
        return None
    (low_in, high_in), (low_out, high_out) = (map(Decimal, before.integers or (before.low, before.high)) for before in (before_in, before_out))
    return received.value - closed.value, low_in - high_out, high_in - low_out


def gap_told(pair: Sequence[Fact], narrator: Narrator) -> str:
    """Say how the gap between what came in and what was finished changed; empty where that is not sure, or it did not."""
    found = gap_between(*pair) if len(pair) == 2 else None
    if found is None:
        return ""
    now, low, high = found
    way = "widened" if now > high else "narrowed" if now < low else ""
    if not way or low <= 0:
        return ""
    form, fact = narrator.format, pair[0]
    before = form.quantity(earlier.rounded(low, high), fact.unit, Decimal(1), "" if low == high else "about")
    return narrator.wording(f"tail.gap.{way}", before=before, now=form.quantity(now, fact.unit, Decimal(1)))


def contradicted(fact: Fact, narrator: Narrator, past: Past, findings: Sequence[Told]) -> str:
    """Tell a contradicted figure with what the others say: both sides of the contradiction, in one sentence."""
    wording, told = narrator.wording, _finding(fact, findings)
    section = wording("section.arithmetic")
    fields = {"name": narrator.number_of(narrator.inside(fact)), "level": _level(fact, narrator), "section": section}
    move = fact.movement
    if told is None or move is None or move.amount is None:
        return capital(wording("points.disputed", **fields)) + narrator.cite([fact]) + wording("stop")
    fields |= {
        "amount": narrator.amount(move, fact.unit), "verb": narrator.wording(f"verb.{move.kind}.{move.direction}"),
        "done": wording(f"done.{move.direction}"), "basis": narrator.basis(move),
    }  # fmt: skip
    other = past.at(told.subjects[1]) if told.check == "same-change" else None
    if other is not None and other.movement is not None:
        said = wording("points.elsewhere", **fields, other=narrator.amount(other.movement, other.unit))
        return capital(said) + narrator.cite([fact, other] if other.doc == fact.doc or other.period == fact.period else [fact]) + wording("stop")
    low, high = told.implied
    if low is None or high is None or told.unit not in ("%", "points"):
        return capital(wording("points.disputed_change", **fields)) + narrator.cite([fact]) + wording("stop")
    key = "points.one_definition" if told.check == "rate-change" else "points.other_figures"
    direction = "up" if low + high > 0 else "down"
    sentence = wording(key, **fields, noun=wording(f"noun.{direction}"), implied=_rounded(low, high, told.unit, narrator))
    return capital(sentence) + narrator.cite([fact]) + wording("stop") + (wording("mark_assumed") if fact.assumed else "")


def _level(fact: Fact, narrator: Narrator) -> str:
    return narrator.wording("points.level", value=narrator.value(fact)) if fact.value is not None else ""


def _rounded(low: Decimal, high: Decimal, unit: str, narrator: Narrator) -> str:
    """Write the size of an implied change with only the digits that are sure; a range where the ends differ by more than a tenth."""
    low, high = sorted((abs(low), abs(high)))
    one, other = (narrator.format.number(end, 1) for end in (low, high))
    number = one if one == other or high - low < Decimal("0.1") else narrator.wording("range", low=one, high=other)
    return narrator.wording(f"measure.{unit}", number=number, count=2)


def _finding(fact: Fact, findings: Sequence[Told]) -> Told | None:
    places = {(fact.doc, start) for start in fact.starts}
    contradictions = (told for told in findings if told.verdict == "contradiction")
    return next((told for told in contradictions if (told.first.doc, told.first.start) in places), None)
