"""A made table printed in every format: text of several kinds, HTML, Word, workbook, PDF with and without rules."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator

from .tables import Made

INTRO = "全县政法机关依法履行职责，社会大局保持稳定，人民群众的获得感不断增强，各项工作稳步推进。"
OUTRO = "以上数字由有关部门提供，各项工作将在下一年继续推进，不断提高群众满意度和安全感。"
NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
BORDERS = "table{border-collapse:collapse} td,th{border:1px solid black;padding:3px 8px}"
FACE = 'body{font-family:"Source Han Sans CN","Noto Sans CJK SC";font-size:10pt} @page{size:A3 landscape}'


def rows_of(made: Made) -> Iterator[list[str]]:
    """The rows, each as wide as the table; covered places are empty."""
    for row in range(made.height):
        yield [made.cells.get((row, column), "") for column in range(made.width)]


def delimited(made: Made, delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([made.title])
    if made.unit_line:
        writer.writerow([made.unit_line])
    writer.writerows(rows_of(made))
    for note in made.notes:
        writer.writerow([note])
    return out.getvalue().encode()


def markdown(made: Made) -> bytes:
    rows = list(rows_of(made))
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * made.width)
    return "\n".join([INTRO, "", *_above(made), "", *lines, "", *made.notes, OUTRO, ""]).encode()


def aligned(made: Made) -> bytes:
    """Columns under one another in a fixed-width font."""
    rows = list(rows_of(made))
    widths = [max(_width(row[column]) for row in rows) + 3 for column in range(made.width)]
    lines = ["".join(word + " " * (width - _width(word)) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([INTRO, "", *_above(made), *lines, "", *made.notes, OUTRO, ""]).encode()


def _above(made: Made) -> list[str]:
    return [made.title, *([made.unit_line] if made.unit_line else [])]


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in words)


def html(made: Made, style: str = BORDERS, tag: str = "td") -> str:
    covered = made.covered()
    body = []
    for row in range(made.height):
        cells = []
        for column in range(made.width):
            if (row, column) in covered:
                continue
            rows, columns = made.spans.get((row, column), (1, 1))
            name = tag if row < made.heads else "td"
            cells.append(f'<{name} rowspan="{rows}" colspan="{columns}">{made.cells.get((row, column), "")}</{name}>')
        body.append("<tr>" + "".join(cells) + "</tr>")
    above = "".join(f"<p>{line}</p>" for line in _above(made))
    notes = "".join(f"<p>{note}</p>" for note in made.notes)
    head = f"<head><meta charset='utf-8'><title>公报</title><style>{FACE}{style}</style></head>"
    return (
        f"<!DOCTYPE html><html>{head}<body><article><p>{INTRO}</p>{above}<table>{''.join(body)}</table>{notes}<p>{OUTRO}</p></article></body></html>"
    )


def docx(made: Made) -> bytes:
    import docx

    document, out = docx.Document(), io.BytesIO()
    for line in (INTRO, *_above(made)):
        document.add_paragraph(line)
    table = document.add_table(made.height, made.width)
    covered = made.covered()
    for (row, column), words in made.cells.items():
        if (row, column) not in covered:
            table.cell(row, column).text = words
    for (row, column), (rows, columns) in made.spans.items():
        table.cell(row, column).merge(table.cell(row + rows - 1, column + columns - 1))
    for line in (*made.notes, OUTRO):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def xlsx(made: Made) -> bytes:
    """Numbers as numbers, with the number format that prints them."""
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    for line in (INTRO, *_above(made)):
        sheet.append([line])
    first = sheet.max_row + 1
    for (row, column), words in made.cells.items():
        cell = sheet.cell(first + row, column + 1)
        cell.value, form = _stored(words)
        if form:
            cell.number_format = form
    for (row, column), (rows, columns) in made.spans.items():
        sheet.merge_cells(start_row=first + row, start_column=column + 1, end_row=first + row + rows - 1, end_column=column + columns)
    for line in (*made.notes, OUTRO):
        sheet.append([line])
    book.save(out)
    return out.getvalue()


def _stored(words: str) -> tuple[object, str]:
    if not NUMBER.fullmatch(words):
        return words or None, ""
    decimals = len(words.partition(".")[2])
    value = float(words.replace(",", ""))
    return (value if decimals else int(value)), ("#,##0" if "," in words else "0") + ("." + "0" * decimals if decimals else "")


def pdf(made: Made, style: str = BORDERS) -> bytes:
    import weasyprint

    return weasyprint.HTML(string=html(made, style)).write_pdf()


FORMATS: dict[str, Callable[[Made], bytes]] = {
    "csv": lambda made: delimited(made, ","),
    "tsv": lambda made: delimited(made, "\t"),
    "semicolons.csv": lambda made: delimited(made, ";"),
    "md.txt": markdown,
    "aligned.txt": aligned,
    "html": lambda made: html(made).encode(),
    "th.html": lambda made: html(made, tag="th").encode(),
    "docx": docx,
    "xlsx": xlsx,
    "pdf": pdf,
    "unruled.pdf": lambda made: pdf(made, "td,th{padding:3px 14px;text-align:center}"),
}
