"""A workbook of Excel 97-2003, written byte by byte: no library at hand writes XLS any more, and the readers must be held against a true one."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_SECTOR, _FEWEST = 512, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_GLOBALS, _SHEET = 0x05, 0x10
# The fifth font: no file has a font numbered 4.
_STRUCK_FONT = 5


@dataclass(frozen=True)
class Struck:
    """What a cell holds, struck out: all of it, or of words those from a place on."""

    held: str | float
    start: int = 0


Held = str | float | Struck


def xls(rows: Sequence[Sequence[Held]], sheet: str = "Sheet1") -> bytes:
    """The file of one sheet: words as labels, numbers as numbers in the general format."""
    return _compound(_biff8(rows, sheet))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def _biff8(rows: Sequence[Sequence[Held]], sheet: str) -> bytes:
    """The stream of the workbook: what holds for all of it (code page, fonts, formats, the sheet's name and place), then the sheet."""
    font, struck = (_record(0x0031, struct.pack("<HHHHHBBBBBB", 200, way, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial") for way in (0, 8))
    form, of_struck = (_record(0x00E0, struct.pack("<HHHBBBBIIH", number, 0, 0, 0, 0, 0, 0, 0, 0, 0)) for number in (0, _STRUCK_FONT))
    whole = _begin(_GLOBALS) + _record(0x0042, struct.pack("<H", 1200)) + font * 4 + struck + form * 16 + of_struck
    name = struct.pack("<BBBB", 0, 0, len(sheet), 1) + sheet.encode("utf-16-le")
    at = len(whole) + len(_record(0x0085, bytes(4) + name)) + len(_record(0x000A))
    whole += _record(0x0085, struct.pack("<I", at) + name) + _record(0x000A)
    cells = b"".join(_cell(r, c, held) for r, row in enumerate(rows) for c, held in enumerate(row))
    return whole + _begin(_SHEET) + cells + _record(0x000A)


def _cell(row: int, column: int, held: Held) -> bytes:
    place = struct.pack("<HHH", row, column, 15)
    if isinstance(held, Struck) and held.start:
        words = str(held.held)
        runs = struct.pack("<HHH", 1, held.start, _STRUCK_FONT)
        return _record(0x00D6, place + struct.pack("<HB", len(words), 1) + words.encode("utf-16-le") + runs)
    if isinstance(held, Struck):
        place, held = struct.pack("<HHH", row, column, 16), held.held
    if isinstance(held, str):
        return _record(0x0204, place + struct.pack("<HB", len(held), 1) + held.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", held))


def _compound(stream: bytes) -> bytes:
    """The stream in a compound file: its header, one sector that chains the others, the directory, the stream."""
    stream = stream.ljust(max(_FEWEST, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    chain = [_FAT, _END, *range(3, len(stream) // _SECTOR + 2), _END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, _END, 0, 1) + _entry("Workbook", 2, 2, len(stream), _FREE)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _FEWEST, _END, 0, _END, 0)
    return head + struct.pack("<109I", 0, *[_FREE] * 108) + fat + directory.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    told = struct.pack("<HBBIII", len(words), kind, 1, _FREE, _FREE, child)
    return words.ljust(64, b"\0") + told + bytes(36) + struct.pack("<IQ", start, size)
