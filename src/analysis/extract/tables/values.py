"""What a cell holds: a number with its sign, unit and footnote marks; a mark that there is none; or words."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from ... import keeping
from ...documents.tables import Cell
from ...documents.tables.counted import LEADERS
from ...lexicon import changes, units, wordlists
from .. import grammar
from ..marks import NOTE
from .words import is_kind

# A footnote's mark behind a figure or a name.
MARKS = rf"(?:[*＊※]|{NOTE}|[（(][prPR][）)]|注\d{{1,2}}$)"
LONGEST = 200  # characters of a cell that prints figures; beyond, looking for them costs more than in proportion
FOOTNOTES = keeping.pattern(rf"(?<!\s)\s*{MARKS}+\s*$")
_DIGITS = (
    r"[\d０-９]{1,3}(?:[,，][ \u00a0]?[\d０-９]{3})+(?:[.．] ?[\d０-９]+)?|[\d０-９]{1,3}(?:[ \u00a0\u2009\u202f][\d０-９]{3})+(?:[.．][\d０-９]+)?"
    r"|[\d０-９]+(?:[.．][\d０-９]+)?(?:[eE][+\-−]?\d{1,2})?|[.．][\d０-９]+"
)
_DOWN = frozenset("-−－–—﹣↓▼▽⬇") | {*changes.words("verb", "down"), *changes.words("short", "down"), *changes.words("compare", "down")}
SIGNS = "+＋-−－–—﹣"
_SIGN = rf"[{re.escape(SIGNS)}{changes.ARROWS}]|{changes.alternation('verb')}|{changes.alternation('short')}"
NUMBER = keeping.pattern(
    rf"\s*(?:(?P<before>{_SIGN}|[（(][+＋\-−－–][)）])\s*)?(?:(?P<bracket>[（(])\s*)?(?P<sign>[+\-−－﹣])?(?P<digits>{_DIGITS})(?:\s*(?P<unit>[^\d０-９\s\W①-⑳⓪❶-❿⑴-⑽¹²³⁰⁴-⁹][^\d０-９\s①-⑳⓪❶-❿⑴-⑽¹²³⁰⁴-⁹*＊※†‡§）){changes.ARROWS}\[［【〔]{{0,7}}|[%％﹪‰]|个?百分点))?"
    rf"(?:\s*(?P<close>[)）]))?(?:\s*(?P<after>[{changes.ARROWS}]))?(?:\s*{MARKS})*\s*"
)
_PAIR = re.compile(r"(?P<first>[^()（）]+?)\s*[（(]\s*(?P<second>[^()（）]+?)\s*[)）]\s*")
_BASES = (
    ("yoy", grammar.compiled("head_of_a_change_on_the_year_before")),
    ("previous_period", grammar.compiled("head_of_a_change_on_the_period_before")),
)
_BOUNDS = tuple(
    (grammar.load_rules()[name].meaning["comparator"], grammar.compiled(name)) for name in ("at_least", "at_most", "greater_sign", "less_sign")
)
COUNTS_CASES = units.listed_as("cases")
FLAT = grammar.compiled("no_change_cell")
_REMARKED = grammar.compiled("figure_with_a_remark")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，−－﹣", "0123456789.,---", " \u00a0\u2009\u202f")
MULTIPLES = wordlists.meanings("ten") | wordlists.meanings("hundreds") | wordlists.meanings("myriads")
_SAME = wordlists.meanings("units_written_otherwise")
_YUAN, _MONEY = ("￥", "¥"), "元"
YEAR, MONTH = "年", "月"
Row = list[Cell | None]
_UNIT, _TIMES = "单位", (YEAR, MONTH, "日")


class Unit(NamedTuple):
    """A unit, the 万 or 亿 it is printed with, its family (count, money, ratio ...), and the hedge in it (万余件)."""

    name: str
    multiple: int
    family: str
    hedge: str | None = None


class Value(NamedTuple):
    """The number of a cell: its amount with sign, the size of its last digit, its own unit, and where its figure stands in the cell."""

    amount: Decimal
    resolution: Decimal
    unit: Unit | None
    start: int
    end: int
    bracketed: bool
    signed: bool
    # what a change in the cell says it is on (同比↓7.8%)
    basis: str = ""
    # that the cell bounds it (≤12%): >=, <=, > or <
    comparator: str = ""
    # that it prints 万 or 亿 and no unit behind it, so that a 万 in its head is said again (16万 under 万起)
    multiplied: bool = False

    @property
    def year(self) -> int | None:
        """The year it could be: four digits between 1900 and 2100, without anything else."""
        whole = self.unit is None and not self.signed and self.resolution == 1
        return int(self.amount) if whole and 1900 <= self.amount <= 2100 and self.end - self.start == 4 else None


@lru_cache(maxsize=1 << 16)
def read_value(words: str) -> Value | None:
    """The number that a cell's words are, None where they are none.

    >>> read_value("1,234").amount, read_value("3.4E+03").amount, read_value("↓12.5%").amount, read_value("12①").amount, read_value("12a")
    (Decimal('1234'), Decimal('3400'), Decimal('-12.5'), Decimal('12'), None)
    >>> read_value("同比↓7.8%").basis, read_value("同比312")
    ('yoy', None)
    >>> read_value("≤12%").comparator, read_value("不低于95%").comparator, read_value("＜5例").comparator, read_value("≥60岁")
    ('<=', '>=', '<', None)
    """
    for basis, shape in _BASES:
        if (said := shape.match(words)) is not None:
            at, moved = said.end(), _read_value(words[said.end() :])
            return moved._replace(start=moved.start + at, end=moved.end + at, basis=basis) if moved is not None and moved.signed else None
    for comparator, shape in _BOUNDS:
        if (said := shape.match(words)) is not None:
            at, bound = said.end(), _read_value(words[said.end() :])
            return bound._replace(end=bound.end + at, comparator=comparator) if bound is not None and _is_bounded(bound) else None
    if words[:1] in _YUAN and (money := _read_value(words[1:])) is not None and money.unit is None:
        return money._replace(start=money.start + 1, end=money.end + 1, unit=read_unit(_MONEY))
    return _read_value(words)


def _is_bounded(bound: Value) -> bool:
    """Whether a figure behind a bound may be a target, and no size or age that a label names (≥60岁)."""
    return not bound.signed and bound.unit is not None and (bound.unit.family == "ratio" or bound.unit.name in COUNTS_CASES)


def _read_value(words: str) -> Value | None:
    found = NUMBER.fullmatch(words)
    if found is None or (found["bracket"] is None) != (found["close"] is None):
        return None
    unit, multiple = None, 1
    if found["unit"]:
        unit, multiple = read_unit(found["unit"]), MULTIPLES.get(found["unit"], 1)  # 2.7万 of what the head names
        if unit is None and multiple == 1:
            return None
    try:
        printed = Decimal(found["digits"].translate(_HALF_WIDTH).replace(",", ""))
    except InvalidOperation:
        return None
    step = Decimal((0, (1,), int(printed.as_tuple().exponent)))
    amount, step = scaled(plain(printed), multiple), scaled(plain(step), multiple)
    signs = [sign.strip("()（）") for sign in (found["before"], found["sign"], found["after"]) if sign]
    if any(sign in _DOWN for sign in signs):
        amount = -amount
    elif found["bracket"] and not signs:
        amount = -amount
    start = (
        found.start("before")
        if found["before"]
        else found.start("bracket")
        if found["bracket"]
        else found.start("sign")
        if found["sign"]
        else found.start("digits")
    )
    end = max(found.end(name) for name in ("digits", "unit", "close", "after"))
    return Value(amount, step, unit, start, end, found["bracket"] is not None, bool(signs), multiplied=multiple > 1)


def pair_in(words: str) -> re.Match[str] | None:
    """The two things that a cell or head says, the second in brackets: 312人（-4.6%）."""
    return _PAIR.fullmatch(words) if len(words) <= LONGEST else None


def is_pair(words: str) -> bool:
    """Whether a cell prints two figures, the second in brackets: 312人（-4.6%）; not two years.

    >>> is_pair("312人（-4.6%）"), is_pair("2019（2018）"), is_pair("盗窃（3）")
    (True, False, False)
    """
    found = pair_in(words)
    first = read_value(found["first"]) if found is not None else None
    return found is not None and first is not None and first.year is None and read_value(found["second"]) is not None


def unchanged(words: str) -> Value | None:
    """The value of a cell of changes that says only that nothing changed (持平); None for any other."""
    return Value(Decimal(0), Decimal(1), None, 0, len(words), False, False) if FLAT.fullmatch(words) else None


def plain(value: Decimal) -> Decimal:
    """A decimal without an exponent in its digits.

    >>> plain(Decimal("3.4E+3")), plain(Decimal("1.2E-5"))
    (Decimal('3400'), Decimal('0.000012'))
    """
    return Decimal(format(value, "f"))


def scaled(value: Decimal, multiple: int) -> Decimal:
    """`value` times a power of ten, without an exponent and without decimals that are not printed.

    >>> scaled(Decimal("48.6"), 10**4)
    Decimal('486000')
    """
    if multiple == 1:
        return value
    product = value * multiple
    return plain(product.to_integral_value()) if product == product.to_integral_value() else plain(product)


@lru_cache(maxsize=4096)
def read_unit(words: str) -> Unit | None:
    """The unit that some words are, None where they are none.

    >>> read_unit("万元"), read_unit("％"), read_unit("含调解")
    (Unit(name='元', multiple=10000, family='money', hedge=None), Unit(name='%', multiple=1, family='ratio', hedge=None), None)
    """
    families = grammar.units()[0]
    name = "".join(words.split())
    name = name.removeprefix(_UNIT).lstrip(":：") if name.startswith(_UNIT) else name
    name = _SAME.get(name, name)
    multiple = 1
    if len(name) > 2 and name[1] in "余多" and name[0] in MULTIPLES:
        unit = read_unit(name[0] + name[2:])
        return unit._replace(hedge="more_than") if unit is not None else None
    if name not in families:
        while len(name) > 1 and name[0] in MULTIPLES:
            multiple, name = multiple * MULTIPLES[name[0]], name[1:]
        name = _SAME.get(name, name)
    if name in families:
        return Unit(name, multiple, families[name])
    over, per, under = name.partition("/")
    if per and under and over in families and len(under) < 6 and over not in _TIMES:
        return Unit(name, multiple, "measure")
    return None


def unit_written(words: str) -> Unit | None:
    """The unit that stands in a column of units, of a list or not (亿千瓦时); None for what may be none.

    >>> unit_written("亿千瓦时"), unit_written("12起")
    (Unit(name='千瓦时', multiple=100000000, family='measure', hedge=None), None)
    """
    found, name = read_unit(words), "".join(words.split())
    if found is not None or not _WRITTEN.fullmatch(name):
        return found
    return Unit(name[1:], MULTIPLES[name[0]], "measure") if name[0] in "万亿" and len(name) > 1 else Unit(name, 1, "measure")


_WRITTEN = re.compile(r"[一-鿿A-Za-z·/²³]{1,8}")


def is_nothing(words: str) -> bool:
    """Whether a cell says that there is no number: —, …, 无."""
    return is_kind(words, "nothing")


def is_remarked(words: str) -> bool:
    """Whether words are a figure that a letter or a remark keeps from being read.

    >>> [is_remarked(words) for words in ("345a", "r30", "345(含协助)", "约12364", "312", "18岁以下")]
    [True, True, True, True, False, False]
    """
    return _REMARKED.fullmatch(words) is not None and read_value(words) is None


def without_marks(words: str) -> str:
    """A head or label without its footnote marks, and without what leads the eye to its figures.

    >>> without_marks("刑事案件①"), without_marks("立案[1]"), without_marks("小计......"), without_marks("......")
    ('刑事案件', '立案', '小计', '......')
    """
    bare = FOOTNOTES.sub("", words)
    return LEADERS.sub("", bare) or bare
