"""A text of a document in Markdown: it prints as it stands, and nothing in it acts."""

from __future__ import annotations

import re

from .acting import shown

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~^$@&#!])")
# What GitHub's Markdown, and every viewer like it, takes for an address though no mark says so.
_ADDRESS = re.compile(r"(?:(?<=https)|(?<=http)|(?<=ftp)):(?=//)|(?<=www)\.", re.IGNORECASE)
_LEADING_MARK = re.compile(r"^(\s*)([-+=:]|\d{1,9}(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    r"""Return document text as Markdown that prints exactly that text, on one line.

    Control characters become spaces, and marks that would turn the reading direction are left out.

    >>> escape("立案*3*件|$x$ [见](javascript:x)")
    '立案\\*3\\*件\\|\\$x\\$ \\[见\\](javascript:x)'
    >>> escape("1. 总则"), escape("见www.a.cn或http://a.cn")
    ('1\\. 总则', '见www\\.a.cn或http\\://a.cn')
    """
    text = shown(text).strip(" ")
    text = _ADDRESS.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\1", text))
    return _LEADING_MARK.sub(_escape_leading, text)


def _escape_leading(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
