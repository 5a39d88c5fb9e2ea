"""What a list of editions says of one: its title, period, sources, and its main points as plain text."""

import re
from typing import Any

from nbformat import NotebookNode

from ..executed import Text, shown
from ..pandoc import plain, trees

POINTS = "main-points"
REFERENCES = re.compile(r"\s*[\[〔][\d,，、\s-]+[\]〕]")


def summary(executed: NotebookNode) -> dict[str, Any]:
    """Return title, subtitle, facts of the title block and main points of an executed report."""
    front, pieces = shown(executed)
    read = trees([piece.markdown for piece in pieces if isinstance(piece, Text)])
    points = [REFERENCES.sub("", plain(item)) for text in read for block in text if _is_points(block) for item in _items(block)]
    return {"title": front["title"], "subtitle": front["subtitle"], "facts": front["facts"], "points": points}


def _is_points(block: dict) -> bool:
    return block["t"] == "Div" and POINTS in block["c"][0][1]


def _items(block: dict) -> list[Any]:
    return [item for inner in block["c"][1] if inner["t"] == "OrderedList" for item in inner["c"][1]]
