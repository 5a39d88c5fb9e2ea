"""One made-up claim: what it is printed as, in as many documents as it needs, and how it can be made false."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .prints import Print

__all__ = ["FIRST", "SECOND", "THIRD", "YEAR", "Story", "Texts"]

# Every claim is about an indicator of its own, named by three characters.
FIRST = "青白金银铜铁石松竹梅兰菊荷桂枫柏杉榆槐柳桃李杏梨枣"
SECOND = "山水江河湖海岭原谷洲岛港湾溪泉潭塘渡桥亭台楼阁坊巷"
THIRD = "东西南北上下内外前后左右中大小新老长高远近深平安宁顺"
YEAR = 2016
Texts = tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """A claim, the check that must see it, and its sentences, a text for each document.

    `write(error)` puts the `stated` number off by `error`, in its own unit. A claim that states no number
    but a word (`flips`) says the opposite word with any error; one that does neither is only ever true.
    `sign` is -1 where the audited quantity falls as the stated number rises (下降X%).
    `below` is a limit the stated number has to keep to make sense at all.
    """

    noun: str
    check: str
    stated: Print | None
    write: Callable[[Decimal], Texts]
    sign: int = 1
    below: int | None = None
    flips: bool = False

    def shift(self, error: Decimal) -> Fraction:
        """Return how far an error moves what is audited."""
        return Fraction(error) * self.stated.worth * self.sign

    def sensible(self, error: Decimal) -> bool:
        """Say whether the stated number off by an error is one that could be printed at all."""
        falsified = self.stated.value + error
        return falsified > 0 and (self.below is None or falsified < self.below)
