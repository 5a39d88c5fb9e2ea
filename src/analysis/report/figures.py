"""Which charts stand beside the headline figures, the targets and the arithmetic: each answers one question, its title is the finding."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest

from ..audit.told import TWO_PRINTS, Told
from ..audit.wording import least_number
from ..lexicon.units import is_whole
from . import earlier
from .charts import draw_agreement, draw_changes, draw_levels, draw_targets, svg
from .charts.ranked import KINDS, kind_of, ranked, signed, why_hollow
from .facts import Fact
from .grouping import direction_of
from .markdown import Figure
from .naming import capital
from .narrative import Narrator
from .tables import change_cell

SourceOf = Callable[[Sequence[Fact]], str]
Called = Callable[[str], str]  # the short name of a document, by its id
FEWEST_CHANGES, FEWEST_LEVELS, FEWEST_TARGETS, MOST_ROWS = 4, 3, 3, 10


def drawable(facts: Sequence[Fact]) -> bool:
    """Whether the headline figures are enough for a chart."""
    return sum(len(ranked(_on_one_base(facts), kind)) for kind in KINDS) >= FEWEST_CHANGES or sum(map(comparable, facts)) >= FEWEST_LEVELS


def headline_figures(facts: Sequence[Fact], narrator: Narrator, source_of: SourceOf) -> list[Figure]:
    """What moved most, and from where to where: only where a table of so few rows would not say it as well."""
    drawn = [_changes(facts, narrator, source_of), _levels(facts, narrator, source_of)]
    return [figure for figure in drawn if figure is not None]


def _changes(facts: Sequence[Fact], narrator: Narrator, source_of: SourceOf) -> Figure | None:
    moved = [fact for kind in KINDS for fact in ranked(_on_one_base(facts), kind)]
    if len(moved) < FEWEST_CHANGES:
        return None
    items = [narrator.wording("chart.alt_changes_item", name=narrator.name_with_scope(fact), change=_told(fact, narrator)) for fact in moved]
    alt = narrator.wording("chart.alt_changes", count=len(moved), items=listed(items, narrator))
    lead = next((fact for fact in moved if fact.unsettled not in ("contradiction", "not_comparable")), moved[0])
    title = narrator.wording("finding.changes", name=narrator.name_with_scope(lead), change=change_cell(lead, narrator))
    reasons = [narrator.wording(f"chart.hollow_for.{reason}") for reason in why_hollow(moved)]
    source = source_of(moved) + (narrator.wording("chart.hollow", reasons=narrator.wording.listed(reasons, "list.names")) if reasons else "")
    return Figure(svg(draw_changes(moved, narrator)), alt, capital(title), source)


def _on_one_base(facts: Sequence[Fact]) -> list[Fact]:
    """The changes on the year before, or all where there is none: a fall since last month is not to be set beside one since last year."""
    apart = ("previous_period", "fixed")
    yearly = [fact for fact in facts if fact.movement and fact.movement.basis not in apart]
    return yearly if any(map(kind_of, yearly)) else list(facts)


def _told(fact: Fact, narrator: Narrator) -> str:
    """Write a change with what is unsettled about it, and say that a year is assumed."""
    written = change_cell(fact, narrator)
    if fact.unsettled:
        written += narrator.wording(f"chart.remark.{fact.unsettled}")
    return written + (narrator.wording("chart.alt_assumed") if fact.assumed else "")


def _levels(facts: Sequence[Fact], narrator: Narrator, source_of: SourceOf) -> Figure | None:
    every = [fact for fact in facts if comparable(fact)]
    known = every[:MOST_ROWS]
    if len(known) < FEWEST_LEVELS:
        return None
    items = []
    for fact in known:
        before = earlier.of_the_year_before(fact)
        assert before is not None
        origin = narrator.wording(f"chart.origin.{before.origin}")
        items.append(
            narrator.wording("chart.alt_levels_item", name=narrator.name_with_scope(fact), before=earlier.written(before, fact, narrator),
                             origin=origin, now=narrator.value(fact))
        )  # fmt: skip
    alt = narrator.wording("chart.alt_levels", count=len(known), items=listed(items, narrator))
    source = source_of(known) + narrator.wording.table("sentence_gap").join([*_implied_note(known, narrator), *_not_drawn(facts, every, narrator)])
    return Figure(svg(draw_levels(known, narrator)), alt, _levels_title(every, narrator), source)


def _levels_title(every: Sequence[Fact], narrator: Narrator) -> str:
    """The finding: all that can be compared went one way, or the first figure that rose and the first that fell, from where to where."""
    first: dict[str, Fact] = {}
    for fact in every:
        first.setdefault(direction_of(fact), fact)
    if "up" in first and "down" in first:
        told = [narrator.wording(f"finding.levels.{way}", name=narrator.named(first[way]), now=narrator.value(first[way]),
                                 before=earlier.about(earlier.the_year_before(first[way]), first[way], narrator))
                for way in sorted(("up", "down"), key=lambda way: every.index(first[way]))]  # fmt: skip
        return capital(narrator.wording("finding.levels.both", one=told[0], other=told[1]))
    key = "all_higher" if set(first) == {"up"} else "all_lower" if set(first) == {"down"} else "none_lower" if "up" in first else "none_higher"
    return narrator.wording(f"finding.levels.{key}", count=len(every))


def _implied_note(known: Sequence[Fact], narrator: Narrator) -> list[str]:
    """Say which of the figures of a year earlier are implied, with and without an "about"."""
    implied = [fact for fact in known if earlier.the_year_before(fact).origin == "implied"]
    if not implied:
        return []
    if len(implied) == len(known):
        return [narrator.wording("chart.implied_all")]
    return [narrator.wording("chart.implied_some", names=narrator.wording.listed([narrator.named(fact) for fact in implied], "list.names"))]


def _not_drawn(facts: Sequence[Fact], every: Sequence[Fact], narrator: Narrator) -> list[str]:
    """Name the counts with a figure of a year earlier that are not drawn, and why."""
    said = []
    for reason in ("not_comparable", "contradiction"):
        left = [fact for fact in facts if fact.unsettled == reason and is_whole(fact.unit) and fact.value is not None and fact.movement]
        if left:
            items = [narrator.wording("with_change", name=narrator.named(fact), change=change_cell(fact, narrator)) for fact in left]
            said.append(narrator.wording(f"chart.not_drawn.{reason}", items=narrator.wording.listed(items, "list.names")))
    if len(every) > MOST_ROWS:
        said.append(narrator.wording("chart.not_drawn.room", count=len(every) - MOST_ROWS))
    return said


def comparable(fact: Fact) -> bool:
    """Whether a count and its figure of a year earlier may be drawn beside one another: of one definition, printed or implied."""
    if fact.value is None or not is_whole(fact.unit) or fact.unsettled in ("contradiction", "not_comparable"):
        return False
    before = earlier.of_the_year_before(fact)
    return before is not None and before.high is not None and fact.value > 0


def targets_figure(targets: Sequence[Fact], reached: Mapping[str, Fact], narrator: Narrator, source_of: SourceOf) -> Figure | None:
    """Were the targets met? Only those in per cent stand on one scale, and only where an outcome is held of one at least."""
    drawn = [fact for fact in targets if on_one_scale(fact)]
    if len(drawn) < FEWEST_TARGETS:
        return None
    known = sum(fact.id in reached for fact in drawn)
    if not known:
        return None  # the table says what was aimed at
    items = []
    for fact in drawn:
        bound = narrator.format.quantity(fact.printed, fact.unit, fact.resolution)
        goal = narrator.wording(f"comparator.{fact.comparator or '='}", value=bound)
        actual = reached.get(fact.id)
        came = narrator.wording("chart.reached", value=narrator.value(actual)) if actual else narrator.wording("chart.no_outcome")
        items.append(f"{narrator.name_with_scope(fact)} {goal}{came}")
    alt = narrator.wording("chart.alt_targets", count=len(drawn), items=listed(items, narrator))
    title = narrator.wording("finding.targets", count=len(drawn), known=known)
    return Figure(svg(draw_targets(drawn, reached, narrator)), alt, title, source_of(drawn))


def kind_of_sides(told: Told, called: Called) -> str:
    """What the two sides of a contradiction are: what is "stated" and implied, or two prints, in "documents" that differ by name or in "places"."""
    if told.check not in TWO_PRINTS:
        return "stated"
    return "documents" if len({called(place.doc) for place in told.subjects[:2]}) > 1 else "places"


def sides(told: Told, narrator: Narrator, called: Called) -> tuple[str, str]:
    """What the two sides of a contradiction are called."""
    kind = kind_of_sides(told, called)
    if kind == "documents":
        return called(told.subjects[0].doc), called(told.subjects[1].doc)
    one, other = ("here", "elsewhere") if kind == "places" else ("stated", "implied")
    return narrator.wording(f"chart.{one}"), narrator.wording(f"chart.{other}")


def agreement_figure(told: Told, spoken_of: Sequence[Fact], narrator: Narrator, source_of: SourceOf, called: Called) -> Figure | None:
    """Do two statements agree? Drawn for a contradiction between two closed intervals in per cent or points.

    `spoken_of` are the figures it speaks of, the judged one first.
    """
    (low, high), (least, most), unit, gap = told.stated, told.implied, told.unit, told.gap
    if unit not in ("%", "points") or gap is None or low is None or high is None or least is None or most is None:
        return None
    written = _measure(low, high, unit, narrator), _measure(least, most, unit, narrator), _apart(gap, narrator)
    name = narrator.name_with_scope(spoken_of[0])
    kind = kind_of_sides(told, called)
    one, other = sides(told, narrator, called)
    alt = narrator.wording("chart.alt_agreement", name=name, one=one, other=other, stated=written[0], implied=written[1], gap=written[2])
    ways = _direction(low + high, narrator), _direction(least + most, narrator)
    sizes = [_measure(*_unsigned(*ends), unit, narrator) for ends in ((low, high), (least, most))]
    printed = [_printed(at.start, fact, narrator) for at, fact in zip(told.subjects, spoken_of, strict=False)]
    shown = printed[: 1 if kind == "stated" else 2]  # a title says what is printed; the interval it stands for is drawn
    sizes = [of_print or size for of_print, size in zip_longest(shown, sizes, fillvalue="")]
    is_level = _is_level(told.subjects[0].start, spoken_of[0])
    if kind != "stated":
        apart = narrator.wording.table(f"finding.apart.{kind}")
        key = "finding.agreement_elsewhere" + "_level" * is_level
        title = narrator.wording(key, name=name, noun=ways[0], other=ways[1], stated=sizes[0], implied=sizes[1], first=apart[0], second=apart[1])
    elif is_level:
        title = narrator.wording("finding.agreement_level", name=name, stated=sizes[0], implied=sizes[1])
    elif ways[0] == ways[1]:
        title = narrator.wording("finding.agreement_size", name=name, noun=ways[0], stated=sizes[0], implied=sizes[1])
    else:
        title = narrator.wording("finding.agreement", name=name, stated=ways[0], implied=ways[1])
    drawn = draw_agreement((low, high), (least, most), written, narrator, (one, other))
    return Figure(svg(drawn), alt, capital(title), source_of(spoken_of))


def _is_level(start: int, fact: Fact) -> bool:
    """Whether the number at a place is a figure's level, not its change."""
    return fact.value is not None and start == fact.start


def _printed(start: int, fact: Fact, narrator: Narrator) -> str:
    """Write the number of a figure at a place as it is printed: its level, or the size of its change."""
    return narrator.value(fact) if _is_level(start, fact) else narrator.amount(fact.movement, fact.unit)


def on_one_scale(target: Fact) -> bool:
    """Whether a target is a share: those stand on one scale, from nought to a hundred."""
    return target.is_rate and target.value is not None and 0 <= target.value <= 100


def _direction(total: Decimal, narrator: Narrator) -> str:
    return narrator.wording(f"noun.{'up' if total > 0 else 'down' if total < 0 else 'flat'}")


def _unsigned(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The sizes between which a change lies, where its words say the direction; an interval across nought as it is."""
    return (-high, -low) if high < 0 else (low, high)


def _measure(low: Decimal, high: Decimal, unit: str, narrator: Narrator) -> str:
    low, high = (end.quantize(Decimal("0.01")).normalize() for end in (low, high))
    places = max(0, *(-int(end.as_tuple().exponent) for end in (low, high)))
    if unit == "%":
        return narrator.format.interval(low, high, places, unit="%")
    return narrator.wording("measure.points", number=narrator.format.interval(low, high, places), count=2)


def _apart(gap: Decimal, narrator: Narrator) -> str:
    return narrator.wording("chart.apart", gap=narrator.wording("measure.points", number=least_number(Fraction(gap), narrator.lang), count=2))


def listed(items: Sequence[str], narrator: Narrator) -> str:
    """Join the items of an alternative text."""
    return narrator.wording("chart.alt_joiner").join(items)


__all__ = ["agreement_figure", "headline_figures", "kind_of", "listed", "signed", "targets_figure"]
