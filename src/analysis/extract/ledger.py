"""Read a whole document: sentence by sentence into statements, and every other numeral beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from ..collector import collector_paused
from ..lexicon.script import fold
from . import lines, wrapping
from .accounting import Span, account, complete, find_missed
from .binding import bind_sentence
from .context import periods
from .context.dating import FROM_BEFORE, Dating
from .context.handed import Context
from .context.titles import is_of_title, name_of_title, topic_of_title
from .context.written import is_plan
from .drafts import Draft
from .freezing import freeze, move
from .items import tell_apart
from .marks import note_marks, taken_out, without_marked
from .mentions import Token, find_tokens
from .naming import counted_under
from .readings.bases import BETWEEN_BASES
from .readings.completing import take_deed
from .readings.owners import hand_back
from .records import Ledger, Other, Statement
from .restoring import restore
from .sentence import Sentence
from .spacing import changed, leaders, wide_blanks

# Of the year or month printed last.
_SAME = frozenset((*FROM_BEFORE, "same_month"))
_DATED = frozenset(("period", "date"))
# Of a sentence with nothing else in it there is nothing to bind.
_WORDS = frozenset(("other",))
# Characters of a heading that runs into its line.
_RUN_IN = 24


@collector_paused()
def read_text(text: str, doc: str = "text", published: date | None = None, plain: str | None = None) -> Ledger:
    """Return the ledger of a text. ``published`` is the day of publication, where it is known; ``plain`` the text in one script, where it is at hand.

    >>> read_text("全市立案30起。", "d").statements[0].id
    'd:4'
    """
    plain = fold(text) if plain is None else plain
    said = without_marked(plain)
    shown, places = _shown(plain)
    entries, total, missed = _read(shown, doc, published)
    if places is not None:
        entries = [move(entry, said, doc, places) for entry in entries]
    if places is not None or said != plain:  # what was struck out has numerals too
        total, missed = find_missed(plain, entries)
    entries, covered = complete(entries, plain, total, missed)
    entries = restore(entries, text, said)
    entries.sort(key=attrgetter("start"))
    return Ledger(doc, tuple(entries), total, covered)


def _shown(plain: str) -> tuple[str, list[int] | None]:
    """A text as it is shown and set: without what its marks take back and marks of notes, with plain blanks in its sentences, and with whole lines;
    and, where it is another, the place of each of its signs."""
    text, places = plain, None
    for changes in (taken_out, note_marks, leaders, wide_blanks, wrapping.breaks):
        found = list(changes(text))
        if found:
            text, moved = changed(text, found)
            places = moved if places is None else [places[at] for at in moved]
    return text, places


def _read(text: str, doc: str, published: date | None) -> tuple[list[Statement | Other], int, list[Span]]:
    """Entries of a text whose lines are whole, how many numerals it has, and those no entry holds whole."""
    context, dating = Context(), Dating(text, published)
    read: list[tuple[Draft, Sentence]] = []
    said: list[tuple[int, int, str]] = []
    under_heading, theme, opening = False, "", len(text) - len(text.lstrip())
    for start, end, first, heading in lines.sentences(text):
        tokens = find_tokens(text, start, end)
        if first:
            told_above = context.title if is_of_title(text, start, tokens) else ""
            heading = heading and not told_above
            dating.start_line()
            context.start_line(lines.follows_its_whole(text, start), lines.is_subheading(text[start:end]))
            context.leave_plans()
            below = context.same_below
            context = periods.at_line(text, (start, end), context, dating, heading, under_heading)
            context.same_below = below
            under_heading = heading
            if heading:
                dating.start_section(text[start:end], start, anew=context.opening is None)
            context.title = told_above or name_of_title(text, (start, end), tokens, heading)
            caption = lines.caption(text[start:end])
            context.head = counted_under(caption) or caption or told_above or context.above
            context.objects = () if caption or told_above else context.objects
            if not heading and end - start < _RUN_IN and lines.is_part(text[start:end]) and is_plan(text[start:end]):
                context.enter_plans()
        elif caption := lines.caption(text[start:end], numbered=True):
            context.head, context.objects = caption, ()  # 4.入室盗窃。上升5%。5.抢夺。下降3%。
        if not tokens and not heading:
            context.levels = ()
            continue
        context.begin(text, start)
        if _WORDS.issuperset([token.kind for token in tokens]):
            said += [(token.start, token.end, token.meaning["type"]) for token in tokens]
            context.basis, context.levels = None, ()
        else:
            _date(text, (start, end), tokens, dating, heading)
            bound = bind_sentence(text, start, end, tokens, context)
            hand_back(bound)
            numbered = first and bool(bound.drafts) and end - start <= wrapping.WRAP_WIDTH and lines.is_part(text[start:end])
            read += _told(bound, heading or numbered, dating, said)
            if not (heading or bound.drafts):
                periods.take_lead(text, (start, end), context)
            context.levels = () if heading else tuple(bound.levels) or (context.levels if bound.back else ())
        if heading:
            periods.take_heading(text, (start, end), tokens, context, theme)
            if start <= opening:
                theme = topic_of_title(text, (start, end), tokens)
                context.topic = context.topic or theme
            take_deed(text[start:end], context)
    statements = tell_apart(text, [freeze(draft, sentence, doc, dating) for draft, sentence in read])
    others, total, missed = account(text, statements, said)
    return statements + others, total, missed


def _told(bound: Sentence, bare: bool, dating: Dating, said: list[tuple[int, int, str]]) -> Iterator[tuple[Draft, Sentence]]:
    """The statements of a sentence, those of a heading (``bare``) that have a name; note in ``said`` what else it prints."""
    for draft in bound.drafts:
        if not bare or draft.name:
            based = draft.change is not None and draft.change.base
            dating.resolve(draft.period, dating.base_year(based) if based else None)  # while what is around them is known
            dating.resolve(draft.previous_period)
            yield draft, bound
        elif draft.quantity is not None:
            said.append((draft.quantity.start, draft.quantity.end, "heading"))  # 一、320.5万件，71万人: the text below says of what
    said += bound.others


def _date(text: str, sentence: tuple[int, int], tokens: list[Token], dating: Dating, heading: bool) -> None:
    """Note the times a sentence prints; those that date nothing become asides or lengths of time."""
    base = -1  # where a list of bases ends: 比2010、2011年同期分别下降12%和7%
    for token in tokens:
        if token.kind == "basis" or (base >= 0 and token.kind in _DATED and text[base : token.start] in BETWEEN_BASES):
            base = token.end
            continue
        if token.kind not in _DATED:
            continue
        if token.rule in _SAME and dating.resolve(token) is None:
            token.kind = "aside"  # 全年 of no year yet printed
        elif token.rule in periods.DATES_NOTHING and periods.dates_nothing(text, token, sentence[1], dating):
            token.kind = "duration"  # 继2005年以来连续第五年下降; 红军长征胜利100年
            continue
        if token.kind in _DATED and not (heading and periods.OCCASION.search(text, *sentence)):
            dating.note(token, heading)
