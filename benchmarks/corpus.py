"""Score extraction on a labelled corpus, and say what a change of the grammar gained and lost.

    make corpus                            # or: python -m benchmarks.corpus [--errors 40] [--update]

The corpus is other people's text and no part of this project: TONGBI_CORPUS names its folder, `../shared/corpus` is tried
otherwise. Its scorer, `bench/score.py`, stands beside it and sets the rules. `results/corpus.json` holds the last committed
result: figures, label ids and hashes of records, no sentences. `--update` rewrites it; read the gains and losses first.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from types import ModuleType

from analysis import documents
from analysis.extract import Ledger, extract
from analysis.extract.records import to_dict
from proving import soundness

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks/results/corpus.json"

# What a record says of the world; a change of its quote or rule alone is neither a gain nor a loss.
SAID = ("indicator", "value", "value_high", "unit", "hedge", "comparator", "period", "kind")
SAID_OF_CHANGE = ("direction", "amount", "kind", "basis", "hedge")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors")
    options.add_argument("--details", type=int, default=20, metavar="N", help="print at most N gains and N losses of a kind (default 20)")
    options.add_argument("--update", action="store_true", help="make this the committed result")
    chosen = options.parse_args()
    corpus = find_corpus()
    before = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {"labelled": {}, "texts": {}}
    labelled, errors = score_labelled(corpus, load_scorer(corpus))
    print_scores(labelled, before["labelled"])
    print_moves(labelled, before["labelled"], chosen.details)
    print(*(f"{error}\n" for error in errors[: chosen.errors]), sep="", end="")
    texts, failures = run_texts(corpus, before["texts"], chosen.details)
    if chosen.update:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(to_json({"labelled": labelled, "texts": texts}), "utf-8")
        print(f"wrote {RESULTS.relative_to(ROOT)}")
    return 1 if failures else 0


def find_corpus() -> Path:
    """Return the corpus folder, or leave with a message that says how to name it."""
    corpus = Path(os.environ.get("TONGBI_CORPUS", ROOT / "../shared/corpus"))
    if not (corpus / "labelled").is_dir():
        sys.exit(f"No labelled corpus at {corpus}: name its folder (the one that holds labelled/ and texts/) in TONGBI_CORPUS.")
    return corpus


def load_scorer(corpus: Path) -> ModuleType:
    """Load the scorer that stands beside the corpus: one set of rules, not a second copy of them."""
    path = corpus.resolve().parent / "bench/score.py"
    if not path.exists():
        sys.exit(f"The corpus has no scorer: {path} is missing.")
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_labelled(corpus: Path, scorer: ModuleType) -> tuple[dict, list[str]]:
    """Return the result of every labelled document, ALL last, and the scorer's list of errors.

    The scorer leaves a statement of another kind (individual, count_of_things) out of the precision even where its label is a
    statistic, so that precision can pass 1. Here such a statement is none, and its label is missed; "as scored" keeps the scorer's way.
    """
    results, errors, total, lenient = {}, [], Counter(), Counter()
    for path in sorted((corpus / "labelled").glob("*.txt")):
        document = documents.read(path)
        lines = [json.loads(line) for line in extract(document).to_json_lines()]
        gold = [g for g in scorer.read(path.with_suffix(".jsonl")) if scorer.anchor(g)]
        scorer.score(path.stem, gold, [], lines, document.text, lenient, [])
        lines = [line | {"entry": "other"} if line.get("kind", "actual") not in scorer.SCORED else line for line in lines]
        tally = Counter()
        scorer.score(path.stem, gold, [], lines, document.text, tally, errors)
        total += tally
        results[path.stem] = figures(scorer, tally) | judged(scorer, gold, lines)
    return results | {"ALL": figures(scorer, total), "ALL as scored": figures(scorer, lenient)}, errors


def figures(scorer: ModuleType, t: Counter) -> dict:
    """Return the scores of one tally; precision, recall and F1 of the full record, F1 of its parts."""
    full = scorer.prf(t["full"], t["pred"], t["gold"])
    quantity, change = scorer.prf(t["quantity"], t["pred"], t["gold"]), scorer.prf(t["change"], t["pred_change"], t["gold_change"])
    share = {
        "indicator": t["indicator"] / max(1, t["met"]),
        "period": t["period"] / max(1, t["met"]),
        "ledger": t["ledger"] / t["numerals"] if t["numerals"] else 1.0,
    }
    scores = {"precision": full[0], "recall": full[1], "full": full[2], "quantity": quantity[2], "change": change[2]} | share
    return {"labels": t["gold"], "statements": t["pred"], "changes": t["gold_change"]} | {name: round(score, 4) for name, score in scores.items()}


def judged(scorer: ModuleType, gold: list[dict], lines: list[dict]) -> dict[str, str]:
    """Return the ids of the labels read right, and the places of statements no label knows."""
    said = [p for p in lines if p["entry"] == "observation" and scorer.anchor(p)]
    pairs, _, met = scorer.meet(gold, said)
    tests = (scorer.same_quantity, scorer.same_change, scorer.name_ok, scorer.same_period)
    right = [str(gold[i]["id"]) for i, j in pairs if gold[i]["kind"] in scorer.SCORED and all(same(gold[i], said[j]) for same in tests)]
    invented = [str(scorer.anchor(p)[0]) for j, p in enumerate(said) if j not in met and p["kind"] in scorer.SCORED]
    return {"right": " ".join(sorted(right)), "invented": " ".join(sorted(invented, key=int))}


def print_scores(results: dict, before: dict) -> None:
    """Print a line a document; in brackets how far its full F1 moved."""
    for doc, r in results.items():
        old = before.get(doc, {}).get("full")
        moved = "" if old in (None, r["full"]) else f"  ({r['full'] - old:+.4f})"
        print(
            f"{doc:44.44} labels {r['labels']:4} said {r['statements']:4} | "
            f"quantity {r['quantity']:.3f} change {r['change']:.3f} of {r['changes']:3} | "
            f"full P {r['precision']:.3f} R {r['recall']:.3f} F1 {r['full']:.3f} | name {r['indicator']:.3f} period {r['period']:.3f} "
            f"ledger {r['ledger']:.3f}{moved}"
        )


def print_moves(results: dict, before: dict, most: int) -> None:
    """Print which labels are newly read right, and which no longer are; the same for invented statements."""
    names = {("right", 1): "labels gained", ("right", 0): "labels lost", ("invented", 0): "inventions gone", ("invented", 1): "inventions new"}
    for (field, newly), title in names.items():
        moves = [f"{doc}:{key}" for doc, r in results.items() if doc in before and field in r for key in _difference(r, before[doc], field, newly)]
        print(f"{title}: {len(moves)}" + "".join(f"\n  {move}" for move in moves[:most]))


def _difference(now: dict, before: dict, field: str, newly: int) -> list[str]:
    sides = (before[field].split(), now[field].split())
    return [key for key in sides[newly] if key not in set(sides[1 - newly])]


def run_texts(corpus: Path, before: dict, most: int) -> tuple[dict, int]:
    """Read every unlabelled text; print faults, the slowest, and the records that moved. Return the result and the number of faults."""
    results, failures, seconds, characters = {}, 0, {}, 0
    moves: dict[str, list[str]] = {"records new": [], "records gone": [], "records changed": []}
    for path in sorted((corpus / "texts").glob("*.txt")):
        document = documents.read(path)
        clock = time.perf_counter()
        try:
            ledger = extract(document)
        except Exception as trouble:  # the run must reach the last text whatever the first one does
            print(f"{path.name}: {type(trouble).__name__}: {trouble}")
            failures += 1
            continue
        seconds[path.stem] = time.perf_counter() - clock
        characters += len(document.text)
        found = soundness.faults(document.text, ledger)
        failures += len(found)
        print(*(f"{path.name}: {fault}\n" for fault in found), sep="", end="")
        results[path.stem] = counted(document.text, ledger)
        if path.stem in before:
            for title, starts in moved(results[path.stem]["records"], before[path.stem]["records"]).items():
                moves[title] += [f"{path.stem}@{start} {document.text[max(0, start - 16) : start + 16]!r}" for start in starts]
    print_texts(results, failures, seconds, characters)
    print_places(moves, most)
    return results, failures


def counted(text: str, ledger: Ledger) -> dict:
    """Return the figures of one text, and the places and hashes of its records."""
    return {
        "numerals": len(soundness.DIGITS.findall(text)),
        "uncovered": len(soundness.uncovered(text, ledger)),
        "statements": len(ledger.statements),
        "records": " ".join(hashes(ledger)),
    }


def print_places(moves: dict[str, list[str]], most: int) -> None:
    """Print how many records moved, in which documents most, and the first places."""
    for title, places in moves.items():
        per_document = Counter(place.partition("@")[0] for place in places)
        print(f"{title}: {len(places)}" + "".join(f"  {doc} {count}" for doc, count in per_document.most_common(8)))
        print(*(f"  {place}\n" for place in places[:most]), sep="", end="")


def moved(now: str, before: str) -> dict[str, list[int]]:
    """Return where a text's records are new, gone, or say something else; each record is written "start:hash"."""
    new, old = (set(records.split()) for records in (now, before))
    came, went = ({int(record.partition(":")[0]) for record in records} for records in (new - old, old - new))
    return {"records new": sorted(came - went), "records gone": sorted(went - came), "records changed": sorted(came & went)}


def print_texts(results: dict, failures: int, seconds: dict[str, float], characters: int) -> None:
    numerals, missed = (sum(r[field] for r in results.values()) for field in ("numerals", "uncovered"))
    slowest = max(seconds, key=seconds.get, default=None)
    print(
        f"{len(results)} texts, {characters:,} characters: {sum(r['statements'] for r in results.values()):,} statements, "
        f"{failures} faults, ledger {1 - missed / max(1, numerals):.4f} of {numerals:,} numerals"
        + (f"; slowest {slowest} {seconds[slowest]:.2f} s; {characters / sum(seconds.values()):,.0f} characters a second" if slowest else "")
    )


def hashes(ledger: Ledger) -> list[str]:
    """Return "start:hash" for every statement: enough to see that it changed and where, nothing of what it says."""
    out = []
    for statement in ledger.statements:
        record = to_dict(statement)
        said = [record[field] for field in SAID] + [record["change"] and record["change"][field] for field in SAID_OF_CHANGE]
        said += [record["previous"] and record["previous"]["value"]]
        out.append(f"{statement.start}:{hashlib.sha256(repr(said).encode()).hexdigest()[:6]}")
    return out


def to_json(results: dict) -> str:
    """Write the result a document a line, so that a diff names the documents that moved."""
    blocks = [
        f'"{part}": {{\n' + ",\n".join(f"{json.dumps(doc)}: {json.dumps(row)}" for doc, row in rows.items()) + "\n}" for part, rows in results.items()
    ]
    return "{" + ",\n".join(blocks) + "}\n"


if __name__ == "__main__":
    sys.exit(main())
