"""Made-up bulletins whose arithmetic is known: true claims, rounded and hedged in every way, and false ones.

Each `Story` is one claim about an indicator of its own. `Story.write(error)` gives the sentences of the
earlier and the later document, with the stated number off by `error` (in its own unit); without an error
everything printed is true of one underlying series.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

__all__ = ["Print", "Story", "count_print", "percent_print", "stories"]

FIRST = "青白金银铜铁石松竹梅兰菊荷桂枫柏杉榆槐柳桃李杏梨枣"
SECOND = "山水江河湖海岭原谷洲岛港湾溪泉潭塘渡桥亭台楼阁坊巷"
THIRD = "东西南北上下内外前后左右中大小新老长高远近深平安宁顺"
ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
TENTHS = "零一二三四五六七八九"
YEAR = 2016
HEDGED_COUNTS = {
    "plain": ("{}{u}",),
    "over": ("{}余{u}", "{}多{u}"),
    "above": ("超{}{u}", "逾{}{u}", "{}{u}以上"),
    "near": ("近{}{u}",),
    "about": ("约{}{u}", "{}{u}左右"),
}


@dataclass(frozen=True)
class Print:
    """A number as written, and how to write it with another value of the same form."""

    value: Decimal
    step: Decimal
    form: str

    def text(self, error: Decimal = Decimal(0)) -> str:
        """Return the words for the value plus an error that is a multiple of `step`."""
        value = self.value + error
        return self.form.format(TENTHS[int(value // 10)] if self.in_tenths else value)

    @property
    def in_tenths(self) -> bool:
        """Whether it is written in 成 (tenths)."""
        return "成" in self.form

    def same_form(self, value: Decimal) -> bool:
        """Say whether another value keeps the digits this one is read by.

        What a round number means (约30%, 14600件) depends on its last digits, and there is no ten tenths.
        """
        if self.in_tenths:
            return 10 <= value <= 90
        return (value / self.step) % 10 != 0 and (self.value / self.step) % 10 != 0


@dataclass(frozen=True)
class Story:
    """One claim: its noun, the check that must see it, and its sentences as a function of the stated number's error."""

    noun: str
    check: str
    stated: Print
    write: Callable[[Decimal], tuple[str, str]]
    falls: bool = False


def count_print(count: int, rng: random.Random, unit: str = "件") -> str:
    """Return a true print of a count: exact, in 万 with decimals, or hedged."""
    way = rng.choice(("plain", "plain", "plain", "over", "above", "near", "about"))
    in_wan = count >= 20000 and rng.random() < 0.6
    if count < 300 or (way == "plain" and not in_wan):
        return f"{count}{unit}"
    places = rng.choice((0, 1, 2))
    size = Decimal(10000).scaleb(-places) if in_wan else Decimal(10) ** (len(str(count)) - rng.choice((2, 3)))
    rounding = {"over": ROUND_DOWN, "above": ROUND_DOWN, "near": ROUND_UP}.get(way, rng.choice(ROUNDINGS))
    rounded = _round(Fraction(count), size, rounding)
    digits = f"{rounded / 10000:.{places}f}万" if in_wan else f"{rounded:.0f}"
    return rng.choice(HEDGED_COUNTS[way]).format(digits, u=unit)


def percent_print(percent: Fraction, rng: random.Random, hedged: bool = True) -> Print:
    """Return a true print of a positive percentage: 0 to 2 decimals, rounded or cut off, or hedged."""
    if hedged and 10 <= percent < 90 and rng.random() < 0.1:
        form, rounding = rng.choice((("近{}成", ROUND_UP), ("{}成多", ROUND_DOWN), ("约{}成", ROUND_HALF_UP)))
        return Print(_round(percent, Decimal(10), rounding), Decimal(10), form)
    places = rng.choice((0, 1, 1, 2))
    way = rng.choice(("plain", "plain", "plain", "above", "near", "about")) if hedged else "plain"
    step = Decimal(1).scaleb(-places)
    rounding = {"above": ROUND_DOWN, "near": ROUND_UP}.get(way, rng.choice(ROUNDINGS))
    value = _round(percent, step, rounding)
    form = {"above": rng.choice(("超{}%", "逾{}%")), "near": "近{}%", "about": rng.choice(("约{}%", "{}%左右"))}.get(way, "{}%")
    return Print(value, step, form.replace("{}", f"{{:.{places}f}}"))


def stories(count: int, seed: int) -> Iterator[Story]:
    """Yield so many stories of all kinds; the same for the same seed."""
    rng = random.Random(seed)
    nouns = [a + b + c for a in FIRST for b in SECOND for c in THIRD]
    rng.shuffle(nouns)
    kinds = (_growth, _growth, _growth, _absolute, _points, _from_to, _rate, _rate_change, _parts, _share, _halves, _multiple)
    for place in range(count):
        yield rng.choice(kinds)(nouns[place % len(nouns)], rng)


def _growth(noun: str, rng: random.Random) -> Story:
    """A level in each document, and the growth between them in the later one."""
    then, now = _two_counts(rng)
    change = percent_print(abs(Fraction(now, then) - 1) * 100, rng)
    verb = _verb(now - then, rng)
    before, after = count_print(then, rng), count_print(now, rng)
    verb_first = rng.choice(("同比{}{}", "比上年{}{}", "较上年同期{}{}"))

    def write(error: Decimal) -> tuple[str, str]:
        said = verb_first.format(verb, change.text(error))
        return (
            f"{YEAR}年，全市法院受理{noun}案件{before}。",
            f"{YEAR + 1}年，全市法院受理{noun}案件{after}，{said}。",
        )

    return Story(noun, "earlier-value", change, write, now < then)


def _multiple(noun: str, rng: random.Random) -> Story:
    then = rng.randint(200, 20000)
    now = int(then * rng.uniform(2.1, 6))
    places = rng.choice((0, 1, 2))
    step = Decimal(1).scaleb(-places)
    change = Print(_round(Fraction(now, then) - 1, step, rng.choice(ROUNDINGS)), step, f"{{:.{places}f}}倍")
    before, after = count_print(then, rng), count_print(now, rng)
    return Story(noun, "earlier-value", change, lambda error: (
        f"{YEAR}年，全市法院受理{noun}案件{before}。",
        f"{YEAR + 1}年，全市法院受理{noun}案件{after}，同比增长{change.text(error)}。",
    ))  # fmt: skip


def _absolute(noun: str, rng: random.Random) -> Story:
    then, now = _two_counts(rng)
    change = Print(Decimal(abs(now - then)), Decimal(1), "{}件")
    verb = "增加" if now > then else "减少"
    before, after = count_print(then, rng), count_print(now, rng)
    return Story(noun, "earlier-value", change, lambda error: (
        f"{YEAR}年，全市法院受理{noun}案件{before}。",
        f"{YEAR + 1}年，全市法院受理{noun}案件{after}，同比{verb}{change.text(error)}。",
    ), now < then)  # fmt: skip


def _points(noun: str, rng: random.Random) -> Story:
    then, now = (Fraction(rng.randint(3000, 9900), 100) for _ in range(2))
    if abs(now - then) < 3:
        now = then + 4 if then < 90 else then - 4
    places = rng.choice((1, 2))
    step = Decimal(1).scaleb(-places)
    rounding = rng.choice(ROUNDINGS)
    change = Print(_round(abs(now - then), step, rounding), step, f"{{:.{places}f}}个百分点")
    verb = "上升" if now > then else "下降"
    before, after = (f"{_round(rate, step, rounding)}%" for rate in (then, now))
    return Story(noun, "earlier-value", change, lambda error: (
        f"{YEAR}年，全市{noun}案件调撤率为{before}。",
        f"{YEAR + 1}年，全市{noun}案件调撤率为{after}，同比{verb}{change.text(error)}。",
    ), now < then)  # fmt: skip


def _from_to(noun: str, rng: random.Random) -> Story:
    then, now = _two_counts(rng)
    change = percent_print(abs(Fraction(now, then) - 1) * 100, rng)
    up = now > then
    led = rng.choice(("上升到", "增加到", "增至") if up else ("下降到", "减少到", "降至"))
    before, after = count_print(then, rng), count_print(now, rng)
    return Story(noun, "from-to-change", change, lambda error: (
        f"{YEAR}年，全市开展{noun}活动。",
        f"全市法院受理{noun}案件由{YEAR}年的{before}{led}{YEAR + 1}年的{after}，{'上升' if up else '下降'}{change.text(error)}。",
    ), not up)  # fmt: skip


def _rate(noun: str, rng: random.Random) -> Story:
    opened = rng.randint(200, 90000)
    closed = int(opened * rng.uniform(0.4, 0.97))
    rate = percent_print(Fraction(closed, opened) * 100, rng, hedged=False)
    counts = count_print(opened, rng), count_print(closed, rng)
    return Story(noun, "rate-ratio", rate, lambda error: (
        f"{YEAR}年，全市开展{noun}活动。",
        f"{YEAR + 1}年，全市法院受理{noun}案件{counts[0]}，审结{counts[1]}，结案率{rate.text(error)}。",
    ))  # fmt: skip


def _rate_change(noun: str, rng: random.Random) -> Story:
    opened_then = rng.randint(2000, 90000)
    closed_then = int(opened_then * rng.uniform(0.55, 0.85))
    opened = int(opened_then * rng.uniform(1.02, 1.3))
    closed = int(closed_then * rng.uniform(1.02, 1.3))
    level = Fraction(closed, opened) * 100
    points = level - Fraction(closed_then, opened_then) * 100
    places = rng.choice((1, 2))
    step = Decimal(1).scaleb(-places)
    change = Print(_round(abs(points), step, rng.choice(ROUNDINGS)), step, f"{{:.{places}f}}个百分点")
    growths = [_round((Fraction(a, b) - 1) * 100, Decimal("0.01"), ROUND_HALF_UP) for a, b in ((opened, opened_then), (closed, closed_then))]
    verb = "上升" if points > 0 else "下降"
    rate = _round(level, Decimal("0.01"), ROUND_HALF_UP)
    return Story(noun, "rate-change", change, lambda error: (
        f"{YEAR}年，全市开展{noun}活动。",
        f"{YEAR + 1}年，全市法院受理{noun}案件{opened}件、审结{closed}件，同比分别上升{growths[0]}%和{growths[1]}%；"
        f"结案率{rate}%，同比{verb}{change.text(error)}。",
    ), points < 0)  # fmt: skip


def _parts(noun: str, rng: random.Random) -> Story:
    parts = [rng.randint(20, 9000) for _ in range(rng.choice((2, 3)))]
    rest = rng.randint(20, 3000)
    whole = Print(Decimal(sum(parts) + rest), Decimal(1), "{}件")
    named = "、".join(f"{kind}案件{part}件" for kind, part in zip(("民事", "刑事", "行政"), parts, strict=False))
    return Story(noun, "parts-sum", whole, lambda error: (
        f"{YEAR}年，全市开展{noun}活动。",
        f"{YEAR + 1}年，全市法院审结{noun}案件{whole.text(error)}，其中{named}，其余案件{rest}件。",
    ))  # fmt: skip


def _share(noun: str, rng: random.Random) -> Story:
    whole = rng.randint(300, 90000)
    part = int(whole * rng.uniform(0.1, 0.9))
    share = percent_print(Fraction(part, whole) * 100, rng)
    counts = count_print(whole, rng), count_print(part, rng)
    return Story(noun, "share", share, lambda error: (
        f"{YEAR}年，全市开展{noun}活动。",
        f"{YEAR + 1}年，全市法院审结{noun}案件{counts[0]}，其中民事案件{counts[1]}，占{share.text(error)}。",
    ))  # fmt: skip


def _halves(noun: str, rng: random.Random) -> Story:
    first, second = rng.randint(200, 40000), rng.randint(200, 40000)
    year = Print(Decimal(first + second), Decimal(1), "{}件")
    halves = count_print(first, rng), count_print(second, rng)
    return Story(noun, "period-sum", year, lambda error: (
        f"{YEAR}年上半年，全市法院受理{noun}案件{halves[0]}。{YEAR}年下半年，全市法院受理{noun}案件{halves[1]}。",
        f"{YEAR}年，全市法院受理{noun}案件{year.text(error)}。",
    ))  # fmt: skip


def _two_counts(rng: random.Random) -> tuple[int, int]:
    then = int(10 ** rng.uniform(2.5, 6.5))
    factor = rng.choice((rng.uniform(0.45, 0.97), rng.uniform(1.03, 1.9)))
    return then, max(int(then * factor), 100)


def _verb(change: int, rng: random.Random) -> str:
    return rng.choice(("上升", "增长", "增加") if change > 0 else ("下降", "减少"))


def _round(number: Fraction, step: Decimal, rounding: str) -> Decimal:
    """Round a rational exactly: on the halves' side of an endless decimal, not of its float."""
    scaled = number / Fraction(step)
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    side = (2 * rest > scaled.denominator) - (2 * rest < scaled.denominator)
    stand_in = Decimal(whole) + (Decimal("0.5") + side * Decimal("0.25") if rest else 0)
    return stand_in.quantize(Decimal(1), rounding) * step
