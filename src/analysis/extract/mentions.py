"""Find what matters in a stretch of text: quantities, verbs of change, bases, periods, and numbers that are no statistic.

One pass, left to right. A character that can begin a token is looked up in the compiled grammar; what
no rule takes and begins with a numeral is read as a quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from . import grammar, quantities
from .quantities import Quantity

SEPARATORS = frozenset("，,；;：:。！？!?（）()、\n")


@dataclass(slots=True)
class Token:
    """A span of the text with its kind; ``meaning`` is the grammar entry's, or a Quantity."""

    kind: str
    start: int
    end: int
    meaning: object
    rule: str


DIGITS = frozenset("0123456789０１２３４５６７８９")
NUMERALS = DIGITS | frozenset(grammar.CHINESE)


def find_tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]`` in order, without overlaps."""
    if _DIGIT.search(text, start, end) is None and _TELLING.search(text, start, end) is None:
        return _find_words(text, start, end) if _WORD.search(text, start, end) is not None else []
    tokens: list[Token] = []
    position = start
    for match in _starters().finditer(text, start, end):
        at = match.start()
        if at < position:
            continue
        character = text[at]
        if character in _PLAIN:
            tokens.append(Token("separator", at, at + 1, character, ""))
            continue
        token = _by_rule(text, at, end)
        if token is None and character in NUMERALS:
            token = read_quantity(text, at, end, tokens)
        elif token is None and character in SEPARATORS:
            token = Token("separator", at, at + 1, character, "")
        if token is not None:
            tokens.append(token)
            position = token.end
    return tokens


def _by_rule(text: str, at: int, end: int) -> Token | None:
    """Return what the first rule that matches at ``at`` makes of it."""
    dispatch = grammar.dispatch()
    if text[at] in DIGITS:
        after = _NUMBER.match(text, at, end).end()
        rules = dispatch.get("0" + text[after:min(after + 1, end)]) or dispatch.get("0") or ()
    else:
        rules = dispatch.get(text[at:at + 2]) or dispatch.get(text[at]) or ()
    for match, rule in rules:
        found = match(text, at, end)
        if found is not None:
            kind = rule.meaning["kind"]
            if kind in _AMOUNT_WORDS:
                return Token("quantity", at, found.end(), quantities.read_word(text, at, found.end(), kind), rule.name)
            return Token(kind, at, found.end(), rule.meaning, rule.name)
    return None


@cache
def _starters() -> re.Pattern[str]:
    """Where a token can begin: at one of some characters, or at one of others if a second character of some token follows."""
    beginnings = set(grammar.dispatch())
    alone = {beginning for beginning in beginnings if len(beginning) == 1} | SEPARATORS | NUMERALS
    pairs = {beginning for beginning in beginnings if beginning[0] not in alone}
    return re.compile(f"{_any_of(alone)}|{_any_of(pair[0] for pair in pairs)}(?={_any_of(pair[1] for pair in pairs)})")


def _any_of(characters: Iterable[str]) -> str:
    return "[" + re.escape("".join(sorted(set(characters)))) + "]"


# A number, up to the character that tells what it may be (but 2018.7.16 only up to its first point).
_NUMBER = re.compile(r"[0-9０-９]++(?:[.．][0-9０-９]++(?![.．][0-9０-９]))?+")
# Separators no rule can begin with.
_PLAIN = frozenset("，,；;：:。！？!?）)、\n")


def _find_words(text: str, start: int, end: int) -> list[Token]:
    """Return the numbers of a sentence that holds no figure: idioms, slogans and list markers in Chinese numerals."""
    tokens: list[Token] = []
    position = start
    for match in _WORD_STARTS.finditer(text, start, end):
        at = match.start()
        if at < position:
            continue
        token = _by_rule(text, at, end)
        if token is not None and "type" in token.meaning:
            tokens.append(Token("other", at, token.end, token.meaning, token.rule))
            position = token.end
        elif text[at] in NUMERALS:
            tokens.append(Token("other", at, at + 1, _QUANTIFIER, "quantifier"))
    return tokens


_QUANTIFIER = {"type": "quantifier"}
_WORD = re.compile(f"[{grammar.CHINESE}]")
_WORD_STARTS = re.compile(f"[{grammar.CHINESE}“《（(第每]")
_DIGIT = re.compile("[0-9０-９]")
# What makes a sentence without digits worth reading whole: a Chinese numeral that counts, a year, a direction that ends a clause.
_TELLING = re.compile(
    f"[{grammar.CHINESE}]{{2}}|[二三四五六七八九十百千万亿两](?=[成倍件人起名个次项家类种批位条部年月日季余多]|分之)|一(?=成|倍|半|季)|至少|零(?=[伤死事发案投上])"
    "|[今去]年|过去的?一年|半年|(?:增长|增加|上升|提高|提升|下降|减少|降低|回落|上涨|下滑|持平)[，。；、）)”]")
_AMOUNT_WORDS = frozenset(("zero", "fraction"))


def read_quantity(text: str, at: int, end: int, tokens: list[Token]) -> Token | None:
    """Read the number at ``at`` with its unit, and with the hedge that is the last token; what makes no amount is an ``other``."""
    found = quantities.match(text, at, end)
    if found is None:
        return None
    slip = quantities.end_of_slip(text, found)
    if slip:
        return Token("other", at, slip, {"type": "name"}, "no_number")
    before = tokens.pop() if tokens and tokens[-1].kind == "hedge" and tokens[-1].end == at else None
    quantity = quantities.read(text, found, before.meaning if before is not None else None, before.start if before is not None else at)
    return Token("quantity", quantity.start, quantity.end, quantity, "quantity")
