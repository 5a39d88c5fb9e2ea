"""Lists of years: 2020年至2022年受理案件分别为5件、6件、8件 gives each year its own value."""

from __future__ import annotations

from ...lexicon.wordlists import words
from ..context.written import years_in
from ..mentions import Token
from ..sentence import Sentence


def may_list_years(s: Sentence) -> bool:
    """Whether a list of a sentence can go through years at all: most sentences have neither 分别 nor a span of years."""
    return s.each is not None or bool(s.years_listed) or (s.period is not None and s.period.rule == "year_range")


def years_of_list(s: Sentence, length: int) -> list[tuple[Token, int]]:
    """Return the years that a list of ``length`` values goes through, each as a period and how many years after its first; [] where there are none.

    They are printed one by one (2020年、2021年和2022年) or as a span (2020年至2022年), the span here or before; a further list of the sentence
    goes through the years of the one before it, and one of three and more needs no 分别.
    """
    if length < 2:
        return []
    if s.each is None:
        before = s.years_listed
        return [*before] if len(before) == length else [] if length < _PLAIN or before else _of_span(s, [], length)
    run = years_printed(s)
    years = [(token, 0) for token in run] if len(run) == length else _of_span(s, run, length)
    s.years_listed = years or s.years_listed
    return [*years]  # which are taken one by one


def years_printed(s: Sentence) -> list[Token]:
    """The years that stand in a row before 分别, the last such row."""
    run: list[Token] = []
    for token in s.tokens:
        if s.each is None or token.start >= s.each.start:
            break
        if token.kind == "period" or token.rule == "bare_year_as_number":
            run = [*run, token] if run and s.text[run[-1].end : token.start] in _BETWEEN else [token]
    return run


def _of_span(s: Sentence, run: list[Token], length: int) -> list[tuple[Token, int]]:
    span = next((token for token in (*run, s.period) if token is not None and token.rule == "year_range"), None)
    if span is None:
        return []
    first, last = years_in(s.text[span.start : span.end])
    return [(span, after) for after in range(length)] if last - first + 1 == length else []


_BETWEEN = frozenset(words("joins"))
# How many values of a list without 分别 are one for each year of a span.
_PLAIN = 3
