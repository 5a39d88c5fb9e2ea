"""Count, choice by choice, how many figures of layouts are read as they are, read wrong, or left out in silence.

    python -m proving.counting_layouts [--tables N] [--seed N] [--show N] [--only CHOICE=VALUE]
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from analysis.documents import Document, read
from analysis.extract import extract

from .layouts import laid_out
from .printing_layouts import text_of
from .table_scoring import score


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tables", type=int, default=400)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--show", type=int, default=0, help="print so many tables with a figure read wrong or left out in silence")
    options.add_argument("--only", default="", metavar="CHOICE=VALUE")
    chosen = options.parse_args()
    tallies: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    shown = 0
    for seed in range(chosen.seed, chosen.seed + chosen.tables):
        made = laid_out(seed)
        if chosen.only and made.chosen.get(chosen.only.partition("=")[0]) != chosen.only.partition("=")[2]:
            continue
        ledger = extract(_document(text_of(made)))
        scored = score(made.truth, [s for s in ledger.statements])
        silent = 0 if ledger.unread else len(scored.missed)
        for choice in (("all", ""), *made.chosen.items(), ("content+form", made.chosen["content"] + "+" + made.chosen["form"])):
            tallies[choice].update(printed=scored.printed, right=scored.right, wrong=len(scored.invented), silent=silent)
        if shown < chosen.show and (scored.invented or silent or scored.right < scored.printed):
            shown += 1
            print(f"--- seed {seed} {made.chosen}\n{text_of(made)}")
            for one in scored.invented[:4]:
                change = one.change and (one.change.direction, one.change.amount, one.change.kind)
                print("   SAID", one.indicator, one.value, one.unit, one.period, one.scope, change)
            print(*(f"   MISSED {fact}" for fact in scored.missed[:4]), *(f"   UNREAD {u.reason} {u.cells}" for u in ledger.unread), sep="\n")
    for (what, value), t in sorted(tallies.items(), key=lambda pair: (pair[0][0], pair[1]["right"] / max(1, pair[1]["printed"]))):
        if what != "content+form" or t["right"] < t["printed"]:
            share = t["right"] / max(1, t["printed"])
            print(f"{what:13} {value:34} printed {t['printed']:6} right {share:.3f} wrong {t['wrong']:5} silent {t['silent']:5}")
    return 0


def _document(text: str) -> Document:
    """A page saved as text is read as the file it would be."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.txt"
        path.write_text(text, "utf-8")
        return read(path)


if __name__ == "__main__":
    raise SystemExit(main())
