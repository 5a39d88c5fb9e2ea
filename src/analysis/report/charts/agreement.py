"""Do two statements agree? Two intervals on one line, with the gap between them."""

from decimal import Decimal

import matplotlib

from ..naming import capital
from ..narrative import Narrator
from .style import BEFORE, INK, MUTED, NOW, RULE, Plot, canvas, label, longest_name, row_label, style

Interval = tuple[Decimal, Decimal]


def draw_agreement(stated: Interval, implied: Interval, written: tuple[str, str, str], narrator: Narrator, rows: tuple[str, str]) -> Plot:
    """Draw the stated and the implied interval of one figure; `written`: both, and the gap, as text; `rows`: what they are called."""
    with matplotlib.rc_context(style()):
        figure, (axes,) = canvas(1.3)
        (low, high), (least, most) = (tuple(map(float, ends)) for ends in (stated, implied))
        inner = sorted((low, high, least, most))[1:3]
        reach = max(high, most) - min(low, least) or 1.0
        for row, (ends, colour) in enumerate((((low, high), NOW), ((least, most), BEFORE))):
            wide = max(ends[1] - ends[0], reach * 0.006)
            middle = (ends[0] + ends[1]) / 2
            axes.plot([middle - wide / 2, middle + wide / 2], [row, row], color=colour, linewidth=8, solid_capstyle="butt", zorder=3)
            label(axes, written[row], (middle + wide / 2, row), 1, INK)
        axes.annotate("", (inner[0], 0.5), (inner[1], 0.5), arrowprops={"arrowstyle": "<->", "color": MUTED, "linewidth": 0.8})
        axes.annotate(written[2], (sum(inner) / 2, 0.5), xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=8, color=MUTED)
        axes.axvline(0, color=RULE, linewidth=0.8, zorder=1)
        axes.set_xlim(min(low, least, 0) - reach * 0.08, max(high, most, 0) + reach * 0.35)
        axes.set_yticks([0, 1], [row_label(capital(row), longest_name(narrator.lang), narrator.lang) for row in rows])
        axes.set_ylim(1.5, -0.5)
        axes.tick_params(axis="x", labelsize=8)
        axes.xaxis.set_major_formatter(lambda value, _: narrator.format.number(Decimal(repr(round(float(value), 6))).normalize()))
    return figure
