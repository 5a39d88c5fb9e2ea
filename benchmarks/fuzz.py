"""Read a great many random and mutated texts; any crash, hang, wrong offset or lost numeral is shrunk and printed.

    python -m benchmarks.fuzz [--texts 20000] [--seed 1] [--show 20]

The texts come from `proving/mutation.py`, what must hold of them from `proving/soundness.py`, as in the quick test.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
from collections import Counter
from random import Random

from analysis.documents import Document
from analysis.extract import extract
from proving import mutation, soundness

HANG = 5  # seconds of processor time for a text of a few hundred characters


class Hang(Exception):
    """Reading one text took too long."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=20, metavar="N", help="shrink and print the first N failing texts")
    chosen = options.parse_args()
    signal.signal(signal.SIGVTALRM, _hang)
    kinds, read, characters, slowest, began = Counter(), 0, 0, 0.0, time.perf_counter()
    for text in mutation.texts(Random(chosen.seed), chosen.texts):
        before = time.process_time()
        found = fault(text)
        slowest = max(slowest, time.process_time() - before)
        read, characters = read + 1, characters + len(text)
        if found:
            kinds[found] += 1
            if kinds.total() <= chosen.show:
                print(f"{found}: {mutation.shrink(text, lambda t, found=found: fault(t) == found)!r}", flush=True)
        if read % 50_000 == 0:
            print(f"... {read:,} texts, {kinds.total():,} faults, {time.perf_counter() - began:.0f} s", flush=True)
    print(f"{read:,} texts, {characters:,} characters, {time.perf_counter() - began:.0f} s; slowest {slowest:.3f} s; {kinds.total():,} faults")
    print(*(f"{count:9,} {kind}" for kind, count in kinds.most_common()), sep="\n", end="\n" if kinds else "")
    return 1 if kinds else 0


def fault(text: str) -> str:
    """Return the kind of the first fault in reading a text, without the figures in it, or an empty string."""
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
    try:
        found = soundness.faults(text, extract(Document("text", text)))
    except Exception as trouble:  # whatever it is, it is what this program looks for
        found = [f"{type(trouble).__name__}"]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return re.sub(r"'.*?'|\d+", "_", found[0]) if found else ""


def _hang(*_) -> None:
    raise Hang


if __name__ == "__main__":
    sys.exit(main())
