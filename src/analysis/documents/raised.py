"""What a document sets raised or lowered beside its words: marks of notes, powers, parts of names. None of its digits is part of a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .parting import OF_A_FIGURE, is_within_words
from .stylesheets import Styles, StyleSheets

_FULL = str.maketrans("０１２３４５６７８９＋－（）", "0123456789+-()")
_RAISED = str.maketrans("0123456789+-()*abcdefghi", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾⁎ᵃᵇᶜᵈᵉᶠᵍʰⁱ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
# By the words of DOCX and of CSS for them.
SMALL = {"superscript": _RAISED, "super": _RAISED, "subscript": _LOWERED, "sub": _LOWERED}
TAGS = {"sup": "super", "sub": "sub"}
# How far up or down a style sets words, and how far is no mere evening out of a line: 2 points or pixels, a fifth of a sign.
LENGTH = re.compile(r"([+-]?)(\d*\.?\d+)(pt|px|em|ex|rem|%)")
FAR = {"pt": 2, "px": 2, "em": 0.2, "rem": 0.2, "ex": 0.3, "%": 20}
PLACES = frozenset(("vertical-align", "font-variant-position", "position", "top", "bottom"))
# What the mark of a note says that it is, and is.
NOTE = re.compile(r"\b(?:doc-)?(?:(?:foot|end)?note-?ref|footnote|endnote|note)s?\b", re.IGNORECASE)
MARK = re.compile(r"[\[(（［〔【]?[0-9０-９]{1,3}[\])）］〕】]?|[*＊†‡]{1,3}")
LONGEST_MARK = 5
# So many elements without words may stand between a mark and its figure.
NEAR = 9
# Words are no mark of a note, but for the one that says so.
WORDS = re.compile("(?!注)[\u3400-\u9fff]")


def small(words: str, place: str) -> str:
    """Words with the digits that are set so.

    >>> small("[１2]", "superscript"), small("2", "sub"), small("3", "baseline")
    ('[¹²]', '₂', '3')
    """
    return words.translate(_FULL).translate(SMALL[place]) if place in SMALL else words


def is_note(attributes: Mapping[str, str], words: str) -> bool:
    """Whether an element is the mark of a note: a few signs that lead to a place in the page, or say that they are one.

    >>> [is_note({"href": href}, words) for href, words in (("#_ftn2", "2"), ("#n", "[12]"), ("#t", "12364"), ("a.htm", "2"))]
    [True, True, False, False]
    """
    return _leads_to_a_note(attributes) and MARK.fullmatch(words.strip()) is not None


def _leads_to_a_note(attributes: Mapping[str, str]) -> bool:
    return attributes.get("href", "").strip().startswith("#") or any(NOTE.search(attributes.get(key, "")) for key in ("role", "epub:type", "class"))


def _before(element: Any) -> str:
    """The last sign that stands before an element in its line, as far as a few elements tell."""
    for _ in range(NEAR):
        earlier, around = element.getprevious(), element.getparent()
        words = (earlier.tail if earlier is not None else around.text if around is not None else "") or ""
        if words:
            return str(words[-1])
        if earlier is not None and isinstance(earlier.tag, str):
            inner = earlier.text_content() if is_within_words(earlier.tag) else "\n"
            if inner:
                return str(inner[-1])
        if earlier is None and (around is None or not is_within_words(around.tag)):
            break
        element = around if earlier is None else earlier
    return ""


def set_small(tree: Any, sheets: StyleSheets) -> None:
    """Set down in raised and lowered signs what a page raises or lowers in a line, whatever elements hold it; words set so are `sup` or `sub`."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or not is_within_words(element.tag):
            continue
        place = place_of(element.tag, sheets.of(element))
        may_be = not place and (element.tag == "small" or _leads_to_a_note(element.attrib))
        if may_be and len(words := element.text_content()) <= LONGEST_MARK and words[:1].isdecimal() and _before(element).isdecimal():
            if is_note(element.attrib, words):
                place = "super"
            elif element.tag == "small":  # of a figure, or beside it
                element.text = OF_A_FIGURE + (element.text or "")
        if place or element.tag in TAGS:
            element.tag = next((tag for tag, named in TAGS.items() if named == place), "span")
        if place and WORDS.search(element.text_content()) is None:
            for one in element.iter():
                one.text = small(one.text or "", place) if isinstance(one.tag, str) else one.text
                if one is not element:
                    one.tail = small(one.tail or "", place)


def place_of(tag: str, told: Styles) -> str:
    """Whether an element is raised or lowered: by its style, else by its tag."""
    said = (told.get("font-variant-position", ""), told.get("vertical-align", TAGS.get(tag, "")))
    named = next((one for one in said if one in SMALL), "") or _moved(said[1])
    if named or told.get("position") != "relative":
        return named
    return _moved(told["top"], down=True) if "top" in told else _moved(told.get("bottom", ""))


def _moved(length: str, down: bool = False) -> str:
    found = LENGTH.fullmatch(length)
    if found is None or float(found[2]) < FAR[found[3]]:
        return ""
    return "super" if (found[1] == "-") is down else "sub"
