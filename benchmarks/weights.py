"""Fit the weights by which readings are chosen and doubted, from labelled documents.

    python -m benchmarks.weights              # report only, on ten parts of the documents, each left out once
    python -m benchmarks.weights --more F...  # with further labelled folders, each left out once, whole
    python -m benchmarks.weights --write      # also write src/analysis/extract/weights.yml
    python -m benchmarks.weights --choices    # fit what is chosen, not only what is doubted
    python -m benchmarks.weights --cells      # fit (and write) only what is doubted of cells of tables

Two fits, both on documents that are not part of the project (TONGBI_CORPUS, else `../shared/corpus`). The choices: an averaged
structured perceptron over the ways in which the sentences can be read, each document read once: where another walk of a sentence agrees better
with its labels than the one the weights take, the rules of the better walk gain and those of the taken one lose. The doubts: a logistic
regression, with a penalty on large weights, of whether a record is right; one for prose, one for the cells of tables. The report says how many
of the wrong records lie among the 15 % with the smallest margins of documents the weights have not seen.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

from analysis.extract import binding, choosing, extract, freezing, naming
from analysis.extract.readings import faults
from analysis.extract.records import to_dict
from analysis.extract.tables import statements as cells

from .corpus import find_corpus, load_scorer

STEP, ROUNDS, WIDTH = 0.1, 5, 4.0
PENALTY, PARTS = 5.0, 10
SHARE, LEAST = 0.15, 0.05
# So that a margin of two, below which a record is called doubtful, stands for odds of about two to three of being wrong.
SCALE, SHIFT = 2.0, 1.08
SCORED = ("actual", "target")
# What a cell's statement has by inference alone counts for something, however few labelled tables have it.
INFERRED = (
    "part: sums", "part: further in", "part: as the one before", "unit: around the table", "period: around the table", "heads of the table before",
    "kind of change told by figures", "others have a unit",
)  # fmt: skip
LEAST_OF_THE_INFERRED = 0.4
# What says that something was not understood makes a record doubtful by itself.
NOT_UNDERSTOOD, LEAST_OF_THESE = ("time left in the name", "time named and not fixed", "broken count", "below nothing"), 2.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="write the weights fitted on all documents")
    options.add_argument("--more", nargs="*", type=Path, default=[], metavar="FOLDER", help="further labelled folders whose errors have been read")
    options.add_argument("--choices", action="store_true", help="fit the weights of the choices too; measure what they read before you keep them")
    options.add_argument("--cells", action="store_true", help="fit only the doubts of cells of tables")
    chosen = options.parse_args()
    corpus = find_corpus()
    scorer = load_scorer(corpus)
    documents = list(_documents([corpus / "labelled", corpus / "transposed", *chosen.more], scorer))
    start = yaml.safe_load(choosing.PATH.read_text("utf-8"))
    fitted = _fit_choices(start, documents, scorer) if chosen.choices else start
    _install(fitted)
    records = [(name, *row) for name, text, gold in documents for row in _records(text, gold, scorer)]
    of_cells = [record for record in records if _is_cell(record)]
    if not chosen.cells:
        _report([record for record in records if not _is_cell(record)], _parts(documents, chosen.more, scorer))
        _set_doubts(fitted, *_fit_doubts([record for record in records if not _is_cell(record)]))
    _report(of_cells, _tenths(list(dict.fromkeys(name for name, *_ in of_cells))))
    _set_doubts_of_cells(fitted, *_fit_doubts(of_cells))
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
    """The weights of rules and faults after some rounds over the sentences, averaged over the rounds; each document is read once."""
    sentences = [walks for _, text, labels in documents for walks in _read_walks(text, labels, scorer)]
    now = {point: dict(rules) for point, rules in start.items()}
    total: Counter[tuple[str, str]] = Counter()
    for _ in range(ROUNDS):
        for walks in sentences:
            worth = [sum(times * now[point][rule] for (point, rule), times in used.items()) for used, _ in walks]
            at = max(range(len(walks)), key=worth.__getitem__)
            best = max(range(len(walks)), key=lambda n: (walks[n][1], worth[n]))
            if walks[best][1] > walks[at][1]:
                for (point, rule), more in (walks[best][0] - walks[at][0]).items():
                    now[point][rule] += STEP * more
                for (point, rule), more in (walks[at][0] - walks[best][0]).items():
                    now[point][rule] -= STEP * more
        for point, rules in now.items():
            for rule, weight in rules.items():
                total[point, rule] += weight
    return {point: {rule: total[point, rule] / ROUNDS for rule in rules} for point, rules in start.items()}


def _read_walks(text: str, gold: list[dict[str, Any]], scorer: Any) -> Iterator[list[tuple[Counter[tuple[str, str]], int]]]:
    """Of every sentence of a text with more than one way to read it: which rules each way uses how often, and how many labels it reads right."""
    wider, plain, closed = choosing.WIDTH, binding.pick, binding.is_open
    found: list[list[tuple[Counter[tuple[str, str]], int]]] = []

    def note(walks: list[Any], costs: list[float]) -> int:
        if len(walks) > 1:
            found.append([(_used(walk), _agreement(walk, gold, scorer)) for walk in walks])
        return plain(walks, costs)

    choosing.WIDTH, binding.pick, binding.is_open = WIDTH, note, lambda faults: True
    try:
        extract(text)
    finally:
        binding.pick, binding.is_open, choosing.WIDTH = plain, closed, wider
    yield from (walks for walks in found if len({right for _, right in walks}) > 1)


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

    def note(draft: Any, s: Any, ahead: float | None) -> list[str]:
        found = list(plain(draft, s, ahead))
        seen[f"text:{draft.anchor}"] = frozenset(found)
        return found

    of_cell, write = cells.margin_of, cells.Writer._statement
    signs: list[frozenset[str]] = []

    def note_signs(found: Iterable[str]) -> float:
        signs.append(frozenset(found))
        return of_cell(signs[-1])

    def note_cell(self: Any, *said: Any) -> Any:
        statement = write(self, *said)
        seen[statement.id] = signs[-1]
        return statement

    freezing.find_doubts, cells.margin_of, cells.Writer._statement = note, note_signs, note_cell  # type: ignore[assignment, method-assign]
    try:
        said = [to_dict(entry) for entry in extract(text).statements]
    finally:
        freezing.find_doubts, cells.margin_of, cells.Writer._statement = plain, of_cell, write  # type: ignore[method-assign]
    said = [record for record in said if scorer.anchor(record)]
    met = {j: i for i, j in scorer.meet(gold, said)[0]}
    for at, record in enumerate(said):
        if record["kind"] in SCORED and record["id"] in seen:
            label = gold[met[at]] if at in met else None
            tests = (scorer.same_quantity, scorer.same_change, scorer.name_ok, scorer.same_period)
            right = label is not None and label["kind"] == record["kind"] and all(same(label, record) for same in tests)
            yield right, record["margin"], seen[record["id"]] | frozenset(record["rules"])


def _is_cell(record: Any) -> bool:
    return any(sign.startswith("table: ") for sign in record[-1])


def _fit_doubts(records: list[Any]) -> tuple[list[str], np.ndarray]:
    """The signs of doubt and their weights in a logistic regression of being wrong (the last: of none); no weight is below nought."""
    signs = sorted({sign for *_, found in records for sign in found})
    x = np.array([[sign in found for sign in signs] + [1.0] for *_, found in records], dtype=float)
    y = np.array([not right for _, right, *_ in records], dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        slope = x.T @ (1 / (1 + np.exp(-z)) - y)
        slope[:-1] += PENALTY * w[:-1]
        return float(np.logaddexp(0, z).sum() - y @ z + PENALTY * (w[:-1] ** 2).sum() / 2), slope

    bounds = [(0.0, None)] * len(signs) + [(None, None)]
    return signs, minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x


def _parts(documents: list[Any], folders: Sequence[Path], scorer: Any) -> list[frozenset[str]]:
    """The documents to leave out together: those of a folder, else a tenth of all."""
    if folders:
        return [frozenset(name for name, *_ in _documents([folder], scorer)) for folder in folders]
    return _tenths(list(dict.fromkeys(name for name, *_ in documents)))


def _tenths(names: list[str]) -> list[frozenset[str]]:
    Random(PARTS).shuffle(names)
    return [frozenset(names[part::PARTS]) for part in range(PARTS)]


def _report(records: list[Any], parts: list[frozenset[str]]) -> None:
    """Say how the doubts rank the wrong records of documents they were not fitted on."""
    wrong = caught = size = 0
    for left_out in parts:
        signs, w = _fit_doubts([record for record in records if record[0] not in left_out])
        cost = dict(zip(signs, w[:-1], strict=True))
        ranked = [(sum(cost.get(sign, 0.0) for sign in found), right) for doc, right, _, found in records if doc in left_out]
        ranked.sort(key=lambda pair: -pair[0])
        size += len(ranked)
        wrong += sum(not right for _, right in ranked)
        caught += sum(not right for _, right in ranked[: round(SHARE * len(ranked))])
    print(f"{size} records, {wrong} of them wrong")
    share = caught / max(1, wrong)
    print(f"{caught} of the wrong ones ({share:.3f}) are among the {SHARE:.0%} most doubtful of their part, each of {len(parts)} parts left out")


def _set_doubts(weights: dict[str, dict[str, float]], signs: list[str], w: np.ndarray) -> None:
    """Set what each sign counts; of the rules' names those that count for something."""
    weights["trust"] = {}
    for sign, cost in zip(signs, w[:-1], strict=True):
        point = "trust" if ":" in sign else "doubt"
        if point == "doubt" or cost >= LEAST:
            weights[point][sign] = SCALE * float(cost)
    weights["trust"]["a statistic"] = SCALE * float(-w[-1]) + SHIFT


def _set_doubts_of_cells(weights: dict[str, dict[str, float]], signs: list[str], w: np.ndarray) -> None:
    """Set what each sign of a cell counts, of those that count for something."""
    costs = dict.fromkeys(INFERRED, LEAST_OF_THE_INFERRED) | dict.fromkeys(NOT_UNDERSTOOD, LEAST_OF_THESE)
    costs |= {sign: max(float(cost), costs.get(sign, 0.0)) for sign, cost in zip(signs, w[:-1], strict=True) if cost >= LEAST}
    weights["cell"] = {sign: SCALE * cost for sign, cost in sorted(costs.items(), key=lambda pair: -pair[1])}
    weights["cell"]["a figure"] = SCALE * float(-w[-1]) + SHIFT


def _rounded(weights: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {point: {rule: round(weight, 2) for rule, weight in rules.items()} for point, rules in weights.items()}


if __name__ == "__main__":
    raise SystemExit(main())
