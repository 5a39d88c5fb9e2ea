"""What the text layer of a PDF's page holds and the page does not show: words outside it, too small to see, without colour or of the colour of
what lies under them, in a layer that is off, covered, struck out or cut off. None of it is read, and where it has a figure it is named.

A sign that no font at hand draws cannot be told from one that is covered; it is read.
"""

from __future__ import annotations

import ctypes
from functools import cached_property
from typing import Any, NamedTuple

from .leaving import has_digits
from .pdfcovered import ON_TOP, Over, clip_of, is_outside
from .pdfnotes import drawn_by_notes
from .pdfshapes import Box, Shape, matrix_of
from .pdfwhole import Hidden, hide_torn, put_over

# A character so small, in points, or in parts of a small page, is seen by nobody.
SMALLEST, OF_A_PAGE = 1.6, 500
# A colour is that of its ground where no channel is further from it (of 255); only light colours are looked for: black on black is a photograph.
NEAR, LIGHT = 24, 200
# So many of the pixels of a character are those of its ground where nothing of it is seen; the outermost ones, in parts of its width, may be its
# neighbour's.
MOSTLY, SIDES = 0.92, 0.15
# Of the ink of a character so much must be gone under an annotation.
INK_GONE = 0.4
# A page with more points than this is drawn smaller than its words can be told.
MOST_POINTS = 4_000_000
# Of words that stand for others so much is looked at.
LONGEST = 200


class Unseen(NamedTuple):
    """How many runs of words with figures a page hides, how many it strikes out, and for how many it gives others to be read."""

    hidden: int
    struck: int
    given: int


def hide_unseen(page: Any, textpage: Any, units: list[str]) -> Unseen:
    """Empty those of a page's characters that it does not show, and return how many runs of them say a figure."""
    from pypdfium2 import raw

    bounds, drawn = page.get_bbox(), Drawn(page)
    smallest = min(SMALLEST, (bounds[3] - bounds[1]) / OF_A_PAGE)
    looks = Looks(textpage, units, drawn)
    boxes: list[Box | None] = [None] * len(units)
    hidden: dict[int, Hidden] = {}
    rect, loose_box = raw.FS_RECTF(), raw.FPDFText_GetLooseCharBox
    for i, unit in enumerate(units):
        if not unit.strip() or not loose_box(textpage, i, rect):
            continue
        box = boxes[i] = rect.left, rect.bottom, rect.right, rect.top
        tiny = max(box[2] - box[0], box[3] - box[1]) < smallest
        one = Hidden("place", unit) if is_outside(box, bounds) else Hidden("style", unit) if tiny else looks.hidden(i, box)
        if one is not None:
            hidden[i] = one
    for i in hidden:
        units[i] = ""
    replaced = put_over(units, boxes, hidden, looks.number) if hidden else []
    hide_torn(units, boxes, hidden, looks.are_alike, looks.are_of_one_run)
    struck = _runs({i: one.unit for i, one in hidden.items() if one.why == "struck"}, units)
    others = _runs({i: one.unit for i, one in hidden.items() if one.why != "struck"}, units)
    given = sum(has_digits(look.read_as) for look in looks.known.values())
    return Unseen(others + sum(map(has_digits, replaced)), struck, given)


def _runs(hidden: dict[int, str], units: list[str]) -> int:
    """How many runs of hidden characters, with nothing that is read between them, say a figure."""
    runs, run, last = 0, "", -1
    for i, unit in sorted(hidden.items()):
        if run and any(one.strip() for one in units[last + 1 : i]):
            runs, run = runs + has_digits(run), ""
        run, last = run + unit, i
    return runs + has_digits(run)


class Look:
    """How a run of text is drawn: whether at all, in which colour, whether in a layer that may be off."""

    def __init__(self, run: Any, shape: Shape | None) -> None:
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
        # What a form lets shine through, or a layer that may be off, is seen where it is drawn.
        self.in_layer = any(_name(mark) == "OC" for mark in marks) or (shape is not None and shape.veiled)
        self.read_as = "".join(map(_read_as, marks))
        self.clip = clip_of(run, shape.matrix) if shape is not None else None
        self.embedded = bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 1
        size, place = ctypes.c_float(), matrix_of(run)
        raw.FPDFTextObj_GetFontSize(run, size)
        self.style = (mode, *self.colour, alpha, self.in_layer, round(size.value * abs(place[3] or place[1]), 1))


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
        found = Over(self.page)
        covers, lines = drawn_by_notes(self.page)
        if covers or lines:
            found.add_on_top(covers, lines)
        return found

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

    @cached_property
    def bare(self) -> tuple[Any, Any]:
        """The same without the annotations of the page."""
        bitmap = self.page.render(scale=2, draw_annots=False, may_draw_forms=False)
        return bitmap.to_numpy(), bitmap.get_posconv(self.page)

    def at(self, box: Box, bare: bool = False) -> Any:
        """The pixels of a box, an array of (n, channels); None where they cannot be told."""
        if self.too_large:
            return None
        pixels, places = self.bare if bare else self.bitmap
        corners = [places.to_bitmap(box[0], box[1]), places.to_bitmap(box[2], box[3])]
        (left, right), (top, bottom) = (sorted(max(0, corner[axis]) for corner in corners) for axis in (0, 1))
        found = pixels[top : bottom + 1, left : right + 1]
        return found.reshape(-1, found.shape[-1])[:, :3].astype(int) if found.size else None


class Looks:
    """The runs of text of a page, each looked at once."""

    def __init__(self, textpage: Any, units: list[str], drawn: Drawn) -> None:
        self.textpage, self.units, self.drawn = textpage, units, drawn
        self.known: dict[int, Look] = {}
        self.off: dict[int, bool] = {}

    def key(self, i: int) -> int:
        """Which run of text a character is of, 0 where none is."""
        from pypdfium2 import raw

        run = raw.FPDFText_GetTextObject(self.textpage, i)
        if not run:
            return 0
        key = ctypes.addressof(run.contents)
        if key not in self.known:
            self.known[key] = Look(run, self.drawn.over.shapes.get(key))
        return key

    def number(self, i: int) -> int | None:
        """When the run of a character is drawn."""
        shape = self.drawn.over.shapes.get(self.key(i))
        return shape.number if shape is not None else None

    def are_alike(self, i: int, j: int) -> bool:
        """Whether two characters are drawn in one colour and manner."""
        one, other = self.known.get(self.key(i)), self.known.get(self.key(j))
        return one is not None and other is not None and one.style == other.style

    def are_of_one_run(self, i: int, j: int) -> bool:
        """Whether two characters are drawn together."""
        return self.key(i) == self.key(j)

    def hidden(self, i: int, box: Box) -> Hidden | None:
        """Why nothing of a character is seen, or nothing of its layer; None where it is."""
        unit, key = self.units[i], self.key(i)
        if not key:
            return None
        look, over = self.known[key], self.drawn.over
        if look.clip is not None and is_outside(box, look.clip):
            return Hidden("place", unit)
        if (stroke := over.stroke(key, box)) is not None:
            return Hidden("struck", unit, stroke)
        if self._is_covered(key, look, i, box):
            return Hidden("covered", unit)
        return Hidden("style", unit) if self._is_unseen(key, look, i, box) else None

    def _is_unseen(self, key: int, look: Look, i: int, box: Box) -> bool:
        """Whether a run is drawn so that a character of it is not seen, whatever is drawn over it."""
        if look.clear or not (look.light or look.unpainted or look.in_layer):
            return look.clear
        if look.unpainted:
            return is_outside(box, self.drawn.pictures)
        if look.in_layer:
            if key not in self.off:
                self.off[key] = self._is_off(key, look, i)
            if self.off[key] or not look.light:
                return self.off[key]
        pixels = self.drawn.at(_inner(box))
        return pixels is not None and _share(pixels, look.colour[::-1]) >= MOSTLY

    def _is_covered(self, key: int, look: Look, i: int, box: Box) -> bool:
        """Whether something lies over a character, and nothing is seen of it there."""
        if look.unpainted or not (look.embedded or self.units[i].isascii()) or not (covers := self.drawn.over.over(key, box)):
            return False
        tight = _inner(self.textpage.get_charbox(i))
        pixels = self.drawn.at(tight)
        if pixels is None:
            return False
        if _is_plain(pixels) or any(self.drawn.over.printed_over(cover, box) for cover in covers if cover.number != ON_TOP):
            return True
        return covers[0].number == ON_TOP and _ink_gone(self.drawn.at(tight, bare=True), pixels)

    def _is_off(self, key: int, look: Look, first: int) -> bool:
        """Whether nothing is drawn where a run stands; of a font that is not in the file only what every reader draws is asked for."""
        from pypdfium2 import raw

        asked = False
        for i in range(first, len(self.units)):
            run = raw.FPDFText_GetTextObject(self.textpage, i)
            if run and ctypes.addressof(run.contents) != key:
                break
            if self.units[i].isalnum() and (look.embedded or self.units[i].isascii()):
                pixels = self.drawn.at(_inner(self.textpage.get_charbox(i)))
                if pixels is None or not _is_plain(pixels):
                    return False
                asked = True
        return asked


def _inner(box: Box) -> Box:
    """A box without its sides, where a neighbour may reach in."""
    aside = SIDES * (box[2] - box[0])
    return box[0] + aside, box[1], box[2] - aside, box[3]


def _share(pixels: Any, colour: Any) -> float:
    return float((abs(pixels - colour) <= NEAR).all(axis=1).mean())


def _is_plain(pixels: Any) -> bool:
    import numpy

    return _share(pixels, numpy.median(pixels, axis=0)) >= MOSTLY


def _ink_gone(before: Any, after: Any) -> bool:
    """Whether what annotations draw takes the place of the ink that is under them."""
    import numpy

    if before is None or before.shape != after.shape:
        return False
    ink = (abs(before - numpy.median(before, axis=0)) > 3 * NEAR).any(axis=1)
    return bool(ink.any() and (abs(after - before)[ink] > 3 * NEAR).any(axis=1).mean() >= INK_GONE)
