"""Words and written numbers, drawn at random from the grammar: what the extractor claims to read, said by somebody else.

Verbs, bases, hedges and units come from the grammar tables: the examples of a rule, and other members of its pattern.
The numbers are spelt here and not by the package, so that reading and writing share no code.
"""

from __future__ import annotations

import re
import re._constants as ops
import re._parser as sre
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random

from analysis.extract import grammar
from analysis.extract.numerals import written_out

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")

# Hedges that follow their number are read by the engine, not by a table.
AFTER = {"左右": "about", "上下": "about", "以上": "more_than", "以下": "less_than"}
# Spellings of one unit; the record has one of them.
SAME_UNIT = {"元人民币": "元", "％": "%", "﹪": "%", "百分点": "个百分点", "个小时": "小时"}
# Units that make a span of time, a date or an ordinal of any number (3年, 十四届), or that count places and sorts, not cases
# (31省市, 五类), are left to the case tables; so are 所 and 级, for 5所以上 can be cut in two ways, 5级以上 is a grade.
NOT_DRAWN = re.compile("个半|个多|[年日周秒时届岁所级]|昼夜|刻钟|[类种款省市县区州国城地强金银铜]|部委|^万")
TOP_AND_BOTTOM = ("面", "线", "路", "车", "船")  # 六十面上下, 三线上下: 上下 may belong to the noun
# A pattern takes more than people write (和比上年的相比), what takes no amount (由升转降), or what can be read two ways (比往年平均增长).
# What is drawn must look like this.
NATURAL = {
    "basis": re.compile(
        r"(?!.*(?:平均|同期同|均值同|[“”]|十[^一二三四]五|\d{4}(?!年)|前[^两三四五]年|前[^年]{2}年))"
        r"(?:同比(?:(?:去年|上年)(?:同期)?)?|环比|(?:比|较|相比|相较于?|相比于|对比)[^比较的]+|(?:与|和|同|跟)[^比较的]+(?:相比|比较|相较))"
    ),
    "change": re.compile(r"(?!提了?$)(?!.*(?:转|幅度|了了|出|为|达了|[提升涨]长$|达到了))[^“”+＋↑▲⬆↓▼⬇－−–—-]+"),
    "compare": re.compile(r"[^大].*|大"),
    "reach": re.compile(r"[^了]*(?<!成)"),
    "hedge": re.compile(r"(?!破).*"),  # 破 is a hedge before 万 and 亿 only: 破6亿, but 破6起 is six cases solved
}
# Hedges that stand before a level only: nobody writes 增突破.
BEFORE_LEVELS = re.compile("破|于|为|高达|^过$|出$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed, and what it says."""

    written: str
    value: Decimal | None
    unit: str | None
    hedge: str | None = None
    comparator: str | None = None


# --- words out of the grammar


@cache
def rules(table: str, kind: str) -> tuple[grammar.Rule, ...]:
    """Return the rules of one kind of one grammar table."""
    return tuple(rule for rule in grammar.load_table(table) if rule.meaning.get("kind") == kind)


def say(rule: grammar.Rule, draw: Random, year: int | None = None) -> str:
    """Return an example of a rule, or another phrase its pattern takes whole. ``year`` stands wherever the pattern wants one."""
    pattern = rule.pattern if year is None else rule.pattern.replace("<Y>", str(year))
    if year is None and (draw.random() < 0.4 or "[^" in pattern):  # anything but ...: the examples must do
        return draw.choice(rule.examples)
    parsed, compiled = _parsed(pattern)
    follow, natural = rule.follow or "下降5%", NATURAL.get(rule.meaning["kind"], _ANY)
    for _ in range(50):
        phrase = _member(parsed, draw)
        found = compiled.match(phrase + follow)
        if phrase and found and found.end() == len(phrase) and natural.fullmatch(phrase):
            return phrase
    return rule.examples[0] if year is None else f"比{year}年"


_ANY = re.compile(".*")


@cache
def _parsed(pattern: str):
    expanded = grammar.expand(pattern)
    return sre.parse(expanded), re.compile(expanded)


def _member(items, draw: Random) -> str:
    """Write one string that a parsed pattern matches; look-around is left to the caller's check."""
    return "".join(_member_of(op, value, draw) for op, value in items)


def _member_of(op, value, draw: Random) -> str:
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.IN:
        kind, what = draw.choice(value)
        return chr(what if kind is ops.LITERAL else draw.randint(*what))
    if op is ops.SUBPATTERN:
        return _member(value[-1], draw)
    if op is ops.BRANCH:
        return _member(draw.choice(value[1]), draw)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, most, repeated = value
        return "".join(_member(repeated, draw) for _ in range(draw.randint(least, min(int(most), least + 1))))
    if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return ""
    raise ValueError(f"no phrase can be drawn from {op}")


@cache
def units(family: str) -> tuple[str, ...]:
    """Return every spelling of a family of units that can end a clause."""
    families, pattern = grammar.units()
    ends = re.compile(f"(?:{pattern})(?=，)")
    return tuple(
        sorted(
            unit
            for unit, its in families.items()
            if its == family and not NOT_DRAWN.search(unit) and (found := ends.match(unit + "，")) and found.end() == len(unit)
        )
    )


# --- numbers


def spell(number: int) -> str:
    """Return a whole number in Chinese numerals.

    >>> spell(14200), spell(100_203), spell(13)
    ('一万四千二百', '十万零二百零三', '十三')
    """
    parts = []
    for magnitude, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, magnitude)
        if group:
            gap = "零" if parts and group < 1000 else ""
            parts.append(gap + _spell_group(group, bare_ten=not parts) + name)
    return "".join(parts) or "零"


def _spell_group(group: int, bare_ten: bool) -> str:
    """Spell 1..9999; a leading 一十 is 十 only where the number begins."""
    written, waiting = "", False
    for magnitude, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, group = divmod(group, magnitude)
        if digit:
            written += ("零" if waiting and written else "") + DIGITS[digit] + name
            waiting = False
        else:
            waiting = True
    return written[1:] if bare_ten and written.startswith("一十") else written


def spell_decimal(value: Decimal) -> str:
    """Return a decimal in Chinese numerals (12.07: 十二点零七)."""
    whole, _, fraction = f"{value:f}".partition(".")
    return spell(int(whole)) + ("点" + "".join(DIGITS[int(d)] for d in fraction) if fraction else "")


def write_digits(value: Decimal, draw: Random) -> str:
    """Print a number in digits: plain, full-width, with commas, or with the stray space that typesetting leaves."""
    plain = f"{value:f}"
    form = draw.random()
    if form < 0.15:
        return plain.translate(FULL_WIDTH)
    if form < 0.3:
        return f"{value:,f}"
    if form < 0.35 and "." in plain:
        return plain.replace(".", ". ")
    return plain


def whole_number(draw: Random, spelt: bool = True) -> tuple[str, Decimal]:
    """Draw a count and a way to print it: digits, digits with 万 or 亿, Chinese numerals (unless not ``spelt``)."""
    form = draw.random()
    if form < 0.5:
        value = Decimal(int(10 ** draw.uniform(0.4, 6.5)))
        return write_digits(value, draw), value
    if form < 0.75 or not spelt:
        places = draw.randint(0, 2)
        mantissa = Decimal(draw.randint(2, 99_999)).scaleb(-places)
        name, magnitude = draw.choice((("万", 10**4), ("亿", 10**8), ("百万", 10**6), ("千万", 10**7)))
        if name in ("百万", "千万"):
            mantissa = Decimal(draw.randint(2, 9))
        return write_digits(mantissa, draw) + name, mantissa * magnitude
    value = int(10 ** draw.uniform(1.1, 7))
    return spell(value), Decimal(value)


def quantity(draw: Random, family: str, unit: str | None = None, hedged: bool = True) -> Amount:
    """Draw a level of a family of units, with a hedge now and then. A unit may be asked for by name."""
    if family == "ratio":
        amount = draw.choice((percent, percent, share))(draw)
    else:
        unit = unit or draw.choice(units(family))
        written, value = whole_number(draw, spelt=unit[0] not in "百千万")  # 九十六千瓦时 nobody writes
        amount = Amount(written + unit, value, SAME_UNIT.get(unit, unit))
        if hedged and draw.random() < 0.1 and value >= 20 and "." not in written and "．" not in written:
            return replace(amount, written=written + draw.choice("余多") + unit, hedge="more_than")
    return hedge(draw, amount) if hedged and draw.random() < 0.3 else amount


def hedge(draw: Random, amount: Amount, of_change: bool = False) -> Amount:
    """Put a hedge before or after an amount; a level of vaguely more or less than half is no figure."""
    if amount.written == "一半" and not of_change:
        return amount
    if draw.random() < 0.4:
        word = draw.choice(sorted(AFTER))
        if word == "上下" and amount.unit in TOP_AND_BOTTOM:
            word = "左右"
        return replace(amount, written=amount.written + word, hedge=AFTER[word])
    rule = draw.choice([rule for rule in rules("hedges", "hedge") if "hedge" in rule.meaning])
    word = say(rule, draw)
    round_only = word == "破" and not re.search(r"\d[万亿]", amount.written)  # 破500万件, but 侦破208件
    if (of_change and BEFORE_LEVELS.search(word)) or round_only:
        return amount
    return replace(amount, written=word + amount.written, hedge=rule.meaning["hedge"])


def percent(draw: Random) -> Amount:
    """Draw a percentage: 25.44%, ２５．４４％, 百分之二十五点四四."""
    value = Decimal(draw.randint(1, 9999)).scaleb(-draw.randint(0, 2))
    if draw.random() < 0.2:
        return Amount("百分之" + spell_decimal(value), value, "%")
    return Amount(write_digits(value, draw).replace(",", "") + draw.choice("%％"), value, "%")


def share(draw: Random) -> Amount:
    """Draw a share in tenths, or a fraction, whose decimals may have no end: 三成, 3成, 三成半, 一半, 四分之三, 三分之一."""
    if draw.random() < 0.4:
        below = draw.choice((2, 3, 4, 5, 8, 10))
        above = draw.randint(1, below - 1)
        value, _ = written_out(Fraction(100 * above, below))
        return Amount("一半" if below == 2 else f"{spell(below)}分之{spell(above)}", value, "%")
    tenths = draw.randint(2, 9)
    if draw.random() < 0.1:
        return Amount(DIGITS[tenths] + "成半", Decimal(tenths * 10 + 5), "%")
    return Amount(draw.choice((DIGITS[tenths], str(tenths))) + "成", Decimal(tenths * 10), "%")


def points(draw: Random) -> Amount:
    """Draw percentage points: 2.3个百分点, 十三个百分点, 零点五个百分点."""
    value = Decimal(draw.randint(1, 300)).scaleb(-draw.randint(0, 1))
    if draw.random() < 0.3:
        return Amount(spell_decimal(value) + "个百分点", value, "个百分点")
    return Amount(write_digits(value, draw) + draw.choice(("个百分点", "个百分点", "百分点")), value, "个百分点")


def multiple(draw: Random) -> Amount:
    """Draw a multiple: 1.3倍, 两倍."""
    value = Decimal(draw.randint(2, 99)).scaleb(-draw.randint(0, 1))
    whole = value == value.to_integral_value()
    written = spell_decimal(value) if draw.random() < 0.3 else write_digits(value, draw)
    return Amount((written if not whole or written != "二" else "两") + "倍", value, "倍")
