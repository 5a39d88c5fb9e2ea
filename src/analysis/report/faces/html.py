"""One self-contained HTML page: contents, anchors for each figure, a way to the other language, a print style, nothing from outside.

Pandoc writes the fragments as it does for the other faces; here they get row headers, marked languages, and safe links only.
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring, tostring

from ..executed import Chart, Text
from ..foreign import OTHER, runs
from ..markup import PLACE, SAFE_LINK
from ..pandoc import to_html

TAGS = {"zh": "zh-Hans", "en": "en"}
MIME = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}
# The typefaces of a drawing are the report's own, which a reader's browser may not have: it then takes one of the same kind.
DRAWN_IN = b"'Noto Sans SC'"
VIEW_BOX = re.compile(rb'viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"')
SIDES = 14  # points
KEPT = frozenset(("id", "class", "href", "src", "alt", "scope", "lang", "tabindex", "role", "aria-label", "data-label", "start", "type"))
ELSE_IN = b"'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', Arial, sans-serif"


@cache
def template() -> jinja2.Template:
    """The page's template; read once a process."""
    source = (files("analysis.report") / "templates" / "report.html.j2").read_text("utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(source)


def as_html(front: Mapping[str, Any], pieces: Sequence[Text | Chart], others: Mapping[str, str], sources: Mapping[int, str]) -> str:
    """Return the page. `front` is that of `frontmatter.front_matter`; `others`: language -> file name of the same edition.

    `sources`: number of a figure -> its place on the page that shows the whole document.
    """
    lang, texts = front["lang"], iter(to_html([piece.markdown for piece in pieces if isinstance(piece, Text)]))
    body = "\n".join(_figure(piece, number(pieces, piece), front) if isinstance(piece, Chart) else next(texts) for piece in pieces)
    root = fragment_fromstring(body, create_parent="div")
    _mend(root, lang, front["labels"])
    _lead_to_documents(root, sources, front["labels"]["in-document"])
    headings = [(heading.get("id"), heading.text_content()) for heading in root.iter("h2")]
    content = "".join(tostring(child, encoding="unicode") for child in root)
    other = [(TAGS[one], front["labels"]["other-languages"][one], name) for one, name in sorted(others.items())]
    return template().render(front=front, lang=TAGS[lang], contents=headings, content=content, others=other)


def number(pieces: Sequence[Text | Chart], chart: Chart) -> int:
    """The number of a chart among the charts."""
    return next(at for at, piece in enumerate((piece for piece in pieces if isinstance(piece, Chart)), start=1) if piece is chart)


def _figure(chart: Chart, at: int, front: Mapping[str, Any]) -> str:
    drawn = _for_any_browser(chart.image) if chart.suffix == "svg" else chart.image
    frame = _frame(f"{front['labels']['figure']} {at}", "chart")
    etree.SubElement(frame, "img", src=f"data:{MIME[chart.suffix]};base64,{b64encode(drawn).decode()}", alt=chart.alt)
    caption, source = etree.Element("figcaption"), etree.Element("p", attrib={"class": "source-line"})
    caption.text = f"{front['labels']['figure']} {at}{'　' if front['lang'] == 'zh' else '. '}{chart.caption}"
    source.text = chart.source
    parts = "".join(etree.tostring(part, encoding="unicode", method="html") for part in (caption, frame, *([source] if chart.source else [])))
    return f"<figure>{parts}</figure>"


def _for_any_browser(svg: bytes) -> bytes:
    """A drawing that names typefaces every browser has, and leaves room at its sides for names that are wider in these."""

    def wider(box: re.Match[bytes]) -> bytes:
        return b'viewBox="%d 0 %.2f %b"' % (-SIDES, float(box["width"]) + 2 * SIDES, box["height"])

    return VIEW_BOX.sub(wider, svg.replace(DRAWN_IN, ELSE_IN), count=1)


def _frame(name: str, kind: str) -> Any:
    """What a reader scrolls, by the keyboard too, where a table or a chart is wider than the page."""
    frame = etree.Element("div", attrib={"class": kind, "tabindex": "0", "role": "region"})
    frame.set("aria-label", name)
    return frame


def _mend(root: HtmlElement, lang: str, labels: Mapping[str, Any]) -> None:
    """Number the tables and give them row headers and a way to scroll, the headings places, links only where they are safe."""
    for at, heading in enumerate(root.iter("h2"), start=1):
        heading.set("id", f"section{at}")
    for at, table in enumerate(list(root.iter("table")), start=1):
        _mend_table(table, at, labels)
    known = {element.get("id") for element in root.iter() if element.get("id")}
    for link in list(root.iter("a")):
        target = link.get("href", "")
        if not (target[1:] in known if target.startswith("#") else SAFE_LINK.fullmatch(target)):
            link.drop_tag()
    for element in root.iter():
        for name in set(element.attrib) - KEPT:
            del element.attrib[name]
        if "id" in element.attrib and not (PLACE.fullmatch(element.get("id")) or element.tag == "h2"):
            del element.attrib["id"]
    for element in [one for one in root.iter() if isinstance(one.tag, str)]:
        _mark(element, lang)


def _lead_to_documents(root: HtmlElement, sources: Mapping[int, str], said: str) -> None:
    """Behind the sentence of a row of the annex, lead to its first number in the document."""
    for row in root.iter("tr"):
        place = next((at for span in row.iter("span") if (at := re.fullmatch(r"s(\d+)", span.get("id", "")))), None)
        if place is not None and int(place[1]) in sources:
            link = etree.SubElement(row[-1], "a", attrib={"href": sources[int(place[1])], "class": "in-document"})
            link.text = said
            before = link.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + " "
            else:
                row[-1].text = (row[-1].text or "") + " "


def _mend_table(table: HtmlElement, at: int, labels: Mapping[str, Any]) -> None:
    """Say of each cell what it is: a narrow window sets a row's cells one below the other, and has no heads above them."""
    heads = table.findall("thead/tr/th")
    for head in heads:
        head.set("scope", "col")
    for cell in table.iter("th", "td"):
        if "right" in cell.get("style", ""):
            cell.set("class", "number")
    for row in table.iterfind("tbody/tr"):
        first = row.find("td")
        if first is not None:
            first.tag = "th"
            first.set("scope", "row")
        for head, cell in zip(heads, row, strict=False):
            cell.set("role", "cell" if cell.tag == "td" else "rowheader")
            cell.set("data-label", " ".join(head.text_content().split()))
        row.set("role", "row")
    table.set("role", "table")
    caption = table.find("caption")
    if caption is not None:
        caption.text = f"{labels['table']} {at}　{caption.text or ''}"
    frame = _frame(caption.text_content() if caption is not None else f"{labels['table']} {at}", "table")
    parent, tail = table.getparent(), table.tail
    parent.replace(table, frame)
    table.tail, frame.tail = None, tail
    frame.append(table)


def _mark(element: HtmlElement, lang: str) -> None:
    """Mark words of the other language inside an element of a page in `lang`."""
    if element.get("lang") == TAGS[OTHER[lang]]:
        return
    for child in reversed(list(element)):
        pieces, child.tail = _marked(child.tail or "", lang)
        for piece in reversed(pieces):
            child.addnext(piece)
    pieces, element.text = _marked(element.text or "", lang)
    for at, piece in enumerate(pieces):
        element.insert(at, piece)


def _marked(text: str, lang: str) -> tuple[list[HtmlElement], str]:
    """Part a text into marked spans, each with what follows it, and what stands before the first."""
    pieces: list[HtmlElement] = []
    before = ""
    for words, other in runs(text, lang):
        if other:
            pieces.append(etree.Element("span", lang=TAGS[OTHER[lang]]))
            pieces[-1].text = words
        elif pieces:
            pieces[-1].tail = words
        else:
            before = words
    return pieces, before
