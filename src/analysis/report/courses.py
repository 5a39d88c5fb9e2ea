"""Charts of a course of things: what came in, what was finished and the gap; and how many come through the steps."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from . import earlier
from .charts import draw_output, draw_stages, svg
from .charts.output import Kept
from .facts import Fact
from .figures import SourceOf, listed
from .markdown import Figure
from .naming import capital
from .narrative import Narrator
from .telling import gap_between

FEWEST_STEPS = 3


def output_figure(pairs: Sequence[tuple[Fact, Fact]], narrator: Narrator, source_of: SourceOf) -> Figure | None:
    """Did output keep up? A pair is what an office received and what it closed."""
    drawn = [(pair, found) for pair in pairs if (found := gap_between(*pair)) is not None]
    if not drawn:
        return None
    form, told, panels = narrator.format, [], []
    for (received, closed), (now, low, high) in drawn:
        befores = earlier.the_year_before(received), earlier.the_year_before(closed)
        gap_before = form.quantity(earlier.rounded(low, high), received.unit, Decimal(1), "" if low == high else "about")
        gap_now = form.quantity(now, received.unit, Decimal(1))
        written = earlier.about(befores[0], received, narrator), earlier.about(befores[1], closed, narrator)
        name, years = capital(narrator.name_with_scope(received)), tuple(capital(form.period(one.period)) for one in (befores[0], received))
        panels.append([
            Kept(name, years[0], befores[0].middle, befores[1].middle, (*written, gap_before), befores[0].origin == "implied"),
            Kept(name, years[1], received.printed, closed.printed, (narrator.value(received), narrator.value(closed), gap_now), False),
        ])  # fmt: skip
        fields = {"name": narrator.name_with_scope(received), "before": gap_before, "now": gap_now, "year": years[0]}
        told.append(narrator.wording("chart.alt_output_item", **fields, received=narrator.value(received), closed=narrator.value(closed),
                                     received_before=written[0], closed_before=written[1]))  # fmt: skip
    (received, _), (now, low, high) = drawn[0]
    way = "widened" if now > high else "narrowed" if now < low else "same"
    gap_before = form.quantity(earlier.rounded(low, high), received.unit, Decimal(1), "" if low == high else "about")
    gap_now = form.quantity(now, received.unit, Decimal(1))
    title = narrator.wording(f"finding.output.{way}", name=narrator.named(received), before=gap_before, now=gap_now)
    alt = narrator.wording("chart.alt_output", items=listed(told, narrator))
    source = source_of([fact for pair, _ in drawn for fact in pair]) + narrator.wording("chart.output_note")
    if any(kept[0].implied for kept in panels):
        source += narrator.wording.table("sentence_gap") + narrator.wording("chart.implied_all")
    return Figure(svg(draw_output(panels, narrator)), alt, capital(title), source)


def stages_figures(own: Mapping[str, Fact], courses: Sequence[Sequence[str]], narrator: Narrator, source_of: SourceOf) -> list[Figure]:
    """How many come through? For each course of the catalogue of which the figures (by indicator) give at least three steps."""
    found = []
    for course in courses:
        steps = [own[name] for name in course if name in own and own[name].value is not None and not own[name].hedge]
        if len(steps) >= FEWEST_STEPS and _of_one_course(steps):
            found.append(_stages(steps, narrator, source_of))
    return found


def _of_one_course(steps: Sequence[Fact]) -> bool:
    """Whether steps are those of the same people or cases: one document tells of them, and no more come out than went in."""
    first = steps[0]
    return bool(first.value) and all(step.doc == first.doc and step.printed <= first.printed for step in steps)


def _stages(steps: Sequence[Fact], narrator: Narrator, source_of: SourceOf) -> Figure:
    share = narrator.format.number(steps[-1].printed / steps[0].printed * 100, 1)
    first, last = narrator.named(steps[0]), narrator.named(steps[-1])
    topic, parted, rest = first.partition(": ")
    if parted and last.startswith(topic + parted):  # said once: breaches of discipline: cases referred come to 0.4% of breaches found
        first = rest
    fields = {"first": first, "last": last, "share": share}
    items = [f"{narrator.name_with_scope(step)} {narrator.value(step)}" for step in steps]
    alt = narrator.wording("chart.alt_stages", count=len(steps), items=listed(items, narrator))
    return Figure(svg(draw_stages(steps, narrator)), alt, capital(narrator.wording("finding.stages", **fields)), source_of(steps))
