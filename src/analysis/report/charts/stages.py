"""How many come through? Bars for the steps of one course of things, each no longer than the one before."""

from collections.abc import Sequence

import matplotlib

from ..facts import Fact
from ..narrative import Narrator
from .style import INK, NOW, Plot, canvas, height_of, label, name_rows, places_of, row_names, style


def draw_stages(facts: Sequence[Fact], narrator: Narrator) -> Plot:
    """Draw the steps in their order, with the value of each and its share of the first."""
    with matplotlib.rc_context(style()):
        names = row_names(facts, narrator)
        figure, (axes,) = canvas(height_of(names) + 0.25)
        values = [float(fact.printed) for fact in facts]
        rows = places_of(names)
        axes.barh(rows, values, height=0.6, color=NOW, zorder=2)
        for row, fact, value in zip(rows, facts, values, strict=True):
            percent = fact.printed / facts[0].printed * 100
            share = narrator.format.number(percent, 1 if percent < 1 else 0)
            text = narrator.value(fact) + (narrator.wording("chart.share_of_first", share=share) if fact is not facts[0] else "")
            label(axes, text, (value, row), 1, INK)
        axes.set_xlim(0, max(values) * 1.35)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        name_rows(axes, names)
    return figure
