"""What a sentence hands on to the next."""

from __future__ import annotations

from dataclasses import dataclass

from ..mentions import Token


@dataclass(slots=True)
class Context:
    """What a sentence hands on to the next: period, head of the last full name, basis, scope.

    ``section`` is the period of a numbered part, ``opening`` the one the whole text opens with.
    """

    period: Token | None = None
    head: str = ""
    basis: Token | None = None
    scope: str | None = None
    section: Token | None = None
    opening: Token | None = None
    # how far the text has been looked through for what ends the scope
    looked: int = 0
    # what the heading above narrows every count to: 未成年人 of 未成年人检察
    topic: str = ""
    # what was done to the cases of which the sorts are counted next: 受理 of 受理各类案件
    deed: str = ""
    counted: str = ""
    # what the last whole counts, and in which unit: 诉求, 件
    whole: tuple[str, str] = ("", "")
    # whether the heading above stands over what is still to be done
    planned: bool = False
    # the basis that the text says of all its changes below: 上升4%（指同比，下同）
    same_below: Token | None = None

    def copy(self) -> Context:
        """What stood before a sentence, to walk it again from."""
        places = self.period, self.head, self.basis, self.scope, self.section, self.opening, self.looked
        return Context(*places, self.topic, self.deed, self.counted, self.whole, self.planned, self.same_below)

    def take(self, other: Context) -> None:
        """Become what another walk of the same sentence hands on."""
        for name in self.__slots__:
            setattr(self, name, getattr(other, name))
