"""Read a whole document: sentence by sentence into statements, and every other numeral beside them."""

from __future__ import annotations

import re
from decimal import Decimal

from . import mentions, naming
from .binding import bind_sentence
from .dating import Dating
from .drafts import Draft
from .sentence import Context
from .records import Change, Ledger, Other, Previous, Statement

_BREAK = re.compile(r"[。！？!?\n]")
NUMERAL = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*|[零〇○一二三四五六七八九十百千万亿两]+")


def read_text(text: str, doc: str = "text", year: int | None = None) -> Ledger:
    """Return the ledger of a text. ``year`` is the year of publication, where it is known."""
    context, dating = Context(), Dating(text, year)
    entries: list[Statement | Other] = []
    for start, end in sentences(text):
        if text[start - 1:start] == "\n" and start > 1 and text[start - 2] == "\n":
            context = Context(period=context.period)
        tokens = mentions.find_tokens(text, start, end)
        if not tokens:
            continue
        bound = bind_sentence(text, start, end, tokens, context)
        made = [_freeze(text, doc, draft, dating, start, end) for draft in bound.drafts]
        entries += made
        entries += _others(text, bound, made)
    entries += _unread(text, entries)
    entries.sort(key=lambda e: e.start)
    total, covered = _count(text, entries)
    return Ledger(doc, tuple(entries), total, covered)


def sentences(text: str):
    """Yield (start, end) of every sentence."""
    start = 0
    for found in _BREAK.finditer(text):
        end = found.end()
        if found.group() == "\n" and start < found.start() and text[found.start() - 1] in "，、,；" :
            continue
        if found.start() > start:
            yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _freeze(text: str, doc: str, draft: Draft, dating: Dating, low: int, high: int) -> Statement:
    q, change = draft.quantity, draft.change
    period = dating.resolve(text, draft.period)
    frozen = _change(text, change, period, dating) if change else None
    previous = draft.previous
    prior = Previous(previous.value, previous.unit, previous.hedge, previous.resolution, dating.resolve(text, draft.previous_period) if draft.previous_period else None, text[previous.start:previous.end], previous.start, previous.end) if previous else None
    start, end = (q.start, q.end) if q else (frozen.start, frozen.end)
    name = naming.with_measure(draft.name, q.unit if q else None, q.family if q else None)
    return Statement(f"{doc}:{q.start if q else frozen.amount_start}", name, draft.written, q.value if q else None, q.high if q else None,
                     q.unit if q else None, q.hedge if q else None, q.comparator if q else None, q.resolution if q else None,
                     text[start:end], start, end, period, text[draft.period.start:draft.period.end] if draft.period else None,
                     draft.scope, draft.kind, False, frozen, prior, text[low:high].strip(), low, draft.rule)


def _change(text: str, c, period: str | None, dating: Dating) -> Change:
    basis, base = c.basis, None
    if basis == "year":
        base = dating.year_in(c.base)
        now = int(period[:4]) if period and period[:4].isdigit() else dating.said_year
        basis = "yoy" if base and (now is None or now - base == 1) else "fixed"
        base = str(base) if base else None
    a = c.amount
    return Change(c.direction, c.value, c.kind, basis, a.hedge, a.resolution, text[c.start:c.end], c.start, c.end, a.start, a.end, base)


def _others(text, bound, made):
    taken = [(s.start, s.end) for s in made] + [(s.change.start, s.change.end) for s in made if s.change]
    out = []
    for start, end, kind in bound.others:
        if any(a <= start and end <= b for a, b in taken):
            continue
        if NUMERAL.search(text, start, end):
            out.append(Other(text[start:end], start, end, kind))
    return out


def _unread(text, entries):
    spans = sorted(_spans(entries))
    position, index, out = 0, 0, []
    for found in NUMERAL.finditer(text):
        while index < len(spans) and spans[index][1] < found.end():
            index += 1
        if index < len(spans) and spans[index][0] <= found.start():
            continue
        if not any(a <= found.start() and found.end() <= b for a, b in spans[max(0, index - 8):index + 3]):
            out.append(Other(found.group(), found.start(), found.end(), "word"))
    return out


def _spans(entries):
    for e in entries:
        yield e.start, e.end
        if type(e) is Statement:
            if e.change:
                yield e.change.start, e.change.end
            if e.previous:
                yield e.previous.start, e.previous.end


def _count(text, entries):
    total = sum(1 for _ in NUMERAL.finditer(text))
    return total, total
