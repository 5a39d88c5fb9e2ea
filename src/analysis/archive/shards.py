"""One document's statements as a Parquet file, and what lies in a store."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
from pyarrow import parquet

from .. import codebook, tablefiles, tidy
from ..documents import Document, DocumentError, Metadata, read
from ..documents.store import same_id
from ..errors import TongbiError
from ..extract import extract
from ..snapshot import digest, file_digest, made_with, of_mapping

if TYPE_CHECKING:
    import pandas as pd

STATEMENTS = "statements"
MEMORY = "1GB"  # that the engine of questions may hold at a time
# The engine's own way with what it lacks is to fetch it from the network and to run it.
ENGINE: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": MEMORY,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
NOWHERE = "unknown"  # the region of a document that does not say it
MEND = "delete it, and run `tongbi extract FOLDER --out STORE --resume`"
LONGEST_NAME = 160  # bytes of a document's name in that of its shard
_NAME = re.compile(r"(?P<doc>.+)-(?P<key>[0-9a-f]{32})\.parquet")
_SAFE = re.compile(r"[^\w.-]")
_CELLS = pa.list_(pa.string())


class StoreError(TongbiError):
    """An archive cannot be written, or what is in it cannot be read; names the folder or file, and says what to do."""


def asked(question: str, values: Sequence[Any]) -> list[tuple]:
    """The answer to a question about files of an archive. Raises StoreError where one of them is damaged."""
    with damage_told(duckdb.BinderException):
        return connection().execute(question, list(values)).fetchall()


@contextmanager
def damage_told(*more: type[Exception]) -> Iterator[None]:
    """Raise StoreError where the engine finds that a file is damaged; `more` are its errors that can mean nothing else here."""
    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.InternalException, *more) as error:
        said = str(error).splitlines()[0][:300]
        raise StoreError(f"a file of the archive is damaged ({said}): {MEND}") from error


def key_of(path: Path) -> str:
    """The key of a document's shard: its bytes, those of its metadata, and the code that reads."""
    sidecar = path.with_name(path.stem + ".meta.yml")
    return of_mapping({"document": file_digest(path), "metadata": file_digest(sidecar), "reading": made_with()})[:32]


def name_of(id: str) -> str:
    """What the shard of a document is called, before its key: its id, or as much of it as a file's name can hold, and then its sum."""
    written = _SAFE.sub("_", id).encode()
    if written == id.encode() and len(written) <= LONGEST_NAME:
        return id
    return f"{written[: LONGEST_NAME - 13].decode(errors='ignore')}_{digest(id.encode())[:12]}"


def document_in(shard: Path) -> str:
    """The name of a shard's document."""
    match = _NAME.fullmatch(shard.name)
    return match["doc"] if match else ""


def shards_by_document(store: Path) -> dict[str, list[Path]]:
    """Every shard of a store, by the name of its document."""
    found: dict[str, list[Path]] = {}
    for path in store.glob(f"{STATEMENTS}/*/*.parquet"):
        if name := document_in(path):
            found.setdefault(name, []).append(path)
    return found


def holds(shard: Path, id: str) -> bool:
    """Whether a file is the shard of that document, by what it says of itself: one that was cut short, or is none, is written again."""
    try:
        about = parquet.read_metadata(shard).metadata if shard.is_file() else {}
        return json.loads((about or {})[b"document"])["id"] == id
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        return False


def write_shard(path: Path, store: Path, key: str, before: Iterable[Path] = ()) -> Path:
    """Read a document and write its shard; those of its id that were there `before` go. Raises DocumentError, also where they are another file's."""
    older = [old for old in before if old.exists() and not old.name.endswith(f"-{key}.parquet")]
    for other in documents_of(older):
        if other.path.exists() and not other.path.samefile(path):
            raise DocumentError(path, *same_id(other.path))
    document = read(path)
    region = document.metadata.region if document.metadata else NOWHERE
    rows = tidy.statement_rows([extract(document)])
    target = store / STATEMENTS / f"region={region}" / f"{name_of(document.id)}-{key}.parquet"
    cells = [list(tablefiles.written_cells(row.values())) for row in rows]
    _put(pa.table({_layout(): pa.array(cells, _CELLS)}), target, {"document": described(document)})
    for old in older:
        old.unlink(missing_ok=True)
    return target


def described(document: Document) -> str:
    """A document without its text, as JSON."""
    metadata = document.metadata.model_dump(mode="json", exclude_unset=True) if document.metadata else None
    return json.dumps({"id": document.id, "path": str(document.path), "format": document.format, "metadata": metadata})


def documents_of(shards: Sequence[Path]) -> list[Document]:
    """The documents of some shards, in their order, without their texts."""
    query = "SELECT file_name, value FROM parquet_kv_metadata(?) WHERE key = 'document'"
    found = dict(asked(query, [list(map(str, shards))])) if shards else {}
    return [_document(json.loads(bytes(found[str(shard)]))) for shard in shards]


def _document(about: Mapping[str, Any]) -> Document:
    metadata = Metadata.model_validate(about["metadata"]) if about["metadata"] else None
    return Document(about["id"], "", Path(about["path"]), metadata, about["format"])


@cache
def _layout() -> str:
    """The one column of a shard, a list of the row's cells: fifty columns of a few rows take ten times as long to write.

    It is named after the columns of the table, so that a shard of other ones is never taken for one of these.
    """
    return f"cells-{digest(','.join(codebook.load().of(STATEMENTS)).encode())[:8]}"


def write_table(frame: pd.DataFrame, table: str, target: Path) -> None:
    """Write a table as Parquet: whole or not at all, the same rows as the same bytes."""
    columns = codebook.load().of(table)
    _put(pa.table({name: pa.array(tablefiles.written_cells(frame[name]), pa.string()) for name in columns}), target, {})


def _put(table: pa.Table, target: Path, about: Mapping[str, str]) -> None:
    """Write a table as Parquet; `about` stands in the file's own metadata."""
    new = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(table.replace_schema_metadata(about), new, compression="zstd")
        os.replace(new, target)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        said = error.strerror or str(error).rpartition(": ")[2]
        raise StoreError(f"{target.parent}: it cannot be written ({said}): make room there, or change its permissions") from error


def connection() -> duckdb.DuckDBPyConnection:
    """This process's connection: to open one takes longer than to read a short document."""
    return _connection_of(os.getpid())


@cache
def _connection_of(pid: int) -> duckdb.DuckDBPyConnection:
    return quiet(duckdb.connect(config={"threads": 1} | ENGINE))


def quiet(opened: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A connection that draws no bar of progress on the terminal."""
    opened.execute("SET enable_progress_bar = false")
    return opened


def read_tables(paths: list[Path], table: str, where: str = "", values: list[Any] | None = None) -> pd.DataFrame:
    """The rows of some Parquet files as the table they were written from."""
    import pandas as pd

    columns = codebook.load().of(table)
    listed = ", ".join(f'"{name}"' for name in columns)
    cells: list[tuple] = []
    if paths:
        query = f"SELECT {listed} FROM {_source(table)} {where}"
        cells = asked(query, [[str(path) for path in paths], *(values or [])])
    by_column = zip(*cells, strict=True) if cells else ((),) * len(columns)
    read_columns = zip(columns.items(), by_column, strict=True)
    return pd.DataFrame(
        {name: pd.Series([tablefiles.read_cell(cell, code.type) for cell in cells], dtype=object) for (name, code), cells in read_columns}
    )


def _source(table: str) -> str:
    """What a question selects from: the files, and of shards the cells under their names."""
    if table != STATEMENTS:
        return "read_parquet(?)"
    named = ", ".join(f'"{_layout()}"[{number}] AS "{name}"' for number, name in enumerate(codebook.load().of(table), 1))
    return f"(SELECT {named} FROM read_parquet(?))"


def regions_in(store: Path) -> Iterator[str]:
    """The regions that a store has documents of."""
    yield from (path.name.removeprefix("region=") for path in sorted((store / STATEMENTS).glob("region=*")))


def names_digest(paths: list[Path]) -> str:
    """One name for a set of shards: their names have their keys."""
    return digest("\n".join(path.name for path in paths).encode())
