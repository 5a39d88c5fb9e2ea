"""What is made of the package's own words, and takes long to make, kept between processes beside what Python keeps of the modules.

A start has some five hundred patterns to compile, the beginnings of the grammar's rules to find and thirty lists to read, which takes a second.
All of it follows from words alone, and is kept under their digest: nothing can be out of date. What cannot be read or written there is made again,
in silence; `make clean` takes it away with every `__pycache__`.
"""

from __future__ import annotations

import _sre
import atexit
import marshal
import os
import re
import sys
import time
import zlib
from array import array
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

__all__ = ["kept", "pattern"]

# Another Python makes other patterns; a file of any other is none of ours.
_MADE_BY = f"{sys.version} {_sre.MAGIC}".encode()
# What has grown larger than this holds mostly what nobody asks for any more.
_MOST_BYTES = 16_000_000
# Results that took so long to make, in seconds, are written at once: not every process ends in its own time.
_WORTH_WRITING = 0.3
# A writer takes no second; what is so many seconds old has none any more.
_DEAD = 600


class _Store:
    """The results in the file, those made since, and how long these took."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.held = _read(path)
        self.new: dict[bytes, bytes] = {}
        self.took = 0.0

    def write(self) -> None:
        """Put what was made beside what others have put there meanwhile; whole or not at all."""
        if not self.new or sys.dont_write_bytecode:
            return
        others = _read(self.path)
        data = marshal.dumps((others if sum(map(len, others.values())) < _MOST_BYTES else {}) | self.new)
        part = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        self.held, self.new, self.took = self.held | self.new, {}, 0.0
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(part, "xb") as file:  # never through a link that somebody put there
                file.write(b"%s\n%d\n%s" % (_MADE_BY.replace(b"\n", b" "), zlib.crc32(data), data))
            os.replace(part, self.path)
            _clear(self.path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Take away what writers that were killed left beside the file."""
    for part in path.parent.glob(f"{path.name}.*"):
        if time.time() - part.stat().st_mtime > _DEAD:
            part.unlink(missing_ok=True)


def _read(path: Path) -> dict[bytes, bytes]:
    """The results in a file; none where it is not there, is another Python's, or is not what was written."""
    try:
        if not path.is_file():  # a pipe in its place would be waited for
            return {}
        made_by, size, data = path.read_bytes().split(b"\n", 2)
        if made_by != _MADE_BY.replace(b"\n", b" ") or int(size) != zlib.crc32(data):
            return {}
        held = marshal.loads(data)
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return held if isinstance(held, dict) else {}


@cache
def _store() -> _Store:
    try:
        path = Path(cache_from_source(__file__)).with_suffix(".kept")
    except RuntimeError:  # a Python that keeps nothing of its modules
        path = Path(os.devnull, "none.kept")
    store = _Store(path)
    atexit.register(store.write)
    return store


@cache
def _code(path: str) -> bytes:
    return blake2b(Path(path).read_bytes(), digest_size=16).digest()


def kept(module: str, sort: str, words: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, which follows from `sort`, `words` and the code of the file `module` alone, and holds plain values only: each caller has
    one of its own.

    >>> kept(__file__, "example", "words", lambda: [1, 2]) is kept(__file__, "example", "words", lambda: [1, 2])
    False
    """
    store = _store()
    key = blake2b(_code(module) + f"{sort}\0{words}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
    data = store.held.get(key) or store.new.get(key)
    if data is not None:
        return marshal.loads(data)
    begun = time.process_time()
    made = make()
    with suppress(ValueError):  # a date, say, is no plain value
        store.new[key] = marshal.dumps(made)
    store.took += time.process_time() - begun
    if store.took > _WORTH_WRITING:
        store.write()
    return made


@cache
def pattern(words: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression, as `re.compile` gives it.

    >>> pattern("(?P<year>[0-9]{4})年") == re.compile("(?P<year>[0-9]{4})年")
    True
    """
    flags = int(flags)
    try:
        all_flags, code, groups, names = kept(__file__, f"pattern {flags}", words, lambda: _compiled(words, flags))
        signs = array("I", code)
        by_number: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            by_number[number] = name
        return _sre.compile(words, all_flags, signs.tolist(), groups, names, tuple(by_number))
    except (ImportError, AttributeError, TypeError, RuntimeError):
        return re.compile(words, flags)  # a Python whose patterns are made otherwise


def _compiled(words: str, flags: int) -> tuple[int, bytes, int, dict[str, int]]:
    """What `re.compile` hands to the engine: flags, code, how many groups, and their names."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(words, flags)
    code = array("I", _compiler._code(parsed, flags))
    return int(flags | parsed.state.flags), code.tobytes(), parsed.state.groups - 1, dict(parsed.state.groupdict)
