"""The gate: what a finished report must show before it may replace the last one.

It looks at what came out, the executed notebook and the PDF, and holds it against the data, not against the code that made it: an empty or a
lost chart, last period's figures, a label at another's mark, a table cut short, a name in the wrong language and an error that a cell swallowed
all look well to the code that made them. `words` looks at texts and the title block, `tables` at tables, `charts` at charts; `seen` takes a
notebook apart for them. Where all else is sound, `numbers` asks for the source of every numeral.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pypdfium2
from nbformat import NotebookNode

from ..selection import Choice
from . import charts, numbers, tables, words
from .seen import Report, read_report

if TYPE_CHECKING:
    from ...dataset import Dataset

NUMBERED = re.compile("‹U\\+([0-9A-F]{4,6})›")
MOST = 5  # faults told; one cause often makes many


class GateError(ValueError):
    """A finished report does not show what the data have; `faults` lists what is wrong."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        more = f"; and {len(faults) - MOST} more" if len(faults) > MOST else ""
        super().__init__(f"{name} was not let through: {'; '.join(faults[:MOST])}{more}")


def check(executed: NotebookNode, pdf: bytes, choice: Choice, known: Dataset) -> dict[str, int]:
    """Return how much a report shows, by kind. Raises GateError when it is not what the data of its edition (`known`) say."""
    report = read_report(executed)
    faults = [
        *words.faults(report, choice, known),
        *tables.faults(report, choice, known),
        *charts.faults(report, choice, known),
        *_pdf_faults(pdf, report),
    ]
    faults = faults or list(numbers.faults(executed, report, pdf, choice, known))
    if faults:
        raise GateError(choice.name, list(dict.fromkeys(faults)))
    return {
        "charts": len(report.charts),
        "tables": len(report.tables),
        "rows": sum(len(table.printed) for table in report.tables),
        "cells with outputs": len({part.cell for part in (*report.charts, *report.tables, *report.texts)}),
    }


def _pdf_faults(pdf: bytes, report: Report) -> list[str]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        return [f"the PDF cannot be opened ({error})"]
    # A character that no typeface has stands in the PDF by its number.
    title = NUMBERED.sub(lambda found: chr(int(found[1], 16)), document.get_metadata_value("Title"))
    faults = [] if len(document) else ["the PDF has no page"]
    return faults + ([f"the PDF's title is {title!r}, not {report.front.get('title')!r}"] if title != report.front.get("title") else [])
