"""What an analyst hands over: a path, a text or a document. A path that exists is never read as text, and one that does not is an error."""

from __future__ import annotations

import os
import re
from pathlib import Path

from .model import Document
from .reading import read

Source = str | os.PathLike[str] | Document
TEXT_ID = "text"
# A word with an ending or a folder in it is a path, whether the file is there or not; a sentence is none, nor is what prints 起/天.
PATHLIKE = re.compile(r"[^\s，。；：、“”《》]*(?:[\\/](?![天日周月年人件万千])[^\s，。；：、“”《》]*|\.[A-Za-z][A-Za-z0-9]{1,4})")
LONGEST_PATH = 4096


def take(source: Source) -> Document:
    """The document of a path (read), of a text (as it is, with the id "text") or the document itself.

    Raises DocumentError for a file that cannot be read, one that is not there among them, and TypeError for what is none of the three.

    >>> take("2017年，全市立刑事案件12364起。").id
    'text'
    >>> try:
    ...     take("no/such/bulletin.pdf")
    ... except ValueError as error:
    ...     print(error)
    no/such/bulletin.pdf: no such file: check the name
    """
    if isinstance(source, Document):
        return source
    if isinstance(source, os.PathLike):
        return read(source)
    if not isinstance(source, str):
        raise TypeError(f"a path, a text or a Document is needed, not {type(source).__name__}")
    if source == "-" or _exists(source) or (len(source) <= LONGEST_PATH and PATHLIKE.fullmatch(source)):
        return read(Path(source) if source != "-" else source)
    return Document(TEXT_ID, source)


def is_unnamed(document: Document) -> bool:
    """Whether the document is a bare text."""
    return document.path is None and document.id == TEXT_ID


def _exists(text: str) -> bool:
    try:
        return len(text) <= LONGEST_PATH and "\n" not in text and os.path.exists(text)
    except (OSError, ValueError):
        return False
