"""What Typst takes for each report: processor time of `typst.compile`, in a process forked from one that has read the typefaces, as `publish` does.

    python -m benchmarks.typesetting [FOLDER] [--reports 12] [--runs 4]

FOLDER holds published reports, whose executed notebooks are typeset anew; without one `--reports` editions are made, in both languages. Of the
`--runs` of each report the least counts, its second try (with the white drawn in) included. 150 ms are aimed at.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import nbformat
import typst

from analysis.report.executed import as_pdf
from analysis.report.fonts import load_fonts

from .publish import published, wanted

AIM = 0.15  # seconds


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--reports", type=int, default=12)
    options.add_argument("--runs", type=int, default=4)
    chosen = options.parse_args()
    with TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        if chosen.folder is None:
            published(wanted(chosen.reports), folder, ("zh", "en"))
        load_fonts()
        costs = {path.stem: min((tries(path) for _ in range(chosen.runs)), key=sum) for path in sorted(folder.glob("*/*/*.ipynb"))}
    for name, taken in sorted(costs.items(), key=lambda cost: -sum(cost[1])):
        print(f"{name:30} {1000 * sum(taken):5.0f} ms  ({' + '.join(f'{1000 * one:.0f}' for one in taken)})")
    all_of = [sum(taken) for taken in costs.values()]
    above, twice = sum(one > AIM for one in all_of), sum(len(taken) > 1 for taken in costs.values())
    cost = f"median {1000 * median(all_of):.0f} ms, most {1000 * max(all_of):.0f}"
    print(f"{len(all_of)} reports: {cost}; {above} above {1000 * AIM:.0f}; {twice} tried twice")


def tries(notebook: Path) -> list[float]:
    """Seconds of processor of each try of a report, in a process of its own: what Typst keeps of one report must not help the next."""
    read, write = os.pipe()
    if not (pid := os.fork()):
        try:
            os.write(write, json.dumps(timed(notebook)).encode())
        finally:
            os._exit(0)
    os.close(write)
    with open(read, encoding="utf-8") as told:
        said = told.read()
    os.waitpid(pid, 0)
    return json.loads(said)


def timed(notebook: Path) -> list[float]:
    taken: list[float] = []
    whole = typst.compile

    def compile(*sources: object, **how: object) -> bytes:
        start = time.process_time()
        try:
            return whole(*sources, **how)
        finally:
            taken.append(time.process_time() - start)

    typst.compile = compile
    as_pdf(nbformat.read(notebook, as_version=4), notebook.stem)
    return taken


if __name__ == "__main__":
    main()
