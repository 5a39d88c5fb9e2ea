"""Phase two of the periods: period strings (2017, 2019H1, 2020-01..2020-08, 2014..) from what a text prints and from what kind of text it is.

A word such as 去年 is resolved only when some printed date fixes it: the date line, a base year named
beside it (去年 ... 比2013年), or the years the document itself reports on.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

from ...lexicon.wordlists import words
from ...periods import canonical, is_period, months
from ..grammar import compiled
from ..mentions import Token
from . import reaching, republic
from .datelines import date_line_of, month_of_issue
from .noted import MONTH, Noted
from .plans import Plans
from .reaching import THIS_YEAR, ToldMonths
from .reported import Reported
from .written import RELATIVE, TO_ASCII, YEAR, day_period, is_plan, last_month, months_of_any_year, part_of, plan_period, span_of, year_in, year_of
from .years_back import YearsBack, is_before_last

_REVIEW, _OF_A_SOURCE = compiled("review"), compiled("year_of_a_source")
_NOT_YET = "not resolved yet"

_NAMED_BY_YEAR = frozenset(("relative_year", "bare_span", "year_of_the_republic"))
# Years told from the one printed last before them, by how much later they are.
FROM_BEFORE = {"same_year": 0, "next_year": 1}
COMING_YEAR = "coming_year"
_ASIDE, _THAT_YEAR, _YEAR_ENDS = frozenset("（("), words("that_year"), "".join(words("year_end_signs"))
_OPEN = ".."
_COUNTED_TO = compiled("counted_to")
_BEFORE_IT = compiled("before_that_time")
_TO_COME, _PAST = compiled("time_to_come"), frozenset(("years_past", "past_year"))
_LAST_OF_A_SUM = frozenset(("part_of_year", "month_of_year", "relative_year", "year_to_its_last_day", "bare_span", "same_year"))


class Dating:
    """Resolves the period words of one document, in the order of the text."""

    def __init__(self, text: str, published: date | None = None):
        day = (published.year, published.month) if published else date_line_of(text)
        self._day = day
        self.this_year = day[0] if day else None
        self._this_month = day[1] if day else None
        self._text, self._head = text, text[:20000]
        self._reports, self._told, self.plans = Reported(self._head), ToldMonths(), Plans()
        self._known: dict[int, str | None] = {}
        self._assumed: set[int] = set()
        self._line_year: int | None = None
        self._heading_year: int | None = None
        self._first_year: int | None = None
        self._year_of_part: dict[tuple[int, int] | str, int] = {}
        self._section: tuple[int, int | None] | None = None
        self._plans_ahead = False
        self._noted = Noted(text)
        self._back = YearsBack(text, self._noted, self._reports, day)

    def start_section(self, heading: str, at: int, anew: bool) -> None:
        """Take the year of a heading: under 2024年工作回顾 去年 is 2024, under 2025年工作安排 今年 is 2025.

        ``anew``: whether what stands under it has nothing to do with what came before.
        """
        self.plans.note(heading, at)
        self._plans_ahead = is_plan(heading) and _REVIEW.search(heading) is None
        year = year_in(heading)
        if year is not None:
            back, within = _REVIEW.search(heading) is not None, part_of(heading.translate(TO_ASCII), year)
            # what a half-year was like is told within the year
            self._section = year, 1 if back and not within else 0 if back or is_plan(heading) else None
        if anew:
            self._heading_year = self._first_year = None

    def start_line(self) -> None:
        """Forget the year a bare 上半年 would take from the sentences before it."""
        self._line_year = None

    def note(self, token: Token, heading: bool) -> None:
        """Remember the year a period prints: a bare 上半年 after it in the same line takes it (elsewhere: `_year_of_span`)."""
        written = self._text[token.start : token.end]
        year = year_in(written)
        if year is None:
            if (token.rule == "next_year" or written.startswith(_THAT_YEAR)) and (following := self.resolve(token)) is not None:
                self._noted.add(token.start, int(following[:4]))
            if token.rule in _NAMED_BY_YEAR and (resolved := self._noted_as(token, written)) and resolved[:4].isdigit():
                self._line_year = int(resolved[:4])
                self._noted.add_month(token.start, resolved)
                if self._text[token.start - 1 : token.start] not in _ASIDE:
                    self._noted.add_relative(token.start, self._line_year)  # 去年，…。全年…
                if token.rule == "year_of_the_republic":
                    self._first_year = self._first_year or self._line_year
            return
        if self._text[token.start - 1 : token.start] in _ASIDE or _OF_A_SOURCE.match(self._text, token.start - 1) is not None:
            return  # （一九八九年十二名）; 由2020年的87.3%上升至
        if _BEFORE_IT.match(self._text, token.end) is not None:
            return  # 对2016年以前的旧存案件
        self._line_year = year
        if token.kind != "period":
            self._noted.add_day(token.start, year)
        else:
            self._note_years(token, written)
            resolved = self._resolve(written, None, token)
            self._told.note(resolved)
            self._back.note(resolved)
            self._noted.add_month(token.start, resolved)
            if token.rule != "year_range":
                self._year_of_part[months_of_any_year(written.translate(TO_ASCII))] = year
                self._first_year = self._first_year or year
                if heading:
                    self._heading_year = year

    def _note_years(self, token: Token, written: str) -> None:
        """Remember the years of a period by their places: what is told next of 全年 is told of the last (2015年至2017年，…。全年…)."""
        for found in YEAR.finditer(written):
            self._noted.add(token.start + found.start(), year_of(found[0]))

    def _noted_as(self, token: Token, written: str) -> str | None:
        """What a period without a year is when it is met: a bare 前三季度 is of the year before it, not of a 去年 behind it."""
        resolved = self._resolve(written, None, token)
        self._told.note(resolved)
        if token.rule == "bare_span" and resolved is not None:
            self._known[token.start] = resolved
        return resolved

    def resolve(self, token: Token | None, base: int | None = None) -> str | None:
        """Return the period string of a period token; ``base`` is the year a change beside it is measured against."""
        if token is None:
            return None
        known = self._known.get(token.start, _NOT_YET)
        if known is _NOT_YET or (known is None and base):
            found = self._resolve(self._text[token.start : token.end], base, token)
            known = self._known[token.start] = found if found is not None and is_period(found) else None  # not 2021年16月
        return known

    @cached_property
    def counts_from_the_republic(self) -> bool:
        """Whether 105年 is a year of this text."""
        return republic.counts_from_it(self._head)

    def is_assumed(self, token: Token) -> bool:
        """Whether no printed date fixes a period: it is the year the document speaks of most."""
        return token.start in self._assumed

    @property
    def year_told_of(self) -> int | None:
        """The year that the text reports on, as far as it says."""
        return self._reports.last

    def _resolve(self, written: str, base: int | None, token: Token) -> str | None:
        plain = written.translate(TO_ASCII).strip('“”"‘’')
        if THIS_YEAR in plain[1:] and self.this_year is not None:
            plain = plain.replace(THIS_YEAR, f"{self.this_year}年")
        if plain.startswith("十") and token.rule != "bare_span":  # not 十二月份
            return plan_period(plain)
        if token.rule == "days_of_a_year":
            return None
        if token.rule == "same_month":
            return self._noted.month_before(token.start) or month_of_issue(self._head, self._day)
        if token.rule == "years_past":
            return self._years_back(plain, token)
        if token.rule == "year_of_the_republic" or (token.rule in _MAY_BE_OF_IT and self.counts_from_the_republic and republic.may_be_of_it(plain)):
            return republic.period_of(plain, token.rule == "since")
        years = [year_of(year) for year in YEAR.findall(plain)]
        if token.rule == "days":
            return day_period(plain, years[0], years[-1])
        if token.rule == "bare_days":
            year = self._year_of_span(plain, token.start)
            return day_period(plain, year, year) if year is not None else None
        if len(years) == 2:
            return span_of(plain, years)
        year = years[0] if years else year_of(plain[:2]) if token.rule == "short_year" else self._relative_year(plain, base, token)
        if year is None:
            return None
        plain = plain.rstrip(_YEAR_ENDS) if token.rule == "since" else plain  # 自2014年12月底…以来
        period = reaching.closed(self._text, token.start, f"{year}{part_of(plain, year)}")
        period = self._told.so_far(period) if plain.startswith(THIS_YEAR) else period
        if token.rule in _LAST_OF_A_SUM and (begun := self._begun(reaching.first_before(self._text, token.start, token.end), year)):
            if token.rule != "bare_span" or begun.startswith(f"{year}-"):  # 2015年7月，开展行动。截至12月底，共抓获
                return canonical(f"{begun}..{period}") if MONTH.fullmatch(begun) else f"{begun}..{period}" if begun != period else period
        if MONTH.fullmatch(period) and _COUNTED_TO.search(self._text, max(token.start - 3, 0), token.start) is not None:
            return self._up_to(token, period, year)
        if token.rule in _LAST_OF_A_SUM and reaching.began_undated(self._text, token.start):
            return None
        return f"{period}.." if token.rule == "since" and ".." not in period else period

    def _up_to(self, token: Token, month: str, year: int) -> str:
        """The period of what is counted up to a month: one told of already that ends so, else from January where it began so, else the month."""
        from_january = canonical(f"{year}-01..{month}")
        if reaching.begins_with_its_year(self._text, token.start):
            return from_january
        if reaching.counts_a_stock(self._text, token.end):
            return month
        if (told := self._told.up_to(month)) is not None:
            return told  # 2019年上半年，…。截至2019年6月末，…
        return from_january if self._told.tells_from_january(year) and reaching.counted_in_all(self._text, token.end) else month

    def _begun(self, written: str | None, last: int) -> str | None:
        """The period in which a sum began that ends in a year, None for what is no time before it."""
        if written is None:
            return None
        plain = written.translate(TO_ASCII)
        offset = RELATIVE.get(plain[:2])
        year = year_in(plain) if offset is None else self.this_year + offset if self.this_year is not None else None
        return f"{year}{part_of(plain, year)}" if year is not None and year <= last else None

    def _relative_year(self, plain: str, base: int | None, token: Token) -> int | None:
        if token.rule in FROM_BEFORE:
            year = self._noted.before(token.start, plain, telling_of_the_past=self.this_year is None)
            return year + FROM_BEFORE[token.rule] if year is not None else None
        offset = RELATIVE.get(plain[:2])
        if token.rule == COMING_YEAR:
            return self._coming_year(token)
        if offset is None and token.rule not in _PAST:
            return self._year_of_span(plain, token.start)
        offset = -1 if offset is None else offset
        if offset == 0 and (until := reaching.year_up_to(self._text, token.start)) is not None:
            return until  # 截至2021年12月31日，本年度共审结
        if self.this_year is not None:
            return self.this_year + offset
        if base is not None and offset != -2:
            return base + 1
        if self._section is not None and (offset == 0 or self._section[1] is not None):
            year, ahead = self._section
            return year + offset + (ahead or 0)
        if offset == 0 and part_of(plain, 0) not in ("", _OPEN):
            told = self._year_of_part.get(months_of_any_year(plain)) or reaching.only_year_of_part(self._head, plain[2:])  # 2023年上半年, 今年1-6月
            return told or reaching.only_year_up_to(self._head)
        if offset == -1 and plain.startswith(_BEFORE_THE_TOLD) and (told := self._noted.before(token.start, plain)) is not None:
            return told - 1  # 2018年，立案率达36%，而上年全年仅为21%
        if offset == -1:
            self._assumed.add(token.start)
            return self._reports.last
        return self._reports.only if offset == 0 and not part_of(plain, 0) else None

    def _coming_year(self, token: Token) -> int | None:
        """The year after the date line's, else after the one that the text reports on, which is the present one where it tells of no other."""
        if self.this_year is None and self._reports.last is not None and THIS_YEAR not in self._head:
            self._assumed.add(token.start)
            return self._reports.last + 1
        return self.this_year + 1 if self.this_year is not None else None

    def _years_back(self, plain: str, token: Token) -> str | None:
        found, assumed = self._back.years(plain, token)
        self._assumed |= {token.start} if assumed else set()
        return found

    def _year_of_span(self, plain: str, start: int) -> int | None:
        """The year of a bare 1月至4月: the one just printed, else the heading's, else the last that such months were over in at the date line.

        Of what is planned (第四季度，计划抽检90批次) it is the date line's, or the next.
        """
        if self._line_year or self._heading_year:
            return self._line_year or self._heading_year
        if self.this_year is not None and self._this_month is not None:
            ahead, last = _TO_COME.match(self._text, start + len(plain)) is not None, last_month(plain)
            if self._plans_ahead or ahead:
                return self.this_year + (ahead and last < self._this_month)
            return self.this_year - (last > self._this_month)
        found = self._first_year or self._reports.only or reaching.only_year_of_part(self._head, plain)  # 1月 in a headline, 2026年1月 below it
        return found or reaching.only_year_up_to(self._head)

    def is_to_come(self, token: Token) -> bool:
        """Whether what is told of a period is still to be done: it goes on behind the date line (2019年8月2日 ⏎ 下半年，全省将完成), or is a later
        year than the one that the title and the text report on, and not over by the date line."""
        found = months(told) if (told := self.resolve(token)) is not None else None
        today = 12 * self.this_year + self._this_month if self.this_year is not None and self._this_month is not None else None
        if found is None or (today is not None and found[1] < today):
            return False
        if self._reports.of_title is not None and found[0] >= 12 * (self._reports.of_title + 1) and found[1] - found[0] >= _HALF_A_YEAR:
            return True
        return today is not None and _TO_COME.match(self._text, token.end) is not None

    def base_year(self, written: str) -> int | None:
        """The year that a basis names: as printed, or the one before the year looked back on (较前年); None where it names none."""
        if republic.may_be_of_it(written) and (republic.names_it(written) or self.counts_from_the_republic):
            return republic.year_of(written)
        year = year_in(written)
        if year is None and is_before_last(written):
            last = self.this_year - 1 if self.this_year else self._reports.last
            return last - 1 if last else None
        return year

    def latest_year(self, base: int) -> int:
        """The year before the one a report is about, as far as its text shows: the latest printed, at least ``base``."""
        return max(base, self.this_year - 1 if self.this_year else 0, (self._reports.last or 0) - 1)

    def is_over(self, year: int) -> bool:
        """Whether a year lies behind the document: before its date line, else up to its title's year, the last it reports on, or this program's."""
        if self.this_year is not None:
            return year < self.this_year
        return year <= (self._reports.of_title or max(self._reports.last or 0, WRITTEN))


_BEFORE_THE_TOLD, _HALF_A_YEAR = "上年", 5  # from its first month to its last
_MAY_BE_OF_IT = frozenset(("short_year", "since"))
# Of a text without any date: a year no later than this is over, since texts are older than their reader.
WRITTEN = 2025
