"""What a page holds and does not show: words struck out, and words, rows, cells and blocks that are hidden by a mark or a style.

Nothing of it is read, and where it has a figure it is named. What only a script, or a sheet outside the page, hides cannot be told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .leaving import has_digits, passages
from .model import LeftOut
from .parting import APART, IN_ITS_PLACE, OF_A_FIGURE, WITHIN_WORDS
from .raised import PLACES, TAGS, place_of
from .stylesheets import GROUND, Styles, StyleSheets, declared

WITHIN_TABLES = frozenset("tr td th thead tbody tfoot caption".split())
STRUCK = frozenset(("del", "s", "strike"))
NOTHING = re.compile(r"[+-]?(?:0+\.?0*|\.0+)(?:[a-z]+|%)?")
# No more than a pixel or a point high, or without colour, or so pale that nobody reads it.
TINY = re.compile(rf"{NOTHING.pattern}|\+?(?:0*\.[0-9]+|0*1(?:\.[0-9]*)?)(?:px|pt)")
_PALE = r"(?:0*\.0[0-9]*|0+(?:\.0[0-9]*)?|0*[0-9](?:\.[0-9]*)?%)"
PALE = re.compile(rf"\+?{_PALE}|-[0-9.]+%?")
CLEAR = re.compile(rf"transparent|#[0-9a-f]{{3}}[01]|#[0-9a-f]{{6}}[01][0-9a-f]|[a-z]+\((?:(?:[^(),/]*,){{3}}|[^(),/]*/)\s*{_PALE}\s*\)")
TINY_WORDS = re.compile(rf"{TINY.pattern}|\+?(?:0*\.0[0-9]*r?em|0*[0-9](?:\.[0-9]*)?%)")
AWAY = re.compile(r"-(?:(?:999|[0-9]{4,6})(?:\.[0-9]*)?(?:px|pt)|(?:[5-9][0-9]|[0-9]{3,6})r?em|(?:[2-9][0-9]{2}|[0-9]{4,6})%|[1-9][0-9]{2,5}v[wh])")
_SIDE, _NEXT = r"[^\s,()]+", r"\s*[\s,]\s*"
_NOUGHT = r"[+-]?(?:0+\.?0*|\.0+)"
# What hides an element, property by property: by a value that its descendants share unless theirs says otherwise, and whatever they say.
SHARED = {
    "visibility": re.compile("hidden|collapse"), "font-size": TINY_WORDS, "text-indent": AWAY, "color": CLEAR, "-webkit-text-fill-color": CLEAR,
    "-webkit-text-security": re.compile("disc|circle|square"),
}  # fmt: skip
ALONE = {
    "display": re.compile("none"), "opacity": PALE, **dict.fromkeys(("left", "top", "right", "bottom", "margin-left", "margin-top"), AWAY),
    "transform": re.compile(
        rf".*(?:scale(?:[xy]|3d)?\(\s*{_NOUGHT}\s*[,)]|scale\([^,()]*,\s*{_NOUGHT}\s*\)|rotate[xy]\(\s*-?90deg\s*\)"
        rf"|translate(?:[xy]|3d)?\([^()]*-(?:[0-9]{{4,6}}(?:px|pt)|[1-9][0-9]{{2,3}}v[wh])).*"
    ),
    "scale": re.compile(rf"{_NOUGHT}%?(?:\s.*)?"), "zoom": NOTHING,
    "filter": re.compile(rf".*opacity\(\s*{_PALE}\s*\).*"), "content-visibility": re.compile("hidden"),
    "clip": re.compile(
        rf"rect\((?:(?:\s*[01](?:px)?\s*,?){{4}}|\s*({_SIDE}){_NEXT}{_SIDE}{_NEXT}\1{_NEXT}{_SIDE}|\s*{_SIDE}{_NEXT}({_SIDE}){_NEXT}{_SIDE}{_NEXT}\2)\s*\)"
    ),
    "clip-path": re.compile(
        r"inset\(\s*(?:[5-9][0-9]|[1-9][0-9]{2})(?:\.[0-9]*)?%\s*\)|(?:circle|ellipse)\(\s*0[^.0-9].*|circle\(0\)"
        r"|polygon\(\s*([^\s,()]+\s+[^\s,()]+)(?:\s*,\s*\1)*\s*\)"
    ),
}  # fmt: skip
# Of what has no extent nothing is seen where what runs over is cut off, nor of words set in beyond it.
EXTENTS = {**dict.fromkeys(("width", "height", "max-width", "max-height"), TINY), "text-indent": re.compile("[1-9][0-9]{2,5}%")}
CUTS = dict.fromkeys(("overflow", "overflow-x", "overflow-y"), re.compile("(?:hidden|clip|scroll)(?: .*)?"))
WHITE = re.compile(
    r"white|snow|ivory|#ffff?|#(?:f[a-f]){3}(?:ff)?|rgba?\((?:\s*(?:25[0-5]|100%)\s*[, ]){2}\s*(?:25[0-5]|100%)\s*(?:[,/]\s*1(?:\.0*)?\s*)?\)"
    r"|hsla?\([^(),/%]*[, ]\s*[0-9.]+%?\s*[, ]\s*(?:9[89]|100)%\s*\)"
)
PLAIN = re.compile(rf"{WHITE.pattern}|none|transparent|initial|unset|inherit|repeat|scroll|auto|0.*")
# What an element may set its words on; a class or an id may, in a sheet that is not at hand.
GROUNDS, NAMED = ("bgcolor", "background"), ("class", "id")
# Words for those whose browser shows no such thing; in a line they would be glued to others.
INSTEAD = frozenset("noscript audio video canvas object iframe".split())
# What no browser shows: words for those that have no such thing, and what only a script or a choice brings out.
NEVER = frozenset("canvas video audio iframe noframes datalist".split())
OF_DRAWINGS = frozenset("title desc defs metadata symbol".split())
# What turns the order of signs around: read in theirs, the words say something else.
TURNING = re.compile(".*override.*")
# What begins a line, whatever its tag is.
BEGINS_A_LINE = re.compile("block|flex|grid|table|list-item|table-row|table-caption|flow-root")
LINES = ("text-decoration", "text-decoration-line")
STRIKES = re.compile(".*line-through.*")
# All that is asked of a style sheet.
ASKED = frozenset((*SHARED, *ALONE, *EXTENTS, *CUTS, *LINES, *PLACES, "unicode-bidi", "direction"))


def show_what_scripts_show(tree: Any) -> None:
    """Take the style off an element that hides itself and all passages of a page: a script shows it once the page is there (WeChat's articles)."""
    nothing = re.compile("(?!)")
    shown = sum(1 for _ in passages(tree, nothing))
    for element in tree.xpath("//body//*[@style]"):
        told = declared(element.get("style"))
        if SHARED["visibility"].fullmatch(told.get("visibility", "")) or NOTHING.fullmatch(told.get("opacity", "")):
            if shown and sum(1 for _ in passages(element, nothing)) == shown:
                del element.attrib["style"]


def as_shown(tag: str, attributes: Mapping[str, str]) -> str:
    """The tag that an element is shown as by its own attributes alone: of a block, of what is raised, or its own; nothing where they hide it.

    >>> [as_shown("span", {"style": style}) for style in ("color: red", "display:none", "font-size:0", "display:block", "vertical-align:super")]
    ['span', '', '', 'div', 'sup']
    """
    told = declared(attributes.get("style", ""))
    white = WHITE.fullmatch(told.get("color") or attributes.get("color", "").lower()) is not None and not any("background" in key for key in told)
    if "hidden" in attributes or white or _any_of(ALONE | SHARED, told) or (_any_of(CUTS, told) and _any_of(EXTENTS, told)):
        return ""
    raised = tag in WITHIN_WORDS and place_of(tag, told)
    return next(one for one, named in TAGS.items() if named == raised) if raised else _by_style(tag, told)


def _by_style(tag: str, told: Styles) -> str:
    return "div" if tag in WITHIN_WORDS and BEGINS_A_LINE.fullmatch(told.get("display", "")) else tag


class Unseen:
    """What of a page is not shown, told by the marks and styles of its elements; `tree` is its root."""

    def __init__(self, tree: Any, path: object) -> None:
        self.sheets = StyleSheets(tree, ASKED, path)
        self._held: dict[Any, bool] = {}
        # Those with a descendant that is shown again: pages set the size of a list to nought to close its gaps, and that of its items anew.
        self._again: dict[object, set[Any]] = {key: set() for key in (*SHARED, WHITE)}
        for element in tree.iter():
            told = self.sheets.of(element)
            shown = [key for key, value in told.items() if key in SHARED and not SHARED[key].fullmatch(value)]
            if ("color" in shown and not WHITE.fullmatch(told["color"])) or self._is_ground(element, told):
                shown.append(WHITE)
            for key in shown:
                around = element.getparent()
                while around is not None and around not in self._again[key]:
                    self._again[key].add(around)
                    around = around.getparent()

    def hides(self, element: Any) -> bool:
        """Whether an element says that it is not shown."""
        told = self.sheets.of(element)
        return (
            element.get("hidden") is not None
            or (element.tag == "dialog" and element.get("open") is None)
            or _any_of(ALONE, told)
            or (_any_of(CUTS, told) and _any_of(EXTENTS, told))
            or self._is_blank(element)
            or self._is_white(element)
        )

    def shown_as(self, element: Any) -> str:
        """The tag of which an element within words is by its style: of a block, or its own."""
        return _by_style(str(element.tag), self.sheets.of(element))

    def holds(self, element: Any) -> bool:
        """Whether an element is not shown, by what it or one around it says."""
        climbed = []
        while element is not None and element not in self._held:
            climbed.append(element)
            element = element.getparent()
        held = element is not None and self._held[element]
        for one in reversed(climbed):
            held = self._held[one] = held or self.hides(one)
        return held

    def take_words(self, tree: Any) -> Iterator[LeftOut]:
        """Take out of a page what is hidden or struck out within its lines and tables, and name what of it has a figure."""
        for what, is_gone in (("hidden_text", self._hides_within), ("struck_text", self._strikes)):
            count = 0
            for element in [one for one in tree.iter() if isinstance(one.tag, str) and is_gone(one)]:
                if element.getparent() is not None:
                    count += has_digits(element.text_content())
                    if self._turns(element) and has_digits(element.text_content()):
                        element.tail = OF_A_FIGURE + (element.tail or "")
                    elif element.tag in APART:
                        element.tail = IN_ITS_PLACE + (element.tail or "")
                    if element.tag == "iframe" or (element.tag in ("td", "th") and self._is_blank(element)):
                        element.text = None  # it keeps its place, in the row or as a page within the page
                        del element[:]
                    else:
                        element.drop_tree()
            if count:
                yield LeftOut(what, count=count)

    def _hides_within(self, element: Any) -> bool:
        if element.tag in NEVER or element.get("popover") is not None:
            return True
        if element.tag in OF_DRAWINGS and next(element.iterancestors("svg"), None) is not None:
            return True
        if element.tag in INSTEAD or self._turns(element):
            around = element.getparent()
            return around is not None and (around.tag in WITHIN_WORDS or around.tag in ("p", "td", "th", "li"))
        return element.tag in WITHIN_WORDS | WITHIN_TABLES and self.hides(element)

    def _turns(self, element: Any) -> bool:
        """Whether an element sets its words from the right to the left."""
        told = self.sheets.of(element)
        way = (element.get("dir") or told.get("direction", "")).lower()
        return way == "rtl" and (element.tag == "bdo" or TURNING.fullmatch(told.get("unicode-bidi", "")) is not None)

    def _is_blank(self, element: Any) -> bool:
        """Whether an element has its place, and nothing is seen there."""
        told = self.sheets.of(element)
        return any(pattern.fullmatch(told[key]) and element not in self._again[key] for key, pattern in SHARED.items() if key in told)

    def _is_white(self, element: Any) -> bool:
        """Whether the words of an element are of the colour of what they stand on, as far as the page tells it."""
        told = self.sheets.of(element)
        colour = told.get("color") or (element.get("color") or "").lower().strip()
        if not colour or element in self._again[WHITE]:
            return False
        if colour in (told.get("background"), told.get("background-color")):
            return True
        around = (element, *element.iterancestors())
        return WHITE.fullmatch(colour) is not None and not any(self._is_ground(one, self.sheets.of(one)) for one in around)

    def _is_ground(self, element: Any, told: Styles) -> bool:
        """Whether the words of an element may stand on another ground than the page."""
        if any(element.get(key) is not None for key in (GROUNDS if self.sheets.whole else GROUNDS + NAMED)):
            return True
        return any(key.startswith(GROUND) and not PLAIN.fullmatch(value) for key, value in told.items())

    def _strikes(self, element: Any) -> bool:
        if element.tag in STRUCK:
            return True
        told = self.sheets.of(element) if element.tag in WITHIN_WORDS else {}
        return any(STRIKES.fullmatch(told.get(key, "")) for key in LINES)


def _any_of(hiding: Mapping[str, re.Pattern[str]], told: Styles) -> bool:
    return any(pattern.fullmatch(told[key]) for key, pattern in hiding.items() if key in told)

