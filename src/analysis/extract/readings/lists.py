"""Lists of years: 2020年至2022年受理案件分别为5件、6件、8件 gives each year its own value."""

from __future__ import annotations

from ...lexicon.wordlists import words
from ..context.written import years_in
from ..mentions import Token
from ..sentence import Sentence


def years_of_list(s: Sentence, length: int) -> list[tuple[Token, int]]:
    """Return the years that a list of ``length`` values goes through, each as a period and how many years after its first; [] where there are none.

    They are printed one by one (2020年、2021年和2022年) or as a span (2020年至2022年), the span here or before.
    """
    run: list[Token] = []
    for token in s.tokens:
        if s.each is None or token.start >= s.each.start:
            break
        if token.kind == "period" or token.rule == "bare_year_as_number":
            run = [*run, token] if run and s.text[run[-1].end : token.start] in _BETWEEN else [token]
    if len(run) == length > 1:
        return [(token, 0) for token in run]
    span = next((token for token in (*run, s.period) if token is not None and token.rule == "year_range"), None)
    if span is None:
        return []
    first, last = years_in(s.text[span.start : span.end])
    return [(span, after) for after in range(length)] if last - first + 1 == length else []


_BETWEEN = frozenset(words("joins"))
