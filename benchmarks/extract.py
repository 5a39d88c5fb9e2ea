"""How fast full records are read, against the named alternatives, and how time and memory grow.

    python -m benchmarks.extract [--quick] [--update]

Every measurement runs in a fresh process on one core, so that no name is cached and memory is its own, and counts that process's
own seconds, so that a busy machine does not blur it. The text is a megabyte
of the labelled corpus (TONGBI_CORPUS, or `../shared/corpus`); where that is not at hand, our own bulletins, repeated.
Recognizers-Text (Microsoft) finds numbers with units, not what they say, and is slow: it reads a slice, and its rate is
taken from that. A bare number regex finds digits and nothing else: it is the floor, what merely looking at the text costs.
`--update` writes `results/extract.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import sys
import time
import tracemalloc
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks/results/extract.json"
CORPUS = Path(os.environ.get("TONGBI_CORPUS", ROOT / "../shared/corpus"))

MEGABYTE = 1_000_000  # bytes of UTF-8
SLICE = 60_000  # bytes that Recognizers-Text is given
PATIENCE = 20  # seconds after which no longer line is tried
DOCUMENT = 1_000  # characters of one document where growth is measured
NUMBER = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
STOPS = str.maketrans(dict.fromkeys("。！？!?；;", "，") | dict.fromkeys("\r\n"))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="one run of each, up to 1,000 documents and a line of 1 MB")
    options.add_argument("--update", action="store_true", help="make this the committed result")
    chosen = options.parse_args()
    result = {
        "text": describe(),
        "speed": speed(1 if chosen.quick else 3),
        "documents": documents([1, 10, 100, 1000] + [10_000] * (not chosen.quick)),
        "line": lines([MEGABYTE // 10, MEGABYTE] + [10 * MEGABYTE] * (not chosen.quick)),
    }
    print_result(result)
    if chosen.update:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
        print(f"wrote {RESULTS.relative_to(ROOT)}")


# --- the text


def sources() -> list[Path]:
    """Return the files to read: the corpus where it is at hand, else our own bulletins."""
    return sorted(CORPUS.glob("[lt]*/*.txt")) or sorted((ROOT / "data/raw").rglob("*.txt"))


def describe() -> dict:
    return {"source": "corpus" if CORPUS.is_dir() else "data/raw, repeated", "bytes": MEGABYTE, "characters": sum(map(len, sample(MEGABYTE)))}


def sample(size: int) -> list[str]:
    """Return whole texts, the last one cut, of ``size`` bytes together."""
    texts = [path.read_text("utf-8") for path in sources()]
    taken, left = [], size
    while left > 0:
        for text in texts:
            part = text.encode()[:left].decode(errors="ignore")
            left -= len(text.encode())
            taken.append(part)
            if left <= 0:
                break
    return taken


def variants(count: int) -> Iterator[str]:
    """Yield ``count`` documents of about a thousand characters, no two alike: digits drawn anew, a character in forty exchanged.

    Repeating the corpus as it stands would measure caches of names, not reading.
    """
    draw = random.Random(5)
    joined = "".join(sample(MEGABYTE))
    for i in range(count):
        start = i * DOCUMENT % (len(joined) - DOCUMENT)
        text = re.sub(r"\d", lambda _: draw.choice("123456789"), joined[start : start + DOCUMENT])
        characters = list(text)
        for _ in range(DOCUMENT // 40):
            a, b = draw.randrange(DOCUMENT), draw.randrange(DOCUMENT)
            characters[a], characters[b] = characters[b], characters[a]
        yield "".join(characters)


# --- measurements: each is run in a process of its own


def alone(measure: Callable[..., dict], *arguments) -> dict:
    """Run a measurement in a fresh interpreter."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(measure, *arguments).result()


def read_records() -> dict:
    """Read every text of the megabyte into its ledger."""
    from analysis.extract import extract

    warm_up()
    return timed(sample(MEGABYTE), lambda text: len(extract(text).statements))


def warm_up() -> None:
    """Read all our own bulletins once, so that every pattern compiled at first use is compiled; what is measured is other text."""
    from analysis.extract import extract
    from analysis.extract.grammar import dispatch

    for scanned in {id(one): one for rules in dispatch().values() for one in rules}.values():
        scanned.match("", 0, 0)  # also the rules that none of them needs
    for path in sorted((ROOT / "data/raw").rglob("*.txt")):
        extract(path.read_text("utf-8"))


def read_numbers() -> dict:
    """Find the digits of the same megabyte."""
    return timed(sample(MEGABYTE), lambda text: sum(1 for _ in NUMBER.finditer(text)))


def read_recognizers(names: tuple[str, ...]) -> dict:
    """Let Recognizers-Text find numbers, percentages, amounts of money and dimensions, a line at a time, which suits it best."""
    warnings.simplefilter("ignore")  # its modules warn when they are compiled
    from recognizers_number import Culture, NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    makers = {
        **dict.fromkeys(("number", "percentage"), NumberRecognizer(Culture.Chinese)),
        **dict.fromkeys(("currency", "dimension"), NumberWithUnitRecognizer(Culture.Chinese)),
    }
    models = [getattr(makers[name], f"get_{name}_model")() for name in names]
    for model in models:
        model.parse("立案5件")
    return timed([line for text in sample(SLICE) for line in text.splitlines() if line.strip()], lambda line: sum(len(m.parse(line)) for m in models))


def timed(texts: list[str], read: Callable[[str], int]) -> dict:
    """Return characters a second of one pass over some texts, and how much was found."""
    began, found = time.process_time(), 0
    for text in texts:
        found += read(text)
    seconds, characters = time.process_time() - began, sum(map(len, texts))
    return {"characters": characters, "seconds": seconds, "rate": characters / seconds, "found": found}


def read_documents(count: int, traced: bool) -> dict:
    """Read ``count`` documents one after another, keeping none; memory is the most held at once, beyond what stood at the start."""
    from analysis.extract import extract

    warm_up()
    held = _resident()
    if traced:
        tracemalloc.start()
    seconds = 0.0
    for text in variants(count):
        began = time.process_time()
        extract(text)
        seconds += time.process_time() - began
    return {"seconds": seconds, "resident_growth": _resident() - held, "traced_peak": tracemalloc.get_traced_memory()[1] if traced else None}


def read_line(size: int, stops: bool) -> dict:
    """Read one line of ``size`` bytes, with its full stops or with commas only."""
    from analysis.extract import extract

    warm_up()
    text = "".join(sample(min(size, MEGABYTE))).replace("\r", "").replace("\n", "") * max(1, size // MEGABYTE)
    return timed([text if stops else text.translate(STOPS)], lambda line: len(extract(line).statements))


def _resident() -> int:
    # Linux counts in kilobytes, macOS in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


# --- what is measured


def speed(runs: int) -> dict:
    """Measure the rates in turn; the median of ``runs`` is reported."""
    measures = {
        "records": (read_records,),
        "number regex": (read_numbers,),
        "Recognizers-Text, numbers": (read_recognizers, ("number",)),
        "Recognizers-Text, with units": (read_recognizers, ("number", "percentage", "currency", "dimension")),
    }
    taken = {name: [] for name in measures}
    for _ in range(runs):
        for name, (measure, *arguments) in measures.items():
            taken[name].append(alone(measure, *arguments))
    rates = {name: round(median(run["rate"] for run in each)) for name, each in taken.items()}
    return {
        name: {
            "characters": taken[name][0]["characters"],
            "found": taken[name][0]["found"],
            "characters_a_second": rates[name],
            "records_are_times_as_fast": round(rates["records"] / rates[name], 3),
        }
        for name in rates
    }


def documents(counts: list[int]) -> list[dict]:
    """Measure time and memory for more and more documents."""
    rows = []
    for count in counts:
        plain, traced = alone(read_documents, count, False), alone(read_documents, min(count, 1000), True)
        rows.append(
            {
                "documents": count,
                "seconds": round(plain["seconds"], 4),
                "characters_a_second": round(count * DOCUMENT / plain["seconds"]),
                "resident_growth_mb": round(plain["resident_growth"] / 1e6, 2),
                "traced_documents": min(count, 1000),
                "traced_peak_mb": round(traced["traced_peak"] / 1e6, 2),
            }
        )
    return rows


def lines(sizes: list[int]) -> list[dict]:
    """Measure a single line, with and without full stops (then it is one sentence of its whole length), until one takes too long."""
    rows = []
    for stops in (True, False):
        for size in sizes:
            run = alone(read_line, size, stops)
            rows.append({"bytes": size, "full_stops": stops, "seconds": round(run["seconds"], 2), "characters_a_second": round(run["rate"])})
            if run["seconds"] > PATIENCE:
                break
    return rows


def print_result(result: dict) -> None:
    """Print the three tables."""
    text = result["text"]
    print(f"one core, {text['characters']:,} characters ({text['bytes']:,} bytes) of {text['source']}\n")
    print(f"{'':30}{'characters':>12}{'found':>9}{'characters/s':>15}{'records are':>16}")
    for name, row in result["speed"].items():
        print(f"{name:30}{row['characters']:12,}{row['found']:9,}{row['characters_a_second']:15,}{row['records_are_times_as_fast']:10,.2f} times")
    print(f"\n{'documents':>10}{'seconds':>10}{'characters/s':>15}{'resident +MB':>15}{'traced peak MB':>16}")
    for row in result["documents"]:
        print(
            f"{row['documents']:10,}{row['seconds']:10.3f}{row['characters_a_second']:15,}{row['resident_growth_mb']:15.1f}{row['traced_peak_mb']:16.1f}"
            + (f" (of {row['traced_documents']:,})" if row["traced_documents"] != row["documents"] else "")
        )
    print(f"\n{'one line of bytes':>18}{'full stops':>12}{'seconds':>10}{'characters/s':>15}")
    for row in result["line"]:
        print(f"{row['bytes']:18,}{'yes' if row['full_stops'] else 'no':>12}{row['seconds']:10.2f}{row['characters_a_second']:15,}")


if __name__ == "__main__":
    main()
