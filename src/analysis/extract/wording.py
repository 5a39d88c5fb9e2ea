"""What of a document was not read, and the words that say so (warnings.yml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ..documents.model import LeftOut
from ..yamlfiles import load_own

PATH = Path(__file__).with_name("warnings.yml")


class Unread(NamedTuple):
    """A table, or some of its columns, that could not be read with certainty: why (a key of `warnings.yml`), and how many figures it holds.

    ``table`` counts the document's tables from 1; ``start`` is where its first cell stands in the text.
    """

    reason: str
    cells: int
    table: int
    sheet: str
    title: str
    start: int


@cache
def _wording() -> dict[str, Any]:
    return load_own(PATH)


def warning(said: Unread | LeftOut, lang: str) -> str:
    """The warning about one table, or about what was left out, in "en" or "zh".

    >>> warning(Unread("no_head", 12, 2, "", "", 0), "en"), warning(LeftOut("hidden_rows", "一月", 2), "zh")
    ('table 2: 12 figures not read: no row of heads above the figures', '工作表一月：2个隐藏的行未读')
    """
    words = _wording()
    if isinstance(said, LeftOut):
        return words["left_out"][said.what][lang].format(sheet=said.sheet, count=said.count)
    where = words["where"][lang]
    place = where["table"].format(
        number=said.table,
        sheet=where["sheet"].format(sheet=said.sheet) if said.sheet else "",
        title=where["title"].format(title=said.title) if said.title else "",
    )
    return words["message"][lang].format(where=place, cells=f"{said.cells:,}", reason=words["reasons"][said.reason][lang])
