"""What of a plain text is no part of its sentences: words struck out, remarks that nobody is shown, and the marks of notes behind figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .. import keeping
from ..documents.leaving import has_digits
from ..documents.model import LeftOut
from ..documents.parting import IN_ITS_PLACE
from ..documents.tagmarks import has_tags, taken_back, unshown
from ..lexicon import units
from ..lexicon.wordlists import words

SPANS: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (("struck_text", taken_back), ("hidden_text", unshown))
BLANKS = (" ", "\n")
# The mark of a note that nothing else is: raised, in a circle, a number in square brackets, 注1 in round ones.
_RAISED = "¹²³⁰⁴-⁹"
_SIGNS = f"†‡§⁎※△▲★☆①-⑳⓪❶-❿⑴-⑽{_RAISED}⁽ⁱ\u1d43-\u1d5bᶜ-ᶿ"
_ONE = rf"⁽?[{_RAISED}]{{1,2}}⁾?(?:[,，、][{_RAISED}]{{1,2}})*|[{_SIGNS}]"
_NOTE = "注"
NOTE = rf"{_ONE}|[\[［【〔](?:{_NOTE}|{_NOTE}?[\d{_RAISED}]{{1,2}})[\]］】〕]|{_NOTE}|[（(]{_NOTE}?[：:]?[①-⑳][）)]|[（(]{_NOTE}\s*\d{{0,2}}[）)]"
_UNITS = "|".join(map(re.escape, sorted({*units.spellings(), *words("myriads")}, key=lambda unit: (-len(unit), unit))))
_BEHIND_A_FIGURE = re.compile(rf"[{_SIGNS}\[［【〔（({_NOTE}](?<=[0-9０-９].)")
# Between a figure and its unit; 10² may be a power.
_NOTE_OF_A_FIGURE = keeping.pattern(rf"(?!(?<=(?<![0-9])10)[⁰¹²³⁴-⁹])(?:{NOTE}){{1,4}}(?=[ 　]?(?:{_UNITS}))")
# Between words; 5米² is a unit.
_RAISED_BETWEEN_WORDS = re.compile(
    rf"[{_RAISED}\[［【〔](?<=[\u4e00-\u9fff，。；、：\n].)"
    rf"(?:(?<=[{_RAISED}])(?<![0-9]..)(?<![0-9]...)[{_RAISED}]?⁾?|(?:[{_RAISED}]{{1,2}}|{_NOTE})[\]］】〕])"
)
SIGN = re.compile(r"[^\n]")


def without_marked(plain: str) -> str:
    """The text with blanks where its marks take words back: every sign keeps its place.

    >>> without_marked("立案~~99起~~12起<!--7起-->。")
    '立案       12起         。'
    """
    pieces, at = [], 0
    for start, end in _spans(plain):
        pieces += [plain[at:start], SIGN.sub(" ", plain[start:end])]
        at = end
    return "".join([*pieces, plain[at:]])


def taken_out(plain: str) -> Iterator[tuple[int, int, str]]:
    """What of a text its marks take back, with the sign left there: none, so that the words around it meet, but two digits never do.

    >>> list(taken_out("2月至<!-- 略 -->4月 ~~7起~~ 12起1~~7~~8"))
    [(3, 13, ''), (16, 23, ''), (27, 32, '￼')]
    """
    for start, end in _spans(plain):
        before, after = plain[start - 1 : start], plain[end : end + 1]
        if after in BLANKS and before in ("", "\n", *BLANKS):  # neither a second blank nor an empty line
            end += len(after)
        yield start, end, IN_ITS_PLACE if before.isdecimal() and after.isdecimal() else ""


def note_marks(plain: str) -> Iterator[tuple[int, int, str]]:
    """The marks of notes between a figure and its unit, and raised ones between words, with what is read there: nothing.

    >>> list(note_marks("批捕9⁴人，立案12[1]起，10²公里，①立案"))
    [(3, 4, ''), (10, 13, '')]
    """
    behind = (_NOTE_OF_A_FIGURE.match(plain, sign.start()) for sign in _BEHIND_A_FIGURE.finditer(plain))
    for start, end in sorted(found.span() for found in (*behind, *_RAISED_BETWEEN_WORDS.finditer(plain)) if found is not None):
        yield start, end, ""


def _spans(plain: str) -> list[tuple[int, int]]:
    """What the marks of a text take back, in order, those that overlap in one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for _, spans in SPANS for span in spans(plain)) if has_tags(plain) else ():
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def marked(text: str) -> Iterator[LeftOut]:
    """What of a text its marks take back and a figure stands in."""
    for what, spans in SPANS if has_tags(text) else ():
        count = sum(has_digits(text[start:end]) for start, end in spans(text))
        if count:
            yield LeftOut(what, count=count)
