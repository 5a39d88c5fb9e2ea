"""What Markdown sets in a text beside its words: marks of emphasis, headings, quotations, links, notes and escapes, tags and entities of HTML.

They say nothing, and part no words but where a tag breaks the line or an entity is a blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

_STRONG = re.compile(r"(?P<mark>(?<!\*)\*{2,3}(?!\*)|(?<!_)__(?!_))[^\n*_]{1,500}(?P<end>(?P=mark))(?!(?<=\*)\*|(?<=_)_)")
_SOFT = re.compile(
    r"(?P<mark>(?<!\*)\*|(?<![A-Za-z0-9_])_|(?<!`)`{1,2})(?=[^\s*`_])[^\n*`_]{0,500}(?<=[^\s*`_])(?P<end>(?P=mark))"
    r"(?!(?<=\*)\*|(?<=`)`|(?<=_)[A-Za-z0-9_])"
)
_LINK = re.compile(
    r"(?P<mark>!?\[(?!\^))[^\[\]\n]{0,500}(?P<end>\](?:\(<?[^()\s<>]{1,500}>?(?:[ ]\"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,50}\]))"
)
_NOTE = re.compile(r"(?P<mark>\[\^[^\[\]\s]{1,20}\]:?)")
_BEGINS_A_LINE = re.compile(r"(?:^|(?<=\n))[ ]{0,3}(?P<mark>#{1,6}[ \t]+|(?:>[ \t]*){1,9}(?![>\s0-9]))")
_ESCAPE = re.compile(r"(?P<mark>\\)(?=[!#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]|\r?\n)")
_TAG = re.compile(r"(?P<mark></?(?:b|strong|em|i|u|span|font|mark|small|big|a)(?:\s[^<>\n]{0,300})?>)", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|hr|/?p|/?div|/?center|/?h[1-6]|/?li|/?[uo]l)(?:\s[^<>\n]{0,300})?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});")
# The settings that converters write before a text.
_FRONT = re.compile(r"\A(?P<mark>---[ \t]*\r?\n(?:[A-Za-z_][\w-]*:[^\n]*\n|[ \t-][^\n]*\n){1,40}---[ \t]*\r?\n)")
# What to look for where a sign stands in a text.
_BY_SIGN = {
    "**": _STRONG, "__": _STRONG, "*": _SOFT, "_": _SOFT, "`": _SOFT, "](": _LINK, "][": _LINK, "[^": _NOTE, "#": _BEGINS_A_LINE, ">": _BEGINS_A_LINE,
    "\\": _ESCAPE, "<": _TAG, "---": _FRONT,
}  # fmt: skip
# Marks stand within marks, so deep.
_DEEPEST = 3


def without_marks(text: str) -> tuple[str, list[int]] | None:
    """The text without its marks, and the place in ``text`` of each sign that is left; None for a text that has none.

    A mark between two digits stays: 3*4*5 is no 345.

    >>> without_marks("立案**12起**")
    ('立案12起', [0, 1, 4, 5, 6])
    >>> without_marks("立案&nbsp;12起<br>破案5起")[0], without_marks("3*4*5")
    ('立案 12起\\n破案5起', None)
    """
    shown, places = text, range(len(text))
    for _ in range(_DEEPEST):
        marks = sorted(set(_marks(shown)))
        if not marks:
            break
        kept, left, position = [], list[int](), 0
        for start, end, instead in [*marks, (len(shown), len(shown), "")]:
            if start >= position:
                kept += [shown[position:start], instead]
                left += [*places[position:start], *places[start : start + len(instead)]]
                position = end
        shown, places = "".join(kept), left
    return (shown, places) if shown != text else None


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the marks stand that have no others of their kind within them, each with the sign that stands for it, if one does."""
    if "<" in text:
        yield from _breaks(text)
    for pattern in dict.fromkeys(pattern for sign, pattern in _BY_SIGN.items() if sign in text):
        for found in pattern.finditer(text):
            spans = [found.span(name) for name in pattern.groupindex]
            if not any(text[a - 1 : a].isdecimal() and text[b : b + 1].isdecimal() for a, b in spans):
                yield from ((start, end, "") for start, end in spans)
    if "&" in text:
        yield from ((*found.span(), " " if sign.isspace() else sign) for found in _ENTITY.finditer(text) if _parts_words(sign := unescape(found[0])))


def _breaks(text: str) -> Iterator[tuple[int, int, str]]:
    """The tags that break a line, with what they stand for: a line's end, and a blank in the row of a table."""
    line_end, instead = -1, ""
    for found in _BREAK.finditer(text):
        start, end = found.span()
        if start > line_end:
            line_end = text.find("\n", end) % (len(text) + 1)
            instead = " " if "|" in text[text.rfind("\n", 0, start) + 1 : line_end] else "\n"
        yield start, end, instead


def _parts_words(sign: str) -> bool:
    """Whether a sign is a blank or a point, and none that belongs to a figure."""
    return len(sign) == 1 and sign not in "%‰" and unicodedata.category(sign)[0] in "ZP"
