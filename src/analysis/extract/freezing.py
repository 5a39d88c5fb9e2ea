"""Turn the drafts of a sentence into records, and move records to their places in the raw text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..documents.markdown import end_of
from . import naming
from .choosing import weights
from .context.dating import Dating
from .context.written import LAST_YEAR, basis_of_part
from .drafts import FROM_TO, ChangeDraft, Draft
from .grammar import compiled
from .kinds import kind_of
from .quantities import Quantity
from .readings.doubts import find_doubts
from .readings.lists import SPANS
from .records import Change, Other, Previous, Statement
from .sentence import Sentence

_YEAR = re.compile("[0-9]{4}")
_SPAN = re.compile("([0-9]{4})[.][.]([0-9]{4})")
# A part of one year, and the words that say that a goal is of the whole year.
_WITHIN = re.compile("^([0-9]{4})(?:[HQ][0-9]|-[0-9]{2}(?:[.][.]\\1-[0-9]{2})?)$")
_OF_A_YEAR, _NEAR = compiled("year_of_a_goal"), 24
_WHOLE_YEAR = compiled("whole_year_of_a_base")
_BOUNDS = frozenset(("more_than", "less_than"))


def freeze(draft: Draft, s: Sentence, doc: str, dating: Dating) -> Statement:
    """Return the record of one draft of sentence ``s``."""
    q, text = draft.quantity, s.text
    base = dating.base_year(draft.change.base) if draft.change is not None and draft.change.base else None
    period, prior = _times(draft, dating, base)
    base = base - 1 if base and period and period[:4] == str(base + 1) and _is_two_years_back(draft, s, dating) else base
    change = _change(text, draft.change, period, base, dating) if draft.change is not None else None
    previous = _previous(text, draft.previous, prior) if draft.previous is not None else None
    kind = kind_of(s, draft, dating)
    if kind == "target" and change is not None and draft.moved.carried:
        change = change._replace(basis="unstated", base=None)  # 力争下降5%: an aim has no basis but its own
    if kind == "target" and period and _OF_A_YEAR.search(text, max(s.start, draft.anchor - _NEAR), draft.anchor) is not None:
        period = _WITHIN.sub(r"\1", period)  # 1至11月优良天数比例92.1%，与年度目标（93%）相差…: of the year, whatever part of it is reported on
    rules, margin = _grounds(draft, s)
    quote, quote_start = s.quotes.around(*((part.start, part.end) for part in (q, change, previous) if part is not None))
    name = _name(draft, s)
    name = naming.with_measure(name, q.unit, q.family) if q is not None else name
    figure = _figure(text, q, name, kind) if q is not None else _no_figure(change, name)
    # By their order: so many names would take longer than all else here.
    return Statement(
        f"{doc}:{draft.anchor}",
        name,
        _as_written(draft, s),
        *figure,
        period,
        text[draft.period.start : draft.period.end] if draft.period is not None else None,
        draft.scope,
        kind,
        q is None and change is not None and change.amount_start is None,
        change,
        previous,
        quote,
        quote_start,
        _period_source(draft, s, period, dating),
        rules,
        margin,
        exact=q.exact if q is not None else None,
    )


def _is_two_years_back(draft: Draft, s: Sentence, dating: Dating) -> bool:
    """Whether 前年 is two years before the year told of.

    It is told of no 去年 and on no known day (2021年，立案1203起，比前年…), or the year before has a basis of its own.
    """
    if draft.change is None or draft.period is None or not dating.is_before_last(draft.change.base):
        return False
    told_from_today = dating.this_year is not None or s.text.startswith(LAST_YEAR, draft.period.start)
    return not told_from_today or any(token.kind == "basis" and token.meaning["basis"] == "yoy" for token in s.tokens)


def _as_written(draft: Draft, s: Sentence) -> str:
    """The words of a name as the sentence prints them, with who or where right before them, which are its scope."""
    told = (draft.scope or "") + draft.written
    return told if s.text.find(told, s.start, draft.anchor) >= 0 else draft.written


def _name(draft: Draft, s: Sentence) -> str:
    """The name of a draft behind what the sentence's whole or heading is about, unless it begins so itself."""
    above = s.context.topic
    narrows = above and naming.may_narrow(above, draft.name) and not _is_of_who_harmed(draft, s)
    topic = draft.whole or (above if narrows else "")
    return draft.name if not topic or topic[:2] in draft.name else topic + draft.name


def _is_of_who_harmed(draft: Draft, s: Sentence) -> bool:
    """Whether a sentence told before a draft of harm done to those whom the heading is about: 起诉性侵未成年人犯罪90人，其中猥亵儿童罪40人."""
    return naming.people_told_of(s.context.topic) is not None and _HARMS.search(s.text, s.start, draft.anchor) is not None


_HARMS = compiled("harms_people")

Figure = tuple[Decimal | None, Decimal | None, Decimal | None, str | None, str | None, str | None, Decimal | None, str, int, int]


def _figure(text: str, q: Quantity, name: str, kind: str) -> Figure:
    """What a record with a number says of it, and where it stands: value to end, in the order of the record."""
    comparator = _comparator(q, kind, name)
    hedge = None if comparator and q.hedge in _BOUNDS else q.hedge  # the bound of a goal says it already
    return q.value, q.low, q.high, q.unit, hedge, comparator, q.resolution, text[q.start : q.end], q.start, q.end


def _no_figure(change: Change | None, name: str) -> Figure:
    """What a record of a change alone says in the place of a number."""
    if change is None:
        raise ValueError(f"a draft of neither a number nor a change: {name}")
    return None, None, None, None, None, None, None, change.as_written, change.start, change.end


def _times(draft: Draft, dating: Dating, base: int | None) -> tuple[str | None, str | None]:
    """The period of a draft, and that of the value before it where it is another; a change between two printed years gets their basis."""
    period = dating.resolve(draft.period, base)
    if draft.same_of is not None:
        year = dating.resolve(draft.same_of)
        period = _years_before(period, int(period[:4]) - int(year[:4])) if period and year else year
    elif draft.years_back and period:
        period = _years_before(period, draft.years_back)
    if draft.member is not None and period and draft.period is not None and draft.period.rule in SPANS:
        period = str(int(period[:4]) + draft.member)
    prior = dating.resolve(draft.previous_period) if draft.previous_period else None
    if draft.previous_year and period:
        prior = _years_before(period, int(period[:4]) - draft.previous_year)
    elif draft.previous_back and period and prior in (None, period):
        prior = _years_before(period, draft.previous_back)
    if draft.rule == FROM_TO and prior in (None, period) and (span := _SPAN.fullmatch(period or "")) is not None:
        prior, period = span[1], span[2]  # 2017年至2021年从A降至B: B is of the last year
        if draft.change is not None and draft.change.basis == "unstated":
            draft.change.basis = "yoy" if int(period) - int(prior) == 1 else "fixed"
    elif draft.rule == FROM_TO and _are_two_years(prior, period) and draft.change is not None and draft.change.basis == "unstated":
        draft.change.basis = "yoy" if int(period or 0) - int(prior or 0) == 1 else "fixed"  # 由2002年的71起降至48起，下降32.4%
    if draft.previous_basis and draft.change is not None and draft.change.basis == "unstated" and not draft.change.average:
        draft.change.basis = draft.previous_basis  # 由上年的85件降至64件，降幅24.7%
    if draft.span and _are_two_years(prior, period):
        period = f"{prior}..{period}"
    return period, None if prior == period else prior  # what was before has another period, whichever it is


def _are_two_years(prior: str | None, period: str | None) -> bool:
    return prior is not None and period is not None and prior != period and (prior + period).isdigit()


def _years_before(period: str, years: int) -> str:
    return _YEAR.sub(lambda year: str(int(year[0]) - years), period)


def _previous(text: str, q: Quantity, period: str | None) -> Previous:
    return Previous(q.value, q.unit, q.hedge, q.resolution, period, text[q.start : q.end], q.start, q.end)


def _places(draft: Draft) -> list[int]:
    """Where the numbers of a draft stand: its level, and the amount of its change."""
    places = [draft.quantity.start] if draft.quantity is not None else []
    if draft.change is not None and draft.change.amount is not None:
        places.append(draft.change.amount.start)
    if draft.previous is not None:
        places.append(draft.previous.start)
    return places


def _grounds(draft: Draft, s: Sentence) -> tuple[tuple[str, ...], float | None]:
    """The names of the rules that read a draft, and how far ahead of the next its reading is.

    The next is that the number is told of something else, which the doubts speak for: another walk of the sentence or another reading
    of its own choices that came close is one of them.
    """
    places = _places(draft)
    choices = s.choices_at(places)
    rules = [f"{choice.point}: {rule}" for choice in choices for rule in choice.rules] or [draft.rule]
    if draft.period is not None:
        rules.append(f"period: {draft.period.rule}")
    margins = [s.margins[place] for place in places if place in s.margins] or [choice.gap for choice in choices if choice.gap is not None]
    doubt, trust = weights()["doubt"], weights()["trust"]
    signs = find_doubts(draft, s, min(margins, default=None))
    against = sum([doubt[sign] for sign in signs]) + sum([trust[rule] for rule in rules if rule in trust])
    return tuple(dict.fromkeys(rules)), round(max(0.0, trust["a statistic"] - against), 2)


def _period_source(draft: Draft, s: Sentence, period: str | None, dating: Dating) -> str | None:
    """Whether the sentence itself prints the period, it is carried from another place of the text, or assumed."""
    if period is None or draft.period is None:
        return None
    if dating.is_assumed(draft.period):
        return "assumed"
    return "printed" if draft.period.start >= s.start else "carried"


def _comparator(q: Quantity, kind: str, name: str) -> str | None:
    """Return >=, >, <= or <: said outright (不低于), or what a hedge means in a goal (超过90%)."""
    if kind != "target":
        return q.comparator if q.hedge is None else None
    return q.comparator or q.limit or ("<=" if name.endswith("排名") else None)


def _change(text: str, c: ChangeDraft, period: str | None, base: int | None, dating: Dating) -> Change:
    basis = c.basis
    if basis == "year" and base is None:
        basis = "fixed"
    elif basis == "year" and base is not None:
        now = int(period[:4]) if period and period[:4].isdigit() else dating.latest_year(base) + 1
        of_another_length = _WITHIN.match(period or "") is not None and _WHOLE_YEAR.search(c.base or "") is not None
        of_another_length = of_another_length or _SPAN.match(period or "") is not None
        basis = "yoy" if now - base == 1 and not of_another_length else "fixed"  # 前三季度，比2020年全年增长4.5%
    elif basis == "part":
        basis = basis_of_part(c.base or "", period)
    amount = c.amount
    if amount is None:
        said = str(base) if base else None
        return Change(c.direction, None, None, basis, None, None, text[c.start : c.end], c.start, c.end, None, None, said, comparable=c.comparable)
    return Change(
        c.direction,
        c.value,
        c.kind,
        basis,
        amount.hedge,
        amount.resolution,
        text[c.start : c.end],
        c.start,
        c.end,
        amount.start,
        amount.end,
        str(base) if base else None,
        amount.exact,
        c.comparable,
    )


def move(entry: Statement | Other, text: str, doc: str, places: Sequence[int]) -> Statement | Other:
    """Move an entry from the joined text to its place in the raw text."""

    def moved(part, **more):
        start, end = places[part.start], end_of(text, places[part.end - 1])
        return part._replace(start=start, end=end, as_written=text[start:end], **more)

    if isinstance(entry, Other):
        return moved(entry)
    change, previous = entry.change, entry.previous
    if change is not None:
        ends = {}
        if change.amount_start is not None and change.amount_end is not None:
            ends = {"amount_start": places[change.amount_start], "amount_end": end_of(text, places[change.amount_end - 1])}
        change = moved(change, **ends)
    anchor = places[int(entry.id.rpartition(":")[2])]
    quote, start = entry.quote, places[entry.quote_start]
    if entry.cell is None:  # a cell's quote is put together from its heads and labels
        quote = text[start : end_of(text, places[entry.quote_start + len(quote) - 1])]
    return moved(
        entry,
        id=f"{doc}:{anchor}",
        change=change,
        previous=moved(previous) if previous is not None else None,
        quote=quote,
        quote_start=start,
    )
