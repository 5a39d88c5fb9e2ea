"""What a document sets raised or lowered beside its words: marks of notes, powers, parts of names. None of its digits is part of a figure."""

from __future__ import annotations

import re
from typing import Any

from .parting import is_within_words
from .stylesheets import Styles, StyleSheets

_FULL = str.maketrans("０１２３４５６７８９＋－（）", "0123456789+-()")
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
# By the words of DOCX and of CSS for them.
SMALL = {"superscript": _RAISED, "super": _RAISED, "subscript": _LOWERED, "sub": _LOWERED}
TAGS = {"sup": "super", "sub": "sub"}
# How far up or down a style sets words, and how far is no mere evening out of a line: 2 points or pixels, a fifth of a sign.
LENGTH = re.compile(r"([+-]?)(\d*\.?\d+)(pt|px|em|ex|rem|%)")
FAR = {"pt": 2, "px": 2, "em": 0.2, "rem": 0.2, "ex": 0.3, "%": 20}
PLACES = frozenset(("vertical-align", "font-variant-position", "position", "top", "bottom"))
# Words are no mark of a note, but for the one that says so.
WORDS = re.compile("(?!注)[\u3400-\u9fff]")


def small(words: str, place: str) -> str:
    """Words with the digits that are set so.

    >>> small("[１2]", "superscript"), small("2", "sub"), small("3", "baseline")
    ('[¹²]', '₂', '3')
    """
    return words.translate(_FULL).translate(SMALL[place]) if place in SMALL else words


def set_small(tree: Any, sheets: StyleSheets) -> None:
    """Set down in raised and lowered signs what a page raises or lowers in a line, whatever elements hold it; words set so are `sup` or `sub`."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or not is_within_words(element.tag):
            continue
        place = place_of(element.tag, sheets.of(element))
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
