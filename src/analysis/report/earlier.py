"""The earlier figure beside a present one: of which period it is, and whether a document prints it or a printed change implies it.

Only a figure of the year before may stand under "a year earlier". One of another base keeps its period beside it, and one whose
year no document gives says so.
"""

from dataclasses import dataclass
from decimal import Decimal

from ..periods import year_before
from ..writing.numbers import decimals_of, round_outward
from .facts import Fact
from .narrative import Narrator


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier value: an interval (low equals high where it is printed), its period ("" where none is given) and its origin.

    origin: "printed" (in the same document), "held" (a document of another year prints it) or "implied".
    """

    low: Decimal
    high: Decimal
    period: str
    origin: str
    integers: tuple[int, int] | None = None
    resolution: Decimal | None = None
    hedge: str = ""

    @property
    def middle(self) -> Decimal:
        """The middle of the interval."""
        return (self.low + self.high) / 2


def earlier_of(fact: Fact) -> Earlier | None:
    """Give the earlier value of a figure: the printed one before the one held elsewhere, and both before the implied one."""
    if fact.previous is not None:
        return Earlier(fact.previous, fact.previous, fact.previous_period, "printed", None, fact.previous_resolution, fact.previous_hedge)
    move = fact.movement
    if move is not None and move.computed_from is not None:
        return Earlier(move.computed_from, move.computed_from, year_before(fact.period) or "", "held", None, move.computed_from_resolution)
    held = fact.held
    if held is not None and not held.breaks:
        return Earlier(held.value, held.value, held.period, "held", None, held.resolution, held.hedge)
    if fact.implied is None or move is None:
        return None
    return Earlier(fact.implied.low, fact.implied.high, fact.implied.period, "implied", fact.implied.integers)


def of_the_year_before(fact: Fact) -> Earlier | None:
    """Give the earlier value only where it is of the same period a year before."""
    found = earlier_of(fact)
    return found if found and found.period and found.period == year_before(fact.period) else None


def the_year_before(fact: Fact) -> Earlier:
    """Give the earlier value of a figure that was chosen for having one; ValueError for any other."""
    found = of_the_year_before(fact)
    if found is None:
        raise ValueError(f"{fact.id} has no value a year earlier")
    return found


def of_another_base(fact: Fact) -> Earlier | None:
    """Give the earlier value only where it is of another period than the year before, or of one that is not given."""
    found = earlier_of(fact)
    return None if found is None or (found.period and found.period == year_before(fact.period)) else found


def written(found: Earlier, fact: Fact, narrator: Narrator) -> str:
    """Write an earlier value with its unit: a number where it is printed, else the interval (for counts, the whole numbers) in it."""
    form = narrator.format
    if found.origin != "implied":
        return form.quantity(found.low, fact.unit, found.resolution, found.hedge)
    if found.integers and (fact.resolution or 1) == 1:
        return form.interval(*found.integers, unit=fact.unit)
    coarse = fact.resolution if fact.resolution and fact.resolution > 1 else None
    places = max(decimals_of(fact.resolution), decimals_of(fact.movement.resolution) if fact.is_rate and fact.movement else 0)
    low, high = round_outward(found.low, found.high, places)
    return form.interval(low, high, places, coarse, fact.unit)


def about(found: Earlier, fact: Fact, narrator: Narrator) -> str:
    """Write an earlier value for a sentence: printed as printed, implied with only the digits that are sure: about 51,030."""
    low, high = (Decimal(end) for end in found.integers or (found.low, found.high))
    if found.origin != "implied" or low == high or fact.is_rate:
        return written(found, fact, narrator)
    value, step = rounded(low, high), fact.resolution
    while step is not None and step > 1 and value and value % (step * 10) == 0:
        step *= 10  # 33.83 million, not 33.830: what was rounded away is not printed as noughts
    return narrator.format.quantity(value, fact.unit, step, "about")


def rounded(low: Decimal, high: Decimal) -> Decimal:
    """Round the middle of an interval only as far as the interval allows: to the coarsest power of ten that is no wider than it.

    Rounding moves the middle by half such a step at most, so that what is written lies within the interval.

    >>> [int(rounded(Decimal(low), Decimal(high))) for low, high in ((51008, 51050), (16582, 16583), (33816000, 33848000), (7, 7))]
    [51030, 16582, 33830000, 7]
    """
    if low == high:
        return low
    step = Decimal(1).scaleb((high - low).adjusted())
    value = ((low + high) / 2 / step).quantize(Decimal(1)) * step
    return Decimal(int(value)) if step >= 1 else value
