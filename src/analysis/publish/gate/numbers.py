"""The numbers of a report: each one that a cell of the edition shows is bound to a statement or a computation, and the PDF prints no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from ...report.edition import Edition
from ...report.executed import first_line
from ...report.phrases import Wording
from ...report.scan import bindings, bound_by, text_of, unbound
from ..selection import Choice
from .seen import Report

if TYPE_CHECKING:
    from decimal import Decimal

    from ...dataset import Dataset

SVG_TEXT = re.compile(r">([^<]+)</text>")
# A character that no typeface has, whose number a line may break.
BY_NUMBER = re.compile(r"‹U\+[0-9A-F\s]{4,9}›")
EDITION = "edition"  # the name of the edition in the notebook; what other cells show is their author's


def faults(executed: NotebookNode, report: Report, pdf: bytes, choice: Choice, known: Dataset) -> Iterator[str]:
    """The numerals of a report that nothing binds."""
    bound = bindings(Edition(known, choice.region, choice.period, Wording.load(choice.lang)))
    theirs = {f"cell `{first_line(cell.source)}`" for cell in executed.cells if cell.cell_type == "code" and EDITION not in cell.source}
    for cell, text in _shown(report):
        if cell not in theirs:
            yield from (f"{cell}: {numeral} is bound to no statement and no computation" for numeral in unbound(text, bound))
    yield from _pdf_faults(executed, report, pdf, bound)


def _shown(report: Report) -> Iterator[tuple[str, str]]:
    yield from report.sentences()
    for table in report.tables:
        yield table.cell, "\n".join([table.caption, *(" ".join(row) for row in (table.heads, *table.printed))])


def _pdf_faults(executed: NotebookNode, report: Report, pdf: bytes, bound: set[Decimal]) -> Iterator[str]:
    """What the PDF prints beside what the notebook shows; what stands along the axes of a chart is shown."""
    written = [text for _, text in _shown(report)] + [str(value) for value in report.front.values()]
    written += [text for chart in report.charts for text in SVG_TEXT.findall(chart.svg)]
    written += [cell.source for cell in executed.cells if cell.cell_type == "markdown"]
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    plain = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]  # what an author's cell prints or gives back
    shown = bound | bound_by(written) | bound_by(plain)
    printed = BY_NUMBER.sub(" ", text_of("pdf", pdf))
    yield from (f"the PDF prints {numeral}, which no cell shows" for numeral in unbound(printed, shown))
