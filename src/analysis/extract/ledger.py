"""Read a whole document: sentence by sentence into statements, and every other numeral beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from . import lines, naming
from .binding import bind_sentence
from .dating import Dating, year_in
from .drafts import ChangeDraft, Draft
from .kinds import kind_of
from .mentions import Quantity, find_tokens
from .records import Change, Ledger, Other, Previous, Statement
from .sentence import Context, Sentence

# What the ledger must account for: every run of digits, and every run of Chinese numerals.
NUMERAL = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*|[零〇○一二三四五六七八九十百千万亿两]+")


def read_text(text: str, doc: str = "text", year: int | None = None) -> Ledger:
    """Return the ledger of a text. ``year`` is the year of publication, where it is known."""
    wrapped = lines.unwrap(text)
    joined = wrapped[0] if wrapped else text
    entries = _read(joined, doc, year)
    if wrapped:
        entries = [_replaced(entry, text, doc, wrapped[1]) for entry in entries]
    total, missed = account(text, entries)
    if missed:
        entries = _with_missed(entries, text, missed)
    entries.sort(key=_place)
    return Ledger(doc, tuple(entries), total, total)


def _read(text: str, doc: str, year: int | None) -> list[Statement | Other]:
    context, dating = Context(), Dating(text, year)
    entries: list[Statement | Other] = []
    for start, end, first, heading in lines.sentences(text):
        if heading:
            context = Context(period=context.section, section=context.section) if lines.is_subheading(text, start) else Context()
            dating.start_section(text[start:end])
        if first:
            dating.start_line()
            context.head = ""
        tokens = find_tokens(text, start, end)
        if tokens:
            for token in tokens:
                if token.kind in ("period", "date"):
                    dating.note(token)
            bound = bind_sentence(text, start, end, tokens, context)
            made = [_statement(draft, bound, doc, dating) for draft in bound.drafts]
            entries += made
            _add_others(entries, bound, made)
            if heading:
                context.head = ""
                if lines.is_numbered(text, start):
                    context.section = context.period
    return entries


def _statement(draft: Draft, s: Sentence, doc: str, dating: Dating) -> Statement:
    q, text = draft.quantity, s.text
    base = year_in(draft.change.base) if draft.change is not None and draft.change.base else None
    period = dating.resolve(draft.period, base)
    change = _change(text, draft.change, period, base, dating) if draft.change is not None else None
    prior = draft.previous_period and dating.resolve(draft.previous_period)
    if draft.span and prior and period:
        period = f"{prior}..{period}"
    previous = draft.previous
    if previous is not None:
        previous = Previous(previous.value, previous.unit, previous.hedge, previous.resolution, prior,
                            text[previous.start:previous.end], previous.start, previous.end)
    said = text[draft.period.start:draft.period.end] if draft.period is not None else None
    kind = kind_of(s, draft)
    shared = (period, said, draft.scope, kind, change is not None and change.amount_start is None, change, previous, *s.quote, draft.rule)
    if q is None:
        return Statement(f"{doc}:{change.start if change.amount_start is None else change.amount_start}", draft.name, draft.written, None, None, None, None, None, None,
                         change.as_written, change.start, change.end, *shared)
    name = naming.with_measure(draft.name, q.unit, q.family)
    return Statement(f"{doc}:{q.start}", name, draft.written, q.value, q.high, q.unit, q.hedge, _comparator(q, kind, name), q.resolution,
                     text[q.start:q.end], q.start, q.end, *shared)


def _comparator(q: Quantity, kind: str, name: str) -> str | None:
    """Return >=, >, <= or <: said outright (不低于), or what a hedge means in a goal (超过90%)."""
    if kind != "target":
        return q.comparator if q.hedge is None else None
    return q.comparator or q.limit or ("<=" if name.endswith("排名") else None)


def _change(text: str, c: ChangeDraft, period: str | None, base: int | None, dating: Dating) -> Change:
    basis = c.basis
    if basis == "year":
        now = int(period[:4]) if period and period[:4].isdigit() else dating.latest_year(base) + 1
        basis = "yoy" if now - base == 1 else "fixed"
    amount = c.amount
    if amount is None:
        return Change(c.direction, None, None, basis, None, None, text[c.start:c.end], c.start, c.end, None, None, str(base) if base else None)
    return Change(c.direction, c.value, c.kind, basis, amount.hedge, amount.resolution, text[c.start:c.end], c.start, c.end,
                  amount.start, amount.end, str(base) if base else None)


def _spans(entry: Statement | Other) -> list[tuple[int, int]]:
    """Every span of the text an entry speaks for."""
    spans = [(entry.start, entry.end)]
    if type(entry) is Statement:
        spans += [(part.start, part.end) for part in (entry.change, entry.previous) if part is not None]
    return spans


def _add_others(entries: list, s: Sentence, made: list[Statement]) -> None:
    """Add the numerals of a sentence that are no statistic, each once."""
    text = s.text
    taken = [span for statement in made for span in _spans(statement)]
    noted = sorted(s.others)
    index = reach = 0
    for found in NUMERAL.finditer(text, s.start, s.end):
        a, b = found.span()
        if a < reach:
            continue
        while index < len(noted) and noted[index][1] <= a:
            index += 1
        kind = "word"
        if index < len(noted) and noted[index][0] < b:
            a, b, kind = noted[index]
        # A numeral that is part in, part out of a span is left to the whole text's account.
        if found.end() <= b and not any(x < b and a < y for x, y in taken):
            entries.append(Other(text[a:b], a, b, kind))
            reach = b


def account(text: str, entries: list) -> tuple[int, list[tuple[int, int]]]:
    """Count the numerals of a text; return the number, and the spans of those that lie in no entry."""
    spans = sorted(span for entry in entries for span in _spans(entry))
    spans.append((len(text) + 1, 0))
    total = index = reach = 0
    missed = []
    for found in NUMERAL.finditer(text):
        total += 1
        start, end = found.span()
        while spans[index][0] <= start:
            if spans[index][1] > reach:
                reach = spans[index][1]
            index += 1
        if end > reach:
            missed.append((start, end))
    return total, missed


def _with_missed(entries: list, text: str, missed: list[tuple[int, int]]) -> list:
    """Add the numerals no entry holds: a page's anchor between joined lines, or what runs on past an entry.

    An other number takes in what runs on past it; beside a statement the rest stands for itself.
    """
    held = sorted(((a, b, entry) for entry in entries for a, b in _spans(entry)), key=lambda span: span[:2])
    starts = [a for a, _, _ in held]
    gone: set[int] = set()
    added: list[Other] = []
    for start, end in missed:
        last = bisect_left(starts, end)
        touching = [(a, b, entry) for a, b, entry in held[max(0, last - 40):last] if start < b]
        others = [entry for _, _, entry in touching if type(entry) is Other]
        if len(others) == len(touching):
            gone.update(map(id, others))
            start, end = min([start, *(e.start for e in others)]), max([end, *(e.end for e in others)])
            added.append(Other(text[start:end], start, end, others[0].type if others else "markup"))
            continue
        for a, b, _ in [*touching, (end, end, None)]:
            if start < a and NUMERAL.search(text, start, a):
                added.append(Other(text[start:a], start, a, "word"))
            start = max(start, b)
    return [entry for entry in entries if id(entry) not in gone] + added


def _place(entry: Statement | Other) -> int:
    return entry.start


def _replaced(entry, text: str, doc: str, places: list[int]):
    """Move an entry from the joined text to its place in the raw text."""
    def moved(part, **more):
        start, end = places[part.start], places[part.end - 1] + 1
        return replace(part, start=start, end=end, as_written=text[start:end], **more)

    if type(entry) is Other:
        return moved(entry)
    change, previous = entry.change, entry.previous
    if change is not None:
        ends = {} if change.amount_start is None else {"amount_start": places[change.amount_start], "amount_end": places[change.amount_end - 1] + 1}
        change = moved(change, **ends)
    anchor = places[int(entry.id.rpartition(":")[2])]
    start, end = places[entry.quote_start], places[entry.quote_start + len(entry.quote) - 1] + 1
    return moved(entry, id=f"{doc}:{anchor}", change=change, previous=moved(previous) if previous is not None else None,
                 quote=text[start:end], quote_start=start)
