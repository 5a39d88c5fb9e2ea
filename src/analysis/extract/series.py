"""Lists of years: 2020年至2022年受理案件分别为5件、6件、8件 gives each year its own value."""

from __future__ import annotations

from .dating import years_in
from .mentions import Token
from .sentence import Sentence


def years_of_list(s: Sentence, length: int) -> list[tuple[Token, int]]:
    """Return the years that a list of ``length`` values goes through, each as a period and how many years after its first; [] where there are none.

    They are printed as a span (2020年至2022年), here or before, or one by one in this clause (2020年、2021年和2022年), or
    in the one before.
    """
    spans = [token for token in (s.clause_period, s.period) if token is not None and token.rule == "year_range"]
    if spans:
        first, last = years_in(s.text[spans[0].start:spans[0].end])
        return [(spans[0], after) for after in range(length)] if last - first + 1 == length else []
    years = _years(s, s.clause_begin, s.each.start) or _years(s, *s.last_clause)
    apart = all(s.text[a.end:b.start] in _BETWEEN for a, b in zip(years, years[1:]))
    return [(token, 0) for token in years] if len(years) == length and apart else []


def _years(s: Sentence, start: int, end: int) -> list[Token]:
    return [token for token in s.tokens if token.kind == "period" and token.rule == "part_of_year" and start <= token.start < end]


_BETWEEN = frozenset("、和与及")
