"""Lists of years: 2020年至2022年受理案件分别为5件、6件、8件 gives each year its own value."""

from __future__ import annotations

from ...lexicon.wordlists import words
from ..context.written import length_in, years_in
from ..mentions import Token
from ..sentence import Sentence


def may_list_years(s: Sentence) -> bool:
    """Whether a list of a sentence can go through years at all: most sentences have neither 分别 nor a span or a row of years."""
    if s.each is not None or s.years_listed:
        return True
    return s.period is not None and (s.period.rule in SPANS or (s.period.start > s.start and s.text[s.period.start - 1] in _BETWEEN))


def years_of_list(s: Sentence, length: int, at: int) -> list[tuple[Token, int]]:
    """Return the years that a list of ``length`` values from a place on goes through, each as a period and how many years after its first.

    [] where there are none. They are printed one by one (2020年、2021年和2022年) or as a span (2020年至2022年, 三年来), here or before; a
    further list of the sentence goes through the years of the one before it. One of three and more needs no 分别, nor does one right
    behind a row of so many years.
    """
    if length < 2:
        return []
    if s.each is None:
        before = s.years_listed
        if before:
            return [*before] if len(before) == length else []
        run = _row(s, at)
        if len(run) == length and not any(draft.anchor > run[0].start for draft in s.drafts[:-1]):
            s.years_listed = [(token, 0) for token in run]  # 2021年、2022年移送线索117条、164条
            return [*s.years_listed]
        return [] if length < _PLAIN else _of_span(s, [], length)
    run = years_printed(s)
    years = [(token, 0) for token in run] if len(run) == length else _of_span(s, run, length)
    s.years_listed = years or s.years_listed
    return [*years]  # which are taken one by one


def years_printed(s: Sentence) -> list[Token]:
    """The years that stand in a row before 分别, the last such row."""
    return _row(s, s.each.start) if s.each is not None else []


def _row(s: Sentence, until: int) -> list[Token]:
    """The last row of years that a sentence prints before a place."""
    run: list[Token] = []
    for token in s.tokens:
        if token.start >= until:
            break
        if token.kind == "period" or token.rule == "bare_year_as_number":
            run = [*run, token] if run and s.text[run[-1].end : token.start] in _BETWEEN else [token]
    return run


def _of_span(s: Sentence, run: list[Token], length: int) -> list[tuple[Token, int]]:
    span = next((token for token in (*run, s.period) if token is not None and token.rule in SPANS), None)
    if span is None:
        return []
    said = s.text[span.start : span.end]
    first, last = years_in(said) if span.rule == "year_range" else (1, length_in(said))
    return [(span, after) for after in range(length)] if last - first + 1 == length else []


# Periods of several years, each of which a list may tell of.
SPANS = frozenset(("year_range", "years_past"))


_BETWEEN = frozenset(words("joins"))
# How many values of a list without 分别 are one for each year of a span.
_PLAIN = 3
