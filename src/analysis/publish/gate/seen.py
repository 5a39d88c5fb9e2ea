"""A report as a reader sees it: the texts, tables and charts of an executed notebook, cell by cell, and what it printed beside them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from ...report.executed import first_line, shown_front
from ...report.markdown import CSV_MIME, MARKDOWN_MIME, SVG_MIME
from ...writing.acting import shown

_CELL_BORDER = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([^\w\s]|_)")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a cell shows; `prose` is what is left of it without tables."""

    cell: str
    markdown: str

    @property
    def prose(self) -> str:
        """The lines that are no table's."""
        return "\n".join(line for line in self.markdown.splitlines() if not line.startswith("|"))

    @property
    def headings(self) -> list[str]:
        """The headings in it."""
        return [line.lstrip("#").strip() for line in self.markdown.splitlines() if line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its printed heads and rows, and the machine-readable rows attached to it, by column."""

    cell: str
    name: str
    caption: str
    heads: list[str]
    printed: list[list[str]]
    columns: list[str]
    rows: list[dict[str, str]]

    @property
    def of_figures(self) -> bool:
        """Whether each row is a figure of the data."""
        return {"id", "zh", "period", "value", "doc", "start"} <= set(self.columns)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and the words beside it."""

    cell: str
    svg: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that a notebook shows; `troubles` are errors and what was printed to standard error."""

    front: dict[str, Any]
    texts: list[Text] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Each text, and the words beside each chart, with its cell."""
        yield from ((text.cell, text.markdown) for text in self.texts)
        yield from ((chart.cell, f"{chart.alt}\n{chart.caption}") for chart in self.charts)


def read_report(notebook: NotebookNode) -> Report:
    """Take an executed notebook apart."""
    report = Report(shown_front(notebook) or dict(notebook.metadata.get("tongbi", {})))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            name = f"cell `{first_line(cell.source)}`"
            report.troubles.extend(f"{name}: {trouble}" for trouble in _troubles(cell))
            for output in cell.outputs:
                if "data" in output:
                    _sort_in(report, name, output)
    return report


def _sort_in(report: Report, cell: str, output: NotebookNode) -> None:
    data, about = output.data, output.get("metadata", {})
    if SVG_MIME in data:
        described = about.get(SVG_MIME, {})
        report.charts.append(Chart(cell, data[SVG_MIME], str(described.get("alt", "")), str(described.get("caption", ""))))
    elif CSV_MIME in data:
        heads, printed = _printed(data.get(MARKDOWN_MIME, ""))
        columns, *rows = list(csv.reader(io.StringIO(data[CSV_MIME]))) or [[]]
        named = about.get(CSV_MIME, {})
        rows = [dict(zip(columns, row, strict=False)) for row in rows]
        report.tables.append(Table(cell, named.get("name", ""), named.get("caption", ""), heads, printed, columns, rows))
    elif MARKDOWN_MIME in data:
        report.texts.append(Text(cell, data[MARKDOWN_MIME]))


def _printed(markdown: str) -> tuple[list[str], list[list[str]]]:
    lines = [line for line in markdown.splitlines() if line.startswith("|")]
    cells = [[_ESCAPED.sub(r"\1", cell).strip() for cell in _CELL_BORDER.split(line)[1:-1]] for line in lines]
    return (cells[0], cells[2:]) if cells else ([], [])


def _troubles(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        if output.output_type == "error":
            yield f"{output.ename}: {output.evalue}"
        elif output.output_type == "stream" and (output.name == "stderr" or re.search(r"Traceback|\b\w+(?:Error|Exception|Warning)\b", output.text)):
            yield f"it printed {first_line(output.text)!r}"


def figures_in(text: str) -> set[str]:
    """The numbers in a text by their significant digits, so that 1.24万, 12,400 and 12400 are one.

    >>> sorted(figures_in("12,400 / 1.24万 / +0.20"))
    ['124', '2']
    """
    return {significant(number) for number in _DIGITS.findall(text)}


def significant(number: str) -> str:
    """The digits of a number without its separators, its leading and its closing noughts.

    >>> significant("0.50"), significant("12,000"), significant("0"), significant("1.20E-15")
    ('5', '12', '0', '12')
    """
    number = number.upper().partition("E")[0]
    return number.replace(",", "").replace(".", "").lstrip("-−+").strip("0") or "0"


def plain(text: str) -> str:
    """A name without what a line break, a capital letter or a mark beside it makes of it, and without what no page shows."""
    return re.sub(r"[\s†‡*]+", "", shown(text)).casefold()
