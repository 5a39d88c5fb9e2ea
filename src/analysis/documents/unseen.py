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
from .raised import TAGS, place_of
from .stylesheets import Styles, StyleSheets, declared

WITHIN_TABLES = frozenset("tr td th thead tbody tfoot caption".split())
STRUCK = frozenset(("del", "s", "strike"))
NOTHING = re.compile(r"[+-]?(?:0+\.?0*|\.0+)(?:[a-z]+|%)?")
# No more than a pixel or a point high, or without colour.
TINY = re.compile(rf"{NOTHING.pattern}|\+?(?:0*\.[0-9]+|0*1(?:\.[0-9]*)?)(?:px|pt)")
CLEAR = re.compile(r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\((?:[^(),/]*,){3}\s*0*\.?0*%?\s*\)|[a-z]+\([^(),/]*/\s*0*\.?0*%?\s*\)")
AWAY = re.compile(r"-[0-9]{4,6}(?:px|pt|em|rem|%)")
# What hides an element, property by property: by a value that its descendants share unless theirs says otherwise, and whatever they say.
SHARED = {"visibility": re.compile("hidden|collapse"), "font-size": TINY, "text-indent": AWAY, "color": CLEAR, "-webkit-text-fill-color": CLEAR}
ALONE = {
    "display": re.compile("none"), "opacity": NOTHING, "left": AWAY, "top": AWAY,
    "transform": re.compile(r".*scale(?:[xy]|3d)?\(\s*[+-]?(?:0+\.?0*|\.0+)\s*[,)].*"),
    "filter": re.compile(r".*opacity\(\s*(?:0+\.?0*|\.0+)%?\s*\).*"), "content-visibility": re.compile("hidden"),
    "clip": re.compile(r"rect\((?:\s*[01](?:px)?\s*,?){4}\s*\)"), "clip-path": re.compile(r"inset\(\s*(?:50|100)%\s*\)"),
}  # fmt: skip
# Of what has no extent nothing is seen where what runs over is cut off.
EXTENTS = dict.fromkeys(("width", "height", "max-width", "max-height"), NOTHING)
CUTS = {"overflow": re.compile("hidden|clip|scroll")}
WHITE = re.compile(r"white|#fff(?:fff)?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)")
# What an element may set its words on; a class or an id may, in a sheet that is not at hand.
GROUNDS = ("bgcolor", "background", "class", "id")
# Words for those whose browser shows no such thing; in a line they would be glued to others.
INSTEAD = frozenset("noscript audio video canvas object iframe".split())
# What turns the order of signs around: read in theirs, the words say something else.
TURNING = re.compile(".*override.*")
# What begins a line, whatever its tag is.
BEGINS_A_LINE = re.compile("block|flex|grid|table|list-item|table-row|table-caption|flow-root")
LINES = ("text-decoration", "text-decoration-line")
STRIKES = re.compile(".*line-through.*")


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

    def __init__(self, tree: Any) -> None:
        others = {"unicode-bidi": TURNING} | dict.fromkeys(LINES, STRIKES)
        self._sheets = StyleSheets(tree, SHARED | ALONE | EXTENTS | CUTS | others)
        # Those with a descendant that is shown again: pages set the size of a list to nought to close its gaps, and that of its items anew.
        self._again: dict[str, set[Any]] = {key: set() for key in SHARED}
        for element in tree.iter():
            for key, told in self._sheets.of(element).items():
                if key in SHARED and not SHARED[key].fullmatch(told):
                    around = element.getparent()
                    while around is not None and around not in self._again[key]:
                        self._again[key].add(around)
                        around = around.getparent()

    def hides(self, element: Any) -> bool:
        """Whether an element says that it is not shown."""
        told = self._sheets.of(element)
        return (
            element.get("hidden") is not None
            or (element.tag == "dialog" and element.get("open") is None)
            or _any_of(ALONE, told)
            or (_any_of(CUTS, told) and _any_of(EXTENTS, told))
            or self._is_blank(element)
        )

    def shown_as(self, element: Any) -> str:
        """The tag of which an element within words is by its style: of a block, or its own."""
        return _by_style(str(element.tag), self._sheets.of(element))

    def holds(self, element: Any) -> bool:
        """Whether an element is not shown, by what it or one around it says."""
        return any(map(self.hides, (element, *element.iterancestors())))

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
                    if element.tag in ("td", "th") and self._is_blank(element):
                        element.text = None  # it keeps its place in the row
                        del element[:]
                    else:
                        element.drop_tree()
            if count:
                yield LeftOut(what, count=count)

    def _hides_within(self, element: Any) -> bool:
        if element.tag in INSTEAD or self._turns(element):
            around = element.getparent()
            return around is not None and (around.tag in WITHIN_WORDS or around.tag in ("p", "td", "th", "li"))
        return element.tag in WITHIN_WORDS | WITHIN_TABLES and (self.hides(element) or _is_white(element))

    def _turns(self, element: Any) -> bool:
        """Whether an element sets its words from the right to the left."""
        told = self._sheets.of(element)
        way = (element.get("dir") or told.get("direction", "")).lower()
        return way == "rtl" and (element.tag == "bdo" or TURNING.fullmatch(told.get("unicode-bidi", "")) is not None)

    def _is_blank(self, element: Any) -> bool:
        """Whether an element has its place, and nothing is seen there."""
        told = self._sheets.of(element)
        return any(pattern.fullmatch(told[key]) and element not in self._again[key] for key, pattern in SHARED.items() if key in told)

    def _strikes(self, element: Any) -> bool:
        if element.tag in STRUCK:
            return True
        told = self._sheets.of(element) if element.tag in WITHIN_WORDS else {}
        return any(STRIKES.fullmatch(told.get(key, "")) for key in LINES)


def _any_of(hiding: Mapping[str, re.Pattern[str]], told: Styles) -> bool:
    return any(pattern.fullmatch(told[key]) for key, pattern in hiding.items() if key in told)


def _is_white(element: Any) -> bool:
    """Whether an element says itself that its words are white, and neither it nor what is around it may say what they stand on."""
    if not WHITE.fullmatch(declared(element.get("style", "")).get("color") or (element.get("color") or "").lower().strip()):
        return False
    around = (element, *element.iterancestors())
    return not any(one.get(key) is not None for one in around for key in GROUNDS) and not any("background" in one.get("style", "") for one in around)
