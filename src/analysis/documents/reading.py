"""`read`: a file of any supported format becomes a Document."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from ..writing.acting import named
from .decoding import decode
from .errors import DocumentError
from .model import Content, Document, Format, LeftOut
from .sniffing import sniff
from .stored import load_stored
from .tables import delimited, find_tables, whole
from .tables.cells import SPACES, check_length

# Larger than any bulletin by far; keeps a mistaken path (a disk image, a device) from filling memory.
MAX_BYTES = 200_000_000
ADDRESS = re.compile(r"https?:/", re.IGNORECASE)
Read = TypeVar("Read")
SIDECAR = ".meta.yml"
# Each module has `extract_content(data, path) -> Content`; imported when a file needs it, for their libraries are slow to load.
EXTRACTORS = {"html": "html", "pdf": "pdf", "docx": "docx", "workbook": "workbook"}


def read(path: str | os.PathLike[str]) -> Document:
    """Read one document: plain text, CSV, HTML, PDF with a text layer, DOCX or a workbook, told apart by content.

    If `<stem>.meta.yml` lies beside the file, its metadata come with the document and its sha256 must be the file's.
    If the extracted text is stored beside the file (see stored.py), that text is taken, so that offsets stay what they were.
    A path of "-" reads standard input.

    Raises DocumentError naming the file and what to do: missing, a directory, empty, binary, broken encoding, encrypted,
    a scan without text, metadata with a bad key, or a sha256 that does not match.
    """
    if os.fspath(path) == "-":
        if sys.stdin is None or sys.stdin.closed:
            raise DocumentError("stdin", "standard input is closed", "name a file")
        return bounded(lambda name: _document(name, sys.stdin.buffer.read(MAX_BYTES + 1), None), Path("stdin"))
    return bounded(lambda name: _document(name, read_bytes(name), name.with_name(name.stem + SIDECAR)), Path(path))


def bounded(reading: Callable[[Path], Read], path: Path) -> Read:
    """The one boundary for a file that cannot be used: whatever goes wrong in `reading(path)` becomes a DocumentError that names it."""
    try:
        return reading(path)
    except DocumentError:
        raise
    except MemoryError as error:
        raise DocumentError(path, "it needs more memory than there is", "split it") from error
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:160]
        raise DocumentError(path, f"it is damaged, or of a kind not known here ({said})", "save it again, or give its text") from error


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; every way in which that can fail becomes a DocumentError."""
    try:
        # Not waiting for the writer of a pipe: one that nobody writes is empty.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
            if stat.S_ISBLK(os.fstat(file.fileno()).st_mode):
                raise DocumentError(path, "it is a device", "name a file")
            os.set_blocking(file.fileno(), True)
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        if ADDRESS.match(str(path)):
            raise DocumentError(path, "it is an address", "save the page with a browser, and name the saved file") from error
        raise DocumentError(path, "no such file", "check the name") from error
    except IsADirectoryError as error:
        raise DocumentError(path, "it is a directory", "name the files in it") from error
    except PermissionError as error:
        raise DocumentError(path, "it may not be read", "change its permissions") from error
    except (OSError, ValueError) as error:
        raise DocumentError(path, f"it cannot be read ({getattr(error, 'strerror', None) or error})", "check the name") from error


def _document(path: Path, data: bytes, sidecar: Path | None) -> Document:
    if len(data) > MAX_BYTES:
        raise DocumentError(path, f"it is larger than {MAX_BYTES // 1_000_000} MB", "split it")
    if not data.strip():
        raise DocumentError(path, "it is empty", "save the bulletin's text in it")
    metadata = None
    # Not `Path.exists`, which fails where the name of a file leaves no room for its sidecar's.
    if sidecar is not None and os.path.exists(sidecar):
        load_metadata: Callable = import_module(".metadata", __package__).load_metadata
        metadata = load_metadata(sidecar, data)
        metadata.require_sha256(data, path)
    kind = sniff(data, path)
    content = _content(kind, data, path, stored=sidecar is not None)
    text = content.text
    if not text.strip(SPACES):
        raise DocumentError(path, "there is no text in it", "save the bulletin's text in it")
    check_length(len(text), path)
    if kind == "text":
        delimiter = delimited.delimiter_of(text) or ("," if _is_declared_table(text, metadata) else None)
        if delimiter is not None:
            content, kind = Content(text, (whole(text, delimiter, path),)), "table"
    return Document(id_of(path), text, path, metadata, kind, content.tables, content.left_out, content.heading, content.imprint)


def _content(kind: Format, data: bytes, path: Path, stored: bool) -> Content:
    if kind == "text":
        return Content(decode(data, path))
    content: Content = import_module("." + EXTRACTORS[kind], __package__).extract_content(data, path)
    if stored and (text := load_stored(path, data)) is not None:
        if content.text == text:
            return content
        # Cells found in another text than the stored one have no place in it.
        lost = (LeftOut("tables_of_new_text", path.name, len(content.tables)),) if content.tables else ()
        return content._replace(text=text, tables=(), left_out=content.left_out + lost)
    return content


def _is_declared_table(text: str, metadata: object | None) -> bool:
    """Whether metadata say that a text is a table, and it is none that shows by its marks."""
    return metadata is not None and metadata.form == "table" and not find_tables(text)


def id_of(path: Path) -> str:
    """The id of a file's document: its stem, as a line may hold it."""
    return named(path.stem)
