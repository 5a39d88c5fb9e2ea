"""Read a great many random, mutated and damaged inputs; any crash, hang, wrong offset or lost numeral is counted, and a text shrunk and printed.

    python -m benchmarks.fuzz [--texts 20000] [--seed 1] [--show 20] [--only extract,audit,metadata,files]

The texts come from `proving/mutation.py`, what must hold of them from `proving/soundness.py`; sidecars, files and odd sentences come from
`proving/hostile.py`, as in the quick tests. Without --only, of a hundred cases 90 are texts to extract from, 6 sidecars, 2 files, 2 audits.
"""

from __future__ import annotations

import argparse
import io
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import docx

from analysis.documents import Document, DocumentError, read
from analysis.documents.metadata import load_metadata
from analysis.extract import extract
from analysis.verbs import audit_documents
from proving import hostile, mutation, soundness

HANG = 5  # seconds of processor time for a text of a few hundred characters


class Hang(Exception):
    """Reading one text took too long."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=20, metavar="N", help="shrink and print the first N failing texts")
    options.add_argument("--only", default=",".join(SHARES), help="kinds of case, with commas between them")
    chosen = options.parse_args()
    signal.signal(signal.SIGVTALRM, _hang)
    shares = {kind: SHARES[kind] for kind in chosen.only.split(",")}
    kinds, read_, slowest, began, draw = Counter(), Counter(), 0.0, time.perf_counter(), Random(chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        cases = {kind: MAKERS[kind](draw, Path(folder)) for kind in shares}
        for kind in draw.choices(list(shares), list(shares.values()), k=chosen.texts):
            before = time.process_time()
            found, text = next(cases[kind])
            slowest = max(slowest, time.process_time() - before)
            read_[kind] += 1
            if found:
                kinds[f"{kind}: {found}"] += 1
                if kinds.total() <= chosen.show:
                    shown = mutation.shrink(text, lambda t, found=found: fault(t) == found) if kind == "extract" else text[:300]
                    print(f"{kind}: {found}: {shown!r}", flush=True)
            if read_.total() % 50_000 == 0:
                print(f"... {read_.total():,} cases, {kinds.total():,} faults, {time.perf_counter() - began:.0f} s", flush=True)
    counted = ", ".join(f"{count:,} {kind}" for kind, count in read_.items())
    print(f"{read_.total():,} cases ({counted}), {time.perf_counter() - began:.0f} s; slowest {slowest:.3f} s; {kinds.total():,} faults")
    print(*(f"{count:9,} {kind}" for kind, count in kinds.most_common()), sep="\n", end="\n" if kinds else "")
    return 1 if kinds else 0


def fault(text: str) -> str:
    """Return the kind of the first fault in reading a text, without the figures in it, or an empty string."""
    return guarded(lambda: soundness.faults(text, extract(Document("text", text))))


def guarded(run: Callable[[], list[str]]) -> str:
    """The first fault that a run returns, or the exception it ends in, a hang among them; DocumentError is none."""
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
    try:
        found = run()
    except DocumentError:
        found = []
    except Exception as trouble:  # whatever it is, it is what this program looks for
        found = [f"{type(trouble).__name__}"]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return re.sub(r"'.*?'|\d+", "_", found[0]) if found else ""


def extracts(draw: Random, folder: Path) -> Iterator[tuple[str, str]]:
    """Texts read: the fault of each, and the text."""
    yield from ((fault(text), text) for text in mutation.texts(draw, 10**9))


def audits(draw: Random, folder: Path) -> Iterator[tuple[str, str]]:
    """Texts audited, odd sentences and spoilt ones by turns."""
    odd = hostile.odd_texts(draw)
    for text in mutation.texts(draw, 10**9):
        text = next(odd) + text
        yield guarded(lambda text=text: audit_documents(Document("text", text)) is None or []), text


def sidecars(draw: Random, folder: Path) -> Iterator[tuple[str, str]]:
    """Metadata with a fault."""
    path = folder / "a.meta.yml"
    for text, _ in hostile.bad_metadata(draw):
        path.write_text(text, "utf-8")
        yield guarded(lambda: load_metadata(path) is None or []), text


def damages(draw: Random, folder: Path) -> Iterator[tuple[str, str]]:
    """Damaged files: DOCX by parts and by bytes, HTML, text in GB 18030."""
    path, sentence, buffer = folder / "a", "2017年，全市立刑事案件12364起，同比下降25.44%。", io.BytesIO()
    document = docx.Document()
    document.add_paragraph(sentence)
    document.save(buffer)
    page = f"<html><head><meta charset=utf-8></head><body><p>{sentence * 4}</p><table><tr><td>1</td></tr></table></body></html>"
    good = buffer.getvalue()
    makers = (hostile.damaged_docx(good, draw), *(hostile.damaged(data, draw) for data in (good, page.encode(), sentence.encode("gb18030"))))
    while True:
        data = next(draw.choice(makers))
        path.write_bytes(data)
        yield guarded(lambda: read(path) is None or []), repr(data[:200])


SHARES = {"extract": 90, "audit": 2, "metadata": 6, "files": 2}
MAKERS = {"extract": extracts, "audit": audits, "metadata": sidecars, "files": damages}


def _hang(*_) -> None:
    raise Hang


if __name__ == "__main__":
    sys.exit(main())
