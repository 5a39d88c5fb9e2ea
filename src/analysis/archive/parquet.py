"""A small Parquet file of one column, a list of texts a row, written whole in memory.

A document's shard has a few rows, and an engine takes longer to set out for such a file than to read the document. It is what the format asks for
and no more: one row group, one page, plain values behind their levels, compressed as a whole; any reader of Parquet reads it.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from itertools import chain
from struct import pack

MAGIC = b"PAR1"
# The format's numbers: kinds of page, codec, encodings, repetition, and what the bytes of a text stand for.
_DATA_PAGE, _GZIP, _PLAIN, _RLE, _BYTE_ARRAY, _UTF8, _LIST, _REQUIRED, _REPEATED = 0, 2, 0, 3, 6, 0, 3, 0, 2
# Thrift's compact protocol: kinds of field.
_I32, _I64, _BINARY, _LISTED, _STRUCT = 5, 6, 8, 9, 12
_AS_GZIP = 16 + zlib.MAX_WBITS

Field = tuple[int, int, bytes]  # its number, its kind, its value as written


def file_of(name: str, rows: Sequence[Sequence[str]], about: Mapping[str, str]) -> bytes:
    """The bytes of a file whose one column is called `name`; no row is empty, and `about` stands in the file's own metadata.

    >>> file_of("cells", [["a", "b"]], {})[:4], file_of("cells", [], {})[-4:]
    (b'PAR1', b'PAR1')
    """
    body, plain = _page(rows) if rows else (b"", 0)
    footer = _footer(name.encode(), rows, (len(body), plain), about)
    return b"".join([MAGIC, body, footer, pack("<I", len(footer)), MAGIC])


def _page(rows: Sequence[Sequence[str]]) -> tuple[bytes, int]:
    """The one page, and how long it were without compression."""
    count, plain = sum(map(len, rows)), _plain(rows)
    packed = zlib.compressobj(6, zlib.DEFLATED, _AS_GZIP)
    data = packed.compress(plain) + packed.flush()
    about = _struct((1, _I32, _int(count)), (2, _I32, _int(_PLAIN)), (3, _I32, _int(_RLE)), (4, _I32, _int(_RLE)))
    head = _struct((1, _I32, _int(_DATA_PAGE)), (2, _I32, _int(len(plain))), (3, _I32, _int(len(data))), (5, _STRUCT, about))
    return head + data, len(head) + len(plain)


def _plain(rows: Sequence[Sequence[str]]) -> bytes:
    """Where each row begins, that every text is there, and the texts."""
    begins = b"".join(b"\x02\x00" + (_varint(2 * (len(row) - 1)) + b"\x01" if len(row) > 1 else b"") for row in rows)
    there = _varint(2 * sum(map(len, rows))) + b"\x01"
    texts = [_sized(text.encode()) for text in chain.from_iterable(rows)]
    return b"".join([_sized(begins), _sized(there), *texts])


def _sized(data: bytes) -> bytes:
    return pack("<I", len(data)) + data


def _footer(column: bytes, rows: Sequence[Sequence[str]], sizes: tuple[int, int], about: Mapping[str, str]) -> bytes:
    schema = [
        _struct((4, _BINARY, _bytes(b"schema")), (5, _I32, _int(1))),
        _struct((3, _I32, _int(_REQUIRED)), (4, _BINARY, _bytes(column)), (5, _I32, _int(1)), (6, _I32, _int(_LIST))),
        _struct((3, _I32, _int(_REPEATED)), (4, _BINARY, _bytes(b"list")), (5, _I32, _int(1))),
        _struct((1, _I32, _int(_BYTE_ARRAY)), (3, _I32, _int(_REQUIRED)), (4, _BINARY, _bytes(b"element")), (6, _I32, _int(_UTF8))),
    ]
    said = [_struct((1, _BINARY, _bytes(key.encode())), (2, _BINARY, _bytes(value.encode()))) for key, value in about.items()]
    groups = [_group(column, rows, *sizes)] if rows else []
    return _struct(
        (1, _I32, _int(1)), (2, _LISTED, _list(_STRUCT, schema)), (3, _I64, _int(len(rows))), (4, _LISTED, _list(_STRUCT, groups)),
        (5, _LISTED, _list(_STRUCT, said)),
    )  # fmt: skip


def _group(column: bytes, rows: Sequence[Sequence[str]], size: int, plain: int) -> bytes:
    encodings = _list(_I32, [_int(_PLAIN), _int(_RLE)])
    path = _list(_BINARY, [_bytes(column), _bytes(b"list"), _bytes(b"element")])
    chunk = _struct(
        (1, _I32, _int(_BYTE_ARRAY)), (2, _LISTED, encodings), (3, _LISTED, path), (4, _I32, _int(_GZIP)), (5, _I64, _int(sum(map(len, rows)))),
        (6, _I64, _int(plain)), (7, _I64, _int(size)), (9, _I64, _int(len(MAGIC))),
    )  # fmt: skip
    columns = _list(_STRUCT, [_struct((2, _I64, _int(len(MAGIC))), (3, _STRUCT, chunk))])
    return _struct((1, _LISTED, columns), (2, _I64, _int(plain)), (3, _I64, _int(len(rows))))


# ---- Thrift's compact protocol ----


def _struct(*fields: Field) -> bytes:
    """Fields by rising number, each headed by its distance from the one before and its kind."""
    parts, before = [], 0
    for number, kind, value in fields:
        parts += [bytes([(number - before) << 4 | kind]), value]
        before = number
    return b"".join([*parts, b"\x00"])


def _list(kind: int, items: Sequence[bytes]) -> bytes:
    head = bytes([len(items) << 4 | kind]) if len(items) < 15 else bytes([0xF0 | kind]) + _varint(len(items))
    return head + b"".join(items)


def _bytes(data: bytes) -> bytes:
    return _varint(len(data)) + data


def _int(number: int) -> bytes:
    return _varint(number << 1)  # none is negative


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)
