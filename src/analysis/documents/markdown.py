"""What Markdown sets in a text beside its words: marks of emphasis, headings, quotations, links, notes and escapes, tags and entities of HTML.

They say nothing, and part no words but where a tag breaks the line; an entity is the sign it stands for. So is what only typesets (`signs`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from .pagemarks import page_marks
from .signs import NEEDLESS, OTHERWISE, plain_sign

_STRONG = re.compile(r"(?P<mark>(?<!\*)\*{2,3}(?!\*)|(?<!_)__(?!_))[^\n*_]{1,500}(?P<end>(?P=mark))(?!(?<=\*)\*|(?<=_)_)")
_SOFT = re.compile(
    r"(?P<mark>(?<!\*)\*|(?<![A-Za-z0-9_])_|(?<!`)`{1,2})(?=[^\s*`_])[^\n*`_]{0,500}(?<=[^\s*`_])(?P<end>(?P=mark))"
    r"(?!(?<=\*)\*|(?<=`)`|(?<=_)[A-Za-z0-9_])"
)
_LINK = re.compile(
    r"(?P<mark>\[(?!\^))[^\[\]\n]{0,500}"
    r"(?P<end>\](?:\(<?[^()\s<>]{1,500}>?(?:[ ]\"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,50}\]|\{[.#][^{}\n]{1,100}\}))"
)
# What stands for a picture where none can be shown is not the text's.
_PICTURE = re.compile(r"(?P<mark>!\[[^\[\]\n]{0,500}\](?:\([^()\n]{1,600}\)|\[[^\[\]\n]{0,50}\])(?:\{[^{}\n]{1,100}\})?)")
_MARKED = re.compile(r"(?P<mark>(?<![=])==(?![=\s]))[^\n=]{1,500}(?P<end>(?<!\s)==(?!=))")
# Figures set as a formula, which hold nothing else.
_FORMULA = re.compile(r"(?P<mark>(?<![\\$0-9])\$)[0-9.,\\%‰+\-−–~×万亿 ]{1,40}(?P<end>(?<!\s)\$(?![$0-9]))")
_NOTE = re.compile(r"(?P<mark>\[\^[^\[\]\s]{1,20}\]:?)")
# A heading, what is quoted (a figure behind the sign may be more than it), the caption of a table.
_BEGINS_A_LINE = re.compile(r"(?:^|(?<=\n))[ ]{0,3}(?P<mark>#{1,6}[ \t]+|(?:>[ \t]*){1,9}(?![>\s0-9])|(?:Table)?:[ \t]+(?=表))")
# A figure behind the sign is quoted as the line before is, and so no more than it.
_QUOTED_ON = re.compile(r"(?:^|(?<=\n))[ ]{0,3}>[^\n]{0,2000}(?=\n[ ]{0,3}(?P<mark>(?:>[ \t]*){1,9})[0-9])")
_NAME = re.compile(r"(?:^|(?<=\n))[ ]{0,3}#[^\n{]{1,200}(?P<mark>\{[.#][^{}\n]{1,100}\})(?=[ \t]*(?:\r?\n|$))")
_ESCAPE = re.compile(r"(?P<mark>\\)(?=[!#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]|\r?\n)")
_TAG = re.compile(r"(?P<mark></?(?:b|strong|em|i|u|span|font|mark|small|big|a)(?:\s[^<>\n]{0,300})?>)", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|hr|/?p|/?div|/?center|/?h[1-6]|/?li|/?[uo]l)(?:\s[^<>\n]{0,300})?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});")
_WRITTEN_END = re.compile(r"(?:\\r)?\\n(?![A-Za-z])")
# The settings that converters write before a text.
_FRONT = re.compile(r"\A(?P<mark>---[ \t]*\r?\n(?:[A-Za-z_][\w-]*:[^\n]*\n|[ \t-][^\n]*\n){1,40}---[ \t]*\r?\n)")
# What to look for where a sign stands in a text.
_BY_SIGN = {
    "**": _STRONG, "__": _STRONG, "*": _SOFT, "_": _SOFT, "`": _SOFT, "](": _LINK, "][": _LINK, "]{": _LINK, "![": _PICTURE, "[^": _NOTE,
    "==": _MARKED, "$": _FORMULA, "#": _BEGINS_A_LINE, ">": _BEGINS_A_LINE, "\n>": _QUOTED_ON, ": ": _BEGINS_A_LINE, "{": _NAME,
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
    return _without(text, _marks)


def with_plain_signs(text: str) -> tuple[str, list[int]] | None:
    """The text of a table with the signs that others stand for, as `without_marks` gives it.

    >>> with_plain_signs("&#31435;案,1\u200b2")
    ('立案,12', [0, 8, 9, 10, 12])
    """
    return _without(text, _signs)


def _without(text: str, marks_of: Callable[[str], Iterator[tuple[int, int, str]]]) -> tuple[str, list[int]] | None:
    shown, places = text, range(len(text))
    for _ in range(_DEEPEST):
        marks = sorted(set(marks_of(shown)))
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
    yield from ((start, end, "") for start, end in page_marks(text))
    if "<" in text:
        yield from _breaks(text)
    for pattern in dict.fromkeys(pattern for sign, pattern in _BY_SIGN.items() if sign in text):
        for found in pattern.finditer(text):
            spans = [found.span(name) for name in pattern.groupindex]
            if not any(text[a - 1 : a].isdecimal() and text[b : b + 1].isdecimal() for a, b in spans):
                yield from ((start, end, "") for start, end in spans)
    if "\\n" in text:
        yield from _written_ends(text)
    yield from _signs(text)


def _written_ends(text: str) -> Iterator[tuple[int, int, str]]:
    """The ends of lines that a program wrote as two signs, where there are several."""
    found = list(_WRITTEN_END.finditer(text))
    yield from ((*one.span(), "\n") for one in found if len(found) > 1)


def _signs(text: str) -> Iterator[tuple[int, int, str]]:
    """The entities, and the signs of which nothing is seen or that stand for others."""
    if "&" in text:
        yield from ((*found.span(), plain_sign(sign)) for found in _ENTITY.finditer(text) if len(sign := unescape(found[0])) == 1)
    yield from ((*found.span(), plain_sign(found[0])) for pattern in (NEEDLESS, OTHERWISE) for found in pattern.finditer(text))


def _breaks(text: str) -> Iterator[tuple[int, int, str]]:
    """The tags that break a line, with what they stand for: a line's end, and a blank in the row of a table."""
    line_end, instead = -1, ""
    for found in _BREAK.finditer(text):
        start, end = found.span()
        if start > line_end:
            line_end = text.find("\n", end) % (len(text) + 1)
            instead = " " if "|" in text[text.rfind("\n", 0, start) + 1 : line_end] else "\n"
        yield start, end, instead


def end_of(text: str, place: int) -> int:
    """Where the sign ends that a text has at a place: behind the entity that stands for it."""
    entity = _ENTITY.match(text, place) if text[place] == "&" else None
    return entity.end() if entity is not None else place + 1
