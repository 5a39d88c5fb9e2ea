"""Find what matters in a stretch of text: quantities, verbs of change, bases, periods, and numbers that are no statistic.

One pass, left to right. A character that can begin a token is looked up in the compiled grammar; what
no rule takes and begins with a numeral is read as a quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from . import grammar, numerals

SEPARATORS = frozenset("，,；;：:。！？!?（）()、\n")
WORDS = {"分别": "each", "其中": "of_which"}


@dataclass(slots=True)
class Quantity:
    """A number with its unit, as printed."""

    start: int
    end: int
    value: Decimal | None
    high: Decimal | None
    unit: str | None
    family: str | None
    hedge: str | None
    comparator: str | None
    resolution: Decimal | None
    chinese: bool
    number_end: int
    scaled: bool = False
    threshold: bool = False
    limit: str | None = None


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


@cache
def _quantity_pattern() -> re.Pattern[str]:
    d, c = grammar.MACROS["<D>"], grammar.MACROS["<C>"]
    digits = rf"{d}{{1,3}}(?:,{d}{{3}})+(?:[.．] ?{d}+)?|{d}{{1,3}}(?:，[０-９]{{3}})+(?![０-９])|{d}+(?:[.．] ?{d}+)?"
    units = grammar.units()[1]
    return re.compile(
        rf"(?:百分之(?P<percent>{digits}|{c}+(?:点[零〇○一二三四五六七八九]+)?)|千分之(?P<permille>{digits}|{c}+(?:点[零〇○一二三四五六七八九]+)?)"
        rf"|(?P<tenths>[一二三四五六七八九两])成(?P<tenths_more>多|以上)?(?![为立员果绩熟本效长功就分品都交份年人套片群])"
        rf"|(?P<number>{digits})(?P<mid>[余多几])? ?(?P<magnitude>万亿|[百千十]?万|[百千十]?亿|千(?!米|克|瓦|伏|卡)|百(?=余|多|万))?(?:(?P<second>{d}{{1,4}})(?P<secondscale>千(?!米|克|瓦|伏|卡)|百|万))?"
        rf"|(?P<cn>{c}+(?:点[零〇○一二三四五六七八九]+)?)(?:(?P<cnmid>[余多几])(?P<cnmag>万亿|万|亿))?)"
        rf"(?P<more>余|多|几|来(?=个|名|人|件|岁|年|万))?(?P<again>[万亿](?!吨级))?"
        rf"[ 　]?(?P<unit>{units})?(?P<unitmore>多|余)?(?P<tail>以上|以下|以内|左右|上下|之内|之多)?")


def find_tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]`` in order, without overlaps."""
    if _TELLING.search(text, start, end) is None:
        return _find_words(text, start, end) if _WORD.search(text, start, end) is not None else []
    rules, dispatch = grammar.load_rules(), grammar.dispatch()
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
        if character in DIGITS and text[at - 1:at] not in _BOUND and _ASKED.match(text, at, end) is None:
            token = read_quantity(text, at, end, tokens)
            tokens.append(token)
            position = token.end
            continue
        pair = text[at:at + 2]
        pattern = dispatch.get(pair) or dispatch.get(character)
        token = None
        if pattern is not None and (found := pattern.match(text, at, end)) is not None:
            rule = rules[found.lastgroup]
            kind = rule.meaning["kind"]
            if kind in _AMOUNT_WORDS:
                token = _amount_word(text, at, found.end(), rule)
            else:
                token = Token(kind, at, found.end(), rule.meaning, rule.name)
        elif character in NUMERALS:
            token = read_quantity(text, at, end, tokens)
        elif character in SEPARATORS:
            token = Token("separator", at, at + 1, character, "")
        elif (word := pair) in WORDS or (word := character) in WORDS:
            token = Token(WORDS[word], at, at + len(word), None, "")
        if token is not None:
            tokens.append(token)
            position = token.end
    return tokens


@cache
def _starters() -> re.Pattern[str]:
    """Where a token can begin: at one of some characters, or at one of others if a second character of some token follows."""
    beginnings = set(grammar.dispatch()) | {word[:2] for word in WORDS}
    alone = {beginning for beginning in beginnings if len(beginning) == 1} | SEPARATORS | NUMERALS
    pairs = {beginning for beginning in beginnings if beginning[0] not in alone}
    return re.compile(f"{_any_of(alone)}|{_any_of(pair[0] for pair in pairs)}(?={_any_of(pair[1] for pair in pairs)})")


def _any_of(characters: Iterable[str]) -> str:
    return "[" + re.escape("".join(sorted(set(characters)))) + "]"


# Digits before one of these may be a date, an age or a name, and the rules must be asked; before anything else they count.
_ASKED = re.compile(
    r"(?:12[0-9]{3}|9611[0-9]|1[12][0-9])(?![0-9.．])|[0-9０-９]++(?:[.．][0-9０-９]++)?+[余多几]?+[百千万亿]?+"
    r"(?=[年月日号时点岁周天秒:：/.．,，\-—–－~～至到、+×xX*a-zA-ZＡ-Ｚａ-ｚ届季版]|个(?:[半多]?月|季|小时|星|年|工作)|次[会全]|[吨米伏座]级|千伏级|小时|分钟|中全|分之|$)")
_BOUND = frozenset("这那该此第每+.．-—–～~至到、ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
# Separators no rule can begin with.
_PLAIN = frozenset("，,；;：:。！？!?）)、\n")
def _find_words(text: str, start: int, end: int) -> list[Token]:
    """Return the numbers of a sentence that holds no figure: idioms, slogans and list markers in Chinese numerals."""
    rules, dispatch = grammar.load_rules(), grammar.dispatch()
    tokens: list[Token] = []
    position = start
    for match in _WORD_STARTS.finditer(text, start, end):
        at = match.start()
        if at < position:
            continue
        pattern = dispatch.get(text[at:at + 2]) or dispatch.get(text[at])
        found = pattern.match(text, at, end) if pattern is not None else None
        if found is not None and "type" in (meaning := rules[found.lastgroup].meaning):
            tokens.append(Token("other", at, found.end(), meaning, found.lastgroup))
            position = found.end()
        elif text[at] in NUMERALS:
            tokens.append(Token("other", at, at + 1, _QUANTIFIER, "quantifier"))
    return tokens


_QUANTIFIER = {"type": "quantifier"}
_WORD = re.compile(f"[{grammar.CHINESE}]")
_WORD_STARTS = re.compile(f"[{grammar.CHINESE}“《（(第每]")
# What makes a sentence worth reading whole: digits, a Chinese numeral that counts, a year, a direction that ends a clause.
_TELLING = re.compile(
    f"[0-9０-９]|[{grammar.CHINESE}]{{2}}|[二三四五六七八九十百千万亿两](?=[成倍件人起名个次项家类种批位条部年月日季余多]|分之)|一(?=成|倍|半|季)|至少|零(?=[伤死事发案投上])"
    "|[今去]年|半年|(?:增长|增加|上升|提高|提升|下降|减少|降低|回落|上涨|下滑|持平)[，。；、）)”]")
_AMOUNT_WORDS = frozenset(("zero", "fraction"))


def _amount_word(text: str, at: int, end: int, rule: grammar.Rule) -> Token:
    """Read an amount that is a word: 零 before 伤亡, 三分之一."""
    kind = rule.meaning["kind"]
    if kind == "zero":
        return Token("quantity", at, end, Quantity(at, end, Decimal(0), None, None, "count", None, None, Decimal(1), True, end), rule.name)
    value = numerals.parse_fraction(text[at:end].rstrip("多强"))
    hedge = "more_than" if text[end - 1] in "多强" else None
    return Token("quantity", at, end, Quantity(at, end, value, None, "%", "ratio", hedge, None, None, True, end), rule.name)


def read_quantity(text: str, at: int, end: int, tokens: list[Token]) -> Token | None:
    """Read the number at ``at`` with its unit and hedges; a number that makes no amount is a ``word``."""
    found = _quantity_pattern().match(text, at, end)
    if found is None:
        return None
    if found.group("cn"):
        value = numerals.parse_chinese(found["cn"])
        if value is None:
            return Token("other", at, found.end("cn"), {"type": "name"}, "digits in a row")
    elif found["number"] and text[found.end("number"):found.end("number") + 1] in _POINTS and (run := _RUN.match(text, at, end)) and run.end() > found.end("number"):
        return Token("other", at, run.end(), {"type": "name"}, "no number")  # 3.1.2, 15,6: a section, a list, a slip
    quantity = _assemble(text, found, tokens)
    return Token("quantity", quantity.start, quantity.end, quantity, "quantity")


def _assemble(text, found, tokens) -> Quantity:
    value, resolution, unit = _amount(found)
    start, end = found.start(), found.end()
    hedge = comparator = high = limit = None
    if found["more"] or found["mid"] or found["cnmid"] or found["unitmore"] or found["tenths_more"]:
        hedge = "more_than"
    if found["tail"]:
        hedge, comparator = _TAILS[found["tail"]]
    if tokens and tokens[-1].kind == "hedge" and tokens[-1].end == start:
        before = tokens.pop()
        start = before.start
        hedge = before.meaning.get("hedge") or hedge
        comparator = before.meaning.get("comparator") or comparator
        limit = before.meaning.get("limit") or limit
    if text[end:end + 1] in _DASHES and (found["number"] or found["percent"]):
        second = _quantity_pattern().match(text, end + 1)
        if second is not None and (second["number"] or second["percent"]) and (unit is None or unit == second["unit"]):
            high, resolution, unit = _amount(second)
            value, end = None, second.end()
    family = "ratio" if unit in ("%", "‰") else grammar.units()[0].get(unit) if unit else None
    return Quantity(start, end, value, high, unit, family, hedge, comparator, resolution, bool(found["cn"]),
                    found.end("cn") if found["cn"] else found.end(), bool(found["magnitude"]), found["tail"] in ("以上", "以下"), limit)


_POINTS = frozenset(".．,，")
_RUN = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
_DASHES = frozenset("-—–～~－至到")
_TAILS = {"以上": ("more_than", ">="), "以下": ("less_than", "<="), "以内": (None, "<="), "之内": (None, "<="),
          "左右": ("about", None), "上下": ("about", None), "之多": (None, None)}


def _amount(found):
    """Value, size of the last digit, and unit of a matched quantity."""
    unit = found["unit"]
    if found["percent"] or found["permille"]:
        written = found["percent"] or found["permille"]
        value = _any(written)
        return value, numerals.step(value, 1), "%" if found["percent"] else "‰"
    if found["tenths"]:
        return numerals.parse_chinese(found["tenths"]) * 10, Decimal(10), "%"
    if found["cn"]:
        value = numerals.parse_chinese(found["cn"])
        scale = numerals.MAGNITUDES[found["cnmag"] or ""]
        return value * scale, _chinese_step(found["cn"], value) * scale, _plain(unit)
    printed = numerals.parse_digits(found["number"])
    scale = numerals.MAGNITUDES[found["magnitude"] or ""]
    value, step = printed * scale, numerals.step(printed, scale)
    if found["second"]:  # 2万5千, 1亿3千多万
        small = numerals.MAGNITUDES[found["secondscale"]] * numerals.MAGNITUDES[found["again"] or ""]
        value, step = value + numerals.parse_digits(found["second"]) * small, Decimal(small)
    elif found["again"]:  # 3万多亿
        value, step = value * numerals.MAGNITUDES[found["again"]], step * numerals.MAGNITUDES[found["again"]]
    if scale > 1 and value == value.to_integral_value():
        value = value.to_integral_value()
    if unit in ("个半小时", "个半月"):
        return value + Decimal("0.5"), Decimal("0.5"), unit[2:] if unit == "个半小时" else "个月"
    return value, step, _plain(unit)


def _any(written: str) -> Decimal:
    return numerals.parse_digits(written) if written[0] in "0123456789０１２３４５６７８９" else (numerals.parse_chinese(written) or Decimal(0))


def _chinese_step(written: str, value: Decimal) -> Decimal:
    if "点" in written:
        return numerals.step(value, 1)
    last = written[-1]
    return Decimal({"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}.get(last, 1))


def _plain(unit: str | None) -> str | None:
    return {"元人民币": "元", "％": "%", "﹪": "%", "百分点": "个百分点", "个小时": "小时"}.get(unit, unit)
