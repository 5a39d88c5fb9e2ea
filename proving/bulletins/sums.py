"""Stories of wholes and their parts, people and cases, steps of one matter, and spans that add up."""

from __future__ import annotations

import random
from fractions import Fraction

from .prints import count_print, percent_print, plain_print
from .story import YEAR, Story

__all__ = ["KINDS"]

NOW = YEAR + 1
# Spans that together are another one.
DECOMPOSED = (
    (("上半年", "下半年"), ""),
    (("第一季度", "第二季度"), "上半年"),
    (("第一季度", "第二季度", "第三季度", "第四季度"), ""),
    (("1至7月", "8月"), "1至8月"),
    (("1至11月", "12月"), ""),
)


def _parts(noun: str, rng: random.Random) -> Story:
    """Parts with a declared rest."""
    parts = [rng.randint(20, 9000) for _ in range(rng.choice((2, 3)))]
    rest = rng.randint(20, 3000)
    whole = count_print(sum(parts) + rest, rng)
    kinds = zip(("民事", "刑事", "行政"), [count_print(part, rng).text() for part in parts], strict=False)
    named, last = "、".join(f"{kind}案件{part}" for kind, part in kinds), count_print(rest, rng).text()
    return Story(noun, "parts-sum", whole, lambda error: (
        f"{NOW}年，全市法院审结{noun}案件{whole.text(error)}，其中{named}，其余案件{last}。",
    ))  # fmt: skip


def _complements(noun: str, rng: random.Random) -> Story:
    """Parts that complete each other."""
    done, open_ = rng.randint(20, 9000), rng.randint(20, 900)
    whole, parts = plain_print(done + open_), [count_print(part, rng).text() for part in (done, open_)]
    return Story(noun, "parts-sum", whole, lambda error: (
        f"{NOW}年，全市收到{noun}交办案件{whole.text(error)}，办结{parts[0]}，正在办理{parts[1]}。",
    ))  # fmt: skip


def _part_within(noun: str, rng: random.Random) -> Story:
    part = rng.randint(20, 9000)
    whole, printed = count_print(int(part * rng.uniform(1, 3)), rng).text(), count_print(part, rng)
    return Story(noun, "part-within-whole", printed, lambda error: (
        f"{NOW}年，全市法院审结{noun}案件{whole}，其中民事案件{printed.text(error)}。",
    ))  # fmt: skip


def _part_within_before(noun: str, rng: random.Random) -> Story:
    """The year before, the part was not more than the whole either: its fall is off."""
    part_then = rng.randint(1000, 9000)
    whole_then = int(part_then * rng.uniform(1, 2))
    part, whole = int(part_then * rng.uniform(0.5, 0.95)), int(whole_then * rng.uniform(0.96, 1.3))
    level, whole_level = (count_print(count, rng).text() for count in (part, whole))
    change = percent_print(abs(1 - Fraction(part, part_then)) * 100, rng, hedged=False)
    grown = Fraction(whole, whole_then) - 1
    said = f"{'上升' if grown > 0 else '下降'}{percent_print(abs(grown) * 100, rng, hedged=False).text()}"
    return Story(noun, "part-within-whole-before", change, lambda error: (
        f"{NOW}年，全市法院审结{noun}案件{whole_level}，同比{said}，其中民事案件{level}，同比下降{change.text(error)}。",
    ), -1, 100)  # fmt: skip


def _growth_between(noun: str, rng: random.Random) -> Story:
    then = [rng.randint(500, 9000) for _ in range(2)]
    now = [int(count * rng.uniform(1.02, 1.6)) for count in then]
    whole = percent_print((Fraction(sum(now), sum(then)) - 1) * 100, rng, hedged=False)
    parts = [percent_print((Fraction(new, old) - 1) * 100, rng, hedged=False).text() for new, old in zip(now, then, strict=True)]
    return Story(noun, "growth-between-parts", whole, lambda error: (
        f"{NOW}年，全市法院审结{noun}案件{sum(now)}件，其中民事案件{now[0]}件、其余案件{now[1]}件，同比分别上升{whole.text(error)}、{parts[0]}和{parts[1]}。",
    ))  # fmt: skip


def _people(noun: str, rng: random.Random) -> Story:
    """At least a person a case, now and before."""
    cases_then = rng.randint(100, 3000)
    people_then = int(cases_then * rng.uniform(1.1, 2))
    cases, people = int(cases_then * rng.uniform(1.05, 1.2)), int(people_then * rng.uniform(1.2, 1.5))
    risen = [percent_print((Fraction(now, then) - 1) * 100, rng, hedged=False).text() for now, then in ((cases, cases_then), (people, people_then))]
    check, said = rng.choice((("persons-per-case", ""), ("persons-per-case-before", f"，同比分别上升{risen[0]}和{risen[1]}")))
    return Story(noun, check, None, lambda error: (f"{NOW}年，全市批准逮捕{noun}案件{cases}件{people}人{said}。",))


def _steps(noun: str, rng: random.Random) -> Story:
    counts = sorted((rng.randint(20, 9000) for _ in range(3)), reverse=True)
    found, filed, moved_on = (count_print(count, rng).text() for count in counts)
    return Story(noun, "step-order", None, lambda error: (f"{NOW}年，全市发现{noun}问题{found}，立案{filed}，移送司法机关{moved_on}。",))


def _spans(noun: str, rng: random.Random) -> Story:
    """Spans in one document, the longer one they make up in another."""
    parts, longer = rng.choice(DECOMPOSED)
    counts = [rng.randint(200, 40000) for _ in parts]
    whole, printed = count_print(sum(counts), rng), [count_print(count, rng).text() for count in counts]
    first = "".join(f"{YEAR}年{part}，全市法院受理{noun}案件{count}。" for part, count in zip(parts, printed, strict=True))
    return Story(noun, "period-sum", whole, lambda error: (first, f"{YEAR}年{longer}，全市法院受理{noun}案件{whole.text(error)}。"))


def _since_january(noun: str, rng: random.Random) -> Story:
    shorter, longer = rng.choice((("上半年", ""), ("1至5月", "1至8月"), ("第一季度", "上半年"), ("1至9月", "")))
    count = rng.randint(200, 40000)
    less, more = count_print(count, rng), count_print(int(count * rng.uniform(1, 2.5)), rng).text()
    return Story(noun, "year-to-date", less, lambda error: (
        f"{YEAR}年{shorter}，全市法院受理{noun}案件{less.text(error)}。",
        f"{YEAR}年{longer}，全市法院受理{noun}案件{more}。",
    ))  # fmt: skip


KINDS = (_parts, _complements, _part_within, _part_within_before, _growth_between, _people, _steps, _spans, _since_january)
