"""Documents: bulletins as text, with where they came from.

`read(path)` gives a Document whatever the file's format; the format is told from the content, not from the ending.
Offsets everywhere index `document.text`: for plain text and CSV exactly what `open(path, newline="")` would give, for HTML,
PDF and DOCX the text extracted from it.
"""

from importlib import import_module
from typing import Any

from .errors import DocumentError
from .model import Document
from .reading import id_of, read
from .store import load_documents, load_regions, store_text

__all__ = ["Column", "Document", "DocumentError", "Metadata", "Region", "id_of", "load_documents", "load_regions", "read", "store_text"]


def __getattr__(name: str) -> Any:
    # pydantic takes longer to import than a bulletin takes to read, and a file without metadata needs none of it.
    if name in ("Column", "Metadata", "Region"):
        return getattr(import_module(".metadata", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
