"""Fit the weights by which readings are chosen and doubted, from labelled documents.

    python -m benchmarks.weights              # report only: leave one document out
    python -m benchmarks.weights --write      # also write src/analysis/extract/weights.yml

Two fits, both on documents that are not part of the project (TONGBI_CORPUS, else `../shared/corpus`). The choices: an averaged
structured perceptron: where another walk of a sentence agrees better with its labels than the one the weights take, the rules of the better
walk gain and those of the taken one lose. The doubts: a logistic regression, with a penalty on large weights, of whether a record is
right. The report says how many of the wrong records lie among the 15 % with the smallest margins of documents the weights have not seen.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from analysis.extract import binding, choosing, extract, freezing, naming
from analysis.extract.readings import faults
from analysis.extract.records import to_dict

from .corpus import find_corpus, load_scorer

STEP, ROUNDS, WIDTH = 0.1, 3, 4.0
PENALTY, DESCENT, STEPS = 0.02, 0.5, 3000
SHARE, LEAST = 0.15, 0.05
# So that a margin of two, below which a record is called doubtful, stands for odds of about two to three of being wrong.
SCALE, SHIFT = 2.0, 1.08
SCORED = ("actual", "target")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="write the weights fitted on all documents")
    options.add_argument("--more", nargs="*", type=Path, default=[], metavar="FOLDER", help="further labelled folders whose errors have been read")
    chosen = options.parse_args()
    corpus = find_corpus()
    scorer = load_scorer(corpus)
    documents = list(_documents([corpus / "labelled", corpus / "transposed", *chosen.more], scorer))
    start = yaml.safe_load(choosing.PATH.read_text("utf-8"))
    fitted = _fit_choices(start, documents, scorer)
    _install(fitted)
    records = [(name, *row) for name, text, gold in documents for row in _records(text, gold, scorer)]
    _report(start, records)
    _set_doubts(fitted, *_fit_doubts(records))
    if chosen.write:
        head = choosing.PATH.read_text("utf-8").partition("\nrole:")[0]
        choosing.PATH.write_text(head + "\n" + yaml.safe_dump(_rounded(fitted), allow_unicode=True, sort_keys=False, width=150), "utf-8")
        print(f"wrote {choosing.PATH.name}")
    return 0


def _documents(folders: Sequence[Path], scorer: Any) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    for folder in folders:
        for path in sorted(folder.glob("*.jsonl")):
            if not path.name.endswith(".other.jsonl"):
                with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
                    yield path.stem, file.read(), [label for label in scorer.read(path) if scorer.anchor(label)]


def _install(weights: dict[str, dict[str, float]]) -> None:
    choosing.weights.cache_clear()
    choosing.weights().update(weights)


def _fit_choices(start: dict[str, dict[str, float]], documents: list[Any], scorer: Any) -> dict[str, dict[str, float]]:
    """The weights of rules and faults after some rounds over the documents, averaged over the documents read."""
    now = {point: dict(rules) for point, rules in start.items()}
    total: dict[tuple[str, str], float] = defaultdict(float)
    wider, plain, closed, read = choosing.WIDTH, binding.pick, binding.is_open, 0
    choosing.WIDTH = WIDTH
    gold: list[dict[str, Any]] = []

    def learn(walks: list[Any], costs: list[float]) -> int:
        at = plain(walks, costs)
        right = [_agreement(walk, gold, scorer) for walk in walks]
        best = max(range(len(walks)), key=lambda n: (right[n], -costs[n]))
        if right[best] > right[at]:
            for key, more in _used(walks[best]).items():
                now[key[0]][key[1]] += STEP * more
            for key, more in _used(walks[at]).items():
                now[key[0]][key[1]] -= STEP * more
        return at

    binding.pick, binding.is_open = learn, lambda faults: True
    try:
        for _ in range(ROUNDS):
            for _, text, labels in documents:
                gold[:] = labels
                _install(now)
                extract(text)
                read += 1
                for point, rules in now.items():
                    for rule, weight in rules.items():
                        total[point, rule] += weight
    finally:
        binding.pick, binding.is_open, choosing.WIDTH = plain, closed, wider
    return {point: {rule: total[point, rule] / read for rule in rules} for point, rules in start.items()}


def _used(walk: Any) -> Counter[tuple[str, str]]:
    """How often each rule made the readings of a walk; a fault counts against it."""
    used = Counter((choice.point, rule) for choice in walk.choices if choice.gap is not None for rule in choice.rules)
    used.subtract(("fault", fault) for fault in faults.find_faults(walk))
    return used


def _agreement(walk: Any, gold: list[dict[str, Any]], scorer: Any) -> int:
    """How many labels a walk reads right, less the statements it makes of nothing."""
    right = 0
    for draft in walk.drafts:
        change = draft.change.amount if draft.change is not None else None
        span = draft.quantity or change
        if span is None:
            continue
        label = next((g for g in gold if scorer.overlap(scorer.anchor(g), (span.start, span.end)) > 0.5), None)
        if label is None:
            right -= 1
            continue
        name = naming.with_measure(draft.name, draft.quantity.unit, draft.quantity.family) if draft.quantity is not None else draft.name
        told = scorer.change_of(label)
        same = (told is None) == (change is None) and (change is None or scorer.number(told["amount"]) == scorer.number(draft.change.value))
        right += same and scorer.name_ok(label, {"indicator": name, "indicator_as_written": draft.written})
    return right


def _records(text: str, gold: list[dict[str, Any]], scorer: Any) -> Iterator[tuple[bool, float, frozenset[str]]]:
    """Every scored record of a text: whether it is right, its margin in its sentence, and what speaks against it."""
    seen: dict[str, frozenset[str]] = {}
    plain = freezing.find_doubts

    def note(draft: Any, s: Any) -> list[str]:
        found = list(plain(draft, s))
        seen[f"text:{draft.anchor}"] = frozenset(found)
        return found

    freezing.find_doubts = note
    try:
        said = [to_dict(entry) for entry in extract(text).statements]
    finally:
        freezing.find_doubts = plain
    said = [record for record in said if scorer.anchor(record)]
    met = {j: i for i, j in scorer.meet(gold, said)[0]}
    for at, record in enumerate(said):
        if record["kind"] in SCORED and record["id"] in seen:
            label = gold[met[at]] if at in met else None
            tests = (scorer.same_quantity, scorer.same_change, scorer.name_ok, scorer.same_period)
            right = label is not None and label["kind"] == record["kind"] and all(same(label, record) for same in tests)
            yield right, record["margin"], seen[record["id"]] | frozenset(record["rules"])


def _fit_doubts(records: list[Any]) -> tuple[list[str], np.ndarray]:
    """The signs of doubt and their weights in a logistic regression of being wrong (the last: of none); no weight is below nought."""
    signs = sorted({sign for *_, found in records for sign in found})
    x = np.array([[sign in found for sign in signs] + [1.0] for *_, found in records], dtype=float)
    y = np.array([not right for _, right, *_ in records], dtype=float)
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) / len(y)
        slope[:-1] += PENALTY * w[:-1] / np.sqrt(len(y))
        w -= DESCENT * slope
        w[:-1] = np.maximum(w[:-1], 0)
    return signs, w


def _report(start: dict[str, dict[str, float]], records: list[Any]) -> None:
    """Say how the doubts rank the wrong records of documents they were not fitted on."""
    ranked = []
    for name in dict.fromkeys(record[0] for record in records):
        signs, w = _fit_doubts([record for record in records if record[0] != name])
        cost = dict(zip(signs, w[:-1], strict=True))
        ranked += [(sum(cost.get(sign, 0.0) for sign in found), right) for doc, right, _, found in records if doc == name]
    ranked.sort(key=lambda pair: -pair[0])
    wrong = sum(not right for _, right in ranked)
    caught = sum(not right for _, right in ranked[: round(SHARE * len(ranked))])
    print(f"{len(ranked)} records, {wrong} of them wrong (period and kind apart)")
    print(f"{caught} of the wrong ones are among the {SHARE:.0%} most doubtful, leaving one document out")


def _set_doubts(weights: dict[str, dict[str, float]], signs: list[str], w: np.ndarray) -> None:
    """Set what each sign counts; of the rules' names those that count for something."""
    weights["trust"] = {}
    for sign, cost in zip(signs, w[:-1], strict=True):
        point = "trust" if ":" in sign else "doubt"
        if point == "doubt" or cost >= LEAST:
            weights[point][sign] = SCALE * float(cost)
    weights["trust"]["a statistic"] = SCALE * float(-w[-1]) + SHIFT


def _rounded(weights: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {point: {rule: round(weight, 2) for rule, weight in rules.items()} for point, rules in weights.items()}


if __name__ == "__main__":
    raise SystemExit(main())
