"""Tables as CSV files: exact, reproducible, and safe to open in a spreadsheet.

UTF-8, LF, no index. A number is written with its printed decimals, a missing cell as nothing. A text that a spreadsheet would run as a
formula gets an apostrophe before it, and so does a text that begins with an apostrophe, so that reading can take it away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import codebook
from .errors import TongbiError

if TYPE_CHECKING:
    import pandas as pd

# What OWASP lists as the beginning of a formula, the full-width forms that East Asian spreadsheets take for the same, and our own mark.
GUARDED = tuple("=+-@\t\r\n'＝＋－＠")
GUARD = "'"
# What begins like a formula and is a number: a change with its sign.
NUMBER = re.compile(r"[-+][0-9][0-9,]*(\.[0-9]+)?%?")


def to_csv(frame: pd.DataFrame, table: str) -> bytes:
    """The bytes of `frame` as the CSV file of that table."""
    return csv_text(frame, table).encode("utf-8")


def csv_text(frame: pd.DataFrame, table: str) -> str:
    """The text of `frame` as CSV."""
    columns = codebook.load().of(table)
    rows = zip(*([_quoted(_written(value)) for value in frame[name]] for name in columns), strict=True)
    return "".join(",".join(row) + "\n" for row in [columns, *rows])


def from_csv(data: bytes, table: str) -> pd.DataFrame:
    """The table that `to_csv` wrote. Raises ValueError when columns or cells are not the codebook's."""
    import pandas as pd

    columns = codebook.load().of(table)
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    if header != list(columns):
        raise ValueError(f"the columns of {table} are not those of the codebook")
    cells = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return pd.DataFrame(
        {
            name: pd.Series([read_cell(cell, code.type) for cell in column], dtype=object)
            for (name, code), column in zip(columns.items(), cells, strict=True)
        }
    )


def guard(text: str) -> str:
    """A text as it may stand in a spreadsheet.

    >>> guard("=1+1"), guard("'quoted"), guard("12364起")
    ("'=1+1", "''quoted", '12364起')
    """
    return GUARD + text if text.startswith(GUARDED) else text


def guarded(table: str) -> str:
    """A table of a report, as CSV, with every text in it as it may stand in a spreadsheet; numbers stay as they are.

    >>> guarded("name,change\\n=cmd|' /C calc'!A0,-3.5%\\n")
    "name,change\\n'=cmd|' /C calc'!A0,-3.5%\\n"
    """
    return _rewritten(table, lambda cell: cell if NUMBER.fullmatch(cell) else guard(cell))


def unguarded(table: str) -> str:
    """The table that `guarded` was given.

    >>> unguarded(guarded("=1+1,''quoted,-3.5\\n"))
    "=1+1,''quoted,-3.5\\n"
    """
    return _rewritten(table, lambda cell: cell.removeprefix(GUARD))


def published_rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of a published table, without its guards. Raises TongbiError where it is no longer a table."""
    try:
        reader = csv.DictReader(io.StringIO(unguarded(path.read_bytes().decode("utf-8-sig")), newline=""))
        return list(reader.fieldnames or ()), list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TongbiError(f"{path}: it is damaged ({error}): publish again with FORCE=1 (tongbi publish --force)") from error


def _rewritten(table: str, change: Callable[[str], str]) -> str:
    rows = csv.reader(io.StringIO(table, newline=""))
    return "".join(",".join(_quoted(change(cell)) for cell in row) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    # The csv module would leave a lone carriage return bare, which no reader takes for part of a cell.
    # (Four questions and no loop: a build asks of every cell of every table.)
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _written(value: Any) -> str:
    if isinstance(value, str):
        return GUARD + value if value[:1] in _GUARDED else value
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


_GUARDED = frozenset(GUARDED)


def written_cells(values: Iterable[Any]) -> Iterator[str]:
    """The values of a column as the texts of their cells."""
    return map(_written, values)


def read_cell(cell: str, kind: str) -> Any:
    """The value that a cell's text was written from; `kind` is the column's in the codebook."""
    if kind == "flag":
        return cell == "True"
    if kind == "number":
        return Decimal(cell) if cell else None
    if kind == "offset":
        return int(cell) if cell else None
    return cell.removeprefix(GUARD)
