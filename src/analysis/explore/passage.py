"""The passage of a document that a number stands in, with the number marked, as HTML that runs nothing."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ..writing.acting import visible
from . import pages

if TYPE_CHECKING:
    from ..documents import Document

# Characters of the document shown before and after the number.
AROUND = 160


def passage(document: Document, start: int, end: int, lang: str) -> str:
    """Return the words around `document.text[start:end]`, the number in a mark, with the document's title, place and address."""
    text, words, about = document.text, pages.wording(lang), document.metadata
    before, after = max(start - AROUND, 0), min(end + AROUND, len(text))
    shown = "".join(
        [
            "…" if before else "",
            escape(visible(text[before:start])),
            f"<mark>{escape(visible(text[start:end]))}</mark>",
            escape(visible(text[end:after])),
            "…" if after < len(text) else "",
        ]
    )
    title = about.title if about else document.id
    line = words["passage_line"].format(title=title, doc=document.id, start=start, end=end)
    url = escape(str(about.url)) if about and about.url else ""
    address = f' <a href="{url}" target="_blank" rel="noopener noreferrer">{url}</a>' if url else ""
    return f'<figure class="tongbi-passage"><blockquote>{shown}</blockquote><figcaption>{escape(visible(line))}{address}</figcaption></figure>'
