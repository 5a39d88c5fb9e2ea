"""The lint of a finished report: does it have every part of a trusted bulletin?"""

import re
from collections.abc import Sequence

from .phrases import Wording

PARTS = ("points", "know", "headline", "arithmetic", "methods", "quality", "changes", "sources", "glossary", "edition")
HEADINGS = {"edition": "about"}
EITHER = {
    "quality.breaks": ("quality.no_breaks",), "quality.doubts": ("quality.no_doubts",),
    "changes.revised": ("changes.unrevised", "changes.unrevisable"), "changes.dropped": ("changes.undigested", "changes.nothing_dropped"),
}  # fmt: skip
PARAGRAPHS = (
    *(f"edition.{key}" for key in ("release", "data", "accessibility", "licence", "cite", "contact", "next")),
    *(f"quality.{key}" for key in ("source", "reading", "uncertainty")), "changes.version", *EITHER,
)  # fmt: skip


def missing_parts(
    texts: Sequence[str], lang: str, tables: Sequence[str] = (), charts: Sequence[str] = (), drawable: bool = True
) -> list[str]:
    """Name the parts that a report does not have, or has empty: of its Markdown texts, the names of its tables, the alt texts of its charts.

    Charts are missed only where its figures can be drawn (`drawable`).
    """
    wording, text = Wording.load(lang), "\n".join(texts)
    found = {heading.strip(): body for heading, body in re.findall(r"^## (.+)\n((?:(?!^## ).*\n?)*)", text, re.MULTILINE)}
    missing = [part for part in PARTS if not found.get(wording(f"section.{HEADINGS.get(part, part)}"), "").strip()]
    missing += [key for key in PARAGRAPHS if not any(lead_of(wording, one) in text for one in (key, *EITHER.get(key, ())))]
    missing += [f"table.{name}" for name in ("headline", "conventions") if name not in tables]
    missing += ["table.sources"] if not any(name.startswith("sources-") for name in tables) else []
    drawn = (bool(charts) or not drawable) and all(alt.strip() for alt in charts)
    return missing + ([] if drawn else ["charts"])


def lead_of(wording: Wording, key: str) -> str:
    """The bold words that the paragraph at a key of the wording begins with."""
    leaf = wording.table(key)
    template = leaf["other"] if isinstance(leaf, dict) else leaf
    found = re.match(r"\*\*.+?\*\*", template)
    if found is None:
        raise ValueError(f"{key} begins with no bold words")
    return found[0]
