"""From where to where? Dumbbells on linear scales, a panel for each order of magnitude; a whisker where the earlier value is implied."""

from collections.abc import Sequence
from typing import Any

import matplotlib

from .. import earlier
from ..facts import Fact
from ..naming import capital
from ..narrative import Narrator
from .style import BEFORE, MUTED, NOW, ROW, RULE, Plot, canvas, height_of, label, name_rows, number_axis, places_of, row_names, style

WIDEST = 5  # the largest figure of a panel is at most so many times its smallest


def by_magnitude(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Part figures into panels in which each is large enough to be seen."""
    panels: list[list[Fact]] = []
    for fact in sorted(facts, key=lambda fact: (-fact.printed, fact.ref)):
        if panels and panels[-1][0].printed <= WIDEST * fact.printed:
            panels[-1].append(fact)
        else:
            panels.append([fact])
    return panels


def draw_levels(facts: Sequence[Fact], narrator: Narrator) -> Plot:
    """Draw each figure against the year before: a full dot for now, an open one (and the implied interval) for then."""
    panels = by_magnitude(facts)
    with matplotlib.rc_context(style()):
        names = [row_names(members, narrator) for members in panels]
        figure, axes = canvas(sum(map(height_of, names)) + 0.31 * len(panels) + 0.27, len(panels), [height_of(named) / ROW + 0.5 for named in names])
        for panel, members, named in zip(axes, panels, names, strict=True):
            for row, fact in zip(places_of(named), members, strict=True):
                _row(panel, row, fact, narrator)
            largest = max(float(end) for fact in members for end in (fact.printed, earlier.the_year_before(fact).high))
            panel.set_xlim(0, largest * 1.55)
            number_axis(panel.xaxis, largest, "", narrator.format)
            panel.set_xticks([tick for tick in panel.get_xticks() if tick <= largest])  # the labels stand beyond, with no line behind them
            name_rows(panel, named)
        _key(axes[0], facts, narrator)
    return figure


def _row(axes: Any, row: float, fact: Fact, narrator: Narrator) -> None:
    before, now = earlier.the_year_before(fact), float(fact.printed)
    low, high = float(before.low), float(before.high)
    middle = (low + high) / 2
    axes.plot([middle, now], [row, row], color=RULE, linewidth=3, zorder=1)
    if before.origin == "implied":
        axes.plot([low, high], [row, row], color=BEFORE, linewidth=5, solid_capstyle="butt", zorder=2)
    # Where the two coincide, the earlier one is a ring around the present one, and neither hides the other.
    axes.scatter([middle], [row], s=52, facecolor="white", edgecolor=BEFORE, linewidth=1.4, zorder=3)
    axes.scatter([now], [row], s=24, color=NOW, zorder=4)
    text = narrator.wording("chart.from_to", before=earlier.about(before, fact, narrator), now=narrator.value(fact))
    label(axes, text, (max(now, high), row), 1, MUTED, gap=7)


def _key(axes: Any, facts: Sequence[Fact], narrator: Narrator) -> None:
    """Say above the rows what the two dots are, in their colours."""
    origins = {earlier.the_year_before(fact).origin == "implied" for fact in facts}
    kind = "chart.before_both" if len(origins) > 1 else "chart.before_implied" if True in origins else "chart.before_printed"
    year = capital(narrator.format.period(narrator.edition_period))
    for at, (word, colour) in enumerate((("○ " + narrator.wording(kind), BEFORE), ("● " + narrator.wording("chart.now", period=year), NOW))):
        axes.annotate(word, (0, 1), xycoords="axes fraction", xytext=(at * 190, 7), textcoords="offset points", color=colour, fontsize=8.5)
