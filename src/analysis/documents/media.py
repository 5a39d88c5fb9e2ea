"""Whether a query of media holds where pages are read: on a wide screen."""

from __future__ import annotations

import re

# A screen of a desk, in pixels, and how many of them the other units have.
WIDE, HIGH = 1280, 800
PIXELS = {"px": 1.0, "em": 16.0, "rem": 16.0, "pt": 4 / 3, "cm": 37.8, "": 1.0}
QUERY = re.compile(r"(?P<not>not\s+)?(?:only\s+)?(?P<sort>[a-z-]+)?(?:(?:^|\s+and\s+|\s*)(?P<features>\(.*\)))?")
FEATURE = re.compile(r"\(\s*([a-z-]+)\s*(?::\s*([^()]*?)\s*)?\)")
LENGTH = re.compile(r"([0-9.]{1,9})(px|r?em|pt|cm|)")
SAID = {
    "orientation": ("landscape",), "hover": ("hover", None), "any-hover": ("hover", None), "pointer": ("fine", None), "any-pointer": ("fine", None),
    "prefers-color-scheme": ("light",), "color": (None,), "prefers-reduced-motion": ("no-preference",), "scripting": ("enabled",),
}  # fmt: skip


def holds(words: str) -> bool:
    """Whether one of some queries holds; of one that asks for what is not known here, that it does not.

    >>> [holds(one) for one in ("", "screen", "print", "not print", "only screen and (min-width: 40em)", "(max-width:600px)", "print, all")]
    [True, True, False, True, True, False, True]
    """
    words = words.strip().lower()
    return not words or any(_holds(one.strip()) for one in words.split(","))


def _holds(words: str) -> bool:
    found = QUERY.fullmatch(words)
    if found is None or not words:
        return False
    told = found["sort"] in (None, "all", "screen") and all(map(_has, re.split(r"\s+and\s+", found["features"]) if found["features"] else ()))
    return told is not bool(found["not"])


def _has(words: str) -> bool:
    found = FEATURE.fullmatch(words.strip())
    if found is None:
        return False
    name, said = found.groups()
    least, _, side = name.partition("-")
    length = LENGTH.fullmatch(said or "")
    if least in ("min", "max") and side in ("width", "height", "device-width", "device-height") and length:
        told, ours = _number(length[1]) * PIXELS[length[2]], WIDE if side.endswith("width") else HIGH
        return told <= ours if least == "min" else ours <= told
    return said in SAID.get(name, ())


def _number(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        return 0.0
