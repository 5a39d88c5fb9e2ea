"""datapackage.json: what the processed tables are, for people and for software (Frictionless Data Package)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import codebook

if TYPE_CHECKING:
    from .documents import Document

FILE = "datapackage.json"
FRICTIONLESS_TYPES = {"text": "string", "number": "number", "offset": "integer", "flag": "boolean", "date": "date", "json": "array"}
DESCRIPTION = (
    "Every number of the bulletins in data/raw, the statistics among them, and what their arithmetic says. Made by `tongbi data`; not to be "
    "edited by hand. A text cell that begins with an apostrophe has it only so that no spreadsheet takes the text for a formula: "
    "take away that one apostrophe to have the text."
)


def describe(files: Mapping[str, bytes], documents: Iterable[Document]) -> bytes:
    """The descriptor of some table files, by table name, with the documents they come from; the same input gives the same bytes."""
    package = {
        "profile": "tabular-data-package",
        "name": "tongbi",
        "title": "Tongbi (同比): statistics of rule-of-law bulletins, with their sources",
        "description": DESCRIPTION,
        "sources": [_source(document) for document in documents],
        "resources": [_resource(table, data) for table, data in files.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def hashes(descriptor: bytes) -> dict[str, str]:
    """The sha256 of each file named in a descriptor, by path."""
    return {resource["path"]: resource["hash"].removeprefix("sha256:") for resource in json.loads(descriptor)["resources"]}


def _source(document: Document) -> dict[str, str]:
    metadata = document.metadata
    source = {"title": metadata.title if metadata else document.id, "document": document.id}
    return source | ({"path": str(metadata.url)} if metadata and metadata.url else {})


def _resource(table: str, data: bytes) -> dict[str, Any]:
    entry = codebook.load().tables[table]
    return {
        "name": table,
        "type": "table",
        "path": f"{table}.csv",
        "profile": "tabular-data-resource",
        "title": f"{entry.en} ({entry.zh})",
        "description": f"A row is {entry.row_en}. 每行为{entry.row_zh}。",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "schema": _schema(table),
    }


def _schema(table: str) -> dict[str, Any]:
    fields = [_field(name, column) for name, column in codebook.load().of(table).items()]
    return {"fields": fields, "missingValues": [""], "primaryKey": ["id"]}


def _field(name: str, column: codebook.Column) -> dict[str, Any]:
    constraints = ({"required": True} if column.required else {}) | ({"enum": list(column.values)} if column.values else {})
    field: dict[str, Any] = {"name": name, "type": FRICTIONLESS_TYPES[column.type], "title": column.zh, "description": column.en}
    return field | ({"constraints": constraints} if constraints else {})
