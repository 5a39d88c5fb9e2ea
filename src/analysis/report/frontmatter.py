"""What the title block, the header and the footer of a report say."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files

from ..yamlfiles import load_own
from .naming import capital

UNDATED = date(2000, 1, 1)  # PDF/A demands a date; a notebook that gives none still has to give the same bytes every time
REGIONS = {"zh": "cn", "en": "gb"}


def moment(front: Mapping) -> datetime:
    """Return the report's date as a moment, for the properties of a file that want one."""
    year, month, day = front["date"]
    return datetime(year, month, day, tzinfo=UTC)


class FrontMatterError(ValueError):
    """The notebook metadata `tongbi` is not what it should be."""


@cache
def labels() -> dict[str, dict[str, str]]:
    """The words the template prints, by language."""
    return load_own(files("analysis.report") / "templates" / "labels.yml")


def front_matter(given: Mapping, title: str) -> dict:
    """Return what the template reads, from notebook metadata `tongbi`; `title` is used where it gives none.

    Raises FrontMatterError for an unknown language or a date that is not ISO 8601.
    """
    lang = given.get("lang", "en")
    if lang not in labels():
        raise FrontMatterError(f"notebook metadata tongbi.lang is {lang!r}: use {' or '.join(labels())}")
    words = labels()[lang]
    sources = [str(source) for source in given.get("sources", [])]
    published, retrieved, as_of, released = (_date(given.get(key)) for key in ("date", "retrieved", "as_of", "released"))
    stamp = released or published or retrieved or UNDATED
    title = str(given.get("title") or title or words["series"])
    short = str(given.get("short_title") or title)
    facts = {
        "period": capital(str(given.get("period_label") or given.get("period", ""))),
        "region": str(given.get("region_label") or given.get("region", "")),
        "as_of": _print_date(as_of, lang) if as_of else "",
        "date": _printed_dates(published, given, lang) if published else "",
        "released": _release(released, str(given.get("version") or ""), lang),
        "retrieved": _print_date(retrieved, lang) if retrieved else "",
        "sources": "\n".join(sources),
        "contact": str(given.get("contact") or ""),
    }
    return {
        "title": title,
        "subtitle": str(given.get("subtitle", "")),
        # The header of every page: a page must not pass for one of the ordinary report.
        "short-title": words["short-as-of"].format(title=short, day=facts["as_of"]) if as_of else short,
        "lang": lang,
        "region": REGIONS[lang],
        "author": str(given.get("author", "Tongbi")),
        "keywords": [facts["region"], facts["period"]] if facts["region"] else [],
        "date": [stamp.year, stamp.month, stamp.day],
        "facts": [[words[name], value] for name, value in facts.items() if value],
        "place": f"{given.get('region', '')} {given.get('period', '')}",
        "source-line": _source_line(sources, words),
        "labels": words,
    }


def _source_line(sources: list[str], words: dict[str, str]) -> str:
    if not sources:
        return ""
    line = words[{1: "source-line", 2: "source-line-two"}.get(len(sources), "source-line-many")]
    count = len(sources) if "等" in line else len(sources) - 1
    return line.format(sources=sources[0], second=sources[-1], count=count)


def _printed_dates(last: date, given: Mapping, lang: str) -> str:
    """When the documents were published: from the first day to the last, how many there are of several, and how many have no date."""
    words, first = labels()[lang], _date(given.get("date_first")) or last
    dated, undated = (int(given.get(key) or 0) for key in ("dated", "undated"))
    said = _print_date(last, lang) if first == last else words["date-range"].format(first=_print_date(first, lang), last=_print_date(last, lang))
    if dated > 1:
        said += words["date-count"].format(count=dated)
    if undated:
        said += words["date-undated" if undated > 1 else "date-undated-one"].format(count=undated)
    return said


def _date(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise FrontMatterError(f"notebook metadata tongbi.date is {text!r}: write it as YYYY-MM-DD") from None


def _release(released: date | None, version: str, lang: str) -> str:
    """When our edition was released, and the version of the series: 28 November 2026, series version 2."""
    if released is None:
        return ""
    words = labels()[lang]
    return _print_date(released, lang) + (words["version"].format(version=version) if version else "")


def _print_date(day: date, lang: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale={"zh": "zh_Hans_CN", "en": "en_GB"}[lang])
