"""The text layer of a PDF (pypdfium2), its lines joined into paragraphs.

A PDF knows lines, not paragraphs. A line is taken to run on when it reaches the right edge of its column and the next one starts at
the left edge, which is how Chinese prose is set: full lines, and a new paragraph indented by two characters.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from statistics import median_low
from typing import Any

from .confined import confined, give_time
from .errors import DocumentError
from .leaving import first_names, has_digits
from .model import Content, LeftOut
from .pagemarks import PAGE_NUMBER
from .pdflines import Line, Printed, lines_of
from .pdfnotes import said_by_notes
from .pdfshapes import draws_without_end
from .pdfturned import upright
from .tables.cells import Placed, Table, lay_out

# No column of prose is narrower than so many characters; what starts nearer to the last one is an indent or a table.
NARROWEST = 8
TITLE_LENGTH = 50
ENCRYPTED = 4  # FPDF_ERR_PASSWORD


def extract_content(data: bytes, path: object) -> Content:
    """The text, one paragraph a line; page numbers and running heads left out.

    Raises DocumentError for an encrypted or damaged PDF, for a scan without a text layer, and for one that draws without end.
    """
    return confined(lambda: _extracted(data, path), path)


def _extracted(data: bytes, path: object) -> Content:
    left_out: list[LeftOut] = []
    pages = [_without_furniture(page) for page in _pages(data, path, left_out)]
    heads = _running_heads(pages)
    lines = [line for page in pages for line in page if line.text not in heads]
    if not lines and any(one.what in ("hidden_text", "struck_text") for one in left_out):
        raise DocumentError(path, "the PDF shows none of its words", "print it to a new PDF, and run that through text recognition (OCR)")
    if not lines:
        raise DocumentError(path, "the PDF is a scan without a text layer", "run it through text recognition (OCR) first")
    return _content(lines, path)._replace(left_out=tuple(left_out))


def _content(lines: list[Line], path: object) -> Content:
    """Paragraphs and tables in the order of the pages; a table that fills the end of a page goes on at the top of the next."""
    prose = [line for line in lines if line.table is None]
    columns, pitch = (_columns(prose), _pitch(prose)) if prose else ([], 0.0)
    pieces: list[str] = []
    tables: list[Table] = []
    position = 0
    runs = list(_runs(lines))
    for number, held in enumerate(runs):
        if held[0].table is None:
            titles = _titles(held) if number + 1 < len(runs) else 0
            parts = (held[: len(held) - titles], *([line] for line in held[len(held) - titles :]))
            words = "".join(paragraph + "\n" for part in parts for paragraph in _paragraphs(part, columns, pitch))
        else:
            words, table = lay_out(_joined_tables([line.table for line in held]), position, path, doubt=held[0].table.doubt)
            tables.append(table)
        pieces.append(words)
        position += len(words)
    return Content("".join(pieces), tuple(tables))


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines of prose that follow one another, and tables that are one table."""
    run: list[Line] = []
    for line in lines:
        if run and not ((run[-1].table is None and line.table is None) or _goes_on(run[-1].table, line.table)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _titles(lines: list[Line]) -> int:
    """How many lines before a table entitle it: short ones behind the end of a sentence (or at the top), whatever the lines before them fill."""
    count = 0
    while count < min(3, len(lines)) and len(lines[-1 - count].text) < TITLE_LENGTH and not lines[-1 - count].text.endswith(("。", "；", "，")):
        count += 1
    before = lines[-1 - count].text if count < len(lines) else "。"
    return count if before.endswith(("。", "；", "：")) else 0


def _goes_on(one: Printed | None, other: Printed | None) -> bool:
    """Whether a table goes on with another: on the next page, with the same columns."""
    if one is None or other is None or other.page != one.page + 1 or one.doubt or other.doubt or len(one.xs) != len(other.xs):
        return False
    return all(abs(a - b) < 12 for a, b in zip(one.xs, other.xs, strict=True))


def _joined_tables(tables: list[Printed]) -> list[Placed]:
    placed: list[Placed] = []
    for table in tables:
        first = max((cell.row + cell.rows for cell in placed), default=0)
        placed += [cell._replace(row=cell.row + first) for cell in table.placed]
    return placed


def _pages(data: bytes, path: object, left_out: list[LeftOut]) -> list[list[Line]]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages: list[list[Line]] = []
            blind, notes, unseen = [], 0, []
            for number, drawn in enumerate(pdf):
                give_time()
                if draws_without_end(drawn):
                    raise DocumentError(path, f"page {number + 1} draws more than a document does", "print it to a new PDF")
                page = upright(pdf, number, drawn)
                last = _without_furniture(pages[-1])[-1:] if pages else []
                lines, hidden = lines_of(page, number, last[0].table if last else None)
                pages.append(lines)
                unseen.append(hidden)
                if not pages[-1] and any(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])):
                    blind.append(str(number + 1))
                notes += sum(map(has_digits, said_by_notes(page)))
            found = (
                LeftOut("hidden_text", count=sum(one.hidden for one in unseen)),
                LeftOut("struck_text", count=sum(one.struck for one in unseen)),
                LeftOut("read_as_given", count=sum(one.given for one in unseen)),
                LeftOut("scanned_pages", first_names(blind), len(blind)),
                LeftOut("comments", count=notes),
                LeftOut("embedded", *_attached(pdf)),
            )
            left_out += [one for one in found if one.count]
            return pages
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == ENCRYPTED or "password" in str(error).lower():
            raise DocumentError(path, "the PDF is encrypted", "save it without a password") from error
        raise DocumentError(path, "the PDF is damaged", "download it again, or print it to a new PDF") from error


def _attached(pdf: Any) -> tuple[str, int]:
    names = [pdf.get_attachment(number).get_name() for number in range(pdf.count_attachments())]
    return first_names(names), len(names)


def _without_furniture(page: list[Line]) -> list[Line]:
    lines = sorted(page, key=lambda line: line.bottom)
    edges = {id(line) for line in (lines[:1] + lines[-1:]) if PAGE_NUMBER.fullmatch(line.text)}
    return [line for line in page if id(line) not in edges]


def _running_heads(pages: list[list[Line]]) -> set[str]:
    """Texts that stand apart at the edge of more than half of the pages (of at least three)."""
    if len(pages) < 3:
        return set()
    edges = Counter(text for page in pages for text in {line.text for line in _apart(page)})
    return {text for text, count in edges.items() if 2 * count > len(pages)}


def _apart(page: list[Line]) -> list[Line]:
    """The first and the last line of a page, where more than a line's height of white parts them from the rest."""
    found = []
    if len(page) > 1 and page[0].bottom - page[1].top > page[0].height:
        found.append(page[0])
    if len(page) > 1 and page[-2].bottom - page[-1].top > page[-1].height:
        found.append(page[-1])
    return found


def _paragraphs(lines: list[Line], columns: list[tuple[float, float]], pitch: float) -> Iterator[str]:
    paragraph = ""
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        paragraph = _joined(paragraph, line.text)
        if following is None or not _runs_on(line, following, columns, pitch):
            yield paragraph
            paragraph = ""


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """The left and right edges that text is set between, from left to right: one pair for each column of the page."""
    counts = Counter(round(line.left) for line in lines)
    starts = [min(counts)]
    for left, count in sorted(counts.items()):
        if count > len(lines) / 8 and left - starts[-1] > NARROWEST * lines[0].height:
            starts.append(left)
    columns = []
    for left, next_left in zip(starts, [*starts[1:], float("inf")], strict=False):
        # A heading across two columns says nothing about where the first one ends.
        rights = [line.right for line in lines if left - 2 <= line.left < next_left - 2 and line.right < next_left]
        columns.append((left, max(rights, default=next_left)))
    return columns


def _pitch(lines: list[Line]) -> float:
    """The usual distance from one line to the next."""
    steps = [line.bottom - following.bottom for line, following in itertools.pairwise(lines) if line.bottom > following.bottom]
    return median_low(steps) if steps else float("inf")


def _column_of(line: Line, columns: list[tuple[float, float]]) -> tuple[float, float]:
    return next((column for column in reversed(columns) if column[0] <= line.left + 2), columns[0])


def _runs_on(line: Line, following: Line, columns: list[tuple[float, float]], pitch: float) -> bool:
    em = line.height
    if line.alone or following.alone or _are_two_figures(line, following):
        return False
    if abs(em - following.height) > 0.4 * em:
        return False
    # A line may stop some characters early, since no line may begin with a full stop or split a number.
    full = line.right > _column_of(line, columns)[1] - 3.5 * em
    indented = following.left > _column_of(following, columns)[0] + 1.2 * em
    return full and not indented and line.bottom - following.bottom < 1.4 * pitch


def _are_two_figures(line: Line, following: Line) -> bool:
    """Whether a figure ends a line and another one begins beside it or a little higher, in the next column of a table."""
    if not (line.text[-1:].isdigit() and following.text[:1].isdigit()):
        return False
    return -0.4 * line.height < following.bottom - line.bottom < 3 * line.height and following.left > line.right


def _joined(before: str, after: str) -> str:
    """`before` and `after` as one line: nothing between hanzi, a space between Latin words."""
    space = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return before + " " * space + after
