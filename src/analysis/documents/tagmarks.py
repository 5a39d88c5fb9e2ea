"""The tags of HTML in a plain text: what each stands for, and what they and other marks take back. Tags of tables are left to `tables.tagged`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .parting import APART, AROUND, IN_ITS_PLACE, WITHIN_WORDS
from .raised import LONGEST_MARK, TAGS, is_note, small
from .tags import attributes_of
from .unseen import STRUCK, as_shown

Mark = tuple[int, int, str]
_ATTRIBUTE = r"[A-Za-z_:@][\w:.@-]{0,40}(?:[ \t]{0,9}=[ \t]{0,9}(?:\"[^\"<>\n]{0,500}\"|'[^'<>\n]{0,500}'|[^\s\"'<>=`]{1,300}))?"
_TAG = re.compile(rf"<(?P<ends>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{{0,20}})(?P<more>(?:[ \t]{{1,9}}{_ATTRIBUTE}){{0,20}})[ \t]{{0,9}}/?>")
_RAISED = re.compile(
    r"<(?P<tag>su[pb])(?: [^<>]{0,200})?>(?:<a [^<>]{0,300}>)?(?P<words>[0-9+()-]{1,9})(?:</a>)?</su[pb]>", re.IGNORECASE
)
# Words that a text strikes out, and remarks that nobody is shown.
STRUCK_OUT = re.compile(
    r"~~(?=[^\s~])[^~\n]{1,500}(?<=[^\s~])~~|<(?:del|s|strike)(?:\s[^<>]{0,200})?>[^<]{1,1000}</(?:del|s|strike)\s{0,9}>", re.IGNORECASE
)
REMARK = re.compile(r"<!--(?:(?!-->|<!--)[\s\S]){0,5000}-->")
# A link that leads nowhere, by which Markdown holds a remark.
_NO_LINK = re.compile(
    r"[\[](?!\^)[^\[\]\n]{1,60}\]:[ \t]{0,9}(?:\#|<>)[ \t]{1,9}(?:\([^\n]{0,1000}\)|\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}')[ \t]{0,9}(?=\r?\n|$)"
)
_NEVER_SHOWN = frozenset(("script", "style", "template", "noscript", "rt", "rp"))
_OF_TABLES = frozenset(("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"))
_KNOWN = (WITHIN_WORDS | AROUND | APART | _NEVER_SHOWN | {"a"}) - _OF_TABLES


def has_tags(text: str) -> bool:
    """Whether a text may have tags, or other marks that take back what they hold."""
    return any(sign in text for sign in ("<", "~~", "]:"))


def taken_back(text: str) -> Iterator[tuple[int, int]]:
    """Where words stand that a text strikes out."""
    yield from (found.span() for found in STRUCK_OUT.finditer(text))


def unshown(text: str) -> Iterator[tuple[int, int]]:
    """Where words stand that a text does not show: remarks, and what an element holds that is hidden.

    >>> [text[a:b] for text in ("立案<!-- 9 -->12<p hidden>7</p><i style='display:none'>5<i>6</i></i>",) for a, b in unshown(text)]
    ['<!-- 9 -->', '<p hidden>7</p>', "<i style='display:none'>5<i>6</i></i>"]
    """
    yield from (found.span() for found in REMARK.finditer(text))
    if "]:" in text:
        yield from (found.span() for found in _NO_LINK.finditer(text) if not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip(" "))
    yield from ((tag.start(), end.end()) for tag, end in _elements(text) if end is not None and not _shown_as(tag))


def tag_marks(text: str) -> Iterator[Mark]:
    """The tags of a text with what is read instead: nothing, the end of a line, or what parts digits."""
    yield from ((*found.span(), small(found["words"], TAGS[found["tag"].lower()])) for found in _RAISED.finditer(text))
    yield from ((*span, IN_ITS_PLACE) for spans in (taken_back(text), unshown(text)) for span in spans)
    for tag, end in _elements(text):
        name = _shown_as(tag)
        if name and end is not None and _is_note(text, tag, end):
            yield (tag.start(), end.end(), small(text[tag.end() : end.start()], TAGS["sup"]))
            continue
        for one in (tag, end) if name else ():
            if one is not None:
                yield (*one.span(), _edge(text, one, name))


def _elements(text: str) -> Iterator[tuple[re.Match[str], re.Match[str] | None]]:
    """The tags of elements, each with the one that ends it, if one does; an end without a beginning stands for itself."""
    open_: dict[str, list[int]] = {}
    found: list[tuple[re.Match[str], re.Match[str] | None]] = []
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name not in _KNOWN and not {":", "-"} & set(name):
            continue
        if not tag["ends"]:
            open_.setdefault(name, []).append(len(found))
            found.append((tag, None))
        elif open_.get(name):
            number = open_[name].pop()
            found[number] = (found[number][0], tag)
        else:
            found.append((tag, None))
    return iter(found)


def _is_note(text: str, tag: re.Match[str], end: re.Match[str]) -> bool:
    """Whether an element is the mark of a note to the figure before it."""
    if not tag["more"] or end.start() - tag.end() > LONGEST_MARK or not text[max(0, tag.start() - 1) : tag.start()].isdecimal():
        return False
    words = text[tag.end() : end.start()]
    return words[:1].isdecimal() and is_note(attributes_of(tag["more"]), words)


def _shown_as(tag: re.Match[str]) -> str:
    """The element that a tag is shown as; nothing for one that is not shown."""
    name = tag["name"].lower()
    return "" if name in _NEVER_SHOWN else as_shown(name, attributes_of(tag["more"])) if tag["more"] else name


def _edge(text: str, tag: re.Match[str], name: str) -> str:
    if name in AROUND:
        line_end = text.find("\n", tag.end()) % (len(text) + 1)
        in_a_row = "|" in text[text.rfind("\n", 0, tag.start()) + 1 : line_end]
        return IN_ITS_PLACE + " " if in_a_row else "\n"
    return IN_ITS_PLACE if name in APART or name in ("sup", "sub") or name in STRUCK else ""
