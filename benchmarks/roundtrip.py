"""Write a hundred thousand random records as sentences, read them back, and count what comes back changed.

    python -m benchmarks.roundtrip [--cases 100000] [--seed 1] [--show 20]

The sentences come from `tests/composition.py`, as in the quick test; every failing one can be written again from its seed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from random import Random

from proving import composition


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=20, metavar="N", help="print the first N sentences that came back changed")
    chosen = options.parse_args()
    draw, written, changed, began = Random(chosen.seed), Counter(), Counter(), time.perf_counter()
    for _ in range(chosen.cases):
        case = composition.compose(draw)
        written[case.frame] += 1
        found = composition.differences(case)
        if found:
            changed[case.frame] += 1
            if changed.total() <= chosen.show:
                print(case.text, *found, sep="\n    ")
    for frame, count in sorted(written.items()):
        print(f"{frame:20}{count:9,} written {changed[frame]:7,} changed")
    print(
        f"{chosen.cases:,} sentences, {changed.total():,} changed "
        f"({1 - changed.total() / chosen.cases:.5f} read back whole), {time.perf_counter() - began:.0f} s"
    )
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
