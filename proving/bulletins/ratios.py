"""Stories of rates, shares and averages, of what they are made of and how they changed."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from .prints import Print, count_print, percent_print, plain_print, points_print
from .story import YEAR, Story, Texts

__all__ = ["KINDS"]

NOW = YEAR + 1


def _rate(noun: str, rng: random.Random) -> Story:
    opened = rng.randint(200, 90000)
    closed = int(opened * rng.uniform(0.4, 0.97))
    rate = percent_print(Fraction(closed, opened) * 100, rng)
    counts = count_print(opened, rng).text(), count_print(closed, rng).text()
    return Story(noun, "rate-ratio", rate, lambda error: (
        f"{NOW}年，全市法院受理{noun}案件{counts[0]}，审结{counts[1]}，结案率{rate.text(error)}。",
    ))  # fmt: skip


def _sides(rng: random.Random) -> tuple[int, int, int, int]:
    """Return a whole and a part of it before, and both now, risen."""
    whole_then = rng.randint(2000, 90000)
    part_then = int(whole_then * rng.uniform(0.5, 0.75))
    return whole_then, part_then, int(whole_then * rng.uniform(1.02, 1.3)), int(part_then * rng.uniform(1.02, 1.3))


def _risen(now: int, then: int, rng: random.Random) -> str:
    return percent_print((Fraction(now, then) - 1) * 100, rng, hedged=False).text()


def _rate_change(noun: str, rng: random.Random) -> Story:
    whole_then, part_then, whole, part = _sides(rng)
    level = Fraction(part, whole) * 100
    points = level - Fraction(part_then, whole_then) * 100
    change, rate = points_print(abs(points), rng), percent_print(level, rng, hedged=False).text()
    risen = _risen(whole, whole_then, rng), _risen(part, part_then, rng)
    verb = "上升" if points > 0 else "下降"

    def as_rate(error: Decimal) -> Texts:
        return (
            f"{NOW}年，全市法院受理{noun}案件{whole}件、审结{part}件，同比分别上升{risen[0]}和{risen[1]}；结案率{rate}，同比{verb}{change.text(error)}。",
        )

    def as_share(error: Decimal) -> Texts:
        return (
            f"{NOW}年，全市法院审结{noun}案件{whole}件，同比上升{risen[0]}，"
            f"其中民事案件{part}件，同比上升{risen[1]}，占{rate}，同比{verb}{change.text(error)}。",
        )

    check, write = rng.choice((("rate-change", as_rate), ("share-change", as_share)))
    return Story(noun, check, change, write, -1 if points < 0 else 1)


def _rate_direction(noun: str, rng: random.Random) -> Story:
    """A rate that is said to have risen or fallen, without by how much."""
    whole_then, part_then, whole, part = _sides(rng)
    points = Fraction(part, whole) - Fraction(part_then, whole_then)
    if abs(points) < Fraction(5, 100):
        whole = int(part * Fraction(whole_then, part_then) * Fraction(rng.choice((90, 110)), 100))
        points = Fraction(part, whole) - Fraction(part_then, whole_then)
    rate = percent_print(Fraction(part, whole) * 100, rng, hedged=False).text()
    growths = [(Fraction(now, then) - 1) * 100 for now, then in ((whole, whole_then), (part, part_then))]
    said = [f"同比{'上升' if amount > 0 else '下降'}{Print(_hundredths(abs(amount)), Decimal('0.01'), '{}%').text()}" for amount in growths]
    return Story(noun, "growth-sign", None, lambda error: (
        f"{NOW}年，全市法院受理{noun}案件{whole}件，{said[0]}，审结{part}件，{said[1]}，"
        f"结案率{rate}，同比{'上升' if (points > 0) != bool(error) else '下降'}。",
    ), flips=True)  # fmt: skip


def _hundredths(number: Fraction) -> Decimal:
    return (Decimal(number.numerator) / number.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _share(noun: str, rng: random.Random) -> Story:
    whole = rng.randint(300, 90000)
    part = int(whole * rng.uniform(0.1, 0.9))
    share = percent_print(Fraction(part, whole) * 100, rng)
    counts = count_print(whole, rng).text(), count_print(part, rng).text()
    return Story(noun, "share", share, lambda error: (
        f"{NOW}年，全市法院审结{noun}案件{counts[0]}，其中民事案件{counts[1]}，占{share.text(error)}。",
    ))  # fmt: skip


def _average(noun: str, rng: random.Random) -> Story:
    heads, each = rng.randint(20, 900), rng.randint(15, 400)
    cases = heads * each + rng.randint(0, heads - 1)
    average, total = plain_print((2 * cases + heads) // (2 * heads)), count_print(cases, rng).text()
    return Story(noun, "average", average, lambda error: (
        f"{NOW}年，全市{heads}名{noun}法官共审结案件{total}，人均审结{average.text(error)}。",
    ))  # fmt: skip


def _bounds(noun: str, rng: random.Random) -> Story:
    rate = percent_print(Fraction(rng.randint(5000, 9999), 100), rng, hedged=False)
    return Story(noun, "rate-bounds", rate, lambda error: (f"{NOW}年，全市群众{noun}满意率为{rate.text(error)}。",))


def _bounds_before(noun: str, rng: random.Random) -> Story:
    then, now = (Fraction(rng.randint(8000, 9990), 100) for _ in range(2))
    now += Fraction(2, 10) * (now == then)
    change, rate = points_print(abs(now - then), rng, hedged=False), percent_print(now, rng, hedged=False).text()
    up = now > then
    return Story(noun, "rate-bounds-before", change, lambda error: (
        f"{NOW}年，全市群众{noun}满意率为{rate}，同比{'上升' if up else '下降'}{change.text(error)}。",
    ), -1 if up else 1)  # fmt: skip


def _percent_of_a_rate(noun: str, rng: random.Random) -> Story:
    """A rate's change said in per cent, true one way or the other: that of the rate itself, or points."""
    then, now = Fraction(rng.randint(3000, 6000), 100), Fraction(rng.randint(6100, 9900), 100)
    change = percent_print(rng.choice((now - then, (now / then - 1) * 100)), rng, hedged=False).text()
    before, after = (percent_print(rate, rng, hedged=False).text() for rate in (then, now))
    return Story(noun, "percent-or-points", None, lambda error: (
        f"{YEAR}年，全市{noun}案件调撤率为{before}。",
        f"{NOW}年，全市{noun}案件调撤率为{after}，同比上升{change}。",
    ))  # fmt: skip


KINDS = (_rate, _rate_change, _rate_change, _rate_direction, _share, _average, _bounds, _bounds_before, _percent_of_a_rate)
