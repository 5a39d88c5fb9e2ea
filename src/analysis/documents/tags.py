"""The tags of a page as its source spells them, before a parser takes them: it compares the attributes of a tag pair by pair."""

from __future__ import annotations

import re

# A tag begins, or what holds none; names and values as https://html.spec.whatwg.org/multipage/parsing.html#tokenization has them.
BEGINS = re.compile(r"<(?:(!--)|([A-Za-z][^\s/>]*))")
ATTRIBUTE = re.compile(r"[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*))?")
ENDS = {"!--": re.compile("--!?>"), "script": re.compile("</script", re.IGNORECASE), "style": re.compile("</style", re.IGNORECASE)}


def most_attributes(page: str, enough: int) -> int:
    """How many attributes the tag with most of them has, counted up to `enough`.

    >>> most_attributes('<p class="a > b" id=x hidden><!-- <p a b c d> --><br/><script>1<p a b c d</script>', 9)
    3
    """
    most = at = 0
    while most < enough and (found := BEGINS.search(page, at)) is not None:
        at, name = found.end(), (found[1] or found[2]).lower()
        count = 0
        if not found[1]:
            while count < enough and (attribute := ATTRIBUTE.match(page, at)) is not None:
                count, at = count + 1, attribute.end()
        most = max(most, count)
        if name in ENDS:
            # A comment may end within its own mark: <!-->.
            end = ENDS[name].search(page, at - 2 if found[1] else at)
            if end is None:
                break
            at = end.end()
    return most


def attributes_of(words: str) -> dict[str, str]:
    """The attributes that a tag has behind its name, by their names.

    >>> attributes_of(" style='display:none' hidden color=red")
    {'style': 'display:none', 'hidden': '', 'color': 'red'}
    """
    pairs = (found[0].strip(" \t/").partition("=") for found in ATTRIBUTE.finditer(words))
    return {name.strip().lower(): value.strip().strip("\"'") for name, _, value in pairs}
