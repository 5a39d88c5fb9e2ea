"""The scan of a finished report: does every numeral in it have a source?

It looks at the text of a face, whichever it is: each numeral must be one that the edition's figures, findings, documents or dates print, that
was worked out from them, or that the wording itself holds.
"""

import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import pypdfium2
from lxml.html import fromstring

from ..periods import year_before
from ..writing.numbers import Formatter
from . import earlier
from .annex import terms
from .back import measured_errors, sentences_without_figures
from .facts import Fact
from .history import beyond, chain_of, history_of
from .tables import visible_error
from .telling import gap_between

NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
PAGES = 60  # a report has no more pages, tables or charts, which are numbered


def text_of(form: str, data: bytes) -> str:
    """The text of a finished face, as a reader finds it: `form` is pdf, html or docx; what stands for charts is part of it."""
    if form == "html":
        page = fromstring(data)
        return " ".join([*page.xpath("//body//text()[not(ancestor::script or ancestor::style)]"), *page.xpath("//@alt")])
    if form == "pdf":
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    from docx import Document  # few ask for Word, and its library takes long to load

    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def numerals(text: str) -> list[str]:
    """The numerals of a text, without the marks between thousands.

    >>> numerals("12,364 cases, down 25.44%")
    ['12364', '25.44']
    """
    return [found.replace(",", "") for found in NUMERAL.findall(text)]


def bound_by(texts: Iterable[str]) -> set[Decimal]:
    """The numbers that some texts hold, as values: 58.30 and 58.3 are one."""
    return {value for text in texts for numeral in numerals(text) if (value := _value(numeral)) is not None}


def _value(numeral: str) -> Decimal | None:
    try:
        return Decimal(numeral).normalize()
    except InvalidOperation:
        return None


def unbound(text: str, bound: set[Decimal]) -> list[str]:
    """The numerals of a finished text that nothing binds, in their order."""
    return [numeral for numeral in numerals(text) if _value(numeral) not in bound]


def bindings(edition: Any) -> set[Decimal]:
    """Every number that a finished report of an edition may print.

    Numbers of statements: what the documents print, in the scales a reader sees them. Numbers of computations: earlier values, changes,
    findings, each as the narrator writes it. Counts of the report itself up to the number of its figures, and its dates.
    """
    return _statements(edition) | _computations(edition) | _words(edition)


def _statements(edition: Any) -> set[Decimal]:
    """The numbers that documents print, of the whole region: the report compares with other years."""
    facts = list(edition.past.every.values())
    texts = [text for fact in facts for text in (fact.quote, fact.as_written, fact.period, *_told(fact, edition))]
    abouts = [doc.metadata for doc in edition.dataset.documents if doc.metadata]
    days = {day for about in abouts for day in (about.published, about.retrieved) if day} | ({edition.dataset.day} if edition.dataset.day else set())
    dates = [edition.narrator.format.date(day) for day in days]
    years = sorted(int(fact.period[:4]) for fact in facts if fact.period[:4].isdigit())
    spanned = map(str, range(years[0], years[-1] + 1)) if years else ()  # a chart names the years without a figure
    unused = (sentence for doc in edition.documents for sentence in sentences_without_figures(doc, edition.period, edition.facts))
    return bound_by([*texts, *unused, *spanned, *dates, *(f"{about.title} {about.publisher} {about.publisher_en} {about.url}" for about in abouts)])


def _told(fact: Fact, edition: Any) -> Iterator[str]:
    """A figure's numbers as the narrator writes them, those of its name too (of 30,000 yuan or more)."""
    narrator = edition.narrator
    yield fact.names[edition.lang]
    yield narrator.value(fact)
    yield narrator.amount(fact.movement, fact.unit)
    if fact.previous is not None:
        yield narrator.format.quantity(fact.previous, fact.unit, fact.previous_resolution)


def _computations(edition: Any) -> set[Decimal]:
    """The numbers that are worked out: earlier values, changes, gaps, shares, an index, and what the checks say."""
    narrator, found = edition.narrator, []
    for fact in edition.facts:
        found += list(_told(fact, edition))
        if (before := earlier.earlier_of(fact)) is not None:
            found += [earlier.written(before, fact, narrator), earlier.about(before, fact, narrator), before.period]
        if fact.tested.visible is not None:
            found.append(visible_error(fact, narrator))
    by_indicator = {fact.indicator: fact for fact in edition.current if not fact.part}
    for theme in edition.dataset.catalogue.themes.values():
        if theme.gap and all(one in by_indicator for one in theme.gap):
            gap = gap_between(*(by_indicator[one] for one in theme.gap))
            found += [narrator.format.number(end) for end in gap or ()]
            found += [narrator.format.number(earlier.rounded(*gap[1:]))] if gap else []
    for link in (link for fact in edition.current for link in chain_of(fact, edition.past)):
        found += [str(link.year), *(narrator.format.number(end, 1) for end in (link.index, link.low, link.high))]
    found += [beyond(fact, run, narrator) for fact in edition.current if (run := history_of(fact, edition.past, narrator)) and run.goes_beyond]
    for told in edition.findings:
        found += [told.message_zh, told.message_en, *_ends(told, narrator.format)]
    return bound_by(found) | _shares(edition, by_indicator)


def _ends(told: Any, form: Formatter) -> Iterator[str]:
    """The numbers of a finding, at every number of decimals they may be shown with."""
    low, high = told.implied
    middle = (low + high) / 2 if low is not None and high is not None else None
    for number in (*told.stated, *told.implied, middle, told.gap, told.smallest_visible_error):
        if number is not None:
            yield from (form.number(abs(number), places) for places in range(4))
            yield from (str(abs(number).quantize(Decimal("0.01"), rounding)) for rounding in ("ROUND_FLOOR", "ROUND_CEILING"))


def _shares(edition: Any, by_indicator: dict[str, Fact]) -> set[Decimal]:
    """Shares of one step in the first of its course, whole and to one decimal."""
    found = set()
    for course in edition.dataset.catalogue.courses:
        steps = [value for name in course if name in by_indicator and (value := by_indicator[name].value)]
        found |= bound_by(edition.narrator.format.number(step / steps[0] * 100, places) for step in steps for places in (0, 1))
    return found


def _words(edition: Any) -> set[Decimal]:
    """The numbers of the wording, of catalogue names, of the edition's period and release; and counts, up to the number of its figures and checks."""
    names = [f"{entry.zh} {entry.en}" for entry in edition.dataset.catalogue.indicators]
    reasons = [f"{declared.zh} {declared.en}" for declared in edition.breaks]
    release = edition.publication
    released = [edition.narrator.format.date(release.released), str(release.released.year)] if release.released else []
    reasons += [text for correction in edition.corrections.values() for text in (correction.told("zh"), correction.told("en"), correction.as_written)]
    stated = [*_leaves(edition.wording.tree), *_leaves(measured_errors()), *map(str, terms())]
    before = year_before(edition.period)
    told = [edition.period_name, *([edition.narrator.format.period(before)] if before else [])]
    texts = [*stated, *names, *reasons, *released, release.version or "", *told]
    counts = max(len(edition.facts), len(edition.findings), PAGES)
    return bound_by(texts) | {Decimal(count).normalize() for count in range(counts + 1)}


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for child in node.values():
            yield from _leaves(child)
    elif isinstance(node, list):
        for child in node:
            yield from _leaves(child)
    else:
        yield str(node)
