"""One document's statements as a Parquet file, and what lies in a store."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from .. import codebook, tablefiles, tidy
from ..documents import Document, Metadata, read
from ..extract import extract
from ..snapshot import digest, file_digest, made_with, of_mapping

if TYPE_CHECKING:
    import pandas as pd

STATEMENTS = "statements"
NOWHERE = "unknown"  # the region of a document that does not say it
_NAME = re.compile(r"(?P<doc>.+)-(?P<key>[0-9a-f]{32})\.parquet")
_SAFE = re.compile(r"[^\w.-]")


def key_of(path: Path) -> str:
    """The key of a document's shard: its bytes, those of its metadata, and the code that reads."""
    sidecar = path.with_name(path.stem + ".meta.yml")
    return of_mapping({"document": file_digest(path), "metadata": file_digest(sidecar), "reading": made_with()})[:32]


def shards_in(store: Path) -> dict[str, Path]:
    """Every shard of a store, by document and key."""
    paths = sorted(store.glob(f"{STATEMENTS}/*/*.parquet"))
    return {path.name.removesuffix(".parquet"): path for path in paths if _NAME.fullmatch(path.name)}


def write_shard(path: Path, store: Path, key: str) -> Path:
    """Read a document and write its shard; an older one of the same document goes. Raises DocumentError."""
    document = read(path)
    region = document.metadata.region if document.metadata else NOWHERE
    frame = tidy.statements([extract(document)])
    target = store / STATEMENTS / f"region={region}" / f"{_SAFE.sub('_', document.id)}-{key}.parquet"
    write_table(frame, STATEMENTS, target, {"document": described(document)})
    for old in target.parent.glob("*.parquet"):
        match = _NAME.fullmatch(old.name)
        if match and old != target and match["doc"] == _SAFE.sub("_", document.id):
            old.unlink(missing_ok=True)
    return target


def described(document: Document) -> str:
    """A document without its text, as JSON."""
    metadata = document.metadata.model_dump(mode="json", exclude_unset=True) if document.metadata else None
    return json.dumps({"id": document.id, "path": str(document.path), "format": document.format, "metadata": metadata}, ensure_ascii=False)


def document_of(shard: Path) -> Document:
    """The document of a shard, without its text."""
    with duckdb.connect() as connection:
        ((value,),) = connection.execute("SELECT value FROM parquet_kv_metadata(?) WHERE key = 'document'", [str(shard)]).fetchall()
    about = json.loads(bytes(value))
    metadata = Metadata.model_validate(about["metadata"]) if about["metadata"] else None
    return Document(about["id"], "", Path(about["path"]), metadata, about["format"])


def write_table(frame: pd.DataFrame, table: str, target: Path, about: Mapping[str, str] | None = None) -> None:
    """Write a table as Parquet: whole or not at all, the same rows as the same bytes."""
    import pandas as pd

    columns = codebook.load().of(table)
    texts = pd.DataFrame({name: pd.Series(list(tablefiles.written_cells(frame[name])), dtype=object) for name in columns}, columns=list(columns))
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.{os.getpid()}")
    kept = ", ".join(f"{name}: {_literal(value)}" for name, value in (about or {}).items())
    cast = ", ".join(f'CAST("{name}" AS VARCHAR) AS "{name}"' for name in columns)
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("texts", texts)
        more = f", KV_METADATA {{{kept}}}" if kept else ""
        connection.execute(f"COPY (SELECT {cast} FROM texts) TO {_literal(str(new))} (FORMAT parquet, COMPRESSION zstd{more})")
    os.replace(new, target)


def read_tables(paths: list[Path], table: str, where: str = "", values: list[Any] | None = None) -> pd.DataFrame:
    """The rows of some Parquet files as the table they were written from."""
    import pandas as pd

    columns = codebook.load().of(table)
    listed = ", ".join(f'"{name}"' for name in columns)
    cells: list[tuple] = []
    if paths:
        with duckdb.connect() as connection:
            query = f"SELECT {listed} FROM read_parquet(?) {where}"
            cells = connection.execute(query, [[str(path) for path in paths], *(values or [])]).fetchall()
    by_column = zip(*cells, strict=True) if cells else ((),) * len(columns)
    read_columns = zip(columns.items(), by_column, strict=True)
    return pd.DataFrame(
        {name: pd.Series([tablefiles.read_cell(cell, code.type) for cell in cells], dtype=object) for (name, code), cells in read_columns}
    )


def regions_in(store: Path) -> Iterator[str]:
    """The regions that a store has documents of."""
    yield from (path.name.removeprefix("region=") for path in sorted((store / STATEMENTS).glob("region=*")))


def names_digest(paths: list[Path]) -> str:
    """One name for a set of shards: their names have their keys."""
    return digest("\n".join(path.name for path in paths).encode())


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
