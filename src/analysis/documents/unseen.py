"""What a page holds and does not show: words struck out, and words, rows, cells and blocks that are hidden by a mark or a style.

Nothing of it is read, and where it has a figure it is named. What only a script, or a sheet outside the page, hides cannot be told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .leaving import has_digits
from .model import LeftOut
from .stylesheets import StyleSheets

# Their words stand within a line or a table, where they would be glued to others: 6<span style="display:none">5</span> would be 65.
WITHIN_WORDS = frozenset("span font b strong i em u sup sub a small big mark label abbr code q cite tt var kbd samp ins bdi bdo time data".split())
WITHIN_TABLES = frozenset("tr td th thead tbody tfoot caption".split())
STRUCK = frozenset(("del", "s", "strike"))
NOTHING = re.compile(r"[+-]?(?:0+\.?0*|\.0+)(?:[a-z]+|%)?")
AWAY = re.compile(r"-[0-9]{4,6}(?:px|pt|em|rem|%)")
# What hides an element, property by property: by a value that its descendants share unless theirs says otherwise, and whatever they say.
SHARED = {"visibility": re.compile("hidden|collapse"), "font-size": NOTHING, "text-indent": AWAY}
ALONE = {
    "display": re.compile("none"), "opacity": NOTHING, "left": AWAY, "top": AWAY, "transform": re.compile(r"scale\(\s*0+\s*\)"),
    "clip": re.compile(r"rect\((?:\s*[01](?:px)?\s*,?){4}\s*\)"), "clip-path": re.compile(r"inset\(\s*(?:50|100)%\s*\)"),
}  # fmt: skip
LINES = ("text-decoration", "text-decoration-line")
STRIKES = re.compile(".*line-through.*")


class Unseen:
    """What of a page is not shown, told by the marks and styles of its elements; `tree` is its root."""

    def __init__(self, tree: Any) -> None:
        self._sheets = StyleSheets(tree, SHARED | ALONE | dict.fromkeys(LINES, STRIKES))
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
            or any(pattern.fullmatch(told[key]) for key, pattern in ALONE.items() if key in told)
            or self._is_blank(element)
        )

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
                    if element.tag in ("td", "th") and self._is_blank(element):
                        element.text = None  # it keeps its place in the row
                        del element[:]
                    else:
                        element.drop_tree()
            if count:
                yield LeftOut(what, count=count)

    def _hides_within(self, element: Any) -> bool:
        return element.tag in WITHIN_WORDS | WITHIN_TABLES and self.hides(element)

    def _is_blank(self, element: Any) -> bool:
        """Whether an element has its place, and nothing is seen there."""
        told = self._sheets.of(element)
        return any(pattern.fullmatch(told[key]) and element not in self._again[key] for key, pattern in SHARED.items() if key in told)

    def _strikes(self, element: Any) -> bool:
        if element.tag in STRUCK:
            return True
        told = self._sheets.of(element) if element.tag in WITHIN_WORDS else {}
        return any(STRIKES.fullmatch(told.get(key, "")) for key in LINES)
