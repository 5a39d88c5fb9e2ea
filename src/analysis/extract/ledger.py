"""Read a whole document: sentence by sentence into statements, and every other numeral beside them."""

from __future__ import annotations

import re
from datetime import date
from operator import attrgetter

from ..lexicon.script import fold
from . import lines
from .accounting import Span, account, add_missed, find_missed
from .binding import bind_sentence
from .dating import Dating, is_plan
from .freezing import freeze, move
from .mentions import Token, find_tokens
from .naming import topic_of
from .records import Ledger, Other, Statement
from .restoring import restore
from .sentence import Context


def read_text(text: str, doc: str = "text", published: date | None = None) -> Ledger:
    """Return the ledger of a text. ``published`` is the day of publication, where it is known.

    >>> read_text("全市立案30起。", "d").statements[0].id
    'd:4'
    """
    plain = fold(text)
    joined = lines.unwrap(plain)
    if joined is None:
        entries, total, missed = _read(plain, doc, published)
    else:
        entries, _, _ = _read(joined[0], doc, published)
        entries = [move(entry, plain, doc, joined[1]) for entry in entries]
        total, missed = find_missed(plain, entries)
    if missed:
        entries = add_missed(entries, plain, missed)
    entries = restore(entries, text, plain)
    entries.sort(key=attrgetter("start"))
    return Ledger(doc, tuple(entries), total, total)


def _read(text: str, doc: str, published: date | None) -> tuple[list[Statement | Other], int, list[Span]]:
    """Entries of a text whose lines are whole, how many numerals it has, and those no entry holds whole."""
    context, dating = Context(), Dating(text, published)
    statements: list[Statement] = []
    said: list[tuple[int, int, str]] = []
    under_heading = False
    for start, end, first, heading in lines.sentences(text):
        if first:
            dating.start_line()
            context = _at_line(text[start:end], context, heading, under_heading)
            under_heading = heading
            if heading:
                dating.start_section(text[start:end], anew=context.opening is None)
            context.head = lines.caption(text[start:end])
        tokens = find_tokens(text, start, end)
        if not tokens:
            continue
        for token in tokens:
            if token.kind in _DATED and not (heading and _OCCASION.search(text, start, end)):
                dating.note(token, heading)
        bound = bind_sentence(text, start, end, tokens, context)
        bare = heading or (first and lines.is_numbered(text[start:end]))
        nameless = [draft.quantity for draft in bound.drafts if bare and not draft.name and draft.quantity is not None]
        said += [(quantity.start, quantity.end, "heading") for quantity in nameless]  # 一、320.5万件，71万人: the text below says of what
        statements += [freeze(draft, bound, doc, dating) for draft in bound.drafts if not bare or draft.name]
        said += bound.others
        if heading:
            _take_heading(text[start:end], tokens, context)
    others, total, missed = account(text, statements, said)
    return statements + others, total, missed


def _at_line(line: str, context: Context, heading: bool, under_heading: bool) -> Context:
    """The context a line begins with.

    A heading begins something new, except a second line of one heading. A numbered part of a report is still about the
    period the report opens with, a heading inside a part about the part's; what is planned is about neither.
    """
    if heading and lines.is_subheading(line):
        context = Context(period=context.section or context.opening, section=context.section, opening=context.opening)
    elif heading and lines.is_numbered(line) and not is_plan(line):
        context = Context(period=context.opening, opening=context.opening)
    elif heading and not under_heading:
        context = Context()
    elif context.period is not None and context.period.rule == "bare_span":
        context.period = context.section or context.opening  # 四季度 said in one paragraph is not the period of the next
    return context


def _take_heading(line: str, tokens: list[Token], context: Context) -> None:
    """Let the period of a heading date what stands under it; the year of a report or a meeting is not the year reported on."""
    context.head, context.topic = "", topic_of(line)
    if _OCCASION.search(line):
        context.period = context.opening = None
    else:
        context.period = next((token for token in tokens if token.kind == "period"), context.period)
        context.opening = context.opening or context.period
    if lines.is_numbered(line):
        context.section = context.period


_DATED = frozenset(("period", "date"))
_OCCASION = re.compile("工作报告|会议|大会")
