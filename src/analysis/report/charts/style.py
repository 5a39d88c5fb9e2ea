"""The house style of charts, and what all of them share: rows with names, axes with units, numbers as the reader writes them."""

import io
import warnings
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import matplotlib
import matplotlib.figure
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ...writing.acting import shown
from ...writing.numbers import Formatter
from ..facts import Fact
from ..fonts import register_for_charts
from ..naming import capital
from ..narrative import Narrator

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

INK, MUTED, RULE = "#1f2328", "#6b7280", "#d8dce1"
NOW, BEFORE, UP, DOWN, WRONG = "#0b5394", "#8a9099", "#0072b2", "#d55e00", "#a6192e"  # blue and vermilion: Okabe and Ito
BAND = "#e6e9ed"
SERIES = ("#0072b2", "#d55e00", "#009e73", "#56606b")
WIDTH = 6.3  # inches: the text width of the page, so that type keeps its size
ROW = 0.21
CUT = "…"  # the end of a name that has no room beside its row
PADDING = 0.08  # inches around what is drawn
# Backends are not style, and matplotlib warns of those that it keeps only for old scripts.
NOT_STYLE = ("backend", "interactive", "toolbar", "webagg", "savefig.directory", "tk.")
PLAIN = {name: matplotlib.rcParamsDefault[name] for name in matplotlib.rcParamsDefault if not name.startswith(NOT_STYLE)}


class Plot(matplotlib.figure.Figure):
    """A figure that a notebook shows as it stands, whatever backend is set."""

    def _repr_svg_(self) -> str:
        return svg(self)


def style() -> "dict[RcKeyType, Any]":
    """Give the house style as matplotlib settings; use it with `matplotlib.rc_context(style())`.

    It begins with matplotlib's own settings, all of them: whatever a user's matplotlibrc says, the same chart has the same bytes.
    """
    return PLAIN | {
        "font.family": list(register_for_charts()),
        "font.size": 9,
        "axes.titlesize": 9.5,
        "axes.titleweight": "normal",
        "axes.titlelocation": "left",
        "axes.labelsize": 8.5,
        "axes.edgecolor": RULE,
        "axes.axisbelow": True,
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
        # A name with dollar signs is a name, no formula.
        "text.parse_math": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "tongbi",
        "figure.dpi": 100,
        "lines.linewidth": 1.6,
        "lines.solid_capstyle": "round",
        "grid.color": RULE,
        "hatch.linewidth": 0.7,
    }


def svg(figure: Plot) -> str:
    """Write a figure as SVG: the same figure gives the same bytes, and its text stays text, without what XML cannot hold."""
    buffer = io.StringIO()
    with matplotlib.rc_context(style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph ")  # a character that no typeface has: the text stays text, and whoever sets it says so
        FigureCanvasSVG(figure)
        # Laid out and measured here: asked for a tight box, matplotlib first draws the whole figure to nowhere.
        figure.set_dpi(FigureCanvasSVG.fixed_dpi)
        layout = figure.get_layout_engine()
        if layout is not None:
            layout.execute(figure)
            figure.set_layout_engine(None)
        box = figure.get_tightbbox().padded(PADDING)
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches=box, dpi=FigureCanvasSVG.fixed_dpi)
    return "\n".join(map(shown, buffer.getvalue().split("\n")))


def canvas(height: float, panels: int = 1, ratios: Sequence[float] | None = None, width: float = WIDTH) -> tuple[Plot, list[Any]]:
    """Make a figure of the text's width with panels one above the other."""
    figure = Plot(figsize=(width, height), layout="constrained")
    axes = figure.subplots(panels, 1, squeeze=False, gridspec_kw={"height_ratios": list(ratios)} if ratios else None)
    return figure, list(axes[:, 0])


def row_label(name: str, longest: int, lang: str) -> str:
    """Break a long name over two lines, at a space where the language has them; one that has no room on them is cut, and ends in an ellipsis."""
    if len(name) > 3 * longest:
        name = name[: 3 * longest - 1].rstrip() + CUT
    if len(name) <= longest:
        return name
    half = (len(name) + 1) // 2
    cuts = range(1, len(name)) if lang == "zh" else [at for at, sign in enumerate(name) if sign == " "]
    near = [at for at in cuts if max(at, len(name) - at) <= 1.5 * longest + 1 and (lang != "zh" or _may_part(name[at - 1], name[at]))]
    cut = min(near, key=lambda at: abs(at - half), default=half)
    return f"{name[:cut]}\n{name[cut:].lstrip()}"


def _may_part(before: str, behind: str) -> bool:
    """Whether a line of Chinese may end between two signs: in no foreign word, behind no opening bracket and before no closing one."""
    return not (before.isascii() and behind.isascii()) and before not in "（(《“〔" and behind not in "）)》”〕，、。；："


def longest_name(lang: str) -> int:
    """How many signs of a row's name stand on one line."""
    return 15 if lang == "zh" else 36


def row_names(facts: Sequence[Fact], narrator: Narrator) -> list[str]:
    """The names beside the rows of a chart, broken where they are long."""
    return [row_label(capital(narrator.name_with_scope(fact)), longest_name(narrator.lang), narrator.lang) for fact in facts]


def height_of(names: Sequence[str]) -> float:
    """The height in inches that rows of these names need."""
    return ROW * sum(map(_lines, names))


def _lines(name: str) -> float:
    """The height of a row, in rows of one line."""
    return 1.5 if "\n" in name else 1.0


def places_of(names: Sequence[str]) -> list[float]:
    """Where rows of these names stand below the first, in rows of one line: names of two lines do not touch.

    >>> places_of(["a", "b", "c\\nd", "e"])
    [0.0, 1.0, 2.25, 3.5]
    """
    return [end - _lines(name) / 2 - 0.5 for name, end in zip(names, accumulate(map(_lines, names)), strict=True)]


def name_rows(axes: Any, names: Sequence[str]) -> None:
    """Write the names beside the rows, the first on top."""
    full = any("⺀" <= sign for name in names for sign in name)  # Chinese signs fill the height of their line, Latin ones leave room in it
    axes.set_yticks(places_of(names), names, linespacing=1.15 if full else 0.95)
    axes.set_ylim(height_of(names) / ROW - 0.45, -0.55)


def label(axes: Any, text: str, at: tuple[float, float], side: int, colour: str = INK, size: float = 8, gap: float = 5) -> None:
    """Write a text beside a mark, `gap` points from it: to its right (side 1) or left (side -1)."""
    where = {"xytext": (gap * side, 0), "textcoords": "offset points", "va": "center", "ha": "left" if side > 0 else "right"}
    axes.annotate(text, at, **where, fontsize=size, color=colour, annotation_clip=False)


def scale_of(largest: float, form: Formatter) -> tuple[float, str]:
    """The scale in which an axis is written: 万 and 亿 in Chinese, thousand and million in English where numbers are that large.

    >>> from ..phrases import Wording
    >>> scale_of(4000000, Formatter(Wording.load("zh"))), scale_of(4000000, Formatter(Wording.load("en")))
    ((10000.0, '万'), (1000000.0, ' million'))
    """
    for scale in form.wording.table("axis_scales"):
        if largest >= scale["from"]:
            return float(scale["size"]), scale["word"]
    return 1.0, ""


def number_axis(axis: Any, largest: float, unit: str, form: Formatter, ticks: int = 5) -> None:
    """Write the ticks of an axis in the scale of its numbers and name their unit: 400万, and once 件."""
    size, word = scale_of(largest, form)
    axis.set_major_locator(MaxNLocator(nbins=ticks, integer=size == 1 and largest > ticks))
    axis.set_major_formatter(FuncFormatter(lambda value, _: written_tick(value, size, word, form)))
    named = form.counted(unit)
    if named:
        axis.set_label_text(named, loc="right" if axis.axis_name == "x" else "top", rotation=0) if axis.axis_name == "x" else None


def written_tick(value: float, size: float, word: str, form: Formatter) -> str:
    """Write one tick: 0, 400万, 1.5 million."""
    number = (Decimal(repr(round(float(value), 9))) / Decimal(repr(size))).normalize()
    places = max(0, -int(number.as_tuple().exponent))
    return form.number(number, places) + (word if number else "")
