"""A statement while it is being put together: mutable, before the ledger freezes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .mentions import Quantity, Token


@dataclass(slots=True)
class ChangeDraft:
    """A change phrase with one amount of it."""

    direction: str
    amount: Quantity | None
    kind: str | None
    value: object
    basis: str
    base: str | None
    start: int
    end: int


@dataclass(slots=True)
class Draft:
    """A statement to be: its quantity or change, and the words its name is made of."""

    quantity: Quantity | None
    name: str
    written: str
    period: Token | None
    clause_start: int
    change: ChangeDraft | None = None
    previous: Quantity | None = None
    previous_period: Token | None = None
    kind: str = "actual"
    rule: str = "level"
    scope: str | None = None
    base_year: str | None = None
    end: int = 0
    qualitative: bool = False
    sentence: tuple[int, int] = (0, 0)
    notes: dict = field(default_factory=dict)

    @property
    def anchor(self) -> int:
        """Where the statement stands in the text: its number, or its change amount."""
        if self.quantity is not None:
            return self.quantity.start
        amount = self.change.amount
        return amount.start if amount is not None else self.change.start
