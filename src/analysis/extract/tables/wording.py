"""What is said of a table that could not be read (unread.yml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..records import Unread

PATH = Path(__file__).with_name("unread.yml")


@cache
def _wording() -> dict[str, Any]:
    return yaml.safe_load(PATH.read_text("utf-8"))


def said_of(unread: Unread, lang: str) -> str:
    """The warning about one table, in "en" or "zh".

    >>> said_of(Unread("no_head", 12, 2, "", "", 0), "en")
    'table 2: 12 figures not read: no row of heads above the figures'
    """
    words = _wording()
    where = words["where"][lang]
    said = where["table"].format(
        number=unread.table,
        sheet=where["sheet"].format(sheet=unread.sheet) if unread.sheet else "",
        title=where["title"].format(title=unread.title) if unread.title else "",
    )
    return words["message"][lang].format(where=said, cells=f"{unread.cells:,}", reason=words["reasons"][unread.reason][lang])
