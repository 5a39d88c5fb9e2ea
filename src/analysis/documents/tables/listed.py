"""Figures listed a line each, a label before each (行政许可 0), without heads and mostly without units: a table of two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .cells import Cell, Table
from .fields import is_time, is_unit

FEWEST = 3
_LINE = re.compile(
    r"^[ \t\u3000]{0,40}(?=\S)(?P<label>(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.．、])?[^\d\n，。；：:|｜,;!！?？]{2,30}?)"
    r"(?P<gap>[ \u3000\t]{0,9}[：:][ \u3000\t]{0,9}|[ \u3000\t]{1,40}|[.．…·]{2,40}[ ]?)(?P<figure>[+\-]?\d[\d,]{0,18}(?:\.\d{1,9})?)[ ]?"
    r"(?P<unit>[^\d\s，。；：:|]{0,4})\r?$",
    re.MULTILINE,
)
_HANZI = re.compile("[一-鿿]")


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
    figures = [float(line["figure"].replace(",", "")) for line in run]
    units = [line["unit"] for line in run]
    if any(unit and not is_unit(unit) for unit in units) or all(is_time(line["figure"]) for line in run):
        return False
    if any(len(_HANZI.findall(line["label"])) < 2 for line in run) or figures == sorted(figures):
        return False
    return not all(units) or any("  " in line["gap"] or "\u3000" in line["gap"] for line in run)
