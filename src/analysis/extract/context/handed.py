"""What a sentence hands on to the next."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from ...lexicon.wordlists import words
from ..drafts import Draft
from ..grammar import compiled
from ..mentions import Token

# A year whose part that is told of dates a figure: 上半年收案30件，2019年同期收案28件.
SAME_OF_A_YEAR = "same_of_a_year"
# Periods said in one line that do not date the next.
OF_ITS_LINE = frozenset(("bare_span", "bare_days", "days_of_a_year"))
# Periods of several years up to now, which a report on one may tell of in passing.
_OF_YEARS, _SINCE = frozenset(("years_past", "five_year_plan", "since")), words("since_when")
_GOES_ON, _LONGER = words("goes_on_with_a_sum"), compiled("half_or_more_of_a_year")


def ends_in_since(text: str, period: Token) -> bool:
    """Whether a period says since when (2019年以来, 2016年起)."""
    return text.endswith(_SINCE, period.start, period.end)


def holds_quarters(text: str, period: Token) -> bool:
    """Whether a period names half a year or more of it (上半年, 前三季度)."""
    return _LONGER.search(text, period.start, period.end) is not None


def goes_over_years(text: str, period: Token) -> bool:
    """Whether a period goes over years up to now: 五年来, 2019年以来, “十四五”期间."""
    return period.rule in _OF_YEARS or ends_in_since(text, period)


def begins_span(text: str, source: Token, following: Token | None) -> bool:
    """Whether 从 is of a span of time or of steps (从1950年到1985年，共审结…; 从立案到发款平均用时), not what a figure came from."""
    of_time = following is not None and following.start == source.end and _is_span(text, following)
    return of_time or _STEPS.match(text, source.start) is not None


def _is_span(text: str, period: Token) -> bool:
    """Whether a period goes from one time to another (1950年到1985年, 113年1月至11月)."""
    return period.rule in _SPANS or _MONTHS.search(text, period.start, period.end) is not None


_SPANS, _MONTHS = frozenset(("year_range", "months_over_years", "months_of_year", "days", "bare_days")), compiled("months_from_to")
_STEPS = compiled("from_step_to_step")


@dataclass(slots=True)
class Context:
    """What a sentence hands on to the next: period, head of the last full name, basis, scope.

    ``section`` is the period of a numbered part, ``opening`` the one the whole text opens with.
    """

    period: Token | None = None
    head: str = ""
    basis: Token | None = None
    # the year that a sentence of the line before measured its changes against: 比上年增加5%
    basis_of_line: Token | None = None
    # that basis, while the parts follow that its line led to: 比上年增加5%。其中：
    basis_of_parts: Token | None = None
    scope: str | None = None
    section: Token | None = None
    opening: Token | None = None
    # how far the text has been looked through for what ends the scope
    looked: int = 0
    # what the heading above narrows every count to: 未成年人 of 未成年人检察
    topic: str = ""
    # what the title above counts, while lines of a time and a figure follow it
    title: str = ""
    # what happens, or the cases, that the heading above names, which its lines tell of
    above: str = ""
    # what was done to the cases of which the sorts are counted next: 受理 of 受理各类案件
    deed: str = ""
    counted: str = ""
    # what the last whole counts, and in which unit: 诉求, 件
    whole: tuple[str, str] = ("", "")
    # the name of what was counted last in each unit, the latest last, and where its sentence begins: 件, 受理投诉, 120
    objects: tuple[tuple[str, str, int], ...] = ()
    # whether the heading above stands over what is still to be done
    planned: bool = False
    # what held before a heading at the beginning of the line, over what is still to be done: （二）下步打算。新建派出所3个
    before_plans: tuple[bool, Token | None] | None = None
    # the basis that the text says of all its changes below: 上升4%（指同比，下同）
    same_below: Token | None = None
    # the levels of the sentence before, in the same line
    levels: tuple[Draft, ...] = ()
    # the period of a line that leads to the lines below: 从2020年情况看，有以下特点：
    led: Token | None = None
    # what a quarter or month said in passing lies in: 2022年 of 2022年…。其中，第四季度…
    around: Token | None = None
    # a span of years that dated the sentence before in passing, and dates what goes on with it: 五年来审结21件。其中…
    passing: Token | None = None

    def begin(self, text: str, start: int) -> None:
        """Begin a sentence: a span told in passing before it dates it only where it goes on with its sum."""
        if self.passing is not None and not text.startswith(_GOES_ON, start):
            self.passing = None

    def start_line(self, of_parts: bool, is_part: bool) -> None:
        """Begin a line, to which the one before hands no basis but where it led to its parts, and this tells of one."""
        self.basis_of_parts = self.basis_of_line if of_parts else self.basis_of_parts if is_part else None
        self.basis_of_line, self.levels = self.basis_of_parts, ()

    def enter_plans(self) -> None:
        """Take the rest of the line for what is still to be done."""
        self.before_plans = self.planned, self.period
        self.planned, self.period = True, None

    def leave_plans(self) -> None:
        """Go on behind such a line with what held before it."""
        if self.before_plans is not None:
            self.planned, self.period = self.before_plans
            self.before_plans = None

    def copy(self) -> Context:
        """What stood before a sentence, to walk it again from."""
        return Context(*_ALL(self))

    def take(self, other: Context) -> None:
        """Become what another walk of the same sentence hands on."""
        for name in self.__slots__:
            setattr(self, name, getattr(other, name))


_ALL = attrgetter(*Context.__slots__)  # faster than dataclasses.replace, which is asked of every sentence
