"""Texts nobody wrote: bulletins cut up, mixed and spoilt, for what must hold of any text whatever."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from analysis.extract import grammar
from analysis.extract.grammar.macros import expand

ROOT = Path(__file__).parents[1]
CORPUS = Path(os.environ.get("TONGBI_CORPUS", ROOT / "../shared/corpus"))
LONGEST = 240

# Characters that have broken readers of numbers before: other digits, marks that combine or change direction, breaks that split lines.
ODD = "٣३𝟛②Ⅳ½㎡％﹪‰℃〇○壹贰廿．，,.。、；：（）()“”《》 　\t\r\n\x0b\x0c\x1c\x85\u2028\ufeff\u200b\u202e\u0301\U0001f600\ue000\x00"

# What a digit is drawn anew from: 民国九十九年 may become 民国十百十年, which is no number.
NUMERALS = "0123456789０９〇一二十百万"


@cache
def sources() -> tuple[str, ...]:
    """Return the texts that are cut up: our own bulletins and tables, and the corpus where it is at hand."""
    paths = sorted((ROOT / "data/raw").rglob("*.txt")) + sorted((ROOT / "data/raw").rglob("*.csv")) + sorted(CORPUS.glob("[lt]*/*.txt"))
    return tuple(path.read_text("utf-8") for path in paths)


@cache
def words() -> tuple[str, ...]:
    """Return every example and counterexample of the grammar, and numbers of every form."""
    said = {word for rule in grammar.load_rules().values() for word in (*rule.examples, *rule.counterexamples)}
    return tuple(sorted(said | {"分别", "由", "从", "到", "为", "其中", "共", "2017年", "12364起", "25.44%", "一万四千二百", "百分之十二点零七"}))


def fragment(draw: Random, length: int = LONGEST) -> str:
    """Cut a piece of at most ``length`` characters out of a source."""
    text = draw.choice(sources())
    start = draw.randrange(len(text))
    return text[start : start + draw.randint(1, length)]


def random_text(draw: Random) -> str:
    """Draw characters: any of Unicode, those the grammar starts at, or whole words of the grammar, mixed."""
    pools: tuple[Callable[[], str], ...] = (
        lambda: chr(draw.randrange(0x20, 0xD800)),
        lambda: draw.choice(ODD),
        lambda: draw.choice(words()),
        lambda: draw.choice(words()) + "\n",
        lambda: draw.choice("0123456789０１２３一二三十百千万亿两点"),
        lambda: draw.choice(sorted(expand("<TOCHANGE>"))),
    )
    chosen = draw.choices(pools, k=2)
    return "".join(draw.choice(chosen)() for _ in range(draw.randint(0, 60)))


def _cut(draw: Random, text: str, a: int, b: int) -> str:
    return text[:a] + text[b:]


def _repeat(draw: Random, text: str, a: int, b: int) -> str:
    return text[:b] + text[a:b] * draw.randint(1, 3) + text[b:]


def _turn(draw: Random, text: str, a: int, b: int) -> str:
    return text[:a] + text[a:b][::-1] + text[b:]


def _put_word(draw: Random, text: str, a: int, b: int) -> str:
    return text[:a] + draw.choice(words()) + text[a:]


def _put_word_of_other_numerals(draw: Random, text: str, a: int, b: int) -> str:
    word = draw.choice(words())
    return text[:a] + _redraw_numerals(draw, word, 0, len(word)) + text[a:]


def _put_odd(draw: Random, text: str, a: int, b: int) -> str:
    return text[:a] + draw.choice(ODD) + text[a + draw.randint(0, 1) :]


def _put_fragment(draw: Random, text: str, a: int, b: int) -> str:
    return text[:a] + fragment(draw, 40) + text[b:]


def _redraw_numerals(draw: Random, text: str, a: int, b: int) -> str:
    return text[:a] + "".join(draw.choice(NUMERALS) if c.isdigit() or c in NUMERALS else c for c in text[a:b]) + text[b:]


def _other_forms(draw: Random, text: str, a: int, b: int) -> str:
    return text[:a] + unicodedata.normalize(draw.choice(("NFKC", "NFD")), text[a:b]) + text[b:]


MUTATIONS = (_cut, _cut, _repeat, _turn, _put_word, _put_word, _put_word_of_other_numerals, _put_odd, _put_fragment, _redraw_numerals, _other_forms)


def spoil(draw: Random, text: str) -> str:
    """Do one to eight injuries to a text."""
    for _ in range(draw.randint(1, 8)):
        a, b = sorted((draw.randint(0, len(text)), draw.randint(0, len(text))))
        text = draw.choice(MUTATIONS)(draw, text, a, min(b, a + 30))
    return text


def texts(draw: Random, count: int) -> Iterator[str]:
    """Yield ``count`` texts: one in five random, the others pieces of sources, spoilt."""
    for _ in range(count):
        yield random_text(draw) if draw.random() < 0.2 else spoil(draw, fragment(draw))[: 2 * LONGEST]


def shrink(text: str, fails: Callable[[str], bool]) -> str:
    """Return a short text that still fails, by leaving out ever smaller pieces."""
    size = len(text) // 2
    while size:
        start = 0
        while start < len(text):
            shorter = text[:start] + text[start + size :]
            if fails(shorter):
                text = shorter
            else:
                start += size
        size //= 2
    return text
