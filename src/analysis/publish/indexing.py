"""reports/index.html: every edition that is in place, by region, with its main points, formats and versions; nothing is asked from outside.

It is made from the editions' own records, and only when one of them is newer than the page.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..report.formats import FORMATS
from ..yamlfiles import load_yaml
from . import keys, placing, versions
from .selection import LANGUAGES, Choice

PAGE = "index.html"
WORDS = Path(__file__).with_name("indexing.yml")
TEMPLATE = "indexing.html.j2"


def refresh(out: Path) -> bool:
    """Make the page anew where an edition came, went or changed since; tells whether it did."""
    page = out / PAGE
    records = sorted(_records(out))
    looked = [page.parent, *{folder for record in records for folder in (record, *record.parents) if folder != out and out in folder.parents}]
    if not records and not page.exists():
        return False
    if page.exists() and max(path.stat().st_mtime_ns for path in looked[1:] or looked) <= page.stat().st_mtime_ns:
        return False
    with placing.staging(out) as folder:
        placing.write(folder / PAGE, as_page(out, [record.parent for record in records]).encode())
        os.replace(folder / PAGE, page)
    return True


def _records(out: Path) -> Iterator[Path]:
    yield from out.glob(f"*/*/{keys.RECORD}")
    yield from out.glob(f"*/*/as-of-*/{keys.RECORD}")


def as_page(out: Path, folders: list[Path]) -> str:
    """The page over the editions in some folders below `out`, newest period first."""
    regions: dict[str, list[dict[str, Any]]] = {}
    for folder in sorted(folders, key=lambda one: one.relative_to(out).parts, reverse=True):
        record = keys.read_record(folder)
        if record:
            regions.setdefault(record["region"], []).append(_edition(record, folder, out))
    listed = [{"id": id, "names": _names(editions), "editions": editions} for id, editions in sorted(regions.items())]
    return _template().render(regions=listed, words=load_yaml(WORDS), languages=LANGUAGES)


def _edition(record: Mapping[str, Any], folder: Path, out: Path) -> dict[str, Any]:
    """One edition as the page shows it: a report a language, and its earlier versions."""
    place = folder.relative_to(out).as_posix()
    reports = {}
    for lang in LANGUAGES:
        if made := record["reports"].get(lang):
            choice = Choice(record["region"], record["period"], lang, record["as_of"])
            front = {"title": choice.name, "subtitle": "", "facts": [], "points": [], **made.get("front", {})}
            files = {form: f"{place}/{choice.name}.{form}" for form in FORMATS if f"{choice.name}.{form}" in made["files"]}
            data = f"{place}/tables-{lang}/datapackage.json" if f"tables-{lang}/datapackage.json" in made["files"] else ""
            reports[lang] = {**front, "files": files, "data": data}
    changes = [{**one, "place": f"{place}/{versions.EARLIER}/{one['version'] - 1}"} for one in reversed(record.get("changes", []))]
    searched = " ".join(str(part) for one in reports.values() for part in (one["title"], one["subtitle"], one["facts"], *one["points"]))
    about = {"period": record["period"], "as_of": record["as_of"], "version": versions.number_of(record), "changes": changes}
    return {**about, "place": place, "reports": reports, "withdrawn": (folder / placing.MARK).exists(), "searched": searched.casefold()}


def _names(editions: list[dict[str, Any]]) -> dict[str, str]:
    """The region as the newest report of each language is titled."""
    return {lang: next((one["reports"][lang]["title"] for one in editions if lang in one["reports"]), "") for lang in LANGUAGES}


@cache
def _template() -> Any:
    import jinja2

    source = Path(__file__).with_name(TEMPLATE).read_text("utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(source)
