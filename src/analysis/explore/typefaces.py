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
    opening, rules = OPENING.search(svg), ""
    for family in CHART:
        rule, letters = _rule(family, letters)
        rules += rule
    return f"{opening[0]}<style>{rules}</style>{svg[opening.end() :]}"


@lru_cache(maxsize=64)
def _rule(family: str, letters: str) -> tuple[str, str]:
    """A CSS rule that defines `family` with those of the letters it has, empty for none; and the letters it lacks."""
    font = TTFont(io.BytesIO(_bytes(FILES[family])), lazy=True, recalcTimestamp=False)
    known = font.getBestCmap()
    held = "".join(letter for letter in letters if ord(letter) in known)
    lacking = "".join(letter for letter in letters if ord(letter) not in known)
    if not held:
        return "", lacking
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]  # large, and a chart's labels do without ligatures
    cutter = subset.Subsetter(options)
    cutter.populate(text=held)
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    data = base64.b64encode(out.getvalue()).decode()
    return f"@font-face{{font-family:'{family}';src:url(data:font/otf;base64,{data})}}", lacking


@cache
def _bytes(name: str) -> bytes:
    return next(path for path in font_files() if path.name == name).read_bytes()
