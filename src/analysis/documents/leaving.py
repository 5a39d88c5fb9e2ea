"""What a file says beside what is read of it: named, never passed over in silence. Only what has a figure in it is worth a word.

The parts of a package (a Word document, a workbook) that hold neither its body nor its cells, and the passages of a page outside its article.
What is found in a PDF or in a sheet is found where these are read (`pdf`, `workbook`); the words for all of it are in `extract/warnings.yml`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .. import keeping
from .model import LeftOut
from .parting import BLOCKS

__all__ = ["first_names", "frames", "has_digits", "in_package", "in_scripts", "outside", "passages", "says_a_figure"]

# A number with what it counts; what a page carries at its edge says when, and which page it is.
FIGURE = keeping.pattern(r"(?<![第0-9.,])[0-9][0-9.,]*\s*(?:[%％‰]|(?![年月日页号期])[一-鿿])")
EMBEDDED = re.compile(r"(?:word|xl)/embeddings/[^/]+")
CHUNK = "/aFChunk"
LONGEST_NAME = 60
# What ends a passage: a list of links to other news, or a menu, has no such mark.
BEGIN, END = re.compile("[0-9０-９]"), re.compile("[。；]")
SHORTEST, LONGEST = 8, 5000
# What parts the words in a script, and how it may write them.
ENDS_IN_A_SCRIPT, ESCAPED, HANZI = re.compile(r"[<>\"'`\n]|\\n"), re.compile(r"\\u([0-9a-fA-F]{4})"), re.compile("[一-鿿]{4}")
LONGEST_SCRIPT = 2_000_000
# A sign that no page can hold, for the parser refuses it.
APART = "\0"
# A search from the beginning takes as long as the text is; a page with more passages out of their order has been named long before.
MOST_SEARCHES = 500


def says_a_figure(words: str) -> bool:
    """Whether words hold a number of something, which is no date and no page.

    >>> says_a_figure("2017年公报 第3页 - 4 -"), says_a_figure("其中：盗窃312起")
    (False, True)
    """
    return FIGURE.search(words) is not None


def has_digits(words: str) -> bool:
    """Whether words that a person added (a note, a drawing, a field) may say a figure."""
    return any(map(str.isdecimal, words))


def first_names(names: Iterable[str]) -> str:
    """The names of what was left out, those past the third unsaid."""
    listed = list(dict.fromkeys(names))
    return ", ".join(name[:LONGEST_NAME] for name in listed[:3]) + (" …" if len(listed) > 3 else "")


# The parts of a package, what holds the words in one, and the kind of what is left out with it.
PARTS = (
    ("charts", re.compile(r"word/charts/chart[^/]*\.xml"), ("v",), has_digits),
    ("diagrams", re.compile(r"(?:word|xl)/diagrams/data[^/]*\.xml"), ("t",), has_digits),
    ("text_boxes", re.compile(r"xl/drawings/drawing[^/]*\.xml"), ("t",), has_digits),
    ("comments", re.compile(r"(?:word/comments[^/]*|xl/comments[^/]*|xl/(?:threadedComments|comments)/[^/]*)\.xml"), ("t", "text"), has_digits),
    ("page_edges", re.compile(r"word/(?:header|footer)[^/]*\.xml"), ("t",), says_a_figure),
)


def in_package(archive: zipfile.ZipFile) -> Iterator[LeftOut]:
    """What the parts of a package say beside its body or its cells."""
    names = archive.namelist()
    for what, pattern, tags, says in PARTS:
        found = [name for name in names if pattern.fullmatch(name) and _says(archive.read(name), tags, says)]
        if found:
            yield LeftOut(what, count=len(found))
    # Behind each chart stands the workbook it was drawn from.
    behind = {target for name in names if "/charts/_rels/" in name for target in _targets(archive.read(name))}
    embedded = [name.rpartition("/")[2] for name in names if EMBEDDED.fullmatch(name) and name.rpartition("/")[2] not in behind]
    if embedded:
        yield LeftOut("embedded", first_names(embedded), len(embedded))
    chunks = [target for name in names if name.endswith("word/_rels/document.xml.rels") for target in _targets(archive.read(name), CHUNK)]
    if chunks:
        yield LeftOut("chunks", first_names(chunks), len(chunks))


def _tree(data: bytes) -> Any:
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def _says(data: bytes, tags: tuple[str, ...], says: Callable[[str], bool]) -> bool:
    """Whether a part says a figure; one that is damaged may."""
    tree = _tree(data)
    if tree is None:
        return bool(data.strip())
    words = "".join("".join(node.itertext()) for tag in tags for node in tree.iter(f"{{*}}{tag}"))
    return says(words)


def _targets(data: bytes, sort: str = "") -> Iterator[str]:
    """The file names that relations of a part lead to."""
    tree = _tree(data)
    for relation in tree.iter("{*}Relationship") if tree is not None else ():
        if relation.get("Type", "").endswith(sort) and relation.get("TargetMode") != "External":
            yield relation.get("Target", "").rpartition("/")[2]


def frames(tree: Any) -> Iterator[LeftOut]:
    """The pages and files shown within a page, which it does not hold."""
    held = [frame for frame in tree.iter("iframe", "frame", "object", "embed") if _leads_somewhere(frame)]
    if held:
        yield LeftOut("frames", first_names(filter(None, map(_address, held))), len(held))


def outside(told: Iterable[str], text: str) -> Iterator[LeftOut]:
    """The passages of a page that are not in its text: hidden, or outside its article."""
    read, at, again = _bare(text), 0, 0
    missing = []
    for words in told:
        bare = _bare(words)
        found = read.find(bare, at)
        if found < 0:  # not behind the one before, as most are
            found, again = read.find(bare, 0, at + len(bare)), again + 1
        if found < 0:
            missing.append(words)
        at = max(at, found)
        if again == MOST_SEARCHES:
            break
    if missing:
        yield LeftOut("passages", first_names(" ".join(words.split())[:30] for words in missing[:1]), len(missing))


def _leads_somewhere(frame: Any) -> bool:
    return bool(frame.get("srcdoc")) or re.search(r"\.(?:pdf|docx?|xlsx?|et|wps|ofd|csv|txt|s?html?)\b", _address(frame), re.IGNORECASE) is not None


def _address(frame: Any) -> str:
    return (frame.get("src") or frame.get("data") or "").strip()


def passages(tree: Any, marks: re.Pattern[str]) -> Iterator[str]:
    """The passages of a page with a figure in them, each of the innermost block that holds it; what our own `marks` say is none of the page's."""
    for block in tree.iter(*BLOCKS, "noscript", "template"):
        for words in "".join(_pieces(block)).split(APART):
            for piece in marks.split(words)[::2]:
                if SHORTEST <= len(piece) <= LONGEST and _is_passage(piece) and says_a_figure(piece):
                    yield piece


def in_scripts(tree: Any) -> Iterator[str]:
    """The passages with a figure that the scripts of a page hold, which show them once the page is there."""
    for script in tree.iter("script"):
        if script.text and len(script.text) <= LONGEST_SCRIPT:
            words = ESCAPED.sub(lambda found: chr(int(found[1], 16)), script.text)
            for piece in ENDS_IN_A_SCRIPT.split(words):
                if SHORTEST <= len(piece) <= LONGEST and HANZI.search(piece) and _is_passage(piece) and says_a_figure(piece):
                    yield piece


def _is_passage(words: str) -> bool:
    begin = BEGIN.search(words)
    return begin is not None and END.search(words, begin.end()) is not None


def _pieces(element: Any) -> Iterator[str]:
    """The words of an element; those of a block within it are passages of their own, and part the words before it from those after."""
    yield (element.text or "").replace(APART, " ")
    for child in element:
        if isinstance(child.tag, str):
            if child.tag in BLOCKS or child.tag in ("noscript", "template"):
                yield APART
            elif child.tag not in ("script", "style"):
                yield from _pieces(child)
        yield (child.tail or "").replace(APART, " ")


def _bare(words: str) -> str:
    return re.sub(r"\W+", "", words)
