"""Changes told without an amount: 刑事案件、命案下降; 命案3起，同比持平."""

from __future__ import annotations

from .. import grammar, naming
from ..drafts import ChangeDraft, Draft
from ..kinds import is_measurable
from ..sentence import Sentence
from .changes import change_basis
from .said_of import named_again


def close_direction(s: Sentence, end: int) -> None:
    """Make statements of a verb of change that ends its clause without an amount: 刑事案件、命案下降."""
    verb = s.verb
    if verb is None or verb.kind == "rate" or s.phrase_start < 0 or (verb.end < end and not _ENDING.fullmatch(s.text, verb.end, end)):
        return
    subject = s.name_in(s.clause_start, s.phrase_start)
    if len(subject) > 60:
        return
    average, s.average = s.average, False
    basis = change_basis(s)
    s.average = average
    if len(subject) < 2:
        _attach_direction(s, ChangeDraft(verb.meaning["direction"], None, None, None, *basis, s.phrase_start, verb.end))
        return
    names = _SPLIT_LISTED.split(naming.split_scope(subject)[0])
    change = ChangeDraft(verb.meaning["direction"], None, None, None, *basis, s.phrase_start, verb.end)
    if verb.kind == "flat" and len(names) == 1 and basis[0] != "unstated" and (again := named_again(names[0], s.levels, [change])):
        again[0].change = change  # 事故9起，死亡1人，同比事故起数减少3起，死亡人数持平
        return
    for name in names:
        name = _HOW.sub("", naming.clean(name))
        if len(name) >= 2 and is_measurable(name):
            s.context.head = name
            s.drafts.append(
                Draft(
                    None,
                    name,
                    name,
                    s.clause_period or s.period,
                    (s.clause_start, end),
                    change=change,
                    rule="direction",
                    end=end,
                    depth=s.depth,
                    scope=s.scope_at(s.phrase_start),
                )
            )


def moved_before_bracket(s: Sentence) -> Draft | None:
    """What a clause says to have moved, without an amount, right before the bracket that tells it: 诈骗案轻微下跌（-2.9%）."""
    last = s.drafts[-1] if s.drafts and s.outside else None
    return last if last is not None and last.rule == "direction" and last.end == s.outside[-1].opened else None


def measure(s: Sentence, group: list[ChangeDraft], moved: Draft) -> None:
    """Give what moved without an amount the one that its bracket tells."""
    moved.change, moved.rule, moved.end = group[0], "change", group[0].end


def _attach_direction(s: Sentence, change: ChangeDraft) -> None:
    """Give a level the direction that the words behind it say without an amount: 命案3起，同比持平."""
    if change.basis == "unstated" or not s.levels:
        return
    last = s.levels[-1]
    beside = last.end == change.start or _BEFORE_PHRASE.fullmatch(s.text, last.end, change.start) is not None
    if last.change is None and last.anchor >= s.last_clause[0] and beside:
        last.change = change


_HOW = grammar.compiled("the_most_of_all")
_BEFORE_PHRASE = grammar.compiled("before_a_direction")


_ENDING = grammar.compiled("behind_a_direction")


_SPLIT_LISTED = grammar.compiled("joins_of_what_moved")
