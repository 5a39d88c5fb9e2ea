"""The words of a report: its title block, its language, no number that is none, and no error that a cell swallowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..selection import Choice
from .seen import Report
from .tables import is_sources

if TYPE_CHECKING:
    from ...dataset import Dataset

NO_NUMBER = re.compile(r"(?<![\w-])(?:nan|NaN|NaT|<NA>|inf|-inf|Infinity)(?![\w-])")
HAN, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]")
# These hold the other language's words because that is what they are for.
BILINGUAL = ("glossary", "revisions")


def faults(report: Report, choice: Choice, known: Dataset) -> Iterator[str]:
    """What is wrong with the words of a report."""
    yield from report.troubles
    yield from _title_faults(report, choice, known)
    for cell, text in _all_texts(report):
        if found := NO_NUMBER.search(text):
            yield f"{cell}: {found[0]!r} stands where a number should"
    yield from _language_faults(report, choice.lang)


def _title_faults(report: Report, choice: Choice, known: Dataset) -> Iterator[str]:
    front = report.front
    if not front:
        yield "there is no title block: a cell must show the edition"
        return
    asked = {"region": choice.region, "period": choice.period, "lang": choice.lang}
    for name, value in asked.items():
        if str(front.get(name)) != value:
            yield f"the title block is that of {name} {front.get(name)!r}, not {value!r}"
    region = getattr(known.regions[choice.region], choice.lang)
    if region not in str(front.get("title")) and region not in str(front.get("region_label")):
        yield f"the title {front.get('title')!r} does not name {region!r}"
    if not is_written_in(choice.lang, str(front.get("title", ""))):
        yield f"the title {front.get('title')!r} is not in the language {choice.lang!r}"


def _all_texts(report: Report) -> Iterator[tuple[str, str]]:
    yield from report.sentences()
    yield from ((chart.cell, re.sub("<[^>]*>", " ", chart.svg)) for chart in report.charts)
    for table in report.tables:
        for row in table.printed if not is_sources(table) else []:
            yield table.cell, "\n".join(row)
        for row in table.rows:
            yield f"{table.cell}, {table.name}.csv", "\n".join(row.values())


def _language_faults(report: Report, lang: str) -> Iterator[str]:
    heads = [(text.cell, heading) for text in report.texts for heading in text.headings]
    heads += [(table.cell, head) for table in report.tables for head in table.heads if table.name not in BILINGUAL]
    heads += [(chart.cell, chart.caption) for chart in report.charts]
    # What the catalogue does not know keeps the name it was printed with.
    figures = [row for table in report.tables if table.of_figures for row in table.rows]
    unnamed = sorted({row["zh"] for row in figures if not (is_written_in("en", row["en"]) and is_written_in("zh", row["zh"]))}, key=len)
    for cell, head in heads:
        rest = head
        for name in reversed(unnamed):
            rest = rest.replace(name, "")
        if (LATIN.search(rest) or HAN.search(rest)) and not is_written_in(lang, rest):
            yield f"{cell}: {head!r} is not in the language {lang!r}"
    prose = "\n".join(text.prose for text in report.texts)
    if prose.strip() and not is_written_in(lang, prose):
        yield f"the text is not in the language {lang!r}"


def is_written_in(lang: str, text: str) -> bool:
    """Whether a text is mostly in that language's script; one without letters is in none.

    >>> is_written_in("zh", "毕节市 PDF"), is_written_in("en", "Cases closed"), is_written_in("en", "案件")
    (True, True, False)
    """
    han, latin = len(HAN.findall(text)), len(LATIN.findall(text))
    return han > 0 and 4 * han >= latin if lang == "zh" else latin > 2 * han
