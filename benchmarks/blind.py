"""Score labelled folders nobody has tuned to: by genre, for prose and for tables, with intervals, and what the margins are worth.

    python -m benchmarks.blind FOLDER... [--errors N] [--months]

A folder holds texts with their labels beside them (NAME.txt, NAME.jsonl), labelled by the rules of the corpus and scored by its strict scorer
(benchmarks/corpus.py says where both are found). The genre is what a file's name begins with (court-01: court), else the folder's name without its
numbers. A label stands in a table where its line is laid out as cells. Intervals: 95 % of so many samples of whole documents. Score a set before
reading its errors: after that it is no longer blind.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis import documents
from analysis.extract import extract
from analysis.periods import months

from .corpus import find_corpus, load_scorer

SAMPLES, SEED = 2000, 1
SHARE = 0.15
PARTS = ("all", "prose", "tables")


@dataclass
class Scored:
    """One document: its tallies, whole and by part, and of every record that is scored its margin and whether it is right."""

    name: str
    genre: str
    tallies: dict[str, Counter[str]] = field(default_factory=dict)
    records: list[tuple[float, bool, bool]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors (the set is not blind after that)")
    options.add_argument("--months", action="store_true", help="take 2018Q3 and 2018-07..2018-09 for one period: labellers write either")
    chosen = options.parse_args()
    scorer = load_scorer(find_corpus())
    scored = [score_document(path, scorer, chosen.months) for folder in chosen.folders for path in sorted(folder.glob("*.txt"))]
    for one in scored:
        print(f"{one.name:48.48} {_figures(scorer, one.tallies['all'])}")
    genres = defaultdict(list)
    for one in scored:
        genres[one.genre].append(one)
    for genre, members in [*genres.items(), ("ALL", scored)]:
        for part in PARTS:
            print_part(scorer, genre, part, members)
    print_margins("all", [record for one in scored for record in one.records])
    print_margins("prose", [record for one in scored for record in one.records if not record[2]])
    print_margins("tables", [record for one in scored for record in one.records if record[2]])
    errors = [error for one in scored for error in one.errors]
    print(*errors[: chosen.errors], sep="\n", end="\n" if chosen.errors else "")
    return 0


def score_document(path: Path, scorer: Any, by_months: bool = False) -> Scored:
    """Read and score one document; with ``by_months``, periods of the same months are the same however they are written."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    gold = [label for label in scorer.read(path.with_suffix(".jsonl")) if scorer.anchor(label)]
    said = [json.loads(line) for line in extract(documents.read(path)).to_json_lines()]
    if by_months:
        for record in (*gold, *said):
            record["period"] = months(record["period"]) or record["period"] if record.get("period") else None
    one = Scored(path.stem, _genre(path))
    for part in PARTS:
        tally: Counter[str] = Counter()
        labels, lines = ([r for r in records if part == "all" or _in_part(text, r, part, scorer)] for records in (gold, said))
        scorer.score(path.stem, labels, [], lines, text if part == "all" else None, tally, one.errors if part == "all" else [])
        one.tallies[part] = tally
    one.records = list(_judged(text, gold, said, scorer))
    return one


def _genre(path: Path) -> str:
    begins = re.match("[a-z]+", path.stem)
    return begins[0] if begins else path.parent.name.rstrip("0123456789")


def _in_part(text: str, record: dict[str, Any], part: str, scorer: Any) -> bool:
    at = scorer.anchor(record)
    return at is not None and is_cell(text, at[0]) == (part == "tables")


_LAID_OUT = re.compile(r"\t|[|│┃]|\S(?: {2,}|　+)\S")
_ALONE = re.compile(r"[\s+\-−－↑↓0-9０-９.,，%％‰万亿萬億]*[一-鿿%％]{0,3}\s*")
_SENTENCE = re.compile("[。；;]|，.*，.*，")


def is_cell(text: str, at: int) -> bool:
    """Whether the line of a place is laid out as cells: bars, tabs, gaps, commas without sentences, or a number alone on it.

    >>> is_cell("年份\\t立案\\n2019\\t30", 8), is_cell("2019年，立案30起。", 8)
    (True, False)
    """
    line = text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1].strip("\r")
    if _SENTENCE.search(line) is not None:
        return False
    return _LAID_OUT.search(line.strip(" 　")) is not None or _ALONE.fullmatch(line) is not None or line.count(",") > 1


def _judged(text: str, gold: list[dict[str, Any]], said: list[dict[str, Any]], scorer: Any) -> Iterator[tuple[float, bool, bool]]:
    """The margin of every record that is scored, whether it is right, and whether it stands in a table."""
    said = [record for record in said if record["entry"] == "observation" and scorer.anchor(record)]
    met = {j: i for i, j in scorer.meet(gold, said)[0]}
    tests = (scorer.same_quantity, scorer.same_change, scorer.name_ok, scorer.same_period)
    for at, record in enumerate(said):
        label = gold[met[at]] if at in met else None
        if record["kind"] not in scorer.SCORED or (label is not None and label["kind"] not in scorer.SCORED):
            continue
        right = label is not None and label["kind"] == record["kind"] and all(same(label, record) for same in tests)
        margin = record["margin"]
        yield (float("inf") if margin is None else float(margin)), right, is_cell(text, scorer.anchor(record)[0])


def print_part(scorer: Any, genre: str, part: str, members: list[Scored]) -> None:
    """Print the figures of one part of a genre, with the interval of its F1."""
    members = [one for one in members if one.tallies[part]["gold"] or one.tallies[part]["pred"]]
    if members:
        low, high = interval(scorer, [one.tallies[part] for one in members])
        figures = _figures(scorer, _sum(one.tallies[part] for one in members))
        print(f"{genre:6} {part:6} {len(members):3} documents  {figures}  [{low:.3f}, {high:.3f}]")


def interval(scorer: Any, tallies: list[Counter[str]]) -> tuple[float, float]:
    """95 % of the F1 of samples of documents, drawn with replacement."""
    draw = random.Random(SEED)
    found = sorted(_f1(scorer, _sum(draw.choices(tallies, k=len(tallies)))) for _ in range(SAMPLES))
    return found[round(0.025 * SAMPLES)], found[round(0.975 * SAMPLES) - 1]


def print_margins(part: str, records: list[tuple[float, bool, bool]]) -> None:
    """Print how many of the wrong records lie among those with the smallest margins; of equal margins the share that comes to lie there."""
    size = round(SHARE * len(records))
    wrong = [margin for margin, right, _ in records if not right]
    if not size or not wrong:
        return
    edge = sorted(margin for margin, *_ in records)[size - 1]
    below = sum(margin < edge for margin, *_ in records)
    at = sum(margin == edge for margin, *_ in records)
    caught = sum(margin < edge for margin in wrong) + sum(margin == edge for margin in wrong) * (size - below) / at
    print(f"{part}: {len(records)} records, {len(wrong)} wrong; {caught / len(wrong):.3f} of these among the {SHARE:.0%} with the smallest margins")


def _sum(tallies: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for tally in tallies:
        total.update(tally)
    return total


def _f1(scorer: Any, tally: Counter[str]) -> float:
    return scorer.prf(tally["full"], tally["pred"], tally["gold"])[2]


def _figures(scorer: Any, t: Counter[str]) -> str:
    p, r, f = scorer.prf(t["full"], t["pred"], t["gold"])
    met = max(1, t["met"])
    quantity = scorer.prf(t["quantity"], t["pred"], t["gold"])[2]
    return (
        f"labels {t['gold']:4} said {t['pred']:4} | P {p:.3f} R {r:.3f} F1 {f:.3f} | quantity {quantity:.3f} "
        f"name {t['indicator'] / met:.3f} period {t['period'] / met:.3f}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
