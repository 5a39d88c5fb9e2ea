"""Pairs of bulletins of one place that say nothing of themselves but a heading, on indicators the catalogue does not list.

    python -m proving.pairs --pairs 100

Each pair prints the counts of two years and, in the second, the change of each; some changes are made false by more than rounding can
explain. A true one called a contradiction is a false alarm, a false one that is not called one is missed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from analysis import catalogue
from analysis.audit.told import read_told
from analysis.documents import Document
from analysis.lexicon.parts import parse
from analysis.verbs import audit_documents

from .bulletins.story import FIRST, SECOND

ACTS = ("受理", "审结", "查处", "破获", "办理", "移送", "复核", "督办")
OBJECTS = (
    "盗窃案件",
    "诈骗案件",
    "赌博案件",
    "抢劫案件",
    "寻衅滋事案件",
    "破产案件",
    "行政案件",
    "知识产权案件",
    "环境资源案件",
    "交通肇事案件",
    "劳动争议案件",
)
INDICATORS = 40
# A false change is off by so many points at least, which is more than any print of it leaves open.
LEAST_ERROR = 4


@dataclass(frozen=True, slots=True)
class PairOfBulletins:
    """Two texts, and of each change as printed whether it is true."""

    texts: tuple[str, str]
    changes: dict[int, bool]


@dataclass
class Count:
    """What the audit said of the changes of some pairs."""

    true: int = 0
    false: int = 0
    untested: int = 0
    found: int = 0
    false_alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


@cache
def indicators() -> tuple[str, ...]:
    """Names of an act and a thing that no entry of the catalogue has."""
    names = [act + thing for act in ACTS for thing in OBJECTS]
    told = [name for name in names if parse(name, "件").act and parse(name, "件").object and catalogue.match(name, name, "件") is None]
    if len(told) < INDICATORS:
        raise ValueError(f"only {len(told)} of the names are in no entry of the catalogue")
    return tuple(told)


def pairs(count: int, seed: int, false_share: float = 0.2) -> Iterator[PairOfBulletins]:
    """Yield so many pairs; the same for the same seed."""
    rng = random.Random(seed)
    for _ in range(count):
        yield _pair(rng, false_share)


def _pair(rng: random.Random, false_share: float) -> PairOfBulletins:
    place, year = rng.choice(FIRST) + rng.choice(SECOND) + "市", rng.randint(2005, 2022)
    texts = [f"{place}公安局{at}年工作通报\n" for at in (year, year + 1)]
    changes = {}
    for name in rng.sample(indicators(), INDICATORS):
        then = rng.randint(150, 60_000)
        now = max(int(then * rng.uniform(0.6, 1.6)), 1)
        true = (Decimal(100 * now) / then - 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        is_true = rng.random() >= false_share
        printed = true if is_true else true + rng.choice((-1, 1)) * (LEAST_ERROR + Decimal(rng.randint(0, 250)) / 10)
        if not printed or printed <= -100:
            continue
        texts[0] += f"{year}年，全市{name}{then}件。\n"
        texts[1] += f"{year + 1}年，全市{name}{now}件，同比"
        changes[len(texts[1]) - len("同比")] = is_true
        texts[1] += f"{'上升' if printed > 0 else '下降'}{abs(printed)}%。\n"
    return PairOfBulletins((texts[0], texts[1]), changes)


def run(count: int, seed: int = 1, false_share: float = 0.2) -> Count:
    """Audit so many pairs, each as two loose documents, and count what was said of their changes."""
    counted = Count()
    for pair in pairs(count, seed, false_share):
        documents = [Document(f"bulletin-{n}", text) for n, text in enumerate(pair.texts)]
        said: dict[int, list[str]] = {}
        for told in read_told(audit_documents(*documents)):
            if told.first.doc == "bulletin-1":
                said.setdefault(told.first.start, []).append(f"{told.check}: {told.standing}")
        for start, is_true in pair.changes.items():
            _count(counted, is_true, said.get(start, []), pair.texts[1][start - 24 : start + 12])
    return counted


def _count(counted: Count, is_true: bool, said: list[str], words: str) -> None:
    contradicted = any(each.endswith("contradiction") for each in said)
    counted.untested += "earlier-value: tested" not in said and not contradicted
    if is_true:
        counted.true += 1
        counted.false_alarms += [words] if contradicted else []
    else:
        counted.false += 1
        counted.found += contradicted
        counted.missed += [] if contradicted else [words]


def main() -> None:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pairs", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    counted = run(chosen.pairs, chosen.seed)
    print(f"true changes {counted.true}, false alarms {len(counted.false_alarms)}; false changes {counted.false}, found {counted.found}")
    print(f"neither tested nor contradicted: {counted.untested}")
    print(*(counted.false_alarms + counted.missed)[:20], sep="\n")


if __name__ == "__main__":
    main()
