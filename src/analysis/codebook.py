"""The codebook: what a row and each column of data/processed mean, and the pandera schemas made from it.

The meanings are data, in `codebook.yml`. In memory a text is a str ("" for none), a number a Decimal (or None), an offset an int (or
None), a flag a bool; in a CSV file all of them are written out exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from .yamlfiles import load_yaml

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

PATH = Path(__file__).with_name("codebook.yml")
TABLES = ("statements", "observations", "findings")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """One column: type, meaning in both languages, and the only values it may have."""

    type: Literal["text", "number", "offset", "flag", "date", "json"]
    zh: str
    en: str
    required: bool = False
    values: tuple[str, ...] = ()

    @property
    def allowed(self) -> frozenset[str]:
        """The texts that may stand in the column; empty for any."""
        return frozenset(self.values) | (frozenset() if self.required or not self.values else {""})


class Table(_Strict):
    """One table: its name, what a row is, and its columns in order."""

    zh: str
    en: str
    row_zh: str
    row_en: str
    columns: tuple[str, ...]


class Codebook(_Strict):
    """All tables, and all columns by name; a name means the same in every table."""

    tables: dict[str, Table]
    columns: dict[str, Column]

    def of(self, table: str) -> dict[str, Column]:
        """The columns of one table, in order."""
        return {name: self.columns[name] for name in self.tables[table].columns}


@cache
def load() -> Codebook:
    """The codebook of this package."""
    return Codebook.model_validate(load_yaml(PATH))


@cache
def schema(table: str) -> pa.DataFrameSchema:
    """The pandera schema of one table: columns, their order, types and values."""
    import pandera.pandas as pa

    columns = {name: pa.Column(None, _checks(column), nullable=not column.required) for name, column in load().of(table).items()}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=["id"], name=table)


def validate(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return `frame` if it is a proper table of that name; pandera's SchemaErrors lists every fault.

    Most tables have none, which is seen without it: it takes longer to load than a table to build.
    """
    columns = load().of(table)
    if list(frame.columns) == list(columns) and frame["id"].is_unique:
        if all(all(map(_fitting(column), frame[name])) for name, column in columns.items()):
            return frame
    return schema(table).validate(frame, lazy=True)


def as_markdown() -> str:
    """The codebook as a page to read: docs/codebook.md."""
    book = load()
    lines = ["# Codebook", "", "The tables of `data/processed`, made by `tongbi data`. This page is made from `src/analysis/codebook.yml`.", ""]
    lines += ["In the files a number has its printed decimals, an empty cell means none, and a text that a spreadsheet would run as a formula has an",
              "apostrophe before it (as has a text that begins with an apostrophe): take away that one apostrophe to have the text.", ""]  # fmt: skip
    for name, table in book.tables.items():
        lines += [f"## {name}.csv: {table.en} ({table.zh})", "", f"A row is {table.row_en}. 每行为{table.row_zh}。", ""]
        lines += ["| column | type | meaning | 含义 |", "|---|---|---|---|"]
        for column, code in book.of(name).items():
            values = f" ({', '.join(f'`{value}`' for value in code.values)})" if code.values else ""
            lines.append(f"| {column} | {code.type} | {code.en}{values} | {code.zh} |")
        lines.append("")
    return "\n".join(lines)


def _fitting(column: Column) -> Callable[[object], bool]:
    """What says of a value whether it may stand in a column."""
    kind = {"number": (Decimal, type(None)), "offset": (int, type(None)), "flag": bool}.get(column.type, str)
    allowed, required = column.allowed if kind is str else frozenset(), column.required

    def fits(value: object) -> bool:
        return isinstance(value, kind) and (not allowed or value in allowed) and not (required and (value is None or value == ""))

    return fits


def _checks(column: Column) -> list[pa.Check]:
    import pandera.pandas as pa

    fits = _fitting(column)
    return [pa.Check(lambda series: series.map(fits).astype(bool), ignore_na=False, name=column.type, error=f"not a proper {column.type}")]
