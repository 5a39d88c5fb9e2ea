"""What a process that makes reports, or becomes a kernel, imports beforehand, and what it leaves out."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from ..keeping import kept

# Taken by others where they find them: pyarrow starts a thread, and the checkers of addresses and of spans of time take long to prepare what nothing
# here asks.
UNWANTED = ("pyarrow", "rfc3986_validator", "rfc3987_syntax", "isoduration")
# Charts of reports have two dimensions; matplotlib warns that it goes without its third.
DIMENSIONS = "mpl_toolkits.mplot3d"
# A report's kernel is no one's to debug, and its debugger takes longer to load than the kernel does.
DEBUGGER = "debugpy"
# What a kernel or a worker would else import for itself, each of them.
LATE = (
    "IPython.core.completerlib", "IPython.core.oinspect", "IPython.extensions.storemagic", "babel.numbers", "matplotlib.backends.backend_svg",
    "psutil", "tornado.platform.asyncio", "tornado.queues",
)  # fmt: skip
FONTS = "fontlist-*.json"  # where matplotlib keeps its list of fonts, in MPLCONFIGDIR


@contextmanager
def left_out(*names: str) -> Iterator[None]:
    """Let nothing import these meanwhile; what wants them later still can."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def import_everything() -> None:
    """Import what reports are made with, and what becomes a kernel; starts no thread."""
    with left_out(*UNWANTED):
        import ipykernel.kernelapp
        import matplotlib_inline.backend_inline

        from ..report import edition
        from . import making

        assert ipykernel.kernelapp and matplotlib_inline.backend_inline and edition and making
        for name in LATE:
            with suppress(ImportError):
                import_module(name)


def import_for_reports() -> None:
    """Import that for kernels of reports alone: without a debugger and a third dimension, and with no font of the machine."""
    _take_own_fonts()
    with left_out(DEBUGGER, DIMENSIONS), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ipykernel.debugger
        import matplotlib.projections

        assert ipykernel.debugger and matplotlib.projections
    import_everything()


def _take_own_fonts() -> None:
    """Have matplotlib know its own fonts alone: a report's are added by name, and to look through the machine's takes a quarter of a second.

    The list is kept between processes in matplotlib's own words; what it does not understand of them it makes anew.
    """
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return
    manager = Path(spec.origin).with_name("font_manager.py")
    about = manager.stat()
    name, text = kept(__file__, "fonts of matplotlib", f"{manager} {about.st_size} {about.st_mtime_ns}", _own_fonts)
    with suppress(OSError):
        if name:
            Path(os.environ["MPLCONFIGDIR"], name).write_text(text, "utf-8")
    from matplotlib import font_manager

    for listed in (font_manager.fontManager.ttflist, font_manager.fontManager.afmlist):
        listed[:] = [font for font in listed if Path(font.fname).is_relative_to(manager.parent)]


def _own_fonts() -> list[str]:
    """The name and the text of matplotlib's list, without the fonts that are not its own."""
    import matplotlib.font_manager

    assert matplotlib.font_manager
    for path in Path(os.environ["MPLCONFIGDIR"]).glob(FONTS):
        listed = json.loads(path.read_bytes())
        for sort in ("ttflist", "afmlist"):
            listed[sort] = [font for font in listed[sort] if not os.path.isabs(font["fname"])]
        return [path.name, json.dumps(listed)]
    return ["", ""]
