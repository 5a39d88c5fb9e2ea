"""Tables as CSV files: exact, reproducible, safe to open in a spreadsheet, and written all or not at all.

UTF-8, LF, no index. A number is written with its printed decimals, a missing cell as nothing. A text that a spreadsheet would run as a
formula gets an apostrophe before it, and so does a text that begins with an apostrophe, so that reading can take it away again.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import codebook

if TYPE_CHECKING:
    import pandas as pd

# What OWASP lists as the beginning of a formula, the full-width forms that East Asian spreadsheets take for the same, and our own mark.
GUARDED = tuple("=+-@\t\r\n'＝＋－＠")
GUARD = "'"


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


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into `folder`: each appears whole or not at all, and none does before all are safely on the disk.

    The files replace theirs in the given order, and where one cannot be replaced those before it are put back. What is no regular file (a
    device, a folder, a link) is never replaced. Raises OSError (no space, no permission) with the old files untouched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        if os.path.lexists(folder / name) and ((folder / name).is_symlink() or not (folder / name).is_file()):
            raise OSError(errno.EINVAL, "it is no regular file, and is not replaced", str(folder / name))
    staged = {name: folder / f".{name}.new" for name in files}
    try:
        for name, path in staged.items():
            try:
                _write(path, files[name])
            except OSError as error:
                # A failed write does not know its file; the person must.
                raise OSError(error.errno, error.strerror, str(folder / name)) from error
        _replace(folder, staged)
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)


def _replace(folder: Path, staged: Mapping[str, Path]) -> None:
    kept: dict[str, Path | None] = {}
    try:
        for name, path in staged.items():
            old = folder / f".{name}.old"
            old.unlink(missing_ok=True)
            kept[name] = None
            if (folder / name).exists():
                _keep(folder / name, old)
                kept[name] = old
            os.replace(path, folder / name)
    except OSError:
        for name, old in reversed(kept.items()):
            if old is not None:
                # Replacing one link by another of the same file does nothing, so a file that was not replaced stays.
                os.replace(old, folder / name)
            elif not staged[name].exists():
                (folder / name).unlink(missing_ok=True)
        raise
    finally:
        for old in filter(None, kept.values()):
            old.unlink(missing_ok=True)


def _keep(path: Path, old: Path) -> None:
    try:
        os.link(path, old)
    except OSError:  # not every file system has hard links
        shutil.copy2(path, old)


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _quoted(cell: str) -> str:
    # The csv module would leave a lone carriage return bare, which no reader takes for part of a cell.
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r\n') else cell


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return guard(value) if isinstance(value, str) else str(value)


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
