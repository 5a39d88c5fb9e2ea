"""Typst, in process: markup and files in, PDF/A-3a + PDF/UA-1 out.

Everything Typst may read is handed over in memory and its root is an empty folder, so a document cannot reach the disk or the network.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from tempfile import TemporaryDirectory

import typst

from analysis.report.fonts import typst_fonts
from analysis.report.markup import literal

STANDARDS = ["a-3a", "ua-1"]
_MISSING_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')


class TypesettingError(ValueError):
    """Typst refused; `missing` holds the characters no typeface has, if that was the reason."""

    def __init__(self, message: str, missing: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF."""

    name: str
    content: bytes
    mime: str
    description: str


def typeset(markup: str, front: dict, images: Mapping[str, bytes], attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the PDF of trusted Typst markup (see markup.to_typst) in the house style.

    `front` comes from frontmatter.front_matter; `images` are named as the markup names them. Raises TypesettingError.
    """
    template = (files("analysis.report") / "templates" / "report.typ").read_bytes()
    attached = "\n".join(
        f'#pdf.attach({literal(a.name)}, relationship: "data", mime-type: {literal(a.mime)}, description: {literal(a.description)})'
        for a in attachments
    )
    sources = {
        "main.typ": f'#import "report.typ": *\n#show: report\n{attached}\n{markup}\n'.encode(),
        "report.typ": template,
        "front.json": json.dumps(front, ensure_ascii=False).encode(),
        **images,
        **{a.name: a.content for a in attachments},
    }
    moment = datetime(*front["date"], tzinfo=UTC)
    with TemporaryDirectory(prefix="tongbi-typst-") as empty:
        try:
            return typst.compile(
                sources, format="pdf", root=empty, package_path=empty, package_cache_path=empty,
                font_paths=typst_fonts(), pdf_standards=STANDARDS, timestamp=int(moment.timestamp()),
            )  # fmt: skip
        except typst.TypstError as error:
            raise _explained(error) from None


def _explained(error: typst.TypstError) -> TypesettingError:
    missing = [char for text in _MISSING_GLYPH.findall(error.diagnostic or error.message) for char in _unescaped(text)]
    if missing:
        names = ", ".join(f"{c} (U+{ord(c):04X})" for c in dict.fromkeys(missing))
        return TypesettingError(f"no typeface of the report has the character {names}", missing)
    return TypesettingError(f"Typst: {error.message}")


def _unescaped(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), text)
