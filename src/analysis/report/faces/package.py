"""A Data Package beside a report: its figures, indicators and results as CSV that any spreadsheet opens, each column described (Frictionless).

All lists of sources are one table here, `figures.csv`: a row a figure, with its sentence, document, address, and what was computed from what.
A file begins with a byte order mark, without which a Chinese Excel takes UTF-8 for GBK. A text that a spreadsheet might take for a formula has
an apostrophe before it; taking one away gives the text back.
"""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ... import codebook
from ...tablefiles import guard, unguarded
from ...yamlfiles import load_yaml
from ..executed import Attachment

DESCRIPTOR = "datapackage.json"
FIGURES = "figures"
SOURCES = re.compile(r"sources-\d+\.csv")
TYPES = {"text": "string", "number": "number", "offset": "integer", "flag": "boolean", "date": "date", "json": "string"}
BOM = b"\xef\xbb\xbf"


def as_package(front: Mapping[str, Any], tables: Sequence[Attachment]) -> dict[str, bytes]:
    """Return the files of the package by name, the descriptor last; the same tables give the same bytes."""
    words = front["labels"]["package"]
    read: dict[str, Any] = {}
    for table in tables:
        name = FIGURES if SOURCES.fullmatch(table.name) else table.name.removesuffix(".csv")
        head, *rows = rows_of(table)
        if name in read:
            read[name][1].extend(rows)
        else:
            read[name] = (head, rows, words["figures"] if name == FIGURES else table.description)
    files = {f"{name}.csv": _csv(head, rows) for name, (head, rows, _) in read.items()}
    resources = [_resource(name, head, title, files[f"{name}.csv"], front["lang"]) for name, (head, _, title) in read.items()]
    return files | {DESCRIPTOR: _descriptor(front, words, resources, read.get(FIGURES))}


def rows_of(table: Attachment) -> list[list[str]]:
    """The head and the rows of a table as they were before a spreadsheet had to be kept from taking a text for a formula."""
    return list(csv.reader(io.StringIO(unguarded(table.content.decode("utf-8-sig")), newline="")))


def _csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    kinds = [column_of(name)["type"] for name in head]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([guard(cell) if kind == "text" else cell for cell, kind in zip(row, kinds, strict=True)] for row in rows)
    return BOM + out.getvalue().encode()


@cache
def _own_columns() -> dict[str, dict[str, str]]:
    return load_yaml(Path(__file__).with_name("columns.yml"))


def column_of(name: str) -> dict[str, str]:
    """What a column is: its type in the codebook's words, and its meaning in both languages; a printed head is its own meaning."""
    if name in _own_columns():
        return _own_columns()[name]
    known = codebook.load().columns.get(name)
    return {"type": known.type, "zh": known.zh, "en": known.en} if known else {"type": "text", "zh": name, "en": name}


def _resource(name: str, head: Sequence[str], title: str, data: bytes, lang: str) -> dict[str, Any]:
    fields: list[dict[str, Any]] = []
    for column in head:
        about = column_of(column)
        fields.append({"name": column, "type": TYPES[about["type"]], "title": about[lang], "description": about["en" if lang == "zh" else "zh"]})
        if about["type"] == "flag":
            fields[-1] |= {"trueValues": ["True"], "falseValues": ["False"]}
    return {
        "name": name, "type": "table", "path": f"{name}.csv", "profile": "tabular-data-resource", "title": title, "scheme": "file", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8-sig", "bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }  # fmt: skip


def _descriptor(front: Mapping[str, Any], words: Mapping[str, str], resources: Sequence[Mapping[str, Any]], figures: Any) -> bytes:
    facts = "\n".join(f"{label}: {value}" for label, value in front["facts"])
    package = {
        "profile": "tabular-data-package",
        "name": "-".join(["tongbi", *re.findall(r"[a-z0-9]+", front["place"].lower()), front["lang"]]),
        "title": f"{front['title']} {front['subtitle']}".strip(),
        "description": f"{words['description']}\n{facts}",
        "contributors": [{"title": front["author"], "role": "author"}],
        "sources": _documents(*figures[:2]) if figures else [],
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _documents(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        about = dict(zip(head, row, strict=True))
        address = {"path": about["url"]} if about.get("url") else {}
        found.setdefault(about["doc"], {"title": about.get("title") or about["doc"], "document": about["doc"], **address})
    return list(found.values())
