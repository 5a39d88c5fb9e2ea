"""What the settings, styles and rows of a Word document hide or strike out, set down in the runs, so that one rule tells whether a run is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from .tables.cells import count_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Properties that take a run's words away: hidden, struck out, struck out twice.
AWAY = ("vanish", "strike", "dstrike")
VANISH, *STRIKES = (f"{W}rPr/{W}{name}" for name in AWAY)
HIDDEN_ROW, HEIGHT = f"{W}trPr/{W}hidden", f"{W}trPr/{W}trHeight"
# The height of a row that shows nothing, in twentieths of a point.
LOWEST = 40
# Where a style is named, under the run, the paragraph or the table around it, and the kind of style a paragraph or table has that names none.
NAMED = ((W + "r", f"{W}rPr/{W}rStyle", "character"), (W + "p", f"{W}pPr/{W}pStyle", "paragraph"), (W + "tbl", f"{W}tblPr/{W}tblStyle", "table"))
ALL = object()
# A size of no more than a point (in halves), and an outline without a filling: nothing is seen of such words, nor of white ones on white.
SIZE, COLOUR, SMALLEST = f"{W}rPr/{W}sz", f"{W}rPr/{W}color", 2
UNFILLED = "{*}rPr/{http://schemas.microsoft.com/office/word/2010/wordml}textFill/{http://schemas.microsoft.com/office/word/2010/wordml}noFill"
WHITE = re.compile("(?:f[a-f]){3}", re.IGNORECASE)
# What a run's own settings may leave to its styles, and what of it is worth setting down.
FROM_STYLES = {
    f"{W}rPr/{W}vertAlign": re.compile("superscript|subscript"), f"{W}rPr/{W}position": re.compile("-?(?:[6-9]|[1-9][0-9]+)"),
    COLOUR: WHITE, SIZE: re.compile("[0-2]"),
}  # fmt: skip
RAISING = tuple(FROM_STYLES)[:2]
# What sets words on another ground than the page: of a run, a paragraph, a cell or a table, and around them.
SHADES = tuple(f"{W}{of}/{W}shd" for of in ("rPr", "pPr", "tcPr", "tblPr", f"tblStylePr/{W}tcPr"))
HIGHLIGHT, BOX = f"{W}rPr/{W}highlight", W + "txbxContent"
TURNED = W + "bdo"


def is_on(mark: Any) -> bool:
    """Whether a property that is on or off is there, and on."""
    return mark is not None and mark.get(W + "val") not in ("0", "false", "off")


def take_away(roots: Iterable[Any], styles: Any) -> None:
    """Mark the runs under `roots` that a style of `styles` (the root of its part, or None) hides or strikes out, and that do not say otherwise, and
    those of hidden rows."""
    roots = list(roots)
    said = Said(styles)
    said.set_down(roots)
    for run in (run for root in roots for run in root.iter(W + "r") if run.find(W + "rPr") is not None or run.getparent().tag == TURNED):
        if _is_unseen(run, said):
            _mark(run, AWAY[0])
    for name in AWAY:
        place = f"{W}rPr/{W}{name}"
        taking = _taking(styles, place) if styles is not None else set()
        if not taking:
            continue
        for run in (run for root in roots for run in root.iter(W + "r") if run.find(place) is None):
            # A property that several of them switch on is off where their number is even (ECMA-376 part 1, 17.7.3).
            if ALL in taking or sum(_style(run, *named) in taking for named in NAMED) % 2:
                _mark(run, name)
    for row in (row for root in roots for row in root.iter(W + "tr") if is_on(row.find(HIDDEN_ROW)) or _has_no_height(row)):
        for run in row.iter(W + "r"):
            _mark(run, AWAY[0])


def _has_no_height(row: Any) -> bool:
    """Whether a row is exactly so high that nothing is seen in it."""
    told = row.find(HEIGHT)
    return told is not None and told.get(W + "hRule") == "exact" and count_of(told.get(W + "val"), LOWEST + 1) <= LOWEST


def _is_unseen(run: Any, said: Said) -> bool:
    """Whether the settings of a run itself leave nothing of its words to see, or turn their order around."""
    size, colour = run.find(SIZE), run.find(COLOUR)
    if size is not None and count_of(size.get(W + "val"), SMALLEST + 1) <= SMALLEST:
        return True
    if run.getparent().tag == TURNED and run.getparent().get(W + "val") == "rtl":
        return True
    if run.find(UNFILLED) is not None:
        return True
    return colour is not None and WHITE.fullmatch(colour.get(W + "val") or "") is not None and _is_on_the_page(run, said)


def _is_on_the_page(run: Any, said: Said) -> bool:
    """Whether words stand on the page itself, as far as neither they nor what is around them may say otherwise."""
    if run.find(HIGHLIGHT) is not None or run.getroottree().find(f"{W}background") is not None or next(run.iterancestors(BOX), None) is not None:
        return False
    holders = (run, *run.iterancestors(W + "p", W + "tc", W + "tbl"))
    if any((shade := holder.find(place)) is not None and _shades(shade) for holder in holders for place in SHADES):
        return False
    return not any(said.shades(_style(holder, *named)) for holder in holders for named in NAMED if holder.tag == named[0])


def _shades(shade: Any) -> bool:
    return not WHITE.fullmatch(fill := shade.get(W + "fill") or "auto") and (fill != "auto" or shade.get(W + "val") not in (None, "clear", "nil"))


class Said:
    """What the styles of a Word document say of runs that do not say it themselves; `styles` is the root of their part, or None."""

    def __init__(self, styles: Any) -> None:
        found = list(styles.iter(W + "style")) if styles is not None else []
        self.held = {(style.get(W + "type"), style.get(W + "styleId")): style for style in found}
        self.held |= {(style.get(W + "type"), None): style for style in found if style.get(W + "default") in ("1", "true", "on")}
        self.defaults = styles.find(f"{W}docDefaults/{W}rPrDefault") if styles is not None else None
        self.known: dict[tuple[Any, str], Any] = {}

    def set_down(self, roots: Iterable[Any]) -> None:
        """Set down in the runs what their styles raise, make white or tiny."""
        holders = [*self.held.values(), *([self.defaults] if self.defaults is not None else [])]
        for place, telling in FROM_STYLES.items():
            if not any((one := holder.find(place)) is not None and telling.fullmatch(one.get(W + "val") or "") for holder in holders):
                continue
            for run in (run for root in roots for run in root.iter(W + "r") if run.find(place) is None):
                named = [_style(run, *named) for named in (NAMED[:1] if place in RAISING else NAMED)]
                told = next((one for one in (self.of(name, place) for name in named) if one is not None), None)
                if told is None and self.defaults is not None and place not in RAISING:
                    told = self.defaults.find(place)
                if told is not None:
                    _settings(run).append(deepcopy(told))

    def of(self, name: Any, place: str) -> Any:
        """What a style says at a place, or one that it is based on."""
        if (name, place) not in self.known:
            self.known[name, place] = next((one for style in self._chain(name) if (one := style.find(place)) is not None), None)
        return self.known[name, place]

    def shades(self, name: Any) -> bool:
        """Whether a style sets what it is of on another ground."""
        return any(_shades(one) for style in self._chain(name) for one in style.iter(W + "shd"))

    def _chain(self, name: tuple[str, str | None]) -> Iterator[Any]:
        seen = set()
        while name in self.held and name not in seen:
            seen.add(name)
            yield self.held[name]
            base = self.held[name].find(W + "basedOn")
            name = (name[0], base.get(W + "val")) if base is not None else (name[0], "")


def _mark(run: Any, name: str) -> None:
    settings = _settings(run)
    if (said := settings.find(W + name)) is not None:
        settings.remove(said)
    settings.append(settings.makeelement(W + name))


def _settings(run: Any) -> Any:
    settings = run.find(W + "rPr")
    if settings is None:
        settings = run.makeelement(W + "rPr")
        run.insert(0, settings)
    return settings


def _style(run: Any, tag: str, place: str, kind: str) -> tuple[str, str | None]:
    holder = run if run.tag == tag else next(run.iterancestors(tag), None)
    named = holder.find(place) if holder is not None else None
    return kind, named.get(W + "val") if named is not None else None


def _taking(styles: Any, away: str) -> set[object]:
    """The styles, by kind and id, that take their words away by that property, those that no id names (the default of their kind) under None."""
    held = {(style.get(W + "type"), style.get(W + "styleId")): style for style in styles.iter(W + "style")}
    defaults = {(kind, None): style for (kind, _), style in held.items() if style.get(W + "default") in ("1", "true", "on")}
    taking: set[object] = {ALL} if is_on(styles.find(f"{W}docDefaults/{W}rPrDefault/{away}")) else set()
    told: dict[Any, bool] = {None: False}
    for name, style in (held | defaults).items():
        chain = {}  # styles that say nothing themselves, each based on the next
        while style not in told and style not in chain and style.find(away) is None:
            base = style.find(W + "basedOn")
            chain[style] = True
            style = held.get((name[0], base.get(W + "val"))) if base is not None else None
        takes = told[style] if style in told else style not in chain and is_on(style.find(away))
        told |= dict.fromkeys([*chain, style], takes)
        if takes:
            taking.add(name)
    return taking
