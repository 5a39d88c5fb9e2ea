"""Read a whole document: sentence by sentence into statements, and every other numeral beside them."""

from __future__ import annotations

from operator import attrgetter

from . import lines
from .accounting import Span, add_missed, add_others, find_missed
from .binding import bind_sentence
from .dating import Dating
from .freezing import freeze, move
from .mentions import find_tokens
from .records import Ledger, Other, Statement
from .sentence import Context


def read_text(text: str, doc: str = "text", year: int | None = None) -> Ledger:
    """Return the ledger of a text. ``year`` is the year of publication, where it is known.

    >>> read_text("全市立案30起。", "d").statements[0].id
    'd:4'
    """
    joined = lines.unwrap(text)
    if joined is None:
        entries, total, missed = _read(text, doc, year)
    else:
        entries, _, _ = _read(joined[0], doc, year)
        entries = [move(entry, text, doc, joined[1]) for entry in entries]
        total, missed = find_missed(text, entries)
    if missed:
        entries = add_missed(entries, text, missed)
    entries.sort(key=attrgetter("start"))
    return Ledger(doc, tuple(entries), total, total)


def _read(text: str, doc: str, year: int | None) -> tuple[list[Statement | Other], int, list[Span]]:
    """Entries of a text whose lines are whole, how many numerals it has, and those no entry holds whole."""
    context, dating = Context(), Dating(text, year)
    entries: list[Statement | Other] = []
    missed: list[Span] = []
    total = 0
    for start, end, first, heading in lines.sentences(text):
        if first:
            dating.start_line()
            context = _at_line(text, start, end, heading, context, dating)
        tokens = find_tokens(text, start, end)
        if not tokens:
            continue
        for token in tokens:
            if token.kind == "period" or token.kind == "date":
                dating.note(token)
        bound = bind_sentence(text, start, end, tokens, context)
        made = [freeze(draft, bound, doc, dating) for draft in bound.drafts]
        entries += made
        total += add_others(entries, bound, made, missed)
        if heading:
            context.head = ""
            if lines.is_numbered(text, start):
                context.section = context.period
    return entries, total, missed


def _at_line(text: str, start: int, end: int, heading: bool, context: Context, dating: Dating) -> Context:
    """The context a line begins with: a heading clears it, but a heading inside a part keeps the part's period."""
    if heading:
        context = Context(period=context.section, section=context.section) if lines.is_subheading(text, start) else Context()
        dating.start_section(text[start:end])
    context.head = ""
    return context
