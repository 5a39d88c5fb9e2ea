"""House style and charts, for reports and notebooks: colour-blind safe, labelled directly, text as text.

`plot_levels`, `plot_changes` and `plot_series` draw a matplotlib figure from facts or observations. What a report shows
of them is decided in `figures`.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import matplotlib
import matplotlib.figure
import pandas as pd

from .facts import Fact, decimal_of, text_of
from .fonts import register_for_charts
from .formatting import Formatter
from .narrative import Narrator
from .phrases import Wording
from .tables import capital, earlier_value

INK, MUTED, RULE = "#1f2328", "#6b7280", "#d8dce1"
NOW, BEFORE, UP, DOWN, WRONG = "#0b5394", "#8a9099", "#0072b2", "#d55e00", "#a6192e"  # blue and vermilion: Okabe and Ito
SERIES = ("#0072b2", "#d55e00", "#009e73", "#56606b")
WIDTH = 6.3  # inches: the text width of the page, so that type keeps its size
ROW = 0.25
WIDEST_LINEAR = Decimal(6)  # a larger ratio between the ends of a scale needs a logarithmic one
LABEL_LINE = 0.078  # height of a line of a label, as a share of the axis
Plot = matplotlib.figure.Figure
# Backends are not style, and matplotlib warns of those that it keeps only for old scripts.
_NO_STYLE = ("backend", "interactive", "toolbar", "webagg", "savefig.directory", "tk.")
PLAIN = {name: value for name, value in matplotlib.rcParamsDefault.items() if not name.startswith(_NO_STYLE)}
# What seaborn's style "white" sets: its import costs more than all the charts of a report.
WHITE = {"axes.axisbelow": True, "lines.solid_capstyle": "round", "patch.edgecolor": "w", "patch.force_edgecolor": True}


def style() -> dict[str, Any]:
    """Give the house style as matplotlib settings; use it with `matplotlib.rc_context(style())`.

    It begins with matplotlib's own settings, all of them: whatever a user's matplotlibrc says, the same chart has the same bytes.
    """
    families = list(register_for_charts())
    return (
        PLAIN
        | WHITE
        | {
            "font.family": families,
            "font.size": 9,
            "axes.titlesize": 9.5,
            "axes.titleweight": "normal",
            "axes.titlelocation": "left",
            "axes.labelsize": 8.5,
            "axes.edgecolor": RULE,
            "axes.labelcolor": MUTED,
            "text.color": INK,
            "xtick.color": MUTED,
            "ytick.color": INK,
            "xtick.labelsize": 8.5,
            "ytick.labelsize": 9,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.spines.left": False,
            "xtick.bottom": True,
            "xtick.major.size": 3,
            "ytick.left": False,
            "axes.unicode_minus": True,
            "svg.fonttype": "none",
            "svg.hashsalt": "tongbi",
            "figure.dpi": 100,
            "lines.linewidth": 1.6,
            "grid.color": RULE,
        }
    )


def svg(figure: Plot) -> str:
    """Write a figure as SVG: the same figure gives the same bytes, and its text stays text."""
    buffer = io.StringIO()
    with matplotlib.rc_context(style()):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight", pad_inches=0.08)
    return buffer.getvalue()


def plot_levels(facts: Sequence[Fact], narrator: Narrator) -> Plot:
    """Draw each figure against the year before: a dot for now, a bar for the interval that the earlier value lies in."""
    with matplotlib.rc_context(style()):
        names = _row_names(facts, narrator)
        figure = matplotlib.figure.Figure(figsize=(WIDTH, _height(names) + 0.75), layout="constrained")
        axes = figure.subplots()
        for row, fact in enumerate(facts):
            _level_row(axes, row, fact, narrator)
        values = [end for fact in facts for end in (*_before(fact), fact.value)]
        if min(values) > 0 and max(values) / min(values) > WIDEST_LINEAR:
            axes.set_xscale("log")
            spread = float(max(values)) / float(min(values))
            axes.set_xlim(float(min(values)) / spread**0.4, float(max(values)) * spread**0.3)  # room for the labels
            axes.set_xlabel(narrator.wording("chart.log"), loc="right")
        else:
            axes.set_xlim(0, float(max(values)) * 1.13)
        _number_axis(axes, narrator.format, logarithmic=axes.get_xscale() == "log")
        _name_rows(axes, names)
        axes.grid(axis="x", linewidth=0.5)
        _key(axes, narrator, implied=any(fact.implied for fact in facts))
    return figure


def _level_row(axes: Any, row: int, fact: Fact, narrator: Narrator) -> None:
    low, high = map(float, _before(fact))
    now = float(fact.value)
    axes.plot([(low + high) / 2, now], [row, row], color=RULE, linewidth=3.5, solid_capstyle="round", zorder=1)
    axes.plot([low, high], [row, row], color=BEFORE, linewidth=5, solid_capstyle="butt", zorder=2)
    axes.scatter([(low + high) / 2], [row], s=34, facecolor="white", edgecolor=BEFORE, linewidth=1.5, zorder=3)
    axes.scatter([now], [row], s=38, color=NOW, zorder=4)
    right, left = (narrator.value(fact), now), (earlier_value(fact, narrator), low)
    if now < (low + high) / 2:
        right, left = (left[0], high), right
    for (label, at), side in ((right, 1), (left, -1)):
        colour = NOW if label == narrator.value(fact) else MUTED
        axes.annotate(
            label,
            (at, row),
            xytext=(7 * side, 0),
            textcoords="offset points",
            va="center",
            ha="left" if side > 0 else "right",
            fontsize=8,
            color=colour,
        )


def _before(fact: Fact) -> tuple[Decimal, Decimal]:
    """Give the interval the earlier value lies in; a printed one is a point."""
    if fact.previous is not None:
        return fact.previous, fact.previous
    if fact.movement and fact.movement.computed_from is not None:
        return fact.movement.computed_from, fact.movement.computed_from
    return fact.implied.low, fact.implied.high


def _key(axes: Any, narrator: Narrator, implied: bool) -> None:
    """Say above the rows what the two dots are, in their colours."""
    before = narrator.wording("chart.before" if implied else "chart.before_printed")
    words = [("○ " + before, BEFORE), ("● " + narrator.wording("chart.now", period=narrator.format.period(narrator.edition_period)), NOW)]
    for at, (word, colour) in enumerate(words):
        axes.annotate(word, (0, 1), xycoords="axes fraction", xytext=(at * 150, 8), textcoords="offset points", color=colour, fontsize=8.5)


def plot_changes(facts: Sequence[Fact], narrator: Narrator) -> Plot:
    """Draw changes as bars, the largest rise first; per cent and percentage points in panels of their own."""
    panels = [
        (kind, sorted((fact for fact in facts if kind_of(fact) == kind), key=_signed, reverse=True)) for kind in ("percent", "percentage_points")
    ]
    panels = [(kind, members) for kind, members in panels if members]
    with matplotlib.rc_context(style()):
        height = sum(_height(_row_names(members, narrator)) for _, members in panels)
        figure = matplotlib.figure.Figure(figsize=(WIDTH, height + 0.55 * len(panels)), layout="constrained")
        axes = figure.subplots(len(panels), 1, squeeze=False, gridspec_kw={"height_ratios": [len(m) + 0.6 for _, m in panels]})[:, 0]
        for panel, (kind, members) in zip(axes, panels, strict=True):
            _change_panel(panel, members, narrator)
            doubtful = any(fact.verdict == "contradiction" for fact in members)
            title = narrator.wording(f"chart.{kind}") + (narrator.wording("chart.doubtful") if doubtful else "")
            panel.set_title(title, color=MUTED, fontsize=8.5)
    return figure


def _change_panel(axes: Any, facts: Sequence[Fact], narrator: Narrator) -> None:
    sizes = [float(_signed(fact)) for fact in facts]
    colours = [UP if size >= 0 else DOWN for size in sizes]
    doubtful = [fact.verdict == "contradiction" for fact in facts]
    bars = axes.barh(range(len(facts)), sizes, height=0.62, color=colours, zorder=2)
    for bar, wrong, colour in zip(bars, doubtful, colours, strict=True):
        if wrong:
            bar.set(facecolor="white", edgecolor=colour, hatch="////", linewidth=1)
    reach = max(max(sizes), 0) - min(min(sizes), 0)
    axes.set_xlim(min(min(sizes), 0) - reach * (0.2 if min(sizes) < 0 else 0.02), max(max(sizes), 0) + reach * (0.2 if max(sizes) > 0 else 0.02))
    for row, (fact, size) in enumerate(zip(facts, sizes, strict=True)):
        label = narrator.format.signed(fact.movement.direction, narrator.format.number(fact.movement.amount, None))
        label += (" " + narrator.wording("verdict.contradiction.mark")) * doubtful[row]
        axes.annotate(
            label,
            (size, row),
            xytext=(4 if size >= 0 else -4, 0),
            textcoords="offset points",
            va="center",
            ha="left" if size >= 0 else "right",
            fontsize=8,
            color=WRONG if doubtful[row] else INK,
        )
    axes.axvline(0, color=INK, linewidth=0.8, zorder=3)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    _name_rows(axes, _row_names(facts, narrator))


def kind_of(fact: Fact) -> str:
    """Name the kind of a change that has an amount; empty for a figure without one."""
    return fact.movement.kind if fact.movement and fact.movement.amount is not None else ""


def _signed(fact: Fact) -> Decimal:
    return fact.movement.amount * {"up": 1, "down": -1}.get(fact.movement.direction, 0)


def plot_series(
    observations: pd.DataFrame, indicators: Mapping[str, str], lang: str = "zh", implied: pd.DataFrame | None = None, breaks: Iterable[str] = ()
) -> Plot:
    """Draw yearly figures as lines that break where a year has no figure.

    `indicators` maps catalogue ids to the names written beside the lines, all in one unit. `implied` adds the earlier
    values that printed changes imply, as bars; `breaks` are years from which a definition changed.
    """
    form = Formatter(Wording.load(lang))
    with matplotlib.rc_context(style()):
        figure = matplotlib.figure.Figure(figsize=(WIDTH, 2.5), layout="constrained")
        axes = figure.subplots()
        ends = []
        for colour, (indicator, name) in zip(SERIES * 3, indicators.items(), strict=False):
            points = yearly(observations, indicator)
            _line(axes, points, colour)
            ends.append((name, points, colour))
            if implied is not None:
                _implied_bars(axes, observations, indicator, implied, colour)
        _name_lines(axes, ends, form)
        for year in breaks:
            axes.axvline(int(year) - 0.5, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
        _year_axes(axes, form)
    return figure


def yearly(observations: pd.DataFrame, indicator: str) -> dict[int, Decimal]:
    """Give an indicator's printed yearly values, the last published where several are printed."""
    rows = observations[(observations["indicator"] == indicator) & (observations["kind"] == "actual")]
    found = {}
    for row in rows.sort_values("published", kind="stable").to_dict("records"):
        value, period = decimal_of(row["value"]), text_of(row["period"])
        if value is not None and len(period) == 4 and period.isdigit():
            found[int(period)] = value
    return dict(sorted(found.items()))


def spells(points: Iterable[int]) -> list[list[int]]:
    """Cut years into spells without a gap.

    >>> spells([1960, 1961, 1979])
    [[1960, 1961], [1979]]
    """
    runs: list[list[int]] = []
    for year in sorted(points):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def _line(axes: Any, points: Mapping[int, Decimal], colour: str) -> None:
    for spell in spells(points):
        axes.plot(spell, [float(points[year]) for year in spell], color=colour, marker="o", markersize=3.2, zorder=3)


def _implied_bars(axes: Any, observations: pd.DataFrame, indicator: str, implied: pd.DataFrame, colour: str) -> None:
    mine = implied[implied["id"].isin(observations.loc[observations["indicator"] == indicator, "id"])]
    for row in mine.to_dict("records"):
        low, high, period = decimal_of(row["implied_low"]), decimal_of(row["implied_high"]), text_of(row["implied_period"])
        if low is not None and high is not None and period.isdigit():
            axes.plot([int(period)] * 2, [float(low), float(high)], color=colour, linewidth=4, alpha=0.45, solid_capstyle="butt", zorder=2)
            axes.scatter([int(period)], [float(low + high) / 2], s=26, facecolor="white", edgecolor=colour, zorder=3)


def _name_lines(axes: Any, ends: Sequence[tuple[str, Mapping[int, Decimal], str]], form: Formatter) -> None:
    """Write each line's name and last value at its right end, moved apart where they would meet."""
    top = max((float(value) for _, points, _ in ends for value in points.values()), default=1.0) * 1.08
    axes.set_ylim(0, top)
    last_year = max((max(points) for _, points, _ in ends if points), default=0)
    first_year = min((min(points) for _, points, _ in ends if points), default=0)
    axes.set_xlim(first_year - 0.6, last_year + 0.6)
    floor = 0.0
    for name, points, colour in sorted((end for end in ends if end[1]), key=lambda end: end[1][max(end[1])]):
        half = top * LABEL_LINE * (name.count("\n") + 2) / 2
        height = max(float(points[max(points)]), floor + half)
        floor = height + half + top * LABEL_LINE / 4
        axes.annotate(
            f"{name}\n{form.number(points[max(points)])}",
            (last_year + 0.6, height),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            fontsize=8.3,
            color=colour,
            linespacing=1.25,
            annotation_clip=False,
        )


def _year_axes(axes: Any, form: Formatter) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=9))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: form.number(Decimal(str(value)), 0)))
    axes.tick_params(axis="y", labelcolor=MUTED, labelsize=8.5)
    axes.grid(axis="y", linewidth=0.5)


def _number_axis(axes: Any, form: Formatter, logarithmic: bool) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    if logarithmic:
        low, high = axes.get_xlim()
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high / low < 300 else (1,)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: form.number(Decimal(str(round(value))), 0)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.minorticks_off()


def _row_names(facts: Sequence[Fact], narrator: Narrator) -> list[str]:
    longest = 15 if narrator.lang == "zh" else 36
    return [row_label(capital(narrator.name(fact)), longest, narrator.lang) for fact in facts]


def _height(names: Sequence[str]) -> float:
    return sum(ROW if "\n" not in name else ROW * 1.35 for name in names)


def _name_rows(axes: Any, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names, linespacing=0.95)
    axes.set_ylim(len(names) - 0.45, -0.55)


def row_label(name: str, longest: int, lang: str) -> str:
    """Break a long name over two lines, at a space where the language has them."""
    if len(name) <= longest:
        return name
    if lang == "zh":
        half = (len(name) + 1) // 2
        return f"{name[:half]}\n{name[half:]}"
    cut = min((at for at, sign in enumerate(name) if sign == " "), key=lambda at: abs(at - len(name) / 2), default=-1)
    return name if cut < 0 else f"{name[:cut]}\n{name[cut + 1 :]}"
