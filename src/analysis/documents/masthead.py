"""What a page shows over its article and says of itself: its title, and when and by whom it was put out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..lexicon.publishers import kind_of
from .clues import DAY
from .parting import AROUND, IN_ITS_PLACE, in_one_line, is_within_words
from .unseen import Unseen

TITLE_LENGTH = 80
YEAR = re.compile(r"(?:19|20)\d{2}")
# Behind the title of a page stands the name of its site.
SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s*|\s*——?\s*(?=[^—]*(?:网|门户|平台)\s*$)")
# What a page says of itself: the key of its metadata, the words for it over the article, and how those run on.
IMPRINT_WITHIN = 50_000
IMPRINT = (
    ("pubdate", "发布时间", re.compile(rf"(?:发布|发稿|发文|成文|公开)?(?:时间|日期)\s*[:：]\s*({DAY})")),
    (
        "contentsource",
        "来源",
        re.compile(r"(?:来源|发布机构|发布单位)\s*[:：]\s*([一-鿿]{4,30}?)(?=发布|发文|发稿|日期|时间|浏览|点击|编辑|作者|[^一-鿿]|$)"),
    ),
)


def heading_of(tree: Any, unseen: Unseen) -> str:
    """The title a page declares: of its highest headings and its `<title>` without the site's name the first that names a bulletin, else that has
    a year, else that is there."""
    titles, heads = ([words_of(one) for one in tree.iter(tag) if not unseen.holds(one)] for tag in ("title", "h1"))
    found = [*heads, *(SITE.split(words)[0].strip() for words in titles)]
    sound = [words for words in found if 2 <= len(words) <= TITLE_LENGTH and words.isprintable()]
    return next((words for is_one in (kind_of, YEAR.search, bool) for words in sound if is_one(words)), "")


def imprint_of(tree: Any) -> str:
    """When and by whom a page was put out, as it says in its metadata (PubDate, ContentSource: the standard of official Chinese sites) or over
    its article."""
    told = {(one.get("name") or "").lower(): " ".join((one.get("content") or "").split()) for one in tree.iter("meta")}
    words = tree.text_content()[:IMPRINT_WITHIN]
    said = ((told.get(key) or (found[1] if (found := pattern.search(words)) else ""), label) for key, label, pattern in IMPRINT)
    return "\n".join(f"{label}：{value}" for value, label in said if value)


def shown_over(tree: Any, unseen: Unseen) -> Iterator[str]:
    """The title and the day that a page shows over its article. trafilatura takes them for furniture; they tell when its 今年 is."""
    shown = " ".join(next(tree.iter("body"), tree).text_content().split())
    heading = heading_of(tree, unseen)
    if heading in shown and (kind_of(heading) or YEAR.search(heading)):
        yield heading
    if (found := IMPRINT[0][2].search(shown[:IMPRINT_WITHIN])) is not None:
        yield found[0]


def words_of(element: Any) -> str:
    """The words of an element in one line, parted by the elements in it that begin a line or stand in a box; a comment parts none."""
    return in_one_line("".join(_words(element)))


def _words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style"):
            edge = "" if is_within_words(child.tag) else "\n" if child.tag in AROUND else IN_ITS_PLACE
            yield edge
            yield from _words(child)
            yield edge
        yield child.tail or ""
