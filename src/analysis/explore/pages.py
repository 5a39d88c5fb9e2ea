"""Tables, lists and names as the exploring notebooks show them: Markdown, so that a change shows as text in a diff."""

import html
import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import ceil, floor
from typing import Any

import pandas as pd
import yaml

from ..audit.told import read_told
from ..catalogue import Indicator
from ..documents import Document
from ..report.markdown import Markdown
from ..report.phrases import Wording
from ..report.results import CHECK_ORDER, check_name
from ..report.strengths import counts_by_strength, read_strengths
from ..writing.escaping import escape
from ..writing.numbers import Formatter

FIGURES = re.compile(r"[\d,.+\N{MINUS SIGN}×%/… –-]*")


@cache
def wording(lang: str) -> dict[str, str]:
    """The words of the exploring notebooks in `lang`. Raises ValueError for a language there is none of."""
    words = yaml.safe_load(files(__package__).joinpath("wording.yml").read_text("utf-8"))
    if lang not in words:
        raise ValueError(f"no wording for language {lang!r}; there are: {', '.join(words)}")
    return words[lang]


def formatter(lang: str) -> Formatter:
    """The formatter of the reports in `lang`."""
    return Formatter(Wording.load(lang))


def named(indicator: Indicator, lang: str) -> str:
    """The Chinese name, with the English one before it in English."""
    return indicator.zh if lang == "zh" else f"{indicator.en} {indicator.zh}"


def table(frame: pd.DataFrame) -> Markdown:
    """Show a table of text; columns of figures are set right."""
    rows = [[str(cell) for cell in row] for row in frame.itertuples(index=False)]
    right = [bool(rows) and all(FIGURES.fullmatch(row[at]) for row in rows) for at in range(len(frame.columns))]
    rule = "|" + "|".join("---:" if figures else ":---" for figures in right) + "|"
    return Markdown("\n".join([_row(map(str, frame.columns)), rule, *map(_row, rows)]))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(escape, cells)) + " |"


def listed(sentences: Sequence[str]) -> Markdown:
    """Show sentences as a list."""
    return Markdown("\n".join(f"- {escape(sentence)}" for sentence in sentences))


def paragraph(text: str) -> Markdown:
    """Show a paragraph."""
    return Markdown(escape(text))


def span(low: Fraction | None, high: Fraction | None, lang: str) -> str:
    """Write an exact interval with up to three decimals, rounded outwards; one number where both ends are the same, an open end as "at least"."""
    form, words = formatter(lang), wording(lang)
    if low is None and high is None:
        return ""
    if low is None or high is None:
        known = Fraction(high if low is None else low)
        return words["at_most" if low is None else "at_least"].format(number=form.number(known, _places(known)))
    places = max(_places(Fraction(low)), _places(Fraction(high)))
    ends = floor(Fraction(low) * 10**places), ceil(Fraction(high) * 10**places)
    return form.interval(*(Decimal(end).scaleb(-places) for end in ends), places)


def _places(number: Fraction) -> int:
    """Decimals to show: those it has, up to three."""
    return next((n for n in range(3) if (number * 10**n).denominator == 1), 3)


def cited(documents: Iterable[Document], lang: str) -> Markdown:
    """List documents: publisher, title, period, what the file is, note."""
    words = wording(lang)
    rows = []
    for document in documents:
        about = document.metadata
        rows.append([document.id, about.publisher, about.title, about.period, str(about.published or words["undated"]), words[f"form_{about.form}"]])
    return table(pd.DataFrame(rows, columns=words["source_heads"]))


def concerning(findings: pd.DataFrame, documents: Collection[str], indicators: Collection[str] | None = None) -> pd.DataFrame:
    """The findings whose judged figure, their first subject, stands in these documents; of these indicators only, where given."""
    kept = findings[[told.first.doc in documents for told in read_told(findings)]]
    return kept if indicators is None else kept[kept.indicator.isin(list(indicators))]


def worst_verdicts(findings: pd.DataFrame) -> dict[tuple[str, int], str]:
    """The gravest verdict of each figure that the checks looked at, by document and offset."""
    return {place: strength.verdict for place, strength in read_strengths(read_told(findings)).items()}


def html_line(text: str) -> str:
    """A line of plain text as HTML."""
    return f"<p>{html.escape(text)}</p>" if text else ""


def counted(findings: pd.DataFrame, lang: str) -> Markdown:
    """The checks made, a row each, counted by verdict."""
    counts, words = counts_by_strength(read_told(findings)), Wording.load(lang)
    shown = [verdict for verdict in CHECK_ORDER if any(mine[verdict] for mine in counts.values())]
    rows = [[check_name(check, words), *(str(mine[verdict] or "") for verdict in shown)] for check, mine in sorted(counts.items())]
    return table(pd.DataFrame(rows, columns=[words("column.check"), *(words(f"verdict.{verdict}.name") for verdict in shown)]))


def documents_of(dataset: Any, ids: Iterable[str]) -> list[Document]:
    """The documents with these ids, in the dataset's order."""
    wanted = set(ids)
    return [document for document in dataset.documents if document.id in wanted]
