"""Figures listed a line each, a label before each (行政许可 0), without heads and mostly without units: a table of two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ... import keeping
from .cells import BLANKS, Cell, Table
from .fields import is_time, is_unit

FEWEST, _LOOK_BACK = 3, 20
_LINE = keeping.pattern(
    rf"^[{BLANKS}]{{0,40}}(?=\S)(?P<label>(?:(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[.．、])?[^\d\n，。；：:|｜,;!！?？]{{2,30}}?)"
    rf"(?P<gap>[{BLANKS}]{{0,9}}[：:][{BLANKS}]{{0,9}}|[{BLANKS}]{{1,40}}|[.．…·]{{2,40}}[ ]?)(?P<figure>[+\-]?\d[\d,]{{0,18}}(?:\.\d{{1,9}})?)[ ]?"
    r"(?P<unit>[^\d\s，。；：:|]{0,4})\r?$",
    re.MULTILINE,
)
_TOLD, _APART = re.compile("[：:]"), re.compile("  |\u3000|[.．…·]{2}|…")
_HANZI = re.compile("[一-鿿]")
# What leads the eye to the number of a page, what the head of a table of contents is, and how its parts are numbered.
_LEADER, _CONTENTS = re.compile("[.．…·]{3}|…"), re.compile(r"(?:目\s*[录次]|页\s*[码次])[^\S\n]*\n\s*$")
_CHAPTER = re.compile("第[一二三四五六七八九十百]+[章节编篇]|[一二三四五六七八九十]+[、.．]|附[录件表]")


def listed(text: str) -> Iterator[Table]:
    """The lists of figures of a text, but for those whose lines all say in what they count, which read as sentences do."""
    run: list[re.Match[str]] = []
    for found in _LINE.finditer(text):
        if run and text[run[-1].end() : found.start()].strip("\n\r") == "" and text.count("\n", run[-1].end(), found.start()) == 1:
            run.append(found)
            continue
        yield from _table(run)
        run = [found]
    yield from _table(run)


def _table(run: list[re.Match[str]]) -> Iterator[Table]:
    if len(run) < FEWEST or not _counts(run):
        return
    cells = []
    for row, line in enumerate(run):
        label, figure = line.span("label"), (line.start("figure"), line.end("unit"))
        cells.append(Cell(line["label"].rstrip(), label[0], label[0] + len(line["label"].rstrip()), row, 0))
        cells.append(Cell(line["figure"] + line.string[line.end("figure") : line.end("unit")], *figure, row, 1))
    yield Table(tuple(cells), run[0].start("label"), run[-1].end("unit"))


def _counts(run: list[re.Match[str]]) -> bool:
    """Whether a run counts things: labels of words, units or none behind the figures, and no pages that a table of contents numbers."""
    units = [line["unit"] for line in run]
    if any(unit and not is_unit(unit) for unit in units) or all(is_time(line["figure"]) for line in run):
        return False
    if any(len(_HANZI.findall(line["label"])) < 2 for line in run) or _are_pages(run):
        return False
    return not all(units) or all(_TOLD.search(line["gap"]) for line in run) or any(_APART.search(line["gap"]) for line in run)


def _are_pages(run: list[re.Match[str]]) -> bool:
    """Whether a run is a table of contents: whole numbers without units that rise from line to line, behind leaders, under 目录, or of chapters."""
    if any(line["unit"] or not line["figure"].isdecimal() for line in run):
        return False
    pages = [int(line["figure"]) for line in run]
    if any(page >= following for page, following in pairwise(pages)):
        return False
    first = run[0]
    above = _CONTENTS.search(first.string, max(0, first.start() - _LOOK_BACK), first.start()) is not None
    return above or any(_LEADER.search(line["gap"]) for line in run) or all(_CHAPTER.match(line["label"]) for line in run)
