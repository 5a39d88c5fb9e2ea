"""The report's typefaces, all from pip packages under the SIL Open Font License; system fonts are never used.

Text is Source Serif Pro with Noto Serif SC, headings and tables Source Sans Pro with Noto Sans CJK SC: Adobe drew the
Latin and the Chinese of each pair to stand together, and Chinese print sets emphasis in sans (黑体) rather than in bold serif.
"""

import atexit
import shutil
from collections.abc import Container
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from .fontfiles import font_files

_READ = {
    "Source Serif Pro": "400,", "Source Sans Pro": "400, 600, 700", "Noto Serif SC": "400,", "Noto Sans CJK SC": "400,", "Noto Sans SC": "400,",
}  # fmt: skip
CHART = ("Source Sans Pro", "Noto Sans SC")  # static files: matplotlib shows only the thinnest weight of a variable font


@cache
def typst_fonts() -> typst.Fonts:
    """The report's fonts, ready for `typst.compile(font_paths=...)`; loaded once a process."""
    folder = TemporaryDirectory(prefix="tongbi-fonts-")
    # Typst reads whole folders, and a package's folder holds each face twice (OTF and TTF): which one won would
    # depend on the file system, and with it the bytes of the PDF.
    for path in font_files():
        _link(path, Path(folder.name) / path.name)
    atexit.register(folder.cleanup)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder.name])


def load_fonts() -> None:
    """Read the typefaces now, for the processes that are forked from this one: 50 MB, a third of the time that a short report takes.

    A page begins Typst's threads, without which a forked process would wait for ever; a frame in HTML does not. What cannot be read is seen
    when it is needed.
    """
    faces = ", ".join(f'("{name}", ({weights}))' for name, weights in _READ.items())
    said = f"#set document(title: [x])\n#for (face, weights) in ({faces}) {{ for w in weights {{ html.frame(text(font: face, weight: w)[字a]) }} }}"
    with suppress(typst.TypstError):
        typst.compile(said.encode(), format="html", font_paths=typst_fonts())


@cache
def has_sign() -> Container[int]:
    """The numbers of the characters that some typeface of the report has; looked up once a process, where one is missing."""
    from matplotlib.ft2font import FT2Font

    return frozenset().union(*(FT2Font(str(path)).get_charmap() for path in font_files()))


@cache
def register_for_charts() -> tuple[str, ...]:
    """Make the chart typefaces known to matplotlib, once a process, and return their names in order of preference.

    Files are registered one by one, because matplotlib's own font cache goes stale. Set `font.family` to the names
    returned after seaborn's style, which resets it.
    """
    from matplotlib import font_manager

    for path in font_files():
        if path.name.startswith(("SourceSansPro", "NotoSansSC")):
            font_manager.fontManager.addfont(path)
    return CHART


def _link(source: Path, target: Path) -> None:
    try:
        target.symlink_to(source)
    except OSError:  # Windows lets only administrators make links
        shutil.copyfile(source, target)
