"""Stories along one series: chains of changes, means over years, streaks and records, and one figure printed twice."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from math import prod

from .prints import count_print, percent_print
from .story import YEAR, Story, Texts

__all__ = ["KINDS"]

NOW = YEAR + 1


def _sign(factor: Fraction) -> str:
    return "上升" if factor > 1 else "下降"


def _chain(noun: str, rng: random.Random) -> Story:
    """Yearly changes, each in its year's document, and the change over all the years in the last."""
    factors = [Fraction(rng.choice((rng.randint(500, 960), rng.randint(1040, 1600))), 1000) for _ in range(rng.choice((2, 3, 4)))]
    whole = prod(factors)
    change = percent_print(abs(whole - 1) * 100, rng)
    years = range(NOW - len(factors) + 1, NOW + 1)
    links = [
        f"{year}年，全市{noun}案件立案数同比{_sign(factor)}{percent_print(abs(factor - 1) * 100, rng).text()}。"
        for year, factor in zip(years, factors, strict=True)
    ]

    def write(error: Decimal) -> Texts:
        return (*links[:-1], f"{links[-1]}{NOW}年，全市{noun}案件立案数比{years[0] - 1}年{_sign(whole)}{change.text(error)}。")

    return Story(noun, "growth-chain", change, write, 1 if whole > 1 else -1, None if whole > 1 else 100)


def _mean_growth(noun: str, rng: random.Random) -> Story:
    years = rng.randint(2, 6)
    then = rng.randint(300, 40000)
    mean = rng.uniform(0.03, 0.4)
    now = int(then * (1 + mean) ** years)
    # The root of a rational is none; half a unit of the sixth decimal is nothing beside a printed one.
    change = percent_print(Fraction(round((now / then) ** (1 / years) * 100 - 100, 6)), rng)
    before, after = count_print(then, rng).text(), count_print(now, rng).text()
    return Story(noun, "mean-growth", change, lambda error: (
        f"全市法院受理{noun}案件由{NOW - years}年的{before}上升到{NOW}年的{after}，年均增长{change.text(error)}。",
    ))  # fmt: skip


def _streak(noun: str, rng: random.Random) -> Story:
    """Years of changes one way, and 连续N年: one of the years went the other way."""
    years = rng.choice((3, 4, 5))
    up, wrong = rng.random() < 0.5, rng.randrange(1, years)
    amounts = [Decimal(rng.randint(21, 180)) / 10 for _ in range(years)]
    number = rng.choice((str(years), "一二三四五"[years - 1]))

    def write(error: Decimal) -> Texts:
        words = ["上升" if up != (bool(error) and back == wrong) else "下降" for back in range(years)]
        said = [f"{NOW - back}年，全市{noun}案件立案数同比{words[back]}{amounts[back]}%" for back in range(years)]
        return (*(f"{text}。" for text in said[:0:-1]), f"{said[0]}，连续{number}年{'上升' if up else '下降'}。")

    return Story(noun, "streak", None, write, flips=True)


def _record(noun: str, rng: random.Random) -> Story:
    high = rng.random() < 0.6
    then = rng.randint(2000, 90000)
    now = int(then * (rng.uniform(1.02, 1.5) if high else rng.uniform(0.6, 0.98)))
    level, before = count_print(now, rng), count_print(then, rng).text()
    words = "创历史新高" if high else "创历史新低"
    return Story(noun, "record", level, lambda error: (
        f"{YEAR - 1}年，全市法院受理{noun}案件{before}。",
        f"{NOW}年，全市法院受理{noun}案件{level.text(error)}，{words}。",
    ))  # fmt: skip


def _same_figure(noun: str, rng: random.Random) -> Story:
    count = rng.randint(300, 900_000)
    first, second = count_print(count, rng).text(), count_print(count, rng)
    return Story(noun, "same-figure", second, lambda error: (
        f"{NOW}年，全市法院受理{noun}案件{first}。",
        f"{NOW}年，全市法院受理{noun}案件{second.text(error)}。",
    ))  # fmt: skip


def _same_change(noun: str, rng: random.Random) -> Story:
    percent = Fraction(rng.randint(300, 9000), 100)
    first, second = percent_print(percent, rng).text(), percent_print(percent, rng)
    up = rng.random() < 0.5
    word = "上升" if up else "下降"
    return Story(noun, "same-change", second, lambda error: (
        f"{NOW}年，全市法院受理{noun}案件数同比{word}{first}。",
        f"{NOW}年，全市法院受理{noun}案件数同比{word}{second.text(error)}。",
    ), 1 if up else -1, None if up else 100)  # fmt: skip


def _direction(noun: str, rng: random.Random) -> Story:
    """A direction in words, and the figure to it in the next sentence."""
    up = rng.random() < 0.5
    # Of a fall by nearly a fifth one cannot tell by the words 近二成 that it was one.
    amount = percent_print(Fraction(rng.randint(2500, 9000), 100), rng).text()
    return Story(noun, "direction", None, lambda error: (
        f"{NOW}年，全市{noun}案件立案数同比{'上升' if up != bool(error) else '下降'}。"
        f"{NOW}年，全市{noun}案件立案数同比{'上升' if up else '下降'}{amount}。",
    ), flips=True)  # fmt: skip


KINDS = (_chain, _mean_growth, _streak, _record, _same_figure, _same_change, _direction)
