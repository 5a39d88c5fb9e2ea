"""Measure the audit: claims a second, false alarms on true claims, and how many false ones it finds.

    python -m benchmarks.audit --claims 100000

Made-up claims (see bulletins/) are written out as bulletins in several documents, read back by the extractor
and audited. Then one claim in five is falsified: half of them by more than the smallest visible error their
finding printed, half by less. A true claim called a contradiction, or one falsified by less, is a failure.
The speed is that of `audit` alone, from the observations table to the findings table with its sentences in
both languages: rows of the observations table a second of one core's time, whether they come to a verdict or not.
"""

from __future__ import annotations

import argparse

from analysis import catalogue, dataset
from proving.claims import Tally, run, seconds


def main() -> None:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--claims", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=0, help="print so many of each kind of failure")
    chosen = options.parse_args()
    tally = run(chosen.claims, chosen.seed)
    show(tally, chosen.show)


def show(tally: Tally, failures: int) -> None:
    """Print what came out, and so many of each kind of failure."""
    print(f"true claims {tally.true_claims.total()}, tested {tally.tested.total()}, false alarms {len(tally.false_alarms)}")
    print(f"falsified beyond the smallest visible error {tally.beyond.total()}, found {tally.found.total()}")
    print(f"falsified below it {tally.below.total()}, wrongly called {len(tally.wrongly_called)}")
    for check in sorted(tally.true_claims):
        print(f"  {check}: {tally.tested[check]}/{tally.true_claims[check]} tested, {tally.found[check]}/{tally.beyond[check]} found")
    print(f"{tally.audited} made-up statements audited in {tally.seconds:.1f} s: {tally.audited / tally.seconds:.0f} a second")
    real, entries = dataset.load().observations, catalogue.load()
    best = min(seconds(real, entries) for _ in range(5))
    print(f"{len(real)} statements of data/processed audited in {best:.3f} s, the best of five: {len(real) / best:.0f} a second")
    for told in (tally.false_alarms, tally.missed, tally.wrongly_called):
        print(*told[:failures], sep="\n")


if __name__ == "__main__":
    main()
