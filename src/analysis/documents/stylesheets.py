"""What the style sheets in a page say of its elements, as a browser on a wide screen weighs it (tinycss2 reads them, cssselect2 their selectors).

Nobody points at anything, and no script has run: `.menu:hover` holds for nothing. Sheets that the page only names are not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

from .errors import DocumentError
from .media import holds

COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
PRESSING = re.compile(r"!\s*important")
# The size that a shorthand gives the words: before the name of their typeface.
FONT_SIZE = re.compile(r"(?:.*\s)?(0|[0-9.]+(?:px|pt|r?em|ex|%))(?:\s*/\s*\S+)?\s+[^\s/].*")
# Rules within rules nest no deeper, and no selector, in parts, or value is longer: what goes beyond is left out.
DEEPEST, LONGEST, LONGEST_WHOLE, LONGEST_VALUE = 8, 120, 2000, 300
# What of a selector looks at more than an element, those around it and their attributes; and what goes over all beside it or in it.
BESIDE, ALL_BESIDE = re.compile("[:+~]"), re.compile(r"~(?!=)|of-type|:has|\bof\b")
UNPLAIN = re.compile(r"[:\\\[]")
TAG_BEHIND = re.compile("&[a-z]", re.IGNORECASE)
# Names of any namespace, or of one: HTML has none.
ANY_SPACE = re.compile(r"\|(?![=|])")
NAMES = re.compile(r"[.#][\w-]+")
LAST = re.compile(r"[^\s>+~]*$")
# So often a page's elements are held against selectors; a real page takes a hundredth.
MOST_TESTS = 3_000_000
GROUND = "background"
Styles = Mapping[str, str]
Said = tuple[bool, tuple[int, ...], int, str]


def declared(words: str) -> dict[str, str]:
    """The declarations of a style, of each the last, or the last that presses.

    >>> declared("Display:none !important; color : red; display:block; font: 700 0/1 serif")
    {'display': 'none', 'color': 'red', 'font': '700 0/1 serif', 'font-size': '0'}
    """
    return {key: value for key, (_, value) in _weighed(words).items()}


def _weighed(words: str) -> dict[str, tuple[bool, str]]:
    words = COMMENT.sub("", words)
    if "\\" in words:
        words = ESCAPED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), words)
    told: dict[str, tuple[bool, str]] = {}
    for key, _, value in (one.partition(":") for one in words.lower().split(";")):
        value = value[:LONGEST_VALUE]
        presses = "!" in value and PRESSING.search(value) is not None
        said = (presses, PRESSING.sub("", value).strip() if presses else value.strip())
        for name, one in _spelt_out(key.strip(), said):
            if presses or name not in told or not told[name][0]:
                told[name] = one
    through = any(told.get(key, (False, ""))[1] == "text" for key in ("background-clip", "-webkit-background-clip"))  # their ground is seen
    return {key: said for key, said in told.items() if not (through and key in ("color", "-webkit-text-fill-color"))}


def _spelt_out(key: str, said: tuple[bool, str]) -> Iterator[tuple[str, tuple[bool, str]]]:
    yield key, said
    if key == "font" and (size := FONT_SIZE.fullmatch(said[1])):
        yield "font-size", (said[0], size[1])


class StyleSheets:
    """The rules of the `<style>` elements under `tree` that say one of `keys` or set a ground, each held against the elements as they stand now.

    Raises DocumentError for sheets of a page at `path` that take longer to weigh than those of any page.
    """

    def __init__(self, tree: Any, keys: Container[str], path: object) -> None:
        self._said: dict[Any, dict[str, Said]] = {}
        rules = _Rules(tree, keys)
        if rules.weight:
            for element, found in rules.matches(path):
                said = self._said.setdefault(element, {})
                for specificity, told in found:
                    for key, (presses, number, value) in told.items():
                        one = (presses, specificity, number, value)
                        said[key] = max(said.get(key, one), one)
        # Whether what a class stands for is said in the page itself.
        self.whole = bool(self._said) and not tree.xpath("//link[contains(@rel, 'stylesheet')]")

    def of(self, element: Any) -> Styles:
        """What is said of an element by the sheets, and by its own style, which goes before what does not press in them."""
        own, said = element.get("style"), self._said.get(element)
        if said is None:
            return declared(own) if own else {}
        found = {key: value for key, (_, _, _, value) in said.items()}
        weighed = _weighed(own) if own else {}
        return found | {key: value for key, (presses, value) in weighed.items() if presses or key not in said or not said[key][0]}


class _Rules(Matcher):
    """The selectors of the sheets of a page, but those of names that no element has."""

    def __init__(self, tree: Any, keys: Container[str]) -> None:
        super().__init__()
        self.tree, self.weight, self.beside = tree, 0, False
        self._tests = 0
        names = {f".{name}" for one in tree.iter() if isinstance(one.tag, str) for name in (one.get("class") or "").split()}
        names |= {f"#{one.get('id')}" for one in tree.iter() if isinstance(one.tag, str) and one.get("id")}
        for selectors, told in _told(_sheets(tree)).items():
            asked = any(key in keys or key.startswith(GROUND) for key in told)
            if asked and any(UNPLAIN.search(one) or names.issuperset(NAMES.findall(LAST.search(one)[0])) for one in selectors):
                self._take(",".join(selectors), told)

    def _take(self, selectors: str, told: Mapping[str, tuple[bool, int, str]]) -> None:
        if ANY_SPACE.search(selectors):
            return
        try:
            compiled = [one for one in compile_selector_list(selectors) if one.pseudo_element is None and not one.never_matches]
        except (SelectorError, RecursionError, MemoryError, SyntaxError):
            return  # one that nobody knows takes its whole rule with it
        bare = re.sub(r"\[[^]]*\]", "", selectors)
        weight = 1 if not ALL_BESIDE.search(bare) else max((len(one) for one in self.tree.iter()), default=1) if ":has" not in bare else self._size
        for one in compiled:
            self.add_selector(one, (weight, told))
            self.weight, self.beside = max(self.weight, weight), self.beside or BESIDE.search(bare) is not None

    @property
    def _size(self) -> int:
        return sum(1 for _ in self.tree.iter())

    def add_relevant_selectors(self, element: Any, selectors: list[Any], relevant_selectors: list[Any]) -> None:
        """Those of some selectors that are an element's, each test counted."""
        self._tests += sum(payload[0] for *_, payload in selectors) if self.weight > 1 else len(selectors)
        if self._tests > MOST_TESTS:
            raise OverflowError
        super().add_relevant_selectors(element, selectors, relevant_selectors)

    def matches(self, path: object) -> Iterator[tuple[Any, list[tuple[tuple[int, ...], Any]]]]:
        """The elements that a rule is of, with the specificity and the words of each; elements that stand alike are held against them once."""
        alike: dict[object, tuple[int, list[Any]]] = {}
        numbers: dict[Any, int] = {}
        try:
            for element in ElementWrapper.from_html_root(self.tree).iter_subtree():
                mine = element.etree_element
                key = mine if self.beside else (numbers.get(mine.getparent()), mine.tag, tuple(mine.items()))
                if key not in alike:
                    alike[key] = len(alike), [(specificity, payload[1]) for specificity, _, _, payload in self.match(element)]
                numbers[mine], found = alike[key]
                if found:
                    yield mine, found
        except OverflowError as error:
            raise DocumentError(path, "its style sheets have too many rules to weigh", "save the article's text as a plain text file") from error


def _told(rules: Iterable[tuple[tuple[str, ...], Mapping[str, tuple[bool, str]]]]) -> dict[tuple[str, ...], dict[str, tuple[bool, int, str]]]:
    """What is said by each selector, with the number of the rule."""
    told: dict[tuple[str, ...], dict[str, tuple[bool, int, str]]] = {}
    for number, (selectors, said) in enumerate(rules):
        held = told.setdefault(selectors, {})
        for key, (presses, value) in said.items():
            held[key] = max(held.get(key, (False, -1, "")), (presses, number, value))
    return told


def _sheets(tree: Any) -> Iterator[tuple[tuple[str, ...], Mapping[str, tuple[bool, str]]]]:
    for one in tree.iter("style"):
        is_css = (one.get("type") or "text/css").strip().lower() == "text/css"
        if one.text and is_css and holds(one.get("media", "")) and next(one.iterancestors("noscript", "template"), None) is None:
            yield from _rules(tinycss2.parse_stylesheet(one.text, skip_comments=True, skip_whitespace=True), "", 0)


def _rules(nodes: Iterable[Any], around: str, depth: int) -> Iterator[tuple[tuple[str, ...], Mapping[str, tuple[bool, str]]]]:
    """The selectors of some rules with what is declared, those within others and for screens among them."""
    for node in nodes:
        if node.type == "at-rule" and node.content is not None and depth < DEEPEST and _is_for_screens(node):
            yield from _rules(_within(node), around, depth + 1)
        elif node.type == "qualified-rule":
            selectors = tuple(_nested(one, around) for one in _parts(node.prelude))
            if not all(selectors):
                continue
            held = _within(node)
            said = _weighed(";".join(_written([one]) for one in held if one.type == "declaration"))
            if said:
                yield selectors, said
            inner = [one for one in held if one.type in ("qualified-rule", "at-rule")]
            if inner and depth < DEEPEST:
                yield from _rules(inner, f":is({','.join(selectors)})", depth + 1)
        elif node.type == "declaration" and around:
            yield (around,), _weighed(_written([node]))


def _nested(selector: str, around: str) -> str:
    """A selector that stands within the rule of another; nothing where it comes out longer than any."""
    if not selector or TAG_BEHIND.search(selector) or len(selector) * max(1, len(around)) > LONGEST_WHOLE**2:
        return ""
    whole = selector if not around else selector.replace("&", around) if "&" in selector else f"{around} {selector}"
    return whole if len(whole) <= LONGEST_WHOLE else ""


def _within(node: Any) -> list[Any]:
    return tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)


def _is_for_screens(node: Any) -> bool:
    if node.lower_at_keyword == "media":
        return len(node.prelude) <= LONGEST and holds(_written(node.prelude))
    return node.lower_at_keyword == "layer" or (node.lower_at_keyword == "supports" and all(one != "not" for one in node.prelude))


def _written(tokens: list[Any]) -> str:
    try:
        return tinycss2.serialize(tokens)
    except RecursionError:
        return ""  # brackets within brackets within brackets


def _parts(prelude: list[Any]) -> Iterator[str]:
    """The selectors of a rule; nothing for one that is longer than any."""
    part: list[Any] = []
    for token in [*prelude, None]:
        if token is None or token == ",":
            yield _written(part).strip() if len(part) <= LONGEST else ""
            part = []
        elif token.type != "comment":
            part.append(token)
