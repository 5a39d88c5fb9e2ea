"""Which elements of a page part its words, and which stand within them: every element that no list here has, as browsers do with those they do not
know."""

from __future__ import annotations

from typing import Any

# What holds a passage.
BLOCKS = frozenset(
    "p li dd dt div td th blockquote figcaption summary pre text textarea button h1 h2 h3 h4 h5 h6 section article aside footer".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# What parts words from others beside it.
AROUND = (
    BLOCKS
    | HEADINGS
    | frozenset(
        "ul ol dl menu dir table tr tbody thead tfoot caption main header nav hgroup search address details dialog figure form fieldset legend "
        "option optgroup center listing br hr".split()
    )
)
# What a page says of itself, takes in or lets choose, and the parts of what is no text.
APART = frozenset(
    "html head body title base link meta script style noscript template frame frameset iframe object embed param source track audio video canvas img "
    "map area svg math input select datalist progress meter colgroup col rt rp".split()
)


def is_within_words(element: Any) -> bool:
    """Whether an element stands within the words of a line, where its own would be glued to others."""
    return isinstance(element.tag, str) and element.tag not in AROUND and element.tag not in APART
