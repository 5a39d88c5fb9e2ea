"""Stories of a level, what it was before, and the change between the two."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

from .prints import Print, count_print, percent_print, plain_print, points_print, times_print
from .story import YEAR, Story, Texts

__all__ = ["KINDS"]

NOW = YEAR + 1
# A span, the same span a year later, and the words for that.
YEARLY = (
    (f"{YEAR}年", f"{NOW}年", ("同比", "比上年", "较上年")),
    (f"{YEAR}年", f"{NOW}年", ("同比", "比上年同期", "较上年同期")),
    (f"{YEAR}年上半年", f"{NOW}年上半年", ("同比",)),
    (f"{YEAR}年第三季度", f"{NOW}年第三季度", ("同比",)),
    (f"{YEAR}年1至8月", f"{NOW}年1至8月", ("同比",)),
)
CONSECUTIVE = (
    (f"{NOW}年7月", f"{NOW}年8月", ("环比",)),
    (f"{YEAR}年12月", f"{NOW}年1月", ("环比",)),
    (f"{NOW}年第一季度", f"{NOW}年第二季度", ("环比",)),
    (f"{YEAR}年下半年", f"{NOW}年上半年", ("环比",)),
)
FIXED = tuple((f"{base}年", f"{NOW}年", (f"比{base}年", f"较{base}年")) for base in (2012, 2013, 2014))


def two_counts(rng: random.Random, least: float = 2.5, most: float = 6.5) -> tuple[int, int]:
    """Return two counts of one thing, clearly apart."""
    then = int(10 ** rng.uniform(least, most))
    factor = rng.choice((rng.uniform(0.45, 0.97), rng.uniform(1.03, 1.9)))
    return then, max(int(then * factor), 100)


def verb(change: int | Fraction, rng: random.Random) -> str:
    """Return a word for a rise or a fall."""
    return rng.choice(("上升", "增长", "增加") if change > 0 else ("下降", "减少"))


def growth(now: int, then: int) -> Fraction:
    """Return the growth in per cent, without its sign."""
    return abs(Fraction(now, then) - 1) * 100


def _two_levels(noun: str, rng: random.Random, counts: tuple[int, int], change: Print, said: str, check: str, spans: tuple) -> Story:
    """A level in each of two documents, and `said` with the change between them in the later one."""
    then, now = counts
    before, after, words = rng.choice(spans)
    what, unit = rng.choice((("受理{}案件", "件"), ("受理{}案件", "件"), ("追缴{}赃款", "元"))) if then >= 10_000 else ("受理{}案件", "件")
    levels = [count_print(count, rng, unit).text() for count in counts]
    first, basis, what = f"{before}，全市法院{what.format(noun)}{levels[0]}。", rng.choice(words), what.format(noun)

    def write(error: Decimal) -> Texts:
        return first, f"{after}，全市法院{what}{levels[1]}，{basis}{said.format(change.text(error))}。"

    return Story(noun, check, change, write, -1 if now < then else 1, 100 if now < then else None)


def _growth(noun: str, rng: random.Random) -> Story:
    counts = two_counts(rng, most=9.5)
    change = percent_print(growth(counts[1], counts[0]), rng)
    check, spans = rng.choice(
        (("earlier-value", YEARLY), ("earlier-value", YEARLY), ("previous-period-value", CONSECUTIVE), ("fixed-base-value", FIXED))
    )
    return _two_levels(noun, rng, counts, change, verb(counts[1] - counts[0], rng) + "{}", check, spans)


def _multiple(noun: str, rng: random.Random) -> Story:
    then = rng.randint(200, 20000)
    now = int(then * rng.uniform(2.1, 6))
    return _two_levels(noun, rng, (then, now), times_print(growth(now, then) / 100, rng), "增长{}", "earlier-value", YEARLY)


def _doubled(noun: str, rng: random.Random) -> Story:
    """翻一番 is a word, not a number that could be a little off."""
    times, word = rng.choice(((2, "翻一番"), (2, "翻了一番"), (4, "翻两番")))
    then = rng.randint(200, 20000)
    now = int(then * times * rng.uniform(0.95, 1.05))
    story = _two_levels(noun, rng, (then, now), plain_print(1, ""), word, "earlier-value", YEARLY)
    return Story(noun, story.check, None, story.write)


def _absolute(noun: str, rng: random.Random) -> Story:
    then, now = two_counts(rng)
    change = count_print(abs(now - then), rng)
    before, after = count_print(then, rng).text(), count_print(now, rng).text()
    led = "增加" if now > then else "减少"
    return Story(noun, "earlier-value", change, lambda error: (
        f"{YEAR}年，全市法院受理{noun}案件{before}。",
        f"{NOW}年，全市法院受理{noun}案件{after}，同比{led}{change.text(error)}。",
    ), -1 if now < then else 1)  # fmt: skip


def _points(noun: str, rng: random.Random) -> Story:
    then, now = (Fraction(rng.randint(3000, 9900), 100) for _ in range(2))
    if abs(now - then) < 3:
        now = then + 4 if then < 90 else then - 4
    change = points_print(abs(now - then), rng)
    before, after = (percent_print(rate, rng, hedged=False).text() for rate in (then, now))
    return Story(noun, "earlier-value", change, lambda error: (
        f"{YEAR}年，全市{noun}案件调撤率为{before}。",
        f"{NOW}年，全市{noun}案件调撤率为{after}，同比{'上升' if now > then else '下降'}{change.text(error)}。",
    ), -1 if now < then else 1)  # fmt: skip


def _from_to(noun: str, rng: random.Random) -> Story:
    """由A到B and the change: the change is off."""
    then, now = two_counts(rng)
    change = percent_print(growth(now, then), rng)
    before, after, led = count_print(then, rng).text(), count_print(now, rng).text(), _led(now > then, rng)
    return Story(noun, "from-to-change", change, lambda error: (
        f"全市法院受理{noun}案件由{YEAR}年的{before}{led}{NOW}年的{after}，{'上升' if now > then else '下降'}{change.text(error)}。",
    ), -1 if now < then else 1, 100 if now < then else None)  # fmt: skip


def _verb_order(noun: str, rng: random.Random) -> Story:
    """由A到B alone: B is off, so far that the verb is wrong."""
    then, now = two_counts(rng, most=4.5)
    before, after, led = count_print(then, rng).text(), count_print(now, rng), _led(now > then, rng)
    return Story(noun, "verb-order", after, lambda error: (
        f"全市法院受理{noun}案件由{YEAR}年的{before}{led}{NOW}年的{after.text(error)}。",
    ))  # fmt: skip


def _led(up: bool, rng: random.Random) -> str:
    return rng.choice(("上升到", "增加到", "增至") if up else ("下降到", "减少到", "降至"))


def _two_measures(noun: str, rng: random.Random) -> Story:
    then, now = two_counts(rng)
    change, amount, after = percent_print(growth(now, then), rng), count_print(abs(now - then), rng).text(), count_print(now, rng).text()
    word = "增加" if now > then else "减少"
    return Story(noun, "two-measures", change, lambda error: (
        f"{NOW}年，全市法院受理{noun}案件{after}，同比{word}{amount}，同比{'上升' if now > then else '下降'}{change.text(error)}。",
    ), -1 if now < then else 1, 100 if now < then else None)  # fmt: skip


def _two_bases(noun: str, rng: random.Random) -> Story:
    """Two years with their changes from a third, for which nobody prints a value."""
    base, between = two_counts(rng, least=3.5)
    now = max(int(base * rng.choice((rng.uniform(0.5, 0.95), rng.uniform(1.05, 1.9)))), 1000)
    levels = [count_print(count, rng).text() for count in (between, now)]
    first, change = percent_print(growth(between, base), rng).text(), percent_print(growth(now, base), rng)
    words = [("上升" if level > base else "下降") for level in (between, now)]
    return Story(noun, "two-bases", change, lambda error: (
        f"2013年，全市法院受理{noun}案件{levels[0]}，同比{words[0]}{first}。",
        f"{NOW}年，全市法院受理{noun}案件{levels[1]}，比2012年{words[1]}{change.text(error)}。",
    ), -1 if now < base else 1, 100 if now < base else None)  # fmt: skip


def _small_count(noun: str, rng: random.Random) -> Story:
    """A count so small that few changes in per cent can come of whole numbers."""
    then, now = rng.randint(5, 80), rng.randint(5, 80)
    now += now == then
    change = percent_print(growth(now, then), rng, hedged=False)
    return Story(noun, "integer-feasibility", change, lambda error: (
        f"{NOW}年，全市法院受理{noun}案件{now}件，同比{'上升' if now > then else '下降'}{change.text(error)}。",
    ), -1 if now < then else 1, 100 if now < then else None)  # fmt: skip


def _great_fall(noun: str, rng: random.Random) -> Story:
    then = rng.randint(60, 900)
    now = rng.randint(1, then // 20)
    change = percent_print(growth(now, then), rng, hedged=False)
    return Story(noun, "fall-bounds", change, lambda error: (
        f"{NOW}年，全市法院受理{noun}案件{now}件，同比下降{change.text(error)}。",
    ), -1)  # fmt: skip


KINDS = (
    _growth,
    _growth,
    _growth,
    _multiple,
    _doubled,
    _absolute,
    _points,
    _from_to,
    _verb_order,
    _two_measures,
    _two_bases,
    _small_count,
    _great_fall,
)
