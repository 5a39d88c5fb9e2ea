"""Charts that carry their typefaces: a browser without them would set Chinese as boxes and Latin too wide for its place."""

import base64
import html
import io
import re
from functools import cache, lru_cache

from fontTools import subset
from fontTools.ttLib import TTFont

from ..report.fonts import CHART, font_files

FILES = dict(zip(CHART, ("SourceSansPro-Regular.otf", "NotoSansSC-Regular.otf"), strict=True))
TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.S)
TAG = re.compile(r"<[^>]+>")
OPENING = re.compile(r"<svg\b[^>]*>")


def with_typefaces(svg: str) -> str:
    """The chart as one <svg> element that holds the letters its text needs."""
    letters = "".join(sorted(set(html.unescape(TAG.sub("", "".join(TEXT.findall(svg)))))))
    rules = "".join(_rule(family, letters) for family in CHART)
    opening = OPENING.search(svg)
    return f"{opening[0]}<style>{rules}</style>{svg[opening.end():]}"


@lru_cache(maxsize=64)
def _rule(family: str, letters: str) -> str:
    """A CSS rule that defines `family` with these letters, as far as the family has them."""
    font = TTFont(io.BytesIO(_bytes(FILES[family])), recalcTimestamp=False)
    wanted = [letter for letter in letters if ord(letter) in font.getBestCmap()]
    options = subset.Options(layout_features=["kern"], hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(wanted))
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return f"@font-face{{font-family:'{family}';src:url(data:font/otf;base64,{base64.b64encode(out.getvalue()).decode()})}}"


@cache
def _bytes(name: str) -> bytes:
    return next(path for path in font_files() if path.name == name).read_bytes()
