"""What Markdown sets in a text beside its words: marks of emphasis, headings, quotations, links, notes and escapes, tags and entities of HTML.

They say nothing, and part no words but where a tag breaks the line; an entity is the sign it stands for. So is what only typesets (`signs`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from .pagemarks import page_marks
from .parting import IN_ITS_PLACE, between
from .signs import NEEDLESS, OTHERWISE, plain_sign
from .tagmarks import has_tags, tag_marks

_STRONG = re.compile(r"(?P<mark>(?<!\*)\*{2,3}(?!\*)|(?<!_)__(?!_))[^\n*_]{1,500}(?P<end>(?P=mark))(?!(?<=\*)\*|(?<=_)_)")
_SOFT = re.compile(
    r"(?P<mark>(?<!\*)\*|(?<![A-Za-z0-9_])_|(?<!`)`{1,2})(?=[^\s*`_])[^\n*`_]{0,500}(?<=[^\s*`_])(?P<end>(?P=mark))"
    r"(?!(?<=\*)\*|(?<=`)`|(?<=_)[A-Za-z0-9_])"
)
# An address has a letter, or begins as one of the same place does: what brackets say in a sentence is none.
_ADDRESS = r"(?:(?=[./#])[^()\s<>]{1,500}|(?=[!-~]{0,500}[A-Za-z])[!-'*-;=?-~]{1,500}|[A-Za-z]{2,9}:[^()\s<>]{1,500})"
_LINK = re.compile(
    rf"(?P<mark>\[(?!\^))[^\[\]\n]{{0,500}}"
    rf"(?P<end>\](?:\(<?{_ADDRESS}>?(?:[ ]\"[^\"\n]{{0,200}}\")?\)|\[[A-Za-z0-9_.-]{{0,50}}\]|\{{[.#][^{{}}\n]{{1,100}}\}}))"
)
# What stands for a picture where none can be shown is not the text's.
_PICTURE = re.compile(
    rf"(?P<mark>!\[[^\[\]\n]{{0,500}}\](?:\({_ADDRESS}(?:[ ][^()\n]{{1,200}})?\)|\[[A-Za-z0-9_.-]{{0,50}}\])(?:\{{[^{{}}\n]{{1,100}}\}})?)"
)
_MARKED = re.compile(r"(?P<mark>(?<![=])==(?![=\s]))[^\n=]{1,500}(?P<end>(?<!\s)==(?!=))")
# Figures set as a formula, which hold nothing else.
_FORMULA = re.compile(r"(?P<mark>(?<![\\$0-9])\$)[0-9.,\\%‰+\-−–~×万亿 ]{1,40}(?P<end>(?<!\s)\$(?![$0-9]))")
_NOTE = re.compile(r"(?P<mark>\[\^[^\[\]\s]{1,20}\]:?)")
# A heading, what is quoted (a figure behind the sign may be more than it), the caption of a table.
_BEGINS_A_LINE = re.compile(r"(?:^|(?<=\n))[ ]{0,3}(?P<mark>#{1,6}[ \t]+|(?:>[ \t]*){1,9}(?![>\s0-9])|(?:Table)?:[ \t]+(?=表))")
_NAME = re.compile(r"(?:^|(?<=\n))[ ]{0,3}#[^\n{]{1,200}(?P<mark>\{[.#][^{}\n]{1,100}\})(?=[ \t]*(?:\r?\n|$))")
_ESCAPE = re.compile(r"(?P<mark>\\)(?=[!#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]|\r?\n)")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});")
_WRITTEN_END = re.compile(r"(?:\\r)?\\n(?![A-Za-z])")
# The settings that converters write before a text.
_FRONT = re.compile(r"\A(?P<mark>---[ \t]*\r?\n[A-Za-z_][\w-]*:[^\n]*\n(?:[A-Za-z_][\w-]*:[^\n]*\n|[ \t-][^\n]*\n){0,40}---[ \t]*\r?\n)")
# Marks of several signs, which say nothing either between two digits; other signs there are printed.
_NO_SIGNS = frozenset((_LINK, _PICTURE, _NOTE))
# What marks are made of: an entity stands for the sign itself.
_SIGNS_OF_MARKS = frozenset("&<>*_#[](){}|`~$\\=!^")
_QUOTED = re.compile(r"[ ]{0,3}(?P<mark>(?:>[ \t]*){1,9})(?P<figure>[0-9]?)")
# What to look for where a sign stands in a text.
_BY_SIGN = {
    "**": _STRONG, "__": _STRONG, "*": _SOFT, "_": _SOFT, "`": _SOFT, "](": _LINK, "][": _LINK, "]{": _LINK, "![": _PICTURE, "[^": _NOTE,
    "==": _MARKED, "$": _FORMULA, "#": _BEGINS_A_LINE, ">": _BEGINS_A_LINE, ": ": _BEGINS_A_LINE, "{": _NAME,
    "\\": _ESCAPE, "---": _FRONT,
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
    for found, deepest in ((marks_of, _DEEPEST), (_signs_of_marks, 1)):
        for _ in range(deepest):
            marks = sorted(set(found(shown)), key=lambda mark: (mark[0], -mark[1]))
            if not marks:
                break
            kept, left, position = [], list[int](), 0
            for start, end, instead in [*_clusters(marks), (len(shown), len(shown), "")]:
                instead = between(shown[start - 1 : start] if start else "", instead, shown[end : end + 1])
                kept += [shown[position:start], instead]
                left += [*places[position:start], *(places[min(start + number, end - 1)] for number in range(len(instead)))]
                position = end
            shown, places = "".join(kept), left
    return (shown, places) if shown != text else None


def _clusters(marks: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The marks that stand in no other, those that touch one another as one."""
    start, end, instead = 0, 0, ""
    for a, b, words in marks:
        if a > end and end > start:
            yield start, end, instead
        if a > end or end == start:
            start, end, instead = a, b, words
        elif a == end:
            end, instead = b, instead + words
    if end > start:
        yield start, end, instead


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the marks stand that have no others of their kind within them, each with the sign that stands for it, if one does."""
    yield from ((start, end, "") for start, end in page_marks(text))
    if has_tags(text):
        yield from tag_marks(text)
    if ">" in text:
        yield from _quoted(text)
    for pattern in dict.fromkeys(pattern for sign, pattern in _BY_SIGN.items() if sign in text):
        for found in pattern.finditer(text):
            spans = [found.span(name) for name in pattern.groupindex]
            if pattern in _NO_SIGNS:
                yield from ((start, end, IN_ITS_PLACE) for start, end in spans)
            elif not any(text[a - 1 : a].isdecimal() and text[b : b + 1].isdecimal() for a, b in spans):
                yield from ((start, end, "") for start, end in spans)
    if "\\n" in text:
        yield from _written_ends(text)
    yield from _signs(text)


def _quoted(text: str) -> Iterator[tuple[int, int, str]]:
    """The signs of quotation before figures, in lines behind one that is quoted for certain: elsewhere the sign says more than the figure."""
    quoted, at = False, 0
    while at < len(text):
        found = _QUOTED.match(text, at)
        quoted = found is not None and (quoted or not found["figure"])
        if found is not None and quoted and found["figure"]:
            yield (*found.span("mark"), "")
        at = (text.find("\n", at) + 1) or len(text)


def _written_ends(text: str) -> Iterator[tuple[int, int, str]]:
    """The ends of lines that a program wrote as two signs, where there are several."""
    found = list(_WRITTEN_END.finditer(text))
    yield from ((*one.span(), "\n") for one in found if len(found) > 1)


def _signs(text: str) -> Iterator[tuple[int, int, str]]:
    """The entities, and the signs of which nothing is seen or that stand for others."""
    yield from (entity for entity in _entities(text) if entity[2] not in _SIGNS_OF_MARKS)
    yield from ((*found.span(), plain_sign(found[0])) for pattern in (NEEDLESS, OTHERWISE) for found in pattern.finditer(text))


def _signs_of_marks(text: str) -> Iterator[tuple[int, int, str]]:
    """The entities of signs that marks are made of, and are none themselves; one that stands for a part of another is that part."""
    yield from (entity for entity in _entities(text) if entity[2] in _SIGNS_OF_MARKS)


def _entities(text: str) -> Iterator[tuple[int, int, str]]:
    if "&" in text:
        yield from ((*found.span(), plain_sign(sign)) for found in _ENTITY.finditer(text) if len(sign := unescape(found[0])) == 1)


def end_of(text: str, place: int) -> int:
    """Where the sign ends that a text has at a place: behind the entity that stands for it."""
    entity = _ENTITY.match(text, place) if text[place] == "&" else None
    return entity.end() if entity is not None else place + 1
