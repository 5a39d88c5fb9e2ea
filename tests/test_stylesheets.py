"""What style sheets say of the elements of a page is what a browser makes of them, over sheets and pages that a generator writes."""

from __future__ import annotations

import os
import random
import time

import pytest
from lxml import html
from test_browser import CHROMIUM, QUIET
from test_hostile import SEED

from analysis.documents import DocumentError
from analysis.documents import html as pages
from analysis.documents.stylesheets import StyleSheets, declared

CASES = int(os.environ.get("TONGBI_FUZZ", "60"))
TAGS, CLASSES, IDS = ("span", "b", "i", "div", "p"), ("a", "b", "c", "d"), ("x", "y")
STATES = (":first-child", ":last-child", ":nth-child(2n)", ":not(.a)", ":is(.b, #x)", ":only-child", ":nth-of-type(2)", ":hover", ":has(b)", ":root",
          ":empty", ":where(.c)", "[class]", "[class~=a]", "[title='1']", "::before", ":nth-last-child(-n+2)", ":first-of-type")  # fmt: skip
QUERIES = ("screen", "print", "all", "not print", "(min-width: 30em)", "(max-width: 300px)", "only screen and (min-width: 9px)",
           "print, screen", "tv")  # fmt: skip
PROSE = f"<p>{'某县公安局认真履职，各项工作取得成效。' * 9}</p>"


def compound(chance):
    marks = [chance.choice((f".{chance.choice(CLASSES)}", f"#{chance.choice(IDS)}", chance.choice(STATES))) for _ in range(chance.randrange(3))]
    return chance.choice((*TAGS, "*", "", "", "B")) + "".join(marks) or "*"


def selector(chance):
    parts = [compound(chance) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
    return "".join(part + (chance.choice((" ", ">", " + ", "~", "  ")) if n + 1 < len(parts) else "") for n, part in enumerate(parts))


def rule(chance, depth=0):
    said, again = (f"opacity:0.{chance.randrange(100, 999)}{chance.choice(('', '', '', ' !important', '! IMPORTANT'))};" for _ in "12")
    if depth < 2 and chance.random() < 0.15:
        return f"{selector(chance)}{{{said}{chance.choice(('', '& ', '.a& '))}{selector(chance)}{{{again}}}}}"
    if depth < 2 and chance.random() < 0.15:
        return f"@media {chance.choice(QUERIES)}{{{rule(chance, depth + 1)}{rule(chance, depth + 1)}}}"
    return f"{chance.choice(('', '/* } */'))}{', '.join(selector(chance) for _ in range(chance.choice((1, 1, 2))))}{{{said}}}"


def elements(chance, depth=0):
    for _ in range(chance.randrange(1, 4)):
        marks = f"class='{' '.join(chance.sample(CLASSES, chance.randrange(3)))}' " + chance.choice(("", "", "id=x", "id=y", "title=1"))
        style = chance.choice(("", "", "", f"style='opacity:0.{chance.randrange(100, 999)}'", "style='opacity:0.5!important;opacity:.7'"))
        inner = "".join(elements(chance, depth + 1)) if depth < 3 and chance.random() < 0.7 else chance.choice(("", "1"))
        yield f"<{(tag := chance.choice(TAGS[: 3 if depth else 5]))} {marks} {style}>{inner}</{tag}>"


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)")
def test_what_sheets_say_is_what_a_browser_makes_of_them():
    from playwright.sync_api import sync_playwright

    chance = random.Random(SEED)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        shown = browser.new_page(viewport={"width": 1280, "height": 800})
        for _ in range(CASES):
            sheet = "".join(rule(chance) for _ in range(chance.randrange(1, 7)))
            page = f"<!doctype html><html><head><title>a</title><style>{sheet}</style></head><body>{''.join(elements(chance))}</body></html>"
            shown.set_content(page)
            said = shown.evaluate("[...document.querySelectorAll('body *')].map(e => [e.tagName.toLowerCase(), +getComputedStyle(e).opacity])")
            tree = html.document_fromstring(page)
            sheets = StyleSheets(tree, ("opacity",), "a.html")
            ours = [[one.tag, float(sheets.of(one).get("opacity", 1))] for one in tree.find("body").iterdescendants()]
            assert ours == [[tag, pytest.approx(value, abs=1e-3)] for tag, value in said], page
        browser.close()


HEAVY = {
    "selectors beside": lambda n: ("i + .c,b+b.c{opacity:0}" * n, "<b class=c>2</b>" * n),
    "children": lambda n: ("p *:nth-child(2n+7){opacity:0}" * n, "<b class=c>2</b>" * n),
    "one within another": lambda n: (".a " * n + "{opacity:0}", "<b class=a>2</b>"),
    "is within is": lambda n: (":is(" * n + "b" + ")" * n + "{opacity:0}", "<b class=a>2</b>" * n),
    "rules within rules": lambda n: ("b,i{& &" * n, "<b class=a>2</b>" * n),
    "media within media": lambda n: ("@media screen{" * n + "b{opacity:0}", "<b class=a>2</b>" * n),
    "lists within lists": lambda n: ("b,i,u,b{" * n, "<b class=a>2</b>" * n),
    "open brackets": lambda n: ("([{" * n, "<b class=a>2</b>"),
    "attributes": lambda n: ("".join(f"[a{k}=b]{{opacity:0}}" for k in range(n)), "<b a1=b>2</b>"),
    "sizes": lambda n: (f"b{{font:{'0/ ' * n}}}", f"<b style='font:{'0/ ' * n}; clip:rect({'1 ,' * n}; transform:{'translate(' * n}'>2</b>"),
    "queries": lambda n: (f"@media {'(a) and ' * n}{{b{{opacity:0}}}}", "<b a1=b>2</b>"),
}


@pytest.mark.parametrize("shape", HEAVY)
def test_sheets_are_weighed_in_time_that_grows_as_they_do(shape):
    def seconds(n):
        sheet, body = HEAVY[shape](n)
        page = f"<html><head><style>{sheet}</style></head><body>{PROSE}<p>立案{body}起。</p></body></html>".encode()
        started = time.process_time()
        pages.extract_content(page, "a.html")
        return time.process_time() - started

    seconds(30)
    assert seconds(4000) < 10 * max(seconds(1000), 0.1)


def test_a_page_whose_sheets_cannot_be_weighed_is_refused():
    for sheet in ("".join(f".a{n} .c{{opacity:0}}" for n in range(4000)), "b ~ b{opacity:0}", "p:has(u){opacity:0} b:has(u){opacity:0}"):
        body = "".join(f"<b class='c d{n}'>2</b>" for n in range(4000))
        with pytest.raises(DocumentError, match="too many rules"):
            pages.extract_content(f"<html><head><style>{sheet}</style></head><body>{PROSE}<p>{body}</p></body></html>".encode(), "a.html")


def test_a_declaration_that_presses_goes_before_a_later_one():
    assert declared("display:none!important;display:block") == {"display": "none"}
    assert declared("font:700 12px/0 a") == {"font": "700 12px/0 a", "font-size": "12px"}
