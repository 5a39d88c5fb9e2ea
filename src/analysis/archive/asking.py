"""Questions to a store: the rows of a region and period, or any question in SQL across all regions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from .shards import MEMORY, read_tables

if TYPE_CHECKING:
    import pandas as pd


def rows(store: Path, table: str = "observations", region: str | None = None, period: str | None = None) -> pd.DataFrame:
    """The rows of a table, of one region or period where one is given; no other rows are read."""
    paths = sorted((store / table).glob(f"region={region or '*'}/*.parquet"))
    return read_tables(paths, table, "WHERE period = ?" if period else "", [period] if period else [])


def ask(store: Path, question: str, values: list[Any] | None = None) -> list[tuple]:
    """The answer to a question in SQL about the tables `observations` and `findings`, whose cells are texts; `region` is a column of both.

    >>> ask(Path("no/such/store"), "SELECT 1 + 1")
    [(2,)]
    """
    with duckdb.connect(config={"memory_limit": MEMORY}) as connection:
        for table in ("observations", "findings"):
            paths = [str(path) for path in sorted((store / table).glob("region=*/*.parquet"))]
            if paths:
                listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
                connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{listed}])")
        return connection.execute(question, values or []).fetchall()
