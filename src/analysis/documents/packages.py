"""A package of Office (a ZIP of XML parts), opened only where what it unpacks to is no more than a document."""

from __future__ import annotations

import io
import zipfile

from .errors import DocumentError

# The XML of a bulletin is some hundred kilobytes; a small archive that unpacks to more than this is a trap.
MAX_UNPACKED = 500_000_000
# Each tag is a node in memory, some hundred bytes for the four of its shortest spelling; three million cells have twelve million.
MAX_TAGS = 15_000_000
CHUNK = 1 << 20


def opened(data: bytes, path: object) -> zipfile.ZipFile:
    """The archive in `data`. Raises DocumentError where its parts are larger, or have more tags, than any document's, and BadZipFile."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    size = sum(member.file_size for member in archive.infolist())
    if size > MAX_UNPACKED or (size > MAX_TAGS and sum(_tags(archive, member) for member in archive.infolist()) > MAX_TAGS):
        raise DocumentError(path, "it unpacks to far more than a bulletin or a workbook of tables", "check where it came from")
    return archive


def _tags(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    with archive.open(member) as part:
        return sum(chunk.count(b"<") for chunk in iter(lambda: part.read(CHUNK), b""))
