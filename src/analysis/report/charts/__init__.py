"""Charts, each for one question; its title is the finding, written where the chart is chosen (`report.figures`).

    ranked     what moved most?              fromto     from where to where?
    output     did output keep up?           longrun    is this year unusual?
    chain      only changes are printed      stages     how many come through?
    bullets    were the targets met?         agreement  do two statements agree?

All are drawn in one house style (`style`): one hue and shades of grey that survive a copier, units on the axes, text as text, the same
bytes for the same facts.
"""

from .agreement import draw_agreement
from .bullets import draw_targets
from .chain import draw_chain
from .fromto import draw_levels
from .longrun import draw_series, spells
from .output import draw_output
from .ranked import draw_changes
from .stages import draw_stages
from .style import BEFORE, DOWN, INK, MUTED, NOW, RULE, SERIES, UP, WIDTH, WRONG, row_label, style, svg

__all__ = [
    "BEFORE", "DOWN", "INK", "MUTED", "NOW", "RULE", "SERIES", "UP", "WIDTH", "WRONG", "draw_agreement", "draw_chain", "draw_changes", "draw_levels",
    "draw_output", "draw_series", "draw_stages", "draw_targets", "row_label", "spells", "style", "svg",
]  # fmt: skip
