"""Read a great many random, mutated and damaged inputs; any crash, hang, wrong offset or lost numeral is counted, and a text shrunk and printed.

    python -m benchmarks.fuzz [--texts 20000] [--seed 1] [--show 20] [--only extract,audit,metadata,files]

The texts come from `proving/mutation.py`, what must hold of them from `proving/soundness.py`; sidecars, files and odd sentences come from
`proving/hostile.py`, as in the quick tests. Without --only, of a hundred cases 80 are texts to extract from, 8 audits, 6 sidecars, corrections
and regions, 6 files. Tables of one document cost an audit more than its sentences do: texts are audited TOGETHER at a time, and one by one where
those have a fault.
"""

from __future__ import annotations

import argparse
import gc
import io
import re
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import docx
import pylopdf_fonts_zh_cn
import typst

from analysis import corrections
from analysis.documents import Document, read
from analysis.documents.metadata import load_metadata, load_region
from analysis.errors import TongbiError
from analysis.extract import extract
from analysis.verbs import audit_documents
from proving import hostile, mutation, soundness
from proving.printing_tables import FORMATS
from proving.tables import SHAPES as TABLES
from proving.tables import random_table

HANG = 2  # seconds of processor time for a text of a few hundred characters
TOGETHER = 20
SENTENCE = "2017年，全市立刑事案件12364起，同比下降25.44%。"
Case = tuple[str, str]  # its fault, "" for none, and what to show of it


class Hang(BaseException):
    """Reading one text took too long; no room of the program may take it for an error of the text."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=20, metavar="N", help="shrink and print the first N failing texts")
    options.add_argument("--only", default=",".join(SHARES), help="kinds of case, with commas between them")
    chosen = options.parse_args()
    signal.signal(signal.SIGVTALRM, _hang)
    gc.freeze()  # word lists and libraries are no garbage, and looking them through is a tenth of the time
    gc.set_threshold(20_000)
    warnings.simplefilter("ignore")  # of libraries, about files that are damaged on purpose
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
                    shown = mutation.shrink(text, lambda t, found=found: fault(t) == found) if kind == "extract" else text[:600]
                    print(f"{kind}: {found}: {shown!r}", flush=True)
            if read_.total() % 20_000 == 0:
                print(f"... {read_.total():,} cases, {kinds.total():,} faults, {time.perf_counter() - began:.0f} s", flush=True)
    counted = ", ".join(f"{count:,} {kind}" for kind, count in read_.items())
    print(f"{read_.total():,} cases ({counted}), {time.perf_counter() - began:.0f} s; slowest {slowest:.3f} s; {kinds.total():,} faults")
    print(*(f"{count:9,} {kind}" for kind, count in kinds.most_common()), sep="\n", end="\n" if kinds else "")
    return 1 if kinds else 0


def fault(text: str) -> str:
    """Return the kind of the first fault in reading a text, without the figures in it, or an empty string."""
    return guarded(lambda: soundness.faults(text, extract(Document("text", text))))


def guarded(run: Callable[[], list[str]]) -> str:
    """The first fault that a run returns, or the exception it ends in, a hang among them; an error of ours that names file and remedy is none."""
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
    try:
        found = run()
    except TongbiError:
        found = []
    except (Exception, Hang) as trouble:  # whatever it is, it is what this program looks for
        found = [f"{type(trouble).__name__}"]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return re.sub(r"'.*?'|\d+", "_", found[0]) if found else ""


def extracts(draw: Random, folder: Path) -> Iterator[Case]:
    """Texts read: the fault of each, and the text."""
    yield from ((fault(text), text) for text in mutation.texts(draw, 10**9))


def audits(draw: Random, folder: Path) -> Iterator[Case]:
    """Texts audited, odd sentences and spoilt ones joined."""
    odd, spoilt = hostile.odd_texts(draw), mutation.texts(draw, 10**9)
    while True:
        texts = [next(odd) + next(spoilt) for _ in range(TOGETHER)]
        found = audited(*texts)
        alone = [(audited(text), text) for text in texts] if found else [("", text) for text in texts]
        if found and found != Hang.__name__ and not any(one for one, _ in alone):  # the limit is one text's
            alone[0] = (f"together: {found}", repr(texts))
        yield from alone


def audited(*texts: str) -> str:
    """The fault of auditing some texts together."""
    return guarded(lambda: audit_documents(*(Document(f"text-{n}", text) for n, text in enumerate(texts))) is None or [])


def declarations(draw: Random, folder: Path) -> Iterator[Case]:
    """Metadata, corrections and regions with a fault, and good ones spoilt."""
    place = folder / "somewhere"
    place.mkdir(exist_ok=True)
    bad, wrong = hostile.bad_metadata(draw), hostile.bad_corrections(draw)
    entry = "- {id: c1, doc: good, start: 1, as_written: '12起', action: set_period, value: '2017', reason: r, evidence: e}\n"
    region = "zh: 某地\nen: Somewhere\nlevel: county\n"
    while True:
        name, load, text = draw.choice(
            (
                ("a.meta.yml", load_metadata, next(bad)[0]),
                ("a.meta.yml", load_metadata, mutation.spoil(draw, hostile.META)),
                ("corrections.yml", corrections.load, next(wrong)),
                ("corrections.yml", corrections.load, mutation.spoil(draw, entry)),
                ("region.yml", load_region, mutation.spoil(draw, region)),
            )
        )
        path = place / name
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        yield guarded(lambda load=load, path=path: load(path) is None or []), text


def damages(draw: Random, folder: Path) -> Iterator[Case]:
    """Damaged files of every kind that is read: packages by parts and by bytes, pages, PDF, tables and texts; what is read of one must hold."""
    path = folder / "a"
    makers = [hostile.damaged(data, draw) for data in good_files(draw)]
    makers += [hostile.damaged_package(data, draw) for data in good_files(draw) if data.startswith(b"PK")]
    while True:
        data = next(draw.choice(makers))
        path.write_bytes(data)
        yield guarded(lambda: _held(read(path))), repr(data[:200])


def _held(document: Document) -> list[str]:
    return soundness.faults(document.text, extract(document))


def good_files(draw: Random) -> list[bytes]:
    """A sound file of every kind."""
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph(SENTENCE)
    document.save(buffer)
    page = f"<html><head><meta charset=utf-8></head><body><p>{SENTENCE * 4}</p><table><tr><td>1</td></tr></table></body></html>"
    tables = [make(random_table(draw.randrange(len(TABLES)))) for form, make in FORMATS.items() if not form.endswith("pdf")]
    return [buffer.getvalue(), page.encode(), SENTENCE.encode("gb18030"), SENTENCE.encode("utf-16"), typeset(), *tables]


def typeset() -> bytes:
    """A sound PDF: a sentence and a ruled table."""
    cells = ", ".join(f"[{cell}]" for cell in ("年份", "立案", "破案", "2016", "315", "240", "2017", "305", "241"))
    source = f'#set text(font: "Noto Serif SC", lang: "zh")\n{SENTENCE}\n\n#table(columns: 3, {cells})\n'
    return typst.compile(source.encode(), font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent])


SHARES = {"extract": 80, "audit": 8, "metadata": 6, "files": 6}
MAKERS = {"extract": extracts, "audit": audits, "metadata": declarations, "files": damages}


def _hang(*_) -> None:
    raise Hang


if __name__ == "__main__":
    sys.exit(main())
