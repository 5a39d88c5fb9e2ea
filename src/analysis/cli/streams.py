"""What reaches a terminal: text in which nothing acts on it. Controls, C1 codes, marks that turn the writing, and half characters show as escapes."""

from __future__ import annotations

import re
from typing import Any, TextIO

from ..writing.acting import ACTING


def harmless(text: str) -> str:
    """The text with every acting character written as an escape that JSON reads too.

    >>> harmless("a\\x1b[31m\\u202e"), harmless("第一\\t行\\n")
    ('a\\\\u001b[31m\\\\u202e', '第一\\t行\\n')
    """
    return ACTING.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


class Harmless:
    """A text stream that writes to another one, harmlessly; all else is the other's."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text; its length is that of what was given."""
        self._stream.write(harmless(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Write each line."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
