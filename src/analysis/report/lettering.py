"""The words of a drawing, taken out of it: the typesetter sets them where they stood, as it sets all others.

Its reader of drawings opens a typeface four times for each sign, and the Chinese one is large: the words of a few charts took longer than
the text of their report. What is not written as our charts write it, or holds a mark that the typesetter would set closer, stays in the drawing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from typing import NamedTuple

from .fontfiles import font_files
from .fonts import CHART

FILES = ("SourceSansPro-Regular.otf", "NotoSansSC-Regular.otf")
JOINER = "\u2060"
_FAMILIES = ", ".join(f"'{name}'" for name in CHART)
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_WORDS = re.compile(
    rf'<text style="font-size: ({_NUMBER})px; font-family: {_FAMILIES};(?: text-anchor: (start|middle|end);)? fill: (#[0-9a-f]{{6}})"'
    rf'(?: x="({_NUMBER})" y="({_NUMBER})" transform="rotate\(-0 \4 \5\)"| transform="translate\(({_NUMBER}) ({_NUMBER})\)")>([^<]*)</text>'
)
_MARK = "[\u3000-\u303f\uff00-\uffef“”‘’·…—]"
_SET_CLOSER = re.compile(rf"{_MARK}{{2}}|^{_MARK}|^\s|\s\s|\s$|[^\S ]")
_LAST_CLOSER = re.compile(rf"{_MARK}$")


class Words(NamedTuple):
    """A line of words: where it begins, is centred or ends on its base line, in points of the drawing, its size, its colour and its typeface."""

    x: str
    y: str
    size: str
    anchor: str
    colour: str
    face: str
    said: str


def lifted(drawing: str) -> tuple[str, Sequence[Words]]:
    """A drawing without its words, and the words.

    >>> font = "font-size: 9px; font-family: 'Source Sans Pro', 'Noto Sans SC'"
    >>> lifted(f'<g><text style="{font}; fill: #1f2328" transform="translate(2 3.5)">件</text></g>')
    ('<g></g>', [Words(x='2', y='3.5', size='9', anchor='start', colour='#1f2328', face='Noto Sans SC', said='件')])
    """
    return _WORDS.sub(lambda found: found[0] if _stays(found) else "", drawing), list(_words(drawing))


def _stays(found: re.Match[str]) -> bool:
    said = unescape(found[8])
    return bool(_SET_CLOSER.search(said) or (found[2] in ("middle", "end") and _LAST_CLOSER.search(said)))


def _words(drawing: str) -> Iterator[Words]:
    for found in _WORDS.finditer(drawing):
        if not _stays(found):
            said = unescape(found[8])
            yield Words(found[4] or found[6], found[5] or found[7], found[1], found[2] or "start", found[3], _face(said), said)


def _face(said: str) -> str:
    """The typeface of a line of words, as readers of drawings choose it: the first, or the second if only that has all its signs."""
    latin, chinese = ({sign for sign in said if sign != JOINER and not face.get_char_index(ord(sign))} for face in _faces())
    return CHART[1] if latin and not chinese else CHART[0]


@cache
def _faces():
    from matplotlib.ft2font import FT2Font

    paths = {path.name: path for path in font_files()}
    return [FT2Font(str(paths[name])) for name in FILES]
