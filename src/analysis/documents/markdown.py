"""The marks that Markdown sets in a text: of emphasis, headings, quotations, links and escapes. They say nothing, and part no words."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRONG = re.compile(r"(?P<mark>(?<!\*)\*{2,3}(?!\*)|(?<!_)__(?!_))[^\n*_]{1,500}(?P<end>(?P=mark))(?!(?<=\*)\*|(?<=_)_)")
_SOFT = re.compile(
    r"(?P<mark>(?<!\*)\*|(?<![A-Za-z0-9_])_|(?<!`)`{1,2})(?=[^\s*`_])[^\n*`_]{0,500}(?<=[^\s*`_])(?P<end>(?P=mark))"
    r"(?!(?<=\*)\*|(?<=`)`|(?<=_)[A-Za-z0-9_])"
)
_LINK = re.compile(r"(?P<mark>!?\[)[^\[\]\n]{1,500}(?P<end>\]\(<?[^()\s<>]{1,500}>?(?:[ ]\"[^\"\n]{0,200}\")?\))")
_BEGINS_A_LINE = re.compile(r"(?:^|(?<=\n))[ ]{0,3}(?P<mark>#{1,6}[ \t]+|(?:>[ \t]*){1,9}(?![>\s0-9]))")
_ESCAPE = re.compile(r"(?P<mark>\\)(?=[!#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
# What to look for where a sign stands in a text.
_BY_SIGN = {"**": _STRONG, "__": _STRONG, "*": _SOFT, "_": _SOFT, "`": _SOFT, "](": _LINK, "#": _BEGINS_A_LINE, ">": _BEGINS_A_LINE, "\\": _ESCAPE}
# Marks stand within marks, so deep.
_DEEPEST = 3


def without_marks(text: str) -> tuple[str, list[int]] | None:
    """The text without its marks, and the place in ``text`` of each sign that is left; None for a text that has none.

    A mark between two digits stays: 3*4*5 is no 345.

    >>> without_marks("立案**12起**")
    ('立案12起', [0, 1, 4, 5, 6])
    >>> without_marks("3*4*5") is None
    True
    """
    shown, places = text, range(len(text))
    for _ in range(_DEEPEST):
        marks = sorted(set(_marks(shown)))
        if not marks:
            break
        kept, left, position = [], list[int](), 0
        for start, end in [*marks, (len(shown), len(shown))]:
            kept.append(shown[position:start])
            left += places[position:start]
            position = end
        shown, places = "".join(kept), left
    return (shown, places) if shown != text else None


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Where the marks stand that have no others of their kind within them."""
    for pattern in dict.fromkeys(pattern for sign, pattern in _BY_SIGN.items() if sign in text):
        for found in pattern.finditer(text):
            spans = [found.span(name) for name in pattern.groupindex]
            if not any(text[a - 1 : a].isdecimal() and text[b : b + 1].isdecimal() for a, b in spans):
                yield from spans
