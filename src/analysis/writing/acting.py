"""Characters that act instead of being read: controls, marks that turn the writing, halves of characters, numbers of none; what is shown of them.

A terminal obeys them, a page turns its digits round, XML cannot hold them. Whatever a person writes for a page (the names of a region or of an
indicator) is refused with one in it; what a document says is shown without.
"""

from __future__ import annotations

import os
import re
import unicodedata

# Controls but tab and line feed; DEL and C1; marks of direction; line and paragraph separators; lone surrogates (bytes of a name that are no
# UTF-8); the mark of byte order; tags.
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]")
_TURNING = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_PARTING = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xD800, 0xE000)], " ")
_NONE = [*range(0xFDD0, 0xFDF0), *(plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF))]
NONE = re.compile(f"[{''.join(map(chr, _NONE))}]")
_SHOWN = {**_TURNING, **_PARTING, **dict.fromkeys(_NONE, "\ufffd")}
# Letters and signs by their class that show as nothing: fillers of Hangul, the cell of no dots, the note without a head.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159")
LONGEST = 120
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # the signs that turn the writing of all that follows, to their end
_PARTING_NAMES = re.compile(rf"{ACTING.pattern}|[\t\n]")


def shown(text: str) -> str:
    """A text of a document on one line, as a page shows it: controls are spaces, marks that would turn the writing are left out, what is no character
    is the substitute for one.

    >>> shown("立案\\x1b12\\u202e起\\n")
    '立案 12起 '
    """
    return text.translate(_SHOWN)


def visible(text: str) -> str:
    """`text` for showing: as long as before, with control and direction characters seen rather than obeyed.

    >>> visible("a\\u202eb\\0\\n")
    'a�b�\\n'
    """
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c not in "\n\t\r" else c for c in text)


def named(path: object) -> str:
    """The name of a file, as a line may hold it: what would part or act on the line is an escape, and so are bytes that are no UTF-8.

    >>> named("a\\nError: forged.txt")
    'a\\\\nError: forged.txt'
    """
    text = os.fspath(path).encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(path, (str, os.PathLike)) else str(path)
    return _PARTING_NAMES.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def is_blank(text: str) -> bool:
    """Whether nothing of a text is seen: blanks, controls, signs without width, marks on no letter.

    >>> is_blank("公报"), is_blank("%"), is_blank("\\u3000\\u200b\\u3164 \\x1b")
    (False, False, True)
    """
    return all(unicodedata.category(sign)[0] in "ZCM" or sign in _FILLERS for sign in text)


def seen(text: str) -> str:
    """The text, of which something must be seen; else raises ValueError."""
    if is_blank(text):
        raise ValueError("is blank")
    return text


def worded(text: str) -> str:
    """The text, of which something must be seen and nothing may act; else raises ValueError."""
    return inert(seen(text))


def inert(text: str) -> str:
    """The text, on however many lines, of characters that can be shown; else raises ValueError."""
    if found := ACTING.search(text) or NONE.search(text):
        raise ValueError(f"has the character U+{ord(found[0]):04X}, which no page can show")
    return text


def line(text: str) -> str:
    """The text, as a person may write it for a page: one line, not empty or too long, of characters that can be shown; else raises ValueError."""
    if is_blank(text):
        raise ValueError("is empty")
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    if found := re.search("[\t\n]", text):
        raise ValueError(f"has the character U+{ord(found[0]):04X}, which no page can show")
    return inert(text)
