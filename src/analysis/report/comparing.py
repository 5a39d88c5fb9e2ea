"""What a figure is compared with: the values and changes that its own series holds, asked of `series.along`.

Nothing is compared across a declared break, and a part of a place only with itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from ..audit.told import Place
from ..periods import months, year_before
from ..series.along import Along, Series
from ..series.breaks import Break
from ..series.claims import Claim
from .facts import Fact, Held, Movement, part_of

FEW = 30
CHANGED = ("percent", "percentage_points")


@dataclass(frozen=True)
class Past:
    """The series that the figures of an edition stand in, with every figure of the region by id."""

    along: Along
    every: Mapping[str, Fact]

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.along.claims}

    @cached_property
    def _places(self) -> dict[tuple[str, int], Fact]:
        return {(fact.doc, start): fact for fact in self.every.values() for start in fact.starts}

    def at(self, place: Place) -> Fact | None:
        """The figure that a finding speaks of."""
        return self._places.get((place.doc, place.start))

    def series(self, fact: Fact) -> Series | None:
        """The series of a figure; None for one that names nothing."""
        claim = self._claims.get(fact.id)
        return None if claim is None or self.along.key(claim) is None else self.along.series_of(claim)

    def reached(self, target: Fact) -> Fact | None:
        """The actual figure of a target's own series and period: never that of a part."""
        series = self.series(target)
        point = series.point(target.period, target.unit) if series is not None else None
        return self.every.get(point.claim.id) if point is not None else None

    def part(self, fact: Fact) -> str:
        """The part of the place, or the other place, that a figure is about; empty for the whole place."""
        claim = self._claims.get(fact.id)
        return part_of(self.along.scope(claim)) if claim is not None else ""

    def complete(self, facts: Iterable[Fact]) -> list[Fact]:
        """Add to each figure what its series holds for a year earlier, and the change between the two where the document prints none."""
        found = (replace(fact, part=self.part(fact), held=self._held(fact), redefined=self._redefined(fact)) for fact in facts)
        return [self._with_change(fact) for fact in found]

    def _redefined(self, fact: Fact) -> tuple[Break, ...]:
        series, before = self.series(fact), year_before(fact.period)
        return series.between(before, fact.period) if series is not None and before is not None else ()

    def _held(self, fact: Fact) -> Held | None:
        series = self.series(fact)
        earlier = series.earlier(fact.period, unit=fact.unit) if series is not None and fact.kind == "actual" else None
        if series is None or earlier is None or earlier.point is None:
            return None
        prints = [self.every[claim.id] for claim in series.levels(earlier.period, fact.unit) if claim.id in self.every]
        last = [one for one in prints if one.doc == earlier.point.claim.doc]
        if len({one.value for one in last}) != 1 or last[0].value is None:
            return None  # two values of one document for one figure: which is meant would be a guess
        return Held(last[0].value, last[0].resolution, earlier.period, last[0].doc, last[0].hedge, earlier.breaks, sure_step(last[0]))

    def _with_change(self, fact: Fact) -> Fact:
        held = fact.held
        if held is None or held.breaks or held.hedge or fact.value is None or fact.shape != "level" or fact.movement or fact.hedge or held.value == 0:
            return fact
        if held.value < FEW and not fact.is_rate:  # a percentage of a handful says less than the two counts
            return replace(fact, previous=held.value, previous_resolution=held.resolution, previous_period=held.period)
        spread = spread_of_change(held.value, held.sure, fact.value, sure_step(fact), fact.is_rate)
        movement = computed_movement(held.value, fact.value, fact.is_rate, spread)
        return fact if movement is None else replace(fact, movement=replace(movement, computed_from_resolution=held.resolution))

    def change_before(self, fact: Fact) -> Fact | None:
        """The figure that prints the change of the year before, where no break lies between: crime fell 12.8 % after falling 25.7 %."""
        series, before = self.series(fact), year_before(fact.period)
        if series is None or before is None or series.between(before, fact.period) or not fact.movement:
            return None
        found = (self.every.get(claim.id) for claim in series.at(before))
        return next((one for one in found if one and _alike(one, fact)), None)

    def run_before(self, fact: Fact) -> list[Fact]:
        """The figures of the years right before, as far as they print a change in one direction, the oldest first."""
        run: list[Fact] = []
        while (before := self.change_before(run[0] if run else fact)) is not None and before.movement is not None:
            if run and run[0].movement is not None and before.movement.direction != run[0].movement.direction:
                break
            run.insert(0, before)
        return run

    def sizes_before(self, fact: Fact) -> Sequence[Decimal]:
        """The sizes of the printed or computed yearly changes of earlier years, in the kind of the figure's own change."""
        series, own = self.series(fact), months(fact.period)
        if series is None or own is None or not fact.movement:
            return ()
        earlier = [period for period in series.by_period if (span := months(period)) and span < own and span[1] - span[0] == own[1] - own[0]]
        sizes = [self._size(series, period, fact) for period in sorted(earlier)]
        return [size for size in sizes if size is not None]

    def _size(self, series: Series, period: str, fact: Fact) -> Decimal | None:
        printed = next((one for claim in series.at(period) if (one := self.every.get(claim.id)) and _alike(one, fact)), None)
        if printed is not None and printed.movement is not None:
            return printed.movement.amount
        now, before = series.point(period), series.earlier(period)
        if now is None or before is None or before.point is None or before.breaks:
            return None
        new, old = self.every.get(now.claim.id), self.every.get(before.point.claim.id)
        if new is None or old is None or not new.value or not old.value:
            return None
        return abs(new.value - old.value) if fact.is_rate else abs(new.value - old.value) / old.value * 100

    def documents(self, facts: Iterable[Fact]) -> set[str]:
        """The ids of the documents whose figures stand in the series of some facts, up to their periods."""
        found = set()
        for fact in facts:
            series = self.series(fact)
            if series is not None and fact.value is not None:
                found |= {claim.doc for claim in series if claim.period[:4] <= fact.period[:4]}
        return found


def _alike(one: Fact, fact: Fact) -> bool:
    """Whether two figures print a yearly change of one kind."""
    mine, other = fact.movement, one.movement
    return bool(mine and other and other.basis == "yoy" and other.kind == mine.kind and other.kind in CHANGED and other.amount is not None)


def sure_step(fact: Fact) -> Decimal | None:
    """The last place of a figure that can be relied on: where a doubt is declared, the one before its last."""
    return fact.resolution * 10 if fact.correction and fact.resolution else fact.resolution


def spread_of_change(before: Decimal, before_step: Decimal | None, after: Decimal, after_step: Decimal | None, is_rate: bool) -> Decimal:
    """Return how far apart the least and the greatest change are that two rounded levels leave, in per cent (points for rates).

    >>> round(spread_of_change(Decimal(34000), Decimal(1000), Decimal(35773), Decimal(1), False), 1)
    Decimal('3.1')
    """
    early, late = ((step or Decimal(0)) / 2 if (step and step > 1) or is_rate else Decimal(0) for step in (before_step, after_step))
    if is_rate:
        return 2 * (early + late)
    return 100 * ((after + late) / (before - early) - (after - late) / (before + early))


def computed_movement(before: Decimal, after: Decimal, is_rate: bool, spread: Decimal = Decimal(0)) -> Movement | None:
    """Work out a change from two printed levels, to one decimal (two for percentage points), or to what their rounding leaves.

    None where not even the whole per cent or point is sure (``spread`` is how far apart the least and the greatest change are).

    >>> computed_movement(Decimal(1490), Decimal(1331), False).amount
    Decimal('10.7')
    """
    if spread > 1:
        return None
    difference = after - before
    direction = "up" if difference > 0 else "down" if difference < 0 else "flat"
    if is_rate:
        amount, resolution, kind = abs(difference), max(Decimal("0.01"), _step_of(spread)), "percentage_points"
    else:
        amount, resolution, kind = abs(difference) / before * 100, max(Decimal("0.1"), _step_of(spread)), "percent"
    return Movement(direction, amount.quantize(resolution, ROUND_HALF_UP), kind, "yoy", resolution=resolution, computed_from=before)


def _step_of(spread: Decimal) -> Decimal:
    """The last place that is sure: a hundredth, a tenth or a whole."""
    return next(step for step in (Decimal("0.01"), Decimal("0.1"), Decimal(1)) if spread <= 2 * step)
