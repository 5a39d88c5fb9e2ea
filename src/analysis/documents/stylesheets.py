"""What the style sheets in a page say of its elements: of all of CSS so much as tells what is hidden.

A rule counts for a tag, a class, a tag of a class or an id. One for less than that (`.open .menu`, `.menu:hover`) may hold or not: it hides nothing,
and what it shows counts as shown. Sheets that the page only names are not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
BRACE = re.compile("[{}]")
SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:[.](?P<class>[\w-]+)|#(?P<id>[\w-]+))?", re.IGNORECASE)
NAME = re.compile(r"[.#]?[\w-]+")
# Which rule goes before another: that of an id, of a class, of a tag.
IDS, CLASSES, TAGS = 2, 1, 0
Styles = Mapping[str, str]


def declared(words: str) -> dict[str, str]:
    """The declarations of a style, the last of each.

    >>> declared("Display:none !important; color : red")
    {'display': 'none', 'color': 'red'}
    """
    words = COMMENT.sub("", words)
    if "\\" in words:
        words = ESCAPED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), words)
    pairs = (one.partition(":") for one in words.lower().split(";"))
    told = {key.strip(): value.replace("!important", "").strip() for key, _, value in pairs}
    if "text" in (told.get("background-clip"), told.get("-webkit-background-clip")):  # through clear words their ground is seen
        return {key: value for key, value in told.items() if key not in ("color", "-webkit-text-fill-color")}
    return told


class StyleSheets:
    """The rules of the `<style>` elements under `tree` that set one of `hiding`, each with the pattern of what hides by it."""

    def __init__(self, tree: Any, hiding: Mapping[str, re.Pattern[str]]) -> None:
        self._hiding = hiding
        self._said: dict[str, dict[str, tuple[int, int, str]]] = {}
        self._shown: dict[str, set[str]] = {}
        words = "\n".join(one.text or "" for one in tree.iter("style") if "print" not in one.get("media", "").lower())
        for number, (selectors, told) in enumerate(_rules(words)):
            kept = {key: value for key, value in told.items() if key in hiding}
            for selector in selectors.split(",") if kept else ():
                self._note(selector.strip(), kept, number)

    def of(self, element: Any) -> Styles:
        """What is said of an element by the sheets, and by its own style, which goes before them."""
        own = element.get("style")
        if not self._said:
            return declared(own) if own else {}
        tag, said, shown = element.tag, {}, set()
        keys = [tag, *(key for name in (element.get("class") or "").split() for key in (f".{name}", f"{tag}.{name}")), f"#{element.get('id')}"]
        for key in keys if isinstance(tag, str) else ():
            for property_, rule in self._said.get(key, {}).items():
                said[property_] = max(said.get(property_, rule), rule)
            shown |= self._shown.get(key, set())
        found = {property_: value for property_, (_, _, value) in said.items() if property_ not in shown}
        return found | declared(own) if own else found

    def _note(self, selector: str, told: Styles, number: int) -> None:
        if (simple := SIMPLE.fullmatch(selector)) and selector:
            rank = IDS if simple["id"] else CLASSES if simple["class"] else TAGS
            key = f"#{simple['id']}" if simple["id"] else (simple["tag"] or "").lower() + (f".{simple['class']}" if simple["class"] else "")
            self._said.setdefault(key, {}).update({property_: (rank, number, value) for property_, value in told.items()})
            return
        shows = {property_ for property_, value in told.items() if not self._hiding[property_].fullmatch(value)}
        for name in NAME.findall(re.split(r"[\s>+~]", selector)[-1]) if shows else ():
            self._shown.setdefault(name, set()).update(shows)


def _rules(words: str) -> Iterator[tuple[str, Styles]]:
    """The rules of a sheet, selectors and declarations, without those that hold in some medium only."""
    words = COMMENT.sub("", words)
    start, open_at, depth = 0, 0, 0
    for brace in BRACE.finditer(words):
        if brace[0] == "{":
            open_at, depth = (brace.end(), 1) if not depth else (open_at, depth + 1)
        elif depth:
            depth -= 1
            selectors = words[start : open_at - 1].rpartition(";")[2].strip() if not depth else "@"
            if not selectors.startswith("@"):
                yield selectors, declared(words[open_at : brace.start()])
        if not depth:
            start = brace.end()
    if depth == 1 and not (selectors := words[start : open_at - 1].strip()).startswith("@"):  # a sheet may end within its last rule
        yield selectors, declared(words[open_at:])
