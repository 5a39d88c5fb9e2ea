"""The years that 五年来 and 过去三年 go back over."""

from __future__ import annotations

import re

from ...lexicon.wordlists import words
from ...periods import months
from ..mentions import Token
from .noted import Noted
from .reaching import years_in_all
from .reported import Reported
from .written import length_in

_YEARS = re.compile("[0-9]{4}[.][.](?:[0-9]{4})?|([0-9]{4})-[0-9]{2}[.][.](?!\\1)[0-9]{4}-[0-9]{2}")
# 五年来, 五年间: years up to now; 五年共, 五年中共: those just told of.
_PAST_ENDS = frozenset("来间")
# A report made in these months looks back on the years before its own.
_LOOKS_BACK = 4
# 十多年来 says of no number of years.
_AND_MORE = "多"


def _is_so_long(span: str | None, years: int) -> bool:
    """Whether a span is longer than some years by less than one (四年多来 of 2017-07..2021-12)."""
    told = months(span) if span is not None else None
    return told is not None and 12 * years < told[1] - told[0] + 1 < 12 * (years + 1)


class YearsBack:
    """What a text tells of spans of years, and when it was written (year and month), for those that it only counts."""

    def __init__(self, text: str, noted: Noted, reports: Reported, written: tuple[int, int] | None) -> None:
        self._text, self._noted, self._reports, self._written = text, noted, reports, written
        self._long: str | None = None

    def note(self, period: str | None) -> None:
        """Remember a span of years that a text prints."""
        if period is not None and _YEARS.fullmatch(period):
            self._long = period

    def years(self, plain: str, token: Token) -> tuple[str | None, bool]:
        """The years that a phrase goes back over, and whether no printed date fixes them.

        They are those the text prints as a span of that length, else the last before its date line.
        """
        length = length_in(plain)
        if _AND_MORE in plain:
            return (self._long if _is_so_long(self._long, length) else None), False
        span = years_in_all(self._text, self._noted.of_periods, token.start, length)
        told = next(((first, last) for first, last in self._reports.spans if last - first + 1 == length), None)
        if span is not None and self._text[token.end - 1] not in _PAST_ENDS and (told is None or span[1] <= told[1]):
            return f"{span[0]}..{span[1]}", False  # 1980年…。至1985年，六年共受理
        span, assumed = told, False
        if span is None and self._written is not None and self._written[1] <= _LOOKS_BACK:
            span, assumed = (self._written[0] - length, self._written[0] - 1), True
        if span is None or not length:
            if self._long is not None and length > 1:
                return self._long, assumed  # the span that is told of already (2013年以来)
            span = self._years_up_to(self._noted.before(token.start), length)
            if span is None or length == 1:
                return str(span[1]) if span is not None else None, assumed  # 2015年，…。一年来，…
            assumed = True
        return str(span[1]) if length == 1 else f"{span[0]}..{span[1]}", assumed

    def _years_up_to(self, year: int | None, length: int) -> tuple[int, int] | None:
        """So many years up to the one printed last, where the text reports on that: 2023年，…。三年来，…"""
        if year is None or not length or self._reports.last not in (None, year) or (self._written is not None and length > 1):
            return None
        return year - length + 1, year


def is_before_last(written: str | None) -> bool:
    """Whether a basis is the year before the last."""
    return written is not None and any(word in written for word in _YEAR_BEFORE_LAST)


_YEAR_BEFORE_LAST = words("year_before_last")
