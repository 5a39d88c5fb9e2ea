"""Charts, each for one question; its title is the finding, written where the chart is chosen (`report.figures`).

    ranked     what moved most?              fromto     from where to where?
    output     did output keep up?           longrun    is this year unusual?
    chain      only changes are printed      stages     how many come through?
    bullets    were the targets met?         agreement  do two statements agree?

All are drawn in one house style (`style`): one hue and shades of grey that survive a copier, units on the axes, text as text, the same
bytes for the same facts.
"""

from .agreement import plot_agreement
from .bullets import plot_targets
from .chain import plot_chain
from .fromto import plot_levels
from .longrun import plot_series, spells
from .output import plot_output
from .ranked import plot_changes
from .stages import plot_stages
from .style import BEFORE, DOWN, INK, MUTED, NOW, RULE, SERIES, UP, WIDTH, WRONG, row_label, style, svg

__all__ = [
    "BEFORE", "DOWN", "INK", "MUTED", "NOW", "RULE", "SERIES", "UP", "WIDTH", "WRONG", "plot_agreement", "plot_chain", "plot_changes", "plot_levels",
    "plot_output", "plot_series", "plot_stages", "plot_targets", "row_label", "spells", "style", "svg",
]  # fmt: skip
