"""Find what matters in a stretch of text: quantities, verbs of change, bases, periods, and numbers that are no statistic.

One pass, left to right. A character that can begin a token is looked up in the compiled grammar; what
no rule takes and begins with a numeral is read as a quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from .. import keeping
from ..lexicon.wordlists import words
from . import grammar, quantities
from .grammar.prefixes import any_of

SEPARATORS = frozenset("，,；;：:。！？!?（）()、\n")


@dataclass(slots=True)
class Token:
    """A span of the text with its kind; ``meaning`` is the grammar entry's, or a Quantity."""

    kind: str
    start: int
    end: int
    meaning: Any
    rule: str


_CHINESE = grammar.signs("CHINESE")
DIGITS = frozenset("0123456789０１２３４５６７８９")
NUMERALS = DIGITS | frozenset(_CHINESE)


def find_tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]`` in order, without overlaps."""
    if _TELLING.search(text, start, end) is None:
        return _find_words(text, start, end) if _WORD.search(text, start, end) is not None else []
    rules = grammar.dispatch().get
    tokens: list[Token] = []
    take, search = tokens.append, _beginnings().search
    found = search(text, start, end)
    while found is not None:
        at, position = found.span()
        what = found.lastindex
        if what == _SEPARATOR:
            take(Token("separator", at, position, text[at], ""))
        else:
            chosen = rules("0" + text[position : position + 1]) if what == _NUMBER else rules(text[at : at + 2])
            if what is None and chosen is None:
                chosen = rules(text[at])
            token = _by_rule(chosen, text, at, end, tokens) if chosen is not None else None
            if token is None and what != _PAIR:
                character = text[at]
                if character in NUMERALS:
                    token = read_quantity(text, at, end, tokens)
                elif character in SEPARATORS:
                    token = Token("separator", at, at + 1, character, "")
            if token is not None:
                take(token)
                position = token.end
        found = search(text, position, end)
    return tokens


def _by_rule(chosen: Iterable[grammar.Scanned], text: str, at: int, end: int, tokens: list[Token]) -> Token | None:
    """Return what the first of some rules that matches at ``at`` makes of it; an amount takes the hedge that is the last token."""
    for scanned in chosen:
        found = scanned.match(text, at, end)
        if found is not None:
            if scanned.kind in _AMOUNT_WORDS:
                quantity = quantities.read_word(text, at, found.end(), scanned.kind, *_hedge_before(tokens, at))
                return Token("quantity", quantity.start, quantity.end, quantity, scanned.name)
            return Token(scanned.kind, at, found.end(), scanned.meaning, scanned.name)
    return None


@cache
def _beginnings() -> re.Pattern[str]:
    """Where a token can begin: at one of some characters, or at one of others if a second character of some token follows.

    The group that matched says which: a separator that no rule can begin with, a number, a pair of characters; none for
    one character. One class stands first, so that a search can skip to it.
    """
    beginnings = set(grammar.dispatch())
    alone = {beginning for beginning in beginnings if len(beginning) == 1} | SEPARATORS | NUMERALS
    plain = SEPARATORS - {beginning[0] for beginning in beginnings}
    pairs = {beginning for beginning in beginnings if beginning[0] not in alone}
    firsts = {pair[0] for pair in pairs}
    return keeping.pattern(
        f"{any_of(alone | firsts)}(?:(?<={any_of(plain)})()|(?<={any_of(DIGITS)})({_REST_OF_NUMBER})"
        f"|(?<={any_of(firsts)})(?={any_of(pair[1] for pair in pairs)})()|(?<={any_of(alone - plain - DIGITS)}))"
    )


_SEPARATOR, _NUMBER, _PAIR = 1, 2, 3


# What follows the first figure of a number, up to the character that tells what it may be (but 2018.7.16, 2.8月 and 2.2018年 only
# up to the first point).
_REST_OF_NUMBER = r"[0-9０-９]*(?:[.．](?![0-9０-９]{4}年)[0-9０-９]+(?![0-9０-９月]|[.．][0-9０-９]))?"


def _find_words(text: str, start: int, end: int) -> list[Token]:
    """Return the numbers of a sentence that holds no figure: idioms, slogans and list markers in Chinese numerals."""
    rules = grammar.dispatch()
    tokens: list[Token] = []
    position = start
    for match in _WORD_STARTS.finditer(text, start, end):
        at = match.start()
        if at < position:
            continue
        token = _by_rule(rules.get(text[at : at + 2]) or rules.get(text[at]) or (), text, at, end, tokens)
        if token is not None and token.kind != "quantity" and "type" in token.meaning:
            tokens.append(Token("other", at, token.end, token.meaning, token.rule))
            position = token.end
        elif text[at] in NUMERALS:
            tokens.append(Token("other", at, at + 1, _QUANTIFIER, "quantifier"))
    return tokens


_QUANTIFIER = {"type": "quantifier"}
_WORD = re.compile(f"[{_CHINESE}]")
_WORD_STARTS = re.compile(f"[{_CHINESE}“《（(第每]")
_TELLING = grammar.searchable(grammar.pattern("telling"))
_AMOUNT_WORDS = frozenset(("zero", "fraction", "doubling", "halved"))


def read_quantity(text: str, at: int, end: int, tokens: list[Token]) -> Token | None:
    """Read the number at ``at`` with its unit, and with the hedge that is the last token; what makes no amount is an ``other``."""
    found = quantities.match(text, at, end)
    if found is None:
        return None
    slip = quantities.end_of_slip(text, found)
    if slip:
        return Token("other", at, slip, {"type": "name"}, "no_number")
    if _is_mark(text, found, tokens):
        return Token("other", at, found.end("number"), {"type": "reference"}, "footnote")
    quantity = quantities.read(text, found, *_hedge_before(tokens, at))
    minus = text[at - 1 : at] in MINUS or text[at - 2 : at] in _BELOW_NOUGHT
    if minus and quantity.start == at and quantity.value is not None and _is_negative(text, quantity, tokens):
        quantity.start, quantity.value = at - 1, -quantity.value
    return Token("quantity", quantity.start, quantity.end, quantity, "quantity")


def _is_mark(text: str, found: re.Match[str], tokens: list[Token]) -> bool:
    """Whether a number is the mark of a footnote, which stands behind a unit without anything between: 立案1304起1，同比下降5.6%2。"""
    last = tokens[-1] if tokens else None
    if last is None or last.kind != "quantity" or last.end != found.start() or last.meaning.unit is None:
        return False
    return _MARK.fullmatch(found[0]) is not None and text[found.end() : found.end() + 1] in _AFTER_A_MARK


_MARK = re.compile("[1-9１-９][0-9０-９]?[ 　]?")
_AFTER_A_MARK = frozenset("，,。；;：:、）)！!？?\r\n ") | {""}
MINUS = frozenset("-－−–")
_BELOW_NOUGHT = frozenset(words("below_nought"))


def _is_negative(text: str, quantity: quantities.Quantity, tokens: list[Token]) -> bool:
    """Whether a minus makes a level negative (非税收入-3.4亿元): nothing is counted below nought, and after a verb of change it turns the change."""
    before = text[quantity.start - 2 : quantity.start - 1]
    if quantity.value is None or quantity.family not in ("money", "ratio", "measure") or not "一" <= before <= "鿿":
        return False
    for token in reversed(tokens):
        if token.kind == "separator":
            break
        if token.kind in _MOVING or token.end == quantity.start - 1:
            return False
    return True


_MOVING = frozenset(("change", "rate", "reach", "compare", "basis"))


def _hedge_before(tokens: list[Token], at: int) -> tuple[Mapping | None, int]:
    """Take the hedge that ends at ``at`` off the tokens; return its meaning, and where the amount begins with it."""
    if not tokens or tokens[-1].kind != "hedge" or tokens[-1].end != at:
        return None, at
    hedge = tokens.pop()
    return hedge.meaning, hedge.start
