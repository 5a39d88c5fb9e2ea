"""What parts words from one another in every format: the elements of a page that begin a line, and what stands between two figures.

Two digits never come together over something that breaks a line, or that is shown between them and says no words: a sign keeps its place.
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = [
    "APART", "AROUND", "BLOCKS", "HEADINGS", "IN_ITS_PLACE", "OF_A_FIGURE", "WITHIN_WORDS", "between", "in_lines", "in_one_line", "is_within_words",
]  # fmt: skip

# Signs for what is shown and cannot be read: the first parts the digits beside it; of what the other stands for, a digit beside it may be part.
IN_ITS_PLACE, OF_A_FIGURE = "\ufffc", "\ufffd"
BLOCKS = frozenset(
    "p li dd dt div td th blockquote figcaption summary pre text textarea button h1 h2 h3 h4 h5 h6 section article aside footer".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# All that begins a line of its own.
AROUND = BLOCKS | HEADINGS | frozenset(
    "ul ol dl dir menu table caption tr tbody thead tfoot main header nav hgroup search address figure details dialog form fieldset legend center br"
    " hr body".split()
)  # fmt: skip
# What stands within a line or a table as words do; their tags part nothing.
WITHIN_WORDS = frozenset(
    "span ruby rb rtc wbr font b strong i em u sup sub a small big mark label abbr acronym code q cite tt var kbd samp dfn output nobr ins bdi bdo"
    " time data".split()
)
# What is neither: a box in a line, or nothing that is shown. Any other name is that of no element, and a browser takes it for words.
APART = frozenset("img input svg progress meter embed select option optgroup object iframe frame audio video canvas picture map math marquee".split())
_OTHERS = frozenset(
    "html head title meta link base style script noscript template del s strike rt rp area param source track col colgroup"
    " datalist frameset noframes slot".split()
)
_DIGIT = "0-9０-９"
_FIGURE = f"{_DIGIT}.,．"
_BETWEEN = re.compile(rf"(?<=[{_FIGURE}])[^\S\n\t]*[\n\t{IN_ITS_PLACE}][\s{IN_ITS_PLACE}]*(?=[{_FIGURE}])")
_BOXED = re.compile(rf"(?<=[{_FIGURE}])[^\S\n]*{IN_ITS_PLACE}(?:[^\S\n]|{IN_ITS_PLACE})*(?=[{_FIGURE}])")
_IDLE = re.compile(f"(?<![{_DIGIT}]){OF_A_FIGURE}+(?![{_DIGIT}])|(?<![{_FIGURE}]){IN_ITS_PLACE}+|{IN_ITS_PLACE}+(?![{_FIGURE}])")
_ENDS, _BEGINS, _FIGURE_ALONE = re.compile(f"[{_DIGIT}]$"), re.compile(f"[{_DIGIT}]"), re.compile(rf"[{_FIGURE}\s%％+-]*")


def is_within_words(tag: str) -> bool:
    """Whether an element is one that stands within words, as those do that HTML has no name for.

    >>> [is_within_words(tag) for tag in ("b", "st1:chsdate", "p", "img")]
    [True, True, False, False]
    """
    return tag in WITHIN_WORDS or not (tag in AROUND or tag in APART or tag in _OTHERS)


def in_one_line(words: str) -> str:
    """Words as one line: the end of one is a blank, and a tab too, but between two figures both part them.

    >>> in_one_line("立案\\n数"), in_one_line("12\\n 345"), in_one_line("12 345"), in_one_line("1\ufffc23件\ufffc")
    ('立案 数', '12\ufffc345', '12 345', '1\ufffc23件')
    """
    return " ".join(_IDLE.sub("", _BETWEEN.sub(IN_ITS_PLACE, words)).split())


def in_lines(words: str) -> str:
    """Words whose lines end where they say so: no figure goes on in the next, but lines of figures alone are what they are.

    >>> in_lines("立案12\\n345起"), in_lines("12\\n345"), in_lines("图\ufffc1")
    ('立案12\ufffc\\n345起', '12\\n345', '图1')
    """
    lines = _IDLE.sub("", _BOXED.sub(IN_ITS_PLACE, words)).split("\n")
    for number, (line, following) in enumerate(pairwise(lines)):
        torn = _ENDS.search(line) is not None and _BEGINS.match(following) is not None
        if torn and not (_FIGURE_ALONE.fullmatch(line) and _FIGURE_ALONE.fullmatch(following)):
            lines[number] = line + IN_ITS_PLACE
    return "\n".join(lines)


def between(before: str, words: str, behind: str) -> str:
    """What is read between two signs of a line instead of marks that stand for `words`: what parts digits stands between digits alone.

    >>> between("1", "\\n", "2"), between("案", "\\n", "2"), between("1", "\ufffc", "起"), between("1", "", "2")
    ('\ufffc', '\\n', '', '')
    """
    whole = _IDLE.sub("", _BETWEEN.sub(IN_ITS_PLACE, f"{before}{words}{behind}"))
    return whole[len(before) : len(whole) - len(behind)]
