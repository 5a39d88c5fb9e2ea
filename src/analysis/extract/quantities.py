"""Take a quantity apart: number, magnitude, unit, and the hedges around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ..lexicon.wordlists import meanings, words
from . import grammar, numerals

# What a rate moves by, and what is told in thousandths, with the same in hundredths.
POINTS = frozenset(("个百分点", "个千分点"))
THOUSANDTHS = meanings("thousandths")


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
    # the lower end of a range, which has no value: 20至30件
    low: Decimal | None = None
    # the value exactly, where its decimals have no end (三分之一: 100/3)
    exact: str | None = None


def in_percent(q: Quantity) -> Quantity:
    """An amount in thousandths (5‰, 0.5个千分点) in the hundredths that changes are told in; any other as it is."""
    if q.unit not in THOUSANDTHS:
        return q
    value, low, high, resolution = (part / 10 if part is not None else None for part in (q.value, q.low, q.high, q.resolution))
    return replace(q, value=value, low=low, high=high, resolution=resolution, unit=THOUSANDTHS[q.unit])


@cache
def _pattern() -> re.Pattern[str]:
    return grammar.compiled("quantity")


def match(text: str, at: int, end: int) -> re.Match[str] | None:
    """Match the number at ``at`` with its unit."""
    return _pattern().match(text, at, end)


def end_of_slip(text: str, found: re.Match[str]) -> int:
    """Return where a run of numerals ends that makes no amount (一二三, 3.1.2, 15,6), 0 for one that does."""
    end = found.end("number")
    torn = _end_of_torn(text, found.start(), end, found.endpos) if end > 0 else 0
    if torn:
        return torn
    if end < 0:
        return _end_of_spelled(text, found) if found["cn"] else 0
    if (none := _OF_NO_AMOUNT.match(text, found.start(), found.endpos)) is not None:
        return none.end()
    if text[end : end + 1] not in _POINTS:
        return 0
    if text[end] in _COMMAS and not _DECIMAL.isdisjoint(found["number"]):
        return 0  # 死亡率0.03，10万人死亡率1.2
    run = _RUN.match(text, end, found.endpos)
    return run.end() if run is not None else 0


def _end_of_torn(text: str, start: int, end: int, last: int) -> int:
    """Return where the pieces of a number end that something tears which cannot be read (12\\ufffd34, 1'234, 1.2E6, 12⅓), 0 for a whole one."""
    piece = _TORN.match(text, end, last)
    if piece is None:
        before = _TORN_BEFORE.match(text, start, last)
        return max(end, before.end()) if before is not None else 0
    while piece is not None:
        end, piece = piece.end(), _TORN.match(text, piece.end(), last)
    return end


def _end_of_spelled(text: str, found: re.Match[str]) -> int:
    """Return where Chinese numerals end that make no amount, with the figures they run on into (二0一), 0 for those that make one."""
    mixed = _MIXED.match(text, found.end("cn"), found.endpos) or _TORN_BEFORE.match(text, found.start(), found.endpos)
    if mixed is not None:
        return mixed.end()
    return found.end("cn") if _chinese(found["cn"], found["unit"]) is None else 0


def _chinese(written: str, unit: str | None) -> Decimal | None:
    counts = unit is not None and grammar.units()[0].get(unit) in _COUNTING
    return numerals.amount_in_chinese(written) if counts else numerals.parse_chinese(written)


_COUNTING = frozenset(("count", "measure", "money"))
_DECIMAL, _COMMAS = frozenset(".．"), frozenset(",，")
_POINTS = _DECIMAL | _COMMAS
# 0,123; 1.234,5
_OF_NO_AMOUNT = re.compile(r"(?=[0-9])(?:0,[0-9]{3}|[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]{1,2}(?![0-9]))(?:[.,]?[0-9])*")
_RUN, _TORN, _TORN_BEFORE, _MIXED = map(grammar.compiled, ("run_of_numbers", "torn_behind", "torn_before", "mixed_behind"))


def read(text: str, found: re.Match[str], hedge_before: Mapping | None = None, start: int | None = None) -> Quantity:
    """Return the quantity of a match; ``hedge_before`` is the meaning of a hedge that stands before it, from ``start``."""
    groups = found.groups()
    value: Decimal | None
    value, resolution, unit = _amount(*groups)
    percent, _, _, _, tenths_more, number, mid, magnitude, _, _, cn, cn_mid, _, more, _, _, unit_more, tail = groups
    hedge = "more_than" if mid or cn_mid or more or unit_more or tenths_more else None
    comparator = low = high = limit = None
    end = found.end()
    if tail:
        hedge, comparator = _TAILS[tail]
    if hedge_before is not None:
        hedge = hedge_before.get("hedge") or hedge
        comparator = hedge_before.get("comparator") or comparator
        limit = hedge_before.get("limit")
    if text[end : end + 1] in _DASHES and (number or percent or (cn and unit)):
        second = _pattern().match(text, end + 1)
        other = _amount(*second.groups()) if second is not None and (second["number"] or second["percent"] or (cn and second["cn"])) else None
        if second is not None and other is not None and (unit is None or unit == other[-1]):
            high, resolution, unit = other
            low = value * numerals.MAGNITUDES[second["magnitude"]] if second["magnitude"] and not found["magnitude"] else value  # 2-3万起
            value, end = None, second.end()
    if number == _ONE and unit is None and (against := _against_one(text, found.start(), end)) is not None:
        value, resolution, end = numerals.parse_digits(against["number"]), numerals.step(numerals.parse_digits(against["number"])), against.end()
    family = grammar.units()[0].get(unit) if unit is not None else None
    return Quantity(
        found.start() if start is None else start,
        end,
        value,
        high,
        unit,
        family,
        hedge,
        comparator,
        resolution,
        cn is not None,
        found.end("cn") if cn else found.end(),
        magnitude is not None,
        tail in _BOUNDS,
        limit,
        low=low,
    )


def _against_one(text: str, start: int, end: int) -> re.Match[str] | None:
    """What is set against the 1 of a ratio behind the word for one, and is its value: 案件比1:1.21; None for another 1."""
    is_ratio = text[end : end + 1] in _COLONS and _RATIO.search(text, max(0, start - _BEFORE_A_RATIO), start) is not None
    found = _pattern().match(text, end + 1) if is_ratio else None
    return found if found is not None and found["number"] and not found["unit"] and not found["magnitude"] else None


_ONE, _COLONS, _BEFORE_A_RATIO, _RATIO = "1", frozenset(":："), 8, grammar.compiled("word_for_a_ratio")
_DASHES = frozenset("-—–～~－至到")
_TAILS = meanings("behind_a_quantity")
_BOUNDS, _RATE, _ALL = words("bounds_a_number"), words("rates_and_shares")[0], words("each")


def read_word(text: str, at: int, end: int, kind: str, hedge_before: Mapping | None, start: int) -> Quantity:
    """Read an amount that is a word: 零 before 伤亡 (kind zero), 三分之一 or 一半 (kind fraction), 翻两番 (kind doubling), 减半 (kind halved)."""
    if kind == "zero":
        rate = text[at - 2 - (text[at - 2 : at - 1] in _ALL) : at][:1] == _RATE  # 再犯罪率为零, 再犯罪率均为零
        return Quantity(at, end, Decimal(0), None, "%" if rate else None, "ratio" if rate else "count", None, None, Decimal(1), True, end)
    found = _WORD.fullmatch(text, at, end)
    word, tail = found.groups() if found is not None else (text[at:end], None)
    hedge, comparator = _TAILS.get(tail, ("more_than", None)) if tail else (None, None)
    said = hedge_before or {}
    hedge = hedge or next((_INNER[character] for character in word if character in _INNER), None)
    exact = None
    value: Decimal | None
    if kind == "doubling":
        unit, value = "番", numerals.parse_doubling(word)
    elif kind == "halved":
        unit, value = "%", _HALF
    else:
        unit, share = "%", numerals.parse_fraction(word)
        value, exact = numerals.written_out(share) if share is not None else (None, None)
    return Quantity(
        start,
        end,
        value,
        None,
        unit,
        "ratio",
        said.get("hedge") or hedge,
        said.get("comparator") or comparator,
        numerals.step(value) if exact and value is not None else None,
        True,
        end,
        limit=said.get("limit"),
        exact=exact,
    )


_HALF = Decimal(50)
_WORD = grammar.compiled("tail_of_a_word")
_INNER = meanings("inside_an_amount_in_words")


def _amount(
    percent,
    permille,
    tenths,
    tenth,
    tenths_more,
    number,
    mid,
    magnitude,
    further,
    rest,
    cn,
    cn_mid,
    cn_scale,
    more,
    again,
    unit,
    unit_more,
    tail,
) -> tuple[Decimal, Decimal, str | None]:
    """Value, size of the last printed digit, and unit of a matched quantity: the groups of the pattern, in its order."""
    if number:
        value, step = numerals.read_digits(number, magnitude)
        if again and not (further and magnitude in _MYRIADS):  # 3万多亿, 3千5百万; not 1亿3千多万
            value, step = value * numerals.MAGNITUDES[again], step * numerals.MAGNITUDES[again]
        if further:  # 2万5千, 9亿8,214万7千
            added, step = numerals.read_further(further, again)
            value += added
        if rest:  # 2万2,807, 3万0420
            value, step = value + numerals.parse_digits(rest), Decimal(1)
        if unit in _HALVES:
            return value + Decimal("0.5"), Decimal("0.5"), _HALVES[unit]
        return value, step, _SAME.get(unit, unit)
    if cn:
        scale, beyond = numerals.MAGNITUDES[cn_scale or ""], numerals.MAGNITUDES[again or ""]  # 三十多万, 十一点七亿, 三千多万亿
        factor = scale * beyond
        if factor > 1 and "点" in cn:
            value = numerals.in_full((_chinese(cn, unit) or Decimal(0)) * factor)
        else:  # 一亿三千五百多万: 万 is of what stands behind 亿 alone
            value = (_chinese(cn + (cn_scale or ""), unit) or Decimal(0)) * beyond
        return value, numerals.step_of_chinese(cn) * factor, _SAME.get(unit, unit)
    if tenths:
        more = 0 if tenth is None else 5 if tenth == "半" else numerals.parse_either(tenth)  # 一成半, 两成三
        return (numerals.parse_either(tenths) or Decimal(0)) * 10 + more, Decimal({None: 10, "半": 5}.get(tenth, 1)), "%"
    value = numerals.parse_either(percent or permille) or Decimal(0)
    return value, numerals.step(value), "%" if percent else "‰"


def take_label_unit(text: str, start: int, q: Quantity) -> None:
    """Give a number the unit that its label prints in brackets: 立案数（起）：135; ``start`` is where its sentence begins."""
    found = _label().search(text, max(start, q.start - 12), q.start)
    if found is None or text[q.end : q.end + 1] not in _AFTER_LABELLED:
        return
    scale = numerals.MAGNITUDES[found["scale"] or ""]
    q.unit, q.family = _SAME.get(found["unit"], found["unit"]), grammar.units()[0].get(found["unit"])
    q.value, q.low, q.high, q.resolution = (part * scale if part is not None else None for part in (q.value, q.low, q.high, q.resolution))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?<=[一-鿿])[（(](?P<scale>万亿|[百千]?[万亿])?(?P<unit>{grammar.units()[1]})[）)][：:]?[ 　]*$")


_AFTER_LABELLED = frozenset("，,。；;、 　\t\r\n") | {""}
_HALVES = meanings("units_and_a_half")
_MYRIADS = meanings("myriads")
_SAME = meanings("units_written_otherwise")
