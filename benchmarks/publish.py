"""Publishing against the usual ways, in one run, as ratios: by papermill and print, by papermill and our exporter, and by `tongbi publish`.

    python -m benchmarks.publish [--reports 12] [--sample 12] [--update]

    print      papermill's command, nbconvert to HTML, Chromium's print to PDF (Debian's; left out where there is none)
    exporter   papermill's command, nbconvert with our exporter
    publish    one cold run of `tongbi publish --format pdf`, then one with nothing to do
    one ...    one report alone: plainly by papermill and our exporter, and by `tongbi publish`
    changed    a figure more in the newest digest of a small region, and one `tongbi publish --region ... --period all` from there: it builds the
               data, and makes the editions that know the digest in both languages, as PDF and HTML; it is said which and how many

Each makes the executed notebook and a PDF; the first an HTML page on the way, ours the tables as a Data Package and the looks of the gate.

`--sample` makes fewer reports the two usual ways, which cost the same for each, and scales up. `--update` writes `results/publish.json`.
Seconds on the clock and of processor; a busy machine blurs the first. The newest editions come first, those of every region in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

from analysis import snapshot

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks/results/publish.json"
NOTEBOOK = ROOT / "notebooks/report.ipynb"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=12)
    options.add_argument("--sample", type=int, default=12, help="how many of them to make the usual ways")
    options.add_argument("--update", action="store_true")
    chosen = options.parse_args()
    editions = wanted(chosen.reports)
    sample = editions[: chosen.sample]
    result = {"reports": len(editions), "sample": len(sample)}
    with TemporaryDirectory() as folder:
        out = Path(folder)
        if shutil.which("chromium"):
            result["print"] = scaled(measured(lambda: [printed(edition, out) for edition in sample]), len(editions) / len(sample))
        else:
            print("no Chromium here: the first way is left out")
        result["exporter"] = scaled(measured(lambda: [exported(edition, out) for edition in sample]), len(editions) / len(sample))
        result["publish"] = measured(lambda: published(editions, out / "reports"))
        result["nothing to do"] = measured(lambda: published(editions, out / "reports"))
        result["one plainly"] = measured(lambda: exported(editions[0], out))
        result["one by publish"] = measured(lambda: published(editions[:1], out / "alone"))
        result["changed"] = changed(out / "workspace")
        result["python"] = measured(lambda: run([sys.executable, "-c", "pass"]))
    for way, value in result.items():
        if isinstance(value, dict):
            ratio = f"{value['seconds'] / result['publish']['seconds']:8.1f} times publish"
            print(f"{way:14} {value['seconds']:8.2f} s  {value['processor']:8.2f} s of processor {ratio}")
    if chosen.update:
        RESULTS.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def changed(root: Path) -> dict[str, float]:
    """The cost of one changed digest in a copy of the project, and how many reports it made again."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "requirements.lock", root)
    region, digest = small_digest(root)
    command = [sys.executable, "-m", "analysis", "--workspace", root, "publish", "--region", region, "--period", "all"]
    run(command)
    digest.write_text(digest.read_text("utf-8").rstrip("\n") + "\n刑满释放1003人。\n", "utf-8")
    about = digest.with_name(f"{digest.stem}.meta.yml")
    about.write_text(re.sub(r"(?m)^sha256:.*", f"sha256: {snapshot.file_digest(digest)}", about.read_text("utf-8")), "utf-8")
    told: list[str] = []
    cost = measured(lambda: told.append(run(command)))
    made = [line.split()[0] for line in told[0].splitlines() if line.endswith("(rows changed)")]
    print(f"changed: {digest.name}; made again: {', '.join(Path(name).stem for name in made)}")
    return cost | {"reports": len(made)}


def small_digest(root: Path) -> tuple[str, Path]:
    """The region whose newest edition has the fewest figures, and its newest digest."""
    regions = snapshot.verified(root).regions
    named = {id: [path for path in (root / "data/raw" / id).glob("*.txt") if re.search(r"\d{4}", path.stem)] for id in regions}
    digests = {id: sorted(paths, key=lambda path: re.findall(r"\d{4}", path.stem)) for id, paths in named.items()}
    figures = {id: place.editions[max(place.editions)]["figures"] for id, place in regions.items() if digests[id]}
    region = min(figures, key=figures.__getitem__)
    return region, digests[region][-1]


def wanted(count: int) -> list[tuple[str, str]]:
    """Editions of every region in turn, the newest first."""
    regions = snapshot.verified(ROOT).regions
    waiting = {id: sorted(place.editions, reverse=True) for id, place in regions.items()}
    found: list[tuple[str, str]] = []
    while len(found) < count and any(waiting.values()):
        found += [(id, periods.pop(0)) for id, periods in waiting.items() if periods]
    return found[:count]


def measured(work) -> dict[str, float]:
    before, start = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    work()
    after = getrusage(RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(time.perf_counter() - start, 2), "processor": round(used, 2)}


def scaled(cost: dict[str, float], by: float) -> dict[str, float]:
    return {name: round(value * by, 2) for name, value in cost.items()}


def executed(edition: tuple[str, str], out: Path) -> Path:
    path = out / f"{'-'.join(edition)}.ipynb"
    about = ["-p", "region", edition[0], "-p", "period", edition[1], "-p", "lang", "zh"]
    run([sys.executable, "-m", "papermill", "--log-level", "ERROR", "--no-progress-bar", NOTEBOOK, path, *about])
    return path


def printed(edition: tuple[str, str], out: Path) -> None:
    path = executed(edition, out)
    run([sys.executable, "-m", "jupyter", "nbconvert", "--log-level", "ERROR", "--no-input", "--to", "html", path])
    run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={path.with_suffix('.print.pdf')}", path.with_suffix(".html")])


def exported(edition: tuple[str, str], out: Path) -> None:
    run([sys.executable, "-m", "jupyter", "nbconvert", "--log-level", "ERROR", "--to", "typstpdf", executed(edition, out)])


def published(editions: list[tuple[str, str]], out: Path, langs: tuple[str, ...] = ("zh",)) -> None:
    """One run of the command for all of them: every region with every period asked for."""
    code = (
        "import sys, json; from pathlib import Path; from analysis.publish import batch, selection; chosen = json.loads(sys.argv[1]);"
        "whole = selection.choose; batch.choose = lambda *given: [one for one in whole(*given) if [one.region, one.period] in chosen];"
        "batch.publish(period='all', langs=sys.argv[4:], formats=['pdf'], out=Path(sys.argv[2]), root=Path(sys.argv[3]))"
    )
    run([sys.executable, "-c", code, json.dumps(editions), out, ROOT, *langs])


def run(command: list[object]) -> str:
    """Run a command; returns what it said."""
    done = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, env=os.environ)
    if done.returncode:
        sys.exit(f"{command[:6]} failed: {done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
