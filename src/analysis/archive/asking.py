"""Questions to a store: the rows of a region and period, or any question in SQL across all regions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from ..project import DatasetError
from .shards import ENGINE, STATEMENTS, StoreError, asked, damage_told, documents_of, name_of, quiet, read_tables, regions_in
from .tables import ROWS, is_current, shards_of

if TYPE_CHECKING:
    import pandas as pd

    from ..documents import Document

_ALONE = "a question uses only what is in the archive: no extension of DuckDB is installed or loaded for it, and none of its settings is changed"
_LACKING = ("INSTALL", "Cannot change configuration")  # how the engine says that an extension would be needed, and that its settings are locked


def rows(store: Path, table: str = "observations", region: str | None = None, period: str | None = None) -> pd.DataFrame:
    """The rows of a table, of one region or period where one is given; no other rows are read."""
    paths = sorted((store / table).glob(f"region={region or '*'}/*.parquet"))
    return read_tables(paths, table, "WHERE period = ?" if period else "", [period] if period else [])


def rows_called(store: Path, wanted: Callable[[str, str, str], bool], region: str | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The observations whose indicator's id, name and words are `wanted`, and the findings about their documents; no other rows are held.

    Raises DatasetError where tables do not belong to the documents of the store.
    """
    paths = current_tables(store, "observations", region)
    columns = "indicator, name, indicator_as_written"
    every = asked(f"SELECT DISTINCT {columns} FROM read_parquet(?)", [list(map(str, paths))]) if paths else []
    names = [f"{chr(31)}".join(one) for one in every if wanted(*one)]
    where = f"WHERE list_contains(?, concat_ws(chr(31), {columns}))"
    observations = read_tables(paths if names else [], "observations", where, [names])
    regions = [store / "findings" / f"region={one}" / ROWS for one in sorted(set(observations["region"]))]
    about = "WHERE list_contains(?, json_extract_string(subjects, '$[0].doc'))"
    return observations, read_tables(regions, "findings", about, [sorted(set(observations["doc"]))])


def part(store: Path, region: str | None, period: str | None) -> tuple[dict[str, pd.DataFrame], list[Document]]:
    """The three tables of a region and period, and the documents that they come from, without their texts. Raises DatasetError."""
    where, values = ("WHERE period = ?", [period]) if period else ("", [])
    observations = read_tables(current_tables(store, "observations", region), "observations", where, values)
    shards = [path for id in ([region] if region else regions_in(store)) for path in shards_of(store, id)]
    if period:
        used = set(map(name_of, observations["doc"].unique()))
        shards = [path for path in shards if path.name.rpartition("-")[0] in used]
    documents = documents_of(shards)
    about = "WHERE list_contains(?, json_extract_string(subjects, '$[0].doc'))"
    findings = read_tables(current_tables(store, "findings", region), "findings", about, [sorted(doc.id for doc in documents)]) if documents else None
    tables = {"statements": read_tables(shards, STATEMENTS), "observations": observations}
    return tables | {"findings": read_tables([], "findings") if findings is None else findings}, documents


def current_tables(store: Path, table: str, region: str | None = None) -> list[Path]:
    """The files of a table, of one region where it is one of the store's. Raises DatasetError where they are not of the documents there are."""
    one = region is not None and (store / STATEMENTS / f"region={region}").is_dir()
    regions = [region] if one else list(regions_in(store))
    for id in regions:
        if not is_current(store, id):
            raise DatasetError(f"{store}: the tables of {id} are not of its documents: run `tongbi extract FOLDER --out {store} --resume`")
    return [store / table / f"region={id}" / ROWS for id in regions]


def ask(store: Path, question: str, values: list[Any] | None = None) -> list[tuple]:
    """The answer to a question in SQL about the tables `observations` and `findings`, whose cells are texts; `region` is a column of both.

    Raises StoreError where a file of the store is damaged, and where the question needs an extension of the engine, or other settings.

    >>> ask(Path("no/such/store"), "SELECT 1 + 1")
    [(2,)]
    """
    with damage_told(), quiet(duckdb.connect(config=ENGINE)) as opened:
        for table in ("observations", "findings"):
            paths = [str(path) for path in sorted((store / table).glob("region=*/*.parquet"))]
            if paths:
                listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
                opened.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{listed}])")
        opened.execute("SET lock_configuration = true")
        if any(statement.type == duckdb.StatementType.LOAD for statement in opened.extract_statements(question)):
            raise StoreError(_ALONE)
        try:
            return opened.execute(question, values or []).fetchall()
        except duckdb.Error as error:
            if any(word in str(error) for word in _LACKING):
                raise StoreError(_ALONE) from error
            raise
