"""What the text layer of a PDF's page holds and the page does not show: words outside it, too small to see, without colour or of the colour of
what lies under them, in a layer that is off, covered, struck out or cut off. None of it is read, and where it has a figure it is named.

A sign that no font at hand draws cannot be told from one that is covered; it is read.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from .leaving import has_digits
from .pdfcovered import Over, clip_of

# A character so small, in points, or in parts of a small page, is seen by nobody.
SMALLEST, OF_A_PAGE = 1.6, 500
# A colour is that of its ground where no channel is further from it (of 255); only light colours are looked for: black on black is a photograph.
NEAR, LIGHT = 24, 200
# A page with more points than this is drawn smaller than its words can be told.
MOST_POINTS = 4_000_000
# Of words that stand for others so much is looked at.
LONGEST = 200
SIDES = 0.15
OF_A_NUMBER = frozenset("0123456789０１２３４５６７８９.,，．")
Box = tuple[float, float, float, float]


def hide_unseen(page: Any, textpage: Any, units: list[str]) -> tuple[int, int]:
    """Empty those of a page's characters that it does not show; return how many runs of them say a figure, and for how many the page gives a
    figure to be read in the place of what it draws."""
    from pypdfium2 import raw

    bounds, drawn = page.get_bbox(), Drawn(page)
    smallest = min(SMALLEST, (bounds[3] - bounds[1]) / OF_A_PAGE)
    looks = Looks(textpage, units, drawn)
    runs, run, hidden = 0, "", {}
    rect, loose_box = raw.FS_RECTF(), raw.FPDFText_GetLooseCharBox
    for i, unit in enumerate(units):
        if not unit.strip() or not loose_box(textpage, i, rect):
            continue
        box = rect.left, rect.bottom, rect.right, rect.top
        if _is_outside(box, bounds) or max(box[2] - box[0], box[3] - box[1]) < smallest or looks.hide(i, box):
            hidden[i], units[i], run = unit, "", run + unit
        elif run:
            runs, run = runs + has_digits(run), ""
    _hide_torn(textpage, units, hidden)
    return runs + has_digits(run), sum(has_digits(look.read_as) for look in looks.known.values())


def _hide_torn(textpage: Any, units: list[str], hidden: Mapping[int, str]) -> None:
    """Empty what is left to see of a figure of which a digit is hidden, as far as one run of the page's text draws it."""
    for i in [i for i, unit in hidden.items() if unit.isdecimal()]:
        for step in (-1, 1):
            at = i + step
            while 0 <= at < len(units) and (at in hidden or units[at] in OF_A_NUMBER) and _of_one_run(textpage, i, at):
                units[at], at = "", at + step


def _of_one_run(textpage: Any, one: int, other: int) -> bool:
    from pypdfium2 import raw

    runs = [raw.FPDFText_GetTextObject(textpage, i) for i in (one, other)]
    return all(runs) and ctypes.addressof(runs[0].contents) == ctypes.addressof(runs[1].contents)


def _is_outside(box: Box, bounds: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return not (bounds[0] <= x <= bounds[2] and bounds[1] <= y <= bounds[3])


class Look:
    """How a run of text is drawn: whether at all, in which colour, whether in a layer that may be off."""

    def __init__(self, run: Any) -> None:
        from pypdfium2 import raw

        channels = [ctypes.c_uint(255) for _ in range(4)]
        mode = raw.FPDFTextObj_GetTextRenderMode(run)
        known = raw.FPDFPageObj_GetFillColor(run, *channels)
        *self.colour, alpha = (channel.value for channel in channels)
        # Words that are not drawn lie over the picture of a scan, which shows them, or nowhere.
        self.unpainted = mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
        filled = mode in (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
        self.clear = bool(known) and filled and alpha == 0
        self.light = bool(known) and filled and min(self.colour) >= LIGHT
        font = raw.FPDFTextObj_GetFont(run)
        marks = [raw.FPDFPageObj_GetMark(run, n) for n in range(raw.FPDFPageObj_CountMarks(run))]
        self.in_layer = any(_name(mark) == "OC" for mark in marks)
        self.read_as = "".join(map(_read_as, marks))
        self.clip = clip_of(run)
        self.embedded = bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 1


def _name(mark: Any) -> str:
    from pypdfium2 import raw

    buffer, length = (raw.FPDF_WCHAR * 8)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]


def _read_as(mark: Any) -> str:
    """The words that a mark gives to be read in the place of what is drawn."""
    from pypdfium2 import raw

    buffer, length = (raw.FPDF_WCHAR * LONGEST)(), ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", buffer, ctypes.sizeof(buffer), length):
        return ""
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]


class Drawn:
    """A page as it is drawn, once somebody asks."""

    def __init__(self, page: Any) -> None:
        self.page = page
        width, height = page.get_size()
        self.too_large = not 0 < width * height <= MOST_POINTS

    @cached_property
    def over(self) -> Over:
        """What is drawn over the words of the page."""
        return Over(self.page)

    @cached_property
    def pictures(self) -> Box:
        """What the pictures of the page span together."""
        from pypdfium2 import raw

        found = [picture.get_bounds() for picture in self.page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
        sides = list(zip(*found, strict=True)) or [(0.0,)] * 4
        return min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])

    @cached_property
    def bitmap(self) -> tuple[Any, Any]:
        """The pixels of the page, and what tells where in them a place of it is."""
        bitmap = self.page.render(scale=2)
        return bitmap.to_numpy(), bitmap.get_posconv(self.page)

    def at(self, box: Box) -> Any:
        """The pixels of a box, an array of (n, channels); None where they cannot be told."""
        if self.too_large:
            return None
        pixels, places = self.bitmap
        corners = [places.to_bitmap(box[0], box[1]), places.to_bitmap(box[2], box[3])]
        (left, right), (top, bottom) = (sorted(max(0, corner[axis]) for corner in corners) for axis in (0, 1))
        found = pixels[top : bottom + 1, left : right + 1]
        return found.reshape(-1, found.shape[-1])[:, :3] if found.size else None


class Looks:
    """The runs of text of a page, each looked at once."""

    def __init__(self, textpage: Any, units: list[str], drawn: Drawn) -> None:
        self.textpage, self.units, self.drawn = textpage, units, drawn
        self.known: dict[int, Look] = {}
        self.off: dict[int, bool] = {}

    def hide(self, i: int, box: Box) -> bool:
        """Whether the run of a character is drawn so that nothing of this character, or of a layer nothing at all, is seen."""
        from pypdfium2 import raw

        run = raw.FPDFText_GetTextObject(self.textpage, i)
        if not run:
            return False
        key = ctypes.addressof(run.contents)
        look = self.known.get(key) or self.known.setdefault(key, Look(run))
        over = self.drawn.over
        if look.clip is not None and key in over.order and _is_outside(box, look.clip):
            return True
        if over.strikes(key, box) or self._is_covered(key, look, i, box):
            return True
        if look.clear or not (look.light or look.unpainted or look.in_layer):
            return look.clear
        if look.unpainted:
            return _is_outside(box, self.drawn.pictures)
        if look.in_layer:
            if key not in self.off:
                self.off[key] = self._is_off(key, look, i)
            if self.off[key] or not look.light:
                return self.off[key]
        aside = SIDES * (box[2] - box[0])  # where a neighbour may reach in
        pixels = self.drawn.at((box[0] + aside, box[1], box[2] - aside, box[3]))
        return pixels is not None and bool((abs(pixels.astype(int) - look.colour[::-1]) <= NEAR).all())

    def _is_covered(self, key: int, look: Look, i: int, box: Box) -> bool:
        """Whether something lies over a character, and nothing is seen of it there."""
        if look.unpainted or not (look.embedded or self.units[i].isascii()) or not self.drawn.over.may_cover(key, box):
            return False
        pixels = self.drawn.at(self.textpage.get_charbox(i))
        return pixels is not None and (_is_plain(pixels) or self.drawn.over.printed_over(key, box))

    def _is_off(self, key: int, look: Look, first: int) -> bool:
        """Whether nothing is drawn where a run stands; of a font that is not in the file only what every reader draws is asked for."""
        from pypdfium2 import raw

        asked = False
        for i in range(first, len(self.units)):
            run = raw.FPDFText_GetTextObject(self.textpage, i)
            if run and ctypes.addressof(run.contents) != key:
                break
            if self.units[i].isalnum() and (look.embedded or self.units[i].isascii()):
                pixels = self.drawn.at(self.textpage.get_charbox(i, loose=True))
                if pixels is None or not _is_plain(pixels):
                    return False
                asked = True
        return asked


def _is_plain(pixels: Any) -> bool:
    return bool((pixels.max(axis=0).astype(int) - pixels.min(axis=0) <= NEAR).all())
