"""What moved most? Ranked bars in one neutral hue; hollow where a year is assumed or the change is worked out here."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import matplotlib

from ..facts import Fact
from ..narrative import Narrator
from .style import INK, MUTED, NOW, ROW, Plot, canvas, height_of, label, name_rows, places_of, row_names, style

CLOSE = 0.86  # bars stand closer than rows of dots
KINDS = ("percent", "percentage_points")
UNSETTLED = ("not_comparable", "borderline", "contradiction")
# The room that a sign of Latin script takes beside a bar, as a share of the axis; one of Chinese takes two.
SIGN = 0.017


def kind_of(fact: Fact) -> str:
    """Name the kind of a change that has an amount; empty for a figure without one."""
    return fact.movement.kind if fact.movement and fact.movement.amount is not None else ""


def signed(fact: Fact) -> Decimal:
    """The change with its sign."""
    move = fact.movement
    return Decimal(0) if move is None or move.amount is None else move.amount * {"up": 1, "down": -1}.get(move.direction, 0)


def ranked(facts: Sequence[Fact], kind: str) -> list[Fact]:
    """The changes of one kind, the largest first whatever its direction."""
    return sorted((fact for fact in facts if kind_of(fact) == kind), key=lambda fact: (-abs(signed(fact)), fact.ref))


def is_hollow(fact: Fact) -> bool:
    """Whether a bar is drawn hollow: its year is assumed, its change computed here, its definition new, or others contradict it."""
    return bool(why_hollow([fact]))


def why_hollow(facts: Sequence[Fact]) -> list[str]:
    """The reasons for which bars of some facts are hollow, as the wording calls them, in its order."""
    reasons = {
        "assumed": any(fact.assumed for fact in facts),
        "computed": any(fact.movement and fact.movement.computed for fact in facts),
        **{reason: any(fact.unsettled == reason for fact in facts) for reason in UNSETTLED},
    }
    return [name for name, occurs in reasons.items() if occurs]


def remark(fact: Fact, narrator: Narrator) -> str:
    """Say beside a bar why it is hollow."""
    marks = narrator.wording("mark_computed") * bool(fact.movement and fact.movement.computed) + narrator.wording("mark_assumed") * fact.assumed
    return marks + (narrator.wording(f"chart.remark.{fact.unsettled}") if fact.unsettled else "")


def draw_changes(facts: Sequence[Fact], narrator: Narrator) -> Plot:
    """Draw changes as bars, the largest first; per cent and percentage points in panels of their own."""
    panels = [(kind, members) for kind in KINDS if (members := ranked(facts, kind))]
    with matplotlib.rc_context(style()):
        names = [row_names(members, narrator) for _, members in panels]
        figure, axes = canvas(CLOSE * sum(map(height_of, names)) + 0.45 * len(panels), len(panels), [height_of(named) / ROW + 0.6 for named in names])
        nought = place_of_nought([_bars(members, narrator) for _, members in panels])
        for panel, (kind, members), named in zip(axes, panels, names, strict=True):
            _panel(panel, members, places_of(named), narrator, nought)
            name_rows(panel, named)
            panel.set_title(narrator.wording(f"chart.{kind}"), color=MUTED, fontsize=8.5)
    return figure


def _bars(facts: Sequence[Fact], narrator: Narrator) -> list[tuple[float, float]]:
    """The bars of a panel: how long each is, with its sign, and the share of the axis that its label takes."""
    return [(float(signed(fact)), SIGN * _width(_beside(fact, narrator))) for fact in facts]


def scale_with(nought: float, bars: Sequence[tuple[float, float]]) -> float:
    """The length of the axis on which bars have room, with their labels, on either side of its nought; infinite where they have none.

    >>> scale_with(0.5, [(10, 0.1), (-20, 0.1)]), scale_with(0.0, [(-1, 0.1)])
    (50.0, inf)
    """
    rooms = [(abs(size), (1 - nought if size >= 0 else nought) - label) for size, label in bars]
    return max((size / room if room > 0 else float("inf") for size, room in rooms), default=1.0) or 1.0


def place_of_nought(panels: Sequence[Sequence[tuple[float, float]]]) -> float:
    """Where nought lies in all panels, as a share of their width: one line through the chart, placed so that bars are as long as they can be."""
    largest = [max((abs(size) for size, _ in bars), default=0) or 1.0 for bars in panels]

    def cost(nought: float) -> float:
        return sum(len(bars) * scale_with(nought, bars) / most for bars, most in zip(panels, largest, strict=True))

    return min((step / 100 for step in range(2, 99)), key=cost)


def _panel(axes: Any, facts: Sequence[Fact], rows: Sequence[float], narrator: Narrator, nought: float) -> None:
    sizes = [float(signed(fact)) for fact in facts]
    bars = axes.barh(rows, sizes, height=0.6, color=NOW, edgecolor=NOW, linewidth=1, zorder=2)
    for bar, fact in zip(bars, facts, strict=True):
        if is_hollow(fact):
            bar.set_facecolor("white")
    for row, fact, size in zip(rows, facts, sizes, strict=True):
        label(axes, _beside(fact, narrator), (size, row), 1 if size >= 0 else -1, INK)
    length = scale_with(nought, _bars(facts, narrator))
    axes.set_xlim(-nought * length, (1 - nought) * length)
    axes.axvline(0, color=INK, linewidth=0.8, zorder=3)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _beside(fact: Fact, narrator: Narrator) -> str:
    """What stands beside a bar: the change, and why the bar is hollow."""
    move = fact.movement
    if move is None or move.amount is None:
        return ""
    return narrator.format.signed(move.direction, narrator.format.number(move.amount, None)) + remark(fact, narrator)


def _width(text: str) -> int:
    return 1 + sum(2 if "⺀" <= sign else 1 for sign in text)
