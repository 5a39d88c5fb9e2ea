"""What preloaded kernels save: the report notebook run by kernels that start plainly, and by forks of one process.

    python -m benchmarks.kernels [--reports 6] [--update]

Counts the processor seconds of everything that ran, imports of the helper process included, so that a busy machine does not blur it, and
the seconds on the clock beside them. Each way runs in a fresh process. The executed notebooks must be the same byte for byte; else this
fails. `--update` writes `results/kernels.json`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import nullcontext
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

import nbformat

from analysis.publish.kernels import preloaded
from analysis.publish.publishing import NOTEBOOK
from analysis.publish.running import OwnInterpreter, run

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks/results/kernels.json"
WAYS = {"plain": lambda: nullcontext(OwnInterpreter), "preloaded": preloaded}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=6, help="how many notebooks in a row")
    options.add_argument("--update", action="store_true", help="make this the committed result")
    chosen = options.parse_args()
    result = {}
    for way in WAYS:
        with get_context("spawn").Pool(1) as fresh:
            result[way] = fresh.apply(measure, (way, chosen.reports))
        print(f"{way:10} {result[way]['processor_seconds']:6.2f} s of processor, {result[way]['seconds']:6.2f} s on the clock, a report")
    if result["plain"].pop("sha256") != result["preloaded"].pop("sha256"):
        sys.exit("the two ways did not give the same notebooks")
    if chosen.update:
        RESULTS.write_text(json.dumps({"reports": chosen.reports, **result}, indent=1) + "\n", "utf-8")
        print(f"wrote {RESULTS.relative_to(ROOT)}")


def measure(way: str, reports: int) -> dict[str, float | str]:
    """Run the Bijie report so many times; seconds a report, and the hash of all that came out."""
    digest = sha256()
    start = time.perf_counter()
    with WAYS[way]() as kernels:
        for _ in range(reports):
            with TemporaryDirectory() as scratch:
                asked = {"region": "bijie", "period": "2017", "lang": "zh"}
                digest.update(nbformat.writes(run(ROOT / NOTEBOOK, asked, ROOT, Path(scratch), kernels)).encode())
    seconds = time.perf_counter() - start
    used = getrusage(RUSAGE_CHILDREN)
    return {
        "processor_seconds": round((used.ru_utime + used.ru_stime) / reports, 2),
        "seconds": round(seconds / reports, 2),
        "sha256": digest.hexdigest(),
    }


if __name__ == "__main__":
    main()
