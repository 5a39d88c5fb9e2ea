"""Pages of a PDF whose words are set sideways, as wide tables of yearbooks are: they are turned before they are read."""

from __future__ import annotations

import math
from typing import Any

# So much of the words of a page are set so, and a sign turned by no more than this, of a circle's radius, beside a right angle.
MOSTLY, NEAR = 0.6, 0.05
# Of a page so many signs are looked at, from its beginning.
MOST = 5000


def upright(pdf: Any, number: int, page: Any) -> Any:
    """The page, turned where most of its words are set from its foot to its head or from its head to its foot."""
    from pypdfium2 import raw

    quarters = _quarters(page)
    if not quarters:
        return page
    left, bottom, right, top = page.get_bbox()
    turn = raw.FS_MATRIX(0, -1, 1, 0, -bottom, right) if quarters == 3 else raw.FS_MATRIX(0, 1, -1, 0, top, -left)
    if not raw.FPDFPage_TransFormWithClip(page, turn, None):
        return page
    raw.FPDFPage_TransformAnnots(page, turn.a, turn.b, turn.c, turn.d, turn.e, turn.f)
    page.set_mediabox(0, 0, top - bottom, right - left)
    page.set_cropbox(0, 0, top - bottom, right - left)
    page.close()
    return pdf[number]


def _quarters(page: Any) -> int:
    """By how many right angles, as the library counts them, most of the words of a page are turned, 0 for those of most pages and for those upside
    down."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    count = min(MOST, textpage.count_chars())
    angles = [raw.FPDFText_GetCharAngle(textpage, i) for i in range(count) if raw.FPDFText_IsGenerated(textpage, i) == 0]
    textpage.close()
    for quarters in (1, 3):
        turned = sum(abs(angle - quarters * math.pi / 2) < NEAR for angle in angles)
        if turned and turned >= MOSTLY * len(angles):
            return quarters
    return 0
