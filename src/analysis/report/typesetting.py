"""Typst, in process: markup and files in, PDF/A-3a + PDF/UA-1 out.

Everything Typst may read is handed over in memory and its root is an empty folder, so a document cannot reach the disk or the network.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import category

import typst

from analysis.report.fonts import has_sign, typst_fonts
from analysis.report.foreign import runs
from analysis.report.frontmatter import moment
from analysis.report.markup import literal

STANDARDS = ["a-3a", "ua-1"]
_FORBIDDEN = re.compile(r'disallowed codepoint `"?(?P<text>.+?)"?`')
_MISSING_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')


# Typst does not say which it means: those that only join or mark other signs, where they stand alone or in heaps.
_UNNAMED = "text with missing codepoints"


class TypesettingError(ValueError):
    """Typst refused; `missing` holds the characters no typeface has, if that was the reason, `unnamed` says that it did not name them."""

    def __init__(self, message: str, missing: Sequence[str] = (), unnamed: bool = False) -> None:
        super().__init__(message)
        self.missing, self.unnamed = tuple(missing), unnamed


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF."""

    name: str
    content: bytes
    mime: str
    description: str


def typeset(markup: str, front: dict, images: Mapping[str, bytes], attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the PDF of trusted Typst markup (see markup.to_typst) in the house style.

    `front` comes from frontmatter.front_matter; `images` are named as the markup names them. A character that no typeface has, or that the
    standard forbids, is shown by its number (‹U+1F600›), and a note at the end says so. Where the last section would stand alone on a page, the
    white between parts is drawn in, if that saves the page. Raises TypesettingError.
    """
    shown: set[str] = set()
    while True:
        try:
            return _drawn_in(*_substituted(markup, front, images, shown), attachments)
        except TypesettingError as error:
            found = _unseen(markup, front, images) if error.unnamed else set(error.missing)
            if not found - shown:
                raise
            shown |= found


def _unseen(markup: str, front: dict, images: Mapping[str, bytes]) -> set[str]:
    """The characters of some sources that join or mark others and have no sign of their own."""
    drawn = (data.decode("utf-8") for name, data in images.items() if name.endswith(".svg"))
    used = set().union(markup, json.dumps(front, ensure_ascii=False), *drawn)
    return {char for char in used if category(char) in ("Cf", "Mn", "Me")}


def _substituted(markup: str, front: dict, images: Mapping[str, bytes], shown: set[str]) -> tuple[str, dict, Mapping[str, bytes]]:
    """The sources with some characters shown by their number, and the note that says so."""
    if not shown:
        return markup, front, images
    numbers = {ord(char): f"‹U+{ord(char):04X}›" for char in shown}
    # Where the markup names a character by its number, that is the character too.
    named = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
    plain = named.sub(lambda found: numbers.get(int(found[1], 16), found[0]), markup).translate(numbers)
    note = front["labels"]["substituted"].format(characters=" ".join(sorted(numbers.values())))
    said = _translated(front, numbers)
    drawn = {name: data.decode("utf-8").translate(numbers).encode("utf-8") if name.endswith(".svg") else data for name, data in images.items()}
    return f"{plain}\n\n#text({literal(note)})\n", said, drawn


def _translated(value: Any, numbers: Mapping[int, str]) -> Any:
    """A value of JSON with some characters shown by their number, wherever a text is in it."""
    if isinstance(value, str):
        return value.translate(numbers)
    if isinstance(value, dict):
        return {key: _translated(one, numbers) for key, one in value.items()}
    return [_translated(one, numbers) for one in value] if isinstance(value, list | tuple) else value


def _drawn_in(markup: str, front: dict, images: Mapping[str, bytes], attachments: Sequence[Attachment]) -> bytes:
    loose = _compiled(markup, front, images, attachments)
    if not _ends_alone(loose):
        return loose
    tight = _compiled(markup, front, images, attachments, tight=True)
    return tight if _pages(tight) < _pages(loose) else loose


def _ends_alone(pdf: bytes) -> bool:
    """Whether the last page has the last section and nothing else: it alone begins there, and begins at the head."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    begun = [mark.get_dest() for mark in document.get_toc()]
    last = [dest.get_view()[1] for dest in begun if dest is not None and dest.get_index() == len(document) - 1]
    return len(document) > 1 and len(last) == 1 and last[0][1] > 0.85 * document[0].get_height()


def _pages(pdf: bytes) -> int:
    from pypdfium2 import PdfDocument

    return len(PdfDocument(pdf))


def _compiled(markup: str, front: dict, images: Mapping[str, bytes], attachments: Sequence[Attachment], tight: bool = False) -> bytes:
    template = (files("analysis.report") / "templates" / "report.typ").read_bytes()
    attached = "\n".join(
        f'#pdf.attach({literal(a.name)}, relationship: "data", mime-type: {literal(a.mime)}, description: {literal(a.description)})'
        for a in attachments
    )
    sources = {
        "main.typ": f'#import "report.typ": *\n#show: report\n{attached}\n{markup}\n'.encode(),
        "report.typ": template,
        "front.json": json.dumps({**front, "marked": _marked(front)}, ensure_ascii=False).encode(),
        "tight.json": json.dumps(tight).encode(),
        **images,
        **{a.name: a.content for a in attachments},
    }
    with TemporaryDirectory(prefix="tongbi-typst-") as empty:
        try:
            return typst.compile(  # type: ignore[call-overload]  # its stub knows no mapping of sources
                sources, format="pdf", root=empty, package_path=empty, package_cache_path=empty,
                font_paths=typst_fonts(), pdf_standards=STANDARDS, timestamp=int(moment(front).timestamp()),
            )  # fmt: skip
        except typst.TypstError as error:
            raise _explained(error) from None


def _marked(front: Mapping[str, Any]) -> dict[str, list]:
    """What the pages say of the front matter, parted into runs of one script."""
    said = {name: list(runs(front[name], front["lang"])) for name in ("title", "subtitle", "short-title", "source-line")}
    return {**said, "facts": [[label, list(runs(value, front["lang"]))] for label, value in front["facts"]]}


def _explained(error: typst.TypstError) -> TypesettingError:
    said = f"{error.message}\n{error.diagnostic or ''}"
    missing = [char for pattern in (_MISSING_GLYPH, _FORBIDDEN) for text in pattern.findall(said) for char in _unescaped(text)]
    if missing:
        # Typst names the whole run of text that a missing character stands in.
        missing = [char for char in missing if ord(char) not in has_sign()] or missing
        names = ", ".join(f"{c} (U+{ord(c):04X})" for c in dict.fromkeys(missing))
        return TypesettingError(f"no typeface of the report has the character {names}", missing)
    if _UNNAMED in said:
        return TypesettingError("some characters have no sign of their own", (), unnamed=True)
    return TypesettingError(f"Typst: {error.message}")


def _unescaped(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), text)
