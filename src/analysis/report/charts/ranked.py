"""What moved most? Ranked bars in one neutral hue; hollow where a year is assumed or the change is worked out here."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import matplotlib

from ..facts import Fact
from ..narrative import Narrator
from .style import INK, MUTED, NOW, Plot, canvas, height_of, label, name_rows, row_names, style

CLOSE = 0.88  # bars stand closer than rows of dots
KINDS = ("percent", "percentage_points")


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
    computed = bool(fact.movement and fact.movement.computed)
    return fact.assumed or computed or fact.verdict in ("contradiction", "not_comparable", "borderline")


def remark(fact: Fact, narrator: Narrator) -> str:
    """Say beside a bar why it is hollow."""
    if fact.verdict in ("contradiction", "not_comparable", "borderline"):
        return narrator.wording("chart.remark", verdict=narrator.wording(f"verdict.{fact.verdict}.name"))
    marks = narrator.wording("mark_computed") * bool(fact.movement and fact.movement.computed)
    return marks + narrator.wording("mark_assumed") * fact.assumed


def plot_changes(facts: Sequence[Fact], narrator: Narrator) -> Plot:
    """Draw changes as bars, the largest first; per cent and percentage points in panels of their own."""
    panels = [(kind, members) for kind in KINDS if (members := ranked(facts, kind))]
    with matplotlib.rc_context(style()):
        names = [row_names(members, narrator) for _, members in panels]
        figure, axes = canvas(CLOSE * sum(map(height_of, names)) + 0.45 * len(panels), len(panels), [len(m) + 0.6 for _, m in panels])
        for panel, (kind, members), named in zip(axes, panels, names, strict=True):
            _panel(panel, members, narrator)
            name_rows(panel, named)
            panel.set_title(narrator.wording(f"chart.{kind}"), color=MUTED, fontsize=8.5)
    return figure


def _panel(axes: Any, facts: Sequence[Fact], narrator: Narrator) -> None:
    sizes = [float(signed(fact)) for fact in facts]
    bars = axes.barh(range(len(facts)), sizes, height=0.6, color=NOW, edgecolor=NOW, linewidth=1, zorder=2)
    for bar, fact in zip(bars, facts, strict=True):
        if is_hollow(fact):
            bar.set_facecolor("white")
    low, high = min(*sizes, 0), max(*sizes, 0)
    reach = high - low or 1
    axes.set_xlim(low - reach * (0.26 if low < 0 else 0.02), high + reach * (0.26 if high > 0 else 0.02))
    for row, (fact, size) in enumerate(zip(facts, sizes, strict=True)):
        move = fact.movement
        if move is None or move.amount is None:
            continue
        text = narrator.format.signed(move.direction, narrator.format.number(move.amount, None)) + remark(fact, narrator)
        label(axes, text, (size, row), 1 if size >= 0 else -1, INK)
    axes.axvline(0, color=INK, linewidth=0.8, zorder=3)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
