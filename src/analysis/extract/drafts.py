"""A statement while it is being put together: mutable, before the ledger freezes it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from . import naming
from .context.written import is_of_the_same_year
from .mentions import Token
from .quantities import Quantity

# The rule of a level that something came to from an earlier value.
FROM_TO = "from_to"


@dataclass(slots=True)
class ChangeDraft:
    """A change phrase with one amount of it. ``basis`` "year" still waits for the period to be compared with."""

    direction: str
    amount: Quantity | None
    kind: str | None
    value: Decimal | None
    basis: str
    base: str | None
    # whether the base was counted anew (可比口径), so that no printed level shows it
    comparable: bool
    start: int
    end: int
    average: bool = False
    # whether the basis is not the sentence's own, but that of one before it in the line
    carried: bool = False
    # the same told in its bracket in another way: 分别上升5.7%（+8宗）及83.3%（+25宗）
    again: ChangeDraft | None = None

    @property
    def size(self) -> Quantity:
        """The amount of a change that has one; ValueError for any other."""
        if self.amount is None:
            raise ValueError("a change without an amount was asked for it")
        return self.amount

    @property
    def rank(self) -> tuple[int, bool]:
        """Which of two changes of one level stands on its line: the one of the lower rank, of equals the first."""
        within = self.basis == "part" and is_of_the_same_year(self.base)  # 比10月份, 较一季度
        return 2 if within or self.basis == "previous_period" else int(self.basis == "fixed"), self.kind == "absolute"


@dataclass(slots=True)
class Draft:
    """A statement to be: its quantity or change, and the words its name is made of."""

    quantity: Quantity | None
    name: str
    written: str
    period: Token | None
    clause: tuple[int, int]
    change: ChangeDraft | None = None
    previous: Quantity | None = None
    previous_period: Token | None = None
    kind: str = "actual"
    rule: str = "level"
    scope: str | None = None
    depth: int = 0
    end: int = 0
    span: str | None = None
    # said of the same part of the year before its period: 去年同期为5件
    years_back: int = 0
    # the year that is said of, where it is printed: 2019年同期为5件
    same_of: Token | None = None
    # by how many years its earlier value is: 立案50件，去年同期为60件，同比下降
    previous_back: int = 0
    # the year of its earlier value, of the same part of it: 立案9件（2021年同期8件）
    previous_year: int = 0
    # what a change from its earlier value is measured against, where the words of that value say it (由上年的85件降至64件)
    previous_basis: str = ""
    # which year of its period a list of years gives it: 0 is the first
    member: int | None = None
    verb: str = ""
    # what narrows the whole it is a part of (未成年人)
    whole: str = ""

    @property
    def level(self) -> Quantity:
        """The quantity of a draft that has one; ValueError for any other."""
        if self.quantity is None:
            raise ValueError(f"{self.name} has no level")
        return self.quantity

    @property
    def moved(self) -> ChangeDraft:
        """The change of a draft that has one; ValueError for any other."""
        if self.change is None:
            raise ValueError(f"{self.name} has no change")
        return self.change

    @property
    def anchor(self) -> int:
        """Where the statement stands in the text: its number, or its change amount."""
        if self.quantity is not None:
            return self.quantity.start
        return self.moved.amount.start if self.moved.amount is not None else self.moved.start

    @property
    def measured(self) -> str:
        """The name of a level with what is measured (立案数 of 立案5件)."""
        return naming.with_measure(self.name, self.level.unit, self.level.family)
