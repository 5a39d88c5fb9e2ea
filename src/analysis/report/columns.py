"""How wide the columns of a printed table are, and how large its type: worked out from the typefaces' own widths.

The typesetter could measure every cell itself, and did: a third of its time. Widths are in em until a size is chosen, then in points.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from unicodedata import category, combining, east_asian_width

from .fontfiles import font_files

ROOM = 442.2  # points: the width of the text, 210 - 2 x 27 mm
SIZES = (9.2, 8.6, 8.0, 7.7)  # the largest type in which no cell needs a second line
WRAPPED = (8.6, 8.0, 7.4)  # else the largest of these in which no number needs one
PAD = 10.5  # of a cell, left and right
FIRSTS, OTHER = (14, 12, 10.5, 9), 5.5  # em: what a column of words is not pressed below: the first, by how much room there is, and others
FACES = {False: "SourceSansPro-Regular.otf", True: "SourceSansPro-Semibold.otf"}
SHORT = 9  # em: Chinese may break at any sign, and a cell so short had better not
SURELY = 1.04  # of the widths worked out here, which know no kerning
# A sign of each kind stands for the others, which are of the same height: what only joins, what belongs to the Chinese face in Chinese, Chinese.
HEIGHTS = {"\u2060": re.compile("\u2060"), "—": re.compile("[·–—‘’“”‥…‧]"), "字": re.compile(r"[\u3001-\u3011\u4e00-\u9fff\uff00-\uff60]")}
GAP = 0.25  # em between Chinese and what is not
BREAKS = re.compile(r"(?=[(（])")  # where a cell of numbers may break: before what is said of them
UNBROKEN = re.compile(r"(?:\u00a0|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]){1,24}")  # a line may break between Chinese characters


@dataclass(frozen=True, slots=True)
class Layout:
    """Size of type, width of each column, and whether words must be hyphenated to fit."""

    size: float
    widths: tuple[float, ...]
    tight: bool


def layout(align: Sequence[str], heads: Sequence[str], columns: Sequence[Sequence[str]]) -> Layout:
    """Lay out a table by the texts of its columns: all in one line each if that fits, else numbers whole and the rest shared by need."""
    for first in FIRSTS:
        measured = [_measured(*one, OTHER if at else first) for at, one in enumerate(zip(columns, heads, align, strict=True))]
        for size in SIZES:
            asked = [column.asked * size + PAD for column in measured]
            if sum(asked) <= ROOM:
                return Layout(size, tuple(_spread(asked, [column.flexible for column in measured])), False)
        size = next((size for size in WRAPPED if sum(column.least * size + PAD for column in measured) <= ROOM), 0.0)
        if size:
            return Layout(size, tuple(_shared(measured, size)), False)
    return Layout(WRAPPED[-1], tuple(_pressed(measured, align, WRAPPED[-1])), True)


def line(text: str, room: float, size: float) -> str:
    """Signs that make a line as high as a cell is, if the cell surely needs one line; else nothing.

    The typesetter, told the height of a row, lays its cells out once and not three times. A figure stands for the signs of the Latin face,
    those of `HEIGHTS` for others; signs of any other face are not answered for.

    >>> line("立案12", 60, 9.2), line("立案数和结案数", 60, 9.2), line("", 60, 9.2)
    ('0字', '', '0')
    """
    if width(text) * size * SURELY + PAD > room:
        return ""
    signs = set(text)
    kinds = {stands: {sign for sign in signs if same.match(sign)} for stands, same in HEIGHTS.items()}
    others = signs.difference(*kinds.values())
    return together("0", *(stands for stands, mine in kinds.items() if mine)) if all(map(_is_latin, others)) else ""


def together(*lines: str) -> str:
    """The signs of several lines, each once."""
    signs = set().union(*lines)
    return "".join(sign for sign in ["0", *HEIGHTS] if sign in signs)


def _is_latin(sign: str) -> bool:
    return not is_wide(sign) and bool(_face(False).get_char_index(ord(sign)))


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column asks for, the least it takes, and how much of its cells lies beyond the least; in em."""

    asked: float
    least: float
    beyond: float

    @property
    def flexible(self) -> bool:
        return self.asked > self.least


def _measured(texts: Sequence[str], head: str, way: str, floor: float) -> _Column:
    widths = [width(text) for text in texts]
    headed = width(head, bold=True)
    asked = max([headed, *widths])
    words = _widest(map(_words, [head, *texts]), bold=True)
    whole = _widest(_pieces(text) for text in texts) if way == "right" else floor
    # The head of a column of numbers may stand in two lines, and no more.
    spoken = min(headed, max(words, 4, 0 if way == "left" else headed / 2 + 1))
    if way != "right" and not any(char.isalpha() for text in texts for char in text):
        whole = OTHER  # a list of numbers may break anywhere
    least = min(asked, max(whole, words, spoken))
    return _Column(asked, least, sum(max(0.0, one - least) for one in widths))


def _spread(asked: Sequence[float], flexible: Sequence[bool]) -> list[float]:
    """Share what is left over, most of it among the columns of words."""
    weights = [(1 if free or not any(flexible) else 0.25) * one for one, free in zip(asked, flexible, strict=True)]
    spare = ROOM - sum(asked)
    return [one + spare * weight / sum(weights) for one, weight in zip(asked, weights, strict=True)]


def _shared(measured: Sequence[_Column], size: float) -> list[float]:
    """Give each column its least, and what is left by need: one where most cells are cut short gets more than one with a single long cell."""
    widths = [column.least * size + PAD for column in measured]
    spare = ROOM - sum(widths)
    still = [at for at, column in enumerate(measured) if column.asked > column.least]
    while still and spare > 0.01:
        total = sum(measured[at].beyond + 0.1 for at in still)
        shares = {at: spare * (measured[at].beyond + 0.1) / total for at in still}
        missing = {at: measured[at].asked * size + PAD - widths[at] for at in still}
        content = [at for at in still if missing[at] <= shares[at]]
        for at in content or still:
            given = missing[at] if content else shares[at]
            widths[at] += given
            spare -= given
        still = [at for at in still if at not in content] if content else []
    return widths


def _pressed(measured: Sequence[_Column], align: Sequence[str], size: float) -> list[float]:
    """Press a table that is too wide: numbers stay whole, and what is too much is taken from the words."""
    least = [column.least * size + PAD for column in measured]
    kept = sum(one for one, way in zip(least, align, strict=True) if way == "right")
    words = sum(least) - kept
    if words <= 0 or kept >= 0.8 * ROOM:
        return [one * ROOM / sum(least) for one in least]
    return [one if way == "right" else one * (ROOM - kept) / words for one, way in zip(least, align, strict=True)]


def _words(text: str) -> Iterable[str]:
    """The pieces that a line break should not split; a web address has no claim to stay whole."""
    return (word for word in UNBROKEN.findall(text) if "://" not in word)


def _pieces(text: str) -> Iterable[str]:
    """The pieces of a cell of numbers: a number with its unit stays whole, words do not, nor does what stands in brackets unless it is Chinese."""
    if not text.isascii() and width(text) <= SHORT and any(map(is_wide, text)):
        yield text
        return
    for piece in BREAKS.split(text):
        yield from [piece] if any(map(str.isdigit, piece)) and piece[:1] not in "(（" else _words(piece) if piece.isascii() else [piece]


def _widest(pieces: Iterable[Iterable[str]], bold: bool = False) -> float:
    return max((width(one, bold) for some in pieces for one in some), default=0.0)


def width(text: str, bold: bool = False) -> float:
    """How wide a text is in one line, in em.

    >>> round(width("12件") - width("12"), 2), width("立案")
    (1.25, 2.0)
    """
    wide = [is_wide(char) for char in text]
    gaps = sum(one != other and " " not in pair for (one, other), pair in zip(pairwise(wide), pairwise(text), strict=True))
    return sum(1.0 if is_wide else _advance(char, bold) for char, is_wide in zip(text, wide, strict=True)) + GAP * gaps


@cache
def is_wide(char: str) -> bool:
    """Whether a sign is as wide as a Chinese one."""
    return east_asian_width(char) in "WF"


@cache
def _advance(char: str, bold: bool) -> float:
    if combining(char) or category(char) == "Cf":  # what joins words has no width of its own
        return 0.0
    face = _face(bold)
    index = face.get_char_index(ord(char))
    return face.load_glyph(index, _unscaled()).horiAdvance / face.units_per_EM if index else 0.6


@cache
def _face(bold: bool):
    from matplotlib.ft2font import FT2Font

    return FT2Font(str(next(path for path in font_files() if path.name == FACES[bold])))


@cache
def _unscaled():
    from matplotlib.ft2font import LoadFlags

    return LoadFlags.NO_SCALE
