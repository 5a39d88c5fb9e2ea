"""The text extracted from an HTML, PDF, DOCX or workbook file, kept beside it: evidence, so that offsets stay what they are.

`bulletin.pdf.txt` is written whole or not at all, after its sha256 and that of the document (in `bulletin.pdf.txt.sha256`, as sha256sum
writes them): a text without that sum, with another, or of another document, was not extracted by this program from this file and is refused.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from .. import wholefiles
from .errors import DocumentError

SUM = ".sha256"
MEND = "delete it and its .sha256: the next run extracts the text again"


def stored_text_path(path: Path) -> Path:
    """Where the text extracted from a file is kept: `bulletin.pdf` -> `bulletin.pdf.txt`."""
    return path.with_name(path.name + ".txt")


def load_stored(path: Path, document: bytes) -> str | None:
    """The stored text of a file, None where none is stored. Raises DocumentError for one that is not what was extracted from these bytes."""
    stored = stored_text_path(path)
    if not os.path.lexists(stored):
        return None
    _refuse_other(stored)
    _refuse_other(_sum_path(stored))
    try:
        data, recorded = stored.read_bytes(), [line.partition(" ")[0] for line in _sum_path(stored).read_text("utf-8").splitlines()]
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(stored, "it is not the text that was extracted (its sha256 is missing, or it cannot be read)", MEND) from error
    if recorded[:1] != [_sum_of(data)]:
        raise DocumentError(stored, "it is no longer the text that was extracted", MEND)
    if recorded[1:] not in ([], [_sum_of(document)]):
        raise DocumentError(stored, f"it was extracted from another {path.name} than the one there is now", MEND)
    return text


def store(path: Path, text: str) -> None:
    """Keep the text extracted from a file, unless one is kept already. Raises OSError, leaving no half text, and DocumentError for a link."""
    stored = stored_text_path(path)
    _refuse_other(stored)
    if stored.exists():
        return
    data = text.encode("utf-8")
    sums = f"{_sum_of(data)}  {stored.name}\n{_sum_of(path.read_bytes())}  {path.name}\n"
    # The sum goes first: a text that is there has one, whenever the program is killed.
    wholefiles.replace_files(stored.parent, {_sum_path(stored).name: sums.encode("utf-8", "surrogateescape"), stored.name: data})


def _sum_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sum_path(stored: Path) -> Path:
    return stored.with_name(stored.name + SUM)


def _refuse_other(stored: Path) -> None:
    if stored.is_symlink() or (stored.exists() and not stored.is_file()):
        raise DocumentError(stored, "it is a link, or no regular file, and stored text is neither", "remove it")
